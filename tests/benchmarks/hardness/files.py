"""A day of the map in files: the same seed makes the same bytes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.benchmarks.hardness.program import Day, program_text
from tests.benchmarks.hardness.specs import Spec
from tests.benchmarks.hardness.wishes import SILENT, Taste
from tests.benchmarks.instances import Instance

IN_A_WHEELCHAIR = 0.03
ABSENT, ATTENDED = 0.3, 0.8
"""What part of the participants attends only some rounds, and what part of the rounds they do."""

ROUND = "R1"
"""What is attended by those who would otherwise attend nothing."""


def made(spec: Spec, folder: Path) -> Instance:
    """Write a day's program and its wishes into ``folder``."""
    day = Day(spec, Random(f"day {spec.seed}"))  # noqa: S311 - a made-up day
    name = f"{spec.number:03}-{spec.family.replace(':', '-')}"
    instance = Instance(name=name, program=folder / f"{name}.yaml", preferences=folder / f"{name}.csv")
    instance.program.write_text(program_text(day), encoding="utf-8")
    with instance.preferences.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_rows(day))
    return instance


def _rows(day: Day) -> Iterator[list[str]]:
    ids = [f"R{number}" for number in range(1, len(day.shape) + 1)]
    columns = [column for column in ("step_free", "attends") if day.has(column)]
    yield ["name", "email", "organisation", *columns, *ids]
    tastes = [Taste(day.random, day.spec.wishes, codes) for codes in day.codes]
    for person, (name, organisation) in enumerate(zip(day.names, day.organisations, strict=True)):
        row = [name, f"{name.lower()}@example.org", organisation]
        if day.has("step_free"):
            row.append("yes" if day.random.random() < IN_A_WHEELCHAIR else "")
        if day.has("attends"):
            row.append(_attends(day, person, ids))
        yield [*row, *_wishes(day, person, tastes)]


def _attends(day: Day, person: int, ids: list[str]) -> str:
    """Return the rounds that a participant attends: nothing for all of them, as for everyone pinned."""
    if person in day.pinned or day.random.random() >= ABSENT:
        return ""
    attended = [
        id_
        for number, id_ in enumerate(ids)
        if (person, number) in day.presents or day.random.random() < ATTENDED
    ]
    return " ".join(attended or [ROUND])


def _wishes(day: Day, person: int, tastes: list[Taste]) -> Iterator[str]:
    """Draw a participant's wishes for each round: none for one in which they present."""
    silent = day.spec.wishes == "empty" and day.random.random() < SILENT
    for number, taste in enumerate(tastes):
        ranking = taste.ranking(day.organisations[person])
        yield "" if silent or (person, number) in day.presents else " > ".join(ranking)
