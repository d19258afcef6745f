"""Measure what a participant gains by handing in another list than the true one, on random days.

python -m tests.benchmarks.lists              20, 60 and 180 participants
python -m tests.benchmarks.lists 60           this size
python -m tests.benchmarks.lists --days 50    ... on more days

On each day some participants, one at a time, hand in each of the lists below; everybody else hands in their
own. Printed is how many fare better and worse than with their true lists, and by how many steps on average;
regrets are by the true lists. How people fare by another seed is what ties alone come to.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from random import Random
from statistics import fmean
from string import ascii_uppercase

from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.profile import regret
from midtvejs.domain.program import Program
from midtvejs.domain.seated import Day
from midtvejs.domain.simulation import simulate
from midtvejs.solving.solve import solve
from tests import conferences
from tests.benchmarks.instances import SESSIONS

SIZES = (20, 60, 180)
SPARE = 1.03
LIARS = 10
"""So many participants of each day hand in other lists, one at a time."""

Lists = tuple[Wishes, ...]
"""The lists of a participant, one for each round."""
Told = Callable[[Lists, Day], list[Lists]]
"""What is handed in, by the true lists and what they bring; of several, what brings the best day."""


def cut(length: int) -> Told:
    """Leave out all but the first wishes of each list."""
    return lambda lists, _: [tuple(_cut(wishes, length) for wishes in lists)]


def cut_one(lists: Lists, _: Day) -> list[Lists]:
    """Leave out all but the first wish, or the first two, of one of the lists."""
    return [
        tuple(_cut(wishes, length) if number == cut else wishes for number, wishes in enumerate(lists))
        for cut in range(len(lists))
        for length in (1, 2)
    ]


def _cut(wishes: Wishes, length: int) -> Wishes:
    return Wishes(wishes.codes[:length])


def swap_first(lists: Lists, _: Day) -> list[Lists]:
    """Say that the second wish is the first."""
    return [tuple(Wishes((*wishes.codes[1::-1], *wishes.codes[2:])) for wishes in lists)]


def put_last(lists: Lists, day: Day) -> list[Lists]:
    """Put what one would get behind everything, unless it is the first wish."""
    return [
        tuple(
            Wishes((*(code for code in wishes.codes if code != got), got))
            if got in wishes.codes[1:]
            else wishes
            for wishes, got in zip(lists, day, strict=True)
        )
    ]


LISTS: dict[str, Told] = {
    "the first wish alone": cut(1),
    "the first two wishes": cut(2),
    "the first two swapped": swap_first,
    "what they would get, last": put_last,
    "the best of eight short lists": cut_one,
}
SEEDS = {"the true lists, another seed": 1, "the true lists, the best of eight seeds": 8}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a participant went down by the true lists, when these were handed in, and when others were."""

    honest: int
    otherwise: int


def main() -> None:
    options = parser().parse_args()
    found = {size: measured(size, options.days) for size in options.sizes}
    _row("what one of them hands in", *(f"{size} participants" for size in found))
    _row(*["---"] * (1 + len(found)))
    for said in (*LISTS, *SEEDS):
        _row(said, *(_told([each.honest - each.otherwise for each in of[said]]) for of in found.values()))


def parser() -> argparse.ArgumentParser:
    described = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.lists", description=__doc__.splitlines()[0]
    )
    described.add_argument("sizes", nargs="*", type=int, default=SIZES, help="how many participants")
    described.add_argument("--days", type=int, default=10, help="how many random days of each size")
    return described


def measured(size: int, days: int) -> dict[str, list[Tried]]:
    """Return what became of those who handed in each of the lists, on so many days."""
    found: dict[str, list[Tried]] = {said: [] for said in (*LISTS, *SEEDS)}
    for number in range(days):
        program, people = random_day(size, number)
        honest = solve(program, people).assignment.days
        reseeded = [
            solve(program.replace_rules(seed=seed), people).assignment.days
            for seed in range(1, max(SEEDS.values()) + 1)
        ]
        for liar in Random(number).sample(people, min(LIARS, size)):  # noqa: S311 - a measurement
            regrets = partial(regret, liar, program=program)
            before = regrets(honest[liar.key])
            for said, told in LISTS.items():
                lists = told(liar.wishes, honest[liar.key])
                after = min(regrets(_day_of(liar, each, program, people)) for each in lists)
                found[said].append(Tried(honest=before, otherwise=after))
            for said, seeds in SEEDS.items():
                after = min(regrets(each[liar.key]) for each in reseeded[:seeds])
                found[said].append(Tried(honest=before, otherwise=after))
    return found


def random_day(size: int, number: int) -> tuple[Program, tuple[Participant, ...]]:
    """Make up a day like that of 2018, with hardly more seats in a round than participants."""
    program = conferences.program(
        *(
            {f"{round_}{letter}": math.ceil(size * SPARE / count) for letter in ascii_uppercase[:count]}
            for round_, count in enumerate(SESSIONS, start=1)
        )
    )
    return program, simulate(program, participants=size, seed=number)


def _day_of(liar: Participant, lists: Lists, program: Program, people: tuple[Participant, ...]) -> Day:
    """Return the day of a participant who hands in these lists."""
    others = tuple(replace(each, wishes=lists) if each is liar else each for each in people)
    return solve(program, others).assignment.days[liar.key]


def _told(gains: list[int]) -> str:
    """Return how many fared better, and worse, and by how many steps on average."""
    better, worse = (sum(sign * gain > 0 for gain in gains) for sign in (1, -1))
    return f"{100 * better / len(gains):.0f} % / {100 * worse / len(gains):.0f} %, {fmean(gains):+.2f}"


def _row(*cells: str) -> None:
    sys.stdout.write(f"| {' | '.join(cells)} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
