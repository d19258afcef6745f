"""Hostile files, of each kind that is read: whatever they say, the end is an orderly one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from random import Random

from tests.campaign.apart import Ended, run
from tests.campaign.garble import garbled_bytes, garbled_cells, garbled_json, garbled_lines, garbled_zip

LONGEST, LARGEST = 2.0, 500.0
"""Seconds of CPU and megabytes that nothing hostile may take."""
ORDERLY = {0, 1, 3}
VERDICT = "Does not hold: "
"""So ``verify`` ends where all can be read, and is not so."""

PROGRAM = """\
event: {name: Prøvedag, date: 2027-03-10, start: "09:00", end: "15:00", language: da}
# Lokalerne
rooms: {Aula: 5, Bio: {seats: 3, step_free: true}, Café: 4}
rounds:
  - id: R1
    name: Runde 1
    start: "09:00"
    end: "09:45"
    sessions:
      - {code: 1A, title: Åben skole, room: Aula, presenters: [{name: Åse Åkjær, email: aase@vejle.example}]}
      - {code: 1B, title: Ældre, room: Bio}
      - {code: 1C, title: "Økonomi: ja?", room: Café, min_participants: 2, may_be_cancelled: true}
  - id: R2
    name: Runde 2
    start: "10:00"
    end: "10:45"
    sessions:
      - {code: 2A, title: Børn, room: Aula}
      - {code: 2B, title: Kultur, room: Bio}
rules: {seed: 7, fairness: [worst, total, even, spread], at_most: {organisation: 4}}
"""
OPEN = """\
event: {name: Emnedag, date: 2027-03-10, start: "09:00", end: "15:00"}
rooms: {Aula: {seats: 6, not_in: [R2]}, Bio: 6, Café: 6}
rounds:
  - {id: R1, name: Runde 1, start: "09:00", end: "09:45"}
  - {id: R2, name: Runde 2, start: "10:00", end: "10:45"}
sessions:
  - {code: A, title: Sygeplejerske, rounds: [R1], room: Aula}
  - {code: B, title: Tømrer, times: 1-2, not_in: [R1], track: fag}
  - {code: C, title: Jurist, room: auto, max_participants: 5}
"""
NAMES = ("Åse Åkjær", "Bo Lund", "Cille Ø", "Dea Dam", "Eva Elm", "Finn Fog", "Gry Gad", "Hans Høj")


@cache
def wishes() -> list[list[str]]:
    """Return a small table of wishes."""
    lists = ("1B > 1C", "1C > 1A > 1B", "1A", "", "1B > 1A")
    rows = [["name", "email", "organisation", "R1", "R2"]]
    for number, name in enumerate(NAMES):
        address = "aase@vejle.example" if number == 0 else f"p{number}@vejle.example"
        town = ("Vejle Kommune", "Billund Kommune")[number % 2]
        rows.append([name, address, town, lists[number % 5] if number else "", ("2A > 2B", "2B")[number % 2]])
    return rows


def table(rows: Iterable[Iterable[str]], delimiter: str = ",") -> bytes:
    """Write a table as .csv."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


def workbook(rows: Iterable[Iterable[str]]) -> bytes:
    """Write a table as .xlsx."""
    import xlsxwriter

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    book.close()
    return data.getvalue()


def desk(folder: Path) -> None:
    """Lay out a program and wishes, an assignment and its certificate, all of them right."""
    for name, data in _laid_out().items():
        (folder / name).write_bytes(data)


@cache
def _laid_out() -> dict[str, bytes]:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "program.yaml").write_text(PROGRAM, encoding="utf-8")
        (folder / "prefs.csv").write_bytes(table(wishes()))
        saved = ("--save", "assignment.csv", "--plain", "--certificate", "certificate.json")
        done = run(folder, "assign", "prefs.csv", *saved)
        if done.code:
            raise RuntimeError(done.stderr)
        return {path.name: path.read_bytes() for path in folder.iterdir()}


