from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from midtvejs.cli.options import FORMATS as KNOWN
from midtvejs.cli.options import NEVER_PUBLIC
from midtvejs.domain.assignment import Assignment
from midtvejs.output.export.formats import FORMATS, find_left_over, making
from midtvejs.output.export.wanted import Wanted
from tests.output.export.days import ruled
from tests.output.midsummer import seated

PUBLIC = {"index.html", "program.ics", "schedule.json", "schedule.xml", "signs.pdf"}
PRIVATE = {"assignment.xlsx", "days.pdf", "mailmerge.csv", "rosters.csv", "rosters.pdf"}


def of_everybody(assignment: Assignment) -> dict[str, bytes]:
    made = {path: make() for path, make in making(assignment).items()}
    return {path: content.encode() if isinstance(content, str) else content for path, content in made.items()}


def test_all_of_it() -> None:
    files = making(ruled())
    calendars = {path for path in files if path.startswith("calendars/")}
    assert len(calendars) == 7
    assert files.keys() - calendars == PUBLIC | PRIVATE


def test_the_command_line_knows_every_format() -> None:
    assert tuple(FORMATS) == KNOWN
    assert set(NEVER_PUBLIC) < set(FORMATS)
    for name in FORMATS:
        assert bool(making(ruled(), [name], Wanted(public=True))) == (name not in NEVER_PUBLIC)


@pytest.mark.parametrize("assignment", [seated(), ruled()])
def test_nothing_public_names_anybody_who_attends(assignment: Assignment) -> None:
    presenters = {
        each.name for session in assignment.program.sessions.values() for each in session.presenters
    }
    files = making(assignment, wanted=Wanted(public=True))
    assert files.keys() == PUBLIC
    for make in files.values():
        content = make()
        if isinstance(content, bytes):
            # Signs, which are of no participant's making: what is on them is seen in their own tests.
            continue
        for person in assignment.participants:
            named = f">{person.name}<" if person.name == "[/b]" else person.name
            assert named not in content or person.name in presenters
            assert not person.email or person.email not in content


def test_the_order_of_participants_changes_nothing() -> None:
    for assignment in (seated(), ruled()):
        backwards = replace(assignment, participants=assignment.participants[::-1])
        assert of_everybody(assignment) == of_everybody(backwards)


SCRIPT = """
import hashlib
from tests.output.export.test_formats import of_everybody, ruled
for path, content in of_everybody(ruled()).items():
    print(path, hashlib.sha256(content).hexdigest())
"""


def test_the_same_day_gives_the_same_bytes_wherever_and_whenever() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed, zone in (("0", "UTC"), ("1", "Asia/Tokyo"))
    }
    assert len(printed) == 1


def test_what_is_left_over_of_earlier_exports(tmp_path: Path) -> None:
    folder = tmp_path / "calendars"
    folder.mkdir()
    for name in ("aase-1.ics", "bo-2.ics"):
        (folder / name).touch()
    assert find_left_over([folder / "bo-2.ics", tmp_path / "index.html"]) == [folder / "aase-1.ics"]
    assert find_left_over([tmp_path / "index.html"]) == []
