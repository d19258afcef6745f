"""Every way to place the sessions of a tiny day, looked through one by one, with every way to seat people."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.offers import Placement, breaches, place
from midtvejs.domain.participants import Participant
from midtvejs.domain.planning import ORDERS
from midtvejs.domain.program import Program
from tests.brute import every_outcome, optimum


def every_placement(program: Program) -> Iterator[Placement]:
    """Return all placements that break nothing."""
    ids = [round_.id for round_ in program.rounds]
    ways = [
        [rounds for times in range(1, len(ids) + 1) for rounds in combinations(ids, times)]
        for _ in program.offers
    ]
    for rounds in product(*ways):
        placement = {offer.code: held for offer, held in zip(program.offers, rounds, strict=True)}
        if not any(breaches(program, placement)):
            yield placement


def every_program(program: Program) -> Iterator[Placement]:
    """Return all placements with sessions in each round: others make no program, whoever attends them."""
    for placement in every_placement(program):
        rounds = place(program, placement).rounds
        if all(round_.sessions or round_.id not in program.awaiting for round_ in rounds):
            yield placement


def figures_of(
    program: Program, people: tuple[Participant, ...], placement: Placement, by: Criterion
) -> tuple[int, ...] | None:
    """Return what the fairest seating of a placement comes to, ``by`` first; None where there is none.

    The fairness of the program has to have all of the criteria of an order of placements.
    """
    fairness = program.rules.fairness
    placed = place(program, placement)
    outcomes = every_outcome(placed, people)
    if not outcomes or any(is_away(person, placed) for person in people):
        return None
    values = dict(zip(fairness, optimum(outcomes, fairness), strict=True))
    return tuple(values[criterion] for criterion in ORDERS[by])


def is_away(person: Participant, program: Program) -> bool:
    """Return whether anyone is pinned to what is only held while they are not there: no file may say so."""
    for pin in person.pins:
        rounds = {
            round_.id
            for round_ in program.rounds
            if any(session.code == pin.code for session in round_.sessions)
        }
        if pin.participant and pin.holds and not pin.round_id and rounds and rounds <= person.absent:
            return True
    return False


def best_figures(program: Program, people: tuple[Participant, ...], by: Criterion) -> tuple[int, ...] | None:
    """Return what the best placement of all comes to; None where nobody can be seated in any."""
    found = (figures_of(program, people, placement, by) for placement in every_program(program))
    return min((figures for figures in found if figures is not None), default=None)
