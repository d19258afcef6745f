from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.diagnostic import Read, Severity
from midtvejs.domain.participants import NO_WISHES, Participant, Wishes, fold
from midtvejs.domain.program import Presenter, Program
from midtvejs.output.tables.people import preferences_csv
from midtvejs.reading.answers.cleaning import SHOWN
from midtvejs.reading.answers.people import may_be_last_first
from midtvejs.reading.faults import MOST
from midtvejs.reading.forms.words import NOBODY
from tests.conferences import program
from tests.reading.conftest import Texts

Reader = Callable[..., Read[tuple[Participant, ...]]]
DAY = program({"1A": 2, "1B": 2, "1C": 2}, {"2A": 2, "2B": 2})
HEAD = "name,email,organisation,R1,R2\n"


@pytest.fixture
def read(texts: Texts) -> Reader:
    def read_text(text: str | bytes, day: Program = DAY) -> Read[tuple[Participant, ...]]:
        return texts.participants(text, day)

    return read_text


def found(read: Read[tuple[Participant, ...]]) -> list[str]:
    """Each diagnostic as line:column-end code."""
    return [f"{d.place.line}:{d.place.column}-{d.place.end_column} {d.code}" for d in read.diagnostics]


def codes(wishes: tuple[Wishes, ...]) -> list[str]:
    return [" ".join(each.codes) for each in wishes]


def test_a_row_is_a_participant(read: Reader) -> None:
    (person,) = read(HEAD + '  Åse   Bo\t,a@b.dk ,  Vejle  Kommune,1C > 1A > 1B,"2A"\n').accepted()

    assert person == Participant(
        name="Åse Bo",
        email="a@b.dk",
        organisation="Vejle Kommune",
        wishes=(Wishes(("1C", "1A", "1B")), Wishes(("2A",))),
    )


@pytest.mark.parametrize(
    "cell", ["1C > 1A", "1C;1A", "1C, 1A", "1C;1A;", " 1c >1a ", ">1C>>1A", "1C\n>\n1A", "１Ｃ > 1A"]
)
def test_wishes_are_separated_in_three_ways_and_codes_match_by_their_letters(read: Reader, cell: str) -> None:
    (person,) = read(f'{HEAD}Bo,,,"{cell}",\n').accepted()

    assert codes(person.wishes) == ["1C 1A", ""]


def test_columns_stand_in_any_order_and_case(read: Reader) -> None:
    (person,) = read('r2; Name ;"R1"\n2A;Bo;1A\n').accepted()

    assert (person.name, person.email, person.organisation) == ("Bo", "", "")
    assert codes(person.wishes) == ["1A", "2A"]


def test_codes_that_differ_only_in_case_must_match_exactly(read: Reader) -> None:
    day = program({"1A": 2, "1a": 2, "1B": 2})

    (person,) = read("name,R1\nBo,1a > 1A > 1b\n", day).accepted()

    assert codes(person.wishes) == ["1a 1A 1B"]


def test_a_code_of_another_round_in_its_own_round_is_no_fault(read: Reader) -> None:
    day = program({"a": 2}, {"A": 2})

    (person,) = read("name,R1,R2\nBo,A,a\n", day).accepted()

    assert codes(person.wishes) == ["a", "A"]


def test_who_has_only_an_email_is_called_by_it(read: Reader) -> None:
    (person,) = read(HEAD + ",a@b.dk,,1A,\n").accepted()

    assert (person.name, person.key) == ("a@b.dk", "a@b.dk")


def test_the_same_wishes_are_one_object(read: Reader) -> None:
    bo, cai, dea = read(HEAD + "Bo,,,1A > 1B,\nCai,,,1A > 1B,\nDea,,,,\n").accepted()

    assert bo.wishes[0] is cai.wishes[0]
    assert dea.wishes[0] is dea.wishes[1]


