"""What changes after a first seating: drop-outs, late sign-ups, a smaller room."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.instances import SEED, Instance, made_up

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """So many participants less, so many more, and so many seats fewer in a room."""

    name: str
    fewer: int = 0
    more: int = 0
    seats: int = 0


SMALL = (
    Change(name="one drop-out", fewer=1),
    Change(name="five drop-outs", fewer=5),
    Change(name="one sign-up", more=1),
    Change(name="10 seats fewer", seats=10),
    Change(name="all of that", fewer=5, more=1, seats=10),
)
LARGE = (Change(name="50 changes", fewer=20, more=20, seats=10),)


def all_changes(folder: Path) -> Iterator[tuple[Instance, str, tuple[Change, ...]]]:
    """Return the sample and a large day, each with the room that shrinks, and what changes."""
    sample = Instance(
        name="sample",
        program=ROOT / "program.yaml",
        preferences=ROOT / "preferences" / "midtvejs-2018.csv",
    )
    yield sample, "Fjordsalen", SMALL
    yield made_up(folder, 10_000, 1.03), "Room 1B", LARGE


def changed(folder: Path, instance: Instance, room: str, change: Change) -> Instance:
    """Write the files of an instance after a change; who drops out is drawn from a fixed seed."""
    draw = random.Random(SEED)  # noqa: S311 - a made-up change
    name = f"{instance.name}: {change.name}"
    with instance.preferences.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    newcomers = draw.sample(rows, change.more)
    gone = {tuple(row) for row in draw.sample(rows, change.fewer)}
    rows = [row for row in rows if tuple(row) not in gone]
    email = head.index("email")
    for number, row in enumerate(newcomers):
        new = [f"Ny {number}" if cell == row[0] else cell for cell in row]
        rows.append([*new[:email], f"ny{number}@late.example", *new[email + 1 :]])
    preferences = folder / f"{instance.name}-changed.csv"
    with preferences.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    program = folder / f"{instance.name}-changed.yaml"
    text = instance.program.read_text(encoding="utf-8")
    seats = re.compile(rf"(?<={re.escape(room)}: \{{seats: )\d+")
    program.write_text(
        seats.sub(lambda found: str(int(found[0]) - change.seats), text, count=1), encoding="utf-8"
    )
    return Instance(name=name, program=program, preferences=preferences)
