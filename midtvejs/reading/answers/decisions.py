"""Match the program's pins and groups with those who have a row; find out whether they can be kept.

What is wrong stands in program.yaml, though only a file of people shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, takewhile
from operator import eq

from midtvejs.domain.diagnostic import Severity
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program, Round
from midtvejs.domain.recognition import Decided, recognise_decisions
from midtvejs.domain.rules import Company, Decision, Group, Pin, Quota
from midtvejs.domain.traits import ORGANISATION, same, trait_of, value_of
from midtvejs.reading.answers.people import People
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import CANDIDATES, quote

MOST_LINES = 5
MOST_HINTS = 10
"""A name is compared with everybody's: that takes time in a crowd."""
DROPPED_OUT = "if they dropped out, take them out here, too"


def match_decisions(
    people: People, participants: Sequence[Participant], *, unknown: Severity = Severity.ERROR
) -> tuple[Participant, ...]:
    """Fill in the pins and groups that mean each participant.

    ``unknown`` is how bad it is that a rule names a participant who has no row.
    """
    found = recognise_decisions(people.program, participants)
    clashing = clashes(people.program, found.participants, people.who)
    for complaint in (*_find_unrecognised(people, found, unknown), *clashing):
        place = complaint.decision.place or people.table.row(0)
        people.faults.add(
            complaint.fault, place, complaint.message, complaint.hint, severity=complaint.severity
        )
    return found.participants


def _find_unrecognised(people: People, found: Decided, unknown: Severity) -> Iterator[Complaint]:
    # In a part of a list nobody can be missed.
    if people.whole:
        yield from _missing(people, found, unknown)
    for named in found.unclear:
        numbers = [people.records[person.key] for person in named.participants]
        lines = " or ".join(people.table.line(number) for number in numbers[:MOST_LINES])
        message = f"{quote(named.name)} may be the one in line {lines} of {people.file}"
        hint = "give the email instead of the name"
        yield Complaint(Fault.SEVERAL_NAMED, named.decision, message, hint)
    for named in found.doubled:
        (person,) = named.participants
        message = f"{quote(named.name)} is {people.who(person)}, whom this group names already"
        yield Complaint(Fault.DOUBLED_MEMBER, named.decision, message, "name each participant once")


def _missing(people: People, found: Decided, severity: Severity) -> Iterator[Complaint]:
    for number, named in enumerate(found.unknown):
        by_email = "@" in named.name
        known = (person.email if by_email else person.name for person in found.participants)
        near = did_you_mean_one_of(people, named.name, known) if number < MOST_HINTS else ""
        hint = f"{near} Or, {DROPPED_OUT}" if near else DROPPED_OUT
        called = "with the email" if by_email else "called"
        message = f"nobody {called} {quote(named.name)} has a row in {people.file}"
        yield Complaint(Fault.NOBODY_NAMED, named.decision, message, hint, severity)
    for empty in found.empty:
        yield _nobody_of(people, found, empty.pin, empty.group, empty.value)
    for quota in _unmet(people, found):
        yield _nobody_of(people, found, quota, quota.group, quota.value)


def _nobody_of(
    people: People, found: Decided, decision: Decision | Quota, group: str, value: str
) -> Complaint:
    known = (value_of(person, group) for person in found.participants)
    hint = did_you_mean_one_of(people, value, filter(None, known))
    of_group = "" if group == ORGANISATION else f"{group} "
    message = f"nobody of {of_group}{quote(value)} has a row in {people.file}"
    return Complaint(Fault.NOBODY_OF, decision, message, hint)


def _unmet(people: People, found: Decided) -> Iterator[Quota]:
    """Find what a session says how many it may or must have of, and nobody is; each is told once."""
    told: set[tuple[str, str]] = set()
    for session in people.program.sittings.values():
        for quota in (*session.at_most, *session.at_least):
            asked = quota.group, same(quota.group, quota.value)
            if not quota.value or asked in told:
                continue
            told.add(asked)
            if all(trait_of(person, quota.group) != asked[1] for person in found.participants):
                yield quota


def did_you_mean_one_of(people: People, name: str, known: Iterable[str]) -> str:
    """Return a hint that names who is called most like it.

    Of a crowd only those are looked at closely whose names begin and end alike, whatever order they stand in.
    """

    def alike(other: str) -> tuple[int, str]:
        return _begin_alike(name, other) + _begin_alike(name[::-1], other[::-1]), other

    return people.table.source.did_you_mean(name, nlargest(CANDIDATES, set(known), key=alike))


def _begin_alike(one: str, other: str) -> int:
    return len(list(takewhile(bool, map(eq, one, other))))


Who = Callable[[Participant], str]
"""Says who a participant is, and in which line."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a pin, a group, or how many a session asks for."""

    fault: Fault
    decision: Decision | Quota
    message: str
    hint: str = ""
    severity: Severity | None = None


def clashes(program: Program, participants: Iterable[Participant], who: Who) -> Iterator[Complaint]:
    """Find what no assignment can keep: a rule for itself, or two of them for one participant."""
    members: dict[Group, list[Participant]] = {group: [] for group in program.rules.groups}
    told: set[Decision | Quota] = set()
    for person in participants:
        # Pins of an organisation alone cannot clash, or the program would have been at fault.
        if any(pin.participant or pin.group for pin in person.pins):
            of_rounds = [_pins_of(person, program, round_, who) for round_ in program.rounds]
            for complaint in chain(*of_rounds, _pins_anywhere(person, program, who)):
                # What clashes for one of a group does so for all others of it, too.
                if complaint.decision not in told:
                    yield complaint
                if not _names_participants(complaint.decision):
                    told.add(complaint.decision)
        for group in person.groups:
            members[group].append(person)
    for group, people in members.items():
        yield from group_clashes(group, program, people, who)


