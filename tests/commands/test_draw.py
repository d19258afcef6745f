"""``midtvejs assign --draw``: a seed that nobody could know before, and how the run is repeated with it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from midtvejs.cli.app import app
from midtvejs.domain.lots import MOST_SEED

SAID = re.compile(
    r"^Drew the seed (\d+)(?:, saved in ([^ ]+))?\. The same lots again: midtvejs (.+)$", re.MULTILINE
)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def drawn(*options: str) -> tuple[int, str, str]:
    """Return the seed that was drawn, the file it is in, and the command that draws the same lots."""
    done = run("assign", "prefs.csv", "--draw", *options)
    assert done.exit_code == 0, done.stderr
    told = SAID.search(done.stderr)
    assert told
    assert 0 <= int(told[1]) <= MOST_SEED
    return int(told[1]), told[2], told[3]


def test_it_is_another_seed_each_time_and_not_that_of_the_program(desk: Path) -> None:
    seeds = [drawn("--save", f"{number}.csv")[0] for number in range(2)]
    assert len({2018, *seeds}) == 3
    assert (desk / "0.csv").read_bytes() != (desk / "1.csv").read_bytes()


def test_what_is_printed_repeats_the_run(desk: Path) -> None:
    seed, _, again = drawn("--save", "drawn.csv")
    assert again == f"assign prefs.csv --seed {seed}"
    assert run(*again.split(), "--save", "again.csv").exit_code == 0
    assert (desk / "again.csv").read_bytes() == (desk / "drawn.csv").read_bytes()


def test_what_is_saved_beside_the_assignment_stands_in_the_program_as_it_is(desk: Path) -> None:
    seed, file, again = drawn("--save", "drawn.csv")
    assert file == "drawn-seed.txt"
    text = (desk / file).read_text(encoding="utf-8")
    line = text.splitlines()[0]
    assert line == f"seed: {seed}"
    assert f"\n  midtvejs {again}\n" in text
    program = (desk / "program.yaml").read_text(encoding="utf-8")
    (desk / "program.yaml").write_text(program.replace("seed: 2018", line), encoding="utf-8")
    assert run("assign", "prefs.csv", "--save", "later.csv").exit_code == 0
    assert (desk / "later.csv").read_bytes() == (desk / "drawn.csv").read_bytes()


def test_a_program_that_is_saved_has_the_seed(desk: Path) -> None:
    done = run("assign", "prefs.csv", "--draw", "--save", "drawn.csv", "--save-program", "drawn.yaml")
    assert "Saved program.yaml with the seed filled in: drawn.yaml\n" in done.stderr
    assert "write it into" not in done.stderr
    assert run("assign", "prefs.csv", "--program", "drawn.yaml", "--save", "later.csv").exit_code == 0
    assert (desk / "later.csv").read_bytes() == (desk / "drawn.csv").read_bytes()


@pytest.mark.usefixtures("desk")
def test_a_queue_is_drawn_and_says_with_which_seed() -> None:
    done = run("assign", "prefs.csv", "--draw", "--mechanism", "lottery", "--save", "drawn.xlsx")
    told = SAID.search(done.stderr)
    assert told
    assert f"Dealt by lottery (random serial dictatorship), seed {told[1]}; " in done.stdout
    assert told[2] == "drawn-seed.txt"
    assert told[3] == f"assign prefs.csv --mechanism lottery --seed {told[1]}"


@pytest.mark.usefixtures("desk")
def test_what_was_drawn_is_kept_and_may_be_drawn_anew_for_those_who_come_later() -> None:
    assert run("assign", "prefs.csv", "--keep", "assignment.csv", "--draw").exit_code == 0
    seed, file, again = drawn("--keep", "assignment-2.csv", "--improve", "--late", "refuse")
    assert file == "assignment-3-seed.txt"
    assert again == (f"assign prefs.csv --keep assignment-2.csv --improve --seed {seed} --late refuse")


@pytest.mark.usefixtures("desk")
def test_json_has_a_seed_that_was_drawn_and_no_other() -> None:
    done = run("assign", "prefs.csv", "--draw", "--json")
    told = SAID.search(done.stderr)
    assert told
    assert json.loads(done.stdout)["seed"] == int(told[1])
    assert "seed" not in json.loads(run("assign", "prefs.csv", "--json").stdout)


def test_a_seed_that_stands_nowhere_else_is_told_however_quiet_the_verb(desk: Path) -> None:
    before = set(desk.iterdir())
    assert SAID.search(run("assign", "prefs.csv", "--draw", "--quiet").stderr)
    assert SAID.search(run("assign", "prefs.csv", "--draw", "--quiet", "--save", "-").stderr)
    assert set(desk.iterdir()) == before
    assert run("assign", "prefs.csv", "--draw", "--quiet", "--save", "drawn.csv").stderr == ""
    assert {each.name for each in {*desk.iterdir()} - before} == {"drawn.csv", "drawn-seed.txt"}


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--seed", "7"), 2, "give one of them"),
        (("--save", "drawn.csv"), 1, "drawn-seed.txt: exists already; --force writes over it"),
        (("--save", "drawn.csv", "--certificate", "drawn-seed.txt", "--force"), 2, "cannot be both"),
    ],
)
def test_nothing_is_written_where_a_seed_cannot_be(
    options: tuple[str, ...], code: int, said: str, desk: Path
) -> None:
    (desk / "drawn-seed.txt").write_text("seed: 1\n", encoding="utf-8")
    before = set(desk.iterdir())
    done = run("assign", "prefs.csv", "--draw", *options)
    assert done.exit_code == code
    assert said in " ".join(re.sub(r"[│╭╮╰╯─]", " ", done.stderr).split())
    assert set(desk.iterdir()) == before
    assert (desk / "drawn-seed.txt").read_text(encoding="utf-8") == "seed: 1\n"
