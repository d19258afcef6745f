"""What a sign-up file holds, and what will hurt: for the coordinator, in English."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from midtvejs.domain.concerns import Concern
from midtvejs.domain.demand import RoundDemand, SessionDemand
from midtvejs.domain.diagnostic import Diagnostic
from midtvejs.domain.how_to_read import AS_IT_IS, HowToRead
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.domain.provenance import Provenance, Turnout
from midtvejs.domain.wording import quantity
from midtvejs.views.bars import LEGEND, SHORT_BAR, colour, seats_bar
from midtvejs.views.check_facts import left_out, read_as, to_seat, uses
from midtvejs.views.diagnostics import one_line
from midtvejs.views.layout import Fitted, columns_of, grid, indented, line, stacked, words_of
from midtvejs.views.screen import Page, printable

if TYPE_CHECKING:
    from rich.console import RenderableType

MANY = 10
"""So many concerns of a kind are told of."""
LONGEST_BAR = 24
TITLED = 100
"""In so many columns there is room for titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was read without an error. ``warnings`` came with it; ``next`` is the command to go on with.

    ``answers`` counts those that count; on a list of participants there may be more, who answered
    ``too_late`` or are ``unanswered``.
    """

    program: Program
    participants: int
    answers: int
    too_late: tuple[Participant, ...] = ()
    unanswered: tuple[Participant, ...] = ()
    how: HowToRead = AS_IT_IS
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
        yield "read as", read_as(self.provenance)
        used = [column for column in self.provenance.columns if column.use]
        yield "columns", ", ".join(uses(self.program, used))
        if idle := [column.heading for column in self.provenance.columns if not column.use]:
            yield "not read", ", ".join(heading.strip() or "(no heading)" for heading in idle)
        expected = self.program.event.expected_participants
        yield "answers", f"{self.answers}{f' of {expected} expected' if expected else ''}"
        yield from left_out(self.provenance, self.how)
        yield from to_seat(self.participants, len(self.too_late), self.unanswered)
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


def _warned(warnings: Iterable[Diagnostic]) -> Iterator[tuple[str, str]]:
    """Give each warning with its hint, which is given once where many have the same."""
    said = set[str]()
    for warning in warnings:
        yield one_line(warning), "" if warning.hint in said else printable(warning.hint)
        said.add(warning.hint)


def check_page(checked: Checked) -> Page:
    return Page(plain=lambda: _plain(checked), rich=lambda: _rich(checked))


def _lists(each: RoundDemand) -> str:
    """Say how much people listed, and what that means for all of them."""
    lists = f"{quantity(each.whole, 'whole list')}, {each.partial} partial, {each.empty} empty"
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
    for warning, hint in _warned(checked.warnings):
        yield warning
        if hint:
            yield f"  = help: {hint}"
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
    warnings = [_warning(*warning) for warning in _warned(checked.warnings)]
    warnings += map(_warning, checked.told)
    verdict = line((checked.verdict, "yellow" if warnings else "green"))
    return stacked([*parts, stacked([*warnings, verdict])], gap=True)


def _warning(warning: str, hint: str = "") -> RenderableType:
    row = grid(2, gap=1)
    row.add_row(line(("!", "bold yellow")), words_of(warning))
    if hint:
        row.add_row("", line(("= ", "blue"), ("help: ", "bold"), hint))
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
