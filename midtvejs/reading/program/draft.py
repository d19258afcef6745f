"""A program as far as it could be read: enough to judge what can still be judged when parts have faults."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from midtvejs.domain.diagnostic import Place
from midtvejs.domain.participants import fold
from midtvejs.domain.program import Kind, PechaKucha
from midtvejs.domain.rules import Company, Quota
from midtvejs.reading.files.source import Source, Span, quote
from midtvejs.reading.files.yaml_nodes import Items, Keys, Node
from midtvejs.reading.program.fields import Draft, Found
from midtvejs.reading.program.presenters import Identity, identities

AUTO = "auto"
"""Stands for a room that is still to be chosen."""


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A stretch of the day; never runs backwards."""

    start: dt.time
    end: dt.time

    def holds(self, other: Interval) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Interval) -> bool:
        return self.start < other.end and other.start < self.end

    @property
    def seconds(self) -> int:
        return 60 * (60 * (self.end.hour - self.start.hour) + self.end.minute - self.start.minute)

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


def interval(start: dt.time | None, end: dt.time | None) -> Interval | None:
    """Return None where a time is not known, or nothing lies between the two."""
    return Interval(start, end) if start and end and start < end else None


@dataclass(frozen=True, eq=False)
class RoundDraft:
    """``held`` are the sittings here of sessions that stand in no round, as the day finds them."""

    draft: Draft
    kind: Kind
    usual_date: dt.date | None = None
    held: list[SessionDraft] = field(default_factory=list, repr=False)

    @property
    def id(self) -> str:
        return self.draft.value("id") or ""

    @property
    def date(self) -> dt.date | None:
        """Its day; None where that is not known."""
        found: dt.date | None = self.draft.value("date")
        return found if "date" in self.draft.node.entries else self.usual_date

    @property
    def name(self) -> str:
        return f"round {self.draft.value('id') or self.draft.value('name') or '?'}"

    @cached_property
    def interval(self) -> Interval | None:
        return interval(self.draft.value("start"), self.draft.value("end"))

    @cached_property
    def own_sessions(self) -> tuple[SessionDraft, ...]:
        """The sittings that stand in the round itself."""
        return tuple(SessionDraft(found.value, self) for found in self.draft.value("sessions") or ())

    @property
    def planned(self) -> tuple[SessionDraft, ...]:
        """Every sitting in this round, those that go on from an earlier one and cancelled ones among them."""
        return (*self.own_sessions, *self.held)

    @property
    def sessions(self) -> tuple[SessionDraft, ...]:
        """Every sitting in this round that is not cancelled."""
        return tuple(session for session in self.planned if not session.cancelled)

    @property
    def cancelled(self) -> tuple[SessionDraft, ...]:
        return tuple(session for session in self.planned if session.cancelled)

    @property
    def own_sessions_known(self) -> bool:
        return len(self.own_sessions) == len(self.listed)

    @property
    def listed(self) -> tuple[Node, ...]:
        """Everything that stands under sessions, whether it can be read as one or not."""
        _, node = self.draft.node.entries.get("sessions", (None, None))
        return node.items if isinstance(node, Items) else ()


@dataclass(frozen=True, eq=False)
class _OfSession:
    """What is read of a session, whether or not it is known in which rounds it is held."""

    draft: Draft

    @property
    def name(self) -> str:
        return f"session {self.code or '?'}"

    @property
    def code(self) -> str:
        return self.draft.value("code") or ""


