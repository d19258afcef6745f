"""Search where rules couple participants: a solver seats them, and Lagrangian bounds say how far it can get.

The rules are first left out, and the remaining problem is searched by prices. If what comes of it keeps the
rules all the same, it is the best there is. If not, it is where CP-SAT looks first (HiGHS looks at everybody
at once, and needs no place to begin), and its prices are bounds still: with rules left out there are only
more assignments, and the best of more is no worse. Pins, bans, absence and rooms without steps only narrow
what is open to a participant, and are kept; so are open rooms, as far as their seats go.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import takewhile
from math import comb
from typing import assert_never

from midtvejs.domain.assignment import Assignment, NoLawfulAssignment, OutOfTime
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
from midtvejs.domain.participants import Participant
from midtvejs.domain.rules import Pin
from midtvejs.solving.cpsat import search as by_cpsat
from midtvejs.solving.cpsat.broken import keeps_the_rules
from midtvejs.solving.cpsat.question import Question
from midtvejs.solving.cpsat.solvers import is_for_highs
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import PRESENTS, Case, Choice, case_of
from midtvejs.solving.instance.crowd import Aggregate, aggregate_case
from midtvejs.solving.lawful import is_coupled, seat_by_lists, seat_lawfully
from midtvejs.solving.prices import search as by_prices
from midtvejs.solving.prices.bound import (
    DualSolution,
    maximise_bound,
)
from midtvejs.solving.prices.parties import rules_of
from midtvejs.solving.prices.relaxation import Objective, Relaxation, in_codes, in_numbers
from midtvejs.solving.prices.ruled_bound import RuledBound
from midtvejs.solving.rooms import with_good_rooms
from midtvejs.solving.search import Bound, Found, KnownBounds, Watch, compare_with_bounds
from midtvejs.solving.stop import Stop


def search(
    case: Case,
    fairness: tuple[Criterion, ...],
    *,
    seed: int,
    stop: Stop,
    watch: Watch,
    lawful: Sequence[Choice],
) -> Found:
    """Satisfy the criteria in order; ``lawful`` is any assignment that keeps all rules."""
    priced = _that_prices_bound(fairness)
    aggregate = aggregate_case(case)
    relaxed = None
    at_once = is_for_highs(case, stop.part(1 - case.limits.beforehand))
    if priced:
        relaxed = by_prices.search(
            case,
            priced,
            seed=seed,
            stop=stop.part(_share_without_rules(case, at_once=at_once)),
            watch=watch,
            otherwise=lambda: lawful,
            aggregate=aggregate,
        )
        if keeps_the_rules(case, relaxed.choices):
            proven = priced == fairness and all(stage.proven for stage in relaxed.stages)
            if proven and not case.freed_in_blocks:
                return relaxed
            lawful = relaxed.choices
        elif at_once:
            lawful = _seat_near(case, relaxed.choices, lawful, stop.part(case.limits.beforehand))
        else:
            lawful = _begin(case, priced, relaxed.choices, lawful, seed=seed, stop=stop)
    to_bound, share = (stop.part(case.limits.beforehand), 1.0) if at_once else (stop, case.limits.each_bound)
    bounds = BoundWithoutRules(case, to_bound, relaxed=relaxed, aggregate=aggregate, share=share)
    many = len(case.rows) > case.limits.coupled
    if many and not at_once and _only_rooms_are_open(case):
        # A few people at a time never change rooms that all the others sit in.
        return compare_with_bounds(case, fairness, lawful, bounds)
    return by_cpsat.search(
        case,
        fairness,
        seed=seed,
        stop=stop,
        watch=watch,
        start=lawful,
        bounds=bounds,
        effort=case.limits.coupled_effort,
    )


def _share_without_rules(case: Case, *, at_once: bool) -> float:
    """Return what part of the time a search without rules may take: most of it, where there are none."""
    if not case.is_bound_by_rules:
        return case.limits.by_prices
    return case.limits.beforehand if at_once else case.limits.unruled


def _only_rooms_are_open(case: Case) -> bool:
    rooms = {
        session.key: max(session.rooms, key=session.seats_in)
        for session in case.program.sittings.values()
        if session.rooms
    }
    return not is_coupled(replace(case, program=case.program.with_rooms(rooms)))


def _begin(
    case: Case,
    priced: tuple[Criterion, ...],
    choices: Sequence[Choice],
    lawful: Sequence[Choice],
    *,
    seed: int,
    stop: Stop,
) -> Sequence[Choice]:
    """Return where a search that changes a few people's seats at a time is to begin: near to ``choices``."""
    if stop.asked:
        return lawful
    near = _nearest(case, priced, choices, lawful, seed=seed, stop=stop)
    return _seat_around_groups(case, priced, near, seed=seed, stop=stop.part(case.limits.around_groups))


