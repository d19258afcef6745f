"""What each round comes to alone, exactly: a bound of what is summed over rounds, and what rooms to take.

Rules bind people within a round. Only sums over regrets, and `worst`, tie the rounds to each other; so the
least that a criterion comes to in each round, summed, is a bound of the whole day. Where rooms are open, or
sessions may be cancelled, it is far above what relaxations know, in which half of a session is in one room
and half in another: a round is small enough for CP-SAT to make every such choice.

What a criterion is to stay within in a round is what the others leave of it, at the least that they come to.
Where steps, and what is kept, have prices (priced.py), the rounds know of sums over whole days as well; and
what they cost at prices has a limit in each round in the same way.

Legend: `total` comes to 3 in R1 at the least and to 5 in R2, and 9 was reached. Whatever is as good takes at
most 9 - 5 = 4 steps in R1; and if two people are in sessions of their own there at the least, and one in R2,
`avoid_own` is at least 3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from midtvejs.domain.fairness import OF_PAIRS, OVER_SEATS, Criterion
from midtvejs.domain.program import Session
from midtvejs.solving.cpsat.possible import Possible, narrowed, possible_in
from midtvejs.solving.cpsat.priced import UNIT, Prices
from midtvejs.solving.cpsat.question import Answer, Question
from midtvejs.solving.cpsat.stated import Verdict
from midtvejs.solving.instance.case import Case, Choice
from midtvejs.solving.instance.parties import is_plain
from midtvejs.solving.stop import Stop

OF_ROUNDS = frozenset(OVER_SEATS) | OF_PAIRS
"""The criteria that are sums of what they come to in each round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """``bound`` is nothing below which the day comes to; ``choices`` are the best of each round.

    These keep the rules of each round, but are within no limit of whole days.
    """

    bound: int
    choices: list[Choice]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Least:
    """The least that a criterion comes to in each round, within limits of others."""

    by_round: tuple[int, ...]
    limits: Mapping[Criterion, int]

    def holds_within(self, limits: Mapping[Criterion, int]) -> bool:
        """Return whether these limits are no looser."""
        return all(
            criterion in limits and limits[criterion] <= value for criterion, value in self.limits.items()
        )


NOTHING_KNOWN: Mapping[Criterion, _Least] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Priced:
    """What each round costs at the least, and what all regrets do, at the prices of a criterion."""

    criterion: Criterion
    prices: Prices
    least: _Least
    of_regrets: int

    def holds_within(self, limits: Mapping[Criterion, int]) -> bool:
        """Return whether all that has a price has a limit, and none is looser than it was."""
        return self.prices.weights.keys() <= limits.keys() and self.least.holds_within(limits)

    def left(self, limits: Mapping[Criterion, int]) -> int:
        """Return what is left within limits beside what is the least."""
        return self.prices.limit(limits) - self.of_regrets - sum(self.least.by_round)


def can_be_alone(case: Case) -> bool:
    """Return whether the rounds can be looked at alone, and there is more to decide in them than seats."""
    return is_plain(case) and any(is_open(session) for session in case.program.sittings.values())


def is_open(session: Session) -> bool:
    """Return whether it is to be decided in which room a session is, or whether it is held at all."""
    return bool(session.rooms) or (session.may_be_cancelled and session.most != 0)


