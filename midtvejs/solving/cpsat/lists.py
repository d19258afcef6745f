"""One participant's seats in rounds that share a list: each session once, to its end, and steps as a sum.

Legend: "A > B", and both are held in rounds 1 and 2. Yes-or-no variables say whether Åse is in A in round 1,
in A in round 2, and so on. She is in A at most once: of the first two at most one is a yes. Her steps are the
places of her sessions less the pairs attended of which the upper one is a wish (instance/linear.py): of the
variables for how many sessions she is in, and how many of them are listed, exactly one is a yes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from midtvejs.domain.fairness import Seat
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.stated import Term, Variable
from midtvejs.solving.instance.case import PRESENTS, Case, CaseBlock, Sitting, marks_of
from midtvejs.solving.instance.linear import Amount, Counts, LinearList, pairs_attended, rungs_of_equals


@dataclass(frozen=True, slots=True)
class _Taken:
    """A seat that may be taken: its place on the list, and what else there is to say of it."""

    variable: Variable
    code: str
    place: int
    marks: int


class SeatedList:
    """Add to ``model`` what a list asks of somebody's seats: ``options`` by round, as Seating has them."""

    def __init__(
        self,
        model: Model,
        case: Case,
        block: CaseBlock,
        person: int,
        options: Sequence[Sequence[tuple[int, Variable]]],
    ) -> None:
        self._taken: list[_Taken] = []
        rounds = [index for index in block.rounds if case.ranking(person, index) != PRESENTS]
        listed = case.rounds[rounds[0]].listed[case.ranking(person, rounds[0])] if rounds else 0
        freed = any((person, index) in case.freed for index in rounds)
        lasting = any(len(sitting) > 1 for each in block.sittings for sitting in each)
        # Whoever presents what may be cancelled takes a seat only if it is.
        fewest = 0 if freed else min(1, len(rounds)) if lasting else len(rounds)
        self._linear = LinearList(listed, len(rounds), fewest)
        variable_at = {index: dict(options[index]) for index in rounds}
        pinned = case.pinned.get(person, frozenset())
        for code, sittings in zip(block.codes, block.sittings, strict=True):
            begun = [self._begin(model, case, person, (code, sitting), variable_at) for sitting in sittings]
            once = [(1, taken.variable) for taken in begun if taken]
            if len(once) > 1:
                model.at_most(once, 1)
            if code in pinned:
                model.at_least(once, 1)
            self._taken += [taken for taken in begun if taken]
        self._counts = [(counts, model.boolean()) for counts in self._linear.counts]
        model.exactly_one(variable for _, variable in self._counts)
        wished = [(1, taken.variable) for taken in self._taken if taken.place < listed]
        model.exactly([*wished, *((-count, variable) for (count, _), variable in self._counts)], 0)
        if fewest < len(rounds):
            seats = [(1, taken.variable) for taken in self._taken]
            model.exactly([*seats, *((-count, variable) for (_, count), variable in self._counts)], 0)
        self._equals = list(self._add_rungs(model, listed, len(rounds)))
        self._fewer = [
            self._both(model, taken, rounds) for taken, rounds in self._doubtful(lasting or not freed)
        ]

    def _add_rungs(
        self, model: Model, listed: int, rounds: int
    ) -> Iterator[tuple[int, Variable, list[Variable]]]:
        """Add the rungs of each tier of equals: what each adds in steps, and the seats that it stands for."""
        tiers: dict[int, dict[str, list[Variable]]] = {}
        for taken in self._taken:
            if taken.place < listed:
                tiers.setdefault(taken.place, {}).setdefault(taken.code, []).append(taken.variable)
        for tier in tiers.values():
            seats = [variable for of_session in tier.values() for variable in of_session]
            rungs = [(steps, model.boolean()) for steps in rungs_of_equals(len(tier), rounds)]
            if rungs:
                model.at_most([*((1, seat) for seat in seats), *((-1, rung) for _, rung in rungs)], 1)
            yield from ((steps, rung, seats) for steps, rung in rungs)

    def _doubtful(self, known: bool) -> Iterator[tuple[_Taken, int]]:
        """Return the seats that are among the first wishes, or not, by the number of ``rounds`` with a seat.

        That is only open for those who present what may be cancelled; they are few.
        """
        for taken in () if known else self._taken:
            for rounds in range(self._linear.fewest, min(taken.place + 1, self._linear.rounds)):
                if taken.place < self._linear.listed:
                    yield taken, rounds

    def _both(self, model: Model, taken: _Taken, rounds: int) -> tuple[_Taken, int, Variable]:
        """Return whether a seat is taken, and so many rounds in all."""
        both = model.boolean()
        of_rounds = [(1, variable) for (_, attended), variable in self._counts if attended == rounds]
        model.at_most([(1, both), (-1, taken.variable)], 0)
        model.at_most([(1, both), *((-1, variable) for _, variable in of_rounds)], 0)
        model.at_most([(1, taken.variable), *of_rounds, (-1, both)], 1)
        return taken, rounds, both

    @staticmethod
    def _begin(
        model: Model,
        case: Case,
        person: int,
        held: tuple[str, Sitting],
        variable_at: Mapping[int, Mapping[int, Variable]],
    ) -> _Taken | None:
        """Return the seat in a sitting; None where it is not open to the participant in all of its rounds."""
        code, sitting = held
        variables = [variable_at.get(index, {}).get(session) for index, session in sitting]
        known = [variable for variable in variables if variable is not None]
        if len(known) < len(variables):
            for variable in known:
                model.at_most([(1, variable)], 0)
            return None
        for variable in known[1:]:
            model.exactly([(1, known[0]), (-1, variable)], 0)
        (index, session), *_ = sitting
        round_, ranking = case.rounds[index], case.ranking(person, index)
        return _Taken(known[0], code, round_.rankings[ranking][session], marks_of(round_, ranking, session))

    @property
    def steps(self) -> list[Term]:
        """Return the steps in all of the rounds, as a sum; terms of 0 are left out."""
        places = [(taken.place, taken.variable) for taken in self._taken if taken.place]
        pairs = [(-pairs_attended(*counts), variable) for counts, variable in self._counts]
        equals = [(steps, rung) for steps, rung, _ in self._equals]
        return places + [(count, variable) for count, variable in pairs if count] + equals

    def terms_of(self, amount: Amount) -> Iterator[Term]:
        """Return a criterion of seats as a sum; terms of 0 are left out."""
        for taken in self._taken:
            if count := self._linear.of_place(amount, taken.place, taken.marks):
                yield count, taken.variable
        for counts, variable in self._counts:
            if count := self._linear.of_counts(amount, counts):
                yield count, variable
        if step := self._linear.of_step(amount):
            yield from ((step * steps, rung) for steps, rung, _ in self._equals)
        for taken, rounds, variable in self._fewer:
            seats = (
                Seat(steps=0, listed=self._linear.listed, place=taken.place, rounds=each)
                for each in (rounds, self._linear.rounds)
            )
            fewer, all_of_them = map(amount, seats)
            if fewer != all_of_them:
                yield fewer - all_of_them, variable

    def values_of(self, seats: Mapping[Variable, int]) -> dict[Variable, int]:
        """Say the counts of seats, by their variables, in variables."""
        taken = [each for each in self._taken if seats.get(each.variable)]
        counts: Counts = sum(each.place < self._linear.listed for each in taken), len(taken)
        fewer = {
            variable: int(bool(seats.get(each.variable)) and rounds == len(taken))
            for each, rounds, variable in self._fewer
        }
        equals = {
            rung: int(sum(bool(seats.get(seat)) for seat in tier) > steps)
            for steps, rung, tier in self._equals
        }
        return fewer | equals | {variable: int(each == counts) for each, variable in self._counts}
