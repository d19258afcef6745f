from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.diagnostic import Faulty, Place, Severity
from midtvejs.reading.files import records as records_of
from midtvejs.reading.files import text as text_file
from midtvejs.reading.files.csv_table import CsvTable, csv_table
from midtvejs.reading.files.source import Span
from midtvejs.reading.files.table import MAX_CELL, MAX_COLUMNS
from midtvejs.reading.files.tables import read_tables
from midtvejs.reading.files.text import MAX_LINE

Reader = Callable[[bytes | str], CsvTable]


@pytest.fixture
def table() -> Reader:
    def read(content: bytes | str) -> CsvTable:
        data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        return csv_table(text_file.text_of("a.csv", data))

    return read


def found(table: CsvTable) -> list[str]:
    """Each diagnostic as line:column code."""
    return [f"{d.place.line}:{d.place.column} {d.code}" for d in table.source.diagnostics]


def at(place: Place) -> tuple[int, int, int]:
    return place.line, place.column, place.end_column


@pytest.mark.parametrize(
    "content",
    [
        "name,R1\nÅse,1A\n".encode(),
        "\ufeffname,R1\nÅse,1A\n".encode(),
        "name;R1\r\nÅse;1A\r\n".encode(),
        "name\tR1\rÅse\t1A\r".encode(),
        "name,R1\nÅse,1A".encode("utf-16"),
        b"\xfe\xff" + "name,R1\nÅse,1A".encode("utf-16-be"),
        "sep=;\nname;R1\nÅse;1A\n".encode(),
        'SEP=|\r\n"name"|"R1"\r\n"Åse"|"1A"\r\n'.encode(),
        '"a,b,c";name;R1\n'.replace('"a,b,c";', "").encode() + "Åse;1A\n\n\n".encode(),
        "name,R1,,\nÅse,1A,,\n,,,\n , ,,\n".encode(),
        "\n\nname,R1\n\nÅse,1A\n".encode(),
    ],
)
def test_reads_what_programs_write(table: Reader, content: bytes) -> None:
    read = table(content)

    assert read.records == [["name", "R1"], ["Åse", "1A"]]
    assert found(read) == []


def test_delimiters_within_quotes_do_not_count(table: Reader) -> None:
    assert table('"a,b,c,""d";"R1, the\nfirst"\n1;2\n').records == [
        ['a,b,c,"d', "R1, the\nfirst"],
        ["1", "2"],
    ]


def test_a_question_may_hold_more_commas_than_the_header_has_semicolons(table: Reader) -> None:
    read = table("Navn;Runde 1, 2, 3 og 4, hvad vil du?\nÅse;1A\nBo;1B, 1A\n")

    assert read.delimiter == ";"
    assert read.records[2] == ["Bo", "1B, 1A"]


def test_cp1252_is_read_with_a_warning_at_the_first_strange_letter(table: Reader) -> None:
    read = table("name,R1\nBo Cassøe,1A\n".encode("cp1252"))

    assert read.records[1] == ["Bo Cassøe", "1A"]
    assert found(read) == ["2:8 MV102"]
    assert read.source.diagnostics[0].severity is Severity.WARNING
    assert read.source.diagnostics[0].message.startswith("read as CP1252:")
    assert read.source.diagnostics[0].place.source == "Bo Cassøe,1A"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "1:1 MV105"),
        (b"\n\r\n  \n", "1:1 MV105"),
        (b"\xef\xbb\xbf", "1:1 MV105"),
        (b"PK\x03\x04 and so on", "1:1 MV101"),
        (b"\xd0\xcf\x11\xe0 and so on", "1:1 MV101"),
        (b"a,b\nc\0,d\n", "2:2 MV101"),
        (b"a\xf8,b\nc\0,d\n", "2:2 MV101"),
        (b"a,b\nc\x81,d\n", "2:2 MV101"),
        (b"\xef\xbb\xbfa\xff", "1:1 MV101"),
        (b"\xff\xfea", "1:1 MV101"),
        (b"a,b\n" + b"x" * (MAX_LINE + 1), "2:1 MV103"),
        (b"a,b\nc,d" + b"x" * (MAX_CELL + 1), "2:3 MV103"),
        (b"," * MAX_COLUMNS + b"a", "1:1 MV103"),
        (b'a,b\nc,d\ne,"f\ng,h\n', "3:3 MV104"),
        (b'a,b\nc,"d" e\n', "2:6 MV104"),
        (b'a,b\n"c\n\nd",e\n"f\n"g",h\n', "6:2 MV104"),
    ],
)
def test_what_is_no_table_is_a_diagnostic(table: Reader, content: bytes, expected: str) -> None:
    assert found(table(content)) == [expected]


