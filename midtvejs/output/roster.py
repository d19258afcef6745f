"""An assignment as rosters read it aloud: names told apart, everybody in the order of letters."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant, fold
from midtvejs.domain.program import Round, Session, is_unlimited
from midtvejs.domain.roles import beside
from midtvejs.domain.seated import Day
from midtvejs.domain.traits import ORGANISATION, called, trait_of, usual, value_of
from midtvejs.domain.words import words_for
from midtvejs.domain.words.words import Words
from midtvejs.output.language import SortKey, sort_key
from midtvejs.output.screen import printable


def tell_apart(participants: Iterable[Participant]) -> Mapping[str, str]:
    """Return everybody's name by their key; with the email where another participant has the same name."""
    people = tuple(participants)
    names = [fold(person.name) for person in people]
    known = Counter(names)
    return {
        person.key: f"{person.name} <{person.email}>" if known[name] > 1 and person.email else person.name
        for person, name in zip(people, names, strict=True)
    }


def in_reading_order(participants: Iterable[Participant], language: str) -> list[Participant]:
    """Order people by the letters of a language, those of one name by their email."""
    people = tuple(participants)
    order = sort_key(language)
    known = Counter(person.name for person in people)
    # To order texts takes its time: names are looked at once, and emails between people of one name alone.
    names = {name: order(name) for name in known}

    def place(person: Participant) -> tuple[SortKey, SortKey | None, str]:
        return names[person.name], order(person.email) if known[person.name] > 1 else None, person.key

    return sorted(people, key=place)


Stop = tuple[Round, Session | None]
"""A round of a participant's day, and their session in it; None where they do not attend it."""


@dataclass(frozen=True, kw_only=True)
class Rosters:
    """Who is where; of one ``room`` or round only, where that is asked for."""

    assignment: Assignment
    room: str | None
    round_id: str | None

    @cached_property
    def words(self) -> Words:
        return words_for(self.assignment.program.event.language)

    @cached_property
    def sessions(self) -> list[tuple[Round, Session]]:
        """Each sitting asked for, in the order of the day, with its round, or the one asked for."""
        return [
            (round_, session)
            for round_ in self._rounds
            for session in round_.sessions
            if self.round_id is not None or not round_.has_begun(session)
            if self.room is None or (not session.rooms and fold(self.room) == fold(session.room.name))
        ]

    def rounds_of(self, round_: Round, session: Session) -> str:
        """Return the name of a sitting's round, or of each that it goes on through."""
        through = [each for each in self.assignment.program.rounds if each.id in session.through]
        return ", ".join(each.name for each in through or (round_,))

    def is_cancelled(self, session: Session) -> bool:
        """Whether a sitting is cancelled: nobody is in it, or the program says so."""
        return session.key in self.assignment.cancelled or session.key in self._off

    @cached_property
    def off(self) -> list[tuple[Round, Session]]:
        """The sittings that the program says are cancelled, which are none of ``sessions``."""
        rounds = self.assignment.program.rounds
        return [
            (each, session) for each in rounds for session in each.cancelled if not each.has_begun(session)
        ]

    @cached_property
    def _off(self) -> frozenset[str]:
        return frozenset(session.key for _, session in self.off)

    @cached_property
    def names(self) -> Mapping[str, str]:
        return tell_apart(self.assignment.participants)

    @cached_property
    def about(self) -> Mapping[str, str]:
        """Everybody's name, and what stands beside it, by their key, printable."""
        return {
            person.key: printable(", ".join(filter(None, (self.names[person.key], beside(person)))))
            for person in self.people
        }

    @cached_property
    def people(self) -> list[Participant]:
        """Everybody, in the order of letters of the program's language."""
        return in_reading_order(self.assignment.participants, self.assignment.program.event.language)

    @cached_property
    def rosters(self) -> Mapping[str, list[Participant]]:
        return replace(self.assignment, participants=tuple(self.people)).rosters()

    @cached_property
    def taken(self) -> Mapping[str, int]:
        return self.assignment.count_taken()

    def seats(self, session: Session) -> str:
        """Return ``43 af 45 pladser``; where everybody fits, how many there are."""
        taken, seats = self.taken[session.key], self.words.count_seats(session.seats)
        if is_unlimited(session.seats):
            return self.words.count_participants(taken)
        return self.words.taken.format(taken=taken, seats=seats)

    def day(self, person: Participant) -> list[Stop]:
        """Return where a participant is, as far as asked for; in no room where they do not attend.

        What goes on through several rounds stands once.
        """
        codes = self.assignment.days[person.key]
        if codes not in self._days:
            first = {session.key: round_ for round_, session in reversed(self.by_round(person)) if session}
            self._days[codes] = [
                (round_, session)
                for round_, session in self.by_round(person)
                if session is None or first[session.key] is round_
            ]
        return self._days[codes]

    def by_round(self, person: Participant) -> list[Stop]:
        """Return where a participant is, round by round."""
        codes = self.assignment.days[person.key]
        if codes not in self._by_round:
            of_rounds = dict(zip(self._ids, codes, strict=True))
            stops = ((round_, of_rounds[round_.id]) for round_ in self._rounds)
            self._by_round[codes] = [
                (round_, self._asked[round_.id, code] if code else None)
                for round_, code in stops
                if (round_.id, code) in self._asked or not (code or self.room)
            ]
        return self._by_round[codes]

    @cached_property
    def _by_round(self) -> dict[Day, list[Stop]]:
        return {}

    @cached_property
    def _days(self) -> dict[Day, list[Stop]]:
        return {}

    @cached_property
    def _ids(self) -> list[str]:
        return [round_.id for round_ in self.assignment.program.rounds]

    @cached_property
    def rounds(self) -> list[Round]:
        """The rounds in which anything that is asked for is on."""
        running = {id_ for id_, _ in self._asked}
        return [round_ for round_ in self._rounds if round_.id in running]

    @cached_property
    def _asked(self) -> Mapping[tuple[str, str], Session]:
        """The sittings asked for, by each of their rounds that is asked for, and their code."""
        keys = {session.key for _, session in self.sessions}
        return {
            (round_.id, session.code): session
            for round_ in self._rounds
            for session in round_.sessions
            if session.key in keys
        }

    @cached_property
    def _rounds(self) -> list[Round]:
        """The rounds asked for."""
        rounds = self.assignment.program.rounds
        return [each for each in rounds if self.round_id is None or fold(self.round_id) == fold(each.id)]

    def role(self, person: Participant, session: Session) -> str:
        return self.words.presenter if session.code in person.presents else ""

    def members(self, group: str) -> list[tuple[str, list[Participant]]]:
        """Return everybody by what they belong to, both in the order of letters; those without come last."""
        order = sort_key(self.assignment.program.event.language)
        members: dict[str, list[Participant]] = defaultdict(list)
        for person in self.people:
            if self.day(person):
                members[trait_of(person, group)].append(person)
        named = [
            (called(group, usual(Counter(value_of(each, group) for each in people))), people)
            for key, people in members.items()
            if key
        ]
        without = self.words.no_organisation if group == ORGANISATION else self.words.without.format(group)
        rest = [(without, members[""])] if "" in members else []
        return sorted(named, key=lambda each: order(each[0])) + rest


def days_away(rosters: Rosters, person: Participant) -> set[dt.date]:
    """Return the days with rounds of which a participant attends none."""
    program = rosters.assignment.program
    codes = rosters.assignment.days[person.key]
    attended = {program.date_of(each) for each, code in zip(program.rounds, codes, strict=True) if code}
    return {program.date_of(each) for each in program.rounds} - attended
