"""Which solver is asked about everybody at once: HiGHS where rules bind some hundreds of people, or CP-SAT.

What HiGHS leaves open CP-SAT is asked (highs.py says which of them does better where). Both know little of a
day while rooms are open, or sessions may be cancelled: each round alone knows more (alone.py), and bounds the
day. On all but the smallest days that comes first. Rooms are then taken as they are best for each round, or
as the greatest parts of the relaxed day have them (settled.py), and HiGHS is asked about everybody in these;
while they are open as well where there is time for it. In any rooms the day is bounded by rounds at prices
(priced.py). Once a sum over rounds is known, rooms that are impossible beside it are ruled out (possible.py),
and what comes next is asked in those that are left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from midtvejs.domain.fairness import OF_PAIRS, Criterion
from midtvejs.solving.cpsat.alone import OF_ROUNDS, Alone, RoundsAlone, can_be_alone
from midtvejs.solving.cpsat.broken import keeps_the_rules
from midtvejs.solving.cpsat.by_highs import NO_ANSWER, ByHighs
from midtvejs.solving.cpsat.near import anything, ask_near, can_be_near
from midtvejs.solving.cpsat.possible import Possible
from midtvejs.solving.cpsat.priced import can_be_priced, prices_in
from midtvejs.solving.cpsat.question import Answer, Asked, Question
from midtvejs.solving.cpsat.rooms_by_flows import OF_FLOWS
from midtvejs.solving.cpsat.settled import settled_as_in, settled_by_parts
from midtvejs.solving.cpsat.stated import NOTHING, Verdict
from midtvejs.solving.instance.case import Case, Choice
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.prices.parties import rules_of
from midtvejs.solving.prices.ruled_bound import RuledBound, no_prices
from midtvejs.solving.search import Watch
from midtvejs.solving.stop import Stop

IMPOSSIBLE = Answer(outcome=replace(NOTHING, verdict=Verdict.IMPOSSIBLE))


def is_for_highs(case: Case, stop: Stop, *, has_answered: bool = False, in_rooms: bool | None = None) -> bool:
    """Return whether HiGHS does better than CP-SAT with a day of that size, in the time that is left.

    How long it takes with a large day depends on its rules; where it has answered before, that is known.
    ``in_rooms``: whether it is asked in rooms that are chosen; None for where the rounds can choose them.
    """
    limits, left = case.limits, stop.left
    least = _least_for_highs(case, in_rooms=can_be_alone(case) if in_rooms is None else in_rooms)
    work = case.size * (1.0 if has_answered else max(1.0, case.size / limits.at_that_pace))
    in_time = left is None or limits.pace * limits.share * left >= work
    return in_time and least <= case.size <= limits.most_relaxed


def _least_for_highs(case: Case, *, in_rooms: bool) -> int:
    """Return from which size on HiGHS does better than CP-SAT; from a smaller one on ``in_rooms``."""
    return min(case.limits.relaxed, case.limits.relaxed_in_rooms) if in_rooms else case.limits.relaxed


def has_time_for_rounds(case: Case, stop: Stop, *, again: bool = False) -> bool:
    """Return whether the rounds may be asked for rooms that may lead nowhere, and others tried then.

    ``again``: for better ones, where it has been searched in others.
    """
    pace = case.limits.pace_of_rounds_again if again else case.limits.pace_of_rounds
    in_time = stop.left is None or pace * stop.left >= case.size
    return in_time and case.size <= case.limits.most_alone


def has_time_for_rooms(case: Case, stop: Stop, later: int = 0) -> bool:
    """Return whether HiGHS may choose the rooms, too, which takes it much longer.

    So it would for as many criteria as come ``later``.
    """
    left = stop.left
    return left is None or case.limits.pace_with_rooms * left / (1 + later) >= case.size


def has_time_for_prices(case: Case, stop: Stop) -> bool:
    """Return whether rounds can bound the day at prices in time, one criterion after the other."""
    limits, left = case.limits, stop.left
    return left is None or limits.pace_of_prices * limits.for_each * left >= case.size


class Solvers:
    """The solvers of a case. ``effort`` limits each attempt of CP-SAT, in its own seconds of work.

    ``at_prices``: whether the rounds bound the day at prices. If not given, where there is time for it.
    """

    def __init__(
        self,
        case: Case,
        *,
        seed: int,
        stop: Stop,
        watch: Watch,
        effort: float | None,
        narrowed: RoundsAlone | None = None,
        at_prices: bool | None = None,
    ) -> None:
        self.case = case
        self._seed = seed
        self._stop = stop
        self._watch = watch
        self._effort = effort
        self._answers: dict[tuple[Asked, bool], Answer] = {}
        self._bounds: dict[Asked, int] = {}
        self._anywhere = ByHighs(seed=seed, stop=stop, to_prove=True)
        self._in_rooms = ByHighs(seed=seed, stop=stop, to_prove=False)
        self._relaxed: dict[Asked, int] = {}
        self._rooms_fail = False
        self._narrowed = narrowed
        self._settled: Case | None = None
        self._there: tuple[Case, RuledBound | None] | None = None
        self.at_prices = self._can_price if at_prices is None else at_prices

    @property
    def few(self) -> bool:
        """Whether CP-SAT can be asked about all participants at once."""
        return len(self.case.rows) <= self.case.limits.coupled

    @property
    def by_highs(self) -> bool:
        """Whether HiGHS is asked, be it in rooms that were chosen before."""
        answers = self._anywhere.answers or (self._can_choose_rooms and self._in_rooms.answers)
        return answers and self._is_for_highs

    @property
    def _is_for_highs(self) -> bool:
        has_answered = self._anywhere.has_answered or self._in_rooms.has_answered
        return is_for_highs(self.case, self._stop, has_answered=has_answered, in_rooms=self._in_few_rooms)

    @property
    def _in_few_rooms(self) -> bool:
        return self.is_narrow or can_be_alone(self.case)

    @property
    def can_be_improved(self) -> bool:
        """Whether a few people at a time are so much fewer than all that more is found with them."""
        limits = self.case.limits
        return len(self.case.rows) > min(limits.coupled, limits.worth_freeing)

    def ask(
        self,
        question: Question,
        start: Sequence[Choice],
        *,
        later: int,
        within: bool,
        in_any_rooms: bool = False,
    ) -> Answer:
        """Return what is answered, or was before; ``later`` tells how many criteria come after this one.

        ``start`` keeps all rules, and is where to look first; ``within`` tells whether it keeps the limits.
        No rooms are chosen first where it is asked what there is ``in_any_rooms``.
        """
        key = question.asked, in_any_rooms
        told = self._anywhere.told(question)
        if told is not None and told.outcome.verdict is Verdict.BEST:
            return told
        if key not in self._answers:
            bound = max(question.bound, self._bounds.get(question.asked, 0))
            rooms_first = question.minimise is not None and not in_any_rooms
            in_rooms = rooms_first and self._are_rooms_first(later, within=within)
            question = replace(question, bound=bound)
            answer = self._answer(question, start, later, within=within, in_rooms=in_rooms)
            if answer.outcome.verdict is Verdict.UNDECIDED:
                # It may be asked again, and what was proven of it holds.
                self._bounds[question.asked] = answer.outcome.bound
                return answer
            self._answers[key] = answer
        return self._answers[key]

    def _answer(
        self, question: Question, start: Sequence[Choice], later: int, *, within: bool, in_rooms: bool
    ) -> Answer:
        if in_rooms:
            answer = self._ask_in_rooms(question, start, later, within=within)
            if answer.outcome.verdict is not Verdict.UNDECIDED:
                return answer
            question = replace(question, bound=max(question.bound, answer.outcome.bound))
        answer = self._ask_highs(question)
        if answer.outcome.verdict is Verdict.FOUND:
            answer = self._ask_in_its_rooms(question, answer)
        if answer.outcome.verdict in {Verdict.BEST, Verdict.IMPOSSIBLE}:
            return answer
        hopeful = within or self._has_time_for_rooms(later)
        rounds = hopeful and not in_rooms and self._can_tell_of_rounds(question, later)
        bound = self._bound_beside(question, answer, start, later, rounds=rounds)
        if bound is None:
            return IMPOSSIBLE
        for_cpsat = self.few and self._settled is None and not in_rooms and not self._stop.asked
        if answer.outcome.verdict is Verdict.UNDECIDED and for_cpsat:
            answer = self._ask_cpsat(replace(question, bound=bound), start, later)
        return _with_bound(answer, bound)

    def _bound_beside(
        self, question: Question, answer: Answer, start: Sequence[Choice], later: int, *, rounds: bool
    ) -> int | None:
        """Return what bounds a question that HiGHS left open; None where nothing at all is within its limits.

        On smaller days what is quickest comes first, on larger ones what tells more.
        """
        known = [question.bound, answer.outcome.bound]
        for by_rounds in (self._is_large, not self._is_large):
            if by_rounds and rounds:
                alone = self._ask_rounds(question, start, later)
                if alone is None:
                    return None
                known.append(alone.bound)
            elif not by_rounds and answer.outcome.bound == 0 and question.minimise:
                known.append(self._relax(question, later))
        return max(known)

    @property
    def _is_large(self) -> bool:
        return not self.is_narrow and self.case.size > self.case.limits.rooms_at_once

    @property
    def is_narrow(self) -> bool:
        """Whether it is known which rooms are possible: then there are few to choose from."""
        return self._narrowed is not None

    @property
    def possible(self) -> Sequence[Sequence[Possible]]:
        """What is possible of each session, round by round, as far as that is known."""
        return () if self._narrowed is None else self._narrowed.possible

    def _relax(self, question: Question, later: int) -> int:
        """Bound a question by parts of seats, on days that are for HiGHS where there is more time."""
        if question.asked in self._relaxed:
            return self._relaxed[question.asked]
        limits, stop = self.case.limits, self._part_for_bound(later)
        in_time = stop.left is None or limits.pace_relaxed * stop.left >= self.case.size
        least = _least_for_highs(self.case, in_rooms=self._in_few_rooms)
        for_highs = least <= self.case.size <= limits.most_relaxed
        return question.relax(stop)[0] if in_time and for_highs else 0

    def _part_for_bound(self, later: int) -> Stop:
        """Return the time for a bound; after the last criterion none is needed for anything else."""
        alone = self.case.limits.alone
        return self._stop.part(alone if later else 1 - alone)

    @cached_property
    def _rounds(self) -> RoundsAlone | None:
        """The rounds alone; None where there is nothing to be learnt of them, or too much to ask."""
        least, most = _least_for_highs(self.case, in_rooms=True), self.case.limits.most_alone
        if not (least <= self.case.size <= most and can_be_alone(self.case)):
            return None
        return self._narrowed or RoundsAlone(self.case, seed=self._seed)

    def narrow(self, limits: Mapping[Criterion, int], start: Sequence[Choice]) -> Solvers | None:
        """Return the solvers of the day with the rooms that are possible within limits, as ``start`` is.

        None where all rooms may be, or there is no time to find out. What is proven by them holds in any.
        """
        again = self._narrowed is not None and not self.at_prices
        if self._rounds is None or again or self._stop.asked:
            return None
        stop = self._stop.part(self.case.limits.to_rule_out)
        narrowed = self._rounds.narrow(limits, start, stop)
        if narrowed is None:
            return None
        return Solvers(
            narrowed.case,
            seed=self._seed,
            stop=self._stop,
            watch=self._watch,
            effort=self._effort,
            narrowed=narrowed,
            at_prices=self.at_prices,
        )

    @property
    def _can_price(self) -> bool:
        return has_time_for_prices(self.case, self._stop) and self._rounds is not None

    def seconds_to_bound(self, criterion: Criterion) -> float:
        """Return how long it takes to bound a criterion that comes later, in any rooms."""
        size, limits = self.case.size, self.case.limits
        if self.at_prices:
            return size / limits.pace_of_prices
        in_any_rooms = criterion in OF_FLOWS and can_be_alone(self.case)
        return size / limits.pace_of_flows if in_any_rooms else 0.0

    def price(self, criterion: Criterion, limits: Mapping[Criterion, int], best: Sequence[Choice]) -> int:
        """Bound a criterion by the rounds at the prices of the day in the rooms of ``best``; 0 if too late.

        Holds in any rooms.
        """
        if self._rounds is None or not can_be_priced(criterion) or self._stop.asked:
            return 0
        case, first = self.case, limits.keys() <= {Criterion.WORST}
        stop = self._stop.part(case.limits.at_prices)
        pace = case.limits.pace_of_first_prices if first else case.limits.pace_of_prices
        if stop.left is not None and pace * stop.left < case.size:
            return 0
        prices = prices_in(settled_as_in(self.case, best), criterion, limits, stop)
        return 0 if prices is None else self._rounds.price(criterion, prices, limits, best, stop)

    def _can_tell_of_rounds(self, question: Question, later: int) -> bool:
        """Return whether a criterion is to be bounded by the rounds; prices bound pairs quicker, if less.

        Once there are prices for what is kept, the rounds tell more at these.
        """
        criterion = question.minimise
        worth_it = criterion not in OF_PAIRS or self._has_time_for_rooms(later)
        at_prices = self.at_prices and question.limits.keys() - {Criterion.WORST}
        if criterion not in OF_ROUNDS or not worth_it or at_prices:
            return False
        return self._rounds is not None and not self._stop.asked

    def _ask_rounds(self, question: Question, start: Sequence[Choice], later: int) -> Alone | None:
        if self._rounds is None or question.minimise is None:
            return Alone(bound=0, choices=[*start])
        stop = self._part_for_bound(later)
        return self._rounds.minimise(question.minimise, question.limits, start, stop)

    @cached_property
    def _open_rooms(self) -> int:
        """How many rooms may be chosen, counted for each session by itself."""
        return sum(len(session.rooms) for session in self.case.program.sittings.values())

    @property
    def _can_choose_rooms(self) -> bool:
        some = self._is_large and self._open_rooms > 0 and self._rounds is not None
        return some and not self._rooms_fail

    def _are_rooms_first(self, later: int, *, within: bool) -> bool:
        """Return whether rooms are chosen before everybody is seated.

        In rooms that are chosen so there may be no way within a limit on whole days. So where there is none
        yet, only if there is time to ask without them as well, or HiGHS would hardly find one.
        """
        limits, left = self.case.limits, self._stop.left
        if not self._can_choose_rooms or not self._in_rooms.answers or not self._is_for_highs:
            return False
        by_parts = left is None or limits.pace_by_parts * left >= self.case.size
        hardly = by_parts and self._open_rooms > limits.room_choices
        return within or hardly or self.at_prices or self._has_time_for_rooms(later)

    def _ask_in_rooms(
        self, question: Question, start: Sequence[Choice], later: int, *, within: bool
    ) -> Answer:
        """Ask HiGHS in rooms that were chosen before, and know what bounds the day in any rooms."""
        bound = self._choose_rooms(question, start, later, within=within)
        if bound is None:
            return IMPOSSIBLE
        answer = self._put_to_highs_in_rooms(question, later)
        hopeless = self.at_prices and not within
        if answer.outcome.verdict is Verdict.IMPOSSIBLE and not hopeless:
            bound = max(bound, self._choose_other_rooms(question, start, later, within=within))
            answer = self._put_to_highs_in_rooms(question, later)
        if answer.choices is None or not keeps_the_rules(self.case, answer.choices):
            # There is no way in these rooms, or there was no time.
            self._settled, self._rooms_fail = None, within
            return _with_bound(NO_ANSWER, bound)
        answer = _with_bound(_in_other_rooms(answer), bound)
        good = self.at_prices and self._are_good(question, answer, bound)
        if answer.outcome.verdict is Verdict.BEST or good or not self._has_time_for_rooms(later):
            return answer
        anywhere = self._ask_highs(replace(question, bound=bound))
        better = anywhere if anywhere.choices and anywhere.outcome.value < answer.outcome.value else answer
        return _with_bound(better, max(bound, anywhere.outcome.bound))

    def _are_good(self, question: Question, answer: Answer, bound: int) -> bool:
        """Return whether rooms in which something was found need no others beside them for now.

        Once a sum is kept in them, they are looked at whatever else they come to.
        """
        is_first = question.limits.keys() <= {Criterion.WORST}
        return not is_first or answer.outcome.value <= (1 + self.case.limits.far) * bound

    def _choose_rooms(
        self, question: Question, start: Sequence[Choice], later: int, *, within: bool
    ) -> int | None:
        """Choose rooms as they are best for each round, or as the start has them, unless some are chosen.

        Return a bound in any rooms; None where a round alone shows that nothing is within the limits.
        """
        known, bound = start if within else None, 0
        in_time = within or has_time_for_rounds(self.case, self._stop)
        if in_time and self._can_tell_of_rounds(question, later):
            alone = self._ask_rounds(question, start, later)
            if alone is None:
                return None
            bound = alone.bound
            # Where more is known than the rounds tell, these are no guide.
            known = alone.choices if bound >= question.bound else known
        if self._settled is None and known is not None:
            self._settled = settled_as_in(self.case, known)
        return bound

    def _choose_other_rooms(
        self, question: Question, start: Sequence[Choice], later: int, *, within: bool
    ) -> int:
        """Choose the rooms of the start, or those of the greatest parts; return a bound in any rooms."""
        if within:
            self._settled = settled_as_in(self.case, start)
            return 0
        bound, parts = question.relax(self._part_for_bound(later))
        self._settled = settled_by_parts(self.case, parts) if parts else None
        self._relaxed[question.asked] = bound
        return bound

    def _ask_in_its_rooms(self, question: Question, answer: Answer) -> Answer:
        """Ask HiGHS again in the rooms of what it found while these were open, where that takes it a moment.

        So it does where nothing else binds people: then others are best passed on seat by seat.
        """
        if not (self._is_large and self._open_rooms and question.minimise and answer.choices):
            return answer
        limits, settled = self.case.limits, settled_as_in(self.case, answer.choices)
        if settled.is_bound_by_rules:
            return answer
        again = replace(question, case=settled, then=None).ask_highs(
            seed=self._seed, stop=self._stop, nodes=limits.nodes, share=limits.alone
        )
        better = again.choices is not None and again.outcome.value <= answer.outcome.value
        if not (better and keeps_the_rules(self.case, again.choices or ())):
            return answer
        self._settled = settled
        return _with_bound(_in_other_rooms(again), answer.outcome.bound)

    def _put_to_highs_in_rooms(self, question: Question, later: int) -> Answer:
        if self._settled is None:
            # No rooms were chosen: so there is no way in them.
            return IMPOSSIBLE
        near = self._ask_near_in_rooms(question, self._settled)
        if near.choices is not None:
            return near
        limits = self.case.limits
        pairs = later and question.minimise in OF_PAIRS
        as_long = limits.pairs_as_long if pairs else limits.as_long
        # What is left open there is looked at again, once something is known of all criteria.
        again = self.at_prices and not question.limits.keys() <= {Criterion.WORST}
        share = limits.before_proofs if again else limits.share
        return self._in_rooms.ask(replace(question, case=self._settled), as_long, share)

    def _ask_near_in_rooms(self, question: Question, settled: Case) -> Answer:
        """Ask among the seats that are near to what prices prove in rooms that were chosen."""
        if question.minimise is None or not can_be_near(settled) or self._stop.asked:
            return NO_ANSWER
        bounds, below = self._bounds_of(settled), anything(settled)
        near = None if bounds is None else bounds.near(question.minimise, question.limits, enough=below)
        if near is None:
            return NO_ANSWER
        return ask_near(replace(question, case=settled), near, below=below, seed=self._seed, stop=self._stop)

    def _bounds_of(self, settled: Case) -> RuledBound | None:
        """Return what bounds the day in rooms that were chosen, as long as they are the same."""
        if self._there is None or self._there[0] is not settled:
            ruled = rules_of(settled, aggregate_case(settled))
            share = settled.limits.each_bound
            bounds = None if ruled is None else RuledBound(ruled, self._stop, share=share, known=no_prices)
            self._there = settled, bounds
        return self._there[1]

    def _has_time_for_rooms(self, later: int) -> bool:
        return has_time_for_rooms(self.case, self._stop, later)

    def _ask_highs(self, question: Question) -> Answer:
        """Return what HiGHS answers; nothing where it is not for this day."""
        if not (self._anywhere.answers and self._in_rooms.answers and self._is_for_highs):
            return NO_ANSWER
        return self._anywhere.ask(question, self.case.limits.as_long, self.case.limits.share)

    def _ask_cpsat(self, question: Question, start: Sequence[Choice], later: int) -> Answer:
        limits = self.case.limits
        share = limits.share if self.can_be_improved else limits.each_criterion if later else 1.0
        stop = self._stop.part(share)

        def progress(value: int | None, reached: int | None) -> None:
            if question.minimise:
                self._watch(question.minimise, reached, value)

        return question.ask(start, seed=self._seed, stop=stop, effort=self._effort, progress=progress)


def _with_bound(answer: Answer, bound: int) -> Answer:
    """Return an answer with what is known beside it, if that is more."""
    outcome = answer.outcome
    if bound <= outcome.bound or outcome.verdict in {Verdict.BEST, Verdict.IMPOSSIBLE}:
        return answer
    best = outcome.found and outcome.value <= bound
    verdict = Verdict.BEST if best else outcome.verdict
    return replace(answer, outcome=replace(outcome, bound=bound, verdict=verdict))


def _in_other_rooms(answer: Answer) -> Answer:
    """Return what was found in some rooms, as what is not proven in any others."""
    outcome = replace(answer.outcome, verdict=Verdict.FOUND, bound=0)
    return replace(answer, outcome=outcome, best_in_rooms=answer.outcome.verdict is Verdict.BEST)
