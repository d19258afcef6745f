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
from hashlib import sha256

from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.program import Program, Round

SCALE = 2**20

FORMAT = 1
"""The version of the certificate as a file."""

Options = Mapping[int, int]
"""The least cost, in 1 / SCALE, of getting somewhere with each number of steps."""


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
    content = {
        "fairness": [str(criterion) for criterion in program.rules.fairness],
        "rounds": [
            [round_.id, [[session.code, session.seats] for session in round_.sessions]]
            for round_ in program.rounds
        ],
        "participants": sorted(
            [person.key, [wishes.codes for wishes in person.wishes], sorted(person.presents)]
            for person in participants
        ),
    }
    return sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def bound_of(proof: Proof, program: Program, participants: Iterable[Participant]) -> int:
    """Recompute what the prices prove: nothing is below this whole number.

    Prices below 0, or of sessions that there are not, prove nothing, and are counted as 0.
    """
    prices = {code: max(0, proof.prices.get(code, 0)) for code in program.sessions}
    limits = {criterion: max(0, proof.kept_prices.get(criterion, 0)) for criterion in proof.kept}
    weights = {**limits, proof.criterion: SCALE}
    alike = Counter((person.wishes, person.presents) for person in participants)
    rounds = [_Priced(round_, prices, weights) for round_ in program.rounds]
    paid = sum(
        count * _cheapest(proof, weights, rounds, wishes, presents)
        for (wishes, presents), count in alike.items()
    )
    seats = sum(prices[code] * session.seats for code, session in program.sessions.items())
    kept = sum(price * proof.kept[criterion] for criterion, price in limits.items())
    return max(0, -(-(paid - seats - kept) // SCALE))


def _cheapest(
    proof: Proof,
    weights: Mapping[Criterion, int],
    rounds: list[_Priced],
    wishes: tuple[Wishes, ...],
    presents: frozenset[str],
) -> int:
    """Give what the cheapest day costs, regret and prices together; for `worst`, 1 at the most."""
    reached: dict[int, int] = {0: 0}
    for priced, ranking in zip(rounds, wishes, strict=True):
        reached = _onward(reached, priced.options(ranking, presents), proof.worst)
    square = weights.get(Criterion.EVEN, 0)
    cost = min((spent + square * regret * regret for regret, spent in reached.items()), default=None)
    if proof.criterion is Criterion.WORST:
        return SCALE if cost is None else min(SCALE, cost)
    if cost is None:
        raise ValueError("somebody has no day within the limit, though first wishes always are one")
    return cost


def _onward(reached: Options, options: Options, worst: int | None) -> dict[int, int]:
    further: dict[int, int] = {}
    for regret, spent in reached.items():
        for steps, cost in options.items():
            total = regret + steps
            if worst is None or total <= worst:
                further[total] = min(spent + cost, further.get(total, spent + cost))
    return further


class _Priced:
    """One round at its prices. Wishes that were seen before are not priced again."""

    def __init__(self, round_: Round, prices: Mapping[str, int], weights: Mapping[Criterion, int]) -> None:
        self._round = round_
        self._prices = prices
        self._weights = weights
        self._known: dict[tuple[str, ...], Options] = {}

    def options(self, wishes: Wishes, presents: frozenset[str]) -> Options:
        if presents and any(session.code in presents for session in self._round.sessions):
            return {0: 0}
        if wishes.codes not in self._known:
            self._known[wishes.codes] = self._cost_by_steps(wishes)
        return self._known[wishes.codes]

    def _cost_by_steps(self, wishes: Wishes) -> Options:
        cheapest: dict[int, int] = {}
        for session in self._round.sessions:
            steps = wishes.steps(session.code)
            cost = self._prices[session.code] + sum(
                self._weights.get(criterion, 0) * amount
                for criterion, amount in (
                    (Criterion.TOTAL, steps),
                    (Criterion.FIRST, int(steps > 0)),
                    (Criterion.UNLISTED, int(steps == len(wishes.codes) > 0)),
                )
            )
            cheapest[steps] = min(cost, cheapest.get(steps, cost))
        return cheapest
