"""What fair means: the criteria, each defined once in CRITERIA, and what was proven of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Criterion(StrEnum):
    """What the solver makes as small as it can, one criterion after the other; CRITERIA defines each."""

    WORST = "worst"
    TOTAL = "total"
    EVEN = "even"
    FIRST = "first"
    UNLISTED = "unlisted"
    SPREAD = "spread"
    AVOID_OWN = "avoid_own"
    FRIENDS = "friends"
    MOVED = "moved"
    MOVED_SEATS = "moved_seats"
    DISPLACED = "displaced"


class Status(StrEnum):
    """What is known of an assignment: every stage is proven, or not; UNLAWFUL where it breaks a rule."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    UNLAWFUL = "unlawful"


class Evidence(StrEnum):
    """What a stage's bound rests on.

    ``counting``: it follows from how many people of each organisation there are, or from what is open to
    both of two friends, without any prices. Prices may prove more of a criterion that is counted.
    ``solver``: neither prices nor counting reach it, and the rest is the word of CP-SAT or HiGHS.
    ``none``: nothing more is known than that nothing is below 0, and more was reached.
    """

    PRICES = "prices"
    COUNTING = "counting"
    SOLVER = "solver"
    NONE = "none"


class Subject(StrEnum):
    """What a criterion asks about.

    That is wishes, the organisations behind sessions, those of participants, whom they would like to be with,
    or an earlier assignment.
    """

    WISHES = "wishes"
    OWNERS = "owners"
    COLLEAGUES = "colleagues"
    FRIENDS = "friends"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """The facts of a seat. ``steps``: how many of the ``listed`` wishes above it its holder does not attend.

    Without wishes, both are 0. ``own``: in a session of its holder's own organisation. ``moved``: its holder
    had another one in that round, or none, in the assignment that is kept. Who presents, or does not attend,
    takes no seat.

    Where one list is for several ``rounds``, so many as its holder takes seats in, ``place`` is how many
    wishes stand above the session, all of them where it is not listed; in a block of one round (None) these
    are the steps. ``spare``: the list is too short for so many rounds, and nobody could have wished for it.
    """

    steps: int
    listed: int
    own: bool = False
    moved: bool = False
    place: int | None = None
    rounds: int = 1
    spare: bool = False

    @property
    def above(self) -> int:
        """How many wishes stand above the session on its holder's list; all where it is not on it."""
        return self.steps if self.place is None else self.place

    @property
    def wished(self) -> bool:
        """Whether its holder had a wish to spend on it."""
        return self.listed > 0 and not self.spare

    @property
    def first(self) -> bool:
        """Whether it is among as many first wishes as its holder takes seats; so is it without wishes."""
        return not self.wished or self.above < min(self.rounds, self.listed)

    @property
    def unlisted(self) -> bool:
        """Whether its holder wished for something else."""
        return self.wished and self.above == self.listed


@dataclass(frozen=True, slots=True)
class SumOverSeats:
    """The sum of an amount for each seat, 0 or more."""

    amount: Callable[[Seat], int]


@dataclass(frozen=True, slots=True)
class SumOverRegrets:
    """The sum of an amount for each regret: 0 for none, and no step adds less than the step before it."""

    amount: Callable[[int], int]


@dataclass(frozen=True, slots=True)
class SumOverMoved:
    """The sum of an amount for each participant of whose seats any is a moved one.

    It is for the steps that they gain; unless ``by_gain``, for whatever they gain.
    """

    amount: Callable[[int], int]
    by_gain: bool = True


@dataclass(frozen=True, slots=True)
class HighestRegret:
    """The highest of all regrets."""


@dataclass(frozen=True, slots=True)
class PairsOfColleagues:
    """The pairs of one organisation in the audience of one session."""


@dataclass(frozen=True, slots=True)
class FriendsApart:
    """The pairs of friends who are apart, round by round.

    Friends are two who named each other. They are apart in each round in which both take a seat, and not in
    the same session: neither counts where one of them presents, or does not attend.
    """


Measure = SumOverSeats | SumOverRegrets | SumOverMoved | HighestRegret | PairsOfColleagues | FriendsApart
"""How a criterion comes to a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A criterion: its ``meaning`` in words, and what bounds it from below beside the solver.

    A round without wishes counts in no criterion whose subject is wishes. Where one list is for k rounds, the
    first k wishes are its first.
    """

    meaning: str
    measure: Measure
    subject: Subject = Subject.WISHES
    evidence: Evidence = Evidence.PRICES


