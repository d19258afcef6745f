"""Ways to deal the seats, side by side: for the coordinator, in English."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from midtvejs.domain.comparison import Outcome
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.mechanism import Mechanism
from midtvejs.views.dealt import queue_order
from midtvejs.views.figures import wishes_met
from midtvejs.views.layout import Fitted, grid, indented, line, padded, stacked
from midtvejs.views.screen import Page

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
HEADS = ("1st", "2nd", "3rd", "later", "unlisted", "worst", "total", "even", "no 1st")


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
    def notes(self) -> Iterator[str]:
        """Say what the names mean, and what the figures do not tell."""
        yield "fair: the whole day at once, each criterion as small as it can be, one after the other."
        lottery = f"random serial dictatorship, seed {self.seed}"
        yield f"lottery: {lottery}; reversed: turned round every other round."
        yield f"first-come: first come, first served, {queue_order(timed=self.timed)}."
        yield "worst, total, even: the highest regret, the sum of all regrets, the sum of their squares."
        yield "no 1st: participants who got their first wish in no round."
        for outcome in self.outcomes:
            if outcome.way.mechanism is Mechanism.FAIR and outcome.status != "optimal":
                yield f"{outcome.way.name}: not proven to be the best there is."
        yield (
            "Somebody who knows everybody's list can gain a little by writing another one than the true one "
            "where seats are dealt by criteria; in a lottery nobody can."
        )


def comparison_page(compared: Compared) -> Page:
    """Show them beside each other. A pipe gets no times, so that it gets the same on every run."""
    return Page(plain=lambda: _plain(compared), rich=lambda: Fitted(partial(_rich, compared)))


def _figures(outcome: Outcome) -> list[str]:
    """Give what stands below each of ``HEADS``."""
    shares = [f"{share} %" for _, _, share in wishes_met(outcome.profile)]
    criteria = outcome.profile.criteria
    worst_total_even = [str(value) for value in list(criteria.values())[:3]]
    return [*shares, *worst_total_even, str(outcome.without_first_wish)]


# Plain


def _plain(compared: Compared) -> Iterator[str]:
    rows = [("", *HEADS), *((each.way.name, *_figures(each)) for each in compared.outcomes)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield compared.title
    yield ""
    for name, *figures in rows:
        cells = (figure.rjust(width) for figure, width in zip(figures, widths[1:], strict=True))
        yield "  ".join([padded(name, widths[0]), *cells])
    yield ""
    yield from compared.notes


# On a terminal


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a table, and what draws its bar in so many columns: pieces with their colours."""

    name: str
    figures: Sequence[str]
    bar: Callable[[int], Sequence[tuple[str, str]]]


def _rich(compared: Compared, width: int) -> RenderableType:
    title = line((compared.title, "bold"))
    parts = _tables(compared, width) if width >= ROOMY else _lists(compared, width)
    return stacked([title, *parts, stacked(line((note, "dim")) for note in compared.notes)], gap=True)


def _tables(compared: Compared, width: int) -> Iterator[RenderableType]:
    totals = [outcome.profile.criteria[Criterion.TOTAL] for outcome in compared.outcomes]
    wishes, regrets = [], []
    for outcome, total in zip(compared.outcomes, totals, strict=True):
        figures = _figures(outcome)
        wishes.append(_Row(outcome.way.name, figures[:5], partial(_shares, outcome)))
        bar = partial(_part, total, max(totals))
        regrets.append(_Row(outcome.way.name, [*figures[5:], _time(outcome)], bar))
    yield stacked((_table((*HEADS[:5], ""), wishes, width), line((LEGEND, "dim"))))
    yield _table((*HEADS[5:], "time", "total"), regrets, width)


def _table(heads: Sequence[str], rows: Sequence[_Row], width: int) -> RenderableType:
    """Draw the rows, and their bars where there is room; the last head is that of the bars."""
    cells = zip(heads[:-1], *(row.figures for row in rows), strict=True)
    taken = sum(max(map(len, column)) + 2 for column in ([row.name for row in rows], *cells))
    room = min(LONGEST_BAR, width - taken)
    table = grid(len(heads) if room < SHORT_BAR else len(heads) + 1)
    table.show_header = True
    for column, head in zip(table.columns[1:], heads, strict=False):
        column.header, column.header_style, column.justify, column.no_wrap = head, "dim", "right", True
    if room >= SHORT_BAR:
        table.columns[-1].justify = "left"
    for row in rows:
        bar = [line(*row.bar(room))] if room >= SHORT_BAR else []
        table.add_row(line((row.name, "bold")), *row.figures, *bar)
    return table


def _lists(compared: Compared, width: int) -> Iterator[RenderableType]:
    for outcome in compared.outcomes:
        *shares, worst, total, even, without = _figures(outcome)
        lines = (
            line(*_shares(outcome, min(LONGEST_BAR, width - 2))),
            line(", ".join(f"{head} {share}" for head, share in zip(HEADS, shares, strict=False))),
            line(f"worst {worst}, total {total}, even {even}"),
            line(f"{HEADS[-1]} {without}, {_time(outcome)}"),
        )
        yield stacked((line((outcome.way.name, "bold")), indented(stacked(lines))))
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
