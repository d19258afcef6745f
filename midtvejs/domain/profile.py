"""How an assignment treats people: regrets, wishes met, and the criteria of fairness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from midtvejs.domain.assignment import Assignment, Day
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program


def steps_of(program: Program, participant: Participant, day: Day) -> list[int]:
    """Give the steps in each round, in the program's order; 0 in a round in which they present."""
    if not participant.presents:
        return [wishes.steps(code) for wishes, code in zip(participant.wishes, day, strict=True)]
    return [
        0 if participant.presents_in(round_) else wishes.steps(code)
        for round_, wishes, code in zip(program.rounds, participant.wishes, day, strict=True)
    ]


def regret(program: Program, participant: Participant, day: Day) -> int:
    """Give a participant's steps summed over all the rounds of the day."""
    return sum(steps_of(program, participant, day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The figures of an assignment.

    ``regrets`` is by participant key. ``ranks`` counts seats by the rank they had in their holder's wishes;
    ``unlisted`` those their holder did not list; rounds without wishes, and presenters in their own session,
    are counted apart and in neither.
    """

    regrets: Mapping[str, int]
    ranks: Mapping[int, int]
    unlisted: int
    without_wishes: int
    presenting: int

    @property
    def histogram(self) -> dict[int, int]:
        """How many participants have each regret, from 0 to the worst, gaps filled with 0."""
        counts = Counter(self.regrets.values())
        return {level: counts[level] for level in range(max(counts, default=0) + 1)}

    @property
    def wished(self) -> int:
        """How many seats somebody had wishes for."""
        return sum(self.ranks.values()) + self.unlisted

    @property
    def criteria(self) -> dict[Criterion, int]:
        return {
            Criterion.WORST: max(self.regrets.values(), default=0),
            Criterion.TOTAL: sum(self.regrets.values()),
            Criterion.EVEN: sum(value * value for value in self.regrets.values()),
            Criterion.FIRST: self.wished - self.ranks.get(1, 0),
            Criterion.UNLISTED: self.unlisted,
        }


def profile(assignment: Assignment) -> Profile:
    """Look at a lawful assignment; an unlawful one may raise KeyError."""
    program = assignment.program
    regrets: dict[str, int] = {}
    ranks: Counter[int] = Counter()
    unlisted = without_wishes = presenting = 0
    for participant in assignment.participants:
        steps = steps_of(program, participant, assignment.days[participant.key])
        regrets[participant.key] = sum(steps)
        for round_, wishes, count in zip(program.rounds, participant.wishes, steps, strict=True):
            if participant.presents and participant.presents_in(round_):
                presenting += 1
            elif not wishes.codes:
                without_wishes += 1
            elif count < len(wishes.codes):
                ranks[count + 1] += 1
            else:
                unlisted += 1
    return Profile(
        regrets=regrets,
        ranks=dict(sorted(ranks.items())),
        unlisted=unlisted,
        without_wishes=without_wishes,
        presenting=presenting,
    )


def first_wishes(program: Program, participants: tuple[Participant, ...]) -> dict[str, int]:
    """Count for each session, by its code, whose first wish it is; presenters' own rounds do not count."""
    demand = dict.fromkeys(program.sessions, 0)
    for participant in participants:
        for round_, wishes in zip(program.rounds, participant.wishes, strict=True):
            if wishes.codes and not participant.presents_in(round_):
                demand[wishes.codes[0]] += 1
    return demand


def without_first_wish(assignment: Assignment) -> int:
    """Count the participants who had wishes, and got their first one in no round of the day."""
    rounds = assignment.program.rounds
    count = 0
    for person in assignment.participants:
        seats = zip(rounds, person.wishes, assignment.days[person.key], strict=True)
        ranks = [
            wishes.rank_of(code)
            for round_, wishes, code in seats
            if wishes.codes and not person.presents_in(round_)
        ]
        count += bool(ranks) and 1 not in ranks
    return count
