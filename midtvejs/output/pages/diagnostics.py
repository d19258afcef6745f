"""Diagnostics for people: the place, the source line with carets, a hint, and how many there are.

Diagnostics for programs and for terse people: one text for each output format.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from midtvejs.domain.diagnostic import Diagnostic, Severity
from midtvejs.domain.program import UNLIMITED, Program
from midtvejs.domain.wording import quantity
from midtvejs.output.choices import OutputFormat
from midtvejs.output.pages import reports
from midtvejs.output.screen import CONTROL, Page, printable

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.text import Text

WIDEST = 240
"""A source line in a pipe: whole, unless the file is made of lines that nobody reads."""
MORE = "…"
NOTHING: Mapping[str, str] = MappingProxyType({})


def diagnostics_page(diagnostics: Iterable[Diagnostic]) -> Page:
    """Show every diagnostic in full, and how many there are at the end."""
    found = tuple(diagnostics)
    return Page(plain=lambda: _plain(found), rich=lambda: _Report(found))


def no_faults_page(file: str, program: Program) -> Page:
    """Say that a program has no faults, and what it holds."""
    fewest = min(round_.seats for round_ in program.rounds)
    seats = "seats for everybody" if fewest >= UNLIMITED else f"at least {quantity(fewest, 'seat')}"
    cancelled = len(program.cancelled)
    fewer = len({each.code for round_ in program.rounds for each in round_.cancelled}) - cancelled
    held = ", ".join(
        [
            quantity(len(program.rounds), "round"),
            quantity(len(program.sessions), "session"),
            *([f"{cancelled} cancelled"] if cancelled else []),
            *([f"{fewer} cancelled in some rounds"] if fewer else []),
            quantity(len(program.rooms), "room"),
        ]
    )
    line = f"{printable(file)}: no faults ({held}; every round has {seats})"

    lists = [
        f"one list for {', '.join(round_.id for round_ in program.rounds_in(block))}: column {block.id}"
        for block in program.lists
    ]

    def rich() -> Text:
        from rich.text import Text

        return Text("\n").join([Text(line, style="green"), *map(Text, lists)])

    return Page(plain=lambda: [line, *lists], rich=rich)


def total(diagnostics: Sequence[Diagnostic]) -> str:
    """Give, for example, ``Found 1 error and 3 warnings.``"""
    warnings = sum(diagnostic.severity is Severity.WARNING for diagnostic in diagnostics)
    counts = [(len(diagnostics) - warnings, "error"), (warnings, "warning")]
    named = [quantity(count, noun) for count, noun in counts if count]
    return f"Found {' and '.join(named) or 'no faults'}."


def one_line(diagnostic: Diagnostic) -> str:
    """Return place, code and message on one line, a warning said to be one."""
    return f"{_where(diagnostic)}: {_label(diagnostic)} {printable(diagnostic.message)}"


def _where(diagnostic: Diagnostic) -> str:
    return printable(str(diagnostic.place))


def _label(diagnostic: Diagnostic) -> str:
    warning = diagnostic.severity is Severity.WARNING
    return f"warning {diagnostic.code}" if warning else diagnostic.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A source line and the carets below it, fit for a terminal."""

    number: str
    source: str
    carets: str


def _snippet(diagnostic: Diagnostic, width: int) -> Snippet | None:
    """Cut a source line to ``width`` cells around its carets; None where there is no such line."""
    place = diagnostic.place
    if not place.source.strip():
        return None
    number = str(place.line)
    room = max(width - len(number) - len(" | "), 20)
    # What lies further off than the line is wide cannot be shown: a line may be as long as its file.
    begin = max(place.column - 1 - room, 0)
    near = place.source[begin : place.column - 1 + 2 * room]
    # One character for one, so that the columns stay what they are.
    source = CONTROL.sub(lambda controls: " " * len(controls.group()), near)
    start, end = place.column - 1 - begin, place.end_column - 1 - begin
    first, last = _window(source, start, end, room)
    before = MORE if begin + first else ""
    after = MORE if begin + last < len(place.source.rstrip()) else ""
    marked = max(_cells(source[start : min(end, last)]), 1)
    return Snippet(
        number=number,
        source=f"{before}{source[first:last]}{after}".rstrip(),
        carets=" " * (len(before) + _cells(source[first:start])) + "^" * marked,
    )


def _window(source: str, start: int, end: int, room: int) -> tuple[int, int]:
    """Return which characters of a line to show in ``room`` cells: those meant, and some around them."""
    if _cells(source.rstrip()) <= room:
        return 0, len(source)
    room -= 2 * len(MORE)
    first = last = min(start, len(source))
    while last < min(end, len(source)) and _cells(source[first : last + 1]) <= room:
        last += 1
    while True:
        wider = (max(first - 1, 0), min(last + 1, len(source)))
        if wider == (first, last) or _cells(source[slice(*wider)]) > room:
            return first, last
        first, last = wider


