"""The program at the root of the project: the conference of 2018, without a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from midtvejs.domain.program import Kind, Program
from midtvejs.reading.program_yaml import read_program

PROGRAM = Path(__file__).parents[1] / "program.yaml"


@pytest.fixture(scope="module")
def conference() -> Program:
    read = read_program(PROGRAM)
    assert read.diagnostics == ()
    return read.accepted()


def test_three_rounds_of_eleven_pecha_kuchas_and_six_salons(conference: Program) -> None:
    assert [len(round_.sessions) for round_ in conference.rounds] == [4, 3, 4, 6]
    kinds = [session.kind for session in conference.sessions.values()]
    assert (kinds.count(Kind.PECHA_KUCHA), kinds.count(Kind.SALON)) == (11, 6)


def test_thirteen_municipalities_and_ten_presenters(conference: Program) -> None:
    sessions = conference.sessions.values()
    assert len({name for session in sessions for name in session.by}) == 13
    assert len({presenter.name for session in sessions for presenter in session.presenters}) == 10


def test_everybody_fits_in_every_round_though_not_by_much(conference: Program) -> None:
    expected = conference.event.expected_participants
    assert expected == 180
    assert all(1.05 * expected <= round_.seats <= 1.15 * expected for round_ in conference.rounds)


def test_every_session_has_a_line_of_its_own(conference: Program) -> None:
    lines = [session.description for session in conference.sessions.values()]
    assert all(lines)
    assert len(set(lines)) == len(lines)
