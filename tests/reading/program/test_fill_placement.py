"""When and where sessions are held, written into program.yaml: nothing else of the file changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.domain.diagnostic import Faulty
from midtvejs.domain.offers import Placement, breaches, find_free_rooms, place
from midtvejs.domain.program import Program
from midtvejs.reading.program.build import read_program
from midtvejs.reading.program.fill_placement import read_placement_to_fill
from tests.reading.program.test_fill_rooms import changes, saved

DAY = """\
# Emnedagen
event: {name: Emnedag, date: 2027-03-10, start: "09:00", end: "15:00"}   # en dag
groups: [klasse]
rooms: {Aula: 90, "12": 20, "no": 20, Sal 2: 9, Sal 3: 9, Sal 4: 9, Sal 5: 9, Loft: {seats: 20, not_in: [R1]},
  Kælder: 9, Gård: 9, Telt: 9}
rounds:
  - {id: R1, name: Runde 1, start: "10:00", end: "10:30"}
  - {id: "2", name: Runde 2, start: "11:00", end: "11:30"}
  - {id: R3, name: Runde 3, start: "12:00", end: "12:30"}

# Hvad der tilbydes
# (koderne er faste)
sessions:
  - {code: A, title: Et, rounds: [R1, R3], room: auto}   # fast
  - {code: B, title: To, times: 2, by: [Vejle]}   # to gange
  - code: C
    title: Tre # bemærkning
    times: 1-3   # så ofte det trænges

    room: auto # vælges
    not_in: [R1]   # Bo er der ikke
  - title: >-
      Mange ord
      på to linjer
    code: D
  - {"code":"E","title":"Som JSON","times":1-2,"room":"AUTO"}
  - ? code
    : F
    ? title
    : Spørgsmålstegn
    ? times
    : 1-2
  - {code: G, title: Syv, room: {R1: Aula, R3: Aula}} # i aulaen
  - code: H
    title: Otte
    times: 2
    room: # i hver runde
      R1: Sal 2 # stor
      "2": Sal 3
  - {code: I, title: Ni, room: Loft, track: x, only: {klasse: 9}}
  - {code: J, title: Ti, times: 2, presenters: [{name: Q}]}
  - {code: K, title: Elleve, presenters: [{name: q}]}
  - {code: L, title: Aflyst, cancelled: true}
  - {code: M, title: Tretten, rounds: [R3, "2"], room: Sal 5}
  - {code: N, title: Fjorten, times: 1-2}
  - {code: O, title: Femten, room: {R1: Telt, # stor, og\tlys
      "2": Telt # lille
      , # aftalt med Åse
      R3: Telt}, track: y} # æøå
