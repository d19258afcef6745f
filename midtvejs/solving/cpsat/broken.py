"""Find the rules that an assignment breaks: the generators of rules.py, read with every choice made.

Where everybody's choice is fixed, a rule's terms are numbers, and it holds or it does not: its label says
what is broken. Nothing is left open but the rooms that a day leaves open, which CP-SAT is asked for.

This is the solver's own word, and what it goes on by. The audit, which knows nothing of it, has the last one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.rules import Label, Rule, all_rules
from midtvejs.solving.cpsat.seating import Seating
from midtvejs.solving.cpsat.stated import Variable
from midtvejs.solving.instance.case import PRESENTS, STANDING, Case, CaseRound, Choice
from midtvejs.solving.stop import Stop


def keeps_the_rules(case: Case, choices: Sequence[Choice]) -> bool:
    """Return whether choices keep every rule of the day."""
    return next(find_broken_rules(case, choices), None) is None


def find_broken_rules(case: Case, choices: Sequence[Choice]) -> Iterator[Label]:
    """Name the rules that choices break. Where there are no rooms, every rule that rooms are part of."""
    model = Model()
    seating = Seating(model, case, worst=case.furthest, fixed=dict(enumerate(choices)))
    settled = {seating.always: 1, **seating.sessions.hint(choices, case)}
    yield from _astray(seating, choices, settled)
    unsettled: list[Rule] = []
    for rule in all_rules(seating):
        if any(variable not in settled for _, variable in rule.terms):
            model.at_most(rule.terms, rule.limit)
            unsettled.append(rule)
        elif sum(count * settled[variable] for count, variable in rule.terms) > rule.limit:
            yield rule.label
    if unsettled and not model.solve(seed=0, stop=Stop(), effort=case.limits.lawful_effort).found:
        yield from dict.fromkeys(rule.label for rule in unsettled)


def _astray(seating: Seating, choices: Sequence[Choice], settled: Mapping[Variable, int]) -> Iterator[Label]:
    """Find who is in a session that is not open to them; most people are alike in that."""
    case = seating.case
    for index, round_ in enumerate(case.rounds):
        places = list(
            zip((row[index] for row in case.rows), (choice[index] for choice in choices), strict=True)
        )
        wrong = {place for place in set(places) if not _is_open(round_, *place)}
        for person, place in enumerate(places) if wrong else ():
            if place in wrong and (person, index) not in case.freed:
                yield _in_another(case, person, index)
    for person, choice in enumerate(choices if case.blocks else ()):
        yield from _by_list(case, person, choice)
    for (person, index), ranking in case.freed.items():
        held = seating.sessions.is_held((index, case.own(person, index)))
        asked = PRESENTS if held is None or settled[held] else ranking
        if not _is_open(case.rounds[index], asked, choices[person][index]):
            yield _in_another(case, person, index)


def _by_list(case: Case, person: int, choice: Choice) -> Iterator[Label]:
    """Find what somebody is in more than once, leaves before its end, or misses though pinned to it."""
    name, pinned = case.participants[person].name, case.pinned.get(person, frozenset())
    for block in case.blocks:
        for code, sittings in zip(block.codes, block.sittings, strict=True):
            there = [sum(choice[index] == session for index, session in sitting) for sitting in sittings]
            if sum(count > 0 for count in there) > 1:
                yield Label(text=f"{name} is in {code} once", change="")
            if any(0 < count < len(sitting) for count, sitting in zip(there, sittings, strict=True)):
                yield Label(text=f"{name} is in {code} to its end", change="")
            if code in pinned and not any(there):
                yield Label(text=f"{name} is in {code}", change="")


def _is_open(round_: CaseRound, ranking: int, session: int) -> bool:
    return session == STANDING if ranking == PRESENTS else session in round_.open[ranking]


def _in_another(case: Case, person: int, index: int) -> Label:
    name, here = case.participants[person].name, case.program.rounds[index].id
    return Label(text=f"{name} is in a session of {here} that is open to them", change="")
