"""What must hold: each rule a small generator beside its siblings, each constraint with its label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.cpsat import Term
from midtvejs.solving.objectives import terms_of
from midtvejs.solving.seating import Seating


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One constraint: the sum of ``terms`` is at most ``limit``. ``label`` is for the coordinator."""

    label: str
    terms: list[Term]
    limit: int


def seats(seating: Seating) -> Iterator[Rule]:
    for index, round_ in enumerate(seating.case.rounds):
        for session, (code, count) in enumerate(zip(round_.codes, round_.seats, strict=True)):
            taken = [(1, variable) for variable in seating.in_session(index, session)]
            yield Rule(label=f"{code} has {count} seats", terms=taken, limit=count)


def worst(seating: Seating, limit: int) -> Iterator[Rule]:
    for person, participant in enumerate(seating.case.participants):
        if seating.regret_at_most(person) > limit:
            label = f"{participant.name} has a regret of {limit} at most"
            yield Rule(label=label, terms=seating.steps_of(person), limit=limit)


def kept(seating: Seating, reached: Mapping[Criterion, int]) -> Iterator[Rule]:
    """Hold what earlier stages reached, so that no later one gives it up."""
    for criterion, value in reached.items():
        if criterion is Criterion.WORST:
            yield from worst(seating, value)
        else:
            yield Rule(label=f"{criterion} stays at {value}", terms=terms_of(criterion, seating), limit=value)
