"""The program of a day, or of several: rooms, rounds of sessions that run side by side, rules, forms.

A session may be held more than once. A sitting is one time that it is held: in one round, or through several
rounds on end, and in one room. Rounds hold sittings; all sittings of a session have its code and its title.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from midtvejs.domain.diagnostic import Place
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.rules import Quota, Rules
from midtvejs.errors import MidtvejsError

Columns = str | tuple[str, ...] | Mapping[str, str]
"""The heading of a column that holds rankings, or those of a column for each rank, or for each session.

Those of sessions are by their codes.
"""

UNLIMITED = 10**9
"""The seats of a room in which everybody fits, such as one online."""

AT = "@"
"""What stands between code and round in the key of a sitting: no code has it in it."""


def is_unlimited(seats: int) -> bool:
    """Return whether everybody fits: some of the seats may be held back, and other rooms' added."""
    return seats > UNLIMITED // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """Numbers by which sessions are rated, each by itself: equals are wished for equally.

    The nearer to ``best``, the more. What is ``not_wished`` or further from the best is not on the list; None
    where everything that has a number is.
    """

    best: int
    not_wished: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedWords:
    """Words by which sessions are rated: ``tiers`` of those that are wished for, the best first."""

    tiers: tuple[tuple[str, ...], ...]
    not_wished: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """Headings by what their columns hold. What is not named here is recognised as if there were no forms.

    ``people`` has them by the name of a role, ``rounds`` by the id of a block: of a round with a list of its
    own, or of the list over several. ``ranks`` are the words for a rank, the best first; ``ratings`` say that
    what stands below sessions are none, ``ticks`` whether a cell of several sessions has ticked boxes, and is
    no ranking; None where that is not said.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    rounds: Mapping[str, Columns] = field(default_factory=dict)
    ranks: tuple[str, ...] = ()
    ratings: Ratings | RatedWords | None = None
    ticks: bool | None = None


