"""The best Lagrangian bound: raise it by cutting planes or column generation until it can rise no more.

Evaluate the relaxation at some prices, solve the master problem, go half the way to its prices, and evaluate
again. Going all the way makes the prices swing; half the way from the best known prices takes them to the
optimum in some 20 to 110 evaluations, whatever the number of participants. On wide days the master problem is
close from the start (column_generation.py), and all the way is quicker. With thousands of people on a wide
day, or where that takes too long, steps along an average lead near to the optimum (volume.py), and planes
that are believed near it alone go on from there (trust_region.py).

A warm start is the prices that each round has alone, taken for the whole day; often they are the best there
are. What the rounds come to one by one is a bound for the day, and few days come to more. Made dearer or
cheaper all together, the same prices bound the squares and the worst regret: if all regrets together come to
230 at the least, 100 people have one of 3 among them, and their squares come to 30 x 9 + 70 x 4 or more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import KW_ONLY, dataclass, replace
from itertools import takewhile
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from midtvejs.domain.fairness import OVER_REGRETS, Criterion
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.crowd import Aggregate, growth_of
from midtvejs.solving.limits import Limits
from midtvejs.solving.prices.column_generation import ColumnGeneration, is_wide
from midtvejs.solving.prices.cutting_planes import CuttingPlanes, MasterSolution
from midtvejs.solving.prices.parties import PartyRelaxation, Ruled
from midtvejs.solving.prices.party_columns import LAST_PIVOTS, PIVOTS, PartyColumns, has_few_kinds
from midtvejs.solving.prices.relaxation import SCALE, DualPoint, Relaxation
from midtvejs.solving.prices.start import prices_alone
from midtvejs.solving.prices.trust_region import TrustRegion
from midtvejs.solving.prices.volume import Volume
from midtvejs.solving.stop import Stop

MOST_CELLS = 200_000_000
"""How many cells of parties' tables are filled to raise a bound: some seconds' worth."""


MOST_KINDS_AT_LAST = 300
"""With more kinds of parties, a master problem takes longer than there is in the last moment."""

MOST_PEOPLE_AT_LAST = 5_000
"""With more participants it takes longer to make the tables of their parties than there is in that moment."""

LEAST = 4
"""Evaluations below which no bound is begun in the last moment: they are for where to begin."""

MOST_PRICES = 60_000
"""How many prices are looked for by cutting planes, evaluation after evaluation: with many, each is slow."""


VOLUMES = 120
"""Evaluations after which the volume algorithm is near enough: planes get on better from there."""

STALLED = 8
"""Evaluations after which a bound of pairs is left that has not risen: its height is but roughly known."""

AVERAGES = 24
"""How often prices of colleagues are taken from how many there are on average."""

DOUBLINGS = range(1, 9)
"""How often prices are doubled, or halved, to find out at which scale they serve another criterion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DualSolution:
    """The best point found, and the master problem's solution at the end: points and their shares.

    ``shares[point]`` where all people share alike, ``shares[point, row]`` where each kind has its own.
    ``given_up``: the master problem took too long.
    """

    best: DualPoint
    points: tuple[DualPoint, ...]
    shares: NDArray[np.float64]
    given_up: bool = False

    @property
    def bound(self) -> int:
        """What the criterion comes to at the least, in whole units."""
        return max(0, round_up(self.best.bound))