CRITERIA: Mapping[Criterion, Definition] = {
    Criterion.WORST: Definition(
        meaning="the highest regret anybody has",
        measure=HighestRegret(),
    ),
    Criterion.TOTAL: Definition(
        meaning="the sum of all regrets",
        measure=SumOverSeats(lambda seat: seat.steps),
    ),
    Criterion.EVEN: Definition(
        meaning="the sum of squared regrets",
        measure=SumOverRegrets(lambda regret: regret * regret),
    ),
    Criterion.FIRST: Definition(
        meaning="seats that are not their holder's first wish",
        measure=SumOverSeats(lambda seat: int(not seat.first)),
    ),
    Criterion.UNLISTED: Definition(
        meaning="seats in sessions their holder did not list",
        measure=SumOverSeats(lambda seat: int(seat.unlisted)),
    ),
    Criterion.SPREAD: Definition(
        meaning="pairs of one organisation in the audience of one session",
        measure=PairsOfColleagues(),
        subject=Subject.COLLEAGUES,
        evidence=Evidence.COUNTING,
    ),
    Criterion.AVOID_OWN: Definition(
        meaning="seats in a session of their holder's own organisation",
        measure=SumOverSeats(lambda seat: int(seat.own)),
        subject=Subject.OWNERS,
    ),
    Criterion.FRIENDS: Definition(
        meaning="pairs who named each other and are apart, counted in each round",
        measure=FriendsApart(),
        subject=Subject.FRIENDS,
        # A price a pair would prove nothing.
        evidence=Evidence.COUNTING,
    ),
    Criterion.MOVED: Definition(
        meaning="participants moved: their earlier day changes",
        measure=SumOverMoved(lambda _gain: 1, by_gain=False),
        subject=Subject.EARLIER,
    ),
    Criterion.MOVED_SEATS: Definition(
        meaning="seats that their holder did not have in the earlier assignment",
        measure=SumOverSeats(lambda seat: int(seat.moved)),
        subject=Subject.EARLIER,
    ),
    Criterion.DISPLACED: Definition(
        meaning="participants moved without a gain",
        measure=SumOverMoved(lambda gain: int(gain <= 0)),
        subject=Subject.EARLIER,
    ),
}
"""Every criterion there is: one without a definition ends the import of this module.

The solver minimises what is said here. The judge (profile.py, criteria.py) and the bound (bound.py) say anew
what each means, so that a mistake here is noticed; where they lack one, mypy tells.
"""

_DEFINED = {criterion: CRITERIA[criterion] for criterion in Criterion}

OVER_SEATS: Mapping[Criterion, Callable[[Seat], int]] = {
    criterion: each.measure.amount
    for criterion, each in _DEFINED.items()
    if isinstance(each.measure, SumOverSeats)
}
"""The criteria that are sums over seats, each with its amount for a seat."""

OVER_REGRETS: Mapping[Criterion, Callable[[int], int]] = {
    criterion: each.measure.amount
    for criterion, each in _DEFINED.items()
    if isinstance(each.measure, SumOverRegrets)
}
"""The criteria that are sums over regrets, each with its amount for a regret."""

OVER_MOVED: Mapping[Criterion, Callable[[int], int]] = {
    criterion: each.measure.amount
    for criterion, each in _DEFINED.items()
    if isinstance(each.measure, SumOverMoved)
}
"""The criteria that are sums over those who are moved, each with its amount for the steps they gain."""

OF_WHOLE_DAYS = frozenset(OVER_REGRETS) | {
    criterion
    for criterion, each in _DEFINED.items()
    if isinstance(each.measure, SumOverMoved) and each.measure.by_gain
}
"""The sums of which a day's part cannot be told before its regret is known."""

SUMS = (*OVER_SEATS, *OVER_REGRETS, *OVER_MOVED)
"""The criteria that are sums over participants: each adds what their own day comes to."""

OF_PAIRS = frozenset(
    criterion
    for criterion, each in _DEFINED.items()
    if isinstance(each.measure, PairsOfColleagues | FriendsApart)
)
"""The criteria that count pairs of participants, and so are nobody's alone."""

OF_WISHES = tuple(criterion for criterion, each in _DEFINED.items() if each.subject is Subject.WISHES)
"""The criteria that only wishes bear on."""

OF_EARLIER = tuple(criterion for criterion, each in _DEFINED.items() if each.subject is Subject.EARLIER)
"""The criteria of an assignment that is to be kept; without one they are 0, and no program asks for them."""


def counting_falls_short(criterion: Criterion, evidence: Evidence) -> bool:
    """Return whether prices prove what is otherwise counted."""
    return evidence is Evidence.PRICES and CRITERIA[criterion].evidence is Evidence.COUNTING


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What the solver reached for one criterion. ``bound``: nothing is lower that keeps the stages before.

    ``recomputable`` is how far prices or counting alone reach: a bound above it is the solver's word.
    ``priced``: that far prices reach, and counting, by which the criterion is bounded otherwise, does not.
    """

    criterion: Criterion
    value: int
    bound: int
    recomputable: int
    priced: bool = False

    @property
    def proven(self) -> bool:
        """Whether no lawful assignment is better that keeps what earlier stages reached."""
        return self.value == self.bound

    @property
    def gap(self) -> int:
        return self.value - self.bound

    @property
    def evidence(self) -> Evidence:
        """Return what the bound rests on. That nothing is below 0 needs no word of the solver."""
        if self.bound > self.recomputable:
            return Evidence.SOLVER
        if not self.bound and not self.proven:
            return Evidence.NONE
        return Evidence.PRICES if self.priced else CRITERIA[self.criterion].evidence

    @property
    def by_word(self) -> bool:
        """Whether its bound is the solver's word."""
        return self.evidence is Evidence.SOLVER


class Verdict(StrEnum):
    """Which of two results is fairer, as far as it is proven: the second is BETTER, WORSE or the SAME."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNPROVEN = "unproven"


def compare_stages(before: Iterable[Stage], after: Iterable[Stage]) -> Verdict:
    """Compare the stages of two programs, criterion by criterion.

    Better is what no assignment of the program before could have reached, worse what none of the program
    after can: where a proof is missing, what was found says nothing of what there is.
    """
    for one, other in zip(before, after, strict=True):
        if other.value < one.bound:
            return Verdict.BETTER
        if one.value < other.bound:
            return Verdict.WORSE
        if not (one.proven and other.proven):
            return Verdict.UNPROVEN
    return Verdict.SAME
