from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.diagnostic import Faulty, Severity
from midtvejs.domain.participants import NO_WISHES, Participant
from midtvejs.domain.program import Program
from midtvejs.output.tables.people import assignment_csv
from midtvejs.reading.answers.assignment import SavedAssignment, read_assignment
from midtvejs.reading.answers.preferences import Preferences
from tests.conferences import person, program
from tests.reading.conftest import Texts

Reader = Callable[..., SavedAssignment]
DAY = program({"1A": 2, "1B": 2}, {"2A": 2, "2B": 2})
HEAD = "name,email,organisation,R1,R2\n"


@pytest.fixture
def read(texts: Texts) -> Reader:
    def read_text(
        text: str | bytes, day: Program = DAY, signed_up: Preferences | None = None
    ) -> SavedAssignment:
        return read_assignment(texts.saved("assignment.csv", text), day, signed_up)

    return read_text


def found(saved: SavedAssignment) -> list[str]:
    """Each diagnostic as line:column-end code."""
    return [f"{d.place.line}:{d.place.column}-{d.place.end_column} {d.code}" for d in saved.diagnostics]


def test_the_name_may_be_headed_in_another_way(read: Reader) -> None:
    assert read("Elevens navn,e-mail,R1,R2\nÅse,,1A,2B\n").assignment.days == {"åse": ("1A", "2B")}


def test_a_title_above_the_header_is_told_and_not_read(read: Reader) -> None:
    saved = read(f"Fordelingen 2018,,,,\n,,,,\n{HEAD}Åse,,Vejle,1A,2B\nBo,,,1X,2A\n")

    assert found(saved) == ["3:1-30 MV176", "5:6-8 MV130"]
    assert saved.assignment.days["åse"] == ("1A", "2B")


def test_without_a_header_for_each_round_nothing_is_made_up(read: Reader) -> None:
    with pytest.raises(Faulty) as raised:
        read("Fordelingen,,\nname,email,R1\nÅse,,1A\n")

    assert "MV176" not in {each.code for each in raised.value.diagnostics}


def test_a_row_is_a_day(read: Reader) -> None:
    saved = read(HEAD + "Åse,,Vejle,1A,2B\nBo,a@b.dk,, 1b ,2a\n")

    assert saved.diagnostics == ()
    assert saved.whole
    assert saved.assignment.days == {"åse": ("1A", "2B"), "a@b.dk": ("1B", "2A")}
    assert saved.assignment.participants[0] == Participant(
        name="Åse", organisation="Vejle", wishes=(NO_WISHES, NO_WISHES)
    )


@pytest.mark.parametrize(
    ("text", "expected", "message"),
    [
        (HEAD + "Bo,,,1X,2A\n", "2:6-8 MV130", 'unknown code "1X"'),
        (HEAD + "Bo,,,1-A,2A\n", "2:6-9 MV130", 'unknown code "1-A"'),
        (HEAD + "Bo,,,2B,2A\n", "2:6-8 MV131", "2B is a session of R2, not R1"),
        (HEAD + "Bo,,,1A > 1B,2A\n", "2:6-13 MV201", "2 sessions in R1"),
        (HEAD + 'Bo,,,"1A,1B",2A\n', "2:6-13 MV201", "2 sessions in R1"),
        (HEAD + "Bo,,,1A,\n", "2:9-10 MV202", "no session in R2"),
        (HEAD + "Bo,,,1A\n", "2:8-9 MV120", "4 cells, where the header has 5"),
        (HEAD + "Bo,,,1A,2A,2A\n", "2:12-14 MV121", "6 cells, where the header has 5"),
        (
            HEAD + "Bo,,,1A,2A\nBO,,,1A,2A\n",
            "3:1-3 MV123",
            '"BO" has a row already, in line 2 (the same name)',
        ),
        ("name,R1\nBo,1A\n", "1:1-8 MV110", 'no column "R2"'),
        (HEAD, "1:1-30 MV106", "no participants: nothing follows the header"),
    ],
)
def test_each_fault_has_its_place(read: Reader, text: str, expected: str, message: str) -> None:
    saved = read(text)

    assert found(saved) == [expected]
    assert saved.diagnostics[0].message == message


def test_every_fault_at_once(read: Reader) -> None:
    saved = read(HEAD + 'Bo,,,1A;1B,\nCai,,,2A,2x\n"Dea\n",,,,1B\nbo,,,1A\n')

    assert found(saved) == [
        "2:6-11 MV201",
        "2:12-13 MV202",
        "3:7-9 MV131",
        "3:10-12 MV130",
        "5:5-6 MV202",
        "5:6-8 MV131",
        "6:1-3 MV123",
        "6:8-9 MV120",
    ]
    assert saved.assignment.days == {"bo": ("", ""), "cai": ("", ""), "dea": ("", "")}


def test_a_file_of_wishes_is_told_once_and_not_in_each_cell(read: Reader) -> None:
    rows = ("Bo,,,1A > 1B,2A > 2B\n", 'Cai,,,"1B;1A",2B\n', "Dea,,,,2B > 2A\n", "Eva,,,1B,\n")

    with pytest.raises(Faulty) as wishes:
        read(HEAD + "".join(rows))

    (told,) = wishes.value.diagnostics
    assert (told.code, told.place.line, told.message) == (
        "MV201",
        1,
        "these are wishes: 3 of 4 rows rank several sessions",
    )
    assert len(found(read(HEAD + "".join(rows[:2])))) == 3


