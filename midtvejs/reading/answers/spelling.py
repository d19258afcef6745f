"""One spelling for what people belong to, however they write it: "9" and "9th" are one grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from midtvejs.domain.participants import Participant
from midtvejs.domain.traits import ORGANISATION, spellings, usual
from midtvejs.reading.answers.people import People
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote

MOST_TOLD = 10
"""Values of a group that are told in each of their spellings."""


def settle_groups(people: People, everybody: list[Participant]) -> list[Participant]:
    """Return everybody with each value as most write it, which is told. A group needs a column."""
    for group in people.program.groups:
        if group not in people.columns and not (people.listed and group in people.listed.columns):
            hint = f"add a column {quote(group)}, say under forms which one it is, or take it out of groups"
            message = f"no column {quote(group)}, which the program names as a group"
            people.faults.add(Fault.NO_GROUP, people.table.row(0), message, hint)
    meant = {group: _meant(people, everybody, group) for group in (ORGANISATION, *people.program.groups)}
    return [_respelled(person, meant) for person in everybody] if any(meant.values()) else everybody


def _meant(people: People, everybody: list[Participant], group: str) -> Mapping[str, str]:
    """Return by each spelling that is not the usual one the one that is."""
    several = [spelled for spelled in spellings(group, everybody).values() if len(spelled) > 1]
    meant: dict[str, str] = {}
    told = []
    for spelled in several:
        shown = usual(spelled)
        others = sorted(value for value in spelled if value != shown)
        meant |= dict.fromkeys(others, shown)
        written = ", ".join(f"{quote(value)} ({spelled[value]:,})" for value in others)
        told.append(f"{written} as {quote(shown)} ({spelled[shown]:,})")
    if told:
        listed = "; ".join(sorted(told)[:MOST_TOLD]) + ("; ..." if len(told) > MOST_TOLD else "")
        column = people.columns.get(group)
        place = people.table.row(0) if column is None else people.table.cell(0, column)
        message = f"{group} is written in more than one way, and read as most write it: {listed}"
        people.faults.add(Fault.SPELLINGS, place, message)
    return meant


def _respelled(person: Participant, meant: Mapping[str, Mapping[str, str]]) -> Participant:
    organisation = meant[ORGANISATION].get(person.organisation, person.organisation)
    traits = tuple((group, meant[group].get(value, value)) for group, value in person.traits)
    if organisation == person.organisation and traits == person.traits:
        return person
    return replace(person, organisation=organisation, traits=traits)
