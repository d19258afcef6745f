"""What a file may have been meant to be that is not there."""

from __future__ import annotations

import difflib
import unicodedata
from itertools import islice
from pathlib import Path

from midtvejs.commands._usual import PROGRAMS, TABLES

MOST_LOOKED_AT = 2_000
MOST_NAMED = 5
HELD_OPEN = "if it is open in another program, such as Excel, close it there and run this again"
"""Said where Windows permits no reading or writing of a file that is there."""
ELSEWHERE = "if it is elsewhere, name it (--program FILE; show and validate take FILE alone)"


def what_instead(path: Path) -> str:
    """Say which file a missing one may be, or what there is in its folder; nothing where there is nothing."""
    try:
        near = _instead(path)
    except OSError:  # the folder may be nobody's to look into
        near = ""
    begun = path.suffix.lower() in PROGRAMS
    return "; ".join(filter(None, (near, "midtvejs new writes one to begin with" if begun else "")))


def what_it_holds(folder: Path) -> str:
    """Say what there is in a folder that was given for a file."""
    try:
        names = [name for name in files_in(folder) if name.lower().endswith((*TABLES, *PROGRAMS))]
    except OSError:
        return ""
    listed = ", ".join(str(folder / name) for name in names[:MOST_NAMED])
    return f"it holds {listed}{', ...' if len(names) > MOST_NAMED else ''}" if names else ""


def _instead(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        near = _nearest(folder.name, _folders_in(folder.parent)) if folder.parent.is_dir() else ""
        return f"did you mean {folder.parent / near / path.name}?" if near else ""
    within = [each for each in _folders_in(folder) if (folder / each / path.name).is_file()]
    if within:
        return f"did you mean {folder / within[0] / path.name}?"
    if near := _nearest(path.name, files_in(folder)):
        return f"did you mean {folder / near}?"
    kinds = next((kinds for kinds in (TABLES, PROGRAMS) if path.suffix.lower() in kinds), ())
    alike = [name for name in files_in(folder) if kinds and name.lower().endswith(kinds)]
    if alike:
        listed = ", ".join(str(folder / name) for name in alike[:MOST_NAMED])
        return f"there is {listed}{', ...' if len(alike) > MOST_NAMED else ''}"
    return ELSEWHERE if kinds is PROGRAMS else ""


def _nearest(name: str, names: list[str]) -> str:
    plain = {_plain(each): each for each in names if _plain(each) != _plain(name) or each != name}
    close = difflib.get_close_matches(_plain(name), plain, n=1)
    return plain[close[0]] if close else ""


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def files_in(folder: Path) -> list[str]:
    """Return the names of the files in a folder, hidden ones left out, in order."""
    return _names(folder, folders=False)


def _folders_in(folder: Path) -> list[str]:
    return _names(folder, folders=True)


def _names(folder: Path, *, folders: bool) -> list[str]:
    """Return the names of what is in a folder and not hidden, in order."""
    found = (each for each in islice(folder.iterdir(), MOST_LOOKED_AT) if each.is_dir() is folders)
    return sorted(each.name for each in found if not each.name.startswith((".", "~$")))
