"""The time limit of a verb begins with the verb, before anything is read."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

import midtvejs.commands.assign as command
from midtvejs.api import seat
from midtvejs.commands._exit import Exit
from midtvejs.commands._load import load_preferences
from midtvejs.domain.answers import ReadOptions
from midtvejs.domain.assignment import OutOfTime
from midtvejs.domain.mechanism import Mechanism
from midtvejs.domain.program import Program
from midtvejs.output.screen import Screen
from midtvejs.reading.answers.preferences import Preferences
from midtvejs.solving.search import Solution, Watch
from midtvejs.solving.stop import Stop

PROGRAM = """\
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "12:00"}
rooms: {Panorama: {seats: 1}, Fjorden: {seats: 1}}
rounds:
  - id: R1
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions: [{code: 1A, title: Et, room: Panorama}, {code: 1B, title: To, room: Fjorden}]
pins: [{participant: Bo, in: 1A, reason: bestemt}]
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    prefs, program = tmp_path / "prefs.csv", tmp_path / "program.yaml"
    prefs.write_text("name,R1\nÅse,1A > 1B\nBo,1A > 1B\n", encoding="utf-8")
    program.write_text(PROGRAM, encoding="utf-8")
    return prefs, program


@pytest.fixture
def slow_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have an hour go by, on the clock that a verb makes, while the wishes are read."""
    now = [0.0]

    def slowly(screen: Screen, file: Path, program: Program, options: ReadOptions) -> Preferences:
        now[0] += 3600
        return load_preferences(screen, file, program, options)

    monkeypatch.setattr(command, "Stop", lambda *, seconds: Stop(seconds=seconds, clock=lambda: now[0]))
    monkeypatch.setattr(command, "load_preferences", slowly)


def assigned(files: tuple[Path, Path], mechanism: Mechanism, seconds: float) -> str:
    err = io.StringIO()
    wanted = command.Wanted(mechanism=mechanism)
    code = command.assign(Screen(out=io.StringIO(), err=err), *files, wanted, seed=0, seconds=seconds)
    assert code is Exit.DONE
    return err.getvalue()


@pytest.mark.usefixtures("slow_reader")
@pytest.mark.parametrize(("seconds", "is_up"), [(3600, True), (7201, False)])
def test_what_is_read_for_longer_than_the_limit_leaves_no_time(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, seconds: float, is_up: bool
) -> None:
    met: list[bool] = []

    def noting(*what: Any, stop: Stop, watch: Watch) -> Solution:  # noqa: ANN401 - handed on as it came
        met.append(stop.asked)
        return seat(*what, stop=stop, watch=watch)

    monkeypatch.setattr(command, "seat", noting)
    assigned(files, Mechanism.FAIR, seconds)
    assert met == [is_up]


@pytest.mark.usefixtures("slow_reader")
@pytest.mark.parametrize("mechanism", [Mechanism.LOTTERY, Mechanism.FIRST_COME])
def test_seats_dealt_in_turn_end_with_the_time_as_well(
    files: tuple[Path, Path], mechanism: Mechanism
) -> None:
    assert assigned(files, mechanism, 7201) == ""
    with pytest.raises(OutOfTime):
        assigned(files, mechanism, 3600)
