"""The program at the root of the project: the conference of 2018, without a fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.program import Kind, Program
from midtvejs.domain.rules import Rules
from midtvejs.reading.program.build import read_program

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


def test_the_day_itself_has_no_rules_but_fairness_and_a_seed(conference: Program) -> None:
    assert conference.rules == Rules(seed=2018)
    assert {(room.keep_free, room.step_free) for room in conference.rooms} == {(0, False)}
    asked = {(s.rooms, s.keep_free, s.seated_presenters, s.least) for s in conference.sessions.values()}
    assert asked == {((), None, 0, 0)}


def test_the_rules_in_its_remarks_can_be_used_as_they_stand(conference: Program, tmp_path: Path) -> None:
    def uncommented(remarks: str) -> str:
        return re.sub("^# ", "", remarks, flags=re.MULTILINE)

    text = PROGRAM.read_text(encoding="utf-8")
    room = re.search(r"^# ( +Panorama: .*)$", text, re.MULTILINE)
    rules = re.search(r"^# Flere regler.*\n((?:#   .*\n)+)rules:\n", text, re.MULTILINE)
    pins = re.search(r"((?:^#   - .*\n)+)pins: \[\]\n", text, re.MULTILINE)
    assert room
    assert rules
    assert pins
    path = tmp_path / "program.yaml"
    path.write_text(
        text.replace("  Panorama: {seats: 72}", room[1])
        .replace("\nrules:\n", "\nrules:\n" + uncommented(rules[1]))
        .replace("pins: []\n", "pins:\n" + uncommented(pins[1])),
        encoding="utf-8",
    )
    read = read_program(path)
    assert read.diagnostics == ()
    day = read.accepted()
    assert conference.rules.fairness == day.rules.fairness[:-2]
    assert day.rules.fairness[-2:] == (Criterion.SPREAD, Criterion.AVOID_OWN)
    assert (day.rules.at_most, day.rules.presenters_take_seats) == (5, True)
    assert {(s.least, s.may_be_cancelled) for s in day.sessions.values()} == {(8, True)}
    assert [room.step_free for room in day.rooms] == [True] + [False] * 7
    assert [len(group.participants) for group in day.rules.groups] == [2, 2, 2]
    assert [pin.code for pin in day.rules.pins] == ["1A", "S5"]


def test_the_sessions_in_its_remarks_can_be_used_as_they_stand(tmp_path: Path) -> None:
    text = PROGRAM.read_text(encoding="utf-8")
    remarks = re.findall(r"^#   (sessions:|  - \{.*rounds: .*|wishes: .*)$", text, re.MULTILINE)
    path = tmp_path / "program.yaml"
    path.write_text(text + "\n".join(remarks), encoding="utf-8")
    read = read_program(path)
    assert read.diagnostics == ()
    day = read.accepted()
    assert list(day.sittings)[4:8] == ["A@R1", "B@R1", "C", "2A"]
    assert [block.id for block in day.blocks] == ["formiddag", "S"]
    assert day.sittings["C"].through == ("R1", "R2")


def test_its_agenda_is_in_the_gaps_between_its_rounds(conference: Program) -> None:
    assert [item.title for item in conference.agenda] == ["Velkomst", "Frokost", "Fælles afslutning"]
    for item in conference.agenda:
        assert all(item.end <= round_.start or round_.end <= item.start for round_ in conference.rounds)
        assert conference.event.start <= item.start < item.end <= conference.event.end


def test_every_session_has_a_line_of_its_own(conference: Program) -> None:
    lines = [session.description for session in conference.sessions.values()]
    assert all(lines)
    assert len(set(lines)) == len(lines)
