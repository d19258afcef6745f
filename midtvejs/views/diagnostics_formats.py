"""Diagnostics for programs and for terse people: one text for each output format."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from midtvejs.domain.diagnostic import Diagnostic
from midtvejs.views.diagnostics import diagnostics_page, one_line, total
from midtvejs.views.screen import printable


def rendered(diagnostics: Sequence[Diagnostic], output_format: str) -> str:
    """Give diagnostics in ``full``, ``concise``, ``github`` or ``json``, each line ended.

    Where there are none, json is an empty list and every other format is empty.
    """
    return FORMATS[output_format](diagnostics)


def _full(diagnostics: Sequence[Diagnostic]) -> str:
    return _lines(diagnostics_page(diagnostics).plain()) if diagnostics else ""


def _concise(diagnostics: Sequence[Diagnostic]) -> str:
    return _lines([*map(one_line, diagnostics), total(diagnostics)]) if diagnostics else ""


def _github(diagnostics: Sequence[Diagnostic]) -> str:
    """Give workflow commands. GitHub shows ten of a step: the log says how many there are."""
    return _lines([*map(_command, diagnostics), total(diagnostics)]) if diagnostics else ""


def _command(diagnostic: Diagnostic) -> str:
    place = diagnostic.place
    properties = {
        "title": f"midtvejs ({diagnostic.code})",
        "file": _in_repository(place.file),
        "line": place.line,
        "col": place.column,
        "endLine": place.line,
        "endColumn": place.end_column,
    }
    joined = ",".join(f"{key}={_property(printable(str(value)))}" for key, value in properties.items())
    message = "\n".join(filter(None, [printable(diagnostic.message), printable(diagnostic.hint)]))
    return f"::{diagnostic.severity} {joined}::{_data(message)}"


def _in_repository(file: str) -> str:
    """Give a path as GitHub wants it: from the working directory, with slashes."""
    path, here = Path(file), Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _json(diagnostics: Sequence[Diagnostic]) -> str:
    return json.dumps([_object(diagnostic) for diagnostic in diagnostics], indent=2) + "\n"


def _object(diagnostic: Diagnostic) -> dict[str, str | int]:
    place = diagnostic.place
    sheet = {"sheet": printable(place.sheet)} if place.sheet else {}
    paste = {"paste": "\n".join(map(printable, diagnostic.paste))} if diagnostic.paste else {}
    return (
        sheet
        | paste
        | {
            "code": diagnostic.code,
            "severity": diagnostic.severity.value,
            "file": printable(place.file),
            "line": place.line,
            "column": place.column,
            "end_column": place.end_column,
            "message": printable(diagnostic.message),
            "hint": printable(diagnostic.hint),
        }
    )


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


FORMATS: Mapping[str, Callable[[Sequence[Diagnostic]], str]] = {
    "full": _full,
    "concise": _concise,
    "github": _github,
    "json": _json,
}
