"""The conferences that are measured: made up to any size, and a real case that is not ours to publish."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from string import ascii_uppercase

from midtvejs.domain.simulation import simulate
from midtvejs.output.tables.people import preferences_csv
from midtvejs.reading.program.build import read_program

SESSIONS = (4, 3, 4, 6)
"""How many sessions each round has, as the conference of 2018."""
SEED = 2018
HELD_TWICE_SPARE = 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """A conference in files."""

    name: str
    program: Path
    preferences: Path


def made_up(folder: Path, participants: int, spare: float) -> Instance:
    """Make a conference with ``spare`` times as many seats a round as participants, in equal rooms."""
    rooms, rounds = {}, []
    for number, count in enumerate(SESSIONS, start=1):
        seats = math.ceil(participants * spare / count)
        codes = [f"{number}{'ABCDEF'[index]}" for index in range(count)]
        rooms.update({f"Room {code}": seats for code in codes})
        rounds.append((f"R{number}", codes))
    name = f"{participants}-{spare}"
    program = folder / f"{name}.yaml"
    program.write_text(_yaml(rooms, rounds), encoding="utf-8")
    return _with_wishes(folder, name, program, participants)


def held_twice(folder: Path, participants: int, sessions: int, rounds: int) -> Instance:
    """Make a day on which each session is held in two of the rounds, and one list is for all of them.

    All rooms are equal, and a round has 1.1 times as many seats as there are participants, or a few more.
    """
    held: dict[int, list[str]] = {number: [] for number in range(1, rounds + 1)}
    pairs = dict.fromkeys(combinations(held, 2), 0)
    lines = []
    for code in ascii_uppercase[:sessions]:
        in_rounds = min(pairs, key=lambda pair: (sum(len(held[each]) for each in pair), pairs[pair]))
        pairs[in_rounds] += 1
        for each in in_rounds:
            held[each].append(code)
        where = ", ".join(f"R{each}: Room {len(held[each])}" for each in in_rounds)
        names = ", ".join(f"R{each}" for each in in_rounds)
        lines.append(f"  - {{code: {code}, title: Session {code}, rounds: [{names}], room: {{{where}}}}}")
    fewest = min(map(len, held.values()))
    seats = math.ceil(participants * HELD_TWICE_SPARE / fewest)
    rooms = {f"Room {number}": seats for number in range(1, max(map(len, held.values())) + 1)}
    name = f"{participants}-{sessions}-in-{rounds}"
    program = folder / f"{name}.yaml"
    text = _yaml(rooms, [(f"R{number}", []) for number in held])
    program.write_text("\n".join([text + "sessions:", *lines, ""]), encoding="utf-8")
    return _with_wishes(folder, name, program, participants)


def _with_wishes(folder: Path, name: str, program: Path, participants: int) -> Instance:
    preferences = folder / f"{name}.csv"
    if not preferences.exists():
        day = read_program(program).accepted()
        people = simulate(day, participants=participants, seed=SEED)
        preferences.write_text(preferences_csv(day, people), encoding="utf-8")
    return Instance(name=name, program=program, preferences=preferences)


def umass(folder: Path, source: Path) -> Instance:
    """Turn a case of sections in time slots into files: ``<source>.caps.json`` and ``<source>.prefs.csv``."""
    case = json.loads(source.with_name(f"{source.name}.caps.json").read_text(encoding="utf-8"))
    rounds = [(block["id"], block["options"]) for block in case["blocks"]]
    rooms = {f"Room {code}": seats for code, seats in case["capacity"].items()}
    program = folder / f"{source.name}.yaml"
    program.write_text(_yaml(rooms, rounds), encoding="utf-8")
    people: dict[str, dict[str, str]] = {}
    with source.with_name(f"{source.name}.prefs.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            people.setdefault(row["participant"], {})[row["block"]] = row["ranked"]
    preferences = folder / f"{source.name}.csv"
    with preferences.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name", *(block for block, _ in rounds)])
        writer.writerows([name, *(wishes[block] for block, _ in rounds)] for name, wishes in people.items())
    return Instance(name=source.name, program=program, preferences=preferences)


def _yaml(rooms: dict[str, int], rounds: list[tuple[str, list[str]]]) -> str:
    lines = [
        'event: {name: Benchmark, date: 2018-01-30, start: "09:00", end: "23:00", language: en}',
        "rooms:",
    ]
    lines += [f"  {room}: {{seats: {seats}}}" for room, seats in rooms.items()]
    lines.append("rounds:")
    for number, (id_, codes) in enumerate(rounds):
        hour = 9 + number
        times = f'id: {id_}, name: Round {id_}, start: "{hour:02}:00", end: "{hour:02}:30"'
        if not codes:
            lines.append(f"  - {{{times}}}")
            continue
        lines.append(f"  - {{{times}, sessions: [")
        lines += [f"      {{code: {code}, title: Session {code}, room: Room {code}}}," for code in codes]
        lines.append("    ]}")
    return "\n".join(lines) + "\n"
