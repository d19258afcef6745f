"""What people wish for, against the seats there are, before anybody is seated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program, Round, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDemand:
    """``first``: whose first wish it is; ``listed``: who have it anywhere on their lists."""

    session: Session
    first: int
    listed: int

    @property
    def beyond(self) -> int:
        """How many of those whose first wish it is find no seat in it."""
        return max(0, self.first - self.session.seats)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDemand:
    """A round and those who choose in it: who attend it, and do not present in it.

    A ``whole`` list names every session of the round, a ``partial`` one some, an ``empty`` one none.
    """

    round: Round
    sessions: tuple[SessionDemand, ...]
    whole: int
    partial: int
    empty: int

    @property
    def participants(self) -> int:
        return self.whole + self.partial + self.empty

    @property
    def beyond(self) -> int:
        """How many cannot have their first wish, however seats are dealt."""
        return sum(each.beyond for each in self.sessions)


def demand(program: Program, participants: Sequence[Participant]) -> tuple[RoundDemand, ...]:
    """Count the wishes of each round, in the order of the day."""
    standing = [person for person in participants if person.presents or person.absent]
    demands = []
    for index, round_ in enumerate(program.rounds):
        lists = Counter(person.wishes[index].codes for person in participants)
        lists.subtract(person.wishes[index].codes for person in standing if not _chooses(person, round_))
        demands.append(_count_round(round_, lists))
    return tuple(demands)


def _count_round(round_: Round, lists: Counter[tuple[str, ...]]) -> RoundDemand:
    first: Counter[str] = Counter()
    listed: Counter[str] = Counter()
    lengths: Counter[int] = Counter()
    for codes, count in lists.items():
        lengths[len(codes)] += count
        if codes:
            first[codes[0]] += count
        for code in codes:
            listed[code] += count
    whole, empty = lengths[len(round_.sessions)], lengths[0]
    return RoundDemand(
        round=round_,
        sessions=tuple(
            SessionDemand(session=session, first=first[session.code], listed=listed[session.code])
            for session in round_.sessions
        ),
        whole=whole,
        partial=lengths.total() - whole - empty,
        empty=empty,
    )


def _chooses(person: Participant, round_: Round) -> bool:
    return person.attends(round_) and person.presents_in(round_) is None
