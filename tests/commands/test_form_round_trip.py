"""What is filled into the form is what is read back: from the workbook, from CSV, and from an online form."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import NO_WISHES, Participant, Wishes
from midtvejs.domain.program import Block, Forms, Program
from midtvejs.domain.words import LANGUAGES, words_for
from midtvejs.output.form.columns import columns, form_csv, option
from midtvejs.output.form.text import form_text, question
from midtvejs.output.form.workbook import form_xlsx, instructions
from midtvejs.reading.answers.preferences import read_preferences
from midtvejs.reading.forms.words import role_of, tidy
from tests.conferences import one_list, person
from tests.examples import examples
from tests.output.midsummer import midsummer
from tests.strategies import Conference, lawful_conferences

TITLES = ("Data; feedback", "=1+1", "1B: hvad nu?", 'Et "citat", og mere', "Ledelse, tæt på", "2. ønske")
ONE_FILE_A_TIME = examples(40)


def hostile(day: Program) -> Program:
    """The same day, its sessions titled in ways that are hard to read back."""
    titles = iter(TITLES * 20)
    rounds = tuple(
        replace(
            round_,
            sessions=tuple(replace(session, title=next(titles)) for session in round_.sessions),
        )
        for round_ in day.rounds
    )
    return replace(day, rounds=rounds)


def filled_in(day: Program, people: Iterable[Participant]) -> list[list[str]]:
    """A row for each of them, as it is chosen from the drop-down lists."""
    rows = []
    for each in people:
        said = {"name": each.name, "email": each.email, "organisation": each.organisation}
        for block, wishes in zip(day.blocks, each.wishes, strict=True):
            said |= {
                f"{block.id} {rank}": chosen for rank, chosen in enumerate(options(day, wishes), start=1)
            }
        rows.append([said.get(column.heading, "") for column in columns(day)])
    return rows


def options(day: Program, wishes: Wishes) -> list[str]:
    return [option(day.sessions[code]) for code in wishes.codes]


def workbook(day: Program, rows: Sequence[Sequence[str]]) -> bytes:
    """The form as Excel would save it when it is filled in."""
    first = len(list(instructions(day))) + 2
    cells = "".join(
        f'<row r="{number}">{"".join(map(_cell, row))}</row>' for number, row in enumerate(rows, start=first)
    )
    filled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form_xlsx(day))) as form, zipfile.ZipFile(filled, "w") as copy:
        for name in form.namelist():
            text = form.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = text.replace(b"</sheetData>", f"{cells}</sheetData>".encode())
            copy.writestr(name, text)
    return filled.getvalue()


def _cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>' if text else "<c/>"


def microsoft(day: Program, people: Iterable[Participant]) -> str:
    """What Microsoft Forms would export, its questions pasted from the text."""
    file = io.StringIO()
    header = ["ID", "Start time", "Completion time", "Email", "Name"]
    writer = csv.writer(file)
    writer.writerow(
        [*header, "Navn", "E-mail", "Organisation", *(question(day, block) for block in day.blocks)]
    )
    for number, each in enumerate(people, start=1):
        automatic = [number, "1/25/18 10:00:00", "1/25/18 10:05:00", "anonymous", ""]
        rankings = ["".join(f"{chosen};" for chosen in options(day, wishes)) for wishes in each.wishes]
        writer.writerow([*automatic, each.name, each.email, each.organisation, *rankings])
    return file.getvalue()


def asked(day: Program, people: Iterable[Participant]) -> list[Participant]:
    """Everybody, without wishes where there is nothing to choose, and nobody is asked."""
    return [
        replace(
            each,
            wishes=tuple(
                wishes if block in day.asked else NO_WISHES
                for block, wishes in zip(day.blocks, each.wishes, strict=True)
            ),
        )
        for each in people
    ]


def one_by_one(people: Iterable[Participant]) -> tuple[Participant, ...]:
    """Return people who wish for nothing equally: the form has a cell for each wish."""
    return tuple(replace(each, wishes=tuple(Wishes(of.codes) for of in each.wishes)) for each in people)


def told(people: Iterable[Participant]) -> list[tuple[str, str, str, tuple[Wishes, ...]]]:
    return [(each.name, each.email, each.organisation, each.wishes) for each in people]


@ONE_FILE_A_TIME
@given(lawful_conferences())
def test_every_way_to_fill_it_in_is_read_back(tmp_path: Path, conference: Conference) -> None:
    day, people = hostile(conference[0]), one_by_one(conference[1])
    rows = filled_in(day, people)
    for excel in ("", ",", ";"):
        text = form_csv(day, excel=excel)
        file = io.StringIO(newline="")
        csv.writer(file, delimiter=excel or ",").writerows(rows)
        (tmp_path / "form.csv").write_text(text + file.getvalue(), encoding="utf-8", newline="")
        assert told(read_preferences(tmp_path / "form.csv", day).accepted()) == told(asked(day, people))
    (tmp_path / "form.xlsx").write_bytes(workbook(day, rows))
    assert told(read_preferences(tmp_path / "form.xlsx", day).accepted()) == told(asked(day, people))


@ONE_FILE_A_TIME
@given(lawful_conferences())
def test_the_questions_are_recognised_in_an_online_form(tmp_path: Path, conference: Conference) -> None:
    # A few who happen to rank in the order of the form might as well have ticked boxes.
    day = replace(hostile(conference[0]), forms=Forms(ticks=False))
    people = one_by_one(conference[1])
    (tmp_path / "svar.csv").write_text(microsoft(day, people), encoding="utf-8")
    assert told(read_preferences(tmp_path / "svar.csv", day).accepted()) == told(people)


def rewritten(book: bytes, name: str = "") -> bytes:
    """The form as another program saves it anew, with blank rows below; its first sheet may be renamed."""
    file = io.BytesIO()
    found = CalamineWorkbook.from_filelike(io.BytesIO(book))
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as copy:
        for number, sheet in enumerate(found.sheet_names):
            written = copy.add_worksheet(sheet if number or not name else name)
            cells = [list(map(str, row)) for row in found.get_sheet_by_name(sheet).to_python()]
            blank = [""] * len(cells[0])
            for row, line in enumerate([*cells, blank, blank]):
                for column, cell in enumerate(line):
                    written.write(row, column, cell, copy.add_format({"num_format": "@"}))
    return file.getvalue()


ROUNDS = ("Pecha Kucha: Runde 1", "2. ønske", "Salon [A]", "Samtaler, del 2", "Navn", "Runde [2. ønske]")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ROUNDS)
def test_it_is_read_back_whatever_a_round_is_called_and_whoever_saved_it(
    tmp_path: Path, language: str, name: str
) -> None:
    day = midsummer(language)
    day = replace(day, rounds=(replace(day.rounds[0], name=name), *day.rounds[1:]))
    people = [person("Åse", "1B > 1A", "S2"), person("3-4", "", "S1 > S2")]
    for book in (
        workbook(day, filled_in(day, people)),
        rewritten(workbook(day, filled_in(day, people))),
        rewritten(workbook(day, filled_in(day, people)), "Ark1"),
    ):
        (tmp_path / "form.xlsx").write_bytes(book)
        assert told(read_preferences(tmp_path / "form.xlsx", day).accepted()) == told(people)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_has_answered_where_it_is_saved_anew_without_an_answer(tmp_path: Path, language: str) -> None:
    day = midsummer(language)
    for book in (form_xlsx(day), rewritten(form_xlsx(day))):
        (tmp_path / "form.xlsx").write_bytes(book)
        (fault,) = read_preferences(tmp_path / "form.xlsx", day).diagnostics
        assert fault.message == "nobody has answered yet: nothing follows the header"
        assert (fault.place.sheet, fault.place.line) == (words_for(language).form.wishes_sheet, 5)


LISTED = hostile(one_list({code: {1: 9, 2: 9} for code in "ABCDEF"}, rounds=2))
LISTS = st.lists(
    st.permutations("ABCDEF").flatmap(lambda order: st.integers(0, 6).map(lambda n: order[:n])), max_size=5
)


@ONE_FILE_A_TIME
@given(lists=LISTS)
def test_one_list_for_several_rounds_is_read_back(tmp_path: Path, lists: list[list[str]]) -> None:
    # A question that nobody answers cannot be told apart from another one.
    people = [
        person(f"Nr {number}", " > ".join(each)) for number, each in enumerate([*lists, list("ABCDEF")])
    ]
    (tmp_path / "form.xlsx").write_bytes(workbook(LISTED, filled_in(LISTED, people)))
    assert told(read_preferences(tmp_path / "form.xlsx", LISTED).accepted()) == told(people)
    (tmp_path / "svar.csv").write_text(microsoft(LISTED, people), encoding="utf-8")
    assert told(read_preferences(tmp_path / "svar.csv", LISTED).accepted()) == told(people)


def test_two_lists_are_told_apart_by_the_names_of_their_rounds(tmp_path: Path) -> None:
    made = one_list({"A": {1: 9, 2: 9}, "B": {1: 9, 2: 9}, "C": {3: 9, 4: 9}, "D": {3: 9, 4: 9}}, rounds=4)
    day = replace(made, lists=(Block(id="am", rounds=(0, 1)), Block(id="pm", rounds=(2, 3))))
    assert "\n\nRunde 1, Runde 2\nA: Foredrag A\nB: Foredrag B\n\nRunde 3, Runde 4\nC: " in form_text(day)
    people = [person("Åse", "B > A", ""), person("Bo", "", "C")]
    (tmp_path / "svar.csv").write_text(microsoft(day, people), encoding="utf-8")
    assert told(read_preferences(tmp_path / "svar.csv", day).accepted()) == told(people)


def test_who_does_not_attend_and_who_needs_a_way_without_steps(tmp_path: Path) -> None:
    day = midsummer()
    day = replace(day, rooms=(replace(day.rooms[0], step_free=True), *day.rooms[1:]))
    (row,) = filled_in(day, [person("Åse", "1B > 1A", "")])
    headings = [column.heading for column in columns(day)]
    row[headings.index("attends")], row[headings.index("step_free")] = "R1", "ja"
    (tmp_path / "form.xlsx").write_bytes(workbook(day, [row]))
    (read,) = read_preferences(tmp_path / "form.xlsx", day).accepted()
    assert (read.absent, read.step_free) == (frozenset({"S"}), True)
    assert read.wishes == (Wishes(("1B", "1A")), Wishes())


@pytest.mark.parametrize("language", LANGUAGES)
def test_whom_anyone_would_like_to_be_with(tmp_path: Path, language: str) -> None:
    day = midsummer(language)
    told = words_for(language).form
    assert "with" not in [column.heading for column in columns(day)]
    assert told.friends not in form_text(day)
    asking = day.replace_rules(fairness=(Criterion.TOTAL, Criterion.FRIENDS))
    always = replace(day, rules=replace(day.rules, friends_together=True))
    for each in (asking, always):
        headings = [column.heading for column in columns(each)]
        rows = filled_in(each, [person("Åse", "1A", ""), person("Bo", "1A", "")])
        rows[0][headings.index("with")] = "Bo"
        (tmp_path / "form.xlsx").write_bytes(workbook(each, rows))
        ase, bo = read_preferences(tmp_path / "form.xlsx", each).accepted()
        assert (ase.wants, bo.wants) == ((bo.key,), ())
        assert f"\n\n{told.friends}\n\n" in form_text(each)
        role = role_of(tidy(told.friends))
        assert role is not None
        assert role[0] == "with"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_grid_made_by_the_text_is_read_back(tmp_path: Path, language: str) -> None:
    day = midsummer(language)
    day = replace(day, rooms=(replace(day.rooms[0], step_free=True), *day.rooms[1:]))
    day = replace(day, rounds=tuple(replace(round_, name="Workshops") for round_ in day.rounds))
    told, text = words_for(language).form, form_text(day)
    grid = [f"{question(day, round_)} [{option(each)}]" for round_ in day.rounds for each in round_.sessions]
    asked = [told.name, told.email, told.organisation, told.attends, told.step_free]
    assert all(f"\n\n{each}\n" in text for each in [*asked, "R1 Workshops", "S Workshops"])
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["Tidsstempel", *asked, *grid])
    at, yes, ranks = "2018/04/05 2:30:00 PM GMT+1", told.yes_or_no[0], told.ranks
    writer.writerow([at, "Åse", "a@x.dk", "Vejle", "R1", yes, ranks[1], ranks[0], ranks[2], "", ""])
    writer.writerow([at, "Bo", "b@x.dk", "Vejle", "", "", "", ranks[0], ranks[1], ranks[1], ranks[0]])
    (tmp_path / "svar.csv").write_text(file.getvalue(), encoding="utf-8")
    first, second = read_preferences(tmp_path / "svar.csv", day).accepted()
    assert (first.absent, first.step_free) == (frozenset({"S"}), True)
    assert (second.absent, second.step_free) == (frozenset(), False)
    assert first.wishes == (Wishes(("1B", "1A", "1C")), Wishes())
    assert second.wishes == (Wishes(("1B", "1C")), Wishes(("S2", "S1")))
