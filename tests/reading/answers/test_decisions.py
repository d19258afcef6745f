"""Pins and groups for those who have a row: whom they mean, and what cannot be kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from midtvejs.domain.diagnostic import Place, Read, Severity
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Presenter, Program
from midtvejs.domain.rules import Company, Group, Pin, Rules
from midtvejs.reading.answers import decisions as decided
from midtvejs.reading.answers.assignment import read_assignment
from tests.conferences import each_session, one_list, program
from tests.reading.conftest import Texts, rows_of

Reader = Callable[..., Read[tuple[Participant, ...]]]
DAY = program({"1A": 2, "1B": 2, "1C": 2}, {"2A": 2, "2B": 2}, presenters={"1A": "Kim", "1B": "Pia"})
OR_OUT = "Or, if they dropped out, take them out here, too"
HEAD = "name,email,organisation,attends,R1,R2"
ROWS = (
    "Kim,kim@skole.dk,Vejle,,,",
    "Pia,pia@skole.dk,Vejle,,,",
    "Åse,aase@skole.dk,Kolding,,1A,",
    "Bo,,Kolding,R2,,2A",
    "Cai,cai@skole.dk,Vejle,,1B,2B",
    "Dea,dea@skole.dk,,,,",
    "Dea,dea@privat.dk,,,,",
)


def at(line: int) -> Place:
    return Place(file="program.yaml", line=line, column=5, end_column=9, source="    text")


def pin(code: str, whom: str, *, line: int = 1) -> Pin:
    return Pin(code=code, participant=whom, place=at(line))


def ban(code: str, whom: str, *, line: int = 1) -> Pin:
    return replace(pin(code, whom, line=line), holds=False)


def of(organisation: str, code: str, *, holds: bool = True, line: int = 1) -> Pin:
    return Pin(code=code, organisation=organisation, holds=holds, place=at(line))


def together(*names: str, in_: str = "") -> Group:
    return Group(company=Company.TOGETHER, participants=names, round_id=in_, place=at(1))


def apart(*names: str, in_: str = "") -> Group:
    return replace(together(*names, in_=in_), company=Company.APART)


def day(*decisions: Pin | Group) -> Program:
    pins = tuple(each for each in decisions if isinstance(each, Pin))
    groups = tuple(each for each in decisions if isinstance(each, Group))
    return replace(DAY, rules=Rules(pins=pins, groups=groups))


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    monkeypatch.chdir(tmp_path)
    here = Texts(folder=Path())

    def read_rows(*decisions: Pin | Group, rows: tuple[str, ...] = ROWS) -> Read[tuple[Participant, ...]]:
        return here.participants(rows_of(HEAD, *rows), day(*decisions))

    return read_rows


def test_rules_that_can_be_kept_are_filled_in(read: Reader) -> None:
    decisions = (
        pin("1A", "kim"),
        ban("1C", "Kim"),
        pin("1C", "aase@skole.dk"),
        ban("2A", "Åse"),
        ban("1A", "Bo"),
        of("Vejle", "2B"),
        together("Kim", "Åse", in_="R2"),
        together("Cai", "Bo"),
        apart("Kim", "Pia", "Åse", in_="R1"),
    )
    result = read(*decisions)

    assert result.diagnostics == ()
    kim, pia, aase, bo, cai, *_ = result.accepted()
    assert kim.pins == (decisions[0], decisions[1], decisions[5])
    assert pia.pins == (decisions[5],)
    assert aase.pins == (decisions[2], decisions[3])
    assert bo.groups == cai.groups == (decisions[7],)
    assert aase.groups == kim.groups == (decisions[6], decisions[8])


@pytest.mark.parametrize(
    ("decision", "code", "message", "hint"),
    [
        (
            pin("1A", "Åsa"),
            "MV150",
            'nobody called "Åsa" has a row in prefs.csv',
            f'did you mean "Åse"? {OR_OUT}',
        ),
        (
            together("Kim", "aase@skol.dk"),
            "MV150",
            'nobody with the email "aase@skol.dk" has a row in prefs.csv',
            f'did you mean "aase@skole.dk"? {OR_OUT}',
        ),
        (
            apart("Bo", "dea"),
            "MV151",
            '"dea" may be the one in line 7 or 8 of prefs.csv',
            "give the email instead of the name",
        ),
        (
            together("Cai", "cai@skole.dk"),
            "MV153",
            '"cai@skole.dk" is Cai (prefs.csv:6), whom this group names already',
            "name each participant once",
        ),
    ],
)
def test_whom_nobody_can_tell_is_an_error_where_the_program_says_it(
    read: Reader, decision: Pin | Group, code: str, message: str, hint: str
) -> None:
    result = read(decision)

    (fault,) = result.diagnostics
    assert (fault.code, fault.place, fault.severity) == (code, at(1), Severity.ERROR)
    assert (fault.message, fault.hint) == (message, hint)
    assert result.value is None


def test_an_organisation_that_nobody_belongs_to_is_a_warning(read: Reader) -> None:
    result = read(of("Vejl", "1A", holds=False, line=3))

    (fault,) = result.diagnostics
    assert (fault.code, fault.place, fault.severity) == ("MV152", at(3), Severity.WARNING)
    assert (fault.message, fault.hint) == ('nobody of "Vejl" has a row in prefs.csv', 'did you mean "Vejle"?')
    assert len(result.accepted()) == len(ROWS)


@pytest.mark.parametrize(
    ("decisions", "code", "message"),
    [
        ([pin("1B", "Kim")], "MV154", "Kim (prefs.csv:2) presents 1A: they cannot be in 1B"),
        ([ban("1A", "Kim")], "MV154", "Kim (prefs.csv:2) presents 1A: they have to be in 1A"),
        ([pin("1A", "Bo")], "MV155", "Bo (prefs.csv:5) does not attend R1: they cannot be in 1A"),
        (
            [pin("1A", "Åse", line=7), pin("1B", "aase@skole.dk", line=9)],
            "MV156",
            "Åse (prefs.csv:4): aase@skole.dk is in 1B, but Åse is in 1A (line 7)",
        ),
        (
            [of("Kolding", "1A", line=7), pin("1B", "Åse", line=9)],
            "MV156",
            "Åse (prefs.csv:4): Åse is in 1B, but everybody of Kolding is in 1A (line 7)",
        ),
        (
            [pin("2A", "Bo", line=7), of("Kolding", "2A", holds=False, line=9)],
            "MV156",
            "Bo (prefs.csv:5): everybody of Kolding is not in 2A, but Bo is in 2A (line 7)",
        ),
        (
            [together("Kim", "Åse", "Pia")],
            "MV157",
            "together in R1: Kim (prefs.csv:2) presents 1A, but Pia (prefs.csv:3) presents 1B",
        ),
        (
            [together("Kim", "Åse"), pin("1C", "Åse", line=3)],
            "MV157",
            "together in R1: Kim (prefs.csv:2) presents 1A, but Åse (prefs.csv:4) is pinned to 1C",
        ),
        (
            [together("Åse", "Bo", "Cai", in_="R2"), pin("2A", "Bo", line=3), of("Vejle", "2B", line=4)],
            "MV157",
            "together in R2: Bo (prefs.csv:5) is pinned to 2A, but Cai (prefs.csv:6) is pinned to 2B",
        ),
        (
            [together("Åse", "Kim", in_="R1"), ban("1A", "Åse", line=3)],
            "MV157",
            "together in R1: Kim (prefs.csv:2) presents 1A, but Åse (prefs.csv:4) is pinned not to be in 1A",
        ),
        (
            [apart("Kim", "Cai"), pin("1A", "Cai", line=3)],
            "MV158",
            "apart in R1: Kim (prefs.csv:2) presents 1A, and Cai (prefs.csv:6) is pinned to 1A",
        ),
    ],
)
def test_what_cannot_be_kept_is_an_error_at_the_later_rule(
    read: Reader, decisions: list[Pin | Group], code: str, message: str
) -> None:
    (fault,) = read(*decisions).diagnostics

    assert (fault.code, fault.message, fault.severity) == (code, message, Severity.ERROR)
    assert fault.place == (at(9) if code == "MV156" else at(1))


@pytest.mark.parametrize(
    "decisions",
    [
        [together("Kim", "Pia", in_="R2")],
        [together("Bo", "Kim", in_="R1"), ban("1A", "Bo")],
        [apart("Bo", "Kim", "Pia"), pin("2A", "Bo"), pin("2B", "Kim")],
        [of("Vejle", "1C"), of("Vejle", "1A", holds=False)],
        [of("Kolding", "1B"), pin("1B", "Åse"), ban("1A", "Åse")],
        [together("Åse", "Cai"), pin("1B", "Åse"), pin("1B", "Cai")],
    ],
)
def test_what_can_be_kept_is_no_fault(read: Reader, decisions: list[Pin | Group]) -> None:
    assert read(*decisions).diagnostics == ()


def test_faults_of_both_files_are_told_at_once(read: Reader) -> None:
    result = read(pin("1A", "Ole", line=30), pin("1B", "Kim", line=20), rows=(*ROWS, "Eva,,,,1X,", "Bo,,,,,"))

    assert [(d.place.file, d.place.line, d.code) for d in result.diagnostics] == [
        ("prefs.csv", 9, "MV130"),
        ("prefs.csv", 10, "MV123"),
        ("program.yaml", 20, "MV154"),
        ("program.yaml", 30, "MV150"),
    ]


def test_in_a_part_of_a_list_nobody_is_missed(read: Reader) -> None:
    torn = read(pin("1A", "Ole"), of("Odense", "1A"), rows=(*ROWS, '"Ole,,,,,'))

    assert [d.code for d in torn.diagnostics] == ["MV104"]


def test_where_no_file_says_it_the_header_is_to_blame(read: Reader) -> None:
    (fault,) = read(Pin(code="1A", participant="Ole")).diagnostics

    assert (fault.place.file, fault.place.line) == ("prefs.csv", 1)


def test_the_nearest_name_of_a_crowd_is_found(read: Reader) -> None:
    crowd = tuple(f"Anne Nr{number} Jensen,,,,," for number in range(300))

    (fault,) = read(pin("1A", "Anne Nr299 Jenson"), rows=crowd + ROWS[:2]).diagnostics

    assert fault.hint == f'did you mean "Anne Nr299 Jensen"? {OR_OUT}'


def test_after_some_names_no_more_are_guessed(read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decided, "MOST_HINTS", 1)

    one, other = read(pin("1A", "Kin", line=1), pin("1B", "Pi", line=2)).diagnostics

    assert (one.hint, other.hint) == (
        f'did you mean "Kim"? {OR_OUT}',
        "if they dropped out, take them out here, too",
    )


def saved(decisions: tuple[Pin | Group, ...], text: str) -> Read[tuple[Participant, ...]]:
    path = Path("assignment.csv")
    path.write_text(text, encoding="utf-8")
    found = read_assignment(path, day(*decisions))
    return Read(value=found.assignment.participants, diagnostics=found.diagnostics)


def test_in_a_saved_assignment_a_name_without_a_row_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    group = together("Åse", "Bo", "Ole")
    rows = "name,R1,R2\nÅse,1A,2A\nBo,1A,2A\nKim,1A,2A\nPia,1B,2B\n"

    result = saved((group, pin("1A", "Åse")), rows)
    assert [(d.code, d.severity, d.message) for d in result.diagnostics] == [
        ("MV150", Severity.WARNING, 'nobody called "Ole" has a row in assignment.csv')
    ]
    assert [len(person.groups) + len(person.pins) for person in result.accepted()] == [2, 1, 0, 0]

    result = saved((pin("1B", "Kim"),), rows)
    assert [(d.code, d.severity) for d in result.diagnostics] == [("MV154", Severity.ERROR)]


# Sessions held more than once

TWICE = one_list(
    {"A": {1: 9, 2: 9}, "B": {1: 9, 2: 9}, "C": {1: 9, 2: 9}, "D": {3: 9}, "E": {3: 9}}, rounds=3
)
TWICE = each_session(
    TWICE, lambda each: replace(each, presenters=(Presenter(name="Kim"),)) if each.code == "C" else each
)


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    monkeypatch.chdir(tmp_path)

    def complaints(*decisions: Pin | Group) -> list[str]:
        ruled = replace(TWICE, rules=day(*decisions).rules)
        rows = rows_of("name,attends,wishes", "Kim,,A", "Åse,R3,", "Bo,R2 R3,", "Cai,,")
        read = Texts(folder=Path()).participants(rows, ruled)
        return [f"{each.code} {each.message}" for each in read.diagnostics]

    return complaints


def test_pins_by_round_and_in_any_of_them_can_be_kept_together(told: Callable[..., list[str]]) -> None:
    assert told(pin("A", "Cai"), replace(pin("B", "Cai"), round_id="R1")) == []
    assert told(pin("A", "Cai"), replace(ban("A", "Cai"), round_id="R1")) == []
    assert told(replace(pin("A", "Cai"), round_id="R1"), replace(pin("B", "Cai"), round_id="R2")) == []
    assert told(pin("A", "Bo"), ban("B", "Bo"), together("Bo", "Cai"), apart("Kim", "Cai")) == []
    assert told(pin("C", "Kim")) == []


@pytest.mark.parametrize(
    ("decisions", "code", "message"),
    [
        (
            (pin("A", "Åse"),),
            "MV155",
            "Åse (prefs.csv:3) attends no round of A (R1, R2): they cannot be in it",
        ),
        (
            (replace(pin("A", "Bo"), round_id="R1"),),
            "MV155",
            "Bo (prefs.csv:4) does not attend R1: they cannot be in A",
        ),
        ((pin("A", "Kim"),), "MV154", "Kim (prefs.csv:2) presents C: they cannot be in A"),
        (
            (pin("A", "Cai"), ban("A", "Cai", line=2)),
            "MV156",
            "Cai (prefs.csv:5): Cai is not in A, but Cai is in A (line 1)",
        ),
        (
            (replace(pin("A", "Cai"), round_id="R1"), replace(pin("A", "Cai", line=2), round_id="R2")),
            "MV156",
            "Cai (prefs.csv:5): Cai is in A in R2, but Cai is in A in R1 (line 1)",
        ),
        (
            (replace(pin("A", "Cai"), round_id="R1"), replace(pin("B", "Cai", line=2), round_id="R1")),
            "MV156",
            "Cai (prefs.csv:5): Cai is in B in R1, but Cai is in A in R1 (line 1)",
        ),
        (
            (replace(pin("A", "Cai"), round_id="R2"), together("Cai", "Kim", in_="R2")),
            "MV157",
            "together in R2: Kim (prefs.csv:2) presents C, but Cai (prefs.csv:5) is pinned to A",
        ),
    ],
)
def test_pins_that_no_round_leaves_open(
    told: Callable[..., list[str]], decisions: tuple[Pin | Group, ...], code: str, message: str
) -> None:
    assert told(*decisions) == [f"{code} {message}"]
