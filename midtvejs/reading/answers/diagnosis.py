"""Diagnose a saved assignment: what breaks the law, each at its place in the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from midtvejs.auditing.audit import audit
from midtvejs.auditing.judges import Violation
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.diagnostic import Diagnostic, Place, Read, Severity, in_order
from midtvejs.domain.rules import RULES, Law, Shown
from midtvejs.reading.answers.assignment import SavedAssignment
from midtvejs.reading.answers.overfull import MOST_LINES, diagnose_overfull
from midtvejs.reading.answers.preferences import Preferences
from midtvejs.reading.codes import Fault


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
            if law not in {Law.LEAST, Law.AT_LEAST} or not _has_errors(saved.diagnostics):
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
    yield from diagnose_overfull(violations, saved, with_wishes=signed_up is not None)


def _diagnostic(violation: Violation, fault: Fault, hint: str, place: Place) -> Diagnostic:
    return fault.diagnostic(place, violation.message, hint)


def _too_many(violations: list[Violation], fault: Fault, beyond: str, saved: SavedAssignment) -> Diagnostic:
    """Make one diagnostic of all those who are too many in a session, at the first of them."""
    places = sorted(saved.cell(violation.participant, violation.round_id) for violation in violations)
    lines = ", ".join(str(place.line) for place in places[:MOST_LINES])
    more = ", ..." if len(places) > MOST_LINES else ""
    noun = "line" if len(places) == 1 else "lines"
    return _diagnostic(violations[0], fault, f"{beyond}: {noun} {lines}{more}", places[0])
