"""Pins and groups that cannot be kept, seen as soon as it is known whom they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from midtvejs.domain.diagnostic import Severity
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program, Round
from midtvejs.domain.rules import Company, Decision, Group, Pin
from midtvejs.reading.codes import Fault

Who = Callable[[Participant], str]
"""Says who somebody is, and in which line."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a pin or a group."""

    fault: Fault
    decision: Decision
    message: str
    hint: str = ""
    severity: Severity | None = None


def clashes(program: Program, participants: Iterable[Participant], who: Who) -> Iterator[Complaint]:
    """Find what no assignment can keep: a rule for itself, or two of them for one participant."""
    members: dict[Group, list[Participant]] = {group: [] for group in program.rules.groups}
    for person in participants:
        # Pins of an organisation alone cannot clash, or the program would have been at fault.
        if any(pin.participant for pin in person.pins):
            for round_ in program.rounds:
                yield from _pins_of(person, round_, who)
        for group in person.groups:
            members[group].append(person)
    for group, people in members.items():
        for round_ in program.rounds:
            if group.round_id in {"", round_.id}:
                yield from _group(group, round_, people, who)


def _pins_of(person: Participant, round_: Round, who: Who) -> Iterator[Complaint]:
    """Look at somebody's pins in a round, which they may not attend, or present in."""
    codes = {session.code for session in round_.sessions}
    pins = [pin for pin in person.pins if pin.code in codes]
    own = person.presents_in(round_)
    if not person.attends(round_):
        for pin in (pin for pin in pins if pin.holds):
            message = f"{who(person)} does not attend {round_.id}: they cannot be in {pin.code}"
            hint = f"leave out the pin, or name {round_.id} under attends"
            yield Complaint(Fault.PIN_NOT_ATTENDED, pin, message, hint)
    elif own:
        # What an organisation is told binds a presenter only when their session is cancelled.
        for pin in (pin for pin in pins if pin.participant and pin.holds is not (pin.code == own)):
            must = "cannot" if pin.holds else "have to"
            message = f"{who(person)} presents {own}: they {must} be in {pin.code}"
            yield Complaint(Fault.PIN_AGAINST_SESSION, pin, message, "presenters are in their own session")
    else:
        yield from _clashing(person, pins, who)


def _clashing(person: Participant, pins: list[Pin], who: Who) -> Iterator[Complaint]:
    """Find each pin that an earlier one contradicts."""
    for index, pin in enumerate(pins):
        for other in pins[:index]:
            same = pin.code == other.code
            if (pin.holds is not other.holds) if same else (pin.holds and other.holds):
                line = f" (line {other.place.line})" if other.place else ""
                message = f"{who(person)}: {pin}, but {other}{line}"
                yield Complaint(Fault.PINS_CLASH, pin, message, "keep one of the two pins")
                break


def _group(group: Group, round_: Round, people: list[Participant], who: Who) -> Iterator[Complaint]:
    """Find one clash among the members of a group in a round: it is enough to look at the group again."""
    attending = [person for person in people if person.attends(round_)]
    together = group.company is Company.TOGETHER
    placed: dict[str, str] = {}
    for person in attending:
        code, said = _place(person, round_, who)
        if code and together and placed and code not in placed:
            yield _complaint(Fault.GROUP_TORN, group, round_, f"{next(iter(placed.values()))}, but {said}")
            return
        if code and not together and code in placed:
            yield _complaint(Fault.GROUP_JOINED, group, round_, f"{placed[code]}, and {said}")
            return
        if code:
            placed[code] = said
    for code, said in placed.items() if together else ():
        for person in attending:
            if any(pin.code == code and not pin.holds for pin in person.pins):
                kept_out = f"{said}, but {who(person)} is pinned not to be in {code}"
                yield _complaint(Fault.GROUP_TORN, group, round_, kept_out)
                return


def _complaint(fault: Fault, group: Group, round_: Round, message: str) -> Complaint:
    hint = f"take one of them out of the group, or let it be for other rounds than {round_.id}"
    return Complaint(fault, group, f"{group.company} in {round_.id}: {message}", hint)


def _place(person: Participant, round_: Round, who: Who) -> tuple[str, str]:
    """Give where somebody has to be in a round, and why; nothing where that is open, or unclear."""
    if own := person.presents_in(round_):
        return own, f"{who(person)} presents {own}"
    codes = {session.code for session in round_.sessions}
    held = codes & {pin.code for pin in person.pins if pin.holds}
    if len(held) != 1:
        return "", ""
    (code,) = held
    return code, f"{who(person)} is pinned to {code}"
