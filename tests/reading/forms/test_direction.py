"""Numbers below sessions may be ranks or ratings: which of them is the best is asked, unless it was said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from midtvejs.domain.diagnostic import Diagnostic, Read
from midtvejs.domain.program import Forms, Program, Ratings
from midtvejs.reading.answers.preferences import Preferences, read_preferences_with_lines
from midtvejs.reading.program.build import read_program
from tests.conferences import program

TITLES = {"1A": "Nursing", "1B": "Police", "1C": "Cooking"}
DAY = program({"1A": 3, "1B": 3, "1C": 3})
DAY = replace(
    DAY,
    rounds=tuple(
        replace(round_, sessions=tuple(replace(each, title=TITLES[each.code]) for each in round_.sessions))
        for round_ in DAY.rounds
    ),
)
ASKED = "it cannot be told what the numbers say: whether 1 or the highest number is the first choice"
Reader = Callable[..., Read[Preferences]]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def read_rows(header: str, rows: Sequence[str], day: Program = DAY) -> Read[Preferences]:
        text = "\n".join([f"Navn;{header}", *(f"P{number};{row}" for number, row in enumerate(rows))])
        (tmp_path / "answers.csv").write_text(text, encoding="utf-8")
        return read_preferences_with_lines(tmp_path / "answers.csv", day)

    return read_rows


def asked(result: Read[Preferences]) -> Diagnostic:
    (fault,) = result.diagnostics
    assert fault.code == "MV160"
    assert result.value is None
    return fault


def wishes(result: Read[Preferences]) -> list[str]:
    return [" ".join(person.wishes[0].codes) for person in result.accepted().participants]


def heads(style: str) -> str:
    return ";".join(style.format(code=code, title=title) for code, title in TITLES.items())


@pytest.mark.parametrize(
    "style",
    [
        "How interested are you? (5 = very much) [{title}]",
        "R1 [{title}]",
        "R1[{code}]",
        "Rank the sessions [{code}: {title}]",
        "{title}",
        "{code}",
        "{code}: {title}",
    ],
)
@pytest.mark.parametrize("row", ["3;1;2", "3.0;1.0;2.0", "3,0;1,0;2,0", "3;;2nd", "3;1;"])
def test_bare_numbers_are_asked_about_whatever_the_heading(read: Reader, style: str, row: str) -> None:
    fault = asked(read(heads(style), [row, "1;2;3"]))

    assert fault.message == ASKED
    assert fault.paste[-1] == '  ranks: ["1", "2", "3"]  # the best first: turn it round if that is 3'


@pytest.mark.parametrize("row", ["2nd;1st;3rd", "2. prioritet;1. prioritet;", "2.;1.;3.", "no. 2;no. 1;"])
def test_words_that_say_ranks_are_not_asked_about(read: Reader, row: str) -> None:
    assert wishes(read(heads("How interested are you? [{title}]"), [row]))[0].startswith("1B 1A")


@pytest.mark.parametrize("row", ["5;3;1", "5.0;3.0;1.0", "５;３;１"])
def test_ranks_that_the_program_names_are_not_asked_about(read: Reader, row: str) -> None:
    day = replace(DAY, forms=Forms(ranks=("5", "4", "3", "2", "1")))

    assert wishes(read(heads("How interested? [{title}]"), [row], day)) == ["1A 1B 1C"]


def test_columns_that_the_program_names_say_nothing_of_their_numbers(read: Reader) -> None:
    columns = {code: f"Q [{title}]" for code, title in TITLES.items()}
    day = replace(DAY, forms=Forms(rounds={"R1": columns}))

    assert asked(read(heads("Q [{title}]"), ["1;2;3"], day)).message == ASKED


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (["5;3;1", "4;5;2"], "they go from 1 to 5"),
        (["2;1;0"], "they go from 0 to 2"),
        (["3;3;1", "2;3;1", "1;2;2"], "line 2 gives 3 to 1A and 1B"),
        (["3;2;1", "2;2;2"], "line 3 gives 2 to 1A and 1B and 1C"),
    ],
)
def test_ratings_are_said_to_look_like_ratings(read: Reader, rows: list[str], why: str) -> None:
    assert asked(read(heads("Q [{title}]"), rows)).message == f"{ASKED}; they look like ratings: {why}"


def test_a_number_given_twice_by_few_makes_no_ratings(read: Reader) -> None:
    assert asked(read(heads("Q [{title}]"), ["1;2;2", *["3;2;1"] * 9])).message == ASKED


def test_what_is_asked_can_be_answered_by_pasting(read: Reader, tmp_path: Path) -> None:
    text = (
        'event: {name: Club day, date: 2026-03-02, start: "08:00", end: "12:00", language: en}\n'
        "rooms: {Gym: {seats: 3}}\n"
        'rounds: [{id: R1, name: Clubs, start: "09:00", end: "09:40", sessions: [\n'
        "{code: 1A, title: Nursing, room: Gym}]}]\n"
    )
    (tmp_path / "program.yaml").write_text(text, encoding="utf-8")
    paste = asked(read("Q [Nursing]", ["5"], read_program(tmp_path / "program.yaml").accepted())).paste
    (tmp_path / "program.yaml").write_text("\n".join([text, *paste]), encoding="utf-8")

    answered = read("Q [Nursing]", ["5"], read_program(tmp_path / "program.yaml").accepted())

    assert "  ratings: {best: 5, not_wished: 1}  # the other way round if 5 is the worst" in paste
    assert wishes(answered) == ["1A"]


def test_ratings_that_are_shared_are_not_to_be_changed_one_by_one(read: Reader) -> None:
    day = replace(DAY, forms=Forms(ranks=("5", "4", "3", "2", "1")))
    (fault,) = read(heads("Q [{title}]"), ["5;5;1"], day).diagnostics

    assert fault.code == "MV163"
    assert fault.hint.startswith("in a ranking, each has its own rank; if these are ratings, say so")


def test_a_scale_of_points_is_not_written_out_without_end(read: Reader) -> None:
    paste = asked(read(heads("{title}"), ["1000000;1;999999999"])).paste

    assert paste[-1].startswith("  ratings: {best: 999999999, not_wished: 1}")


@pytest.mark.parametrize(
    ("ratings", "row", "tiers"),
    [
        (Ratings(best=5, not_wished=1), "5;5;1", [("1A", "1B")]),
        (Ratings(best=5, not_wished=1), "3;5.0;2", [("1B",), ("1A",), ("1C",)]),
        (Ratings(best=5), "3;3;1", [("1A", "1B"), ("1C",)]),
        (Ratings(best=1, not_wished=5), "5;1;2", [("1B",), ("1C",)]),
        (Ratings(best=10, not_wished=0), "0;;n/a", []),
    ],
)
def test_ratings_that_the_program_tells_of_are_equal_wishes(
    read: Reader, ratings: Ratings, row: str, tiers: list[tuple[str, ...]]
) -> None:
    day = replace(DAY, forms=Forms(ratings=ratings))
    found = read(heads("How interested? [{title}]"), [row], day)

    assert found.accepted().participants[0].wishes[0].tiers == tiers


def test_what_is_no_rating_is_told(read: Reader) -> None:
    day = replace(DAY, forms=Forms(ratings=Ratings(best=5, not_wished=1)))
    (fault,) = read(heads("How interested? [{title}]"), ["5;very;1", "4;3;2"], day).diagnostics

    assert (fault.code, fault.message) == ("MV162", '"very" is not a rating')


def test_below_a_title_the_numbers_are_asked_about(tmp_path: Path) -> None:
    text = f"Svar;;;\nNavn;{heads('Q [{title}]')}\nBo;5;3;1\nAda;1;2;3\n"
    (tmp_path / "answers.csv").write_text(text, encoding="utf-8")

    found = read_preferences_with_lines(tmp_path / "answers.csv", DAY).diagnostics

    assert [(each.code, each.place.line) for each in found] == [("MV160", 2), ("MV176", 2)]
    assert found[0].message.startswith("it cannot be told what the numbers say: ")
