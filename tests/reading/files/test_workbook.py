"""Workbooks as Excel saves them, and as nobody should."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from unittest.mock import Mock

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_rowcol_to_cell

from midtvejs.domain.answers import ReadOptions
from midtvejs.domain.diagnostic import Diagnostic, Faulty, Place, Read, Severity
from midtvejs.output.pages.diagnostics import one_line
from midtvejs.reading.answers.preferences import Preferences, read_preferences_with_lines
from midtvejs.reading.files import workbook
from midtvejs.reading.files import workbook_xml as workbook_size
from midtvejs.reading.files.table import MAX_CELL, MAX_COLUMNS
from midtvejs.reading.files.workbook import SheetTable, sheets_of
from midtvejs.reading.files.workbook_xml import extent_of, look_through
from tests.conferences import program
from tests.examples import examples

DAY = program({"1A": 2, "1B": 2})
Cells = Sequence[Sequence[object]]
Writer = Callable[..., bytes]


@pytest.fixture
def book(tmp_path: Path) -> Writer:
    def write(**sheets: Cells) -> bytes:
        path = tmp_path / "a.xlsx"
        made = xlsxwriter.Workbook(str(path), {"default_date_format": "d-m-yyyy hh:mm"})
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write(number, column, cell)
        made.close()
        return path.read_bytes()

    return write


def changed(data: bytes, change: Callable[[bytes], bytes], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The same workbook, with one part changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return result.getvalue()


def rewritten(
    data: bytes, rename: Callable[[str], str], change: Callable[[bytes], bytes] = lambda content: content
) -> bytes:
    """The same workbook, with parts of other names."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(rename(name), change(old.read(name)))
    return result.getvalue()


def faults(read: Callable[[], object]) -> list[Diagnostic]:
    with pytest.raises(Faulty) as faulty:
        read()
    return list(faulty.value.diagnostics)


def test_cells_are_text_whatever_they_are(book: Writer) -> None:
    at = dt.datetime(2018, 1, 5, 14, 30)
    data = book(Ark1=[["a", "b", "c", "d", "e"], [1, 1.5, True, at, "=1+1"], ["", "", "", "", "010"]])

    (sheet,) = sheets_of("a.xlsx", data)

    assert sheet.records[1][:4] == ["1", "1.5", "true", "2018-01-05 14:30:00"]
    assert sheet.records[2] == ["", "", "", "", "010"]


def test_a_formula_is_what_it_showed_and_text_that_looks_like_one_stays_text(tmp_path: Path) -> None:
    made = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"strings_to_formulas": False})
    sheet = made.add_worksheet()
    sheet.write_string(0, 0, '=HYPERLINK("http://x")')
    sheet.write_formula(0, 1, "=1+1", value="three")
    made.close()

    (read,) = sheets_of("a.xlsx", (tmp_path / "a.xlsx").read_bytes())

    assert read.records == [['=HYPERLINK("http://x")', "three"]]


def test_a_cell_has_the_place_that_excel_gives_it(book: Writer) -> None:
    rows = [["", "", ""], ["", "", "", "Navn", "R1 1"], [""], ["", "", "", "Bo", "1X"]]
    data = book(Ark1=[["x"]], Form1=rows)
    _, sheet = sheets_of("a.xlsx", data)

    assert sheet.cell(1, 1) == Place(file="a.xlsx", line=4, column=5, end_column=6, sheet="Form1")
    assert str(sheet.cell(1, 1)) == "a.xlsx, sheet Form1, cell E4"


def test_what_is_wrong_is_said_with_sheet_and_cell(book: Writer, tmp_path: Path) -> None:
    book(Tom=[[]], Svar=[["Navn", "R1 1", "R1 2"], ["Bo", "1A", "1X"], ["bo", "1B", ""]])
    result = read_preferences_with_lines(tmp_path / "a.xlsx", DAY)

    assert [one_line(each).removeprefix(f"{tmp_path}/") for each in result.diagnostics] == [
        'a.xlsx, sheet Svar, cell C2: MV130 unknown code "1X"',
        'a.xlsx, sheet Svar, cell A3: warning MV166 "bo" answered in rows 2, 3; row 3 counts',
    ]


