"""What the README and the guide show is what there is: examples are run, excerpts and numbers compared."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from html import unescape
from pathlib import Path

import pytest
from typer.main import get_command

from midtvejs import __version__
from midtvejs.cli.app import app
from midtvejs.commands._exit import Exit
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant
from midtvejs.domain.profile import profile, steps_of
from midtvejs.domain.program import Program
from midtvejs.reading.answers.preferences import read_preferences
from midtvejs.reading.program.build import read_program
from midtvejs.solving.solve import solve
from tests.benchmarks import __main__ as benchmarks
from tests.benchmarks import lists, placing
from tests.conftest import OPTIONS
from tests.manual import GUIDE, MANUAL, README, ROOT, blocks, check_shown, examples, run, save_files, walk
from tests.picture import PICTURE, drawn

LONGEST_README = 250
SEATED = "--save assignment.csv"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the example's two files, and all that the manual spells out."""
    shutil.copy(ROOT / "program.yaml", tmp_path)
    shutil.copytree(ROOT / "preferences", tmp_path / "preferences")
    save_files("".join(MANUAL.values()), tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize(
    "part", [part for part in MANUAL if part != "start" and list(examples(MANUAL[part]))]
)
def test_the_examples_print_what_is_shown_and_the_excerpts_are_real(part: str, desk: Path) -> None:
    text = MANUAL[part]
    if "assignment.csv" in text and not any(SEATED in command for command, _ in examples(text)):
        # Anyone who reads on here has seated everybody before.
        run(f"midtvejs assign preferences/midtvejs-2018.csv {SEATED}", desk)
    walk(text, desk)


@pytest.mark.slow
def test_a_newcomer_gets_from_an_empty_folder_to_a_program_of_their_own(tmp_path: Path) -> None:
    save_files(GUIDE["start"], tmp_path)
    walk(GUIDE["start"], tmp_path)
    program = read_program(tmp_path / "spring" / "program.yaml").accepted()
    assert program.sessions["1A"].title == "Data i hverdagen"
    assert (tmp_path / "spring" / "form.xlsx").is_file()


def test_a_line_that_is_not_there_is_noticed() -> None:
    check_shown(["a", "…", "c"], "a\nb\nc\n", "here")
    check_shown(["a", "…"], "a\nb\nc\n", "here")
    for shown in (["a", "c"], ["a", "…", "d"], ["…", "b"], ["c", "…", "a", "…"], []):
        with pytest.raises(AssertionError):
            check_shown(shown, "a\nb\nc\n", "here")


def test_the_workflow_is_the_one_that_is_shipped() -> None:
    for block in blocks("same"):
        assert block.text == (ROOT / block.path).read_text(encoding="utf-8")


def told(svg: str) -> list[str]:
    """Return every piece of text in a picture, in order."""
    return [unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def test_the_picture_is_drawn_from_what_the_program_prints() -> None:
    assert f"]({PICTURE.relative_to(ROOT).as_posix()})" in README
    # What it says: another release of rich may write the same picture differently.
    assert told(drawn()) == told(PICTURE.read_text(encoding="utf-8")), "python -m tests.picture draws it anew"


def test_the_picture_fetches_nothing() -> None:
    text = PICTURE.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "", 1)
    assert not re.search(r"https?:|@import|@font-face|<image|<script", text)


def test_every_verb_has_a_place_and_every_option_exists() -> None:
    group = get_command(app)
    verbs = getattr(group, "commands")  # noqa: B009 - a group, which its type does not say
    sections = re.findall(r"^## ([a-z-]+): ", "\n".join(GUIDE.values()), re.MULTILINE)
    assert [verb for verb in verbs if verb not in {*sections, *GUIDE, "guide"}] == []
    assert len(sections) == len(set(sections))
    commands = (group, *verbs.values())
    known = {name for verb in commands for option in verb.params for name in option.opts} | {"--help"}
    for parser in (benchmarks.parser(), placing.parser(), lists.parser()):
        actions = parser._actions  # noqa: SLF001 - argparse lists its options nowhere else
        known |= {name for action in actions for name in action.option_strings}
    known |= OPTIONS.keys()
    for part, text in MANUAL.items():
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) <= known, part


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert links
    for link in links:
        assert (ROOT / link).exists(), link


