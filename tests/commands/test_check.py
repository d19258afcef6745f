"""`midtvejs check`."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from tests.cli.test_cli import FAULTY_PROGRAM, FAULTY_WISHES, HEAD, desk, files, run

__all__ = ["desk"]


def test_what_is_there_is_told_and_nothing_is_written(desk: Path) -> None:
    before = files(desk)
    done = run(desk, "check", "prefs.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert "R1 Runde 1: 3 seats for 3 participants\n" in done.stdout
    assert "1A Et, Panorama: 1 seat, first wish of 3, listed by 3, over by 2\n" in done.stdout
    assert "warning: 1A: 3 first wishes for 1 seat\n" in done.stdout
    assert done.stdout.endswith("No faults, 2 warnings. Next: midtvejs assign prefs.csv\n")
    assert files(desk) == before


def test_faults_are_the_result(desk: Path) -> None:
    (desk / "prefs.csv").write_text(FAULTY_WISHES, encoding="utf-8")
    done = run(desk, "check", "prefs.csv")
    assert (done.returncode, done.stderr) == (1, "")
    assert "prefs.csv:2:12: MV130" in done.stdout
    done = run(desk, "check", "prefs.csv", "--json")
    assert (done.returncode, done.stderr) == (1, "")
    thing = json.loads(done.stdout)
    assert (thing["faulty"], [fault["code"] for fault in thing["diagnostics"]]) == (True, ["MV130"])


def test_json_tells_the_same(desk: Path) -> None:
    done = run(desk, "check", "prefs.csv", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    thing = json.loads(done.stdout)
    assert (thing["file"], thing["faulty"], thing["participants"]) == ("prefs.csv", False, 3)
    assert [each["about"] for each in thing["warnings"]] == ["1A", "2A"]


def test_too_few_seats_are_a_warning(desk: Path) -> None:
    rows = [HEAD, *(f"Bo {number},,,1A > 1B,2A > 2B" for number in range(4)), ""]
    (desk / "prefs.csv").write_text("\n".join(rows), encoding="utf-8")
    done = run(desk, "check", "prefs.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert "warning: R1: 3 seats for 4 participants; 1 seat short" in done.stdout


def test_warnings_of_reading_are_among_the_others(desk: Path) -> None:
    (desk / "prefs.csv").write_text(f"{HEAD},Colour\nÅse,,,1A > 1B,2A > 2B,red\n", encoding="utf-8")
    done = run(desk, "check", "prefs.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert "warning MV112 unknown column" in done.stdout
    assert "not read: Colour\n" in done.stdout


def test_a_faulty_program_and_a_file_that_is_not_there(desk: Path) -> None:
    done = run(desk, "check", "nowhere.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert "nowhere.csv" in done.stderr
    (desk / "program.yaml").write_text(FAULTY_PROGRAM, encoding="utf-8")
    done = run(desk, "check", "prefs.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert "program.yaml:12:37: MV023" in done.stderr


def test_the_next_command_names_a_program_of_another_name(desk: Path) -> None:
    (desk / "program.yaml").rename(desk / "2019.yaml")
    done = run(desk, "check", "prefs.csv", "--program", "2019.yaml")
    assert done.stdout.endswith("Next: midtvejs assign prefs.csv --program 2019.yaml\n")


def test_a_day_with_too_few_seats_is_to_be_changed_before_anybody_is_seated(desk: Path) -> None:
    program = desk / "program.yaml"
    program.write_text(program.read_text(encoding="utf-8").replace("seats: 2", "seats: 1"), encoding="utf-8")
    done = run(desk, "check", "prefs.csv", "--on-duplicate", "first")
    again = "midtvejs check prefs.csv --on-duplicate first"
    assert done.stdout.endswith(f" Nobody can be seated: change R1 and R2 in the program. Then: {again}\n")
    assert run(desk, "assign", "prefs.csv").returncode == 3


TIMED = """\
timestamp,name,email,organisation,R1,R2
2018-01-05 10:00,Åse,aa@x.dk,Vejle,1A > 1B,2A
2018-01-07 10:00,Bo,bo@x.dk,Vejle,1A,2A
2018-01-06 10:00,Åse,aa@x.dk,Vejle,1B,2A
2018-01-04 10:00,Åse,aa@x.dk,Vejle,1B > 1A,2A
2018-01-12 10:00,Cai,cai@x.dk,Vejle,1B,2A
"""
LISTED = """\
Navn;E-mail;Kommune
Åse;aa@x.dk;Vejle
Bo;bo@x.dk;Vejle
Cai;cai@x.dk;Vejle
Dea Dam;dea@x.dk;Horsens
"""


@pytest.fixture
def timed(desk: Path) -> Path:
    """Three answers of one person, one after the deadline, and a list on which there is one more person."""
    program = (desk / "program.yaml").read_text(encoding="utf-8")
    program = program.replace('end: "12:00"}', 'end: "12:00", sign_up: {deadline: 2018-01-10}}', 1)
    program = program.replace("seats: 1}", "seats: 2}")
    (desk / "program.yaml").write_text(program, encoding="utf-8")
    (desk / "prefs.csv").write_text(TIMED, encoding="utf-8")
    (desk / "all.csv").write_text(LISTED, encoding="utf-8")
    return desk


def test_which_of_several_answers_counts(timed: Path) -> None:
    done = run(timed, "check", "prefs.csv")
    assert "\ndoubled: 2; of each person the last answer counts\n" in done.stdout
    done = run(timed, "check", "prefs.csv", "--on-duplicate", "first")
    assert "\ndoubled: 2; of each person the first answer counts\n" in done.stdout
    assert done.stdout.endswith("Next: midtvejs assign prefs.csv --on-duplicate first\n")


def test_a_hint_says_what_can_be_decided(timed: Path) -> None:
    done = run(timed, "check", "prefs.csv")
    assert "\nlate: 1 after the deadline, counted all the same\n" in done.stdout
    assert (
        "deadline, 2018-01-10: line 6\n  = help: they count; --late refuse leaves them out\n" in done.stdout
    )


def test_who_did_not_answer_is_no_answer(timed: Path) -> None:
    done = run(timed, "check", "prefs.csv", "--participants", "all.csv")
    assert "\nanswers: 3\n" in done.stdout
    assert "\nto seat: 4, of whom 1 did not answer\nmissing: Dea Dam\n" in done.stdout
    thing = json.loads(run(timed, "check", "prefs.csv", "--participants", "all.csv", "--json").stdout)
    assert (thing["answers"], thing["participants"], thing["too_late"]) == (3, 4, [])
    assert thing["lists"] == {"whole": 0, "partial": 3, "empty": 0}
    assert thing["unanswered"] == [{"name": "Dea Dam", "email": "dea@x.dk", "organisation": "Horsens"}]


def test_who_answered_too_late_did_answer(timed: Path) -> None:
    how = ("--participants", "all.csv", "--late", "refuse")
    done = run(timed, "check", "prefs.csv", *how)
    assert "\nanswers: 2\n" in done.stdout
    assert "\nlate: 1 after the deadline, left out\n" in done.stdout
    assert "\nto seat: 4, of whom 1 answered too late, 1 did not answer\nmissing: Dea Dam\n" in done.stdout
    thing = json.loads(run(timed, "check", "prefs.csv", *how, "--json").stdout)
    assert (thing["answers"], thing["read"]["unanswered"]) == (2, 1)
    assert [each["name"] for each in thing["too_late"]] == ["Cai"]


def test_what_is_to_be_typed_next_can_be_pasted(timed: Path) -> None:
    (timed / "program.yaml").rename(timed / "my day.yaml")
    options = ("--program", "my day.yaml")
    done = run(timed, "check", "prefs.csv", *options, "--participants", "all.csv", "--on-duplicate", "first")
    following = shlex.split(done.stdout.rpartition("Next: midtvejs ")[2])
    assert following[2:] == [*options, "--on-duplicate", "first", "--participants", "all.csv"]
    done = run(timed, *following, "--save", "the seats.csv")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        0,
        "Saved to the seats.csv. Print it again: midtvejs rosters 'the seats.csv' --program 'my day.yaml'",
    )
    assert run(timed, *shlex.split(done.stderr.rpartition("again: midtvejs ")[2])).returncode == 0


def test_the_columns_of_a_round_are_told_of_together(desk: Path) -> None:
    head = "name,email,organisation,R1 1,R1 2,R2 [2A],R2 [2B]"
    (desk / "prefs.csv").write_text(f"{head}\nÅse,,,1A,1B,1st,2nd\n", encoding="utf-8")
    done = run(desk, "check", "prefs.csv")
    assert "\ncolumns: name, email, organisation, R1 1, R1 2 (R1), R2 [2A], R2 [2B] (R2)\n" in done.stdout
    columns = json.loads(run(desk, "check", "prefs.csv", "--json").stdout)["read"]["columns"]
    assert [each["use"] for each in columns[3:]] == ["R1 rank 1", "R1 rank 2", "R2 2A", "R2 2B"]
