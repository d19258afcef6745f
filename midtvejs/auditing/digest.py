"""What was assigned, as a number of 64 digits: whatever bears on what is lawful or fair changes it.

Rules are in it as they bind each participant, by whatever name the program calls them. Neither the order of
rows nor the seed is in it, and no titles, times, reasons or places. What a day does not use is left out: with
no rule that asks for organisations, they are of no account. Wishes stand list by list; which rounds share one
is in it, where any do.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from operator import attrgetter

from midtvejs.domain.fairness import CRITERIA, Subject
from midtvejs.domain.participants import Participant, Wishes, fold
from midtvejs.domain.program import Program, Session
from midtvejs.domain.quotas import groups_counted
from midtvejs.domain.rules import RULES, Group, Pin, Quota, amounts
from midtvejs.domain.traits import ORGANISATION, same, trait_of

ENCODER = json.JSONEncoder(ensure_ascii=False)

Facts = dict[str, object]
"""What JSON can say, by name; empty where there is nothing to say."""


def digest(program: Program, participants: Iterable[Participant]) -> str:
    """Return the SHA-256 of all that bears on what is lawful and fair."""
    people = sorted(participants, key=attrgetter("key"))
    asked = _Asked(program, people)
    encoded = ENCODER.encode
    # The same few lists of codes stand in it again and again.
    codes = cache(encoded)
    day = encoded(asked.day)
    persons = ", ".join(
        f"[{encoded(person.key)}, [{', '.join([codes(_listed(wishes)) for wishes in person.wishes])}], "
        f"{codes(tuple(sorted(person.presents)))}{_further(asked.of(person))}]"
        for person in people
    )
    return sha256(f'{day[:-1]}, "participants": [{persons}]}}'.encode()).hexdigest()


def _listed(wishes: Wishes) -> tuple[str | tuple[str, ...], ...]:
    """Return the codes of a list; equals stand together."""
    return tuple(wishes.tiers) if wishes.above else wishes.codes


def _further(facts: Facts) -> str:
    return f", {ENCODER.encode(facts)}" if facts else ""


class _Asked:
    """What the rules of a day ask for: of each session, and of each participant."""

    def __init__(self, program: Program, people: Sequence[Participant]) -> None:
        fairness = program.rules.fairness
        self._program = program
        self._groups = _groups(people)
        self._friends = _friends(people)
        self._by_steps = any(person.step_free for person in people)
        subjects = {CRITERIA[criterion].subject for criterion in fairness}
        self._by_owners = Subject.OWNERS in subjects
        self._keeps = Subject.EARLIER in subjects
        limited = program.rules.at_most is not None
        spread = Subject.COLLEAGUES in subjects
        self._by_friends = Subject.FRIENDS in subjects
        self._of = {"at_most": program.rules.at_most_of} if limited else {}
        self._of |= {"spread": program.rules.spread_of} if spread else {}
        groups = {*self._of.values(), *groups_counted(program)}
        self._by_organisation = self._by_owners or ORGANISATION in groups
        self._by_groups = sorted(groups - {ORGANISATION})

    @property
    def day(self) -> Facts:
        rules = self._program.rules
        facts: Facts = {"fairness": [str(criterion) for criterion in rules.fairness]}
        facts |= {RULES[law].key: number for law, number in amounts(rules).items()}
        if self._by_groups:
            facts["of"] = self._of
        if self._groups:
            facts["groups"] = self._groups
        if self._program.lists:
            facts["lists"] = [
                [round_.id for round_ in self._program.rounds_in(block)] for block in self._program.lists
            ]
        facts["rounds"] = [
            [round_.id, [list(self._session(session)) for session in round_.sessions]]
            for round_ in self._program.rounds
        ]
        return facts

    def _session(self, session: Session) -> Iterator[object]:
        yield from (session.code, session.seats)
        facts: Facts = {}
        if session.through:
            facts["through"] = list(session.through)
        if session.least:
            facts["least"] = session.least
        if session.at_most:
            facts["at_most"] = sorted(map(_asked_of, session.at_most))
        if session.at_least:
            facts["at_least"] = sorted(map(_asked_of, session.at_least))
        if session.may_be_cancelled:
            facts["may_be_cancelled"] = True
        if session.rooms:
            facts["rooms"] = sorted(
                [room.name, session.seats_in(room), self._by_steps and room.step_free]
                for room in session.rooms
            )
        elif self._by_steps and session.may_be_step_free:
            facts["step_free"] = True
        if self._by_owners and session.by:
            facts["by"] = sorted(set(map(fold, session.by)))
        if facts:
            yield facts

    def of(self, person: Participant) -> Facts:
        """Return what there is to say of a participant beside wishes and sessions of their own."""
        facts: Facts = {}
        if person.absent:
            facts["absent"] = sorted(person.absent)
        if person.pins:
            facts["pins"] = sorted({_decided(pin) for pin in person.pins})
        if person.step_free:
            facts["step_free"] = True
        if self._keeps and person.earlier:
            facts["earlier"] = list(person.earlier)
        if self._by_friends and person.key in self._friends:
            facts["friends"] = sorted(self._friends[person.key])
        if self._by_organisation and person.organisation:
            facts["organisation"] = fold(person.organisation)
        if traits := {group: trait for group in self._by_groups if (trait := trait_of(person, group))}:
            facts["traits"] = traits
        return facts


def _decided(pin: Pin) -> tuple[str | bool, ...]:
    """Return what a pin asks for, whatever its reason; the round where it names one."""
    return (pin.code, pin.holds, bool(pin.participant), *([pin.round_id] if pin.round_id else ()))


def _asked_of(quota: Quota) -> tuple[str, str, int]:
    """Return what a quota asks for, wherever it stands."""
    return quota.group, same(quota.group, quota.value), quota.number


def _friends(people: Iterable[Participant]) -> Mapping[str, set[str]]:
    """Return the keys of those who named each other; whoever is not named back has no friend by it."""
    wants = {person.key: {*person.wants} - {person.key} for person in people if person.wants}
    friends = {key: {each for each in named if key in wants.get(each, ())} for key, named in wants.items()}
    return {key: named for key, named in friends.items() if named}


def _groups(people: Iterable[Participant]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the company, the round and the members of each group, whatever its reason."""
    members: dict[Group, list[str]] = defaultdict(list)
    for person in people:
        for group in person.groups:
            members[group].append(person.key)
    return sorted(
        {(str(group.company), group.round_id, tuple(sorted(keys))) for group, keys in members.items()}
    )
