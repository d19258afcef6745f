"""PDFs as those read them who hold them in their hands: their text, page by page."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.program import Event
from midtvejs.views.pdf import NoTypst, days_pdf, rosters_pdf, signs_pdf
from midtvejs.views.pdf.typesetting import TEMPLATES
from midtvejs.views.screen import printable
from tests import conferences
from tests.views.midsummer import crowd, seated
from tests.views.midsummer_with_rules import seated_by_rules

PAPERS = (rosters_pdf, signs_pdf, days_pdf)


def pages(pdf: bytes) -> list[str]:
    """Give each page's text on one line."""
    return [squeezed(page.extract_text(), " ") for page in PdfReader(io.BytesIO(pdf)).pages]


def squeezed(text: str, between: str = "") -> str:
    return between.join(text.replace("\u200b", "").split())


def group(*names: str, rounds: int = 1, title: str = "Foredrag") -> Assignment:
    """Some people who are together all day, in sessions of one title."""
    program = conferences.program(*({f"{number}A": len(names) or 1} for number in range(1, rounds + 1)))
    titled = tuple(
        replace(round_, sessions=(replace(round_.sessions[0], title=title),)) for round_ in program.rounds
    )
    people = tuple(
        replace(conferences.person("x", *[""] * rounds), name=name, email=f"{number}@example.dk")
        for number, name in enumerate(names)
    )
    day = tuple(round_.sessions[0].code for round_ in titled)
    return Assignment(
        program=replace(program, rounds=titled), participants=people, days={each.key: day for each in people}
    )


# Rosters


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


# Signs


def test_a_sign_for_each_room_in_the_order_of_the_program() -> None:
    first, second, third = pages(signs_pdf(seated()))
    assert first.startswith("Midsommerkonferencen · fredag den 22. juni 2018 Panorama 10:00–10:30")
    assert "11:00–12:10 Samtalesaloner S1 Ledelse" in first
    assert "Fjordsalen" in second
    assert "Kælder [lukket]" in third


def test_rooms_without_sessions_have_no_sign() -> None:
    filled = seated_by_rules().with_rooms()
    assert filled.program.sessions["1C"].rooms
    assert len(pages(signs_pdf(filled))) == 2


def test_a_sign_says_what_is_cancelled() -> None:
    assignment = seated()
    talks, salons = assignment.program.rounds
    *held, empty = talks.sessions
    dropped = replace(talks, sessions=(*held, replace(empty, least=1, may_be_cancelled=True)))
    program = replace(assignment.program, rounds=(dropped, salons))
    sign = pages(signs_pdf(replace(assignment, program=program)))[2]
    assert "Aflyst: 1C Ingen kommer her" in sign


def test_a_long_day_goes_on_on_a_second_sign_with_the_name_of_the_room() -> None:
    assignment = group("Bo", rounds=9, title="Et ganske almindeligt foredrag om data og feedback " * 4)
    one_room = replace(
        assignment.program,
        rounds=tuple(
            replace(round_, sessions=(replace(round_.sessions[0], room=assignment.program.rooms[0]),))
            for round_ in assignment.program.rounds
        ),
    )
    sheets = pages(signs_pdf(replace(assignment, program=one_room)))
    assert len(sheets) > 1
    assert all("Lokale 1A" in sheet for sheet in sheets)
    assert [
        code for sheet in sheets for code in sheet.split() if code in one_room.sessions and "A" in code
    ] != []
    assert squeezed("".join(sheets)).count("Etganskealmindeligt") == 9 * 4


# Days


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


# All of them


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_but_the_assignment_is_in_the_bytes(paper: Callable[[Assignment], bytes]) -> None:
    assignment = seated()
    reversed_ = replace(
        assignment,
        participants=assignment.participants[::-1],
        days=dict(list(assignment.days.items())[::-1]),
    )
    made = paper(assignment)
    assert paper(reversed_) == made
    assert not {"/CreationDate", "/ModDate"} & set(PdfReader(io.BytesIO(made)).metadata or {})


def test_every_process_makes_the_same_bytes() -> None:
    script = f"""
import hashlib
from midtvejs.views.pdf import {", ".join(paper.__name__ for paper in PAPERS)}
from tests.views.midsummer import crowd, seated
for paper in ({", ".join(paper.__name__ for paper in PAPERS)}):
    print(*(hashlib.sha256(paper(each)).hexdigest() for each in (crowd(), seated())))
"""
    made = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(made) == 1
    assert hashlib.sha256(rosters_pdf(crowd())).hexdigest() in made.pop()


HOSTILE = (
    '#import "x"',
    '#read("/etc/passwd")',
    "*bold* _italic_ `raw`",
    "$x^2$ @ref <label>",
    r"\u{41} \ // /* */ -- ... ~",
    "[/b] {0} %s",
    "'single' \"double\"",
    "a\x1b[2Jb\r\nc\td\x00e",
    "W" * 60,
    "xylofon" * 20,
    "Åse Ærø Ösél Ñandú Łukasz Ševčík",
    "Ελένη Иван",
    "e\u0301" * 40,
)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_what_files_say_is_text_and_nothing_else(text: str) -> None:
    assignment = group(text, title=text)
    event = replace(assignment.program.event, name=text, notes=(text,))
    assignment = replace(assignment, program=replace(assignment.program, event=event))
    wanted = squeezed(printable(text))
    for paper, least in ((rosters_pdf, 3), (signs_pdf, 2), (days_pdf, 4)):
        assert squeezed("".join(pages(paper(assignment)))).count(wanted) >= least


@pytest.mark.parametrize(
    "text", ["🎈", "漢字", "שלום", "مرحبا", "\ud800", "\ufffe", "\u202eabc", ""], ids=ascii
)
def test_letters_that_no_typeface_may_have_harm_nobody(text: str) -> None:
    assignment = group(f"{text} Hansen", "Bo Lund", title=text)
    for paper in (rosters_pdf, days_pdf):
        page = pages(paper(assignment))[0]
        assert "Hansen" in page
        assert "Bo Lund" in page
    assert "Lokale 1A" in pages(signs_pdf(assignment))[0]


@given(
    st.lists(
        st.text(
            st.characters(max_codepoint=0x17F, categories=["Lu", "Ll", "Nd", "P"]), min_size=1, max_size=70
        ),
        min_size=1,
        max_size=30,
    )
)
@settings(max_examples=25, deadline=None)
def test_every_name_is_there_letter_by_letter(names: list[str]) -> None:
    assignment = group(*(f"<{name}>" for name in names))
    for paper in (rosters_pdf, days_pdf):
        text = squeezed("".join(pages(paper(assignment))))
        for name, count in Counter(f"<{name}>" for name in names).items():
            assert text.count(name) >= count


def test_a_day_of_nobody_and_nothing_is_still_a_file() -> None:
    event = Event(name="Ingen", date=dt.date(2018, 1, 30), start=dt.time(9), end=dt.time(10))
    nothing = replace(group(), participants=(), days={})
    empty = replace(nothing, program=replace(nothing.program, event=event, rounds=(), rooms=()))
    for paper in PAPERS:
        for assignment in (nothing, empty):
            assert len(pages(paper(assignment))) == 1


def test_typst_may_read_templates_and_nothing_else() -> None:
    assert {path.suffix for path in TEMPLATES.rglob("*")} == {".typ"}


def test_without_typst_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    for paper in PAPERS:
        with pytest.raises(NoTypst):
            paper(seated())


def test_typst_is_imported_when_a_paper_is_made_and_not_before() -> None:
    script = "import sys, midtvejs.views.pdf; assert 'typst' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)
