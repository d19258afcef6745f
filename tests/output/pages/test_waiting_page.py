from __future__ import annotations

from dataclasses import replace

import pytest

from midtvejs.domain.waiting import find_waiting
from midtvejs.output.pages.waiting import WaitingLists, waiting_json, waiting_page
from tests.conferences import person, program
from tests.domain.test_waiting import seated as seats
from tests.output.midsummer import seated
from tests.output.pictured import check_picture, shown


@pytest.mark.parametrize("width", [None, 60, 80, 120])
def test_waiting_lists_fit(width: int | None) -> None:
    assignment = seated()
    lists = WaitingLists(assignment=assignment, sessions=find_waiting(assignment), most=2)
    check_picture("waiting", waiting_page(lists), width)


def test_namesakes_are_told_apart_and_nothing_steers_a_terminal() -> None:
    day = program({"1A": 1, "1B": 3})
    people = (
        person("Åse", "1A"),
        replace(person("Bo", "1A"), name="Bo\x1b[2J", email="bo@x.dk"),
        replace(person("Bo", "1A"), name="Bo\x1b[2J", email="bo@y.dk"),
    )
    assignment = seats(day, people, "1A", "1B", "1B")
    lists = WaitingLists(assignment=assignment, sessions=find_waiting(assignment))
    for width in (None, 80):
        told = shown(waiting_page(lists), width)
        assert "<bo@x.dk>" in told
        assert "<bo@y.dk>" in told
    assert "\x1b" not in waiting_json(lists)
