from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.words import LANGUAGES
from midtvejs.output.export.html import Html, data, element, index_html
from midtvejs.output.screen import CONTROL
from tests.output.export.days import renamed, rosters_of, ruled
from tests.output.midsummer import seated
from tests.output.test_hostile import EVIL, evil

if TYPE_CHECKING:
    from playwright.sync_api import Page

BROWSER = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None)
VOID = {"meta", "input"}
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!--",
    '"\' onfocus=alert(1) autofocus="',
    "&lt;b&gt; &amp;",
    "]]>",
]


def page(assignment: Assignment, *, public: bool = False) -> str:
    return index_html(rosters_of(assignment), public=public)


class Outline(HTMLParser):
    """What a page consists of; an element that is not closed, or closed twice, fails."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self._open[-1:]):
            self.texts.append(data)

    @property
    def said(self) -> str:
        return "".join(self.texts)


def days(text: str) -> list[list[object]]:
    """Return what the script knows of everybody."""
    (found,) = re.findall(r'<script type="application/json" id="day">(.*?)</script>', text, re.DOTALL)
    people: list[list[object]] = json.loads(found)["people"]
    return people


def test_it_has_the_program_and_everybody() -> None:
    assignment = ruled()
    outline = Outline(page(assignment))
    for session in assignment.program.sessions.values():
        assert session.title in outline.said
    for person in assignment.participants:
        assert person.name in outline.said
    assert "Fredag den 22. juni 2018, 09:30–14:00" in outline.said
    assert "aflyst" in outline.said
    assert "4 af" not in outline.said
    assert "3 af 4 pladser" in outline.said
    assert [person[0] for person in days(page(assignment))][-2:] == ["Zacharias Dahl", "Åse Berg"]


def test_it_needs_nothing_from_the_net_and_lets_nothing_else_run() -> None:
    for public in (True, False):
        text = page(seated(), public=public)
        assert not re.search(r"\b(?:src|srcset|action|formaction|on\w+)=|@import|url\(|<link|<iframe", text)
        assert all(link.startswith("#") for link in re.findall(r'href="([^"]*)"', text))
        (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy


@pytest.mark.parametrize("language", LANGUAGES)
def test_prose_is_hyphenated_in_its_language_and_no_name_or_code_is(language: str) -> None:
    text = page(seated(language))
    assert f'<html lang="{language}">' in text
    look = re.findall(r"([^{}]+)\{([^{}]*hyphens: (auto|manual);[^{}]*)\}", text)
    hyphenated, kept = (where.strip() for where, *_ in look)
    assert [how for *_, how in look] == ["auto", "manual"]
    assert hyphenated == "body"
    assert {".code", ".quiet", ".names", "#found summary", "strong"} <= set(kept.split(", "))


def test_it_can_be_found_ones_way_in() -> None:
    outline = Outline(page(seated()))
    levels = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    (root,) = (attributes for tag, attributes in outline.elements if tag == "html")
    assert root["lang"] == "da"
    ids = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    for _, attributes in outline.elements:
        for name in ("for", "aria-labelledby", "aria-describedby"):
            assert attributes.get(name, ids[0]) in ids
        assert attributes.get("href", "#find")[1:] in ids
    inputs = [attributes["id"] for tag, attributes in outline.elements if tag == "input"]
    assert inputs == [attributes["for"] for tag, attributes in outline.elements if tag == "label"]


def test_english() -> None:
    text = page(seated("en"))
    assert 'lang="en"' in text
    assert "Find your day" in Outline(text).said
    assert "deltager" not in text


def test_nobody_who_attends_is_in_the_public_page() -> None:
    assignment = ruled()
    text = page(assignment, public=True)
    presenters = {each.name for each in assignment.program.sessions["S1"].presenters}
    for person in assignment.participants:
        if person.name not in presenters:
            assert f">{person.name}<" not in text
        assert not person.email or person.email not in text
    assert "Zacharias" not in text
    assert "<script" not in text
    assert "S1" in Outline(text).said
    assert "noindex" in page(assignment)
    assert "noindex" not in text


@pytest.mark.parametrize("name", [*HOSTILE, *EVIL], ids=ascii)
def test_a_name_is_text_and_nothing_else(name: str) -> None:
    plain = Outline(page(renamed(seated(), "ida@example.dk", "Ida")))
    assignment = renamed(seated(), "ida@example.dk", name)
    text = page(assignment)
    outline = Outline(text)
    assert Counter(map(str, outline.elements)) == Counter(map(str, plain.elements))
    said = CONTROL.sub(" ", name)
    assert said in outline.said
    assert [person[0] for person in days(text)].count(said) == 1


@pytest.mark.parametrize("text", [*HOSTILE, *EVIL], ids=ascii)
def test_a_program_is_text_and_nothing_else(text: str) -> None:
    for public in (True, False):
        tags = [tag for tag, _ in Outline(page(evil(text), public=public)).elements]
        assert tags.count("script") == (0 if public else 2)
        assert not {"img", "b"} & set(tags)


def test_markup() -> None:
    assert element("p", "<&>", Html("<b>"), class_='"').text == '<p class="&quot;">&lt;&amp;&gt;<b></p>'
    assert element("input", aria_label="x").text == '<input aria-label="x">'
    assert "<" not in data("x", ["</script>", "<!--"]).text[37:-9]
    assert json.loads(data("x", {"a": "<\u2028&"}).text.split(">", 1)[1][:-9]) == {"a": "<\u2028&"}


# In a browser


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Page]:
    """The page of a hostile day in headless Chromium; what it complains of, or asks the net for, fails."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if not BROWSER:
        pytest.skip("there is no Chromium")
    file = tmp_path / "index.html"
    file.write_text(page(renamed(ruled(), "ida@example.dk", f"Søren {HOSTILE[0]}")), encoding="utf-8")
    complaints: list[str] = []
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 360, "height": 740})
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("dialog", lambda dialog: complaints.append(dialog.message))
        tab.on("request", lambda request: complaints.append(request.url))
        tab.goto(file.as_uri())
        yield tab
        assert complaints == [file.as_uri()]
        browser.close()


