"""The figures of an assignment as several pages tell them: proofs, demand, wishes met."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.balance import find_balance
from midtvejs.domain.fairness import Criterion, Stage, Status
from midtvejs.domain.keeping import FEWEST
from midtvejs.domain.lists import Alone
from midtvejs.domain.mechanism import Mechanism
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.profile import Profile, attended_in, first_wishes, steps_of
from midtvejs.domain.program import Block, Program, Session
from midtvejs.domain.wording import listing
from midtvejs.output.layout import colour
from midtvejs.output.roster import in_reading_order, tell_apart

MANY = 10
"""So many of the worst off are named."""
FAIREST = "Proven: by these criteria, in this order, no lawful assignment is fairer."
PROVEN = {
    Criterion.DISPLACED: (
        "Proven: no lawful assignment is fairer by these criteria, in this order, unless anyone is moved who "
        "does not gain by it."
    ),
    Criterion.MOVED: (
        "Proven: no lawful assignment moves fewer; of those that move as few, none is fairer by these "
        "criteria, in this order."
    ),
}
"""What is proven where an earlier assignment is kept, by the criterion that says so."""
BY_WORD = "by the solver's word"
"""Said of what neither prices nor counting prove: nobody can recompute it."""
IN_PROPORTION = "spread in proportion to the seats left"
NOT_PROVEN = "Lawful, but not proven to be the fairest: the search was ended early."


def say_proven(stages: Iterable[Stage]) -> str:
    """Say what it means that each of these stages is proven, and which are by the solver's word."""
    stages = tuple(stages)
    said = next((PROVEN[each.criterion] for each in stages if each.criterion in PROVEN), FAIREST)
    by_word = [each.criterion for each in stages if each.by_word]
    return said.replace("Proven:", f"Proven ({listing(by_word)}: {BY_WORD}):", 1) if by_word else said