"""


def planned(program: Program, placement: Placement, rooms: dict[str, str]) -> Program:
    """The program as it is placed, in those rooms; decisions by themselves, wherever they stand."""
    by_name = {room.name: room for room in program.rooms}
    placed = place(program, placement).with_rooms({key: by_name[name] for key, name in rooms.items()})
    return without_places(placed)


def without_places(program: Program) -> Program:
    pins = tuple(replace(pin, place=None) for pin in program.rules.pins)
    return replace(program, rules=replace(program.rules, pins=pins))


@st.composite
def placements(draw: st.DrawFn, program: Program) -> tuple[Placement, dict[str, str]]:
    """Draw a lawful placement, and a room for each sitting that has none."""
    placement = {}
    for offer in program.offers:
        some = draw(
            st.sets(st.sampled_from(offer.rounds), min_size=offer.fewest, max_size=offer.most),
            label=offer.code,
        )
        placement[offer.code] = tuple(id_ for id_ in offer.rounds if id_ in some)
    assume(not list(breaches(program, placement)))
    rooms: dict[str, str] = {}
    for round_ in place(program, placement).rounds:
        free = draw(st.permutations(find_free_rooms(program, round_)))
        waiting = [session.key for session in round_.sessions if session.rooms]
        rooms |= dict(zip(waiting, (room.name for room in free), strict=False))
    return placement, rooms


@given(
    data=st.data(),
    line_break=st.sampled_from(["\n", "\r\n"]),
    begins=st.sampled_from(["", "\ufeff"]),
    ends=st.sampled_from(["", "\n", "\n\n# slut"]),
)
def test_what_is_written_and_read_is_the_program_as_it_was_placed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, line_break: str, begins: str, ends: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    before = begins + (DAY.rstrip("\n") + ends).replace("\n", line_break)
    path = saved(folder, before)
    program = read_program(path).accepted()
    placement, rooms = data.draw(placements(program))
    text = read_placement_to_fill(path).fill(placement, rooms)
    assert path.read_bytes() == before.encode()
    read = read_program(saved(folder, text))
    assert read.diagnostics == ()
    assert without_places(read.accepted()) == planned(program, placement, rooms)
    assert text.startswith(begins)
    assert "\n" not in text.replace(line_break, "")
    # A room that it is not in goes; what is said of it stays.
    comments = [each.partition("#")[2] for each in before.splitlines() if "#" in each]
    assert all(f"#{comment}" in text for comment in comments)


PLACED: Placement = {
    "B": ("R1", "R3"),
    "C": ("2",),
    "D": ("R3",),
    "E": ("2",),
    "F": ("2", "R3"),
    "G": ("R1",),
    "H": ("R1", "2"),
    "I": ("R3",),
    "J": ("R1", "R3"),
    "K": ("2",),
    "N": ("R1",),
    "O": ("2",),
}
ROOMS = {
    key: name
    for name, keys in {
        "no": "A@R1 E",
        "Aula": "A@R3 C",
        "12": "B@R1 B@R3 F@2",
        "Sal 4": "J@R3 K",
        "Sal 5": "N",
        "Sal 2": "D",
        "Sal 3": "F@R3 J@R1",
    }.items()
    for key in keys.split()
}


def test_rounds_stand_where_it_said_how_often_and_rooms_behind_the_title(tmp_path: Path) -> None:
    path = saved(tmp_path, DAY)
    program = read_program(path).accepted()
    text = read_placement_to_fill(path).fill(PLACED, ROOMS)
    assert changes(DAY, text) == [
        '+ wishes: {wishes: [R1, "2", R3]}',
        "-   - {code: A, title: Et, rounds: [R1, R3], room: auto}   # fast",
        '+   - {code: A, title: Et, rounds: [R1, R3], room: {R1: "no", R3: Aula}}   # fast',
        "-   - {code: B, title: To, times: 2, by: [Vejle]}   # to gange",
        '+   - {code: B, title: To, room: "12", rounds: [R1, R3], by: [Vejle]}   # to gange',
        "-     times: 1-3   # så ofte det trænges",
        '+     rounds: ["2"]   # så ofte det trænges',
        "-     room: auto # vælges",
        "+     room: Aula # vælges",
        "+     room: Sal 2",
        "+     rounds: [R3]",
        '-   - {"code":"E","title":"Som JSON","times":1-2,"room":"AUTO"}',
        '+   - {"code":"E","title":"Som JSON","rounds":["2"],"room":"no"}',
        "-     ? times",
        "-     : 1-2",
        '+     room: {"2": "12", R3: Sal 3}',
        "+     ? rounds",
        '+     : ["2", R3]',
        "-   - {code: G, title: Syv, room: {R1: Aula, R3: Aula}} # i aulaen",
        "+   - {code: G, title: Syv, rounds: [R1], room: {R1: Aula}} # i aulaen",
        "-     times: 2",
        '+     rounds: [R1, "2"]',
        "-   - {code: I, title: Ni, room: Loft, track: x, only: {klasse: 9}}",
        "+   - {code: I, title: Ni, rounds: [R3], room: Loft, track: x, only: {klasse: 9}}",
        "-   - {code: J, title: Ti, times: 2, presenters: [{name: Q}]}",
        "+   - {code: J, title: Ti, room: {R1: Sal 3, R3: Sal 4}, rounds: [R1, R3], presenters: [{name: Q}]}",
        "-   - {code: K, title: Elleve, presenters: [{name: q}]}",
        '+   - {code: K, title: Elleve, room: Sal 4, rounds: ["2"], presenters: [{name: q}]}',
        "-   - {code: N, title: Fjorten, times: 1-2}",
        "+   - {code: N, title: Fjorten, room: Sal 5, rounds: [R1]}",
        "-   - {code: O, title: Femten, room: {R1: Telt, # stor, og\tlys",
        '+   - {code: O, title: Femten, rounds: ["2"], room: { # stor, og\tlys',
        "-       , # aftalt med Åse",
        "+        # aftalt med Åse",
        "-       R3: Telt}, track: y} # æøå",
        "+       }, track: y} # æøå",
    ]
    read = read_program(saved(tmp_path, text)).accepted()
    assert without_places(read) == planned(program, PLACED, ROOMS)


def test_the_list_is_named_above_the_comments_on_the_sessions(tmp_path: Path) -> None:
    text = read_placement_to_fill(saved(tmp_path, DAY)).fill(PLACED, ROOMS)
    assert (
        '\n\nwishes: {wishes: [R1, "2", R3]}\n# Hvad der tilbydes\n# (koderne er faste)\nsessions:\n' in text
    )


def test_a_list_that_has_a_name_keeps_it(tmp_path: Path) -> None:
    named = DAY + 'wishes: {dagen: [R1, "2", R3]}\n'
    text = read_placement_to_fill(saved(tmp_path, named)).fill(PLACED, ROOMS)
    assert text.count("wishes:") == 1
    (block,) = read_program(saved(tmp_path, text)).accepted().blocks
    assert block.id == "dagen"


def test_a_file_that_has_got_faults_meanwhile(tmp_path: Path) -> None:
    to_fill = read_placement_to_fill(saved(tmp_path, DAY.replace("title: Et", "titel: Et")))
    with pytest.raises(Faulty):
        to_fill.fill(PLACED, ROOMS)
