"""Those whom groups bind stay where they are, and all others are seated by prices around them.

With those of a group pinned to where they sit, a group binds nobody any more, and what is left is a day that
prices solve, mostly to a proof and in a fraction of a second. So where few are in groups, either are seated
anew in turn: the few by CP-SAT, and all the others by prices.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant
from midtvejs.domain.rules import RULES, Couples, Law, Pin
from midtvejs.solving.cpsat.broken import keeps_the_rules
from midtvejs.solving.cpsat.question import Question
from midtvejs.solving.instance.case import Case, Choice, case_of
from midtvejs.solving.instance.choices import measure
from midtvejs.solving.prices import search as by_prices
from midtvejs.solving.search import Found
from midtvejs.solving.stop import Stop

OF_GROUPS = frozenset({Law.TOGETHER, Law.APART})


def are_few_in_groups(case: Case) -> bool:
    """Return whether groups bind anybody, and half of the people at the most, as friends may."""
    return 0 < 2 * len(set(_in_groups(case))) <= len(case.rows)


def is_bound_by_few(case: Case) -> bool:
    """Return whether nothing but groups binds people to each other, and few are in them."""
    binding = {law for law in case.asked if RULES[law].couples is not Couples.NOBODY}
    return binding <= OF_GROUPS and are_few_in_groups(case)


def _in_groups(case: Case) -> Iterator[int]:
    return (person for members in case.members.values() for person in members)


def for_its_choices(case: Case) -> Case:
    """Return a case in which nothing is proven any more once the search is to end: it is for its choices."""
    return replace(case, limits=replace(case.limits, last_people=0, last_work=0))


class AroundGroups:
    """A case with few people in groups, and the criteria by which prices seat all others around them."""

    def __init__(self, case: Case, priced: tuple[Criterion, ...], *, seed: int) -> None:
        self._case = case
        self._priced = priced
        self._seed = seed
        self._bound = frozenset(_in_groups(case))

    def begin(
        self, choices: Sequence[Choice], relaxed: Found, *, stop: Stop, anyhow: bool
    ) -> Sequence[Choice]:
        """Seat those in groups as well as can be, with all others as in ``choices``, and then the others.

        That is where everybody is within the highest regret that was reached without the rules; where that
        cannot be, ``anyhow`` or not at all.
        """
        limits: dict[Criterion, int] = {
            stage.criterion: stage.value for stage in relaxed.stages if stage.criterion is Criterion.WORST
        }
        first = next((each for each in self._priced if each is not Criterion.WORST), Criterion.EVEN)
        seated = self._seat_groups(choices, limits, first, stop)
        if seated is None and anyhow:
            seated = self._seat_groups(choices, {}, Criterion.EVEN, stop) or choices
        return choices if seated is None else self._seat_others(seated, stop)

    def better(
        self, choices: Sequence[Choice], limits: Mapping[Criterion, int], criterion: Criterion, stop: Stop
    ) -> Sequence[Choice]:
        """Make a criterion smaller within limits, that of the others and of those in groups in turn."""
        while not stop.asked:
            others = self._seat_others(choices, stop)
            seated = self._seat_groups(others, limits, criterion, stop) or others
            worth = measure(self._case, seated)
            if any(worth[other] > limit for other, limit in limits.items()) or not (
                worth[criterion] < measure(self._case, choices)[criterion]
            ):
                break
            choices = seated
        return choices

    def _seat_groups(
        self, choices: Sequence[Choice], limits: Mapping[Criterion, int], criterion: Criterion, stop: Stop
    ) -> Sequence[Choice] | None:
        """Seat those in groups anew within limits; None where no way was found."""
        others = {person: choice for person, choice in enumerate(choices) if person not in self._bound}
        question = Question(case=self._case, limits=limits, minimise=criterion, fixed=others)
        effort = self._case.limits.coupled_effort
        return question.ask(choices, seed=self._seed, stop=stop, effort=effort).choices

    def _seat_others(self, choices: Sequence[Choice], stop: Stop) -> Sequence[Choice]:
        """Seat all whom no group binds anew; return ``choices`` where that breaks a rule or is no better."""
        if stop.asked:
            return choices
        found = by_prices.search(
            for_its_choices(self._pinned(choices)),
            self._priced,
            seed=self._seed,
            stop=stop,
            watch=lambda *_: None,
            otherwise=lambda: choices,
        )
        better = self._worth(found.choices) < self._worth(choices)
        return found.choices if better and keeps_the_rules(self._case, found.choices) else choices

    def _worth(self, choices: Sequence[Choice]) -> list[int]:
        worth = measure(self._case, choices)
        return [worth[criterion] for criterion in self._priced]

    def _pinned(self, choices: Sequence[Choice]) -> Case:
        """Return the case in the rooms of ``choices``, with those in groups pinned to their seats."""
        seated = self._case.assignment(choices, self._case.participants).with_rooms()
        people = _with_pins(seated, self._case.participants, self._bound)
        return case_of(seated.program, people, self._case.limits)


def _with_pins(
    seated: Assignment, people: Sequence[Participant], pinned: Container[int]
) -> Iterator[Participant]:
    for number, person in enumerate(people):
        if number in pinned:
            day = zip(seated.program.rounds, seated.days[person.key], strict=True)
            pins = tuple(Pin(code=code, round_id=round_.id) for round_, code in day)
            yield replace(person, pins=pins)
        else:
            yield person
