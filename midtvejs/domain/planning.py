"""What planning a day comes to: when and where sessions are held, who sits where, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.domain.offers import Placement, who_presents
from midtvejs.domain.program import Program, Session
from midtvejs.errors import MidtvejsError

ORDERS: Mapping[Criterion, tuple[Criterion, ...]] = {
    Criterion.EVEN: (Criterion.EVEN, Criterion.WORST, Criterion.TOTAL),
    Criterion.WORST: (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN),
    Criterion.TOTAL: (Criterion.TOTAL, Criterion.WORST, Criterion.EVEN),
}
"""In which order placements are compared, by what comes first."""

Figures = Mapping[Criterion, int]
"""What a placement comes to in each criterion that placements are compared by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another placement, in which the ``criterion`` is the least that was met with everybody seated."""

    criterion: Criterion
    placement: Placement
    figures: Figures


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A day whose sessions are placed. No room of the ``program`` is open.

    ``assignment`` and ``stages`` are what seating everybody in that program comes to. Placements are compared
    by ``order``, then by pairs of a track that run in one round, then by how many sittings there are. Of the
    tracks that are kept ``apart`` no two sessions run in one round: what is said of all placements is said of
    such. ``tried`` placements were looked at with everybody alone, without seats, ``seated`` of them with
    seats.

    ``exist`` is how many lawful placements there are, rounds that are alike counted once; None where that was
    not counted. ``counted``: all of them were looked at, and no other has better figures with everybody
    seated by the program's criteria: a proof. No placement has figures below ``bound``, each criterion looked
    at by itself. ``by_word``: the solver's word was taken for what some placements come to with everybody
    seated, or that nobody can be; without it the bounds are ``recomputable``. ``alone`` are the figures of
    the placement that is best without seats: where ``exist`` is known, the best of all.
    """

    placement: Placement
    program: Program
    assignment: Assignment
    stages: tuple[Stage, ...]
    order: tuple[Criterion, ...]
    tried: int
    seated: int
    counted: bool
    by_word: bool
    bound: Figures
    recomputable: Figures
    alone: Figures
    exist: int | None = None
    apart: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    interrupted: bool = False

    @property
    def figures(self) -> Figures:
        """What the placement comes to with everybody seated."""
        return {criterion: self.assignment.criteria[criterion] for criterion in self.order}


@dataclass(frozen=True, kw_only=True)
class PlannedByLaw:
    """A day whose sessions are placed before anybody has wished. No room of the ``program`` is open."""

    placement: Placement
    program: Program
    tried: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far planning has come: ``figures`` are the best so far, with seats once any were ``seated``."""

    tried: int
    seated: int
    figures: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why sessions cannot be placed, in numbers and names, and the smallest changes that would help."""

    why: str
    changes: tuple[str, ...]


class NoLawfulPlacement(MidtvejsError):
    """The sessions cannot be placed at all, whatever the wishes."""

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        self.obstacles = obstacles
        super().__init__("; ".join(obstacle.why for obstacle in obstacles))


def pairs_of_a_track(program: Program) -> tuple[tuple[Session, Session], ...]:
    """Return the pairs of sittings of one track that run in the same round."""
    return tuple(
        (one, other)
        for round_ in program.rounds
        for one, other in combinations(round_.sessions, 2)
        if one.track and one.track == other.track
    )


def count_missing(program: Program) -> dict[str, int]:
    """Count the seats that each round has too few of for as many as are expected, by the round's id.

    Presenters who sign up are among them, and need none in the round of their own session.
    """
    expected = program.event.expected_participants or 0
    missing = {}
    for round_ in program.rounds:
        presenting = sum(not who.external for who, _ in who_presents(round_.sessions))
        if (short := expected - presenting - round_.seats) > 0:
            missing[round_.id] = short
    return missing
