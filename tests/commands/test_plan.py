"""``midtvejs plan``: a program that leaves things open becomes one that people can be seated in."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import midtvejs.commands.plan as command
from midtvejs.domain.assignment import OutOfTime
from midtvejs.solving.placing.search import Judge, Seen
from midtvejs.solving.stop import Stop
from tests.commands.test_keep import edit, run

PROGRAM = """\
# Emnedagen
event: {name: Emnedag, date: 2027-03-10, start: "08:00", end: "15:00", id: emnedag}
rooms: {Aula: 26, Salen: 20, Loftet: 18}
rounds:
  - {id: R1, name: Runde 1, start: "09:00", end: "09:45"}
  - {id: R2, name: Runde 2, start: "10:00", end: "10:45"}
  - {id: R3, name: Runde 3, start: "11:00", end: "11:45"}
sessions:
  - {code: A, title: Sygeplejerske, presenters: [{name: Bo Lund}], track: sundhed}   # to timer væk
  - {code: B, title: Tømrer}
  - {code: C, title: Jurist, not_in: [R1]}
  - {code: D, title: Politi}
  - {code: E, title: Pædagog, presenters: [{name: Bo Lund}]}
  - {code: F, title: Kok}
  - {code: G, title: Maskinmester}
  - {code: H, title: Dyrlæge, track: sundhed}
"""
WISHES = ("A > B > C", "B > A > D", "A > C > E", "C > D > A", "B > F > A", "A > G > B", "D > B > H", "E > A")
FIGURES = re.compile("^(worst|total|even) ([0-9]+)", re.MULTILINE)


@pytest.fixture
def open_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A day of 40 people and eight sessions that are all to be placed."""
    (tmp_path / "program.yaml").write_text(PROGRAM, encoding="utf-8")
    rows = [f"Elev {number},e{number}@x.dk,{WISHES[number % 8]}" for number in range(40)]
    (tmp_path / "prefs.csv").write_text("\n".join(["name,email,wishes", *rows, ""]), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def planned(open_day: Path) -> Path:
    done = run("plan", "prefs.csv", "--save-program", "planned.yaml")
    assert done.exit_code == 0, done.stderr
    return open_day / "planned.yaml"


def test_a_program_with_its_sessions_in_rounds_is_saved_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "--quiet").exit_code == 0
    done = run("plan", "--save-program", "planned.yaml")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("Nothing is to be placed: the program stays as it is.\n")
    assert "Saved program.yaml with nothing to place: planned.yaml\n" in done.stderr
    assert Path("planned.yaml").read_bytes() == Path("program.yaml").read_bytes()


