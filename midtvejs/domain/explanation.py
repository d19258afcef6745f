"""Why one participant got what they got: the facts, round by round, without any words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.counterfactual import Counterfactual, Elsewhere, describe_counterfactual
from midtvejs.domain.day_exchange import DayExchanges
from midtvejs.domain.exchange import Exchanges
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.profile import attended_in, first_wishes
from midtvejs.domain.program import Block, Program, Round, Session
from midtvejs.domain.quotas import is_counted
from midtvejs.domain.rules import Group, Pin, Quota
from midtvejs.domain.traits import trait_of

MOST_EXPLAINED = 3
"""Of the wishes that a participant did not get, so many are explained, the highest ones."""

Solve = Callable[[Assignment, Participant, int, str], Elsewhere | None]
"""Finds the days that change if a participant is to be in a session of a round, by its number.

As ``Exchanges.find`` does, but whatever the rules are.
"""


class Ground(Enum):
    """Why a participant is in a session: what comes before any wish, or nothing but the wishes of all."""

    AWAY = auto()
    PRESENTS = auto()
    DECIDED = auto()
    ONLY_ONE = auto()
    WISHES = auto()


class Obstacle(Enum):
    """Why a participant could not get a wish, whatever others wished."""

    CANCELLED = auto()
    BANNED = auto()
    STEPS = auto()
    NOT_THEN = auto()
    IMPOSSIBLE = auto()


class Claim(Enum):
    """What those in a full session would lose by giving up their seat, against what is gained by it.

    ``ALL_MORE``: each of them would lose more. ``NONE_LESS``: none would lose less.
    """

    ALL_MORE = auto()
    NONE_LESS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a participant is in one round, ``session`` None where they do not attend it.

    ``rank`` is that of the wish, None for what is not listed. ``pin`` is the coordinator's decision. So are
    the ``companies``: the others whom they are to be with, or not.
    """

    round: Round
    session: Session | None
    ground: Ground
    rank: int | None = None
    pin: Pin | None = None
    companies: tuple[tuple[Group, tuple[Participant, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A wish that stands higher than what its participant got. ``first``: whose first wish it is.

    ``sittings`` are all the times that it is held in these rounds. ``of_own`` of the participant's
    organisation, or other group (``own_group``), have a seat in it, where no more may. There is a
    counterfactual unless there is an obstacle.
    """

    rank: int
    session: Session
    sittings: tuple[Session, ...]
    taken: int
    first: int
    obstacle: Obstacle | None = None
    pin: Pin | None = None
    of_own: int = 0
    own_group: str = ""
    claim: Claim | None = None
    counterfactual: Counterfactual | None = None

    @property
    def seats(self) -> int:
        return sum(sitting.seats for sitting in self.sittings)

    @property
    def is_open(self) -> bool:
        """Whether a room of it is open, so that there are so many seats at most."""
        return any(sitting.rooms for sitting in self.sittings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What a participant wished in the rounds of one list, what they got, and what stood in the way.

    ``further`` are wishes missed as well that are not explained, as they stand lower.
    """

    block: Block
    wishes: Wishes
    places: tuple[Place, ...]
    missed: tuple[Missed, ...] = ()
    further: tuple[Session, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A participant's whole day. ``worst`` is the highest regret of all."""

    participant: Participant
    regret: int
    worst: int
    lists: tuple[Explained, ...]

    @property
    def finds_fairer(self) -> bool:
        """Whether it comes upon a fairer assignment: then this one is not the optimum."""
        what_ifs = (missed.counterfactual for each in self.lists for missed in each.missed)
        return any(what_if.is_fairer for what_if in what_ifs if what_if)


@dataclass(frozen=True, kw_only=True)
class Explaining:
    """Explains the days of a lawful assignment; ``solve`` is asked where rules bind people to each other."""

    assignment: Assignment
    solve: Solve

    def explain(self, person: Participant) -> Explanation:
        """Return why a participant has the day that they have."""
        regrets = self.assignment.profile.regrets
        blocks = zip(self._program.blocks, person.wishes, strict=True)
        return Explanation(
            participant=person,
            regret=regrets[person.key],
            worst=max(regrets.values()),
            lists=tuple(self._explain_list(person, block, wishes) for block, wishes in blocks),
        )

    def _explain_list(self, person: Participant, block: Block, wishes: Wishes) -> Explained:
        places = tuple(self._place(person, number, wishes) for number in block.rounds)
        chosen = any(place.ground is Ground.WISHES for place in places)
        missed = self._missed(person, block, wishes) if chosen else []
        return Explained(
            block=block,
            wishes=wishes,
            places=places,
            missed=tuple(
                self._explain_missed(person, block, code, wishes) for code in missed[:MOST_EXPLAINED]
            ),
            further=tuple(self._program.sessions[code] for code in missed[MOST_EXPLAINED:]),
        )

    def _missed(self, person: Participant, block: Block, wishes: Wishes) -> list[str]:
        """Return the wishes that stand above the lowest session attended, and are not attended."""
        attended = attended_in(block, person, self.assignment.days[person.key])
        lowest = max(map(wishes.steps, attended), default=0)
        return [code for code in wishes.codes[:lowest] if code not in attended]

    def _place(self, person: Participant, number: int, wishes: Wishes) -> Place:
        round_ = self._program.rounds[number]
        code = self.assignment.days[person.key][number]
        session = self._program.by_code[number].get(code)
        companies = self._companies(person, round_) if session else ()
        pin = next((pin for pin in person.pins_in(round_) if pin.holds and pin.code == code), None)
        if pin is None and code in person.pinned_anywhere(self._program):
            pin = next(pin for pin in person.pins if pin.holds and pin.code == code)
        if session is None:
            ground = Ground.AWAY
        elif code in person.presents:
            ground = Ground.PRESENTS
        elif pin:
            ground = Ground.DECIDED
        elif len(round_.sessions) == 1:
            ground = Ground.ONLY_ONE
        else:
            ground = Ground.WISHES
        return Place(
            round=round_,
            session=session,
            ground=ground,
            rank=wishes.rank_of(code),
            pin=pin if ground is Ground.DECIDED else None,
            companies=companies,
        )

    def _companies(
        self, person: Participant, round_: Round
    ) -> tuple[tuple[Group, tuple[Participant, ...]], ...]:
        """Return the groups that bind a participant in a round, and the others of each who attend it."""
        binding = [
            (
                group,
                tuple(
                    each
                    for each in self.assignment.members[group]
                    if each.key != person.key and each.attends(round_)
                ),
            )
            for group in person.groups
            if group.holds_in(round_.id)
        ]
        return tuple((group, others) for group, others in binding if others)

    # Wishes missed

    def _explain_missed(self, person: Participant, block: Block, code: str, wishes: Wishes) -> Missed:
        found = [
            (number, self._program.by_code[number][code])
            for number in block.rounds
            if code in self._program.keys[number]
        ]
        obstacle, pin, possible = self._find_obstacle(person, found)
        counterfactual = self._cheapest(person, possible)
        if obstacle is None and counterfactual is None:
            obstacle = Obstacle.IMPOSSIBLE
        sittings = tuple(session for _, session in found)
        of_own, own_group = self._find_limit(person, sittings)
        return Missed(
            rank=wishes.place_of(code) + 1,
            session=sittings[0],
            sittings=sittings,
            taken=sum(self._taken[session.key] for session in sittings),
            first=self._first[code],
            obstacle=obstacle,
            pin=pin,
            of_own=of_own,
            own_group=own_group,
            claim=self._claim(person, possible) if counterfactual and block.alone else None,
            counterfactual=counterfactual,
        )

    def _find_obstacle(
        self, person: Participant, found: Sequence[tuple[int, Session]]
    ) -> tuple[Obstacle | None, Pin | None, list[tuple[int, Session]]]:
        """Return what is in the way of all sittings of a wish, and those that it is not in the way of."""
        held = [each for each in found if each[1].key not in self.assignment.cancelled]
        free = [each for each in held if self._is_free(person, each[1])]
        open_ = [
            (number, session)
            for number, session in free
            if session.code in person.open_to_them(self._program.rounds[number])
        ]
        if open_:
            return None, None, open_
        if not held:
            return Obstacle.CANCELLED, None, []
        if not free:
            return Obstacle.NOT_THEN, None, []
        pins = [pin for number, _ in free for pin in person.pins_in(self._program.rounds[number])]
        pin = next((pin for pin in pins if pin.holds is not (pin.code == free[0][1].code)), None)
        return (Obstacle.BANNED if pin else Obstacle.STEPS), pin, []

    def _is_free(self, person: Participant, session: Session) -> bool:
        """Return whether a participant takes a seat in all rounds of a sitting."""
        day = self.assignment.days[person.key]
        codes = (day[number] for number in self._program.rounds_of[session.key])
        return all(code != "" and code not in person.presents for code in codes)

    def _cheapest(
        self, person: Participant, possible: Sequence[tuple[int, Session]]
    ) -> Counterfactual | None:
        """Return the cheapest of the ways to let a participant be in a session, whenever it is held."""
        ways = []
        for number, session in possible:
            if elsewhere := self._find(person, number, session.code):
                where = (self._program.rounds[number], session)
                ways.append(describe_counterfactual(self.assignment, person, where, elsewhere))
        return min(ways, key=lambda way: way.cost, default=None)

    def _find(self, person: Participant, number: int, code: str) -> Elsewhere | None:
        if self._exchanges.know(person, number):
            days = self._exchanges.find(person, number, code)
            return Elsewhere(days) if days else None
        if self._day_exchanges.know(number) and (days := self._day_exchanges.find(person, number, code)):
            return Elsewhere(days)
        return self.solve(self.assignment, person, number, code)

    def _claim(self, person: Participant, possible: Sequence[tuple[int, Session]]) -> Claim | None:
        """Compare what those in a full session would lose by giving up their seats with what is gained."""
        ((number, session),) = possible
        if self._taken[session.key] < session.seats:
            return None
        wishes = person.wishes[self._program.list_numbers[number]]
        got = self.assignment.days[person.key][number]
        gain = wishes.steps(got) - wishes.steps(session.code)
        losses = self._exchanges.losses(person, number, session.code)
        if not losses or min(losses) < gain:
            return None
        all_could = len(losses) == self._taken[session.key]
        return Claim.ALL_MORE if all_could and min(losses) > gain else Claim.NONE_LESS

    def _find_limit(self, person: Participant, sittings: Sequence[Session]) -> tuple[int, str]:
        """Count the seats of a participant's own organisation, where no sitting may have one more.

        Or of what else the program limits; and say which group that is. Nothing where there is no limit.
        """
        limits = [self._find_limit_in(person, session) for session in sittings]
        return min(limits) if all(count for count, _ in limits) else (0, "")

    def _find_limit_in(self, person: Participant, session: Session) -> tuple[int, str]:
        rules = self._program.rules
        quotas = list(session.at_most)
        if rules.at_most is not None:
            quotas.append(Quota(group=rules.at_most_of, number=rules.at_most))
        for quota in quotas:
            own = trait_of(person, quota.group)
            count = self.assignment.colleagues(quota.group)[session.key, own]
            if is_counted(quota, own) and count >= quota.number:
                return count, quota.group
        return 0, ""

    # What is known of the assignment

    @property
    def _program(self) -> Program:
        return self.assignment.program

    @cached_property
    def _exchanges(self) -> Exchanges:
        return Exchanges(assignment=self.assignment)

    @cached_property
    def _day_exchanges(self) -> DayExchanges:
        return DayExchanges(assignment=self.assignment)

    @cached_property
    def _taken(self) -> Mapping[str, int]:
        return self.assignment.count_taken()

    @cached_property
    def _first(self) -> Mapping[str, int]:
        return first_wishes(self._program, self.assignment.participants)
