"""When somebody answered, in the ways in which forms and spreadsheets write it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.answers import Admission, ReadOptions
from midtvejs.domain.diagnostic import Read
from midtvejs.domain.program import SignUp
from midtvejs.domain.words import LANGUAGES, words_for
from midtvejs.reading.answers.preferences import Preferences
from midtvejs.reading.forms.dates import from_serial, in_words
from tests.conferences import program
from tests.reading.conftest import Texts, rows_of

OPEN = program({"1A": 9, "1B": 9})
DAY = replace(OPEN, event=replace(OPEN.event, sign_up=SignUp(deadline=dt.date(2018, 1, 10))))
REFUSE = ReadOptions(late=Admission.REFUSE)
Reader = Callable[..., Read[Preferences]]


@pytest.fixture
def read(texts: Texts) -> Reader:
    def read_rows(
        *rows: str, options: ReadOptions | None = None, heading: str = "Tidsstempel"
    ) -> Read[Preferences]:
        return texts.answers(rows_of(f"{heading};Navn;R1", *rows), DAY, options or ReadOptions())

    return read_rows


def told(read: Read[Preferences]) -> list[str]:
    return [f"{d.severity} {d.code} {d.place.line}:{d.place.column}" for d in read.diagnostics]


@pytest.mark.parametrize(
    "written",
    [
        "5. januar 2018 14:30",
        "5. januar 2018 kl. 14.30",
        "fredag den 5. januar 2018 kl. 14.30",
        "Fre, 5. jan. 2018, 14:30:00",
        "Torsdag 5 januar 2018 14:30",
        "5 Jan 2018 2:30 PM",
        "Jan 5, 2018 2:30 PM",
        "January 5th, 2018 at 2:30 p.m.",
        "5th of January 2018, 14:30",
        "43105.604166667",
        "2018-01-05T14:30:00",
    ],
)
def test_months_in_words_and_days_that_excel_counts(read: Reader, written: str) -> None:
    result = read(f"{written};Bo;1A")

    assert told(result) == []
    assert result.accepted().signed_up["bo"] == dt.datetime(2018, 1, 5, 14, 30)


@given(
    st.datetimes(dt.datetime(1982, 2, 18), dt.datetime(2118, 1, 1)).map(
        lambda each: each.replace(microsecond=0)
    )
)
def test_a_serial_number_is_a_moment(moment: dt.datetime) -> None:
    days = (moment - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)

    assert from_serial(f"{days:.9f}") == moment


@given(st.dates(dt.date(1000, 1, 1)), st.data())
def test_a_date_in_words(date: dt.date, data: st.DataObject) -> None:
    words = [words_for(language).months[date.month - 1] for language in LANGUAGES]
    word = data.draw(st.sampled_from([*words, "sept"] if date.month == 9 else words))
    month = data.draw(st.sampled_from([word, word.upper(), word[:3], f"{word[:3]}."]))
    text = data.draw(st.sampled_from([f"{date.day}. {month} {date:%Y}", f"{month} {date.day}, {date:%Y}"]))

    assert in_words(text) == (date, "")
    assert in_words(f"{text} 14:30") == (date, "14:30")


def test_moments_that_cannot_be_read_are_told_of_once(read: Reader) -> None:
    result = read("før jul;Bo;1A", "2018-01-05 9:00;Åse;1B", "31. februar 2018;Cai;1A", "i morges;Dan;1A")

    assert told(result) == ["warning MV140 2:1"]
    assert (
        result.diagnostics[0].message
        == '"før jul" cannot be read as a date and time, as 2 more: lines 2, 4, 5'
    )
    assert list(result.accepted().signed_up) == ["åse"]


def test_a_moment_that_is_needed_has_to_be_read(read: Reader) -> None:
    assert told(read("før jul;Bo;1A", options=REFUSE)) == ["error MV140 2:1"]


def test_a_deadline_that_cannot_be_kept_is_told_of(read: Reader) -> None:
    unclear = "01/02/2018 10:00:00;Bo;1A"
    accepted, refused = read(unclear), read(unclear, options=REFUSE)

    assert (told(accepted), told(refused)) == (["warning MV165 1:1"], ["error MV165 1:1"])
    assert accepted.diagnostics[0].message == (
        "it is unclear which is the day and which is the month: the column is not read, "
        "and who answered after the deadline, 2018-01-10, is not known"
    )


def test_an_answer_that_was_never_handed_in_does_not_count_beside_one_that_was(read: Reader) -> None:
    result = read("2018-01-05 10:00;Bo;1A", ";Bo;1B", ";Åse;1B", heading="submitdate")

    assert [each.wishes[0].codes for each in result.accepted().participants] == [("1A",), ("1B",)]
    assert told(result) == ["warning MV166 2:18", "warning MV169 3:1"]
    assert result.diagnostics[1].message == "2 answers were begun and never handed in: lines 3, 4"


def test_an_answer_that_was_not_timed_was_handed_in_all_the_same(read: Reader) -> None:
    result = read("1980-01-01 00:00:00;Bo;1A", ";Bo;1B", heading="submitdate")

    assert result.accepted().participants[0].wishes[0].codes == ("1A",)


def test_a_row_without_a_time_that_somebody_added_counts_by_its_place(read: Reader) -> None:
    result = read("2018-01-05 10:00;Bo;1A", ";Bo;1B")

    assert result.accepted().participants[0].wishes[0].codes == ("1B",)
    assert told(result) == ["warning MV166 3:2"]
