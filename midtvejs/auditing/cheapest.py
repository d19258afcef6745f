"""The cheapest days at given prices, block by block: what bound.py adds up.

In a block everybody takes a seat in each round that they attend and do not present in, and in no session
twice; what goes on through several rounds fills all of them at once. So go down their list. A wish is passed
over, or taken in one of the rounds that are still free: then its steps are the wishes above it less those of
them that were taken, and known at once. What is left is filled with sessions that are not listed, and each of
them costs as many steps as there are wishes that were not taken.

With a pencil: A > B > C for two rounds, and D is not listed. To take C and D is to pass over A and B: 2 steps
for C, 2 for D. To take A and C is 0 and 1.

This module shares no code with the solver.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

from midtvejs.domain.participants import Participant, Wishes, fold
from midtvejs.domain.program import Program
from midtvejs.domain.traits import trait_of

Options = tuple[tuple[int, int], ...]
"""What there is to choose from: numbers of steps, rising, each with its least cost in 1 / SCALE, falling.

More steps that are no cheaper are never worth it, and left out: so most lists of wishes come to the same.
"""

Trait = tuple[str, str]
"""A group, such as organisations, and what somebody is in it; or a group to be apart, by its number."""

APART = ""
"""What stands in a trait for a group such as organisations where people are to be apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited:
    """Those of whom so many at most may be in sittings, and what they pay there: ``prices`` by trait and key.

    ``apart`` are the traits of participants, by key, who are to be apart from others.
    """

    prices: Mapping[Trait, Mapping[str, int]]
    apart: Mapping[str, tuple[Trait, ...]]


Ways = Iterable[tuple[int, int]]
"""Numbers of steps, each with a cost, in any order."""

NOTHING: frozenset[str] = frozenset()
NO_SITTINGS: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is worth looking at: no more steps than ``worst``, and nothing that costs ``dearest``.

    Where it does not matter how many steps a day has, ``by_steps`` is false, and all are counted as 0.
    """

    worst: int | None
    dearest: int | None
    by_steps: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Charges:
    """What the criteria charge for each step of a seat, and for a seat.

    ``late``: it is listed, but not among as many first wishes as there are rounds. ``own``: in a session of
    their own organisation. ``moved``: in one that they were not in before.
    """

    step: int
    late: int
    unlisted: int
    own: int
    moved: int


def worthwhile(ways: Ways, limits: Limits) -> Options:
    """Keep what is within the limits, and cheaper than anything with as few steps."""
    worst, cheapest = limits.worst, limits.dearest
    kept: list[tuple[int, int]] = []
    for way in sorted(ways):
        steps, cost = way
        if worst is not None and steps > worst:
            break
        if cheapest is None or cost < cheapest:
            kept.append(way)
            cheapest = cost
    return tuple(kept)


class _Sitting(NamedTuple):
    """``rounds`` has a bit for each of the block's rounds that it goes on through."""

    code: str
    rounds: int
    price: int


class _Way(NamedTuple):
    """Where somebody may take a seat: in each of the ``free`` rounds, in a sitting whose number is open.

    They must be in each of the sessions that are ``needed``.
    """

    free: int
    open: frozenset[int]
    needed: frozenset[str]


class _Dearer(NamedTuple):
    """The sittings of somebody's own organisation, and those that they were not in before.

    ``limited`` is what they are in groups of whom only so many may be in some sittings, where that is priced.
    """

    own: frozenset[int] = NO_SITTINGS
    moved: frozenset[int] = NO_SITTINGS
    limited: tuple[Trait, ...] = ()


class _Offer(NamedTuple):
    """What somebody has before them in a block. ``dearer`` are sittings that are charged for beside wishes.

    There are several ways where a session that they present may be cancelled.
    """

    wishes: Wishes
    ways: tuple[_Way, ...]
    dearer: _Dearer


def _is_constrained(person: Participant) -> bool:
    """Whether anything narrows where somebody may take a seat."""
    return bool(person.pins or person.step_free or person.presents or person.absent)


