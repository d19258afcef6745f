"""``midtvejs assign --keep``: something changes after the first seating, and as few as possible are moved."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from midtvejs.cli.app import app
from midtvejs.cli.options import beside

ROOT = Path(__file__).parents[2]
HEAD = "name,email,organisation,R1,R2,R3,S"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def edit(file: Path, pattern: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.search(pattern, text, re.MULTILINE)
    file.write_text(re.sub(pattern, new, text, count=1, flags=re.MULTILINE), encoding="utf-8", newline="")


def rows(file: Path) -> dict[str, dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return {row["email"] or row["name"]: row for row in csv.DictReader(opened)}


def kept(*options: str) -> Result:
    done = run("assign", "prefs.csv", "--keep", "assignment.csv", "--plain", *options)
    assert done.exit_code == 0, done.stderr
    return done


def test_nothing_to_do_moves_nobody_and_the_same_file_is_written(desk: Path) -> None:
    done = kept()
    assert "\n\nNothing changed: 180 participants in the same sessions\n\nmoved 0" in done.stdout
    assert "moved 0 (the minimum)\nmoved_seats 0 (the minimum)\nworst 2 (1 is impossible)" in done.stdout
    assert "Saved to assignment-2.csv. " in done.stderr
    assert (desk / "assignment-2.csv").read_bytes() == (desk / "assignment.csv").read_bytes()


def test_a_drop_out_frees_seats_and_moves_nobody(desk: Path) -> None:
    gone = list(rows(desk / "prefs.csv"))[7]
    edit(desk / "prefs.csv", rf"^[^\n]*{re.escape(gone)}[^\n]*\n", "")
    done = kept()
    assert "moved 0 (the minimum)" in done.stdout
    assert "; 1 drop-out\n" in done.stdout
    before, after = rows(desk / "assignment.csv"), rows(desk / "assignment-2.csv")
    assert before.pop(gone)
    assert after == before


def test_a_newcomer_is_seated_around_those_who_are_there(desk: Path) -> None:
    with (desk / "prefs.csv").open("a", encoding="utf-8") as opened:
        opened.write("Æble Ørsted,aeble@nyt.example,Ærø Kommune,1B > 1C,2C,3C > 3A,S3\n")
    done = kept()
    assert "moved 0 (the minimum)" in done.stdout
    assert re.search(r"^Æble Ørsted, Ærø Kommune: new: R1 1[A-D], R2 2[A-C]", done.stdout, re.MULTILINE)
    before, after = rows(desk / "assignment.csv"), rows(desk / "assignment-2.csv")
    assert after.pop("aeble@nyt.example")
    assert after == before


def test_a_smaller_room_moves_as_many_as_it_is_short_and_each_is_told(desk: Path) -> None:
    edit(desk / "program.yaml", r"Fjordsalen: \{seats: 64", "Fjordsalen: {seats: 54")
    done = kept("--certificate", "kept.json", "--save", "ny.csv")
    assert "Moved: 10 of 180 participants, 20 seats\n" in done.stdout
    assert "moved 10 (the minimum)\nmoved_seats 20 (the minimum)\n" in done.stdout
    assert (
        len(re.findall(r"^[^:\n]+, [^:\n]+: (?:R[123]|S) .*: worse by \d steps?$", done.stdout, re.MULTILINE))
        == 10
    )
    before, after = rows(desk / "assignment.csv"), rows(desk / "ny.csv")
    assert sum(after[key] != row for key, row in before.items()) == 10
    check = ("verify", "ny.csv", "--prefs", "prefs.csv", "--certificate", "kept.json")
    assert f"Check it: midtvejs {' '.join(check)} --keep assignment.csv\n" in done.stderr
    verified = run(*check, "--keep", "assignment.csv")
    assert verified.exit_code == 0
    fewest = "\nProven: no lawful assignment moves fewer; of those that move as few, none is fairer by these "
    assert fewest in verified.stdout
    assert fewest in done.stdout
    assert "moved 10: the minimum, proven by prices\n" in verified.stdout
    forgotten, mistaken = run(*check), run(*check, "--keep", "ny.csv")
    assert (forgotten.exit_code, mistaken.exit_code) == (1, 1)
    assert forgotten.stdout.startswith(
        "inputs: what is certified kept an earlier assignment: name that with --keep\n"
    )
    assert mistaken.stdout.startswith(
        "inputs: the program, the wishes or the assignment that was kept are not those that were certified\n"
    )


def test_the_changes_are_in_the_json_too_and_lead_from_the_old_file_to_the_new(desk: Path) -> None:
    edit(desk / "program.yaml", r"Fjordsalen: \{seats: 64", "Fjordsalen: {seats: 54")
    content = json.loads(kept("--json").stdout)
    fewest = {"criterion": "moved", "value": 10, "bound": 10, "proven": True, "evidence": "prices"}
    assert content["stages"][0] == fewest
    assert content["changes"]["moved"] == 10
    days, after = rows(desk / "assignment.csv"), rows(desk / "assignment-2.csv")
    for change in content["changes"]["changes"]:
        for move in change["moves"]:
            assert days[change["email"]][move["round"]] == move["before"]
            days[change["email"]][move["round"]] = move["after"]
    assert days == after


def test_whoever_gains_may_move_as_well_at_nobody_s_cost(desk: Path) -> None:
    for gone in list(rows(desk / "prefs.csv"))[20:26]:
        edit(desk / "prefs.csv", rf"^[^\n]*{re.escape(gone)}[^\n]*\n", "")
    assert "moved 0 (the minimum)" in kept().stdout
    done = kept("--improve", "--json")
    changes = json.loads(done.stdout)["changes"]
    moved = [change["gain"] for change in changes["changes"] if change["change"] == "moved"]
    assert moved
    assert min(moved) > 0
    assert "Kept: moved 0 (the minimum), moved_seats 0 (the minimum). Beyond that " in done.stderr


def test_whom_else_it_moves_is_not_mistaken_for_all_who_are_moved(desk: Path) -> None:
    edit(desk / "program.yaml", r"Fjordsalen: \{seats: 64", "Fjordsalen: {seats: 54")
    done = kept("--improve")
    assert "Moved: 10 of 180 participants, 20 seats\n" in done.stdout
    assert "\nmoved 0 more (the minimum)\nmoved_seats 0 more (the minimum)\n" in done.stdout
    assert "unless anyone is moved who does not gain by it.\n" in done.stdout
    assert (
        "Kept: moved 10 (the minimum), moved_seats 20 (the minimum). Beyond that no move helps "
        in done.stderr
    )


def test_the_order_of_rows_changes_nothing(desk: Path) -> None:
    edit(desk / "program.yaml", r"Fjordsalen: \{seats: 64", "Fjordsalen: {seats: 54")
    kept()
    for name in ("prefs.csv", "assignment.csv"):
        head, *lines = (desk / name).read_text(encoding="utf-8").splitlines()
        (desk / name).write_text("\n".join([head, *reversed(lines), ""]), encoding="utf-8")
    kept()
    assert rows(desk / "assignment-2.csv") == rows(desk / "assignment-3.csv")


def test_each_version_is_saved_beside_the_last_and_none_is_written_over(desk: Path) -> None:
    kept()
    done = run("assign", "prefs.csv", "--keep", "assignment-2.csv")
    assert done.exit_code == 0
    assert "Saved to assignment-3.csv. " in done.stderr
    assert run("assign", "prefs.csv", "--keep", "assignment.csv", "--save", "assignment.csv").exit_code == 2
    assert (desk / "assignment-2.csv").read_bytes() == (desk / "assignment.csv").read_bytes()


@pytest.mark.parametrize(
    ("kept_file", "saved"),
    [
        ("assignment-9.csv", "assignment-10.csv"),
        ("midtvejs-2018.csv", "midtvejs-2018-2.csv"),
        ("midtvejs-2018-2.csv", "midtvejs-2018-3.csv"),
        ("uge 2018-01-24.csv", "uge 2018-01-24-2.csv"),
        ("assignment.xlsx", "assignment-2.xlsx"),
        ("assignment.ods", "assignment-2.xlsx"),
        ("-.csv", "--2.csv"),
    ],
)
def test_a_new_version_has_the_next_number_and_no_other_date(
    tmp_path: Path, kept_file: str, saved: str
) -> None:
    assert beside(tmp_path / kept_file) == tmp_path / saved


@pytest.mark.usefixtures("desk")
def test_a_folder_is_no_assignment_that_could_be_kept() -> None:
    done = run("assign", "prefs.csv", "--keep", ".")
    assert done.exit_code == 1
    assert done.stderr.startswith("error: .: ")


def test_beside_standard_input_nothing_is_saved(desk: Path) -> None:
    before = sorted(desk.iterdir())
    text = (desk / "assignment.csv").read_text(encoding="utf-8")
    done = CliRunner().invoke(app, ["assign", "prefs.csv", "--keep", "-"], input=text)
    assert done.exit_code == 2
    assert "with --save" in " ".join(done.stderr.split())
    assert sorted(desk.iterdir()) == before


def test_an_assignment_of_other_people_is_not_kept(desk: Path) -> None:
    (desk / "assignment.csv").write_text(f"{HEAD}\nÅse,aase@x.example,,1A,2A,3A,S1\n", encoding="utf-8")
    done = run("assign", "prefs.csv", "--keep", "assignment.csv")
    assert done.exit_code == 1
    assert "assignment.csv:1:1: MV219 nobody who is seated here takes part any longer" in done.stderr
    assert not (desk / "assignment-2.csv").exists()


def test_a_session_that_the_program_never_had_is_a_fault_and_not_a_move(desk: Path) -> None:
    edit(desk / "assignment.csv", ",1A,", ",1Z,")
    done = run("assign", "prefs.csv", "--keep", "assignment.csv")
    assert done.exit_code == 1
    assert re.search(r"assignment\.csv:\d+:\d+: MV\d+ .*1Z", done.stderr)


def test_a_new_email_keeps_the_day_and_is_told_of(desk: Path) -> None:
    key, row = next((key, row) for key, row in rows(desk / "prefs.csv").items() if "nils" not in key)
    edit(desk / "prefs.csv", re.escape(key), "ny@adresse.example")
    done = kept()
    assert f'MV217 {row["name"]} has the email "ny@adresse.example" by now, and is taken ' in done.stderr
    assert "Nothing changed: 180 participants" in done.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--improve",), "name that with --keep"),
        (("--keep", "assignment.csv", "--mechanism", "lottery"), "keeps nothing"),
        (("--keep", "assignment.csv", "--improve", "--certificate", "c.json"), "without --improve"),
    ],
)
@pytest.mark.usefixtures("desk")
def test_options_that_make_no_sense_together_are_wrong_usage(options: tuple[str, ...], said: str) -> None:
    done = run("assign", "prefs.csv", *options)
    assert done.exit_code == 2
    assert said in " ".join(re.sub(r"[│╭╮╰╯─]", " ", done.stderr).split())
