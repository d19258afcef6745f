"""Who could sit where with a list over several rounds, for people with more days than can be written out.

Whoever wished for nothing, or for little, has thousands of days that are as good as each other. The sittings
are a few dozen: so there is a yes-or-no variable for each of them, and steps are counted by places and by how
many wishes come true (instance/linear.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from midtvejs.domain.fairness import OVER_REGRETS, OVER_SEATS, SUMS, Criterion
from midtvejs.solving.cpsat.stated import Term
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.crowd import Leaf
from midtvejs.solving.instance.linear import LinearList, pairs_attended, rungs_of_equals, unless_displaced
from midtvejs.solving.instance.listed import ListLeaf
from midtvejs.solving.prices.problem import Cap, RestrictedProblem
from midtvejs.solving.prices.relaxation import Relaxation


def free_form(relaxation: Relaxation, people: Ints, which: Ints, *, first_group: int) -> RestrictedProblem:
    """Return all that some of ``people``, ``which`` by number, could have; groups from the first one on."""
    stating = _Stating(relaxation, first_group)
    for number in which.tolist():
        stating.add(number, people[number].item())
    return stating.stated


@dataclass(slots=True)
class _Stating:
    """A problem being stated, person by person."""

    relaxation: Relaxation
    next_group: int
    groups: list[int] = field(default_factory=list)
    seats: list[tuple[int, int, int, int]] = field(default_factory=list)
    sums: dict[Criterion, list[int]] = field(default_factory=lambda: defaultdict(list))
    caps: list[Cap] = field(default_factory=list)

    def add(self, number: int, person: int) -> None:
        """State what a person could have, and that the steps of it are those of one level."""
        aggregate = self.relaxation.aggregate
        steps: list[Term] = []
        most, first = 0, len(self.groups)
        for leaf in aggregate.leaves:
            row = int(aggregate.ranking[leaf.number, person])
            terms = (
                self._round(number, leaf, row) if isinstance(leaf, Leaf) else self._list(number, leaf, row)
            )
            steps += terms
            most += leaf.highest_of(row)
        self._count_moved([*range(first, len(self.groups))], person, steps, most)
        if self.relaxation.by_level:
            levels = range(min(most, self.relaxation.levels - 1) + 1)
            group = self._group()
            chosen = [
                (-level, self._variable(group, {each: OVER_REGRETS[each](level) for each in OVER_REGRETS}))
                for level in levels
            ]
            self.caps.append(([*steps, *chosen], 0))

    def _count_moved(self, variables: list[int], person: int, steps: list[Term], most: int) -> None:
        """State that a participant is moved by any seat that they did not have before."""
        elsewhere = [each for each in variables if self.sums[Criterion.MOVED_SEATS][each]]
        if not elsewhere:
            return
        moved = self._variable(-1, {Criterion.MOVED: 1})
        self.caps += [([(1, each), (-1, moved)], 0) for each in elsewhere]
        if Criterion.DISPLACED in self.relaxation.objective.criteria:
            aggregate = self.relaxation.aggregate
            before = int(aggregate.earlier_regrets[aggregate.row_of[person]])
            displaced = self._variable(-1, {Criterion.DISPLACED: 1})
            self.caps.append(unless_displaced(steps, moved, displaced, before=before, most=most))

    def _group(self) -> int:
        self.next_group += 1
        return self.next_group - 1

    def _variable(self, group: int, adds: dict[Criterion, int]) -> int:
        self.groups.append(group)
        for criterion in SUMS:
            self.sums[criterion].append(adds.get(criterion, 0))
        return len(self.groups) - 1

    def _round(self, number: int, leaf: Leaf, row: int) -> Iterator[Term]:
        """State one round with a list of its own; return its steps."""
        group = self._group()
        for session in np.flatnonzero(leaf.open[row]).tolist():
            adds = {criterion: int(amounts[row, session]) for criterion, amounts in leaf.amounts.items()}
            variable = self._variable(group, adds)
            self.seats.append((variable, number, leaf.round, session))
            yield int(leaf.steps[row, session]), variable

    def _list(self, number: int, leaf: ListLeaf, row: int) -> Iterator[Term]:
        """State a list over several rounds; return its steps."""
        listed, free = int(leaf.listed[row]), int(leaf.free[row])
        rounds = free.bit_count()
        linear = LinearList(listed, rounds, fewest=min(1, rounds) if leaf.some_last else rounds)
        of_rounds: dict[int, list[int]] = {part: [] for part in range(len(leaf.parts)) if free >> part & 1}
        of_sessions: dict[int, list[int]] = defaultdict(list)
        for sitting in np.flatnonzero(leaf.open[row]).tolist():
            session = int(leaf.session_of[sitting])
            place, marks = int(leaf.place[row, session]), int(leaf.marks[row, sitting])
            adds = {each: linear.of_place(amount, place, marks) for each, amount in OVER_SEATS.items()}
            variable = self._variable(-1, adds)
            of_sessions[session].append(variable)
            yield place, variable
            for part, spot in enumerate(leaf.spots[sitting].tolist()):
                if spot >= 0:
                    of_rounds[part].append(variable)
                    self.seats.append((variable, number, leaf.parts[part].round, spot))
        for variables in of_rounds.values():
            self._exactly([(1, variable) for variable in variables], 1)
        for session, variables in of_sessions.items():
            if len(variables) > 1:
                self.caps.append(([(1, variable) for variable in variables], 1))
            if leaf.pinned[row, session]:
                self.caps.append(([(-1, variable) for variable in variables], -1))
        group = self._group()
        counts = [
            (
                each,
                self._variable(
                    group, {of: linear.of_counts(amount, each) for of, amount in OVER_SEATS.items()}
                ),
            )
            for each in linear.counts
        ]
        yield from self._equals(leaf, row, linear, of_sessions)
        wished = [
            (1, variable)
            for session, variables in of_sessions.items()
            if leaf.place[row, session] < listed
            for variable in variables
        ]
        self._exactly([*wished, *((-of_them, variable) for (of_them, _), variable in counts)], 0)
        if leaf.some_last:
            taken = [(1, variable) for variables in of_sessions.values() for variable in variables]
            self._exactly([*taken, *((-attended, variable) for (_, attended), variable in counts)], 0)
        yield from ((-pairs_attended(*each), variable) for each, variable in counts)

    def _equals(
        self, leaf: ListLeaf, row: int, linear: LinearList, of_sessions: dict[int, list[int]]
    ) -> Iterator[Term]:
        """Add the rungs of each tier of equals; return the steps that they add."""
        tiers: dict[int, list[list[int]]] = defaultdict(list)
        for session, variables in of_sessions.items():
            if leaf.place[row, session] < linear.listed:
                tiers[int(leaf.place[row, session])].append(variables)
        for tier in tiers.values():
            rungs = [
                (
                    steps,
                    self._variable(
                        -1, {of: steps * linear.of_step(amount) for of, amount in OVER_SEATS.items()}
                    ),
                )
                for steps in rungs_of_equals(len(tier), linear.rounds)
            ]
            if rungs:
                seats = [(1, variable) for variables in tier for variable in variables]
                self.caps.append(([*seats, *((-1, rung) for _, rung in rungs)], 1))
            yield from rungs

    def _exactly(self, terms: list[Term], amount: int) -> None:
        self.caps.append((terms, amount))
        self.caps.append(([(-count, variable) for count, variable in terms], -amount))

    @property
    def stated(self) -> RestrictedProblem:
        seats = np.array(self.seats, dtype=np.int64).reshape(-1, 4)
        return RestrictedProblem(
            group=np.array(self.groups, dtype=np.int64),
            variable=seats[:, 0],
            person=seats[:, 1],
            round=seats[:, 2],
            session=seats[:, 3],
            sums={criterion: np.array(each, dtype=np.int64) for criterion, each in self.sums.items()},
            caps=tuple(self.caps),
        )
