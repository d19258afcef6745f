"""Spread those without wishes in a round over the seats that the others leave, after the search.

Everybody who has wishes in a round stays where they are, and no criterion gets any worse. In a round that has
a list of its own, and no rule that binds people to each other, it is a flow: the seats of each session's
share cost next to nothing, those beyond it more, and a seat that a criterion counts costs more than all of
them. Where rounds share a list, people are moved one by one, as long as anyone can be. Rounds with rules that
bind people, and what is then left of the others, are CP-SAT's, some people at a time.

With a pencil: 3 people, and 2 seats left in each of 1A, 1B and 1C. The search has two of them in 1A and one
in 1B. Their shares are 1 each, and one of the two, drawn by lot, goes to 1C.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from midtvejs.domain.balance import is_without_wishes, share_out
from midtvejs.domain.fairness import CRITERIA, Criterion, Subject
from midtvejs.domain.lots import Lottery
from midtvejs.domain.rules import Law
from midtvejs.solving.cpsat.balance import Spreading, spread_some
from midtvejs.solving.instance.case import PRESENTS, STANDING, Case, Choice, Spot, case_of, share_choices
from midtvejs.solving.instance.choices import measure
from midtvejs.solving.lawful import is_coupled
from midtvejs.solving.prices.lists import NEVER
from midtvejs.solving.prices.start import flow_of
from midtvejs.solving.search import Found, record_values
from midtvejs.solving.stop import Stop

LEVELS = 8
"""Into so many parts a share is divided, one dearer than the other, so that all are filled alike."""

Kind = tuple[tuple[int, ...], tuple[int, ...]]
"""The sessions that are open to a participant, and those of them that a criterion counts."""


def spread_without_wishes(case: Case, found: Found, stop: Stop) -> Found:
    """Return what was found, with those without wishes spread in proportion to the seats left, in time.

    Where not all of them can be, as near to it as was found.
    """
    open_rooms = any(session.rooms for session in case.program.sittings.values())
    choices = found.choices
    # Rooms follow from who is where, and with them the seats that are left.
    for _ in range(2 if open_rooms else 1):
        choices = _spread(_with_rooms(case, choices) if open_rooms else case, choices, stop)
    if choices is found.choices:
        return found
    # What has to do with wishes is as it was; the rest may have become better by chance.
    reached = {stage.criterion: stage.value for stage in found.stages} | _limits(case, choices)
    return replace(found, choices=choices, stages=tuple(record_values(found.stages, reached)))


def _with_rooms(case: Case, choices: Sequence[Choice]) -> Case:
    program = case.assignment(choices, case.participants).with_rooms().program
    return case_of(program, case.participants, case.limits, case.lottery)


def _spread(case: Case, choices: Sequence[Choice], stop: Stop) -> Sequence[Choice]:
    coupled = is_coupled(case)
    columns = [[choice[number] for choice in choices] for number in range(len(case.rounds))]
    others: dict[int, _Round] = {}
    changed = False
    for round_ in _rounds_to_spread(case, columns):
        if stop.asked or not round_.beyond:
            continue
        if coupled:
            others[round_.number] = round_
            continue
        changed = True
        if round_.number in case.block_of:
            round_.move_one_by_one(columns)
            if round_.beyond:
                others[round_.number] = round_
        else:
            columns[round_.number] = round_.by_flow()
    spread = share_choices(zip(*columns, strict=True)) if changed else choices
    return _spread_by_cpsat(case, spread, others, stop) if others else spread


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """A round in which there are ``people`` without wishes; ``column`` is everybody's session in it.

    ``shares`` is how many of them each session would have; ``closed`` are the sessions that are not held.
    """

    case: Case
    number: int
    column: list[int]
    people: list[int]
    left: list[int]
    shares: list[int]
    closed: frozenset[int]
    lottery: Lottery

    @property
    def beyond(self) -> int:
        """How many of them sit where others have their share."""
        seated = Counter(self.column[person] for person in self.people)
        return sum(max(0, count - self.shares[session]) for session, count in seated.items())

    def by_flow(self) -> list[int]:
        """Return the round with as few as can be beyond the shares; who has which seat is drawn."""
        kinds: dict[Kind, list[int]] = defaultdict(list)
        for person in self.people:
            kinds[self._kind(person)].append(person)
        # More than all levels, and than all who could be beyond their share.
        beyond = LEVELS * len(self.people) + 1
        of_parts = np.concatenate([np.arange(LEVELS), np.arange(LEVELS) + beyond])
        costs = np.full((len(kinds), len(self.left), 2 * LEVELS), NEVER, dtype=np.int64)
        for row, (is_open, counted) in enumerate(sorted(kinds)):
            for session in is_open:
                costs[row, session] = of_parts + beyond * (len(self.people) + 1) * (session in counted)
        parts = [
            part
            for left, share in zip(self.left, self.shares, strict=True)
            for part in (*_divide(share), *_divide(left - share))
        ]
        counts = np.array([len(kinds[kind]) for kind in sorted(kinds)], dtype=np.int64)
        flow = flow_of(costs.reshape(len(kinds), -1), counts, np.array(parts, dtype=np.int64))
        flow = flow.reshape(costs.shape).sum(axis=2)
        column = list(self.column)
        for kind, taken in zip(sorted(kinds), flow.tolist(), strict=True):
            dealt = [session for session, count in enumerate(taken) for _ in range(count)]
            for person, session in zip(self._draw(kinds[kind]), dealt, strict=True):
                column[person] = session
        return column

    def move_one_by_one(self, columns: Sequence[list[int]]) -> None:
        """Move people from where they are beyond a share to where most are missing; others make no way.

        ``columns`` are all rounds, this one among them: nobody is to be in a session of their list twice.
        """
        block = self.case.block_of[self.number]
        missing = Counter(dict(enumerate(self.shares)))
        missing.subtract(self.column[person] for person in self.people)
        for person in self._draw(self.people):
            now = self.column[person]
            if missing[now] >= 0:
                continue
            is_open, counted = self._kind(person)
            for session in sorted(is_open, key=lambda each: (-missing[each], each)):
                day = [column[person] for column in columns]
                day[self.number] = session
                if missing[session] <= 0:
                    break
                if (session in counted) <= (now in counted) and self.case.is_a_day(person, day, block):
                    self.column[person] = session
                    missing.update({now: 1, session: -1})
                    break

    def _kind(self, person: int) -> Kind:
        """Return what is open to a participant without a move from an earlier seat, or back to it."""
        here, ranking = self.case.rounds[self.number], self.case.ranking(person, self.number)
        moved = here.moved[ranking]
        is_moved = self.column[person] in moved
        is_open = {each for each in here.open[ranking] - self.closed if (each in moved) is is_moved}
        return tuple(sorted(is_open)), tuple(sorted(is_open & here.own[ranking]))

    def _draw(self, people: Collection[int]) -> list[int]:
        """Draw lots in each round anew, so that the same people do not meet in all of them."""
        everybody, lot_of = self.case.participants, self.lottery.draw(self.number)
        return sorted(people, key=lambda person: lot_of(everybody[person]))


def _divide(seats: int) -> list[int]:
    """Divide seats into levels, as even as can be."""
    return [seats * (level + 1) // LEVELS - seats * level // LEVELS for level in range(LEVELS)]


def _rounds_to_spread(case: Case, columns: Sequence[list[int]]) -> Iterator[_Round]:
    """Return the rounds in which there are people without wishes, in the order of the day."""
    attended = {(number, each) for number, column in enumerate(columns) for each in set(column)}
    presented = {
        (number, case.own(person, number))
        for person, number in case.freed
        if columns[number][person] == STANDING
    }
    block_at = {number: index for index, block in enumerate(case.program.blocks) for number in block.rounds}
    lottery = case.lottery or Lottery.among(case.participants, case.program.rules.seed)
    for number, column in enumerate(columns):
        index = block_at[number]
        sessions = case.program.rounds[number].sessions
        people = _find_without_wishes(case, columns, index, number) if len(sessions) > 1 else []
        if not people:
            continue
        closed = frozenset(
            each
            for each, session in enumerate(sessions)
            if session.may_be_cancelled and (number, each) not in attended | presented
        )
        taken = Counter(column)
        taken.subtract(column[person] for person in people)
        held = [each for each in range(len(sessions)) if each not in closed]
        of_held = share_out(len(people), [(sessions[each].seats, taken[each]) for each in held])
        shares = dict(zip(held, of_held, strict=True))
        yield _Round(
            case=case,
            number=number,
            column=column,
            people=people,
            left=[session.seats - taken[each] for each, session in enumerate(sessions)],
            shares=[shares.get(each, 0) for each in range(len(sessions))],
            closed=closed,
            lottery=lottery,
        )


def _find_without_wishes(case: Case, columns: Sequence[list[int]], index: int, number: int) -> list[int]:
    """Return who takes a seat in a round and has no wishes in its block, by the block's number."""
    here = case.rounds[number]
    rows = case.columns[number]
    seated = [person for person, session in enumerate(columns[number]) if session != STANDING]
    if case.asked.isdisjoint({Law.PINS, Law.STEP_FREE}):
        listed = here.listed
        return [
            person
            for person in seated
            if not listed[case.ranking(person, number) if rows[person] == PRESENTS else rows[person]]
        ]
    # What is decided of a participant is looked at only where they list anything.
    rounds = case.program.blocks[index].rounds
    return [
        person
        for person in seated
        if is_without_wishes(
            case.participants[person],
            index,
            [case.program.rounds[each] for each in rounds if columns[each][person] != STANDING],
        )
    ]


