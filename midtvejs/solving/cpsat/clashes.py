"""Find out whether everybody can be seated at all; where not, which rules clash, and what would help.

Wishes aside, participants differ in little: in who decided what about them, and in their organisation where
that counts. Those who do not differ are of one kind, and how many of each kind go where is enough to tell
whether everybody can be seated. Rounds have nothing to do with each other here, unless they share a list:
where each has seats for everybody, it may still be that somebody would have to be in a session twice.

Rules are relaxed by their labels. A clash is a set of rules that cannot all hold, though any of them can be
given up and the rest hold: found by dividing the rules in halves (QuickXplain; Junker 2004, AAAI 19). One of
its rules is then given up, and the next clash is looked for, until the rest holds. What helps in all is found
by letting every rule give way at a price of 1 a unit (a seat, a participant) or 1 as a whole (a pin).

Legend, with three people in a round of 1A and 1B: Åse and Bo are pinned to 1A, nothing is decided about Cai.
Two kinds, Åse with Bo, and Cai; for each kind and session a whole number, how many of the kind are there. If
Cai is pinned to 1A as well, and it has two seats, the clash is the seats of 1A with the three pins. One more
seat helps, or releasing one of the pins.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from midtvejs.domain.assignment import Clash, Impasse, OutOfTime
from midtvejs.domain.quotas import groups_counted
from midtvejs.domain.rules import Pin
from midtvejs.domain.traits import trait_of
from midtvejs.domain.wording import quantity
from midtvejs.solving.cpsat.model import Ladders, Model
from midtvejs.solving.cpsat.rules import A_SEAT, GENERATORS, Label, Rule, rules_in
from midtvejs.solving.cpsat.seating import Seating
from midtvejs.solving.cpsat.sessions import Sessions, Spot
from midtvejs.solving.cpsat.stated import Outcome, Term, Variable, Verdict
from midtvejs.solving.instance.case import PRESENTS, STANDING, Case, CaseBlock
from midtvejs.solving.stop import Stop

Seats = dict[int, int]
"""A session by participant, both by number."""


def seats_or_impasse(case: Case, round_: int, near: Sequence[int], stop: Stop) -> Seats | Impasse:
    """Seat everybody who takes a seat in a round, or say why not.

    How many of a kind are where is any way that keeps the rules; who of them is where follows ``near`` as far
    as it goes. People who are freed by a cancellation are in it; those who present as planned are not. Once
    ``stop`` has been asked for, it is looked no further than a little.

    Raises:
        OutOfTime: it could not be told in time.
    """
    relaxing = _RelaxingRound(case=case, round=round_, kinds=kinds_of(case, round_), stop=stop)
    seats = relaxing.seats(near)
    return relaxing.impasse() if seats is None else seats


def impasse_beside_seats(case: Case, round_: int, stop: Stop) -> Impasse | None:
    """Say what clashes in a round even if there were seats for everybody everywhere; None if nothing does.

    Of a round without any session, that it has no seats says it all.
    """
    if not case.rounds[round_].codes:
        return None
    relaxing = _RelaxingRound(
        case=case, round=round_, kinds=kinds_of(case, round_), stop=stop, seats_count=False
    )
    nowhere = [STANDING] * len(case.rows)
    return None if relaxing.seats(nowhere) is not None else relaxing.impasse()


def impasse_of_list(case: Case, block: CaseBlock, stop: Stop) -> Impasse | None:
    """Say what clashes where each round has seats for everybody, but not so that nobody is anywhere twice.

    Everybody has a day that is open to them, if they were alone. None where nothing clashes in these rounds.
    Of many people no more is said than that these seats are in too few different sessions.

    Raises:
        OutOfTime: nothing is known of it yet.
    """
    relaxing = _RelaxingList(case=case, round=block.rounds[0], stop=stop, block=block)
    if relaxing.holds():
        return None
    once = once_in(case, block)
    rounds = [case.program.rounds[number] for number in block.rounds]
    if len(case.rows) > case.limits.coupled:
        seats = (f"{round_.id} has {quantity(round_.seats, 'seat')}" for round_ in rounds)
        changes = ("find more seats, or hold more different sessions",)
        return Impasse(round=rounds[0], clashes=(Clash(rules=(once, *seats), changes=changes),), smallest=())
    impasse = relaxing.impasse()
    clashes = (replace(clash, rules=(once, *clash.rules)) for clash in impasse.clashes)
    return replace(impasse, clashes=tuple(clashes))


def once_in(case: Case, block: CaseBlock) -> str:
    names = ", ".join(case.program.rounds[number].id for number in block.rounds)
    return f"nobody is in the same session twice in {names}"


@dataclass(frozen=True, kw_only=True)
class _Relaxing(ABC):
    """Rules that cannot all hold, and how little each of them would have to give way."""

    case: Case
    round: int
    stop: Stop

    @abstractmethod
    def state(self) -> tuple[Model, Iterable[Rule]]:
        """Return a model of everybody without any rules, and the rules."""

    def holds(self) -> bool:
        """Return whether all rules can hold, as far as can be told."""
        return self._possible(self._labels())

    def impasse(self) -> Impasse:
        """Say what clashes; once the time is up, as far as it is known.

        Raises:
            OutOfTime: nothing is known of it yet.
        """
        labels = self._labels()
        clashes: list[Clash] = []
        smallest: Mapping[Label, int] = {}
        try:
            for clash in self._clashes(labels):
                clashes = [*clashes, clash]
            smallest = self._relax_rules(labels, labels)
        except OutOfTime:
            if not clashes:
                raise
        return Impasse(
            round=self.case.program.rounds[self.round],
            clashes=tuple(clashes),
            smallest=tuple(label.describe_change(amount) for label, amount in smallest.items()),
        )

    def _clashes(self, labels: Sequence[Label]) -> Iterator[Clash]:
        in_force = list(labels)
        for _ in range(self.case.limits.clashes):
            if self._possible(in_force):
                break
            rules = conflict(self._possible, in_force)
            changes = sorted(self._changes(rules), key=lambda change: change[0])
            yield Clash(
                rules=tuple(label.text for label in rules),
                changes=tuple(label.describe_change(amount) for amount, label in changes),
            )
            if not changes:
                break
            in_force.remove(changes[0][1])

    def _labels(self) -> list[Label]:
        _, rules = self.state()
        return list(dict.fromkeys(rule.label for rule in rules))

    def _possible(self, in_force: Collection[Label]) -> bool:
        return self._solve(in_force, ())[0].verdict is not Verdict.IMPOSSIBLE

    def _changes(self, rules: Sequence[Label]) -> list[tuple[int, Label]]:
        """Return by how much each of some clashing rules would have to give way, if it alone does."""
        found = ((self._relax_rules(rules, [label]).get(label, 0), label) for label in rules)
        return [(amount, label) for amount, label in found if amount]

    def _relax_rules(self, in_force: Collection[Label], giving: Collection[Label]) -> dict[Label, int]:
        """Let rules give way as little as can be; nothing where that does not help."""
        outcome, slack = self._solve(in_force, giving)
        if not outcome.found:
            return {}
        return {
            label: outcome.values[variable] for label, variable in slack.items() if outcome.values[variable]
        }

    def _solve(
        self, in_force: Collection[Label], giving: Collection[Label]
    ) -> tuple[Outcome, Mapping[Label, Variable]]:
        model, rules = self.state()
        people = len(self.case.rows)
        slack = {label: model.whole(people if label.unit else 1) for label in giving}
        asked = frozenset(in_force)
        for rule in rules:
            if rule.label in asked:
                model.at_most([*rule.terms, *_slack(rule.label, slack, people)], rule.limit)
        if slack:
            model.minimise((1, variable) for variable in slack.values())
        outcome = model.solve(seed=0, stop=self.stop, effort=self.case.limits.lawful_effort)
        if outcome.verdict not in {Verdict.BEST, Verdict.IMPOSSIBLE}:
            # Cut short, this says nothing of what clashes, or of how little helps.
            self.stop.check()
        return outcome, slack


@dataclass(frozen=True, kw_only=True)
class _RelaxingRound(_Relaxing):
    """The rules of one round, where only heads count; without those of seats unless ``seats_count``."""

    kinds: Mapping[Kind, list[int]]
    seats_count: bool = True

    def state(self) -> tuple[Model, Iterable[Rule]]:
        model = Model()
        return model, self._rules(Headcount(model, self.case, self.round, self.kinds))

    def seats(self, near: Sequence[int]) -> Seats | None:
        limits = self.case.limits
        heads, outcome = self._solve_heads(self.stop, limits.lawful_effort)
        if outcome.verdict is Verdict.UNDECIDED and self.stop.asked:
            heads, outcome = self._solve_heads(Stop(), limits.hurried_effort)
        if outcome.verdict is Verdict.UNDECIDED:
            raise OutOfTime
        return heads.read_seats(outcome.values, near) if outcome.found else None

    def _solve_heads(self, stop: Stop, effort: float) -> tuple[Headcount, Outcome]:
        model = Model()
        heads = Headcount(model, self.case, self.round, self.kinds)
        for rule in self._rules(heads):
            model.at_most(rule.terms, rule.limit)
        return heads, model.solve(seed=0, stop=stop, effort=effort)

    def _rules(self, heads: Headcount) -> Iterator[Rule]:
        return (rule for rule in heads.rules() if self.seats_count or rule.label.unit != A_SEAT)


@dataclass(frozen=True, kw_only=True)
class _RelaxingList(_Relaxing):
    """The rules of rounds that share a list, with everybody by themselves: nobody is in a session twice."""

    block: CaseBlock

    def state(self) -> tuple[Model, Iterable[Rule]]:
        model = Model()
        return model, rules_in(Seating(model, self.case, worst=self.case.furthest), self.block.rounds)


def _slack(label: Label, slack: Mapping[Label, Variable], people: int) -> list[Term]:
    # What gives way as a whole asks nothing any more: no sum in a rule is above the number of people.
    return [(-1 if label.unit else -people, slack[label])] if label in slack else []


def conflict(possible: Callable[[Sequence[Label]], bool], rules: Sequence[Label]) -> list[Label]:
    """Find rules that cannot all hold, none of them to spare, among ``rules`` that cannot all hold."""

    def reduce(kept: list[Label], grown: bool, rest: Sequence[Label]) -> list[Label]:
        if not rest or (grown and not possible(kept)):
            return []
        if len(rest) == 1:
            return list(rest)
        half = len(rest) // 2
        first, second = list(rest[:half]), list(rest[half:])
        of_second = reduce(kept + first, True, second)
        of_first = reduce(kept + of_second, bool(of_second), first)
        return of_first + of_second

    return reduce([], False, rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """People alike: what was decided about them, and their organisation or other groups where they count.

    ``person`` is a participant's number where nobody else is like them, -1 otherwise.
    """

    pins: tuple[Pin, ...]
    alike: tuple[str, ...]
    person: int


def kinds_of(case: Case, round_: int) -> Mapping[Kind, list[int]]:
    """Sort everybody who may take a seat in a round by kind, in the order of the lottery."""
    named = {person for members in case.members.values() for person in members}
    counted = groups_counted(case.program)
    kinds: dict[Kind, list[int]] = defaultdict(list)
    for number, person in enumerate(case.participants):
        if case.ranking(number, round_) == PRESENTS:
            continue
        alone = number in named or person.step_free or (number, round_) in case.freed
        kind = Kind(
            pins=person.pins_in(case.program.rounds[round_]),
            alike=tuple(trait_of(person, group) for group in counted),
            person=number if alone else -1,
        )
        kinds[kind].append(number)
    return kinds


class Headcount(Ladders):
    """Everybody who takes a seat in one round, by kind; any session may be theirs until a rule forbids it."""

    def __init__(self, model: Model, case: Case, round_: int, kinds: Mapping[Kind, list[int]]) -> None:
        super().__init__(model)
        self.case = case
        self.sessions = Sessions(model, case)
        self.round = round_
        self.kinds = kinds
        self._counted = groups_counted(case.program)
        self._counts = {kind: self._count(kind, len(people)) for kind, people in kinds.items()}
        self._alone = {kind.person: counts for kind, counts in self._counts.items() if kind.person >= 0}

    def _count(self, kind: Kind, size: int) -> list[Variable]:
        counts = [self.model.whole(size) for _ in self.case.rounds[self.round].codes]
        terms = [(1, count) for count in counts]
        if (kind.person, self.round) in self.case.freed:
            held = self.sessions.is_held((self.round, self.case.own(kind.person, self.round)))
            terms += [] if held is None else [(1, held)]
        self.model.exactly(terms, size)
        return counts

    def audience(self, spot: Spot) -> list[Term]:
        return [(1, counts[spot[1]]) for counts in self._counts.values()]

    def colleagues(self, spot: Spot, group: str) -> Mapping[str, list[Term]]:
        by_trait = self.by_trait(spot, group)
        return {
            name: by_trait[trait]
            for name, people in self.case.alike(group).items()
            if (trait := trait_of(self.case.participants[people[0]], group)) in by_trait
        }

    def by_trait(self, spot: Spot, group: str) -> Mapping[str, list[Term]]:
        number = self._counted.index(group)
        by_trait: dict[str, list[Term]] = defaultdict(list)
        for kind, counts in self._counts.items():
            by_trait[kind.alike[number]].append((1, counts[spot[1]]))
        by_trait.pop("", None)
        return by_trait

    def presence(self, person: int, spot: Spot) -> list[Term]:
        if self.case.own(person, self.round) == spot[1] and self.case.participants[person].attends(
            self.case.program.rounds[self.round]
        ):
            held = self.sessions.is_held(spot)
            return [(1, self.always if held is None else held)]
        counts = self._alone.get(person)
        return [] if counts is None else [(1, counts[spot[1]])]

    def rules(self) -> Iterator[Rule]:
        """Return everything that holds in the round."""
        for generator in GENERATORS.values():
            yield from generator(self, self.round)

    def pin_variables(self, _round: int) -> Mapping[Pin, Sequence[Sequence[Variable]]]:
        of_pin: dict[Pin, list[list[Variable]]] = defaultdict(list)
        for kind, counts in self._counts.items():
            for pin in dict.fromkeys(kind.pins):
                of_pin[pin].append(counts)
        return of_pin

    def read_seats(self, values: Sequence[int], near: Sequence[int]) -> dict[int, int]:
        """Read a session for everybody who takes a seat: in each kind, who is where they prefer stays there.

        The others are shared out in the order of the lottery, to where they have the fewest steps.
        """
        seats: dict[int, int] = {}
        for kind, people in self.kinds.items():
            left = {session: values[count] for session, count in enumerate(self._counts[kind])}
            moving = []
            for person in people:
                if left.get(near[person], 0):
                    seats[person] = near[person]
                    left[near[person]] -= 1
                else:
                    moving.append(person)
            for person in moving:
                free = [session for session, count in left.items() if count]
                seats[person] = min(free, key=partial(self._steps, person), default=STANDING)
                left[seats[person]] = left.get(seats[person], 1) - 1
        return seats

    def _steps(self, person: int, session: int) -> int:
        return self.case.steps(person, self.round, session)
