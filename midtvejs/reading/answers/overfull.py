"""Tell of over-full sessions: how many are too many, and who could go where, or else where seats are free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from midtvejs.auditing.audit import audit
from midtvejs.auditing.judges import Violation
from midtvejs.domain.diagnostic import Diagnostic
from midtvejs.domain.program import is_unlimited
from midtvejs.domain.reseating import Reseat, reseat
from midtvejs.domain.rules import Law
from midtvejs.domain.seated import replace_code
from midtvejs.domain.wording import quantity
from midtvejs.reading.answers.assignment import SavedAssignment
from midtvejs.reading.codes import Fault

MOST_LINES = 10


def diagnose_overfull(
    violations: Iterable[Violation], saved: SavedAssignment, *, with_wishes: bool
) -> Iterator[Diagnostic]:
    """Tell of each over-full session, at the heading of its round: nobody in it is too many before others.

    Who could go where is said ``with_wishes`` alone: without them, nothing says whom that would hurt least.
    """
    found = tuple(violations)
    overfull: dict[str, dict[str, list[Violation]]] = defaultdict(lambda: defaultdict(list))
    for violation in found:
        if violation.law is Law.SEATS:
            overfull[violation.round_id][violation.crowd[0]].append(violation)
    for round_id, sessions in overfull.items():
        too_many = {key: len(beyond) for key, beyond in sessions.items()}
        round_ = _Round(saved=saved, id=round_id, too_many=too_many, violations=found)
        for key, (violation, *_) in sessions.items():
            hint = round_.say_who_could_go(key) if with_wishes else round_.say_where_seats_are()
            hint = f"{too_many[key]} too many; {hint}"
            yield Fault.OVERFULL.diagnostic(saved.heading(round_id), violation.message, hint)


@dataclass(frozen=True, kw_only=True)
class _Round:
    """A round, and how many are ``too_many`` in its sessions, by their keys."""

    saved: SavedAssignment
    id: str
    too_many: Mapping[str, int]
    violations: Sequence[Violation]

    def say_who_could_go(self, key: str) -> str:
        """Return, for example, ``at the least cost in wishes move Bo (line 5) to 1A (1 step more)``."""
        if not self._moves:
            return self.say_where_seats_are() + (
                "; no moves were found that break no rule" if self._enough else ""
            )
        # Whoever makes room in a session that is not over-full is told of with the first that is.
        codes = {each: self.saved.assignment.program.sittings[each].code for each in self.too_many}
        elsewhere = () if key != next(iter(codes)) else codes.values()
        moves = [
            each
            for each in self._moves
            if each.before == codes[key] or (elsewhere and each.before not in elsewhere)
        ]
        lines = {each: self.saved.row(each.participant.key).line for each in moves}
        told = [
            f"{each.participant.name} (line {line}) to {each.after} ({_steps(each.lost)})"
            for each, line in sorted(lines.items(), key=lambda pair: pair[1])
        ]
        more = [f"and {len(told) - MOST_LINES} more"] if len(told) > MOST_LINES else []
        return f"at the least cost in wishes move {', '.join([*told[:MOST_LINES], *more])}"

    def say_where_seats_are(self) -> str:
        """Return, for example, ``free seats in R1: 2 in 1A, 1 in 1C``."""
        if not self._free:
            return f"no seat is free in {self.id}"
        free = ", ".join(
            f"{'any number' if is_unlimited(count) else count} in {code}"
            for code, count in self._free.items()
        )
        short = sum(self.too_many.values()) - sum(self._free.values())
        return f"free seats in {self.id}: {free}" + (
            "" if self._enough else f"; {quantity(short, 'seat')} short"
        )

    @property
    def _enough(self) -> bool:
        return sum(self._free.values()) >= sum(self.too_many.values())

    @cached_property
    def _free(self) -> Mapping[str, int]:
        """How many seats are free in each session that has any, by its code."""
        assignment = self.saved.assignment
        taken = assignment.count_taken()
        return {
            session.code: session.seats - taken[session.key]
            for session in assignment.program.rounds[self._number].sessions
            if taken[session.key] < session.seats and session.key not in assignment.cancelled
        }

    @cached_property
    def _number(self) -> int:
        rounds = self.saved.assignment.program.rounds
        return next(number for number, round_ in enumerate(rounds) if round_.id == self.id)

    @cached_property
    def _moves(self) -> Sequence[Reseat]:
        """Who could go where, so that nothing is broken that is not broken now."""
        assignment = self.saved.assignment
        moves, days = reseat(assignment, self._number), dict(assignment.days)
        for move in moves:
            key = move.participant.key
            days[key] = replace_code(days[key], self._number, move.after)
        after = audit(replace(assignment, days=days), assignment.participants).violations
        known = {(each.law, each.participant, each.round_id) for each in self.violations}
        new = {(each.law, each.participant, each.round_id) for each in after} - known
        return () if new else moves


def _steps(lost: int) -> str:
    if not lost:
        return "no step more"
    return f"{quantity(abs(lost), 'step')} {'more' if lost > 0 else 'fewer'}"
