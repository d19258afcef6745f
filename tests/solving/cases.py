"""What the tests of solving share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from unittest.mock import patch

from midtvejs.auditing.audit import audit
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.lots import draw_lots
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.domain.simulation import simulate
from midtvejs.reading.answers.preferences import read_preferences
from midtvejs.reading.program.build import read_program
from midtvejs.solving import lawful
from midtvejs.solving.cpsat import search as by_cpsat
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import STANDING, Case, Choice, case_of
from midtvejs.solving.instance.crowd import Aggregate
from midtvejs.solving.limits import DEFAULT, Limits
from midtvejs.solving.prices import search as by_prices
from midtvejs.solving.search import Found, Watch
from midtvejs.solving.stop import Stop
from tests import conferences
from tests.benchmarks.hardness.files import made
from tests.benchmarks.hardness.specs import Shape, Spec
from tests.strategies import Conference


class Road(Protocol):
    """A way to search."""

    def __call__(
        self, case: Case, fairness: tuple[Criterion, ...], /, *, seed: int, stop: Stop, watch: Watch
    ) -> Found: ...


ROADS: dict[str, Road] = {"prices": by_prices.search, "cpsat": by_cpsat.search}


def unwatched(_criterion: Criterion, _bound: int | None, _value: int | None) -> None:
    """Watch nothing."""


def case_for(conference: Conference, seed: int = 0, limits: Limits = DEFAULT) -> Case:
    program, participants = conference
    return case_of(program, draw_lots(participants, seed), limits)


def searched(
    road: str, case: Case, fairness: tuple[Criterion, ...], *, seed: int = 0, stop: Stop | None = None
) -> Found:
    return ROADS[road](case, fairness, seed=seed, stop=stop or Stop(), watch=unwatched)


@contextmanager
def without_flows() -> Iterator[None]:
    """Have no round seated by flows, so that heads are counted, and people are anywhere to begin with."""
    with patch.object(lawful, "seat_by_flows", lambda case, *_: [None] * len(case.rounds)):
        yield


def judged(case: Case, choices: Sequence[Choice]) -> dict[Criterion, int]:
    """Return the criteria as the audit counts them; fails where it finds the choices unlawful."""
    verdict = audit(assigned(case, choices), case.participants)
    assert [violation.message for violation in verdict.violations] == []
    return dict(verdict.criteria)


def assigned(case: Case, choices: Sequence[Choice]) -> Assignment:
    return case.assignment(choices, case.participants)


def listed(aggregate: Aggregate, choices: Ints) -> list[Choice]:
    """Turn the aggregate's choices, a line a round, into a choice for each person."""
    return [
        tuple(
            STANDING if session == leaf.sessions else session
            for leaf, session in zip(aggregate.leaves, choices[:, person].tolist(), strict=True)
        )
        for person in range(aggregate.people)
    ]


WIDE_AND_MANY = Limits(wide=0, everybody=0, kinds_a_price=0, freed_quickly=0)
"""Limits by which a few people on a small day are treated as thousands on a wide one are."""


def crowded(seed: int, people: int) -> Conference:
    """A day of 4, 3 and 5 sessions with few seats to spare, two presenters, and wishes much alike."""
    program: Program = conferences.program(
        *(
            {f"{number}{letter}": -(-people * 108 // (100 * size)) for letter in "ABCDE"[:size]}
            for number, size in enumerate((4, 3, 5), start=1)
        ),
        presenters={"1A": "Nils Cassøe Jepsen", "3B": "Vivian Møberg"},
    )
    participants: tuple[Participant, ...] = simulate(program, participants=people, seed=seed)
    return program, participants


def ruled_day(
    folder: Path,
    *rules: str,
    people: int = 240,
    shape: Shape = (6,) * 5,
    spare: float = 1.0,
    wishes: str = "pl",
    limits: Limits = DEFAULT,
) -> Case:
    """A day of the map of hard ones, such as one in five rounds of six sessions."""
    spec = Spec(
        family="rule:drawn",
        participants=people,
        shape=shape,
        spare=spare,
        equal_rooms=False,
        wishes=wishes,
        rules=frozenset(rules),
        presenters=True,
        seed=5,
    )
    files = made(spec, folder)
    day = read_program(files.program).accepted()
    return case_for((day, read_preferences(files.preferences, day).accepted()), limits=limits)
