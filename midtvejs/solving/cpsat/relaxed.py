"""The relaxation of a model: what is a yes or a no may be a part of a yes. Its least is a bound of the model.

HiGHS begins with it, too, and goes on to whole numbers. Glop, which is in OR-Tools' own wheel, knows it in a
third of the time, and can be interrupted.
"""

from __future__ import annotations

from ortools.linear_solver import pywraplp  # type: ignore[import-untyped] # OR-Tools ships no types for it

from midtvejs.solving.cpsat.model import Model, least_whole
from midtvejs.solving.stop import Stop


def bound_by_relaxing(model: Model, stop: Stop) -> int:
    """Return a bound of what is made small; 0 where stopping is asked for before it is known."""
    if stop.asked:
        return 0
    linear = model.linear()
    solver = pywraplp.Solver.CreateSolver("GLOP")
    variables = [solver.NumVar(0, most, "") for most in linear.most]
    endless = solver.infinity()
    for low, high, terms in linear.rows:
        if stop.asked:
            return 0
        row = solver.Constraint(-endless if low is None else low, endless if high is None else high)
        for variable, count in terms:
            row.SetCoefficient(variables[variable], count)
    cost = solver.Objective()
    for variable, count in linear.costs:
        cost.SetCoefficient(variables[variable], count)
    with stop.calls(solver.InterruptSolve):
        solved = not stop.asked and solver.Solve() == pywraplp.Solver.OPTIMAL
    return max(0, least_whole(cost.Value())) if solved else 0
