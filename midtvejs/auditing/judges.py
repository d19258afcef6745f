"""The judges of what a coordinator decides: pins, groups, audiences, steps and rooms, each in plain sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program, Round, Session
from midtvejs.domain.quotas import count_by_group, find_asking, find_needed, is_counted
from midtvejs.domain.rooms import audience_of, rooms_in
from midtvejs.domain.rules import Company, Group, Law, Pin, Quota, cite_place
from midtvejs.domain.traits import called as called_in
from midtvejs.domain.traits import trait_of, value_of
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
    held_in = _rounds_of_codes(assignment.program)
    for person in assignment.participants:
        for pin in person.pins:
            rounds = held_in.get(pin.code, frozenset())
            if pin.round_id:
                rounds &= {pin.round_id}
            # What is decided of an organisation binds those of it who take a seat.
            seats = [
                (round_, code)
                for round_, code in _sessions_of(assignment, person)
                if round_.id in rounds and (pin.participant or code not in person.presents)
            ]
            broken = [(round_, code) for round_, code in seats if (code == pin.code) is not pin.holds]
            # In which of several rounds a pin holds is left open.
            anywhere = pin.holds and pin.code in assignment.program.repeated and not pin.round_id
            if anywhere and len(broken) < len(seats):
                continue
            for round_, code in broken[:1] if anywhere else broken:
                yield _breach(Law.PINS, person, round_, _against(pin, person, code))


def _rounds_of_codes(program: Program) -> dict[str, frozenset[str]]:
    """Return the ids of the rounds in which each session is held, or goes on."""
    found: dict[str, set[str]] = defaultdict(set)
    for round_ in program.rounds:
        for session in round_.sessions:
            found[session.code].add(round_.id)
    return {code: frozenset(ids) for code, ids in found.items()}


def _more_than_once(assignment: Assignment, _participants: People) -> Iterator[Violation]:
    program = assignment.program
    for person in assignment.participants if program.repeated else ():
        begun: set[str] = set()
        day = assignment.days.get(person.key, ())
        for round_, beginning, code in zip(program.rounds, program.keys, day, strict=False):
            if code not in program.repeated or code not in beginning or code in person.presents:
                continue
            if code in begun:
                yield _breach(Law.ONCE, person, round_, f"{person.name} is in {code} more than once")
            begun.add(code)


def _left_early(assignment: Assignment, _participants: People) -> Iterator[Violation]:
    rounds = {round_.id: number for number, round_ in enumerate(assignment.program.rounds)}
    lasting = [
        (session.code, [rounds[id_] for id_ in session.through])
        for session in assignment.program.sittings.values()
        if session.through
    ]
    for person in assignment.participants if lasting else ():
        day = assignment.days.get(person.key, ())
        for code, through in lasting:
            there = [number < len(day) and day[number] == code for number in through]
            if any(there) and not all(there):
                missed = assignment.program.rounds[through[there.index(False)]]
                first = assignment.program.rounds[through[there.index(True)]]
                message = (
                    f"{person.name} is in {code} in {first.id}, but not in {missed.id}, where it goes on"
                )
                yield _breach(Law.THROUGH, person, missed, message)


def _against(pin: Pin, person: Participant, code: str) -> str:
    decided = f"is pinned to {pin.code}" if pin.holds else "is banned from it"
    return f"{person.name} is in {code}, but {decided if pin.participant else pin}{cite_place(pin.place)}"


def _up_steps(assignment: Assignment, _participants: People) -> Iterator[Violation]:
    for person in assignment.participants:
        for round_, code in _sessions_of(assignment, person) if person.step_free else ():
            session = next((each for each in round_.sessions if each.code == code), None)
            if session and not session.may_be_step_free:
                where = "" if session.rooms else f" in {session.room.name}"
                message = f"{person.name} is in {code}{where}, but needs a step-free room"
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
    if not any(session.least for session in program.sittings.values()):
        return
    rosters = _rosters(assignment)
    for key, session in program.sittings.items():
        audience = audience_of(session, rosters[key])
        if audience < session.least and key not in assignment.cancelled:
            people = quantity(audience, "participant")
            message = f"{called(program, key)} has {people}, and needs {session.least} at least"
            yield Violation(law=Law.LEAST, round_id=program.round_of[key].id, message=message)


def _too_many_of_one(assignment: Assignment, _participants: People) -> Iterator[Violation]:
    program, rules = assignment.program, assignment.program.rules
    of_the_day = () if rules.at_most is None else (Quota(group=rules.at_most_of, number=rules.at_most),)
    if not of_the_day and not any(session.at_most for session in program.sittings.values()):
        return
    for key, roster in _rosters(assignment).items():
        session, round_ = program.sittings[key], program.round_of[key]
        for quota in (*of_the_day, *session.at_most):
            for trait, people in _members(session, roster, quota).items():
                name = called_in(quota.group, value_of(people[0], quota.group))
                of_one = f"{quantity(len(people), 'participant')} of {name}"
                message = f"{called(program, key)} has {of_one}, and may have {quota.number}"
                for person in people[quota.number :]:
                    yield _breach(Law.AT_MOST, person, round_, message, (key, quota.group, trait))


def _too_few_of_one(assignment: Assignment, participants: People) -> Iterator[Violation]:
    program = assignment.program
    if not any(session.at_least for session in program.sittings.values()):
        return
    rosters = _rosters(assignment)
    for round_ in program.rounds:
        seated = count_by_group(round_, participants)
        held = [each for each in find_asking(round_) if each.key not in assignment.cancelled]
        for session, quota in [(each, quota) for each in held for quota in each.at_least]:
            there = _members(session, rosters[session.key], quota)
            for trait, name in find_needed(quota, seated[quota.group]).items():
                if len(there.get(trait, ())) < quota.number:
                    of_one = f"{quantity(len(there.get(trait, ())), 'participant')} of {name}"
                    message = (
                        f"{called(program, session.key)} has {of_one}, and needs {quota.number} at least"
                    )
                    yield Violation(law=Law.AT_LEAST, round_id=round_.id, message=message)


def _members(session: Session, roster: list[Participant], quota: Quota) -> dict[str, list[Participant]]:
    """Return those in the audience of a session of whom a quota speaks, by what they are."""
    members: dict[str, list[Participant]] = defaultdict(list)
    for person in roster:
        trait = trait_of(person, quota.group)
        if session.code not in person.presents and is_counted(quota, trait):
            members[trait].append(person)
    return members


def _without_rooms(assignment: Assignment, _participants: People) -> Iterator[Violation]:
    rounds = [
        round_ for round_ in assignment.program.rounds if any(session.rooms for session in round_.sessions)
    ]
    rosters = _rosters(assignment) if rounds else {}
    for round_ in rounds:
        faultless = all(_has_a_room(session, rosters[session.key]) for session in round_.sessions)
        if faultless and rooms_in(round_, rosters) is None:
            audiences = ", ".join(
                f"{session.code} ({audience_of(session, rosters[session.key])})"
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
    """Return everybody in each sitting of the program, presenters too; what is no session does not count."""
    program = assignment.program
    rosters: dict[str, list[Participant]] = {key: [] for key in program.sittings}
    for person in assignment.participants:
        for keys, code in zip(program.keys, assignment.days.get(person.key, ()), strict=False):
            if code in keys:
                rosters[keys[code]].append(person)
    return rosters


def called(program: Program, key: str) -> str:
    """Return how people read a sitting: ``A``, or ``A in R2`` where A is held more than once."""
    code = program.sittings[key].code
    return f"{code} in {program.round_of[key].id}" if code in program.repeated else code


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One breach of the law.

    ``participant`` is a participant's key and ``round_id`` a round's id, each empty where the breach is not
    theirs alone; where too many are in a session, there is one violation for each participant too many.
    ``crowd`` is who are too many then: a sitting's key and, if it is about one only, the group and who.
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
    Law.ONCE: _more_than_once,
    Law.THROUGH: _left_early,
    Law.PINS: _against_pins,
    Law.STEP_FREE: _up_steps,
    Law.TOGETHER: _find_separated,
    Law.APART: _find_joined,
    Law.LEAST: _too_few,
    Law.AT_MOST: _too_many_of_one,
    Law.AT_LEAST: _too_few_of_one,
    Law.ROOMS: _without_rooms,
}
