"""What people wish for, against the seats there are, before anybody is seated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.profile import rounds_to_choose_in
from midtvejs.domain.program import Block, Program, Round, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDemand:
    """``first``: whose first wish it is; ``listed``: who have it anywhere on their lists.

    Of a list over several rounds, as many wishes are first ones as there are rounds left to choose in.
    ``sittings`` are all the times that the session is held in these rounds.
    """

    session: Session
    sittings: tuple[Session, ...]
    first: int
    listed: int

    @property
    def seats(self) -> int:
        """How many seats it has whenever it is held."""
        return sum(sitting.seats for sitting in self.sittings)

    @property
    def open(self) -> bool:
        """Whether a room of it is open, so that it has so many seats at most."""
        return any(sitting.rooms for sitting in self.sittings)

    @property
    def beyond(self) -> int:
        """How many of those whose first wish it is find no seat in it."""
        return max(0, self.first - self.seats)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockDemand:
    """The rounds of one list, and those who choose in them: who attend one, and do not present in it.

    A ``whole`` list names every session that one can choose, a ``partial`` one some, an ``empty`` one none.
    ``choosing`` counts those who choose in each of the rounds; ``asked`` tells whether there is a choice.
    """

    block: Block
    rounds: tuple[Round, ...]
    choosing: tuple[int, ...]
    sessions: tuple[SessionDemand, ...]
    asked: bool
    whole: int
    partial: int
    empty: int

    @property
    def round(self) -> Round:
        """The round, or the first of them."""
        return self.rounds[0]

    @property
    def participants(self) -> int:
        return self.whole + self.partial + self.empty

    @property
    def beyond(self) -> int:
        """How many first wishes cannot be met, however seats are dealt."""
        return sum(each.beyond for each in self.sessions)


def demand(program: Program, participants: Sequence[Participant]) -> tuple[BlockDemand, ...]:
    """Count the wishes of each list, in the order of the day."""
    standing = [person for person in participants if person.presents or person.absent]
    choosing = len(participants) - len(standing)
    demands = []
    for index, block in enumerate(program.blocks):
        rounds, sessions = program.rounds_in(block), program.sessions_in(block)
        everybody = Counter(
            person.wishes[index] for person in participants if not (person.presents or person.absent)
        )
        lists = Counter(
            {_List(wishes, len(rounds), len(sessions)): count for wishes, count in everybody.items()}
        )
        lists.update(filter(None, (_list_of(person, person.wishes[index], rounds) for person in standing)))
        chosen_in = tuple(
            choosing + sum(_chooses(person, round_) for person in standing) for round_ in rounds
        )
        demands.append(_count_block(program, block, chosen_in, lists))
    return tuple(demands)


@dataclass(frozen=True, slots=True)
class _List:
    """A list of wishes, in how many rounds its writer chooses, and among how many sessions."""

    wishes: Wishes
    rounds: int
    sessions: int


def _list_of(person: Participant, wishes: Wishes, rounds: Sequence[Round]) -> _List | None:
    """Return somebody's list; nothing of theirs where they choose in none of the rounds."""
    count = rounds_to_choose_in(person, rounds)
    return _List(wishes, count, len(choosable(person, rounds))) if count else None


def choosable(person: Participant, rounds: Sequence[Round]) -> set[str]:
    """Return the sessions that somebody can choose: of the rounds that they attend, and do not present in."""
    chosen_in = [round_ for round_ in rounds if _chooses(person, round_)]
    return {session.code for round_ in chosen_in for session in round_.sessions} - person.presents


def _chooses(person: Participant, round_: Round) -> bool:
    return person.attends(round_) and person.presents_in(round_) is None


def _count_block(
    program: Program, block: Block, choosing: tuple[int, ...], lists: Counter[_List]
) -> BlockDemand:
    first: Counter[str] = Counter()
    listed: Counter[str] = Counter()
    whole = empty = 0
    for each, count in lists.items():
        codes = each.wishes.codes
        for code in each.wishes.first(each.rounds):
            first[code] += count
        for code in codes:
            listed[code] += count
        empty += 0 if codes else count
        whole += count if codes and len(codes) >= each.sessions else 0
    rounds = program.rounds_in(block)
    return BlockDemand(
        block=block,
        rounds=rounds,
        choosing=choosing,
        asked=block in program.asked,
        sessions=tuple(
            SessionDemand(
                session=session,
                sittings=_sittings(session, rounds),
                first=first[session.code],
                listed=listed[session.code],
            )
            for session in program.sessions_in(block)
        ),
        whole=whole,
        partial=lists.total() - whole - empty,
        empty=empty,
    )


def _sittings(session: Session, rounds: Sequence[Round]) -> tuple[Session, ...]:
    return tuple(
        each
        for round_ in rounds
        for each in round_.sessions
        if each.code == session.code and not round_.has_begun(each)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """How many rank every session that they can choose (``whole``), some (``partial``) or none (``empty``).

    The round in which a participant presents, and those they do not attend, leave them nothing to rank; nor
    does a list of which nobody is asked.
    """

    whole: int
    partial: int
    empty: int


def turnout(program: Program, participants: Iterable[Participant]) -> Turnout:
    whole = partial = empty = 0
    asked = frozenset(program.asked)
    for person in participants:
        ranked = rankable = 0
        for block, wishes in zip(program.blocks, person.wishes, strict=True):
            if block in asked:
                open_ = choosable(person, program.rounds_in(block))
                rankable += len(open_)
                # What is ranked beside one's own session counts for nothing.
                ranked += sum(code in open_ for code in wishes.codes)
        if not ranked and rankable:
            empty += 1
        elif ranked < rankable:
            partial += 1
        else:
            whole += 1
    return Turnout(whole=whole, partial=partial, empty=empty)
