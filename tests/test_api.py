"""What a script can do with ``import midtvejs``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import midtvejs
from midtvejs.auditing.verify import certificate_of
from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.diagnostic import Faulty
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.planning import NoLawfulPlacement
from midtvejs.output.tables.assignment_json import certificate_json
from midtvejs.output.tables.people import assignment_csv
from tests.manual import ROOT, blocks

PROGRAM = """\
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "12:00"}
rooms:
  Panorama: {seats: 1}
  Fjorden: {seats: 2}
rounds:
  - id: R1
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions:
      - {code: 1A, title: Et, room: Panorama}
      - {code: 1B, title: To, room: Fjorden}
"""
PREFERENCES = "name,email,organisation,R1\nÅse,,Vejle,1A > 1B\nBo,,Vejle,1A > 1B\nCai,,Vejle,1B\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "program.yaml").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "prefs.csv").write_text(PREFERENCES, encoding="utf-8")
    return tmp_path


def test_from_files_to_papers_and_back(desk: Path) -> None:
    program = midtvejs.read_program(desk / "program.yaml")
    preferences = midtvejs.read_preferences(str(desk / "prefs.csv"), program)
    result = midtvejs.assign(program, preferences.participants)
    assert [(stage.criterion, stage.value) for stage in result.stages] == [
        ("worst", 1),
        ("total", 1),
        ("even", 1),
    ]
    assert midtvejs.audit(result.assignment).lawful
    written = midtvejs.export(result.assignment, desk / "day", formats=["html", "ics"])
    assert desk / "day" / "index.html" in written
    assert all(path.is_file() for path in written)
    (desk / "assignment.csv").write_text(assignment_csv(result.assignment), encoding="utf-8")
    saved = midtvejs.read_assignment(desk / "assignment.csv", program, preferences)
    assert saved.days == result.assignment.days
    proof = certificate_json(certificate_of(result.assignment, result.stages, result.proofs))
    (desk / "proof.json").write_text(proof, encoding="utf-8")
    assert midtvejs.verify(saved, midtvejs.read_certificate(desk / "proof.json")).proven


OPEN = """\
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "12:00"}   # i år igen
rooms: {Panorama: 2, Fjorden: 2}
rounds:
  - {id: R1, name: Runde 1, start: "10:00", end: "10:30"}
  - {id: R2, name: Runde 2, start: "11:00", end: "11:30"}
