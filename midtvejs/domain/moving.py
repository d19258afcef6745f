"""What would become of the law and of the criteria if one participant went to another sitting.

Everybody else stays where they are: it is one move, and not the best that could be made of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.criteria import Criteria
from midtvejs.domain.fairness import CRITERIA, Criterion, FriendsApart, HighestRegret, PairsOfColleagues
from midtvejs.domain.friends import count_apart
from midtvejs.domain.participants import Participant
from midtvejs.domain.profile import regret
from midtvejs.domain.program import Round, Session
from midtvejs.domain.quotas import is_counted
from midtvejs.domain.rooms import audience_of
from midtvejs.domain.rules import Company, Quota
from midtvejs.domain.seated import Day
from midtvejs.domain.traits import trait_of


@dataclass(frozen=True, kw_only=True)
class Moving:
    """Looks up single moves in an assignment; in what is not lawful, only ``day_in`` means anything."""

    assignment: Assignment

    def day_with(self, person: Participant, key: str) -> Day:
        """Return a participant's day with a sitting in it, by its key, lawful or not."""
        code, numbers = self.assignment.program.sittings[key].code, self.assignment.program.rounds_of[key]
        old = self.assignment.days[person.key]
        return tuple(code if number in numbers else each for number, each in enumerate(old))

    # What is lawful

    def day_in(self, person: Participant, key: str) -> Day | None:
        """Return ``day_with`` a sitting, if that is open to a participant.

        None where they present or are away, where a pin, a ban or steps are in the way, and where they would
        be in a session twice or leave one early. Who else is where is not looked at.
        """
        program, old = self.assignment.program, self.assignment.days[person.key]
        session, numbers = program.sittings[key], program.rounds_of[key]
        rounds = [program.rounds[number] for number in numbers]
        if session.code in person.presents or not all(
            self._is_open(person, round_, session) for round_ in rounds
        ):
            return None
        new = self.day_with(person, key)
        if len(old) != len(program.rounds) or new == old:
            return None
        others = {code for number, code in enumerate(old) if number not in numbers}
        twice = session.code in program.repeated and session.code in others
        torn = any(not {*self._lasting(number, old[number])} <= {*numbers} for number in numbers)
        left = person.pinned_anywhere(program).intersection(old).difference(new)
        return None if twice or torn or left else new

    def _is_open(self, person: Participant, round_: Round, session: Session) -> bool:
        return (
            person.attends(round_)
            and not self._presents(person, round_)
            and session.code in person.open_to_them(round_)
        )

    def _presents(self, person: Participant, round_: Round) -> bool:
        """Return whether a participant presents a session in a round, and it is held."""
        own = {each.key for each in round_.sessions if each.code in person.presents}
        return not own <= self.assignment.cancelled

    def _lasting(self, number: int, code: str) -> tuple[int, ...]:
        """Return the numbers of all rounds through which a session of a round goes on."""
        program = self.assignment.program
        session = program.by_code[number].get(code)
        return program.rounds_of[session.key] if session else ()

    def day_if_freed(self, person: Participant, key: str) -> Day | None:
        """Return the day of a participant who takes a seat that is free in a sitting, or that becomes so.

        None where that is not lawful. Rooms have been chosen where they were open. Nothing is known of
        the one who frees the seat: rules of company and organisations are kept as if they still were there.
        """
        new = self.day_in(person, key)
        if new is None or key in self.assignment.cancelled:
            return None
        left = self._left(person, new)
        lawful = (
            self._few_of_one(person, key)
            and all(self._can_be_left(person, each) for each in left)
            and self._keeps_company(person, new)
        )
        return new if lawful else None

    def _left(self, person: Participant, new: Day) -> list[str]:
        """Return the keys of the sittings that a participant leaves for a new day."""
        program, old = self.assignment.program, self.assignment.days[person.key]
        return [
            of_round[before]
            for of_round, before, after in zip(program.keys, old, new, strict=True)
            if before != after and before in of_round
        ]

    def _few_of_one(self, person: Participant, key: str) -> bool:
        most, group = self.assignment.program.rules.at_most, self.assignment.program.rules.at_most_of
        trait = trait_of(person, group)
        few = most is None or not trait or self.assignment.colleagues(group)[key, trait] < most
        quotas = self.assignment.program.sittings[key].at_most
        return few and all(count < number for count, number in self._of_quotas(quotas, person, key))

    def _of_quotas(self, quotas: Iterable[Quota], person: Participant, key: str) -> Iterator[tuple[int, int]]:
        """Return how many in a sitting are as a participant is, and the number of each quota of them."""
        for quota in quotas:
            trait = trait_of(person, quota.group)
            if is_counted(quota, trait):
                yield self.assignment.colleagues(quota.group)[key, trait], quota.number

    def _can_be_left(self, person: Participant, key: str) -> bool:
        session, roster = self.assignment.program.sittings[key], self._rosters[key]
        if session.may_be_cancelled and len(roster) == 1:
            return True
        enough = not session.least or audience_of(session, roster) > session.least
        return enough and all(
            count > number for count, number in self._of_quotas(session.at_least, person, key)
        )

    def _keeps_company(self, person: Participant, new: Day) -> bool:
        old, rounds = self.assignment.days[person.key], self.assignment.program.rounds
        return all(
            (group.company is Company.TOGETHER) is (self.assignment.days[other.key][number] == code)
            for number, (round_, before, code) in enumerate(zip(rounds, old, new, strict=True))
            if before != code
            for group in person.groups
            if group.holds_in(round_.id)
            for other in self.assignment.members[group]
            if other.key != person.key and other.attends(round_)
        )

    # What it comes to

    def gain(self, person: Participant, day: Day) -> int:
        """Return by how many steps a participant's regret falls with another day."""
        return self._regrets[person.key] - regret(person, day, self.assignment.program)

    def criteria(self, person: Participant, day: Day) -> dict[Criterion, int]:
        """Return what the program's criteria come to, in its order, with another day for one participant."""
        old, new = (self._alone(person, each) for each in (self.assignment.days[person.key], day))
        values: dict[Criterion, int] = {}
        for criterion, now in self.criteria_now.items():
            match CRITERIA[criterion].measure:
                case HighestRegret():
                    values[criterion] = max(
                        new[criterion], self.assignment.highest_regret_beside({person.key})
                    )
                case PairsOfColleagues():
                    values[criterion] = now + self._more_pairs(person, day)
                case FriendsApart():
                    values[criterion] = now + self._more_apart(person, day)
                case _:
                    # What is a sum over people changes by what it changes for one of them.
                    values[criterion] = now - old[criterion] + new[criterion]
        return values

    @cached_property
    def criteria_now(self) -> dict[Criterion, int]:
        """What the program's criteria come to as things are, in its order."""
        fairness = self.assignment.program.rules.fairness
        return {criterion: self.assignment.criteria[criterion] for criterion in fairness}

    def _alone(self, person: Participant, day: Day) -> Criteria:
        return Criteria.of_one(self.assignment.program, person, day)

    def _more_pairs(self, person: Participant, new: Day) -> int:
        """Return by how many the pairs of one organisation rise; below 0 where they fall."""
        group = self.assignment.program.rules.spread_of
        trait = trait_of(person, group)
        if not trait:
            return 0
        left, joined = ({*self._keys(person, day)} for day in (self.assignment.days[person.key], new))
        alike = self.assignment.colleagues(group)
        met = sum(alike[key, trait] for key in joined - left)
        return met - sum(alike[key, trait] - 1 for key in left - joined)

    def _more_apart(self, person: Participant, new: Day) -> int:
        """Return in how many more rounds a participant is apart from friends; below 0 for fewer."""
        days = self.assignment.days
        return sum(
            count_apart(person, new, other, days[other.key])
            - count_apart(person, days[person.key], other, days[other.key])
            for other in self._friends.get(person.key, ())
        )

    def _keys(self, person: Participant, day: Day) -> Iterator[str]:
        """Return the sittings in which a participant takes a seat."""
        rounds = zip(self.assignment.program.keys, day, strict=True)
        return (keys[code] for keys, code in rounds if code in keys and code not in person.presents)

    # What is known of the assignment

    @cached_property
    def _friends(self) -> Mapping[str, list[Participant]]:
        """The friends of each participant who has any, by key."""
        friends: dict[str, list[Participant]] = defaultdict(list)
        for one, other in self.assignment.friends:
            friends[one.key].append(other)
            friends[other.key].append(one)
        return friends

    @cached_property
    def _rosters(self) -> Mapping[str, list[Participant]]:
        return self.assignment.rosters()

    @property
    def _regrets(self) -> Mapping[str, int]:
        return self.assignment.profile.regrets
