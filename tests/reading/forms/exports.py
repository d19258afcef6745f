"""Writers that export known answers as each product does. Whoever is in them is made up."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program, Round, Session

Rows = list[list[str]]
Label = Callable[[Session], str]
BEGIN = dt.datetime(2018, 1, 13, 14, 30)

LABELS: dict[str, Label] = {
    "code": lambda session: session.code,
    "title": lambda session: session.title,
    "code: title": lambda session: f"{session.code}: {session.title}",
    "code - title": lambda session: f"{session.code} - {session.title}",
    "code title": lambda session: f"{session.code} {session.title}",
}


@dataclass(frozen=True, kw_only=True)
class Export:
    """Answers to be exported: everybody's, with the sessions called by ``label``."""

    day: Program
    people: Sequence[Participant]
    label: Label

    def rounds(self, person: Participant) -> Iterator[tuple[Round, tuple[str, ...]]]:
        for round_, wishes in zip(self.day.rounds, person.wishes, strict=True):
            yield round_, wishes.codes

    def wished(self, person: Participant) -> list[list[str]]:
        return [[self.label(self.day.sessions[code]) for code in codes] for _, codes in self.rounds(person)]

    def ranks(self, person: Participant, word: Callable[[int], str]) -> list[str]:
        """A cell for each session of the day: the rank that somebody gives it."""
        return [
            word(codes.index(session.code) + 1) if session.code in codes else ""
            for round_, codes in self.rounds(person)
            for session in round_.sessions
        ]

    def rated(self, person: Participant, words: Sequence[str]) -> list[str]:
        """A cell for each session of the day: the word for its tier, or the last one for no wish."""
        of_tier = {
            code: word
            for wishes in person.wishes
            for tier, word in zip(wishes.tiers, words, strict=False)
            for code in tier
        }
        return [
            of_tier.get(session.code, words[-1]) for round_ in self.day.rounds for session in round_.sessions
        ]

    def padded(self, person: Participant) -> list[str]:
        """A cell for each rank of each round: the session that somebody gives it to."""
        return [
            cell
            for wished, round_ in zip(self.wished(person), self.day.rounds, strict=True)
            for cell in [*wished, *[""] * (len(round_.sessions) - len(wished))]
        ]

    @property
    def sessions(self) -> list[str]:
        return [self.label(session) for round_ in self.day.rounds for session in round_.sessions]


def wide(export: Export) -> Rows:
    header = ["name", "email", "organisation", *(round_.id for round_ in export.day.rounds)]
    rows = [
        [each.name, each.email, each.organisation, *map(" > ".join, _codes(each))] for each in export.people
    ]
    return [header, *rows]


def _codes(person: Participant) -> list[tuple[str, ...]]:
    return [wishes.codes for wishes in person.wishes]


def a_column_a_rank(export: Export) -> Rows:
    ranks = [f"{r.id} {n}" for r in export.day.rounds for n in range(1, len(r.sessions) + 1)]
    header = ["name", "email", "organisation", *ranks]
    return [
        header,
        *([each.name, each.email, each.organisation, *export.padded(each)] for each in export.people),
    ]


def _microsoft(number: int, person: Participant) -> list[str]:
    begun = BEGIN + dt.timedelta(minutes=number)
    done = begun + dt.timedelta(minutes=4)
    times = [f"{at:%d-%m-%Y %H:%M:%S}" for at in (begun, done)]
    return [str(number), *times, "anonymous", "", person.name, person.email, person.organisation]


MICROSOFT = ["Id", "Starttidspunkt", "Fuldførelsestidspunkt", "Mail", "Navn", "Navn2", "E-mail", "Kommune"]


def microsoft_ranking(export: Export) -> Rows:
    header = [*MICROSOFT, *(f"Sæt sessionerne i {round_.name} i rækkefølge" for round_ in export.day.rounds)]
    rows = []
    for number, person in enumerate(export.people, start=1):
        cells = ["".join(f"{each};" for each in wished) for wished in export.wished(person)]
        rows.append([*_microsoft(number, person), *cells])
    return [header, *rows]


def microsoft_likert(export: Export) -> Rows:
    rows = [
        [*_microsoft(number, person), *export.ranks(person, lambda rank: f"{rank}. prioritet")]
        for number, person in enumerate(export.people, start=1)
    ]
    return [[*MICROSOFT, *export.sessions], *rows]


def _google(number: int, person: Participant) -> list[str]:
    at = BEGIN + dt.timedelta(minutes=number)
    return [f"{at:%Y/%m/%d %I:%M:%S %p} GMT+1", person.name, person.email, person.organisation]


def google_sessions_as_rows(export: Export) -> Rows:
    words = ["1st", "2nd", "3rd", "4th", "5th", "6th"]
    header = [
        f"{round_.name} [{export.label(session)}]"
        for round_ in export.day.rounds
        for session in round_.sessions
    ]
    rows = [
        [*_google(number, person), *export.ranks(person, lambda rank: words[rank - 1])]
        for number, person in enumerate(export.people, start=1)
    ]
    return [["Timestamp", "Full name", "Email Address", "Municipality", *header], *rows]


