"""Spread some of those without wishes, whatever rules bind them: all others stay, and so does each criterion.

Legend: Åse and Bo have no wishes in round 0, and the shares of sessions 0 and 1 are 1 each. A whole number
for each session says how many are in it beyond its share: 1 for session 0 if both are there. Their sum is to
be small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.rules import all_rules, keep_reached
from midtvejs.solving.cpsat.seating import Seating
from midtvejs.solving.cpsat.stated import Variable
from midtvejs.solving.instance.case import STANDING, Case, Choice, Spot
from midtvejs.solving.stop import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Spreading:
    """What is asked. ``movable`` has, by participant, the rounds in which they have no wishes.

    ``shares`` is how many of them each session is to have, at most; none of them goes to what is ``closed``,
    or is moved from an earlier seat, or back to it.
    No criterion exceeds its limit.
    """

    case: Case
    shares: Mapping[Spot, int]
    movable: Mapping[int, Collection[int]]
    closed: Collection[Spot]
    limits: Mapping[Criterion, int]

    def crowded(self, choices: Sequence[Choice]) -> dict[Spot, int]:
        """Return the sessions that have more of them than their share, and by how many."""
        seated = self.count_seated(choices, self.movable)
        return {
            spot: count - self.shares[spot] for spot, count in seated.items() if count > self.shares[spot]
        }

    def beyond(self, choices: Sequence[Choice]) -> int:
        return sum(self.crowded(choices).values())

    def count_seated(self, choices: Sequence[Choice], people: Collection[int]) -> Counter[Spot]:
        """Count how many of some of them are in each session."""
        return Counter(
            (number, choices[person][number]) for person in people for number in self.movable[person]
        )


def spread_some(
    asked: Spreading, choices: Sequence[Choice], some: Collection[int], stop: Stop
) -> Sequence[Choice]:
    """Return choices in which ``some`` are spread better, or the same ones; no other choice changes."""
    case = asked.case
    model = Model()
    fixed = {person: choice for person, choice in enumerate(choices) if person not in set(some)}
    seating = Seating(model, case, worst=case.furthest, fixed=fixed)
    for rule in (*all_rules(seating), *keep_reached(seating, asked.limits)):
        model.at_most(rule.terms, rule.limit)
    hint = seating.values_of(choices)
    for spot in seating.sessions.numbered:
        if (held := seating.sessions.is_held(spot)) is not None:
            model.exactly([(1, held)], hint[held])
    takers: dict[Spot, list[Variable]] = {spot: [] for spot in asked.shares}
    for person in seating.free:
        for number, choice in enumerate(choices[person]):
            moved = case.rounds[number].moved[case.ranking(person, number)] if choice != STANDING else ()
            for session, variable in seating.may_take(person, number):
                if number not in asked.movable[person]:
                    model.exactly([(1, variable)], int(session == choice))
                elif (number, session) in asked.closed or (session in moved) is not (choice in moved):
                    model.exactly([(1, variable)], 0)
                else:
                    takers[number, session].append(variable)
    settled = asked.count_seated(choices, [person for person in asked.movable if person in fixed])
    beyond: list[Variable] = []
    for spot, variables in takers.items():
        # Below 0 where those who stay are too many already: then each of the others is one more.
        share = max(0, asked.shares[spot] - settled[spot])
        more = model.whole(len(variables))
        model.at_most([*((1, variable) for variable in variables), (-1, more)], share)
        hint[more] = max(0, sum(hint[variable] for variable in variables) - share)
        beyond.append(more)
    model.minimise((1, more) for more in beyond)
    model.hint(hint)
    seed, effort = case.program.rules.seed, case.limits.balanced_effort
    outcome = model.solve(seed=seed, stop=stop, effort=effort)
    return seating.choices(outcome.values) if outcome.found else choices
