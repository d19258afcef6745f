"""The program of a day of the map: its rooms, rounds, sessions and rules, drawn from its seed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from random import Random
from string import ascii_uppercase

from tests.benchmarks.hardness.specs import Spec

SPARE_UNDER_RULES = 1.15
"""Seats for each participant, at least, where a rule would often be impossible to keep with fewer."""
NEEDS_SPARE = frozenset({"min", "cancel", "at_most", "step_free"})
PRESENTED = 0.6
"""What part of the sessions has a presenter who takes part, where any have."""
LEAST_WITH_PRESENTERS = 40
PRESENTERS = 0.75
"""What part of the participants may present: groups and pins are drawn from those who do not."""
A_GROUP, A_PIN = 40, 25
"""There is a group, and a pin, for so many participants."""


class Day:
    """Who takes part, and what is held where; ``presents``: by participant and number of a round."""

    def __init__(self, spec: Spec, random: Random) -> None:
        self.spec = spec
        self.random = random
        self.names = [f"P{number:05d}" for number in range(spec.participants)]
        count = max(2, spec.participants // 10)
        self.organisations = [f"Org{int(count * random.random() ** 1.3)}" for _ in self.names]
        self.shape = _shape(spec)
        self.codes = [
            [f"{number}{letter}" for letter in ascii_uppercase[:sessions]]
            for number, sessions in enumerate(self.shape, start=1)
        ]
        self.by = [f"Org{random.randrange(count)}" for codes in self.codes for _ in codes]
        self.rooms = _shared_rooms(self) if self.has("auto") else _rooms_of_sessions(self)
        self.presents = _presents(self) if spec.presenters else {}
        busy = {person for person, _ in self.presents}
        self.free = [person for person in range(spec.participants) if person not in busy]
        random.shuffle(self.free)
        self.pinned: set[int] = set()

    def has(self, rule: str) -> bool:
        return rule in self.spec.rules

    def take(self, count: int) -> list[int]:
        """Return so many who present nothing, and whom nobody has taken before."""
        taken, self.free = self.free[:count], self.free[count:]
        return taken


def _shape(spec: Spec) -> Sequence[int]:
    """Return how many sessions each round has: as many in each where open rooms are the only rule."""
    if spec.rules == {"auto"}:
        return [max(spec.shape)] * len(spec.shape)
    return spec.shape


def _rooms_of_sessions(day: Day) -> dict[str, int]:
    return {
        f"Room {code}": seats
        for codes in day.codes
        for code, seats in zip(codes, _sizes(day, len(codes), kept=len(codes)), strict=True)
    }


def _shared_rooms(day: Day) -> dict[str, int]:
    """Return rooms for all rounds: seats for everybody where the fewest sessions are held, and one more."""
    most, fewest = max(day.shape), min(day.shape)
    sizes = sorted(_sizes(day, fewest, kept=most, beyond=0.02), reverse=True)
    while len(sizes) < most:
        sizes.append(max(2, sizes[-1] // 2 + 1))
    sizes.append(max(2, day.spec.participants // (2 * most)))
    return {f"Room {number}": seats for number, seats in enumerate(sizes)}


def _sizes(day: Day, count: int, *, kept: int, beyond: float = 0) -> list[int]:
    """Return the seats of so many rooms of a round; ``kept`` are held back where any are."""
    spec, random = day.spec, day.random
    spare = max(spec.spare, SPARE_UNDER_RULES) if spec.rules & NEEDS_SPARE else spec.spare
    people = spec.participants + (kept if day.has("keep_free") else 0)
    total = math.ceil(people * (spare + beyond))
    weights = [1.0 if spec.equal_rooms else random.uniform(0.4, 2.2) ** 1.5 for _ in range(count)]
    sizes = [max(1, int(total * weight / sum(weights))) for weight in weights]
    for number in range(total - sum(sizes)):
        sizes[number % count] += 1
    return sizes


def _presents(day: Day) -> dict[tuple[int, int], str]:
    """Draw who presents which session; nobody two in one round."""
    if day.spec.participants < LEAST_WITH_PRESENTERS:
        return {}
    presents: dict[tuple[int, int], str] = {}
    for number, codes in enumerate(day.codes):
        for code in codes:
            if day.random.random() < PRESENTED:
                person = day.random.randrange(int(PRESENTERS * day.spec.participants))
                presents.setdefault((person, number), code)
    return presents


def program_text(day: Day) -> str:
    """Return program.yaml."""
    lines = [
        'event: {name: Benchmark, date: 2018-01-30, start: "06:00", end: "23:00", language: en}',
        "rooms:",
        *_rooms(day),
        "rounds:",
        *_rounds(day),
        "rules:",
        "  seed: 1",
        *(line for lines_of in RULE_LINES for line in lines_of(day)),
        *_pins(day),
    ]
    return "\n".join([*lines, ""])


def _rooms(day: Day) -> Iterator[str]:
    for number, (room, seats) in enumerate(day.rooms.items()):
        step_free = ", step_free: true" if day.has("step_free") and number % 2 == 0 else ""
        yield f"  {room}: {{seats: {seats}{step_free}}}"


def _rounds(day: Day) -> Iterator[str]:
    speakers = {code: day.names[person] for (person, _), code in day.presents.items()}
    organisations = iter(day.by)
    for number, codes in enumerate(day.codes, start=1):
        times = f'start: "{6 + number:02}:00", end: "{6 + number:02}:30"'
        yield f"  - {{id: R{number}, name: Round {number}, {times}, sessions: ["
        for code in codes:
            yield f"      {_session(day, code, next(organisations), speakers.get(code))},"
        yield "    ]}"


def _session(day: Day, code: str, organisation: str, speaker: str | None) -> str:
    parts = [f'code: "{code}"', f"title: Session {code}"]
    if not day.has("auto"):
        parts.append(f"room: Room {code}")
    if day.has("avoid_own") or day.has("spread") or day.spec.wishes == "org":
        parts.append(f"by: [{organisation}]")
    if speaker:
        parts.append(f"presenters: [{{name: {speaker}}}]")
    return "{" + ", ".join(parts) + "}"


def _audience(day: Day) -> Iterator[str]:
    if not (day.has("min") or day.has("cancel")):
        return
    part = 0.6 if not day.has("min") else 0.25 if day.has("auto") else 0.5
    least = int(part * day.spec.participants / max(day.shape))
    yield f"  min_participants: {max(1, min(least, min(day.rooms.values()) - 2))}"
    if day.has("cancel"):
        yield "  may_be_cancelled: true"


def _keep_free(day: Day) -> Iterator[str]:
    if day.has("keep_free"):
        yield "  keep_free: 1"


def _together(day: Day) -> Iterator[str]:
    return _groups(day, "together", (2, 2, 3))


def _apart(day: Day) -> Iterator[str]:
    return _groups(day, "apart", (2,))


def _groups(day: Day, rule: str, sizes: Sequence[int]) -> Iterator[str]:
    if not day.has(rule):
        return
    yield f"  {rule}:"
    for _ in range(max(1, day.spec.participants // A_GROUP)):
        members = day.take(day.random.choice(sizes))
        yield f"    - [{', '.join(day.names[person] for person in members)}]"


def _at_most(day: Day) -> Iterator[str]:
    """Allow a quarter more than where the largest organisation is evenly spread."""
    if day.has("at_most"):
        [(_, largest)] = Counter(day.organisations).most_common(1)
        most = math.ceil(1.25 * largest / min(day.shape)) + (1 if day.has("together") else 0)
        yield f"  at_most: {{organisation: {most}}}"


def _colleagues(day: Day) -> Iterator[str]:
    if day.has("spread"):
        yield "  spread: organisation"
    if day.has("avoid_own"):
        yield "  avoid_own: true"


RULE_LINES: tuple[Callable[[Day], Iterator[str]], ...] = (
    *(_audience, _keep_free, _together, _apart, _at_most, _colleagues),
)


def _pins(day: Day) -> Iterator[str]:
    if not day.has("pins"):
        return
    yield "pins:"
    for person in day.take(max(2, day.spec.participants // A_PIN)):
        day.pinned.add(person)
        where, code = day.random.choice(["in", "not_in"]), day.random.choice(day.random.choice(day.codes))
        yield f'  - {{participant: {day.names[person]}, {where}: "{code}", reason: drawn}}'
