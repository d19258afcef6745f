"""The program of a day: rooms, rounds of sessions that run side by side, rules, forms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.rules import Rules
from midtvejs.errors import MidtvejsError

Columns = str | tuple[str, ...] | Mapping[str, str]
"""The heading of a column that holds rankings, or those of a column for each rank, or for each session.

Those of sessions are by their codes.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """Headings by what their columns hold. What is not named here is recognised as if there were no forms.

    ``people`` has them by the name of a role, ``rounds`` by a round's id. ``ranks`` are the words for a rank,
    the best first.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    rounds: Mapping[str, Columns] = field(default_factory=dict)
    ranks: tuple[str, ...] = ()


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
    """The day as a whole. ``start`` and ``end`` are local times in ``timezone`` (an IANA name)."""

    name: str
    date: dt.date
    start: dt.time
    end: dt.time
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
    """``seats``: how many participants fit; at least 1. ``keep_free`` of them are held back for walk-ins.

    ``step_free``: one gets there without steps.
    """

    name: str
    seats: int
    keep_free: int = 0
    step_free: bool = False

    def __post_init__(self) -> None:
        if self.seats < 1:
            raise ValueError(f"room {self.name}: {self.seats} seats")


@dataclass(frozen=True, slots=True, kw_only=True)
class Presenter:
    name: str
    email: str = ""
    role: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What can be chosen in a round. ``by``: the organisations (municipalities) behind it.

    ``rooms`` are those it may be held in while that is open; ``room`` is then the largest of them.
    ``keep_free`` seats are held back, None for as many as the room says; ``seated_presenters`` is how many of
    the presenters take a seat. ``least`` is how many the audience must have (everybody in the session but its
    presenters); with ``may_be_cancelled`` the session may be dropped instead.
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
    least: int = 0
    may_be_cancelled: bool = False

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
        return max(0, room.seats - kept_free - self.seated_presenters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A stretch of the day in which sessions run side by side; everybody attends one of them."""

    id: str
    name: str
    start: dt.time
    end: dt.time
    sessions: tuple[Session, ...]

    @property
    def seats(self) -> int:
        """How many seats its sessions have; with the largest of the rooms that are open."""
        waiting = [session for session in self.sessions if session.rooms]
        rooms = waiting[0].rooms if waiting else ()
        most = sorted((max(session.seats_in(room) for session in waiting) for room in rooms), reverse=True)
        settled = sum(session.seats for session in self.sessions if not session.rooms)
        return settled + sum(most[: len(waiting)])


@dataclass(frozen=True, kw_only=True)
class Program:
    """What program.yaml describes. ``rounds`` stand in the order of the day, the salons' among them."""

    event: Event
    rooms: tuple[Room, ...]
    rounds: tuple[Round, ...]
    rules: Rules = field(default_factory=Rules)
    pecha_kucha: PechaKucha = field(default_factory=PechaKucha)
    forms: Forms | None = None

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
        """Return the same day with sessions, by their code, held in the rooms that were chosen for them."""
        if not chosen:
            return self
        rounds = tuple(
            replace(
                round_,
                sessions=tuple(
                    replace(session, room=chosen[session.code], rooms=())
                    if session.code in chosen
                    else session
                    for session in round_.sessions
                ),
            )
            for round_ in self.rounds
        )
        return replace(self, rounds=rounds)

    @cached_property
    def sessions(self) -> Mapping[str, Session]:
        """Every session of the day by its code, in the order of the day."""
        return {session.code: session for round_ in self.rounds for session in round_.sessions}

    @cached_property
    def round_of(self) -> Mapping[str, Round]:
        """Each session's round, by the session's code."""
        return {session.code: round_ for round_ in self.rounds for session in round_.sessions}


class UnknownName(MidtvejsError):
    """What was asked for is not in the program. ``kind`` says what: a room, a round."""

    def __init__(self, kind: str, name: str, known: tuple[str, ...]) -> None:
        self.kind = kind
        self.name = name
        self.known = known
        super().__init__(f"{kind} {name}")
