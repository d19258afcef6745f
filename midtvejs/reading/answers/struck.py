"""Strike from lists what is cancelled, or only for others: it counts as if they had never ranked it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, partial

from midtvejs.domain.participants import NO_WISHES, Participant, Wishes
from midtvejs.domain.program import Block, Program
from midtvejs.domain.rules import Pin
from midtvejs.domain.wording import listing
from midtvejs.reading.answers.people import People
from midtvejs.reading.codes import Fault


def strike_cancelled(people: People, everybody: list[Participant]) -> list[Participant]:
    """Return everybody without wishes for what is cancelled; one warning tells how many there were."""
    program = people.program
    cancelled = [
        frozenset(session.code for session in program.cancelled_in(block)) for block in program.blocks
    ]
    if not any(cancelled):
        return everybody
    counts: Counter[str] = Counter()
    # Many have ranked the same: it is struck once, and shared.
    known: dict[tuple[int, Wishes], Wishes] = {}

    def strike(person: Participant) -> Participant:
        wishes = []
        for index, (each, codes) in enumerate(zip(person.wishes, cancelled, strict=True)):
            left = known.setdefault((index, each), each.without(codes))
            if left != each:
                counts.update(codes.intersection(each.codes))
            wishes.append(left if left.codes else NO_WISHES)
        return person if tuple(wishes) == person.wishes else replace(person, wishes=tuple(wishes))

    struck = list(map(strike, everybody))
    if counts:
        _tell(people, {code: counts[code] for code in sorted(counts)})
    return struck


def strike_closed(people: People, everybody: Sequence[Participant]) -> tuple[Participant, ...]:
    """Return everybody without wishes for what is only for others; one warning tells how many there were."""
    program = people.program
    if not any(pin.others for pin in program.rules.pins):
        return tuple(everybody)
    counts: Counter[str] = Counter()
    closed = cache(partial(_closed_in, program))

    def strike(person: Participant) -> Participant:
        others = tuple(pin for pin in person.pins if pin.others)
        wishes = []
        for block, each in zip(program.blocks, person.wishes, strict=True) if others else ():
            left = each.without(closed(block, others) - person.presents)
            if left != each:
                counts.update(set(each.codes) - set(left.codes))
            wishes.append(left if left.codes else NO_WISHES)
        same = not others or tuple(wishes) == person.wishes
        return person if same else replace(person, wishes=tuple(wishes))

    struck = tuple(map(strike, everybody))
    if counts:
        wishes, listed = (
            sum(counts.values()),
            ", ".join(f"{code} ({counts[code]:,})" for code in sorted(counts)),
        )
        found = "1 wish for a session that is" if wishes == 1 else f"{wishes:,} wishes for sessions that are"
        verb = "is" if wishes == 1 else "are"
        message = f"{found} only for others {verb} struck from the lists: {listed}"
        hint = "who may be in a session stands below only, in the program"
        people.faults.add(Fault.CLOSED_WISHES, people.table.row(0), message, hint)
    return struck


def _closed_in(program: Program, block: Block, pins: tuple[Pin, ...]) -> frozenset[str]:
    """Return the sessions that bans close whenever they are held in the rounds of a list."""
    return frozenset(
        pin.code
        for pin in pins
        if all(
            any(each.code == pin.code and each.round_id in {"", round_.id} for each in pins)
            for round_ in program.rounds_in(block)
            if any(session.code == pin.code for session in round_.sessions)
        )
    )


def _tell(people: People, counts: Mapping[str, int]) -> None:
    wishes = sum(counts.values())
    one = len(counts) == 1
    named = list(counts) if one else [f"{code} ({count})" for code, count in counts.items()]
    found = "1 wish" if wishes == 1 else f"{wishes:,} wishes"
    message = (
        f"{listing(named)} {'is' if one else 'are'} cancelled: {found} for {'it' if one else 'them'} "
        f"{'is' if wishes == 1 else 'are'} struck from the lists"
    )
    hint = "anyone who ranked it is seated by the rest of their list"
    people.faults.add(Fault.STRUCK_WISHES, people.table.row(0), message, hint)
