"""Whole pages, as they look on terminals of several widths and in a pipe."""

from __future__ import annotations

import pytest

from midtvejs.domain.assignment import shortages
from midtvejs.domain.fairness import Status
from midtvejs.domain.mechanism import Mechanism
from midtvejs.output.choices import By
from midtvejs.output.pages.assign import summary_page
from midtvejs.output.pages.compare import comparison_page
from midtvejs.output.pages.failures import shortages_page
from midtvejs.output.pages.figures import mechanism_line
from midtvejs.output.pages.rosters import rosters_page
from midtvejs.output.pages.show import day_page
from tests.conferences import full_house, oversubscribed, program
from tests.output.compared import COMPARED, ORGANISED
from tests.output.midsummer import DEALT, PROVEN, crowd, midsummer, seated
from tests.output.midsummer_with_rules import IMPASSE, ONE_CLASH, STAGES, planned, seated_by_rules
from tests.output.pictured import check_picture, shown

WIDTHS = (None, 45, 60, 80, 120)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_day(width: int | None) -> None:
    check_picture("day", day_page(midsummer()), width)


def test_the_day_in_english() -> None:
    check_picture("day-english", day_page(midsummer("en")), 80)


@pytest.mark.parametrize("width", [60, 62, 66, 80])
@pytest.mark.parametrize("rounds", [3, 4, 6])
def test_times_are_whole_however_many_rounds_stand_side_by_side(rounds: int, width: int) -> None:
    day = program(*({f"{number}A": 20, f"{number}B": 20} for number in range(1, rounds + 1)))
    text = shown(day_page(day), width)
    assert "…" not in text
    below = text.split("Lokale 1A", maxsplit=1)[-1]
    assert all(title in below for title in ("1A Foredrag", f"{rounds}B Foredrag"))


def test_a_day_of_which_little_is_known() -> None:
    program, _ = full_house()
    check_picture("day-bare", day_page(program), 80)


@pytest.mark.parametrize("width", WIDTHS)
def test_rosters_by_room(width: int | None) -> None:
    check_picture("rosters", rosters_page(seated()), width)


@pytest.mark.parametrize("width", [45, 80, 120, 200])
def test_a_crowded_roster_runs_down_and_then_across(width: int) -> None:
    check_picture("crowd", rosters_page(crowd()), width)


def test_rosters_in_english() -> None:
    check_picture("rosters-english", rosters_page(seated("en")), 80)


@pytest.mark.parametrize("width", [None, 45, 80])
def test_rosters_by_participant(width: int | None) -> None:
    check_picture("participants", rosters_page(seated(), by=By.PARTICIPANT), width)


@pytest.mark.parametrize("width", [None, 45, 80])
def test_rosters_by_organisation(width: int | None) -> None:
    check_picture("organisations", rosters_page(seated(), by=By.ORGANISATION), width)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_summary(width: int | None) -> None:
    check_picture("summary", summary_page(seated(), PROVEN, Status.FEASIBLE), width)


@pytest.mark.parametrize("width", [None, 80])
def test_the_summary_of_a_lottery(width: int | None) -> None:
    line = mechanism_line(Mechanism.LOTTERY, seed=2018, timed=False)
    check_picture("summary-lottery", summary_page(seated(), DEALT, Status.FEASIBLE, line), width)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_comparison(width: int | None) -> None:
    check_picture("comparison", comparison_page(COMPARED), width)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_comparison_under_rules(width: int | None) -> None:
    check_picture("comparison-rules", comparison_page(ORGANISED), width)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_day_with_rules(width: int | None) -> None:
    check_picture("day-rules", day_page(planned()), width)


def test_a_day_with_rules_in_english() -> None:
    check_picture("day-rules-english", day_page(planned("en")), 80)


@pytest.mark.parametrize("width", [None, 45, 80])
@pytest.mark.parametrize("by", ["room", "participant", "organisation"])
def test_rosters_with_rules(by: str, width: int | None) -> None:
    check_picture(f"rosters-rules-{by}", rosters_page(seated_by_rules().with_rooms(), by=By(by)), width)


def test_rosters_with_rules_in_english() -> None:
    page = rosters_page(seated_by_rules("en").with_rooms(), by=By.PARTICIPANT)
    check_picture("rosters-rules-participant-english", page, 80)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_summary_with_rules(width: int | None) -> None:
    assignment = seated_by_rules()
    page = summary_page(assignment.with_rooms(), STAGES, Status.FEASIBLE, planned=assignment.program)
    check_picture("summary-rules", page, width)


@pytest.mark.parametrize("width", [None, 60, 80, 120])
def test_rules_that_clash(width: int | None) -> None:
    short = shortages(*oversubscribed())
    check_picture("clashes", shortages_page(short, (IMPASSE, ONE_CLASH)), width)


@pytest.mark.parametrize("width", [None, 80])
def test_shortages(width: int | None) -> None:
    check_picture("shortages", shortages_page(shortages(*oversubscribed())), width)
