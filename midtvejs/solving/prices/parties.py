"""Lagrangian relaxation where rules bind participants: parties choose their days, and limits have prices.

What relaxation.py does with the seats of a session, this does with whatever else limits who is in it, for
days on which each round has a list of its own. Those who stay together are a party, and choose a day together
(parties.py): that costs nothing. At most so many of one organisation are a limit like the seats are, with a
price >= 0 that only they pay, and so is one at most of those who are to be apart. A least audience is a limit
from below: whoever comes is paid a price >= 0, and there is as much of it as has to come. What may be
cancelled is held where that is worth more than nothing.

Where pairs of colleagues are to be few, each organisation pays a price >= 0 for each of its seats in a
session. At a price of p, n of them pay n x p for n (n - 1) / 2 pairs, and the most that any n of them would
pay beyond what their pairs cost is taken away again. That is exact for n and n + 1 of them at a price of n.

The tables are those of relaxation.py, with a level for each member: a party of two has a line for every pair
of regrets. So they grow fast with the size of a party, and parties that would be too large are cut.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import mul

import numpy as np

from midtvejs.domain.certificate import OfRules, Proof
from midtvejs.domain.fairness import OF_WHOLE_DAYS, OVER_REGRETS, OVER_SEATS, Criterion
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import Case
from midtvejs.solving.instance.crowd import Aggregate, amounts_of
from midtvejs.solving.instance.parties import (
    APART,
    Ceiling,
    Colleagues,
    Floor,
    Party,
    Sized,
    Turn,
    find_ceilings,
    find_colleagues,
    find_floors,
    find_parties,
    is_plain,
    members_of,
    seat_parties,
)
from midtvejs.solving.prices.relaxation import SCALE, DualPoint, Objective, in_codes

NEVER = 2**60
"""Dearer than any day, and small enough that two of them can be summed."""

MOST_ALONE = 10_000_000
"""How many cells the tables of those who are alone may have, or it would take too long to fill them."""

MOST_TOGETHER = 2_000_000
"""How many cells those of parties may have: also whoever verifies the prices has to go through them."""


@dataclass(frozen=True, kw_only=True)
class Ruled:
    """A case and its rules, as far as they can be priced.

    ``ceilings`` are limits that could be exceeded, ``floors`` are least audiences.
    """

    case: Case
    aggregate: Aggregate
    ceilings: tuple[Ceiling, ...] = ()
    floors: tuple[Floor, ...] = ()

    @cached_property
    def any(self) -> bool:
        """Whether there are any rules that prices can speak of."""
        return bool(self.ceilings or self.floors or find_parties(self.case, len(self.case.rows)))


def rules_of(case: Case, aggregate: Aggregate) -> Ruled | None:
    """Return a case and its rules, if it has any; None where prices cannot speak of rules on such days."""
    if not is_plain(case):
        return None
    return Ruled(case=case, aggregate=aggregate, ceilings=find_ceilings(case), floors=find_floors(case))


def is_by_level(objective: Objective) -> bool:
    """Return whether it matters which regret a day has; else it costs what its rounds cost one by one."""
    return objective.worst is not None or bool(objective.criteria & OF_WHOLE_DAYS)


def levels_of(objective: Objective, aggregate: Aggregate) -> int:
    """Return how many regrets a day may have, as far as it matters which."""
    if not is_by_level(objective):
        return 1
    furthest = aggregate.furthest
    return 1 + (furthest if objective.worst is None else min(objective.worst, furthest))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A day of a party: ``kind`` is its number among all, ``uses`` says how much it takes of each limit."""

    kind: int
    day: bytes
    cost: int
    uses: dict[int, int]