sessions: [{code: A, title: Et}, {code: B, title: To}, {code: C, title: Tre}, {code: D, title: Fire}]
"""


def test_open_sessions_are_planned_and_saved_and_people_seated(desk: Path) -> None:
    (desk / "open.yaml").write_text(OPEN, encoding="utf-8")
    (desk / "open.csv").write_text("name,email,wishes\nÅse,,A > B\nBo,,B > A\nCai,,C > D\n", encoding="utf-8")
    program = midtvejs.read_program(desk / "open.yaml")
    people = midtvejs.read_preferences(desk / "open.csv", program).participants
    planned = midtvejs.plan(program, people, by="worst")
    assert (planned.figures[Criterion.WORST], planned.counted) == (0, True)
    midtvejs.save_planned(planned, desk / "open.yaml", desk / "planned.yaml")
    saved = midtvejs.read_program(desk / "planned.yaml")
    assert saved.rounds == planned.program.rounds
    assert midtvejs.assign(saved, people).assignment.days == planned.assignment.days
    assert "   # i år igen\n" in (desk / "planned.yaml").read_text(encoding="utf-8")
    with pytest.raises(FileExistsError):
        midtvejs.save_planned(planned, desk / "open.yaml", desk / "planned.yaml")


def test_open_sessions_are_planned_before_anybody_has_wished(desk: Path) -> None:
    (desk / "open.yaml").write_text(OPEN, encoding="utf-8")
    planned = midtvejs.plan_by_law(midtvejs.read_program(desk / "open.yaml"))
    assert [len(round_.sessions) for round_ in planned.program.rounds] == [2, 2]
    many = OPEN.replace('"12:00"', '"12:00", expected_participants: 5')
    (desk / "many.yaml").write_text(many, encoding="utf-8")
    with pytest.raises(NoLawfulPlacement, match="4 seats in R1 for at least 5 participants"):
        midtvejs.plan_by_law(midtvejs.read_program(desk / "many.yaml"))


def test_errors_have_one_root(desk: Path) -> None:
    program = midtvejs.read_program(desk / "program.yaml")
    people = midtvejs.read_preferences(desk / "prefs.csv", program).participants
    (desk / "small.yaml").write_text(PROGRAM.replace("seats: 2", "seats: 1"), encoding="utf-8")
    with pytest.raises(NoLawfulAssignment):
        midtvejs.assign(midtvejs.read_program(desk / "small.yaml"), people)
    (desk / "faulty.yaml").write_text(PROGRAM.replace("room: Fjorden", "room: Fjordn"), encoding="utf-8")
    with pytest.raises(midtvejs.MidtvejsError) as caught:
        midtvejs.read_program(desk / "faulty.yaml")
    assert isinstance(caught.value, Faulty)
    assert [diagnostic.code for diagnostic in caught.value.diagnostics] == ["MV023"]


def test_warnings_are_told(desk: Path) -> None:
    crowded = PROGRAM.replace("event: {", "event: {expected_participants: 500, ", 1)
    (desk / "program.yaml").write_text(crowded, encoding="utf-8")
    with pytest.warns(midtvejs.MidtvejsWarning, match="MV040"):
        midtvejs.read_program(desk / "program.yaml")
    told: list[str] = []
    midtvejs.read_program(
        desk / "program.yaml", tell=lambda warnings: told.extend(warning.code for warning in warnings)
    )
    assert told == ["MV040"]


def test_formats_that_there_are_none_of(desk: Path) -> None:
    program = midtvejs.read_program(desk / "program.yaml")
    people = midtvejs.read_preferences(desk / "prefs.csv", program).participants
    with pytest.raises(ValueError, match="no such format: docx"):
        midtvejs.export(midtvejs.assign(program, people).assignment, desk / "day", formats=["docx"])
    assert not (desk / "day").exists()


def test_importing_it_imports_nothing_else() -> None:
    script = (
        "import sys, midtvejs; print(sorted(name for name in sys.modules if name.startswith('midtvejs')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "['midtvejs', 'midtvejs._version']\n"


(CLIENT,) = blocks(kind="python")


def test_the_script_of_the_guide_does_what_it_says(tmp_path: Path) -> None:
    shutil.copy(ROOT / "program.yaml", tmp_path)
    shutil.copytree(ROOT / "preferences", tmp_path / "preferences")
    done = subprocess.run(
        [sys.executable, "-c", CLIENT.text],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "worst 2 proven\ntotal 205 proven\neven 289 proven\n"
    assert (tmp_path / "dagen" / "index.html").is_file()


@pytest.mark.tool
def test_a_client_is_typed(tmp_path: Path) -> None:
    (tmp_path / "client.py").write_text(CLIENT.text, encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "client.py"],
        cwd=tmp_path,
        env={"MYPYPATH": str(ROOT), "PATH": str(shutil.which("python3"))},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_what_exists_is_refused_before_anything_is_made(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = midtvejs.read_program(desk / "program.yaml")
    people = midtvejs.read_preferences(desk / "prefs.csv", program).participants
    seated = midtvejs.assign(program, people).assignment
    (desk / "day").mkdir()
    (desk / "day" / "index.html").write_text("mine", encoding="utf-8")
    monkeypatch.setattr("midtvejs.output.files.write_all", None)
    with pytest.raises(FileExistsError):
        midtvejs.export(seated, desk / "day", formats=["html"])
    assert (desk / "day" / "index.html").read_text(encoding="utf-8") == "mine"


def test_an_earlier_assignment_is_kept(desk: Path) -> None:
    program = midtvejs.read_program(desk / "program.yaml")
    people = midtvejs.read_preferences(desk / "prefs.csv", program).participants
    (desk / "before.csv").write_text("name,email,organisation,R1\nBo,,,1A\nDea,,,1B\n", encoding="utf-8")
    earlier = midtvejs.read_earlier(desk / "before.csv", program, people)
    assert earlier.days == {"bo": ("1A",), "dea": ("1B",)}
    result = midtvejs.assign(program, people, keep=earlier)
    assert result.assignment.days == {"åse": ("1B",), "bo": ("1A",), "cai": ("1B",)}
    assert [str(stage.criterion) for stage in result.stages[:2]] == ["moved", "moved_seats"]
    strangers = tuple(person for person in people if person.name == "Cai")
    with pytest.raises(Faulty):
        midtvejs.read_earlier(desk / "before.csv", program, strangers)


def test_what_changed_and_who_waits(desk: Path) -> None:
    program = midtvejs.read_program(desk / "program.yaml")
    people = midtvejs.read_preferences(desk / "prefs.csv", program).participants
    before = midtvejs.assign(program, people).assignment
    after = midtvejs.assign(program, people[:2], keep=before).assignment
    assert midtvejs.find_changes(before, before) == ()
    (gone,) = midtvejs.find_changes(before, after)
    assert gone.has_dropped_out
    assert gone.participant.name == "Cai"
    full, other = midtvejs.find_waiting(before)
    (offer,) = full.offers
    assert before.days[offer.participant.key] == ("1B",)
    assert offer.gain == 1
    assert other.offers == ()
