"""Whatever may take long asks the clock, and ends when it says so: counted in work, never in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from unittest.mock import Mock, patch

import numpy as np
import pytest

from midtvejs.auditing.audit import certify
from midtvejs.domain.assignment import NoLawfulAssignment, OutOfTime
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.program import Room
from midtvejs.domain.rules import Company, Group, Pin, Rules
from midtvejs.solving import with_rules as coupled
from midtvejs.solving.bounds import BoundWithoutRules
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.stated import Outcome, Verdict
from midtvejs.solving.flows.round import Seating
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.case import Case, Choice
from midtvejs.solving.instance.crowd import aggregate_case
from midtvejs.solving.lawful import seat_lawfully
from midtvejs.solving.limits import Limits
from midtvejs.solving.prices import search as by_prices
from midtvejs.solving.prices.bound import maximise_bound, warm_start
from midtvejs.solving.prices.columns import _Growing, columns_of
from midtvejs.solving.prices.relaxation import SCALE, DualPoint, Objective, Relaxation
from midtvejs.solving.prices.restricted import choose_free, solve_restricted
from midtvejs.solving.prices.start import prices_alone, seat_quickly
from midtvejs.solving.queue.in_turn import by_first_come, by_lottery, seat_in_turn
from midtvejs.solving.rooms import with_good_rooms
from midtvejs.solving.search import Found
from midtvejs.solving.solve import solve
from midtvejs.solving.stop import Stop, stoppable
from tests.conferences import person, program
from tests.solving.cases import case_for, crowded, judged, unwatched, without_flows
from tests.strategies import Conference

DEFAULT = (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN)


def up_after(asks: int) -> Stop:
    """Make a stop whose clock goes on by one whenever it is asked, and is up after so many times."""
    return Stop(seconds=asks, clock=count().__next__)


def up() -> Stop:
    stop = Stop()
    stop.ask()
    return stop


def grouped(people: int = 60) -> Conference:
    """A crowded day on which every sixth participant stays with the next one."""
    day, participants = crowded(seed=3, people=people)
    everybody = list(participants)
    groups = []
    for first in range(0, people - 1, 6):
        pair = everybody[first : first + 2]
        if not any(each.presents for each in pair):
            group = Group(company=Company.TOGETHER, participants=tuple(each.name for each in pair))
            groups.append(group)
            everybody[first : first + 2] = [replace(each, groups=(group,)) for each in pair]
    return replace(day, rules=replace(day.rules, groups=tuple(groups))), tuple(everybody)


def pinned_in_a_full_house(people: int = 12) -> Conference:
    """One round of two sessions without a seat to spare: some come last, and have to be in 1A."""
    day = program({"1A": people // 2, "1B": people // 2})
    everybody = [person(f"Nr. {number}", "1A > 1B") for number in range(people)]
    pinned = [replace(each, pins=(Pin(code="1A", participant=each.name),)) for each in everybody[-3:]]
    return day, (*everybody[:-3], *pinned)


def with_open_rooms(conference: Conference) -> Conference:
    """Have all rooms of a day's first round open."""
    day, people = conference
    first, *others = day.rounds
    rooms = tuple(Room(name=each.code, seats=each.room.seats) for each in first.sessions)
    sessions = tuple(replace(each, room=rooms[0], rooms=rooms) for each in first.sessions)
    return replace(day, rounds=(replace(first, sessions=sessions), *others)), people


@contextmanager
def counting(name: str, of: type) -> Iterator[list[object]]:
    """Count the calls of a method."""
    calls: list[object] = []
    method = getattr(of, name)

    def counted(*what: object, **how: object) -> object:
        calls.append(what)
        return method(*what, **how)

    with patch.object(of, name, counted):
        yield calls


def test_the_clock_runs_from_the_moment_at_which_a_stop_is_made() -> None:
    now = [10.0]
    stop = Stop(seconds=2, clock=lambda: now[0])
    now[0] = 11.9
    assert not stop.asked
    now[0] = 12.0
    assert stop.asked
    with pytest.raises(OutOfTime):
        stop.check()
    assert not stop.interrupted


def test_a_clock_that_is_up_rings_once() -> None:
    now, rung = [0.0], []
    stop = Stop(seconds=1, clock=lambda: now[0])
    with stop.calls(lambda: rung.append(now[0])):
        stop.ring()
        now[0] = 1.0
        stop.ring()
        now[0] = 2.0
        stop.ring()
    assert rung == [1.0]