@pytest.mark.parametrize("wishes", [(), ("prefs.csv",)])
def test_a_search_that_finds_nothing_in_time_speaks_of_a_program(
    open_day: Path, wishes: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise OutOfTime

    monkeypatch.setattr(command, "_search", never)
    done = run("plan", *wishes, "--save-program", "planned.yaml")
    assert done.exit_code == 4
    assert done.stderr.endswith("The time was up before any lawful program was found; nothing is written.\n")
    assert not (open_day / "planned.yaml").exists()


def rounds_in(file: Path) -> dict[str, str]:
    """The rounds of each session, as they are written."""
    return dict(re.findall(r"code: (\w),.*?rounds: \[(.*?)\]", file.read_text(encoding="utf-8")))


def figures(text: str) -> dict[str, int]:
    return {name: int(value) for name, value in FIGURES.findall(text)}


def test_the_program_is_shown_and_nothing_is_written(open_day: Path) -> None:
    before = sorted(open_day.iterdir())
    done = run("plan", "prefs.csv")
    assert done.exit_code == 0
    assert done.stdout.startswith("8 sessions placed\n\nR1 Runde 1, 09:00–09:45\n  ")
    assert set(figures(done.stdout)) == {"worst", "total", "even"}
    assert sorted(open_day.iterdir()) == before
    assert done.stderr.endswith(
        "Nothing is written. To save it: midtvejs plan prefs.csv --save-program planned.yaml\n"
    )


@pytest.mark.usefixtures("planned")
def test_the_command_that_saves_it_is_the_same_again() -> None:
    words = ("--by", "total", "--keep", "R1", "--keep", "R2", "--seed", "7", "--late", "refuse")
    said = run("plan", "prefs.csv", "--program", "planned.yaml", *words).stderr
    again = f"midtvejs plan prefs.csv --program planned.yaml --save-program planned-2.yaml {' '.join(words)}"
    assert said.endswith(f"Nothing is written. To save it: {again}\n")


def test_assign_prints_the_figures_that_plan_printed(open_day: Path) -> None:
    done = run("plan", "prefs.csv", "--save-program", "planned.yaml")
    assert done.stderr.endswith(
        "Saved program.yaml with 8 sessions placed: planned.yaml\n"
        "Next: midtvejs assign prefs.csv --program planned.yaml\n"
    )
    said = run("assign", "prefs.csv", "--program", "planned.yaml").stdout
    assert figures(said) == figures(done.stdout)
    assert (open_day / "program.yaml").read_text(encoding="utf-8") == PROGRAM


def test_what_is_planned_keeps_comments_and_what_the_program_lays_down(planned: Path) -> None:
    text = planned.read_text(encoding="utf-8")
    held = rounds_in(planned)
    assert text.startswith("# Emnedagen\n")
    assert "   # to timer væk\n" in text
    assert set(held) == set("ABCDEFGH")
    assert held["C"] != "R1"
    assert held["A"] != held["E"]
    said = run("validate", "planned.yaml")
    assert said.exit_code == 0
    assert said.stdout.endswith("one list for R1, R2, R3: column wishes\n")


@pytest.mark.parametrize("wishes", [["prefs.csv"], []])
@pytest.mark.usefixtures("open_day")
def test_sessions_of_a_track_do_not_run_against_each_other_where_that_can_be(wishes: list[str]) -> None:
    done = run("plan", *wishes, "--save-program", "planned.yaml")
    held = rounds_in(Path("planned.yaml"))
    assert held["A"] != held["H"]
    assert ("Sessions of one track do not run at the same time (sundhed)" in done.stdout) == bool(wishes)
    assert "tracks in one round" not in done.stdout


@pytest.mark.parametrize("wishes", [["prefs.csv"], []])
def test_where_sessions_of_a_track_run_at_the_same_time_is_told_if_that_cannot_be_helped(
    open_day: Path, wishes: list[str]
) -> None:
    program = open_day / "program.yaml"
    # Four sessions of a track in three rounds; A and E are Bo's.
    text = PROGRAM
    for code in "BCD":
        text = re.sub(f"(code: {code}, title: \\w+)", r"\1, track: sundhed", text)
    program.write_text(text, encoding="utf-8")
    done = run("plan", *wishes, "--save-program", "planned.yaml")
    assert "Sessions of one track do not run" not in done.stdout
    said = re.findall(
        r"^tracks in one round: sundhed: (\w) and (\w) run in (R\d)$", done.stdout, re.MULTILINE
    )
    held = rounds_in(Path("planned.yaml"))
    assert said
    assert all(held[one] == held[other] == round_ for one, other, round_ in said)


def test_planning_what_is_planned_moves_nothing(planned: Path) -> None:
    done = run("plan", "prefs.csv", "--program", "planned.yaml", "--save-program", "again.yaml")
    assert done.stdout.startswith("Nothing is to be placed: the program stays as it is.\n")
    assert figures(done.stdout) == figures(run("plan", "prefs.csv").stdout)
    assert planned.with_name("again.yaml").read_bytes() == planned.read_bytes()


def test_the_order_of_rows_and_another_run_change_nothing(planned: Path) -> None:
    head, *rows = Path("prefs.csv").read_text(encoding="utf-8").splitlines()
    Path("turned.csv").write_text("\n".join([head, *reversed(rows), ""]), encoding="utf-8")
    assert run("plan", "turned.csv", "--save-program", "again.yaml").exit_code == 0
    assert planned.with_name("again.yaml").read_bytes() == planned.read_bytes()


@pytest.mark.parametrize("by", ["even", "worst", "total"])
def test_what_comes_first_is_least(open_day: Path, by: str) -> None:
    del open_day
    least = {
        name: figures(run("plan", "prefs.csv", "--by", name).stdout)[by] for name in (by, "even", "total")
    }
    assert least[by] == min(least.values())
    assert json.loads(run("plan", "prefs.csv", "--by", by, "--json").stdout)["order"][0] == by


@pytest.mark.usefixtures("open_day")
def test_a_program_is_placed_before_anybody_has_wished() -> None:
    done = run("plan", "--save-program", "planned.yaml")
    assert done.exit_code == 0, done.stderr
    assert "what people wish for would tell more (midtvejs plan PREFS)" in done.stdout
    assert figures(done.stdout) == {}
    assert done.stderr.endswith("Next: midtvejs form . --program planned.yaml\n")
    assert run("validate", "planned.yaml").exit_code == 0


def test_a_round_that_is_kept_stays_as_it_is(planned: Path) -> None:
    before = rounds_in(planned)
    edit(Path("prefs.csv"), "^Elev 1,.*$", "Elev 1,e1@x.dk,H > G > F")
    words = ("--program", "planned.yaml", "--keep", "R1", "--save-program", "again.yaml")
    done = run("plan", "prefs.csv", *words)
    assert done.exit_code == 0, done.stderr
    assert "; kept as they are: R1\n" in done.stdout
    after = rounds_in(planned.with_name("again.yaml"))
    assert {code for code, rounds in after.items() if rounds == "R1"} == {
        code for code, rounds in before.items() if rounds == "R1"
    }
    assert after["C"] != "R1"
    assert run("validate", "again.yaml").exit_code == 0
    files = (planned, planned.with_name("again.yaml"))
    # But for rounds and rooms, all of it is as it was.
    one, other = (re.sub("R[123]|room: [^,]*,", "", file.read_text(encoding="utf-8")) for file in files)
    assert one == other


def test_what_is_pinned_in_a_round_stays_there(planned: Path) -> None:
    round_id = rounds_in(planned)["B"]
    with planned.open("a", encoding="utf-8") as file:
        file.write(f"pins: [{{participant: e1@x.dk, in: B, round: {round_id}}}]\n")
    words = ("--program", "planned.yaml", "--keep", "R1" if round_id != "R1" else "R2")
    placed = json.loads(run("plan", "prefs.csv", *words, "--json").stdout)["placed"]
    assert "B" not in placed
    assert placed


def test_what_is_moved_is_told_and_what_is_kept_is_as_it_was(planned: Path) -> None:
    before = where(planned)
    one, other = [code for code, at in before.items() if at.startswith("R2 ")][:2]
    Path("both.csv").write_text(f"name,email,wishes\nElev,e@x.dk,{one} > {other}\n", encoding="utf-8")
    words = ("--program", "planned.yaml", "--keep", "R1", "--save-program", "again.yaml")
    done = run("plan", "both.csv", *words)
    after = where(planned.with_name("again.yaml"))
    said = re.findall(r"^moved: (\w): (.*); it was (.*)$", done.stdout, re.MULTILINE)
    assert {code: (before[code], after[code]) for code in before if before[code] != after[code]} == {
        code: (was, now) for code, now, was in said
    }
    kept = {code: at for code, at in before.items() if at.startswith("R1 ")}
    assert said
    assert kept == {code: at for code, at in after.items() if at.startswith("R1 ")}
    assert kept


def where(file: Path) -> dict[str, str]:
    """Where each session is held, as it is written."""
    found = re.findall(r"code: (\w),.*room: (\w+),.*rounds: \[(.*?)\]", file.read_text(encoding="utf-8"))
    return {code: f"{rounds} in {room}" for code, room, rounds in found}


def test_a_session_that_is_kept_stays_in_its_round_and_room(planned: Path) -> None:
    before = where(planned)
    words = ("--program", "planned.yaml", "--keep", "A", "--keep", "C")
    done = run("plan", "prefs.csv", *words, "--save-program", "again.yaml")
    assert "6 sessions placed; kept as they are: A, C\n" in done.stdout
    after = where(planned.with_name("again.yaml"))
    assert (after["A"], after["C"]) == (before["A"], before["C"])


@pytest.mark.usefixtures("open_day")
@pytest.mark.parametrize(
    ("word", "place", "said"),
    [
        ("R1", "5:10", "nothing is placed in R1 yet: there is nothing to keep"),
        ("B", "10:6", "session B is still to be placed: there is nothing to keep"),
    ],
)
def test_what_is_not_placed_yet_cannot_be_kept(word: str, place: str, said: str) -> None:
    done = run("plan", "prefs.csv", "--keep", word)
    assert done.exit_code == 1
    assert f"program.yaml:{place}: MV242 {said}\n" in done.stderr
    assert "Found 1 error.\n" in done.stderr


@pytest.mark.usefixtures("open_day")
def test_there_is_no_such_round_to_keep() -> None:
    done = run("plan", "prefs.csv", "--keep", "R9")
    assert (done.exit_code, done.stderr) == (2, 'error: there is no round "R9": the program has R1, R2, R3\n')


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--save-program", "program.yaml"), "is an input, and is not overwritten"),
        (("--save-program", "prefs.csv"), "is an input, and is not overwritten"),
        (("--program", "-", "--participants", "-"), "standard input, which can be read once"),
        (("--by", "first"), "--by"),
    ],
)
@pytest.mark.usefixtures("open_day")
def test_wrong_usage(words: tuple[str, ...], said: str) -> None:
    done = run("plan", "prefs.csv", *words)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())


