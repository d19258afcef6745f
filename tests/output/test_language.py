from __future__ import annotations

import datetime as dt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.program import Presenter
from midtvejs.domain.words import LANGUAGES, words_for
from midtvejs.output.language import sort_key, span
from tests.conferences import session

DANISH = ["Anna", "Bo", "Émile", "Erik", "Zoe", "Ægir", "Östen", "Ørn", "Aage", "Åse", "Aaslaug"]


def test_danish_order_of_letters() -> None:
    shuffled = sorted(DANISH)
    assert sorted(shuffled, key=sort_key("da")) == [
        *("Anna", "Bo", "Émile", "Erik", "Zoe", "Ægir", "Ørn", "Östen", "Aage", "Åse", "Aaslaug")
    ]


def test_norwegian_order_of_letters() -> None:
    names = ["Anna", "Bø", "Émile", "Zoe", "Ægir", "Ørn", "Östen", "Aaberg", "Åse", "Aasland"]
    assert sorted(sorted(names), key=sort_key("nb")) == names


def test_english_order_of_letters() -> None:
    assert sorted(["Zoe", "Åse", "bo", "Ægir", "Ørn", "Émile", "Erik"], key=sort_key("en")) == [
        *("Ægir", "Åse", "bo", "Émile", "Erik", "Ørn", "Zoe")
    ]


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [("da", "Berg", "Ågård"), ("nb", "Berg", "Ågård"), ("en", "Ågård", "Berg")],
)
def test_words_are_compared_one_by_one(language: str, first: str, second: str) -> None:
    names = ["Annabel", f"Anna-{second}", f"Anna {first}", "Anna"]
    assert sorted(names, key=sort_key(language)) == names[::-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_and_its_accent_are_one_letter(language: str) -> None:
    key = sort_key(language)
    assert key("A\u030ase")[:2] == key("Åse")[:2]


@given(st.lists(st.text(), unique=True), st.randoms(use_true_random=False), st.sampled_from(LANGUAGES))
def test_the_order_is_one_whatever_it_was_before(names: list[str], dice: Random, language: str) -> None:
    before = sorted(names, key=sort_key(language))
    dice.shuffle(names)
    assert sorted(names, key=sort_key(language)) == before


def test_dates() -> None:
    day = dt.date(2018, 1, 30)
    assert words_for("da").long_date(day) == "tirsdag den 30. januar 2018"
    assert words_for("en").long_date(day) == "Tuesday 30 January 2018"
    assert words_for("nb").long_date(day) == "tirsdag 30. januar 2018"
    assert words_for("da").short_date(day) == "30. januar 2018"
    assert words_for("nb").short_date(day) == "30. januar 2018"
    assert words_for("en").short_date(day) == "30 January 2018"


def test_every_day_and_month_has_its_name() -> None:
    for month in range(1, 13):
        date = dt.date(2018, month, month)
        assert words_for("en").long_date(date) == f"{date:%A} {date.day} {date:%B} 2018"


def test_times() -> None:
    assert span(dt.time(9, 5), dt.time(11)) == "09:05–11:00"


def test_one_seat_is_one() -> None:
    danish, english = words_for("da"), words_for("en")
    assert [danish.count_seats(count) for count in (0, 1, 2)] == ["0 pladser", "1 plads", "2 pladser"]
    assert [english.count_participants(count) for count in (1, 2)] == ["1 participant", "2 participants"]
    assert [words_for("nb").count_seats(count) for count in (1, 2)] == ["1 plass", "2 plasser"]


def test_presenters_are_one_or_many() -> None:
    ida = Presenter(name="Ida Bo", role="skoleleder", organisation="Vejle Kommune")
    jan = Presenter(name="Jan Falk")
    assert words_for("da").presented_by(session("1A", 2, presenters=(jan,))) == "oplægsholder: Jan Falk"
    assert words_for("en").presented_by(session("1A", 2, presenters=(ida, jan))) == (
        "presenters: skoleleder Ida Bo, Vejle Kommune; Jan Falk"
    )
