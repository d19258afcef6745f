"""What a process that was killed left behind while it wrote: drafts, which go, and sets of files half new.

A file is a draft until it gets its name. Before several files get theirs, a note of them is left beside them,
which says what each will hold; it is taken away when all have their names.
"""

from __future__ import annotations

import os
import platform
import re
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

HOST = f"{zlib.crc32(platform.node().encode()):08x}"
NAME = re.compile(
    r"\.midtvejs-(?:(?P<host>[0-9a-f]{8})-(?P<process>[0-9]+)-)?[0-9a-f]{16}\.(?P<kind>draft|set|tmp)"
)
A_DAY = 24 * 60 * 60
"""In seconds. So old, what a process on another computer wrote is surely left behind."""
LARGEST = 10_000_000
"""Bytes of a note; that of 10,000 people's calendars and mails has two million."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixed:
    """Files that belong together, of which some are ``new`` and others are not; ``note`` tells so."""

    note: Path
    new: tuple[str, ...]
    old: tuple[str, ...]


def name_draft(folder: Path, kind: str = "draft") -> Path:
    """Return a name that no other file has, and by which is known who writes it."""
    return folder / f".midtvejs-{HOST}-{os.getpid()}-{os.urandom(8).hex()}.{kind}"


def leave_notes(contents: Mapping[Path, bytes]) -> list[Path]:
    """Leave a note of several files, in each of their folders, before they get their names."""
    import json

    notes = []
    for folder in sorted({path.parent for path in contents}):
        names = {os.path.relpath(path, folder): _digest(data) for path, data in contents.items()}
        note = name_draft(folder, "set")
        note.write_text(json.dumps(names), encoding="utf-8")
        notes.append(note)
    return notes


def sweep(folder: Path) -> list[Mixed]:
    """Remove what processes that are no more left in a folder; return what is mixed, of which notes stay."""
    mixed = []
    for path in _left_in(folder):
        found = _mixed(path) if path.suffix == ".set" else None
        if found:
            mixed.append(found)
        else:
            with suppress(OSError):
                path.unlink()
    return mixed


def _left_in(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if entry.name.startswith(".midtvejs-"))
    except OSError:
        return
    for name in names:
        found = NAME.fullmatch(name)
        if found and _is_left(folder / name, found["host"], found["process"]):
            yield folder / name


def _is_left(path: Path, host: str | None, process: str | None) -> bool:
    """Whether whoever wrote a file is no more; of those elsewhere it is only known how long ago it was."""
    # On Windows, to ask after a process this way would end it.
    if host == HOST and process and os.name != "nt":
        try:
            os.kill(int(process), 0)
        except ProcessLookupError:
            return True
        except (OSError, OverflowError):
            return False
        return False
    with suppress(OSError):
        return path.stat(follow_symlinks=False).st_mtime < time.time() - A_DAY
    return False


def _mixed(note: Path) -> Mixed | None:
    """Return what a note tells that is mixed; None where all of it is new, or nothing."""
    import json

    try:
        if note.stat().st_size > LARGEST:
            return None
        names = json.loads(note.read_text(encoding="utf-8"))
        if not isinstance(names, dict):
            return None
        new = [name for name, digest in names.items() if _holds(note.parent / str(name), digest)]
    except (OSError, ValueError, RecursionError):
        return None
    old = [name for name in names if name not in new]
    return Mixed(note=note, new=tuple(new), old=tuple(old)) if new and old else None


def _holds(path: Path, digest: object) -> bool:
    try:
        return path.is_file() and _digest(path.read_bytes()) == digest
    except OSError:
        return False


def _digest(data: bytes) -> str:
    import hashlib  # it takes time to start, and most commands need none

    return hashlib.sha256(data).hexdigest()


def folders_of(arguments: Iterable[str]) -> list[Path]:
    """Return the folders that a command line names, or in which the files are that it names, and this one."""
    folders = {Path()}
    for argument in arguments:
        path = Path(argument.partition("=")[2] if argument.startswith("--") else argument)
        folders.add(path if _is_folder(path) else path.parent)
    return sorted(filter(_is_folder, folders))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        # What was typed need be no name at all: it may be too long for one.
        return False
