"""``midtvejs assign --certificate`` and ``midtvejs verify``, on the sample, from end to end."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from midtvejs.auditing import verify as verification
from midtvejs.cli.app import app
from midtvejs.domain.certificate import SCALE
from tests.commands.conftest import VERIFY

ROOT = Path(__file__).parents[2]

Content = dict[str, Any]


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


@pytest.mark.usefixtures("desk")
def test_the_sample_is_proven() -> None:
    done = run(*VERIFY)
    assert done.exit_code == 0
    assert done.stdout == (
        "inputs: the program and the wishes are those that were certified\n"
        "lawful: everybody has a seat in each round, and no room is over-full\n"
        "worst 2: 1 is impossible, proven by prices\n"
        "total 205: the minimum, proven by prices\n"
        "even 289: the minimum, proven by prices\n"
        "Proven: by these criteria, in this order, no lawful assignment is fairer.\n"
    )
    answer = run(*VERIFY, "--json")
    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["verdict"] == "proven"


def test_the_order_of_rows_changes_nothing(desk: Path) -> None:
    for name in ("prefs.csv", "assignment.csv"):
        head, *rows = (desk / name).read_text(encoding="utf-8").splitlines()
        (desk / name).write_text("\n".join([head, *reversed(rows), ""]), encoding="utf-8")
    assert run(*VERIFY).exit_code == 0


@pytest.mark.usefixtures("desk")
def test_the_same_inputs_give_the_same_certificate_whatever_the_seed() -> None:
    again = ["assign", "prefs.csv", "--certificate", "again.json"]
    assert run(*again).exit_code == 0
    assert Path("again.json").read_bytes() == Path("proof.json").read_bytes()
    assert run(*again, "--force", "--seed", "5", "--save", "other.csv").exit_code == 0
    assert json.loads(Path("again.json").read_text("utf-8"))["inputs"] == inputs(Path("proof.json"))
    assert run("verify", "other.csv", *VERIFY[2:]).exit_code == 0


def inputs(file: Path) -> str:
    return str(json.loads(file.read_text(encoding="utf-8"))["inputs"])


# Something was changed


def raised(certificate: Content) -> None:
    certificate["stages"][1]["proof"]["prices"]["1B"] += SCALE


def lowered(certificate: Content) -> None:
    certificate["stages"][2]["proof"]["prices"]["S3"] = 0


def higher_bound(certificate: Content) -> None:
    certificate["stages"][1].update(bound=206, proven=False)


def other_value(certificate: Content) -> None:
    certificate["stages"][1].update(value=204, bound=204)


def tightened(certificate: Content) -> None:
    certificate["stages"][2]["proof"]["kept"]["total"] = 204


def loosened(certificate: Content) -> None:
    certificate["stages"][2]["proof"]["kept"]["total"] = 206


def lower_limit(certificate: Content) -> None:
    certificate["stages"][0]["proof"]["worst"] = 0


def dropped(certificate: Content) -> None:
    certificate["stages"].pop()


def turned(certificate: Content) -> None:
    certificate["stages"].reverse()


def other_inputs(certificate: Content) -> None:
    certificate["inputs"] = "0" * 64


@pytest.mark.parametrize(
    ("tamper", "verdict"),
    [
        (raised, "Does not hold: total."),
        (lowered, "Does not hold: even."),
        (higher_bound, "Does not hold: total."),
        (other_value, "Does not hold: total."),
        (tightened, "Does not hold: even."),
        (loosened, "Does not hold: even."),
        (lower_limit, "Does not hold: worst."),
        (dropped, "Does not hold: order."),
        (turned, "Does not hold: order, even and total."),
        (other_inputs, "Does not hold: inputs."),
    ],
)
def test_another_certificate(tamper: Callable[[Content], None], verdict: str, desk: Path) -> None:
    certificate = json.loads((desk / "proof.json").read_text(encoding="utf-8"))
    tamper(certificate)
    (desk / "proof.json").write_text(json.dumps(certificate), encoding="utf-8")
    done = run(*VERIFY)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == verdict


def test_a_certificate_that_leans_on_the_solver_alone_proves_nothing(desk: Path) -> None:
    """Forged: whatever it says, it names the solver as evidence, and nothing that could be recomputed."""
    forge(desk, {})
    done = run(*VERIFY)
    assert done.exit_code == 1
    assert done.stdout.endswith("by the solver only, not independently checked.\n")
    assert done.stderr.endswith(f"Ask the solver anew: midtvejs {' '.join(VERIFY)} --solve\n")


def test_the_solver_that_is_asked_anew_says_what_is_so(desk: Path) -> None:
    forge(desk, {})
    done = run(*VERIFY, "--solve")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[2:] == [
        "worst 2: 1 is impossible, by the solver, which was asked anew (by prices at least 0; gap 2)",
        "total 205: the minimum, by the solver, which was asked anew (by prices at least 0; gap 205)",
        "even 289: the minimum, by the solver, which was asked anew (by prices at least 0; gap 289)",
        "Lawful; worst, total and even by the solver, which was asked anew.",
    ]
    assert json.loads(run(*VERIFY, "--solve", "--json").stdout)["verdict"] == "solved"


def test_the_solver_that_is_asked_anew_tells_a_forgery(desk: Path) -> None:
    """Two people changed places, and the certificate says that this is the minimum."""
    rows = rows_of(desk)
    first, second = (
        next(row for row in rows if row[0] == name) for name in ("Viggo Sørensen", "Winnie Carlsen")
    )
    first[4], second[4] = second[4], first[4]
    save(desk, rows)
    told = run(*VERIFY).stdout
    reached = {name: int(value) for name, value in re.findall(r"^(\w+) (\d+):", told, re.MULTILINE)}
    assert reached["total"] > 205
    forge(desk, reached)
    assert run(*VERIFY).stdout.endswith("by the solver only, not independently checked.\n")
    done = run(*VERIFY, "--solve")
    assert done.exit_code == 1
    assert "total" in done.stdout.splitlines()[-1]
    assert "does not hold: the solver, asked anew, reaches" in done.stdout


def forge(desk: Path, reached: dict[str, int]) -> None:
    """Have a certificate say that the solver proved each stage, or what was reached of it."""
    proof = desk / "proof.json"
    certificate: Content = json.loads(proof.read_text(encoding="utf-8"))
    for stage in certificate["stages"]:
        value = reached.get(stage["criterion"], stage["value"])
        stage.update(evidence="solver", proof=None, value=value, bound=value, proven=True)
    proof.write_text(json.dumps(certificate), encoding="utf-8")


def test_a_price_that_proves_as_much(desk: Path) -> None:
    certificate = json.loads((desk / "proof.json").read_text(encoding="utf-8"))
    certificate["stages"][1]["proof"]["prices"]["1B"] += 1
    (desk / "proof.json").write_text(json.dumps(certificate), encoding="utf-8")
    assert run(*VERIFY).exit_code == 0


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [("program.yaml", "{seats: 72}", "{seats: 73}"), ("prefs.csv", "3A > 3D > 3C", "3A > 3C > 3D")],
)
def test_other_seats_and_other_wishes(file: str, old: str, new: str, desk: Path) -> None:
    change(desk / file, old, new)
    done = run(*VERIFY)
    assert done.exit_code == 1
    assert done.stdout.startswith("inputs: the program or the wishes are not those that were certified\n")
    assert "Does not hold: inputs" in done.stdout.splitlines()[-1]


def rows_of(desk: Path) -> list[list[str]]:
    return [line.split(",") for line in (desk / "assignment.csv").read_text(encoding="utf-8").splitlines()]


def save(desk: Path, rows: list[list[str]]) -> None:
    text = "".join(f"{','.join(row)}\n" for row in rows)
    (desk / "assignment.csv").write_text(text, encoding="utf-8")


def test_two_who_changed_places(desk: Path) -> None:
    """Rooms and seats are as they were: it is the sum of regrets that tells."""
    rows = rows_of(desk)
    names = ("Viggo Sørensen", "Winnie Carlsen")
    first, second = (next(row for row in rows if row[0] == name) for name in names)
    assert first[4] != second[4]
    first[4], second[4] = second[4], first[4]
    save(desk, rows)
    done = run(*VERIFY)
    assert done.exit_code == 1
    assert re.search(r"^total \d+: does not hold: it is \d+, not 205", done.stdout, re.MULTILINE)


def test_somebody_who_is_missing_is_told_with_the_line(desk: Path) -> None:
    rows = rows_of(desk)
    save(desk, [*rows[:5], *rows[6:]])
    done = run(*VERIFY)
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"MV204 {rows[5][0]} is not seated at all" in done.stderr


@pytest.mark.usefixtures("desk")
def test_a_certificate_is_not_written_over() -> None:
    before = Path("proof.json").read_bytes()
    done = run("assign", "prefs.csv", "--certificate", "proof.json", "--save", "new.csv")
    assert done.exit_code == 1
    assert "proof.json" in done.stderr
    assert "--force" in done.stderr
    assert not Path("new.csv").exists()
    assert Path("proof.json").read_bytes() == before


@pytest.mark.usefixtures("desk")
def test_one_file_for_both_is_wrong_usage() -> None:
    done = run("assign", "prefs.csv", "--certificate", "x", "--save", "./x")
    assert done.exit_code == 2
    assert not Path("x").exists()


@pytest.mark.usefixtures("desk")
def test_a_search_cut_short_is_certified_as_far_as_it_came() -> None:
    arguments = ["--certificate", "cut.json", "--save", "cut.csv", "--time-limit", "0"]
    assert run("assign", "prefs.csv", *arguments).exit_code == 0
    done = run("verify", "cut.csv", "--prefs", "prefs.csv", "--certificate", "cut.json")
    assert done.exit_code == 1
    gap = r"\w+ at least \d+; gap \d+"
    assert re.fullmatch(rf"Lawful, but not proven: {gap}(; {gap})*\.", done.stdout.splitlines()[-1])


@pytest.mark.usefixtures("desk")
def test_prices_that_prove_too_much_are_a_bug_and_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "bound_of", lambda *_: 10**6)
    done = run("assign", "prefs.csv", "--certificate", "new.json", "--save", "new.csv")
    assert (done.exit_code, done.stdout) == (70, "")
    assert "its prices prove 1000000, not 205" in done.stderr
    assert not Path("new.json").exists()
    assert not Path("new.csv").exists()


def test_a_faulty_certificate_is_told_with_its_place(desk: Path) -> None:
    change(desk / "proof.json", '"value": 205', '"value": "205"')
    done = run(*VERIFY)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "proof.json:31:16: MV312 stages[1].value" in done.stderr


# Under rules

RULED = """\
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "12:00"}
rooms: {Panorama: {seats: 3, step_free: true}, Fjorden: {seats: 2}, Salen: {seats: 9, step_free: true}}
rules:
  fairness: [spread, worst, total, even]
  avoid_own: true
  together: [{participants: [Åse, Cai], reason: følges}]
