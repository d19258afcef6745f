"""A small door to CP-SAT: yes-or-no variables, linear constraints on sums of them, one sum to minimise.

Speaks to the solver through OR-Tools' compiled module, which `ortools.sat.python.cp_model` wraps for people
who write models by hand. That wrapper imports pandas, which takes five times as long as everything else a
small conference needs (0.6 s against 0.1 s).

Sums that cost more the higher they are, as squares and pairs do, are piecewise linear: a ladder of rungs.

Legend: a participant with a regret of 2 climbs two rungs of three. Rung k costs 2k - 1, so that they pay
1 + 3 = 4. As lower rungs cost less, a small sum climbs from the bottom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from math import ceil

from ortools.sat.python import cp_model_helper as ortools

from midtvejs.solving.stop import Stop

Variable = int
Term = tuple[int, Variable]
"""A coefficient and a variable."""

Progress = Callable[[int | None, int | None], None]
"""Told of the best value found so far and of the bound, None while there is none."""

AS_MANY_AS_WANTED = 2**62

ROUNDING = 1e-6
"""What part of a bound may be a rounding error, where a solver calculates with fractions."""


class Verdict(Enum):
    """What the solver can say of a model. ``FOUND`` is lawful but not proven best."""

    BEST = auto()
    FOUND = auto()
    IMPOSSIBLE = auto()
    UNDECIDED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``values`` by variable, none without a solution; ``value`` and ``bound`` of what was made small."""

    verdict: Verdict
    values: Sequence[int]
    value: int
    bound: int

    @property
    def found(self) -> bool:
        """Whether there is a solution; of a model without variables its values are none, too."""
        return self.verdict in {Verdict.BEST, Verdict.FOUND}


