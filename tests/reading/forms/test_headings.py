"""Questions as people ask them: each is read as it is meant, or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.answers import Shape
from midtvejs.domain.diagnostic import Read
from midtvejs.domain.program import Forms, Program
from midtvejs.reading.answers.preferences import Preferences, read_preferences_with_lines
from tests.conferences import program
from tests.examples import examples

TITLES = {"1A": "Alfa", "1B": "Beta", "1C": "Gamma", "2A": "Delta", "2B": "Epsilon", "2C": "Zeta"}
CODES = {title: code for code, title in TITLES.items()}
ORDINALS = {1: "første", 2: "anden", 3: "tredje"}


def two_rounds(*names: str) -> Program:
    day = program({"1A": 2, "1B": 2, "1C": 2}, {"2A": 2, "2B": 2, "2C": 2})
    rounds = zip(day.rounds, names, strict=True)
    return replace(
        day,
        rounds=tuple(
            replace(
                round_,
                name=name,
                sessions=tuple(replace(each, title=TITLES[each.code]) for each in round_.sessions),
            )
            for round_, name in rounds
        ),
    )


DAY = two_rounds("Runde 1", "Runde 2")


def read(path: Path, rows: Sequence[Sequence[str]], day: Program = DAY) -> Read[Preferences]:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    (path / "answers.csv").write_text(text.getvalue(), encoding="utf-8")
    return read_preferences_with_lines(path / "answers.csv", day)


def wishes(result: Read[Preferences]) -> list[list[str]]:
    return [[" ".join(each.codes) for each in person.wishes] for person in result.accepted().participants]


def told(result: Read[Preferences]) -> list[str]:
    return [f"{each.code} {each.message}" for each in result.diagnostics]


STYLES = {
    "{id} {rank}": 1,
    "{id} - {rank}. prioritet": 1,
    "{id}[{rank}]": 1,
    "{name} {rank}": 1,
    "{name}: {rank}. prioritet": 1,
    "{name} - {rank}. prioritet": 1,
    "{name} / {rank}. prioritet": 1,
    "{name} -> {rank}. prioritet": 1,
    "{name} | {rank}. prioritet": 1,
    "{name} ({rank}. prioritet)": 1,
    "{name} [Rangering {rank}]": 1,
    "{name}: {ordinal}prioritet": 1,
    "{rank}. prioritet - {name}": 1,
    "{rank}. prioritet {name}": 1,
    "{rank}. prioritet, {name}": 1,
    "{rank}. prioritet i {name}": 1,
    "{rank}. prioritet ({name})": 1,
    "{ordinal} valg til {name}": 1,
    "{ordinal}valg {name}": 1,
    "Prioritet {rank} {name}": 1,
    "Dit {rank}. valg i {name}": 1,
    "Hvad er din {rank}. prioritet i {name}?": 1,
    "{rank}. valg - {number}. runde": 1,
    "{number}. runde, {rank}. prioritet": 1,
    "{rank}. prioritet": 1,
    "{id}.{rank}": 0,
    "{id}P{rank}": 0,
    "{id}_SQ00{rank}": 0,
    "{number}.{rank}": 0,
}
"""Headings of a column a rank, and whether they are clear."""


@pytest.mark.parametrize("by_rank", [False, True])
@pytest.mark.parametrize("style", STYLES)
@examples(5)
@given(data=st.data())
def test_a_column_a_rank_is_read_rightly_or_not_at_all(
    tmp_path: Path, style: str, data: st.DataObject, *, by_rank: bool
) -> None:
    people = [
        [
            data.draw(st.permutations(titles))
            for titles in (["Alfa", "Beta", "Gamma"], ["Delta", "Epsilon", "Zeta"])
        ]
        for _ in range(4)
    ]
    columns = [(number, rank) for number in (1, 2) for rank in (1, 2, 3)]
    columns = sorted(columns, key=lambda each: each[1]) if by_rank else columns
    header = [
        style.format(
            id=f"R{number}", name=f"Runde {number}", number=number, rank=rank, ordinal=ORDINALS[rank]
        )
        for number, rank in columns
    ]
    rows = [
        [f"P{index}", *(wished[number - 1][rank - 1] for number, rank in columns)]
        for index, wished in enumerate(people)
    ]
    result = read(tmp_path, [["Navn", *header], *rows])

    if result.value is None:
        assert not STYLES[style]
        (fault,) = result.diagnostics
        assert fault.code == "MV160"
    else:
        assert wishes(result) == [
            [" ".join(CODES[each] for each in one) for one in wished] for wished in people
        ]


def test_a_number_in_a_rounds_name_is_no_rank(tmp_path: Path) -> None:
    day = two_rounds("Workshop", "Workshop 2")
    header = ["Navn", "1. prioritet - Workshop", "2. prioritet - Workshop", "1. prioritet - Workshop 2"]
    result = read(tmp_path, [header, ["Bo", "Alfa", "Beta", "Zeta"]], day)

    assert wishes(result) == [["1A 1B", "2C"]]


def test_a_question_that_explains_ranks_is_still_a_ranking(tmp_path: Path) -> None:
    header = ["Navn", "Runde 1 (1. prioritet øverst)", "Runde 2: skriv 1. prioritet først, så 2. prioritet"]
    result = read(tmp_path, [header, ["Bo", "Beta, Alfa", "Zeta > Delta"]])

    assert wishes(result) == [["1B 1A", "2C 2A"]]


def test_a_rank_that_is_missing_is_asked_about(tmp_path: Path) -> None:
    header = ["Navn", "Runde 1: 2. prioritet", "Runde 1: 3. prioritet", "Runde 2"]
    result = read(tmp_path, [header, ["Bo", "Alfa", "Beta", "Zeta"]])

    assert told(result) == ["MV160 it cannot be told which column is what: R1 has columns for the ranks 2, 3"]


@pytest.mark.parametrize(
    "header",
    [
        ["Navn", "Alfa", "Alfa - kommentar", "Beta", "Beta - kommentar", "Gamma", "Delta", "Epsilon", "Zeta"],
        ["Navn", "Alfa", "Alfa-note", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Zeta - note"],
        [
            "Navn",
            *(f"{title}{more}" for title in TITLES.values() for more in ("", " - kommentar")),
        ],
    ],
)
def test_comments_on_sessions_are_not_from_moodle(tmp_path: Path, header: list[str]) -> None:
    ranks = iter("123123")
    result = read(tmp_path, [header, ["Bo", *(next(ranks) if each in CODES else "" for each in header[1:])]])

    assert told(result) == [
        "MV160 it cannot be told what the numbers say: whether 1 or the highest number is the first choice"
    ]


def test_a_comment_among_words_for_ranks(tmp_path: Path) -> None:
    header = ["Navn", "Alfa", "Alfa - kommentar", "Beta", "Gamma", "Delta", "Epsilon", "Zeta"]
    row = ["Bo", "1. prioritet", "glæder mig", "2. prioritet", "", "", "", "1. prioritet"]
    result = read(tmp_path, [header, row])

    assert wishes(result) == [["1A 1B", "2C"]]
    assert told(result) == ['MV112 unknown column "Alfa - kommentar" is not read']


FIRST, SECOND = "Prioritér de tre oplæg i første blok", "Prioritér de tre oplæg i anden blok"


@pytest.mark.parametrize("comment", ["", "jeg glæder mig"])
@pytest.mark.parametrize("question", ["Kommentarer til Runde 1", "Deltager du i Runde 1?"])
def test_cells_say_more_than_a_heading_that_they_do_not_fit(
    tmp_path: Path, question: str, comment: str
) -> None:
    rows = [["Bo", "Alfa;Beta;", "Zeta;", comment], ["Åse", "Gamma;", "Zeta;Delta;", comment]]
    result = read(tmp_path, [["Navn", FIRST, SECOND, question], *rows])

    assert wishes(result) == [["1A 1B", "2C"], ["1C", "2C 2A"]]
    assert told(result) == [f'MV112 unknown column "{question}" is not read']


def test_a_question_that_few_answer_does_not_take_over(tmp_path: Path) -> None:
    header = ["Navn", "Første blok", "Anden blok", "Er du oplægsholder? Skriv din session"]
    rows = [["Bo", "Alfa, Beta", "Delta", ""], ["Åse", "Beta", "Delta", "1A"], ["Ib", "måske", "Zeta", ""]]
    result = read(tmp_path, [header, *rows])

    assert [each.code for each in result.diagnostics] == ["MV112", "MV130"]
    assert result.diagnostics[1].message == 'unknown code "måske"'


def test_a_question_that_few_answer_is_asked_about(tmp_path: Path) -> None:
    header = ["Navn", "Første blok", "Anden blok", "Hvad vil du ikke høre?"]
    rows = [["Bo", "", "Delta", "Alfa"], ["Åse", "", "Delta", ""]]
    result = read(tmp_path, [header, *rows])

    assert told(result) == [
        'MV160 it cannot be told which column is what: whether "Hvad vil du ikke høre?" asks for R1'
    ]


def test_several_questions_are_told_apart_by_nobody(tmp_path: Path) -> None:
    header = ["Navn", "Formiddag", "Reserve", "Eftermiddag"]
    result = read(tmp_path, [header, ["Bo", "Alfa", "Gamma", "Zeta"], ["Åse", "Beta", "Alfa", "Delta"]])
    (fault,) = result.diagnostics

    assert fault.message == (
        'it cannot be told which column is what: several questions for R1: "Formiddag", "Reserve"'
    )
    assert '    R1: ["Formiddag", "Reserve"]' in fault.paste


def test_columns_of_a_quiz_are_left_alone(tmp_path: Path) -> None:
    header = [
        "Start time",
        "Completion time",
        "Name",
        "Runde 1",
        "Points - Runde 1",
        "Feedback - Runde 1",
        "Runde 2",
    ]
    result = read(tmp_path, [header, ["", "", "Bo", "Alfa;Beta;", "0", "", "Zeta;"]])

    assert wishes(result) == [["1A 1B", "2C"]]
    assert result.accepted().provenance.shape is Shape.MICROSOFT_RANKING


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        (["Navn", "Efternavn"], ["Anne", "Hansen"], "Anne Hansen"),
        (["Fornavn", "Efternavn"], ["Anne", "Hansen"], "Anne Hansen"),
        (["Navn", "Efternavn"], ["Anne Hansen", "Hansen"], "Anne Hansen"),
    ],
)
def test_a_surname_is_a_part_of_the_name(
    tmp_path: Path, header: list[str], row: list[str], name: str
) -> None:
    result = read(tmp_path, [[*header, "Runde 1", "Runde 2"], [*row, "Alfa", "Zeta"]])

    assert [person.name for person in result.accepted().participants] == [name]


def test_a_number_may_be_a_code_where_the_columns_are_named(tmp_path: Path) -> None:
    day = program({"1": 2, "2": 2}, {"3": 2, "4": 2})
    forms = Forms(
        people={"name": "Navn"},
        rounds={
            "R1": {"1": "Formiddag [1]", "2": "Formiddag [2]"},
            "R2": {"3": "Efter [3]", "4": "Efter [4]"},
        },
        ranks=("1", "2"),
    )
    header = ["Navn", "Formiddag [1]", "Formiddag [2]", "Efter [3]", "Efter [4]"]
    result = read(tmp_path, [header, ["Bo", "2", "1", "1", ""]], replace(day, forms=forms))

    assert wishes(result) == [["2 1", "3"]]


def test_words_for_ranks_need_no_columns_to_be_named(tmp_path: Path) -> None:
    day = replace(DAY, forms=Forms(people={}, rounds={}, ranks=("Helst", "Gerne")))
    result = read(tmp_path, [["Navn", *TITLES.values()], ["Bo", "gerne", "Helst", "", "Helst", "", ""]], day)

    assert wishes(result) == [["1B 1A", "2A"]]


@pytest.mark.parametrize(
    "heading",
    ["-" * 9_000, "1 " * 4_000, "1." * 4_500, "(" * 9_000, "[" * 9_000, "R1 " * 3_000, "Points - " * 900],
)
def test_a_hostile_heading_is_read_at_once(tmp_path: Path, heading: str) -> None:
    header = [f"{heading}{number}" for number in range(10)]
    result = read(tmp_path, [["Navn", "Runde 1", "Runde 2", *header], ["Bo", "Alfa", "Zeta", *[""] * 10]])

    assert {each.code for each in result.diagnostics} <= {"MV112", "MV160"}
