"""What the assignment is worth, and what is proven of it: for the coordinator, in English.

What was decided for people: rooms chosen, sessions cancelled, pins and company. In English.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import CRITERIA, Stage, Status
from midtvejs.domain.program import Program, Session, is_unlimited
from midtvejs.domain.rooms import chosen_rooms
from midtvejs.domain.rules import Group, Pin
from midtvejs.domain.wording import listing, quantity
from midtvejs.output.demand_table import DemandRow, fit_demand
from midtvejs.output.layout import Fitted, grid, indent, line, seats_in_column, shorten, stack, words_of
from midtvejs.output.pages.figures import MANY, Demand, Sitting, Summary, proof
from midtvejs.output.screen import Page, printable

if TYPE_CHECKING:
    from rich.console import RenderableType

REGRET = (
    "How many places down their list a participant had to go, summed over the day; 0 means first wishes only."
)
ROOMY = 100
"""In so many columns there is room for longer words, ..."""
LONGEST_ROOM = 24
"""... and so many of them are for the name of a room."""
FIRST_OF_LISTS = "Here a list for several rounds has as many first wishes as it has rounds."
REGRET_OF_LISTS = (
    "For each session that a participant attends, how many wishes above it they do not attend, summed over "
    "the day; 0 means first wishes only."
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
    yield from filter(None, (summary.verdict, summary.balance, summary.programs_own))
    yield ""
    for demand in summary.demands:
        yield printable(_demand(demand))
        yield from (printable(f"  {_sitting(each)}") for each in demand.again)
    if summary.assignment.program.lists:
        yield FIRST_OF_LISTS
    for title, lines in list_decisions(summary.assignment, summary.planned):
        yield ""
        yield from (printable(f"{title.lower()}: {each}") for each in lines)
    yield ""
    yield from (f"{label}: {count} ({share} %)" for label, count, share in summary.wishes)
    yield summary.apart
    yield ""
    yield f"Regret: {_regret(summary)[0].lower()}{_regret(summary)[1:]}"
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
    where = "" if session.rooms or demand.again else f", {session.room.name}"
    wanted = f"first wish of {demand.wanted}"
    if demand.cancelled:
        return f"{session.code} {session.title}{where}: {demand.mark}, {wanted}"
    numbers = ", ".join(filter(None, (_taken(demand), demand.kept_free, wanted, demand.mark)))
    return f"{session.code} {session.title}{where}: {numbers}"


def _sitting(sitting: Sitting) -> str:
    where = "" if sitting.session.rooms else f", {sitting.session.room.name}"
    numbers = sitting.mark or ", ".join(filter(None, (_taken(sitting), sitting.kept_free)))
    return f"{sitting.session.code} in {sitting.round_id}{where}: {numbers}"


def _taken(held: Demand | Sitting) -> str:
    if is_unlimited(held.seats):
        return f"{quantity(held.taken, 'seat')} taken"
    return f"{held.taken} of {held.seats} seats taken"


def _regret(summary: Summary) -> str:
    return REGRET_OF_LISTS if summary.assignment.program.lists else REGRET


# On a terminal


def _rich(summary: Summary) -> RenderableType:
    from rich.rule import Rule

    firsts = [line((FIRST_OF_LISTS, "dim"))] if summary.assignment.program.lists else []
    below = (summary.verdict, summary.balance, summary.programs_own)
    parts = [
        Rule(style="dim"),
        stack((_proofs(summary), *map(words_of, filter(None, below)))),
        _titled_part("Sessions", stack([Fitted(partial(demands_table, summary.demands)), *firsts])),
        *(
            _titled_part(title, stack(map(words_of, lines)))
            for title, lines in list_decisions(summary.assignment, summary.planned)
        ),
        _titled_part("Wishes", stack((_wishes(summary), line((summary.apart, "dim"))))),
        _titled_part(
            "Regret",
            stack((line((_regret(summary), "dim")), Fitted(partial(_histogram, summary.profile.histogram)))),
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
        reached = line((summary.reached(stage), "bold"), *proven)
        table.add_row(reached, line((CRITERIA[stage.criterion].meaning, "dim")))
    return table


def demands_table(demands: list[Demand], width: int) -> RenderableType:
    """Draw the sessions, each with the times that it is held."""
    rows = [row for each in demands for row in _demand_rows(each, short=width < ROOMY)]
    table = fit_demand(("seats", "taken", "1st wish"), rows, width)
    return stack([table.draw(rows), *table.legend])


def _demand_rows(each: Demand, *, short: bool) -> Iterator[DemandRow]:
    mark = each.short_mark if short else each.mark
    free = (f"{', ' if mark else ''}{each.kept_free}", "dim") if each.kept_free else ""
    yield DemandRow(
        label=words_of(each.session.code, "bold cyan"),
        numbers=[*map(words_of, _in_columns(each)), words_of(str(each.wanted))],
        beside=line((mark, each.colour), free),
        title=each.session.title,
        wanted=each.wanted,
        seats=each.seats,
    )
    for sitting in each.again:
        room = "" if sitting.session.rooms else sitting.session.room.name
        about = ", ".join(filter(None, (sitting.mark or shorten(room, LONGEST_ROOM), sitting.kept_free)))
        yield DemandRow(
            label=line((f"  {sitting.round_id}", "dim")),
            numbers=[line((cell, "dim")) for cell in (*_in_columns(sitting), "")],
            beside=line((about, "dim")),
        )


def _in_columns(held: Demand | Sitting) -> tuple[str, str]:
    return ("–", "–") if held.cancelled else (seats_in_column(held.seats), str(held.taken))


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
        (
            "Cancelled",
            [_cancelled_line(assignment.program, session) for session in _cancelled_sessions(assignment)],
        ),
        ("Decided beforehand", _rules(assignment.program)),
    )
    return [(title, lines) for title, lines in sections if lines]


def _rooms(planned: Program, program: Program) -> Iterator[str]:
    chosen = chosen_rooms(planned, program)
    for round_ in planned.rounds:
        held = [session for session in round_.sessions if session.key in chosen]
        if held:
            rooms = ", ".join(f"{session.code} in {chosen[session.key].name}" for session in held)
            yield f"{round_.id}: {rooms}"


def _cancelled_sessions(assignment: Assignment) -> list[Session]:
    sittings = assignment.program.sittings
    return [session for key, session in sittings.items() if key in assignment.cancelled]


def _cancelled_line(program: Program, session: Session) -> str:
    freed = [presenter.name for presenter in session.presenters]
    free = "" if not freed else f"; {listing(freed)} {'is' if len(freed) == 1 else 'are'} free in that round"
    when = f" in {program.round_of[session.key].id}" if session.sitting else ""
    return f"{session.code} {session.title}{when}: fewer than {session.least} would come{free}"


def _rules(program: Program) -> list[str]:
    decisions: list[Pin | Group] = [*program.rules.pins, *program.rules.groups]
    told = [
        f"{_decision_words(decision)}: {decision.reason}" if decision.reason else _decision_words(decision)
        for decision in decisions
    ]
    told += ["those who name each other are together"] if program.rules.friends_together else []
    more = len(told) - MOST_LISTED
    return [*told[:MOST_LISTED], f"and {more} more"] if more > 0 else told


def _decision_words(decision: Pin | Group) -> str:
    if isinstance(decision, Pin):
        return str(decision)
    when = f" in {decision.round_id}" if decision.round_id else ""
    return f"{listing(decision.participants)} are {decision.company}{when}"