def test_the_guide_links_to_nothing_since_it_is_shipped_without_what_stands_beside_it() -> None:
    assert [link for text in GUIDE.values() for link in re.findall(r"\]\(([^)]+)\)", text)] == []


def test_the_readme_is_read_in_five_minutes_and_names_every_topic() -> None:
    assert len(README.splitlines()) < LONGEST_README
    rows = re.findall(r"^\| \[([a-z]+)\]\(midtvejs/guide/\1\.md\) \| (.*) \|$", README, re.MULTILINE)
    headings = {f"# {topic}: {told}" for topic, told in rows}
    assert headings == {text.partition("\n")[0] for text in GUIDE.values()}
    assert {topic for topic, _ in rows} == GUIDE.keys()


def test_whatever_the_manual_points_at_is_a_topic_or_a_verb() -> None:
    headings = re.findall(r"^##? ([a-z-]+): ", "\n".join(GUIDE.values()), re.MULTILINE)
    pointed = re.findall(r"midtvejs guide\s([a-z-]+)", "\n".join(MANUAL.values()))
    assert pointed
    assert set(pointed) <= set(headings)


def test_how_fast_it_is_by_the_readme_is_how_fast_it_is_by_the_guide() -> None:
    section = README.partition("## How fast it is")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 5
    participants = ""
    for row in rows:
        *number, way, seconds, worst, total, even = row
        participants = number[0] if number else participants
        ours = rf"^\| {participants} \| 1.03 \| {seconds} \| [^|]* \| {worst} \| {total} \| {even} \|$"
        theirs = rf" \| {re.escape(way)} \| {seconds} \| {worst} \| {total} \| {even} \|$"
        assert re.search(ours if way == "`midtvejs`" else theirs, GUIDE["speed"], re.MULTILINE), row


def test_the_changelog_begins_with_this_version() -> None:
    assert re.findall(r"^## (.*)$", GUIDE["changelog"], re.MULTILINE)[0] == __version__


def test_every_exit_code_is_explained() -> None:
    rows = set(re.findall(r"^\| (\d+) \|", GUIDE["trouble"], re.MULTILINE))
    assert rows == {str(code.value) for code in Exit}


BROWSER = {"chromium": ""}
TOOLS = ("lint-imports", "mypy", "ruff")


@pytest.mark.parametrize(
    ("programs", "told"),
    [
        (BROWSER, ""),
        (
            {"apt-get": "echo apt-get $2", "id": "echo 0"},
            "Installing chromium\napt-get update\napt-get install\n",
        ),
        ({"apt-get": "exit 100", "id": "echo 0"}, "Installing chromium\nNo browser can be installed: "),
        ({"apt-get": "exit 100", "id": "echo 1000"}, "No browser can be installed: "),
        ({"id": "echo 0"}, "No browser can be installed: "),
    ],
    ids=["a browser is there", "it is installed", "no network", "not root", "no apt-get"],
)
def test_the_test_command_is_the_one_that_ci_runs(
    tmp_path: Path, programs: dict[str, str], told: str
) -> None:
    done = run_by_ci(tmp_path, "echo tested", programs)
    assert (done.returncode, done.stdout) == (0, "echo tested\ntested\n")
    assert done.stderr.startswith(told)
    assert bool(done.stderr) == bool(told)
    (command,) = blocks("test command", within={"README": README})
    assert command.text.strip().endswith(".venv/bin/pytest")


def test_the_tools_run_beside_the_tests_and_each_of_them_can_fail(tmp_path: Path) -> None:
    told = run_by_ci(tmp_path / "fine", "echo $PYTEST_ADDOPTS", BROWSER, mypy="echo typed")
    assert (told.returncode, told.stdout.splitlines()[1:], told.stderr) == (0, ["--no-tools"], "typed\n")
    for tool in TOOLS:
        failed = run_by_ci(tmp_path / tool, "echo tested", BROWSER, **{tool: "exit 1"})
        assert (failed.returncode, failed.stdout.splitlines()[1:]) == (1, ["tested"])
        assert re.search(rf"^{tool}.* failed$", failed.stderr, re.MULTILINE)
    broken = run_by_ci(tmp_path / "broken", "exit 3", BROWSER, mypy="echo typed")
    assert (broken.returncode, broken.stderr) == (3, "typed\n")


