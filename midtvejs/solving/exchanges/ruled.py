"""Pass seats on within all rules: which parties there are, and what each session may hold of whom.

Sessions stay held or cancelled as they are, and in their rooms. Who stay together go together, for as many as
they are; whoever has to be with a presenter stays. Rounds that share a list stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.program import Program
from midtvejs.solving.cpsat.broken import keeps_the_rules
from midtvejs.solving.exchanges.search import Exchanges
from midtvejs.solving.exchanges.state import State
from midtvejs.solving.exchanges.turns import ANYBODY, Round, turn_of
from midtvejs.solving.exchanges.weights import Weights, is_weighed
from midtvejs.solving.flows.asked import Traits, asked_in
from midtvejs.solving.flows.network import Asked
from midtvejs.solving.flows.parties import ANYWHERE, Party, parties_in
from midtvejs.solving.flows.sessions import Setting
from midtvejs.solving.instance.arrays import Flags, Ints
from midtvejs.solving.instance.case import STANDING, Case, Choice
from midtvejs.solving.instance.choices import measure
from midtvejs.solving.instance.crowd import Aggregate, Leaf
from midtvejs.solving.instance.listed import ListLeaf
from midtvejs.solving.prices.relaxation import Objective
from midtvejs.solving.stop import Stop


def exchange_within_rules(
    case: Case,
    aggregate: Aggregate,
    choices: Sequence[Choice],
    objective: Objective,
    *,
    target: int,
    seed: int,
    stop: Stop,
    work: int | None = None,
) -> list[Choice] | None:
    """Return better choices within an objective's limits, which those that are there may exceed.

    They keep all rules, as those that are there do. The search ends at the ``target``, or after so much
    ``work``, in sums of two numbers; None where nothing better was found, or a criterion cannot be weighed.
    """
    weighed = all(is_weighed(criterion) for criterion in objective.criteria)
    if stop.asked or not weighed or case.size > case.limits.exchanged:
        return None
    day = _Day(case, aggregate, choices)
    rounds = tuple(day.rounds(objective.criteria))
    state = State(rounds, day.columns, day.regrets, measure(case, choices), objective)
    average = int(day.regrets.sum()) // max(1, len(choices))
    weights = Weights(objective, furthest=aggregate.furthest, regret=average)
    search = Exchanges(rounds, state, weights, seed=seed, limits=case.limits)
    search.reach(target, work=case.limits.exchange_work if work is None else work, stop=stop)
    if search.found is None:
        return None
    found = day.choices(search.found)
    return found if keeps_the_rules(case, found) else None


class _Day:
    """A day within its rules, as people are seated: ``columns[round, person]``, as crowd.py numbers them."""

    def __init__(self, case: Case, aggregate: Aggregate, choices: Sequence[Choice]) -> None:
        self._case = case
        self._aggregate = aggregate
        self._traits = Traits(case)
        self._program = case.assignment(choices, case.participants).with_rooms().program
        lines = np.array(choices, dtype=np.int64).reshape(-1, len(case.rounds)).T
        self._standing = np.array([[len(round_.codes)] for round_ in case.rounds])
        self.columns = np.where(lines == STANDING, self._standing, lines)
        self._rows = [self._rows_of(leaf) for leaf in aggregate.leaves]

    def choices(self, columns: Ints) -> list[Choice]:
        """Return the choices that columns are."""
        lines = np.where(columns == self._standing, STANDING, columns)
        return list(map(tuple, lines.T.tolist()))

    @property
    def regrets(self) -> Ints:
        regrets = np.zeros(len(self._case.rows), dtype=np.int64)
        for leaf, rows in zip(self._aggregate.leaves, self._rows, strict=True):
            regrets += leaf.worth(rows, self.columns)[0]
        return regrets

    def rounds(self, criteria: Collection[Criterion]) -> Iterator[Round]:
        """Return the rounds with a list of their own, as they are held, with what the ``criteria`` ask.

        One that asks what nobody could keep is left out.
        """
        for leaf in self._aggregate.leaves:
            if isinstance(leaf, Leaf):
                yield from self._round(leaf, criteria)

    def _rows_of(self, leaf: Leaf | ListLeaf) -> Ints:
        """Return everybody's row: those take a seat as others do who present what is cancelled."""
        rows: Ints = self._aggregate.ranking[leaf.number].astype(np.int64)
        for (person, number), ranking in self._case.freed.items():
            if (
                isinstance(leaf, Leaf)
                and number == leaf.round
                and self.columns[number, person] < leaf.sessions
            ):
                rows[person] = ranking
        return rows

    def _round(self, leaf: Leaf, criteria: Collection[Criterion]) -> Iterator[Round]:
        setting = _setting(self._case, self._program, leaf.round, self.columns[leaf.round])
        asked = asked_in(self._case, leaf.round, setting, self._traits)
        parties = parties_in(self._case, leaf.round, setting, self._traits, {})
        if asked is None or parties is None:
            return
        counted = self._counted(parties, asked)
        rows, may_be = self._rows[leaf.number], self._may_be(setting)
        yield Round(
            number=leaf.round,
            seats=asked.most,
            least=asked.least,
            traits=counted.traits,
            most_of=counted.most_of,
            least_of=counted.least_of,
            in_pairs=counted.in_pairs,
            turns=tuple(
                turn_of(leaf, rows, members, counted.traits, criteria, nothing=counted.nothing, may_be=may_be)
                for members in _by_size(parties, np.flatnonzero(rows != leaf.presents))
            ),
        )

    def _may_be(self, setting: Setting) -> Flags:
        """Return who may be in which session, ``[person, session]``, where it is held as it is."""
        needs = np.array([person.step_free for person in self._case.participants], dtype=np.bool_)
        return np.asarray(setting.held & (setting.step_free | ~needs[:, None]))

    def _counted(self, parties: Sequence[Party], asked: Asked) -> _Counted:
        """Return what is counted in a round: what quotas count, who is apart from whom, and pairs."""
        counted = _Counted(len(self._case.rows), len(asked.most))
        for number, (most, least) in enumerate(zip(asked.most_of, asked.least_of, strict=True)):
            counted.add(np.argwhere(self._traits.of == number)[:, 1].tolist(), most, least)
        apart = defaultdict[int, list[Party]](list)
        for party in parties:
            for group in party.apart:
                apart[group].append(party)
        for those in apart.values():
            counted.add(*_kept_apart(those, len(asked.most)))
        if Criterion.SPREAD in self._case.program.rules.fairness:
            for people in self._case.alike(self._case.program.rules.spread_of).values():
                counted.add(people, in_pairs=True)
        return counted


