"""Read a table of sessions, a row each, for the first program.yaml: .csv, .xlsx or .ods."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from midtvejs.domain.diagnostic import Diagnostic, Faulty, Place, Read, Severity, in_order
from midtvejs.domain.participants import fold
from midtvejs.domain.sketch import Sketch, SketchedRound, SketchedSession, usual_times
from midtvejs.domain.words.sessions import HEADINGS
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.files.table import Table
from midtvejs.reading.files.tables import read_tables
from midtvejs.reading.program.mending import number_meant, times_meant
from midtvejs.reading.program.new_program import clean

MOST_ABOVE = 10
"""So many rows may stand above the headings."""
MOST_SEATS, MOST_ROUNDS = 1_000_000, 60
BETWEEN = re.compile(r"\s*(?:[;\n]|\s&\s|\s(?:og|and)\s)\s*")
NUMBER = re.compile(r"[0-9]+")


Times = tuple[dt.time | None, dt.time | None]
"""When something begins and ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a row says, and where; ``said`` is by column, where it says anything."""

    said: dict[str, str]
    places: dict[str, Place]

    def __getitem__(self, column: str) -> str:
        return self.said.get(column, "")


def read_sessions(path: Path, *, name: str, date: dt.date, round_word: str) -> Read[Sketch]:
    """Read a table; what it leaves open, a program can leave open, or stands there as is usual.

    Raises:
        OSError: the file cannot be read at all.
        Faulty: it is no such table.
    """
    rows, faults = _rows(read_tables(path), str(path))
    times = [_times(row, faults) for row in rows]
    rounds = _rounds(rows, times, round_word)
    if len(rounds) > MOST_ROUNDS:
        place = rows[0].places["round"]
        faults.append(Fault.NO_TABLE_OF_SESSIONS.diagnostic(place, f"more than {MOST_ROUNDS} rounds"))
    sessions = _sessions(list(zip(rows, times, strict=True)), rounds, faults)
    seats = _seats(rows)
    faulty = any(each.severity is Severity.ERROR for each in faults)
    sketch = Sketch(name=name, date=date, rounds=tuple(rounds.values()), sessions=sessions, seats=seats)
    return Read(value=None if faulty else sketch, diagnostics=in_order(faults))


def _rows(tables: Sequence[Table], file: str) -> tuple[list[Row], list[Diagnostic]]:
    """Return the rows of the first table with titles, and what is wrong in it."""
    for table in tables:
        for above, record in enumerate(table.records[:MOST_ABOVE]):
            columns = _columns(record)
            if "title" in columns:
                faults = list(table.source.diagnostics)
                rows = [
                    row
                    for number in range(above + 1, len(table.records))
                    if (row := _row(table, number, columns)).said
                ]
                if not rows:
                    place = table.row(above)
                    raise Faulty([Fault.NO_TABLE_OF_SESSIONS.diagnostic(place, "no session stands below")])
                faults.extend(
                    _fault(row, "title", "a session without a title", "write one, or empty the row")
                    for row in rows
                    if not row["title"]
                )
                return rows, [*faults, *_unread(table, above, columns)]
    message = "no column is headed by what sessions are called"
    hint = f"head it {quote('title')}, and others {', '.join(map(quote, [*HEADINGS][2:]))}"
    raise Faulty([Fault.NO_TABLE_OF_SESSIONS.diagnostic(Place(file=file), message, hint)])


def _columns(record: Sequence[str]) -> dict[str, int]:
    """Return which column is what; of two with one meaning the first."""
    headings = [fold(heading).strip(" :") for heading in record]
    found: dict[str, int] = {}
    for name, words in HEADINGS.items():
        column = next(
            (index for word in words for index, heading in enumerate(headings) if heading == word), None
        )
        if column is not None and column not in found.values():
            found[name] = column
    return found


def _unread(table: Table, above: int, columns: Mapping[str, int]) -> Iterator[Diagnostic]:
    """Return a warning for each column that has a heading, and cells below it, and is not read."""
    missing = [name for name in HEADINGS if name not in columns]
    hint = f"if it is one of these, head it so: {', '.join(map(quote, missing))}" if missing else ""
    for column, heading in enumerate(table.records[above]):
        below = (record[column] for record in table.records[above + 1 :] if column < len(record))
        if column not in columns.values() and clean(heading) and any(map(clean, below)):
            message = f"unknown column {quote(heading.strip())} is not read"
            yield Fault.UNKNOWN_COLUMN.diagnostic(table.cell(above, column), message, hint)


def _row(table: Table, number: int, columns: dict[str, int]) -> Row:
    record = table.records[number]
    said = {name: record[column].strip() for name, column in columns.items() if column < len(record)}
    places = {name: table.cell(number, column) for name, column in columns.items()}
    return Row(said={name: cell for name, cell in said.items() if clean(cell)}, places=places)


def _fault(row: Row, column: str, message: str, hint: str) -> Diagnostic:
    return Fault.NO_TABLE_OF_SESSIONS.diagnostic(row.places[column], message, hint)


def _names_of_rounds(rows: Sequence[Row]) -> list[str]:
    """Return the rounds, folded, in the order of their numbers where all have one, else as they come."""
    names = list(dict.fromkeys(fold(row["round"]) for row in rows))
    if all(map(NUMBER.search, names)):
        return sorted(names, key=lambda name: ([int(each) for each in NUMBER.findall(name)[:3]], name))
    return names


def _rounds(rows: Sequence[Row], times: Sequence[Times], word: str) -> dict[str, SketchedRound]:
    """Return the rounds by their folded names, in the order of the day if all say when they are."""
    names = _names_of_rounds(rows)
    said: dict[str, Times] = {}
    for name in names:
        of_round = [time for row, time in zip(rows, times, strict=True) if fold(row["round"]) == name]
        said[name] = (
            min((start for start, _ in of_round if start), default=None),
            max((end for _, end in of_round if end), default=None),
        )
    whole = {name: (start, end) for name, (start, end) in said.items() if start and end and start < end}
    if len(whole) < len(names):
        whole = dict(zip(names, usual_times(len(names)), strict=True))
    written = {fold(row["round"]): row["round"] for row in reversed(rows)}
    ordered = sorted(whole.items(), key=lambda each: each[1])
    return {
        name: SketchedRound(name=_called(written[name], number, word), start=start, end=end)
        for number, (name, (start, end)) in enumerate(ordered, 1)
    }


def _called(written: str, number: int, word: str) -> str:
    return f"{word} {written or number}" if not written or written.isdecimal() else written


def _times(row: Row, faults: list[Diagnostic]) -> Times:
    """Return when a session begins and ends, as far as it is said; the first column may say both."""
    start, end = (_moments(row, column, faults) for column in ("start", "end"))
    return (start[0] if start else None, end[-1] if end else start[1] if len(start) > 1 else None)


def _moments(row: Row, column: str, faults: list[Diagnostic]) -> list[dt.time]:
    meant = times_meant(row[column]) if row[column] else []
    if row[column] and not meant:
        faults.append(_fault(row, column, f"{quote(row[column])} is not a time of day", "write 10:30"))
    return meant


def _sessions(
    rows: Sequence[tuple[Row, Times]], rounds: Mapping[str, SketchedRound], faults: list[Diagnostic]
) -> tuple[SketchedSession, ...]:
    """Return the sessions: rows of one title in different rounds are one that is held several times."""
    made: dict[tuple[str, str], list[tuple[Row, Times]]] = {}
    codes: dict[str, Row] = {}
    for row, times in rows:
        code, title, of_round = fold(row["code"]), fold(row["title"]), fold(row["round"])
        first = codes.setdefault(code, row) if code else row
        if fold(first["title"]) != title:
            line = first.places["code"].line
            message = f"the code {quote(row['code'])} is that of another session, on line {line}, too"
            faults.append(_fault(row, "code", message, "each session has a code of its own"))
        same = made.setdefault((code, title), [])
        if any(fold(each["round"]) == of_round for each, _ in same):
            made[f"{title} {len(made)}", of_round] = [(row, times)]
        else:
            same.append((row, times))
    return tuple(_session(same, rounds, faults) for same in made.values())


def _session(
    held: Sequence[tuple[Row, Times]], rounds: Mapping[str, SketchedRound], faults: list[Diagnostic]
) -> SketchedSession:
    (first, (start, end)), *others = held
    seats = [number for row, _ in held if (number := _count(row, faults))]
    round_ = rounds[fold(first["round"])]
    own = not others and start and end and round_.start <= start < end <= round_.end
    return SketchedSession(
        title=first["title"],
        code=first["code"],
        rooms={[*rounds].index(fold(row["round"])): row["room"] for row, _ in held},
        presenters=_people(first["presenters"]),
        by=tuple(dict.fromkeys(filter(None, re.split(r"\s*[;\n]\s*", first["by"])))),
        description=next(filter(None, (row["description"] for row, _ in held)), ""),
        seats=seats[0] if len(set(seats)) == 1 else None,
        start=start if own and start != round_.start else None,
        end=end if own and end != round_.end else None,
    )


def _people(text: str) -> tuple[str, ...]:
    """Return the people a cell names; a comma is between them where each has a name and a surname."""
    found = [part for part in BETWEEN.split(text) if part]
    split = [
        name
        for part in found
        for name in (part.split(",") if all(" " in each.strip() for each in part.split(",")) else [part])
    ]
    return tuple(dict.fromkeys(name.strip() for name in split if name.strip()))


def _count(row: Row, faults: list[Diagnostic]) -> int | None:
    if not row["seats"]:
        return None
    count = number_meant(row["seats"])
    if count is None or not 1 <= count <= MOST_SEATS:
        faults.append(
            _fault(row, "seats", f"{quote(row['seats'])} is not a number of seats", "write, say, 24")
        )
        return None
    return count


def _seats(rows: Sequence[Row]) -> dict[str, int]:
    """Return the seats of each room: the most that any row says of it."""
    rooms: dict[str, str] = {}
    most: dict[str, int] = {}
    for row in rows:
        name = rooms.setdefault(fold(row["room"]), row["room"])
        count = _count(row, [])
        if name and count:
            most[name] = max(most.get(name, 0), count)
    return most