class RoundsAlone:
    """The rounds of a case for which ``can_be_alone`` holds, and what is ``known`` of each.

    ``possible`` is what there is of each session, if that is known: the case is narrow, and has nothing else.
    """

    def __init__(
        self,
        case: Case,
        *,
        seed: int,
        known: Mapping[Criterion, _Least] = NOTHING_KNOWN,
        priced: Sequence[_Priced] = (),
        possible: Sequence[Sequence[Possible]] = (),
    ) -> None:
        self.case = case
        self.possible = possible
        self._seed = seed
        self._known = dict(known)
        self._priced = [*priced]

    @cached_property
    def _rounds(self) -> list[Case]:
        return [self.case.alone(number) for number in range(len(self.case.rounds))]

    def minimise(
        self, criterion: Criterion, limits: Mapping[Criterion, int], start: Sequence[Choice], stop: Stop
    ) -> Alone | None:
        """Make a criterion of ``OF_ROUNDS`` small in each round, within limits that stand in their order.

        ``start`` is where to look first. None where a round alone shows that nothing is within the limits.
        """
        self._minimise_kept(limits, start, stop)
        return self._minimise(criterion, limits, start, stop)

    def price(
        self,
        criterion: Criterion,
        prices: Prices,
        limits: Mapping[Criterion, int],
        start: Sequence[Choice],
        stop: Stop,
    ) -> int:
        """Bound a criterion by what the rounds cost at prices, within limits that ``start`` is within."""
        answers = self._ask_each(limits, start, stop, prices=prices)
        if answers is None:
            return 0
        worst = limits.get(Criterion.WORST, self.case.furthest)
        priced = _Priced(
            criterion=criterion,
            prices=prices,
            least=_least_of(answers, limits),
            of_regrets=prices.least_of_regrets(self.case, worst),
        )
        self._priced.append(priced)
        return max(0, -(priced.left({**limits, criterion: 0}) // UNIT))

    def narrow(
        self, limits: Mapping[Criterion, int], start: Sequence[Choice], stop: Stop
    ) -> RoundsAlone | None:
        """Return the rounds with the rooms that are possible within limits; None where no fewer are known.

        ``start`` is within them, and nothing that is within them is lost.
        """
        if not self._are_tight_at_prices(limits):
            self._minimise_kept(limits, start, stop)
            if not self._are_tight(limits):
                return None
        found: list[list[Possible]] = []
        for number, case in enumerate(self._rounds):
            column = [(choice[number],) for choice in start]
            within, part = self._limits(number, limits), stop.part(1 / (len(self._rounds) - number))
            priced = self._priced_limits(number, limits)
            possible = possible_in(case, within, column, seed=self._seed, stop=part, priced=priced)
            if possible is None:
                # Where nearly any rooms will do in one round, little is known of the day.
                return None
            found.append(possible)
        fewer = narrowed(self.case, found)
        if fewer is None:
            return None
        return RoundsAlone(fewer, seed=self._seed, known=self._known, priced=self._priced, possible=found)

    def _are_tight(self, limits: Mapping[Criterion, int]) -> bool:
        """Return whether limits leave so little beside what rounds take at the least that rooms matter."""
        return any(
            least is not None and value - sum(least) <= self.case.limits.tight * value
            for criterion, value in limits.items()
            for least in [self._least_of(criterion, limits)]
        )

    def _are_tight_at_prices(self, limits: Mapping[Criterion, int]) -> bool:
        """Return the same of what rounds cost at the least at any of the prices."""
        return any(
            priced.left(limits) <= UNIT * self.case.limits.tight * limits[priced.criterion]
            for priced in self._priced
            if priced.holds_within(limits)
        )

    def _minimise_kept(self, limits: Mapping[Criterion, int], start: Sequence[Choice], stop: Stop) -> None:
        """Find out what each round takes of what is kept at the least, in the order of the limits."""
        before: dict[Criterion, int] = {}
        for kept, value in limits.items():
            if kept in OVER_SEATS and self._least_of(kept, before) is None:
                self._minimise(kept, before, start, stop.part(1 / 2))
            before[kept] = value

    def _least_of(self, criterion: Criterion, limits: Mapping[Criterion, int]) -> tuple[int, ...] | None:
        known = self._known.get(criterion)
        return known.by_round if known and known.holds_within(limits) else None

    def _minimise(
        self, criterion: Criterion, limits: Mapping[Criterion, int], start: Sequence[Choice], stop: Stop
    ) -> Alone | None:
        answers = self._ask_each(limits, start, stop, minimise=criterion)
        if answers is None:
            return None
        least = self._known[criterion] = _least_of(answers, limits)
        columns = [
            [choice for (choice,) in answer.choices]
            if answer.choices
            else [choice[number] for choice in start]
            for number, answer in enumerate(answers)
        ]
        return Alone(bound=sum(least.by_round), choices=list(zip(*columns, strict=True)))

    def _ask_each(
        self,
        limits: Mapping[Criterion, int],
        start: Sequence[Choice],
        stop: Stop,
        *,
        minimise: Criterion | None = None,
        prices: Prices | None = None,
    ) -> list[Answer] | None:
        """Ask for the least of each round; None where one of them shows that nothing is within the limits."""
        answers = []
        for number, case in enumerate(self._rounds):
            question = Question(
                case=case,
                limits=self._limits(number, limits),
                minimise=minimise,
                prices=prices,
                priced=self._priced_limits(number, limits),
            )
            column = [(choice[number],) for choice in start]
            part = stop.part(1 / (len(self._rounds) - number))
            answer = question.ask(column, seed=self._seed, stop=part, effort=case.limits.coupled_effort)
            if answer.outcome.verdict is Verdict.IMPOSSIBLE:
                return None
            answers.append(answer)
        return answers

    def _priced_limits(self, number: int, limits: Mapping[Criterion, int]) -> list[tuple[Prices, int]]:
        """Return what a round may cost at each of the prices, where the others cost the least."""
        return [
            (priced.prices, priced.left(limits) + priced.least.by_round[number])
            for priced in self._priced
            if priced.holds_within(limits)
        ]

    def _limits(self, number: int, limits: Mapping[Criterion, int]) -> dict[Criterion, int]:
        """Return what the others leave of each limit to a round, as far as it is known what they take."""
        left: dict[Criterion, int] = {}
        for criterion, value in limits.items():
            least = self._least_of(criterion, limits)
            if criterion is Criterion.WORST:
                left[criterion] = value
            elif least is not None:
                left[criterion] = value - sum(least) + least[number]
        return left


def _least_of(answers: Sequence[Answer], limits: Mapping[Criterion, int]) -> _Least:
    """Return what nothing is below in each round, as it was answered; what is made small is never below 0."""
    return _Least(by_round=tuple(max(0, answer.outcome.bound) for answer in answers), limits=dict(limits))
