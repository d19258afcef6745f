"""The judges of what a coordinator decides: pins, groups, audiences, steps and rooms, each in plain sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant, fold
from midtvejs.domain.program import Round, Session
from midtvejs.domain.rooms import audience_of, rooms_in
from midtvejs.domain.rules import Company, Group, Law, Pin, cite_place
from midtvejs.domain.wording import quantity

People = tuple[Participant, ...]


def _sessions_of(assignment: Assignment, person: Participant) -> Iterator[tuple[Round, str]]:
    """Return the rounds in which a participant is in a session, and its code."""
    day = assignment.days.get(person.key, ())
    return ((round_, code) for round_, code in zip(assignment.program.rounds, day, strict=False) if code)


def _breach(
    law: Law, person: Participant, round_: Round, message: str, crowd: tuple[str, ...] = ()
) -> Violation:
    return Violation(law=law, participant=person.key, round_id=round_.id, message=message, crowd=crowd)


def _not_there(assignment: Assignment, _participants: People) -> Iterator[Violation]:
    for person in assignment.participants:
        for round_, code in _sessions_of(assignment, person) if person.absent else ():
            if not person.attends(round_):
                message = f"{person.name} is in {code}, but does not attend {round_.id}"
                yield _breach(Law.ATTENDING, person, round_, message)


def _against_pins(assignment: Assignment, _participants: People) -> Iterator[Violation]:
    round_of = assignment.program.round_of
    for person in assignment.participants:
        for round_, code in _sessions_of(assignment, person) if person.pins else ():
            for pin in person.pins:
                # What is decided of an organisation binds those of it who take a seat.
                bound = pin.participant or code not in person.presents
                if bound and round_of.get(pin.code) is round_ and (code == pin.code) is not pin.holds:
                    yield _breach(Law.PINS, person, round_, _against(pin, person, code))


def _against(pin: Pin, person: Participant, code: str) -> str:
    decided = f"is pinned to {pin.code}" if pin.holds else "is banned from it"
    return f"{person.name} is in {code}, but {decided if pin.participant else pin}{cite_place(pin.place)}"


def _up_steps(assignment: Assignment, _participants: People) -> Iterator[Violation]:
    sessions = assignment.program.sessions
    for person in assignment.participants:
        for round_, code in _sessions_of(assignment, person) if person.step_free else ():
            if code in sessions and not sessions[code].may_be_step_free:
                where = "" if sessions[code].rooms else f" in {sessions[code].room.name}"
                message = f"{person.name} is in {code}{where}, but needs a way without steps"
                yield _breach(Law.STEP_FREE, person, round_, message)


def _find_separated(assignment: Assignment, _participants: People) -> Iterator[Violation]:
    for group, round_, there in _in_company(assignment, Company.TOGETHER):
        for person, code in there:
            first, where = there[0]
            if code != where:
                message = f"{person.name} is in {code}, but together with {first.name}, who is in {where}"
                yield _breach(Law.TOGETHER, person, round_, message + cite_place(group.place))


def _find_joined(assignment: Assignment, _participants: People) -> Iterator[Violation]:
    for group, round_, there in _in_company(assignment, Company.APART):
        met: dict[str, Participant] = {}
        for person, code in there:
            if (other := met.setdefault(code, person)) is not person:
                message = f"{person.name} is in {code} with {other.name}, but apart from them"
                yield _breach(Law.APART, person, round_, message + cite_place(group.place))


def _in_company(
    assignment: Assignment, company: Company
) -> Iterator[tuple[Group, Round, list[tuple[Participant, str]]]]:
    """Return the groups of a company, and for each of their rounds who of them is where."""
    members: dict[Group, list[Participant]] = defaultdict(list)
    for person in assignment.participants:
        for group in person.groups:
            members[group].append(person)
    for group, people in members.items():
        for round_ in assignment.program.rounds if group.company is company else ():
            if group.round_id in {"", round_.id}:
                yield (
                    group,
                    round_,
                    [
                        (person, code)
                        for person in sorted(people, key=lambda person: person.key)
                        for here, code in _sessions_of(assignment, person)
                        if here is round_ and person.attends(round_)
                    ],
                )


def _too_few(assignment: Assignment, _participants: People) -> Iterator[Violation]:
    program = assignment.program
    if not any(session.least for session in program.sessions.values()):
        return
    rosters = _rosters(assignment)
    for code, session in program.sessions.items():
        audience = audience_of(session, rosters[code])
        if audience < session.least and code not in assignment.cancelled:
            message = f"{code} has {quantity(audience, 'participant')}, and needs {session.least} at least"
            yield Violation(law=Law.LEAST, round_id=program.round_of[code].id, message=message)


def _too_many_of_one(assignment: Assignment, _participants: People) -> Iterator[Violation]:
    most = assignment.program.rules.at_most
    if most is None:
        return
    for code, roster in _rosters(assignment).items():
        members: dict[str, list[Participant]] = defaultdict(list)
        for person in roster:
            if person.organisation and code not in person.presents:
                members[fold(person.organisation)].append(person)
        for people in members.values():
            name, round_ = people[0].organisation, assignment.program.round_of[code]
            message = f"{code} has {quantity(len(people), 'participant')} of {name}, and may have {most}"
            for person in people[most:]:
                yield _breach(Law.AT_MOST, person, round_, message, (code, fold(name)))


def _without_rooms(assignment: Assignment, _participants: People) -> Iterator[Violation]:
    rounds = [
        round_ for round_ in assignment.program.rounds if any(session.rooms for session in round_.sessions)
    ]
    rosters = _rosters(assignment) if rounds else {}
    for round_ in rounds:
        faultless = all(_has_a_room(session, rosters[session.code]) for session in round_.sessions)
        if faultless and rooms_in(round_, rosters) is None:
            audiences = ", ".join(
                f"{session.code} ({audience_of(session, rosters[session.code])})"
                for session in round_.sessions
                if session.rooms
            )
            message = f"there are no rooms in {round_.id} that hold {audiences}, each in its own"
            yield Violation(law=Law.ROOMS, round_id=round_.id, message=message)


def _has_a_room(session: Session, roster: list[Participant]) -> bool:
    """Return whether neither of the judges of seats and of steps has anything against a session."""
    steps = any(person.step_free for person in roster) and not session.may_be_step_free
    return audience_of(session, roster) <= session.seats and not steps


def _rosters(assignment: Assignment) -> dict[str, list[Participant]]:
    """Return everybody in each session of the program, presenters too; what is no session does not count."""
    rosters: dict[str, list[Participant]] = {code: [] for code in assignment.program.sessions}
    for person in assignment.participants:
        for code in assignment.days.get(person.key, ()):
            if code in rosters:
                rosters[code].append(person)
    return rosters


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One breach of the law.

    ``participant`` is a participant's key and ``round_id`` a round's id, each empty where the breach is not
    theirs alone; where too many are in a session, there is one violation for each participant too many.
    ``crowd`` is who are too many then: a session's code and, if it is about one only, the organisation.
    """

    law: Law
    message: str
    participant: str = ""
    round_id: str = ""
    crowd: tuple[str, ...] = ()


Judge = Callable[[Assignment, tuple[Participant, ...]], Iterator[Violation]]
"""Finds every breach of one law in an assignment of those who are to be seated.

Nearly always there are none, among up to a million participants: what tells that comes before who and where.
"""

JUDGES: Mapping[Law, Judge] = {
    Law.ATTENDING: _not_there,
    Law.PINS: _against_pins,
    Law.STEP_FREE: _up_steps,
    Law.TOGETHER: _find_separated,
    Law.APART: _find_joined,
    Law.LEAST: _too_few,
    Law.AT_MOST: _too_many_of_one,
    Law.ROOMS: _without_rooms,
}
