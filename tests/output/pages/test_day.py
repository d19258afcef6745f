from __future__ import annotations

import pytest

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.participants import Participant
from midtvejs.output.pages.day import own_day_page, unclear_page
from midtvejs.output.screen import CONTROL
from tests.output.midsummer import crowd, seated
from tests.output.midsummer_with_rules import seated_by_rules
from tests.output.pictured import check_picture, shown
from tests.output.test_hostile import EVIL, evil

WIDTHS = (None, 45, 60, 80, 120)


def person(assignment: Assignment, key: str) -> Participant:
    return next(each for each in assignment.participants if each.key == key)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_day(width: int | None) -> None:
    assignment = seated()
    check_picture("own-day", own_day_page(assignment, person(assignment, "kim funk")), width)


@pytest.mark.parametrize("width", [None, 80])
def test_a_day_of_which_a_round_is_not_attended(width: int | None) -> None:
    assignment = seated_by_rules("en").with_rooms()
    page = own_day_page(assignment, person(assignment, "zacharias dahl"))
    check_picture("own-day-english", page, width)


@pytest.mark.parametrize("width", [None, 80])
def test_namesakes(width: int | None) -> None:
    assignment = seated()
    found = [each for each in assignment.participants if each.name == "Bo Ærø"]
    check_picture("own-day-unclear", unclear_page("bo", assignment, found, None), width)


def test_so_many_that_not_all_are_listed() -> None:
    assignment = crowd()
    lines = shown(unclear_page("a", assignment, assignment.participants, None), None).splitlines()
    assert len(lines) == 22
    assert lines[-1] == "  and 19 more"


def test_nobody() -> None:
    assignment = seated()
    near = unclear_page("Asse", assignment, [], assignment.participants[0])
    assert shown(near, None) == 'error: there is no participant "Asse": did you mean "Åse Berg"?\n'
    nobody = unclear_page("\x1b", assignment, [], None)
    assert shown(nobody, 80) == 'error: there is no participant " "; a part of the name is enough\n'


@pytest.mark.parametrize("text", EVIL, ids=ascii)
@pytest.mark.parametrize("width", [None, 20, 80])
def test_it_is_shown_as_it_stands(text: str, width: int | None) -> None:
    assignment = evil(text)
    first = assignment.participants[0]
    for page in (own_day_page(assignment, first), unclear_page(text, assignment, [first] * 2, None)):
        letters = "".join(shown(page, width).split())
        wanted = "".join(CONTROL.sub(" ", text).split())
        assert wanted in letters or (width == 20 and len(wanted) > 5)
