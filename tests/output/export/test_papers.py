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
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, PdfObject

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.program import Event
from midtvejs.output.export.papers import days_pdf, rosters_pdf, signs_pdf
from midtvejs.output.export.typesetting import TEMPLATES, NoTypst
from midtvejs.output.screen import printable
from tests.examples import examples
from tests.output.midsummer import crowd, seated
from tests.output.midsummer_with_rules import seated_by_rules
from tests.output.printed import group, pages, squeezed

PAPERS = (rosters_pdf, signs_pdf, days_pdf)


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


def test_a_sign_says_what_the_program_cancelled_beside_what_is_there_instead() -> None:
    assignment = seated()
    talks, salons = assignment.program.rounds
    *held, off = talks.sessions
    instead = replace(off, code="1D", title="Noget andet")
    changed = replace(talks, sessions=(*held, instead), cancelled=(off,))
    program = replace(assignment.program, rounds=(changed, salons))
    sign = pages(signs_pdf(replace(assignment, program=program)))[2]
    assert "Aflyst: 1C Ingen kommer her" in sign
    assert "1D Noget andet" in sign


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


ENDLESS = "Sundhedsstyrelsesafdelingslederstillingsopslagsudvalgsformanden"


@pytest.mark.parametrize("paper", [days_pdf, rosters_pdf])
def test_names_and_organisations_are_read_in_one_piece(paper: Callable[[Assignment], bytes]) -> None:
    names = (ENDLESS, "Søren Kierkegaard-Ågesen", "Fiffig Affluffisteffi", "Åse Ærø", "Signe S. Sørensen")
    organisations = (
        "Vejle Kommune",
        "Kulturministeriets Forvaltningsafdeling for Børnekulturhusene i Syddanmark",
    )
    day = group(*names, title="Salg og S-tog")
    people = tuple(
        replace(each, organisation=organisations[at % 2]) for at, each in enumerate(day.participants)
    )
    file = PdfReader(io.BytesIO(paper(replace(day, participants=people))))
    read = "\n".join(page.extract_text() for page in file.pages)
    assert not {letter for letter in read if not letter.isprintable()} - {"\n"}
    assert ENDLESS in "".join(read.split())
    for text in (*names[1:], *organisations):
        assert text in " ".join(read.split())


def test_papers_are_tagged_in_their_language_with_a_heading_for_each_card_or_roster() -> None:
    for paper, headings in ((days_pdf, 7), (rosters_pdf, 5), (signs_pdf, 3)):
        root = PdfReader(io.BytesIO(paper(seated()))).trailer["/Root"]
        assert isinstance(root, DictionaryObject)
        marked = root["/MarkInfo"]
        assert isinstance(marked, DictionaryObject)
        assert marked["/Marked"]
        assert str(root["/Lang"]) == "da"
        assert _kinds(root["/StructTreeRoot"])["/H1"] == headings


def _kinds(element: PdfObject) -> Counter[str]:
    """Count the elements of a tagged PDF by their kinds."""
    found = element.get_object()
    if isinstance(found, list):
        return sum(map(_kinds, found), Counter())
    if not isinstance(found, dict):
        return Counter()
    inside = _kinds(found["/K"]) if "/K" in found else Counter[str]()
    return inside + Counter([str(found["/S"])] if "/S" in found else [])


def test_every_process_makes_the_same_bytes() -> None:
    script = f"""
import hashlib
from midtvejs.output.export.papers import days_pdf
from midtvejs.output.export.papers import rosters_pdf
from midtvejs.output.export.papers import signs_pdf
from tests.output.midsummer import crowd, seated
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
@examples(25)
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
    script = "import sys, midtvejs.output.export.papers; assert 'typst' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)
