"""Text out of a file of people, whatever wrote it."""

from __future__ import annotations

import codecs
from dataclasses import replace

from midtvejs.domain.diagnostic import Place
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.mangled import find_mangled
from midtvejs.reading.files.source import Source, Span

MAX_BYTES = 256 * 1024 * 1024
MAX_LINES = 10_000_000
MAX_LINE = 100_000
"""In characters."""

UTF8_MARK, UTF16_MARKS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
WORKBOOK, OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""How files of Excel begin: .xlsx, which is a zip file, and the old .xls."""
SAVE_AS_CSV = 'open it in Excel and save it as "CSV UTF-8"'


def text_of(name: str, data: bytes, encoding: str = "") -> Source:
    """Read the text of a file.

    Where no ``encoding`` is given it is UTF-8 or UTF-16 as a byte order mark says, else UTF-8, else CP1252
    with a warning. What cannot be read gives an empty source, and why.
    """
    if len(data) > MAX_BYTES:
        return _refuse(name, Fault.TOO_LARGE, f"larger than {MAX_BYTES // 1024**2} MB")
    if data.startswith((WORKBOOK, OLD_WORKBOOK)):
        return _refuse(name, Fault.NOT_TEXT, "this is an Excel workbook, not a CSV file", SAVE_AS_CSV)
    if max(data.count(b"\n"), data.count(b"\r")) > MAX_LINES:
        return _refuse(name, Fault.TOO_LARGE, f"more than {MAX_LINES:,} lines")
    return _looked_at(_in_encoding(name, data, encoding) if encoding else _decode(name, data))


def _looked_at(source: Source) -> Source:
    """Warn of letters that were mangled before the file was saved."""
    if mangled := find_mangled(source.text):
        place = _place_of(source, mangled.span)
        source.diagnostics.append(Fault.MANGLED.diagnostic(place, mangled.message, mangled.hint))
    return source


def _in_encoding(name: str, data: bytes, encoding: str) -> Source:
    """Read text in the encoding that was named, which is one that Python knows."""
    known = codecs.lookup(encoding).name
    if known == "utf-8":
        known = "utf-8-sig"
    try:
        return _without_nul(Source(name, data.decode(known).removeprefix("\ufeff"), name_encoding(known)))
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1:,} (0x{data[error.start]:02x}) is not {name_encoding(known)}"
        return _refuse(name, Fault.NOT_TEXT, message, "leave out --encoding, or name another")


def name_encoding(encoding: str) -> str:
    """Return what an encoding is called among people."""
    return encoding.upper().removesuffix("-SIG")


def _decode(name: str, data: bytes) -> Source:
    encoding = "utf-16" if data.startswith(UTF16_MARKS) else "utf-8-sig"
    try:
        return _without_nul(Source(name, data.decode(encoding), name_encoding(encoding)))
    except UnicodeDecodeError as error:
        if not data.startswith((UTF8_MARK, *UTF16_MARKS)):
            return _read_as_cp1252(name, data, error.start)
        begins = encoding.removesuffix("-sig").upper()
        return _refuse(name, Fault.NOT_TEXT, f"begins as {begins}, but byte {error.start + 1:,} is not")


def _read_as_cp1252(name: str, data: bytes, first: int) -> Source:
    """Read what is not UTF-8 from the byte ``first`` on; in CP1252 a byte is a character."""
    source = Source(name, data.decode("cp1252", errors="replace"), name_encoding("cp1252"))
    if (at := source.text.find("\ufffd")) >= 0:
        return _not_text(source, at, f"neither UTF-8 nor CP1252: the byte 0x{data[at]:02x}")
    source.diagnostics.append(
        Fault.READ_AS_CP1252.diagnostic(
            _character(source, first),
            "read as CP1252: the file is not UTF-8",
            "check that æ, ø and å are right, or name the encoding: --encoding",
        )
    )
    return _without_nul(source)


def _without_nul(source: Source) -> Source:
    if (at := source.text.find("\0")) < 0:
        return source
    return _not_text(source, at, "a NUL character: not a text file, or UTF-16 without a byte order mark")


def _not_text(source: Source, at: int, message: str) -> Source:
    fault = Fault.NOT_TEXT.diagnostic(_character(source, at), message)
    return Source(source.file, "", diagnostics=[fault])


def _character(source: Source, at: int) -> Place:
    return _place_of(source, Span(at, at + 1))


def _place_of(source: Source, span: Span) -> Place:
    """Return the place of a span, whose line may be all of a large file."""
    place = source.place(span)
    return place if len(place.source) <= MAX_LINE else replace(place, source="")


def _refuse(name: str, code: Fault, message: str, hint: str = "") -> Source:
    fault = code.diagnostic(Place(file=name), message, hint)
    return Source(name, "", diagnostics=[fault])
