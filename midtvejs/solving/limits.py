"""The parameters of the search: every constant of it, with its unit and its reason.

None of them changes what is lawful or true; they decide how long is looked, and with it how much is proven.
All of them count work or people, never time, but ``breath``: so a result is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import pairwise
from math import isfinite


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The constants of a search. Efforts are in CP-SAT's own seconds, which count work and not time.

    Raises:
        ValueError: one of them makes no sense.
    """

    evaluations: int = 1000
    """Evaluations after which raising a bound ends with the bound it has; it never came near."""
    close: float = 1e-4
    """A bound so many steps below the master's optimum has reached it: more than rounding errors, below 1."""
    halvings: int = 20
    """How often the prices of the rounds alone are halved, for `worst`: then they are next to nothing."""
    wide: int = 24
    """Prices from which on a day is wide: with fewer, one plane for all participants does."""
    kinds_a_price: int = 10
    """With more kinds of people than this for each price, a mixture for each of them takes longer.

    Of up to ``everybody`` people that is worth it, where no rules bind them.
    """
    pivots: int = 10_000_000
    """How much the linear programs of a wide day may do without the bound rising by a whole unit.

    It is counted in pivots, each as long as the program has rows.
    """
    more_planes: float = 0.4
    """What part of the time that is left other ways up may take once these pivots are done."""
    patience: int = 160_000_000
    """Work, in sums of two numbers, after which planes have to have raised the bound by a whole unit then.

    At prices that no small step betters, it takes some hundred planes to see the way.
    """
    by_volume: float = 0.6
    """What part of the time that is left may be taken to raise the bound of a wide day of many people."""
    evaluations_to_seat: int = 35
    """How many evaluations take as long as it does to seat such a day near to what they led to."""
    pace_of_sums: int = 100_000_000
    """How much of an evaluation, in sums of two numbers, is done in a second."""
    at_first: int = 15
    """Evaluations after which it is tried whether such a day can be seated within a limit on regret."""
    negligible: float = 1e-9
    """The largest share of a mixture that is none, but a rounding error."""

    everybody: int = 3000
    """Up to this many participants are all freed at once: then a no of a solver's is a proof."""
    pool: int = 30_000
    """Of more participants than ``everybody``, this many are looked at for people to free."""
    moves: int = 500_000
    """Moves that are looked at, at the most, to tell their kinds: more take longer than they help."""
    freed_quickly: int = 1000
    """With more freed than this, a solver may have but half of the time that is left: ``each_criterion``."""
    attempts: int = 4
    """How often some are freed at the same target; in the second attempt two for each kind of move."""
    restricted_effort: float = 20.0
    """How long CP-SAT may try to seat those who are freed."""
    restricted_quick: float = 1.0
    """How long it may try before HiGHS is asked: mostly it is done by then, or never is."""
    restricted_nodes: int = 10
    """How many nodes HiGHS may look at there: what it finds it mostly finds in the first."""
    days: int = 200_000
    """With more days than this, or than sessions that each could have, sittings take their place."""
    list_days: int = 400_000
    """Days that are written out at the most where a list is for several rounds."""
    days_each: int = 200
    """With more days of such a list than this, a participant has a variable for each sitting instead."""
    minimised: int = 60_000
    """How many variables HiGHS makes a criterion small among, at the most: it takes 5 seconds or so."""
    easy: int = 2500
    """A restricted problem of more variables than this is for HiGHS first.

    If they are sittings, CP-SAT solves it soon or not at all.
    """
    refused: int = 30_000
    """How many yes-or-no variables are refused, target after target, before the bound is left alone."""
    given_up: tuple[int, ...] = (1, 4, 16, 64, 256, 1024)
    """How far above the bound an assignment may be, one target after the other, when none is found nearer."""

    last_evaluations: int = 15
    """Evaluations that still raise a bound once the search is to end."""
    last_people: int = 20_000
    """With more participants than this, an evaluation takes too long for that."""
    last_work: int = 20_000_000
    """What such evaluations may take for a stage, in sums of two numbers: a tenth of a second or so."""

    passes: int = 3
    """How often each round is seated by itself: the first time, the rounds after it are still unknown."""
    kinds_by_regret: int = 20_000
    """With more kinds of people in a round, those who wish alike are of one kind, whatever their regret."""
    excess: int = 2**10
    """What a step above the limit costs a round by itself, in steps: more than any others it may save."""

    exchange_probes: int = 3
    """How often seats are passed on from each start at first, by other lots each time."""
    exchange_probe: int = 10_000_000
    """How long each time, in sums of two numbers: a quarter of a second or so."""
    exchange_work: int = 400_000_000
    """How long they are from the best of these, at the most: ten seconds or so."""
    exchange_patience: int = 60_000_000
    """After how much of either without anything better it is given up."""
    near: float = 0.005
    """What part of a bound choices may be above it for seats to be passed on before it is raised."""

    exchanged: int = 400_000
    """With more participants than this, times the sessions of their day, rules let none be passed on.

    A look at all who could go takes too long then for what comes of it.
    """
    exchange_share: float = 0.6
    """What part of the time that is left they may be each time, where there are solvers to ask as well."""

    small: int = 16_000
    """Up to this many participants, times the sessions of their day, CP-SAT has a chance with the whole."""
    small_effort: float = 60.0
    """How long it may try there, at each question."""
    by_prices: float = 0.7
    """What part of the time prices may take there, before the whole is asked about.

    So they may, on days of any size, where no rules bind people but pairs of them are counted.
    """
    coupled: int = 500
    """With more participants than this, who are bound by rules, CP-SAT is asked about some at a time."""
    coupled_effort: float = 20.0
    """How long it may try at each question about all of them."""

    relaxed: int = 2000
    """From this many participants times the sessions of their day, who are bound by rules, HiGHS is asked."""
    most_relaxed: int = 70_000
    """Up to this many it is: its first node alone takes minutes with more."""
    beforehand: float = 0.15
    """What part of the time that is left each thing may take that is done before it is asked."""
    beside_rounds: float = 0.05
    """The same of bounds that know nothing of rooms, where the rounds will tell more."""
    nodes: int = 200
    """How many nodes it may look at for each question, of days without rules as well: most take one."""
    heaviest_to_prove: int = 10_000
    """What a step of a criterion may weigh beside the next, which is made small by the same question.

    With more, a solver that calculates with fractions loses sight of the second.
    """
    heaviest: int = 1_000
    """The same where nothing is to be proven: less is as good in practice, and quicker."""
    pace: int = 20_000
    """How much of a day it gets through in a second, counted as above: with less time it is not asked."""
    at_that_pace: int = 25_000
    """Of larger days it gets through so much less in a second as they are larger."""
    as_long: float = 1.0
    """It is not asked where it may not have so much of the time that it took for the last question."""
    pairs_as_long: float = 2.0
    """The same where pairs are to be counted in rooms that are chosen, and another criterion is to come."""
    as_long_for_two: float = 3.5
    """Two criteria are made small by one question where it may have so much of the time that it took."""
    pace_for_two: int = 4_000
    """How much of a day it gets through then in a second, as long as it is not known what it took."""
    pace_to_prove_two: int = 1_500
    """The same where both are to be proven."""
    share: float = 0.6
    """What part of the time that is left each question may take; the rest is for what it leaves open."""
    rooms_by_flows: int = 10_000
    """From more than so many on, counted as above, rooms that are open are first chosen by flows."""
    to_choose_rooms: float = 0.25
    """What part of the time that may take."""
    before_bounds_at_last: float = 0.6
    """What part of the time is for a search in rooms that are chosen, at the least, before bounds in any."""
    as_long_as_rooms: float = 1.5
    """How long flows may take for a bound of each criterion then, beside the time that rooms took them."""
    pace_of_bounds: int = 15_000
    """How much of a day is bounded in a second, in all other criteria."""
    each_bound_at_last: float = 0.15
    """What part of the rest it may take to raise each of these."""
    ways: int = 8
    """In how many ways rooms may be taken, at the most, for each of these to be asked by itself."""
    most_near: int = 40_000
    """Among so many seats at the most, near to what prices prove, it is asked first."""
    pace_near: int = 6_000
    """Among how many of them it finds its way in a second."""
    further: float = 0.003
    """How much further up, as a part of the bound, it is looked where nothing is at the bound itself."""
    hardly_more: float = 0.1
    """With up to so many more seats, as a part of them, it is looked at once for all that matters."""
    times_further: int = 3
    """How many times as far again where there is nothing there, either."""

    at_prices: float = 0.6
    """What part of the time that is left for a criterion it may take to bound it by rounds at prices."""
    far: float = 0.1
    """How far, as a part of its bound, a sum may be above it for rooms that were chosen to be good ones."""
    before_proofs: float = 0.4
    """What part HiGHS may take then in rooms that are chosen, where it will be asked again."""
    pace_of_prices: int = 5_000
    """How much of a day is bounded in a second so: so much is left to each criterion to come."""
    pace_of_first_prices: int = 8_000
    """The same of the first sum, beside which none is kept."""
    for_each: float = 0.15
    """What part of all the time that may be: where it takes longer, only the first sum is bounded so."""
    alone: float = 0.3
    """What part of the time that is left a bound beside HiGHS may take: the rounds alone, or a relaxation.

    At the last criterion it is the other way round: so much is left for a better assignment.
    """
    most_alone: int = 30_000
    """Up to this many, counted as above, the rounds are asked alone: with more it takes seconds for each."""
    flows: int = 60
    """How many flows may tell what a round comes to in any rooms: most need a handful."""
    listed_rooms: int = 400_000
    """Up to so many ways in which a round may take rooms are listed: of more CP-SAT chooses."""
    nearly_best: float = 0.1
    """How far steps, or their cubes, may be above what is known of any rooms in the end, as a part of it."""
    pace_of_flows: int = 15_000
    """For how much of a day they tell it in a second: so much is left to each criterion to come."""
    worth_flowing: float = 0.3
    """With less of that time they are not begun."""
    for_later: float = 0.5
    """What part of the time that is left is for criteria to come, at the most, whatever these take."""
    to_rule_out: float = 0.4
    """What part of the time that is left it may take to rule out rooms: what follows is so much quicker."""
    tight: float = 0.05
    """What part of a sum rounds may leave above their least for that: with more, nearly any room will do."""
    looks: int = 16
    """How often it is looked for rooms of a round: with more that are possible, few others are ruled out."""
    pace_relaxed: int = 8_000
    """How much of a day is relaxed in a second, or it is not begun: what is left unfinished tells nothing."""
    one_by_one: int = 6_000
    """On larger days each of a few ways to take rooms is asked by itself."""
    rooms_at_once: int = 500
    """Up to this many, HiGHS chooses open rooms as well; on larger days they may be chosen before."""
    relaxed_in_rooms: int = 500
    """From this many HiGHS is asked where rooms are open: in those that are chosen it takes it a moment."""
    room_choices: int = 150
    """With more rooms to choose from, counted for each session, HiGHS finds little while they are open."""
    pace_of_rounds: int = 2_400
    """Of how much of a large day the rounds choose rooms in a second, where that may lead nowhere."""
    pace_of_rounds_again: int = 1_350
    """The same where something good is known."""
    as_good: float = 0.025
    """They are not where a sum is no further above what flows tell of any rooms, as a part of that."""
    pace_by_parts: int = 3_000
    """How much of one is relaxed in a second, and seated in the rooms that have the greatest parts."""
    pace_with_rooms: int = 2_000
    """How much of a larger day it gets through in a second with rooms open, or it is not asked."""

    unruled: float = 0.35
    """What part of the time prices may take without rules, where HiGHS is not asked.

    So they may again of the rest, once open rooms are chosen, where there are other rules.
    """
    around_groups: float = 0.3
    """What part of the rest it may take to seat those whom groups bind, and then all others around them."""
    before_bounds: float = 0.35
    """What part of the rest is for a better assignment, a few people at a time, before anything is proven."""
    each_bound: float = 0.5
    """What part of the rest it may take to raise a bound, each time."""

    at_a_glance: float = 0.03
    """For what part of it seats are passed on before a solver is asked: enough, mostly, if it helps."""
    each_criterion: float = 0.5
    """What part of the rest a better assignment may take where other criteria are still to come."""

    worth_freeing: int = 240
    """With more people than this, some are freed at a time where asking about all of them left something."""
    freed: int = 60
    """How many people are freed at a time."""
    freed_effort: float = 0.1
    """How long CP-SAT may try at each neighbourhood."""
    freed_passes: int = 3
    """How often everybody is freed once, at the most."""
    freed_attempts: int = 5
    """How often some are freed to bring everybody within a limit."""
    worthwhile: float = 0.01
    """What part of the whole freeing everybody once has to gain, or the search ends."""

    balanced: int = 300
    """How many of those without wishes are spread at a time, where that is not each round's own affair."""
    balanced_attempts: int = 10
    """How often some of them are spread, at the most: a result that is lawful is there already."""
    balanced_effort: float = 2.0
    """How long CP-SAT may try at each of them."""

    near_passes: int = 2
    """How often each round is seated by itself, under rules, near to where people would be without them."""
    party_attempts: int = 4
    """How often those who stay together are seated in a round, where they are in the way of the others."""
    mended: int = 1000
    """By how many a flow may break what is asked, for people to be moved one by one until it is kept."""
    lawful_effort: float = 10.0
    """How long each question may take of whether everybody can be seated; it takes a hundredth of that."""
    hurried_effort: float = 0.6
    """How long any seats at all may take in a round, once the time is up."""
    lists_effort: float = 60.0
    """How long CP-SAT may look for any seats in rounds that share a list, where nothing else finds them."""
    clashes: int = 20
    """Clashes of one round beyond which no more are listed: nobody reads them."""

    breath: float = 0.05
    """Seconds between two looks at the keyboard and the clock."""

    def __post_init__(self) -> None:
        faults = list(self._faults())
        if faults:
            raise ValueError("; ".join(faults))

    def _faults(self) -> Iterator[str]:
        for field in fields(self):
            value = getattr(self, field.name)
            least = 1 if field.name in AT_LEAST_ONE else 0
            if field.name != "given_up" and not (isfinite(value) and value >= least):
                yield f"{field.name} is {value}, but must be {least} at least"
        if any(one >= other for one, other in pairwise((0, *self.given_up))):
            yield f"given_up must rise from above 0: {self.given_up}"
        if self.worthwhile > 1:
            yield f"worthwhile is a part of the whole, not {self.worthwhile}"
        if self.breath == 0:
            yield "breath must be above 0, or the search has to wait"


AT_LEAST_ONE = {
    "evaluations",
    "pace_of_sums",
    "exchange_probes",
    "pool",
    "easy",
    "passes",
    "excess",
    "near_passes",
    "freed",
    "balanced",
}
"""Limits without any of which nothing would be done at all."""

DEFAULT = Limits()
"""The limits that serve at every size: from a handful of participants to a million of them."""
