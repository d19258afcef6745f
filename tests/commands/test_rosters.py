from __future__ import annotations

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from midtvejs.auditing import audit
from midtvejs.cli.app import app
from midtvejs.commands.rosters import rosters
from midtvejs.domain.diagnostic import Diagnostic, Faulty, Severity
from midtvejs.domain.program import UnknownName
from midtvejs.output.screen import Screen

PROGRAM = """
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "12:00"}
rooms:
  Panorama: {seats: 2}
  Fjorden: {seats: 1}
  Lillebælt: {seats: 2}
rounds:
  - id: R1
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions:
      - {code: 1A, title: Et, room: Panorama, presenters: [{name: Nils}]}
      - {code: 1B, title: To, room: Fjorden}
  - id: R2
    name: Runde 2
    start: "11:00"
    end: "11:30"
    sessions:
      - {code: 2A, title: Tre, room: Panorama}
      - {code: 2B, title: Fire, room: Lillebælt}
"""
HEAD = "name,email,organisation,R1,R2\n"
LAWFUL = HEAD + "Nils,,,1A,2A\nÅse,,,1A,2A\nBo,,,1A,2B\nCai,,,1B,2B\n"


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("program.yaml").write_text(PROGRAM, encoding="utf-8")
    Path("assignment.csv").write_text(LAWFUL, encoding="utf-8")


def shown(
    *, room: str | None = None, round_id: str | None = None, prefs: str | None = None, by: str = "room"
) -> tuple[str, str]:
    """What goes to stdout, and to stderr."""
    out, err = StringIO(), StringIO()
    file = Path(prefs) if prefs else None
    rosters(
        Screen(out, err),
        Path("assignment.csv"),
        Path("program.yaml"),
        by=by,
        room=room,
        round_id=round_id,
        prefs=file,
    )
    return out.getvalue(), err.getvalue()


def faults(assignment: str, prefs: str | None = None) -> tuple[Diagnostic, ...]:
    Path("assignment.csv").write_text(assignment, encoding="utf-8")
    if prefs:
        Path("prefs.csv").write_text(prefs, encoding="utf-8")
    with pytest.raises(Faulty) as caught:
        shown(prefs="prefs.csv" if prefs else None)
    return caught.value.diagnostics