def _kept_apart(parties: Sequence[Party], sessions: int) -> tuple[list[int], Ints]:
    """Return one of each party, as no two of these may be in one session, and how many of them may be where.

    There may be nobody where a presenter is one of those who are to be apart.
    """
    most = np.ones(sessions, dtype=np.int64)
    most[[party.at for party in parties if party.at != ANYWHERE]] = 0
    return [party.members[0] for party in parties if party.members], most


class _Counted:
    """The traits that are counted in a round, one after the other."""

    def __init__(self, people: int, sessions: int) -> None:
        self._traits: list[list[int]] = [[] for _ in range(people)]
        self._most: list[Ints] = []
        self._least: list[Ints] = []
        self._in_pairs: list[bool] = []
        self._anybody = np.full(sessions, ANYBODY, dtype=np.int64)
        self._nobody = np.zeros(sessions, dtype=np.int64)

    def add(
        self,
        people: Iterable[int],
        most: Ints | None = None,
        least: Ints | None = None,
        *,
        in_pairs: bool = False,
    ) -> None:
        """Add a trait that people have, and how many of them may and must be in each session."""
        for person in people:
            self._traits[person].append(len(self._most))
        self._most.append(self._anybody if most is None else most)
        self._least.append(self._nobody if least is None else least)
        self._in_pairs.append(in_pairs)

    @property
    def nothing(self) -> int:
        """The number of the last trait, which has no limits."""
        return len(self._most)

    @property
    def traits(self) -> Ints:
        """Everybody's traits, ``[j, person]``."""
        longest = max(map(len, self._traits), default=0)
        padded = [[*traits, *[self.nothing] * (longest - len(traits))] for traits in self._traits]
        return np.array(padded, dtype=np.int64).reshape(len(padded), longest).T

    @property
    def most_of(self) -> Ints:
        return np.array([*self._most, self._anybody], dtype=np.int64)

    @property
    def least_of(self) -> Ints:
        return np.array([*self._least, self._nobody], dtype=np.int64)

    @property
    def in_pairs(self) -> Flags:
        return np.array([*self._in_pairs, False], dtype=np.bool_)


def _setting(case: Case, program: Program, number: int, sessions: Ints) -> Setting:
    """Return which sessions of a round are held, and in which rooms, where people are in these."""
    round_ = program.rounds[number]
    presented = {
        case.own(person, index)
        for person, index in case.freed
        if index == number and sessions[person] == len(round_.sessions)
    }
    held = np.array(
        [
            not session.may_be_cancelled or each in presented or bool((sessions == each).any())
            for each, session in enumerate(round_.sessions)
        ],
        dtype=np.bool_,
    )
    return Setting(
        held=held,
        seats=np.array([session.seats for session in round_.sessions], dtype=np.int64) * held,
        step_free=np.array([session.room.step_free for session in round_.sessions], dtype=np.bool_),
    )


def _by_size(parties: Sequence[Party], seated: Ints) -> Iterator[Ints]:
    """Return the parties that are free to go somewhere, ``[party, i]``, those of each size at a time."""
    bound = {person for party in parties for person in party.members}
    free = [party.members for party in parties if party.at == ANYWHERE and party.members]
    free += [(person,) for person in seated.tolist() if person not in bound]
    by_size = defaultdict[int, list[tuple[int, ...]]](list)
    for members in free:
        by_size[len(members)].append(members)
    for _, members_of in sorted(by_size.items()):
        yield np.array(members_of, dtype=np.int64)
