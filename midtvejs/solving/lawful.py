"""Find a lawful assignment to begin with, or say why there is none.

Flows seat nearly every day that can be (flows/seat.py), as near to wishes as rules allow. In the rounds in
which they come to nothing CP-SAT counts heads, whatever participants wish for, and tells what clashes.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

import numpy as np

from midtvejs.domain.assignment import Clash, Impasse, NoLawfulAssignment, OutOfTime, shortages
from midtvejs.domain.fairness import CRITERIA, Evidence
from midtvejs.solving.cpsat.broken import keeps_the_rules
from midtvejs.solving.cpsat.clashes import (
    Seats,
    impasse_beside_seats,
    impasse_of_list,
    once_in,
    seats_or_impasse,
)
from midtvejs.solving.cpsat.question import Question
from midtvejs.solving.cpsat.stated import Verdict
from midtvejs.solving.flows.seat import Columns, seat_by_flows
from midtvejs.solving.instance.case import PRESENTS, STANDING, Case, CaseBlock, Choice
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.instance.listed import ListLeaf
from midtvejs.solving.prices.lists import rows_without_a_day
from midtvejs.solving.queue.waiting import can_be_seated
from midtvejs.solving.stop import Stop

MOST_NAMED = 5
"""How many of those are named who have no day."""


def is_coupled(case: Case) -> bool:
    """Return whether rules or criteria bind participants to each other in more than the seats they share."""
    return (
        any(CRITERIA[criterion].evidence is Evidence.COUNTING for criterion in case.program.rules.fairness)
        or case.is_bound_by_rules
    )


def seat_lawfully(case: Case, stop: Stop, near: Sequence[Choice] | None = None) -> list[Choice] | None:
    """Seat everybody lawfully; None where any way will do that keeps seats and what is open to whom.

    They are near to where ``near`` has them; without it, to their wishes.

    Raises:
        NoLawfulAssignment: there is no way.
        OutOfTime: it could not be told in time.
    """
    short = shortages(case.program, case.participants)
    if not _is_decided(case):
        if short:
            raise NoLawfulAssignment(short)
        return None
    if not short and not is_coupled(case) and _heads_fit(case, stop):
        return None
    nothing: Columns = [None] * len(case.rounds)
    columns = nothing if short else seat_by_flows(case, stop, near)
    if (quick := _in_rows(columns)) is not None:
        if keeps_the_rules(case, quick):
            return quick
        columns = nothing
    impasses = _seat_by_heads(case, columns, {shortage.round.id for shortage in short}, near, stop)
    if short or impasses:
        raise NoLawfulAssignment(short, tuple(impasses))
    seated = _in_rows(columns)
    if seated is None or (case.blocks and not keeps_the_rules(case, seated)):
        return seat_by_lists(case, stop, seated)
    return seated


def _seat_by_heads(
    case: Case, columns: Columns, few: Container[str], near: Sequence[Choice] | None, stop: Stop
) -> list[Impasse]:
    """Seat the rounds that are not yet, and return where that cannot be; those with ``few`` seats, by id."""
    impasses: list[Impasse] = []
    for number, round_ in enumerate(case.program.rounds):
        found: Seats | Impasse | None = None
        if round_.id in few:
            found = impasse_beside_seats(case, number, stop)
        elif columns[number] is None:
            rather = [choice[number] for choice in near] if near else _first_wishes(case, number)
            found = seats_or_impasse(case, number, rather, stop)
        if isinstance(found, Impasse):
            impasses.append(found)
        elif found is not None:
            columns[number] = [found.get(person, STANDING) for person in range(len(case.rows))]
    return impasses


def seat_by_lists(case: Case, stop: Stop, near: Sequence[Choice] | None = None) -> list[Choice]:
    """Seat everybody lawfully where rounds share a list: nobody is in a session twice. Begin ``near``.

    Raises:
        NoLawfulAssignment: there is no way.
        OutOfTime: it could not be told in time.
    """
    question = Question(case=case, limits={}, minimise=None)
    nowhere = [(STANDING,) * len(case.rounds)] * len(case.rows)
    answer = question.ask(near or nowhere, seed=0, stop=stop, effort=case.limits.lists_effort)
    if answer.choices is not None:
        return answer.choices
    if answer.outcome.verdict is Verdict.IMPOSSIBLE:
        impasses = (
            _without_a_day(case, block) or impasse_of_list(case, block, stop) for block in case.blocks
        )
        raise NoLawfulAssignment((), tuple(filter(None, impasses)))
    raise OutOfTime


def _in_rows(columns: Columns) -> list[Choice] | None:
    """Return everybody's choice; None where a round has nobody seated."""
    known = [column for column in columns if column is not None]
    return list(zip(*known, strict=True)) if len(known) == len(columns) else None


def _without_a_day(case: Case, block: CaseBlock) -> Impasse | None:
    """Say who has no day in a list's rounds even alone: too few different sessions are open to them."""
    aggregate = aggregate_case(case)
    leaf = next(leaf for leaf in aggregate.leaves if leaf.parts[0].round == block.rounds[0])
    if not isinstance(leaf, ListLeaf):
        return None
    stuck = rows_without_a_day(leaf)[aggregate.ranking[leaf.number]]
    names = [case.participants[person].name for person in np.flatnonzero(stuck).tolist()]
    if not names:
        return None
    rounds = [case.program.rounds[number] for number in block.rounds]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    them = f"{', '.join(sorted(names)[:MOST_NAMED])}{more}"
    rules = (once_in(case, block), f"too few different sessions are open to {them}")
    changes = (f"hold more different sessions in {', '.join(round_.id for round_ in rounds)}",)
    return Impasse(round=rounds[0], clashes=(Clash(rules=rules, changes=changes),), smallest=())


def _heads_fit(case: Case, stop: Stop) -> bool:
    """Return whether seats are found for everybody, without any rule that binds them, in time."""
    try:
        return can_be_seated(case, stop)
    except OutOfTime:
        return False


def _is_decided(case: Case) -> bool:
    """Return whether anything but seats and presenters decides who may be where."""
    return is_coupled(case) or bool(case.asked)


def _first_wishes(case: Case, round_: int) -> list[int]:
    """Return everybody's nearest open session; STANDING for those without a seat or wishes."""
    here = case.rounds[round_]
    nearest = [
        min(is_open, key=steps.__getitem__) if listed and is_open else STANDING
        for steps, is_open, listed in zip(here.rankings, here.open, here.listed, strict=True)
    ]
    return [STANDING if row == PRESENTS else nearest[row] for row in case.columns[round_]]
