"""Keep an earlier assignment as far as it can be kept: move the fewest, and be fair to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.domain.seated import Day

FEWEST = (Criterion.MOVED, Criterion.MOVED_SEATS)
"""What is made small before anything else: people whose day changes, and then the seats."""


def keep(
    program: Program, participants: tuple[Participant, ...], earlier: Mapping[str, Day]
) -> tuple[Program, tuple[Participant, ...]]:
    """Return a program that asks to move the fewest, and the participants with the days that they had.

    ``earlier`` is by their keys; those who have no day in it are newcomers, whom nothing moves. The order of
    fairness of the program decides among assignments that move as few.
    """
    fairness = (*FEWEST, *program.rules.fairness)
    return program.replace_rules(fairness=fairness), with_earlier(participants, earlier)


def improve(
    program: Program, participants: tuple[Participant, ...], earlier: Mapping[str, Day]
) -> tuple[Program, tuple[Participant, ...]]:
    """Return a program that asks to move only those who gain by it, and as fair a day as that allows.

    ``earlier`` has everybody's day. Nobody loses anything: anyone worse off would be moved and gain
    nothing. Among assignments as fair, the fewest are moved.
    """
    fairness = (Criterion.DISPLACED, *program.rules.fairness, *FEWEST)
    return program.replace_rules(fairness=fairness), with_earlier(participants, earlier)


def with_earlier(participants: Iterable[Participant], earlier: Mapping[str, Day]) -> tuple[Participant, ...]:
    """Return participants with the days that they had, by their keys; newcomers had none."""
    return tuple(replace(person, earlier=earlier.get(person.key, ())) for person in participants)