ANSWERS = [["Navn", "R1 1"], ["Bo", "1A"]]


def test_the_sheet_is_the_one_that_is_asked_for(book: Writer, tmp_path: Path) -> None:
    book(Svar=ANSWERS, Kopi=ANSWERS)

    def codes(*sheets: str) -> list[str]:
        read = read_preferences_with_lines(tmp_path / "a.xlsx", DAY, ReadOptions(sheets=sheets))
        return [f"{each.code} {each.hint}" for each in read.diagnostics]

    assert codes() == ['MV107 say which one: --sheet "Svar"; several of the same columns may be named']
    assert codes("kopi") == []
    assert codes("Kop") == codes("Svar", "Kop") == ['MV108 did you mean "Kopi"?']


def test_what_else_is_in_the_workbook_is_no_rival_of_the_answers(book: Writer, tmp_path: Path) -> None:
    book(Skabelon=[["Navn", "R1 1"]], Svar=ANSWERS, Liste=[["Navn", "E-mail"], ["Bo", "bo@vejle.dk"]])
    read = read_preferences_with_lines(tmp_path / "a.xlsx", DAY)

    assert (read.accepted().provenance.sheet, read.diagnostics) == ("Svar", ())


FOUR_ANSWERS: Cells = [
    ["Navn", "R1 1", "R1 2", "Alder"],
    *(["Bo", "1A", "1B", 7], ["Åse", "1B", "1A", 8]) * 2,
]


def prefixed(sheet: bytes) -> bytes:
    """The same XML, with a prefix for its namespace."""
    return re.sub(rb"<(/?)(?=\w)", rb"<\1x:", sheet).replace(b" xmlns=", b" xmlns:x=")


def formula_faults(read: Read[Preferences], folder: Path) -> list[str]:
    return [one_line(each).removeprefix(f"{folder}/") for each in read.diagnostics if each.code == "MV119"]


def failed(*names: str) -> Callable[[bytes], bytes]:
    """Make cells show #N/A, as a formula that failed does."""

    def fail(sheet: bytes) -> bytes:
        for name in map(str.encode, names):
            shows = b'<c r="%b" t="e"><f>NA()</f><v>#N/A</v></c>' % name
            sheet = re.sub(b'<c r="%b".*?</c>' % name, shows, sheet)
        return sheet

    return fail


@pytest.mark.parametrize("prefix", [False, True])
def test_a_formula_that_failed_is_a_fault_where_it_is_read(
    book: Writer, tmp_path: Path, prefix: bool
) -> None:
    data = book(Svar=FOUR_ANSWERS)
    data = changed(data, failed("A2", "B3", "B4", "C2", "D2"))
    (tmp_path / "a.xlsx").write_bytes(changed(data, prefixed) if prefix else data)
    read = read_preferences_with_lines(tmp_path / "a.xlsx", DAY)

    assert formula_faults(read, tmp_path) == [
        "a.xlsx, sheet Svar, cell A2: MV119 the formula in this cell failed: it shows #N/A",
        "a.xlsx, sheet Svar, cell C2: MV119 the formula in this cell failed: it shows #N/A",
        (
            "a.xlsx, sheet Svar, cell B3: MV119 the formula in this cell failed: it shows #N/A; "
            "1 more like it: rows 3, 4"
        ),
    ]
    assert {each.code for each in read.diagnostics if each.severity is Severity.ERROR} == {"MV119"}


def test_a_part_that_stands_twice_is_no_trouble(book: Writer, tmp_path: Path) -> None:
    data = io.BytesIO(changed(book(Svar=[["Navn", "R1 1"], ["Bo", "1A"]]), failed("B2")))
    with zipfile.ZipFile(data, "a") as parts, pytest.warns(UserWarning, match="Duplicate name"):
        parts.writestr("xl/worksheets/sheet1.xml", parts.read("xl/worksheets/sheet1.xml"))
    (tmp_path / "a.xlsx").write_bytes(data.getvalue())

    assert [each.code for each in read_preferences_with_lines(tmp_path / "a.xlsx", DAY).diagnostics] == [
        "MV119"
    ]


