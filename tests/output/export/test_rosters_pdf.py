"""Rosters on paper, as whoever stands at a door reads them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from midtvejs.output.export.papers import rosters_pdf
from tests.output.midsummer import crowd, seated
from tests.output.midsummer_with_rules import seated_by_rules
from tests.output.printed import group, pages, placed, squeezed


def test_a_page_for_each_session_that_is_held() -> None:
    codes = [
        code
        for page in pages(rosters_pdf(seated()))
        for code in ("1A", "1B", "1C", "S1", "S2")
        if code in page
    ]
    assert codes == ["1A", "1B", "1C", "S1", "S2"]
    cancelled = seated_by_rules().with_rooms()
    assert cancelled.cancelled == {"1C"}
    assert [page for page in pages(rosters_pdf(cancelled)) if "1C" in page] == []


def test_a_roster_says_who_when_and_where() -> None:
    (page,) = [page for page in pages(rosters_pdf(seated())) if "1B" in page]
    assert "fredag den 22. juni 2018" in page
    assert "Pecha Kucha: Runde 1 10:00–10:30 Fjordsalen 1B Data understøtter synsninger" in page
    assert "Oplægsholder: skoleleder Kim Funk, Nordfyns Kommune 2 af 3 pladser, 1 oplægsholder" in page
    assert page.endswith(
        "Bo Ærø <bo@example.dk> Ærø Kommune Bo Ærø <bo2@example.dk> Vejle Kommune "
        "Kim Funk oplægsholder, Nordfyns Kommune"
    )


def test_an_empty_roster_says_so_in_the_language_of_the_program() -> None:
    assert pages(rosters_pdf(seated()))[2].endswith("0 af 1 plads ingen")
    assert "Friday 22 June 2018" in pages(rosters_pdf(seated("en")))[2]
    assert pages(rosters_pdf(seated("en")))[2].endswith("0 of 1 seat nobody")


def test_everybody_is_on_the_rosters_once_a_round() -> None:
    assignment = crowd()
    text = squeezed(" ".join(pages(rosters_pdf(assignment))))
    assert {text.count(squeezed(person.name)) for person in assignment.participants} == {1}


@pytest.mark.parametrize("count", [1, 2, 24, 25, 60, 75, 120, 300])
def test_however_many_they_are_in_order(count: int) -> None:
    names = [f"{number:03}x" for number in range(count)]
    text = " ".join(sheets := pages(rosters_pdf(group(*names))))
    assert [word for word in text.split() if word.endswith("x")] == names
    assert len(sheets) == (1 if count <= 75 else 2 if count == 120 else 4)
    assert all(
        f"{number} / {len(sheets)}" in page for number, page in enumerate(sheets, 1) if len(sheets) > 1
    )


def test_further_sheets_say_whose_they_are() -> None:
    first, second = pages(rosters_pdf(group(*map(str, range(100)))))
    assert first.startswith("Prøvedagen · tirsdag den 30. januar 2018 1 / 2")
    assert second.startswith("1A · Lokale 1A · 10:00–10:30 2 / 2")


def test_names_stand_closer_where_that_saves_a_sheet() -> None:
    few, many, too_many = (rosters_pdf(group(*(f"{n:03}x" for n in range(count)))) for count in (60, 78, 79))
    assert [len(pages(pdf)) for pdf in (few, many, too_many)] == [1, 1, 2]
    assert between_names(few) == between_names(too_many) > between_names(many)


def between_names(pdf: bytes) -> float:
    """Return how far below each other the first two names of a roster stand."""
    first, second = [y for text, _, y in placed(pdf) if text.endswith("x")][:2]
    return round(first - second, 2)


def test_a_round_of_a_long_name_leaves_the_room_its_place() -> None:
    assignment = group("Bo")
    (round_,) = assignment.program.rounds
    long = replace(
        round_, name="Et navn på en runde, som ingen kan huske og ingen kan læse, og som bliver ved"
    )
    pdf = rosters_pdf(replace(assignment, program=replace(assignment.program, rounds=(long,))))
    assert max(len(text) for text, _, _ in placed(pdf) if text in long.name) < len(long.name) / 2
