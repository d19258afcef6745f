"""Seats dealt to a queue, as lotteries and sign-up forms do: to compare with, and for a search to start from.

Whoever stands first takes, in each round, the best seat for them that is left; then the next one does. With
the queue drawn by lot this is random serial dictatorship (Abdulkadiroğlu and Sönmez, Econometrica 66, 1998).
Nobody gains by wishing for other than they want: when it is their turn they get the best that is left by the
list they wrote, and no list changes whose turn it is. (Writing nothing does: it puts them last.)

With a pencil: Åse, Bo and Cai stand in this order, all of them wish 1A > 1B, each session has two seats. Åse
and Bo are in 1A. Cai is in 1B, and first in the next round if the queue is reversed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from midtvejs.domain.assignment import NoLawfulAssignment, shortages
from midtvejs.domain.fairness import Stage
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.solving.case import PRESENTS, STANDING, Case, Choice, case_of
from midtvejs.solving.lottery import drawn
from midtvejs.solving.measure import measured
from midtvejs.solving.search import Solution


def by_lottery(
    program: Program, participants: tuple[Participant, ...], *, reversing: bool = False
) -> Solution:
    """Deal seats in the order of the draw of ``rules.seed``; see ``seated_in_turn``.

    Raises:
        NoLawfulAssignment: a round has fewer seats than participants.
    """
    return _dealt(program, participants, drawn(participants, program.rules.seed), reversing=reversing)


def by_first_come(
    program: Program, participants: tuple[Participant, ...], signed_up: Mapping[str, dt.datetime]
) -> Solution:
    """Deal seats in the order in which participants signed up, by their key; see ``seated_in_turn``.

    Who signed up at the same moment draws lots, and so do those whose moment is not known, behind all the
    others. Where nobody's is known, the order of ``participants`` is the queue.

    Raises:
        NoLawfulAssignment: a round has fewer seats than participants.
    """
    queue = participants
    if signed_up:
        lots = drawn(participants, program.rules.seed)
        known = [person for person in lots if person.key in signed_up]
        unknown = (person for person in lots if person.key not in signed_up)
        queue = (*sorted(known, key=lambda person: signed_up[person.key]), *unknown)
    return _dealt(program, participants, queue, reversing=False)


def _dealt(
    program: Program, participants: tuple[Participant, ...], queue: Iterable[Participant], *, reversing: bool
) -> Solution:
    if short := shortages(program, participants):
        raise NoLawfulAssignment(short)
    case = case_of(program, queue)
    choices = seated_in_turn(case, reversing=reversing)
    worth = measured(case, choices)
    # Nothing was searched, so nothing is known of what else there is: no criterion is below 0.
    stages = tuple(
        Stage(criterion=criterion, value=worth[criterion], bound=0) for criterion in program.rules.fairness
    )
    return Solution(assignment=case.assignment(choices, participants), stages=stages)


def seated_in_turn(case: Case, *, reversing: bool = False) -> list[Choice]:
    """Let everybody, in the order of the case's rows, take the best seat that is left in each round.

    Those without wishes in a round come last in it, wherever they stand in the queue, and spread to where
    most seats are left: they never displace anybody who has wishes. ``reversing``: every other round, from
    the second on, begins at the end of the queue. The rounds must have seats for everybody.
    """
    columns = []
    for index in range(len(case.rounds)):
        queue = range(len(case.rows))
        columns.append(_filled(case, index, queue[::-1] if reversing and index % 2 else queue))
    return list(zip(*columns, strict=True))


def _filled(case: Case, index: int, queue: Sequence[int]) -> Sequence[int]:
    round_ = case.rounds[index]
    left = list(round_.seats)
    lists = [
        sorted(range(len(left)), key=steps.__getitem__)[:listed]
        for steps, listed in zip(round_.rankings, round_.listed, strict=True)
    ]
    column = [STANDING] * len(case.rows)
    seated = [person for person in queue if case.rows[person][index] != PRESENTS]
    for person in sorted(seated, key=lambda person: not round_.listed[case.rows[person][index]]):
        wished = (session for session in lists[case.rows[person][index]] if left[session])
        session = next(wished, None)
        # Of those that were not listed none is further down than another.
        column[person] = max(range(len(left)), key=left.__getitem__) if session is None else session
        left[column[person]] -= 1
    return column
