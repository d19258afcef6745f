"""How an assignment treats people: regrets, wishes met, and the criteria of fairness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from operator import add
from typing import TYPE_CHECKING

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import NO_WISHES, Participant, Wishes
from midtvejs.domain.program import Program, Round

if TYPE_CHECKING:
    from midtvejs.domain.assignment import Assignment, Day


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
    """Look at a lawful assignment; an unlawful one may raise LookupError."""
    rounds, people = assignment.program.rounds, assignment.participants
    days = [assignment.days[person.key] for person in people]
    regrets = [0] * len(people)
    seats: Counter[tuple[int, int]] = Counter()
    for index, round_ in enumerate(rounds):
        counted = _counted(round_, index, people)
        steps = [wishes.steps(day[index]) for wishes, day in zip(counted, days, strict=True)]
        regrets = list(map(add, regrets, steps))
        seats.update(zip([len(wishes.codes) for wishes in counted], steps, strict=True))
    ranks: Counter[int] = Counter()
    for (listed, below), count in seats.items():
        if below < listed:
            ranks[below + 1] += count
    presenters = [person for person in people if person.presents]
    presenting = sum(person.presents_in(round_) is not None for person in presenters for round_ in rounds)
    return Profile(
        regrets=dict(zip([person.key for person in people], regrets, strict=True)),
        ranks=dict(sorted(ranks.items())),
        unlisted=sum(count for (listed, below), count in seats.items() if below == listed > 0),
        without_wishes=seats[0, 0] - presenting,
        presenting=presenting,
    )


def _counted(round_: Round, index: int, people: tuple[Participant, ...]) -> list[Wishes]:
    """Give everybody's wishes in a round; presenters have none in their own."""
    return [
        NO_WISHES if person.presents and person.presents_in(round_) else person.wishes[index]
        for person in people
    ]


def first_wishes(program: Program, participants: tuple[Participant, ...]) -> dict[str, int]:
    """Count for each session, by its code, whose first wish it is; presenters' own rounds do not count."""
    demand = dict.fromkeys(program.sessions, 0)
    for index, round_ in enumerate(program.rounds):
        counted = _counted(round_, index, participants)
        for code, count in Counter(wishes.codes[0] for wishes in counted if wishes.codes).items():
            demand[code] += count
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
