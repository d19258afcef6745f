"""CP-SAT itself, the solver of a model that decides on one variable after the other.

Spoken to through OR-Tools' compiled module, which `ortools.sat.python.cp_model` wraps for people who write
models by hand. That wrapper imports pandas, which takes five times as long as everything else a small
conference needs (0.6 s against 0.1 s). The compiled module alone takes a tenth of a second: so this one is
imported when there is something to solve.
"""

from __future__ import annotations

from ortools.sat.python import cp_model_helper as ortools

from midtvejs.solving.cpsat.stated import AS_MANY_AS_WANTED, Outcome, Progress, Stated, Verdict
from midtvejs.solving.stop import Stop


def solve_by_cp_sat(
    model: Stated, *, seed: int, stop: Stop, effort: float | None, progress: Progress
) -> Outcome:
    """Solve as ``Model.solve`` says."""
    parameters = ortools.SatParameters()
    parameters.num_workers = 1
    parameters.random_seed = seed % 2**31
    parameters.catch_sigint_signal = False
    # Presolve takes longer than solving these models does: they are bare as they are.
    parameters.cp_model_presolve = False
    if effort is not None:
        parameters.max_deterministic_time = effort
    wrapper = ortools.SolveWrapper()
    wrapper.set_parameters(parameters)
    watcher = _Watcher(progress)
    wrapper.add_solution_callback(watcher)
    wrapper.add_best_bound_callback(watcher.on_bound)
    stated = in_proto(model)
    with stop.calls(wrapper.stop_search):
        response = wrapper.solve(stated)  # type: ignore[no-untyped-call] # untyped in OR-Tools
    wrapper.clear_solution_callback(watcher)
    return _outcome(response)


def in_proto(model: Stated) -> ortools.CpModelProto:
    """State a model in OR-Tools' own words."""
    proto = ortools.CpModelProto()
    for most in model.most:
        proto.variables.add().domain.extend([0, most])
    for row in model.rows:
        stated = proto.constraints.add()
        if row.counts is None:
            stated.exactly_one.literals.extend(row.variables)
            continue
        linear = stated.linear
        linear.vars.extend(row.variables)
        linear.coeffs.extend(row.counts)
        low = -AS_MANY_AS_WANTED if row.low is None else row.low
        high = AS_MANY_AS_WANTED if row.high is None else row.high
        linear.domain.extend([low, high])
    # To touch what a model has not makes it: with an objective, if of nothing, CP-SAT searches otherwise.
    if model.costs:
        proto.objective.vars.extend([variable for _, variable in model.costs])
        proto.objective.coeffs.extend([count for count, _ in model.costs])
    if model.hints:
        proto.solution_hint.vars.extend(list(model.hints))
        proto.solution_hint.values.extend(list(model.hints.values()))
    return proto


class _Watcher(ortools.SolutionCallback):
    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self._progress = progress
        self._value: int | None = None
        self._bound: int | None = None

    def OnSolutionCallback(self) -> None:  # noqa: N802 - the name that OR-Tools calls
        self._value = round(self.ObjectiveValue())
        self._progress(self._value, self._bound)

    def on_bound(self, bound: float) -> None:
        self._bound = round(bound)
        self._progress(self._value, self._bound)


def _outcome(response: ortools.CpSolverResponse) -> Outcome:
    verdicts = {
        ortools.OPTIMAL: Verdict.BEST,
        ortools.FEASIBLE: Verdict.FOUND,
        ortools.INFEASIBLE: Verdict.IMPOSSIBLE,
        ortools.UNKNOWN: Verdict.UNDECIDED,
    }
    if response.status not in verdicts:
        raise ValueError(f"CP-SAT rejects the model: {response.status} {response.solution_info}")
    return Outcome(
        verdict=verdicts[response.status],
        values=list(response.solution),
        value=round(response.objective_value),
        bound=round(response.best_objective_bound),
    )