def test_ctrl_c_before_there_is_anything_is_an_interrupt_and_not_the_end_of_the_time() -> None:
    def work(stop: Stop) -> None:
        stop.ask(interrupted=True)
        stop.check()

    with pytest.raises(KeyboardInterrupt):
        stoppable(work, Stop())
    with pytest.raises(OutOfTime):
        stoppable(lambda stop: stop.check(), Stop(seconds=0))


def search_by_prices(case: Case, stop: Stop) -> Found:
    return by_prices.search(case, DEFAULT, seed=0, stop=stop, watch=unwatched)


def search_with_rules(case: Case, stop: Stop) -> Found:
    lawful = seat_lawfully(case, Stop())
    assert lawful
    return coupled.search(case, DEFAULT, seed=0, stop=stop, watch=unwatched, lawful=lawful)


SEARCHES: dict[str, tuple[Callable[[Case, Stop], Found], Conference]] = {
    "prices": (search_by_prices, crowded(seed=3, people=60)),
    "rules": (search_with_rules, grouped()),
    "rules and rooms": (search_with_rules, with_open_rooms(grouped())),
    "many people and rules": (search_with_rules, grouped()),
}


@pytest.mark.parametrize("asks", [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89])
@pytest.mark.parametrize("name", SEARCHES)
def test_a_search_ends_after_however_many_asks(name: str, asks: int) -> None:
    search, conference = SEARCHES[name]
    limits = Limits(coupled=0 if name.startswith("many") else 500, last_work=0)
    case, now = case_for(conference, limits=limits), count()
    stop = Stop(seconds=asks, clock=now.__next__)
    late: list[str] = []
    solved, evaluated = Model.solve, Relaxation.evaluate

    def evaluate(relaxation: Relaxation, prices: Ints) -> DualPoint:
        late.extend(["evaluate"] if stop.asked else [])
        return evaluated(relaxation, prices)

    def solve(model: Model, *, stop: Stop, **how: object) -> Outcome:
        is_late = stop.asked
        outcome = solved(model, stop=stop, **how)  # type: ignore[arg-type] # handed on as it came
        late.extend(["solution"] if is_late and outcome.found else [])
        return outcome

    with patch.object(Model, "solve", solve), patch.object(Relaxation, "evaluate", evaluate):
        found = search(case, stop)
    criteria = judged(case, found.choices)
    assert [(stage.criterion, stage.value) for stage in found.stages] == [
        (each, criteria[each]) for each in DEFAULT
    ]
    # Three for each stage by prices, one for each that rules leave open, and one for the rooms.
    assert late.count("evaluate") <= 4 * len(DEFAULT) + 1
    assert "solution" not in late


def test_evaluations_that_are_made_once_the_time_is_up_are_counted() -> None:
    conference = crowded(seed=3, people=60)
    points = []
    for work in (0, 30_000_000):
        with counting("evaluate", Relaxation) as calls:
            search_by_prices(case_for(conference, limits=Limits(last_work=work)), up())
        points.append(len(calls))
    few, many = points
    # For each stage one at the prices of the rounds alone.
    assert few <= len(DEFAULT)
    assert many > few


def test_a_worst_that_nobody_looked_for_is_bounded_from_what_all_come_to_on_average() -> None:
    """Everybody wants A, B, C and D in that order, eight times: 1.5 steps a round, and 12 on average."""
    day = program(*[{f"{number}{letter}": 6 for letter in "ABCD"} for number in range(1, 9)])
    wishes = [" > ".join(f"{number}{letter}" for letter in "ABCD") for number in range(1, 9)]
    conference = day, tuple(person(f"P{number:02}", *wishes) for number in range(24))
    work = Limits(last_work=400_000)
    found = search_by_prices(case_for(conference, limits=work), up())
    worst = found.stages[0]
    assert (worst.criterion, worst.bound, worst.recomputable) == (Criterion.WORST, 12, 12)


def test_the_rounds_are_priced_alone_once_for_all_stages() -> None:
    with patch.object(by_prices, "prices_alone", Mock(wraps=prices_alone)) as priced:
        search_by_prices(case_for(crowded(seed=3, people=60)), up())
    assert priced.call_count == 1


