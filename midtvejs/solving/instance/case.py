"""The day in numbers, as the solvers see it.

Legend, with three people in one round of sessions 1A and 1B, two seats each:

    round       0
    session     0 is 1A, 1 is 1B; STANDING for those who take no seat: they present, or are not there
    ranking     one way to wish in a round, as steps to each of its sessions: "1A > 1B" is (0, 1). Who may
                not have the same sessions, or has others of their own organisation, has another ranking
    rankings    the different ones of a round, each once: ((0, 1), (1, 0))
    row         a participant: which ranking they have in each round, PRESENTS where they take no seat: (0,)
    column      a round: which row each of its participants has there. A million people are kept in columns
    choice      a participant's session in each round: (1,) is 1B
    block       rounds that one list is for. In these a ranking has places instead of steps, the same in each
                round: "A > C" is 0 to A and 1 to C, and 2 to whatever is not listed. Whoever attends A and C
                has no steps though their places come to 1: a place counts all who stand above it, and of two
                sessions attended the upper one is not missed (linear.py)

Participants stand in the order of the lottery: among equals, the earlier one is preferred.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import CRITERIA, Subject
from midtvejs.domain.friends import friends_of
from midtvejs.domain.lots import Lottery
from midtvejs.domain.participants import Participant, Wishes, fold
from midtvejs.domain.profile import regret_before
from midtvejs.domain.program import Block, Program, Round
from midtvejs.domain.quotas import count_seated
from midtvejs.domain.rules import RULES, Company, Couples, Group, Law, rules_asked_for
from midtvejs.domain.seated import Day
from midtvejs.domain.traits import called, trait_of, value_of
from midtvejs.solving.limits import DEFAULT, Limits

PRESENTS = -1
STANDING = -1
NO_SESSIONS: frozenset[int] = frozenset()

OWN, MOVED = 1, 2
"""The marks of a seat, to be summed: of its holder's organisation, and not theirs before."""


def facts_of(marks: int) -> dict[str, bool]:
    """Return what marks say of a ``Seat``, by the names of its fields."""
    return {"own": bool(marks & OWN), "moved": bool(marks & MOVED)}


Row = tuple[int, ...]
Choice = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRound:
    """One round. ``rankings[i]`` holds the steps to each session; ``listed[i]`` how many were listed.

    ``open[i]`` are the sessions that those with the ranking may be in, ``own[i]`` those of their own
    organisation, and ``moved[i]`` those that they were not in before, as far as the criteria ask for that.
    ``going_on`` are the sessions that began in an earlier
    round: nobody takes another step to them, or another seat.
    """

    codes: tuple[str, ...]
    seats: tuple[int, ...]
    rankings: tuple[tuple[int, ...], ...]
    listed: tuple[int, ...]
    open: tuple[frozenset[int], ...]
    own: tuple[frozenset[int], ...]
    moved: tuple[frozenset[int], ...]
    going_on: frozenset[int] = NO_SESSIONS


Spot = tuple[int, int]
"""A round and a session of it, by number."""

