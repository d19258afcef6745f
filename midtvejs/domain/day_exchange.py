"""What it costs to seat a participant elsewhere, if at most one other moves: every way is tried.

Whole days take the place of seats here: where one list is for several rounds, nobody is in a session twice,
so who leaves one may have to rearrange the others; and rules may bind people to each other. Where it takes
two others or more, nothing is found, and it is for the solver to look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from math import prod

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.criteria import Criteria
from midtvejs.domain.fairness import OF_PAIRS, Criterion
from midtvejs.domain.participants import Participant
from midtvejs.domain.profile import find_moved
from midtvejs.domain.program import Block, Program, Round
from midtvejs.domain.rules import Company, Group
from midtvejs.domain.seated import Day
from midtvejs.domain.traits import trait_of

MOST_DAYS = 20_000
"""Of so many ways to spend the rounds of a list, all are looked at; of more, the solver is faster."""

Cost = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """A day that a participant could have instead. ``moved`` counts the seats that they do not have now."""

    day: Day
    moved: int
    taken: frozenset[str]
    left: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class DayExchanges:
    """Looks up what it costs to seat a participant elsewhere in a lawful assignment."""

    assignment: Assignment

    def know(self, number: int) -> bool:
        """Return whether ``find`` may be asked of a round: no sessions are cancelled, and all rooms settled.

        Nor may pairs be counted, of colleagues or of friends, or those of one grade in a session, who are not
        anybody's alone.
        """
        block = self._block_of(number)
        rounds = self._program.rounds_in(block)
        sessions = [session for round_ in rounds for session in round_.sessions]
        return (
            OF_PAIRS.isdisjoint(self._program.rules.fairness)
            and not any(session.rooms or session.may_be_cancelled for session in sessions)
            and not any(session.at_most or session.at_least for session in sessions)
            and prod(len(round_.sessions) for round_ in rounds) <= MOST_DAYS
        )

    def find(self, person: Participant, number: int, code: str) -> Mapping[str, Day] | None:
        """Return the days that change if a participant is to be in a session of a round, theirs among them.

        Of all lawful assignments in which they are, the fewest people move, then the fewest seats, and among
        those it is the best by the order of fairness. None where more than one other has to move.
        """
        block = self._block_of(number)
        ways = [way for way in self._ways(person, block) if way.day[number] == code]
        full = {way: [key for key in sorted(way.taken) if not self._free(key)] for way in ways}
        free = [way for way in ways if not full[way] and self._keep_rules({person.key: way}, block)]
        if free:
            fewest = min(way.moved for way in free)
            return self._best({person.key: way.day} for way in free if way.moved == fewest)
        longest = 2 * len(block.rounds)
        for seats in range(2, longest + 1) if ways else ():
            found = [
                {person.key: way.day, other.key: theirs.day}
                for way in ways
                if way.moved < seats
                for other in self._in_all(full[way], person)
                for theirs in self._ways(other, block)
                if theirs.moved == seats - way.moved
                and self._fit(way, theirs, full[way])
                and self._keep_rules({person.key: way, other.key: theirs}, block)
            ]
            if found:
                return self._best(found)
        return None

    def _in_all(self, keys: list[str], person: Participant) -> Iterator[Participant]:
        """Return the others who have a seat in each of some sittings; all others where there are none."""
        common = self._people.keys() - {person.key}
        for key in keys:
            common &= self._seated[key]
        return (self._people[key] for key in sorted(common))

    def _fit(self, way: _Way, theirs: _Way, full: Collection[str]) -> bool:
        """Return whether there are seats if both have such days."""
        return theirs.left.issuperset(full) and all(
            self._free(key) + (key in way.left) - (key in way.taken) > 0 for key in theirs.taken
        )

    def _free(self, key: str) -> int:
        return self._program.sittings[key].seats - self._taken[key]

    # Rules that bind people to each other

    def _keep_rules(self, ways: Mapping[str, _Way], block: Block) -> bool:
        """Return whether such days, by their participants' keys, keep the rules beside all others' days."""
        return (
            self._leave_enough(ways)
            and self._are_few_of_one(ways)
            and all(
                self._keep_company(group, number, ways)
                for key in ways
                for group in self._people[key].groups
                for number in block.rounds
                if group.holds_in(self._program.rounds[number].id)
            )
        )

    def _leave_enough(self, ways: Mapping[str, _Way]) -> bool:
        left = Counter(key for way in ways.values() for key in way.left)
        taken = Counter(key for way in ways.values() for key in way.taken)
        return all(
            self._taken[key] - count + taken[key] >= self._program.sittings[key].least
            for key, count in left.items()
        )

    def _are_few_of_one(self, ways: Mapping[str, _Way]) -> bool:
        most, group = self._program.rules.at_most, self._program.rules.at_most_of
        if most is None:
            return True
        counts: Counter[tuple[str, str]] = Counter()
        for person, way in ways.items():
            trait = trait_of(self._people[person], group)
            counts.update((key, trait) for key in way.taken if trait)
            counts.subtract((key, trait) for key in way.left if trait)
        alike = self.assignment.colleagues(group)
        return all(count <= 0 or alike[each] + count <= most for each, count in counts.items())

    def _keep_company(self, group: Group, number: int, ways: Mapping[str, _Way]) -> bool:
        keys = [person.key for person in self.assignment.members[group]]
        days = [ways[key].day if key in ways else self.assignment.days[key] for key in keys]
        codes = [day[number] for day in days if day[number]]
        different = len(set(codes))
        return different <= 1 if group.company is Company.TOGETHER else different == len(codes)

    # Days

    def _ways(self, person: Participant, block: Block) -> list[_Way]:
        """Return the other days that are lawful for a participant alone, as far as one list goes."""
        known = self._known.get((person.key, block.id))
        if known is None:
            known = self._known[person.key, block.id] = list(self._find_ways(person, block))
        return known

    def _find_ways(self, person: Participant, block: Block) -> Iterator[_Way]:
        now = self.assignment.days[person.key]
        pinned = person.pinned_anywhere(self._program)
        asked = {code for code in pinned if any(code in self._program.keys[each] for each in block.rounds)}
        had = self._seats(person, now, block)
        before = replace(person, earlier=now)
        choices = [self._open(person, self._program.rounds[each]) for each in block.rounds]
        for codes in product(*choices):
            day = list(now)
            for number, code in zip(block.rounds, codes, strict=True):
                day[number] = code
            if tuple(day) == now or not asked.issubset(codes) or not self._is_whole(person, day, block):
                continue
            seats = self._seats(person, tuple(day), block)
            moved = len(find_moved(before, tuple(day), self._program))
            yield _Way(tuple(day), moved, seats - had, had - seats)

    def _open(self, person: Participant, round_: Round) -> list[str]:
        if not person.attends(round_):
            return [""]
        own = person.presents_in(round_)
        return [own] if own else sorted(person.open_to_them(round_))

    def _is_whole(self, person: Participant, day: list[str], block: Block) -> bool:
        """Return whether nobody sits in a session twice, and all stay to the end of what goes on."""
        times: Counter[str] = Counter()
        for number in block.rounds:
            code = day[number]
            if code and code not in person.presents:
                rounds = self._program.rounds_of[self._program.by_code[number][code].key]
                if any(day[each] != code for each in rounds):
                    return False
                times[code] += number == rounds[0]
        return all(count == 1 for count in times.values())

    def _seats(self, person: Participant, day: Day, block: Block) -> frozenset[str]:
        """Return the keys of the sittings in which a participant takes a seat."""
        codes = ((number, day[number]) for number in block.rounds)
        return frozenset(
            self._program.by_code[number][code].key
            for number, code in codes
            if code and code not in person.presents
        )

    # What is best

    def _best(self, found: Iterator[dict[str, Day]] | list[dict[str, Day]]) -> Mapping[str, Day]:
        """Return the best by the order of fairness; among equals, nobody loses many steps."""
        return min(found, key=lambda days: (self._cost(days), self._most_lost(days), sorted(days.items())))

    def _cost(self, days: Mapping[str, Day]) -> Cost:
        worst = self.assignment.highest_regret_beside(days)
        cost: list[int] = []
        for criterion in self._program.rules.fairness:
            now = [self._worth(key, day)[criterion] for key, day in days.items()]
            if criterion is Criterion.WORST:
                cost.append(max(worst, *now))
            else:
                before = (self._worth(key, self.assignment.days[key])[criterion] for key in days)
                cost.append(sum(now) - sum(before))
        return tuple(cost)

    def _most_lost(self, days: Mapping[str, Day]) -> int:
        return max(
            self._worth(key, day)[Criterion.TOTAL]
            - self._worth(key, self.assignment.days[key])[Criterion.TOTAL]
            for key, day in days.items()
        )

    def _worth(self, key: str, day: Day) -> Mapping[Criterion, int]:
        """Return what the criteria come to of one day: all of them but ``worst`` are sums over people."""
        known = self._worths.get((key, day))
        if known is None:
            criteria = Criteria.of_one(self._program, self._people[key], day)
            asked = {*self._program.rules.fairness, Criterion.TOTAL}
            known = self._worths[key, day] = {each: criteria[each] for each in asked}
        return known

    # What is known of the assignment

    @property
    def _program(self) -> Program:
        return self.assignment.program

    def _block_of(self, number: int) -> Block:
        return self._program.blocks[self._program.list_numbers[number]]

    @cached_property
    def _known(self) -> dict[tuple[str, str], list[_Way]]:
        return {}

    @cached_property
    def _worths(self) -> dict[tuple[str, Day], Mapping[Criterion, int]]:
        return {}

    @cached_property
    def _people(self) -> Mapping[str, Participant]:
        return {person.key: person for person in self.assignment.participants}

    @cached_property
    def _taken(self) -> Mapping[str, int]:
        return self.assignment.count_taken()

    @cached_property
    def _seated(self) -> Mapping[str, frozenset[str]]:
        """The keys of those who have a seat in each sitting."""
        audiences = self.assignment.audiences
        return {key: frozenset(each.key for each in audience) for key, audience in audiences.items()}
