"""A program that was planned is changed by hand: what does not fit is told, where it stands."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from midtvejs.reading.program.build import read_program
from tests.commands.test_keep import run

PLANNED = """\
event: {name: Emnedag, date: 2027-03-10, start: "08:00", end: "15:00", expected_participants: 40}
rooms: {Aula: 26, Salen: 20, Loftet: 18}
rounds:
  - {id: R1, name: Runde 1, start: "09:00", end: "09:45"}
  - {id: R2, name: Runde 2, start: "10:00", end: "10:45"}
wishes: {wishes: [R1, R2]}
sessions:
  - {code: A, title: Sygeplejerske, room: Aula, rounds: [R2], presenters: [{name: Bo Lund}], track: sundhed}
  - {code: D, title: Politi, room: Aula, rounds: [R1], not_in: [R2]}
  - {code: E, title: Pædagog, room: Salen, rounds: [R1], presenters: [{name: Bo Lund}]}
  - {code: F, title: Kok, room: Salen, rounds: [R2]}
  - {code: H, title: Dyrlæge, room: Loftet, rounds: [R1], track: sundhed}
"""
TODAY = dt.date(2027, 1, 1)
EDITS = {
    "nothing": ("", "", ()),
    "one presents twice": (
        "room: Salen, rounds: [R1]",
        "room: Loftet, rounds: [R2]",
        (
            (
                'error 10 MV035 "Bo Lund" presents session A (line 8) in the same round: '
                "hold one of the two in another round, or let another present it"
            ),
        ),
    ),
    "two of a track": (
        "room: Loftet, rounds: [R1]",
        "room: Loftet, rounds: [R2]",
        (
            (
                'warning 12 MV243 session H runs in R2 as A (line 8) of the same track, "sundhed": '
                "hold one in another round, if those who want both are to hear both"
            ),
        ),
    ),
    "a room twice": (
        "room: Loftet, rounds: [R1]",
        "room: Salen, rounds: [R1]",
        (
            (
                'error 12 MV030 "Salen" is taken by session E (line 10) at the same time: '
                "Loftet is free in R1; or hold one of the two in another round"
            ),
        ),
    ),
    "a room too small": (
        "title: Kok, room: Salen",
        "title: Kok, room: Salen, min_participants: 21",
        (
            (
                "error 11 MV053 min_participants is 21, but session F has 20 seats: "
                "ask for fewer participants, take larger rooms, or keep fewer seats free"
            ),
        ),
    ),
    "too few seats": (
        "title: Kok, room: Salen, rounds: [R2]",
        "title: Kok, room: Loftet, rounds: [R1]",
        ("error 12 MV030", "warning 5 MV040 round R2 has 26 seats for 40 participants"),
    ),
    "more often than it says": (
        "room: Salen, rounds: [R2]",
        "room: Salen, rounds: [R1, R2], times: 1",
        ("error 11 MV030", "error 11 MV064 session F says in which rounds it is held"),
    ),
    "where it is not to be": (
        "room: Aula, rounds: [R1]",
        "room: Loftet, rounds: [R2]",
        (
            (
                "error 9 MV064 session D is held in R2, where it is not to be (not_in): "
                "leave R2 out of rounds, or out of not_in"
            ),
        ),
    ),
    "a round that there is not": (
        "room: Salen, rounds: [R2]",
        "room: Salen, rounds: [R3]",
        ('error 11 MV027 there is no round "R3": the rounds are R1, R2',),
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_does_not_fit_is_told_with_its_line_and_what_helps(tmp_path: Path, name: str) -> None:
    old, new, expected = EDITS[name]
    assert PLANNED.count(old) == 1 or name == "nothing"
    file = tmp_path / "planned.yaml"
    file.write_text(PLANNED.replace(old, new), encoding="utf-8")
    said = [
        f"{each.severity} {each.place.line} {each.code} {each.message}: {each.hint}"
        for each in read_program(file, TODAY).diagnostics
    ]
    for one in expected:
        assert any(each.startswith(one) for each in said), said
    assert len([each for each in said if "MV040" not in each]) == len(
        [each for each in expected if "MV040" not in each]
    )


def test_show_has_the_program_as_it_was_changed(tmp_path: Path) -> None:
    file = tmp_path / "planned.yaml"
    file.write_text(
        PLANNED.replace(
            "title: Kok, room: Salen, rounds: [R2]", "title: Kok, room: Salen, rounds: [R2, R1]"
        ).replace("room: Salen, rounds: [R1], presenters", "room: auto, rounds: [R1], presenters"),
        encoding="utf-8",
    )
    done = run("show", str(file))
    assert done.exit_code == 1
    file.write_text(PLANNED.replace("room: Loftet, rounds: [R1]", "room: Loftet, rounds: [R1, R2]"), "utf-8")
    before, _, after = run("show", str(file)).stdout.partition("R2 Runde 2")
    assert "H Dyrlæge" in before
    assert "H Dyrlæge" in after


def test_only_validate_tells_of_tracks(tmp_path: Path) -> None:
    file = tmp_path / "planned.yaml"
    file.write_text(PLANNED.replace("room: Loftet, rounds: [R1]", "room: Loftet, rounds: [R2]"), "utf-8")
    assert "MV243" not in [each.code for each in read_program(file).diagnostics]