def test_a_workbook_is_called_one(table: Reader) -> None:
    (fault,) = table(b"PK\x03\x04").source.diagnostics

    assert fault.message == "this is an Excel workbook, not a CSV file"
    assert "save it as" in fault.hint


def test_rows_above_a_torn_one_are_there(table: Reader) -> None:
    assert table('a,b\nc,d\n"e,f\n').records == [["a", "b"], ["c", "d"]]


def test_a_file_can_be_too_large(table: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_file, "MAX_BYTES", 10)
    monkeypatch.setattr(text_file, "MAX_LINES", 2)

    assert found(table("a,b\nc,d\n")) == []
    assert found(table("a,b\nc,d\ne,f\n")) == ["1:1 MV103"]
    assert found(table("a\nb\nc\n")) == ["1:1 MV103"]


def test_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("name\nÅse\n".encode())))

    (read,) = read_tables(Path("-"))

    assert read.records == [["name"], ["Åse"]]
    assert read.source.file == "<stdin>"


def test_no_such_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_tables(tmp_path / "a.csv")


def test_the_limit_of_csv_is_left_as_it_was(table: Reader) -> None:
    earlier = csv.field_size_limit()

    table("a,b\n")
    table('a,"b\n')

    assert csv.field_size_limit() == earlier


def test_cells_have_places(table: Reader) -> None:
    read = table('sep=;\r\nname;R1\r\n"Bo ""the\r\nGreat""";"1A > ""1B"""\r\n\r\nCai;\r\n')

    assert at(read.row(0)) == (2, 1, 8)
    assert at(read.cell(1, 0)) == (3, 1, 10)
    assert at(read.cell(1, 1)) == (4, 10, 23)
    assert at(read.within(1, 1, 6, 8)) == (4, 18, 20)
    assert at(read.within(1, 0, 9, 14)) == (4, 1, 6)
    assert at(read.cell(2, 1)) == (6, 5, 6)
    assert at(read.cell(2, 7)) == (6, 5, 6)


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0Ãâ"), max_size=8)


@given(
    rows=st.lists(st.tuples(CELLS, CELLS.filter(str.strip)), min_size=1),
    delimiter=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_cells_come_back_each_from_its_place(
    table: Reader, rows: list[tuple[str, str]], delimiter: str, end: str, encoding: str
) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("name", "R1"), *rows])

    read = table(written.getvalue().encode(encoding))

    assert read.source.diagnostics == []
    assert read.records == [["name", "R1"], *map(list, rows)]
    for number, cells in enumerate(read.records):
        for column, cell in enumerate(cells):
            inner = read.span_within(number, column, 0, len(cell))
            assert read.source.text[inner.start : inner.end].replace('""', '"') == cell
            behind = read.source.place(Span(inner.end, inner.end + 1))
            assert at(read.cell(number, column)) < at(behind)


@given(st.binary() | st.text("\",;\n\r\tab'=ø").map(str.encode))
def test_no_bytes_at_all_raise_anything_else(table: Reader, content: bytes) -> None:
    try:
        read = table(content)
    except Faulty:
        # Those that begin as an image does, say.
        return

    assert read.records or read.source.diagnostics
    for number in range(len(read.records)):
        assert read.row(number).line == read.lines[number]


def test_what_a_crowd_says_alike_is_kept_once(table: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    # Of these rows, the first four are put into columns before the others are read.
    monkeypatch.setattr(records_of, "CROWD", 4)
    monkeypatch.setattr(records_of, "FEW", 4)
    rows = [
        "name,R1,R2",
        "Åse,1A > 1B,2A",
        "Bo,1A > 1B",
        "Cai,1A > 1B,2A",
        "Dea,1B > 1A,2A",
        "Eli,1A > 1B,2A",
    ]
    read = table("\n".join(rows)).records
    assert read == list(csv.reader(rows))
    assert read[1][1] is read[3][1] is read[5][1]
    assert read[1][2] is read[3][2] is read[4][2]
    monkeypatch.setattr(records_of, "CROWD", 100)
    few = table("\n".join(rows)).records
    assert few[1][1] is not few[3][1]