def test_nothing_is_written_over_unasked(planned: Path) -> None:
    before = planned.read_bytes()
    done = run("plan", "prefs.csv", "--by", "total", "--save-program", "planned.yaml")
    assert (done.exit_code, planned.read_bytes()) == (1, before)
    assert run("plan", "prefs.csv", "--save-program", "planned.yaml", "--force").exit_code == 0


@pytest.mark.usefixtures("open_day")
def test_why_nothing_can_be_placed_in_numbers_with_what_would_help() -> None:
    people = "".join(f"Nr {number},n{number}@x.dk,A > B\n" for number in range(70))
    Path("many.csv").write_text(f"name,email,wishes\n{people}", encoding="utf-8")
    done = run("plan", "many.csv", "--save-program", "planned.yaml")
    assert done.exit_code == 3
    assert "64 seats" in done.stderr
    assert "  help: " in done.stderr
    assert done.stderr.endswith("Nothing is placed, nothing is written.\n")
    assert not Path("planned.yaml").exists()


@pytest.mark.usefixtures("open_day")
def test_json_is_one_object() -> None:
    thing = json.loads(run("plan", "prefs.csv", "--json").stdout)
    assert set(thing["placed"]) == set("ABCDEFGH")
    assert len(thing["sittings"]) == 8
    assert thing["figures"] == figures(run("plan", "prefs.csv").stdout)


