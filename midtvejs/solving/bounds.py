"""Bounds of a day where rules couple participants: by prices, without the rules that these cannot speak of.

With rules left out there are only more assignments, and the best of more is no worse: so a bound without them
is one with them, too. Pins, bans, absence and rooms without steps only narrow what is open to a participant,
and are kept; so are open rooms, as far as their seats go. What rounds come to in any rooms, by flows, is
often more (cpsat/rooms_by_flows.py), and so is what prices prove in the rooms that are possible: both by the
solver's word.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import comb
from typing import assert_never

from midtvejs.domain.certificate import Proof
from midtvejs.domain.fairness import (
    CRITERIA,
    SUMS,
    Criterion,
    Evidence,
    FriendsApart,
    HighestRegret,
    PairsOfColleagues,
    Stage,
    SumOverMoved,
    SumOverRegrets,
    SumOverSeats,
)
from midtvejs.solving.cpsat.alone import can_be_alone
from midtvejs.solving.cpsat.rooms_by_flows import OF_FLOWS, InAnyRooms
from midtvejs.solving.cpsat.search import squares_of_total
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import PRESENTS, Case, Choice
from midtvejs.solving.instance.choices import measure
from midtvejs.solving.instance.crowd import Aggregate, aggregate_case
from midtvejs.solving.prices.bound import DualSolution, maximise_bound
from midtvejs.solving.prices.parties import rules_of
from midtvejs.solving.prices.party_seats import NearBound
from midtvejs.solving.prices.relaxation import Objective, Relaxation, in_codes, in_numbers
from midtvejs.solving.prices.ruled_bound import RuledBound, within
from midtvejs.solving.search import Bound, Bounds, Found, KnownBounds
from midtvejs.solving.stop import Stop


class BoundWithoutRules:
    """A case without the rules that couple participants, but for those that prices can speak of.

    ``relaxed`` is what a search without any of them found and proved: that holds while no stage before gave
    way, and its prices are where to begin after that. ``aggregate`` is that of the case, where it is known.
    To raise a bound takes a ``share`` of the time that is left at the most. What flows are asked of, which is
    ``of_flows``, has a time and a share of its own, ``for_flows``; if not given, the same. What they told of
    the case before is known ``in_any_rooms``.
    """

    def __init__(
        self,
        case: Case,
        stop: Stop,
        *,
        relaxed: Found | None = None,
        aggregate: Aggregate | None = None,
        share: float = 1.0,
        for_flows: tuple[Stop, float] | None = None,
        of_flows: Collection[Criterion] = OF_FLOWS,
        in_any_rooms: InAnyRooms | None = None,
    ) -> None:
        self._case = case
        without = case.without_freed()
        same = aggregate is not None and without is case
        self._aggregate = aggregate if same and aggregate else aggregate_case(without)
        self._relaxed = relaxed
        self._stop = stop
        self._share = share
        self._for_flows = for_flows or (stop, share)
        self._of_flows = of_flows
        self._in_any_rooms = in_any_rooms or InAnyRooms(case, self._aggregate)
        self._proofs = {proof.criterion: proof for proof in (relaxed.proofs if relaxed else ()) if proof}

    def bound(self, criterion: Criterion, stages: Sequence[Stage], below: int) -> Bound:
        """Bound a criterion, with what earlier stages reached; `worst` is tried up to ``below``."""
        in_any_rooms = 0
        if below and can_be_alone(self._case):
            # It tells more than prices do, which have the rest of the time.
            in_any_rooms = self._bound_in_any_rooms(criterion, stages)
        priced = self._bound_by_prices(criterion, stages, below)
        return replace(priced, value=max(priced.value, in_any_rooms))

    def _bound_in_any_rooms(self, criterion: Criterion, stages: Sequence[Stage]) -> int:
        if criterion is Criterion.WORST and Criterion.TOTAL in self._of_flows:
            # Somebody has as much as all have on average.
            return -(-self._by_flows(Criterion.TOTAL) // max(1, len(self._case.rows)))
        return self._by_flows(criterion, stages) if criterion in self._of_flows else 0

    def _by_flows(self, criterion: Criterion, stages: Sequence[Stage] = ()) -> int:
        """Return what rounds come to alone in any rooms, by the solver's word."""
        stop, share = self._for_flows
        kept = {stage.criterion: stage.value for stage in stages}
        return self._in_any_rooms.least(criterion, kept, seed=0, stop=stop.part(share))

    def _bound_by_prices(self, criterion: Criterion, stages: Sequence[Stage], below: int) -> Bound:
        known = self._handed_on(stages, below)
        by_prices = CRITERIA[criterion].evidence is Evidence.PRICES
        by_rules = self._rules_after(stages)
        if (known and known.value >= below) or not by_prices or by_rules is None:
            return known or self._bound_anew(criterion, stages, below)
        ruled = self._bound_by_rules(by_rules, criterion, stages, known.value if known else 0, below)
        if ruled is None:
            return known or self._bound_anew(criterion, stages, below)
        # What the search without rules knows by the solver's word, prices may prove.
        return max(filter(None, (known, ruled)), key=lambda each: (each.value, each.recomputable))

    def near(self, criterion: Criterion, limits: Mapping[Criterion, int], below: int) -> NearBound | None:
        """Return what prices prove within limits, with rules, and what is near to it."""
        if self._by_rules is None or can_be_alone(self._case):
            return None
        return self._by_rules.near(criterion, limits, enough=below)

    def narrow(self, case: Case, stop: Stop) -> BoundInRooms:
        """Return the bounds beside those of a case in which fewer rooms are open."""
        return BoundInRooms(anywhere=self, there=BoundWithoutRules(case, stop, share=self._share))

    @cached_property
    def _by_rules(self) -> RuledBound | None:
        """What is bounded with the rules, if any; None where prices cannot speak of them."""
        ruled = None if self._case.freed_in_blocks else rules_of(self._case, self._aggregate)
        if ruled is None:
            return None
        return RuledBound(ruled, self._stop, share=self._share, known=self._known_prices)

    def _rules_after(self, stages: Sequence[Stage]) -> RuledBound | None:
        """Return what bounds with rules, or with pairs that are kept; None where prices tell of neither."""
        by_rules = self._by_rules
        pairs = any(stage.criterion is Criterion.SPREAD for stage in stages)
        return by_rules if by_rules is not None and (by_rules.any or pairs) else None

    def _bound_by_rules(
        self, by_rules: RuledBound, criterion: Criterion, stages: Sequence[Stage], known: int, below: int
    ) -> Bound | None:
        """Bound a criterion with rules, beyond what is ``known``; None where that would take too long."""
        objective = within(criterion, {stage.criterion: stage.value for stage in stages})
        if criterion is Criterion.WORST:
            return by_rules.bound_worst(objective, known, below)
        return by_rules.climb(objective, enough=below)

    def _handed_on(self, stages: Sequence[Stage], below: int) -> Bound | None:
        """Return what the search without rules proved of the next criterion; None where it says nothing."""
        relaxed = self._relaxed
        if relaxed is None or len(stages) >= len(relaxed.stages) or self._case.freed_in_blocks:
            return None
        known = KnownBounds(relaxed).bound(relaxed.stages[len(stages)].criterion, stages, below)
        return known if known.value else None

    def _bound_anew(self, criterion: Criterion, stages: Sequence[Stage], below: int) -> Bound:
        reached = {stage.criterion: stage.value for stage in stages}
        measure = CRITERIA[criterion].measure
        match measure:
            case PairsOfColleagues():
                return self._pairs_of_colleagues(criterion, reached, below)
            case FriendsApart():
                apart = _without_a_session(self._case)
                return Bound(value=apart, recomputable=apart)
            case HighestRegret():
                return self._worst(reached, below)
            case SumOverSeats() | SumOverRegrets() | SumOverMoved():
                dual = self._maximise_bound(criterion, reached, reached.get(Criterion.WORST))
                proof = self._proofs[criterion] = self._proof(criterion, reached, dual)
                return Bound(value=dual.bound, recomputable=dual.bound, proof=proof)
            case _:
                assert_never(measure)

    def _pairs_of_colleagues(
        self, criterion: Criterion, reached: Mapping[Criterion, int], below: int
    ) -> Bound:
        """Count the pairs there are however people are spread; prices tell of those that wishes make."""
        counted = _evenly_spread(self._case)
        known = Bound(value=counted, recomputable=counted)
        if counted >= below or self._by_rules is None:
            return known
        objective = _objective(criterion, reached, reached.get(Criterion.WORST))
        priced = self._by_rules.climb(objective, enough=below)
        return priced if priced and priced.value > counted else known

    def _worst(self, reached: Mapping[Criterion, int], below: int) -> Bound:
        found = Bound(value=0)
        for limit in range(below):
            dual = self._maximise_bound(Criterion.WORST, reached, limit)
            if dual.bound == 0:
                break
            within = {**reached, Criterion.WORST: limit}
            proof = self._proof(Criterion.WORST, within, dual)
            found = Bound(value=limit + 1, recomputable=limit + 1, proof=proof)
            if self._stop.asked:
                break
        return found

    def _maximise_bound(
        self, criterion: Criterion, reached: Mapping[Criterion, int], worst: int | None
    ) -> DualSolution:
        relaxation = Relaxation(self._aggregate, _objective(criterion, reached, worst))
        return maximise_bound(
            relaxation,
            start=self._known_prices(relaxation.objective),
            enough=1 if criterion is Criterion.WORST else None,
            stop=self._stop.part(self._share),
        )

    def _known_prices(self, objective: Objective) -> Ints | None:
        """Return the prices by which a criterion was bounded last without rules, if it was."""
        known = self._proofs.get(objective.criterion)
        return None if known is None else in_numbers(self._case, objective, known)

    def _proof(self, criterion: Criterion, reached: Mapping[Criterion, int], dual: DualSolution) -> Proof:
        objective = _objective(criterion, reached, reached.get(Criterion.WORST))
        return in_codes(self._case, objective, dual.best.prices)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundInRooms:
    """Bounds of a case in which all rooms but some were ruled out, by the solver's word.

    What prices prove ``there`` nobody can recompute without it; what they prove ``anywhere``, anybody can.
    """

    anywhere: BoundWithoutRules
    there: BoundWithoutRules

    def bound(self, criterion: Criterion, stages: Sequence[Stage], below: int) -> Bound:
        """Bound a criterion as all ``Bounds`` do."""
        known = self.anywhere.bound(criterion, stages, below)
        if known.value >= below:
            return known
        return replace(known, value=max(known.value, self.there.bound(criterion, stages, below).value))

    def near(self, criterion: Criterion, limits: Mapping[Criterion, int], below: int) -> NearBound | None:
        """Return what prices prove in these rooms, and what is near to it."""
        return self.there.near(criterion, limits, below)

    def narrow(self, case: Case, stop: Stop) -> BoundInRooms:
        """Return the bounds of the case in still fewer rooms."""
        return self.anywhere.narrow(case, stop)


