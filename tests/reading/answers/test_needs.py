"""Who needs a way without steps, and who does not attend all day, as the preferences say it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from midtvejs.domain.diagnostic import Read, Severity
from midtvejs.domain.participants import NO_WISHES, Participant, Wishes
from midtvejs.reading.answers.preferences import read_preferences
from tests.conferences import program
from tests.reading.conftest import Texts, rows_of

Reader = Callable[..., Read[tuple[Participant, ...]]]
DAY = program({"1A": 2, "1B": 2}, {"2A": 2, "2B": 2}, {"3A": 4})


@pytest.fixture
def read(texts: Texts) -> Reader:
    return lambda head, *rows: texts.participants(rows_of(f"{head},name,R1,R2,R3", *rows), DAY)


def found(result: Read[tuple[Participant, ...]]) -> list[str]:
    return [f"{d.place.line}:{d.place.column}-{d.place.end_column} {d.code}" for d in result.diagnostics]


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        *((cell, True) for cell in ("yes", "Ja", " X ", "1", "TRUE", "ｊａ", '"Ja, tak!"', "yes please")),
        *((cell, False) for cell in ("no", "NEJ", "0", "false", "", "  ", "Nej tak.", "-", "no thanks")),
    ],
)
@pytest.mark.parametrize("head", ["step_free", " Step_Free "])
def test_step_free_is_yes_or_no(read: Reader, head: str, cell: str, meant: bool) -> None:
    (person,) = read(head, f"{cell},Bo,,,").accepted()

    assert person.step_free is meant


@pytest.mark.parametrize(
    ("cell", "absent"),
    [
        ("R1 R3", {"R2"}),
        ("R3;r1", {"R2"}),
        ("R1>R3", {"R2"}),
        ('" R1,  R3, "', {"R2"}),
        ("R2", {"R1", "R3"}),
        ("R2 R2", {"R1", "R3"}),
        ("R3 R2 R1", set()),
        ("", set()),
        (" ; ", set()),
        ("Alle", set()),
        (" hele DAGEN. ", set()),
        ("all rounds", set()),
    ],
)
def test_what_attends_leaves_out_is_not_attended(read: Reader, cell: str, absent: set[str]) -> None:
    (person,) = read("Attends", f"{cell},Bo,,,").accepted()

    assert person.absent == absent


def test_a_round_may_be_called_as_all_of_them_are(tmp_path: Path) -> None:
    day = replace(DAY, rounds=(replace(DAY.rounds[0], name="Alle"), *DAY.rounds[1:]))
    (tmp_path / "prefs.csv").write_text("attends,name,R1,R2,R3\nAlle,Bo,,,\n", encoding="utf-8")

    (person,) = read_preferences(tmp_path / "prefs.csv", day).accepted()

    assert person.absent == {"R2", "R3"}


def test_without_the_columns_everybody_attends_and_shares_nothing_to_say(read: Reader) -> None:
    bo, cai = read("organisation", "Vejle,Bo,,,", "Vejle,Cai,,,").accepted()

    assert (bo.absent, bo.step_free) == (frozenset(), False)
    assert bo.absent is cai.absent


@pytest.mark.parametrize(
    ("head", "row", "expected", "said"),
    [
        (
            "step_free",
            "måske,Bo,,,",
            "2:1-6 MV142",
            ('step_free: "måske" is neither yes nor no', "write yes or no, ja or nej; empty is no"),
        ),
        (
            "attends",
            "R1 R4x,Bo,,,",
            "2:4-7 MV143",
            ('attends: there is no round "R4x"', "the rounds are R1, R2, R3"),
        ),
        (
            "attends",
            "R1;RR2,Bo,,,",
            "2:4-7 MV143",
            ('attends: there is no round "RR2"', 'did you mean "R2"?'),
        ),
    ],
)
def test_each_fault_has_its_place(
    read: Reader, head: str, row: str, expected: str, said: tuple[str, str]
) -> None:
    result = read(head, row)

    assert result.value is None
    assert found(result) == [expected]
    assert (result.diagnostics[0].message, result.diagnostics[0].hint) == said


def test_a_round_that_is_not_known_leads_to_no_more_faults(read: Reader) -> None:
    assert found(read("attends", "R9,Bo,1A,,")) == ["2:1-3 MV143"]


def test_every_such_cell_is_told_of(read: Reader) -> None:
    result = read("attends,step_free", "R9,?,Bo,,,", "R9,?,Cai,,,")

    assert found(result) == ["2:1-3 MV143", "2:4-5 MV142", "3:1-3 MV143", "3:4-5 MV142"]


def test_wishes_in_a_round_that_is_not_attended_count_for_nothing(read: Reader) -> None:
    result = read("attends", "R2 R3,Bo,1B > 1A,2A,", "R1,Cai,1A,,", "R1 R2,Dea,1A,,3A")

    assert found(result) == ["2:10-17 MV144", "4:15-17 MV144"]
    assert {d.severity for d in result.diagnostics} == {Severity.WARNING}
    assert [person.wishes for person in result.accepted()] == [
        (NO_WISHES, Wishes(("2A",)), NO_WISHES),
        (Wishes(("1A",)), NO_WISHES, NO_WISHES),
        (Wishes(("1A",)), NO_WISHES, NO_WISHES),
    ]


def test_presenters_attend_the_round_of_their_own_session(tmp_path: Path) -> None:
    day = program({"1A": 2}, {"2A": 2}, presenters={"1A": "Kim", "2A": "Bo"})
    path = tmp_path / "prefs.csv"
    path.write_text("name,attends,R1,R2\nKim,R2,,\nBo,R2,,\n", encoding="utf-8")

    result = read_preferences(path, day)

    assert found(result) == ["2:5-7 MV145"]
    (fault,) = result.diagnostics
    assert fault.message == "Kim presents 1A, but does not attend R1"
    assert fault.severity is Severity.ERROR
