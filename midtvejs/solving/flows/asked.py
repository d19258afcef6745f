"""What rules ask of the sessions of a round, in numbers: of anyone in them, and of those with a trait."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from midtvejs.domain.quotas import find_needed, groups_counted, is_counted
from midtvejs.domain.rules import Quota
from midtvejs.solving.flows.network import NOTHING, Asked
from midtvejs.solving.flows.sessions import Setting
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import Case


class Traits:
    """What participants are in the groups that are counted: all traits of all groups, numbered from 0.

    ``of[group, person]`` is the number of a trait, or NOTHING; ``group_of[trait]`` the number of its group.
    """

    def __init__(self, case: Case) -> None:
        self.groups = groups_counted(case.program)
        self.number: dict[tuple[str, str], int] = {}
        self.of = np.full((len(self.groups), len(case.rows)), NOTHING, dtype=np.int64)
        group_of = []
        for index, group in enumerate(self.groups):
            for trait, people in case.by_trait(group).items():
                self.number[group, trait] = number = len(self.number)
                self.of[index, people] = number
                group_of.append(index)
        self.group_of = np.array(group_of, dtype=np.int64)

    @property
    def count(self) -> int:
        return len(self.number)

    def counted(self, group: str) -> Mapping[str, int]:
        """Return the numbers of a group's traits."""
        return self._by_group[group]

    @cached_property
    def _by_group(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {group: {} for group in self.groups}
        for (group, trait), number in self.number.items():
            found[group][trait] = number
        return found

    def tally(self, people: Ints, sessions: Ints, width: int) -> Ints:
        """Count people by trait in each of ``width`` sessions."""
        counts = np.zeros((self.count, width), dtype=np.int64)
        for traits in self.of[:, people]:
            having = traits != NOTHING
            np.add.at(counts, (traits[having], sessions[having]), 1)
        return counts


def asked_in(case: Case, number: int, setting: Setting, traits: Traits) -> Asked | None:
    """Return what a round asks where its sessions are held in a setting; None where nobody can keep that."""
    here = case.program.rounds[number]
    rules, people = case.program.rules, len(case.rows)
    most_of = np.full((traits.count, len(here.sessions)), people, dtype=np.int64)
    least_of = np.zeros_like(most_of)
    least = np.zeros(len(here.sessions), dtype=np.int64)
    of_the_day = () if rules.at_most is None else (Quota(group=rules.at_most_of, number=rules.at_most),)
    for session, held in enumerate(setting.held.tolist()):
        sitting = here.sessions[session]
        for quota in (*of_the_day, *sitting.at_most):
            known = traits.counted(quota.group)
            limited = [row for trait, row in known.items() if is_counted(quota, trait)]
            most_of[limited, session] = np.minimum(most_of[limited, session], quota.number)
        if held:
            least[session] = sitting.least
        for quota in sitting.at_least if held and session not in case.rounds[number].going_on else ():
            needed = find_needed(quota, case.count_seated(quota.group, number))
            known = traits.counted(quota.group)
            if quota.number and not needed.keys() <= known.keys():
                return None
            rows = [known[trait] for trait in needed if trait in known]
            least_of[rows, session] = np.maximum(least_of[rows, session], quota.number)
    return Asked(most=setting.seats, least=least, most_of=most_of, least_of=least_of)