def compare_with_bounds(
    case: Case, fairness: tuple[Criterion, ...], choices: Sequence[Choice], bounds: Bounds
) -> Found:
    """Return an assignment as it stands, with the bound of each criterion beside its value."""
    worth = measure(case, choices)
    stages: list[Stage] = []
    proofs: list[Proof | None] = []
    for criterion in fairness:
        known = bounds.bound(criterion, stages, below=worth[criterion]).after(criterion, stages)
        squares = squares_of_total(criterion, stages, len(choices))
        stages.append(known.stage(criterion, value=worth[criterion], bound=squares))
        proofs.append(known.proof)
    return Found(choices=choices, stages=tuple(stages), proofs=tuple(proofs))


def with_bounds_of(case: Case, choices: Sequence[Choice], found: Found) -> Found:
    """Return the better of two: choices with what is known beside the others, as far as that holds.

    A bound is for whatever is as good in all that comes before.
    """
    worth = measure(case, choices)
    values = tuple(worth[stage.criterion] for stage in found.stages)
    if tuple(stage.value for stage in found.stages) <= values:
        return found
    stages: list[Stage] = []
    proofs: list[Proof | None] = []
    holds = True
    for stage, value, proof in zip(found.stages, values, found.proofs, strict=True):
        known = stage if holds else replace(stage, bound=0, recomputable=0, priced=False)
        stages.append(replace(known, value=value))
        proofs.append(proof if holds else None)
        holds &= value <= stage.value
    return Found(choices=choices, stages=tuple(stages), proofs=tuple(proofs))