def test_a_formula_that_failed_elsewhere_is_no_concern(book: Writer, tmp_path: Path) -> None:
    data = book(Svar=[["Navn", "R1 1", "Alder"], ["Bo", "1A", 7]], Andet=[["x"], ["y"]])
    data = changed(changed(data, failed("C2")), failed("A2"), part="xl/worksheets/sheet2.xml")
    (tmp_path / "a.xlsx").write_bytes(data)

    assert [each.code for each in read_preferences_with_lines(tmp_path / "a.xlsx", DAY).diagnostics] == [
        "MV112"
    ]


def never_calculated(*names: str, result: bytes = b"") -> Callable[[bytes], bytes]:
    """Make cells formulas without a result, as libraries write them."""

    def forget(sheet: bytes) -> bytes:
        for name in map(str.encode, names):
            cell = b'<c r="%b" s="1"><f>B&lt;2</f>%b</c>' % (name, result)
            sheet = re.sub(b'<c r="%b".*?</c>' % name, cell, sheet)
        return sheet

    return forget


@pytest.mark.parametrize("result", [b"", b"<v></v>", b"<v />", b" <v/>\n"])
@pytest.mark.parametrize("prefix", [False, True])
def test_a_formula_that_was_never_calculated_is_no_empty_cell(
    book: Writer, tmp_path: Path, prefix: bool, result: bytes
) -> None:
    data = book(Svar=FOUR_ANSWERS)
    data = changed(data, never_calculated("A2", "B3", "B4", "D2", result=result))
    data = changed(data, failed("B5"))
    (tmp_path / "a.xlsx").write_bytes(changed(data, prefixed) if prefix else data)
    read = read_preferences_with_lines(tmp_path / "a.xlsx", DAY)

    assert formula_faults(read, tmp_path) == [
        "a.xlsx, sheet Svar, cell A2: MV119 the formula in this cell was never calculated",
        (
            "a.xlsx, sheet Svar, cell B3: MV119 the formula in this cell was never calculated; "
            "1 more like it: rows 3, 4"
        ),
        "a.xlsx, sheet Svar, cell B5: MV119 the formula in this cell failed: it shows #N/A",
    ]
    assert {each.code for each in read.diagnostics if each.severity is Severity.ERROR} == {"MV119"}


def test_a_formula_whose_result_is_no_text_at_all_is_an_empty_cell(book: Writer, tmp_path: Path) -> None:
    data = book(Svar=[["Navn", "R1 1", "R1 2"], ["Bo", "1A", "1B"], ["Åse", "1B", "1A"]])

    def nothing(sheet: bytes) -> bytes:
        return re.sub(b'<c r="C2".*?</c>', b'<c r="C2" s="1" t="str"><f>""</f><v></v></c>', sheet)

    (tmp_path / "a.xlsx").write_bytes(changed(data, nothing))
    read = read_preferences_with_lines(tmp_path / "a.xlsx", DAY)

    assert read.accepted().participants[0].wishes[0].codes == ("1A",)
    assert read.diagnostics == ()


