"""Ways to deal the seats, side by side: for the coordinator, in English.

A comparison as one JSON object, for programs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from midtvejs.domain.fairness import CRITERIA, Criterion, Evidence, Status
from midtvejs.domain.mechanism import Mechanism
from midtvejs.domain.outcome import Outcome
from midtvejs.domain.wording import listing, quantity
from midtvejs.output.layout import Fitted, grid, indent, line, pad, stack
from midtvejs.output.pages.figures import queue_order, wishes_met
from midtvejs.output.screen import Page

if TYPE_CHECKING:
    from rich.console import RenderableType

ROOMY = 76
"""Below so many columns each way has lines of its own instead of a row in two tables."""
LONGEST_BAR = 50
SHADES = (("█", "cyan"), ("▓", "cyan"), ("▒", "yellow"), ("░", "yellow"), ("·", "red"))
"""How the first, second, third and later wishes are drawn, and what was not listed."""
LEGEND = "█ 1st wish  ▓ 2nd  ▒ 3rd  ░ later  · unlisted"
SHORT_BAR = 8
"""A bar of fewer columns says nothing and is left out."""
SHARES = ("1st", "2nd", "3rd", "later", "unlisted")
OF_REGRET = (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN)
TOLD_BY_SHARES = (Criterion.FIRST, Criterion.UNLISTED)
"""They need no column. Every other criterion has one where it is asked for."""
WITHOUT = "no 1st"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What came of several ways to deal the same seats.

    ``timed``: the wishes say when they were handed in.
    """

    participants: int
    seed: int
    timed: bool
    outcomes: tuple[Outcome, ...]

    @property
    def title(self) -> str:
        return f"{self.participants} participants, seated in {len(self.outcomes)} ways"

    @property
    def criteria(self) -> list[Criterion]:
        """The criteria that have a column."""
        asked = {criterion for outcome in self.outcomes for criterion in outcome.criteria}
        return [each for each in Criterion if each in asked and each not in TOLD_BY_SHARES]

    @property
    def notes(self) -> Iterator[str]:
        """Say what the names mean, and what the figures do not tell."""
        yield "fair: the whole day at once, each criterion as small as it can be, one after the other."
        lottery = f"random serial dictatorship, seed {self.seed}"
        yield f"lottery: {lottery}; reversed: turned round every other round."
        yield f"first-come: first come, first served, {queue_order(timed=self.timed)}."
        yield "worst, total, even: the highest regret, the sum of all regrets, the sum of their squares."
        for criterion in self.criteria:
            if criterion not in OF_REGRET:
                yield f"{criterion}: {CRITERIA[criterion].meaning}."
        yield f"{WITHOUT}: participants who got their first wish in no round."
        if any(outcome.broken for outcome in self.outcomes):
            yield "breaks rules: a queue knows none that bind participants to each other."
        for outcome in self.outcomes:
            if outcome.way.mechanism is Mechanism.FAIR and outcome.status is not Status.OPTIMAL:
                yield f"{outcome.way.name}: not proven to be the best there is."
            elif by_word := [each for each, by in outcome.evidence.items() if by is Evidence.SOLVER]:
                yield f"{outcome.way.name}: that {listing(by_word)} cannot be less is the solver's word."
        yield (
            "Anyone who knows everybody's list can gain a little by not writing their true one "
            "where seats are dealt by criteria; in a lottery nobody can."
        )


def comparison_page(compared: Compared) -> Page:
    """Show them beside each other. A pipe gets no times, so that it gets the same on every run."""
    return Page(plain=lambda: _plain(compared), rich=lambda: Fitted(partial(_rich, compared)))


def _heads(compared: Compared) -> list[str]:
    return [*SHARES, *compared.criteria, WITHOUT]


def _figures(compared: Compared, outcome: Outcome) -> list[str]:
    """Return what stands below each of the heads."""
    shares = [f"{share} %" for _, _, share in wishes_met(outcome.profile)]
    values = [str(outcome.criteria[criterion]) for criterion in compared.criteria]
    return [*shares, *values, str(outcome.without_first_wish)]


def _mark(outcome: Outcome) -> str:
    return f"breaks {quantity(outcome.broken, 'rule')}" if outcome.broken else ""


# Plain