class PricedBlock:
    """One block at its prices, in which everybody has one of few kinds of options."""

    def __init__(
        self,
        program: Program,
        index: int,
        prices: Mapping[str, int],
        charges: Charges,
        limits: Limits,
        *,
        limited: Limited,
    ) -> None:
        self._program = program
        self._index = index
        self._rounds = program.rounds_in(program.blocks[index])
        self._charges = charges
        self._limits = limits
        self._sittings = self._price_sittings(prices)
        self._of_traits = {
            trait: {self._numbers[key]: price for key, price in priced.items() if key in self._numbers}
            for trait, priced in limited.prices.items()
        }
        self._apart = limited.apart
        self._groups = sorted({group for group, _ in limited.prices} - {APART})
        everywhere = (1 << len(self._rounds)) - 1
        self._plain = (_Way(everywhere, frozenset(range(len(self._sittings))), NOTHING),)
        self._kinds: dict[Options, int] = {}
        self._known: dict[_Offer, int] = {}
        self._alike: dict[int, tuple[Wishes, int]] = {}
        self._choices: dict[tuple[_Way, _Dearer], _Choices] = {}

    @property
    def options(self) -> list[Options]:
        """The options of each kind, as far as a participant was asked for."""
        return list(self._kinds)

    def kind_of(self, person: Participant) -> int:
        """Number what a participant can choose from; what was priced for another is not priced again."""
        alone = self._charges.own or self._charges.moved or _is_constrained(person)
        if alone or (self._of_traits and self._limited(person)):
            return self._kind(self._offer(person))
        # Wishes read from the same words are one object; it is kept, so that its id stays its own.
        wishes = person.wishes[self._index]
        known = self._alike.get(id(wishes))
        if known is None:
            known = self._alike[id(wishes)] = wishes, self._kind(self._offer(person))
        return known[1]

    def _kind(self, offer: _Offer) -> int:
        if offer not in self._known:
            options = worthwhile(self._days(offer), self._limits)
            self._known[offer] = self._kinds.setdefault(options, len(self._kinds))
        return self._known[offer]

    def seats_of(self, person: Participant) -> Mapping[str, tuple[int, int]]:
        """Return the steps and the cost of each seat that is open to somebody, in a block of one round."""
        (round_,) = self._rounds
        dearer = self._offer(person).dearer
        seats = {}
        for number, sitting in enumerate(self._sittings):
            if sitting.code in person.open_to_them(round_) - person.presents:
                steps, charge = self._charge(person.wishes[self._index], [sitting.code], 1)
                seats[sitting.code] = steps, charge + self._priced(number, dearer).price
        return seats

    def _price_sittings(self, prices: Mapping[str, int]) -> tuple[_Sitting, ...]:
        found: dict[str, _Sitting] = {}
        for number, round_ in enumerate(self._rounds):
            for session in round_.sessions:
                # The price of what goes on from an earlier round was paid there.
                price = 0 if round_.has_begun(session) else prices[session.key]
                known = found.get(session.key) or _Sitting(session.code, 0, price)
                found[session.key] = known._replace(rounds=known.rounds | 1 << number)
        self._numbers = {key: number for number, key in enumerate(found)}
        return tuple(found.values())

    # What somebody has before them

    def _offer(self, person: Participant) -> _Offer:
        moved = self._not_had(person) if self._charges.moved and person.earlier else NO_SITTINGS
        dearer = _Dearer(self._own(person), moved, self._limited(person))
        return _Offer(person.wishes[self._index], self._ways_of(person), dearer)

    def _limited(self, person: Participant) -> tuple[Trait, ...]:
        traits = [(group, trait_of(person, group)) for group in self._groups]
        traits += self._apart.get(person.key, ())
        return tuple(trait for trait in traits if trait in self._of_traits)

    def _own(self, person: Participant) -> frozenset[int]:
        if not self._charges.own:
            return NO_SITTINGS
        return self._theirs.get(fold(person.organisation), NO_SITTINGS)

    def _ways_of(self, person: Participant) -> tuple[_Way, ...]:
        return tuple(self._ways(person)) if _is_constrained(person) else self._plain

    def _earlier(self, person: Participant) -> list[str]:
        """Return the codes of a participant's earlier day in the rounds of the block."""
        return [person.earlier[number] for number in self._program.blocks[self._index].rounds]

    def _not_had(self, person: Participant) -> frozenset[int]:
        """Return the sittings that begin where a participant had another one, or none."""
        earlier = self._earlier(person)
        return frozenset(
            number
            for number, sitting in enumerate(self._sittings)
            if earlier[(sitting.rounds & -sitting.rounds).bit_length() - 1] != sitting.code
        )

    def stay(self, person: Participant) -> list[tuple[int, int]]:
        """Return the steps and the cost of every way not to be moved: each seat is one that they had before.

        There is none where one of these is not open to them any more.
        """
        dearer, wishes = _Dearer(self._own(person), limited=self._limited(person)), person.wishes[self._index]
        found = []
        for way in self._ways_of(person):
            taken, filled = self._taken_before(person, way)
            codes = [self._sittings[number].code for number in taken]
            if filled == way.free and len(codes) == len({*codes}) and way.needed <= {*codes}:
                price = sum(self._priced(number, dearer).price for number in taken)
                steps, charge = self._charge(wishes, codes, way.free.bit_count())
                found.append((steps if self._limits.by_steps else 0, price + charge))
        return found

    def _taken_before(self, person: Participant, way: _Way) -> tuple[list[int], int]:
        """Return the open sittings that begin where a participant was in them, and the rounds they fill."""
        earlier, taken, filled = self._earlier(person), list[int](), 0
        for number, sitting in enumerate(self._sittings):
            first = sitting.rounds & -sitting.rounds
            had = sitting.code == earlier[first.bit_length() - 1]
            if had and number in way.open and not filled & first:
                taken.append(number)
                filled |= sitting.rounds
        return taken, filled

    def _charge(self, wishes: Wishes, codes: Sequence[str], rounds: int) -> tuple[int, int]:
        """Return the steps of a block in which these sessions are attended, and what wishes charge for it."""
        places = [wishes.place_of(code) for code in codes if code in wishes.codes]
        others, listed = len(codes) - len(places), len(wishes.codes)
        steps = sum(place - sum(other < place for other in places) for place in places)
        steps += others * (listed - len(places))
        late = sum(place >= rounds for place in places)
        unlisted = max(0, others - max(0, rounds - listed))
        charges = self._charges
        return steps, steps * charges.step + late * charges.late + unlisted * charges.unlisted

    @cached_property
    def _theirs(self) -> Mapping[str, frozenset[int]]:
        """The sittings behind which each organisation stands, by its folded name."""
        numbers: dict[str, set[int]] = defaultdict(set)
        for round_ in self._rounds:
            for session in round_.sessions:
                for organisation in session.by:
                    numbers[fold(organisation)].add(self._numbers[session.key])
        return {organisation: frozenset(own) for organisation, own in numbers.items() if organisation}

    def _ways(self, person: Participant) -> Iterator[_Way]:
        """Return a way for each choice of their own sittings that may be cancelled."""
        free, freed = 0, dict[str, int]()
        closed: set[tuple[str, int]] = set()
        for number, round_ in enumerate(self._rounds):
            is_open = person.open_to_them(round_) - person.presents
            closed.update((each.code, number) for each in round_.sessions if each.code not in is_open)
            if not person.attends(round_):
                continue
            own = person.presents_in(round_)
            if own is None:
                free |= 1 << number
            for session in round_.sessions:
                if session.code == own and session.may_be_cancelled:
                    freed[session.key] = freed.get(session.key, 0) | 1 << number
        numbers = range(len(self._rounds))
        is_open_through = [
            all((each.code, number) not in closed for number in numbers if each.rounds >> number & 1)
            for each in self._sittings
        ]
        for choice in product(*((0, rounds) for rounds in freed.values())):
            rounds = free + sum(choice)
            open_ = frozenset(
                number
                for number, each in enumerate(self._sittings)
                if is_open_through[number] and not each.rounds & ~rounds
            )
            yield _Way(rounds, open_, self._find_needed(person, rounds))

    def _find_needed(self, person: Participant, free: int) -> frozenset[str]:
        """Return the sessions, held more than once, that somebody has to be in, in whichever round.

        Where one is held in none of the rounds left to them, or in another block too, nothing is known.
        """
        pinned = person.pinned_anywhere(self._program) - person.presents
        return frozenset(
            code
            for code in pinned
            if any(each.code == code and each.rounds & free for each in self._sittings)
            and sum(each.code == code for each in self._program.sittings.values())
            == sum(each.code == code for each in self._sittings)
        )

    def _days(self, offer: _Offer) -> Iterator[tuple[int, int]]:
        for way in offer.ways:
            key = way, offer.dearer
            if key not in self._choices:
                priced = [self._priced(number, offer.dearer) for number in sorted(way.open)]
                self._choices[key] = _Choices(way, priced, self._charges, self._limits)
            yield from self._choices[key].days(offer.wishes)

    def _priced(self, number: int, dearer: _Dearer) -> _Sitting:
        """Return a sitting with what is charged for a seat in it, whatever is wished for."""
        sitting, charges = self._sittings[number], self._charges
        more = charges.own * (number in dearer.own) + charges.moved * (number in dearer.moved)
        more += sum(self._of_traits[trait].get(number, 0) for trait in dearer.limited)
        return sitting._replace(price=sitting.price + more)


