"""What would be different if one participant were in another session: the best that could be made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.changes import Change, find_changes
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant
from midtvejs.domain.profile import find_moved
from midtvejs.domain.program import Round, Session
from midtvejs.domain.seated import Day, Seated


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The days that change if a participant is in another session, by their participants' keys.

    Unless it is ``proven``, there may be ways that change less.
    """

    days: Mapping[str, Day]
    proven: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterfactual:
    """A participant in another ``session`` of a ``round``, and what that costs.

    Of all lawful assignments in which they are there, it changes the days of the fewest others, then the
    fewest seats, and among those it is the best by the order of fairness. ``own`` is what changes for them,
    ``others`` are those who would have to move; ``people`` and ``seats`` count who and what is moved, them
    among the people. ``before`` and ``after`` are what the criteria come to, those of ``fairness``, and
    ``worst`` and ``total`` whatever it says. Unless it is ``proven``, the search ended early, and there may
    be a better one.
    """

    round: Round
    session: Session
    own: Change
    others: tuple[Change, ...]
    people: int
    seats: int
    before: Mapping[Criterion, int]
    after: Mapping[Criterion, int]
    fairness: tuple[Criterion, ...]
    proven: bool = True

    @property
    def lost(self) -> int:
        """How many steps the others lose together; below 0 where they gain."""
        return -sum(change.gain for change in self.others)

    @property
    def most_lost(self) -> int:
        """How many steps are lost by the one of the others who loses most."""
        return max((-change.gain for change in self.others), default=0)

    @property
    def decider(self) -> Criterion | None:
        """The first criterion that comes to something else; None where it is as fair as what is."""
        return next((each for each in self.fairness if self.before[each] != self.after[each]), None)

    @property
    def is_fairer(self) -> bool:
        """Whether it is better by the order of fairness: then what is, is not the best there could be."""
        return self.decider is not None and self.after[self.decider] < self.before[self.decider]

    @property
    def cost(self) -> tuple[int, ...]:
        """What is as small as can be, the first first."""
        return (self.people, self.seats, *(self.after[each] for each in self.fairness))


def describe_counterfactual(
    assignment: Assignment, person: Participant, where: tuple[Round, Session], elsewhere: Elsewhere
) -> Counterfactual:
    """Say what the days that change come to in a lawful assignment."""
    program, days = assignment.program, elsewhere.days
    moved = tuple(each for each in assignment.participants if each.key in days)
    before, after = (
        Seated(program=program, participants=moved, days={each.key: of[each.key] for each in moved})
        for of in (assignment.days, days)
    )
    changes = {change.participant.key: change for change in find_changes(before, after)}
    own = changes.pop(person.key)
    changed = replace(assignment, days={**assignment.days, **days})
    fairness = program.rules.fairness
    seats = [
        len(find_moved(replace(each, earlier=assignment.days[each.key]), days[each.key], program))
        for each in moved
    ]
    told = dict.fromkeys((*fairness, Criterion.WORST, Criterion.TOTAL))
    return Counterfactual(
        round=where[0],
        session=where[1],
        own=own,
        others=tuple(changes.values()),
        people=sum(count > 0 for count in seats),
        seats=sum(seats),
        before={criterion: assignment.criteria[criterion] for criterion in told},
        after={criterion: changed.criteria[criterion] for criterion in told},
        fairness=fairness,
        proven=elsewhere.proven,
    )
