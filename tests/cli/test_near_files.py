"""A file that is not there: what was meant, or what there is, is named."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
import typer

from midtvejs.cli.options import refuse_swapped
from midtvejs.cli.run import what_failed

ELSEWHERE = "; if it is elsewhere, name it (--program FILE; show and validate take FILE alone)"
NEW = "; midtvejs new writes one to begin with"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "svar").mkdir()
    for name in ("tilmelding.csv", "program.yaml", "læs.txt", "~$tilmeldin.xlsx", "svar/ønsker.xlsx"):
        (tmp_path / name).write_text("", encoding="utf-8")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("asked", "more"),
    [
        ("tilmeling.csv", "; did you mean tilmelding.csv?"),
        ("Tilmelding.CSV", "; did you mean tilmelding.csv?"),
        ("tilmelding.xlsx", "; did you mean tilmelding.csv?"),
        ("ønsker.xlsx", "; did you mean svar/ønsker.xlsx?"),
        ("svr/ønsker.xlsx", "; did you mean svar/ønsker.xlsx?"),
        ("prefs.csv", "; there is tilmelding.csv"),
        ("programm.yaml", f"; did you mean program.yaml?{NEW}"),
        (
            "svar/dagen.yaml",
            f"{ELSEWHERE}{NEW}",
        ),
        ("x/y/dagen.yml", NEW),
        ("x/y/prefs.csv", ""),
        ("prefs", ""),
    ],
)
def test_what_was_meant_by_a_file_that_is_not_there(asked: str, more: str) -> None:
    missing = FileNotFoundError(errno.ENOENT, "No such file or directory", asked)

    assert what_failed(missing) == f"error: {asked}: No such file or directory{more}"


@pytest.mark.usefixtures("folder")
def test_what_a_folder_holds_that_was_given_for_a_file() -> None:
    given = IsADirectoryError(errno.EISDIR, "Is a directory", "svar")

    assert what_failed(given) == "error: svar: Is a directory; it holds svar/ønsker.xlsx"


@pytest.mark.usefixtures("folder")
def test_of_many_files_a_few_are_named() -> None:
    for number in range(8):
        Path(f"{number}.csv").touch()

    missing = FileNotFoundError(errno.ENOENT, "No such file or directory", "wishes.csv")

    assert what_failed(missing).endswith("; there is 0.csv, 1.csv, 2.csv, 3.csv, 4.csv, ...")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("verb", "right"),
    [
        ("export", "midtvejs export tilmelding.csv ud"),
        ("explain", "midtvejs explain tilmelding.csv ud"),
        ("day", "midtvejs day ud tilmelding.csv"),
    ],
)
def test_arguments_the_wrong_way_round(verb: str, right: str) -> None:
    with pytest.raises(typer.BadParameter) as swapped:
        refuse_swapped(verb, Path("ud"), "tilmelding.csv")

    assert str(swapped.value) == f"the arguments stand the wrong way round: {right}"
    refuse_swapped(verb, Path("tilmelding.csv"), "ud")
    refuse_swapped(verb, Path("-"), "tilmelding.csv")
    refuse_swapped(verb, Path("a.csv"), "b" * 10_000)
