"""What choices are worth, counted by the solvers for themselves. The audit counts again, in its own way."""

from __future__ import annotations

from collections.abc import Sequence

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.case import PRESENTS, Case, Choice


def measured(case: Case, choices: Sequence[Choice]) -> dict[Criterion, int]:
    """Give every criterion of an assignment."""
    regrets: list[int] = []
    below_first = unlisted = 0
    for row, choice in zip(case.rows, choices, strict=True):
        regret = 0
        for round_, ranking, session in zip(case.rounds, row, choice, strict=True):
            if ranking == PRESENTS:
                continue
            steps = round_.rankings[ranking][session]
            regret += steps
            below_first += steps > 0
            unlisted += steps == round_.listed[ranking] > 0
        regrets.append(regret)
    return {
        Criterion.WORST: max(regrets, default=0),
        Criterion.TOTAL: sum(regrets),
        Criterion.EVEN: sum(regret * regret for regret in regrets),
        Criterion.FIRST: below_first,
        Criterion.UNLISTED: unlisted,
    }
