"""The constraints: for each rule a small generator beside its siblings, for each constraint its label.

The generators speak of people and sessions through ``Seated``, which has a variable for each person, or for
each kind of people where only heads count. A session's audience is everybody in it but its presenters.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.quotas import find_needed, is_counted
from midtvejs.domain.rules import Company, Group, Law, Pin, Quota, cite_place
from midtvejs.domain.traits import called, value_of
from midtvejs.domain.wording import quantity
from midtvejs.solving.cpsat.objectives import terms_of
from midtvejs.solving.cpsat.seating import Seating
from midtvejs.solving.cpsat.sessions import Sessions, Spot
from midtvejs.solving.cpsat.stated import Term, Variable
from midtvejs.solving.instance.case import Case

A_SEAT = "more seat"


class Seated(Protocol):
    """Who may sit where, in variables."""

    case: Case
    sessions: Sessions

    def audience(self, spot: Spot) -> list[Term]:
        """Count the audience of a session."""

    def colleagues(self, spot: Spot, group: str) -> Mapping[str, list[Term]]:
        """Count those who are one in a group, in a session's audience; only where two or more are."""

    def by_trait(self, spot: Spot, group: str) -> Mapping[str, list[Term]]:
        """Count those in a session's audience who are anything in a group, by what they are."""

    def presence(self, person: int, spot: Spot) -> list[Term]:
        """Say whether a participant is in a session, presenting or not; nothing if they never are."""

    def pin_variables(self, round_: int) -> Mapping[Pin, Sequence[Sequence[Variable]]]:
        """Return the pins and bans that can be broken, with a variable for each session of those bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A rule in the coordinator's words, and what giving way would mean.

    ``change`` has ``{}`` where the amount stands. Rules of one label give way together: unit by unit
    (``unit`` names one), or as a whole where there is no unit.
    """

    text: str
    change: str
    unit: str = ""

    def describe_change(self, amount: int) -> str:
        return self.change.format(quantity(amount, self.unit)) if self.unit else self.change


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One constraint: the sum of ``terms`` is at most ``limit``."""

    label: Label
    terms: list[Term]
    limit: int


def _spots(seated: Seated, round_: int) -> Iterator[Spot]:
    return ((round_, number) for number in range(len(seated.case.rounds[round_].codes)))


def _call(seated: Seated, spot: Spot) -> str:
    """Return how people read a session in a round: ``A``, or ``A in R2`` where it is held more than once."""
    return seated.case.program.name_sitting(seated.sessions.numbered[spot])


def seats(seated: Seated, round_: int) -> Iterator[Rule]:
    for spot in _spots(seated, round_):
        session = seated.sessions.numbered[spot]
        capacity, seats = seated.sessions.capacity(spot)
        where = "has at most" if session.rooms else f"in {session.room.name} has"
        label = Label(
            text=f"{_call(seated, spot)} {where} {quantity(session.seats, 'seat')}",
            change=f"find {{}} for {_call(seated, spot)}",
            unit=A_SEAT,
        )
        free = [(-count, variable) for count, variable in capacity]
        yield Rule(label=label, terms=[*seated.audience(spot), *free], limit=seats)


def one_session_a_room(seated: Seated, round_: int) -> Iterator[Rule]:
    takers: dict[str, list[Term]] = {}
    for spot in _spots(seated, round_):
        for room, variable in seated.sessions.rooms(spot).items():
            takers.setdefault(room.name, []).append((1, variable))
    for name, terms in takers.items():
        label = Label(text=f"{name} holds one session at a time", change=f"find a second room like {name}")
        yield Rule(label=label, terms=terms, limit=1)


def step_free(seated: Seated, round_: int) -> Iterator[Rule]:
    here = seated.case.program.rounds[round_]
    for person, participant in enumerate(seated.case.participants):
        if not participant.step_free:
            continue
        label = Label(
            text=f"{participant.name} needs a step-free room",
            change=f"find a step-free room for {participant.name} in {here.id}",
        )
        for spot in _spots(seated, round_):
            session = seated.sessions.numbered[spot]
            rooms = seated.sessions.rooms(spot)
            free = [(-1, variable) for room, variable in rooms.items() if room.step_free]
            if rooms or not session.room.step_free:
                yield Rule(label=label, terms=[*seated.presence(person, spot), *free], limit=0)


def least(seated: Seated, round_: int) -> Iterator[Rule]:
    for spot in _spots(seated, round_):
        session = seated.sessions.numbered[spot]
        if not session.least:
            continue
        held = seated.sessions.is_held(spot)
        label = Label(
            text=f"{_call(seated, spot)} has {quantity(session.least, 'participant')} at least",
            change=f"ask for {{}} fewer in {_call(seated, spot)}",
            unit="participant",
        )
        terms = [(-count, variable) for count, variable in seated.audience(spot)]
        if held is None:
            yield Rule(label=label, terms=terms, limit=-session.least)
        else:
            yield Rule(label=label, terms=[*terms, (session.least, held)], limit=0)


def at_most(seated: Seated, round_: int) -> Iterator[Rule]:
    rules = seated.case.program.rules
    for spot in _spots(seated, round_):
        if rules.at_most is not None:
            for name, terms in seated.colleagues(spot, rules.at_most_of).items():
                label = Label(
                    text=f"{quantity(rules.at_most, 'participant')} of {name} at most are in one session",
                    change=f"allow {{}} of {name} in one session",
                    unit="more participant",
                )
                yield Rule(label=label, terms=terms, limit=rules.at_most)
        yield from _at_most_in(seated, spot)


def _at_most_in(seated: Seated, spot: Spot) -> Iterator[Rule]:
    """Limit those of one in a group in the session that says so."""
    for quota in seated.sessions.numbered[spot].at_most:
        for trait, terms in seated.by_trait(spot, quota.group).items():
            if is_counted(quota, trait):
                name = _call_trait(seated.case, quota, trait)
                people, session = quantity(quota.number, "participant"), _call(seated, spot)
                label = Label(
                    text=f"{session} has {people} of {name} at most",
                    change=f"allow {{}} of {name} in {session}",
                    unit="more participant",
                )
                yield Rule(label=label, terms=terms, limit=quota.number)


def _call_trait(case: Case, quota: Quota, trait: str) -> str:
    person = case.participants[case.by_trait(quota.group)[trait][0]]
    return called(quota.group, value_of(person, quota.group))


def at_least(seated: Seated, round_: int) -> Iterator[Rule]:
    for spot in _spots(seated, round_):
        session, held = seated.sessions.numbered[spot], seated.sessions.is_held(spot)
        for quota in session.at_least if spot not in seated.sessions.going_on else ():
            there = seated.by_trait(spot, quota.group)
            for trait, name in find_needed(quota, seated.case.count_seated(quota.group, round_)).items():
                people = f"{quantity(quota.number, 'participant')} of {name}"
                label = Label(
                    text=f"{_call(seated, spot)} has {people} at least",
                    change=f"ask for {{}} fewer of {name} in {_call(seated, spot)}",
                    unit="participant",
                )
                terms = [(-count, variable) for count, variable in there.get(trait, ())]
                if held is None:
                    yield Rule(label=label, terms=terms, limit=-quota.number)
                else:
                    yield Rule(label=label, terms=[*terms, (quota.number, held)], limit=0)


def together(seated: Seated, round_: int) -> Iterator[Rule]:
    for group, members in _members(seated.case, round_, Company.TOGETHER):
        # In a ring: each of them who is in a session has the next one there, too.
        for one, other in pairwise([*members, members[0]]):
            for spot in _spots(seated, round_):
                there = [(-count, variable) for count, variable in seated.presence(other, spot)]
                yield Rule(label=_label(group), terms=[*seated.presence(one, spot), *there], limit=0)


def apart(seated: Seated, round_: int) -> Iterator[Rule]:
    for group, members in _members(seated.case, round_, Company.APART):
        for spot in _spots(seated, round_):
            terms = [term for person in members for term in seated.presence(person, spot)]
            yield Rule(label=_label(group), terms=terms, limit=1)


def _members(case: Case, round_: int, company: Company) -> Iterator[tuple[Group, list[int]]]:
    """Return each group of two or more who are there in a round, and the numbers of those."""
    here = case.program.rounds[round_]
    for group, members in case.members.items():
        if group.company is company and group.round_id in {"", here.id}:
            present = [person for person in members if case.participants[person].attends(here)]
            if len(present) > 1:
                yield group, present


def _label(group: Group) -> Label:
    return Label(text=f"{group}{cite_place(group.place)}", change=f"give up {group}{cite_place(group.place)}")


def pins(seated: Seated, round_: int) -> Iterator[Rule]:
    for pin, bound in seated.pin_variables(round_).items():
        number = seated.case.rounds[round_].codes.index(pin.code)
        terms = [
            (1, variable)
            for variables in bound
            for session, variable in enumerate(variables)
            if (session != number) == pin.holds
        ]
        told = f"{pin}{cite_place(pin.place)}"
        noun = "pin" if pin.holds else "ban"
        yield Rule(label=Label(text=told, change=f"release the {noun}: {told}"), terms=terms, limit=0)


Generator = Callable[[Seated, int], Iterator[Rule]]

GENERATORS: Mapping[Law, Generator] = {
    Law.SEATS: seats,
    Law.ROOMS: one_session_a_room,
    Law.STEP_FREE: step_free,
    Law.LEAST: least,
    Law.AT_MOST: at_most,
    Law.AT_LEAST: at_least,
    Law.TOGETHER: together,
    Law.APART: apart,
    Law.PINS: pins,
}
"""Everything that is not settled by which sessions are open to whom, in the order of the model."""


def all_rules(seated: Seated, but: Container[Law] = ()) -> Iterator[Rule]:
    return rules_in(seated, range(len(seated.case.rounds)), but)


def rules_in(seated: Seated, rounds: Iterable[int], but: Container[Law] = ()) -> Iterator[Rule]:
    for round_ in rounds:
        for law, generator in GENERATORS.items():
            if law not in but:
                yield from generator(seated, round_)


def keep_together(seating: Seating) -> None:
    """Have everybody of a group in the session that the next of them is in, with slacks that are 0.

    Without them CP-SAT would make clauses of it, which say less to its linear relaxation, and would not find
    the proofs: with 60 pairs of friends among 180, 36 seconds of search left a gap of a quarter, and now 1
    second leaves none. Everybody is in one session, so one direction is enough.
    """
    slacks: list[Term] = []
    of_rounds = [
        dict(_members(seating.case, round_, Company.TOGETHER)) for round_ in range(len(seating.case.rounds))
    ]
    for group in seating.case.members:
        for round_, members in enumerate(of_rounds):
            for one, other in pairwise(members.get(group, ())):
                slacks += _follow(seating, round_, one, other)
    if slacks:
        seating.model.at_most(slacks, 0)


def _follow(seating: Seating, round_: int, one: int, other: int) -> Iterator[Term]:
    for spot in _spots(seating, round_):
        if here := seating.presence(one, spot):
            slack = seating.model.boolean()
            seating.follow(slack, lambda _values: False)
            there = [(-count, variable) for count, variable in seating.presence(other, spot)]
            seating.model.at_most([*here, *there, (-1, slack)], 0)
            yield 1, slack


def worst(seating: Seating, limit: int) -> Iterator[Rule]:
    for person in seating.free:
        participant = seating.case.participants[person]
        if seating.regret_at_most(person) > limit:
            text = f"{participant.name} has a regret of {limit} at most"
            yield Rule(label=Label(text=text, change=""), terms=seating.steps_of(person), limit=limit)


def keep_reached(seating: Seating, reached: Mapping[Criterion, int]) -> Iterator[Rule]:
    """Hold what earlier stages reached, so that no later one gives it up."""
    for criterion, value in reached.items():
        if criterion is Criterion.WORST:
            yield from worst(seating, value)
        else:
            label = Label(text=f"{criterion} stays at {value}", change="")
            yield Rule(label=label, terms=terms_of(criterion, seating), limit=value)