def judged(done: Ended, named: str, *, orderly: Iterable[int] = ORDERLY) -> Iterator[str]:
    """Say what is wrong with how a command ended; a fault has to name the file ``named``."""
    if done.code not in set(orderly):
        yield f"exit {done.code}: {done.stderr[-600:]}"
    if "Traceback" in done.stdout + done.stderr:
        yield "a traceback"
    if done.code == 1 and named not in done.stderr + done.stdout and VERDICT not in done.stdout:
        yield f"{named} is not named: {done.stderr[-300:]}"
    if any(hostile in done.stdout + done.stderr for hostile in "\x1b\x9b\u202e\0"):
        yield "what steers a terminal is printed as it stands"
    if done.seconds > LONGEST:
        yield f"{done.seconds:.1f} s of CPU"
    if done.megabytes > LARGEST:
        yield f"{done.megabytes:.0f} MB"


def program(random: Random, folder: Path) -> Iterator[str]:
    """Garble program.yaml."""
    desk(folder)
    text = random.choice((PROGRAM, PROGRAM, OPEN))
    data = garbled_lines(text, random).encode("utf-8", "surrogatepass")
    if random.random() < 0.3:
        data = garbled_bytes(data, random)
    (folder / "program.yaml").write_bytes(data)
    verb = random.choice((["validate"], ["show"], ["check", "prefs.csv"], ["assign", "prefs.csv"], ["plan"]))
    yield from judged(run(folder, *verb), "program.yaml" if verb[-1] != "prefs.csv" else ".")


def answers(random: Random, folder: Path) -> Iterator[str]:
    """Garble the wishes, as .csv and as .xlsx."""
    desk(folder)
    rows = garbled_cells(wishes(), random) if random.random() < 0.8 else wishes()
    name = random.choice(("svar.csv", "svar.csv", "svar.xlsx"))
    if name == "svar.csv":
        data = table(rows, random.choice(",;\t"))
        data = garbled_bytes(data, random) if random.random() < 0.5 else data
    else:
        clean = [[_writable(cell) for cell in row] for row in rows]
        data = garbled_zip(workbook(clean), random) if random.random() < 0.8 else workbook(clean)
    (folder / name).write_bytes(data)
    verb = random.choice((["check"], ["check"], ["assign"], ["assign", "--json"]))
    yield from judged(run(folder, *verb, name), name)


def _writable(cell: str) -> str:
    """Return a cell as a workbook can hold it."""
    return cell.encode("utf-8", "replace").decode("utf-8")[:30_000]


def assignment(random: Random, folder: Path) -> Iterator[str]:
    """Garble what assign saved."""
    desk(folder)
    path = folder / "assignment.csv"
    rows = [*csv.reader(io.StringIO(path.read_text("utf-8-sig")))]
    data = table(garbled_cells(rows, random))
    path.write_bytes(garbled_bytes(data, random) if random.random() < 0.3 else data)
    prefs = ("--prefs", "prefs.csv")
    verb = random.choice(
        (
            ["rosters", path.name],
            ["day", path.name, "Bo Lund"],
            ["audit", path.name, *prefs],
            ["waiting", path.name, *prefs],
            ["explain", path.name, "Bo Lund", *prefs],
            ["verify", path.name, *prefs, "--certificate", "certificate.json"],
            ["assign", "prefs.csv", "--keep", path.name],
            ["export", path.name, "out", "--only", "ics"],
        )
    )
    # Where a garbled name is nobody's, that is a mistake of the command line.
    yield from judged(run(folder, *verb), path.name if verb[0] != "day" else "", orderly={*ORDERLY, 2})


def certificate(random: Random, folder: Path) -> Iterator[str]:
    """Garble the certificate: that ends in order; whether it is believed is another matter."""
    desk(folder)
    path = folder / "certificate.json"
    path.write_text(garbled_json(path.read_text("utf-8"), random), encoding="utf-8", errors="surrogatepass")
    words = ("assignment.csv", "--prefs", "prefs.csv", "--certificate", path.name)
    yield from judged(run(folder, "verify", *words), "")
