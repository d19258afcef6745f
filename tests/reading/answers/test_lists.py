"""One list for several rounds: however a form asks for it, the same wishes are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.answers import ReadOptions, Shape
from midtvejs.domain.demand import Turnout, turnout
from midtvejs.domain.diagnostic import Read
from midtvejs.domain.participants import NO_WISHES, Participant, Wishes
from midtvejs.domain.program import Block, Forms, Presenter, Program, tell_sittings_apart
from midtvejs.output.tables.people import preferences_csv
from midtvejs.reading.answers.preferences import Preferences, read_preferences_with_lines
from tests.conferences import each_session, one_list, person, program, session
from tests.examples import examples
from tests.reading.conftest import Texts, rows_of
from tests.reading.forms.exports import LABELS, WRITERS, Export, csv_of, xlsx_of

Reader = Callable[..., Read[Preferences]]
CODES = "ABCDEF"
DAY = one_list({code: {1: 9, 2: 9, 3: 9} for code in CODES}, rounds=3)
MANY = examples(30)


def with_plenary(day: Program) -> Program:
    """The same day, with a round of a single session at its end."""
    last = day.rounds[-1]
    plenary = replace(last, id="P", name="Samling", sessions=(session("P1", 99, hour=18),))
    return replace(day, rounds=(*day.rounds, plenary))


PLENARY = with_plenary(DAY)


@pytest.fixture
def read(texts: Texts) -> Reader:
    def read_text(text: str, day: Program = DAY) -> Read[Preferences]:
        return texts.answers(text, day)

    return read_text


def wished(read: Read[Preferences]) -> list[list[str]]:
    """The wishes of everybody, list by list."""
    return [["".join(each.codes) for each in who.wishes] for who in read.accepted().participants]


def told(read: Read[Preferences]) -> list[tuple[str, int]]:
    return [(each.code, each.place.line) for each in read.diagnostics]


ROWS = ("Åse,C,A,F", "Bo,A,B,", "Cai,F,C,D")


@pytest.mark.parametrize(
    "head",
    [
        "name,wishes 1,wishes 2,wishes 3",
        "Name,Wahl 1,Wahl 2,Wahl 3",
        "Name,Erstwahl_1,Erstwahl_2,Erstwahl_3",
        "Name,First choice,Second choice,Third choice",
        "Name,1st choice,2nd choice,3rd choice",
        "Navn,1. prioritet,2. prioritet,3. prioritet",
        (
            'Navn,"1. ønske (Runde 1, Runde 2, Runde 3)","2. ønske (Runde 1, Runde 2, Runde 3)",'
            '"3. ønske (Runde 1, Runde 2, Runde 3)"'
        ),
        "Name,Choose [First choice],Choose [Second choice],Choose [Third choice]",
    ],
)
@pytest.mark.parametrize("day", [DAY, PLENARY], ids=["one list", "and a plenary"])
def test_a_column_a_rank(read: Reader, head: str, day: Program) -> None:
    found = read(rows_of(head, *ROWS), day)
    assert [each[0] for each in wished(found)] == ["CAF", "AB", "FCD"]
    assert told(found) == []


def test_numbered_columns_are_ranks_whatever_their_order(read: Reader) -> None:
    assert wished(read(rows_of("Name,Wahl 2,Wahl 1", "Åse,C,A", "Bo,A,"))) == [["AC"], ["A"]]


@pytest.mark.parametrize(
    ("head", "doubt"),
    [
        ("Name,Runde 1,Runde 2", 'several questions for wishes: "Runde 1", "Runde 2"'),
        ("Name,Valg runde 1,Valg runde 2", 'several questions for wishes: "Valg runde 1", "Valg runde 2"'),
        ("Name,Period 1,Period 2", 'several questions for wishes: "Period 1", "Period 2"'),
        (
            "Name,Runde 1 ønske,Runde 2 ønske",
            "whether R1, R2 are asked about one by one: wishes is one list for them",
        ),
    ],
)
def test_columns_that_speak_of_rounds_are_not_taken_for_ranks(read: Reader, head: str, doubt: str) -> None:
    (found,) = read(rows_of(head, "Åse,C,A", "Bo,A,B")).diagnostics
    assert (found.code, found.message) == ("MV160", f"it cannot be told which column is what: {doubt}")


@pytest.mark.parametrize("head", ["name,wishes", "Name,Ønsker", 'Navn,"Runde 1, Runde 2, Runde 3"'])
@pytest.mark.parametrize(
    "cell", ["C > A > F", "C;A;F;", "Foredrag C;Foredrag A;Foredrag F", "c: foredrag c > A > F"]
)
def test_a_column_that_holds_a_ranking(read: Reader, head: str, cell: str) -> None:
    assert wished(read(rows_of(head, f"Åse,{cell}"))) == [["CAF"]]


def test_a_column_a_session(read: Reader) -> None:
    rows = ("Åse,2.,,1.,,,3.", "Bo,1.,2.,,,,")
    assert wished(read(rows_of("Name,A,B,C,D,E,F", *rows))) == [["CAF"], ["AB"]]


def test_titles_of_sessions_held_in_each_round(read: Reader) -> None:
    titles = dict(zip("ABC", ("Nursing", "Police", "Cooking"), strict=True))
    day = one_list({code: {1: 3, 2: 3} for code in titles}, rounds=2)
    day = each_session(day, lambda each: replace(each, title=titles[each.code]))
    head = "Timestamp,Email Address,First Name,Last Name,First Choice,Second Choice"
    rows = (
        "5/11/2026 8:47:10,ann@school.example,Ann,Alder,Nursing,Police",
        "5/11/2026 9:10:05,ben@school.example,Ben,Birch,Nursing,Police",
        "5/11/2026 9:17:20,cy@school.example,Cy,Cedar,Nursing,Cooking",
    )
    found = read(rows_of(head, *rows), day)
    assert wished(found) == [["AB"], ["AB"], ["AC"]]
    assert [who.name for who in found.accepted().participants] == ["Ann Alder", "Ben Birch", "Cy Cedar"]


def test_a_session_of_no_round_of_the_list_is_a_fault(read: Reader) -> None:
    found = read(rows_of("name,wishes", "Åse,A > P1", "Bo,B > X"), PLENARY)
    assert [(each.code, each.message) for each in found.diagnostics] == [
        ("MV131", "P1 is a session of P, not wishes"),
        ("MV130", 'unknown code "X"'),
    ]


def test_a_list_without_a_column_is_missed(read: Reader) -> None:
    found = read(rows_of("name,email,organisation", "Åse,,"))
    assert [(each.message, each.hint.partition(";")[0]) for each in found.diagnostics] == [
        ('no column "wishes"', "it has one list for R1, R2, R3")
    ]


def test_columns_of_its_rounds_are_no_list(read: Reader) -> None:
    found = read(rows_of("name,R1,R2,R3", "Åse,A,B,C"))
    assert [each.code for each in found.diagnostics] == ["MV110", "MV112", "MV112", "MV112"]


# A session named again


@pytest.mark.parametrize(
    ("head", "rows", "cells"),
    [
        (
            "name,wishes",
            ("Åse,C > A > C > B", "Bo,A", "Cai,B > B"),
            'C in line 2, column "wishes", B in line 4, column "wishes"',
        ),
        (
            "Name,Ønsker",
            ("Åse,Foredrag C;A;Foredrag C;B", "Bo,A", "Cai,B;B"),
            'C in line 2, column "Ønsker", B in line 4, column "Ønsker"',
        ),
        (
            "Name,Wahl 1,Wahl 2,Wahl 3,Wahl 4",
            ("Åse,C,A,C,B", "Bo,A,,,", "Cai,B,,B,"),
            'C in line 2, column "Wahl 3", B in line 4, column "Wahl 3"',
        ),
    ],
)
def test_what_is_named_again_counts_where_it_stands_first(
    read: Reader, head: str, rows: tuple[str, ...], cells: str
) -> None:
    found = read(rows_of(head, *rows))
    assert wished(found) == [["CAB"], ["A"], ["B"]]
    assert [(each.code, each.message, each.hint) for each in found.diagnostics] == [
        (
            "MV170",
            f"2 wishes are named again further down the list: {cells}",
            "a session counts where it is named first",
        )
    ]


def test_cells_of_a_workbook_are_named_as_its_reader_finds_them(tmp_path: Path) -> None:
    rows = [["Name", "Wahl 1", "Wahl 2"], ["Åse", "A", "B"], ["Bo", "C", "C"], ["Cai", "F", "A"]]
    xlsx_of(tmp_path / "a.xlsx", rows)
    (found,) = read_preferences_with_lines(tmp_path / "a.xlsx", DAY).diagnostics
    assert found.message == "1 wish is named again further down the list: C in cell C3"


def test_many_are_told_of_once(read: Reader) -> None:
    found = read(rows_of("name,wishes", *(f"P{number},A > A" for number in range(30))))
    (warning,) = found.diagnostics
    assert warning.message.startswith("30 wishes are named again further down the list: A in line 2, ")
    assert warning.message.endswith('column "wishes", ...')


@pytest.mark.parametrize(
    ("head", "row", "cell"),
    [
        ("name,R1", "Åse,1A > 1B > 1A", '1A in line 2, column "R1"'),
        ("Navn,Runde 1", "Åse,Foredrag 1A;1B;Foredrag 1A;", '1A in line 2, column "Runde 1"'),
        ("Navn,R1 1,R1 2,R1 3", "Åse,1A,1B,1A", '1A in line 2, column "R1 3"'),
    ],
)
def test_a_list_for_one_round_is_read_in_the_same_way(read: Reader, head: str, row: str, cell: str) -> None:
    found = read(rows_of(head, row), program({"1A": 1, "1B": 1}))
    assert wished(found) == [["1A1B"]]
    assert [(each.code, each.message) for each in found.diagnostics] == [
        ("MV170", f"1 wish is named again further down the list: {cell}")
    ]


def test_what_is_named_again_in_several_rounds_is_told_of_once(read: Reader) -> None:
    found = read(rows_of("name,R1,R2", "Åse,1A > 1A,2A", "Bo,1A,2A > 2A"), program({"1A": 2}, {"2A": 2}))
    assert told(found) == [("MV170", 2)]
    assert found.diagnostics[0].message.startswith("2 wishes are named again further down the list: ")


# A round with a single session


def test_a_round_with_a_single_session_needs_no_column(read: Reader) -> None:
    found = read(rows_of("name,wishes", "Åse,A > B"), PLENARY)
    assert wished(found) == [["AB", ""]]
    assert told(found) == []


def test_its_column_is_read_if_it_is_there(read: Reader) -> None:
    found = read(rows_of("name,P,wishes", "Åse,P1,A > B"), PLENARY)
    assert wished(found) == [["AB", "P1"]]
    assert told(found) == []
    faulty = read(rows_of("name,P,wishes", "Åse,P2,A > B"), PLENARY)
    assert told(faulty) == [("MV130", 2)]


def test_a_form_needs_no_question_for_it(read: Reader) -> None:
    day = program({"1A": 2, "1B": 2}, {"P1": 9})
    found = read(
        rows_of("Tidsstempel,Navn,Første valg,Andet valg", "2018/01/13 2:30:00 PM GMT+1,Åse,1B,1A"), day
    )
    assert wished(found) == [["1B1A", ""]]
    assert told(found) == []


# Who is there


def test_wishes_count_unless_all_rounds_of_the_list_are_missed(read: Reader) -> None:
    found = read(
        rows_of("name,attends,wishes", "Åse,R1 R3,A > B", "Bo,Samling,A", "Cai,P; Runde 2,B"), PLENARY
    )
    assert wished(found) == [["AB", ""], ["", ""], ["B", ""]]
    assert [(each.code, each.message) for each in found.diagnostics] == [
        ("MV144", "wishes in R1 and R2 and R3, which are not attended, count for nothing")
    ]


def test_who_is_listed_and_gave_no_answer_has_an_empty_list(texts: Texts) -> None:
    listed = texts.saved("people.csv", "name\nÅse\nBo\n")
    read = texts.answers("name,wishes\nÅse,A > B\n", PLENARY, ReadOptions(participants=listed))
    assert wished(read) == [["AB", ""], ["", ""]]


def test_ones_own_session_is_struck_from_the_list(read: Reader) -> None:
    presented = each_session(
        PLENARY,
        lambda each: replace(each, presenters=(Presenter(name="Åse"),)) if each.code == "B" else each,
    )
    (aase, _) = read(rows_of("name,wishes", "Åse,A > B > C", "Bo,B"), presented).accepted().participants
    assert aase.presents == {"B"}
    assert aase.wishes == (Wishes(("A", "C")), NO_WISHES)
    assert [aase.presents_in(round_) for round_ in presented.rounds] == ["B", "B", "B", None]


def test_nobody_misses_an_external_presenter(read: Reader) -> None:
    def presented(*, external: bool) -> Program:
        guest = Presenter(name="Gæst", external=external)
        return each_session(DAY, lambda each: replace(each, presenters=(guest,)))

    rows = rows_of("name,wishes", "Åse,A")
    assert told(read(rows, presented(external=False))) == [("MV125", 1)]
    assert told(read(rows, presented(external=True))) == []
    (guest,) = read(rows_of("name,wishes", "Gæst,A"), presented(external=True)).accepted().participants
    assert guest.presents == set(CODES)


def test_a_list_is_whole_with_every_session_that_can_be_attended() -> None:
    day = one_list({"A": {1: 9, 2: 9}, "B": {1: 9}, "C": {2: 9}}, rounds=2)
    last = with_plenary(day)
    whole, partial, nobody = person("Åse", "B > A > C", ""), person("Bo", "A > B", ""), person("Cai", "", "")
    late = replace(person("Dea", "C > A", ""), absent=frozenset({"R1"}))
    presenter = person("Eva", "B > C", "", presents="A")
    assert turnout(last, [whole, partial, nobody, late]) == Turnout(whole=2, partial=1, empty=1)
    assert turnout(last, [presenter]) == Turnout(whole=1, partial=0, empty=0)


# Several lists


def test_each_list_has_its_column(read: Reader) -> None:
    made = one_list({"A": {1: 9, 2: 9}, "B": {1: 9, 2: 9}, "C": {3: 9, 4: 9}, "D": {3: 9, 4: 9}}, rounds=4)
    lists = (Block(id="formiddag", rounds=(0, 1)), Block(id="eftermiddag", rounds=(2, 3)))
    day = replace(made, lists=lists)
    own = read(rows_of("name,eftermiddag,formiddag", "Åse,D > C,A"), day)
    assert wished(own) == [["A", "DC"]]
    head = "Name,Choice 1,Choice 2,Choice 1,Choice 2"
    assert wished(read(rows_of(head, "Åse,B,A,D,C", "Bo,A,B,C,D"), day)) == [["BA", "DC"], ["AB", "CD"]]


def test_lists_may_lie_side_by_side_with_rounds(read: Reader) -> None:
    single = program({"1A": 2, "1B": 2}).rounds[0]
    day = replace(DAY, rounds=tell_sittings_apart((*DAY.rounds, replace(single, id="S", name="Saloner"))))
    assert wished(read(rows_of("name,S,wishes", "Åse,1B,A > B"), day)) == [["AB", "1B"]]


# Laws

RANKINGS = st.permutations(CODES).flatmap(
    lambda order: st.integers(0, len(order)).map(lambda size: tuple(order[:size]))
)
PEOPLE = st.lists(RANKINGS, min_size=1, max_size=6).map(
    lambda lists: tuple(
        person(f"Nr {chr(97 + number)}", " > ".join(codes)) for number, codes in enumerate([*lists, CODES])
    )
)


def as_one_round(day: Program) -> Program:
    """What a form makes of a list: one question, headed by the names of its rounds."""
    (block,) = day.lists
    asked = replace(day.rounds[0], id=block.id, name=day.name_of(block), sessions=day.sessions_in(block))
    return replace(day, rounds=(asked,), lists=())


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("label", LABELS)
@MANY
@given(people=PEOPLE)
def test_what_any_product_exports_is_read_as_one_list(
    name: str, label: str, tmp_path: Path, people: tuple[Participant, ...]
) -> None:
    rows = WRITERS[name](Export(day=as_one_round(DAY), people=people, label=LABELS[label]))
    (tmp_path / "answers.csv").write_bytes(csv_of(rows))
    # A few who happen to rank in the order of the form might as well have ticked boxes.
    ranked, plenary_day = (replace(day, forms=Forms(ticks=False)) for day in (DAY, PLENARY))
    found = read_preferences_with_lines(tmp_path / "answers.csv", ranked).accepted()
    assert found.participants == people
    assert found.provenance.shape is not Shape.OTHER
    plenary = read_preferences_with_lines(tmp_path / "answers.csv", plenary_day).accepted()
    assert [who.wishes for who in plenary.participants] == [(*who.wishes, NO_WISHES) for who in people]


@MANY
@given(people=PEOPLE)
def test_what_we_write_is_read_back(tmp_path: Path, people: tuple[Participant, ...]) -> None:
    everybody = [replace(who, wishes=(*who.wishes, NO_WISHES)) for who in people]
    text = preferences_csv(PLENARY, everybody)
    assert text.startswith("name,email,organisation,wishes\n")
    (tmp_path / "prefs.csv").write_text(text, encoding="utf-8")
    assert (
        list(read_preferences_with_lines(tmp_path / "prefs.csv", PLENARY).accepted().participants)
        == everybody
    )