NOTHING = Outcome(verdict=Verdict.UNDECIDED, values=(), value=0, bound=0)
"""What a search gives that was never begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """A model in plain numbers: variables from 0 to ``most``, and ``rows`` of a low and a high end of a sum.

    None is no end. Sums, and the ``costs`` to be made small, are of variables, each with its coefficient.
    """

    most: list[int]
    rows: list[tuple[int | None, int | None, list[tuple[Variable, int]]]]
    costs: list[tuple[Variable, int]]

    def allows(self, values: Sequence[int]) -> bool:
        """Return whether every row holds, and every variable is within its ends."""
        within = all(0 <= value <= most for value, most in zip(values, self.most, strict=True))
        return within and all(self._holds(low, high, terms, values) for low, high, terms in self.rows)

    @staticmethod
    def _holds(
        low: int | None, high: int | None, terms: list[tuple[Variable, int]], values: Sequence[int]
    ) -> bool:
        amount = sum(count * values[variable] for variable, count in terms)
        return (low is None or low <= amount) and (high is None or amount <= high)

    def value(self, values: Sequence[int]) -> int:
        return sum(cost * values[variable] for variable, cost in self.costs)


class Model:
    """A model under construction. Variables are numbered from 0 in the order in which they are made."""

    def __init__(self) -> None:
        self._proto = ortools.CpModelProto()
        self._variables = 0
        self.costs: Sequence[Term] = ()

    def boolean(self) -> Variable:
        return self.whole(1)

    def whole(self, most: int) -> Variable:
        """Add a whole number from 0 to ``most``."""
        self._proto.variables.add().domain.extend([0, most])
        self._variables += 1
        return self._variables - 1

    def exactly_one(self, variables: Iterable[Variable]) -> None:
        self._proto.constraints.add().exactly_one.literals.extend(list(variables))

    def at_most(self, terms: Iterable[Term], limit: int) -> None:
        """Hold the sum of ``terms`` at ``limit`` or below."""
        self._sum(terms, -AS_MANY_AS_WANTED, limit)

    def at_least(self, terms: Iterable[Term], limit: int) -> None:
        """Hold the sum of ``terms`` at ``limit`` or above."""
        self._sum(terms, limit, AS_MANY_AS_WANTED)

    def exactly(self, terms: Iterable[Term], amount: int) -> None:
        self._sum(terms, amount, amount)

    def minimise(self, terms: Iterable[Term]) -> None:
        self.costs = pairs = list(terms)
        self._proto.objective.vars.extend([variable for _, variable in pairs])
        self._proto.objective.coeffs.extend([coefficient for coefficient, _ in pairs])

    def hint(self, values: Mapping[Variable, int]) -> None:
        """Tell the solver where to look first."""
        self._proto.solution_hint.vars.extend(list(values))
        self._proto.solution_hint.values.extend([int(value) for value in values.values()])

    def _sum(self, terms: Iterable[Term], low: int, high: int) -> None:
        pairs = list(terms)
        linear = self._proto.constraints.add().linear
        linear.vars.extend([variable for _, variable in pairs])
        linear.coeffs.extend([coefficient for coefficient, _ in pairs])
        linear.domain.extend([low, high])

    def linear(self) -> Linear:
        """Return the model in plain numbers; each variable once in a sum."""
        proto = self._proto
        rows: list[tuple[int | None, int | None, list[tuple[Variable, int]]]] = []
        for constraint in proto.constraints:
            if constraint.has_exactly_one():
                rows.append((1, 1, [(variable, 1) for variable in sorted(constraint.exactly_one.literals)]))
                continue
            sums = constraint.linear
            low, high = sums.domain
            ends = None if low <= -AS_MANY_AS_WANTED else low, None if high >= AS_MANY_AS_WANTED else high
            rows.append((*ends, _summed(sums.vars, sums.coeffs)))
        return Linear(
            most=[variable.domain[1] for variable in proto.variables],
            rows=rows,
            costs=_summed(proto.objective.vars, proto.objective.coeffs),
        )

    def solve(
        self,
        *,
        seed: int,
        stop: Stop,
        effort: float | None = None,
        progress: Progress = lambda _value, _bound: None,
    ) -> Outcome:
        """Solve with one worker, which gives the same result on every run.

        ``progress`` is called from the solver's thread. When ``stop`` is asked for, or after ``effort`` (the
        solver's own seconds, which count work and not time), the best so far is given.
        """
        if stop.asked:
            return NOTHING
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
        with stop.calls(wrapper.stop_search):
            response = wrapper.solve(self._proto)  # type: ignore[no-untyped-call] # untyped in OR-Tools
        wrapper.clear_solution_callback(watcher)
        return _outcome(response)


def least_whole(bound: float) -> int:
    """Return the least whole number that is no less than a bound, but for its rounding errors."""
    return ceil(bound - ROUNDING * max(1.0, abs(bound)))


def _summed(variables: Iterable[Variable], counts: Iterable[int]) -> list[tuple[Variable, int]]:
    """Return each variable once, in their order, with the sum of its counts."""
    sums: dict[Variable, int] = {}
    for variable, count in zip(variables, counts, strict=True):
        sums[variable] = sums.get(variable, 0) + count
    return sorted(sums.items())


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


class Ladders:
    """Add to ``model`` rungs, as many of which are climbed as a sum comes to, and one yes for any of many."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._ladders: list[tuple[list[Term], list[Variable]]] = []
        self._following: list[tuple[Variable, Callable[[Mapping[Variable, int]], bool]]] = []

    def ladder(self, terms: list[Term], length: int) -> list[Variable]:
        """Add as many rungs, of which at least as many are climbed as ``terms`` come to."""
        rungs = [self.model.boolean() for _ in range(length)]
        if rungs:
            self.model.at_most([*terms, *((-1, rung) for rung in rungs)], 0)
            self._ladders.append((terms, rungs))
        return rungs

    def any_of(self, groups: list[list[Variable]]) -> Variable:
        """Add a variable that is a yes where any of some variables is; no two of one group are."""
        some = self.model.boolean()
        for group in groups:
            self.model.at_most([*((1, each) for each in group), (-1, some)], 0)
        self.follow(some, lambda values: any(values[each] for group in groups for each in group))
        return some

    def follow(self, variable: Variable, is_yes: Callable[[Mapping[Variable, int]], bool]) -> None:
        """Have a hint of other variables, added before it, tell that of this one."""
        self._following.append((variable, is_yes))

    def add_rungs(self, values: dict[Variable, int]) -> dict[Variable, int]:
        """Add to the values of variables those of the rungs above them, and of a yes for any of them."""
        for terms, rungs in self._ladders:
            height = sum(count * values[variable] for count, variable in terms)
            values.update((rung, int(number < height)) for number, rung in enumerate(rungs))
        for variable, is_yes in self._following:
            values[variable] = int(is_yes(values))
        return values

    @cached_property
    def always(self) -> Variable:
        """A variable that is a yes."""
        variable = self.model.boolean()
        self.model.exactly([(1, variable)], 1)
        return variable
