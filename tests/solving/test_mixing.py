"""The roof over the bound, and the seats dealt out of what holds it up."""

from __future__ import annotations

import numpy as np
import pytest

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.simulation import simulate
from midtvejs.solving.instance.count import counted
from midtvejs.solving.instance.crowd import crowd_of
from midtvejs.solving.limits import DEFAULT, Limits
from midtvejs.solving.prices.bound import climb
from midtvejs.solving.prices.column_generation import is_wide
from midtvejs.solving.prices.cutting_planes import Master
from midtvejs.solving.prices.relaxation import SCALE, Aim, Market
from midtvejs.solving.prices.rounding import dealt
from midtvejs.solving.stop import Stop
from tests import conferences
from tests.solving.cases import case_for, crowded

AIMS = [
    Aim(criterion=Criterion.TOTAL),
    Aim(criterion=Criterion.TOTAL, worst=4),
    Aim(criterion=Criterion.EVEN, worst=5),
    Aim(criterion=Criterion.FIRST),
    Aim(criterion=Criterion.UNLISTED),
]


def test_the_roof_over_three_people_of_whom_one_gives_way() -> None:
    program = conferences.program({"1A": 2, "1B": 2})
    people = tuple(conferences.person(name, "1A > 1B") for name in ("Åse", "Bo", "Cai"))
    market = Market(crowd_of(case_for((program, people))), Aim(criterion=Criterion.TOTAL))
    master = Master(2, dearest=8, people=3)
    for steps in ([0, 0], [4, 0]):
        master.add(market.quote(np.array(steps, dtype=np.int64) * SCALE))
    roof = master.roof()
    assert roof is not None
    # All in 1A: height <= p(1A) - 2 p(1B). All in 1B: height <= 3 - 2 p(1A) + p(1B).
    assert roof.height == pytest.approx(1)
    assert roof.prices == pytest.approx([1, 0])
    assert roof.shares == pytest.approx([2 / 3, 1 / 3])


@pytest.mark.parametrize("aim", AIMS, ids=str)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_dealt_seats_are_nearly_lawful_and_only_the_torn_are_dealt_to(seed: int, aim: Aim) -> None:
    market = Market(crowd_of(case_for(crowded(seed, 30 + 15 * seed))), aim)
    crowd = market.crowd
    ascent = climb(market, stop=Stop())
    hands = dealt(market, ascent.quotes, ascent.shares, stop=Stop())
    assert hands
    over = [
        np.bincount(hands.choices[leaf.round], minlength=leaf.sessions + 1)[: leaf.sessions] - leaf.seats
        for leaf in crowd.leaves
    ]
    assert np.concatenate(over).max() <= 2
    rows = crowd.row_of.astype(np.int64)
    used = [
        quote for quote, share in zip(ascent.quotes, ascent.shares, strict=True) if share > DEFAULT.negligible
    ]
    options = np.stack([market.days(quote.prices).choices(rows) for quote in used])
    sure = np.setdiff1d(np.arange(crowd.people), hands.torn)
    assert (options[:, :, sure] == hands.choices[:, sure]).all()
    assert (options == hands.choices).all(axis=1).any(axis=0).all()


def wide(seed: int, limits: Limits = DEFAULT) -> Market:
    """Make a day of 8 rounds of 5 sessions for 20 people: more prices than people."""
    program = conferences.program(
        *({f"{number}{letter}": 5 for letter in "ABCDE"} for number in range(1, 9)),
    )
    return Market(
        crowd_of(case_for((program, simulate(program, participants=20, seed=seed)), limits=limits)),
        Aim(criterion=Criterion.EVEN, worst=6),
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_on_a_wide_day_kinds_of_people_share_out_days_of_their_own(seed: int) -> None:
    market = wide(seed)
    assert is_wide(market)
    crowd = market.crowd
    ascent = climb(market, stop=Stop())
    by_planes = climb(wide(seed, Limits(wide=market.size + 1)), stop=Stop())
    assert ascent.bound == by_planes.bound
    assert len(ascent.quotes) < len(by_planes.quotes)
    assert ascent.shares.sum(axis=0) == pytest.approx(np.ones(crowd.root.rows))
    hands = dealt(market, ascent.quotes, ascent.shares, stop=Stop())
    assert hands
    tally = counted(crowd, hands.choices)
    assert (tally.taken - crowd.seats).max() <= 2
    mixture = np.zeros(len(crowd.seats))
    rows = np.arange(crowd.root.rows)
    for quote, shares in zip(ascent.quotes, ascent.shares, strict=True):
        choices = market.days(quote.prices).choices(rows)
        for leaf in crowd.leaves:
            np.add.at(mixture, leaf.first + choices[leaf.round], shares * crowd.counts)
    assert (mixture <= crowd.seats + 1e-6).all()
