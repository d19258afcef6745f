"""Seat random days, without rules and with some, and count what each proof rests on.

What is said of it has to be what the certificate recomputes.

python -m tests.campaign.evidence               100 days of each kind
python -m tests.campaign.evidence --days 400    ... more of them
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random

from midtvejs.auditing.verify import certificate_of
from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.fairness import Criterion, Evidence
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.domain.recognition import recognise_decisions
from midtvejs.domain.rules import Company, Group, Pin, Rules
from midtvejs.domain.simulation import simulate
from midtvejs.solving.search import Solution
from midtvejs.solving.solve import solve
from tests.conferences import each_session, program

MOST_RULES = 3
SIZES = (20, 30, 45, 60, 90)
TOWNS = tuple(f"{town} Kommune" for town in ("Vejle", "Ærø", "Billund", "Aarhus", "Odense", "Ribe"))
Rule = Callable[[Random, Program, tuple[Participant, ...]], Program]


def main() -> None:
    """Print how many stages rest on what: of days without rules, with a rule alone, with one to three."""
    described = argparse.ArgumentParser(
        prog="python -m tests.campaign.evidence", description=__doc__.splitlines()[0]
    )
    described.add_argument("--days", type=int, default=100, help="days of each kind")
    described.add_argument("--seed", type=int, default=1, help="another seed draws others")
    options = described.parse_args()
    together: Counter[Evidence] = Counter()
    for name, of in KINDS.items():
        counted = _counted(Random(f"{options.seed} {name}"), of, options.days)
        print(f"{name}: {_shares(counted)}", flush=True)
        if name in HALVES:
            together += counted
    print(f"{' and '.join(HALVES)}: {_shares(together)}")


def _counted(random: Random, rules: Sequence[Rule], days: int) -> Counter[Evidence]:
    """Count the stages of so many days, each with one to three of the rules, by what they rest on."""
    counted: Counter[Evidence] = Counter()
    while days:
        solution = _seated(random, random.sample(rules, min(len(rules), random.randint(1, MOST_RULES))))
        if solution:
            days -= 1
            for stage in solution.stages:
                counted[stage.evidence if stage.proven else Evidence.NONE] += 1
    return counted


def _shares(counted: Counter[Evidence]) -> str:
    """Return, for example, ``300 stages: prices 97 %, counting 0 %, solver 3 %``; ``none``: not proven."""
    stages = counted.total()
    shares = (f"{evidence} {100 * counted[evidence] / stages:.0f} %" for evidence in Evidence)
    return f"{stages} stages: {', '.join(shares)}"


def _seated(random: Random, rules: Sequence[Rule]) -> Solution | None:
    """Draw a day and seat everybody; None where its rules allow nobody to be."""
    day, people = _drawn(random)
    for rule in rules:
        day = rule(random, day, people)
    try:
        solution = solve(day, recognise_decisions(day, people).participants)
    except NoLawfulAssignment:
        return None
    recomputed = certificate_of(solution.assignment, solution.stages, solution.proofs).stages
    said = [stage.evidence for stage in solution.stages]
    if said != [certified.evidence for certified in recomputed]:
        sys.exit(f"{said} is said, but the certificate has {recomputed}")
    return solution


def _drawn(random: Random) -> tuple[Program, tuple[Participant, ...]]:
    """Draw a day with few seats to spare, and its people."""
    people, spare = random.choice(SIZES), random.choice((1.0, 1.05, 1.2))
    rounds = []
    for number in range(1, random.randint(2, 4) + 1):
        codes = [f"{number}{letter}" for letter in "ABCDEF"[: random.randint(3, 6)]]
        seats = dict.fromkeys(codes, 1)
        while sum(seats.values()) < math.ceil(people * spare):
            seats[random.choice(codes)] += 1
        rounds.append(seats)
    day = each_session(
        program(*rounds, rules=Rules(seed=random.randrange(1000))),
        lambda session: replace(session, by=(random.choice(TOWNS),)),
    )
    return day, simulate(day, participants=people, seed=random.randrange(10**6))


def _ruled(day: Program, **given: object) -> Program:
    return replace(day, rules=replace(day.rules, **given))  # type: ignore[arg-type] # whichever rules are named


def _at_most(random: Random, day: Program, people: tuple[Participant, ...]) -> Program:
    """Allow each organisation hardly more in a session than it has to have in some."""
    largest = max(Counter(person.organisation for person in people).values())
    fewest = min(len(round_.sessions) for round_ in day.rounds)
    return _ruled(day, at_most=math.ceil(largest / fewest) + random.randint(1, 2))


def _spread(random: Random, day: Program, _people: tuple[Participant, ...]) -> Program:
    return _asking_for(random, day, Criterion.SPREAD)


def _avoid_own(random: Random, day: Program, _people: tuple[Participant, ...]) -> Program:
    return _asking_for(random, day, Criterion.AVOID_OWN)


def _asking_for(random: Random, day: Program, criterion: Criterion) -> Program:
    """Put a criterion somewhere in the order."""
    order = [*day.rules.fairness]
    order.insert(random.randint(0, len(order)), criterion)
    return _ruled(day, fairness=tuple(order))


def _groups(random: Random, day: Program, people: tuple[Participant, ...]) -> Program:
    """Keep two or three together, or apart, in a round."""
    groups = [
        Group(
            company=random.choice([*Company]),
            participants=tuple(person.name for person in random.sample(people, random.randint(2, 3))),
            round_id=random.choice(day.rounds).id,
        )
        for _ in range(random.randint(1, 4))
    ]
    return _ruled(day, groups=(*day.rules.groups, *groups))


def _pins(random: Random, day: Program, people: tuple[Participant, ...]) -> Program:
    pins = [
        Pin(code=random.choice([*day.sessions]), participant=person.name, holds=random.random() < 0.5)
        for person in random.sample(people, random.randint(1, 4))
    ]
    return _ruled(day, pins=(*day.rules.pins, *pins))


def _least(random: Random, day: Program, people: tuple[Participant, ...]) -> Program:
    """Cancel each session to which fewer would come."""
    least = max(2, len(people) // random.choice((10, 20)))
    return each_session(day, lambda each: replace(each, least=least, may_be_cancelled=True))


RULES: Mapping[str, Rule] = {
    "pins": _pins,
    "avoid_own": _avoid_own,
    "spread": _spread,
    "together, apart": _groups,
    "at_most": _at_most,
    "min_participants, may_be_cancelled": _least,
}
HALVES = ("no rules", "one to three of these rules")
KINDS: Mapping[str, Sequence[Rule]] = {
    HALVES[0]: (),
    **{name: (rule,) for name, rule in RULES.items()},
    HALVES[1]: tuple(RULES.values()),
}


if __name__ == "__main__":
    main()