@dataclass(frozen=True, kw_only=True)
class Summary:
    assignment: Assignment
    stages: tuple[Stage, ...]
    status: Status
    dealt: str = ""
    planned: Program | None = None

    @property
    def verdict(self) -> str:
        if self.dealt:
            return self.dealt
        return say_proven(self.stages) if self.status is Status.OPTIMAL else NOT_PROVEN

    @property
    def profile(self) -> Profile:
        return self.assignment.profile

    @cached_property
    def proofs(self) -> list[str]:
        """Return a line for each stage, in the order in which they were reached."""
        said = ("" if self.dealt else f" ({proof(stage)})" for stage in self.stages)
        return [f"{self.reached(stage)}{proven}" for stage, proven in zip(self.stages, said, strict=True)]

    def reached(self, stage: Stage) -> str:
        """Return what a stage reached; where only who gains was moved, that is beyond those moved before."""
        more = " more" if stage.criterion in FEWEST and self.stages[0].criterion not in FEWEST else ""
        return f"{stage.criterion} {stage.value}{more}"

    @cached_property
    def demands(self) -> list[Demand]:
        """Return every session, each that is held more than once with its sittings."""
        program, taken = self.assignment.program, self.assignment.count_taken()
        wanted = first_wishes(program, self.assignment.participants)
        sittings: dict[str, list[Sitting]] = {}
        for key, session in program.sittings.items():
            cancelled = key in self.assignment.cancelled
            round_id = program.round_of[key].id
            sitting = Sitting(round_id=round_id, session=session, taken=taken[key], cancelled=cancelled)
            sittings.setdefault(session.code, []).append(sitting)
        return [
            Demand(session=program.sessions[code], wanted=wanted[code], sittings=tuple(held))
            for code, held in sittings.items()
        ]

    @cached_property
    def own(self) -> Mapping[str, int]:
        """The part of each regret that is the program's own, by participant key, where there is any."""
        alone = ((person.key, self._alone.regret(person)) for person in self.assignment.participants)
        return {key: regret for key, regret in alone if regret} if self.assignment.program.lists else {}

    @cached_property
    def _alone(self) -> Alone:
        return Alone(self.assignment.program)

    @property
    def programs_own(self) -> str:
        """Say how much of all regret is the program's own; nothing where none is."""
        if not self.own:
            return ""
        total, own = sum(self.profile.regrets.values()), sum(self.own.values())
        most = max(self.own.values())
        of_one = f", up to {most} for one participant" if most < own else ""
        part = f"{own} {'is' if own == 1 else 'are'} the program's own{of_one}"
        return f"Of the total {total}, {part}: wishes that run in the same round."

    @cached_property
    def balance(self) -> str:
        """Say how those without wishes are spread; nothing where there are none."""
        balances = find_balance(self.assignment)
        if not balances:
            return ""
        (first, *more) = balances
        others = "".join(f", {each.people} in {each.round.id}" for each in more)
        beyond = sum(each.beyond for each in balances)
        spread = f"{beyond} beyond their share of the seats left" if beyond else IN_PROPORTION
        return f"balance {beyond} ({first.people} without wishes in {first.round.id}{others}: {spread})"

    @cached_property
    def wishes(self) -> list[tuple[str, int, int]]:
        return wishes_met(self.profile)

    @property
    def apart(self) -> str:
        """Say which seats nobody had wishes for."""
        return (
            f"Not counted: seats in rounds without wishes ({self.profile.without_wishes}), "
            f"presenters in their own sessions ({self.profile.presenting})"
            + (f", rounds not attended ({self.profile.away})." if self.profile.away else ".")
        )

    @cached_property
    def names(self) -> Mapping[str, str]:
        return tell_apart(self.assignment.participants)

    @cached_property
    def worst_off(self) -> list[Participant]:
        """Return everybody who has the highest regret, in the order of letters; nobody where it is 0."""
        regrets = self.profile.regrets
        highest = max(regrets.values(), default=0)
        people = [p for p in self.assignment.participants if highest and regrets[p.key] == highest]
        return in_reading_order(people, self.assignment.program.event.language)

    def costs(self, person: Participant) -> str:
        """Say which rounds cost somebody a higher wish: ``R1 1D (3rd wish, after 1A > 1B)``.

        And which of the wishes run in the same round, so that nobody could have them all.
        """
        program, day = self.assignment.program, self.assignment.days[person.key]
        steps = steps_of(person, day, program)
        found: dict[int, str] = {}
        for block, wishes in zip(program.blocks, person.wishes, strict=True):
            for number in block.rounds:
                if code := day[number] if steps[number] else "":
                    missed = _missed(block, wishes, code, attended_in(block, person, day))
                    found[number] = f"{program.rounds[number].id} {code} ({missed})"
        return ", ".join(each for _, each in sorted(found.items())) + self._clash(person)

    def _clash(self, person: Participant) -> str:
        """Return ``; B and C run in the same round, which alone costs 2``."""
        if not (own := self.own.get(person.key, 0)):
            return ""
        clash = self._alone.find_clash(person)
        if len(clash) == 2:
            why = f"{listing(clash)} run in the same round"
        else:
            why = f"{listing(clash or ('the wishes',))} do not fit into one day"
        return f"; {why}, which alone costs {own}"

    @property
    def others(self) -> str:
        more = len(self.worst_off) - MANY
        return f"and {more} more" if more > 0 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A session as it is held in one round, or from it on, and the seats taken in it."""

    round_id: str
    session: Session
    taken: int
    cancelled: bool = False

    @property
    def mark(self) -> str:
        return "cancelled" if self.cancelled else ""

    @property
    def seats(self) -> int:
        return self.session.seats

    @property
    def kept_free(self) -> str:
        return f"{self.session.kept_free} kept free" if self.session.kept_free else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A session, the seats taken each time that it is held, and how many want it most."""

    session: Session
    wanted: int
    sittings: tuple[Sitting, ...]

    @property
    def cancelled(self) -> bool:
        return all(sitting.cancelled for sitting in self.sittings)

    @property
    def taken(self) -> int:
        return sum(sitting.taken for sitting in self.sittings)

    @property
    def seats(self) -> int:
        """How many seats it has whenever it is held; with those of what is cancelled if all of it is."""
        held = [sitting for sitting in self.sittings if self.cancelled or not sitting.cancelled]
        return sum(sitting.seats for sitting in held)

    @property
    def again(self) -> tuple[Sitting, ...]:
        """Its sittings, where there are several."""
        return self.sittings if len(self.sittings) > 1 else ()

    @property
    def mark(self) -> str:
        if self.cancelled:
            return "cancelled"
        too_many = self.wanted - self.seats
        return f"over-subscribed by {too_many}" if too_many > 0 else ""

    @property
    def short_mark(self) -> str:
        return self.mark.replace("over-subscribed", "over")

    @property
    def kept_free(self) -> str:
        return "" if self.again else self.sittings[0].kept_free

    @property
    def colour(self) -> str:
        return colour(self.wanted, self.seats)


