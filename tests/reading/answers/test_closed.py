"""Wishes for sessions that are only for others: they count as if they were not on the list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midtvejs.domain.program import Program
from midtvejs.domain.rules import Pin, Rules
from tests.conferences import one_list, program
from tests.reading.conftest import Texts, rows_of


def closed(day: Program, *pins: Pin) -> Program:
    return replace(day, groups=("grade",), rules=Rules(pins=pins))


def only_nine(code: str, round_id: str = "") -> Pin:
    return Pin(code=code, holds=False, round_id=round_id, group="grade", of=("9",), others=True)


def test_those_who_may_not_be_in_it_have_not_wished_for_it(texts: Texts) -> None:
    day = closed(program({"1A": 9, "1B": 9}, {"2A": 9, "2B": 9}), only_nine("1A"), only_nine("2B"))
    read = texts.participants(
        rows_of("name,grade,R1,R2", "Åse,9,1A > 1B,2B", "Bo,8,1A > 1B,2B > 2A", "Cai,,1A,2A"), day
    )

    lists = [[wishes.codes for wishes in each.wishes] for each in read.accepted()]
    assert lists == [[("1A", "1B"), ("2B",)], [("1B",), ("2A",)], [(), ("2A",)]]
    told, unknown = read.diagnostics
    assert (told.code, unknown.code, unknown.place.line) == ("MV188", "MV189", 4)
    assert told.message.endswith("struck from the lists: 1A (2), 2B (1)")
    assert unknown.message.startswith("1 participant has nothing below grade")


def test_presenters_of_it_are_in_it_whatever_their_grade(texts: Texts) -> None:
    day = closed(program({"1A": 9, "1B": 9}, presenters={"1A": "Eva"}), only_nine("1A"))
    rows = rows_of("name,grade,R1", "Eva,,", "Åse,9,1A")

    assert texts.participants(rows, day).diagnostics == ()


@pytest.mark.parametrize(
    ("round_ids", "left"), [([""], ("B",)), (["R1"], ("A", "B")), (["R1", "R2"], ("B",))]
)
def test_of_a_session_held_twice_a_wish_stays_while_one_time_is_open(
    texts: Texts, round_ids: list[str], left: tuple[str, ...]
) -> None:
    twice = one_list({"A": {1: 9, 2: 9}, "B": {1: 9, 2: 9}}, rounds=2)
    day = closed(twice, *(only_nine("A", each) for each in round_ids))

    (bo, _) = texts.participants(rows_of("name,grade,wishes", "Bo,8,A > B", "Cai,9,A"), day).accepted()

    assert bo.wishes[0].codes == left
    assert [bo.open_to_them(each) for each in day.rounds] == [
        {"A", "B"} - ({"A"} if {"", each.id} & {*round_ids} else set()) for each in day.rounds
    ]
