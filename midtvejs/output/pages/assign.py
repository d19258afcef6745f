"""What the assignment is worth, and what is proven of it: for the coordinator, in English.

What was decided for people: rooms chosen, sessions cancelled, pins and company. In English.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import CRITERIA, Stage, Status
from midtvejs.domain.program import Program, Session
from midtvejs.domain.rooms import chosen_rooms
from midtvejs.domain.rules import Group, Pin
from midtvejs.domain.wording import quantity
from midtvejs.output.layout import (
    LEGEND,
    SHORT_BAR,
    Fitted,
    grid,
    indent,
    line,
    seats_bar,
    stack,
    words_of,
)
from midtvejs.output.pages.figures import MANY, Demand, Summary, proof
from midtvejs.output.screen import Page, printable

if TYPE_CHECKING:
    from rich.console import RenderableType

REGRET = (
    "How many places down their list a participant had to go, summed over the day; 0 means first wishes only."
)


def summary_page(
    assignment: Assignment,
    stages: tuple[Stage, ...],
    status: Status,
    dealt: str = "",
    planned: Program | None = None,
) -> Page:
    """Sum a lawful assignment up.

    ``dealt`` says how seats were dealt where nothing was to be proven: then it stands for every proof.
    ``planned`` is the program before rooms were chosen.
    """
    summary = Summary(assignment=assignment, stages=stages, status=status, dealt=dealt, planned=planned)
    return Page(plain=lambda: _plain(summary), rich=lambda: _rich(summary))


# Plain


def _plain(summary: Summary) -> Iterator[str]:
    # Rosters stand above it.
    yield ""
    yield from summary.proofs
    yield summary.verdict
    yield ""
    for demand in summary.demands:
        yield printable(_demand(demand))
    for title, lines in list_decisions(summary.assignment, summary.planned):
        yield ""
        yield from (printable(f"{title.lower()}: {each}") for each in lines)
    yield ""
    yield from (f"{label}: {count} ({share} %)" for label, count, share in summary.wishes)
    yield summary.apart
    yield ""
    yield f"Regret: {REGRET[0].lower()}{REGRET[1:]}"
    yield from (
        f"regret {level}: {quantity(count, 'participant')}"
        for level, count in summary.profile.histogram.items()
    )
    if summary.worst_off:
        yield ""
        regret = summary.profile.regrets[summary.worst_off[0].key]
        for person in summary.worst_off[:MANY]:
            yield printable(
                f"worst off, regret {regret}: {summary.names[person.key]}: {summary.costs(person)}"
            )
        if summary.others:
            yield f"worst off, regret {regret}: {summary.others}"


def _demand(demand: Demand) -> str:
    session = demand.session
    where = "" if session.rooms else f", {session.room.name}"
    wanted = f"first wish of {demand.wanted}"
    if demand.cancelled:
        return f"{session.code} {session.title}{where}: {demand.mark}, {wanted}"
    taken = f"{demand.taken} of {session.seats} seats taken"
    numbers = ", ".join(filter(None, (taken, demand.kept_free, wanted, demand.mark)))
    return f"{session.code} {session.title}{where}: {numbers}"


# On a terminal


def _rich(summary: Summary) -> RenderableType:
    from rich.rule import Rule

    parts = [
        Rule(style="dim"),
        stack((_proofs(summary), words_of(summary.verdict))),
        _titled_part("Sessions", Fitted(partial(_demands, summary.demands))),
        *(
            _titled_part(title, stack(map(words_of, lines)))
            for title, lines in list_decisions(summary.assignment, summary.planned)
        ),
        _titled_part("Wishes", stack((_wishes(summary), line((summary.apart, "dim"))))),
        _titled_part(
            "Regret", stack((line((REGRET, "dim")), Fitted(partial(_histogram, summary.profile.histogram))))
        ),
    ]
    if summary.worst_off:
        parts.append(_titled_part("The worst off", _worst_off(summary)))
    return stack(parts, gap=True)


def _titled_part(title: str, part: RenderableType) -> RenderableType:
    return stack((line((title, "bold")), indent(part)))


def _proofs(summary: Summary) -> RenderableType:
    table = grid(2)
    for stage in summary.stages:
        colour = "green" if stage.proven else "yellow"
        proven = () if summary.dealt else (" ", (f"({proof(stage)})", colour))
        reached = line((f"{stage.criterion} {stage.value}", "bold"), *proven)
        table.add_row(reached, line((CRITERIA[stage.criterion].meaning, "dim")))
    return table


def _demands(demands: list[Demand], width: int) -> RenderableType:
    """Draw the sessions; titles, and then bars, are left out as the width shrinks."""
    scale = max((max(each.wanted, each.session.seats) for each in demands), default=1)
    roomy = width >= 70
    held_back = max((len(each.kept_free) + 2 for each in demands if each.kept_free), default=0)
    bar = min(24, width - held_back - (54 if roomy else 44))
    table = grid(5)
    for column, head in zip(table.columns[1:4], ("seats", "taken", "1st wish"), strict=True):
        column.header, column.justify, column.header_style = head, "right", "dim"
    table.show_header = True
    titled = width - held_back >= 100
    if titled:
        table.add_column(no_wrap=True, max_width=width - held_back - 82, overflow="ellipsis")
    for each in demands:
        mark = each.mark if roomy else each.short_mark
        free = (f"{', ' if mark else ''}{each.kept_free}", "dim") if each.kept_free else ""
        table.add_row(
            words_of(each.session.code, "bold cyan"),
            *(("–", "–") if each.cancelled else (str(each.session.seats), str(each.taken))),
            str(each.wanted),
            line(*seats_bar(each.wanted, each.session.seats, scale, bar), (mark, each.colour), free),
            *([words_of(each.session.title)] if titled else []),
        )
    return stack((table, line((LEGEND, "dim")))) if bar >= SHORT_BAR else table


def _wishes(summary: Summary) -> RenderableType:
    table = grid(4)
    table.columns[1].justify = table.columns[2].justify = "right"
    for label, count, share in summary.wishes:
        table.add_row(label, str(count), f"{share} %", line(("█" * (-(-share // 4)), "cyan")))
    return table


def _histogram(histogram: Mapping[int, int], width: int) -> RenderableType:
    most = max(histogram.values(), default=0) or 1
    table = grid(3)
    table.columns[0].justify = table.columns[1].justify = "right"
    for level, count in histogram.items():
        # Rounded up: even one participant is to be seen.
        bar = "█" * -(-count * min(50, width - 16) // most)
        table.add_row(str(level), str(count), line((bar, "cyan")))
    return table


def _worst_off(summary: Summary) -> RenderableType:
    parts = [
        line((summary.names[person.key], "bold"), ": ", summary.costs(person))
        for person in summary.worst_off[:MANY]
    ]
    return stack([*parts, line((summary.others, "dim"))] if summary.others else parts)


MOST_LISTED = 20
"""So many pins and groups are told of."""

Section = tuple[str, list[str]]
"""A title, and a line for each thing below it."""


def list_decisions(assignment: Assignment, planned: Program | None = None) -> list[Section]:
    """Return what there is to tell; ``planned`` is the program while its rooms were open."""
    sections = (
        ("Rooms chosen", list(_rooms(planned, assignment.program)) if planned else []),
        ("Cancelled", [_cancelled_line(session) for session in _cancelled_sessions(assignment)]),
        ("Decided beforehand", _rules(assignment.program)),
    )
    return [(title, lines) for title, lines in sections if lines]


def _rooms(planned: Program, program: Program) -> Iterator[str]:
    chosen = chosen_rooms(planned, program)
    for round_ in planned.rounds:
        codes = [session.code for session in round_.sessions if session.code in chosen]
        if codes:
            yield f"{round_.id}: {', '.join(f'{code} in {chosen[code].name}' for code in codes)}"


def _cancelled_sessions(assignment: Assignment) -> list[Session]:
    sessions = assignment.program.sessions
    return [session for code, session in sessions.items() if code in assignment.cancelled]


def _cancelled_line(session: Session) -> str:
    freed = [presenter.name for presenter in session.presenters]
    free = "" if not freed else f"; {_and(freed)} {'is' if len(freed) == 1 else 'are'} free in that round"
    return f"{session.code} {session.title}: fewer than {session.least} would come{free}"


def _rules(program: Program) -> list[str]:
    decisions: list[Pin | Group] = [*program.rules.pins, *program.rules.groups]
    told = [
        f"{_decision_words(decision)}: {decision.reason}" if decision.reason else _decision_words(decision)
        for decision in decisions
    ]
    more = len(told) - MOST_LISTED
    return [*told[:MOST_LISTED], f"and {more} more"] if more > 0 else told


def _decision_words(decision: Pin | Group) -> str:
    if isinstance(decision, Pin):
        return str(decision)
    when = f" in {decision.round_id}" if decision.round_id else ""
    return f"{_and(decision.participants)} are {decision.company}{when}"


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
