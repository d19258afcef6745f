"""How many of each kind go where: enough to tell whether everybody can be seated, whatever they wish for.

Wishes aside, people differ in little: in who decided what about them, and in their organisation where that
counts. Those who do not differ are of one kind. Rounds have nothing to do with each other here.

Legend, with three people in a round of 1A and 1B: Åse and Bo are pinned to 1A, nothing is decided about Cai.
Two kinds, Åse with Bo, and Cai; for each kind and session a whole number, how many of the kind are there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from midtvejs.domain.participants import folded
from midtvejs.domain.rules import Pin
from midtvejs.solving.case import PRESENTS, STANDING, Case
from midtvejs.solving.cpsat import Model, Term, Variable
from midtvejs.solving.ladders import Ladders
from midtvejs.solving.rules import RULES, Label, Rule
from midtvejs.solving.sessions import Sessions, Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """People alike: what was decided about them, and their organisation where it counts.

    ``person`` is somebody's number where nobody else is like them, -1 otherwise.
    """

    pins: tuple[Pin, ...]
    organisation: str
    person: int


def kinds_of(case: Case, round_: int) -> Mapping[Kind, list[int]]:
    """Sort everybody who may take a seat in a round by kind, in the order of the lottery."""
    codes = frozenset(case.rounds[round_].codes)
    named = {person for members in case.members.values() for person in members}
    counts = case.program.rules.at_most is not None
    kinds: dict[Kind, list[int]] = defaultdict(list)
    for number, person in enumerate(case.participants):
        if case.ranking(number, round_) == PRESENTS:
            continue
        alone = number in named or person.step_free or (number, round_) in case.freed
        kind = Kind(
            pins=tuple(pin for pin in person.pins if pin.code in codes),
            organisation=folded(person.organisation) if counts else "",
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
        self._counts = {kind: self._counted(kind, len(people)) for kind, people in kinds.items()}
        self._alone = {kind.person: counts for kind, counts in self._counts.items() if kind.person >= 0}

    def _counted(self, kind: Kind, size: int) -> list[Variable]:
        counts = [self.model.whole(size) for _ in self.case.rounds[self.round].codes]
        terms = [(1, count) for count in counts]
        if (kind.person, self.round) in self.case.freed:
            held = self.sessions.held((self.round, self.case.own(kind.person, self.round)))
            terms += [] if held is None else [(1, held)]
        self.model.exactly(terms, size)
        return counts

    def audience(self, spot: Spot) -> list[Term]:
        return [(1, counts[spot[1]]) for counts in self._counts.values()]

    def colleagues(self, spot: Spot) -> Mapping[str, list[Term]]:
        by_name: dict[str, list[Term]] = defaultdict(list)
        for kind, counts in self._counts.items():
            by_name[kind.organisation].append((1, counts[spot[1]]))
        return {
            organisation: by_name[folded(organisation)]
            for organisation in self.case.organisations
            if folded(organisation) in by_name
        }

    def presence(self, person: int, spot: Spot) -> list[Term]:
        if self.case.own(person, self.round) == spot[1] and self.case.participants[person].attends(
            self.case.program.rounds[self.round]
        ):
            held = self.sessions.held(spot)
            return [(1, self.always if held is None else held)]
        counts = self._alone.get(person)
        return [] if counts is None else [(1, counts[spot[1]])]

    def rules(self) -> Iterator[Rule]:
        """Give everything that holds in the round."""
        for rule in RULES:
            yield from rule(self, self.round)
        yield from self._decisions()

    def _decisions(self) -> Iterator[Rule]:
        """Give the pins and bans of the round as rules."""
        codes = list(self.case.rounds[self.round].codes)
        of_pin: dict[Pin, list[list[Variable]]] = defaultdict(list)
        for kind, counts in self._counts.items():
            for pin in dict.fromkeys(kind.pins):
                of_pin[pin].append(counts)
        for pin, concerned in of_pin.items():
            number = codes.index(pin.code)
            terms = [
                (1, count)
                for counts in concerned
                for session, count in enumerate(counts)
                if (session != number) == pin.holds
            ]
            told = f"{pin} ({pin.place.file}:{pin.place.line})" if pin.place else str(pin)
            noun = "pin" if pin.holds else "ban"
            yield Rule(label=Label(text=told, change=f"release the {noun}: {told}"), terms=terms, limit=0)

    def astray(self, near: Sequence[int]) -> list[Term]:
        """Count who cannot be where they would rather be, for a preferred session of everybody."""
        terms: list[Term] = []
        for kind, people in self.kinds.items():
            preferred = Counter(near[person] for person in people)
            for session, count in enumerate(self._counts[kind]):
                beyond = self.model.whole(len(people))
                self.model.at_most([(1, count), (-1, beyond)], preferred[session])
                terms.append((1, beyond))
        return terms

    def seated(self, values: Sequence[int], near: Sequence[int]) -> dict[int, int]:
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