def test_a_phone_shows_all_of_its_width(opened: Page) -> None:
    for width in (320, 360, 1280):
        opened.set_viewport_size({"width": width, "height": 740})
        assert opened.evaluate("document.documentElement.scrollWidth") == width


def test_one_finds_ones_day(opened: Page) -> None:
    box, found = opened.get_by_label("Dit navn"), opened.locator("#found")
    box.fill("AASE")
    assert opened.get_by_role("status").inner_text() == "1 deltager fundet."
    assert "Åse Berg, Vejle Kommune" in found.inner_text()
    assert "Panorama" in found.inner_text()
    assert "(oplægsholder)" in found.inner_text()
    box.fill("bo")
    assert opened.get_by_role("status").inner_text() == "2 deltagere fundet."
    assert "11:10" not in found.inner_text()
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    assert "11:10–12:10" in found.inner_text()
    box.fill("zach dahl")
    assert "Deltager ikke" in found.inner_text()
    box.fill("ingen")
    assert opened.get_by_role("status").inner_text() == "Ingen fundet. Prøv med en del af navnet."
    box.fill(" ")
    assert opened.get_by_role("status").inner_text() == found.inner_text() == ""


def test_a_hostile_name_is_shown_as_it_stands(opened: Page) -> None:
    for name in ("søren", "SOEREN", "soren", "Sören"):
        opened.get_by_label("Dit navn").fill(name)
        assert f"Søren {HOSTILE[0]}" in opened.locator("#found").inner_text()


def test_paper_has_every_roster(opened: Page) -> None:
    names = opened.locator("#rosters .names").first
    assert not names.is_visible()
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert names.is_visible()
    opened.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not names.is_visible()
    opened.emulate_media(media="print")
    assert not opened.locator("#find").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read(opened: Page, scheme: str) -> None:
    opened.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened.get_by_label("Dit navn").fill("aase")
    worst = opened.evaluate(
        """() => {
          const light = colour => {
            const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255)
              .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
            return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
          };
          const behind = element => {
            for (let each = element; each; each = each.parentElement) {
              const colour = getComputedStyle(each).backgroundColor;
              if (colour !== "rgba(0, 0, 0, 0)") return colour;
            }
          };
          const contrast = element => {
            const [ink, paper] = [getComputedStyle(element).color, behind(element)].map(light);
            return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
          };
          return Math.min(...[...document.body.querySelectorAll("*:not(script)")].map(contrast));
        }"""
    )
    # WCAG 2.2, 1.4.3, level AA.
    assert worst >= 4.5
