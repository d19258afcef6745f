"""The judge: is this assignment lawful, and what are its criteria?

Restates the law in plain sets. It knows nothing of the solver and shares no code with it, so that a mistake
there cannot hide here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from midtvejs.auditing import judges
from midtvejs.auditing.judges import Judge, Violation, called
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program, Round, Session
from midtvejs.domain.rules import Law
from midtvejs.domain.wording import quantity
from midtvejs.errors import MidtvejsError


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The verdict. ``criteria`` is empty where the assignment is not lawful: then they mean nothing."""

    violations: tuple[Violation, ...]
    criteria: Mapping[Criterion, int]

    @property
    def lawful(self) -> bool:
        return not self.violations


class UnlawfulResult(MidtvejsError):
    """The solver gave something that the audit rejects: a bug of ours. Carries why."""

    def __init__(self, complaints: tuple[str, ...]) -> None:
        self.complaints = complaints
        super().__init__("; ".join(complaints[:5]))


def audit(assignment: Assignment, participants: tuple[Participant, ...]) -> Audit:
    """Judge an assignment against those who are to be seated."""
    violations = tuple(breach for judge in JUDGES.values() for breach in judge(assignment, participants))
    return Audit(violations=violations, criteria={} if violations else assignment.criteria)


def certify(assignment: Assignment, participants: tuple[Participant, ...], stages: tuple[Stage, ...]) -> None:
    """Let a solver's result pass, or not: lawful, and worth what its stages say.

    Raises:
        UnlawfulResult: it is not.
    """
    verdict = audit(assignment, participants)
    complaints = [violation.message for violation in verdict.violations]
    if verdict.lawful:
        complaints += [
            f"{stage.criterion} is {verdict.criteria[stage.criterion]}, said to be {stage.value}"
            for stage in stages
            if stage.value != verdict.criteria[stage.criterion]
        ]
        complaints += [
            f"{stage.criterion} {stage.value} is below its bound {stage.bound}"
            for stage in stages
            if stage.value < stage.bound
        ]
    if complaints:
        raise UnlawfulResult(tuple(complaints))


def _find_unseated(assignment: Assignment, participants: tuple[Participant, ...]) -> Iterator[Violation]:
    rounds = assignment.program.rounds
    # There are fewer different days than participants.
    days = {assignment.days.get(person.key) for person in participants}
    if all(day is not None and len(day) == len(rounds) and "" not in day for day in days):
        return
    for person in participants:
        day = assignment.days.get(person.key)
        if day is None:
            yield Violation(
                law=Law.SEATED, participant=person.key, message=f"{person.name} is not seated at all"
            )
        elif len(day) != len(rounds):
            message = f"{person.name} has {len(day)} sessions for {len(rounds)} rounds"
            yield Violation(law=Law.SEATED, participant=person.key, message=message)
        elif "" in day:
            for round_, code in zip(rounds, day, strict=True):
                if not code and person.attends(round_):
                    message = f"{person.name} has no session in {round_.id}"
                    yield Violation(
                        law=Law.SEATED, participant=person.key, round_id=round_.id, message=message
                    )


def _strangers(assignment: Assignment, participants: tuple[Participant, ...]) -> Iterator[Violation]:
    known = {person.key for person in participants}
    if assignment.participants is participants and known >= assignment.days.keys():
        return
    listed = {person.key: person.name for person in assignment.participants}
    for key in assignment.days:
        if key not in known:
            message = f"{listed.get(key, key)} is seated, but is not a participant"
            yield Violation(law=Law.KNOWN, participant=key, message=message)
        elif key not in listed:
            yield Violation(
                law=Law.KNOWN, participant=key, message=f"{key} is seated, but is not on any roster"
            )


def _find_misplaced(assignment: Assignment, _participants: tuple[Participant, ...]) -> Iterator[Violation]:
    rounds = assignment.program.rounds
    codes = [{session.code for session in round_.sessions} | {""} for round_ in rounds]
    wrong = {
        day
        for day in set(assignment.days.values())
        if any(code not in of_round for of_round, code in zip(codes, day, strict=False))
    }
    if not wrong:
        return
    for person in assignment.participants:
        day = assignment.days.get(person.key, ())
        if day in wrong:
            for round_, of_round, code in zip(rounds, codes, day, strict=False):
                if code not in of_round:
                    message = f"{person.name} is in {code}, which is not a session of {round_.id}"
                    yield Violation(
                        law=Law.ROUND, participant=person.key, round_id=round_.id, message=message
                    )


def _absent_presenters(assignment: Assignment, _participants: tuple[Participant, ...]) -> Iterator[Violation]:
    for person in assignment.participants:
        if not person.presents:
            continue
        day = assignment.days.get(person.key, ())
        for round_, code in zip(assignment.program.rounds, day, strict=False):
            own = person.presents_in(round_)
            if own and code and code != own and not _is_cancelled(assignment, round_, own):
                message = f"{person.name} presents {own}, but is in {code}"
                yield Violation(
                    law=Law.PRESENTING, participant=person.key, round_id=round_.id, message=message
                )


def _is_cancelled(assignment: Assignment, round_: Round, code: str) -> bool:
    return any(session.code == code and session.key in assignment.cancelled for session in round_.sessions)


def _overfull(assignment: Assignment, _participants: tuple[Participant, ...]) -> Iterator[Violation]:
    program, days = assignment.program, assignment.days
    taken: list[Counter[str]] = [Counter() for _ in program.rounds]
    alike = Counter((days.get(person.key, ()), person.presents) for person in assignment.participants)
    for (day, presents), people in alike.items():
        for count, code in zip(taken, day, strict=False):
            count[code] += 0 if code in presents else people
    for number, round_ in enumerate(program.rounds):
        for session in round_.sessions:
            if taken[number][session.code] > session.seats and not round_.has_begun(session):
                seated = [
                    person.key
                    for person in assignment.participants
                    if session.code in days.get(person.key, ())[number : number + 1]
                    and session.code not in person.presents
                ]
                message = _overfull_message(program, session, len(seated))
                for key in seated[session.seats :]:
                    yield Violation(
                        law=Law.SEATS,
                        participant=key,
                        round_id=round_.id,
                        message=message,
                        crowd=(session.key,),
                    )


def _overfull_message(program: Program, session: Session, taken: int) -> str:
    seats, people = quantity(session.seats, "seat"), quantity(taken, "participant")
    has = "has at most" if session.rooms else f"in {session.room.name} has"
    return f"{called(program, session.key)} {has} {seats} and {people}"


JUDGES: Mapping[Law, Judge] = {
    Law.SEATED: _find_unseated,
    Law.KNOWN: _strangers,
    Law.ROUND: _find_misplaced,
    Law.PRESENTING: _absent_presenters,
    Law.SEATS: _overfull,
    **judges.JUDGES,
}
"""The judge of each law, in the order in which breaches are told."""
