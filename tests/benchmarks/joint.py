"""One model of it all, as one would write it: where sessions are held, and who sits where.

A wish that is missed costs a step for each session attended that stands lower, or is not listed: so do all
pairs of these. The sum of them, the total, is made as small as it can.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ortools.linear_solver import pywraplp  # type: ignore[import-untyped] # OR-Tools ships no types for it

from midtvejs.domain.participants import Participant
from midtvejs.solving.cpsat.stated import Outcome, Term, Variable, Verdict
from midtvejs.solving.placing.feasible import PlacementModel
from midtvejs.solving.placing.open_day import OpenDay
from midtvejs.solving.stop import Stop


class JointModel:
    """Placements and seats together: rooms are all as large as the largest, less what a session may have."""

    def __init__(self, day: OpenDay, people: Sequence[Participant]) -> None:
        self._placed = PlacementModel(day)
        self._model = self._placed.model
        self._day = day
        seats = max(room.seats for room in day.program.rooms)
        self._costs: list[Term] = []
        takers: dict[tuple[int, int], list[Term]] = {}
        for person in people:
            for spot, variable in self._sit(person).items():
                takers.setdefault(spot, []).append((1, variable))
        for (offer, round_), terms in takers.items():
            held = self._placed.held[offer][round_]
            most = day.session(offer).most
            room = seats if most is None else min(seats, most)
            self._model.at_most([*terms, (-min(room, len(people)), held)], 0)

    def _sit(self, person: Participant) -> dict[tuple[int, int], Variable]:
        """Add a seat in each round, no session twice, and the pairs of what is missed and what is had."""
        spots = {
            (offer, round_): self._model.boolean()
            for offer, held in enumerate(self._placed.held)
            for round_ in held
        }
        for round_ in range(len(self._day.rounds)):
            self._model.exactly_one(variable for (_, at), variable in spots.items() if at == round_)
        attended = []
        for offer in range(len(self._day.offers)):
            once = self._model.boolean()
            terms = [(1, variable) for (number, _), variable in spots.items() if number == offer]
            self._model.exactly([*terms, (-1, once)], 0)
            attended.append(once)
        codes = [offer.code for offer in self._day.offers]
        wishes = [codes.index(code) for code in person.wishes[0].codes]
        for place, wish in enumerate(wishes):
            lower = [offer for offer in range(len(codes)) if offer not in wishes[: place + 1]]
            steps = self._model.whole(len(self._day.rounds))
            # So many as are attended below a wish that is missed, or none where it is not.
            below = [(1, attended[offer]) for offer in lower]
            self._model.at_most([*below, (-len(self._day.rounds), attended[wish]), (-1, steps)], 0)
            self._costs.append((1, steps))
        return spots

    def solve(self, effort: float) -> Outcome:
        self._model.minimise(self._costs)
        return self._model.solve(seed=0, stop=Stop(), effort=effort)

    def solve_by_highs(self, seconds: float) -> Outcome:
        """Give the same model to HiGHS, on one thread, for so many seconds."""
        linear = self._model.linear()
        solver = pywraplp.Solver.CreateSolver("HIGHS")
        solver.SetNumThreads(1)
        solver.SetTimeLimit(int(1000 * seconds))
        variables = [solver.IntVar(0, most, "") for most in linear.most]
        for low, high, terms in linear.rows:
            row = solver.Constraint(
                -solver.infinity() if low is None else low, solver.infinity() if high is None else high
            )
            for variable, count in terms:
                row.SetCoefficient(variables[variable], count)
        for variable, coefficient in linear.costs:
            solver.Objective().SetCoefficient(variables[variable], coefficient)
        solver.Objective().SetMinimization()
        status = solver.Solve()
        found = status in {pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE}
        return Outcome(
            verdict=Verdict.FOUND if found else Verdict.UNDECIDED,
            values=(),
            value=round(solver.Objective().Value()) if found else 0,
            bound=math.ceil(solver.Objective().BestBound() - 1e-6),
        )
