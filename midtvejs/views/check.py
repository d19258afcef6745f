"""What a sign-up file holds, and what will hurt: for the coordinator, in English."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from midtvejs.domain.concerns import Concern
from midtvejs.domain.demand import RoundDemand, SessionDemand
from midtvejs.domain.diagnostic import Diagnostic
from midtvejs.domain.program import Program
from midtvejs.domain.provenance import ColumnUse, Provenance, Turnout
from midtvejs.domain.wording import quantity
from midtvejs.views.bars import LEGEND, SHORT_BAR, colour, seats_bar
from midtvejs.views.diagnostics import one_line
from midtvejs.views.layout import Fitted, columns_of, grid, indented, line, shortened, stacked, words_of
from midtvejs.views.screen import Page, printable

if TYPE_CHECKING:
    from rich.console import RenderableType

MANY = 10
"""So many concerns of a kind are told of."""
LONGEST_HEADING = 40
"""In columns; online forms head a column with a whole question."""
LONGEST_BAR = 24
TITLED = 100
"""In so many columns there is room for titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was read without an error. ``warnings`` came with it; ``next`` is the command to go on with."""

    program: Program
    participants: int
    provenance: Provenance
    turnout: Turnout
    demands: tuple[RoundDemand, ...]
    concerns: tuple[Concern, ...]
    warnings: tuple[Diagnostic, ...]
    next: str

    @property
    def file(self) -> str:
        return self.provenance.file

    @property
    def about(self) -> Iterator[tuple[str, str]]:
        """Give what there is to know of the file and its answers, each with its label."""
        yield "read as", _read_as(self.provenance)
        yield "columns", ", ".join(_use(column) for column in self.provenance.columns if column.use)
        if idle := [column.heading for column in self.provenance.columns if not column.use]:
            yield "not read", ", ".join(heading.strip() or "(no heading)" for heading in idle)
        expected = self.program.event.expected_participants
        yield "answers", f"{self.participants}{f' of {expected} expected' if expected else ''}"
        yield from _left_out(self.provenance)
        whole, partial, empty = self.turnout.whole, self.turnout.partial, self.turnout.empty
        yield "wishes", f"{whole} ranked all they can choose, {partial} some of it, {empty} nothing"

    @property
    def told(self) -> Iterator[str]:
        """Give what will hurt, a line each, and no more than ``MANY`` of a kind."""
        kinds = defaultdict(list)
        for concern in self.concerns:
            kinds[concern.kind].append(concern)
        for alike in kinds.values():
            yield from map(str, alike[:MANY])
            if len(alike) > MANY:
                yield f"and {len(alike) - MANY} more of this kind"

    @property
    def verdict(self) -> str:
        return f"No faults, {quantity(len(self.warnings) + len(self.concerns), 'warning')}. Next: {self.next}"


def _read_as(provenance: Provenance) -> str:
    how = f"sheet {provenance.sheet}" if provenance.sheet else provenance.encoding
    return f"{provenance.shape}, {how}"


def _use(column: ColumnUse) -> str:
    """Give ``name``, or ``Navn (name)`` where the file says it in other words."""
    heading = shortened(" ".join(printable(column.heading).split()), LONGEST_HEADING)
    return heading if heading == column.use else f"{heading} ({column.use})"


def _left_out(provenance: Provenance) -> Iterator[tuple[str, str]]:
    """Give the answers that do not count, and those who gave none."""
    if provenance.doubled:
        yield "doubled", f"{provenance.doubled}; of each person the last answer counts"
    if provenance.late:
        yield "late", f"{provenance.late} after the deadline"
    if provenance.strangers:
        yield "strangers", f"{provenance.strangers} not on the list of participants"
    if provenance.unanswered:
        yield "missing", f"{provenance.unanswered} on the list of participants did not answer"


def check_page(checked: Checked) -> Page:
    return Page(plain=lambda: _plain(checked), rich=lambda: _rich(checked))


def _lists(each: RoundDemand) -> str:
    """Say how much people listed, and what that means for all of them."""
    lists = f"{each.whole} whole lists, {each.partial} partial, {each.empty} empty"
    return f"{lists}; {each.beyond} cannot have their first wish" if each.beyond else lists


def _choice(each: RoundDemand) -> str:
    at_most = "at most " if any(session.rooms for session in each.round.sessions) else ""
    return f"{at_most}{quantity(each.round.seats, 'seat')} for {quantity(each.participants, 'participant')}"


def _mark(each: SessionDemand) -> str:
    return f"over by {each.beyond}" if each.beyond else ""


# Plain


def _plain(checked: Checked) -> Iterator[str]:
    yield printable(checked.file)
    yield from (printable(f"{label}: {fact}") for label, fact in checked.about)
    for each in checked.demands:
        yield ""
        yield printable(f"{each.round.id} {each.round.name}: {_choice(each)}")
        yield _lists(each)
        yield from (printable(_session(session)) for session in each.sessions)
    yield ""
    yield from map(one_line, checked.warnings)
    yield from (printable(f"warning: {concern}") for concern in checked.told)
    yield printable(checked.verdict)


def _session(each: SessionDemand) -> str:
    session = each.session
    seats = f"{'at most ' if session.rooms else ''}{quantity(session.seats, 'seat')}"
    where = "" if session.rooms else f", {session.room.name}"
    numbers = (seats, f"first wish of {each.first}", f"listed by {each.listed}", _mark(each))
    return f"{session.code} {session.title}{where}: {', '.join(filter(None, numbers))}"


# On a terminal


def _rich(checked: Checked) -> RenderableType:
    facts = grid(2)
    for label, fact in checked.about:
        facts.add_row(line((label, "dim")), words_of(fact))
    parts = [
        stacked((line((checked.file, "bold")), indented(facts))),
        Fitted(partial(_rounds, checked.demands)),
    ]
    warnings = [_warning(warning) for warning in (*map(one_line, checked.warnings), *checked.told)]
    verdict = line((checked.verdict, "yellow" if warnings else "green"))
    return stacked([*parts, stacked([*warnings, verdict])], gap=True)


def _warning(warning: str) -> RenderableType:
    row = grid(2, gap=1)
    row.add_row(line(("!", "bold yellow")), words_of(warning))
    return row


def _rounds(demands: Sequence[RoundDemand], width: int) -> RenderableType:
    """Draw the rounds; titles, and then bars, are left out as the width shrinks."""
    sessions = [session for each in demands for session in each.sessions]
    scale = max((max(each.first, each.session.seats) for each in sessions), default=1)
    codes = max((columns_of(each.session.code) for each in sessions), default=0)
    bar = min(LONGEST_BAR, width - codes - 41)
    titles = width - codes - 68 if width >= TITLED else 0
    parts = [_round(each, scale, bar, titles) for each in demands]
    legend = [line((LEGEND, "dim"))] if bar >= SHORT_BAR else []
    return stacked([*parts, *legend], gap=True)


def _round(each: RoundDemand, scale: int, bar: int, titles: int) -> RenderableType:
    title = line((f"{each.round.id} {each.round.name}", "bold"), (f" · {_choice(each)}", "dim"))
    table = _sessions(each.sessions, scale, bar, titles)
    return stacked((title, indented(line((_lists(each), "dim"))), indented(table)))


def _sessions(sessions: Sequence[SessionDemand], scale: int, bar: int, titles: int) -> RenderableType:
    table = grid(5)
    for column, head in zip(table.columns[1:4], ("seats", "1st wish", "listed"), strict=True):
        column.header, column.justify, column.header_style, column.no_wrap = head, "right", "dim", True
    table.show_header = True
    if titles:
        table.add_column(no_wrap=True, max_width=titles, overflow="ellipsis")
    for each in sessions:
        mark = (_mark(each), colour(each.first, each.session.seats))
        table.add_row(
            words_of(each.session.code, "bold cyan"),
            *map(str, (each.session.seats, each.first, each.listed)),
            line(*seats_bar(each.first, each.session.seats, scale, bar), mark),
            *([words_of(each.session.title)] if titles else []),
        )
    return table
