from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from midtvejs.domain.diagnostic import Diagnostic, Place, Severity
from midtvejs.output.choices import OutputFormat
from midtvejs.output.pages.diagnostics import diagnostics_page, render
from midtvejs.output.screen import Screen

SEATS = Diagnostic(
    code="MV012",
    place=Place(file="program.yaml", line=6, column=12, end_column=18, source='    seats: "tyve"'),
    message='seats: must be a whole number, not "tyve"',
    hint="write, for example, seats: 20",
)
FEW = Diagnostic(
    code="MV040",
    place=Place(file="program.yaml", line=12, column=9, end_column=11, source="  - id: R1"),
    message="round R1 has 40 seats for 50 participants: 10 too few",
    severity=Severity.WARNING,
)
HOSTILE = Diagnostic(
    code="MV010",
    place=Place(file="a\x1b[2J,b:c%.yaml", line=1, column=1, end_column=3, source="\x1b[31mx"),
    message="[red]un\x1bknown[/b]",
    hint="100%\nsure",
)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_terminal(*diagnostics: Diagnostic, width: int) -> str:
    stream = Terminal()
    Screen(out=stream, err=stream, width=width).show(diagnostics_page(diagnostics))
    return stream.getvalue()


def in_pipe(*diagnostics: Diagnostic) -> str:
    stream = io.StringIO()
    Screen(out=stream, err=stream).show(diagnostics_page(diagnostics))
    return stream.getvalue()


def at(source: str, meant: str, line: int = 1) -> Diagnostic:
    column = source.index(meant) + 1
    place = Place(file="p", line=line, column=column, end_column=column + len(meant), source=source)
    return Diagnostic(code="MV012", place=place, message="wrong")


def snippet(text: str) -> tuple[str, str]:
    """Return the source line and its carets, both as printed."""
    lines = text.splitlines()
    carets = next(index for index, line in enumerate(lines) if line.endswith("^"))
    return lines[carets - 1], lines[carets]


