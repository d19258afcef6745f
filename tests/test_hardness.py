"""The map of made-up days: its files are sound, the same from the same seed, and counted as they came out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from midtvejs.cli.app import app
from midtvejs.commands._exit import Exit
from midtvejs.reading.answers.preferences import read_preferences
from midtvejs.reading.program.build import read_program
from midtvejs.solving.instance.case import case_of
from midtvejs.solving.instance.choices import measure
from midtvejs.solving.solve import solve
from midtvejs.solving.stop import Stop
from tests.benchmarks.hardness.__main__ import chosen, parser
from tests.benchmarks.hardness.files import made
from tests.benchmarks.hardness.rival import stages
from tests.benchmarks.hardness.specs import FAMILIES, RULES, Spec, all_specs
from tests.benchmarks.hardness.tally import HEADER, Reached, Run, families, widest

SEED = 5
MAP = all_specs(SEED)
WRITTEN = {
    "pins": "\npins:\n  - {participant: ",
    "min": "  min_participants: ",
    "cancel": "  may_be_cancelled: true\n",
    "together": "  together:\n    - [P",
    "apart": "  apart:\n    - [P",
    "at_most": "  at_most: {organisation: ",
    "spread": "  spread: organisation\n",
    "avoid_own": "  avoid_own: true\n",
    "keep_free": "  keep_free: 1\n",
    "step_free": "step_free: true}\n",
}
COLUMNS = {"step_free", "attends"}


def smallest(family: str) -> Spec:
    of_family = (spec for spec in MAP if spec.family == family)
    return min(of_family, key=lambda spec: spec.participants * sum(spec.shape))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_day_of_every_family_has_no_faults(family: str, tmp_path: Path) -> None:
    day = made(smallest(family), tmp_path)
    program, preferences = str(day.program), str(day.preferences)
    for words in (["validate", program], ["check", preferences, "-p", program]):
        done = CliRunner().invoke(app, words)
        assert done.exit_code == Exit.DONE, done.output


@pytest.mark.parametrize("family", FAMILIES)
def test_a_day_has_the_rules_of_its_family_and_no_others(family: str, tmp_path: Path) -> None:
    spec = smallest(family)
    day = made(spec, tmp_path)
    program = day.program.read_text(encoding="utf-8")
    head = day.preferences.read_text(encoding="utf-8").partition("\n")[0].split(",")
    # An audience is asked for, too, where sessions may be cancelled for want of one.
    written = {rule for rule, text in WRITTEN.items() if text in program} - (
        {"min"} if "cancel" in spec.rules and "min" not in spec.rules else set()
    )
    written |= {"auto"} if ", room: " not in program else set()
    assert written | (COLUMNS & {*head}) == spec.rules
    assert COLUMNS & {*head} == COLUMNS & spec.rules


def test_the_same_seed_makes_the_same_files_and_another_one_others(tmp_path: Path) -> None:
    assert all_specs(SEED) == MAP
    assert all_specs(SEED + 1) != MAP
    folders = [tmp_path / name for name in ("once", "again")]
    for folder in folders:
        folder.mkdir()
        for family in FAMILIES:
            made(smallest(family), folder)
    names = sorted(path.name for path in folders[0].iterdir())
    assert len(names) == 2 * len(FAMILIES)
    assert all((folders[0] / name).read_bytes() == (folders[1] / name).read_bytes() for name in names)
    spec = smallest("wishes:uniform")
    other = made(replace(spec, seed=spec.seed + 1), folders[1])
    assert other.preferences.read_bytes() != (folders[0] / other.preferences.name).read_bytes()


def test_a_sample_has_as_many_days_of_each_family_and_a_family_can_be_asked_for() -> None:
    asked = ["--seed", str(SEED)]
    assert chosen(parser().parse_args(asked)) == MAP
    assert (len(MAP), tuple(dict.fromkeys(spec.family for spec in MAP))) == (260, FAMILIES)
    sample = chosen(parser().parse_args([*asked, "--sample", "42"]))
    assert [spec.family for spec in sample] == [family for family in FAMILIES for _ in range(2)]
    large = chosen(parser().parse_args([*asked, "--above", "500"]))
    assert large == [spec for spec in MAP if spec.participants > 500]
    few = chosen(parser().parse_args([*asked, "--sample", "6", "--only", "rule:*"]))
    assert len({spec.family for spec in few}) == 6
    assert {spec.family for spec in few} <= {f"rule:{rule}" for rule in (*RULES, "all")}


def run(
    code: int | None, *reached: tuple[str, int, int], family: str = "rule:apart", cpu: float = 1.0
) -> Run:
    return Run(
        spec=replace(smallest(family), participants=40),
        way="midtvejs",
        code=code,
        stages=tuple(Reached(criterion=name, value=value, bound=bound) for name, value, bound in reached),
        cpu=cpu,
        over=cpu - 2,
    )


def test_what_is_proven_is_counted_by_family() -> None:
    runs = [
        run(0, ("worst", 2, 2), ("total", 10, 10), ("even", 20, 20), cpu=3.5),
        run(0, ("worst", 2, 2), ("total", 10, 10)),
        run(0, ("worst", 2, 2), ("total", 10, 10), ("even", 20, 15)),
        run(0, ("worst", 4, 1), ("total", 10, 10), ("even", 20, 20)),
        run(Exit.OUT_OF_TIME),
        run(Exit.NO_LAWFUL_ASSIGNMENT),
        run(None),
        run(0, ("worst", 0, 0), ("total", 1000, 999), family="wishes:pl"),
    ]
    of_apart, of_wishes, *kinds = (dict(zip(HEADER, row, strict=True)) for row in families(runs))
    assert of_apart == {
        "family": "rule:apart",
        "way": "midtvejs",
        "days": "7",
        "exits": "0:4 3:1 4:1 stopped:1",
        "worst+total": "3/6",
        "all stages": "1/6",
        "lowest bound": "25%",
        "CPU s": "1.0",
        "highest": "3.5",
        "over limit": "1.5",
    }
    assert (of_wishes["family"], of_wishes["all stages"], of_wishes["lowest bound"]) == (
        *("wishes:pl", "0/1", "99%"),
    )
    assert [kind["family"] for kind in kinds] == ["rules that bind, up to 500", "nothing binds, up to 500"]
    assert [line.partition(" (day ")[0] for line in widest(runs)] == [
        " 25%  midtvejs: worst 4, at least 1: rule:apart",
        " 75%  midtvejs: even 20, at least 15: rule:apart",
        " 99%  midtvejs: total 1000, at least 999: wishes:pl",
    ]


def test_the_rival_comes_to_the_same(tmp_path: Path) -> None:
    day = made(smallest("rule:apart"), tmp_path)
    program = read_program(day.program).accepted()
    people = read_preferences(day.preferences, program).accepted()
    case = case_of(program, people)
    found = [(each, bound, measure(case, choices)[each]) for each, bound, choices in stages(case, Stop())]
    ours = solve(program, people).stages
    assert found == [(stage.criterion, stage.bound, stage.value) for stage in ours]
    assert all(stage.proven for stage in ours)