Sitting = tuple[Spot, ...]
"""Where a sitting is: a spot, or one in each of the rounds that it goes on through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBlock:
    """Several rounds with one list: for each session that can be ranked, in order, its code and sittings.

    ``number`` is that of its list among a participant's wishes.
    """

    number: int
    rounds: tuple[int, ...]
    codes: tuple[str, ...]
    sittings: tuple[tuple[Sitting, ...], ...]


def marks_of(round_: CaseRound, ranking: int, session: int) -> int:
    """Return the marks of a seat in a session to those with a ranking."""
    return OWN * (session in round_.own[ranking]) + MOVED * (session in round_.moved[ranking])


def sitting_at(block: CaseBlock, round_: int, session: int) -> Sitting:
    """Return the sitting that a session is in a round."""
    return next(sitting for each in block.sittings for sitting in each if (round_, session) in sitting)


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is to be solved: rounds and participants, both numbered from 0.

    ``freed`` holds, by participant and round, the ranking of those who present a session that may be
    cancelled: if it is, they take a seat as others do. ``limits`` say how far a search for it may go.
    ``blocks`` are those of several rounds; ``pinned`` has the codes of sessions, by participant, that they
    are to be in whatever the round. ``columns`` are those of the rounds. ``lottery`` is the draw that has put
    participants in order, where it is at hand.
    """

    program: Program
    participants: tuple[Participant, ...]
    rounds: tuple[CaseRound, ...]
    columns: tuple[Sequence[int], ...]
    freed: Mapping[tuple[int, int], int] = field(default_factory=dict)
    blocks: tuple[CaseBlock, ...] = ()
    pinned: Mapping[int, frozenset[str]] = field(default_factory=dict)
    limits: Limits = DEFAULT
    lottery: Lottery | None = None

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The row of each participant, which is made for the searches that look at people one by one."""
        return tuple(zip(*self.columns, strict=True))

    @cached_property
    def asked(self) -> frozenset[Law]:
        """What the day asks for, beside seats, presenters and criteria."""
        return rules_asked_for(self.program, self.participants)

    @property
    def is_bound_by_rules(self) -> bool:
        """Whether it is rules that bind participants to each other, and not the criteria alone."""
        return any(RULES[law].couples is not Couples.NOBODY for law in self.asked)

    @cached_property
    def members(self) -> Mapping[Group, list[int]]:
        """The participants of each group, by number."""
        members: dict[Group, list[int]] = {group: [] for group in self.program.rules.groups}
        if members or self.program.rules.friends_together:
            for number, person in enumerate(self.participants):
                for group in person.groups:
                    members.setdefault(group, []).append(number)
        return members

    @cached_property
    def apart(self) -> list[tuple[Group, list[int]]]:
        """The groups that are to be apart with their members, in the order of their members' keys."""
        keys = [person.key for person in self.participants]
        return sorted(
            ((group, people) for group, people in self.members.items() if group.company is Company.APART),
            key=lambda each: (sorted(keys[person] for person in each[1]), each[0].round_id),
        )

    @cached_property
    def friends(self) -> list[tuple[int, int]]:
        """The pairs of participants who named each other, by number."""
        number = {person.key: index for index, person in enumerate(self.participants) if person.wants}
        pairs = friends_of(self.participants)
        return sorted((number[one.key], number[other.key]) for one, other in pairs)

    def alike(self, group: str) -> Mapping[str, list[int]]:
        """Return the participants who are one in a group, such as an organisation, where two or more are.

        They are numbers, by what they are in words.
        """
        if group not in self._alike:
            self._alike[group] = {
                called(group, value_of(self.participants[numbers[0]], group)): numbers
                for numbers in self.by_trait(group).values()
                if len(numbers) > 1
            }
        return self._alike[group]

    def by_trait(self, group: str) -> Mapping[str, list[int]]:
        """Return the participants who are anything in a group, by what they are, as numbers."""
        if group not in self._by_trait:
            people: dict[str, list[int]] = defaultdict(list)
            for number, person in enumerate(self.participants):
                people[trait_of(person, group)].append(number)
            people.pop("", None)
            self._by_trait[group] = people
        return self._by_trait[group]

    @cached_property
    def _by_trait(self) -> dict[str, Mapping[str, list[int]]]:
        return {}

    def count_seated(self, group: str, round_: int) -> Mapping[str, tuple[str, int]]:
        """Return how many with each trait take a seat in a round, by its number."""
        if (group, round_) not in self._seated:
            here = self.program.rounds[round_]
            self._seated[group, round_] = count_seated(group, here, self.participants)
        return self._seated[group, round_]

    @cached_property
    def _seated(self) -> dict[tuple[str, int], Mapping[str, tuple[str, int]]]:
        return {}

    @cached_property
    def _alike(self) -> dict[str, Mapping[str, list[int]]]:
        return {}

    @cached_property
    def earlier(self) -> tuple[Choice | None, ...]:
        """The choice of each participant that is their earlier day; None where that is open to them no more.

        What is open, and what one list asks of its rounds, is looked at; whether others share it is not.
        """
        return tuple(
            self._earlier(person, each.earlier) if each.earlier else None
            for person, each in enumerate(self.participants)
        )

    @property
    def keeps(self) -> bool:
        """Whether anyone could be moved from an earlier day, and the criteria ask for that."""
        return any(moved for round_ in self.rounds for moved in round_.moved)

    @cached_property
    def everybody_stays(self) -> list[Choice] | None:
        """Everybody's earlier day, where that is to be kept; None where some day or seat is there no more."""
        if not self.keeps:
            return None
        choices = [
            (STANDING,) * len(row) if set(row) == {PRESENTS} else day
            for row, day in zip(self.rows, self.earlier, strict=True)
        ]
        stays = [choice for choice in choices if choice is not None]
        taken = Counter(spot for choice in stays for spot in enumerate(choice))
        fits = all(
            taken[number, session] <= seats
            for number, round_ in enumerate(self.rounds)
            for session, seats in enumerate(round_.seats)
        )
        return stays if fits and len(stays) == len(choices) else None

    @cached_property
    def earlier_regrets(self) -> tuple[int, ...]:
        """The regret of each participant's earlier day, whether or not it is open to them; 0 without one."""
        return tuple(regret_before(each, self.program) if each.earlier else 0 for each in self.participants)

    def _earlier(self, person: int, day: Day) -> Choice | None:
        choice: list[int] = []
        going_on: dict[int, int] = {}
        for number, (round_, code) in enumerate(zip(self.rounds, day, strict=True)):
            ranking = self.rows[person][number]
            session = STANDING
            if ranking != PRESENTS:
                known = round_.codes.index(code) if code in round_.codes else STANDING
                session = going_on.get(number, known)
                if session not in round_.open[ranking]:
                    return None
                if number in self.block_of:
                    going_on.update(sitting_at(self.block_of[number], number, session))
            choice.append(session)
        return tuple(choice) if all(self.is_a_day(person, choice, block) for block in self.blocks) else None

    def is_a_day(self, person: int, choice: Sequence[int], block: CaseBlock) -> bool:
        """Return whether a choice is in no session of a block twice, in each to its end, and where pinned."""
        spots = {(number, choice[number]) for number in block.rounds if choice[number] != STANDING}
        taken = [
            (code, sitting)
            for code, sittings in zip(block.codes, block.sittings, strict=True)
            for sitting in sittings
            if not spots.isdisjoint(sitting)
        ]
        codes = [code for code, _ in taken]
        pinned = self.pinned.get(person, frozenset()) & {*block.codes}
        return (
            len(codes) == len({*codes})
            and all(spots.issuperset(sitting) for _, sitting in taken)
            and pinned <= {*codes}
        )

    @property
    def size(self) -> int:
        """How many participants there are, times the sessions of their day."""
        return len(self.participants) * sum(len(round_.codes) for round_ in self.rounds)

    @property
    def furthest(self) -> int:
        """A regret that nobody could be above."""
        return sum(max((max(steps) for steps in round_.rankings), default=0) for round_ in self.rounds)

    @property
    def freed_in_blocks(self) -> frozenset[int]:
        """Those who present what may be cancelled in a block of several rounds.

        A seat more may lower the steps of the others: what they come to as presenters is no bound.
        """
        return frozenset(person for person, round_ in self.freed if round_ in self.block_of)

    def without_freed(self) -> Case:
        """Return the case in which these take no seats in their blocks at all, and come to nothing there."""
        freed = self.freed_in_blocks
        if not freed:
            return self
        columns = [array("i", column) for column in self.columns]
        for number in self.block_of:
            for person in freed:
                columns[number][person] = PRESENTS
        return replace(self, columns=tuple(columns))

    def alone(self, round_: int) -> Case:
        """Return the case of one round by itself, which has a list of its own; nobody has an earlier day."""
        here = replace(self.rounds[round_], moved=tuple(NO_SESSIONS for _ in self.rounds[round_].moved))
        return Case(
            program=replace(self.program, rounds=(self.program.rounds[round_],)),
            participants=tuple(replace(each, earlier=()) for each in self.participants),
            rounds=(here,),
            columns=(self.columns[round_],),
            freed={(person, 0): row for (person, number), row in self.freed.items() if number == round_},
            limits=self.limits,
        )

    @cached_property
    def block_of(self) -> Mapping[int, CaseBlock]:
        """The block of each round that shares a list with others, by the round's number."""
        return {number: block for block in self.blocks for number in block.rounds}

    def ranking(self, person: int, round_: int) -> int:
        """Return the ranking by which a participant takes a seat in a round; PRESENTS if they never do."""
        ranking = self.columns[round_][person]
        return self.freed.get((person, round_), PRESENTS) if ranking == PRESENTS else ranking

    def own(self, person: int, round_: int) -> int:
        """Return the session that a participant presents in a round; STANDING where they present none."""
        code = self.participants[person].presents_in(self.program.rounds[round_])
        return self.rounds[round_].codes.index(code) if code else STANDING

    def steps(self, person: int, round_: int, session: int) -> int:
        """Return the steps of a participant to a session, in a block their place; 0 while they present."""
        ranking = self.ranking(person, round_)
        return 0 if PRESENTS in {ranking, session} else self.rounds[round_].rankings[ranking][session]

    def assignment(self, choices: Sequence[Choice], participants: tuple[Participant, ...]) -> Assignment:
        """Say in sessions what the solver says in numbers, with ``participants`` in the caller's order."""
        known: dict[tuple[Choice, frozenset[str]], Day] = {}
        # It is asked for them, again and again, in the caller's order.
        days: dict[str, Day] = dict.fromkeys((person.key for person in participants), ())
        for person, choice in zip(self.participants, choices, strict=True):
            alike = choice, person.presents
            if alike not in known:
                known[alike] = self._day(person, choice)
            days[person.key] = known[alike]
        return Assignment(program=self.program, participants=participants, days=days)

    def _day(self, person: Participant, choice: Choice) -> Day:
        return tuple(
            round_.codes[session] if session != STANDING else person.presents_in(here) or ""
            for round_, session, here in zip(self.rounds, choice, self.program.rounds, strict=True)
        )


