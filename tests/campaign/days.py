"""Days made up at random, as files; so simple that their figures are reckoned here, too."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.campaign.hostile import table

ORDERS = (
    *(("worst", "total", "even"),) * 2,
    ("worst", "total", "even", "spread"),
    ("worst", "spread", "total", "even"),
)
TOWNS = ("Vejle Kommune", "Ærø Kommune")
Days = Mapping[str, Sequence[str]]
"""Where everybody is, by email: a session a round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day with a list a round, and everybody's lists by email; all of them name every session.

    ``order`` are the criteria.
    """

    seats: Sequence[Mapping[str, int]]
    wishes: Mapping[str, Sequence[Sequence[str]]]
    towns: Mapping[str, str]
    order: Sequence[str]

    def figures(self, days: Days) -> dict[str, int]:
        """Reckon the criteria: a wish above what is attended is a step, each two of a town are a pair."""
        regrets = [
            sum(wishes.index(code) for wishes, code in zip(self.wishes[email], codes, strict=True))
            for email, codes in days.items()
        ]
        audiences = Counter(
            (self.towns[email], number, code)
            for email, codes in days.items()
            for number, code in enumerate(codes)
        )
        figures = {
            "worst": max(regrets),
            "total": sum(regrets),
            "even": sum(regret**2 for regret in regrets),
            "spread": sum(math.comb(count, 2) for count in audiences.values()),
        }
        return {criterion: figures[criterion] for criterion in self.order}

    def program(self) -> str:
        """Write program.yaml."""
        event = "event: {name: Prøvedag, date: 2027-03-10, start: '09:00', end: '15:00'}"
        lines = [event, "rounds:"]
        for number, seats in enumerate(self.seats, start=1):
            hour = 8 + number
            lines.append(f"  - id: R{number}")
            lines.append(f"    name: Runde {number}")
            lines.append(f"    start: '{hour:02}:00'")
            lines.append(f"    end: '{hour:02}:45'")
            lines.append("    sessions:")
            lines += [
                f"      - {{code: {code}, title: Emne {code}, room: Sal {code}}}" for code in sorted(seats)
            ]
        lines.append("rooms:")
        lines += [f"  Sal {code}: {count}" for seats in self.seats for code, count in sorted(seats.items())]
        return "\n".join([*lines, f"rules: {{fairness: [{', '.join(self.order)}]}}", ""])

    def prefs(self) -> bytes:
        """Write the wishes."""
        rounds = [f"R{number}" for number in range(1, len(self.seats) + 1)]
        rows = [["name", "email", "organisation", *rounds]]
        for email, lists in self.wishes.items():
            rows.append(
                [email.partition("@")[0], email, self.towns[email], *(" > ".join(wishes) for wishes in lists)]
            )
        return table(rows)

    def write(self, folder: Path) -> None:
        (folder / "program.yaml").write_text(self.program(), encoding="utf-8")
        (folder / "prefs.csv").write_bytes(self.prefs())


def drawn(random: Random, *, most_people: int = 12) -> Day:
    """Draw a day on which many want the same, and there are few seats to spare."""
    people = [f"p{number}@vejle.example" for number in range(random.randint(3, most_people))]
    rounds = []
    for number in range(1, random.randint(1, 3) + 1):
        codes = [f"{number}{letter}" for letter in "ABCD"[: random.randint(2, 4)]]
        seats = dict.fromkeys(codes, 1)
        while sum(seats.values()) < len(people) + random.randint(0, 1):
            seats[random.choice(codes)] += 1
        rounds.append(seats)
    common = [random.sample([*seats], len(seats)) for seats in rounds]
    wishes = {
        email: [wanted if random.random() < 0.6 else random.sample(wanted, len(wanted)) for wanted in common]
        for email in people
    }
    return Day(
        seats=rounds,
        wishes=wishes,
        towns={email: random.choice(TOWNS) for email in people},
        order=random.choice(ORDERS),
    )


def read(path: Path) -> dict[str, list[str]]:
    """Read where everybody is from what ``assign --save`` wrote."""
    _, *rows = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
    return {row[1]: row[3:] for row in rows}


def write(path: Path, days: Days) -> None:
    """Write where everybody is over what ``assign --save`` wrote."""
    header, *rows = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
    path.write_bytes(table([header, *([*row[:3], *days[row[1]]] for row in rows)]))
