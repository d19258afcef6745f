"""Calendars (RFC 5545): everybody's own day, and the whole program.

Times are in UTC. Every calendar shows them in its own time zone, and no definition of one can be wrong. What
was sent before is replaced: entries keep their UIDs, and a later revision has a greater SEQUENCE. An entry
of which nothing is left is cancelled.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from zoneinfo import ZoneInfo

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Event, Round, Session
from midtvejs.domain.seated import Day
from midtvejs.domain.words import words_for
from midtvejs.output.export.calendar_file import (
    EVENT,
    PERSON,
    Entry,
    calendar_text,
    cancel,
    escape,
    organiser_line,
    revise,
)
from midtvejs.output.export.identity import file_names, identity, slug
from midtvejs.output.export.sent import ENDING, FOLDER, WHOLE, SentBefore, find_persons
from midtvejs.output.export.timetable import Common, ends_on, in_order, own_stops
from midtvejs.output.export.wanted import ALL_OF_IT, Making, Wanted
from midtvejs.output.rooms import capitalise
from midtvejs.output.roster import Rosters


def files(rosters: Rosters, wanted: Wanted) -> Making:
    """Return program.ics, and unless it is to be ``public`` a calendar for each participant.

    Of what is ``changed`` only: the calendars of those whose day did, and of those who are gone.
    """
    calendars = Calendars(rosters=rosters, wanted=wanted)
    whole = {} if wanted.changed and not wanted.changed.program else {WHOLE: calendars.whole}
    return whole if wanted.public else {**whole, **dict(calendars.personal())}


def calendar_names(rosters: Rosters, wanted: Wanted = ALL_OF_IT) -> dict[str, str]:
    """Return by the key of everybody who attends anything where their calendar is: a file, or a folder."""
    names = file_names(rosters.assignment.participants)
    days = rosters.assignment.days
    ending = "/" if wanted.one_file_each else ENDING
    return {key: f"{FOLDER}/{name}{ending}" for key, name in names.items() if any(days[key])}


@dataclass(frozen=True, kw_only=True)
class Calendars:
    """The calendars of an assignment, those that replace ones sent before among them."""

    rosters: Rosters
    wanted: Wanted

    def whole(self) -> str:
        """Return the calendar of the whole program."""
        earlier = self._sent.whole
        parts = [*(("session", key) for key in self._keys), *(each.name for each in self._commons)]
        known = {*map(self._uid, parts), *(self._uid_without_id(*part) for part in parts)}
        known |= earlier.entries.keys() if self._sent.is_ours(earlier) else set()
        gone = _in_order_of_time(earlier.entries, known)
        told = {entry.uid for entry in gone}
        off = (entry for entry in self._cancelled() if entry.uid not in told)
        return self._text(self._revised(self._held(), [*gone, *off], earlier.entries))

    def personal(self) -> Iterator[tuple[str, Callable[[], str]]]:
        """Return the files of participants by their paths, and what makes each."""
        for person in self.concerned:
            yield from self.of(person)

    def of(self, person: Participant) -> Iterator[tuple[str, Callable[[], str]]]:
        """Return the files of one participant."""
        stem = f"{FOLDER}/{self.stems[person.key]}"
        if not self.wanted.one_file_each:
            yield f"{stem}{ENDING}", partial(self._own, person)
            return
        for entry in self._entries(person):
            yield f"{stem}/{entry.name}{ENDING}", partial(self._text, [entry], person)

    def _own(self, person: Participant) -> str:
        return self._text(self._entries(person), person)

    def _text(self, entries: Iterable[Entry], person: Participant | None = None) -> str:
        about = [f"{EVENT}:{self._sent.event}"] if self._event.id else []
        if person and self._event.id:
            about.append(f"{PERSON}:{self._persons[person.key]}")
        publishes = bool(self._organiser)
        return calendar_text(entries, name=self._event.name, publishes=publishes, about=about)

    # Whose they are

    @cached_property
    def _event(self) -> Event:
        return self.rosters.assignment.program.event

    @cached_property
    def _sent(self) -> SentBefore:
        event = str(identity(self._event, "event")) if self._event.id else ""
        return SentBefore(texts=self.wanted.sent, event=event)

    @cached_property
    def concerned(self) -> list[Participant]:
        """Everybody who has a calendar, or of whose nothing is left."""
        changed, days = self.wanted.changed, self.rosters.assignment.days
        if changed:
            before = changed.before.days
            here = (each for each in self.rosters.people if each.key in changed.people)
            people = (*here, *changed.gone)
            return [each for each in people if any((*days.get(each.key, ()), *before.get(each.key, ())))]
        return [each for each in self.rosters.people if any(days[each.key]) or self._entries(each)]

    @cached_property
    def stems(self) -> Mapping[str, str]:
        gone = self.wanted.changed.gone if self.wanted.changed else ()
        return file_names((*self.rosters.assignment.participants, *gone))

    @cached_property
    def _persons(self) -> Mapping[str, str]:
        """As whom calendars know everybody; by nothing where the event has no id."""
        changed = self.wanted.changed
        people = (*self.rosters.assignment.participants, *(changed.gone if changed else ()))
        old = changed.old_keys if changed else {}
        keys = {each.key: old.get(each.key, each.key) for each in people}
        own = {key: str(identity(self._event, "participant", known_by)) for key, known_by in keys.items()}
        return find_persons(people, own, self.stems, self._sent) if self._event.id else own

    def _uid(self, of: Collection[str], person: Participant | None = None) -> str:
        """Return the UID of a part of somebody's day, or of the program.

        It is of a round, not of a session: anyone who is moved has the new one in the place of the old.
        """
        if person is None:
            return str(identity(self._event, *of))
        known_by = self._persons[person.key] if self._event.id else person.key
        return str(identity(self._event, "participant", known_by, *of))

    def _uid_without_id(self, *of: str) -> str:
        """Return the UID that something had before the event got its id."""
        return str(identity(replace(self._event, id=""), *of))

    # What is in them

    @cached_property
    def _order(self) -> list[Round | Common]:
        return in_order(self.rosters.assignment.program)

    @cached_property
    def _commons(self) -> list[Common]:
        return [each for each in self._order if isinstance(each, Common)]

    @cached_property
    def _keys(self) -> list[str]:
        """The keys of all sittings, cancelled or not."""
        program = self.rosters.assignment.program
        off = (session.key for _, session in self.rosters.off)
        return [*map(program.key_as_planned, program.sittings.values()), *off]

    def _held(self) -> Iterator[Entry]:
        """Return what is on, in the order of the program."""
        for each in self._order:
            if isinstance(each, Common):
                yield Entry(uid=self._uid(each.name), lines=self._common(each))
                continue
            for session in each.sessions:
                if not each.has_begun(session) and not self.rosters.is_cancelled(session):
                    yield self._of_session(each, session)

    def _cancelled(self) -> Iterator[Entry]:
        """Return what the program says is off, whether it was sent before or not."""
        return (self._of_session(*each) for each in self.rosters.off)

    def _of_session(self, round_: Round, session: Session) -> Entry:
        key = self.rosters.assignment.program.key_as_planned(session)
        return Entry(uid=self._uid(("session", key)), lines=self._details(round_, session))

    def _entries(self, person: Participant) -> list[Entry]:
        """Return somebody's day, and what they were told of it before that is so no more."""
        here = [self._entry(person, *each) for each in self._stops(person)]
        known_by = self._persons[person.key] if self._event.id else ""
        earlier = self._sent.entries_of(self.stems[person.key], known_by)
        lost = [self._entry(person, *each) for each in self._stops_before(person)]
        if not earlier and not lost:
            return self._revised(here, (), earlier)
        rounds = self.rosters.assignment.program.rounds
        parts = [*((round_.id,) for round_ in rounds), *(each.name for each in self._commons)]
        names = {each.uid: each.name for each in (self._entry(person, part, ()) for part in parts)}
        names |= {self._uid_without_id("participant", person.key, *part): "" for part in parts if known_by}
        gone = [
            replace(entry, name=names.get(entry.uid) or _own_name(entry))
            for entry in _in_order_of_time(earlier, names.keys() | self._sent.uids_of(known_by))
        ]
        told = {entry.uid for entry in gone}
        return self._revised(here, [*gone, *(each for each in lost if each.uid not in told)], earlier)

    def _entry(self, person: Participant, of: Collection[str], lines: tuple[str, ...]) -> Entry:
        uid = self._uid(of, person)
        return Entry(uid=uid, lines=lines, name="-".join(filter(None, (slug(_name_of(of)), uid[:8]))))

    def _stops(self, person: Participant) -> Iterator[tuple[Collection[str], tuple[str, ...]]]:
        if not any(self.rosters.assignment.days.get(person.key, ())):
            return
        for each in own_stops(self.rosters, person, self._order):
            if isinstance(each, Common):
                yield each.name, self._common(each)
            elif session := each[1]:
                presented = session.code in person.presents
                yield (each[0].id,), self._details(each[0], session, presented=presented)

    def _stops_before(self, person: Participant) -> Iterator[tuple[Collection[str], tuple[str, ...]]]:
        """Return what was on for somebody before something changed."""
        changed, program = self.wanted.changed, self.rosters.assignment.program
        day: Day = changed.before.days.get(person.key, ()) if changed else ()
        there = dict(zip((round_.id for round_ in program.rounds), day, strict=False))
        dates = {program.date_of(round_) for round_ in program.rounds if there.get(round_.id)}
        for each in self._order:
            if isinstance(each, Common):
                if each.date in dates:
                    yield each.name, self._common(each)
                continue
            for session in (*each.sessions, *each.cancelled):
                if session.code == there.get(each.id) and not each.has_begun(session):
                    yield (each.id,), self._details(each, session)

    def _revised(
        self, here: Iterable[Entry], gone: Iterable[Entry], earlier: Mapping[str, Entry]
    ) -> list[Entry]:
        """Return entries as the revisions they are; what is ``gone``, and not ``here``, is cancelled."""
        here = list(here)
        uids = {entry.uid for entry in here}
        word = capitalise(self.rosters.words.cancelled)
        off = [cancel(entry, word, self._organiser) for entry in gone if entry.uid not in uids]
        return [revise(entry, earlier.get(entry.uid), self._least) for entry in (*here, *off)]

    @property
    def _least(self) -> int:
        """The revision that everything is at least; what changed was sent before, or else is new to all."""
        if self._event.revision is not None:
            return self._event.revision
        return 1 if self.wanted.changed else 0

    @cached_property
    def _organiser(self) -> tuple[str, ...]:
        contact = self._event.contact
        if not contact or "@" not in contact.email:
            return ()
        return (organiser_line(contact.name, contact.email),)

    @cached_property
    def _made(self) -> dict[tuple[str | bool, ...], tuple[str, ...]]:
        return {}

    def _details(self, round_: Round, session: Session, *, presented: bool = False) -> tuple[str, ...]:
        """Return the lines that are the same for everybody who comes as what they are."""
        key = round_.id, session.key, presented
        if key not in self._made:
            made = self._make_details(round_, session, presented=presented)
            self._made[key] = (*made, *self._organiser)
        return self._made[key]

    def _make_details(self, round_: Round, session: Session, *, presented: bool) -> tuple[str, ...]:
        program, words = self.rosters.assignment.program, self.rosters.words
        note = words_for(self._event.language).exports.you_present if presented else ""
        by = words.presented_by(session) if session.presenters else ""
        about = (note, ", ".join(session.by), session.school, by, *session.description.splitlines())
        return _lines(
            self._event,
            start=dt.datetime.combine(program.date_of(round_), session.start),
            end=dt.datetime.combine(ends_on(program, round_, session), session.end),
            summary=f"{session.code} {session.title}",
            room=session.room.name,
            description="\\n".join(map(escape, filter(None, about))),
        )

    def _common(self, common: Common) -> tuple[str, ...]:
        """Return the lines of what is on for everybody."""
        key: tuple[str | bool, ...] = (*common.name, True)
        if key not in self._made:
            item = common.item
            made = _lines(
                self._event,
                start=dt.datetime.combine(common.date, item.start),
                end=dt.datetime.combine(common.date, item.end),
                summary=item.title,
                room=item.room,
            )
            self._made[key] = (*made, *self._organiser)
        return self._made[key]


