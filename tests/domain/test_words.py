"""A language has every word, or it is none."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from midtvejs.domain import words
from midtvejs.domain.participants import fold
from midtvejs.domain.roles import ROLES
from midtvejs.domain.words import LANGUAGES, UnknownLanguage, read_only_headings, words_for
from midtvejs.domain.words.words import (
    ExplainWords,
    ExportWords,
    FormWords,
    Letters,
    MailWords,
    PaperWords,
    ReadWords,
    Words,
)
from midtvejs.output.language import sort_key
from midtvejs.output.pages.show import day_page
from tests.output.midsummer import midsummer

FOLDER = Path(words.__file__).parent
Group = Words | FormWords | ExportWords | PaperWords | MailWords | ExplainWords | Letters | ReadWords
GROUPS = (FormWords, ExportWords, PaperWords, MailWords, ExplainWords, Letters, ReadWords)


def said(group: Group, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the name and the value of each field, those of groups of words, too."""
    for field in fields(group):
        value, path = getattr(group, field.name), f"{name}.{field.name}".lstrip(".")
        yield from said(value, path) if isinstance(value, GROUPS) else [(path, value)]


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


OF_ALL_LANGUAGES = {"__init__", "words", "headings", "ratings", "sessions"}
"""Files in which all languages stand beside each other."""


def test_each_language_is_a_file_and_each_file_a_language() -> None:
    files = {path.stem for path in FOLDER.glob("*.py")} - OF_ALL_LANGUAGES
    assert files == set(LANGUAGES)
    assert len(LANGUAGES) == len(files)


@pytest.mark.parametrize("language", ["sv", "DA", "", "words", "../da"])
def test_an_unknown_language_is_an_error_and_not_english(language: str) -> None:
    for ask in (words_for, sort_key):
        with pytest.raises(UnknownLanguage):
            ask(language)
    with pytest.raises(UnknownLanguage):
        list(day_page(midsummer(language)).plain())


@pytest.mark.parametrize(
    "group", [Words, FormWords, ExportWords, PaperWords, MailWords, ExplainWords, ReadWords]
)
def test_a_language_that_lacks_a_word_does_not_load(group: type[Any]) -> None:
    assert [each.name for each in fields(group) if each.default is not MISSING] == []
    assert [each.name for each in fields(group) if each.default_factory is not MISSING] == []
    words = {each.name: "" for each in fields(group)}
    assert group(**words)
    with pytest.raises(TypeError, match="missing 1 required"):
        group(**dict(list(words.items())[1:]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_language_that_is_asked_for_is_loaded(language: str) -> None:
    script = f"""
import sys
from midtvejs.domain.words import words_for
words_for({language!r})
loaded = {{name.rpartition(".")[2] for name in sys.modules if name.startswith("midtvejs.domain.words.")}}
assert loaded == {{{language!r}, "words"}}, loaded
"""
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_empty_and_each_says_the_same_numbers_and_names(language: str) -> None:
    danish = dict(said(words_for("da")))
    for name, value in said(words_for(language)):
        if isinstance(value, str):
            assert value.strip(), name
            assert placeholders(value) == placeholders(danish[name]), name
        elif name != "letters.last":
            assert value, name
            assert all(value), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_and_month_has_a_name_and_every_column_a_heading(language: str) -> None:
    told = words_for(language)
    assert len(set(told.weekdays)) == 7
    assert len(set(told.months)) == 12
    assert len(told.read.ordinals) == 10
    assert told.read.columns.keys() == ROLES.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_is_written_as_it_is_compared(language: str) -> None:
    for name, value in said(words_for(language).read):
        texts = value.values() if name == "columns" else value if name == "ordinals" else [value]
        if name != "failed_formulas":
            assert [text for each in texts for text in each if text != fold(text)] == [], name
            assert all(isinstance(each, tuple) for each in texts), name


@pytest.mark.parametrize("language", read_only_headings())
def test_headings_of_a_language_in_which_nothing_is_written_are_complete(language: str) -> None:
    told = read_only_headings()[language]
    assert language not in LANGUAGES
    assert told.columns.keys() == ROLES.keys()
    for each in fields(told):
        found = getattr(told, each.name)
        texts = [text for texts in (found.values() if each.name == "columns" else [found]) for text in texts]
        assert texts, each.name
        assert [text for text in texts if text != fold(text)] == [], each.name
    assert set(told.first_name) <= set(told.columns["name"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_form_asks_for_is_read_back(language: str) -> None:
    told = words_for(language)
    assert told.form.yes_or_no[0] in told.read.yes
    assert told.form.yes_or_no[1] in told.read.no