@dataclass(frozen=True, eq=False)
class SessionDraft(_OfSession):
    """A sitting: a session as it is held in a round; ``later`` are the rounds that it goes on through."""

    round: RoundDraft
    later: tuple[RoundDraft, ...] = ()

    @property
    def rounds(self) -> tuple[RoundDraft, ...]:
        """The rounds in which it runs."""
        return (self.round, *self.later)

    @property
    def cancelled(self) -> bool:
        """Whether the session is cancelled: all of it, or this sitting."""
        found: bool | tuple[Found[str], ...] | None = self.draft.value("cancelled")
        if isinstance(found, tuple):
            return any(id_.value == self.round.id for id_ in found)
        return bool(found)

    @property
    def lasts(self) -> bool:
        """Whether it is to go on through several rounds."""
        return (self.draft.value("lasts") or 1) > 1

    @property
    def has_own_times(self) -> bool:
        return any(key in self.draft.node.entries for key in ("start", "end"))

    @property
    def start(self) -> dt.time | None:
        return self._time("start")

    @property
    def end(self) -> dt.time | None:
        return self._time("end")

    @cached_property
    def interval(self) -> Interval | None:
        """When the session is; None where that is not known, or has a fault that is told elsewhere."""
        found = interval(self.start, self.end)
        return found if found and self.frame and self.frame.holds(found) else None

    @property
    def frame(self) -> Interval | None:
        """From the beginning of its round to the end of the last round that it goes on through."""
        begins, ends = self.round.interval, self.rounds[-1].interval
        return interval(begins.start, ends.end) if begins and ends else None

    @property
    def open_room(self) -> bool:
        """Whether its room is still to be chosen."""
        room = self.named_room
        return not self.draft.faulty("room") and (room is None or fold(room.value) == AUTO)

    @property
    def room(self) -> Found[str] | None:
        """The room that it is to be held in; None where that is open, or not known."""
        return None if self.open_room else self.named_room

    @property
    def named_room(self) -> Found[str] | None:
        """What the file says of its room in this round."""
        found: Found[Any] | None = self.draft.values.get("room")
        if found and isinstance(found.value, dict):
            by_round: dict[str, Found[str]] = found.value
            return by_round.get(self.round.id)
        return found

    @property
    def room_span(self) -> Span:
        """Where its room stands, or what else the session is recognised by."""
        named = self.named_room
        return named.span if named else self.draft.span("room")

    @property
    def presenters(self) -> tuple[Found[Draft], ...]:
        return self.draft.value("presenters") or ()

    def _time(self, key: str) -> dt.time | None:
        own = key in self.draft.node.entries
        of_round = self.rounds[-1 if key == "end" else 0].draft
        found: dt.time | None = (self.draft if own else of_round).value(key)
        return found


@dataclass(frozen=True, eq=False)
class OfferDraft(_OfSession):
    """A session that says nothing of its rounds, and is not cancelled: it is still to be placed.

    ``sittings`` are those that it may have, one in each round that is open to it; ``closed`` says of the
    other rounds that hold such sessions why they are not, by their ids.
    """

    sittings: tuple[SessionDraft, ...]
    closed: dict[str, str]

    @property
    def fewest(self) -> int:
        return self._times[0]

    @property
    def most(self) -> int:
        return self._times[1]

    @property
    def _times(self) -> tuple[int, int]:
        return self.draft.value("times") or (1, 1)


