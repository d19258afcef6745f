"""The relaxation of a model: what is a yes or a no may be a part of a yes. Its least is a bound of the model.

HiGHS begins with it, too, and goes on to whole numbers. Glop, which is in OR-Tools' own wheel, knows it in a
third of the time, and can be interrupted.
"""

from __future__ import annotations

from dataclasses import dataclass

from ortools.linear_solver import pywraplp  # type: ignore[import-untyped] # OR-Tools ships no types for it

from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.stated import least_whole
from midtvejs.solving.stop import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """``bound``: nothing in whole numbers is below it. ``parts``: how much of a yes each variable is.

    ``prices``: what it would be less, for each row, if that might come to one more.
    """

    bound: int
    parts: list[float]
    prices: list[float]


def relax(model: Model, stop: Stop) -> Relaxed | None:
    """Make small what is made small; None where stopping is asked for before it is known."""
    if stop.asked:
        return None
    linear = model.linear()
    solver = pywraplp.Solver.CreateSolver("GLOP")
    variables = [solver.NumVar(0, most, "") for most in linear.most]
    endless = solver.infinity()
    rows = []
    for low, high, terms in linear.rows:
        if stop.asked:
            return None
        row = solver.Constraint(-endless if low is None else low, endless if high is None else high)
        for variable, count in terms:
            row.SetCoefficient(variables[variable], count)
        rows.append(row)
    cost = solver.Objective()
    for variable, count in linear.costs:
        cost.SetCoefficient(variables[variable], count)
    with stop.calls(solver.InterruptSolve):
        solved = not stop.asked and solver.Solve() == pywraplp.Solver.OPTIMAL
    if not solved:
        return None
    parts = [variable.solution_value() for variable in variables]
    prices = [-row.dual_value() for row in rows]
    return Relaxed(bound=max(0, least_whole(cost.Value())), parts=parts, prices=prices)