def run_by_ci(
    folder: Path,
    command: str,
    programs: Mapping[str, str],
    **tools: str,
) -> subprocess.CompletedProcess[str]:
    """Have .ci/run test a project whose README names a command; ``tools`` are in its .venv."""
    (folder / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / "run", folder / ".ci")
    (folder / "README.md").write_text(f"<!-- test command -->\n```sh\n{command}\n```\n", encoding="utf-8")
    path = folder_of_commands(folder / "bin", programs)
    put_programs(folder / ".venv" / "bin", dict.fromkeys(TOOLS, "") | tools)
    return subprocess.run(
        [folder / ".ci" / "run"],
        env={"PATH": str(path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def folder_of_commands(folder: Path, programs: Mapping[str, str]) -> Path:
    """Make a folder with what every Debian has, and some programs; there is no browser in it but theirs."""
    put_programs(folder, programs)
    for name in ("bash", "dirname", "grep", "sed"):
        (folder / name).symlink_to(shutil.which(name) or name)
    return folder


def put_programs(folder: Path, programs: Mapping[str, str]) -> None:
    folder.mkdir(parents=True)
    for name, text in programs.items():
        (folder / name).write_text(f"#!/usr/bin/env bash\n{text}\n", encoding="utf-8")
        (folder / name).chmod(0o755)


# Three people, with a pencil


@pytest.fixture
def three(desk: Path) -> tuple[Program, tuple[Participant, ...]]:
    program = read_program(desk / "three.yaml").accepted()
    return program, read_preferences(desk / "three.csv", program).accepted()


def tables() -> list[list[list[str]]]:
    """Return the cells of the two tables behind the mark, without their heads."""
    text = GUIDE["fairness"].split("<!-- example -->\n")[1].split("\n\n")
    return [
        [[cell.strip(" `") for cell in row.strip("|").split("|")] for row in table.splitlines()[2:]]
        for table in text[:2]
    ]


@pytest.mark.parametrize(("way", "first_column"), [("first come", 1), ("fair", 4)])
def test_the_pencil_is_right(
    way: str, first_column: int, three: tuple[Program, tuple[Participant, ...]]
) -> None:
    program, people = three
    by_person, by_criterion = tables()
    days = {
        person.key: tuple(row[first_column].split(", "))
        for person, row in zip(people, by_person, strict=True)
    }
    figures = profile(Assignment(program=program, participants=people, days=days))
    for person, row in zip(people, by_person, strict=True):
        steps = steps_of(person, days[person.key])
        told = [person.name, " + ".join(map(str, steps)), str(figures.regrets[person.key])]
        assert told == [row[0], *row[first_column + 1 : first_column + 3]], way
    column = 1 if way == "first come" else 2
    told_criteria = {Criterion(row[0]): int(row[column]) for row in by_criterion}
    assert told_criteria == figures.criteria


def test_the_fair_way_is_one_of_the_two_that_the_solver_finds(
    three: tuple[Program, tuple[Participant, ...]],
) -> None:
    program, people = three
    fair = [row[4] for row in tables()[0]]
    changed_places = [fair[1], fair[0], fair[2]]
    found = set()
    for seed in range(10):
        solution = solve(program.replace_rules(seed=seed), people)
        assert [stage.value for stage in solution.stages] == [int(row[2]) for row in tables()[1][:3]]
        assert solution.status == "optimal"
        found.add(tuple(", ".join(solution.assignment.days[person.key]) for person in people))
    assert found == {tuple(fair), tuple(changed_places)}


def test_the_prices_of_the_pencil_prove_the_total(three: tuple[Program, tuple[Participant, ...]]) -> None:
    program, people = three
    prices = {"1A": 1, "2A": 1}
    paid = [
        sum(
            min(wishes.steps(session.code) + prices.get(session.code, 0) for session in round_.sessions)
            for person in people
            for wishes in [person.wishes[index]]
        )
        for index, round_ in enumerate(program.rounds)
    ]
    seats = sum(price * program.sessions[code].seats for code, price in prices.items())
    assert (paid, seats) == ([3, 2], 2)
    assert sum(paid) - seats == 3