def round_up(bound: int) -> int:
    """Round a bound in 1 / SCALE up: what it bounds is a whole number."""
    return -(-bound // SCALE)


def maximise_bound(
    relaxation: Relaxation,
    *,
    start: Ints | None = None,
    afresh: Ints | None = None,
    enough: int | None = None,
    most: int | None = None,
    stop: Stop,
    watch: Callable[[int], None] = lambda _: None,
) -> DualSolution:
    """Raise the bound until, rounded up, it can rise no more, or is ``enough``, or stopping is asked for.

    Begins at the prices of ``start``, else at none, or on wide days at those of the rounds alone: at the best
    scale, or for `worst` by the volume algorithm where nobody is left out. Column generation begins with the
    days at the prices of ``afresh`` as well; where it is given up, the bound is raised from these on, else
    from the best so far. Ends after ``most`` evaluations at the latest.
    """
    limits, people = relaxation.aggregate.limits, relaxation.aggregate.people
    most = limits.evaluations if most is None else most
    dearest, size = _dearest(relaxation), relaxation.size
    way = _Climb(relaxation.evaluate, limits, most=most, enough=enough, watch=watch)
    if is_wide_for_many(relaxation):
        return _maximise_by_volume(relaxation, way, start=start, stop=stop.part(_share(relaxation, stop)))
    if not is_wide(relaxation):
        planes = CuttingPlanes(size, dearest=dearest, people=people)
        prices = np.zeros(size, dtype=np.int64) if start is None else start
        return way.from_prices(prices, planes, pace=0.5, stop=stop)
    prices = warm_start(relaxation, stop=stop).prices if start is None else start
    begun = way.at(prices) if afresh is None else way.at(prices, afresh)
    dual = way.go_on(begun, ColumnGeneration(relaxation, dearest=dearest), pace=1.0, stop=stop)
    if not dual.given_up:
        return dual
    way = replace(way, patience=limits.patience // max(1, relaxation.work))
    refuses = relaxation.objective.criterion is Criterion.WORST
    begin = dual.best.prices if afresh is None and not refuses else afresh
    more = _maximise_by_volume(relaxation, way, start=begin, stop=stop.part(limits.more_planes))
    return replace(more, best=max(more.best, dual.best, key=lambda each: each.bound))


def _share(relaxation: Relaxation, stop: Stop) -> float:
    """Return what part of the time to take, where what is found is still to be rounded, and seated."""
    limits = relaxation.aggregate.limits
    if not stop.left:
        return limits.by_volume
    to_seat = limits.evaluations_to_seat * relaxation.work / limits.pace_of_sums
    # Without a few evaluations there would be nothing worth seating.
    return max(limits.by_volume / 3, min(limits.by_volume, 1 - to_seat / stop.left))


def _maximise_by_volume(
    relaxation: Relaxation, way: _Climb, *, start: Ints | None, stop: Stop
) -> DualSolution:
    """Come near to the highest bound by the volume algorithm, and nearer by planes believed there alone.

    The mixture is that of the planes, be they but those of the volume algorithm: it is nearer to the limits.
    """
    limits, people = relaxation.aggregate.limits, relaxation.aggregate.people
    refuses = relaxation.objective.criterion is Criterion.WORST
    prices = start
    if prices is None and refuses:
        prices = dearest_for_all(relaxation, prices_alone(relaxation.aggregate, Criterion.WORST))
    elif prices is None:
        prices = warm_start(relaxation, stop=stop).prices
    # A bound of those who are left out is next to 0: it is to come to twice as much above as it is below.
    ahead, least = (2.0, 0.01) if refuses else (0.02, 1.0)
    volume = Volume(dearest=_dearest_from(relaxation, prices), ahead=ahead, least=least)
    first = replace(way, most=min(way.most, VOLUMES), patience=None)
    begun = first.from_prices(prices, volume, pace=1.0, stop=stop)
    if stop.asked or (way.enough is not None and begun.bound >= way.enough):
        return begun
    dearest = _dearest_from(relaxation, begun.best.prices)
    near = TrustRegion(relaxation.size, dearest=dearest, people=people, close=limits.close)
    return way.go_on(begun, near, pace=1.0, stop=stop)


def _dearest_from(relaxation: Relaxation, prices: Ints) -> float:
    """Return a price that no seat is worth; beside a price of what is kept that may be more than a day."""
    return max(_dearest(relaxation), 4 * int(prices.max(initial=0)) / SCALE)


def maximise_bound_of_parties(
    relaxation: PartyRelaxation, *, start: Ints, enough: int | None, stop: Stop
) -> DualSolution:
    """Raise the bound of a relaxation in which parties choose, as ``maximise_bound`` does, from ``start``.

    Where stopping has been asked for, a little is still done, as far as ``can_be_hurried`` says that it can.
    """
    limits, dearest, last = relaxation.aggregate.limits, _dearest(relaxation), stop.asked
    kinds = len(relaxation.kinds)
    if (last and kinds > MOST_KINDS_AT_LAST) or (relaxation.colleagues and kinds > limits.everybody):
        # With as many prices as colleagues have, a master problem of so many kinds takes very long.
        point = relaxation.evaluate(start)
        return DualSolution(best=point, points=(point,), shares=np.ones(1))
    most = min(limits.evaluations, max(limits.last_evaluations, MOST_CELLS // relaxation.cells))
    most = max(1, _last_evaluations(limits, relaxation.cells) - LEAST) if last else most
    master: Master
    if has_few_kinds(relaxation):
        pivots = LAST_PIVOTS if last else PIVOTS
        master = PartyColumns(relaxation, dearest=dearest, pivots=pivots)
    else:
        master = CuttingPlanes(relaxation.size, dearest=dearest, people=relaxation.aggregate.people)
        most = min(most, max(limits.last_evaluations, MOST_PRICES // relaxation.size))
    patience = STALLED if relaxation.colleagues else None
    climb = _Climb(relaxation.evaluate, limits, most=most, enough=enough, patience=patience)
    return climb.from_prices(start, master, pace=0.5, stop=Stop() if last else stop)


def can_be_hurried(ruled: Ruled, levels: int) -> bool:
    """Return whether a bound with so many levels can be raised in the last moment that a search has."""
    people, choices = len(ruled.case.rows), sum(len(round_.codes) + 1 for round_ in ruled.case.rounds)
    in_time = _last_evaluations(ruled.aggregate.limits, people * choices * levels) >= LEAST
    return in_time and people <= MOST_PEOPLE_AT_LAST


def _last_evaluations(limits: Limits, cells: int) -> int:
    """Return how many evaluations there is time for in the last moment; to fill a cell takes some sums."""
    return min(limits.last_evaluations, limits.last_work // (3 * cells))


class Master(Protocol):
    """What tells at which prices to evaluate next, after all points that were added."""

    def add(self, point: DualPoint) -> None:
        """Learn what a point tells."""

    def solve(self, stop: Stop) -> MasterSolution | None:
        """Return the prices, and how high the bound may be; None where it ends, or is to."""


@dataclass(frozen=True, slots=True)
class _Climb:
    """A way up: what is evaluated, and when that is enough.

    It ends after ``most`` evaluations, or ``patience`` of them in which the bound, rounded up, did not rise.
    """

    evaluate: Callable[[Ints], DualPoint]
    limits: Limits
    _: KW_ONLY
    most: int
    enough: int | None
    patience: int | None = None
    watch: Callable[[int], None] = lambda _: None

    def from_prices(self, prices: Ints, master: Master, *, pace: float, stop: Stop) -> DualSolution:
        return self.go_on(self.at(prices), master, pace=pace, stop=stop)

    def at(self, *prices: Ints) -> DualSolution:
        """Return what is known at some prices alone; the mixture is the days of the first."""
        points = tuple(map(self.evaluate, prices))
        best = max(points, key=lambda point: point.bound)
        self.watch(max(0, round_up(best.bound)))
        return DualSolution(best=best, points=points, shares=np.ones(1))

    def go_on(self, begun: DualSolution, master: Master, *, pace: float, stop: Stop) -> DualSolution:
        """Go on from all points that were evaluated before, by a ``master`` that does not know them yet."""
        points, best, shares, given_up = [*begun.points], begun.best, begun.shares, False
        if all(point is not best for point in points):
            points.append(best)
        risen = len(points)
        for point in points:
            master.add(point)
        while True:
            solution = master.solve(stop)
            given_up = solution is None and not stop.asked
            if solution is None or (self.enough is not None and round_up(best.bound) >= self.enough):
                break
            shares = solution.shares
            if solution.height <= round_up(best.bound) + self.limits.close:
                break
            if stop.asked or self._ends(len(points), risen):
                break
            step = best.prices * (1 - pace) + solution.prices * SCALE * pace
            points.append(self.evaluate(np.maximum(0, np.rint(step)).astype(np.int64)))
            master.add(points[-1])
            if points[-1].bound > best.bound:
                if round_up(points[-1].bound) > round_up(best.bound):
                    risen = len(points)
                best = points[-1]
                self.watch(max(0, round_up(best.bound)))
        ends = tuple(points[: len(shares)])
        return DualSolution(best=best, points=ends, shares=shares, given_up=given_up)

    def _ends(self, evaluations: int, risen: int) -> bool:
        """Return whether that is enough; ``risen`` is after how many the bound last rose."""
        patience = self.most if self.patience is None else self.patience
        return evaluations >= self.most or evaluations - risen > patience


def _dearest(relaxation: Relaxation | PartyRelaxation) -> float:
    """Return a price that no seat is worth: four times what the worst day costs."""
    regret = relaxation.levels - 1 if relaxation.by_level else relaxation.aggregate.furthest
    over_regrets = relaxation.objective.criteria & OVER_REGRETS.keys()
    worth = max((OVER_REGRETS[criterion](regret) for criterion in over_regrets), default=regret)
    if isinstance(relaxation, PartyRelaxation):
        worth = max(worth, int(relaxation.most_colleagues.max(initial=0)))
    return 4.0 * worth + 8


def warm_start(
    relaxation: Relaxation | PartyRelaxation,
    *,
    stop: Stop,
    alone: Ints | None = None,
    regret: int | None = None,
) -> DualPoint:
    """Return the best point at the prices of the rounds alone, at whatever scale serves the criterion best.

    Where stopping is asked for, at those scales that there was time for; at the first one in any case.
    ``alone`` are those prices, where they are known. Most people have about that ``regret``; what they have
    where it is not given is told by the total that is kept.
    """
    known = prices_alone(relaxation.aggregate, relaxation.objective.criterion) if alone is None else alone
    unscaled = np.zeros(relaxation.size, dtype=np.int64)
    unscaled[: len(known)] = known
    scales = [*_scale_prices(relaxation, unscaled)]
    first = 0
    if relaxation.objective.criterion in OVER_REGRETS:
        first = min(_usual_regret(relaxation) if regret is None else regret, len(scales) - 1)
    elif relaxation.objective.criterion is Criterion.WORST:
        first = min(_halvings_to_one(relaxation.aggregate, unscaled), len(scales) - 1)
    return _best_of(relaxation, scales[first], scales[first + 1 :], scales[:first][::-1], stop)


def is_wide_for_many(relaxation: Relaxation) -> bool:
    """Return whether a day is as wide, with too many people for column generation: the volume algorithm's.

    Where a list is for several rounds, planes are soon at the optimum all the same.
    """
    aggregate, limits = relaxation.aggregate, relaxation.aggregate.limits
    many = aggregate.people > limits.everybody and relaxation.size >= limits.wide
    return many and not aggregate.has_lists and not is_wide(relaxation)


def dearest_for_all(relaxation: Relaxation, alone: Ints) -> Ints:
    """Return the prices of the rounds ``alone``, halved until nobody is left out.

    At less all bounds of `worst` are as good as 0, and where they would rise is lost in rounding.
    """
    prices = np.zeros(relaxation.size, dtype=np.int64)
    prices[: len(alone)] = alone // 2 ** _halvings_to_one(relaxation.aggregate, alone)
    return prices


def _halvings_to_one(aggregate: Aggregate, prices: Ints) -> int:
    """Return how often prices are halved until no day costs anybody more than 1 for seats alone.

    So nobody is left out, and a limit below what all come to on average is refused.
    """
    of_rounds = (prices[part.first : part.first + part.sessions].max(initial=0) for part in aggregate.rounds)
    dearest = sum(map(int, of_rounds))
    return max(0, -(-dearest // SCALE) - 1).bit_length()


def _usual_regret(relaxation: Relaxation | PartyRelaxation) -> int:
    """Return what people come to one by one in the total that is kept; 0 where none is."""
    total = dict(relaxation.objective.kept).get(Criterion.TOTAL, 0)
    return max(0, total // max(1, relaxation.aggregate.people) - 1)


def start_at_kept(relaxation: Relaxation | PartyRelaxation, before: Ints, *, stop: Stop) -> DualPoint:
    """Return the best point at the prices ``before``, which bounded what was kept last, and one for that.

    At a price of 1 a unit of what is kept costs as much as one of the criterion.
    """
    place = len(relaxation.aggregate.seats) + len(relaxation.objective.kept) - 1
    return start_at_scale(relaxation, np.insert(before, place, SCALE), stop=stop)


def start_at_scale(relaxation: Relaxation | PartyRelaxation, prices: Ints, *, stop: Stop) -> DualPoint:
    """Return the best point at any scale of ``prices`` that bounded what is kept, and of those of that.

    Where those prices proved what was reached, they still do: the dearer all of them are, the fewer days are
    left to anybody that cost nothing, and of these each takes the one that is the best by the criterion.
    Where stopping is asked for, at those scales that there was time for; at the first one in any case.
    """
    dearer, cheaper = (prices << more for more in DOUBLINGS), (prices >> less for less in DOUBLINGS)
    return _best_of(relaxation, prices, dearer, cheaper, stop)


def start_with_colleagues(relaxation: PartyRelaxation, others: Ints, *, stop: Stop) -> DualPoint:
    """Return the best point found for pairs of colleagues; ``others`` are the prices of all but these.

    How many colleagues are in each session tells their price there: of n of them, one more makes n pairs
    more, and one less n - 1 less. At such prices others would be there. So they are taken from the average of
    those who were there so far, in which the newest have the greater part (Frank and Wolfe 1956, "An
    algorithm for quadratic programming"). Where stopping is asked for, as often as there is time for in the
    last moment.
    """
    last = stop.asked
    most = _last_evaluations(relaxation.aggregate.limits, relaxation.cells) - LEAST if last else AVERAGES
    best = point = relaxation.evaluate(relaxation.extend(others))
    average = _colleagues_in(relaxation, best)
    for number in range(most):
        if stop.asked and not last:
            break
        of_colleagues = np.rint(np.maximum(average - 0.5, 0) * SCALE).astype(np.int64)
        prices = np.append(others, of_colleagues)
        if number and (prices == point.prices).all():
            break
        point = relaxation.evaluate(prices)
        if number == 0 and not last:
            point = _at_best_scale(relaxation, point, stop)
            others = point.prices[: relaxation.paired]
        best = max(best, point, key=lambda each: each.bound)
        average += 2 / (number + 3) * (_colleagues_in(relaxation, point) - average)
    return best


def _colleagues_in(relaxation: PartyRelaxation, point: DualPoint) -> NDArray[np.float64]:
    """Return how many colleagues choose each session at a point."""
    there = point.subgradient[relaxation.paired :] + relaxation.colleagues_at(point.prices)
    return there.astype(np.float64)


def _at_best_scale(relaxation: PartyRelaxation, point: DualPoint, stop: Stop) -> DualPoint:
    """Return the best point at which all but colleagues are dearer, or cheaper, than they are at a point."""
    others, of_colleagues = np.split(point.prices, [relaxation.paired])
    dearer = (np.append(others << more, of_colleagues) for more in DOUBLINGS)
    cheaper = (np.append(others >> less, of_colleagues) for less in DOUBLINGS)
    return _best_of(relaxation, point.prices, dearer, cheaper, stop)


def _best_of(
    relaxation: Relaxation | PartyRelaxation,
    prices: Ints,
    dearer: Iterable[Ints],
    cheaper: Iterable[Ints],
    stop: Stop,
) -> DualPoint:
    """Return the best point along a scale, from some ``prices`` on; at these, where stopping is asked for.

    The bound is concave along the scale: once it falls it rises no more.
    """
    best = start = relaxation.evaluate(prices)
    for onward in (dearer, cheaper):
        for other in takewhile(lambda _: not stop.asked, onward if best is start else ()):
            point = relaxation.evaluate(other)
            if point.bound <= best.bound:
                break
            best = point
    return best


def _scale_prices(relaxation: Relaxation | PartyRelaxation, prices: Ints) -> Iterator[Ints]:
    if relaxation.objective.criterion in OVER_REGRETS:
        # What one step more adds at each regret: squares grow by 2r + 1 from a regret of r to one of r + 1.
        yield from (
            prices * more for more in growth_of(relaxation.objective.criterion, relaxation.levels).tolist()
        )
    elif relaxation.objective.criterion is Criterion.WORST:
        # Nobody pays more than 1: those who would are left out.
        yield from (prices // 2**halvings for halvings in range(relaxation.aggregate.limits.halvings))
    else:
        yield prices
