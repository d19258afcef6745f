"""HiGHS in a process of its own: read a model in JSON, solve it, and write what was found.

It is run as a file and imports nothing of midtvejs, so it starts in a tenth of a second. The question is one
line of its input; it ends when that is closed, as it is when the process that asked ends, whatever ended it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import Any

from ortools.math_opt import (  # type: ignore[import-untyped] # OR-Tools ships no types for it
    callback_pb2,
    model_parameters_pb2,
    model_pb2,
    parameters_pb2,
)
from ortools.math_opt.core.python import solver  # type: ignore[import-untyped] # nor for this

BELOW_ONE = 0.5
"""A gap between whole numbers that is none."""


def main() -> None:
    """Answer the one question on standard input."""
    asked = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_input, daemon=True).start()
    result = solver.solve(
        _model_of(asked),
        parameters_pb2.SOLVER_TYPE_HIGHS,
        parameters_pb2.SolverInitializerProto(),
        _parameters_of(asked),
        model_parameters_pb2.ModelSolveParametersProto(),
        None,
        callback_pb2.CallbackRegistrationProto(),
        None,
        None,
    )
    found = [each.primal_solution.variable_values for each in result.solutions]
    values = [0] * len(asked["most"])
    for variable, value in zip(found[0].ids, found[0].values, strict=True) if found else ():
        values[variable] = round(value)
    answer = {
        "reason": result.termination.reason,
        "values": values if found else [],
        "bound": result.termination.objective_bounds.dual_bound,
    }
    json.dump(answer, sys.stdout)
    sys.stdout.flush()
    # The thread that waits for the end of the input is not waited for.
    os._exit(0)


def _end_with_input() -> None:
    """End when the input does: nobody is there who would read the answer."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


def _model_of(asked: dict[str, Any]) -> model_pb2.ModelProto:
    model = model_pb2.ModelProto()
    variables, rows, matrix = model.variables, model.linear_constraints, model.linear_constraint_matrix
    variables.ids.extend(range(len(asked["most"])))
    variables.lower_bounds.extend([0.0] * len(asked["most"]))
    variables.upper_bounds.extend(asked["most"])
    variables.integers.extend([True] * len(asked["most"]))
    rows.ids.extend(range(len(asked["lengths"])))
    rows.lower_bounds.extend(-float("inf") if low is None else low for low in asked["lows"])
    rows.upper_bounds.extend(float("inf") if high is None else high for high in asked["highs"])
    for number, length in enumerate(asked["lengths"]):
        matrix.row_ids.extend([number] * length)
    matrix.column_ids.extend(asked["variables"])
    matrix.coefficients.extend(asked["counts"])
    objective = model.objective.linear_coefficients
    objective.ids.extend(variable for variable, _ in asked["costs"])
    objective.values.extend(cost for _, cost in asked["costs"])
    return model


def _parameters_of(asked: dict[str, Any]) -> parameters_pb2.SolveParametersProto:
    parameters = parameters_pb2.SolveParametersProto(
        node_limit=asked["nodes"],
        random_seed=asked["seed"],
        relative_gap_tolerance=0.0,
        absolute_gap_tolerance=BELOW_ONE,
    )
    parameters.highs.string_options["parallel"] = "off"
    # These models are bare as they are: presolve, of each restart too, takes longer than it saves.
    parameters.highs.string_options["presolve"] = "off"
    # Its interior point method begins well where many days cost the same.
    parameters.highs.string_options["mip_lp_solver"] = "ipm"
    if asked["seconds"] is not None:
        parameters.time_limit.FromMilliseconds(int(asked["seconds"] * 1000))
    return parameters


if __name__ == "__main__":
    main()
