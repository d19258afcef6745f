"""A program as far as it could be read: enough to judge what can still be judged when parts have faults."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from midtvejs.domain.diagnostic import Place
from midtvejs.domain.participants import fold
from midtvejs.domain.program import Kind, PechaKucha
from midtvejs.domain.rules import Company
from midtvejs.reading.files.source import Source
from midtvejs.reading.files.yaml_nodes import Items, Keys, Node
from midtvejs.reading.program.fields import Draft, Found

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


@dataclass(frozen=True)
class RoundDraft:
    draft: Draft
    kind: Kind

    @property
    def name(self) -> str:
        return f"round {self.draft.value('id') or self.draft.value('name') or '?'}"

    @cached_property
    def interval(self) -> Interval | None:
        return interval(self.draft.value("start"), self.draft.value("end"))

    @cached_property
    def sessions(self) -> tuple[SessionDraft, ...]:
        return tuple(SessionDraft(found.value, self) for found in self.draft.value("sessions") or ())

    @property
    def listed(self) -> tuple[Node, ...]:
        """Everything that stands under sessions, whether it can be read as one or not."""
        _, node = self.draft.node.entries.get("sessions", (None, None))
        return node.items if isinstance(node, Items) else ()


@dataclass(frozen=True)
class SessionDraft:
    draft: Draft
    round: RoundDraft

    @property
    def name(self) -> str:
        return f"session {self.draft.value('code') or '?'}"

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
        if found and self.round.interval and self.round.interval.holds(found):
            return found
        return None

    @property
    def open_room(self) -> bool:
        """Whether its room is still to be chosen."""
        room = self.draft.value("room")
        return not self.draft.faulty("room") and (room is None or fold(room) == AUTO)

    @property
    def room(self) -> Found[str] | None:
        """The room that it is to be held in; None where that is open, or not known."""
        return None if self.open_room else self.draft.values.get("room")

    @property
    def presenters(self) -> tuple[Found[Draft], ...]:
        return self.draft.value("presenters") or ()

    def _time(self, key: str) -> dt.time | None:
        own = key in self.draft.node.entries
        found: dt.time | None = (self.draft if own else self.round.draft).value(key)
        return found


@dataclass(frozen=True)
class DayDraft:
    source: Source
    draft: Draft

    @property
    def event(self) -> Draft | None:
        found: Draft | None = self.draft.value("event")
        return found

    @cached_property
    def rooms(self) -> dict[str, Found[Draft]] | None:
        """The rooms by name; None where they are not known at all."""
        found: dict[str, Found[Draft]] | None = self.draft.value("rooms")
        return found

    @cached_property
    def rounds(self) -> tuple[RoundDraft, ...]:
        """The rounds as the file has them, the salons' last."""
        rounds = [RoundDraft(found.value, Kind.PECHA_KUCHA) for found in self.draft.value("rounds") or ()]
        salons = self.draft.value("salons")
        return (*rounds, RoundDraft(salons, Kind.SALON)) if salons else tuple(rounds)

    @cached_property
    def rounds_known(self) -> bool:
        """Whether each round and session there is could be read, so that any other is none."""
        rounds = self.draft.values.get("rounds")
        # A key that is not understood may be the one that holds the salons.
        understood = self.draft.values.keys() == self.draft.node.entries.keys()
        if not (rounds and understood and isinstance(rounds.node, Items)):
            return False
        return len(rounds.value) == len(rounds.node.items) and all(
            round_.draft.value("id")
            and len(round_.sessions) == len(round_.listed)
            and all(session.draft.value("code") for session in round_.sessions)
            for round_ in self.rounds
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
        for round_ in self.rounds:
            yield from round_.sessions

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


def free_rooms(day: DayDraft, round_: RoundDraft) -> list[str]:
    """Return the rooms that no session of a round is fixed in, as the program orders them."""
    taken = {session.room.value for session in round_.sessions if session.room}
    return [name for name in day.rooms or {} if name not in taken]


def rooms_of(day: DayDraft, session: SessionDraft) -> list[str]:
    """Return the rooms that a session may be held in, as far as they are known."""
    if session.open_room:
        return free_rooms(day, session.round)
    return [session.room.value] if session.room and session.room.value in (day.rooms or {}) else []


def seats_in(day: DayDraft, session: SessionDraft, name: str) -> int | None:
    """Count who can be in a session's audience in a room; None where something of that is not known.

    That is less than 1 where all seats are held back.
    """
    room = (day.rooms or {})[name].value
    kept = next((one for one in (session.draft, room, day.rules) if "keep_free" in one.node.entries), None)
    keep_free = kept.value("keep_free") if kept else 0
    presenters_sit = day.rules.value("presenters_take_seats")
    if room.value("seats") is None or keep_free is None or day.rules.faulty("presenters_take_seats"):
        return None
    seats: int = room.value("seats") - keep_free - (len(session.presenters) if presenters_sit else 0)
    return seats


def seats_of(day: DayDraft, session: SessionDraft) -> int | None:
    """Count who can be in a session's audience in the largest room it may have; None where not known."""
    seats = [seats_in(day, session, name) for name in rooms_of(day, session)]
    known = [each for each in seats if each is not None]
    return max(known) if known and len(known) == len(seats) else None


def most_seats(day: DayDraft, round_: RoundDraft) -> int | None:
    """Count a round's seats, open sessions in the largest rooms that are free; None where not known."""
    if not round_.sessions or len(round_.sessions) < len(round_.listed):
        return None
    seats = 0
    left = free_rooms(day, round_)
    for session in round_.sessions:
        rooms = left if session.open_room else rooms_of(day, session)
        held = {name: seats_in(day, session, name) for name in rooms}
        known = {name: count for name, count in held.items() if count is not None}
        if not known or len(known) < len(held):
            return None
        largest = max(known, key=known.__getitem__)
        seats += max(0, known[largest])
        if session.open_room:
            left.remove(largest)
    return seats
