"""The model's variables, which answer in the conference's words.

Legend: one yes-or-no variable for each participant, round and session that they may still get: yes, they sit
there. For Åse (0) in round 0, ``may_take(0, 0)`` is ``[(0, x), (1, y)]``: session 0 if x, session 1 if y.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from midtvejs.solving.case import PRESENTS, STANDING, Case, Choice
from midtvejs.solving.cpsat import Model, Term, Variable


class Seating:
    """Everybody in one session a round, never further down than ``worst`` steps in any.

    Adds its variables to ``model``, and that each round has exactly one yes for each participant.
    """

    def __init__(self, model: Model, case: Case, *, worst: int) -> None:
        self.case = case
        self.model = model
        self.worst = worst
        self._choices: list[list[list[tuple[int, Variable]]]] = []
        for row in case.rows:
            self._choices.append([self._choose(index, ranking, worst) for index, ranking in enumerate(row)])

    def _choose(self, index: int, ranking: int, worst: int) -> list[tuple[int, Variable]]:
        if ranking == PRESENTS:
            return []
        steps = self.case.rounds[index].rankings[ranking]
        options = [(session, self.model.boolean()) for session, count in enumerate(steps) if count <= worst]
        self.model.exactly_one(variable for _, variable in options)
        return options

    def may_take(self, person: int, round_: int) -> list[tuple[int, Variable]]:
        """Give each session open to a participant in a round, and its variable; none while they present."""
        return self._choices[person][round_]

    def in_session(self, round_: int, session: int) -> Iterator[Variable]:
        """Give a variable for each participant who may take a seat in a session."""
        for choices in self._choices:
            yield from (variable for number, variable in choices[round_] if number == session)

    def steps_of(self, person: int) -> list[Term]:
        """Give a participant's regret as a sum; terms of 0 steps are left out."""
        return [
            (steps, variable)
            for round_, options in enumerate(self._choices[person])
            for session, variable in options
            if (steps := self.case.steps(person, round_, session))
        ]

    def regret_at_most(self, person: int) -> int:
        """Give the highest regret that a participant's open sessions allow."""
        return sum(
            max((self.case.steps(person, round_, session) for session, _ in options), default=0)
            for round_, options in enumerate(self._choices[person])
        )

    def values_of(self, choices: Sequence[Choice]) -> list[bool]:
        """Say an assignment in variables, in the order in which they were made."""
        return [
            session == choice[round_]
            for person, choice in enumerate(choices)
            for round_, options in enumerate(self._choices[person])
            for session, _ in options
        ]

    def choices(self, values: Sequence[bool]) -> list[Choice]:
        """Read an assignment from a solution."""
        return [
            tuple(
                next((session for session, variable in options if values[variable]), STANDING)
                for options in rounds
            )
            for rounds in self._choices
        ]
