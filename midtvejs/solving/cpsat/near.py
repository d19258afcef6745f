"""Ask HiGHS among seats that are near to what prices prove, and then further away, as far as it may matter.

Whatever comes to no more than a value has none but the seats that prices leave up to it (party_seats.py in
prices). At the bound itself they are few, and mostly there is a way among them: that is as little as can be.
Where there is none nothing comes to so little, and it is looked a little further up. What is found further up
than that leaves open only what is between: all of it is among the seats up to there. Where hardly more seats
are left up to all that matters, it is looked there at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from midtvejs.solving.cpsat.alone import can_be_alone
from midtvejs.solving.cpsat.by_highs import NO_ANSWER
from midtvejs.solving.cpsat.question import Answer, Question
from midtvejs.solving.cpsat.stated import Verdict
from midtvejs.solving.instance.case import Case
from midtvejs.solving.instance.parties import is_plain
from midtvejs.solving.search import Near
from midtvejs.solving.stop import Stop

Seats = Sequence[Sequence[frozenset[int]]]
"""The sessions that are near to a bound, by participant and round."""


def can_be_near(case: Case) -> bool:
    """Return whether few seats may be left near to what prices prove: not while rooms are open.

    With few people the solvers know as much at once.
    """
    return case.size >= case.limits.relaxed and is_plain(case) and not can_be_alone(case)


def anything(case: Case) -> int:
    """Return what no criterion comes to: squares of regrets, pairs of people, or seats of theirs."""
    people = len(case.rows)
    return 1 + people * case.furthest**2 + len(case.rounds) * people**2


def ask_near(
    question: Question, near: Near, *, below: int, seed: int, stop: Stop, at_once: bool = False
) -> Answer:
    """Return the least of what is made small, or what is known of it; ``below`` is a value that is known.

    Where that is hardly to be bettered, it is looked ``at_once`` for all that is below. The bound of an
    answer is never more than that. Where too many seats are left, nothing more is asked.
    """
    return _Looking(question, near, below, seed, stop).look(at_once=at_once)


@dataclass(slots=True)
class _Looking:
    """Looking further and further up from a bound, for what is ``below`` a value."""

    question: Question
    near: Near
    below: int
    seed: int
    stop: Stop
    looked_up: dict[int, Seats] = field(default_factory=dict)

    def look(self, *, at_once: bool) -> Answer:
        """Look until nothing is left between what was found and the bound, or there is no time."""
        answer, bound = NO_ANSWER, max(self.near.bound, self.question.bound)
        up_to = self.below - 1 if at_once else self._as_far_as(bound)
        for _ in range(self.question.case.limits.looks):
            if bound >= self.below or self.stop.asked:
                break
            found = self._ask(up_to)
            if found is None:
                break
            outcome = found.outcome
            if outcome.verdict is Verdict.IMPOSSIBLE:
                bound, up_to = up_to + 1, self._as_far_as(min(self._further(up_to), self.below - 1))
                continue
            if found.choices is not None or outcome.bound <= up_to:
                # A solver that calculates with fractions is not believed where it found nothing to show.
                bound = max(bound, min(outcome.bound, up_to + 1))
            if found.choices is not None and outcome.value < self.below:
                answer, self.below = found, outcome.value
            if outcome.verdict is not Verdict.BEST or up_to >= self.below - 1:
                break
            up_to = self.below - 1
        return answer.bounded(min(bound, self.below))

    def _further(self, up_to: int) -> int:
        """Return up to where to look where there is nothing up to a value."""
        limits, least = self.question.case.limits, self.near.bound
        return up_to + max(1, int(limits.further * least), limits.times_further * (up_to - least))

    def _as_far_as(self, up_to: int) -> int:
        """Return all that matters, where hardly more seats are left up to that than up to a value."""
        last = self.below - 1
        if last <= up_to:
            return up_to
        few, many = _count(self._seats(up_to)), _count(self._seats(last))
        return last if few and many <= (1 + self.question.case.limits.hardly_more) * few else up_to

    def _seats(self, up_to: int) -> Seats:
        if up_to not in self.looked_up:
            self.looked_up[up_to] = self.near.seats_up_to(up_to)
        return self.looked_up[up_to]

    def _ask(self, up_to: int) -> Answer | None:
        """Ask among the seats up to a value; None where there are too many for the time that is left."""
        limits, left = self.question.case.limits, self.stop.left
        seats = self._seats(up_to)
        count = _count(seats)
        if count > limits.most_near or (left is not None and count > limits.pace_near * limits.share * left):
            return None
        question = replace(self.question, within=seats, then=None)
        return question.ask_highs(seed=self.seed, stop=self.stop, nodes=limits.nodes, share=limits.share)


def _count(seats: Seats) -> int:
    return sum(len(sessions) for of_one in seats for sessions in of_one)
