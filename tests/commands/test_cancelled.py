"""A session is cancelled after the first seating: one line in program.yaml, and the commands go on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.commands.test_keep import edit, rows, run


@pytest.fixture
def without_s3(desk: Path) -> Path:
    edit(desk / "program.yaml", "^    - code: S3$", "    - code: S3\n      cancelled: true")
    return desk


def test_whoever_was_in_it_is_seated_anew_and_few_others(without_s3: Path) -> None:
    old = rows(without_s3 / "assignment.csv")
    inside = {key for key, row in old.items() if row["S"] == "S3"}
    done = run("assign", "prefs.csv", "--keep", "assignment.csv", "--plain")
    assert done.exit_code == 0, done.stderr
    assert "warning MV171 S3 is cancelled" in done.stderr.replace("\n", " ")
    new = rows(without_s3 / "assignment-2.csv")
    assert {key for key, row in new.items() if row != old[key]} == inside
    assert run("rosters", "assignment-2.csv", "--prefs", "prefs.csv").exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("rosters", "assignment.csv"),
        ("rosters", "assignment.csv", "--prefs", "prefs.csv"),
        ("day", "nils", "assignment.csv"),
        ("export", "assignment.csv", "dagen"),
        ("verify", "assignment.csv", "--prefs", "prefs.csv", "--certificate", "proof.json"),
    ],
    ids=lambda words: words[0],
)
def test_the_old_assignment_is_not_used_and_the_way_out_is_told(
    without_s3: Path, words: tuple[str, ...]
) -> None:
    done = run(*words)
    assert done.exit_code == 1
    said = done.stdout + done.stderr
    assert re.search(
        r"assignment\.csv:\d+:\d+: MV220 S3 is cancelled in S, and 20 participants are in it", said
    )
    assert "midtvejs assign PREFS --keep assignment.csv" in said
    assert not (without_s3 / "dagen").exists()


def test_no_form_offers_it(without_s3: Path) -> None:
    assert run("form").exit_code == 0
    text = (without_s3 / "form.txt").read_text(encoding="utf-8")
    assert "S2: " in text
    assert "S3" not in text


@pytest.mark.usefixtures("without_s3")
def test_check_says_that_it_is_cancelled() -> None:
    done = run("check", "prefs.csv")
    assert "\nS3 At give og modtage vejledning og feedback: cancelled\n" in done.stdout
    assert re.search(r"MV171 S3 is cancelled: \d+ wishes for it are struck from the lists", done.stdout)
    thing = json.loads(run("check", "prefs.csv", "--json").stdout)
    assert [each.get("cancelled") for each in thing["rounds"]] == [None, None, None, ["S3"]]
    salons = [session["code"] for session in thing["rounds"][-1]["sessions"]]
    assert salons == ["S1", "S2", "S4", "S5", "S6"]
