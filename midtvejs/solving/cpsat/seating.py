"""The decision variables: who sits where, with methods that answer in the conference's words.

Legend: one yes-or-no variable for each participant, round and session that they may still get: yes, they sit
there. For Åse (0) in round 0, ``may_take(0, 0)`` is ``[(0, x), (1, y)]``: session 0 if x, session 1 if y.
Presenters of a session that may be cancelled take a seat only if it is: for them one more variable, that of
the session being held, is among those of which exactly one is a yes.

Where rounds share a list, nobody is in a session twice, and in one that goes on to its end (lists.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from midtvejs.domain.rules import Pin
from midtvejs.solving.cpsat.lists import SeatedList
from midtvejs.solving.cpsat.model import Ladders, Model
from midtvejs.solving.cpsat.sessions import Sessions, Spot
from midtvejs.solving.cpsat.stated import Term, Variable
from midtvejs.solving.instance.case import PRESENTS, STANDING, Case, Choice

EVERYBODY_IS_FREE: Mapping[int, Choice] = {}

Seats = Sequence[Sequence[Collection[int]]]
"""By participant and round, the sessions that they may have a seat in."""


class Seating(Ladders):
    """Everybody in one session a round, never further down than ``worst`` steps in any.

    Adds its variables to ``model``, and that each round has exactly one yes for each participant. Anyone who
    has a choice in ``fixed`` keeps it, and has no variables; ``free`` are the others. Of the seats that are
    open to them they may have those ``within``, all without it.
    """

    def __init__(
        self,
        model: Model,
        case: Case,
        *,
        worst: int,
        fixed: Mapping[int, Choice] = EVERYBODY_IS_FREE,
        within: Seats | None = None,
    ) -> None:
        super().__init__(model)
        self.case = case
        self.worst = worst
        self.fixed = fixed
        self._within = within
        self.free = [person for person in range(len(case.rows)) if person not in fixed]
        self.sessions = Sessions(model, case)
        self._takers: dict[Spot, list[Variable]] = defaultdict(list)
        self._choices = {
            person: [self._choose(person, index, worst) for index in range(len(case.rounds))]
            for person in self.free
        }
        self._settled = Counter(spot for choice in fixed.values() for spot in enumerate(choice))
        self._hold_presented()
        self._lists = {
            person: [SeatedList(model, case, block, person, self._choices[person]) for block in case.blocks]
            for person in (self.free if case.blocks else ())
        }

    def _choose(self, person: int, index: int, worst: int) -> list[tuple[int, Variable]]:
        ranking = self.case.ranking(person, index)
        if ranking == PRESENTS:
            return []
        round_ = self.case.rounds[index]
        # Of a list for several rounds, as many places down as there are other rounds may cost no step.
        block = self.case.block_of.get(index)
        furthest = worst if block is None else worst + len(block.rounds) - 1
        is_open = round_.open[ranking]
        if self._within is not None:
            is_open = is_open.intersection(self._within[person][index])
        options = [
            (session, self.model.boolean())
            for session, count in enumerate(round_.rankings[ranking])
            if count <= furthest and session in is_open
        ]
        for session, variable in options:
            self._takers[index, session].append(variable)
        ways = [variable for _, variable in options]
        self.model.exactly_one([*ways, *self.stands(person, index)])
        return options

    def _hold_presented(self) -> None:
        """Have a session held, or not, as those of its presenters have it who are fixed."""
        for person, index in self.case.freed:
            held = self.sessions.is_held((index, self.case.own(person, index)))
            if person in self.fixed and held is not None:
                self.model.exactly([(1, held)], int(self.fixed[person][index] == STANDING))

    def lists(self, person: int) -> Sequence[SeatedList]:
        """Return a participant's seats in each block of several rounds, counted by its list."""
        return self._lists.get(person, ())

    def may_take(self, person: int, round_: int) -> list[tuple[int, Variable]]:
        """Return each session open to a participant in a round, and its variable; none while they present."""
        return self._choices[person][round_]

    def stands(self, person: int, round_: int) -> list[Variable]:
        """Return what is a yes while a participant presents in a round, and might take a seat in it."""
        if self.case.rows[person][round_] != PRESENTS:
            return []
        held = self.sessions.is_held((round_, self.case.own(person, round_)))
        return [] if held is None else [held]

    def audience(self, spot: Spot) -> list[Term]:
        taken = [(1, variable) for variable in self._takers[spot]]
        return [*taken, (self._settled[spot], self.always)] if self._settled[spot] else taken

    def colleagues(self, spot: Spot, group: str) -> Mapping[str, list[Term]]:
        if group not in self._colleagues:
            self._colleagues[group] = self._count(self.case.alike(group))
        return self._colleagues[group][spot]

    def by_trait(self, spot: Spot, group: str) -> Mapping[str, list[Term]]:
        if group not in self._by_trait:
            self._by_trait[group] = self._count(self.case.by_trait(group))
        return self._by_trait[group][spot]

    @cached_property
    def _colleagues(self) -> dict[str, Mapping[Spot, Mapping[str, list[Term]]]]:
        return {}

    @cached_property
    def _by_trait(self) -> dict[str, Mapping[Spot, Mapping[str, list[Term]]]]:
        return {}

    def _count(self, alike: Mapping[str, list[int]]) -> Mapping[Spot, Mapping[str, list[Term]]]:
        found: dict[Spot, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for name, people in alike.items():
            fixed = [self.fixed[person] for person in people if person in self.fixed]
            for spot, count in Counter(spot for choice in fixed for spot in enumerate(choice)).items():
                found[spot][name].append((count, self.always))
            for person in people:
                for round_, options in enumerate(self._choices.get(person, ())):
                    for session, variable in options:
                        found[round_, session][name].append((1, variable))
        return found

    def pin_variables(self, _round: int) -> Mapping[Pin, Sequence[Sequence[Variable]]]:
        """Return nothing: only sessions that no pin or ban is in the way of have variables."""
        return {}

    def presence(self, person: int, spot: Spot) -> list[Term]:
        round_, session = spot
        if self.case.rows[person][round_] == PRESENTS and self.case.own(person, round_) == session:
            held = self.sessions.is_held(spot)
            return [(1, self.always if held is None else held)]
        if person in self.fixed:
            return [(1, self.always)] if self.fixed[person][round_] == session else []
        return [(1, variable) for number, variable in self._choices[person][round_] if number == session]

    def steps_of(self, person: int) -> list[Term]:
        """Return a participant's regret as a sum; terms of 0 steps are left out."""
        of_lists = [term for of_list in self.lists(person) for term in of_list.steps]
        return of_lists + [
            (steps, variable)
            for round_, options in enumerate(self._choices[person])
            if round_ not in self.case.block_of
            for session, variable in options
            if (steps := self.case.steps(person, round_, session))
        ]

    def regret_at_most(self, person: int) -> int:
        """Return a regret that no choice among a participant's open sessions is above."""
        return sum(
            max((self.case.steps(person, round_, session) for session, _ in options), default=0)
            for round_, options in enumerate(self._choices[person])
        )

    def values_of(self, choices: Sequence[Choice]) -> dict[Variable, int]:
        """Say an assignment in variables, and in the rungs of every ladder there is."""
        seats = {
            variable: int(session == choices[person][round_])
            for person, rounds in self._choices.items()
            for round_, options in enumerate(rounds)
            for session, variable in options
        }
        counts = {
            variable: value
            for person, of_lists in self._lists.items()
            for of_list in of_lists
            for variable, value in of_list.values_of(seats).items()
        }
        return self.add_rungs(self.sessions.hint(choices, self.case) | seats | counts)

    def choices(self, values: Sequence[int]) -> list[Choice]:
        """Read an assignment from a solution."""
        chosen = {
            person: tuple(
                next((session for session, variable in options if values[variable]), STANDING)
                for options in rounds
            )
            for person, rounds in self._choices.items()
        }
        return [chosen.get(person) or self.fixed[person] for person in range(len(self.case.rows))]
