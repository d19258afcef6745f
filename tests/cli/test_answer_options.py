"""The options that say how answers are read: every verb that reads them has them, and does as they say."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from midtvejs.cli import app as cli
from midtvejs.cli import options as answer_options
from midtvejs.domain.answers import DEFAULT_OPTIONS, Admission, OnDuplicate, ReadOptions
from tests.cli.test_cli import PROGRAM, run

HEAD = "Tidsstempel,Navn,R1 [1. prioritet],R1 [2. prioritet],R2 [1. prioritet],R2 [2. prioritet]\n"
ROWS = "2018-01-05 10:00,Åse,To,1A: Et,2A,\n2018-01-06 10:00,Bo,Et,,,2B\n2018-01-07 10:00,Bo,To,,,\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "program.yaml").write_text(PROGRAM.format(panorama=2, fjorden=2), encoding="utf-8")
    (tmp_path / "svar.csv").write_bytes((HEAD + ROWS).encode("cp1252"))
    return tmp_path


@pytest.mark.parametrize(
    "verb",
    [
        "advise",
        "assign",
        "audit",
        "check",
        "compare",
        "diff",
        "explain",
        "export",
        "rosters",
        "verify",
        "waiting",
        "what_if",
    ],
)
def test_every_verb_that_reads_answers_has_them_all(verb: str) -> None:
    signature = inspect.signature(getattr(cli, verb))
    known = inspect.signature(answer_options._read_options).parameters  # noqa: SLF001 - what the options are

    assert "options" not in signature.parameters
    assert [name for name in signature.parameters if name in known] == list(known)


def test_what_a_file_was_taken_for_is_told(desk: Path) -> None:
    done = run(desk, "assign", "svar.csv", "--json")

    assert done.returncode == 0
    assert "svar.csv: read as a Google Forms grid export, 3 rows, CP1252\n" in done.stderr
    assert "MV102" in done.stderr


def test_nothing_is_told_of_an_encoding_that_was_named(desk: Path) -> None:
    done = run(desk, "assign", "svar.csv", "--encoding", "CP1252", "--on-duplicate", "first")

    assert "MV102" not in done.stderr
    assert '"Bo" answered in lines 3, 4; line 3 counts' in done.stderr


def test_wrong_usage(desk: Path) -> None:
    assert run(desk, "check", "svar.csv", "--encoding", "klingon").returncode == 2
    assert run(desk, "check", "svar.csv", "--late", "perhaps").returncode == 2
    assert run(desk, "check", "svar.csv", "--participants", "nobody.csv").returncode == 1


def test_what_was_decided_is_said_again_in_the_command_that_comes_next(desk: Path) -> None:
    done = run(
        desk, "assign", "svar.csv", "--on-duplicate", "last", "--save", "a.csv", "--certificate", "c.json"
    )
    command = done.stderr.rsplit("Check it: midtvejs ", 1)[1].split()

    assert command[-2:] == ["--on-duplicate", "last"]
    assert run(desk, *command).returncode == 0


def test_words_say_what_is_not_as_it_is() -> None:
    options = ReadOptions(
        encoding="CP1252", on_duplicate=OnDuplicate.FIRST, late=Admission.REFUSE, participants=Path("p")
    )

    assert DEFAULT_OPTIONS.words == []
    assert options.words == (
        ["--encoding", "CP1252", "--on-duplicate", "first", "--late", "refuse", "--participants", "p"]
    )