def test_what_a_failed_formula_shows_may_come_as_text(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Navn;R1 1\nBo;#I/T\n", encoding="utf-8")

    assert [each.code for each in read_preferences_with_lines(tmp_path / "a.csv", DAY).diagnostics] == [
        "MV119"
    ]


def test_two_sheets_of_answers_are_told_by_their_rows(book: Writer, tmp_path: Path) -> None:
    book(Svar=ANSWERS, Gammel=[*ANSWERS, ["Åse", "1B"]], Skabelon=[["Navn", "R1 1"]])
    (fault,) = read_preferences_with_lines(tmp_path / "a.xlsx", DAY).diagnostics

    assert fault.message == '2 sheets hold answers: "Svar" (1 row), "Gammel" (2 rows)'


def test_a_title_above_the_header_makes_a_sheet_no_less_a_rival(book: Writer, tmp_path: Path) -> None:
    book(Kladde=ANSWERS, Svar=[["Tilmelding"], [], *ANSWERS, ["Åse", "1B"]], Noter=[["Husk"], ["kaffe"]])
    (fault,) = read_preferences_with_lines(tmp_path / "a.xlsx", DAY).diagnostics

    assert fault.message == '2 sheets hold answers: "Kladde" (1 row), "Svar" (2 rows)'
    named = read_preferences_with_lines(tmp_path / "a.xlsx", DAY, ReadOptions(sheets=("Kladde",)))
    assert named.accepted().provenance.sheet == "Kladde"


def test_a_title_above_the_header_of_a_sheet(book: Writer, tmp_path: Path) -> None:
    book(Svar=[["Tilmelding"], [], *ANSWERS])
    result = read_preferences_with_lines(tmp_path / "a.xlsx", DAY)

    assert [each.wishes[0].codes for each in result.accepted().participants] == [("1A",)]
    (warning,) = result.diagnostics
    assert (str(warning.place).rpartition("/")[2], warning.message) == (
        "a.xlsx, sheet Svar, cell A3",
        "the header stands in row 3: what is above it is not read",
    )


def test_numbers_puts_the_name_of_a_table_above_it(book: Writer, tmp_path: Path) -> None:
    summary = [["This document was exported from Numbers."], ["Numbers Sheet Name"], ["Sheet 1", "Table 1"]]
    book(Export_Summary=summary, Ark1=[["Table 1"], *ANSWERS, ["Åse", "1B"]])
    result = read_preferences_with_lines(tmp_path / "a.xlsx", DAY)

    assert [each.wishes[0].codes for each in result.accepted().participants] == [("1A",), ("1B",)]
    assert [(each.code, each.place.sheet) for each in result.diagnostics] == [("MV176", "Ark1")]


def test_where_no_sheet_is_certain_the_most_likely_one_is_spoken_of(book: Writer, tmp_path: Path) -> None:
    book(Info=[["Husk", "at"], ["skrive", "x"], ["y", ""]], Svar=[["Navn", "Runde et"], ["Bo", ""]])
    (fault,) = read_preferences_with_lines(tmp_path / "a.xlsx", DAY).diagnostics

    assert (fault.code, fault.place.sheet) == ("MV160", "Svar")
    assert '    R1: ""  # which column? "Runde et"' in fault.paste


def cell(name: str) -> Callable[[bytes], bytes]:
    """Put a cell of this name at the end of a sheet."""
    added = f'<row r="{re.sub("[A-Z]", "", name)}"><c r="{name}"><v>7</v></c></row></sheetData>'
    return lambda content: content.replace(b"</sheetData>", added.encode())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (cell("XFD2"), "a sheet of 2 rows and 16,384 columns"),
        (cell("ZZ1048576"), "1,048,576 rows and 702 columns"),
        (lambda content: cell("XFD1048576")(content).replace(b"<c r=", b"<c\tr = "), "1,048,576 rows"),
        (
            lambda content: cell("XFD1048576")(content).replace(b'r="XFD1048576"', b"r='XFD1048576'"),
            "1,048,576",
        ),
        (lambda content: prefixed(cell("XFD1048576")(content)), "1,048,576 rows"),
        # A cell without a name stands in the row that is named, behind the cell before it.
        (
            lambda content: cell("A1048576")(cell("XFD7")(content)).replace(b'c r="A1048576"', b"c"),
            "1,048,576 rows and",
        ),
        (lambda content: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + content, "is not plain XML"),
        (lambda content: content.decode().encode("utf-16"), "is not plain XML"),
        (lambda content: content[:60], "cannot be read"),
        (lambda _: b"", "cannot be read"),
    ],
)
def test_what_would_take_all_memory_or_is_no_sheet_is_refused(
    book: Writer, change: Callable[[bytes], bytes], message: str
) -> None:
    data = changed(book(Ark1=ANSWERS), change)
    if "16,384" in message:
        # Wide, but not large: it is the columns that are too many.
        (sheet,) = sheets_of("a.xlsx", data)
        assert sheet.records or sheet.source.diagnostics
        return

    (fault,) = faults(lambda: sheets_of("a.xlsx", data))

    assert fault.code in {"MV101", "MV103"}
    assert message in fault.message


