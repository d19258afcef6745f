"""What nothing is below: recomputed from prices, or by counting heads, by anyone who doubts a certificate.

Give every sitting a price a seat, in 1 / SCALE of a step. Whatever the prices, no lawful assignment comes to
less than what everybody would pay, each taking the day that is cheapest for them in the criterion and prices
together, less the prices of all the seats there are (solving/prices/relaxation.py says why). So anyone who is
given the prices recomputes the bound in one pass over the participants, and needs no solver to believe it.

What an earlier stage reached is a limit like the seats are, with a price a unit. For `worst` the criterion is
how many participants cannot be kept within a regret of ``worst``: more than none proves it impossible.

A participant's day is made of what is open to them: pins, bans, absence and steps narrow it, and nobody takes
a seat in a session twice (cheapest.py). Those who are to be together choose their day as one (parties.py),
where the certificate says so. Whatever else limits who is in a session is priced as seats are: at most so
many of one organisation, of whom each pays the price, one at most of those who are to be apart, and the least
audience, where those who come are paid. Where pairs of colleagues are counted, those of an organisation pay a
price for a seat of theirs, and the most that any number of them would pay in a session beyond the number of
their pairs is taken away. Rules that nobody has put a price on are left out, which can only
make the bound lower. So does it that presenters whose session may be cancelled either present it or take
a seat, whatever is cheaper for them, and that rooms still open have their most seats where seats are dearest.

With a pencil: one round, 1A with 2 seats and 1B with 2; Åse, Bo and Cai wish for 1A first. At a price of 1
for 1A each of them pays 1, in price or in steps: 3, less 2 for the seats, is 1. Pin Cai to 1B, and that costs
1 already, the others nothing: 1 again, without any prices.

This module shares no code with the solver, and says anew what the criteria charge for a seat and for a day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import Enum, auto
from functools import cache
from itertools import product
from math import comb
from typing import NamedTuple, assert_never

from midtvejs.auditing.cheapest import (
    APART,
    Charges,
    Limited,
    Limits,
    Options,
    PricedBlock,
    Trait,
    worthwhile,
)
from midtvejs.auditing.parties import Party, PricedParties, find_parties
from midtvejs.domain.certificate import SCALE, Proof
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant
from midtvejs.domain.profile import regret_before
from midtvejs.domain.program import Program, Round
from midtvejs.domain.quotas import is_counted
from midtvejs.domain.rules import Company, Group
from midtvejs.domain.traits import trait_of


def bound_of(proof: Proof, program: Program, participants: Iterable[Participant]) -> int:
    """Recompute what the prices prove: nothing is below this whole number.

    Prices below 0, or of sittings that there are not, prove nothing, and are counted as 0. Seats beyond the
    number of participants are worth nothing.

    Raises:
        ValueError: of a sum, where a participant has no day within the limit.
    """
    people = tuple(participants)
    limits = {criterion: max(0, proof.kept_prices.get(criterion, 0)) for criterion in proof.kept}
    prices = _Prices(
        seats={key: max(0, proof.prices.get(key, 0)) for key in program.sittings},
        limited=_find_limited(proof, program, people),
        least=_prices_of_audiences(proof, program),
        colleagues=_prices_of_colleagues(proof, program),
        weights={**limits, proof.criterion: SCALE},
    )
    paid = _sum_payments(proof, program, people, prices)
    worth = sum(_worth_of_seats(round_, prices.seats, len(people)) for round_ in program.rounds)
    worth += sum(price * proof.kept[criterion] for criterion, price in limits.items())
    worth += sum(_worth_of_rules(program, prices, key, len(people)) for key in program.sittings)
    worth += _worth_of_colleagues(program, people, prices)
    return max(0, -(-(paid - worth) // SCALE))


class _Prices(NamedTuple):
    """What is paid: for seats, by the key of a sitting, by those who are limited there, and for criteria.

    ``least`` is what those are paid who come to a sitting, and ``colleagues`` pay beside what is ``limited``.
    """

    seats: Mapping[str, int]
    limited: Limited
    least: Mapping[str, int]
    colleagues: Mapping[Trait, Mapping[str, int]]
    weights: Mapping[Criterion, int]

    @property
    def paid(self) -> Limited:
        """What those pay in a sitting who are limited there, or have colleagues."""
        limited = self.limited.prices
        prices = {
            of_whom: Counter(limited.get(of_whom, {})) + Counter(self.colleagues.get(of_whom, {}))
            for of_whom in limited.keys() | self.colleagues.keys()
        }
        return replace(self.limited, prices=prices)


def _find_limited(proof: Proof, program: Program, people: Sequence[Participant]) -> Limited:
    """Return the prices of those of whom so many at most may be in a sitting; any others count as none."""
    asked = {
        (group, trait): of for group, of_group in proof.at_most.items() for trait, of in of_group.items()
    }
    prices = {
        of_whom: {
            key: price
            for key, price in priced.items()
            if price > 0 and key in program.sittings and _numbers_allowed(program, key, of_whom)
        }
        for of_whom, priced in asked.items()
    }
    apart: dict[str, tuple[Trait, ...]] = {}
    for number, (group, keys) in enumerate(_groups_apart(people) if proof.apart else ()):
        of_whom = APART, str(number)
        prices[of_whom] = {
            key: price
            for key, price in proof.apart.get(str(number), {}).items()
            if price > 0 and key in program.sittings and group.holds_in(program.round_of[key].id)
        }
        for key in keys:
            apart[key] = (*apart.get(key, ()), of_whom)
    return Limited(prices=prices, apart=apart)


def _groups_apart(people: Iterable[Participant]) -> list[tuple[Group, list[str]]]:
    """Return the groups of which no two may be in one session, with their members, in the order of these."""
    members: dict[Group, list[str]] = defaultdict(list)
    for person in people:
        for group in person.groups:
            if group.company is Company.APART:
                members[group].append(person.key)
    groups = ((group, sorted(keys)) for group, keys in members.items())
    return sorted(groups, key=lambda each: (each[1], each[0].round_id))


def _prices_of_audiences(proof: Proof, program: Program) -> Mapping[str, int]:
    """Return what those who come are paid where an audience is needed; any other prices count as none.

    So do those of a session that may be cancelled and has no room yet: what its seats are worth is not known.
    """
    return {
        key: price
        for key, price in proof.least.items()
        if price > 0 and key in program.sittings
        for session in (program.sittings[key],)
        if session.least and not (session.may_be_cancelled and session.rooms)
    }


def _prices_of_colleagues(proof: Proof, program: Program) -> Mapping[Trait, Mapping[str, int]]:
    """Return what those pay whose pairs are counted, where they are; any other prices count as none.

    So do those of a session that goes on through several rounds: its pairs are counted in the first only.
    """
    if Criterion.SPREAD not in {proof.criterion, *proof.kept}:
        return {}
    once = {key for key, session in program.sittings.items() if not session.through}
    return {
        (program.rules.spread_of, trait): {
            key: price for key, price in priced.items() if price > 0 and key in once
        }
        for trait, priced in proof.spread.items()
        if trait
    }


def _worth_of_colleagues(program: Program, people: Iterable[Participant], prices: _Prices) -> int:
    """Return the most that colleagues could pay in every session, less what their pairs cost."""
    if not prices.colleagues:
        return 0
    of_a_pair = prices.weights.get(Criterion.SPREAD, 0)
    known = Counter(trait_of(person, program.rules.spread_of) for person in people)
    return sum(
        max(number * price - of_a_pair * comb(number, 2) for number in range(most + 1))
        for (_, trait), priced in prices.colleagues.items()
        for key, price in priced.items()
        for most in [min(known[trait], program.sittings[key].seats)]
    )


def _worth_of_rules(program: Program, prices: _Prices, key: str, most: int) -> int:
    """Return what a sitting is worth beside its seats: who may be there, less who has to be.

    What may be cancelled is worth no less than nothing, with its seats.
    """
    session = program.sittings[key]
    allowed = sum(
        priced[key] * min(_numbers_allowed(program, key, trait))
        for trait, priced in prices.limited.prices.items()
        if key in priced
    )
    worth = allowed - prices.least.get(key, 0) * session.least
    if key in prices.least and session.may_be_cancelled:
        return max(worth, -prices.seats[key] * min(session.seats, most))
    return worth


def _numbers_allowed(program: Program, key: str, trait: Trait) -> list[int]:
    """Return the numbers of those of a trait that rules allow in a sitting; none where no rule does."""
    group, value = trait
    if group == APART:
        return [1]
    rules, quotas = program.rules, program.sittings[key].at_most
    allowed = [quota.number for quota in quotas if quota.group == group and is_counted(quota, value)]
    if rules.at_most is not None and rules.at_most_of == group and value:
        allowed.append(rules.at_most)
    return allowed


def odd_or_even(criterion: Criterion, bound: int, settled: Mapping[Criterion, int]) -> int:
    """Raise a bound on `even` or `total` by 1 where that is the nearest that it can be.

    A square is odd where its root is, so a sum of squares is odd where the sum is. ``settled`` are the
    earlier criteria of which the least possible value is known: nothing that keeps them has any other.
    """
    other = {Criterion.EVEN: Criterion.TOTAL, Criterion.TOTAL: Criterion.EVEN}.get(criterion)
    return bound if other is None or other not in settled else bound + (settled[other] - bound) % 2


def pairs_at_least(program: Program, participants: Iterable[Participant]) -> int:
    """Count the pairs of one organisation that share a session however evenly each of them is spread.

    With 5 of an organisation over 3 sessions, 2, 2 and 1 of them: 2 pairs. Where a session goes on from an
    earlier round, its pairs were counted there: as many as it has seats may be in it, and are left out.
    """
    people = tuple(participants)
    pairs, group = 0, program.rules.spread_of
    for round_ in program.rounds:
        seated = Counter(trait_of(each, group) for each in people if _takes_a_seat(each, round_))
        going_on = sum(session.seats for session in round_.sessions if round_.has_begun(session))
        sessions = sum(not round_.has_begun(session) for session in round_.sessions)
        for trait, count in seated.items() if sessions else ():
            each, more = divmod(max(0, count - going_on), sessions)
            pairs += sessions * comb(each, 2) + more * each if trait else 0
    return pairs


def apart_at_least(program: Program, participants: Iterable[Participant]) -> int:
    """Count the pairs of friends who are apart in a round whatever is done: no session is open to both.

    Nor are those who can have no session with two seats in it. Where one of them presents, or would if it
    were not cancelled, nobody is apart.
    """
    asking = {person.key: person for person in participants if person.wants}
    pairs = 0
    for key, person in asking.items():
        for other in (asking[each] for each in {*person.wants} if each in asking and key < each):
            if key in other.wants:
                pairs += sum(_must_part(person, other, round_) for round_ in program.rounds)
    return pairs


def _must_part(one: Participant, other: Participant, round_: Round) -> bool:
    if not (_takes_a_seat(one, round_) and _takes_a_seat(other, round_)):
        return False
    shared = one.open_to_them(round_) & other.open_to_them(round_)
    return not any(session.code in shared and session.seats > 1 for session in round_.sessions)


def _takes_a_seat(person: Participant, round_: Round) -> bool:
    """Return whether a participant takes a seat as long as no session is cancelled."""
    if not (person.presents or person.absent):
        return True
    return person.attends(round_) and person.presents_in(round_) is None


def _worth_of_seats(round_: Round, prices: Mapping[str, int], most: int) -> int:
    """Return the price of all the seats of a round; open rooms go to the dearest sessions, the largest first.

    A room counts with the most seats that any of those sessions would have in it, and no session with more
    than ``most``. What goes on from an earlier round was counted there.
    """
    beginning = [session for session in round_.sessions if not round_.has_begun(session)]
    worth = sum(prices[each.key] * min(each.seats, most) for each in beginning if not each.rooms)
    seats: dict[str, int] = defaultdict(int)
    waiting = [session for session in beginning if session.rooms]
    for session in waiting:
        for room in session.rooms:
            seats[room.name] = max(seats[room.name], min(session.seats_in(room), most))
    dearest = sorted((prices[session.key] for session in waiting), reverse=True)
    # With fewer rooms than sessions, the cheapest are the ones that are not held.
    largest = sorted(seats.values(), reverse=True)
    return worth + sum(price * seats for price, seats in zip(dearest, largest, strict=False))


def _sum_payments(
    proof: Proof,
    program: Program,
    participants: tuple[Participant, ...],
    prices: _Prices,
) -> int:
    """Return what everybody pays together."""
    weights = prices.weights
    square = weights.get(Criterion.EVEN, 0)
    moved, displaced = weights.get(Criterion.MOVED, 0), weights.get(Criterion.DISPLACED, 0)
    limits = Limits(
        worst=proof.worst,
        # Whoever cannot be kept within the limit is one more. Where some are paid, a dear round may be worth
        # it all the same.
        dearest=SCALE if proof.criterion is Criterion.WORST and not prices.least else None,
        by_steps=proof.worst is not None or square > 0 or displaced > 0,
    )
    charges = _charges(weights)
    net = {key: price - prices.least.get(key, 0) for key, price in prices.seats.items()}
    blocks = [
        PricedBlock(program, index, net, charges, limits, limited=prices.paid)
        for index in range(len(program.blocks))
    ]
    # A day that is charged for as a whole is one that somebody has alone.
    most = 0 if moved or displaced or charges.moved else proof.together
    parties = find_parties(program, participants, most, limits)
    if not parties:
        return _sum_alone(proof, program, participants, blocks, weights=weights, limits=limits)
    paid = _sum_parties(proof, square, PricedParties(program, participants, blocks, limits), parties)
    joined = {person.key for members in parties for person in members}
    alone = tuple(person for person in participants if person.key not in joined)
    return paid + _sum_alone(proof, program, alone, blocks, weights=weights, limits=limits)


def _sum_alone(
    proof: Proof,
    program: Program,
    participants: tuple[Participant, ...],
    blocks: Sequence[PricedBlock],
    *,
    weights: Mapping[Criterion, int],
    limits: Limits,
) -> int:
    """Return what those pay who choose alone. Who has the same options all day is counted once."""
    square = weights.get(Criterion.EVEN, 0)
    moved, displaced = weights.get(Criterion.MOVED, 0), weights.get(Criterion.DISPLACED, 0)
    columns = [[priced.kind_of(person) for person in participants] for priced in blocks]
    options = [priced.options for priced in blocks]

    @cache
    def days(kinds: tuple[int, ...]) -> Options:
        """Join the options of the first blocks, as many as there are ``kinds``."""
        if not kinds:
            return ((0, 0),)
        *earlier, last = kinds
        ways = product(days(tuple(earlier)), options[len(earlier)][last])
        return worthwhile(((regret + steps, spent + cost) for (regret, spent), (steps, cost) in ways), limits)

    if not (moved or displaced):
        alike = Counter(zip(*columns, strict=True))
        return sum(count * _cheapest(proof, square, days(kinds)) for kinds, count in alike.items())
    paid = 0
    for person, *kinds in zip(participants, *columns, strict=True):
        ways = days(tuple(kinds))
        if person.earlier:
            before = regret_before(person, program)
            ways = (
                *((steps, cost + moved + displaced * (steps >= before)) for steps, cost in ways),
                *_stay(person, blocks),
            )
        paid += _cheapest(proof, square, worthwhile(ways, limits))
    return paid


def _sum_parties(proof: Proof, square: int, priced: PricedParties, parties: Iterable[Party]) -> int:
    """Return what parties pay whose members choose together; for `worst`, 1 for each of them at the most."""
    paid = 0
    for members in parties:
        costs = (
            cost + square * sum(regret * regret for regret in regrets)
            for regrets, cost in priced.days(members).items()
        )
        paid += _pay(proof, min(costs, default=None), len(members))
    return paid


def _stay(person: Participant, blocks: Iterable[PricedBlock]) -> Options:
    """Return the ways not to be moved at all."""
    stays = product(*(priced.stay(person) for priced in blocks))
    return tuple((sum(steps for steps, _ in ways), sum(cost for _, cost in ways)) for ways in stays)


def _cheapest(proof: Proof, square: int, days: Options) -> int:
    """Return what the cheapest day costs, regret and prices together; for `worst`, 1 at the most."""
    cost = min((spent + square * regret * regret for regret, spent in days), default=None)
    return _pay(proof, cost, people=1)


def _pay(proof: Proof, cost: int | None, people: int) -> int:
    if proof.criterion is Criterion.WORST:
        return SCALE * people if cost is None else min(SCALE * people, cost)
    if cost is None:
        raise ValueError("somebody has no day within the limit, though the limit was reached")
    return cost


def _charges(weights: Mapping[Criterion, int]) -> Charges:
    """Return what the criteria charge, each for so much of them as it is weighed."""

    def burden(*facts: _Fact) -> int:
        return sum(weight for criterion, weight in weights.items() if _charged_for(criterion) in facts)

    return Charges(
        step=burden(_Fact.STEP),
        late=burden(_Fact.LATE),
        unlisted=burden(_Fact.LATE, _Fact.UNLISTED),
        own=burden(_Fact.OWN),
        moved=burden(_Fact.MOVED),
    )


class _Fact(Enum):
    """What a seat may be charged for: each step to it, or what else there is to say of it."""

    STEP = auto()
    LATE = auto()
    UNLISTED = auto()
    OWN = auto()
    MOVED = auto()


def _charged_for(criterion: Criterion) -> _Fact | None:
    """Return what of a seat a criterion charges for; None where it charges for whole days, or not at all."""
    match criterion:
        case Criterion.TOTAL:
            return _Fact.STEP
        case Criterion.FIRST:
            return _Fact.LATE
        case Criterion.UNLISTED:
            return _Fact.UNLISTED
        case Criterion.AVOID_OWN:
            return _Fact.OWN
        case Criterion.MOVED_SEATS:
            return _Fact.MOVED
        case (
            Criterion.WORST
            | Criterion.EVEN
            | Criterion.SPREAD
            | Criterion.FRIENDS
            | Criterion.MOVED
            | Criterion.DISPLACED
        ):
            return None
        case _:
            assert_never(criterion)
