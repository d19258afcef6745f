"""How an assignment treats people: regrets, wishes met, and the criteria of fairness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from operator import add
from typing import assert_never

from midtvejs.domain.fairness import OF_WISHES, Criterion, Seat
from midtvejs.domain.participants import NO_WISHES, Participant, Wishes, count_alike
from midtvejs.domain.program import Block, Program, Round
from midtvejs.domain.seated import Day, Seated


def steps_of(participant: Participant, day: Day, program: Program | None = None) -> list[int]:
    """Return the steps in each round, in the program's order; 0 where they present, or do not attend.

    Without a ``program`` each round has a list of its own. What goes on through several rounds counts in the
    first of them.
    """
    if program is None or not program.lists:
        return [
            wishes.steps(code) if code and code not in participant.presents else 0
            for wishes, code in zip(participant.wishes, day, strict=True)
        ]
    steps = [0] * len(day)
    for wishes, block in zip(participant.wishes, program.blocks, strict=True):
        attended = attended_in(block, participant, day)
        for code, number in attended.items():
            steps[number] = count_missed_above(wishes, code, attended)
    return steps


def attended_in(block: Block, participant: Participant, day: Day) -> dict[str, int]:
    """Return the sessions in which somebody takes a seat in a block, each with the first of its rounds."""
    attended: dict[str, int] = {}
    for number in block.rounds:
        code = day[number]
        if code and code not in participant.presents:
            attended.setdefault(code, number)
    return attended


def count_missed_above(wishes: Wishes, code: str, attended: Collection[str]) -> int:
    """Count the wishes higher on a list than a session, all where it is not on it, that are not attended."""
    return sum(wish not in attended for wish in wishes.higher_than(code))


def find_moved(participant: Participant, day: Day, program: Program) -> list[int]:
    """Return the numbers of the rounds in which a day has a seat that the participant's earlier day had not.

    What goes on through several rounds counts in the first of them. Who presents, or does not attend, takes
    no seat, and is not moved there; nobody is without an earlier day.
    """
    return [
        number
        for number, (code, earlier) in enumerate(zip(day, participant.earlier, strict=False))
        if code not in {"", earlier} and code not in participant.presents and code in program.keys[number]
    ]


def regret(participant: Participant, day: Day, program: Program | None = None) -> int:
    """Return a participant's steps summed over all the rounds of the day."""
    return sum(steps_of(participant, day, program))


def regret_before(participant: Participant, program: Program) -> int:
    """Return the regret of a participant's earlier day, as far as it can be compared with any new one.

    That is in the rounds in which they still take a seat, and by the sessions that are still held there.
    """
    codes = zip(program.rounds, program.keys, participant.earlier, strict=False)
    day = tuple(
        code
        if code in held and participant.attends(round_) and participant.presents_in(round_) is None
        else ""
        for round_, held, code in codes
    )
    return regret(participant, day, program) if day else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The figures of an assignment.

    ``regrets`` is by participant key, in the order of the participants. ``seats`` counts those in rounds that
    their holder had wishes for; rounds without wishes, presenters in their own session, and rounds that a
    participant does not attend (``away``) are counted apart.
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
            if seat.above < seat.listed:
                ranks[seat.above + 1] += count
        return dict(sorted(ranks.items()))

    @property
    def unlisted(self) -> int:
        """How many seats their holder did not list."""
        return sum(count for seat, count in self.seats.items() if seat.above == seat.listed)

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
                among_first = (
                    count for seat, count in self.seats.items() if seat.above < min(seat.rounds, seat.listed)
                )
                return self.wished - sum(among_first)
            case Criterion.UNLISTED:
                return self.unlisted
            case (
                Criterion.SPREAD
                | Criterion.AVOID_OWN
                | Criterion.FRIENDS
                | Criterion.MOVED
                | Criterion.MOVED_SEATS
                | Criterion.DISPLACED
            ):
                raise LookupError(f"wishes alone do not tell what {criterion} is")
            case _:
                assert_never(criterion)