@given(
    cells=st.sets(st.tuples(st.integers(0, 701), st.integers(0, 999_999)), min_size=1, max_size=20),
    prefix=st.sampled_from(["", "x:"]),
)
def test_a_rounded_corner_holds_every_cell(cells: set[tuple[int, int]], prefix: str) -> None:
    names = [xl_rowcol_to_cell(row, column) for column, row in cells]
    row = "".join(f'<{prefix}c r="{name}"><v>7</v></{prefix}c>' for name in names)
    sheet = f"<row>{row}</row>".encode()

    width, height = workbook_size.bound_corner(sheet) or (0, 0)

    extent = extent_of(sheet)
    assert (extent.width, extent.height) == tuple(max(each) + 1 for each in zip(*cells, strict=True))
    assert all(column < width and row < height for column, row in cells)


def sheet_of(cells: str, before: str = "") -> Callable[[bytes], bytes]:
    """Make a sheet of these rows, or cells, and nothing else."""
    return lambda _: f"<worksheet>{before}<sheetData>{cells}</sheetData></worksheet>".encode()


FIRST = '<row><c r="A1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ('<row><c r="ZZZZZZ1"><v>1</v></c></row>', "ZZZZZZ1"),
        ('<row><c r="zzzzzz1"><v>1</v></c></row>', "zzzzzz1"),
        ('<row><c r="XFE1"><v>1</v></c></row>', "XFE1"),
        ('<row><c r="A1048577"><v>1</v></c></row>', "A1048577"),
        ('<row><c r="A99999999"><v>1</v></c></row>', "A99999999"),
        ('<row><c r="A00000000001048577"><v>1</v></c></row>', "A00000000001048577"),
        # Read in 32 bits, these are rows and columns that there are.
        ('<row><c r="A4294967298"><v>1</v></c></row>', "A4294967298"),
        ('<row><c r="MWLQKWV2"><v>1</v></c></row>', "MWLQKWV2"),
        (f'<row><c r="{"Z" * 5000}1"><v>1</v></c></row>', "ZZZZZZZZZZZZZZZZZZZZ…"),
        ("<row><c\tr = 'ZZZZZZ1'><v>1</v></c></row>", "ZZZZZZ1"),
        ('<row><c q=">" r="ZZZZZZ1"><v>1</v></c></row>', "ZZZZZZ1"),
        ('<x:row><x:c r="ZZZZZZ1"><x:v>1</x:v></x:c></x:row>', "ZZZZZZ1"),
        ('<:row><:c r="ZZZZZZ1"><:v>1</:v></:c></:row>', "ZZZZZZ1"),
        ('<row r="4294967290"><c><v>1</v></c></row>', "4294967290"),
        ('<row r="1048576"><c><v>1</v></c></row><row><c><v>2</v></c></row>', "A1048577"),
        ('<row><c r="XFD2"><v>1</v></c><c><v>2</v></c></row>', "XFE2"),
    ],
)
def test_a_cell_where_no_sheet_has_any_is_refused_however_it_says_so(
    book: Writer, cells: str, named: str
) -> None:
    data = changed(book(Ark1=ANSWERS, Ark2=ANSWERS), sheet_of(FIRST + cells), "xl/worksheets/sheet2.xml")

    # What python-calamine would do with it could take all the memory there is: it is not asked.
    (fault,) = faults(lambda: look_through("a.xlsx", data))

    assert fault.code == "MV103"
    assert fault.message == (
        f'cell {named} in "xl/worksheets/sheet2.xml": a sheet ends at column XFD and row 1,048,576'
    )


@pytest.mark.parametrize("corner", ["A1:ZZZZZZ1", "A1:B1048577", "XFE1"])
def test_a_sheet_that_says_it_is_larger_than_any_is_refused(book: Writer, corner: str) -> None:
    data = changed(book(Ark1=ANSWERS), sheet_of(FIRST, f'<dimension ref="{corner}"/>'))

    (fault,) = faults(lambda: look_through("a.xlsx", data))

    assert "a sheet ends at column XFD" in fault.message


@pytest.mark.parametrize("name", ["XFD1000", "A1048576"])
def test_the_last_column_and_the_last_row_of_a_sheet_are_read(book: Writer, name: str) -> None:
    row = f'<row><c r="{name.lower()}"><v>1</v></c></row>'
    (sheet,) = sheets_of("a.xlsx", changed(book(Ark1=ANSWERS), sheet_of(row)))

    assert str(sheet.cell(0, 0)) == f"a.xlsx, sheet Ark1, cell {name}"