def test_a_pipe_gets_the_whole_picture() -> None:
    assert in_pipe(SEATS, FEW) == (
        'program.yaml:6:12: MV012 seats: must be a whole number, not "tyve"\n'
        "  |\n"
        '6 |     seats: "tyve"\n'
        "  |            ^^^^^^\n"
        "  = help: write, for example, seats: 20\n"
        "\n"
        "program.yaml:12:9: warning MV040 round R1 has 40 seats for 50 participants: 10 too few\n"
        "   |\n"
        "12 |   - id: R1\n"
        "   |         ^^\n"
        "\n"
        "Found 1 error and 1 warning.\n"
    )


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_terminal_gets_the_same_in_colours(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = on_terminal(SEATS, FEW, width=width)
    red, yellow = "\x1b[1;31m", "\x1b[1;33m"
    assert f"{red}           ^^^^^^\x1b[0m" in shown
    assert f"{yellow}        ^^\x1b[0m" in shown


@pytest.mark.parametrize("width", [60, 80, 120])
def test_nothing_on_a_terminal_is_wider_than_it(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    shown = on_terminal(SEATS, FEW, at("x" * 500 + " meant " + "y" * 500, "meant"), width=width)
    text = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert max(map(len, text.splitlines())) <= width
    source, carets = snippet(text[text.index("wrong") :])
    assert source[carets.index("^") : carets.rindex("^") + 1] == "meant"
    assert source.startswith("1 | …")
    assert source.endswith("y…")


@pytest.mark.parametrize(
    ("before", "cells"), [("æøå", 3), ("日本", 4), ("🎉", 2), ("e\N{COMBINING ACUTE ACCENT}", 1), ("\t\t", 2)]
)
def test_carets_stand_below_what_is_meant(before: str, cells: int) -> None:
    _, carets = snippet(in_pipe(at(f"{before}meant", "meant")))
    assert carets == "  | " + " " * cells + "^" * 5


def test_carets_are_as_wide_as_what_is_meant() -> None:
    assert snippet(in_pipe(at("a: 日本 b", "日本")))[1] == "  |    ^^^^"


def test_a_place_at_the_end_of_its_line_has_one_caret() -> None:
    place = Place(file="p", line=1, column=4, end_column=5, source="a: ")
    assert snippet(in_pipe(Diagnostic(code="MV001", place=place, message="m")))[1] == "  |    ^"


def test_what_goes_on_beyond_the_width_has_carets_up_to_it() -> None:
    source, carets = snippet(in_pipe(at("x" * 5000, "x" * 5000)))
    assert len(carets) < len(source) <= 240
    assert carets.count("^") == source.count("x")


def test_a_place_without_a_line_shows_none() -> None:
    assert in_pipe(Diagnostic(code="MV005", place=Place(file="p"), message="too large")) == (
        "p:1:1: MV005 too large\n\nFound 1 error.\n"
    )


@pytest.mark.parametrize(
    ("diagnostics", "last"),
    [
        ([SEATS], "Found 1 error."),
        ([SEATS, SEATS], "Found 2 errors."),
        ([FEW], "Found 1 warning."),
        ([SEATS, FEW, FEW, FEW], "Found 1 error and 3 warnings."),
    ],
)
def test_the_last_line_counts(diagnostics: list[Diagnostic], last: str) -> None:
    for output_format in ("full", "concise", "github"):
        assert render(diagnostics, OutputFormat(output_format)).splitlines()[-1] == last


def test_concise_is_a_line_each() -> None:
    assert render([SEATS], OutputFormat.CONCISE) == (
        'program.yaml:6:12: MV012 seats: must be a whole number, not "tyve"\nFound 1 error.\n'
    )


def test_full_is_what_a_pipe_gets() -> None:
    assert render([SEATS, FEW], OutputFormat.FULL) == in_pipe(SEATS, FEW)


def test_github_gets_workflow_commands() -> None:
    assert render([SEATS, FEW], OutputFormat.GITHUB).splitlines()[:2] == [
        (
            "::error title=midtvejs (MV012),file=program.yaml,line=6,col=12,endLine=6,endColumn=18"
            '::seats: must be a whole number, not "tyve"%0Awrite, for example, seats: 20'
        ),
        (
            "::warning title=midtvejs (MV040),file=program.yaml,line=12,col=9,endLine=12,endColumn=11"
            "::round R1 has 40 seats for 50 participants: 10 too few"
        ),
    ]


def test_github_is_told_where_a_file_is_in_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = str(tmp_path / "days" / "program.yaml")
    here = Diagnostic(code="MV004", place=Place(file=file), message="the file is empty")
    assert ",file=days/program.yaml," in render([here], OutputFormat.GITHUB)


def test_github_escapes_what_would_end_a_property_or_a_command() -> None:
    command, _ = render([HOSTILE], OutputFormat.GITHUB).splitlines()
    assert command == (
        "::error title=midtvejs (MV010),file=a [2J%2Cb%3Ac%25.yaml,line=1,col=1,endLine=1,endColumn=3"
        "::[red]un known[/b]%0A100%25 sure"
    )


def test_json_is_a_list_of_objects() -> None:
    assert json.loads(render([SEATS], OutputFormat.JSON)) == [
        {
            "code": "MV012",
            "severity": "error",
            "file": "program.yaml",
            "line": 6,
            "column": 12,
            "end_column": 18,
            "message": 'seats: must be a whole number, not "tyve"',
            "hint": "write, for example, seats: 20",
        }
    ]
    assert render([], OutputFormat.JSON) == "[]\n"


@pytest.mark.parametrize("output_format", ["full", "concise", "github"])
def test_nothing_wrong_is_nothing_said(output_format: str) -> None:
    assert render([], OutputFormat(output_format)) == ""


@pytest.mark.parametrize("output_format", OutputFormat)
def test_no_file_steers_a_terminal(output_format: str) -> None:
    text = render([HOSTILE], OutputFormat(output_format))
    assert "\x1b" not in text
    assert "\\u001b" not in text


def test_markup_of_a_file_is_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    text = on_terminal(HOSTILE, width=80)
    assert "[red]un known[/b]" in text
    assert "\x1b" not in text
