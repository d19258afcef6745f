"""What nothing is below: recomputed from prices, or by counting heads, by anyone who doubts a certificate.

Give every session a price a seat, in 1 / SCALE of a step. Whatever the prices, no lawful assignment comes to
less than what everybody would pay, each taking the day that is cheapest for them in the criterion and prices
together, less the prices of all the seats there are (solving/prices/relaxation.py says why). So anyone who is
given the prices recomputes the bound in one pass over the participants, and needs no solver to believe it.

What an earlier stage reached is a limit like the seats are, with a price a unit. For `worst` the criterion is
how many participants cannot be kept within a regret of ``worst``: more than none proves it impossible.

A participant's day is made of what is open to them: pins, bans, absence and steps narrow it. Rules that bind
participants to each other are left out, which can only make the bound lower. So does it that presenters cost
nothing, though a cancelled session sets them free, and that rooms still open have their most seats where
seats are dearest.

With a pencil: one round, 1A with 2 seats and 1B with 2; Åse, Bo and Cai wish for 1A first. At a price of 1
for 1A each of them pays 1, in price or in steps: 3, less 2 for the seats, is 1. Pin Cai to 1B, and that costs
1 already, the others nothing: 1 again, without any prices.

This module shares no code with the solver, and says anew what the criteria charge for a seat and for a day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product
from math import comb
from typing import assert_never

from midtvejs.domain.certificate import SCALE, Proof
from midtvejs.domain.fairness import CRITERIA, Criterion, Subject
from midtvejs.domain.participants import Participant, Wishes, fold
from midtvejs.domain.program import Program, Round

Options = tuple[tuple[int, int], ...]
"""What there is to choose from: numbers of steps, rising, each with its least cost in 1 / SCALE, falling.

More steps that are no cheaper are never worth it, and left out: so most lists of wishes come to the same.
"""

Offer = tuple[tuple[str, ...], frozenset[str], frozenset[str]]
"""A participant's wishes in a round, what is open to them there, and what of it is theirs."""

NOTHING: frozenset[str] = frozenset()