def places(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{d.place.line}:{d.place.column}-{d.place.end_column} {d.code}" for d in diagnostics]


def test_a_lawful_assignment_is_shown() -> None:
    out, err = shown()

    assert all(name in out for name in ("Nils", "Åse", "Bo", "Cai", "Panorama", "Fjorden"))
    assert err == ""


def test_one_room_or_round_whatever_their_case() -> None:
    fjorden, _ = shown(room="fjorden")
    second, _ = shown(round_id="r2")

    assert "Cai" in fjorden
    assert "Bo" not in fjorden
    assert "Fire" in second
    assert "Fjorden" not in second


def test_a_group_that_the_program_names_has_rosters_of_its_own() -> None:
    Path("program.yaml").write_text(f"{PROGRAM}groups: [Klasse]\n", encoding="utf-8")
    rows = "Nils,7B,1A,2A\nÅse,9,1A,2A\nBo,,1A,2B\nCai,9.,1B,2B\n"
    Path("assignment.csv").write_text(f"name,Klasse,R1,R2\n{rows}", encoding="utf-8")

    out, err = shown(by="klasse")

    assert out.splitlines() == [
        "7B: Nils: R1 1A, R2 2A",
        "Klasse 9: Cai: R1 1B, R2 2B",
        "Klasse 9: Åse: R1 1A, R2 2A",
        "uden Klasse: Bo: R1 1A, R2 2B",
    ]
    assert "MV186" in err
    assert "Åse, Klasse 9" in shown()[0]
    with pytest.raises(UnknownName, match="group grade"):
        shown(by="grade")


def test_a_room_that_stands_empty_in_a_round_is_told_of() -> None:
    for by in ("room", "participant", "organisation"):
        told = shown(room="Fjorden", round_id="R2", by=by)
        assert told == ("", "Nothing to print: there is no session in Fjorden in R2.\n")


def test_a_room_or_round_that_there_is_not() -> None:
    with pytest.raises(UnknownName) as room:
        shown(room="Panrama")
    with pytest.raises(UnknownName) as round_:
        shown(round_id="R3")

    assert (room.value.kind, room.value.known) == ("room", ("Panorama", "Fjorden", "Lillebælt"))
    assert (round_.value.kind, round_.value.known) == ("round", ("R1", "R2"))


def test_too_many_in_a_room_are_one_fault_at_the_round_and_nobody_is_pointed_at() -> None:
    (fault,) = faults(HEAD + "Nils,,,1A,2A\nÅse,,,1B,2A\nBo,,,1B,2B\nCai,,,1B,2B\n")

    assert places((fault,)) == ["1:25-27 MV203"]
    assert fault.message == "1B in Fjorden has 1 seat and 3 participants"
    assert fault.hint == "2 too many; free seats in R1: 2 in 1A"


def test_sessions_are_told_apart_by_their_code_whatever_is_said_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(audit, "_overfull_message", lambda *_: "too many")
    found = faults(HEAD + "Nils,,,1A,2A\nÅse,,,1B,2A\nBo,,,1B,2A\nCai,,,1B,2B\n")
    assert places(found) == ["1:25-27 MV203", "1:28-30 MV203"]
    assert [fault.message for fault in found] == ["too many", "too many"]


def test_presenters_stand_and_take_no_seat() -> None:
    (fault,) = faults(HEAD + "Nils,,,1A,2A\nÅse,,,1A,2A\nBo,,,1A,2B\nDea,,,1A,2B\n")

    assert places((fault,)) == ["1:25-27 MV203"]
    assert fault.message.endswith("has 2 seats and 3 participants")


def test_a_presenter_in_another_session() -> None:
    (fault,) = faults(HEAD + "Nils,,,1B,2A\n")

    assert places((fault,)) == ["2:8-10 MV206"]
    assert fault.message == "Nils presents 1A, but is in 1B"


def test_who_never_answered_is_missing_from_no_line_of_the_wishes() -> None:
    Path("prefs.csv").write_text(HEAD + "Nils,nils@x.dk,,,\nÅse,,,,\nBo,,,,\nCai,,,,\n", encoding="utf-8")
    Path("people.csv").write_text("name,email\nDea,dea@x.dk\n", encoding="utf-8")
    Path("assignment.csv").write_text(LAWFUL.replace("Nils,", "Nils,nils@x.dk"), encoding="utf-8")

    options = ["--prefs", "prefs.csv", "--participants", "people.csv", "--strangers", "accept"]
    done = CliRunner().invoke(app, ["rosters", "assignment.csv", *options])

    assert done.exit_code == 1
    assert "Dea is not seated at all (on the list of participants)" in done.stderr


def test_who_is_missing_and_who_is_a_stranger_show_against_the_wishes() -> None:
    prefs = HEAD + "Nils,,,,\nÅse,,,1B,\nBo,,,,\n\nDea,,,1A,\n"

    found = faults(LAWFUL, prefs)

    assert places(found) == ["1:1-30 MV204", "5:1-12 MV205"]
    assert found[0].message == "Dea is not seated at all (prefs.csv:6)"
    assert found[1].message == "Cai is seated, but is not a participant"
    assert found[1].hint == "who takes part has a row in prefs.csv"


def test_every_fault_at_once_and_none_of_them_twice() -> None:
    prefs = HEAD + "Nils,,,,\nÅse,,,,\nBo,,,,\nCai,,,,\nDea,,,,\nEli,,,,\n"

    found = faults(HEAD + "Nils,,,1B,2B\nÅse,,,1B,\nBo,,,1B,2X\nCai,,,1A\nDea,,,2A,2B\n", prefs)

    assert places(found) == [
        "1:1-30 MV204",
        "1:25-27 MV203",
        "2:8-10 MV206",
        "3:10-11 MV202",
        "4:9-11 MV130",
        "5:9-10 MV120",
        "6:7-9 MV131",
    ]


def test_of_a_torn_file_nobody_is_said_to_be_missing() -> None:
    found = faults(HEAD + 'Nils,,,1A,2A\n"Åse,,,1A,2A\n', HEAD + "Nils,,,,\nÅse,,,,\n")

    assert places(found) == ["3:1-2 MV104"]


def test_faults_of_the_wishes_come_first() -> None:
    found = faults(LAWFUL, HEAD + "Nils,,,1X,\n")

    assert [(d.place.file, d.code) for d in found] == [("prefs.csv", "MV130")]


def test_warnings_go_to_stderr() -> None:
    Path("assignment.csv").write_text(HEAD + "Åse,,,1A,2A\n", encoding="utf-8")

    out, err = shown()

    assert "Åse" in out
    assert "1 presenter did not sign up and is not seated: Nils (1A)" in err
    assert Severity.WARNING in err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["assignment.csv"], 0, ""),
        (["assignment.csv", "--room", "Panrama"], 2, 'there is no room "Panrama": did you mean "Panorama"?'),
        (["assignment.csv", "--round", "17"], 2, 'there is no round "17": the program has R1, R2'),
        (["nowhere.csv"], 1, "nowhere.csv: No such file"),
        (["program.yaml"], 1, "program.yaml:"),
    ],
)
def test_exit_codes(arguments: list[str], code: int, message: str) -> None:
    run = CliRunner().invoke(app, ["rosters", *arguments])

    assert run.exit_code == code
    assert message in run.stderr
    assert bool(run.stdout) == (code == 0)


def test_starts_without_the_solver() -> None:
    script = (
        "import sys\nfrom typer.testing import CliRunner\nfrom midtvejs.cli.app import app\n"
        "assert CliRunner().invoke(app, ['rosters', 'assignment.csv']).exit_code == 0\n"
        "assert not {'ortools', 'numpy', 'pandas'} & set(sys.modules)"
    )

    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)

    assert (run.returncode, run.stderr) == (0, b"")
