"""How an assignment treats people: regrets, wishes met, and the criteria of fairness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from operator import add
from typing import assert_never

from midtvejs.domain.fairness import OF_WISHES, Criterion, Seat
from midtvejs.domain.participants import NO_WISHES, Participant
from midtvejs.domain.program import Program
from midtvejs.domain.seated import Day, Seated


def steps_of(participant: Participant, day: Day) -> list[int]:
    """Return the steps in each round, in the program's order; 0 where they present, or do not attend."""
    return [
        wishes.steps(code) if code and code not in participant.presents else 0
        for wishes, code in zip(participant.wishes, day, strict=True)
    ]


def regret(participant: Participant, day: Day) -> int:
    """Return a participant's steps summed over all the rounds of the day."""
    return sum(steps_of(participant, day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The figures of an assignment.

    ``regrets`` is by participant key. ``seats`` counts those in rounds that their holder had wishes for;
    rounds without wishes, presenters in their own session, and rounds that a participant does not attend
    (``away``) are counted apart.
    """

    regrets: Mapping[str, int]
    seats: Mapping[Seat, int]
    without_wishes: int
    presenting: int
    away: int = 0

    @property
    def histogram(self) -> dict[int, int]:
        """How many participants have each regret, from 0 to the worst, gaps filled with 0."""
        counts = Counter(self.regrets.values())
        return {level: counts[level] for level in range(max(counts, default=0) + 1)}

    @property
    def ranks(self) -> dict[int, int]:
        """How many seats have each rank in their holder's wishes."""
        ranks: Counter[int] = Counter()
        for seat, count in self.seats.items():
            if seat.steps < seat.listed:
                ranks[seat.steps + 1] += count
        return dict(sorted(ranks.items()))

    @property
    def unlisted(self) -> int:
        """How many seats their holder did not list."""
        return sum(count for seat, count in self.seats.items() if seat.steps == seat.listed)

    @property
    def wished(self) -> int:
        """How many seats a participant had wishes for."""
        return sum(self.seats.values())

    @property
    def criteria(self) -> dict[Criterion, int]:
        """What those criteria come to that wishes bear on."""
        return {criterion: self._value(criterion) for criterion in OF_WISHES}

    def _value(self, criterion: Criterion) -> int:
        # The judge says anew what each means: the solver minimises what CRITERIA says, and a mistake there
        # must not hide here.
        match criterion:
            case Criterion.WORST:
                return max(self.regrets.values(), default=0)
            case Criterion.TOTAL:
                return sum(self.regrets.values())
            case Criterion.EVEN:
                return sum(value * value for value in self.regrets.values())
            case Criterion.FIRST:
                return self.wished - self.ranks.get(1, 0)
            case Criterion.UNLISTED:
                return self.unlisted
            case Criterion.SPREAD | Criterion.AVOID_OWN:
                raise LookupError("wishes do not tell of which organisation anyone is")
            case _:
                assert_never(criterion)


def profile(assignment: Seated) -> Profile:
    """Look at a lawful assignment; an unlawful one may raise LookupError."""
    people = assignment.participants
    days = [assignment.days[person.key] for person in people]
    standing = [number for number, person in enumerate(people) if person.presents or person.absent]
    regrets = [0] * len(people)
    seats: Counter[tuple[int, int]] = Counter()
    presenting = away = 0
    for index in range(len(assignment.program.rounds)):
        counted = [person.wishes[index] for person in people]
        for number in standing:
            code = days[number][index]
            if not code or code in people[number].presents:
                counted[number] = NO_WISHES
                away, presenting = away + (not code), presenting + bool(code)
        steps = [wishes.steps(day[index]) for wishes, day in zip(counted, days, strict=True)]
        regrets = list(map(add, regrets, steps))
        seats.update(zip([len(wishes.codes) for wishes in counted], steps, strict=True))
    return Profile(
        regrets=dict(zip([person.key for person in people], regrets, strict=True)),
        seats={
            Seat(steps=below, listed=listed): count
            for (listed, below), count in sorted(seats.items())
            if listed
        },
        without_wishes=seats[0, 0] - presenting - away,
        presenting=presenting,
        away=away,
    )


def first_wishes(program: Program, participants: tuple[Participant, ...]) -> dict[str, int]:
    """Count for each session, by its code, whose first wish it is.

    Rounds that a participant presents in, or does not attend, do not count.
    """
    demand = dict.fromkeys(("", *program.sessions), 0)
    free_all_day = [person for person in participants if not (person.presents or person.absent)]
    others = [person for person in participants if person.presents or person.absent]
    for index, round_ in enumerate(program.rounds):
        free = [each for each in others if each.attends(round_) and not each.presents_in(round_)]
        firsts = [person.wishes[index].codes[:1] for person in chain(free_all_day, free)]
        for codes, count in Counter(firsts).items():
            demand["".join(codes)] += count
    del demand[""]
    return demand


def without_first_wish(assignment: Seated) -> int:
    """Count the participants who had wishes, and got their first one in no round of the day."""
    count = 0
    for person in assignment.participants:
        ranks = [
            wishes.rank_of(code)
            for wishes, code in zip(person.wishes, assignment.days[person.key], strict=True)
            if wishes.codes and code and code not in person.presents
        ]
        count += bool(ranks) and 1 not in ranks
    return count