def _cells(text: str) -> int:
    """Count the columns that a terminal takes for ``text``."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def _cell(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _plain(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    for diagnostic in diagnostics:
        margin = _margin(diagnostic)
        yield one_line(diagnostic)
        if snippet := _snippet(diagnostic, WIDEST):
            yield f"{margin} |"
            yield f"{snippet.number} | {snippet.source}"
            yield f"{margin} | {snippet.carets}"
        if diagnostic.hint:
            yield f"{margin} = help: {printable(diagnostic.hint)}"
        yield from _to_paste(diagnostic)
        yield ""
    yield total(diagnostics)


def _to_paste(diagnostic: Diagnostic) -> Iterator[str]:
    """Return lines as they are to stand in a file: nothing is put in front of them."""
    if diagnostic.paste:
        yield ""
        yield from map(printable, diagnostic.paste)


def _margin(diagnostic: Diagnostic) -> str:
    return " " * len(str(diagnostic.place.line))


@dataclass(frozen=True, slots=True)
class _Report:
    """The same, in colours, and as wide as the terminal."""

    diagnostics: tuple[Diagnostic, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for diagnostic in self.diagnostics:
            yield from _colour_line(diagnostic, options.max_width)
        yield _text((total(self.diagnostics), "bold"))


def _colour_line(diagnostic: Diagnostic, width: int) -> Iterator[Text]:
    colour = "yellow" if diagnostic.severity is Severity.WARNING else "red"
    margin = _margin(diagnostic)
    yield _text(
        (_where(diagnostic), "bold"), (": ", "cyan"), (_label(diagnostic), f"bold {colour}"),
        (f" {printable(diagnostic.message)}", ""),
    )  # fmt: skip
    if snippet := _snippet(diagnostic, width):
        lines = [
            _text((f"{margin} |", "blue")),
            _text((f"{snippet.number} | ", "blue"), (snippet.source, "")),
            _text((f"{margin} | ", "blue"), (snippet.carets, f"bold {colour}")),
        ]
        for line in lines:
            # Terminals differ in how wide an emoji is: rather lose a cell than break the line.
            line.no_wrap, line.overflow = True, "crop"
        yield from lines
    if diagnostic.hint:
        yield _text((f"{margin} = ", "blue"), ("help: ", "bold"), (printable(diagnostic.hint), ""))
    yield from (_text((line, "")) for line in _to_paste(diagnostic))
    yield _text(("", ""))


def _text(*parts: tuple[str, str]) -> Text:
    from rich.text import Text

    return Text.assemble(*parts)


def render(
    diagnostics: Sequence[Diagnostic],
    output_format: OutputFormat,
    files: Sequence[str] = (),
    meanings: Mapping[str, str] = NOTHING,
) -> str:
    """Return diagnostics in a format, each line ended.

    Where there are none, json and gitlab are an empty list, junit is of the ``files`` that were read, sarif
    of no results, and every other format is empty. ``meanings`` say what codes stand for.
    """
    if output_format is OutputFormat.JUNIT:
        return reports.junit(diagnostics, files)
    if output_format is OutputFormat.SARIF:
        return reports.sarif(diagnostics, meanings)
    return FORMATS[output_format](diagnostics)


def _full(diagnostics: Sequence[Diagnostic]) -> str:
    return _lines(diagnostics_page(diagnostics).plain()) if diagnostics else ""


def _concise(diagnostics: Sequence[Diagnostic]) -> str:
    return _lines([*map(one_line, diagnostics), total(diagnostics)]) if diagnostics else ""


def _github(diagnostics: Sequence[Diagnostic]) -> str:
    """Return workflow commands. GitHub shows ten of a step: the log says how many there are."""
    return _lines([*map(_command, diagnostics), total(diagnostics)]) if diagnostics else ""


def _command(diagnostic: Diagnostic) -> str:
    place = diagnostic.place
    properties = {
        "title": f"midtvejs ({diagnostic.code})",
        "file": reports.in_repository(place.file),
        "line": place.line,
        "col": place.column,
        "endLine": place.line,
        "endColumn": place.end_column,
    }
    joined = ",".join(f"{key}={_property(printable(str(value)))}" for key, value in properties.items())
    return f"::{diagnostic.severity} {joined}::{_data(reports.message_and_hint(diagnostic))}"


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


FORMATS: Mapping[OutputFormat, Callable[[Sequence[Diagnostic]], str]] = {
    OutputFormat.FULL: _full,
    OutputFormat.CONCISE: _concise,
    OutputFormat.GITHUB: _github,
    OutputFormat.JSON: _json,
    OutputFormat.GITLAB: reports.gitlab,
}
"""Formats of diagnostics alone; render makes the others."""