def _nearest(
    case: Case,
    priced: tuple[Criterion, ...],
    choices: Sequence[Choice],
    lawful: Sequence[Choice],
    *,
    seed: int,
    stop: Stop,
) -> Sequence[Choice]:
    """Return what keeps the rules and is near to ``choices``; where rooms are open, with good rooms."""
    if _has_open_rooms(case):
        roomed = with_good_rooms(case, stop)
        if stop.asked:
            return lawful
        try:
            seated = seat_lawfully(roomed, stop.part(case.limits.beforehand))
            choices = by_prices.search(
                _for_its_choices(roomed),
                priced,
                seed=seed,
                stop=stop if _only_rooms_are_open(case) else stop.part(case.limits.unruled),
                watch=lambda *_: None,
                # What is lawful where rooms are open need not be so in these.
                otherwise=lambda: seated or seat_by_lists(roomed, stop),
            ).choices
        except (NoLawfulAssignment, OutOfTime):
            return lawful
        if keeps_the_rules(case, choices):
            return choices
    return _seat_near(case, choices, lawful, stop)


def _has_open_rooms(case: Case) -> bool:
    return any(session.rooms for session in case.program.sittings.values())


def _seat_near(
    case: Case, choices: Sequence[Choice], lawful: Sequence[Choice], stop: Stop
) -> Sequence[Choice]:
    """Return what keeps the rules and is near to ``choices``; in no time, what is known to be ``lawful``."""
    if stop.asked:
        return lawful
    try:
        return seat_lawfully(case, stop, near=choices) or lawful
    except OutOfTime:
        return lawful


def _seat_around_groups(
    case: Case, priced: tuple[Criterion, ...], choices: Sequence[Choice], *, seed: int, stop: Stop
) -> Sequence[Choice]:
    """Seat those whom groups bind as well as can be, leave them there, and seat all others by prices.

    Where most are bound, as friends may be, that is as much work as to seat everybody, and is left undone.
    """
    bound = {person for members in case.members.values() for person in members}
    if not bound or 2 * len(bound) > len(case.rows) or stop.asked:
        return choices
    others = {person: choice for person, choice in enumerate(choices) if person not in bound}
    question = Question(case=case, limits={}, minimise=Criterion.EVEN, fixed=others)
    answer = question.ask(choices, seed=seed, stop=stop, effort=case.limits.coupled_effort)
    choices = answer.choices or choices
    if stop.asked:
        return choices
    found = by_prices.search(
        _for_its_choices(_with_fixed(case, choices, bound)),
        priced,
        seed=seed,
        stop=stop,
        watch=lambda *_: None,
        otherwise=lambda: choices,
    )
    return found.choices if keeps_the_rules(case, found.choices) else choices


def _with_fixed(case: Case, choices: Sequence[Choice], fixed: Container[int]) -> Case:
    """Return the same case, with rooms for its sessions, in which some have their choice pinned."""
    seated = case.assignment(choices, case.participants).with_rooms()
    people = (
        replace(person, pins=_pins(seated, person)) if number in fixed else person
        for number, person in enumerate(case.participants)
    )
    return case_of(seated.program, people, case.limits)


def _for_its_choices(case: Case) -> Case:
    """Return a case in which nothing is proven any more once the search is to end: it is for its choices."""
    return replace(case, limits=replace(case.limits, last_people=0, last_work=0))


def _pins(seated: Assignment, person: Participant) -> tuple[Pin, ...]:
    """Pin a participant to where they are, in each round."""
    day = zip(seated.program.rounds, seated.days[person.key], strict=True)
    return tuple(Pin(code=code, round_id=round_.id) for round_, code in day)


def _that_prices_bound(fairness: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """Return the criteria that prices can speak of, up to the first that they cannot."""
    return tuple(takewhile(lambda criterion: CRITERIA[criterion].evidence is Evidence.PRICES, fairness))


class BoundWithoutRules:
    """A case without the rules that couple participants, but for those that prices can speak of.

    ``relaxed`` is what a search without any of them found and proved: that holds while no stage before gave
    way, and its prices are where to begin after that. ``aggregate`` is that of the case, where it is known.
    To raise a bound takes a ``share`` of the time that is left at the most.
    """

    def __init__(
        self,
        case: Case,
        stop: Stop,
        *,
        relaxed: Found | None = None,
        aggregate: Aggregate | None = None,
        share: float = 1.0,
    ) -> None:
        self._case = case
        without = case.without_freed()
        same = aggregate is not None and without is case
        self._aggregate = aggregate if same and aggregate else aggregate_case(without)
        self._relaxed = relaxed
        self._stop = stop
        self._share = share
        self._proofs = {proof.criterion: proof for proof in (relaxed.proofs if relaxed else ()) if proof}

    def bound(self, criterion: Criterion, stages: Sequence[Stage], below: int) -> Bound:
        """Bound a criterion, with what earlier stages reached; `worst` is tried up to ``below``."""
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
        reached = {stage.criterion: stage.value for stage in stages}
        objective = _objective(
            criterion, reached, reached.get(Criterion.WORST), priced=(*SUMS, Criterion.SPREAD)
        )
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


def _objective(
    criterion: Criterion,
    reached: Mapping[Criterion, int],
    worst: int | None,
    *,
    priced: Collection[Criterion] = SUMS,
) -> Objective:
    """Return what is asked of a criterion within what was ``reached``, as far as that is ``priced``."""
    kept = tuple((other, value) for other, value in reached.items() if other in priced)
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