def test_a_file_of_anything_else_is_not_read_row_by_row(read: Reader) -> None:
    with pytest.raises(Faulty) as other:
        read("vare,antal\nkaffe,2\nte,1\nsukker,3\n")

    errors = {each.message for each in other.value.diagnostics if each.severity is Severity.ERROR}
    assert errors == {'no column "name"', 'no column "R1"', 'no column "R2"'}


def test_rows_and_cells_have_places(read: Reader) -> None:
    saved = read(HEAD + "\nÅse,,,1A,2B\n")

    assert (saved.top.line, saved.top.source) == (1, HEAD.strip())
    assert (saved.row("åse").line, saved.row("åse").column) == (3, 1)
    assert (saved.cell("åse", "R2").line, saved.cell("åse", "R2").column) == (3, 10)


def test_nothing_to_read_is_faulty(read: Reader) -> None:
    for content in (b"", b"PK\x03\x04"):
        with pytest.raises(Faulty):
            read(content)


def test_a_torn_file_is_not_whole(read: Reader) -> None:
    saved = read(HEAD + 'Bo,,,1A,2A\n"Cai,,,1A,2A\n')

    assert found(saved) == ["3:1-2 MV104"]
    assert not saved.whole


def test_presenters_are_recognised(read: Reader) -> None:
    day = program({"1A": 2}, presenters={"1A": "Kim"})

    (kim,) = read("name,R1\nKIM,1A\n", day).assignment.participants

    assert kim.presents == {"1A"}


def test_who_signed_up_keeps_their_wishes(read: Reader) -> None:
    bo = person("Bo", "1A > 1B", "2A", presents="1B")
    signed_up = Preferences(participants=(bo,), lines={bo.key: 2})

    saved = read(HEAD + "Cai,,,1A,2A\nBo,bo@example.dk,,1B,2A\n", DAY, signed_up)

    assert [each.name for each in saved.assignment.participants] == ["Cai", "Bo"]
    assert saved.assignment.participants[1] is bo


def test_an_empty_cell_is_right_exactly_where_the_round_is_not_attended(read: Reader) -> None:
    head = "name,step_free,attends,R1,R2\n"
    saved = read(head + "Åse,ja,R2,,2B\nBo,,,1A,\nCai,,r1,1B,2A\nDea,,R1,,\n")

    assert found(saved) == ["3:9-10 MV202", "4:12-14 MV207", "5:9-10 MV202"]
    assert saved.assignment.days == {"åse": ("", "2B"), "bo": ("1A", ""), "cai": ("1B", ""), "dea": ("", "")}
    aase, bo, *_ = saved.assignment.participants
    assert (aase.step_free, aase.absent) == (True, frozenset({"R1"}))
    assert (bo.step_free, bo.absent) == (False, frozenset())


def test_who_signed_up_attends_what_they_said_there(read: Reader) -> None:
    bo = replace(person("Bo", "", "2A"), absent=frozenset({"R1"}))
    signed_up = Preferences(participants=(bo,), lines={bo.key: 2})

    saved = read("name,email,R1,R2\nBo,bo@example.dk,,2A\n", DAY, signed_up)
    assert (found(saved), saved.assignment.days) == ([], {bo.key: ("", "2A")})

    saved = read("name,email,attends,R1,R2\nBo,bo@example.dk,R1 R2,1A,2A\n", DAY, signed_up)
    assert found(saved) == ["2:24-26 MV207"]
    assert saved.diagnostics[0].message == '"1A" in R1, which this participant does not attend'


NAMES = (
    st.text(
        st.sampled_from("\"';,\n\r\t=+-@>æøå 🙂")
        | st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="Ãâ")
    )
    .map(lambda name: " ".join(name.split()))
    .filter(lambda name: bool(name) and not (name[0] == "'" and name[1:2] in tuple("=+-@")))
)


@given(
    people=st.lists(
        st.tuples(
            NAMES,
            st.tuples(st.sampled_from(["1A", "1B", ""]), st.sampled_from(["2A", "2B", ""])).filter(any),
            st.booleans(),
        ),
        min_size=1,
        unique_by=lambda row: Participant(name=row[0], wishes=()).key,
    ),
    excel=st.sampled_from(["", ",", ";"]),
)
def test_what_is_saved_is_read_again(
    read: Reader, people: list[tuple[str, tuple[str, str], bool]], excel: str
) -> None:
    participants = tuple(
        Participant(
            name=name,
            wishes=(NO_WISHES, NO_WISHES),
            step_free=step_free,
            absent=frozenset(id_ for id_, code in zip(("R1", "R2"), day, strict=True) if not code),
        )
        for name, day, step_free in people
    )
    days = {each.key: day for each, (_, day, _) in zip(participants, people, strict=True)}
    assignment = Assignment(program=DAY, participants=participants, days=days)

    saved = read(assignment_csv(assignment, excel=excel))

    assert saved.diagnostics == ()
    in_order = tuple(sorted(participants, key=lambda each: each.key))
    assert saved.assignment == replace(assignment, participants=in_order)


@given(
    st.lists(st.sampled_from(["1A", "2A", "1x", ",", ";", ">", '"', "\n", "\r", "'", "=", "Bo", "ø"])).map(
        "".join
    )
)
def test_no_text_at_all_raises(read: Reader, text: str) -> None:
    saved = read(HEAD + text)

    assert saved.diagnostics or saved.assignment.days