def bound_of(proof: Proof, program: Program, participants: Iterable[Participant]) -> int:
    """Recompute what the prices prove: nothing is below this whole number.

    Prices below 0, or of sessions that there are not, prove nothing, and are counted as 0.

    Raises:
        ValueError: of a sum, where a participant has no day within the limit.
    """
    prices = {code: max(0, proof.prices.get(code, 0)) for code in program.sessions}
    limits = {criterion: max(0, proof.kept_prices.get(criterion, 0)) for criterion in proof.kept}
    weights = {**limits, proof.criterion: SCALE}
    paid = _sum_payments(proof, program, tuple(participants), prices, weights)
    seats = sum(_worth_of_seats(round_, prices) for round_ in program.rounds)
    kept = sum(price * proof.kept[criterion] for criterion, price in limits.items())
    return max(0, -(-(paid - seats - kept) // SCALE))


def odd_or_even(criterion: Criterion, bound: int, settled: Mapping[Criterion, int]) -> int:
    """Raise a bound on `even` or `total` by 1 where that is the nearest that it can be.

    A square is odd where its root is, so a sum of squares is odd where the sum is. ``settled`` are the
    earlier criteria of which the least possible value is known: nothing that keeps them has any other.
    """
    other = {Criterion.EVEN: Criterion.TOTAL, Criterion.TOTAL: Criterion.EVEN}.get(criterion)
    return bound if other is None or other not in settled else bound + (settled[other] - bound) % 2


def pairs_at_least(program: Program, participants: Iterable[Participant]) -> int:
    """Count the pairs of one organisation that share a session however evenly each of them is spread.

    With 5 of an organisation over 3 sessions, 2, 2 and 1 of them: 2 pairs.
    """
    people = tuple(participants)
    pairs = 0
    for round_ in program.rounds:
        seated = Counter(fold(each.organisation) for each in people if _takes_a_seat(each, round_))
        sessions = len(round_.sessions)
        for organisation, count in seated.items():
            each, more = divmod(count, sessions)
            pairs += sessions * comb(each, 2) + more * each if organisation else 0
    return pairs


def _takes_a_seat(person: Participant, round_: Round) -> bool:
    """Return whether a participant takes a seat as long as no session is cancelled."""
    if not (person.presents or person.absent):
        return True
    return person.attends(round_) and person.presents_in(round_) is None


def _worth_of_seats(round_: Round, prices: Mapping[str, int]) -> int:
    """Return the price of all the seats of a round; open rooms go to the dearest sessions, the largest first.

    A room counts with the most seats that any of those sessions would have in it.
    """
    worth = sum(prices[session.code] * session.seats for session in round_.sessions if not session.rooms)
    most: dict[str, int] = defaultdict(int)
    waiting = [session for session in round_.sessions if session.rooms]
    for session in waiting:
        for room in session.rooms:
            most[room.name] = max(most[room.name], session.seats_in(room))
    dearest = sorted((prices[session.code] for session in waiting), reverse=True)
    # With fewer rooms than sessions, the cheapest are the ones that are not held.
    largest = sorted(most.values(), reverse=True)
    return worth + sum(price * seats for price, seats in zip(dearest, largest, strict=False))


def _sum_payments(
    proof: Proof,
    program: Program,
    participants: tuple[Participant, ...],
    prices: Mapping[str, int],
    weights: Mapping[Criterion, int],
) -> int:
    """Return what everybody pays together. Who has the same options all day is counted once."""
    rounds = [
        _Priced(index, round_, prices, weights, proof.worst) for index, round_ in enumerate(program.rounds)
    ]
    columns = [[priced.kind_of(person) for person in participants] for priced in rounds]
    options = [priced.options for priced in rounds]

    @cache
    def days(kinds: tuple[int, ...]) -> Options:
        """Join the options of the first rounds, as many as there are ``kinds``."""
        if not kinds:
            return ((0, 0),)
        *earlier, last = kinds
        ways = product(days(tuple(earlier)), options[len(earlier)][last])
        return _worthwhile(
            ((regret + steps, spent + cost) for (regret, spent), (steps, cost) in ways), proof.worst
        )

    alike = Counter(zip(*columns, strict=True))
    return sum(count * _cheapest(proof, weights, days(kinds)) for kinds, count in alike.items())


def _cheapest(proof: Proof, weights: Mapping[Criterion, int], days: Options) -> int:
    """Return what the cheapest day costs, regret and prices together; for `worst`, 1 at the most."""
    square = weights.get(Criterion.EVEN, 0)
    cost = min((spent + square * regret * regret for regret, spent in days), default=None)
    if proof.criterion is Criterion.WORST:
        return SCALE if cost is None else min(SCALE, cost)
    if cost is None:
        raise ValueError("somebody has no day within the limit, though the limit was reached")
    return cost


def _worthwhile(ways: Iterable[tuple[int, int]], worst: int | None) -> Options:
    """Keep what is within the limit, and cheaper than anything with as few steps."""
    kept: list[tuple[int, int]] = []
    for steps, cost in sorted(ways):
        if (worst is None or steps <= worst) and (not kept or cost < kept[-1][1]):
            kept.append((steps, cost))
    return tuple(kept)


class _Priced:
    """One round at its prices, in which everybody has one of few kinds of options."""

    def __init__(
        self,
        index: int,
        round_: Round,
        prices: Mapping[str, int],
        weights: Mapping[Criterion, int],
        worst: int | None,
    ) -> None:
        self._index = index
        self._round = round_
        self._prices = prices
        self._weights = [(criterion, weight) for criterion, weight in weights.items() if weight]
        self._worst = worst
        self._all = frozenset(session.code for session in round_.sessions)
        self._theirs = _theirs(round_) if _by_owners(weights) else {}
        self._kinds: dict[Options, int] = {}
        self._known: dict[Offer | None, int] = {}

    @property
    def options(self) -> list[Options]:
        """The options of each kind, as far as a participant was asked for."""
        return list(self._kinds)

    def kind_of(self, person: Participant) -> int:
        """Number what a participant can choose from; what was priced for another is not priced again."""
        offer = self._offer(person) if _takes_a_seat(person, self._round) else None
        if offer not in self._known:
            options = ((0, 0),) if offer is None else self._price(offer)
            self._known[offer] = self._kinds.setdefault(options, len(self._kinds))
        return self._known[offer]

    def _offer(self, person: Participant) -> Offer:
        is_open = person.open_to_them(self._round) if person.pins or person.step_free else self._all
        own = self._theirs.get(fold(person.organisation), NOTHING) if self._theirs else NOTHING
        return person.wishes[self._index].codes, is_open, own

    def _price(self, offer: Offer) -> Options:
        codes, is_open, own = offer
        wishes = Wishes(codes)
        ways = (
            (wishes.steps(code), self._prices[code] + self._burden(wishes, code, own)) for code in is_open
        )
        return _worthwhile(ways, self._worst)

    def _burden(self, wishes: Wishes, code: str, own: frozenset[str]) -> int:
        """Return what the criteria charge for a seat in a session."""
        steps, listed = wishes.steps(code), len(wishes.codes)
        return sum(
            weight * _burden_of(criterion, steps, listed, is_own=code in own)
            for criterion, weight in self._weights
        )


def _burden_of(criterion: Criterion, steps: int, listed: int, *, is_own: bool) -> int:
    """Return what a criterion charges for a seat so many steps below the first wish of those listed."""
    match criterion:
        case Criterion.TOTAL:
            return steps
        case Criterion.FIRST:
            return int(steps > 0)
        case Criterion.UNLISTED:
            return int(steps == listed > 0)
        case Criterion.AVOID_OWN:
            return int(is_own)
        case Criterion.WORST | Criterion.EVEN | Criterion.SPREAD:
            return 0  # Whole days are charged for these, or nobody is.
        case _:
            assert_never(criterion)


def _by_owners(weights: Mapping[Criterion, int]) -> bool:
    return any(weight and CRITERIA[each].subject is Subject.OWNERS for each, weight in weights.items())


def _theirs(round_: Round) -> Mapping[str, frozenset[str]]:
    """Return the codes of the sessions behind which each organisation stands, by its folded name."""
    codes: dict[str, set[str]] = defaultdict(set)
    for session in round_.sessions:
        for organisation in session.by:
            codes[fold(organisation)].add(session.code)
    return {organisation: frozenset(own) for organisation, own in codes.items() if organisation}
