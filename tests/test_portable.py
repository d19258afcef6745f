"""From an empty folder to a day that is printed, on any system: nothing here needs a shell or a terminal."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TABLE = """\
Titel;Oplægsholder;Runde;Lokale;Pladser
Data i hverdagen;Ida Holm, Vejle Kommune;1;Aula;60
Ro på ş og Ł;Bo Łund;1 og 2;Sal;24
Ånd;;begge;Kælder;20
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dagen på Ærø")
    (folder / "mine sessioner.csv").write_text(TABLE, encoding="utf-8")
    run(folder, "new", "--from", "mine sessioner.csv", "--name", "Dagen på Ærø", "--date", "2027-01-30")
    run(folder, "simulate", "--participants", "40", "--save", "mine ønsker.csv")
    run(folder, "assign", "mine ønsker.csv", "--save", "pladser.csv")
    return folder


def run(
    folder: Path, *words: str, code: int = 0, environment: Mapping[str, str] | None = None
) -> tuple[bytes, str]:
    """Run ``midtvejs``; return what it prints, as it stands in the pipe, and what it tells."""
    done = subprocess.run(
        [sys.executable, "-m", "midtvejs", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | dict(environment or {}),
        capture_output=True,
        check=False,
    )
    told = done.stderr.decode("utf-8")
    assert done.returncode == code, told
    return done.stdout, told


@pytest.mark.parametrize("environment", [{}, {"PYTHONUTF8": "0"}, {"PYTHONUTF8": "0", "LC_ALL": "C"}])
def test_whatever_is_printed_is_utf_8(desk: Path, environment: dict[str, str]) -> None:
    for words in (("show",), ("rosters", "pladser.csv")):
        assert "Ro på ş og Ł" in run(desk, *words, environment=environment)[0].decode("utf-8")


def test_what_is_written_is_written_over_only_with_leave(desk: Path) -> None:
    before = (desk / "pladser.csv").read_bytes()
    _, told = run(desk, "assign", "mine ønsker.csv", "--save", "pladser.csv", code=1)
    assert "--force" in told
    run(desk, "assign", "mine ønsker.csv", "--save", "pladser.csv", "--force")
    assert (desk / "pladser.csv").read_bytes() == before
    assert before.count(b"\n") == before.count(b"\r\n")
    run(desk, "assign", "mine ønsker.csv", "--save", "til skrifter.csv", "--plain")
    assert b"\r" not in (desk / "til skrifter.csv").read_bytes()


def test_the_whole_day_is_exported(desk: Path) -> None:
    run(desk, "export", "pladser.csv", "ud på papir", "--only", "html,csv,ics,xlsx")
    written = [path for path in (desk / "ud på papir").rglob("*") if path.is_file()]
    assert {path.suffix for path in written} == {".html", ".csv", ".ics", ".xlsx"}
    assert not [path for path in written if path.name.startswith(".midtvejs-")]


def test_a_file_that_is_left_by_excel_is_read(desk: Path) -> None:
    with (desk / "mine ønsker.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";" if ";" in file.readline() else ","))
    (desk / "fra excel.csv").write_bytes(
        "\r\n".join(";".join(row) for row in [_head(desk), *rows]).encode("utf-8-sig")
    )
    assert "40" in run(desk, "check", "fra excel.csv")[0].decode("utf-8")


def _head(desk: Path) -> list[str]:
    first = (desk / "mine ønsker.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    return first.split(";" if ";" in first else ",")


def test_a_pipe_that_nobody_reads_is_no_fault(desk: Path) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run(
        [sys.executable, "-m", "midtvejs", "show"],
        cwd=desk,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=theirs,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(theirs)
    assert (done.returncode, done.stderr) == (0, b"")