def test_days_are_written_out_while_there_is_time_and_only_as_many_as_may_be() -> None:
    aggregate = aggregate_case(case_for(crowded(seed=3, people=60)))
    relaxation = Relaxation(aggregate, Objective(criterion=Criterion.TOTAL))
    everybody, prices = np.arange(aggregate.people), np.zeros(relaxation.size, dtype=np.int64)

    def written(most: int, stop: Stop) -> tuple[bool, int]:
        with counting("_go_on", _Growing) as rounds:
            columns = columns_of(relaxation, prices, everybody, 2 * SCALE, most=most, stop=stop)
        return columns is not None, len(rounds)

    assert written(100_000, Stop()) == (True, len(aggregate.rounds))
    assert written(len(everybody), Stop()) == (False, 0)
    assert written(100_000, up()) == (False, 0)
    assert written(100_000, up_after(3)) == (False, 2)


def test_nothing_is_modelled_of_the_few_who_are_free_once_the_time_is_up() -> None:
    aggregate = aggregate_case(case_for(crowded(seed=3, people=60)))
    relaxation = Relaxation(aggregate, Objective(criterion=Criterion.TOTAL))
    start, prices = seat_quickly(aggregate), np.zeros(relaxation.size, dtype=np.int64)
    free = np.arange(aggregate.people)
    assert len(choose_free(relaxation, prices, start, free, slack=0, each=1, stop=up())) == 0
    for asks in range(8):
        with counting("whole", Model) as variables, counting("solve", Model):
            solution = solve_restricted(
                relaxation,
                prices,
                start,
                free,
                target=0,
                slack=0,
                effort=1.0,
                seed=0,
                stop=up_after(asks),
            )
        assert solution.verdict is Verdict.UNDECIDED
        assert bool(variables) == (asks > len(aggregate.rounds) + 1)


@pytest.mark.parametrize("wide", [1, 1000])
def test_a_master_problem_can_be_interrupted(wide: int) -> None:
    limits = Limits(wide=wide, kinds_a_price=100)
    aggregate = aggregate_case(case_for(crowded(seed=3, people=60), limits=limits))
    relaxation = Relaxation(aggregate, Objective(criterion=Criterion.EVEN))
    with patch.object(Stop, "calls", autospec=True, side_effect=Stop.calls) as called:
        assert len(maximise_bound(relaxation, stop=Stop()).points) > 1
    assert {each.args[1].__name__ for each in called.call_args_list} == {"InterruptSolve"}
    assert len(maximise_bound(relaxation, stop=up()).points) == 1


def test_scales_are_looked_at_while_there_is_time() -> None:
    relaxation = Relaxation(
        aggregate_case(case_for(crowded(seed=3, people=60))), Objective(criterion=Criterion.EVEN)
    )
    with counting("evaluate", Relaxation) as calls:
        warm_start(relaxation, stop=up())
    assert len(calls) == 1
    with counting("evaluate", Relaxation) as calls:
        warm_start(relaxation, stop=Stop())
    assert len(calls) > 1


def test_a_bound_is_raised_while_there_is_time() -> None:
    relaxation = Relaxation(
        aggregate_case(case_for(crowded(seed=3, people=60))), Objective(criterion=Criterion.EVEN)
    )
    assert (
        len(maximise_bound(relaxation, stop=up_after(4)).points)
        <= 4
        < len(maximise_bound(relaxation, stop=Stop()).points)
    )


def test_of_seats_for_a_start_each_round_is_seated_once_at_least() -> None:
    aggregate = aggregate_case(case_for(crowded(seed=3, people=60)))
    hurried = seat_quickly(aggregate, stop=up())
    for leaf in aggregate.rounds:
        assert (hurried[leaf.round] <= leaf.sessions).all()
    once = aggregate_case(case_for(crowded(seed=3, people=60), limits=Limits(passes=1)))
    assert (hurried == seat_quickly(once)).all()


def test_limits_on_worst_are_not_refused_one_after_the_other_once_the_time_is_up() -> None:
    """Everybody is pinned to what they want least: each limit below that is refused at the first prices."""
    day = program({"1A": 9, "1B": 9, "1C": 9, "1D": 9})
    pin = Pin(code="1D", participant="Åse")
    case = case_for((day, (replace(person("Åse", "1A > 1B > 1C > 1D"), pins=(pin,)),)))
    with counting("evaluate", Relaxation) as calls:
        assert BoundWithoutRules(case, Stop()).bound(Criterion.WORST, (), below=3).value == 3
    assert len(calls) >= 3
    with counting("evaluate", Relaxation) as calls:
        assert BoundWithoutRules(case, up()).bound(Criterion.WORST, (), below=3).value == 1
    assert len(calls) == 1


