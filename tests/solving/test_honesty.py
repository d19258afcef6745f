"""A search cut short, anywhere and for any reason, still tells the truth about what it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock, patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.auditing.bound import bound_of
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.solving.bounds import BoundWithoutRules
from midtvejs.solving.cpsat import search as by_cpsat
from midtvejs.solving.cpsat.neighbourhoods import improve
from midtvejs.solving.cpsat.question import Answer, Question
from midtvejs.solving.cpsat.stated import NOTHING, Verdict
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import Case, Choice
from midtvejs.solving.instance.count import count_choices
from midtvejs.solving.instance.crowd import Aggregate, Leaf, aggregate_case
from midtvejs.solving.limits import Limits
from midtvejs.solving.prices import pursuit
from midtvejs.solving.prices import search as by_prices
from midtvejs.solving.prices.bound import warm_start
from midtvejs.solving.prices.lists import NEVER
from midtvejs.solving.prices.pursuit import Reached
from midtvejs.solving.prices.relaxation import SCALE, Objective, Relaxation, in_codes, in_numbers
from midtvejs.solving.prices.restricted import RestrictedSolution, choose_free, solve_restricted
from midtvejs.solving.prices.rounding import Rounded
from midtvejs.solving.prices.start import seat_quickly
from midtvejs.solving.queue.in_turn import seat_in_turn
from midtvejs.solving.search import Bound, Found
from midtvejs.solving.stop import Stop
from tests import conferences
from tests.brute import Figures, every_outcome, least
from tests.examples import examples
from tests.solving.cases import (
    ROADS,
    WIDE_AND_MANY,
    case_for,
    crowded,
    judged,
    listed,
    ruled_day,
    searched,
    unwatched,
)
from tests.solving.test_lists import crowd
from tests.strategies import Conference, criteria_in_order, lawful_conferences

DEFAULT = (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN)


def assert_true(case: Case, found: Found, outcomes: Iterable[Figures]) -> None:
    """Each value is what the audit counts, and each bound no more than the least at what was reached."""
    criteria = judged(case, found.choices)
    reached: dict[Criterion, int] = {}
    for stage in found.stages:
        optimum = least(outcomes, stage.criterion, reached)
        assert optimum is not None
        assert 0 <= stage.bound <= optimum <= stage.value == criteria[stage.criterion]
        reached[stage.criterion] = stage.value


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize("conference", [crowded(11, 60), crowd(60, sessions=6, seed=6)])
def test_nothing_is_told_to_be_found_below_its_bound(conference: Conference, road: str) -> None:
    told: list[tuple[Criterion, int, int]] = []

    def watch(criterion: Criterion, bound: int | None, value: int | None) -> None:
        if bound is not None and value is not None:
            told.append((criterion, bound, value))

    ROADS[road](case_for(conference), DEFAULT, seed=0, stop=Stop(), watch=watch)
    assert told
    assert [each for each in told if each[1] > each[2]] == []


@given(conference=lawful_conferences(), order=criteria_in_order, patience=st.integers(0, 6))
@examples(80)
def test_a_search_stopped_at_any_moment(
    conference: Conference, order: tuple[Criterion, ...], patience: int
) -> None:
    case, outcomes = case_for(conference), every_outcome(*conference)
    for search in ROADS.values():
        stop, left = Stop(), iter(range(patience))

        def watch(_criterion: Criterion, _bound: int | None, _value: int | None) -> None:
            if next(left, None) is None:  # noqa: B023 - called before the loop goes on
                stop.ask()  # noqa: B023 - ... likewise

        if patience == 0:
            stop.ask()
        found = search(case, order, seed=0, stop=stop, watch=watch)
        assert [stage.criterion for stage in found.stages] == list(order)
        assert_true(case, found, outcomes)


FEW, MANY = Limits(), Limits(everybody=0)


@pytest.mark.parametrize("limits", [FEW, MANY, WIDE_AND_MANY], ids=["few", "many", "many, wide"])
@given(
    conference=lawful_conferences(),
    order=criteria_in_order,
    gives_up=st.lists(st.booleans(), min_size=1, max_size=4),
)
@examples(40)
def test_a_solver_that_gives_up_now_and_then(
    limits: Limits, conference: Conference, order: tuple[Criterion, ...], gives_up: list[bool]
) -> None:
    case = case_for(conference, limits=limits)
    outcomes = every_outcome(*conference)
    with patch.object(pursuit, "solve_restricted", forgetful(gives_up)):
        found = searched("prices", case, order)
    assert_true(case, found, outcomes)
    aggregate = aggregate_case(case)
    start = judged(case, listed(aggregate, seat_quickly(aggregate, hasty=limits is WIDE_AND_MANY)))
    assert found.stages[0].value <= start[order[0]]


def as_seats_come(aggregate: Aggregate, *_: object, **__: object) -> Ints:
    """Seat people from the first session to the last, whatever they wish."""
    choices = np.empty((len(aggregate.leaves), aggregate.people), dtype=np.int64)
    for leaf in aggregate.leaves:
        assert isinstance(leaf, Leaf)
        stand = aggregate.ranking[leaf.round] == leaf.presents
        sessions = np.repeat(np.arange(leaf.sessions), leaf.seats)
        choices[leaf.round] = np.where(stand, leaf.sessions, sessions[np.cumsum(~stand) - 1])
    return choices


def as_before(_aggregate: Aggregate, choices: Ints, *_: object, **__: object) -> Ints:
    """Leave everybody where they are."""
    return choices


def forgetful(gives_up: list[bool]) -> Callable[..., RestrictedSolution]:
    """Repair, but say that the effort was spent wherever ``gives_up`` says so, over and over."""
    count = 0

    def repair(*what: object, **how: object) -> RestrictedSolution:
        nonlocal count
        count += 1
        if gives_up[count % len(gives_up)]:
            return RestrictedSolution(verdict=Verdict.UNDECIDED, choices=None)
        return solve_restricted(*what, **how)  # type: ignore[arg-type] # handed on as it came

    return repair


@pytest.mark.parametrize("limits", [MANY, WIDE_AND_MANY], ids=["many", "many, wide"])
@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_done_for_many_people_is_right_for_fewer(seed: int, limits: Limits) -> None:
    case = case_for(crowded(seed, 60))
    exact = searched("prices", case, DEFAULT)
    found = searched("prices", replace(case, limits=limits), DEFAULT)
    judged(case, found.choices)
    assert exact.stages[0].proven
    assert found.stages[0].bound <= exact.stages[0].value <= found.stages[0].value
    if found.stages[0] == exact.stages[0]:
        assert found.stages[1].bound <= exact.stages[1].value <= found.stages[1].value


@pytest.mark.parametrize("wishes", ["pl", "org", "strong"])
def test_with_hardly_a_seat_free_what_is_done_for_many_on_wide_days_proves_the_same(
    wishes: str, tmp_path: Path
) -> None:
    case = ruled_day(tmp_path, people=120, shape=(5, 6, 5), wishes=wishes)
    exact = searched("prices", case, DEFAULT)
    assert all(stage.proven for stage in exact.stages)
    assert exact.stages[0].value > 1
    found = searched("prices", replace(case, limits=WIDE_AND_MANY), DEFAULT)
    assert [stage.bound for stage in found.stages] == [stage.value for stage in exact.stages]
    assert found.stages[0] == exact.stages[0]


@pytest.mark.parametrize(
    ("within", "bound", "recomputable"), [(Verdict.UNDECIDED, 1, 1), (Verdict.IMPOSSIBLE, 2, 0)]
)
def test_a_limit_is_impossible_only_where_it_is_refused(
    within: Verdict, bound: int, recomputable: int
) -> None:
    """In a full house the best worst is 1; a solver that finds nothing at 1 has not proven 2.

    Where it says that there is nothing, that is its word.
    """

    def refusing(*_what: object, target: int, **_how: object) -> RestrictedSolution:
        """Refuse every target, and say what is said of a limit where none is set."""
        return RestrictedSolution(verdict=within if target >= NEVER else Verdict.IMPOSSIBLE, choices=None)

    def nothing(_relaxation: Relaxation, _tally: object) -> bool:
        return False

    with (
        patch.object(by_prices, "seat_quickly", as_seats_come),
        patch.object(by_prices, "reseat", as_before),
        patch.object(pursuit, "solve_restricted", refusing),
        patch.object(Relaxation, "allows", nothing),
    ):
        found = searched("prices", case_for(conferences.full_house()), (Criterion.WORST,))
    stage = Stage(criterion=Criterion.WORST, value=2, bound=bound, recomputable=recomputable)
    assert found.stages == (stage,)
    assert (found.proofs[0] is None) == (recomputable == 0)


@pytest.mark.parametrize(
    ("impossible", "bound"), [((False, False), 0), ((True, False), 1), ((True, True), 2)]
)
def test_with_one_list_a_limit_that_prices_let_pass_is_impossible_by_the_solvers_word(
    impossible: tuple[bool, bool], bound: int
) -> None:
    def nothing(_search: object, limit: int, _following: Criterion) -> Reached:
        return Reached(bound=0, choices=None, impossible=impossible[limit])

    with (
        patch("midtvejs.solving.prices.search._Search._refute", lambda *_, **__: None),
        patch("midtvejs.solving.prices.search._Search._within", nothing),
    ):
        found = searched("prices", case_for(conferences.held_twice()), (Criterion.WORST,))
    stage = Stage(criterion=Criterion.WORST, value=2, bound=bound, recomputable=0)
    assert (found.stages, found.proofs) == ((stage,), (None,))


def test_nobody_is_seated_anew_where_the_bound_was_reached() -> None:
    with (
        patch.object(by_prices, "seat_quickly", as_seats_come),
        patch.object(by_prices, "reseat", Mock(wraps=as_before)) as anew,
    ):
        (total,) = searched("prices", case_for(crowded(seed=4, people=60)), (Criterion.TOTAL,)).stages
    assert total.proven
    assert not anew.called


def test_nobody_looks_for_moves_once_the_search_is_to_end() -> None:
    case, stop, looked = case_for(crowded(seed=4, people=200), limits=Limits(everybody=0)), Stop(), []

    def out_of_time(*_: object, **__: object) -> RestrictedSolution:
        stop.ask()
        return RestrictedSolution(verdict=Verdict.UNDECIDED, choices=None)

    def looking(*arguments: object, **names: object) -> object:
        looked.append(arguments)
        return choose_free(*arguments, **names)  # type: ignore[arg-type] # passed on as they come

    with (
        patch.object(by_prices, "seat_quickly", as_seats_come),
        patch.object(by_prices, "reseat", as_before),
        patch.object(pursuit, "reseat", as_before),
        patch.object(pursuit, "solve_restricted", out_of_time),
        patch.object(pursuit, "choose_free", looking),
    ):
        by_prices.search(case, DEFAULT, seed=0, stop=stop, watch=lambda *_: None)
    assert len(looked) == 1


@pytest.mark.parametrize(("work", "begun"), [(0, 1), (10**9, 2)])
def test_a_bound_that_is_known_has_to_do_once_the_time_is_up_where_one_more_is_too_much_work(
    work: int, begun: int
) -> None:
    case, stop = case_for(crowded(seed=4, people=60), limits=Limits(last_work=work)), Stop()

    def out_of_time(*_: object, **__: object) -> None:
        stop.ask()

    with (
        patch.object(by_prices, "seat_quickly", as_seats_come),
        patch.object(by_prices, "round_to_seats", out_of_time),
        patch.object(by_prices, "warm_start", Mock(wraps=warm_start)) as begins,
    ):
        (even,) = searched("prices", case, (Criterion.EVEN,), stop=stop).stages
    assert 0 < even.bound < even.value
    assert begins.call_count == begun


def test_a_later_stage_that_betters_an_earlier_one_is_recorded_there_where_some_are_freed() -> None:
    case = case_for(crowded(seed=4, people=60), limits=Limits(coupled=0))
    start, best = seat_in_turn(case), searched("prices", case, (Criterion.TOTAL, Criterion.EVEN)).choices
    limits_met: list[dict[Criterion, int]] = []

    def found_at_once(
        _case: Case,
        choices: Sequence[Choice],
        _criterion: Criterion,
        limits: Mapping[Criterion, int],
        **_how: object,
    ) -> list[Choice]:
        """Find nothing before `total` is held, and then what is best in every way."""
        limits_met.append(dict(limits))
        return list(best if limits else choices)

    order = (Criterion.TOTAL, Criterion.EVEN, Criterion.FIRST)
    with (
        patch.object(by_cpsat, "improve", found_at_once),
        patch.object(by_cpsat, "exchange_within_rules", return_value=None),
    ):
        found = by_cpsat.search(case, order, seed=0, stop=Stop(), watch=lambda *_: None, start=start)
    before, after = judged(case, start), judged(case, best)
    assert before[Criterion.TOTAL] > after[Criterion.TOTAL]
    assert [stage.value for stage in found.stages] == [after[each] for each in order]
    assert limits_met[-2:] == [
        {Criterion.TOTAL: before[Criterion.TOTAL]},
        {each: after[each] for each in (Criterion.TOTAL, Criterion.EVEN)},
    ]


def test_what_a_neighbourhood_betters_by_chance_the_next_one_keeps() -> None:
    """Freeing people for the sake of `even` may lower `total`, which must not rise again after that."""
    case = case_for(crowded(seed=4, people=60), limits=Limits(freed=10))
    start, best = seat_in_turn(case), searched("prices", case, (Criterion.TOTAL, Criterion.EVEN)).choices
    before, after = judged(case, start), judged(case, best)
    limits_met: list[int] = []

    def answered(question: Question, *_what: object, **_how: object) -> Answer:
        limits_met.append(question.limits[Criterion.TOTAL])
        return Answer(outcome=NOTHING, choices=list(best))

    with patch.object(Question, "ask", answered):
        improve(
            case,
            start,
            Criterion.EVEN,
            {Criterion.TOTAL: before[Criterion.TOTAL]},
            bound=0,
            seed=0,
            stop=Stop(),
            watch=unwatched,
        )
    assert limits_met[:2] == [before[Criterion.TOTAL], after[Criterion.TOTAL]]
    assert before[Criterion.TOTAL] > after[Criterion.TOTAL]


def test_a_later_stage_that_betters_an_earlier_one_is_recorded_there_with_prices() -> None:
    case = case_for(crowded(seed=4, people=60))
    aggregate, order = aggregate_case(case), (Criterion.TOTAL, Criterion.EVEN)
    best = searched("prices", case, order).choices
    better = iter((as_seats_come(aggregate), crowd_choices(aggregate, best)))
    gives_up = RestrictedSolution(verdict=Verdict.UNDECIDED, choices=None)
    rounded = Rounded(choices=as_seats_come(aggregate), undecided=np.arange(0))
    with (
        patch.object(by_prices, "seat_quickly", as_seats_come),
        patch.object(by_prices, "round_to_seats", lambda *_, **__: rounded),
        patch.object(pursuit, "solve_restricted", lambda *_, **__: gives_up),
        patch.object(by_prices, "reseat", lambda *_, **__: next(better)),
    ):
        found = searched("prices", case, order)
    criteria = judged(case, found.choices)
    assert [stage.value for stage in found.stages] == [criteria[each] for each in order]
    assert all(stage.bound <= stage.value for stage in found.stages)


@pytest.mark.parametrize("allowed", [True, False])
def test_those_seated_anew_a_round_at_a_time_are_taken_if_they_keep_what_was_reached(allowed: bool) -> None:
    case = case_for(crowded(seed=4, people=60))
    aggregate = aggregate_case(case)
    start = as_seats_come(aggregate)
    better = crowd_choices(aggregate, searched("prices", case, (Criterion.TOTAL,)).choices)
    gives_up = RestrictedSolution(verdict=Verdict.UNDECIDED, choices=None)
    limits: list[int] = []

    def anew(*_what: object, limit: int, **_how: object) -> Ints:
        limits.append(limit)
        return better

    with (
        patch.object(by_prices, "seat_quickly", as_seats_come),
        patch.object(
            by_prices, "round_to_seats", lambda *_, **__: Rounded(choices=start, undecided=np.arange(0))
        ),
        patch.object(pursuit, "solve_restricted", lambda *_, **__: gives_up),
        patch.object(by_prices, "reseat", anew),
        patch.object(pursuit, "reseat", as_before),
        patch.object(Relaxation, "allows", Mock(side_effect=[True, True, False, allowed])),
    ):
        (total,) = searched("prices", case, (Criterion.TOTAL,)).stages
    least = count_choices(aggregate, better if allowed else start).sums[Criterion.TOTAL]
    assert total.value == least
    assert limits == [aggregate.furthest]


@pytest.mark.parametrize("incumbent", [True, False])
def test_of_many_people_who_cannot_be_seated_at_the_bound_as_few_more_as_it_takes_are_let_pass(
    incumbent: bool,
) -> None:
    case = case_for(crowded(seed=4, people=60), limits=Limits(everybody=0))
    aggregate = aggregate_case(case)
    start = Rounded(choices=as_seats_come(aggregate), undecided=np.arange(0))
    best = crowd_choices(aggregate, searched("prices", case, (Criterion.TOTAL,)).choices)
    least = count_choices(aggregate, best).sums[Criterion.TOTAL]
    within = least + Limits().given_up[1]
    gives_up = RestrictedSolution(verdict=Verdict.UNDECIDED, choices=None)
    targets: list[int] = []

    def nothing_below(*_what: object, target: int, **_how: object) -> RestrictedSolution:
        targets.append(target)
        return RestrictedSolution(verdict=Verdict.BEST, choices=best) if target >= within else gives_up

    with (
        patch.object(by_prices, "seat_quickly", as_seats_come),
        patch.object(by_prices, "round_to_seats", lambda *_, **__: start),
        patch.object(pursuit, "solve_restricted", nothing_below),
        patch.object(by_prices, "reseat", as_before),
        patch.object(pursuit, "reseat", as_before),
        patch.object(Relaxation, "allows", lambda *_: incumbent),
    ):
        (total,) = searched("prices", case, (Criterion.TOTAL,)).stages
    assert (total.value, total.bound) == (least, least)
    assert targets == [least, *(least + above for above in Limits().given_up[:2])]


def test_what_prices_proved_is_handed_on_and_looked_at_anew_where_a_stage_gave_way() -> None:
    case, order = case_for(crowded(seed=4, people=60)), (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN)
    relaxed, up = searched("prices", case, order), Stop()
    up.ask()
    bounds = BoundWithoutRules(case, up, relaxed=relaxed)
    for number, (stage, proof) in enumerate(zip(relaxed.stages, relaxed.proofs, strict=True)):
        handed_on = bounds.bound(stage.criterion, relaxed.stages[:number], below=stage.value)
        assert handed_on == Bound(value=stage.bound, recomputable=stage.bound, proof=proof)
    worst, total, _ = relaxed.stages
    assert worst.value > 0
    gave_way = (replace(worst, value=worst.value + 1),)
    anew = bounds.bound(Criterion.TOTAL, gave_way, below=total.value)
    assert 0 < anew.value <= total.bound
    assert anew.proof
    assert anew.proof.worst == worst.value + 1
    assert bound_of(anew.proof, case.program, case.participants) == anew.value
    assert BoundWithoutRules(case, up).bound(Criterion.TOTAL, gave_way, below=total.value).value == 0


def test_prices_of_what_goes_on_through_several_rounds_are_read_back_as_they_were_written() -> None:
    held = {"A": {1: 2}, "B": {1: 2, 2: 2}, "C": {2: 2}}
    day = conferences.one_list(held, rounds=2, lasting={"A": (1, 2)})
    case = case_for((day, (conferences.person("Åse", "B > A"), conferences.person("Bo", "A > C"))))
    total, even = (Objective(criterion=each, kept=kept) for each, kept in TOTAL_AND_EVEN)
    prices = np.arange(1, Relaxation(aggregate_case(case), total).size + 1) * SCALE
    written = in_codes(case, total, prices)
    assert in_codes(case, total, in_numbers(case, total, written)) == written
    assert in_numbers(case, even, written).tolist()[-1] == 0


TOTAL_AND_EVEN = ((Criterion.TOTAL, ()), (Criterion.EVEN, ((Criterion.TOTAL, 3),)))


def test_what_is_found_is_not_taken_for_what_is_better_and_what_was_proven_on_the_way_is_kept() -> None:
    case = case_for(crowded(seed=4, people=60))
    best, worse = searched("prices", case, (Criterion.TOTAL,)), seat_in_turn(case)
    least = judged(case, best.choices)[Criterion.TOTAL]
    assert judged(case, worse)[Criterion.TOTAL] > least
    for verdict in (Verdict.FOUND, Verdict.UNDECIDED):
        answer = Answer(
            outcome=replace(NOTHING, verdict=verdict, bound=least - 1),
            choices=list(worse) if verdict is Verdict.FOUND else None,
        )
        with patch.object(Question, "ask", lambda *_, answer=answer, **__: answer):
            found = by_cpsat.search(
                case, (Criterion.TOTAL,), seed=0, stop=Stop(), watch=unwatched, start=best.choices
            )
        assert found.choices == best.choices
        assert found.stages == (
            Stage(criterion=Criterion.TOTAL, value=least, bound=least - 1, recomputable=0),
        )


def crowd_choices(aggregate: Aggregate, choices: Sequence[Choice]) -> Ints:
    """Turn a choice for each person into the aggregate's, a line a round."""
    lines = np.array(choices, dtype=np.int64).T
    return np.stack(
        [np.where(line < 0, leaf.sessions, line) for leaf, line in zip(aggregate.leaves, lines, strict=True)]
    )
