"""Those whom groups bind in a round: who stay together take their seats at once, before the others.

Each party goes where it costs least: its members' steps, and for each seat what a seat is worth to others.
The largest come first. Parties who have to be apart are never in one session.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from midtvejs.domain.rules import Company
from midtvejs.solving.flows.limits import Traits
from midtvejs.solving.flows.network import NOTHING, Asked
from midtvejs.solving.flows.sessions import Setting
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import PRESENTS, Case
from midtvejs.solving.instance.parties import connect
from midtvejs.solving.prices.lists import NEVER

ANYWHERE = -1
"""Where those have to be who present nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Those who are in one session of a round: ``members`` take seats there.

    Where another of them presents it, it is the session ``at``; else ANYWHERE. ``apart`` are the numbers of
    the groups of whom no two may be in one session, which this party has somebody in; ``traits`` how many
    members have which.
    """

    members: tuple[int, ...]
    at: int
    apart: tuple[int, ...]
    traits: tuple[tuple[int, int], ...]


def parties_in(case: Case, number: int, setting: Setting, traits: Traits) -> list[Party] | None:
    """Return the parties of a round whose sessions are held as they are; None where they cannot be."""
    here = case.program.rounds[number]
    together, apart = list[list[int]](), list[list[int]]()
    for group, people in case.members.items():
        if group.holds_in(here.id):
            there = [person for person in people if case.participants[person].attends(here)]
            if len(there) > 1:
                (together if group.company is Company.TOGETHER else apart).append(there)
    in_apart: dict[int, list[int]] = defaultdict(list)
    for index, those in enumerate(apart):
        for person in those:
            in_apart[person].append(index)
    connected = connect([*together, *([person] for person in in_apart)])
    parties = [_party(case, number, setting, traits, people, in_apart) for people in connected]
    known = [party for party in parties if party is not None]
    return known if len(known) == len(parties) else None


def _party(
    case: Case,
    number: int,
    setting: Setting,
    traits: Traits,
    people: Sequence[int],
    in_apart: dict[int, list[int]],
) -> Party | None:
    presenting = [
        person
        for person in people
        if case.rows[person][number] == PRESENTS and setting.held[case.own(person, number)]
    ]
    sessions = {case.own(person, number) for person in presenting}
    members = tuple(person for person in people if person not in presenting)
    apart = Counter(index for person in people for index in in_apart.get(person, ()))
    if len(sessions) > 1 or max(apart.values(), default=0) > 1:
        return None
    of = Counter(int(trait) for trait in traits.of[:, members].flat if trait != NOTHING)
    return Party(
        members=members,
        at=sessions.pop() if sessions else ANYWHERE,
        apart=tuple(apart),
        traits=tuple(of.items()),
    )


def place_parties(parties: Sequence[Party], costs: Ints, prices: Ints, asked: Asked) -> list[int] | None:
    """Return the session of each party, within what is asked at the most; None where one finds none.

    ``costs[party, session]`` is NEVER, or more, where a session is closed to any of them; a seat of each
    session is worth ``prices``.
    """
    left = asked.most.tolist()
    left_of: dict[int, list[int]] = {}
    taken: set[tuple[int, int]] = set()
    found = [ANYWHERE] * len(parties)
    sizes = np.array([len(party.members) for party in parties], dtype=np.int64)
    dearness = costs + sizes[:, None] * prices
    best_first = dearness.argsort(axis=1, kind="stable").tolist()
    closed = (costs >= NEVER).tolist()
    for index in sorted(
        range(len(parties)), key=lambda index: (parties[index].at == ANYWHERE, -len(parties[index].members))
    ):
        party = parties[index]
        for trait, _ in party.traits:
            left_of.setdefault(trait, asked.most_of[trait].tolist())
        session = next(
            (
                each
                for each in ([party.at] if party.at != ANYWHERE else best_first[index])
                if not (party.members and closed[index][each])
                and left[each] >= len(party.members)
                and all((group, each) not in taken for group in party.apart)
                and all(left_of[trait][each] >= count for trait, count in party.traits)
            ),
            None,
        )
        if session is None:
            return None
        found[index] = session
        left[session] -= len(party.members)
        taken.update((group, session) for group in party.apart)
        for trait, count in party.traits:
            left_of[trait][session] -= count
    return found