def test_an_apostrophe_that_kept_a_cell_from_running_is_dropped(read: Reader) -> None:
    (person,) = read(HEAD + "'=1+1,'@b.dk,'O'Hara,1A,\n").accepted()

    assert (person.name, person.email, person.organisation) == ("=1+1", "@b.dk", "'O'Hara")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + "Bo,,,1A > 1X,\n", "2:11-13 MV130"),
        (HEAD + "Bo,,,,2A;1B\n", "2:10-12 MV131"),
        (HEAD + "Åse,,,1A,\nBo,,,1A,\nåse ,,,1A,\n", "4:1-5 MV123"),
        (HEAD + "Åse,a@b.dk,,1A,\nBo,A@B.DK,,1A,\n", "3:4-10 MV126"),
        (HEAD + "Bo Lund,a@b.dk,,1A,\nBo,A@B.DK,,1A,\n", "3:4-10 MV123"),
        (HEAD + "Bo,,Vejle,1A,\nBo,,Thisted,1A,\n", "3:1-3 MV127"),
        ("name,email,R1\nBo,,1A\n", "1:1-14 MV110"),
        ("email,R1,R2\na@b.dk,1A,2A\n", "1:1-12 MV110"),
        ("R1,R2\n1A,2A\n1A,2A\n", "1:1-6 MV110"),
        ("name,R1,R2,r1\nBo,1A,2A,1B\n", "1:12-14 MV111"),
        (HEAD + "Bo,,,1A\n", "2:8-9 MV120"),
        (HEAD + "Bo,,,1A,2A,2B\n", "2:12-14 MV121"),
        (HEAD + ",,Vejle,1A,2A\n", "2:1-2 MV122"),
        (HEAD, "1:1-30 MV106"),
        ("", "1:1-2 MV105"),
        (HEAD + "Bo,,,1A,\n" + '"Cai,,,1A,\n', "3:1-2 MV104"),
    ],
)
def test_each_fault_has_its_place(read: Reader, text: str, expected: str) -> None:
    result = read(text)

    assert result.value is None
    assert found(result) == [expected]
    assert result.diagnostics[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (HEAD + "Bo,,,1X,\n", 'unknown code "1X"', "R1 has 1A, 1B, 1C"),
        (HEAD + "Bo,,,1-A,\n", 'unknown code "1-A"', 'did you mean "1A"?'),
        (HEAD + "Bo,,,2A,\n", "2A is a session of R2, not R1", "R1 has 1A, 1B, 1C"),
        (
            HEAD + "\nBo,,,,\n\nBo,,,,\n",
            '"Bo" has a row already, in line 3 (the same name)',
            "keep one of the lines 3 and 5",
        ),
        (
            "name,R1\nBo,\n",
            'no column "R2"',
            "the columns are name, R1, R2, email, organisation, step_free, attends, with, timestamp",
        ),
        (
            "name;R1;R2\nBo;1A;1B;2A\n",
            "4 cells, where the header has 3",
            'a cell that holds ";" needs quotes around it',
        ),
    ],
)
def test_faults_say_what_was_meant(read: Reader, text: str, message: str, hint: str) -> None:
    (fault,) = read(text).diagnostics

    assert (fault.message, fault.hint) == (message, hint)


def test_an_unknown_column_is_a_warning(read: Reader) -> None:
    result = read("name,emial,,R1,R2\nBo,a@b.dk,,1A,2A\n")

    assert [person.email for person in result.accepted()] == [""]
    assert found(result) == ["1:6-11 MV112", "1:12-13 MV112"]
    assert {d.severity for d in result.diagnostics} == {Severity.WARNING}
    assert result.diagnostics[0].hint == 'did you mean "email"?'


def test_every_fault_at_once_within_quotes_and_lines(read: Reader) -> None:
    result = read(
        "name;emial;organisation;R1;R1;R2\r\n"
        '"Bo ""den\r\nstore""";;;"1A > 1X";;"2A;\r\n1B;2a"\r\n'
        "\r\n"
        ";;;1B;;2C\r\n"
        "bo  ;;;1B;;2B\r\n"
        'Bo "den store";;;1A;;\r\n'
        "Bo;;;1A\r\n"
    )

    assert result.value is None
    assert found(result) == [
        "1:6-11 MV112",
        "1:28-30 MV111",
        "3:18-20 MV130",
        "4:1-3 MV131",
        "4:4-6 MV170",
        "6:1-2 MV122",
        "6:8-10 MV130",
        "8:1-15 MV123",
        "9:1-3 MV123",
        "9:8-9 MV120",
    ]


def test_a_thousand_faults_are_enough(read: Reader) -> None:
    result = read(HEAD + "".join(f"P{number},,,1X,1A\n" for number in range(MOST)))

    assert len(result.diagnostics) == MOST + 1
    assert result.diagnostics[-1].code == "MV109"
    assert result.diagnostics[-1].place.line == MOST // 2 + 1


def test_presenters_are_recognised(read: Reader) -> None:
    day = program({"1A": 2, "1B": 2}, presenters={"1B": "Nils Cassøe"})

    result = read("name,R1\nBo,1A\nnils  CASSØE,1A\n", day)

    assert [person.presents for person in result.accepted()] == [frozenset(), frozenset({"1B"})]
    assert result.diagnostics == ()


def test_absent_presenters_are_one_warning(read: Reader) -> None:
    day = program({"1A": 2, "1B": 2}, {"2A": 2}, presenters={"1B": "Nils", "2A": "Kim"})

    result = read("name,R1,R2\nBo,1A,\n", day)

    assert len(result.accepted()) == 1
    assert found(result) == ["1:1-11 MV125"]
    assert result.diagnostics[0].message == (
        "2 presenters did not sign up and are not seated: Nils (1B), Kim (2A)"
    )
    assert result.diagnostics[0].severity is Severity.WARNING