@given(
    names=st.lists(
        st.tuples(st.sampled_from(["", "A", "b", "AC", "XFD"]), st.integers(1, 40)), min_size=1, max_size=8
    ),
    rows=st.lists(st.integers(0, 40), min_size=1, max_size=4),
)
def test_the_walk_finds_cells_where_calamine_puts_them(
    book: Writer, names: list[tuple[str, int]], rows: list[int]
) -> None:
    """A row may say which it is, and a cell; both may leave it to where they stand."""
    cells = "".join(
        f'<c r="{column}{row}"><v>1</v></c>' if column else "<c><v>1</v></c>" for column, row in names
    )
    written = "".join(f'<row r="{row}">{cells}</row>' if row else f"<row>{cells}</row><row/>" for row in rows)
    data = changed(book(Ark1=ANSWERS), sheet_of(written))

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Ark1")

    extent = extent_of(sheet_of(written)(b""))
    row, column = sheet.end or (-1, -1)
    assert (extent.height, extent.width) == (row + 1, column + 1)


def test_a_sheet_is_looked_at_whatever_its_part_is_called(book: Writer) -> None:
    data = changed(book(Ark1=ANSWERS), sheet_of(f'{FIRST}<row><c r="ZZZZZZ1"><v>1</v></c></row>'))
    renamed = rewritten(
        data,
        lambda name: name.replace("worksheets/sheet1.xml", "odd.dat"),
        lambda content: content.replace(b"worksheets/sheet1.xml", b"odd.dat"),
    )

    (fault,) = faults(lambda: look_through("a.xlsx", renamed))

    assert 'cell ZZZZZZ1 in "xl/odd.dat"' in fault.message


def test_sheets_that_are_small_alone_may_be_too_large_together(
    book: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_size, "MAX_CELLS", 7)
    data = book(Ark1=ANSWERS, Ark2=ANSWERS)

    assert [d.message for d in faults(lambda: look_through("a.xlsx", data))] == [
        "the sheets have 8 cells together; at most 7 are read"
    ]


