"""A day in Norwegian, in everything that participants read of it."""

from __future__ import annotations

import io
import json
import re
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from midtvejs.output.export.formats import making
from midtvejs.output.export.papers import days_pdf, rosters_pdf, signs_pdf
from midtvejs.output.export.wanted import Wanted
from midtvejs.output.form.workbook import form_xlsx
from midtvejs.output.pages.day import own_day_page
from midtvejs.output.pages.rosters import rosters_page
from midtvejs.output.pages.show import day_page
from tests.output.export.days import ruled, texts
from tests.output.export.test_ics import own, said
from tests.output.export.test_xlsx import sheets
from tests.output.form.test_form import parts
from tests.output.midsummer import midsummer, seated
from tests.output.midsummer_with_rules import planned
from tests.output.pictured import check_picture
from tests.output.printed import pages

OF_ANOTHER = re.compile(
    r"\b(?:deltagere?|lokale|pladser|oplægsholdere?|begynder|højst|mindst|titel|"
    r"participants?|presenters?|rooms?|seats?|title|nobody|break|name|not attending)\b",
    re.IGNORECASE,
)
"""Words of Danish and English that Norwegian does not have."""
MARKUP = re.compile(r"<script.*?</script>|<style.*?</style>|<[^>]*>", re.DOTALL)


def test_the_day() -> None:
    check_picture("day-norwegian", day_page(midsummer("nb")), 80)


def test_a_day_with_rules() -> None:
    check_picture("day-rules-norwegian", day_page(planned("nb")), 80)


@pytest.mark.parametrize("width", [None, 80])
def test_rosters(width: int | None) -> None:
    check_picture("rosters-norwegian", rosters_page(ruled("nb")), width)


@pytest.mark.parametrize("width", [None, 80])
def test_a_day_of_ones_own(width: int | None) -> None:
    assignment = ruled("nb")
    zacharias = next(each for each in assignment.participants if each.key == "zacharias dahl")
    check_picture("own-day-norwegian", own_day_page(assignment, zacharias), width)


def test_the_form_that_is_a_workbook() -> None:
    written = parts(form_xlsx(midsummer("nb")))
    assert 'name="Ønsker"' in written["xl/workbook.xml"]
    assert 'name="Sesjoner"' in written["xl/workbook.xml"]
    assert "Velg en av sesjonene i runden fra listen." in written["xl/worksheets/sheet1.xml"]
    assert "Foredragsholdere" in written["xl/sharedStrings.xml"]


def test_the_workbook() -> None:
    found = sheets(ruled("nb"))
    assert list(found) == ["Deltakere", "Pecha Kucha Runde 1", "Samtalesaloner", "Sesjoner"]
    assert found["Deltakere"][0][:5] == ["fornavn", "navn", "e-post", "organisasjon", "R1 tid"]
    assert {row[3]: row[-1] for row in found["Sesjoner"]}["1C"] == "avlyst"


def test_the_tables() -> None:
    made = texts(ruled("nb"), "csv")
    header = made["rosters.csv"].splitlines()[0]
    assert header == "\ufeffrunde;tid;rom;kode;tittel;navn;e-post;organisasjon;rolle"
    assert ";deltar ikke;" in made["mailmerge.csv"]


def test_calendars() -> None:
    notes = [said(entry, "DESCRIPTION") for entry in own(seated("nb"))["kim funk"]]
    assert notes[0].startswith("Du er foredragsholder.")
    assert "foredragsholder: skoleleder Kim Funk, Nordfyns Kommune" in notes[0]


def test_the_web_page() -> None:
    (page,) = texts(ruled("nb"), "html").values()
    assert '<html lang="nb">' in page
    assert "Fredag 22. juni 2018, 09:30–14:00" in page
    assert "Skriv navnet ditt eller en del av det." in page
    assert '"several": "Fant {} deltakere."' in page or '"several":"Fant {} deltakere."' in page


def test_conference_apps() -> None:
    made = texts(ruled("nb"), "schedule")
    days = json.loads(made["schedule.json"])["schedule"]["conference"]["days"]
    talks = [talk for held in days[0]["rooms"].values() for talk in held]
    assert {talk["language"] for talk in talks} == {"nb"}
    root = ET.fromstring(made["schedule.xml"])  # noqa: S314 - our own file
    assert {each.text for each in root.iter("language")} == {"nb"}


def test_papers() -> None:
    rosters, signs, days = (" ".join(pages(made(ruled("nb")))) for made in (rosters_pdf, signs_pdf, days_pdf))
    assert "fredag 22. juni 2018" in rosters
    assert "2 av 3 plasser, 1 foredragsholder" in rosters
    assert "Foredragsholder: skoleleder Kim Funk" in signs
    assert "Du er foredragsholder." in days
    assert str(PdfReader(io.BytesIO(rosters_pdf(ruled("nb")))).root_object["/Lang"]) == "nb"


def test_no_word_of_another_language_is_left() -> None:
    made = making(ruled("nb"), ["csv", "ics", "html"], Wanted(public=False))
    written = [str(made[path]()) for path in ("rosters.csv", "mailmerge.csv", "program.ics", "index.html")]
    shown = [MARKUP.sub(" ", text) for text in written]
    shown += ["\n".join(page.plain()) for page in (day_page(planned("nb")), rosters_page(ruled("nb")))]
    assert [OF_ANOTHER.findall(text) for text in shown] == [[]] * len(shown)
    for language in ("da", "en"):
        assert len(OF_ANOTHER.findall("\n".join(day_page(planned(language)).plain()))) > 10