@pytest.mark.usefixtures("open_day")
def test_no_time_is_too_little_for_anything() -> None:
    done = run("plan", "prefs.csv", "--time-limit", "0")
    assert done.exit_code == 4
    assert done.stdout == ""


@pytest.mark.usefixtures("open_day")
@pytest.mark.parametrize("wishes", [["prefs.csv"], []])
@pytest.mark.parametrize("interrupted", [True, False])
def test_what_ends_a_search_leaves_the_best_so_far_whole(
    monkeypatch: pytest.MonkeyPatch, wishes: list[str], *, interrupted: bool
) -> None:
    def end_at_once(self: Stop) -> bool:
        if "found" in looked:
            self.interrupted = self.interrupted or interrupted
        return "found" in looked

    looked: set[str] = set()
    first = Judge.look

    def look(self: Judge, sets: tuple[int, ...]) -> Seen:
        looked.add("found")
        return first(self, sets)

    monkeypatch.setattr(Stop, "asked", property(end_at_once))
    monkeypatch.setattr(Judge, "look", look)
    done = run("plan", *wishes, "--save-program", "planned.yaml")
    assert done.exit_code == (130 if interrupted else 0)
    why = "Interrupted" if interrupted else "The time was up"
    assert f"{why}: this is the best program found so far.\n" in done.stderr
    assert "Proven" not in done.stdout
    looked.clear()
    assert run("validate", "planned.yaml").exit_code == 0
    assert run("assign", "prefs.csv", "--program", "planned.yaml").exit_code == 0
