from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from midtvejs.domain.program import Presenter, Program, Room
from midtvejs.domain.rules import Pin, Rules
from midtvejs.domain.words import LANGUAGES, words_for
from midtvejs.output.form.columns import columns, form_csv
from midtvejs.output.form.text import form_text, question
from midtvejs.output.form.workbook import form_xlsx, instructions
from midtvejs.output.screen import Page
from tests.conferences import one_list, program
from tests.output.midsummer import midsummer
from tests.output.pictured import check_picture


def parts(workbook: bytes) -> dict[str, str]:
    """Every file within a workbook, by its name."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as files:
        return {name: files.read(name).decode() for name in files.namelist()}


def headings(day: Program) -> list[str]:
    return [column.heading for column in columns(day)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_that_is_pasted(language: str) -> None:
    text = form_text(midsummer(language))
    check_picture(f"form-{language}", Page(plain=text.splitlines, rich=str), None)


def test_the_text_of_a_day_of_which_little_is_known() -> None:
    text = form_text(program({"1A": 1}))
    assert "tirsdag den 30. januar 2018, 09:00–20:00\n\n" in text
    assert "senest" not in text
    assert "frist" not in text
    assert "\nPladserne fordeles samlet efter alles ønsker. Det gælder ikke om" in text
    assert text.endswith("\n\nRunde 1\n1A: Foredrag 1A\n")


def test_what_is_called_a_grid_has_as_many_ranks_as_sessions() -> None:
    columns = 'som rækker, "1. prioritet", "2. prioritet" som kolonner'
    assert columns in form_text(program({"1A": 1}, {"2A": 1, "2B": 1}))
    many = program(dict.fromkeys(("1A", "1B", "1C", "1D"), 1))
    assert '"2. prioritet", "3. prioritet", ... som kolonner' in form_text(many)


def test_rounds_of_one_name_are_asked_about_by_id_and_name() -> None:
    day = program({"1A": 1}, {"2A": 1}, {"3A": 1})
    first, second, third = day.rounds
    named = (replace(first, name="Samtale"), replace(second, name="SAMTALE"), replace(third, name="r1"))
    same = replace(day, rounds=named)
    assert [question(same, round_) for round_ in same.rounds] == ["R1 Samtale", "R2 SAMTALE", "R3 r1"]
    crossed = (replace(first, name="Ny"), replace(second, name="ny"), replace(third, id="R1 Ny"))
    assert question(replace(day, rounds=crossed), crossed[0]) == "R1"
    assert [question(day, round_) for round_ in day.rounds] == ["Runde 1", "Runde 2", "Runde 3"]


def test_a_column_for_each_rank() -> None:
    day = program({"1A": 1, "1B": 1}, {"2A": 1, "2B": 1})
    assert headings(day) == ["name", "email", "organisation", "R1 1", "R1 2", "R2 1", "R2 2"]
    assert form_csv(day) == "name,email,organisation,R1 1,R1 2,R2 1,R2 2\n"
    assert form_csv(day, excel=";") == "\ufeffname;email;organisation;R1 1;R1 2;R2 1;R2 2\r\n"


def test_a_round_with_a_single_session_is_not_asked_about() -> None:
    day = program({"1A": 1, "1B": 1}, {"2A": 1})
    assert headings(day) == ["name", "email", "organisation", "R1 1", "R1 2"]
    assert form_text(day).endswith("\n\nRunde 1\n1A: Foredrag 1A\n1B: Foredrag 1B\n")
    assert "2A: Foredrag 2A" in parts(form_xlsx(day))["xl/sharedStrings.xml"]


def test_groups_are_asked_about_and_who_may_be_in_what_is_told() -> None:
    only = Pin(code="1A", holds=False, group="Klasse", of=("8A", "8B"), others=True)
    day = program({"1A": 1, "1B": 1}, rules=Rules(pins=(only,)))
    day = replace(day, groups=("Klasse",))
    assert headings(day)[:4] == ["name", "email", "organisation", "Klasse"]
    assert "\n\nOrganisation\n\nKlasse\n\nRunde 1\n" in form_text(day)
    assert "\n1A er kun for Klasse 8A, 8B.\n" in form_text(day)


def test_one_list_for_several_rounds_is_one_question() -> None:
    day = one_list({"A": {1: 5, 3: 6}, "B": {1: 1, 2: 2}, "D": {2: 9}}, rounds=3, lasting={"D": (2, 3)})
    assert headings(day) == ["name", "email", "organisation", "wishes 1", "wishes 2", "wishes 3"]
    text = form_text(day)
    assert text.endswith("\n\nRunde 1, Runde 2, Runde 3\nA: Foredrag A\nB: Foredrag B\nD: Foredrag D\n")
    assert "Hvor flere runder nævnes sammen, gælder én rækkefølge for dem alle" in text
    assert "flere runder nævnes" not in form_text(program({"1A": 1, "1B": 1}, {"2A": 1, "2B": 1}))


def test_the_workbook_tells_when_a_session_is_held_each_time() -> None:
    day = one_list({"A": {1: 5, 3: 6}, "B": {1: 1, 2: 2}, "D": {2: 9}}, rounds=3, lasting={"D": (2, 3)})
    book = parts(form_xlsx(day))
    told = book["xl/sharedStrings.xml"]
    assert "R1 Runde 1\nR3 Runde 3" in told
    assert "R2 Runde 2, R3 Runde 3" in told
    assert "<t>5\n6</t>" in told
    assert "'Sessioner'!$A$2:$A$4" in book["xl/worksheets/sheet1.xml"]
    assert book["xl/worksheets/sheet1.xml"].count("<dataValidation ") == 3


def test_who_stays_away_is_asked_where_seats_or_an_audience_are_scarce() -> None:
    day = program({"1A": 3})
    assert "attends" not in headings(day)
    scarce = replace(day, event=replace(day.event, expected_participants=4))
    assert "attends" in headings(scarce)
    assert "\n\nHvilke runder deltager du i?\nTomt betyder alle: R1 Runde 1\nR1\n\n" in form_text(scarce)
    assert "deltager du i? Tomt betyder alle: R1" in parts(form_xlsx(scarce))["xl/worksheets/sheet1.xml"]
    assert "attends" not in headings(replace(day, event=replace(day.event, expected_participants=3)))
    needy = replace(day.rounds[0].sessions[0], least=1)
    assert "attends" in headings(replace(day, rounds=(replace(day.rounds[0], sessions=(needy,)),)))


def test_steps_are_asked_about_where_only_some_rooms_have_them() -> None:
    day = program({"1A": 3})
    for rooms, asked in (([True, True], False), ([False, False], False), ([True, False], True)):
        some = replace(day, rooms=tuple(Room(name="a", seats=1, step_free=free) for free in rooms))
        assert ("step_free" in headings(some)) == asked
        assert ("\n\nHar du brug for niveaufri adgang?\nja\nnej\n" in form_text(some)) == asked
        assert ('"ja,nej"' in parts(form_xlsx(some))["xl/worksheets/sheet1.xml"]) == asked


def test_the_same_program_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = form_xlsx(midsummer())
    monkeypatch.setattr("time.time", lambda: 2e9)
    assert form_xlsx(midsummer()) == first
    assert "2018-06-22T00:00:00Z" in parts(first)["docProps/core.xml"]


def test_every_cell_of_a_round_chooses_from_its_sessions() -> None:
    files = parts(form_xlsx(midsummer()))
    sheet = files["xl/worksheets/sheet1.xml"]
    lists = re.findall(r'sqref="([^"]+)"><formula1>([^<]+)</formula1>', sheet)
    talks, salons = "'Sessioner'!$A$2:$A$4", "'Sessioner'!$A$5:$A$6"
    assert lists == [
        ("E6:E1005", talks),
        ("F6:F1005", talks),
        ("G6:G1005", talks),
        ("H6:H1005", salons),
        ("I6:I1005", salons),
    ]
    assert 'state="frozen"' in sheet
    assert "SUMPRODUCT(--($E6:$G6=E6))" in sheet
    assert "SUMPRODUCT(--($H6:$I6=H6))" in sheet
    assert "1A: Feedback fra voksen til barn" in files["xl/sharedStrings.xml"]


def test_a_large_conference_has_rows_enough() -> None:
    day = midsummer()
    large = replace(day, event=replace(day.event, expected_participants=5_000))
    assert 'sqref="E6:E10005"' in parts(form_xlsx(large))["xl/worksheets/sheet1.xml"]


def test_there_are_no_more_rows_than_a_sheet_has() -> None:
    day = midsummer()
    huge = replace(day, event=replace(day.event, expected_participants=600_000))
    assert 'sqref="E6:E1048576"' in parts(form_xlsx(huge))["xl/worksheets/sheet1.xml"]


def test_rows_are_as_high_as_what_is_wrapped_in_them() -> None:
    day = program({"1A": 1, "1B": 1})
    one, other = day.rounds[0].sessions
    crowd = tuple(Presenter(name=f"Ane Marie Holm nr. {n}", organisation="Vejle") for n in range(9))
    rounds = (
        replace(day.rounds[0], sessions=(replace(one, presenters=crowd), replace(other, title="Kort"))),
    )
    sheet = parts(form_xlsx(replace(day, rounds=rounds)))["xl/worksheets/sheet2.xml"]
    # What is as high as any row is not said to be.
    assert re.findall(r'<row r="([0-9]+)"[^>]* ht="([0-9.]+)"', sheet) == [("2", str(7 * 15))]


def test_the_list_of_sessions_is_printed_on_pages_as_wide_as_it_is() -> None:
    files = parts(form_xlsx(midsummer()))
    sheet = files["xl/worksheets/sheet2.xml"]
    assert 'fitToPage="1"' in sheet
    assert re.search(r'<pageSetup paperSize="9"[^>]* fitToHeight="0"[^>]* orientation="landscape"', sheet)
    assert "Sessioner!$1:$1</definedName>" in files["xl/workbook.xml"]


def test_no_title_is_run_or_followed() -> None:
    day = program({"1A": 1})
    hostile = replace(day.rounds[0].sessions[0], title="=1+1", by=("https://example.dk",))
    files = parts(form_xlsx(replace(day, rounds=(replace(day.rounds[0], sessions=(hostile,)),))))
    assert "<f>" not in files["xl/worksheets/sheet2.xml"]
    assert "<hyperlink" not in files["xl/worksheets/sheet2.xml"]
    assert "=1+1" in files["xl/sharedStrings.xml"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_do_stands_above_and_headings_are_in_the_programs_language(language: str) -> None:
    day, told = midsummer(language), words_for(language).form
    book = CalamineWorkbook.from_filelike(io.BytesIO(form_xlsx(day)))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[:4]] == list(instructions(day))
    assert rows[0][0] == told.title.format(day.event.name)
    assert rows[1][0] == told.deadline.format(words_for(language).short_date(dt.date(2018, 5, 1)))
    assert rows[2][0] == told.how
    first, second = (told.wish.format(rank) for rank in (1, 2))
    names = [round_.name for round_ in day.rounds]
    assert rows[4][:6] == [
        *(told.name, told.email, told.organisation, told.attends),
        *(f"{names[0]} [{rank}]" for rank in (first, second)),
    ]
    assert len(rows) == 5


def test_without_a_deadline_none_is_told() -> None:
    day = program({"1A": 1, "1B": 1})
    assert len(list(instructions(day))) == 3
    assert not any("senest" in line for line in instructions(day))
    lists = one_list({"A": {1: 5, 3: 6}, "B": {1: 1, 2: 2}, "D": {2: 9}}, rounds=3)
    assert "én rækkefølge for dem alle" in list(instructions(lists))[1]


def test_nothing_but_the_cells_to_fill_in_can_be_changed_without_a_password() -> None:
    files = parts(form_xlsx(midsummer()))
    for number in (1, 2):
        (protection,) = re.findall("<sheetProtection[^>]*>", files[f"xl/worksheets/sheet{number}.xml"])
        assert "password" not in protection
    styles = re.findall("<xf [^>]*?(?:/>|>.*?</xf>)", files["xl/styles.xml"].partition("<cellXfs")[2])
    unlocked = {str(number) for number, style in enumerate(styles) if 'locked="0"' in style}
    sheet = files["xl/worksheets/sheet1.xml"]
    assert set(re.findall('<col [^>]* style="([0-9]+)"', sheet)) == unlocked
    # The header, and all cells beside what stands above it, are as rows and cells say, which go first.
    rows = re.findall('<row r="[1-4]"([^>]*)>', sheet)
    assert len(rows) == 4
    assert all('customFormat="1"' in row for row in rows)
    assert not unlocked & set(re.findall('<(?:c|row) [^>]*s="([0-9]+)"', sheet))


def test_english_sheets() -> None:
    book = parts(form_xlsx(midsummer("en")))["xl/workbook.xml"]
    assert re.findall(r'<sheet name="([^"]+)"', book) == ["Wishes", "Sessions"]


def test_a_long_name_of_a_round_fits_its_hint() -> None:
    day = program({"1A": 1})
    long = replace(day, rounds=(replace(day.rounds[0], id="R" * 40),))
    assert re.findall(r'promptTitle="([^"]+)"', parts(form_xlsx(long))["xl/worksheets/sheet1.xml"]) == [
        "R" * 32
    ]
