"""Seats by whichever mechanism is wanted; the solver is imported where there is no way without it."""

from __future__ import annotations

from midtvejs.domain.mechanism import CannotKeep, Mechanism, Way, beyond_a_queue
from midtvejs.domain.program import Program
from midtvejs.reading.answers.preferences import Preferences
from midtvejs.solving.queue.in_turn import by_first_come, by_lottery
from midtvejs.solving.search import Solution, Watch
from midtvejs.solving.stop import Stop


def dealt(
    way: Way,
    day: Program,
    signed_up: Preferences,
    *,
    stop: Stop | None = None,
    watch: Watch,
    strictly: bool = True,
) -> Solution:
    """Deal the seats; ``watch`` is for the fair mechanism, which takes its time.

    Raises:
        NoLawfulAssignment: there is none.
        OutOfTime: ``stop`` left too little time to seat anybody.
        CannotKeep: the day has rules that the mechanism does not know; not unless ``strictly``.
    """
    unkept = () if way.mechanism is Mechanism.FAIR else beyond_a_queue(day)
    if strictly and unkept:
        raise CannotKeep(way.mechanism, unkept)
    people = signed_up.participants
    day = day.replace_rules(fairness=way.fairness or None)
    match way.mechanism:
        case Mechanism.FAIR:
            from midtvejs.solving.solve import solve

            return solve(day, people, stop=stop, watch=watch)
        case Mechanism.LOTTERY:
            return by_lottery(day, people, reversing=way.reversing, stop=stop)
        case Mechanism.FIRST_COME:
            return by_first_come(day, people, signed_up.signed_up, stop=stop)