def share_choices(choices: Iterable[Choice]) -> list[Choice]:
    """Return the choices, each of them kept once however many have it: there are not many different days."""
    known: dict[Choice, Choice] = {}
    return [known.setdefault(choice, choice) for choice in choices]


def case_of(
    program: Program,
    participants: Iterable[Participant],
    limits: Limits = DEFAULT,
    lottery: Lottery | None = None,
) -> Case:
    """Number the sessions, and the different rankings of each round in the order in which they appear."""
    people = tuple(participants)
    list_of = {number: index for index, block in enumerate(program.blocks) for number in block.rounds}
    columns = _People(program, people)
    numbered = [_Numbering(program, index, list_of[index], columns) for index in range(len(program.rounds))]
    pinned = {
        number: _pinned(program, people[number]) for number in sorted(columns.decided) if people[number].pins
    }
    return Case(
        program=program,
        participants=people,
        rounds=tuple(numbering.round for numbering in numbered),
        columns=tuple(numbering.column for numbering in numbered),
        freed={(person, index): row for index, each in enumerate(numbered) for person, row in each.freed},
        blocks=tuple(
            _block(program, number, block) for number, block in enumerate(program.blocks) if not block.alone
        ),
        pinned={number: codes for number, codes in pinned.items() if codes},
        limits=limits,
        lottery=lottery,
    )


