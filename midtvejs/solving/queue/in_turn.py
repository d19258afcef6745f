"""Serial dictatorship: seat participants in turn, by lottery or first come, first served.

It is what lotteries and sign-up forms do, to compare with, and for a search to start from. The first in the
queue takes, in each round, the best seat for them that is left; then the next one does. With the queue drawn
by lot this is random serial dictatorship (Abdulkadiroğlu and Sönmez, Econometrica 66, 1998). Nobody gains by
wishing for other than they want: when it is their turn they get the best that is left by the list they wrote,
and no list changes whose turn it is. (Writing nothing does: it puts them last.)

Pins, bans, absence and steps are kept: the best seat is the best of those that are open to them, and with
which everybody behind them can still be seated (waiting.py). Rules that bind participants to each other are
not looked at, except that rooms which are still open are chosen beforehand, by what people wish for.

With a pencil: Åse, Bo and Cai stand in this order, all of them wish 1A > 1B, each session has two seats. Åse
and Bo are in 1A. Cai is in 1B, and first in the next round if the queue is reversed. If Cai is pinned to 1A,
Åse is there with Cai, and Bo is in 1B.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from midtvejs.domain.assignment import NoLawfulAssignment, shortages
from midtvejs.domain.fairness import Stage
from midtvejs.domain.lots import draw_lots
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.domain.rules import RULES
from midtvejs.solving.instance.case import PRESENTS, STANDING, Case, Choice, case_of, sitting_at
from midtvejs.solving.instance.choices import measure
from midtvejs.solving.queue.waiting import Waiting, can_be_seated, kinds_in
from midtvejs.solving.search import Solution
from midtvejs.solving.stop import Stop, stoppable


def by_lottery(
    program: Program,
    participants: tuple[Participant, ...],
    *,
    reversing: bool = False,
    stop: Stop | None = None,
) -> Solution:
    """Deal seats in the order of the draw of ``rules.seed``; see ``seat_in_turn``.

    Raises:
        NoLawfulAssignment: a round has fewer seats than participants, or pins, bans and steps clash.
        OutOfTime: pins, bans, steps or open rooms took longer than ``stop`` has time.
    """
    queue = draw_lots(participants, program.rules.seed)
    return _seat_queue(program, participants, queue, reversing=reversing, stop=stop or Stop())


def by_first_come(
    program: Program,
    participants: tuple[Participant, ...],
    signed_up: Mapping[str, dt.datetime],
    *,
    stop: Stop | None = None,
) -> Solution:
    """Deal seats in the order in which participants signed up, by their key; see ``seat_in_turn``.

    Who signed up at the same moment draws lots, and so do those whose moment is not known, behind all the
    others. Where nobody's is known, the order of ``participants`` is the queue.

    Raises:
        NoLawfulAssignment: a round has fewer seats than participants, or pins, bans and steps clash.
        OutOfTime: pins, bans, steps or open rooms took longer than ``stop`` has time.
    """
    queue = participants
    if signed_up:
        lots = draw_lots(participants, program.rules.seed)
        known = [person for person in lots if person.key in signed_up]
        unknown = (person for person in lots if person.key not in signed_up)
        queue = (*sorted(known, key=lambda person: signed_up[person.key]), *unknown)
    return _seat_queue(program, participants, queue, reversing=False, stop=stop or Stop())


def _seat_queue(
    program: Program,
    participants: tuple[Participant, ...],
    queue: Iterable[Participant],
    *,
    reversing: bool,
    stop: Stop,
) -> Solution:
    def work(stop: Stop) -> Solution:
        case = case_of(program, queue)
        choices = seat_in_turn(_with_a_seat_for_everybody(case, stop), reversing=reversing, stop=stop)
        worth = measure(case, choices)
        # Nothing was searched, so nothing is known of what else there is: no criterion is below 0.
        stages = tuple(
            Stage(criterion=criterion, value=worth[criterion], bound=0, recomputable=0)
            for criterion in program.rules.fairness
        )
        return Solution(assignment=case.assignment(choices, participants), stages=stages)

    return replace(stoppable(work, stop), interrupted=stop.interrupted)


def _with_a_seat_for_everybody(case: Case, stop: Stop) -> Case:
    """Return the case with a room for each session. Whatever needs the solver is imported when it is needed.

    Raises:
        NoLawfulAssignment: it cannot be.
    """
    short = shortages(case.program, case.participants)
    rooms_open = any(session.rooms for session in case.program.sittings.values())
    if rooms_open and not short:
        return _with_rooms(case, stop)
    if not short and can_be_seated(case, stop):
        return case
    if case.asked:
        from midtvejs.solving.lawful import seat_lawfully

        seat_lawfully(case, stop)
    raise NoLawfulAssignment(short)


def _with_rooms(case: Case, stop: Stop) -> Case:
    """Choose the rooms by demand; where they are too small for a pin, any that are not."""
    from midtvejs.solving.lawful import seat_lawfully
    from midtvejs.solving.rooms import with_good_rooms

    good = with_good_rooms(case, stop)
    if can_be_seated(good, stop):
        return good
    loose = case_of(_drop_coupling(case.program), case.participants, case.limits)
    seated = loose.assignment(seat_lawfully(loose, stop) or [], case.participants)
    rooms = {key: session.room for key, session in seated.with_rooms().program.sittings.items()}
    waiting = {key: rooms[key] for key, session in case.program.sittings.items() if session.rooms}
    return case_of(case.program.with_rooms(waiting), case.participants, case.limits)


def _drop_coupling(program: Program) -> Program:
    """Leave out what a queue does not keep: all sessions are held, however few come."""
    of_sessions: dict[str, Any] = {}
    of_rules: dict[str, Any] = {}
    for kind in RULES.values():
        of_sessions |= kind.of_sessions
        of_rules |= kind.of_rules
    rounds = tuple(
        replace(round_, sessions=tuple(replace(each, **of_sessions) for each in round_.sessions))
        for round_ in program.rounds
    )
    return replace(program, rounds=rounds, rules=replace(program.rules, **of_rules))


def seat_in_turn(case: Case, *, reversing: bool = False, stop: Stop | None = None) -> list[Choice]:
    """Let everybody, in the order of the case's rows, take the best seat that is left in each round.

    Those without wishes in a round come last in it, wherever they stand in the queue, and spread to where
    most seats are left: they never displace anybody who has wishes. ``reversing``: every other round, from
    the second on, begins at the end of the queue. There must be a seat for everybody that is open to them.

    Nobody takes a session twice. Where several rounds share a list, a queue may come to a dead end: seats are
    left only in what those who still wait have been to. Then everybody is seated anew, CP-SAT looking first
    where they were.

    Raises:
        NoLawfulAssignment: nobody can be in no session twice.
        OutOfTime: those who wait have to be looked after, and ``stop`` has no time for that.
    """
    stop = stop or Stop()
    days = _Days(case)
    for index in range(len(case.rounds)):
        queue = range(len(case.rows))
        turns = queue[::-1] if reversing and index % 2 else queue
        if index in case.block_of:
            if not days.deal(index, turns, stop):
                return _seat_anew(case, days.choices, stop)
        else:
            days.columns[index] = _fill_round(case, index, turns, stop)
    choices = days.choices
    if case.pinned and not all(days.keeps_pins(person) for person in case.pinned):
        return _seat_anew(case, choices, stop)
    return choices


def _seat_anew(case: Case, choices: Sequence[Choice], stop: Stop) -> list[Choice]:
    from midtvejs.solving.lawful import seat_by_lists

    return seat_by_lists(case, stop, choices)


class _Days:
    """Everybody's days, as far as they are dealt: ``columns[round][person]``."""

    def __init__(self, case: Case) -> None:
        self.columns: list[list[int]] = [[STANDING] * len(case.rows) for _ in case.rounds]
        self._case = case
        self._attended: list[set[str]] = [set() for _ in case.rows]

    @property
    def choices(self) -> list[Choice]:
        return list(zip(*self.columns, strict=True))

    def keeps_pins(self, person: int) -> bool:
        return self._case.pinned[person] <= self._attended[person]

    def deal(self, index: int, queue: Sequence[int], stop: Stop) -> bool:
        """Deal one of several rounds with one list; False where somebody finds no seat in anything new."""
        case, round_ = self._case, self._case.rounds[index]
        left = list(round_.seats)
        seated = [person for person in queue if case.rows[person][index] != PRESENTS]
        waiting = []
        for person in seated:
            if self.columns[index][person] == STANDING:
                waiting.append(person)
            else:
                # It goes on from an earlier round.
                left[self.columns[index][person]] -= 1
        kinds = {person: self._open(person, index) for person in waiting}
        aside = Waiting(left, kinds.values(), stop)
        if not aside.whole:
            return False
        for person in sorted(waiting, key=lambda person: not round_.listed[case.rows[person][index]]):
            places, listed = (
                round_.rankings[case.rows[person][index]],
                round_.listed[case.rows[person][index]],
            )
            # Of those that were not listed none is further down than another.
            best = sorted(
                kinds[person], key=lambda each: (places[each], -left[each] * (places[each] == listed))
            )
            session = next((each for each in best if left[each] and aside.takes(kinds[person], each)), None)
            if session is None:
                return False
            left[session] -= 1
            self._take(person, index, session)
        return True

    def _open(self, person: int, index: int) -> frozenset[int]:
        """Return what somebody may take in a round: nothing twice, and what goes on only if all is open."""
        case, block = self._case, self._case.block_of[index]
        round_ = case.rounds[index]
        is_open = round_.open[case.rows[person][index]] - round_.going_on
        taken = self._attended[person]
        return frozenset(
            session
            for session in is_open
            if round_.codes[session] not in taken
            and all(
                case.rows[person][other] != PRESENTS
                and self.columns[other][person] == STANDING
                and spot in case.rounds[other].open[case.rows[person][other]]
                for other, spot in sitting_at(block, index, session)[1:]
            )
        )

    def _take(self, person: int, index: int, session: int) -> None:
        for other, spot in sitting_at(self._case.block_of[index], index, session):
            self.columns[other][person] = spot
        self._attended[person].add(self._case.rounds[index].codes[session])


