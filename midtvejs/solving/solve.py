"""The one way in: take participants and their wishes, return a lawful assignment and its proofs.

Prices serve at every size. Where they leave something unproven, and there are few enough participants, HiGHS
or CP-SAT goes on from what they have found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from midtvejs.domain.lots import Lottery
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.solving.balance import spread_without_wishes
from midtvejs.solving.cpsat.broken import keeps_the_rules
from midtvejs.solving.instance.case import Case, Choice, case_of
from midtvejs.solving.lawful import is_coupled, seat_by_lists, seat_lawfully
from midtvejs.solving.limits import DEFAULT, Limits
from midtvejs.solving.prices import search as by_prices
from midtvejs.solving.search import Found, KnownBounds, Solution, Watch
from midtvejs.solving.stop import Stop, stoppable


def solve(
    program: Program,
    participants: tuple[Participant, ...],
    *,
    stop: Stop | None = None,
    limits: Limits = DEFAULT,
    watch: Watch = lambda _criterion, _bound, _value: None,
) -> Solution:
    """Seat everybody, fairly in the order of ``program.rules.fairness``.

    The same program and participants, in whatever order, give the same seats for the same ``rules.seed``
    unless ``stop``, whose clock runs already, has an end of the time, or Ctrl-C ends the search.

    Raises:
        NoLawfulAssignment: there is none.
        OutOfTime: whether there is one could not be told in time.
    """

    def work(stop: Stop) -> Solution:
        lottery = Lottery.among(participants, program.rules.seed)
        case = case_of(program, lottery.sort(participants), limits, lottery)
        found = spread_without_wishes(case, _search(case, stop=stop, watch=watch), stop)
        return Solution(
            assignment=case.assignment(found.choices, participants), stages=found.stages, proofs=found.proofs
        )

    stop = stop or Stop()
    return replace(stoppable(work, stop, breath=limits.breath), interrupted=stop.interrupted)


def _stay(case: Case) -> Sequence[Choice] | None:
    """Return everybody's earlier day where rules bind participants, and it keeps them all."""
    stays = case.everybody_stays if is_coupled(case) else None
    return stays if stays and keeps_the_rules(case, stays) else None


def _search(case: Case, *, stop: Stop, watch: Watch) -> Found:
    fairness, seed = case.program.rules.fairness, case.program.rules.seed
    lawful = _stay(case) or seat_lawfully(case, stop)
    if lawful and is_coupled(case):
        # What most days do without is imported where it is needed: start-up is a feature.
        from midtvejs.solving import with_rules as coupled

        return coupled.search(case, fairness, seed=seed, stop=stop, watch=watch, lawful=lawful)
    small = case.size <= case.limits.small
    found = by_prices.search(
        case,
        fairness,
        seed=seed,
        stop=stop.part(case.limits.by_prices) if small else stop,
        watch=watch,
        otherwise=lambda: seat_by_lists(case, stop),
    )
    if stop.asked or not small or all(stage.proven for stage in found.stages):
        return found
    from midtvejs.solving.cpsat import search as by_cpsat

    return by_cpsat.search(
        case,
        fairness,
        seed=seed,
        stop=stop,
        watch=watch,
        start=found.choices,
        bounds=KnownBounds(found),
        effort=case.limits.small_effort,
    )
