"""What a file is that is not the one asked for: told by its name, its first bytes or its first lines."""

from __future__ import annotations

import io
import re
from pathlib import PurePath

from midtvejs.domain.diagnostic import Faulty, Place
from midtvejs.domain.wording import typed
from midtvejs.reading.codes import Fault

BEGINNINGS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "an image (PNG)",
    b"\xff\xd8\xff": "an image (JPEG)",
    b"GIF8": "an image (GIF)",
    b"II*\0": "an image (TIFF)",
    b"MM\0*": "an image (TIFF)",
    b"{\\rtf": "a text document (RTF)",
    b"\x1f\x8b": "a compressed file (gzip)",
    b"7z\xbc\xaf": "a compressed file (7z)",
    b"Rar!": "a compressed file (rar)",
    b"\xd0\xcf\x11\xe0": "an Excel workbook",
}
ZIP = b"PK\x03\x04"
PARTS = {
    "content.xml": "an OpenDocument file",
    "word/": "a Word document",
    "ppt/": "a PowerPoint file",
    "Index/": "a file of Numbers or Pages",
}
"""By what its parts are called, what a zip file is."""
TABLES = frozenset({"an Excel workbook", "an OpenDocument file"})
"""What may hold a table of people."""
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
WEB_PAGE = re.compile(rb"\s*<(?:!doctype html|html)", re.IGNORECASE)
LOCKED = re.compile(r"~\$(?P<excel>.+)|\.~lock\.(?P<libre>.+)#")
SECTION = re.compile(r"^(event|rooms|rounds|sessions|salons)[ \t]*:", re.MULTILINE)
KEY = re.compile(r"^[ \t]*(?:-[ \t]+)?[\w-]+:(?:[ \t]|$)", re.MULTILINE)
MOST_LOOKED_AT = 20_000
"""Characters, or bytes."""


def refuse_unless_table(name: str, data: bytes) -> None:
    """Refuse bytes that are no table of people, whatever they are.

    Raises:
        Faulty: they are a document, an image or the like.
    """
    what = _what_locks(name) or _binary(data)
    if what and what not in TABLES:
        raise _refuse(name, Fault.NOT_TEXT, f"this is {what}, not a table of people", _instead(name))


def refuse_program(name: str, text: str, place: str) -> None:
    """Refuse a program, or JSON, where a table of people is asked for, whose ``place`` a command shows.

    Raises:
        Faulty: the text is one.
    """
    beginning = text[:MOST_LOOKED_AT]
    if is_program(beginning):
        hint = f"it stands behind --program: {place} --program {typed([name])}"
        raise _refuse(name, Fault.OTHER_FILE, "this is a program, not a table of people", hint)
    if is_json(beginning):
        hint = f"a certificate stands behind --certificate; people are in a table: {place}"
        raise _refuse(name, Fault.OTHER_FILE, "this is JSON, not a table of people", hint)


def refuse_unless_program(name: str, data: bytes) -> None:
    """Refuse what is no program: a document, or a table of people.

    Raises:
        Faulty: it is one.
    """
    what = _what_locks(name) or _binary(data)
    if (
        not what
        and not data.startswith(UTF16_MARKS)
        and is_table(data[:MOST_LOOKED_AT].decode("utf-8-sig", errors="replace"))
    ):
        what = "a table of people"
    if what:
        hint = "a program is a text file: the program.yaml of the example shows one"
        if what == "a table of people" or what in TABLES:
            file = typed([name])
            hint = (
                f"wishes stand before --program: midtvejs check {file} --program PROGRAM.yaml; "
                f"and so does an assignment: midtvejs rosters {file} --program PROGRAM.yaml"
            )
        raise _refuse(name, Fault.OTHER_FILE, f"this is {what}, not a program", hint)


def refuse_table(name: str, data: bytes) -> None:
    """Refuse a table of people where a certificate is asked for.

    Raises:
        Faulty: it is one.
    """
    if is_table(_beginning(data)):
        file = typed([name])
        hint = f"an assignment stands first: midtvejs verify {file} --prefs WISHES.csv --certificate FILE"
        raise _refuse(name, Fault.OTHER_FILE, "this is a table of people, not a certificate", hint)


def _beginning(data: bytes) -> str:
    encoding = "utf-16" if data.startswith(UTF16_MARKS) else "utf-8-sig"
    return data[:MOST_LOOKED_AT].decode(encoding, errors="replace")


def is_program(text: str) -> bool:
    """Whether a text seems to be a program: it has sections of one."""
    return len(set(SECTION.findall(text))) >= 2


def is_json(text: str) -> bool:
    return text.lstrip().startswith("{") and '"' in text


def is_table(text: str) -> bool:
    """Whether a text seems to be a table: a header that parts into cells, and no keys."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or KEY.search(text) or text.lstrip().startswith(("{", "[", "%", "-")):
        return False
    delimiter = max(",;\t", key=lines[0].count)
    counts = [line.count(delimiter) for line in lines[:10]]
    return counts[0] > 0 and sum(count >= counts[0] for count in counts) > len(counts) / 2


def _what_locks(name: str) -> str:
    """Say of which file this is the mark that it is open, nothing if it is no such mark."""
    found = LOCKED.fullmatch(PurePath(name).name)
    return f"what marks {found['excel'] or found['libre']} as open" if found else ""


def _binary(data: bytes) -> str:
    """Say what bytes are; nothing if that cannot be told."""
    if data.startswith(ZIP):
        return _packed(data)
    for begins, what in BEGINNINGS.items():
        if data.startswith(begins):
            return what
    if data[4:8] == b"ftyp" or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return "an image or a film"
    return "a web page" if WEB_PAGE.match(data) else ""


def _packed(data: bytes) -> str:
    import zipfile  # only those wait for it who give such a file

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = [part.lstrip("/") for part in parts.namelist()]
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        return "an Excel workbook"  # as far as it goes: its reader says what is wrong with it
    if "[Content_Types].xml" in names and not any(name.startswith(("word/", "ppt/")) for name in names):
        return "an Excel workbook"
    for begins, what in PARTS.items():
        if any(name.startswith(begins) for name in names):
            return what
    return "a zip file"


def _instead(name: str) -> str:
    """Say what to give instead of a file that is no table."""
    found = LOCKED.fullmatch(PurePath(name).name)
    if found:
        return f"give the file itself: {PurePath(name).with_name(found['excel'] or found['libre'])}"
    return "give the table itself, as the form or the spreadsheet exports it: .xlsx or .csv"


def _refuse(name: str, code: Fault, message: str, hint: str) -> Faulty:
    return Faulty([code.diagnostic(Place(file=name), message, hint)])