class Kind(StrEnum):
    PECHA_KUCHA = "pecha_kucha"
    SALON = "salon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What one participant pays, in whole units of ``currency``."""

    amount: int
    currency: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """``deadline`` is the last day on which one can sign up."""

    deadline: dt.date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    name: str
    role: str = ""
    organisation: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The day as a whole. ``start`` and ``end`` are local times in ``timezone`` (an IANA name).

    ``date`` is the first day, ``end_date`` the last one where there are several. ``id`` is what calendars
    know the event by, whatever its name and date; without one it is those. ``revision`` counts how often it
    was sent out anew.
    """

    name: str
    date: dt.date
    start: dt.time
    end: dt.time
    end_date: dt.date | None = None
    timezone: str = "Europe/Copenhagen"
    language: str = "da"
    expected_participants: int | None = None
    part_of: str = ""
    purpose: str = ""
    venue: Venue | None = None
    price: Price | None = None
    sign_up: SignUp | None = None
    contact: Contact | None = None
    notes: tuple[str, ...] = ()
    id: str = ""
    revision: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """What is on for everybody: a welcome, lunch. It is shown, and never ranked. ``room`` is any place."""

    title: str
    start: dt.time
    end: dt.time
    date: dt.date | None = None
    room: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PechaKucha:
    """The form of a talk: ``slides`` shown for ``seconds_per_slide`` each, then time to discuss it."""

    slides: int = 20
    seconds_per_slide: int = 20
    discussion_minutes: int = 0

    @property
    def seconds(self) -> int:
        """How long talk and discussion take together, in seconds."""
        return self.slides * self.seconds_per_slide + 60 * self.discussion_minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """``seats``: how many participants fit; at least 1, or UNLIMITED. ``keep_free`` of them are held back.

    ``step_free``: one gets there without steps. ``not_in``: the ids of the rounds in which it is not free.
    """

    name: str
    seats: int
    keep_free: int = 0
    step_free: bool = False
    not_in: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.seats < 1:
            raise ValueError(f"room {self.name}: {self.seats} seats")


@dataclass(frozen=True, slots=True, kw_only=True)
class Presenter:
    """``external``: they do not sign up, and nobody is to miss them among the participants."""

    name: str
    email: str = ""
    role: str = ""
    organisation: str = ""
    external: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What can be chosen, as it is held in a round: a sitting. ``by``: the organisations behind it.

    ``sitting`` tells sittings of one session apart; it is empty where the session is held once. ``through``
    has the ids of the rounds that a sitting goes on through, in their order, where there are several: it
    stands in each of these rounds, the same.

    ``rooms`` are those it may be held in while that is open; ``room`` is then the largest of them.
    ``keep_free`` seats are held back, None for as many as the room says; ``seated_presenters`` is how many of
    the presenters take a seat; ``most`` is how many may be in the audience, however large the room, None for
    no such limit. ``least`` is how many the audience must have (everybody in the session but its
    presenters); with ``may_be_cancelled`` the session may be dropped instead. ``at_most`` and ``at_least``
    are how many of one in a group may, or must, be in the audience. Sessions of one ``track`` are for the
    same people, and better not run in the same round.
    """

    code: str
    title: str
    room: Room
    start: dt.time
    end: dt.time
    kind: Kind = Kind.PECHA_KUCHA
    by: tuple[str, ...] = ()
    school: str = ""
    presenters: tuple[Presenter, ...] = ()
    description: str = ""
    rooms: tuple[Room, ...] = ()
    keep_free: int | None = None
    seated_presenters: int = 0
    most: int | None = None
    least: int = 0
    may_be_cancelled: bool = False
    at_most: tuple[Quota, ...] = ()
    at_least: tuple[Quota, ...] = ()
    sitting: str = ""
    through: tuple[str, ...] = ()
    track: str = ""

    @property
    def key(self) -> str:
        """What tells this sitting from all others of the program: its code, if it is held once."""
        return self.sitting or self.code

    @property
    def seats(self) -> int:
        """How many can be in the audience; at most so many while the room is open."""
        return max((self.seats_in(room) for room in self.rooms), default=self.seats_in(self.room))

    @property
    def held_back(self) -> int:
        """How many of the room's seats nobody of the audience gets."""
        return self.room.seats - self.seats_in(self.room)

    @property
    def kept_free(self) -> int:
        """How many of the room's seats are held back for walk-ins."""
        return self.room.keep_free if self.keep_free is None else self.keep_free

    @property
    def may_be_step_free(self) -> bool:
        """Whether its room, or one of those it may be held in, is reached without steps."""
        return any(room.step_free for room in self.rooms or (self.room,))

    def seats_in(self, room: Room) -> int:
        """Return how many could be in the audience if it were held in ``room``."""
        kept_free = room.keep_free if self.keep_free is None else self.keep_free
        seats = max(0, room.seats - kept_free - self.seated_presenters)
        return seats if self.most is None else min(self.most, seats)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A stretch of the day in which sessions run side by side; everybody attends one of them.

    ``cancelled`` are sittings that the program had, and that are off: nobody can be in them, wishes for them
    count for nothing, and their presenters are free. They are not among the ``sessions``.
    """

    id: str
    name: str
    start: dt.time
    end: dt.time
    sessions: tuple[Session, ...]
    date: dt.date | None = None
    cancelled: tuple[Session, ...] = ()

    def has_begun(self, session: Session) -> bool:
        """Return whether a sitting in this round goes on from an earlier one."""
        return bool(session.through) and session.through[0] != self.id

    @property
    def seats(self) -> int:
        """How many seats its sessions have; with the largest of the rooms that are open."""
        waiting = [session for session in self.sessions if session.rooms]
        rooms = waiting[0].rooms if waiting else ()
        most = sorted((max(session.seats_in(room) for session in waiting) for room in rooms), reverse=True)
        settled = sum(session.seats for session in self.sessions if not session.rooms)
        return settled + sum(most[: len(waiting)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A session that is still to be placed, ``fewest`` to ``most`` times, at most once in each of ``rounds``.

    ``rounds`` are the ids of those it may be held in, in the order of the day. The ``session`` is as it will
    be held, but for its times and its room: those of any round, and any room, stand for what is open.
    ``rooms`` names the room of each round in which that is settled. ``behind`` are the codes of the settled
    sessions that stand before it in the program. ``place`` is where it says so, None where no file does.
    """

    session: Session
    rounds: tuple[str, ...]
    fewest: int = 1
    most: int = 1
    rooms: Mapping[str, Room] = field(default_factory=dict)
    behind: frozenset[str] = frozenset()
    place: Place | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not 1 <= self.fewest <= self.most:
            raise ValueError(f"{self.code}: {self.fewest} to {self.most} times")

    @property
    def code(self) -> str:
        return self.session.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The rounds that one list covers, by their numbers, rising. ``id`` heads the list's column.

    A block of one round has that round's id.
    """

    id: str
    rounds: tuple[int, ...]

    @property
    def alone(self) -> bool:
        """Whether it is one round, with a list of its own."""
        return len(self.rounds) == 1


def tell_sittings_apart(rounds: Iterable[Round]) -> tuple[Round, ...]:
    """Return the rounds with a ``sitting`` of its own for each time that a session is held more than once.

    Where a sitting goes on through several rounds, it is named by the first of them. What is cancelled does
    not count, and has one wherever anything else has its code.
    """
    rounds = tuple(rounds)
    times = Counter(
        session.code for round_ in rounds for session in round_.sessions if not round_.has_begun(session)
    )
    planned = times + Counter(
        session.code for round_ in rounds for session in round_.cancelled if not round_.has_begun(session)
    )

    def name(round_: Round, session: Session, times: Mapping[str, int]) -> Session:
        if times[session.code] < 2:
            return session
        return replace(session, sitting=_key_in(round_, session))

    return tuple(
        replace(
            round_,
            sessions=tuple(name(round_, session, times) for session in round_.sessions),
            cancelled=tuple(name(round_, session, planned) for session in round_.cancelled),
        )
        for round_ in rounds
    )


def _key_in(round_: Round, session: Session) -> str:
    """Return the key of a sitting of a session that is held more than once."""
    first = session.through[0] if session.through else round_.id
    return f"{session.code}{AT}{first}"


@dataclass(frozen=True, kw_only=True)
class Program:
    """What program.yaml describes. ``rounds`` stand in the order of the day, the salons' among them.

    ``lists`` are the blocks of several rounds; every other round is a block by itself. ``groups`` are the
    names of columns that say what people belong to, as organisation does. ``offers`` are sessions that are
    still to be placed: nobody can be seated while there are any.
    """

    event: Event
    rooms: tuple[Room, ...]
    rounds: tuple[Round, ...]
    rules: Rules = field(default_factory=Rules)
    pecha_kucha: PechaKucha = field(default_factory=PechaKucha)
    forms: Forms | None = None
    lists: tuple[Block, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    groups: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()

    def replace_rules(
        self, *, fairness: tuple[Criterion, ...] | None = None, seed: int | None = None
    ) -> Program:
        """Return the same day under other rules; what is None stays."""
        rules = replace(
            self.rules,
            fairness=self.rules.fairness if fairness is None else fairness,
            seed=self.rules.seed if seed is None else seed,
        )
        return replace(self, rules=rules)

    def with_rooms(self, chosen: Mapping[str, Room]) -> Program:
        """Return the same day with sittings, by their keys, held in the rooms that were chosen for them."""
        if not chosen:
            return self
        rounds = tuple(
            replace(
                round_,
                sessions=tuple(
                    replace(session, room=chosen[session.key], rooms=()) if session.key in chosen else session
                    for session in round_.sessions
                ),
            )
            for round_ in self.rounds
        )
        return replace(self, rounds=rounds)

    @cached_property
    def sessions(self) -> Mapping[str, Session]:
        """Every session of the day by its code, as it is first held, in the order of the day."""
        sessions: dict[str, Session] = {}
        for sitting in self.sittings.values():
            sessions.setdefault(sitting.code, sitting)
        return sessions

    @cached_property
    def awaiting(self) -> frozenset[str]:
        """The ids of the rounds in which what is still to be placed may be held."""
        return frozenset(id_ for offer in self.offers for id_ in offer.rounds)

    @cached_property
    def known_sessions(self) -> Mapping[str, Session]:
        """Every session of the day by its code, those that are still to be placed last."""
        offered = {offer.code: offer.session for offer in self.offers}
        return {**self.sessions, **offered} if offered else self.sessions

    @cached_property
    def sittings(self) -> Mapping[str, Session]:
        """Every sitting of the day by its key, in the order of the day."""
        return {
            session.key: session
            for round_ in self.rounds
            for session in round_.sessions
            if not round_.has_begun(session)
        }

    @cached_property
    def round_of(self) -> Mapping[str, Round]:
        """Each sitting's round, the first where it goes on through several, by the sitting's key."""
        return {
            session.key: round_
            for round_ in self.rounds
            for session in round_.sessions
            if not round_.has_begun(session)
        }

    @cached_property
    def keys(self) -> tuple[Mapping[str, str], ...]:
        """For each round the key of the sitting that begins in it, by the session's code."""
        return tuple(
            {session.code: session.key for session in round_.sessions if not round_.has_begun(session)}
            for round_ in self.rounds
        )

    @cached_property
    def rounds_of(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the rounds that each sitting is held in, rising, by its key."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, round_ in enumerate(self.rounds):
            for session in round_.sessions:
                numbers[session.key].append(number)
        return {key: tuple(each) for key, each in numbers.items()}

    @cached_property
    def by_code(self) -> tuple[Mapping[str, Session], ...]:
        """For each round the sittings in it, those that go on among them, by the session's code."""
        return tuple({session.code: session for session in round_.sessions} for round_ in self.rounds)

    @cached_property
    def cancelled(self) -> Mapping[str, Session]:
        """The sessions of which every sitting is cancelled, by their codes: none of ``sessions``."""
        cancelled: dict[str, Session] = {}
        for round_ in self.rounds:
            for session in round_.cancelled:
                if session.code not in self.sessions:
                    cancelled.setdefault(session.code, session)
        return cancelled

    def key_as_planned(self, session: Session) -> str:
        """Return the key that a sitting has or had when nothing was cancelled."""
        planned = {each.code for round_ in self.rounds for each in round_.cancelled}
        if session.sitting or session.code not in planned or session.code in self.cancelled:
            return session.key
        return _key_in(self.round_of[session.key], session)

    @cached_property
    def repeated(self) -> frozenset[str]:
        """The codes of the sessions that are held more than once."""
        counts = Counter(session.code for session in self.sittings.values())
        return frozenset(code for code, count in counts.items() if count > 1)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """What is ranked, list by list, in the order of the first round of each; every round is in one."""
        listed = {number for block in self.lists for number in block.rounds}
        alone = (
            Block(id=round_.id, rounds=(number,))
            for number, round_ in enumerate(self.rounds)
            if number not in listed
        )
        return tuple(sorted((*self.lists, *alone), key=lambda block: block.rounds))

    @cached_property
    def list_numbers(self) -> Mapping[int, int]:
        """The number, among the ``blocks``, of the one that a round is in, by the round's number."""
        return {number: index for index, block in enumerate(self.blocks) for number in block.rounds}

    @cached_property
    def asked(self) -> tuple[Block, ...]:
        """The blocks in which there is something to choose; all of them, where that is so in none.

        Of the others nobody is asked: a round with a single session, in which everybody is.
        """
        chosen = tuple(block for block in self.blocks if len(self.sessions_in(block)) > 1)
        return chosen or self.blocks

    def telling_round(self, session: Session) -> str:
        """Return the id of the round that tells a sitting from the session's others; empty if it has none."""
        return self.round_of[session.key].id if session.sitting else ""

    def name_sitting(self, session: Session) -> str:
        """Return ``1A``, or ``1A in R2`` where that is held more than once."""
        return name_in(session.code, self.telling_round(session))

    def name_of(self, block: Block) -> str:
        """Return what a list is called where people are asked for it: the names of its rounds."""
        return ", ".join(round_.name for round_ in self.rounds_in(block))

    def date_of(self, item: Round | AgendaItem) -> dt.date:
        """Return the day of a round, or of what is on for everybody."""
        return item.date or self.event.date

    def rounds_in(self, block: Block) -> tuple[Round, ...]:
        return tuple(self.rounds[number] for number in block.rounds)

    def sessions_in(self, block: Block) -> tuple[Session, ...]:
        """Return what can be ranked in a list, each session once, as it is first held; then the offers."""
        sessions: dict[str, Session] = {}
        for round_ in self.rounds_in(block):
            for session in round_.sessions:
                sessions.setdefault(session.code, session)
        ids = {round_.id for round_ in self.rounds_in(block)}
        for offer in self.offers:
            if not ids.isdisjoint(offer.rounds):
                sessions.setdefault(offer.code, offer.session)
        return tuple(sessions.values())

    def cancelled_in(self, block: Block) -> tuple[Session, ...]:
        """Return what could once be ranked in a list, and is held in none of its rounds now, each once."""
        held = {session.code for session in self.sessions_in(block)}
        sessions: dict[str, Session] = {}
        for round_ in self.rounds_in(block):
            for session in round_.cancelled:
                if session.code not in held:
                    sessions.setdefault(session.code, session)
        return tuple(sessions.values())


def name_in(code: str, round_id: str) -> str:
    """Return, for example, ``1A in R2``; the code alone where the round is empty."""
    return f"{code} in {round_id}" if round_id else code


class UnknownName(MidtvejsError):
    """What was asked for is not in the program. ``kind`` says what: a room, a round."""

    def __init__(self, kind: str, name: str, known: tuple[str, ...]) -> None:
        self.kind = kind
        self.name = name
        self.known = known
        super().__init__(f"{kind} {name}")