class PartyRelaxation:
    """An objective within rules.

    Prices: of sessions, then of what is kept, of ceilings, of floors, and of colleagues, where their pairs
    are to be few, or are kept few.
    """

    def __init__(self, ruled: Ruled, objective: Objective) -> None:
        self.ruled, self.case, self.aggregate, self.objective = ruled, ruled.case, ruled.aggregate, objective
        self.ceilings, self.floors = ruled.ceilings, ruled.floors
        self.sessions = len(self.aggregate.seats)
        self.unruled = self.sessions + len(objective.kept)
        self.below = self.unruled + len(self.ceilings)
        self.paired = self.below + len(self.floors)
        self.colleagues = find_colleagues(self.case) if Criterion.SPREAD in objective.criteria else ()
        self.size = self.paired + len(self.colleagues)
        self.bringing = np.array([floor.spot for floor in self.floors], dtype=np.int64)
        self.most_colleagues = np.array([each.most for each in self.colleagues], dtype=np.int64)
        self.by_level = is_by_level(objective)
        self.levels = levels_of(objective, self.aggregate)
        self.most, parties = self._cut(ruled.case)
        traits, by_trait = self._limited()
        sized = seat_parties(ruled.case, self.aggregate, parties, traits)
        self.tables = tuple(Table(each, self, traits, by_trait) for each in sized)

    def _limited(self) -> tuple[dict[int, tuple[int, ...]], dict[int, list[tuple[int, int]]]]:
        """Return what is limited: by participant the numbers of what they are, and by these where.

        That is the number of a limit, and its spot.
        """
        by_trait: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        limited: tuple[tuple[int, Sequence[Ceiling | Colleagues]], ...] = (
            (self.unruled, self.ceilings),
            (self.paired, self.colleagues),
        )
        for first, limits in limited:
            for number, each in enumerate(limits, start=first):
                by_trait[each.group, each.trait].append((number, each.spot))
        traits: dict[int, tuple[int, ...]] = {}
        in_order = sorted(by_trait.items())
        for number, (of_whom, _) in enumerate(in_order):
            for person in members_of(self.case, *of_whom):
                traits[person] = (*traits.get(person, ()), number)
        return traits, {number: where for number, (_, where) in enumerate(in_order)}

    def _cut(self, case: Case) -> tuple[int, list[Party]]:
        """Return how many a party has at the most, as many as the tables allow, and the parties."""
        choices = sum(len(round_.codes) + 1 for round_ in case.rounds)
        most = max(map(len, find_parties(case, len(case.rows))), default=1)
        while True:
            parties = find_parties(case, most)
            if sum(choices * self.levels ** len(members) for members in parties) <= MOST_TOGETHER:
                return most, parties
            most -= 1

    @property
    def kinds(self) -> Ints:
        """How many parties there are of each kind."""
        return np.concatenate([table.sized.counts for table in self.tables])

    @property
    def sizes(self) -> Ints:
        """How many members a party of each kind has."""
        return np.concatenate([np.full(table.sized.kinds, table.sized.size) for table in self.tables])

    @property
    def cells(self) -> int:
        """How many cells the tables have: what it takes to fill them once."""
        return sum(table.sized.choices * table.states for table in self.tables)

    def weights(self, prices: Ints) -> dict[Criterion, int]:
        """Return the cost of a unit of each criterion, in 1 / SCALE."""
        weights = dict.fromkeys(Criterion, 0)
        weights[self.objective.criterion] = SCALE
        kept = prices[self.sessions : self.unruled].tolist()
        for (criterion, _), price in zip(self.objective.kept, kept, strict=True):
            weights[criterion] += price
        return weights

    def extend(self, prices: Ints) -> Ints:
        """Return prices of a relaxation without rules for this one, at which rules have none."""
        return np.concatenate([prices, np.zeros(self.size - len(prices), dtype=np.int64)])

    def with_kept(self, prices: Ints) -> Ints:
        """Return prices of a relaxation that keeps nothing for this one, at which what is kept has none."""
        kept = np.zeros(len(self.objective.kept), dtype=np.int64)
        of_colleagues = np.zeros(len(self.colleagues), dtype=np.int64)
        return np.concatenate([prices[: self.sessions], kept, prices[self.sessions :], of_colleagues])

    def limits(self, prices: Ints) -> Ints:
        """Return how much there is of everything that has a price; of floors, what is less than nothing.

        Of what may be cancelled there is nothing where it brings less than it takes.
        """
        kept = [value for _, value in self.objective.kept]
        ruled = [*(each.limit for each in self.ceilings), *(-each.least for each in self.floors)]
        limits = np.concatenate(
            [
                self.aggregate.seats_at(prices),
                np.array([*kept, *ruled], dtype=np.int64),
                self.colleagues_at(prices),
            ]
        )
        for of_one in self.droppable:
            if (prices[of_one] * limits[of_one]).sum() < 0:
                limits[of_one] = 0
        return limits

    def colleagues_at(self, prices: Ints) -> Ints:
        """Return how many colleagues pay the most in each session beyond what their pairs cost."""
        of_a_pair = self.weights(prices)[Criterion.SPREAD]
        if not of_a_pair:
            return self.most_colleagues
        return np.minimum(prices[self.paired :] // of_a_pair + 1, self.most_colleagues)

    @cached_property
    def droppable(self) -> list[Ints]:
        """The limits of each session that may be cancelled: its seats, its ceilings, and its floor."""
        of_spot: dict[int, list[int]] = {}
        for number, floor in enumerate(self.floors, start=self.below):
            if floor.may_be_cancelled:
                of_spot[floor.spot] = [floor.spot, number]
        for number, ceiling in enumerate(self.ceilings, start=self.unruled):
            if ceiling.spot in of_spot:
                of_spot[ceiling.spot].append(number)
        return [np.array(of_one, dtype=np.int64) for of_one in of_spot.values()]

    def net(self, prices: Ints) -> Ints:
        """Return what a seat in each session costs, less what is paid to those who come."""
        net = prices[: self.sessions].copy()
        net[self.bringing] -= prices[self.below : self.paired]
        return net

    def evaluate(self, prices: Ints) -> DualPoint:
        """Let every party choose at these prices."""
        cost, use = 0, np.zeros(self.size, dtype=np.int64)
        for table in self.tables:
            days = table.cheapest(prices)
            cost += days.cost
            use += days.use()
        use[self.below : self.paired] = -use[self.bringing]
        limits = self.limits(prices)
        bound = cost - int((prices * limits).sum())
        if self.colleagues:
            pairs = int(pairs_of(limits[self.paired :]).sum())
            use[self.sessions : self.unruled] += pairs * self.keeps_pairs
            bound += self.weights(prices)[Criterion.SPREAD] * pairs
        return DualPoint(prices=prices, bound=bound, subgradient=use - limits)

    @cached_property
    def keeps_pairs(self) -> Ints:
        """Of each criterion that is kept, 1 for pairs of colleagues, and 0 for another."""
        return np.array([kept is Criterion.SPREAD for kept, _ in self.objective.kept], dtype=np.int64)

    def columns(self, prices: Ints) -> list[Column]:
        """Return the day of every kind of party at these prices; of those who are left out there is none."""
        columns: list[Column] = []
        first = 0
        for table in self.tables:
            columns += table.cheapest(prices).columns(first)
            first += table.sized.kinds
        floor_of = {floor.spot: number for number, floor in enumerate(self.floors, start=self.below)}
        for column in columns:
            taken = [(floor_of[limit], amount) for limit, amount in column.uses.items() if limit in floor_of]
            column.uses.update((floor, -amount) for floor, amount in taken)
        return columns


def pairs_of(colleagues: Ints) -> Ints:
    """Return how many pairs so many colleagues are."""
    return colleagues * (colleagues - 1) // 2


class Table:
    """The cheapest days of parties of one size.

    A state is a level for each member, numbered as digits: with 3 levels, regrets of 1 and 2 are 1 x 3 + 2.
    """

    def __init__(
        self,
        sized: Sized,
        relaxation: PartyRelaxation,
        traits: Mapping[int, tuple[int, ...]],
        by_trait: Mapping[int, Sequence[tuple[int, int]]],
    ) -> None:
        self.sized = sized
        self.relaxation = relaxation
        levels = relaxation.levels
        self.states = levels**sized.size
        self.places = levels ** np.arange(sized.size)[::-1]
        self.regrets = np.arange(self.states)[:, None] // self.places % levels
        self.of_regrets = {
            criterion: amounts_of(criterion, levels - 1)[self.regrets].sum(axis=1)
            for criterion in OVER_REGRETS
        }
        self.before = [self._before(turn) for turn in sized.turns]
        self.seats = [turn.seats for turn in sized.turns]
        self.counted = [_count(sized, turn, traits, by_trait) for turn in sized.turns]

    def _before(self, turn: Turn) -> Ints:
        """Return the state that each choice of each party leads from to a state; beyond them if none does."""
        if not self.relaxation.by_level:
            return np.zeros((1, *turn.open.shape), dtype=np.int64)
        before = np.arange(self.states)[:, None, None] - turn.steps @ self.places
        for member in range(self.sized.size):
            before[self.regrets[:, member, None, None] < turn.steps[:, :, member]] = self.states
        return np.asarray(before)

    def costs(self, number: int, prices: Ints, weights: Mapping[Criterion, int]) -> Ints:
        """Return the cost of each choice of a turn to each party, but for sums over regrets."""
        turn = self.sized.turns[number]
        part = turn.part
        net = self.relaxation.net(prices)[part.first : part.first + part.sessions]
        costs = self.seats[number] * np.append(net, 0)
        for criterion, amounts in turn.amounts.items():
            if weights[criterion]:
                costs += weights[criterion] * amounts
        counted = self.counted[number]
        np.add.at(costs, (counted.line, counted.choice), prices[counted.limit])
        return np.where(turn.open, costs, NEVER)

    def cheapest(self, prices: Ints) -> Days:
        """Find the cheapest day of every party."""
        weights = self.relaxation.weights(prices)
        best = np.full((self.states + 1, self.sized.kinds), NEVER, dtype=np.int64)
        best[0] = 0
        chosen: list[Ints] = []
        for number, (turn, before) in enumerate(zip(self.sized.turns, self.before, strict=True)):
            ways = best[before, turn.parties[:, None]] + self.costs(number, prices, weights)
            taken = ways.argmin(axis=2)
            chosen.append(taken)
            best[:-1, turn.parties] = np.minimum(
                np.take_along_axis(ways, taken[:, :, None], axis=2)[:, :, 0], NEVER
            )
        costs = best[:-1]
        for criterion, amounts in self.of_regrets.items():
            costs = costs + weights[criterion] * amounts[:, None]
        return Days(self, costs, chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Who counts for a ceiling: whenever the party of a ``line`` makes a ``choice``, 1 for a ``limit``."""

    line: Ints
    choice: Ints
    limit: Ints


def _count(
    sized: Sized,
    turn: Turn,
    traits: Mapping[int, tuple[int, ...]],
    by_trait: Mapping[int, Sequence[tuple[int, int]]],
) -> Counted:
    """Return who counts in a turn for the ceilings in ``by_trait``, of which the number and spot are told."""
    first, found = turn.part.first, list[tuple[int, int, int]]()
    here = {
        trait: [(limit, spot - first) for limit, spot in limits if 0 <= spot - first < turn.part.sessions]
        for trait, limits in by_trait.items()
    }
    seated = turn.seated & turn.open[:, :, None]
    for line, party in enumerate(turn.parties.tolist()):
        for member, person in enumerate(sized.parties[party]):
            for trait in traits.get(person, ()):
                found += [
                    (line, choice, limit) for limit, choice in here[trait] if seated[line, choice, member]
                ]
    lines, choices, limits = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return Counted(line=lines, choice=choices, limit=limits)


class Days:
    """Every party's cheapest day at some prices. ``left_out``: those who have none, where that is allowed."""

    def __init__(self, table: Table, costs: Ints, chosen: Sequence[Ints]) -> None:
        self._table = table
        self._sized = table.sized
        kinds = np.arange(self._sized.kinds)
        self.state = costs.argmin(axis=0)
        self.each = costs[self.state, kinds]
        self.left_out = np.zeros(self._sized.kinds, dtype=np.bool_)
        if table.relaxation.objective.criterion is Criterion.WORST:
            # Each of a party may be left out at 1.
            self.left_out = self.each > SCALE * self._sized.size
            self.each = np.minimum(self.each, SCALE * self._sized.size)
        self.choices = self._retrace(chosen)

    def _retrace(self, chosen: Sequence[Ints]) -> list[Ints]:
        """Return the choice of each turn by party."""
        table, state, choices = self._table, self.state.copy(), []
        for turn, taken, before in reversed([*zip(self._sized.turns, chosen, table.before, strict=True)]):
            lines = np.arange(len(turn.parties))
            there = state[turn.parties]
            choice = taken[there, lines]
            choices.append(choice)
            # Who has no day came from nowhere.
            state[turn.parties] = np.minimum(before[there, lines, choice], table.states - 1)
        return choices[::-1]

    def _turns(self) -> Iterator[tuple[Turn, Ints, Ints]]:
        """Return each turn, what its choices take in seats, and what was chosen."""
        return zip(self._sized.turns, self._table.seats, self.choices, strict=True)

    @property
    def cost(self) -> int:
        """What all of them pay together."""
        # Those who have no day cost more together than 64 bits hold.
        return sum(map(mul, self.each.tolist(), self._sized.counts.tolist()))

    def use(self) -> Ints:
        """Return how much of each limit is used by all together."""
        relaxation = self._table.relaxation
        use = np.zeros(relaxation.size, dtype=np.int64)
        counts = np.where(self.left_out, 0, self._sized.counts)
        for number, (turn, seats_of, choice) in enumerate(self._turns()):
            lines, part = np.arange(len(choice)), turn.part
            seats = seats_of[lines, choice] * counts[turn.parties]
            taken = np.bincount(choice, weights=seats, minlength=part.sessions + 1)
            use[part.first : part.first + part.sessions] += taken[:-1].astype(np.int64)
            kinds, reached = self._counted(number)
            np.add.at(use, reached, counts[kinds])
        for index, (criterion, _) in enumerate(relaxation.objective.kept):
            use[relaxation.sessions + index] = int((self.worth(criterion) * counts).sum())
        return use

    def _counted(self, number: int) -> tuple[Ints, Ints]:
        """Return the kinds that count for ceilings by their choice of a turn, and which, side by side."""
        counted = self._table.counted[number]
        chosen = self.choices[number][counted.line] == counted.choice
        return self._sized.turns[number].parties[counted.line[chosen]], counted.limit[chosen]

    def worth(self, criterion: Criterion) -> Ints:
        """Return what each party's day adds to a criterion."""
        if criterion in OVER_REGRETS:
            return np.asarray(self._table.of_regrets[criterion][self.state])
        worth = np.zeros(self._sized.kinds, dtype=np.int64)
        # Pairs of colleagues are nobody's alone.
        if criterion in OVER_SEATS:
            for turn, choice in zip(self._sized.turns, self.choices, strict=True):
                worth[turn.parties] += turn.amounts[criterion][np.arange(len(choice)), choice]
        return worth

    def columns(self, first: int) -> list[Column]:
        """Return the days as columns of kinds that are numbered from ``first``."""
        relaxation, kinds = self._table.relaxation, self._sized.kinds
        uses: list[dict[int, int]] = [{} for _ in range(kinds)]
        days = np.full((len(self.choices), kinds), -1, dtype=np.int64)
        for number, (turn, seats_of, choice) in enumerate(self._turns()):
            days[number, turn.parties] = choice
            seats = seats_of[np.arange(len(choice)), choice]
            for kind, spot, count in zip(turn.parties.tolist(), choice.tolist(), seats.tolist(), strict=True):
                if count:
                    limit = turn.part.first + spot
                    uses[kind][limit] = uses[kind].get(limit, 0) + count
            kinds_counted, reached = self._counted(number)
            for kind, limit in zip(kinds_counted.tolist(), reached.tolist(), strict=True):
                uses[kind][limit] = uses[kind].get(limit, 0) + 1
        for index, (criterion, _) in enumerate(relaxation.objective.kept):
            for kind, amount in enumerate(self.worth(criterion).tolist()):
                if amount:
                    uses[kind][relaxation.sessions + index] = amount
        costs = self.worth(relaxation.objective.criterion).tolist()
        return [
            Column(kind=first + kind, day=days[:, kind].tobytes(), cost=costs[kind], uses=uses[kind])
            for kind in np.flatnonzero(~self.left_out).tolist()
        ]


def rules_in_codes(relaxation: PartyRelaxation, prices: Ints) -> Proof:
    """Say prices by the keys of sittings, and leave out those that are nothing."""
    proof = in_codes(relaxation.case, relaxation.objective, prices[: relaxation.unruled])
    of_ceilings = prices[relaxation.unruled : relaxation.below].tolist()
    limited = _in_codes(relaxation, relaxation.ceilings, of_ceilings)
    return replace(
        proof,
        together=relaxation.most if relaxation.most > 1 else 0,
        at_most={group: priced for group, priced in limited.items() if group != APART},
        apart=limited.get(APART, {}),
        least=_floors_in_codes(relaxation, prices[relaxation.below : relaxation.paired].tolist()),
        spread=_in_codes(relaxation, relaxation.colleagues, prices[relaxation.paired :].tolist()).get(
            relaxation.case.program.rules.spread_of, {}
        ),
    )


def _floors_in_codes(relaxation: PartyRelaxation, prices: Sequence[int]) -> Mapping[str, int]:
    keys = [session.key for round_ in relaxation.case.program.rounds for session in round_.sessions]
    priced = zip(relaxation.floors, prices, strict=True)
    return {keys[floor.spot]: price for floor, price in priced if price}


def _in_codes(
    relaxation: PartyRelaxation, limits: Sequence[Ceiling | Colleagues], prices: Sequence[int]
) -> OfRules:
    rounds = relaxation.case.program.rounds
    keys = [session.key for round_ in rounds for session in round_.sessions]
    found: dict[str, dict[str, dict[str, int]]] = {}
    for limit, price in zip(limits, prices, strict=True):
        if price:
            of_group = found.setdefault(limit.group, {})
            of_group.setdefault(limit.trait, {})[keys[limit.spot]] = price
    return found