def _fill_round(case: Case, index: int, queue: Sequence[int], stop: Stop) -> list[int]:
    round_ = case.rounds[index]
    left = list(round_.seats)
    lists = [
        [
            session
            for session in sorted(range(len(left)), key=steps.__getitem__)[:listed]
            if session in is_open
        ]
        for steps, listed, is_open in zip(round_.rankings, round_.listed, round_.open, strict=True)
    ]
    column = [STANDING] * len(case.rows)
    seated = [person for person in queue if case.rows[person][index] != PRESENTS]
    waiting = _find_waiting(case, index, seated, stop)
    for person in sorted(seated, key=lambda person: not round_.listed[case.rows[person][index]]):
        ranking = case.rows[person][index]
        is_open = round_.open[ranking]
        wished = (
            session
            for session in lists[ranking]
            if left[session] and (waiting is None or waiting.takes(is_open, session))
        )
        session = next(wished, None)
        if session is None:
            # Of those that were not listed none is further down than another.
            emptiest = sorted(is_open, key=lambda session: (-left[session], session))
            session = next(each for each in emptiest if waiting is None or waiting.takes(is_open, each))
        column[person] = session
        left[session] -= 1
    return column


def _find_waiting(case: Case, index: int, seated: Sequence[int], stop: Stop) -> Waiting | None:
    """Return those who wait in a round; None where all sessions are open to all: any seat will do."""
    round_ = case.rounds[index]
    rankings = {case.rows[person][index] for person in seated}
    if all(len(round_.open[ranking]) == len(round_.seats) for ranking in rankings):
        return None
    return Waiting(round_.seats, kinds_in(case, index), stop)
