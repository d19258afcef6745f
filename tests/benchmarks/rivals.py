"""What one would write instead. ``python -m tests.benchmarks.rivals NAME PROGRAM PREFERENCES`` prints JSON.

Each gives a session to everybody in every round; what it is worth is counted with the same definitions as
ours. `fairpyx` and `matching` are PyPI packages that only this benchmark needs (extra `bench`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from midtvejs.auditing.audit import audit
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program, Round
from midtvejs.reading.answers.preferences import read_preferences
from midtvejs.reading.program.build import read_program

People = tuple[Participant, ...]
Column = Sequence[str]
"""A session's code for each participant, in one round."""
Columns = Sequence[Column]


def steps(person: Participant, index: int, code: str) -> int:
    return person.wishes[index].steps(code)


def joint_cpsat(program: Program, people: People) -> Columns:
    """One CP-SAT model of the whole day: the highest regret as a variable, then the total, two searches."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    seat = {
        (number, index, session.code): model.new_bool_var("")
        for number in range(len(people))
        for index, round_ in enumerate(program.rounds)
        for session in round_.sessions
    }
    worst = model.new_int_var(0, 100, "worst")
    regrets = []
    for number, person in enumerate(people):
        for index, round_ in enumerate(program.rounds):
            model.add_exactly_one(seat[number, index, session.code] for session in round_.sessions)
        regret = sum(
            steps(person, index, session.code) * seat[number, index, session.code]
            for index, round_ in enumerate(program.rounds)
            for session in round_.sessions
        )
        model.add(regret <= worst)
        regrets.append(regret)
    for index, round_ in enumerate(program.rounds):
        for session in round_.sessions:
            taken = sum(seat[number, index, session.code] for number in range(len(people)))
            model.add(taken <= session.seats)
    solver = cp_model.CpSolver()
    model.minimize(worst)
    if solver.solve(model) != cp_model.OPTIMAL:
        raise SystemExit("worst is not proven")
    model.add(worst <= solver.value(worst))
    model.minimize(sum(regrets))
    if solver.solve(model) != cp_model.OPTIMAL:
        raise SystemExit("total is not proven")
    return [
        [
            next(s.code for s in round_.sessions if solver.value(seat[number, index, s.code]))
            for number in range(len(people))
        ]
        for index, round_ in enumerate(program.rounds)
    ]


def flow_a_round(program: Program, people: People) -> Columns:
    """A min-cost flow a round (OR-Tools): the least total, each round by itself."""
    return [_flow(round_, index, people) for index, round_ in enumerate(program.rounds)]


def _flow(round_: Round, index: int, people: People) -> Column:
    from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped] # OR-Tools has no types here

    flow = min_cost_flow.SimpleMinCostFlow()
    sink = len(people) + len(round_.sessions)
    arcs = {}
    for number, person in enumerate(people):
        flow.set_node_supply(number, 1)
        for place, session in enumerate(round_.sessions):
            cost = steps(person, index, session.code)
            arcs[number, place] = flow.add_arc_with_capacity_and_unit_cost(
                number, len(people) + place, 1, cost
            )
    for place, session in enumerate(round_.sessions):
        flow.add_arc_with_capacity_and_unit_cost(len(people) + place, sink, session.seats, 0)
    flow.set_node_supply(sink, -len(people))
    if flow.solve() != flow.OPTIMAL:
        raise SystemExit("the flow is not optimal")
    return [
        next(s.code for place, s in enumerate(round_.sessions) if flow.flow(arcs[number, place]))
        for number in range(len(people))
    ]


def fairpyx_a_round(program: Program, people: People) -> Columns:
    """fairpyx's utilitarian matching, a round at a time: the highest sum of values."""
    import fairpyx

    columns = []
    for index, round_ in enumerate(program.rounds):
        values = {
            str(number): {s.code: 100 - steps(person, index, s.code) for s in round_.sessions}
            for number, person in enumerate(people)
        }
        instance = fairpyx.Instance(
            valuations=values,
            agent_capacities=1,
            item_capacities={session.code: session.seats for session in round_.sessions},
        )
        bundles = fairpyx.divide(fairpyx.algorithms.utilitarian_matching, instance=instance)
        columns.append([bundles[str(number)][0] for number in range(len(people))])
    return columns


def matching_a_round(program: Program, people: People) -> Columns:
    """Gale-Shapley by `matching`, a round at a time: sessions take who comes first in the file."""
    from matching.games import HospitalResident

    columns = []
    for index, round_ in enumerate(program.rounds):
        codes = [session.code for session in round_.sessions]
        residents = {str(number): _ranked(codes, person, index) for number, person in enumerate(people)}
        game = HospitalResident.create_from_dictionaries(
            residents,
            {code: list(residents) for code in codes},
            {session.code: session.seats for session in round_.sessions},
        )
        seated = {
            str(getattr(person, "name", person)): str(getattr(code, "name", code))
            for code, persons in game.solve().items()
            for person in persons
        }
        columns.append([seated[str(number)] for number in range(len(people))])
    return columns


def _ranked(codes: list[str], person: Participant, index: int) -> list[str]:
    return sorted(codes, key=lambda code: (steps(person, index, code), code))


RIVALS: dict[str, Callable[[Program, People], Columns]] = {
    "joint CP-SAT": joint_cpsat,
    "flow a round": flow_a_round,
    "fairpyx a round": fairpyx_a_round,
    "matching a round": matching_a_round,
}


def main() -> None:
    name, program, preferences = sys.argv[1:]
    day = read_program(Path(program)).accepted()
    people = read_preferences(Path(preferences), day).accepted()
    columns = RIVALS[name](day, people)
    days = dict(zip((person.key for person in people), zip(*columns, strict=True), strict=True))
    verdict = audit(Assignment(program=day, participants=people, days=days), people)
    if not verdict.lawful:
        raise SystemExit(verdict.violations[0].message)
    sys.stdout.write(json.dumps({str(criterion): value for criterion, value in verdict.criteria.items()}))


if __name__ == "__main__":
    main()