def test_one_part_that_is_many_sheets_counts_as_many(book: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    def named(times: int) -> bytes:
        sheets = b"".join(
            b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(1, times + 1)
        )
        return changed(
            book(Ark1=ANSWERS), lambda content: re.sub(rb"<sheet .*?/>", sheets, content), "xl/workbook.xml"
        )

    assert [d.message for d in faults(lambda: sheets_of("a.xlsx", named(101)))] == ["more than 100 sheets"]
    monkeypatch.setattr(workbook_size, "MAX_CELLS", 10)
    assert [d.message for d in faults(lambda: sheets_of("a.xlsx", named(3)))] == [
        "the sheets have 12 cells together; at most 10 are read"
    ]


def opendocument(rows: str) -> bytes:
    content = f"""<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body>
<office:spreadsheet><table:table table:name="Svar">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'''<m:manifest xmlns:m="m"><m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>'''
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        parts.writestr("mimetype", kind)
        parts.writestr("META-INF/manifest.xml", manifest)
        parts.writestr("content.xml", content)
    return made.getvalue()


def opendocument_row(columns: int, rows: int, empty: int = 1) -> str:
    text = 'office:value-type="string"><text:p>Navn</text:p>'
    return (
        f'<table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell table:number-columns-repeated="{columns}" {text}</table:table-cell>'
        f'<table:table-cell table:number-columns-repeated="{empty}"/></table:table-row>'
    )


def test_what_stands_very_often_in_an_opendocument_file_is_not_unfolded() -> None:
    (sheet,) = sheets_of("a.ods", opendocument(opendocument_row(2, 3, empty=10**6)))
    assert sheet.records == [["Navn", "Navn"]] * 3

    for rows in [
        opendocument_row(10**12, 1),
        opendocument_row(1, 10**12),
        opendocument_row(16_000, 1_000_000),
        opendocument_row(5_000, 5_000) * 2,
    ]:
        (fault,) = faults(partial(look_through, "a.ods", opendocument(rows)))
        assert fault.code == "MV103"


def test_an_opendocument_sheet_of_answers_is_read(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        made = [
            f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>'
            for c in cells
        ]
        return f"<table:table-row>{''.join(made)}</table:table-row>"

    path = tmp_path / "svar.ods"
    path.write_bytes(opendocument(row("Svar 2018") + row("Navn", "R1 1", "R1 2") + row("Åse", "1B", "1A")))
    result = read_preferences_with_lines(path, DAY)

    assert [each.wishes[0].codes for each in result.accepted().participants] == [("1B", "1A")]
    assert [(each.code, each.place.sheet, each.place.line) for each in result.diagnostics] == [
        ("MV176", "Svar", 2)
    ]


def packed(data: bytes, method: int) -> bytes:
    """The same workbook, packed in another way."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return result.getvalue()


def with_field(data: bytes, at: int, value: int) -> bytes:
    """Set two bytes of each part's entry in the directory of a zip file, and of its own header."""
    changed_data = bytearray(data)
    for signature, offset in ((b"PK\x01\x02", at), (b"PK\x03\x04", at - 2)):
        start = changed_data.find(signature)
        while start >= 0:
            changed_data[start + offset : start + offset + 2] = value.to_bytes(2, "little")
            start = changed_data.find(signature, start + 4)
    return bytes(changed_data)


FLAGS, METHOD = 8, 10
"""Where they stand in an entry of a zip file's directory."""


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: packed(data, zipfile.ZIP_LZMA), "is packed with LZMA, as no workbook is"),
        (lambda data: packed(data, zipfile.ZIP_BZIP2), "is packed with bzip2, as no workbook is"),
        (lambda data: with_field(data, METHOD, 9), "is packed with Deflate64, as no workbook is"),
        (lambda data: with_field(data, METHOD, 77), "is packed with method 77, as no workbook is"),
        (lambda data: with_field(data, FLAGS, 1), "the workbook needs a password"),
        (lambda data: with_field(data, FLAGS, 0x40), "the workbook needs a password"),
        (lambda data: with_field(data, FLAGS, 0x20), "in the workbook is damaged or cut off"),
        (lambda data: data[:-30], "begins like an Excel workbook, but is not one, or is cut off"),
        (lambda data: data[:50] + b"\xff" * 40 + data[90:], "in the workbook is damaged or cut off"),
        (
            lambda data: rewritten(data, lambda name: name.replace("workbook.xml", "workbook.bin")),
            "this is a binary workbook (.xlsb)",
        ),
    ],
)
def test_a_workbook_that_cannot_be_unpacked_says_why(
    book: Writer, change: Callable[[bytes], bytes], message: str
) -> None:
    (fault,) = faults(lambda: sheets_of("a.xlsx", change(book(Ark1=ANSWERS))))

    assert fault.code == "MV101"
    assert message in fault.message
    assert fault.hint


def test_want_of_memory_is_said(book: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "look_through", Mock(side_effect=MemoryError))

    (fault,) = faults(lambda: sheets_of("a.xlsx", book(Ark1=ANSWERS)))

    assert (fault.code, fault.message) == ("MV103", "there is not enough memory to read the workbook")


def test_ten_thousand_columns_and_a_long_cell_are_too_much(book: Writer) -> None:
    (wide,) = sheets_of("a.xlsx", book(Ark1=[[f"x{n}" for n in range(10_000)]]))
    (long,) = sheets_of("a.xlsx", book(Ark1=[["a"], ["x" * (MAX_CELL + 1)]]))

    assert [d.message for d in wide.source.diagnostics] == [
        f"10,000 columns; at most {MAX_COLUMNS:,} are read"
    ]
    assert [str(d.place) for d in long.source.diagnostics] == ["a.xlsx, sheet Ark1, cell A2"]


def test_a_bomb_is_not_unpacked(book: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_size, "MAX_UNPACKED", 50_000)
    data = changed(book(Ark1=ANSWERS), lambda content: content + b" " * 60_000)

    assert [d.message for d in faults(lambda: sheets_of("a.xlsx", data))] == ["unpacks to more than 0 MB"]


def test_a_part_that_is_larger_than_it_says_is_refused(book: Writer) -> None:
    data = bytearray(book(Ark1=[["x" * 500, "y" * 500]] * 50))
    at = data.rindex(b"PK\x01\x02", 0, data.index(b"xl/sharedStrings.xml", data.index(b"PK\x01\x02")))
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")

    assert [d.code for d in faults(lambda: sheets_of("a.xlsx", bytes(data)))] == ["MV101"]