def profile(assignment: Seated) -> Profile:
    """Look at a lawful assignment; an unlawful one may raise LookupError."""
    people = assignment.participants
    days = assignment.each_day
    standing = [number for number, person in enumerate(people) if person.presents or person.absent]
    regrets = [0] * len(people)
    seats: Counter[tuple[int, int]] = Counter()
    presenting = away = 0
    for index, block in enumerate(assignment.program.blocks):
        if not block.alone:
            continue
        (round_,) = block.rounds
        counted = [person.wishes[index] for person in people]
        for number in standing:
            code = days[number][round_]
            if not code or code in people[number].presents:
                counted[number] = NO_WISHES
                away, presenting = away + (not code), presenting + bool(code)
        steps = [wishes.steps(day[round_]) for wishes, day in zip(counted, days, strict=True)]
        regrets = list(map(add, regrets, steps))
        seats.update(zip([len(wishes.codes) for wishes in counted], steps, strict=True))
    of_lists = _of_lists(assignment.program, zip(people, days, strict=True))
    if of_lists.regrets:
        regrets = list(map(add, regrets, of_lists.regrets))
    return Profile(
        regrets=dict(zip([person.key for person in people], regrets, strict=True)),
        seats={
            Seat(steps=below, listed=listed): count
            for (listed, below), count in sorted(seats.items())
            if listed
        }
        | of_lists.seats,
        without_wishes=seats[0, 0] - presenting - away + of_lists.without_wishes,
        presenting=presenting + of_lists.presenting,
        away=away + of_lists.away,
    )


@dataclass(slots=True)
class _OfLists:
    """What lists over several rounds come to: ``regrets`` in the order of the people, none without lists."""

    regrets: list[int]
    seats: Counter[Seat]
    without_wishes: int = 0
    presenting: int = 0
    away: int = 0


def _of_lists(program: Program, people: Iterable[tuple[Participant, Day]]) -> _OfLists:
    found = _OfLists([], Counter())
    blocks = [(index, block) for index, block in enumerate(program.blocks) if not block.alone]
    for person, day in people if blocks else ():
        regret = 0
        for index, block in blocks:
            wishes, listed = person.wishes[index], len(person.wishes[index].codes)
            codes = [day[number] for number in block.rounds]
            rounds = sum(code != "" and code not in person.presents for code in codes)
            found.away += codes.count("")
            found.presenting += len(codes) - codes.count("") - rounds
            spare = max(0, rounds - listed)
            attended = attended_in(block, person, day)
            for code in attended:
                steps = count_missed_above(wishes, code, attended)
                regret += steps
                rank = wishes.rank_of(code)
                if rank is None and spare:
                    spare -= 1
                    found.without_wishes += 1
                else:
                    place = listed if rank is None else rank - 1
                    found.seats[Seat(steps=steps, listed=listed, place=place, rounds=rounds)] += 1
        found.regrets.append(regret)
    return found


def first_wishes(program: Program, participants: tuple[Participant, ...]) -> dict[str, int]:
    """Count for each session, by its code, whose first wish it is.

    Of a list for several rounds, as many wishes are first ones as there are rounds left to choose in. Rounds
    that a participant presents in, or does not attend, do not count.
    """
    demand = dict.fromkeys(program.sessions, 0)
    standing = [person for person in participants if person.presents or person.absent]
    lists = [person.wishes for person in participants if not (person.presents or person.absent)]
    for index, block in enumerate(program.blocks):
        rounds = program.rounds_in(block)
        alike = count_alike([wishes[index] for wishes in lists])
        firsts = [(wishes.first(len(rounds)), count) for wishes, count in alike]
        firsts += [(each.wishes[index].first(rounds_to_choose_in(each, rounds)), 1) for each in standing]
        for codes, count in firsts:
            for code in codes:
                demand[code] += count
    return demand


def rounds_to_choose_in(person: Participant, rounds: Iterable[Round]) -> int:
    """Count the rounds in which a participant neither presents nor is away."""
    return sum(person.attends(round_) and person.presents_in(round_) is None for round_ in rounds)


def without_first_wish(assignment: Seated) -> int:
    """Count the participants who had wishes, and got the first one of none of their lists."""
    count = 0
    blocks = assignment.program.blocks
    for person, day in zip(assignment.participants, assignment.each_day, strict=True):
        ranks = [
            wishes.rank_of(code)
            for wishes, block in zip(person.wishes, blocks, strict=True)
            for code in attended_in(block, person, day)
            if wishes.codes
        ]
        count += bool(ranks) and 1 not in ranks
    return count
