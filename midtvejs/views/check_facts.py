"""What there is to know of a sign-up file and its answers: labels with their facts, for the coordinator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from midtvejs.domain.how_to_read import Admission, HowToRead, OnDuplicate
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.domain.provenance import ColumnUse, Provenance
from midtvejs.views.layout import shortened
from midtvejs.views.screen import printable

MOST_NAMES = 10
"""So many of those who did not answer are named."""
LONGEST_HEADING = 40
"""In columns; online forms head a column with a whole question."""


def read_as(provenance: Provenance) -> str:
    how = f"sheet {provenance.sheet}" if provenance.sheet else provenance.encoding
    return f"{provenance.shape}, {how}"


def uses(program: Program, columns: Iterable[ColumnUse]) -> Iterator[str]:
    """Give what each column was read as; those of one round together, where its first one stands."""
    rounds = _rounds_by_use(program)
    of_round: dict[str, list[ColumnUse]] = {}
    for column in columns:
        of_round.setdefault(rounds.get(column.use, column.use), []).append(column)
    for use, alike in of_round.items():
        yield f"{_headings(alike)} ({use})" if len(alike) > 1 else _use(alike[0])


def _rounds_by_use(program: Program) -> dict[str, str]:
    """Give the rounds of columns for one rank or one session."""
    return {
        f"{round_.id} {part}": round_.id
        for round_ in program.rounds
        for rank, session in enumerate(round_.sessions, start=1)
        for part in (f"rank {rank}", session.code)
    }


def _headings(columns: Sequence[ColumnUse]) -> str:
    first, last = _heading(columns[0]), _heading(columns[-1])
    return f"{first}, {last}" if len(columns) == 2 else f"{first} ... {last}"


def _use(column: ColumnUse) -> str:
    """Give ``name``, or ``Navn (name)`` where the file says it in other words."""
    heading = _heading(column)
    return heading if heading == column.use else f"{heading} ({column.use})"


def _heading(column: ColumnUse) -> str:
    return shortened(" ".join(printable(column.heading).split()), LONGEST_HEADING)


def left_out(provenance: Provenance, how: HowToRead) -> Iterator[tuple[str, str]]:
    """Give the answers that do not count, and those of which it is open whether they do."""
    if provenance.doubled:
        counts = "first" if how.on_duplicate is OnDuplicate.FIRST else "last"
        yield "doubled", f"{provenance.doubled}; of each person the {counts} answer counts"
    if provenance.late:
        counted = "counted all the same" if how.late is Admission.ACCEPT else "left out"
        yield "late", f"{provenance.late} after the deadline, {counted}"
    if provenance.strangers:
        seated = "seated all the same" if how.strangers is Admission.ACCEPT else "left out"
        yield "strangers", f"{provenance.strangers} not on the list of participants, {seated}"


def to_seat(participants: int, too_late: int, unanswered: Sequence[Participant]) -> Iterator[tuple[str, str]]:
    """Give how many are to be seated where not all of them gave an answer that counts, and who gave none."""
    if too_late or unanswered:
        why = [(too_late, "answered too late"), (len(unanswered), "did not answer")]
        told = ", ".join(f"{count} {what}" for count, what in why if count)
        yield "to seat", f"{participants}, of whom {told}"
    if unanswered:
        names = [each.name for each in unanswered[:MOST_NAMES]]
        more = f" and {len(unanswered) - MOST_NAMES} more" if len(unanswered) > MOST_NAMES else ""
        yield "missing", f"{', '.join(names)}{more}"
