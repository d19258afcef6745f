"""Read a table of sessions, a row each, for the first program.yaml: .csv, .xlsx or .ods."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from midtvejs.domain.diagnostic import Diagnostic, Faulty, Place, Read, Severity, in_order
from midtvejs.domain.participants import fold
from midtvejs.domain.sketch import USUAL_ROUNDS, Sketch, SketchedRound, SketchedSession, usual_times
from midtvejs.domain.words.sessions import EVERY_ROUND, HEADINGS
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.files.table import Table
from midtvejs.reading.files.tables import read_tables
from midtvejs.reading.program.mending import number_meant, times_meant
from midtvejs.reading.program.new_program import clean
from midtvejs.reading.session_cells import UnclearRounds, presenters_meant, rounds_meant

MOST_ABOVE = 10
"""So many rows may stand above the headings."""
MOST_SEATS, MOST_ROUNDS = 1_000_000, 60
TIMES = re.compile(r"([0-9]{1,2})(?:-([0-9]{1,2}))?")
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

    def in_round(self, name: str) -> Row:
        """Return the same row as it names one round, in the place of the round it named, or none."""
        return replace(self, said={**self.said, "round": name})


def read_sessions(
    path: Path, *, name: str, date: dt.date, round_word: str, rounds: int | None = None
) -> Read[Sketch]:
    """Read a table; what it leaves open, a program can leave open, or stands there as is usual.

    ``rounds``: how many there are, where the table does not say; with neither, sessions are left open.

    Raises:
        OSError: the file cannot be read at all.
        Faulty: it is no such table.
    """
    rows, faults = _rows(read_tables(path), str(path))
    count, said = rounds or USUAL_ROUNDS, any(fold(row["round"]) not in {"", *EVERY_ROUND} for row in rows)
    rows = _in_rounds(rows, count, faults)
    times = [_times(row, faults) for row in rows]
    if not any(row["round"] for row in rows):
        rows = _in_rounds_by_times(rows, times)
        said = any(row["round"] for row in rows)
    if rounds and said:
        column = "round" if "round" in rows[0].places else "start"
        faults.append(_fault(rows[0], column, "the table says which rounds there are", "leave out --rounds"))
    elif not said:
        # A round without a session is none.
        count = min(count, len(rows))
        rows = [row.in_round("1") for row in rows] if count == 1 else rows
    found = _rounds(rows, times, round_word, count)
    if len(found) > MOST_ROUNDS:
        faults.append(_fault(rows[0], "round", f"more than {MOST_ROUNDS} rounds", ""))
    sessions = _sessions(list(zip(rows, times, strict=True)), found, faults)
    seats = _seats(rows)
    faulty = any(each.severity is Severity.ERROR for each in faults)
    sketch = Sketch(name=name, date=date, rounds=tuple(found.values()), sessions=sessions, seats=seats)
    # A row that names several rounds is looked at in each.
    told = dict.fromkeys(in_order(faults))
    return Read(value=None if faulty else sketch, diagnostics=tuple(told))


def _in_rounds(rows: Sequence[Row], usual: int, faults: list[Diagnostic]) -> list[Row]:
    """Return each row as often as it names rounds, and once where it names none."""
    try:
        meant = rounds_meant([row["round"] for row in rows], usual)
    except UnclearRounds as unclear:
        row = next(row for row in rows if fold(row["round"]) == str(unclear))
        message = f"{quote(row['round'])}: there are not two rounds"
        faults.append(_fault(row, "round", message, "write which: 1+2"))
        return list(rows)
    written = {fold(row["round"]): row["round"] for row in reversed(rows)}
    return [
        row.in_round(written.get(name, name)) if name else row
        for row in rows
        for name in meant[fold(row["round"])] or ("",)
    ]


def _in_rounds_by_times(rows: Sequence[Row], times: Sequence[Times]) -> list[Row]:
    """Return the rows in rounds of what runs at the same time, where all of them say when they run."""
    number, ends = 0, dt.time()
    found: dict[int, str] = {}
    whole = [(start, end, place) for place, (start, end) in enumerate(times) if start and end and start < end]
    if len(whole) < len(rows):
        return list(rows)
    for start, end, place in sorted(whole):
        number += not number or start >= ends
        ends = max(ends, end)
        found[place] = str(number)
    return [row.in_round(found[place]) for place, row in enumerate(rows)]


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
    names = list(dict.fromkeys(filter(None, (fold(row["round"]) for row in rows))))
    if all(map(NUMBER.search, names)):
        return sorted(names, key=lambda name: ([int(each) for each in NUMBER.findall(name)[:3]], name))
    return names


def _rounds(rows: Sequence[Row], times: Sequence[Times], word: str, usual: int) -> dict[str, SketchedRound]:
    """Return the rounds by their folded names, in the order of the day if all say when they are.

    They are as many as is ``usual`` where none are named.
    """
    names = _names_of_rounds(rows) or [str(number + 1) for number in range(usual)]
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
        name: SketchedRound(name=_called(written.get(name, ""), number, word), start=start, end=end)
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
    organisations = {name for row, _ in rows for name in _organisations(row)}
    return tuple(_session(same, rounds, organisations, faults) for same in made.values())


def _organisations(row: Row) -> list[str]:
    return list(dict.fromkeys(filter(None, re.split(r"\s*[;\n]\s*", row["by"]))))


def _session(
    held: Sequence[tuple[Row, Times]],
    rounds: Mapping[str, SketchedRound],
    organisations: Collection[str],
    faults: list[Diagnostic],
) -> SketchedSession:
    (first, (start, end)), *others = held
    seats = [number for row, _ in held if (number := _count(row, faults))]
    round_ = rounds.get(fold(first["round"]))
    own = round_ and not others and start and end and round_.start <= start < end <= round_.end
    return SketchedSession(
        title=first["title"],
        code=first["code"],
        rooms={[*rounds].index(fold(row["round"])): row["room"] for row, _ in held if row["round"]},
        room=first["room"],
        times=_held_times(first, faults),
        presenters=presenters_meant(first["presenters"], organisations),
        by=tuple(_organisations(first)),
        description=next(filter(None, (row["description"] for row, _ in held)), ""),
        seats=seats[0] if len(set(seats)) == 1 else None,
        start=start if own and round_ and start != round_.start else None,
        end=end if own and round_ and end != round_.end else None,
    )


def _held_times(row: Row, faults: list[Diagnostic]) -> str:
    """Return ``2``, or ``1-3``: how often a session is held."""
    text = re.sub(r"\s*(?:[-\u2013]|\btil\b|\bto\b)\s*", "-", row["times"])
    found = TIMES.fullmatch(text)
    if text and not (found and 1 <= int(found[1]) <= int(found[2] or found[1]) <= MOST_ROUNDS):
        faults.append(_fault(row, "times", f"{quote(row['times'])} is not how often", "write 2, or 1-3"))
        return ""
    return text


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
