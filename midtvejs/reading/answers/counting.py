"""Of all the answers in a file, find those that count: one a participant, in time, of those on the list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from midtvejs.domain.answers import Admission, OnDuplicate, ReadOptions
from midtvejs.domain.participants import Participant, fold
from midtvejs.reading.answers.joined import Joined
from midtvejs.reading.answers.listed import Listed
from midtvejs.reading.answers.one_person import OnePerson, names_in
from midtvejs.reading.answers.people import People
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote


@dataclass(frozen=True, slots=True)
class Answer:
    number: int
    person: Participant
    moment: dt.datetime | None


class Answers:
    """Collects answers. ``moments`` are those of the answers that count, by participant key."""

    def __init__(
        self, people: People, options: ReadOptions, on_duplicate: OnDuplicate, listed: Listed | None
    ) -> None:
        self.moments: dict[str, dt.datetime] = {}
        self.late: list[int] = []
        self._unfinished: set[int] = set()
        self._refused: list[Participant] = []
        self.strangers = 0
        self.doubled = 0
        self._people = people
        self._one_person = OnePerson(people)
        self._options = options
        self._on_duplicate = on_duplicate
        self._listed = listed
        decided = options.on_duplicate is not None
        self._joined = Joined(people, listed, self._one_person, decided=decided) if listed else None
        self._first: list[Participant] = []
        self._further: dict[str, list[Answer]] = {}
        sign_up = people.program.event.sign_up
        self._deadline = sign_up.deadline if sign_up else None

    def add(
        self,
        number: int,
        person: Participant,
        moment: dt.datetime | None = None,
        *,
        finished: bool = True,
    ) -> None:
        """Take an answer; one that is not ``finished`` was begun, and never handed in."""
        if moment is not None and self._deadline and self._is_late(moment):
            self.late.append(number)
            if self._options.late is not Admission.ACCEPT:
                self._refused.append(person)
                return
        counted = self._as_listed(number, person) if self._listed else person
        if counted is None:
            return
        person = counted
        if not finished:
            self._unfinished.add(number)
        first = self._people.records.setdefault(person.key, number)
        if first == number:
            self._first.append(person)
            if moment is not None:
                self.moments[person.key] = moment
        elif self._on_duplicate is OnDuplicate.ERROR:
            if not self._apart([first, number]):
                self._people.twice(number, first, person)
        else:
            self._further.setdefault(person.key, []).append(Answer(number, person, moment))

    def settle(self) -> list[Participant]:
        """Return everybody once, and those on the list who never answered; tell of what does not count."""
        self._tell_of_late()
        self._tell_of_unfinished()
        if self._joined:
            self._joined.tell()
        everybody = [self._settle_person(person) for person in self._first] if self._further else self._first
        if self._listed:
            everybody.extend(
                person for key, person in self._listed.by_key.items() if key not in self._people.records
            )
        return everybody

    @property
    def too_late(self) -> frozenset[str]:
        """Who on the list answered, but too late to count, by their key."""
        known = [self._listed.match(person) for person in self._refused] if self._listed else []
        return frozenset(each.key for each in known if each and each.key not in self._people.records)

    def _is_late(self, moment: dt.datetime) -> bool:
        return bool(self._deadline and moment.date() > self._deadline)

    def _settle_person(self, person: Participant) -> Participant:
        further = self._further.get(person.key)
        if not further:
            return person
        first = Answer(self._people.records[person.key], person, self.moments.pop(person.key, None))
        answers = [first, *further]
        apart = self._apart([each.number for each in answers])
        counts = self._counting([each for each in answers if each.number not in self._unfinished] or answers)
        self._people.records[person.key] = counts.number
        if counts.moment is not None:
            self.moments[person.key] = counts.moment
        self.doubled += len(further)
        if not apart:
            self._tell_of_further(answers, counts)
        return counts.person

    def _counting(self, answers: list[Answer]) -> Answer:
        """Return the one that counts: by their moments where all are known, else by their rows."""
        timed = all(each.moment for each in answers)
        answers.sort(
            key=lambda each: (each.moment if timed and each.moment else dt.datetime.min, each.number)
        )
        return answers[-1 if self._on_duplicate is OnDuplicate.LAST else 0]

    def _apart(self, numbers: list[int]) -> bool:
        """Whether these answers are clearly not of one person, which is told; it may have been decided."""
        return self._options.on_duplicate is None and self._one_person.report_different_people(numbers)

    def _tell_of_further(self, answers: list[Answer], counts: Answer) -> None:
        table = self._people.table
        numbers = sorted(each.number for each in answers)
        name = counts.person.name
        others = [quote(each) for each in names_in(self._people, numbers) if fold(each) != fold(name)]
        also = f" (also {', '.join(others)})" if others else ""
        message = (
            f"{quote(name)}{also} answered in {self._people.where(numbers)}; "
            f"{table.line_word} {table.line(counts.number)} counts"
        )
        place = table.cell(counts.number, self._people.columns.get("name", 0))
        self._people.faults.add(Fault.SEVERAL_ANSWERS, place, message)

    def _tell_of_late(self) -> None:
        if not self.late:
            return
        came = "1 answer came" if len(self.late) == 1 else f"{len(self.late):,} answers came"
        message = f"{came} after the deadline, {self._deadline}: {self._people.where(self.late)}"
        place = self._people.table.row(self.late[0])
        accepted = self._options.late is Admission.ACCEPT
        counted = "they count; --late refuse leaves them out" if accepted else "they are left out"
        if self._options.late is Admission.ERROR:
            self._people.faults.add(Fault.LATE, place, message, "decide: --late accept or --late refuse")
        else:
            self._people.faults.warn(Fault.LATE, place, message, counted)

    def _tell_of_unfinished(self) -> None:
        if not self._unfinished:
            return
        numbers = sorted(self._unfinished)
        were = "1 answer was" if len(numbers) == 1 else f"{len(numbers):,} answers were"
        message = f"{were} begun and never handed in: {self._people.where(numbers)}"
        place = self._people.table.row(numbers[0])
        hint = "they count where the same person handed in no other"
        self._people.faults.add(Fault.UNFINISHED, place, message, hint)

    def _as_listed(self, number: int, person: Participant) -> Participant | None:
        """Return a participant as the list knows them, if there is one; None where they do not count."""
        known = self._listed.match(person) if self._listed else person
        if known is None:
            return person if self._let_in(number, person) else None
        if self._joined:
            self._joined.add(number, person, known.key)
        return known

    def _let_in(self, number: int, person: Participant) -> bool:
        """Say that a participant is not on the list, and give whether they count."""
        self.strangers += 1
        place = self._people.table.cell(number, self._people.columns.get("name", 0))
        message = f"{quote(person.name)} is not on the list of participants"
        policy = self._options.strangers
        if policy is Admission.ERROR and self._listed:
            hint = "add them to it, or decide: --strangers accept or --strangers refuse"
            if near := self._listed.nearest(person):
                hint = f"{near} else {hint}"
            self._people.faults.add(Fault.NOT_LISTED, place, message, hint)
        else:
            outcome = "seated all the same" if policy is Admission.ACCEPT else "left out"
            self._people.faults.warn(Fault.NOT_LISTED, place, f"{message}: {outcome}")
        return policy is Admission.ACCEPT
