"""Measure how sessions are placed: 17 sessions in 3 rounds of 6 rooms, or a day from a file.

python -m tests.benchmarks.placing                    60 to 2,000 participants
python -m tests.benchmarks.placing 60 180             these sizes
python -m tests.benchmarks.placing --by total         ... with the least total first
python -m tests.benchmarks.placing --day FILE.json    a day with offers, rounds, rooms and wishes
python -m tests.benchmarks.placing --random 20        beside so many random placements without seats
python -m tests.benchmarks.placing --joint 60         beside one CP-SAT model of it all, for so much work
python -m tests.benchmarks.placing --highs 60         beside the same model in HiGHS, for so many seconds
python -m tests.benchmarks.placing --seminar          a seminar day: talks once or twice, in small rooms

A day's file has ``offers`` (id, seats, times as fewest and most, rounds from 0), how many ``rounds``, the
seats of ``rooms``, and ``wishes``: for each participant the numbers of offers, the best first.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from string import ascii_uppercase

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.planning import ORDERS
from midtvejs.domain.program import Offer, Presenter, Program
from midtvejs.domain.simulation import simulate
from midtvejs.solving.cpsat.stated import Outcome, Verdict
from midtvejs.solving.placing.alone import Alone
from midtvejs.solving.placing.crowd import crowd_of
from midtvejs.solving.placing.feasible import find_placement
from midtvejs.solving.placing.moves import Moves
from midtvejs.solving.placing.open_day import OpenDay
from midtvejs.solving.placing.plan import plan
from midtvejs.solving.placing.search import ByWishes
from midtvejs.solving.placing.seats import Seats
from midtvejs.solving.stop import Stop
from tests.benchmarks.joint import JointModel
from tests.conferences import open_day, session

SIZES = (60, 180, 600, 2_000)
SESSIONS, ROUNDS, ROOMS = 17, 3, 6
SPARE = 1.15
SEED = 2018

Day = tuple[str, Program, tuple[Participant, ...]]


def main() -> None:
    options = _options()
    _row(
        "day",
        "way",
        "wall s",
        "CPU s",
        *ORDERS[options.by],
        "alone",
        "bound",
        "looked at",
        "seated",
        "counted",
    )
    for name, program, people in _days(options):
        if options.random:
            _random(name, program, people, options.by, options.random)
        if options.joint:
            joint = JointModel(OpenDay(program=program), people)
            _joint(name, "joint CP-SAT, total", partial(joint.solve, options.joint), options.by)
        if options.highs:
            joint = JointModel(OpenDay(program=program), people)
            _joint(name, "joint HiGHS, total", partial(joint.solve_by_highs, options.highs), options.by)
        _planned(name, program, people, options.by)


def parser() -> argparse.ArgumentParser:
    """Return what can be asked of this benchmark."""
    described = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.placing", description=__doc__.splitlines()[0]
    )
    described.add_argument("sizes", nargs="*", type=int, default=[], help="how many participants")
    described.add_argument("--by", type=Criterion, choices=list(ORDERS), default=Criterion.EVEN)
    described.add_argument("--day", type=Path, help="a day with its wishes, as JSON")
    described.add_argument("--random", type=int, default=0, help="how many random placements")
    described.add_argument("--joint", type=float, default=0, help="CP-SAT's own seconds for a joint model")
    described.add_argument("--highs", type=float, default=0, help="seconds for the same model in HiGHS")
    described.add_argument("--seminar", action="store_true", help="a seminar day that is made up")
    return described


def _options() -> argparse.Namespace:
    options = parser().parse_args()
    if not (options.sizes or options.day or options.seminar):
        options.sizes = list(SIZES)
    return options


def _days(options: argparse.Namespace) -> Iterator[Day]:
    if options.day:
        yield from_file(options.day)
    if options.seminar:
        yield seminar_day()
    for size in options.sizes:
        yield made_up(size)


def made_up(participants: int, sessions: int = SESSIONS) -> Day:
    """Make up a day whose smallest round has ``SPARE`` times as many seats as there are participants."""
    smallest = sessions - ROOMS * (ROUNDS - 1)
    seats = math.ceil(participants * SPARE / smallest)
    program = open_day(dict.fromkeys(ascii_uppercase[:sessions]), rounds=ROUNDS, rooms=(seats,) * ROOMS)
    return f"{participants}-{sessions}", program, simulate(program, participants=participants, seed=SEED)


def seminar_day() -> Day:
    """Make up a seminar day: 74 people with five wishes, and 18 talks, held once or twice, of 9 who give two.

    There are 5 rounds of 5 rooms with 16 seats.
    """
    talks = ascii_uppercase[:18]
    ids = tuple(f"R{number}" for number in range(1, 6))
    offers: dict[str, Offer | None] = {}
    for number, code in enumerate(talks):
        by = (Presenter(name=f"Oplægsholder {number // 2 + 1}", external=True),)
        offers[code] = Offer(session=replace(session(code, 1), presenters=by), rounds=ids, most=2)
    program = open_day(offers, rounds=5, rooms=(16,) * 5)
    people = simulate(program, participants=74, seed=SEED)
    return (
        "seminar",
        program,
        tuple(
            replace(person, wishes=(Wishes(_at_least_five(person.wishes[0].codes, talks)),))
            for person in people
        ),
    )


def _at_least_five(wishes: tuple[str, ...], talks: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*wishes, *talks)))[:5]


def from_file(path: Path) -> Day:
    """Read a day from a file."""
    day = json.loads(path.read_text(encoding="utf-8"))
    ids = [f"R{number}" for number in range(1, day["rounds"] + 1)]
    offers = {
        each["id"]: Offer(
            session=replace(session(each["id"], 1), most=each["seats"]),
            rounds=tuple(ids[number] for number in each["rounds"]),
            fewest=max(1, each["times"][0]),
            most=each["times"][1],
        )
        for each in day["offers"]
    }
    codes = list(offers)
    people = tuple(
        Participant(
            name=f"Deltager {number}", wishes=(Wishes(tuple(dict.fromkeys(codes[each] for each in wishes))),)
        )
        for number, wishes in enumerate(day["wishes"], start=1)
    )
    return path.stem, open_day(dict(offers), rounds=len(ids), rooms=tuple(day["rooms"])), people


def _planned(name: str, program: Program, people: tuple[Participant, ...], by: Criterion) -> None:
    wall, cpu = time.monotonic(), time.process_time()
    planned = plan(program, people, by=by)
    first = planned.order[0]
    _row(
        name,
        "midtvejs",
        f"{time.monotonic() - wall:.1f}",
        f"{time.process_time() - cpu:.1f}",
        *(str(planned.figures[criterion]) for criterion in planned.order),
        str(planned.alone[first]) + (" exact" if planned.exist is not None else ""),
        str(planned.bound[first]),
        str(planned.tried),
        str(planned.seated),
        "yes" if planned.counted else "no",
    )
    for other in planned.alternatives:
        _row("", f"least {other.criterion}", "", "", *(str(other.figures[each]) for each in planned.order))


def _random(name: str, program: Program, people: tuple[Participant, ...], by: Criterion, count: int) -> None:
    """Say what random placements come to on average, without seats."""
    day = OpenDay(program=program)
    judge = ByWishes(
        day=day,
        alone=Alone(day, crowd_of(program, people)),
        seats=Seats(day=day, participants=people),
        by=by,
    )
    moves = Moves(day, Random(SEED))  # noqa: S311 - a made-up placement
    sets = find_placement(day, people, Stop())
    found: list[Sequence[int]] = []
    for _ in range(count):
        sets = moves.walk(sets, 50)
        found.append(judge.look(sets).figures)
    means = [sum(column) / count for column in zip(*found, strict=True)]
    _row(name, f"{count} random, alone", "", "", *(f"{mean:.0f}" for mean in means))


def _joint(name: str, way: str, solve: Callable[[], Outcome], by: Criterion) -> None:
    """Ask one model of placements and seats for the least total."""
    wall, cpu = time.monotonic(), time.process_time()
    outcome = solve()
    value = "none" if outcome.verdict in {Verdict.UNDECIDED, Verdict.IMPOSSIBLE} else str(outcome.value)
    _row(
        name,
        way,
        f"{time.monotonic() - wall:.1f}",
        f"{time.process_time() - cpu:.1f}",
        *(value if each is Criterion.TOTAL else "-" for each in ORDERS[by]),
        "-",
        str(outcome.bound),
    )


def _row(*cells: str) -> None:
    widths = (14, 22, 8, 8, 9, 9, 9, 14, 9, 10, 8, 0)
    line = " ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=False))
    sys.stdout.write(line.rstrip() + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