def wishes_met(profile: Profile) -> list[tuple[str, int, int]]:
    """Return what became of the wishes: in words, how many seats, and their share in percent."""
    ranks = profile.ranks
    counts = {
        "1st wish": ranks.get(1, 0),
        "2nd wish": ranks.get(2, 0),
        "3rd wish": ranks.get(3, 0),
        "later wish": sum(count for rank, count in ranks.items() if rank > 3),
        "not listed": profile.unlisted,
    }
    shares = percentages(list(counts.values()))
    return [(label, count, share) for (label, count), share in zip(counts.items(), shares, strict=True)]


def list_stages(stages: Iterable[Stage]) -> str:
    """Return every criterion with its proof, in one line."""
    return ", ".join(map(say_stage, stages))


def say_stage(stage: Stage) -> str:
    """Return, for example, ``total 205 (the minimum)``."""
    return f"{stage.criterion} {stage.value} ({proof(stage)})"


def proof(stage: Stage) -> str:
    """Say what is proven of a stage, in brackets' length, and whether that is the solver's word."""
    return say_bound(stage, f", {BY_WORD}" if stage.by_word else "")


def say_bound(stage: Stage, by: str = "") -> str:
    """Say what its bound says of a stage; ``by`` stands behind it."""
    if not stage.proven:
        return f"at least {stage.bound}{by}; gap {stage.gap}"
    if stage.criterion is not Criterion.WORST:
        return f"the minimum{by}"
    return f"{stage.value - 1} is impossible{by}" if stage.value else "nobody can do better"


def percentages(counts: list[int]) -> list[int]:
    """Round shares to whole percent that add up to 100, by largest remainders; all 0 where nothing is."""
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    shares = [count * 100 // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda each: (-(counts[each] * 100 % total), each))
    for each in by_remainder[: 100 - sum(shares)]:
        shares[each] += 1
    return shares


def _missed(block: Block, wishes: Wishes, code: str, attended: Collection[str]) -> str:
    """Say what somebody misses for a session: all that stands above it, or what of it they do not attend."""
    rank = wishes.rank_of(code)
    if block.alone:
        return _against(wishes, code)
    missed = wishes.above_only(code).without(attended)
    return f"{f'{_ordinal(rank)} wish' if rank else 'not listed'}, without {missed}"


def _against(wishes: Wishes, code: str) -> str:
    rank = wishes.rank_of(code)
    if rank is None:
        return f"not among {wishes}"
    return f"{_ordinal(rank)} wish, after {wishes.above_only(code)}"


def _ordinal(number: int) -> str:
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else suffix}"


def mechanism_line(mechanism: Mechanism, *, seed: int, timed: bool) -> str:
    """Say it in a line; nothing of the fair mechanism, whose proofs speak for it.

    ``timed``: the wishes say when they were handed in.
    """
    match mechanism:
        case Mechanism.LOTTERY:
            return f"Dealt by lottery (random serial dictatorship), seed {seed}; nothing is optimised."
        case Mechanism.FIRST_COME:
            return f"Dealt first come, first served, {queue_order(timed=timed)}; nothing is optimised."
        case Mechanism.FAIR:
            return ""


def queue_order(*, timed: bool) -> str:
    return f"in the order of the {'timestamps' if timed else 'rows'}"
