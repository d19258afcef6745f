"""What changes between two assignments of a program: whose day, in which rounds, for better or worse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from midtvejs.domain.participants import Participant
from midtvejs.domain.profile import steps_of
from midtvejs.domain.program import Program, Round
from midtvejs.domain.seated import Day, Seated


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One round of a day that changes: the codes ``before`` and ``after``, empty for no session."""

    round: Round
    before: str
    after: str

    @property
    def forced(self) -> bool:
        """Whether the session of before is no longer held in the round, so that nobody can stay in it."""
        return self.before not in {"", *(session.code for session in self.round.sessions)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A participant whose day changes. ``before`` is None for a newcomer, ``after`` for a drop-out.

    ``gain``: by how many steps their day is better than it was, below 0 where it is worse. Lists of which a
    session was cancelled, or a round is attended only before or only after, are left out of it: there is
    nothing to compare with. It is 0 of newcomers and drop-outs; ``compared`` says whether any list that
    changed counts in it. ``moves`` are the rounds that change, none of them where one of the days is missing.
    """

    participant: Participant
    before: Day | None
    after: Day | None
    moves: tuple[Move, ...] = ()
    gain: int = 0
    compared: bool = False

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def has_dropped_out(self) -> bool:
        return self.after is None


def find_changes(before: Seated, after: Seated) -> tuple[Change, ...]:
    """Compare two assignments of one program, of whomever: newcomers and drop-outs are changes, too.

    They stand in the order of their keys. Steps are counted by the wishes of ``after``'s participants; where
    it has none of them, those of ``before`` count. Neither needs to be lawful.
    """
    people = {person.key: person for person in (*before.participants, *after.participants)}
    changes = (
        _change(after.program, person, before.days.get(person.key), after.days.get(person.key))
        for person in sorted(people.values(), key=attrgetter("key"))
    )
    return tuple(change for change in changes if change)


def _change(program: Program, person: Participant, before: Day | None, after: Day | None) -> Change | None:
    if before == after:
        return None
    if before is None or after is None:
        return Change(participant=person, before=before, after=after)
    moves = tuple(
        Move(round=round_, before=old, after=new)
        for round_, old, new in zip(program.rounds, before, after, strict=True)
        if old != new
    )
    gains = tuple(_gains(program, person, before, after, moves))
    return Change(
        participant=person, before=before, after=after, moves=moves, gain=sum(gains), compared=bool(gains)
    )


def _gains(
    program: Program, person: Participant, before: Day, after: Day, moves: tuple[Move, ...]
) -> Iterator[int]:
    """Return by how many steps each list that changes, and can be compared, is better than before."""
    steps_before, steps_after = steps_of(person, before, program), steps_of(person, after, program)
    numbers = {program.rounds.index(move.round): move for move in moves}
    unlike = {number for number, move in numbers.items() if move.forced or not move.before or not move.after}
    for block in program.blocks:
        if unlike.isdisjoint(block.rounds) and not numbers.keys().isdisjoint(block.rounds):
            yield sum(steps_before[number] - steps_after[number] for number in block.rounds)
