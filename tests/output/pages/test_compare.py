from __future__ import annotations

import json
from dataclasses import replace

import pytest

from midtvejs.domain.fairness import Criterion, Evidence
from midtvejs.domain.profile import Profile
from midtvejs.output.pages.compare import comparison_json, comparison_page
from tests.output.compared import COMPARED, ORGANISED
from tests.output.pictured import shown


def test_a_pipe_is_told_no_times_so_that_it_gets_the_same_again() -> None:
    slower = replace(
        COMPARED, outcomes=tuple(replace(each, seconds=each.seconds + 100) for each in COMPARED.outcomes)
    )
    assert shown(comparison_page(slower), None) == shown(comparison_page(COMPARED), None)
    assert shown(comparison_page(slower), 80) != shown(comparison_page(COMPARED), 80)


@pytest.mark.parametrize("width", [None, 30, 60, 80, 120])
def test_nobody_at_all(width: int | None) -> None:
    nothing = Profile(regrets={}, seats={}, without_wishes=0, presenting=0)
    outcomes = tuple(replace(each, profile=nothing) for each in COMPARED.outcomes)
    assert "fair [total]" in shown(comparison_page(replace(COMPARED, outcomes=outcomes)), width)


def test_where_the_queue_comes_from_is_told() -> None:
    for timed, order in ((True, "timestamps"), (False, "rows")):
        compared = replace(COMPARED, timed=timed)
        assert f"in the order of the {order}." in shown(comparison_page(compared), None)
        assert json.loads(comparison_json(compared))["first_come"] == order


def test_json_holds_every_figure() -> None:
    thing = json.loads(comparison_json(COMPARED))
    assert (thing["participants"], thing["seed"], len(thing["ways"])) == (180, 2018, 6)
    assert thing["ways"][0] == {
        "mechanism": "fair",
        "fairness": ["worst", "total", "even"],
        "reversing": False,
        "status": "optimal",
        "evidence": {"worst": "prices", "total": "prices", "even": "prices"},
        "broken_rules": 0,
        "seats_by_rank": {"1": 500, "2": 180, "3": 20, "4": 4},
        "worst": 2,
        "total": 160,
        "even": 240,
        "first": 204,
        "unlisted": 0,
        "without_first_wish": 0,
        "seconds": 0.444,
    }


def test_json_tells_which_ways_break_rules_and_what_the_program_asks_for() -> None:
    ways = json.loads(comparison_json(ORGANISED))["ways"]
    assert [way["broken_rules"] for way in ways] == [0, 0, 0, 0, 14, 1, 120]
    assert [way["status"] for way in ways[3:]] == ["feasible", *["unlawful"] * 3]
    assert (ways[0]["fairness"], ways[0]["spread"]) == (["worst", "spread", "avoid_own"], 40)
    assert [way["avoid_own"] for way in ways] == list(range(7))


@pytest.mark.parametrize("width", [None, 45, 80, 120])
def test_what_the_solver_alone_says_of_a_way_is_told(width: int | None) -> None:
    first, *others = COMPARED.outcomes
    word = replace(first, evidence={**first.evidence, Criterion.EVEN: Evidence.SOLVER})
    said = "fair [worst, total, even]: that even cannot be less is the solver's word."
    told = " ".join(shown(comparison_page(replace(COMPARED, outcomes=(word, *others))), width).split())
    assert said in told
    assert "solver" not in shown(comparison_page(COMPARED), width)


@pytest.mark.parametrize("width", [None, 45, 80, 120])
def test_whatever_breaks_rules_is_marked_at_its_name(width: int | None) -> None:
    told = shown(comparison_page(ORGANISED), width)
    times = 2 if width and width > 75 else 1
    assert [told.count(mark) for mark in ("breaks 14 rules", "breaks 1 rule\n", "breaks 120 rules")] == [
        times,
        told.count("breaks 1 rule"),
        times,
    ]
    assert "breaks" not in shown(comparison_page(COMPARED), width)