def google_ranks_as_rows(export: Export) -> Rows:
    words = [f"{word} choice" for word in ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")]
    header = [
        f"Which session in {round_.id}? [{word}]"
        for round_ in export.day.rounds
        for word in words[: len(round_.sessions)]
    ]
    rows = [
        [*_google(number, person), *export.padded(person)]
        for number, person in enumerate(export.people, start=1)
    ]
    return [["Tidsstempel", "Fulde navn", "Mailadresse", "Organisation", *header], *rows]


def limesurvey(export: Export) -> Rows:
    header = ["Response ID", "Date submitted", "Last page", "Start language", "Navn", "E-mail", "Kommune"]
    ranks = [
        f"Hvad vil du helst høre i {round_.name}? [Ranking {rank}]"
        for round_ in export.day.rounds
        for rank in range(1, len(round_.sessions) + 1)
    ]
    rows = []
    for number, person in enumerate(export.people, start=1):
        at = BEGIN + dt.timedelta(minutes=number)
        about = [person.name, person.email, person.organisation]
        rows.append([str(number), f"{at:%Y-%m-%d %H:%M:%S}", "1", "da", *about, *export.padded(person)])
    return [[*header, *ranks], *rows]


def moodle(export: Export) -> Rows:
    """Each choice has three columns; the highest number is the first choice."""
    header = ["ID", "Username", "Institution", "First name", "Last name", "Email address", "Groups"]
    for option in export.sessions:
        header += [option, f"{option} - Text", f"{option} - Allocation"]
    groups = ["", "", "", "", "", "", "", *[""] * (len(header) - 8), "Lærere;Ledere"]
    rows = [header, groups]
    for number, person in enumerate(export.people, start=1):
        first, _, last = person.name.partition(" ")
        row = [str(number), f"user{number}", person.organisation, first, last, person.email, ""]
        for rank in export.ranks(person, str):
            row += [str(9 - int(rank)), f"{rank}. choice", "No"] if rank else ["", "No rating given", "No"]
        rows.append(row)
    return rows


def equals(export: Export, _words: Sequence[str]) -> Rows:
    """Our own form, with equals signs."""
    header = ["name", "email", "organisation", *(round_.id for round_ in export.day.rounds)]
    rows = [
        [each.name, each.email, each.organisation, *(str(wishes) for wishes in each.wishes)]
        for each in export.people
    ]
    return [header, *rows]


def likert(export: Export, words: Sequence[str]) -> Rows:
    rows = [
        [*_microsoft(number, person), *export.rated(person, words)]
        for number, person in enumerate(export.people, start=1)
    ]
    return [[*MICROSOFT, *export.sessions], *rows]


def google_ratings(export: Export, words: Sequence[str]) -> Rows:
    header = [
        f"How much would you like it? [{export.label(session)}]"
        for round_ in export.day.rounds
        for session in round_.sessions
    ]
    rows = [
        [*_google(number, person), *export.rated(person, words)]
        for number, person in enumerate(export.people, start=1)
    ]
    return [["Timestamp", "Full name", "Email Address", "Municipality", *header], *rows]


def limesurvey_array(export: Export, words: Sequence[str]) -> Rows:
    header = ["Response ID", "Date submitted", "Last page", "Start language", "Navn", "E-mail", "Kommune"]
    rows = []
    for number, person in enumerate(export.people, start=1):
        at = BEGIN + dt.timedelta(minutes=number)
        about = [person.name, person.email, person.organisation]
        rows.append([str(number), f"{at:%Y-%m-%d %H:%M:%S}", "1", "da", *about, *export.rated(person, words)])
    return [[*header, *(f"Hvor gerne? [{each}]" for each in export.sessions)], *rows]


def moodle_ratings(export: Export, words: Sequence[str]) -> Rows:
    """Each choice has three columns; the highest number is the best, and 0 is no wish."""
    numbers = [*(str(9 - tier) for tier in range(len(words) - 1)), "0"]
    header = ["ID", "Username", "Institution", "First name", "Last name", "Email address"]
    for option in export.sessions:
        header += [option, f"{option} - Rating", f"{option} - Allocation"]
    rows = [header, [""] * len(header)]
    for number, person in enumerate(export.people, start=1):
        first, _, last = person.name.partition(" ")
        row = [str(number), f"user{number}", person.organisation, first, last, person.email]
        for told, word in zip(export.rated(person, numbers), export.rated(person, words), strict=True):
            row += [told, word, "No"]
        rows.append(row)
    return rows


RATED_WRITERS: dict[str, Callable[[Export, Sequence[str]], Rows]] = {
    writer.__name__: writer for writer in (equals, likert, google_ratings, limesurvey_array, moodle_ratings)
}


WRITERS = {
    writer.__name__: writer
    for writer in (
        wide,
        a_column_a_rank,
        microsoft_ranking,
        microsoft_likert,
        google_sessions_as_rows,
        google_ranks_as_rows,
        limesurvey,
        moodle,
    )
}


def csv_of(rows: Rows, *, delimiter: str = ",", end: str = "\r\n", encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_of(path: Path, rows: Rows, *, sheet: str = "Form1", before: Sequence[str] = ()) -> None:
    """Write a workbook, with other sheets before the one that matters: an empty one, and a hidden one."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    for name in before:
        other = book.add_worksheet(name)
        if name.startswith("_"):
            other.hide()
            other.write_row(0, 0, ["__v", "__x"])
    answers = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            answers.write_string(number, column, cell)
    book.close()
