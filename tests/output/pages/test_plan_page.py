"""What ``plan`` shows of a day that was counted by hand."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.plan_figures import Clash
from midtvejs.domain.planning import NoLawfulPlacement, Obstacle
from midtvejs.output.pages.plan import PlannedDay, no_placement_page, plan_json, plan_page
from tests.output.pictured import check_picture, shown
from tests.output.planned_day import FIGURES, by_law, by_wishes, planned, seated

WIDTHS = (None, 45, 60, 80, 120)
IMPOSSIBLE = NoLawfulPlacement(
    (
        Obstacle(why="19 sittings are to be held in 18 rooms", changes=("name 1 more room", "hold A once")),
        Obstacle(why="Bo Ærø presents 3 sittings in 2 rounds", changes=("hold 1 of them no more",)),
    )
)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_day_that_was_planned_by_wishes(width: int | None) -> None:
    check_picture("plan", plan_page(by_wishes()), width)


@pytest.mark.parametrize("width", [None, 80])
def test_a_day_that_was_planned_before_anybody_wished(width: int | None) -> None:
    check_picture("plan-by-law", plan_page(by_law()), width)


@pytest.mark.parametrize("width", [None, 80])
def test_why_sessions_cannot_be_placed(width: int | None) -> None:
    check_picture("plan-impossible", no_placement_page(IMPOSSIBLE), width)


def test_a_search_proves_nothing_and_counting_does() -> None:
    searched = shown(plan_page(by_wishes()), None)
    assert "Proven" not in searched
    assert "proven" not in searched
    assert "a search, and no proof" in searched
    counted = shown(plan_page(by_wishes(counted=True)), None)
    proven = (
        "Proven: all 240,000 placements were looked at, and none is better when assign seats everybody in it"
    )
    assert f"{proven} (even, worst, total, in this order).\n" in counted
    assert "no proof" not in counted


def test_what_no_placement_can_better_is_told_to_be_so() -> None:
    least = replace(planned(), bound=FIGURES, recomputable=FIGURES)
    text = shown(plan_page(replace(by_wishes(), planned=least)), None)
    assert "No placement can be better" in text
    assert "no proof" not in text


def _page(day: PlannedDay) -> str:
    return shown(plan_page(day), None)


def test_what_is_the_solvers_word_of_placements_and_of_seats_says_so() -> None:
    day = by_wishes(counted=True)
    word = replace(planned(counted=True, by_word=True), bound=FIGURES)
    text = shown(plan_page(replace(day, planned=word)), None)
    assert "(least possible, by the solver's word)" in text
    assert "Proven (by the solver's word): all 240,000 placements were looked at" in text
    assert json.loads(plan_json(replace(day, planned=word)))["by_solver"] is True
    least = replace(planned(by_word=True), bound=FIGURES)
    assert "No placement can be better (by the solver's word): each" in _page(replace(day, planned=least))
    counted = {**planned().bound, Criterion.EVEN: FIGURES[Criterion.EVEN]}
    even = replace(least, exist=240_000, bound=counted)
    assert "Proven (by the solver's word): all 240,000 placements were counted" in _page(
        replace(day, planned=even)
    )
    assert "Proven: all 240,000" in _page(replace(day, planned=replace(even, recomputable=counted)))
    said = "That seats in this program allow no less worst is the solver's word."
    assert said not in text
    stages = tuple(
        replace(stage, recomputable=0) if stage.criterion is Criterion.WORST else stage
        for stage in day.stages
    )
    assert said in shown(plan_page(replace(day, stages=stages)), None)
    figures = json.loads(plan_json(replace(day, stages=stages)))["evidence"]
    assert figures == {"even": "prices", "worst": "solver", "total": "prices"}
    assert "solver" not in shown(plan_page(day), None)


def test_of_what_comes_first_alone_it_may_be_proven_that_nothing_is_less() -> None:
    least = {**planned().bound, Criterion.EVEN: FIGURES[Criterion.EVEN]}
    counted = replace(planned(), exist=240_000, bound=least, recomputable=least)
    text = shown(plan_page(replace(by_wishes(), planned=counted)), None)
    assert (
        "Proven: all 240,000 placements were counted, and none has less even with everybody seated." in text
    )
    assert "Of worst and total, nothing better was found in the best" in text


def test_of_all_that_exist_some_or_all_were_looked_at() -> None:
    for exist, said in ((240_000, "all 240,000 placements that there are"), (10**6, "240,000 of 1,000,000 ")):
        known = replace(planned(), exist=exist)
        assert said in shown(plan_page(replace(by_wishes(), planned=known)), None)


def test_a_placement_that_is_the_only_one_is_told_to_be_so() -> None:
    alone = replace(planned(counted=True), exist=1, tried=1)
    assert "Proven: there is no other placement" in shown(
        plan_page(replace(by_wishes(), planned=alone)), None
    )


def test_a_round_that_was_kept_is_named() -> None:
    assert "kept as they are: R1" in shown(plan_page(replace(by_wishes(), keep=("R1",))), None)


def test_nothing_to_place_is_told() -> None:
    nothing = replace(by_wishes(), before=by_wishes().program, planned=None)
    assert shown(plan_page(nothing), None).startswith(
        "Nothing is to be placed: the program stays as it is.\n"
    )


def test_of_a_clash_that_nothing_forces_that_is_told() -> None:
    day = by_wishes()
    day.__dict__["clashes"] = (Clash(codes=("A", "B"), round_id="R1", wanted_by=7),)
    said = "A and B, both wanted by 7, run in R1; only other wishes and seats are against parting them\n"
    assert said in shown(plan_page(day), None)


def test_json_holds_every_figure() -> None:
    thing = json.loads(plan_json(by_wishes()))
    assert thing["placed"] == {"A": ["R1"], "B": ["R1"], "C": ["R2"], "D": ["R1", "R2"], "E": ["R2"]}
    assert thing["sittings"][2] == {"code": "D", "round": "R1", "room": "Lokale 3", "seats": 5, "taken": 2}
    assert thing["tracks"] == [{"track": "ledelse", "sessions": ["A", "B"], "round": "R1"}]
    assert thing["first_wishes_met"] == [
        {"of": 2, "got": 2, "participants": 3},
        {"of": 2, "got": 1, "participants": 2},
    ]
    assert thing["clashes"][0] == {
        "sessions": ["A", "B"],
        "round": "R1",
        "wanted_by": 1,
        "why": ["A can be nowhere else: it is not to be in R2"],
    }
    assert thing["once_would_do"] == ["D"]
    assert (thing["order"], thing["proven"]) == (["even", "worst", "total"], False)
    assert thing["alternatives"][0]["figures"] == {"even": 5, "worst": 1, "total": 1}


def test_json_without_wishes_has_the_program_alone() -> None:
    assert set(json.loads(plan_json(by_law()))) == {"placed", "kept", "sittings", "tracks"}


def expecting(people: int) -> PlannedDay:
    day = by_law()
    event = replace(day.program.event, expected_participants=people)
    return replace(day, program=replace(day.program, event=event))


def test_before_anybody_wished_it_is_told_for_how_many_there_are_seats() -> None:
    enough, short = (shown(plan_page(expecting(people)), None) for people in (36, 37))
    assert "There are seats for 36 participants in each round.\n" in enough
    assert "too few seats: " not in enough
    assert "too few seats: R1 has 35 seats for 37 expected participants: 1 too few\n" in short
    assert "There are seats" not in short
    answered = replace(expecting(37), assignment=seated())
    assert "R1 has 35 seats for 37 expected participants" in shown(plan_page(answered), None)
    assert json.loads(plan_json(expecting(37)))["missing_seats"] == {"R1": 1, "R2": 1}


def test_another_order_that_costs_nothing_else_says_so() -> None:
    (other,) = planned().alternatives
    free = replace(other, figures=FIGURES | {Criterion.TOTAL: 1})
    text = shown(plan_page(replace(by_wishes(), planned=replace(planned(), alternatives=(free,)))), None)
    assert "total 1 is possible: at no cost (--by total)." in text
