"""A saved assignment before the judge: what breaks the law, each at its place in the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.audit import audit
from midtvejs.domain.diagnostic import Diagnostic, Read, Severity, in_order
from midtvejs.domain.laws import Law, Violation
from midtvejs.reading.assignment_csv import SavedAssignment
from midtvejs.reading.people_faults import Fault
from midtvejs.reading.preferences import Preferences

MOST_LINES = 10


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
    fatal = any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    return Read(value=None if fatal else saved.assignment, diagnostics=diagnostics)


def _diagnosed(
    violations: Iterable[Violation], saved: SavedAssignment, signed_up: Preferences | None, prefs: Path | None
) -> Iterator[Diagnostic]:
    beyond: dict[str, list[Violation]] = defaultdict(list)
    for violation in violations:
        key, round_id = violation.participant, violation.round_id
        match violation.law:
            case Law.SEATS:
                beyond[_session_of(saved, key, round_id)].append(violation)
            case Law.PRESENTING:
                yield Diagnostic(
                    code=Fault.NOT_PRESENTING.value,
                    place=saved.cell(key, round_id),
                    message=violation.message,
                    hint="presenters are in their own session",
                )
            case Law.KNOWN:
                yield Diagnostic(
                    code=Fault.STRANGER.value,
                    place=saved.row(key),
                    message=violation.message,
                    hint=f"who takes part has a row in {prefs}",
                )
            case Law.SEATED if signed_up and key not in saved.assignment.days:
                yield Diagnostic(
                    code=Fault.NOT_SEATED.value,
                    place=saved.top,
                    message=f"{violation.message} ({prefs}:{signed_up.lines[key]})",
                    hint="give them a row",
                )
            case _:
                # A cell without a session of its round: the reader has said why.
                continue
    for violations_of_session in beyond.values():
        yield _overfull(violations_of_session, saved)


def _overfull(violations: list[Violation], saved: SavedAssignment) -> Diagnostic:
    """Make one diagnostic of all those beyond a session's seats, at the first of them."""
    places = sorted(saved.cell(violation.participant, violation.round_id) for violation in violations)
    lines = ", ".join(str(place.line) for place in places[:MOST_LINES])
    more = ", ..." if len(places) > MOST_LINES else ""
    noun = "line" if len(places) == 1 else "lines"
    return Diagnostic(
        code=Fault.OVERFULL.value,
        place=places[0],
        message=violations[0].message,
        hint=f"beyond the seats: {noun} {lines}{more}",
    )


def _session_of(saved: SavedAssignment, key: str, round_id: str) -> str:
    ids = [round_.id for round_ in saved.assignment.program.rounds]
    return saved.assignment.days[key][ids.index(round_id)]
