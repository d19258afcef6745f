"""Who sits where, one session for each participant and round; or why nobody can be seated lawfully."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from midtvejs.domain.criteria import Criteria
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.friends import Pair
from midtvejs.domain.participants import Participant
from midtvejs.domain.profile import Profile
from midtvejs.domain.program import Program, Round, Session
from midtvejs.domain.rooms import rooms_for
from midtvejs.domain.rules import Group
from midtvejs.domain.seated import Day, Seated
from midtvejs.errors import MidtvejsError


@dataclass(frozen=True, kw_only=True)
class Assignment(Seated):
    """A day for each participant, and what can be said of it. It need not be lawful."""

    @property
    def profile(self) -> Profile:
        """How it treats people, looked at once; an unlawful one may raise LookupError."""
        return self._criteria.profile

    @property
    def criteria(self) -> Mapping[Criterion, int]:
        """What each criterion comes to; of an unlawful one, each may raise LookupError."""
        return self._criteria

    def colleagues(self, group: str) -> Counter[tuple[str, str]]:
        """Return how many who are one in a group take a seat in a sitting, by its key and what they are.

        Those who are nothing in it are left out.
        """
        return self._criteria.colleagues(group)

    @property
    def friends(self) -> list[Pair]:
        """The pairs of those seated who named each other."""
        return self._criteria.friends

    @cached_property
    def highest_regrets(self) -> tuple[tuple[int, str], ...]:
        """The regret and the key of everybody in a lawful assignment, the highest first."""
        regrets = self.profile.regrets.items()
        return tuple(sorted(((value, key) for key, value in regrets), key=lambda each: (-each[0], each[1])))

    def highest_regret_beside(self, keys: Collection[str]) -> int:
        """Return the highest regret of all but some participants, by their keys; 0 if there are no others."""
        return next((value for value, key in self.highest_regrets if key not in keys), 0)

    @cached_property
    def _criteria(self) -> Criteria:
        return Criteria(self)

    @cached_property
    def cancelled(self) -> frozenset[str]:
        """The keys of the sittings that are cancelled: they may be, and nobody at all is in them."""
        droppable = {key for key, session in self.program.sittings.items() if session.may_be_cancelled}
        if droppable:
            droppable.difference_update(*map(self._keys_of, set(self.days.values())))
        return frozenset(droppable)

    def _keys_of(self, day: Day) -> Iterator[str]:
        """Return the keys of the sittings that begin in a day; what is no session of its round has none."""
        rounds = zip(self.program.keys, day, strict=False)
        return (of_round[code] for of_round, code in rounds if code in of_round)

    def with_rooms(self) -> Assignment:
        """Return the same assignment with a room chosen for each open sitting that is held.

        It depends on who is where alone. Where there is no choice of rooms that all fit into, none is made.
        """
        if not any(session.rooms for session in self.program.sittings.values()):
            return self
        chosen = rooms_for(self.program, self.rosters())
        return replace(self, program=self.program.with_rooms(chosen)) if chosen else self

    def roster(self, session: Session) -> list[Participant]:
        """Return everybody in a session, presenters too, in the order of ``participants``."""
        return self.rosters()[session.key]

    def rosters(self) -> dict[str, list[Participant]]:
        """Return the roster of every sitting of the program by its key, in one pass."""
        rosters: dict[str, list[Participant]] = {key: [] for key in self.program.sittings}
        for participant, day in zip(self.participants, self.each_day, strict=True):
            for key in self._keys_of(day):
                rosters[key].append(participant)
        return rosters

    @cached_property
    def members(self) -> Mapping[Group, list[Participant]]:
        """Those whom each group names, in the order of ``participants``."""
        members: dict[Group, list[Participant]] = defaultdict(list)
        for person in self.participants:
            for group in person.groups:
                members[group].append(person)
        return members

    @cached_property
    def audiences(self) -> Mapping[str, tuple[Participant, ...]]:
        """Those who take a seat in each sitting, by its key, in the order of ``participants``."""
        sittings = self.program.sittings
        return {
            key: tuple(each for each in roster if sittings[key].code not in each.presents)
            for key, roster in self.rosters().items()
        }

    def count_taken(self) -> dict[str, int]:
        """Count the seats taken in each sitting by its key; presenters stand in their own."""
        taken = dict.fromkeys(self.program.sittings, 0)
        # There are fewer different days than participants.
        for day, count in Counter(self.each_day).items():
            for key in self._keys_of(day):
                taken[key] += count
        for person in self.participants:
            for key in self._keys_of(self.days[person.key]) if person.presents else ():
                taken[key] -= self.program.sittings[key].code in person.presents
        return taken


class NoLawfulAssignment(MidtvejsError):
    """Nobody can be seated lawfully, whatever the wishes. Carries what clashes, in the order of the day."""

    def __init__(self, shortages: tuple[Shortage, ...], impasses: tuple[Impasse, ...] = ()) -> None:
        self.shortages = shortages
        self.impasses = impasses
        super().__init__(f"{len(shortages)} shortages, {len(impasses)} impasses")


class OutOfTime(MidtvejsError):
    """The time limit, or the user, ended the search before anything lawful was found.

    Carries what was looked for, in words.
    """

    def __init__(self, sought: str = "lawful assignment") -> None:
        self.sought = sought
        super().__init__(f"the time was up before any {sought} was found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """A round with fewer seats than participants who need one (presenters stand in their own session)."""

    round: Round
    seats: int
    participants: int

    @property
    def missing(self) -> int:
        return self.participants - self.seats


def shortages(program: Program, participants: tuple[Participant, ...]) -> tuple[Shortage, ...]:
    """Find every round that has fewer seats than participants who need one.

    With seats and presenters as the only rules, a lawful assignment exists where there is none: any way to
    fill the rounds is lawful.
    """
    standing = [person for person in participants if person.presents or person.absent]
    others = len(participants) - len(standing)
    needs = [
        (
            round_,
            round_.seats,
            others + sum(each.attends(round_) and each.presents_in(round_) is None for each in standing),
        )
        for round_ in program.rounds
    ]
    return tuple(
        Shortage(round=round_, seats=seats, participants=count)
        for round_, seats, count in needs
        if count > seats
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Rules that cannot all hold, none of them to spare.

    Each of the ``changes`` is enough for them, the smallest first; beside each rule stands one of them.
    """

    rules: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Impasse:
    """A round in which not everybody can be seated lawfully: its clashes, none the other's cause.

    ``smallest`` are the changes that help together, as few and small as can be.
    """

    round: Round
    clashes: tuple[Clash, ...]
    smallest: tuple[str, ...]