def _objective(criterion: Criterion, reached: Mapping[Criterion, int], worst: int | None) -> Objective:
    """Return what is asked of a criterion within what was ``reached``, as far as all people have prices."""
    kept = tuple((other, value) for other, value in reached.items() if other in SUMS)
    return Objective(criterion=criterion, worst=worst, kept=kept)


def _evenly_spread(case: Case) -> int:
    """Count the pairs there are when each organisation is as even over the sessions as can be."""
    pairs = 0
    for round_, sessions in enumerate(case.rounds):
        # Whoever is in a session that goes on from an earlier round takes no other seat.
        going_on = sum(case.program.rounds[round_].sessions[number].seats for number in sessions.going_on)
        beginning = len(sessions.codes) - len(sessions.going_on)
        for people in case.alike(case.program.rules.spread_of).values() if beginning else ():
            seated = sum(case.rows[each][round_] != PRESENTS for each in people)
            each, more = divmod(max(0, seated - going_on), beginning)
            pairs += more * comb(each + 1, 2) + (beginning - more) * comb(each, 2)
    return pairs


def _without_a_session(case: Case) -> int:
    """Count the friends for whom no session of a round is open to both, with a seat for each of them."""
    return sum(
        PRESENTS not in rankings
        and not any(
            here.seats[session] > 1
            for session in frozenset.intersection(*(here.open[ranking] for ranking in rankings))
        )
        for pair in case.friends
        for number, here in enumerate(case.rounds)
        for rankings in [[case.rows[person][number] for person in pair]]
    )
