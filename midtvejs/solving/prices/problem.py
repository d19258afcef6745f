"""A restricted problem: the variables that some participants are free to decide on, and what binds them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.cpsat.stated import Term
from midtvejs.solving.instance.arrays import Flags, Ints

Cap = tuple[list[Term], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictedProblem:
    """Variables, numbered from 0: exactly one of each ``group`` is a yes, and each has some to choose from.

    Group -1 is none: of these variables any number may be a yes. A yes to ``variable[i]`` seats ``person[i]``
    (a number among the people asked for) in ``session[i]`` of ``round[i]``. ``sums`` says what each variable
    adds to a criterion; ``caps`` are sums, each with the limit that it stays at or below.
    """

    group: Ints
    variable: Ints
    person: Ints
    round: Ints
    session: Ints
    sums: dict[Criterion, Ints]
    caps: tuple[Cap, ...] = ()

    def sessions(self, chosen: Flags, *, standing: Ints, people: int) -> Ints:
        """Read a solution, True for every variable that is a yes: ``sessions[round, person]``.

        Whoever has no seat in a round is in the one that is ``standing`` for none there.
        """
        seated = np.repeat(standing[:, None], people, axis=1)
        taken = chosen[self.variable]
        seated[self.round[taken], self.person[taken]] = self.session[taken]
        return seated

    def beside(self, other: RestrictedProblem) -> RestrictedProblem:
        """Return the problem of these people and of those, whose variables stand behind."""
        first = len(self.group)
        caps = (
            ([(count, first + variable) for count, variable in terms], limit) for terms, limit in other.caps
        )
        return RestrictedProblem(
            group=np.concatenate([self.group, other.group]),
            variable=np.concatenate([self.variable, other.variable + first]),
            person=np.concatenate([self.person, other.person]),
            round=np.concatenate([self.round, other.round]),
            session=np.concatenate([self.session, other.session]),
            sums={
                criterion: np.concatenate([each, other.sums[criterion]])
                for criterion, each in self.sums.items()
            },
            caps=(*self.caps, *caps),
        )