def _spread_by_cpsat(
    case: Case, choices: Sequence[Choice], rounds: Mapping[int, _Round], stop: Stop
) -> Sequence[Choice]:
    """Spread some people at a time, those first who sit beyond a share; each of them at most once."""
    shares: dict[Spot, int] = {
        (number, session): share
        for number, round_ in rounds.items()
        for session, share in enumerate(round_.shares)
    }
    movable: dict[int, set[int]] = defaultdict(set)
    for number, round_ in rounds.items():
        for person in round_.people:
            movable[person].add(number)
    closed = {(number, session) for number, round_ in rounds.items() for session in round_.closed}
    spreading = Spreading(
        case=case, shares=shares, movable=movable, closed=closed, limits=_limits(case, choices)
    )
    waiting = sorted(movable)
    for _ in range(case.limits.balanced_attempts):
        if stop.asked or not waiting or not spreading.beyond(choices):
            break
        crowded = spreading.crowded(choices)
        waiting.sort(
            key=lambda person: (
                not any((number, choices[person][number]) in crowded for number in movable[person])
            )
        )
        some, waiting = waiting[: case.limits.balanced], waiting[case.limits.balanced :]
        choices = spread_some(spreading, choices, some, stop)
    return choices


def _limits(case: Case, choices: Sequence[Choice]) -> dict[Criterion, int]:
    """Return what the criteria come to on which those without wishes bear."""
    counted = [each for each in case.program.rules.fairness if CRITERIA[each].subject is not Subject.WISHES]
    worth = measure(case, choices) if counted else {}
    return {each: worth[each] for each in counted}
