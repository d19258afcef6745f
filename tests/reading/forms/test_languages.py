"""Forms are read in each of the languages, whatever the language of the program."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from midtvejs.domain.answers import Shape
from midtvejs.domain.participants import Wishes
from midtvejs.domain.words import LANGUAGES, words_for
from midtvejs.reading.answers.preferences import read_preferences_with_lines
from midtvejs.reading.forms.words import rank_of, read_rank_heading, role_of, tidy
from tests.conferences import program

DAY = program({"1A": 9, "1B": 9}, {"2A": 9, "2B": 9})


def written(path: Path, *rows: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_a_norwegian_export_of_microsoft_forms(tmp_path: Path) -> None:
    header = ["ID", "Starttidspunkt", "Fullføringstidspunkt", "E-postadresse", "Navn"]
    header += ["Tidspunkt for siste endring", "Språk", "Runde 1", "Runde 2"]
    row = ["1", "05.01.2018 14:30", "05.01.2018 14:31", "aase@example.no", "Åse Øvrebø", "", "norsk"]
    path = written(tmp_path / "svar.csv", header, [*row, "1B;1A;", "2A;2B;"])

    result = read_preferences_with_lines(path, DAY)

    assert [each.message for each in result.diagnostics] == []
    preferences = result.accepted()
    (person,) = preferences.participants
    assert (person.name, person.email) == ("Åse Øvrebø", "aase@example.no")
    assert person.wishes == (Wishes(("1B", "1A")), Wishes(("2A", "2B")))
    assert preferences.provenance.shape is Shape.MICROSOFT_RANKING


def test_a_norwegian_grid_with_dates_in_words_and_a_total(tmp_path: Path) -> None:
    header = ["Tidsmerke", "Skriv inn navnet ditt", "E-posten din", "Bedrift", "Hvilke runder deltar du i?"]
    header += [f"Runde {code[0]} [{code}]" for code in ("1A", "1B", "2A", "2B")]
    aase = ["5. mai 2018 kl. 14:30", "Åse", "aase@x.no", "Vy", "hele dagen"]
    aase += ["2. prioritet", "første valg", "", ""]
    bo = ["6. desember 2018 14:30", "Bo", "bo@x.no", "Vy", "R2", "", "", "1. ønske", "Andre ønske"]
    path = written(tmp_path / "svar.csv", header, aase, bo, ["", "Antall: 2", "", "", "", "", "", "", ""])

    result = read_preferences_with_lines(path, DAY)

    first, second = result.accepted().participants
    assert first.wishes == (Wishes(("1B", "1A")), Wishes())
    assert second.wishes == (Wishes(), Wishes(("2A", "2B")))
    assert second.absent == {"R1"}
    assert [each.code for each in result.diagnostics] == ["MV129"]


def test_a_formula_that_failed_in_a_norwegian_workbook(tmp_path: Path) -> None:
    path = written(
        tmp_path / "svar.csv", ["Navn", "E-post", "Runde 1", "Runde 2"], ["#NAVN?", "", "1A", "2A"]
    )

    assert [each.code for each in read_preferences_with_lines(path, DAY).diagnostics] == ["MV119"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_form_asks_is_known_in_each_language(language: str) -> None:
    form = words_for(language).form
    asked = {"name": form.name, "email": form.email, "organisation": form.organisation}
    asked |= {"attends": form.attends, "step_free": form.step_free}
    for role, question in asked.items():
        assert (role_of(tidy(question)) or ("", 0))[0] == role
    assert [rank_of(tidy(label)) for label in form.ranks] == [1, 2, 3]
    assert rank_of(tidy(form.wish.format(2))) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_ranks_are_known_in_each_language(language: str) -> None:
    told = words_for(language).read
    for rank, names in enumerate(told.ordinals, start=1):
        for name in names:
            assert {rank_of(f"{name} {noun}") for noun in told.ranks} == {rank}
    for preposition in told.prepositions:
        heading = f"2. {told.ranks[0]} {preposition} Runde 1"
        assert ("Runde 1", 2) in {(each.rest, each.rank) for each in read_rank_heading(heading)}
    for number in told.number:
        assert rank_of(f"{told.ranks[0]} {number}. 3") == 3
