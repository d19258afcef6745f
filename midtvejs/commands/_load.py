"""Reading, as every verb does it: warnings are told, faults end the verb.

A saved assignment before the judge: what breaks the law, each at its place in the file.

A saved assignment for those who want what follows from it: read, judged, and with its rooms chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from midtvejs.auditing.audit import audit
from midtvejs.auditing.judges import Violation
from midtvejs.domain.answers import AS_IT_IS, HowToRead, Shape
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.diagnostic import Diagnostic, Place, Read, Severity, in_order
from midtvejs.domain.program import Program
from midtvejs.domain.rules import RULES, Law, Shown
from midtvejs.output.screen import Screen
from midtvejs.reading.answers.assignment import SavedAssignment, read_assignment
from midtvejs.reading.answers.preferences import Preferences
from midtvejs.reading.codes import Fault

T = TypeVar("T")


def accepted(screen: Screen, read: Read[T]) -> T:
    """Return the value that was read, its warnings told.

    Raises:
        Faulty: there is none.
    """
    value = read.accepted()
    if read.diagnostics:
        from midtvejs.output.pages.diagnostics import diagnostics_page

        screen.tell(diagnostics_page(read.diagnostics))
    return value


def read_program(screen: Screen, file: Path) -> Program:
    """Read a program.

    Raises:
        Faulty: it has faults.
    """
    from midtvejs.reading.program import build as program_yaml

    return accepted(screen, program_yaml.read_program(file))


def read_sign_ups(screen: Screen, file: Path, program: Program, how: HowToRead = AS_IT_IS) -> Preferences:
    """Read the wishes for a program, with what the file says of when they were handed in.

    What the file was taken for is told, unless it is of our own shape.

    Raises:
        Faulty: they have faults.
    """
    from midtvejs.reading.answers.preferences import read_preferences_with_lines

    signed_up = accepted(screen, read_preferences_with_lines(file, program, how))
    if signed_up.provenance.shape is not Shape.WIDE or signed_up.provenance.sheet:
        screen.note(str(signed_up.provenance))
    return signed_up


MOST_LINES = 10


def _shown(where: Shown) -> dict[Law, tuple[Fault, str]]:
    """Return what a breach of each kind of rule is that is shown there, and how to mend it."""
    return {law: (Fault[kind.fault], kind.hint) for law, kind in RULES.items() if kind.shown is where}


AT_THEIR_CELL = {
    Law.PRESENTING: (Fault.NOT_PRESENTING, "presenters are in their own session"),
    **_shown(Shown.CELL),
}
AT_THE_ROUND = _shown(Shown.ROUND)
BEYOND = {Law.SEATS: (Fault.OVERFULL, "beyond the seats"), **_shown(Shown.TOO_MANY)}
"""Breaches by too many people, which are told of once for each session."""


def judged(
    saved: SavedAssignment, signed_up: Preferences | None = None, prefs: Path | None = None
) -> Read[Assignment]:
    """Judge a saved assignment against those who ``signed_up`` in the file ``prefs``.

    Without them nobody can be missing, and nobody is a stranger.
    """
    diagnostics = saved.diagnostics
    if saved.whole:
        participants = signed_up.participants if signed_up else saved.assignment.participants
        violations = audit(saved.assignment, participants).violations
        diagnostics = in_order([*diagnostics, *_diagnosed(violations, saved, signed_up, prefs)])
    return Read(value=None if _has_errors(diagnostics) else saved.assignment, diagnostics=diagnostics)


def _has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def _diagnosed(
    violations: Iterable[Violation], saved: SavedAssignment, signed_up: Preferences | None, prefs: Path | None
) -> Iterator[Diagnostic]:
    beyond: dict[tuple[Law, str], list[Violation]] = defaultdict(list)
    for violation in violations:
        law, key, round_id = violation.law, violation.participant, violation.round_id
        if law in BEYOND:
            beyond[law, violation.message].append(violation)
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


def _diagnostic(violation: Violation, fault: Fault, hint: str, place: Place) -> Diagnostic:
    return fault.diagnostic(place, violation.message, hint)


def _too_many(violations: list[Violation], fault: Fault, beyond: str, saved: SavedAssignment) -> Diagnostic:
    """Make one diagnostic of all those who are too many in a session, at the first of them."""
    places = sorted(saved.cell(violation.participant, violation.round_id) for violation in violations)
    lines = ", ".join(str(place.line) for place in places[:MOST_LINES])
    more = ", ..." if len(places) > MOST_LINES else ""
    noun = "line" if len(places) == 1 else "lines"
    return _diagnostic(violations[0], fault, f"{beyond}: {noun} {lines}{more}", places[0])


def read_lawful(
    screen: Screen,
    assignment: Path,
    program: Path,
    prefs: Path | None = None,
    how: HowToRead = AS_IT_IS,
) -> Assignment:
    """Read an assignment of ``program``, and judge it: against the wishes too, where they are given.

    Raises:
        Faulty: a file has faults, or the assignment is not lawful.
        OSError: a file cannot be read.
    """
    day = read_program(screen, program)
    signed_up = read_sign_ups(screen, prefs, day, how) if prefs else None
    saved = read_assignment(assignment, day, signed_up)
    return accepted(screen, judged(saved, signed_up, prefs)).with_rooms()