def test_namesakes_of_a_presenter_are_a_fault(read: Reader) -> None:
    day = program({"1A": 2, "1B": 2}, presenters={"1B": "Kim"})

    result = read("name,email,R1\nBo,,1A\nKim,a@b.dk,1A\nKim,c@d.dk,1A\n", day)

    assert found(result) == ["3:1-4 MV124"]
    assert result.diagnostics[0].message == "Kim presents 1B, and may be the one in line 3 or 4"
    assert result.diagnostics[0].hint == "give the presenter's email in program.yaml"


def test_an_email_in_the_program_tells_namesakes_apart(read: Reader) -> None:
    day = program({"1A": 2})
    session = replace(day.rounds[0].sessions[0], presenters=(Presenter(name="Kim", email="c@d.dk"),))
    day = replace(day, rounds=(replace(day.rounds[0], sessions=(session,)),))

    result = read("name,email,R1\nKim,a@b.dk,1A\nKim,C@D.dk,1A\n", day)

    assert [len(person.presents) for person in result.accepted()] == [0, 1]


def text() -> st.SearchStrategy[str]:
    """Anything as it is kept: trimmed; but not what a failed formula shows."""
    letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0Ãâ")
    awkward = st.text(st.sampled_from("\"';,\n\r\t=+-@>æøå 🙂")) | st.text(letters)
    return awkward.map(lambda each: " ".join(each.split())).filter(lambda each: each not in SHOWN)


def wishes(*known: str) -> st.SearchStrategy[Wishes]:
    return st.lists(st.sampled_from(known), unique=True).map(lambda each: Wishes(tuple(each)))


def without_idle_wishes(person: Participant) -> Participant:
    """Whoever does not attend a round has no wishes in it that would be read."""
    attended = zip(("R1", "R2"), person.wishes, strict=True)
    return replace(
        person, wishes=tuple(NO_WISHES if id_ in person.absent else each for id_, each in attended)
    )


PEOPLE = st.lists(
    st.builds(
        Participant,
        # Whether it begins with the surname is asked of a name with a comma.
        name=text().filter(lambda word: bool(word) and not may_be_last_first(word)),
        # What forms write of somebody who is not known is nobody's email.
        email=text().filter(lambda word: not word or fold(word) not in NOBODY),
        organisation=text(),
        wishes=st.tuples(wishes("1A", "1B", "1C"), wishes("2A", "2B")),
        step_free=st.booleans(),
        absent=st.sampled_from([frozenset(), frozenset({"R1"}), frozenset({"R2"})]),
    ).map(without_idle_wishes),
    min_size=1,
    unique_by=lambda person: person.key,
)


@given(
    people=PEOPLE,
    excel=st.sampled_from(["", ",", ";"]),
    mark=st.booleans(),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_is_read_again(
    read: Reader, people: list[Participant], excel: str, mark: bool, end: str
) -> None:
    written = preferences_csv(DAY, people, excel=excel).removeprefix("\ufeff")
    lines = written.replace("\r\n", "\n").replace("\n", end)

    result = read(("\ufeff" if mark else "") + lines)

    assert result.diagnostics == ()
    assert result.accepted() == tuple(people)


@given(
    st.binary()
    | st.lists(st.sampled_from(["1A", "2A", "1x", ",", ";", ">", '"', "\n", "\r", "'", "=", "Bo", "ø"])).map(
        lambda parts: (HEAD + "".join(parts)).encode()
    )
)
def test_no_bytes_at_all_raise(read: Reader, content: bytes) -> None:
    result = read(content)

    assert (result.value is None) == any(d.severity is Severity.ERROR for d in result.diagnostics)
    for diagnostic in result.diagnostics:
        place = diagnostic.place
        assert 1 <= place.column < place.end_column <= len(place.source) + 2


def test_our_own_form_knows_other_words_for_its_columns(read: Reader) -> None:
    result = read("Name,R1,R2,E-mail,Kommune,Skostr.\nBo,1A,2A,bo@b.dk,Vejle,43\nBo,1B,,b@c.dk,Vejle,44\n")

    assert [person.email for person in result.accepted()] == ["bo@b.dk", "b@c.dk"]
    assert {person.organisation for person in result.accepted()} == {"Vejle"}
    assert found(result) == ["1:27-34 MV112"]


def test_a_column_of_our_own_name_goes_before_another_word_for_it(read: Reader) -> None:
    result = read("Name,R1,R2,E-mail,email\nBo,1A,2A,other@b.dk,bo@b.dk\n")

    assert [person.email for person in result.accepted()] == ["bo@b.dk"]
    assert found(result) == ["1:12-18 MV112"]
