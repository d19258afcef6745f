"""An assignment as rosters read it aloud: names told apart, everybody in the order of letters."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant, fold
from midtvejs.domain.program import Round, Session
from midtvejs.domain.roles import beside
from midtvejs.domain.seated import Day
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

    def place(person: Participant) -> tuple[SortKey, SortKey | None, str]:
        # Emails are compared between people of one name alone, and to order texts takes its time.
        return order(person.name), order(person.email) if known[person.name] > 1 else None, person.key

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
        """What is asked for, in the order of the day."""
        return [
            (round_, session)
            for round_ in self.assignment.program.rounds
            for session in round_.sessions
            if self.round_id is None or fold(self.round_id) == fold(round_.id)
            if self.room is None or (not session.rooms and fold(self.room) == fold(session.room.name))
        ]

    def is_cancelled(self, session: Session) -> bool:
        return session.code in self.assignment.cancelled

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
        """Return ``43 af 45 pladser``."""
        seats = self.words.count_seats(session.seats)
        return self.words.taken.format(taken=self.taken[session.code], seats=seats)

    def day(self, person: Participant) -> list[Stop]:
        """Return where a participant is, as far as asked for; in no room where they do not attend."""
        codes = self.assignment.days[person.key]
        if codes not in self._days:
            self._days[codes] = [
                (round_, self.assignment.program.sessions[code] if code else None)
                for round_, code in zip(self.assignment.program.rounds, codes, strict=True)
                if code in self._asked or (not code and round_ in self._rounds)
            ]
        return self._days[codes]

    @cached_property
    def _days(self) -> dict[Day, list[Stop]]:
        return {}

    @cached_property
    def _asked(self) -> set[str]:
        return {session.code for _, session in self.sessions}

    @cached_property
    def _rounds(self) -> list[Round]:
        """The rounds asked for; none where a room is."""
        return [] if self.room else list({round_.id: round_ for round_, _ in self.sessions}.values())

    def role(self, person: Participant, session: Session) -> str:
        return self.words.presenter if session.code in person.presents else ""

    @cached_property
    def organisations(self) -> list[tuple[str, list[Participant]]]:
        """Everybody by organisation, both in the order of letters; those without one come last."""
        order = sort_key(self.assignment.program.event.language)
        members: dict[str, list[Participant]] = defaultdict(list)
        for person in self.people:
            if self.day(person):
                members[fold(person.organisation)].append(person)
        named = [(people[0].organisation, people) for key, people in members.items() if key]
        rest = [(self.words.no_organisation, members[""])] if "" in members else []
        return sorted(named, key=lambda each: order(each[0])) + rest