def test_one_long_text_in_very_many_cells_is_refused(book: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_size, "MAX_TEXT", 10**6)

    (fault,) = faults(lambda: sheets_of("a.xlsx", book(Ark1=[["x" * 20_000] * 100])))

    assert fault.message == "a long text that stands in very many cells"


LONG = "x" * (MAX_CELL - 1)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (f'{FIRST}<row><c r="ALL29000"><v>1</v></c></row>', "a sheet of 29,000 rows and 1,000 columns"),
        (f'{FIRST}<row><c r="C1048576"><v>1</v></c></row>', "a sheet of 1,048,576 rows and 3 columns"),
        (f"<row>{'<c/>' * 16_000}</row>" * 100, '"xl/worksheets/sheet1.xml" has more in it'),
        (f"<row>{FIRST}{' ' * 40_000_000}</row>", "unpacks to more than"),
    ],
    ids=["far off", "at the end", "empty cells", "blanks"],
)
def test_a_small_file_does_not_hold_very_much(book: Writer, cells: str, message: str) -> None:
    data = changed(book(Ark1=ANSWERS), sheet_of(cells))
    assert len(data) < 100_000

    # What python-calamine would do with it could take all the memory there is: it is not asked.
    (fault,) = faults(lambda: look_through("a.xlsx", data))

    assert (fault.code, fault.message[: len(message)]) == ("MV103", message)
    assert fault.hint


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("cell", ["<c t='s'><v>{}</v></c>", '<x:c r="A1" t = "s"><x:v> {} </x:v></x:c>'])
def test_what_counts_of_a_text_is_how_often_it_is_shown(book: Writer, cell: str, number: int) -> None:
    """A long answer and a thousand times yes are no fault, but a thousand times the long answer are."""
    shown = changed(book(Ark1=[["ja", LONG]]), sheet_of(f"<row>{cell.format(number) * 16_000}</row>"))

    if number == 0 and "x:" not in cell:
        assert look_through("a.xlsx", shown).most_cells > 16_000
    else:
        (fault,) = faults(lambda: look_through("a.xlsx", shown))
        assert fault.message == "a long text that stands in very many cells"


def test_a_long_text_that_an_opendocument_file_repeats_is_refused() -> None:
    row = opendocument_row(1_000, 20).replace("Navn", LONG)

    (fault,) = faults(lambda: look_through("a.ods", opendocument(row)))

    assert fault.message == "a long text that stands in very many cells"


def test_no_more_is_looked_at_of_a_cell_than_is_read(book: Writer) -> None:
    text = f'<c t="str"><v>{"x" * 1_000_000}</v></c>'
    (sheet,) = sheets_of("a.xlsx", changed(book(Ark1=ANSWERS), sheet_of(f"<row>{text}{text}</row>" * 2)))

    assert [str(each.place) for each in sheet.source.diagnostics] == ["a.xlsx, sheet Ark1, cell A1"]
    assert {len(cell) for record in sheet.records for cell in record} == {MAX_CELL}


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04 and so on"])
def test_what_only_begins_like_a_workbook_is_none(data: bytes) -> None:
    assert [d.code for d in faults(lambda: sheets_of("a.xlsx", data))] == ["MV101"]


@examples(150)
@given(at=st.integers(0, 10_000), byte=st.integers(0, 255), cut=st.booleans())
def test_no_bytes_at_all_raise_anything_else(book: Writer, at: int, byte: int, cut: bool) -> None:
    data = bytearray(book(Ark1=ANSWERS))
    at %= len(data)
    data[at] = byte
    sheets: Sequence[SheetTable] = []
    with contextlib.suppress(Faulty):
        sheets = sheets_of("a.xlsx", bytes(data[:at] if cut else data))
    assert all(sheet.records for sheet in sheets)


def test_nobody_waits_for_calamine_who_has_a_csv_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Navn,R1 1\nBo,1A\n", encoding="utf-8")
    script = (
        "import sys; from pathlib import Path; from midtvejs.reading.files.tables import read_tables;"
        f"read_tables(Path({str(tmp_path / 'a.csv')!r}));"
        "assert 'python_calamine' not in sys.modules and 'zipfile' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