def _plain(compared: Compared) -> Iterator[str]:
    figures = ((each.way.name, *_figures(compared, each)) for each in compared.outcomes)
    rows = [("", *_heads(compared)), *figures]
    marks = ["", *map(_mark, compared.outcomes)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield compared.title
    yield ""
    for (name, *values), mark in zip(rows, marks, strict=True):
        cells = (value.rjust(width) for value, width in zip(values, widths[1:], strict=True))
        yield "  ".join([pad(name, widths[0]), *cells, *filter(None, [mark])])
    yield ""
    yield from compared.notes


# On a terminal


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a table, and what draws its bar in so many columns: pieces with their colours."""

    outcome: Outcome
    figures: Sequence[str]
    bar: Callable[[int], Sequence[tuple[str, str]]]


def _rich(compared: Compared, width: int) -> RenderableType:
    title = line((compared.title, "bold"))
    parts = _tables(compared, width) if width >= ROOMY else _lists(compared, width)
    return stack([title, *parts, stack(line((note, "dim")) for note in compared.notes)], gap=True)


def _tables(compared: Compared, width: int) -> Iterator[RenderableType]:
    totals = [outcome.criteria[Criterion.TOTAL] for outcome in compared.outcomes]
    wishes, regrets = [], []
    for outcome, total in zip(compared.outcomes, totals, strict=True):
        figures = _figures(compared, outcome)
        wishes.append(_Row(outcome, figures[: len(SHARES)], partial(_shares, outcome)))
        bar = partial(_part, total, max(totals))
        regrets.append(_Row(outcome, [*figures[len(SHARES) :], _time(outcome)], bar))
    yield stack((_table((*SHARES, ""), wishes, width), line((LEGEND, "dim"))))
    yield _table((*compared.criteria, WITHOUT, "time", "total"), regrets, width)


def _table(heads: Sequence[str], rows: Sequence[_Row], width: int) -> RenderableType:
    """Draw the rows, and their bars where there is room; the last head is that of the bars."""
    cells = zip(heads[:-1], *(row.figures for row in rows), strict=True)
    taken = sum(max(map(len, column)) + 2 for column in (_names(rows), *cells))
    room = min(LONGEST_BAR, width - taken)
    table = grid(len(heads) if room < SHORT_BAR else len(heads) + 1)
    table.show_header = True
    for column, head in zip(table.columns[1:], heads, strict=False):
        column.header, column.header_style, column.justify, column.no_wrap = head, "dim", "right", True
    if room >= SHORT_BAR:
        table.columns[-1].justify = "left"
    for row in rows:
        bar = [line(*row.bar(room))] if room >= SHORT_BAR else []
        table.add_row(_outcome_name(row.outcome), *row.figures, *bar)
    return table


def _names(rows: Sequence[_Row]) -> list[str]:
    return [text for row in rows for text in (row.outcome.way.name, f"  {_mark(row.outcome)}")]


def _outcome_name(outcome: Outcome) -> RenderableType:
    """Return the name of a way, and below it what is wrong with it."""
    name = line((outcome.way.name, "bold"))
    return stack((name, indent(line((_mark(outcome), "red"))))) if outcome.broken else name


def _lists(compared: Compared, width: int) -> Iterator[RenderableType]:
    for outcome in compared.outcomes:
        figures = zip(_heads(compared), _figures(compared, outcome), strict=True)
        *told, without = [f"{head} {figure}" for head, figure in figures]
        lines = (
            line(*_shares(outcome, min(LONGEST_BAR, width - 2))),
            line(", ".join(told[: len(SHARES)])),
            line(", ".join(told[len(SHARES) :])),
            line(f"{without}, {_time(outcome)}"),
        )
        yield stack((_outcome_name(outcome), indent(stack(lines))))
    yield line((LEGEND, "dim"))


def _shares(outcome: Outcome, width: int) -> list[tuple[str, str]]:
    """Draw what became of the wishes, in ``width`` columns for all of them."""
    shares = [share for _, _, share in wishes_met(outcome.profile)]
    ends = [round(end * width / 100) for end in accumulate(shares, initial=0)]
    return [
        (sign * (end - start), colour)
        for (sign, colour), (start, end) in zip(SHADES, pairwise(ends), strict=True)
    ]


def _part(value: int, most: int, width: int) -> list[tuple[str, str]]:
    # Rounded up: the least of regrets is to be seen.
    return [("█" * -(-value * width // (most or 1)), "yellow")]


def _time(outcome: Outcome) -> str:
    seconds = outcome.seconds
    return f"{1000 * seconds:.0f} ms" if seconds < 0.1 else f"{seconds:.1f} s"


def comparison_json(compared: Compared) -> str:
    """Return the object. All but ``seconds`` is the same on every run."""
    thing = {
        "participants": compared.participants,
        "seed": compared.seed,
        "first_come": "timestamps" if compared.timed else "rows",
        "ways": [_outcome(outcome) for outcome in compared.outcomes],
    }
    return json.dumps(thing, indent=2) + "\n"


def _outcome(outcome: Outcome) -> Mapping[str, object]:
    way, profile = outcome.way, outcome.profile
    return {
        "mechanism": way.mechanism.value,
        "fairness": [criterion.value for criterion in way.fairness],
        "reversing": way.reversing,
        "status": outcome.status,
        "evidence": {criterion.value: by.value for criterion, by in outcome.evidence.items()},
        "broken_rules": outcome.broken,
        "seats_by_rank": {str(rank): count for rank, count in profile.ranks.items()},
        **{criterion.value: value for criterion, value in outcome.criteria.items()},
        "without_first_wish": outcome.without_first_wish,
        "seconds": round(outcome.seconds, 3),
    }
