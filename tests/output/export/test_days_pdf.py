"""Everybody's day on paper, as they read it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midtvejs.output.export.papers import days_pdf
from tests.output.midsummer import seated
from tests.output.midsummer_with_rules import seated_by_rules
from tests.output.printed import group, lines_across, pages


def test_a_day_says_everything_that_its_owner_needs() -> None:
    first, second = pages(days_pdf(seated()))
    day = second[second.index("Kim Funk Nordfyns Kommune") :] if "Kim Funk Nordfyns" in second else ""
    assert "10:00–10:30 Fjordsalen 1B Data understøtter synsninger" in day
    assert "Du er oplægsholder. 11:10–12:10 Fjordsalen S2" in day
    for known in (
        "09:30–14:00",
        "Sted: Munkebjerg Hotel, Munkebjergvej 125, 7100 Vejle",
        "Gratis parkering.",
    ):
        assert known in first
    assert "Kontakt: Line Mortensen, koordinator, lm@example.dk" in first


def test_no_line_is_drawn_above_no_information() -> None:
    plain = group("Bo")
    noted = replace(plain.program, event=replace(plain.program.event, notes=("Gratis parkering.",)))
    assert lines_across(days_pdf(plain)) == 0
    assert lines_across(days_pdf(replace(plain, program=noted))) == 1


def test_only_presenters_are_told_that_they_present() -> None:
    assert " ".join(pages(days_pdf(seated("en")))).count("You are a presenter.") == 2


def test_people_of_one_name_are_told_apart_and_come_in_danish_order() -> None:
    text = " ".join(pages(days_pdf(seated())))
    order = [
        "[/b]",
        "bo@example.dk",
        "bo2@example.dk",
        "Ida [intern] Hansen",
        "Zacharias Dahl",
        "Åse Berg Vejle",
    ]
    assert sorted(order, key=text.index) == order


def test_a_round_that_somebody_does_not_attend_is_left_out() -> None:
    text = " ".join(pages(days_pdf(seated_by_rules().with_rooms())))
    zacharias = text[text.index("Zacharias Dahl") : text.index("Sted:", text.index("Zacharias Dahl"))]
    assert "1A" in zacharias
    assert "S1" not in zacharias


def test_who_attends_nothing_has_no_card() -> None:
    assignment = group("Ane", "Bo")
    gone = replace(assignment, days={**assignment.days, "0@example.dk": ("",)})
    text = " ".join(pages(days_pdf(gone)))
    assert "Ane" not in text
    assert "Bo" in text


@pytest.mark.parametrize("count", [1, 4, 5, 9, 16])
def test_the_piles_of_a_cut_stack_are_in_order(count: int) -> None:
    names = [f"{number:03}x" for number in range(count)]
    by_row = [named(page) for page in pages(days_pdf(group(*names)))]
    assert by_row == [names[start : start + 4] for start in range(0, count, 4)]
    stack = [named(page) for page in pages(days_pdf(group(*names), stack_cut=True))]
    piles = [[page[pile] for page in stack if pile < len(page)] for pile in range(4)]
    assert [name for pile in piles for name in pile] == names
    assert len(stack) == len(by_row)


def named(page: str) -> list[str]:
    return [word for word in page.split() if word.endswith("x")]


def test_a_day_that_is_too_long_for_a_card_goes_on_on_the_next() -> None:
    title = "Et foredrag om at dele viden på tværs af kommunerne og tage inspiration med hjem " * 2
    sheets = pages(days_pdf(group("Bo", rounds=10, title=title)))
    text = " ".join(sheets)
    assert [word for word in text.split() if word in {f"{n}A" for n in range(1, 11)}] == [
        word for n in range(1, 11) for word in (f"{n}A", f"{n}A")
    ]
    assert text.count("Vejle Kommune") > 1