@dataclass(frozen=True)
class DayDraft:
    source: Source
    draft: Draft

    @property
    def event(self) -> Draft | None:
        found: Draft | None = self.draft.value("event")
        return found

    @cached_property
    def free_rooms(self) -> dict[int, list[str]]:
        """The rooms that are free in each of ``rounds``, by its identity."""
        free = {}
        for round_ in self.rounds:
            taken = {session.room.value for session in round_.sessions if session.room}
            free[id(round_)] = [
                name
                for name, room in (self.rooms or {}).items()
                if name not in taken and not away_in(room.value, round_.id)
            ]
        return free

    @cached_property
    def seats_of_rooms(self) -> dict[str, tuple[int | None, int | None]]:
        """The seats of each room, and how many of them are kept free; each None where it is not known."""
        found = {}
        for name, room in (self.rooms or {}).items():
            says = next((one for one in (room.value, self.rules) if "keep_free" in one.node.entries), None)
            found[name] = room.value.value("seats"), says.value("keep_free") if says else 0
        return found

    @cached_property
    def rooms(self) -> dict[str, Found[Draft]] | None:
        """The rooms by name; None where they are not known at all."""
        found: dict[str, Found[Draft]] | None = self.draft.value("rooms")
        return found

    @cached_property
    def rounds(self) -> tuple[RoundDraft, ...]:
        """The rounds as the file has them, the salons' last."""
        usual: dt.date | None = self.event.value("date") if self.event else None
        rounds = [
            RoundDraft(found.value, Kind.PECHA_KUCHA, usual) for found in self.draft.value("rounds") or ()
        ]
        if salons := self.draft.value("salons"):
            rounds.append(RoundDraft(salons, Kind.SALON, usual))
        for sitting in _sittings([found.value for found in self.draft.value("sessions") or ()], rounds):
            for round_ in sitting.rounds:
                round_.held.append(sitting)
        return tuple(rounds)

    @cached_property
    def open_rounds(self) -> tuple[RoundDraft, ...]:
        """The rounds in which sessions can be placed: those without any that stand in the round itself."""
        return tuple(_open_among(self.rounds))

    @cached_property
    def offers(self) -> tuple[OfferDraft, ...]:
        """The sessions that are still to be placed, as the file has them."""
        drafts = (found.value for found in self.draft.value("sessions") or ())
        return tuple(
            self._offer(draft) for draft in drafts if _is_open(draft) and draft.value("cancelled") is not True
        )

    def _offer(self, draft: Draft) -> OfferDraft:
        sittings = [SessionDraft(draft, round_) for round_ in self.open_rounds]
        closed = {each.round.id: why for each in sittings if (why := self._why_not(each))}
        left = tuple(each for each in sittings if each.round.id not in closed)
        return OfferDraft(draft, left, closed)

    def _why_not(self, session: SessionDraft) -> str:
        """Say why an open session cannot be held in a round; nothing where it can."""
        round_, free = session.round, self.free_rooms[id(session.round)]
        if any(found.value == round_.id for found in session.draft.value("not_in") or ()):
            return "not_in"
        room = session.room
        if room and room.value in (self.rooms or {}) and room.value not in free:
            away = away_in((self.rooms or {})[room.value].value, round_.id)
            return f"{quote(room.value)} is {'not free' if away else 'taken'}"
        if session.open_room and len(free) <= sum(each.open_room for each in round_.sessions):
            return "no room is free"
        for found in session.presenters:
            presents = self._presenting[id(round_)]
            if code := next((presents[each] for each in identities(found.value).ask if each in presents), ""):
                return f"{quote(found.value.value('name') or '?')} presents {code} then"
        return ""

    @cached_property
    def _presenting(self) -> dict[int, dict[Identity, str]]:
        """What each presenter presents in each of the ``rounds``, by its identity."""
        return {
            id(round_): {
                each: session.code
                for session in round_.sessions
                for found in session.presenters
                for each in identities(found.value).has
            }
            for round_ in self.rounds
        }

    @cached_property
    def shared_known(self) -> bool:
        """Whether each of the sessions that stand in no round, and where it is held, could be read."""
        if "sessions" not in self.draft.node.entries:
            return True
        shared: Found[tuple[Found[Draft], ...]] | None = self.draft.values.get("sessions")
        if shared is None or not isinstance(shared.node, Items):
            return False
        return len(shared.value) == len(shared.node.items) and all(
            found.value.value("code")
            and not found.value.faulty("lasts")
            and (_is_open(found.value) or _rounds_known(found.value))
            for found in shared.value
        )

    @cached_property
    def rounds_known(self) -> bool:
        """Whether each round and session there is could be read, so that any other is none."""
        rounds = self.draft.values.get("rounds")
        # A key that is not understood may be the one that holds the salons.
        understood = self.draft.values.keys() == self.draft.node.entries.keys()
        if not (rounds and understood and isinstance(rounds.node, Items)):
            return False
        return (
            self.shared_known
            and len(rounds.value) == len(rounds.node.items)
            and all(
                round_.id
                and round_.own_sessions_known
                and all(session.code for session in round_.own_sessions)
                for round_ in self.rounds
            )
        )

    @cached_property
    def rules(self) -> Draft:
        """The rules; without any keys where there are none, or none that can be read."""
        found: Draft | None = self.draft.value("rules")
        return found or Draft(Keys(self.draft.node.span, {}), {})

    def setting_of(self, session: SessionDraft, key: str) -> Found[Any] | None:
        """Return what a session itself says, or else the rules; None where nobody does, or with a fault."""
        draft = session.draft if key in session.draft.node.entries else self.rules
        return draft.values.get(key)

    @property
    def agenda(self) -> tuple[Draft, ...]:
        """What is on for everybody, as the file has it."""
        return tuple(found.value for found in self.draft.value("agenda") or ())

    @property
    def group_names(self) -> tuple[str, ...]:
        """What the program calls its groups, the columns that say what people belong to."""
        return tuple(found.value for found in self.draft.value("groups") or ())

    @property
    def pins(self) -> tuple[Found[Draft], ...]:
        return self.draft.value("pins") or ()

    @cached_property
    def groups(self) -> tuple[tuple[Company, Found[Draft]], ...]:
        """Who is together, and who apart, as the file has them."""
        found = ((company, group) for company in Company for group in self.rules.value(company) or ())
        return tuple(sorted(found, key=lambda group: group[1].span.start))

    def place_of(self, item: Found[Draft]) -> Place:
        """Return where an item of a list is: all of one in brackets, else how it begins."""
        in_brackets = self.source.text.startswith(("{", "["), item.span.start)
        return self.source.place(item.span if in_brackets else item.value.heading)

    def sessions(self) -> Iterator[SessionDraft]:
        """Return every sitting once that is not cancelled."""
        return (session for session in self.planned() if not session.cancelled)

    @cached_property
    def planned_by_code(self) -> dict[str, list[SessionDraft]]:
        """Every sitting of each session, cancelled ones among them, by the session's code.

        Of a session that is still to be placed these are the sittings that it may have.
        """
        by_code = _by_code(self.planned())
        for offer in self.offers:
            if offer.code:
                by_code.setdefault(offer.code, []).extend(offer.sittings)
        return by_code

    def is_void(self, pin: Draft) -> bool:
        """Return whether a pin or a ban is for nothing but sittings that are cancelled."""
        code, round_id = pin.value("in") or pin.value("not_in"), pin.value("round")
        meant = [
            session
            for session in self.planned_by_code.get(code, ())
            if round_id in {None, *(round_.id for round_ in session.rounds)}
        ]
        return bool(meant) and all(session.cancelled for session in meant)

    def sittings_to_be(self) -> Iterator[SessionDraft]:
        """Return every sitting that a session may have which is still to be placed."""
        return (sitting for offer in self.offers for sitting in offer.sittings)

    def sessions_by_code(self) -> dict[str, list[SessionDraft]]:
        """Return the sittings of each session that are not cancelled, by the session's code."""
        return _by_code(self.sessions())

    def planned(self) -> Iterator[SessionDraft]:
        """Return every sitting once, cancelled ones among them."""
        for round_ in self.rounds:
            yield from (session for session in round_.planned if session.round is round_)

    @cached_property
    def pecha_kucha(self) -> PechaKucha | None:
        """The form of a talk; None where it has faults."""
        if self.draft.faulty("pecha_kucha"):
            return None
        draft: Draft | None = self.draft.value("pecha_kucha")
        if draft is None:
            return PechaKucha()
        if any(draft.faulty(key) for key in draft.node.entries):
            return None
        return PechaKucha(**{key: found.value for key, found in draft.values.items()})

    def line_of(self, draft: Draft) -> int:
        return self.source.line_of(draft.heading)


