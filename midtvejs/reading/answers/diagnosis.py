"""Diagnose a saved assignment: what breaks the law, each at its place in the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from midtvejs.auditing.audit import audit
from midtvejs.auditing.judges import Violation
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.diagnostic import Diagnostic, Place, Read, Severity, in_order
from midtvejs.domain.program import is_unlimited
from midtvejs.domain.reseating import Reseat, reseat
from midtvejs.domain.rules import RULES, Law, Shown
from midtvejs.domain.wording import quantity
from midtvejs.reading.answers.assignment import SavedAssignment
from midtvejs.reading.answers.preferences import Preferences
from midtvejs.reading.codes import Fault

MOST_LINES = 10


def _faults_by_rule(where: Shown) -> dict[Law, tuple[Fault, str]]:
    """Return what a breach of each kind of rule is that is shown there, and how to mend it."""
    return {law: (Fault[kind.fault], kind.hint) for law, kind in RULES.items() if kind.shown is where}


AT_THEIR_CELL = {
    Law.PRESENTING: (Fault.NOT_PRESENTING, "presenters are in their own session"),
    Law.ONCE: (Fault.ATTENDED_TWICE, "nobody attends a session twice: give them another one here"),
    Law.THROUGH: (Fault.LEFT_EARLY, "the session goes on here: name it in each of its rounds, or in none"),
    **_faults_by_rule(Shown.CELL),
}
AT_THE_ROUND = _faults_by_rule(Shown.ROUND)
BEYOND = _faults_by_rule(Shown.TOO_MANY)
"""Breaches by too many people, which are told of once for each session."""


def diagnose(
    saved: SavedAssignment, signed_up: Preferences | None = None, prefs: Path | None = None
) -> Read[Assignment]:
    """Judge a saved assignment against those who ``signed_up`` in the file ``prefs``.

    Without them nobody can be missing, and nobody is a stranger.
    """
    diagnostics = saved.diagnostics
    if saved.whole:
        participants = signed_up.participants if signed_up else saved.assignment.participants
        violations = audit(saved.assignment, participants).violations
        diagnostics = in_order([*diagnostics, *_diagnose(violations, saved, signed_up, prefs)])
    return Read(value=None if _has_errors(diagnostics) else saved.assignment, diagnostics=diagnostics)


def _has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def _diagnose(
    violations: Iterable[Violation], saved: SavedAssignment, signed_up: Preferences | None, prefs: Path | None
) -> Iterator[Diagnostic]:
    violations = tuple(violations)
    beyond: dict[tuple[Law, tuple[str, ...]], list[Violation]] = defaultdict(list)
    for violation in violations:
        law, key, round_id = violation.law, violation.participant, violation.round_id
        if law in BEYOND:
            beyond[law, violation.crowd].append(violation)
        elif law in AT_THEIR_CELL:
            yield _diagnostic(violation, *AT_THEIR_CELL[law], saved.cell(key, round_id))
        elif law in AT_THE_ROUND:
            # A cell that could not be read may be what is missing from an audience.
            if law is not Law.LEAST or not _has_errors(saved.diagnostics):
                yield _diagnostic(violation, *AT_THE_ROUND[law], saved.heading(round_id))
        elif law is Law.KNOWN:
            hint = f"who takes part has a row in {prefs}"
            yield _diagnostic(violation, Fault.STRANGER, hint, saved.row(key))
        elif law is Law.SEATED and signed_up and key not in saved.assignment.days:
            line = signed_up.lines[key]
            where = f"{prefs}:{line}" if line else "on the list of participants"
            message = f"{violation.message} ({where})"
            yield Fault.NOT_SEATED.diagnostic(saved.top, message, "give them a row")
        # What is left is a cell that names no session they could have: the reader has said why.
    for (law, _), too_many in beyond.items():
        yield _too_many(too_many, *BEYOND[law], saved)
    yield from _diagnose_overfull(violations, saved, signed_up)


def _diagnostic(violation: Violation, fault: Fault, hint: str, place: Place) -> Diagnostic:
    return fault.diagnostic(place, violation.message, hint)


def _too_many(violations: list[Violation], fault: Fault, beyond: str, saved: SavedAssignment) -> Diagnostic:
    """Make one diagnostic of all those who are too many in a session, at the first of them."""
    places = sorted(saved.cell(violation.participant, violation.round_id) for violation in violations)
    lines = ", ".join(str(place.line) for place in places[:MOST_LINES])
    more = ", ..." if len(places) > MOST_LINES else ""
    noun = "line" if len(places) == 1 else "lines"
    return _diagnostic(violations[0], fault, f"{beyond}: {noun} {lines}{more}", places[0])


# Over-full sessions


def _diagnose_overfull(
    violations: tuple[Violation, ...], saved: SavedAssignment, signed_up: Preferences | None
) -> Iterator[Diagnostic]:
    """Tell of each over-full session, at the heading of its round: nobody in it is too many before others.

    Where wishes are known, it is said who could go where.
    """
    overfull: dict[str, dict[str, list[Violation]]] = defaultdict(lambda: defaultdict(list))
    for violation in violations:
        if violation.law is Law.SEATS:
            overfull[violation.round_id][violation.crowd[0]].append(violation)
    for round_id, sessions in overfull.items():
        moves = _find_moves(round_id, violations, saved) if signed_up else ()
        codes = {key: saved.assignment.program.sittings[key].code for key in sessions}
        first = next(iter(sessions))
        for key, too_many in sessions.items():
            of_session = [
                move
                for move in moves
                # Whoever makes room elsewhere is told of with the first session.
                if move.before == codes[key] or (key == first and move.before not in codes.values())
            ]
            hint = _who_could_go(of_session, saved) or _free_seats(
                round_id, saved, with_wishes=bool(signed_up)
            )
            hint = f"{len(too_many)} too many; {hint}"
            yield _diagnostic(too_many[0], Fault.OVERFULL, hint, saved.heading(round_id))


def _find_moves(
    round_id: str, violations: tuple[Violation, ...], saved: SavedAssignment
) -> tuple[Reseat, ...]:
    """Return who could go where, so that nothing is broken that is not broken now."""
    assignment = saved.assignment
    numbers = {round_.id: number for number, round_ in enumerate(assignment.program.rounds)}
    moves = reseat(assignment, numbers[round_id])
    days = dict(assignment.days)
    for move in moves:
        day = days[move.participant.key]
        days[move.participant.key] = tuple(
            move.after if number == numbers[round_id] else code for number, code in enumerate(day)
        )
    known = {(each.law, each.participant, each.round_id) for each in violations}
    after = audit(replace(assignment, days=days), assignment.participants).violations
    new = {(each.law, each.participant, each.round_id) for each in after} - known
    return () if new else moves


def _who_could_go(moves: list[Reseat], saved: SavedAssignment) -> str:
    """Say, for example, ``at the least cost in wishes move Bo (line 5) to 1A (1 step more)``."""
    if not moves:
        return ""
    lines = {move: saved.row(move.participant.key).line for move in moves}
    told = [
        f"{move.participant.name} (line {line}) to {move.after} ({_steps(move.lost)})"
        for move, line in sorted(lines.items(), key=lambda each: each[1])
    ]
    more = [f"and {len(told) - MOST_LINES} more"] if len(told) > MOST_LINES else []
    return f"at the least cost in wishes move {', '.join([*told[:MOST_LINES], *more])}"


def _steps(lost: int) -> str:
    if not lost:
        return "no step more"
    return f"{quantity(abs(lost), 'step')} {'more' if lost > 0 else 'fewer'}"


def _free_seats(round_id: str, saved: SavedAssignment, *, with_wishes: bool) -> str:
    """Say where there are free seats in a round; with wishes, nobody could be found who may go there."""
    assignment = saved.assignment
    taken = assignment.count_taken()
    (round_,) = (each for each in assignment.program.rounds if each.id == round_id)
    free = [
        f"{_how_many(session.seats, taken[session.key])} in {session.code}"
        for session in round_.sessions
        if taken[session.key] < session.seats and session.key not in assignment.cancelled
    ]
    if not free:
        return f"no seat is free in {round_id}"
    seats = f"free seats in {round_id}: {', '.join(free)}"
    return f"{seats}, but no moves were found that break no rule" if with_wishes else seats


def _how_many(seats: int, taken: int) -> str:
    return "any number" if is_unlimited(seats) else str(seats - taken)
