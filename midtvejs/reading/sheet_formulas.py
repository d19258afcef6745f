"""Formulas that have no result in a sheet, found in its XML: python-calamine gives them as empty cells."""

from __future__ import annotations

import io
import re
import zipfile

SHEET = b"sheetData"
"""Stands in each part that is a sheet, whatever the part is called: the workbook's relations tell."""
NOT_CALCULATED = "#NOT CALCULATED"
"""What is read where a formula was saved without its result, as programs other than spreadsheets save it."""
FAILED = (b't="e"', b"t='e'")
"""The type of a cell whose formula failed."""
FAILED_CELL = re.compile(rb"""(<(?:[^\s<>/:]+:)?c\s(?:[^<>]*?\s)?t=)(["'])e\2""")
FORMULA = (b"<f", b":f")
"""One of these is in every sheet that has a formula. To look for more costs more than it spares."""
PREFIX = rb"(?:[^\s<>/:]+:)?"
NO_RESULT = re.compile(
    # Text without characters is the result of a formula, too: the cell then says that it holds text.
    rb"""(?P<cell><(?P<prefix>%(p)b)c(?=[\s>])(?![^<>]*\st=["']str)[^<>]*)(?<!/)>\s*"""
    rb"(?:<%(p)bf(?:\s[^<>]*)?/>|<%(p)bf(?:\s[^<>]*)?(?<!/)>[^<]*</%(p)bf\s*>)\s*"
    rb"(?:<%(p)bv\s*/>|<%(p)bv\s*>\s*</%(p)bv\s*>)?\s*</%(p)bc\s*>" % {b"p": PREFIX}
)
TYPE = re.compile(rb"""\st=(["']).*?\1""")


def have_no_result(sheet: bytes) -> bool:
    """Whether any formula of a sheet failed, or was saved without its result."""
    if any(mark in sheet for mark in FAILED):
        return True
    return any(mark in sheet for mark in FORMULA) and NO_RESULT.search(sheet) is not None


def with_results_as_text(workbook: bytes) -> bytes:
    """Make cells whose formulas failed hold the text that they show, and those never calculated say so."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as parts,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as changed,
    ):
        for name in dict.fromkeys(parts.namelist()):
            content = parts.read(name)
            if SHEET in content:
                content = NO_RESULT.sub(_not_calculated, FAILED_CELL.sub(rb"\1\2str\2", content))
            changed.writestr(name, content)
    return made.getvalue()


def _not_calculated(cell: re.Match[bytes]) -> bytes:
    prefix, start = cell["prefix"], TYPE.sub(b"", cell["cell"])
    return b'%b t="str"><%bv>%b</%bv></%bc>' % (start, prefix, NOT_CALCULATED.encode(), prefix, prefix)
