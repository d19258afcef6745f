"""What proves a stage, and how anybody checks it: prices, and the bound that follows from them.

Give every session a price a seat, in 1 / SCALE of a step. Whatever the prices, no lawful assignment comes to
less than what everybody would pay, each taking the day that is cheapest for them in the criterion and prices
together, less the prices of all the seats there are (solving/pricing.py says why). So whoever is given the
prices recomputes the bound in one pass over the participants, and needs no solver to believe it.

What an earlier stage reached is a limit like the seats are, with a price a unit. For `worst` the criterion is
how many participants cannot be kept within a regret of ``worst``: more than none proves it impossible.

This module shares no code with the solver.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from hashlib import sha256
from itertools import product
from operator import attrgetter

from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.program import Program, Round

SCALE = 2**20

FORMAT = 1
"""The version of the certificate as a file."""

Options = tuple[tuple[int, int], ...]
"""What there is to choose from: numbers of steps, rising, each with its least cost in 1 / SCALE, falling.

More steps that are no cheaper are never worth it, and left out: so most lists of wishes come to the same.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Prices, in 1 / SCALE, and the question that they answer.

    How small can ``criterion`` be, if nobody's regret is above ``worst`` (None: no such limit) and each of
    the ``kept`` criteria stays at what it reached? ``prices`` are by session code, at least 0.
    """

    criterion: Criterion
    worst: int | None = None
    kept: Mapping[Criterion, int] = field(default_factory=dict)
    prices: Mapping[str, int] = field(default_factory=dict)
    kept_prices: Mapping[Criterion, int] = field(default_factory=dict)


class Evidence(StrEnum):
    """What a stage's bound rests on. ``solver``: prices do not reach it, and the rest is CP-SAT's word."""

    PRICES = "prices"
    SOLVER = "solver"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """A stage and the prices of its bound. No prices prove no more than that nothing is below 0."""

    stage: Stage
    proof: Proof | None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The stages of an assignment, in their order, each with its proof.

    ``inputs`` is the digest of what was assigned: other wishes, or other seats, have another.
    """

    inputs: str
    stages: tuple[Certified, ...]


def digest(program: Program, participants: Iterable[Participant]) -> str:
    """Give the SHA-256 of all that bears on fairness; the order of rows, titles and times do not."""
    day = {
        "fairness": [str(criterion) for criterion in program.rules.fairness],
        "rounds": [
            [round_.id, [[session.code, session.seats] for session in round_.sessions]]
            for round_ in program.rounds
        ],
    }
    encoded = json.JSONEncoder(ensure_ascii=False).encode
    # The same few lists of codes stand in it again and again.
    codes = cache(encoded)
    people = ", ".join(
        f"[{encoded(person.key)}, [{', '.join([codes(wishes.codes) for wishes in person.wishes])}], "
        f"{codes(tuple(sorted(person.presents)))}]"
        for person in sorted(participants, key=attrgetter("key"))
    )
    return sha256(f'{encoded(day)[:-1]}, "participants": [{people}]}}'.encode()).hexdigest()


def bound_of(proof: Proof, program: Program, participants: Iterable[Participant]) -> int:
    """Recompute what the prices prove: nothing is below this whole number.

    Prices below 0, or of sessions that there are not, prove nothing, and are counted as 0.
    """
    prices = {code: max(0, proof.prices.get(code, 0)) for code in program.sessions}
    limits = {criterion: max(0, proof.kept_prices.get(criterion, 0)) for criterion in proof.kept}
    weights = {**limits, proof.criterion: SCALE}
    paid = _paid(proof, program, tuple(participants), prices, weights)
    seats = sum(prices[code] * session.seats for code, session in program.sessions.items())
    kept = sum(price * proof.kept[criterion] for criterion, price in limits.items())
    return max(0, -(-(paid - seats - kept) // SCALE))


def _paid(
    proof: Proof,
    program: Program,
    participants: tuple[Participant, ...],
    prices: Mapping[str, int],
    weights: Mapping[Criterion, int],
) -> int:
    """Give what everybody pays together. Who has the same options all day is counted once."""
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
    """Give what the cheapest day costs, regret and prices together; for `worst`, 1 at the most."""
    square = weights.get(Criterion.EVEN, 0)
    cost = min((spent + square * regret * regret for regret, spent in days), default=None)
    if proof.criterion is Criterion.WORST:
        return SCALE if cost is None else min(SCALE, cost)
    if cost is None:
        raise ValueError("somebody has no day within the limit, though first wishes always are one")
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
        self._weights = weights
        self._worst = worst
        self._kinds: dict[Options, int] = {}
        self._known: dict[tuple[str, ...] | None, int] = {}

    @property
    def options(self) -> list[Options]:
        """The options of each kind, as far as somebody was asked for."""
        return list(self._kinds)

    def kind_of(self, person: Participant) -> int:
        """Number what somebody can choose from; who wishes alike is not priced again."""
        standing = person.presents and person.presents_in(self._round)
        codes = None if standing else person.wishes[self._index].codes
        if codes not in self._known:
            options = ((0, 0),) if standing else self._priced(person.wishes[self._index])
            self._known[codes] = self._kinds.setdefault(options, len(self._kinds))
        return self._known[codes]

    def _priced(self, wishes: Wishes) -> Options:
        ways = ((wishes.steps(session.code), session.code) for session in self._round.sessions)
        return _worthwhile(
            ((steps, self._prices[code] + self._burden(steps, wishes)) for steps, code in ways), self._worst
        )

    def _burden(self, steps: int, wishes: Wishes) -> int:
        """Give what the criteria charge for so many steps."""
        amounts = {
            Criterion.TOTAL: steps,
            Criterion.FIRST: int(steps > 0),
            Criterion.UNLISTED: int(steps == len(wishes.codes) > 0),
        }
        return sum(self._weights.get(criterion, 0) * amount for criterion, amount in amounts.items())
