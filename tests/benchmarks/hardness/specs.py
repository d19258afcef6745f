"""What the days of the map are: drawn from a seed, one kind of wishes or one rule a family."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

WISHES = ("uniform", "pl", "strong", "org", "same", "partial", "empty", "bimodal")
"""How wishes are drawn: see wishes.py."""

RULES = (
    *("pins", "min", "cancel", "together", "apart", "at_most", "spread"),
    *("avoid_own", "auto", "keep_free", "step_free", "attends"),
)
"""Rules, columns and open rooms that a day may have: see program.py."""

BINDING = frozenset({"min", "cancel", "together", "apart", "at_most", "spread", "auto"})
"""Those that bind participants to each other in more than the seats they share."""

ALWAYS = frozenset({"worst", "total", "even"})

ALL = "rule:all"
"""The family whose days have all the rules at once."""

FAMILIES = (*(f"wishes:{wishes}" for wishes in WISHES), *(f"rule:{rule}" for rule in RULES), ALL)

DAYS_OF_WISHES, DAYS_OF_A_RULE, DAYS_OF_ALL_RULES = 15, 10, 20
UNDER_A_RULE = ("pl", "strong", "org", "uniform", "partial")
UNDER_ALL_RULES = ("pl", "strong", "org")

SIZES = (20, 40, 60, 100, 180, 300, 500, 1_000, 2_000)
SIZES_UNDER_ALL_RULES = SIZES[1:]
SPARE = (1.0, 1.02, 1.05, 1.15, 1.5)
SPARE_UNDER_ALL_RULES = (1.15, 1.3, 1.5)

Shape = tuple[int, ...]
"""How many sessions each round has."""

SHAPES: tuple[Shape, ...] = (
    *((2,), (8,), (15,), (3, 3), (10, 10), (4, 4, 4), (15,) * 3, (4, 3, 4, 6), (4,) * 4, (6,) * 5),
    *((7, 2, 9, 5, 3), (3,) * 6, (8,) * 6, (4,) * 8, (10,) * 8, (2,) * 12, (5,) * 12, (15,) * 12),
)
SHAPES_UNDER_ALL_RULES: tuple[Shape, ...] = ((3, 3), (4, 4, 4), (4, 3, 4, 6), (6,) * 5, (4,) * 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """A day that can be made. ``spare``: seats a round for each participant; ``seed``: of all else."""

    number: int = 0
    family: str
    participants: int
    shape: Shape
    spare: float
    equal_rooms: bool
    wishes: str
    rules: frozenset[str] = frozenset()
    presenters: bool
    seed: int

    @property
    def binds(self) -> bool:
        """Whether its rules bind participants to each other."""
        return bool(self.rules & BINDING)

    @property
    def criteria(self) -> frozenset[str]:
        """What is made small on such a day: what is always, and what its rules bring along."""
        return ALWAYS | (self.rules & {"spread", "avoid_own"})


def all_specs(seed: int) -> list[Spec]:
    """Draw the map: each kind of wishes, each rule, and all rules at once; numbered in this order."""
    random = Random(seed)  # noqa: S311 - made-up days
    specs = [
        *(_of_wishes(random, wishes) for wishes in WISHES for _ in range(DAYS_OF_WISHES)),
        *(_of_a_rule(random, rule) for rule in RULES for _ in range(DAYS_OF_A_RULE)),
        *(_of_all_rules(random) for _ in range(DAYS_OF_ALL_RULES)),
    ]
    return [replace(spec, number=number) for number, spec in enumerate(specs)]


def _of_wishes(random: Random, wishes: str) -> Spec:
    return replace(_drawn(random, f"wishes:{wishes}"), wishes=wishes)


def _of_a_rule(random: Random, rule: str) -> Spec:
    spec = _drawn(random, f"rule:{rule}")
    return replace(spec, wishes=random.choice(UNDER_A_RULE), rules=frozenset({rule}))


def _of_all_rules(random: Random) -> Spec:
    return replace(
        _drawn(random, ALL),
        participants=random.choice(SIZES_UNDER_ALL_RULES),
        shape=random.choice(SHAPES_UNDER_ALL_RULES),
        spare=random.choice(SPARE_UNDER_ALL_RULES),
        wishes=random.choice(UNDER_ALL_RULES),
        rules=frozenset(RULES),
    )


def _drawn(random: Random, family: str) -> Spec:
    """Draw a day with two participants or more for each session of a round."""
    participants = random.choice(SIZES)
    return Spec(
        family=family,
        participants=participants,
        shape=random.choice([shape for shape in SHAPES if 2 * max(shape) <= participants]),
        spare=random.choice(SPARE),
        equal_rooms=random.random() < 0.5,
        wishes=random.choice(WISHES),
        presenters=random.random() < 0.4,
        seed=random.randrange(10**6),
    )
