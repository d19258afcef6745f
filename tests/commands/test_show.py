from __future__ import annotations

import io
from pathlib import Path

import pytest

from midtvejs.commands.show import show
from midtvejs.domain.diagnostic import Faulty
from midtvejs.output.screen import Screen
from midtvejs.reading.program.build import read_program

PROGRAM = Path(__file__).parents[2] / "program.yaml"


def test_every_session_room_and_presenter_is_shown() -> None:
    out = io.StringIO()
    show(Screen(out=out), PROGRAM)
    program = read_program(PROGRAM).accepted()
    for session in program.sessions.values():
        assert f"  {session.code} {session.title}\n" in out.getvalue()
        assert all(presenter.name in out.getvalue() for presenter in session.presenters)
    assert all(f"{room.name} ({room.seats} pladser)" in out.getvalue() for room in program.rooms)


def test_a_program_with_faults_is_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "program.yaml"
    file.write_text("event: {}\n", encoding="utf-8")
    out = io.StringIO()
    with pytest.raises(Faulty):
        show(Screen(out=out), file)
    assert out.getvalue() == ""