@pytest.mark.parametrize("asks", range(6))
def test_a_lawful_start_needs_no_more_than_a_look_for_any_seats_once_the_time_is_up(asks: int) -> None:
    case = case_for(grouped())
    with counting("solve", Model) as solved:
        lawful = seat_lawfully(case, up_after(asks))
    assert lawful
    judged(case, lawful)
    assert not solved
    with without_flows(), counting("solve", Model) as solved:
        lawful = seat_lawfully(case, up_after(asks))
    assert lawful
    judged(case, lawful)
    assert len(solved) <= 2 * len(case.rounds)


def test_near_to_something_rounds_are_seated_again_only_while_there_is_time() -> None:
    case = case_for(grouped())
    near = seat_lawfully(case, Stop())
    for stop, times in ((Stop(), 2), (up(), 1)):
        with counting("seat", Seating) as seated:
            assert seat_lawfully(case, stop, near)
        assert len(seated) == times * len(case.rounds)


def clashing() -> Case:
    """Three pairs are pinned apart and are to be together: three clashes, none of which is about seats."""
    day = program({"1A": 9, "1B": 9})
    groups, people = [], []
    for pair in (("Åse", "Bo"), ("Cai", "Dea"), ("Eva", "Finn")):
        group = Group(company=Company.TOGETHER, participants=pair)
        groups.append(group)
        people += [
            replace(person(name, ""), groups=(group,), pins=(Pin(code=code, participant=name),))
            for name, code in zip(pair, ("1A", "1B"), strict=True)
        ]
    return case_for((replace(day, rules=Rules(groups=tuple(groups))), tuple(people)))


def test_what_clashes_is_told_as_far_as_it_is_known_when_the_time_is_up() -> None:
    known = []
    for asks in range(0, 400, 7):
        try:
            seat_lawfully(clashing(), up_after(asks))
        except OutOfTime:
            known.append(0)
        except NoLawfulAssignment as nobody:
            (impasse,) = nobody.impasses
            known.append(len(impasse.clashes))
            assert all(len(clash.rules) == 3 for clash in impasse.clashes)
    assert known == sorted(known)
    assert set(known) == {0, 1, 2, 3}


def test_rooms_are_swapped_while_there_is_time() -> None:
    case = case_for(with_open_rooms(crowded(seed=3, people=60)))
    with counting("evaluate", Relaxation) as in_time:
        with_good_rooms(case, Stop())
    with counting("evaluate", Relaxation) as late:
        with_good_rooms(case, up())
    assert len(late) == 1 < len(in_time)
    with counting("evaluate", Relaxation) as for_a_queue:
        by_lottery(case.program, case.participants, stop=up())
    assert len(for_a_queue) == 1


def test_a_queue_with_pins_ends_when_the_time_is_up() -> None:
    day, people = pinned_in_a_full_house()
    with pytest.raises(OutOfTime):
        by_first_come(day, people, {}, stop=up())
    with pytest.raises(OutOfTime):
        by_lottery(day, people, stop=Stop(seconds=0))
    case = case_for((day, people))
    choices: list[list[Choice]] = []
    for asks in range(200):
        try:
            choices.append(seat_in_turn(case, stop=up_after(asks)))
        except OutOfTime:
            assert not choices
    assert choices


def test_a_queue_in_which_any_seat_will_do_is_dealt_in_any_time() -> None:
    day, people = crowded(seed=3, people=60)
    assert by_lottery(day, people, stop=up()).assignment == by_lottery(day, people).assignment


def test_no_time_at_all_is_enough_for_seats_with_rules() -> None:
    day, people = grouped()
    solution = solve(day, people, stop=up())
    certify(solution.assignment, people, solution.stages)
    assert not solution.interrupted


def test_whether_there_are_any_seats_is_not_told_where_no_work_is_allowed() -> None:
    case = case_for(grouped(), limits=Limits(lawful_effort=0.0))
    with without_flows(), pytest.raises(OutOfTime):
        seat_lawfully(case, Stop())
