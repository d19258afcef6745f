"""Strike from everybody's lists what is only for others: it counts as if they had never ranked it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Block, Program
from midtvejs.domain.rules import Pin
from midtvejs.domain.traits import trait_of
from midtvejs.domain.wording import first_few, quantity
from midtvejs.reading.answers.people import People
from midtvejs.reading.codes import Fault


def strike_closed(people: People, everybody: Sequence[Participant]) -> tuple[Participant, ...]:
    """Return everybody without wishes for what is only for others; one warning tells how many there were."""
    program = people.program
    if not any(pin.others for pin in program.rules.pins):
        return tuple(everybody)
    _tell_of_unknown(people, everybody)
    counts: Counter[str] = Counter()
    closed = cache(partial(_closed_in, program))

    def strike(person: Participant) -> Participant:
        others = tuple(pin for pin in person.pins if pin.others)
        wishes = []
        for block, each in zip(program.blocks, person.wishes, strict=True) if others else ():
            left = each.without(closed(block, others) - person.presents)
            if left != each:
                counts.update(set(each.codes) - set(left.codes))
            wishes.append(left)
        same = not others or tuple(wishes) == person.wishes
        return person if same else replace(person, wishes=tuple(wishes))

    struck = tuple(map(strike, everybody))
    if counts:
        wishes = sum(counts.values())
        listed = ", ".join(f"{code} ({counts[code]:,})" for code in sorted(counts))
        found = "1 wish for a session that is" if wishes == 1 else f"{wishes:,} wishes for sessions that are"
        verb = "is" if wishes == 1 else "are"
        message = f"{found} only for others {verb} struck from the lists: {listed}"
        hint = "who may be in a session stands below only, in the program"
        people.faults.add(Fault.CLOSED_WISHES, people.table.row(0), message, hint)
    return struck


def _tell_of_unknown(people: People, everybody: Sequence[Participant]) -> None:
    """Warn of those of whom it is not known whether they may be in what is only for some."""
    groups = dict.fromkeys(pin.group for pin in people.program.rules.pins if pin.others)
    for group in groups:
        unknown = [
            person
            for person in everybody
            if not trait_of(person, group) and any(pin.others and pin.group == group for pin in person.pins)
        ]
        if unknown:
            count, have = quantity(len(unknown), "participant"), "has" if len(unknown) == 1 else "have"
            names = first_few([person.name for person in unknown])
            message = f"{count} {have} nothing below {group}, and cannot be in what is only for some: {names}"
            place = people.place_of(unknown[0], group)
            people.faults.add(Fault.NO_TRAIT, place, message)


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