def _by_code(sittings: Iterable[SessionDraft]) -> dict[str, list[SessionDraft]]:
    by_code: dict[str, list[SessionDraft]] = {}
    for session in sittings:
        if session.code:
            by_code.setdefault(session.code, []).append(session)
    return by_code


def _sittings(sessions: Iterable[Draft], rounds: Sequence[RoundDraft]) -> Iterator[SessionDraft]:
    """Return each sitting of sessions that stand in no round, as far as its rounds are known."""
    by_id = {round_.id: round_ for round_ in reversed(rounds) if round_.id}
    for draft in sessions:
        if _is_open(draft) and draft.value("cancelled") is True:
            not_in = {found.value for found in draft.value("not_in") or ()}
            # It would have been held in any of these: in each of them wishes for it count for nothing.
            yield from (SessionDraft(draft, each) for each in _open_among(rounds) if each.id not in not_in)
        named = draft.value("rounds") or ()
        for id_ in dict.fromkeys(found.value for found in named if found.value in by_id):
            round_ = by_id[id_]
            more = (draft.value("lasts") or 1) - 1
            later = rounds_after(round_, rounds)[:more] if more else ()
            yield SessionDraft(draft, round_, tuple(later))


def _is_open(session: Draft) -> bool:
    """Return whether a session leaves open in which rounds it is held."""
    return "rounds" not in session.node.entries