def _pinned(program: Program, person: Participant) -> frozenset[str]:
    """Return what somebody has to be in whatever the round, as far as they take a seat when it is held."""
    rounds = [round_ for round_ in program.rounds if not takes_no_seat(person, round_)]
    held = {session.code for round_ in rounds for session in round_.sessions}
    return person.pinned_anywhere(program) & held


def _block(program: Program, number: int, block: Block) -> CaseBlock:
    spots: dict[str, dict[str, list[Spot]]] = {each.code: {} for each in program.sessions_in(block)}
    for round_ in block.rounds:
        for index, session in enumerate(program.rounds[round_].sessions):
            spots[session.code].setdefault(session.key, []).append((round_, index))
    return CaseBlock(
        number=number,
        rounds=block.rounds,
        codes=tuple(spots),
        sittings=tuple(tuple(map(tuple, of_session.values())) for of_session in spots.values()),
    )


Asked = tuple[Wishes, frozenset[int], frozenset[int], frozenset[int]]
"""What makes a ranking: the wishes, the sessions open, those of one's own, and those not had."""


class _People:
    """Those who are to be seated, in columns: ``lists`` has everybody's wishes, for each list of the program.

    They stand in the order of the lottery, and so all over the computer's memory: to go through them once for
    each round would take longer than everything that is done with them. ``decided`` are the numbers of those
    to whom more than their wishes says where they may go.
    """

    def __init__(self, program: Program, each: tuple[Participant, ...]) -> None:
        self.each = each
        wishes = [person.wishes for person in each]
        self.lists = [[lists[index] for lists in wishes] for index in range(len(program.blocks))]
        self.decided = {
            number
            for number, person in enumerate(each)
            if person.presents or person.absent or person.pins or person.step_free
        }