pins: [{participant: Dea, not_in: 1A}]
rounds:
  - id: R1
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions: [{code: 1A, title: Et, by: [Vejle]}, {code: 1B, title: To}]
  - id: R2
    name: Runde 2
    start: "11:00"
    end: "11:30"
    sessions: [{code: 2A, title: Et, room: Fjorden}, {code: 2B, title: To, room: Salen, min_participants: 2}]
"""
ROWS = (
    "name,organisation,attends,step_free,R1,R2",
    "Åse,Vejle,,,1A,2A",
    "Bo,Vejle,,yes,1A,2A",
    "Cai,Kolding,,,1B,2A",
    "Dea,Ærø,R1,,1A,",
    "Eva,Ærø,,,1B,2B > 2A",
)


@pytest.fixture
def ruled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a day of rules, assigned and certified."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "program.yaml").write_text(RULED, encoding="utf-8")
    (tmp_path / "prefs.csv").write_text("\n".join([*ROWS, ""]), encoding="utf-8")
    done = run("assign", "prefs.csv", "--save", "assignment.csv", "--plain", "--certificate", "proof.json")
    assert (done.exit_code, done.stderr.count("Certified")) == (0, 1), done.stderr
    return tmp_path


@pytest.mark.usefixtures("ruled")
def test_a_day_of_rules_is_verified_with_its_rooms_still_open() -> None:
    done = run(*VERIFY)
    first, second, *stages, verdict = done.stdout.splitlines()
    assert first == "inputs: the program and the wishes are those that were certified"
    assert second == "lawful: everybody has a seat in each round that they attend, and every rule is kept"
    assert [line.split()[0] for line in stages] == ["spread", "worst", "total", "even", "avoid_own"]
    assert stages[0] == "spread 0: the minimum, proven by counting"
    # That pairs are kept at none has a price, too: `even` would be lower without.
    assert all("proven by prices" in line for line in stages[1:])
    assert (verdict.partition(":")[0], done.exit_code) == ("Proven", 0)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (
            "program.yaml",
            "{code: 1A, title: Et, by: [Vejle]}",
            "{code: 1A, title: Et, by: [Vejle], room: {}}",
        ),
        ("program.yaml", "pins: [{participant: Dea, not_in: 1A}]\n", ""),
        ("program.yaml", "min_participants: 2", "min_participants: 1"),
        ("program.yaml", "by: [Vejle]", "by: [Kolding]"),
        ("program.yaml", "  together: [{participants: [Åse, Cai], reason: følges}]\n", ""),
        ("prefs.csv", "Bo,Vejle,,yes", "Bo,Vejle,,"),
        ("prefs.csv", "Eva,Ærø", "Eva,Vejle"),
    ],
    ids=["room filled in", "ban", "least audience", "behind it", "together", "steps", "organisation"],
)
def test_other_rules_are_another_program(file: str, old: str, new: str, ruled: Path) -> None:
    sessions = {
        each["code"]: each for each in json.loads(run("assign", "prefs.csv", "--json").stdout)["sessions"]
    }
    change(ruled / file, old, new.replace("{}", sessions["1A"]["room"]) if "room: {}" in new else new)
    done = run(*VERIFY)
    assert done.exit_code == 1
    assert done.stdout.startswith("inputs: the program or the wishes are not those that were certified\n")
    assert "Does not hold: inputs" in done.stdout.splitlines()[-1]


def test_reasons_are_nobodys_proof(ruled: Path) -> None:
    before = run(*VERIFY).stdout
    change(ruled / "program.yaml", "reason: følges", "reason: kører sammen")
    assert run(*VERIFY).stdout == before


def test_an_assignment_against_a_ban_is_told_with_its_place(ruled: Path) -> None:
    rows = rows_of(ruled)
    (dea,) = (row for row in rows if row[0] == "Dea")
    assert dea[rows[0].index("R1")] == "1B"
    dea[rows[0].index("R1")] = "1A"
    save(ruled, rows)
    done = run(*VERIFY)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Dea is in 1A" in done.stderr


def test_a_certificate_of_spread_says_that_it_was_counted(ruled: Path) -> None:
    stages = json.loads((ruled / "proof.json").read_text(encoding="utf-8"))["stages"]
    assert (stages[0]["evidence"], stages[0]["proof"]) == ("counting", None)
    assert json.loads(run(*VERIFY, "--json").stdout)["stages"][0]["bound_by_counting"] == 0
