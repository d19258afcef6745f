"""The figures of an assignment as several pages tell them: proofs, demand, wishes met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Criterion, Stage, Status
from midtvejs.domain.mechanism import Mechanism
from midtvejs.domain.participants import Participant
from midtvejs.domain.profile import Profile, first_wishes, steps_of
from midtvejs.domain.program import Program, Session
from midtvejs.output.layout import colour
from midtvejs.output.roster import in_reading_order, tell_apart

MANY = 10
"""So many of the worst off are named."""
VERDICTS = {
    Status.OPTIMAL: "Proven: by these criteria, in this order, no lawful assignment is fairer.",
    Status.FEASIBLE: "Lawful, but not proven to be the fairest: the search was ended early.",
}


@dataclass(frozen=True, kw_only=True)
class Summary:
    assignment: Assignment
    stages: tuple[Stage, ...]
    status: Status
    dealt: str = ""
    planned: Program | None = None

    @property
    def verdict(self) -> str:
        return self.dealt or VERDICTS.get(self.status, self.status)

    @property
    def profile(self) -> Profile:
        return self.assignment.profile

    @cached_property
    def proofs(self) -> list[str]:
        """Return a line for each stage, in the order in which they were reached."""
        said = ("" if self.dealt else f" ({proof(stage)})" for stage in self.stages)
        return [
            f"{stage.criterion} {stage.value}{proven}"
            for stage, proven in zip(self.stages, said, strict=True)
        ]

    @cached_property
    def demands(self) -> list[Demand]:
        taken = self.assignment.count_taken()
        wanted = first_wishes(self.assignment.program, self.assignment.participants)
        return [
            Demand(
                session=session,
                taken=taken[code],
                wanted=wanted[code],
                cancelled=code in self.assignment.cancelled,
            )
            for code, session in self.assignment.program.sessions.items()
        ]

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
        """Say which rounds cost a participant their first wish: ``R1 1D (3rd wish, after 1A > 1B)``."""
        program, day = self.assignment.program, self.assignment.days[person.key]
        found = zip(program.rounds, person.wishes, day, steps_of(person, day), strict=True)
        return ", ".join(
            f"{round_.id} {code} ({_against(wishes.codes, wishes.rank_of(code))})"
            for round_, wishes, code, steps in found
            if steps
        )

    @property
    def others(self) -> str:
        more = len(self.worst_off) - MANY
        return f"and {more} more" if more > 0 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A session, the seats taken in it, and how many want it most."""

    session: Session
    taken: int
    wanted: int
    cancelled: bool = False

    @property
    def mark(self) -> str:
        if self.cancelled:
            return "cancelled"
        too_many = self.wanted - self.session.seats
        return f"over-subscribed by {too_many}" if too_many > 0 else ""

    @property
    def short_mark(self) -> str:
        return self.mark.replace("over-subscribed", "over")

    @property
    def kept_free(self) -> str:
        return f"{self.session.kept_free} kept free" if self.session.kept_free else ""

    @property
    def colour(self) -> str:
        return colour(self.wanted, self.session.seats)


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


def proof(stage: Stage) -> str:
    """Say what is proven of a stage, in brackets' length."""
    if not stage.proven:
        return f"at least {stage.bound}; gap {stage.gap}"
    if stage.criterion is not Criterion.WORST:
        return "the minimum"
    return f"{stage.value - 1} is impossible" if stage.value else "nobody can do better"


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


def _against(codes: tuple[str, ...], rank: int | None) -> str:
    if rank is None:
        return f"not among {' > '.join(codes)}"
    return f"{_ordinal(rank)} wish, after {' > '.join(codes[: rank - 1])}"


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
