"""Whether everybody can be seated at all; where not, which rules clash, and what would help.

Rules are relaxed by their labels. A clash is a set of rules that cannot all hold, though any of them can be
given up and the rest hold: found by dividing the rules in halves (QuickXplain; Junker 2004, AAAI 19). One of
its rules is then given up, and the next clash is looked for, until the rest holds. What helps in all is found
by letting every rule give way at a price of 1 a unit (a seat, a participant) or 1 as a whole (a pin).

Legend, with three people pinned to 1A, which has two seats, and free to be in 1B otherwise: the clash is the
seats of 1A with the three pins. One more seat helps, or releasing one of the pins.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from midtvejs.domain.assignment import OutOfTime
from midtvejs.domain.clashes import Clash, Impasse
from midtvejs.solving.case import STANDING, Case
from midtvejs.solving.cpsat import NOTHING, Model, Outcome, Term, Variable, Verdict
from midtvejs.solving.headcount import Headcount, Kind, kinds_of
from midtvejs.solving.rules import A_SEAT, Label, Rule
from midtvejs.solving.stop import Stop

Seats = dict[int, int]
"""A session by participant, both by number."""


def seats_or_impasse(case: Case, round_: int, near: Sequence[int], stop: Stop) -> Seats | Impasse:
    """Seat everybody who takes a seat in a round, as many as can be where ``near`` has them; or say why not.

    People who are freed by a cancellation are in it; those who present as planned are not. Where ``stop`` has
    been asked for, any way will do, wherever people would rather be.

    Raises:
        OutOfTime: it could not be told in time.
    """
    relaxing = _Relaxing(case=case, round=round_, kinds=kinds_of(case, round_), stop=stop)
    seats = relaxing.seats(near)
    return relaxing.impasse() if seats is None else seats


def impasse_beside_seats(case: Case, round_: int, stop: Stop) -> Impasse | None:
    """Say what clashes in a round even if there were seats for everybody everywhere; None if nothing does."""
    relaxing = _Relaxing(case=case, round=round_, kinds=kinds_of(case, round_), stop=stop, seats_count=False)
    nowhere = [STANDING] * len(case.rows)
    return None if relaxing.seats(nowhere) is not None else relaxing.impasse()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Relaxing:
    case: Case
    round: int
    kinds: Mapping[Kind, list[int]]
    stop: Stop
    seats_count: bool = True

    def seats(self, near: Sequence[int]) -> Seats | None:
        model = Model()
        heads = Headcount(model, self.case, self.round, self.kinds)
        for rule in self._rules(heads):
            model.at_most(rule.terms, rule.limit)
        outcome = NOTHING
        if not self.stop.asked:
            model.minimise(heads.astray(near))
            outcome = model.solve(seed=0, stop=self.stop, effort=self.case.limits.lawful_effort)
        if outcome.verdict is Verdict.UNDECIDED and self.stop.asked:
            outcome = self._hurried()
        if outcome.verdict is Verdict.UNDECIDED:
            raise OutOfTime
        return heads.seated(outcome.values, near) if outcome.found else None

    def _hurried(self) -> Outcome:
        """Look for any seats at all, with little effort: without them all the time was for nothing."""
        model = Model()
        for rule in self._rules(Headcount(model, self.case, self.round, self.kinds)):
            model.at_most(rule.terms, rule.limit)
        return model.solve(seed=0, stop=Stop(), effort=self.case.limits.hurried_effort)

    def _rules(self, heads: Headcount) -> Iterator[Rule]:
        return (rule for rule in heads.rules() if self.seats_count or rule.label.unit != A_SEAT)

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
            smallest = self._given_up(labels, labels)
        except OutOfTime:
            if not clashes:
                raise
        return Impasse(
            round=self.case.program.rounds[self.round],
            clashes=tuple(clashes),
            smallest=tuple(label.changed(amount) for label, amount in smallest.items()),
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
                changes=tuple(label.changed(amount) for amount, label in changes),
            )
            if not changes:
                break
            in_force.remove(changes[0][1])

    def _labels(self) -> list[Label]:
        heads = Headcount(Model(), self.case, self.round, self.kinds)
        return list(dict.fromkeys(rule.label for rule in self._rules(heads)))

    def _possible(self, in_force: Collection[Label]) -> bool:
        return self._solved(in_force, ())[0].verdict is not Verdict.IMPOSSIBLE

    def _changes(self, rules: Sequence[Label]) -> list[tuple[int, Label]]:
        """Give by how much each of some clashing rules would have to give way, if it alone does."""
        found = ((self._given_up(rules, [label]).get(label, 0), label) for label in rules)
        return [(amount, label) for amount, label in found if amount]

    def _given_up(self, in_force: Collection[Label], giving: Collection[Label]) -> dict[Label, int]:
        """Let rules give way as little as can be; nothing where that does not help."""
        outcome, slack = self._solved(in_force, giving)
        if not outcome.found:
            return {}
        return {
            label: outcome.values[variable] for label, variable in slack.items() if outcome.values[variable]
        }

    def _solved(
        self, in_force: Collection[Label], giving: Collection[Label]
    ) -> tuple[Outcome, Mapping[Label, Variable]]:
        model = Model()
        heads = Headcount(model, self.case, self.round, self.kinds)
        people = len(self.case.rows)
        slack = {label: model.whole(people if label.unit else 1) for label in giving}
        asked = frozenset(in_force)
        for rule in heads.rules():
            if rule.label in asked:
                model.at_most([*rule.terms, *_slack(rule.label, slack, people)], rule.limit)
        if slack:
            model.minimise((1, variable) for variable in slack.values())
        outcome = model.solve(seed=0, stop=self.stop, effort=self.case.limits.lawful_effort)
        if outcome.verdict not in {Verdict.BEST, Verdict.IMPOSSIBLE}:
            # Cut short, this says nothing of what clashes, or of how little helps.
            self.stop.check()
        return outcome, slack


def _slack(label: Label, slack: Mapping[Label, Variable], people: int) -> list[Term]:
    # What gives way as a whole asks nothing any more: no sum in a rule is above the number of people.
    return [(-1 if label.unit else -people, slack[label])] if label in slack else []


def conflict(possible: Callable[[Sequence[Label]], bool], rules: Sequence[Label]) -> list[Label]:
    """Find rules that cannot all hold, none of them to spare, among ``rules`` that cannot all hold."""

    def reduced(kept: list[Label], grown: bool, rest: Sequence[Label]) -> list[Label]:
        if grown and not possible(kept):
            return []
        if len(rest) == 1:
            return list(rest)
        half = len(rest) // 2
        first, second = list(rest[:half]), list(rest[half:])
        of_second = reduced(kept + first, True, second)
        of_first = reduced(kept + of_second, bool(of_second), first)
        return of_first + of_second

    return reduced([], False, rules)