def _rounds_known(session: Draft) -> bool:
    rounds = session.values.get("rounds")
    return bool(rounds and isinstance(rounds.node, Items) and len(rounds.value) == len(rounds.node.items))


def _open_among(rounds: Iterable[RoundDraft]) -> Iterator[RoundDraft]:
    return (
        each
        for each in rounds
        if each.kind is Kind.PECHA_KUCHA and each.id and "sessions" not in each.draft.node.entries
    )


def rounds_after(round_: RoundDraft, rounds: Sequence[RoundDraft]) -> list[RoundDraft]:
    """Return the rounds that follow one on its day, in their order, as far as their times are known."""
    begins = round_.interval.start if round_.interval else dt.time.max
    later = [
        (each.interval.start, each)
        for each in rounds
        if each.interval and each.interval.start > begins and each.date == round_.date
    ]
    return [each for _, each in sorted(later, key=lambda one: one[0])]


def quotas_of(day: DayDraft, session: SessionDraft, key: str) -> Iterator[Quota]:
    """Return how many of one in a group a session may (``at_most``) or must (``at_least``) have."""
    by_group = session.draft.value(key)
    for group, found in by_group.values.items() if by_group else ():
        for value, number in found.value.items():
            place = day.source.place(number.span)
            yield Quota(group=group, number=number.value, value=value, place=place)


def free_rooms(day: DayDraft, round_: RoundDraft) -> list[str]:
    """Return the rooms that are free in a round, as the program orders them."""
    return list(day.free_rooms[id(round_)])


def away_in(room: Draft, round_id: str) -> Found[str] | None:
    """Return where a room says that it is not free in a round, if it does."""
    return next((found for found in room.value("not_in") or () if found.value == round_id), None)


def rooms_of(day: DayDraft, session: SessionDraft) -> list[str]:
    """Return the rooms that a session may be held in, as far as they are known."""
    if session.open_room:
        return free_rooms(day, session.round)
    return [session.room.value] if session.room and session.room.value in (day.rooms or {}) else []


def seats_in(day: DayDraft, session: SessionDraft, names: Iterable[str]) -> dict[str, int | None]:
    """Count who can be in a session's audience in each of some rooms; None where something is not known.

    That is less than 1 where all seats are held back.
    """
    if day.rules.faulty("presenters_take_seats"):
        return dict.fromkeys(names)
    says = "keep_free" in session.draft.node.entries
    own, found_most = session.draft.value("keep_free"), day.setting_of(session, "max_participants")
    most = found_most.value if found_most else None
    sitting = len(session.presenters) if day.rules.value("presenters_take_seats") else 0
    found: dict[str, int | None] = {}
    for name in names:
        seats, keep_free = day.seats_of_rooms[name]
        keep_free = own if says else keep_free
        if seats is None or keep_free is None:
            found[name] = None
        else:
            left = seats - keep_free - sitting
            found[name] = min(left, most or left)
    return found


def seats_of(day: DayDraft, session: SessionDraft) -> int | None:
    """Count who can be in a session's audience in the largest room it may have; None where not known."""
    seats = seats_in(day, session, rooms_of(day, session)).values()
    known = [each for each in seats if each is not None]
    return max(known) if known and len(known) == len(seats) else None


def most_seats(day: DayDraft, round_: RoundDraft) -> int | None:
    """Count a round's seats, open sessions in the largest rooms that are free; None where not known."""
    awaits = day.offers and round_ in day.open_rounds
    if awaits or not (round_.sessions and round_.own_sessions_known and day.shared_known):
        return None
    seats = 0
    left = free_rooms(day, round_)
    for session in round_.sessions:
        rooms = left if session.open_room else rooms_of(day, session)
        held = seats_in(day, session, rooms)
        known = {name: count for name, count in held.items() if count is not None}
        if not known or len(known) < len(held):
            return None
        largest = max(known, key=known.__getitem__)
        seats += max(0, known[largest])
        if session.open_room:
            left.remove(largest)
    return seats