class _Numbering:
    """Numbers the rankings of one round."""

    def __init__(self, program: Program, index: int, of_list: int, people: _People) -> None:
        self._round = program.rounds[index]
        self._index = index
        self._keeps = any(CRITERIA[each].subject is Subject.EARLIER for each in program.rules.fairness)
        self._list = of_list
        self._going_on = frozenset(
            number for number, session in enumerate(self._round.sessions) if self._round.has_begun(session)
        )
        self._number = {session.code: number for number, session in enumerate(self._round.sessions)}
        self._all = frozenset(self._number.values())
        self._owners: dict[str, set[int]] = defaultdict(set)
        if any(CRITERIA[criterion].subject is Subject.OWNERS for criterion in program.rules.fairness):
            for session in self._round.sessions:
                for organisation in session.by:
                    self._owners[fold(organisation)].add(self._number[session.code])
        self._seen: dict[Asked, int] = {}
        self.freed: list[tuple[int, int]] = []
        self.column = array("i", self._rows(people))

    @property
    def round(self) -> CaseRound:
        return CaseRound(
            codes=tuple(self._number),
            # More seats than participants are worth no more than as many.
            seats=tuple(min(session.seats, len(self.column)) for session in self._round.sessions),
            rankings=tuple(self._steps(wishes) for wishes, _, _, _ in self._seen),
            listed=tuple(len(wishes.codes) for wishes, _, _, _ in self._seen),
            open=tuple(is_open for _, is_open, _, _ in self._seen),
            own=tuple(own for _, _, own, _ in self._seen),
            moved=tuple(moved for _, _, _, moved in self._seen),
            going_on=self._going_on,
        )

    def _steps(self, wishes: Wishes) -> tuple[int, ...]:
        return tuple(
            0 if number in self._going_on else wishes.steps(code) for code, number in self._number.items()
        )

    def _rows(self, people: _People) -> Iterator[int]:
        """Return everybody's row. Wishes read from the same words are one object, and looked at once."""
        rows: dict[int, int] = {}
        lists = people.lists[self._list]
        decided = range(len(lists)) if self._owners or self._keeps else people.decided
        for number, alike in enumerate(map(id, lists)):
            row = None if number in decided else rows.get(alike)
            if row is None:
                row = self._row(number, people.each[number])
                if number not in decided:
                    rows[alike] = row
            yield row

    def _row(self, number: int, person: Participant) -> int:
        if not takes_no_seat(person, self._round):
            return self._seen.setdefault(self._kind(person), len(self._seen))
        own = person.presents_in(self._round)
        if own and person.attends(self._round) and self._round.sessions[self._number[own]].may_be_cancelled:
            wishes, is_open, of_theirs, moved = self._kind(person)
            kind = wishes, is_open - {self._number[own]}, of_theirs, moved
            self.freed.append((number, self._seen.setdefault(kind, len(self._seen))))
        return PRESENTS

    def _kind(self, person: Participant) -> Asked:
        is_open = self._all
        if person.pins or person.step_free:
            is_open = frozenset(self._number[code] for code in person.open_to_them(self._round))
        own = frozenset(self._owners.get(fold(person.organisation), ())) if self._owners else NO_SESSIONS
        moved = NO_SESSIONS
        if self._keeps and person.earlier:
            moved = self._all - {self._number.get(person.earlier[self._index], STANDING)} - self._going_on
        return person.wishes[self._list], is_open, own, moved


def takes_no_seat(person: Participant, round_: Round) -> bool:
    """Return whether a participant presents in a round, or does not attend it."""
    return bool(person.absent or person.presents) and not (
        person.attends(round_) and person.presents_in(round_) is None
    )
