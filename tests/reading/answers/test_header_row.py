"""Where the first row of a file is no header, another one is found, or it is told what it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from midtvejs.domain.diagnostic import Diagnostic, Severity
from tests.conferences import program
from tests.reading.conftest import Texts

DAY = program({"1A": 2, "1B": 2}, {"2A": 2, "2B": 2})
FORM = "Navn;E-mail;R1;R2\nÅse;aase@vejle.dk;1A;2B\n"
OURS = "name,email,R1,R2\nÅse,aase@vejle.dk,1A,2B\n"
Reader = Callable[[str], tuple[Diagnostic, ...]]


@pytest.fixture
def diagnostics(texts: Texts) -> Reader:
    return lambda text: texts.answers(text, DAY).diagnostics


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("Tilmelding til Midtvejs\n", 2),
        ("Tilmelding, fredag den 2. marts\n", 2),
        ("Tilmelding til Midtvejs;;;\n;;;\n", 3),
        ("Midtvejs 2018\nTrukket fredag, kl. 9\n\n", 4),
        ('"Tilmelding;\nmidtvejs"\n', 3),
        ("x\n" * 10, 11),
    ],
)
@pytest.mark.parametrize("text", [FORM, OURS])
def test_what_is_below_a_title_is_read(texts: Texts, text: str, above: str, line: int) -> None:
    result = texts.answers(above.replace(";", ";" if text is FORM else ",") + text, DAY)

    (warning,) = result.diagnostics
    assert (warning.code, warning.place.line, warning.severity) == ("MV176", line, Severity.WARNING)
    assert warning.message == f"the header stands in line {line}: what is above it is not read"
    read = result.accepted()
    assert read.participants == texts.answers(text, DAY).accepted().participants
    assert dict(read.lines) == {"aase@vejle.dk": line + 1}


def test_below_a_title_faults_have_their_place(diagnostics: Reader) -> None:
    found = diagnostics("Tilmelding\n\n" + FORM.replace("1A", "1X"))

    assert [(each.code, each.place.line, each.place.column) for each in found] == [
        ("MV176", 3, 1),
        ("MV130", 4, 19),
    ]


def test_what_is_not_below_is_not_made_up(diagnostics: Reader) -> None:
    (fault,) = diagnostics("Tilmelding;;\nHvem;Hvad;Hvor\nBo;1A;Vejle\n")

    assert fault.message.startswith("it cannot be told which column is what")
    assert fault.paste


def test_whole_lines_in_quotes_are_told_of(diagnostics: Reader) -> None:
    (fault,) = diagnostics("".join(f'"{line}"\n' for line in FORM.splitlines()))

    assert (fault.code, fault.message) == ("MV160", "each line is one cell in quotes")


def test_a_list_of_one_column_keeps_its_commas_out_of_names(diagnostics: Reader) -> None:
    (fault,) = diagnostics("Navn\nBo\nÅse\n")

    assert fault.message == "it cannot be told which column is what: no column for R1; no column for R2"


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("Bo Lund,bo@vejle.dk,1A,1B,2A\nÅse Holm,aase@vejle.dk,1B,,2B\n", "name,email,R1 1,R1 2,R2"),
        ("Bo Lund;1A > 1B;2A\nÅse Holm;1B > 1A;2B\n", "name;R1;R2"),
        ("aase@vejle.dk;7a;Foredrag 1A;Foredrag 2A\nbo@vejle.dk;7b;Foredrag 1B;\n", "email;name;R1;R2"),
    ],
)
def test_where_there_is_no_header_one_is_proposed(diagnostics: Reader, text: str, header: str) -> None:
    (fault,) = diagnostics(text)

    assert (fault.code, fault.place.line, fault.paste) == ("MV180", 1, (header,))
    assert fault.message == "there is no header: line 1 is an answer"
    assert {each.code for each in diagnostics(f"{header}\n{text}")} <= {"MV112"}


def test_columns_without_headings_are_named(diagnostics: Reader) -> None:
    (fault,) = diagnostics("Navn,R1 1,,R2\nBo,1A,1B,2A\nÅse,1B,1A,2B\n")
    assert fault.message == (
        "it cannot be told which column is what: column 3 holds sessions of R1; column 3 has no heading"
    )
    assert fault.hint.startswith("write a heading above column 3, ")

    (fault,) = diagnostics("Navn,Ønske,,R2\nBo,1A,1B,2A\nÅse,1B,1A,2B\n")
    assert 'several questions for R1: "Ønske", column 3; column 3 has no heading' in fault.message

    (fault,) = diagnostics(",R1,R2\nBo,1A,2A\nÅse,1B,2B\n")
    assert fault.message.endswith("no column of names or emails; column 1 has no heading")


def test_a_column_without_a_heading_is_read_where_its_cells_say_what_it_is(texts: Texts) -> None:
    result = texts.answers("Navn,,R2\nBo,1A;1B,2A\nÅse,1B,2B\n", DAY)

    assert [[each.codes for each in person.wishes] for person in result.accepted().participants] == [
        [("1A", "1B"), ("2A",)],
        [("1B",), ("2B",)],
    ]
    assert [(each.code, each.place.column, each.message) for each in result.diagnostics] == [
        ("MV112", 6, "the column without a heading is read as R1")
    ]


def test_a_header_that_is_too_short_is_told_of_once(diagnostics: Reader) -> None:
    (fault,) = diagnostics("name,R1,R2\n" + "Bo,1A,2A,x\n" + "Åse,1A,2A,y\n" * 20)

    assert (fault.code, fault.place.line) == ("MV121", 1)
    assert fault.message == "each row has more cells than the header, which has 3"
    assert fault.hint == 'write a heading above column 4; or, if a cell holds ",", put quotes around it'
