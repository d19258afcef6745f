from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from midtvejs.output.demand_table import SHORT_TITLE, DemandRow, fit_demand
from midtvejs.output.layout import Fitted, columns_of, shorten
from midtvejs.output.screen import Page
from tests.examples import examples
from tests.output.pictured import shown

HEADS = ("seats", "taken", "1st wish")


def row(title: str, mark: str = "", code: str = "1A") -> DemandRow:
    numbers = [Text("24"), Text("1234567"), Text("3")]
    return DemandRow(label=Text(code), numbers=numbers, beside=Text(mark), title=title, wanted=30, seats=24)


def sitting(about: str) -> DemandRow:
    return DemandRow(label=Text("  R1"), numbers=[Text("4"), Text("2"), Text("")], beside=Text(about))


def drawn(rows: list[DemandRow], width: int) -> list[str]:
    page = Page(plain=list, rich=lambda: Fitted(lambda room: fit_demand(HEADS, rows, room).draw(rows)))
    return shown(page, width).splitlines()


TITLES = st.text(alphabet="aeæøåbdk漢🎈", min_size=1, max_size=60)
MARKS = st.sampled_from(["", "over by 3", "over-subscribed by 113, 2 kept free"])


@given(titles=st.lists(TITLES, min_size=1, max_size=4), mark=MARKS, width=st.integers(45, 160))
@examples(100)
def test_a_title_may_be_cut_and_is_never_left_out(titles: list[str], mark: str, width: int) -> None:
    rows = [each for title in titles for each in (row(title, mark), sitting("Ærøsalen"))]
    lines = drawn(rows, width)
    assert max(map(columns_of, lines)) <= width
    for title in titles:
        begins = shorten(title, SHORT_TITLE).removesuffix("…").rstrip()
        assert any(begins in line for line in lines)


TITLE = "Feedback fra voksen til barn med afsæt i data"


@pytest.mark.parametrize(
    ("width", "bar", "title"),
    [
        (100, "███████████████████▒▒▒▒▒  ", "Feedback fra voksen til barn med…"),
        (70, "██████▒▒  ", "Feedback fra vokse…"),
        (56, "", "Feedback fra v…"),
    ],
)
def test_a_bar_goes_before_a_title_does(width: int, bar: str, title: str) -> None:
    _, line = drawn([row(TITLE, "over by 6")], width)
    assert line == f"1A     24  1234567         3  {bar}over by 6  {title}"


def test_where_numbers_take_all_there_is_a_title_stands_above_them() -> None:
    assert drawn([row(TITLE, "over by 6"), sitting("Sal")], 48) == [
        "      seats    taken  1st wish",
        "1A Feedback fra voksen til barn med afsæt i d…",
        "         24  1234567         3  over by 6",
        "  R1      4        2            Sal",
    ]