def _in_order_of_time(earlier: Mapping[str, Entry], known: Collection[str]) -> list[Entry]:
    """Return what was sent and is of this day, by the UIDs that are ``known`` to be."""
    found = [entry for uid, entry in earlier.items() if uid in known]
    return sorted(found, key=lambda entry: (entry.value("DTSTART"), entry.uid))


def _own_name(entry: Entry) -> str:
    """Return what the file of an entry is called that is of no part of the day: as before, if it had one."""
    return entry.name if entry.name.endswith(entry.uid[:8]) else entry.uid


def _name_of(of: Collection[str]) -> str:
    """Return what a file is called after: a round's id, or the title of what is on for everybody."""
    return " ".join(part for part in of if part != "agenda")


def _lines(
    event: Event, *, start: dt.datetime, end: dt.datetime, summary: str, room: str, description: str = ""
) -> tuple[str, ...]:
    place = _place(event, room)
    return (
        f"DTSTART:{in_utc(event, start)}",
        f"DTEND:{in_utc(event, end)}",
        f"SUMMARY:{escape(summary)}",
        *([f"LOCATION:{escape(place)}"] if place else []),
        *([f"DESCRIPTION:{description}"] if description else []),
    )


def _place(event: Event, room: str) -> str:
    venue = (event.venue.name, event.venue.address) if event.venue else ()
    return ", ".join(filter(None, (room, *venue)))


def in_utc(event: Event, local: dt.datetime) -> str:
    """Return a local moment as ``20180130T093000Z``."""
    moment = local.replace(tzinfo=ZoneInfo(event.timezone)).astimezone(dt.UTC)
    return re.sub("[-:]", "", moment.replace(tzinfo=None).isoformat(timespec="seconds")) + "Z"