class _Choices:
    """The sittings that somebody may take in their free rounds, at what each costs them."""

    def __init__(self, way: _Way, sittings: Iterable[_Sitting], charges: Charges, limits: Limits) -> None:
        self._free, self._needed = way.free, way.needed
        self._rounds = way.free.bit_count()
        self._charges = charges
        self._limits = limits
        self._of_session: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._by_rounds: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for code, rounds, price in sittings:
            self._of_session[code].append((rounds, price))
            self._by_rounds[rounds].append((price, code))
        for cheapest in self._by_rounds.values():
            cheapest.sort()
        # Who must be where they cannot be has no day at all.
        self._is_possible = way.needed <= self._of_session.keys()
        self._fillings: dict[tuple[_Sitting, ...], Fillings] = {}

    def days(self, wishes: Wishes) -> Iterator[tuple[int, int]]:
        """Return the steps and the cost of days, the cheapest with each number of steps among them."""
        listed = len(wishes.codes)
        spare = max(0, self._rounds - listed)
        charges, by_steps = self._charges, self._limits.by_steps
        fillings = self._fill_rest(wishes) if self._is_possible else {}
        for (filled, taken), options in self._take_wishes(wishes).items() if fillings else ():
            for others, price in fillings.get(self._free & ~filled, ()):
                more = others * (listed - taken)
                cost = price + more * charges.step + max(0, others - spare) * charges.unlisted
                for steps, spent in options:
                    yield (steps + more if by_steps else 0), spent + cost

    def _take_wishes(self, wishes: Wishes) -> Mapping[tuple[int, int], Options]:
        """Return what the wishes cost that are taken, by the rounds that they fill and by their number."""
        states: dict[tuple[int, int], Options] = {(0, 0): ((0, 0),)}
        for above, tier in _tiers(wishes):
            # Nobody misses an equal of what they take: the steps are the same all through the tier.
            within = {(*state, state[1]): options for state, options in states.items()}
            for code in tier:
                within = self._take_wish(within, code, above)
            ways: dict[tuple[int, int], list[tuple[int, int]]] = {}
            for (filled, taken, _), options in within.items():
                ways.setdefault((filled, taken), []).extend(options)
            states = {state: worthwhile(each, self._limits) for state, each in ways.items()}
        return states

    def _take_wish(self, states: _Within, code: str, above: int) -> _Within:
        """Take a wish or pass it over. With each state stands how many were taken above its tier."""
        limits, charges = self._limits, self._charges
        sittings = self._of_session.get(code, ())
        late = charges.late if above >= self._rounds else 0
        found: dict[tuple[int, int, int], list[tuple[int, int]]] = {}
        for (filled, taken, higher), options in states.items() if sittings else ():
            step = above - higher
            if limits.worst is not None and step > limits.worst:
                continue
            charge = step * charges.step + late
            more = step if limits.by_steps else 0
            for rounds, price in sittings:
                if not filled & rounds:
                    ways = found.setdefault((filled | rounds, taken + 1, higher), [])
                    ways.extend([(steps + more, cost + price + charge) for steps, cost in options])
        kept = {} if code in self._needed else dict(states)
        for state, ways in found.items():
            kept[state] = worthwhile([*kept.get(state, ()), *ways], limits)
        return kept

    def _fill_rest(self, wishes: Wishes) -> Fillings:
        candidates = tuple(self._worth_taking(set(wishes.codes)))
        if candidates not in self._fillings:
            self._fillings[candidates] = self._fill(candidates)
        return self._fillings[candidates]

    def _worth_taking(self, listed: AbstractSet[str]) -> Iterator[_Sitting]:
        """Return the cheapest sittings that are not listed: as many as there are rounds to fill."""
        for rounds, cheapest in self._by_rounds.items():
            left = self._rounds
            for price, code in cheapest:
                if code not in listed and (left > 0 or code in self._needed):
                    left -= 1
                    yield _Sitting(code, rounds, price)

    def _fill(self, candidates: Iterable[_Sitting]) -> Fillings:
        of_session: dict[str, list[_Sitting]] = defaultdict(list)
        for each in candidates:
            of_session[each.code].append(each)
        states: dict[tuple[int, int], int] = {(0, 0): 0}
        for code, sittings in of_session.items():
            found = {} if code in self._needed else dict(states)
            for (filled, others), cost in states.items():
                for each in sittings:
                    state, more = (filled | each.rounds, others + 1), cost + each.price
                    if not filled & each.rounds and more < found.get(state, more + 1):
                        found[state] = more
            states = found
        fillings: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for (filled, others), cost in states.items():
            fillings[filled].append((others, cost))
        return fillings


_Within = dict[tuple[int, int, int], Options]
"""Options by the rounds filled, the wishes taken, and those of them taken above the tier at hand."""


def _tiers(wishes: Wishes) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Return how many wishes stand above each tier, and its sessions."""
    above = 0
    for tier in wishes.tiers if wishes.above else [(code,) for code in wishes.codes]:
        yield above, tier
        above += len(tier)


Fillings = Mapping[int, Sequence[tuple[int, int]]]
"""How rounds can be filled with what is not listed: with how many sessions, and at what cost."""