def group_clashes(
    group: Group, program: Program, people: Sequence[Participant], who: Who
) -> Iterator[Complaint]:
    """Find what keeps the members of a group from being as it says, in each round for itself."""
    for round_ in program.rounds:
        if group.holds_in(round_.id):
            yield from _group(group, program, round_, people, who)


def _names_participants(decision: Decision | Quota) -> bool:
    """Whether a rule names participants, and not a group that they are of."""
    return not isinstance(decision, Pin) or bool(decision.participant)


def _pins_in(person: Participant, program: Program, round_: Round) -> list[Pin]:
    """Return a participant's pins that mean this round, and not whichever a session is held in."""
    codes = {session.code for session in round_.sessions}
    anywhere = person.pinned_anywhere(program)
    return [
        pin
        for pin in person.pins
        if pin.code in codes
        and pin.round_id in {"", round_.id}
        and not (pin.holds and not pin.round_id and pin.code in anywhere)
    ]


def _pins_of(person: Participant, program: Program, round_: Round, who: Who) -> Iterator[Complaint]:
    """Look at a participant's pins in a round, which they may not attend, or present in."""
    pins = _pins_in(person, program, round_)
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


def _presents_for_certain(person: Participant, round_: Round) -> str:
    """Return what a participant presents in a round; nothing where that may be cancelled."""
    own = person.presents_in(round_)
    return "" if any(each.code == own and each.may_be_cancelled for each in round_.sessions) else own or ""


def _binding(person: Participant, round_: Round, pins: list[Pin]) -> list[Pin]:
    """Return the pins that bind for certain; what an organisation is told does not bind its presenters."""
    return [pin for pin in pins if pin.participant or not person.presents_in(round_)]


def _pins_anywhere(person: Participant, program: Program, who: Who) -> Iterator[Complaint]:
    """Look at somebody's pins in sessions held more than once, of which one time has to be left to them."""
    for code in sorted(program.repeated):
        pins = [pin for pin in person.pins if pin.code == code and (pin.participant or pin.group)]
        held = [pin for pin in pins if pin.holds]
        if held and code not in person.presents:
            yield from _one_time(person, program, held, who)
            yield from _clashing(person, [pin for pin in pins if not pin.round_id], who)


def _one_time(person: Participant, program: Program, pins: list[Pin], who: Who) -> Iterator[Complaint]:
    """Look at pins in one session: whether there is a time when it can be attended, and not two."""
    settled = [pin for pin in pins if pin.round_id]
    for pin in settled[1:]:
        if pin.round_id != settled[0].round_id:
            line = f" (line {settled[0].place.line})" if settled[0].place else ""
            message = f"{who(person)}: {pin}, but {settled[0]}{line}"
            yield Complaint(Fault.PINS_CLASH, pin, message, "nobody attends a session twice: keep one pin")
    for pin in (pin for pin in pins if not pin.round_id):
        rounds = [
            round_ for round_, keys in zip(program.rounds, program.keys, strict=True) if pin.code in keys
        ]
        attended = [round_ for round_ in rounds if person.attends(round_)]
        own = dict.fromkeys(person.presents_in(round_) or "" for round_ in attended)
        if not attended:
            ids = ", ".join(round_.id for round_ in rounds)
            message = f"{who(person)} attends no round of {pin.code} ({ids}): they cannot be in it"
            hint = "leave out the pin, or name one of these rounds under attends"
            yield Complaint(Fault.PIN_NOT_ATTENDED, pin, message, hint)
        elif "" not in own:
            message = f"{who(person)} presents {' and '.join(own)}: they cannot be in {pin.code}"
            hint = "presenters are in their own session"
            yield Complaint(Fault.PIN_AGAINST_SESSION, pin, message, hint)


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


def _group(
    group: Group, program: Program, round_: Round, people: Sequence[Participant], who: Who
) -> Iterator[Complaint]:
    """Find one clash among the members of a group in a round: it is enough to look at the group again."""
    attending = [person for person in people if person.attends(round_)]
    together = group.company is Company.TOGETHER
    placed: dict[str, str] = {}
    for person in attending:
        code, said = _place(person, program, round_, who)
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
            pins = _binding(person, round_, _pins_in(person, program, round_))
            if any(pin.code == code and not pin.holds for pin in pins):
                kept_out = f"{said}, but {who(person)} is pinned not to be in {code}"
                yield _complaint(Fault.GROUP_TORN, group, round_, kept_out)
                return


def _complaint(fault: Fault, group: Group, round_: Round, message: str) -> Complaint:
    hint = f"take one of them out of the group, or let it be for other rounds than {round_.id}"
    return Complaint(fault, group, f"{group.company} in {round_.id}: {message}", hint)


def _place(person: Participant, program: Program, round_: Round, who: Who) -> tuple[str, str]:
    """Return where a participant has to be in a round, and why; nothing where that is open, or unclear."""
    if own := _presents_for_certain(person, round_):
        return own, f"{who(person)} presents {own}"
    pins = _binding(person, round_, _pins_in(person, program, round_))
    held = {pin.code for pin in pins if pin.holds}
    if len(held) != 1:
        return "", ""
    (code,) = held
    return code, f"{who(person)} is pinned to {code}"
