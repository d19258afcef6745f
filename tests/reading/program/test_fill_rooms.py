"""Chosen rooms written into program.yaml: nothing else of the file changes."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.diagnostic import Faulty
from midtvejs.domain.program import Program
from midtvejs.reading.program.build import read_program
from midtvejs.reading.program.fill_rooms import read_rooms_to_fill

ROOMS = ("Panorama", "Fjordsalen", "Sal 1: stor # ikke lille", "12", "no", '"Hjørnet", [øst]')
OWN_FILE = Path(__file__).parents[3] / "program.yaml"

DAY = """\
# Konferencen
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "15:00"}   # en dag
rooms:
  Panorama: {seats: 20}
  Fjordsalen: {seats: 20}
  "Sal 1: stor # ikke lille": {seats: 20}
  "12": {seats: 20}
  "no": {seats: 20}
  '"Hjørnet", [øst]': {seats: 20}

rounds:
  - id: R1
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions:
      - code: 1A          # den første
        title: Et   # bemærkning til titlen

        # bemærkning til kommunerne
        by: [Vejle]
      - title: >-
          Mange ord
          på to linjer
        code: 1B
      -   "code": 1C
          title: "to
            linjer"  # her

      - {code: 1D, title: 'Flow''et', by: [Vejle]}   # i krøllede parenteser
      - code: 1E
        room: auto   # vælges
        title: Auto
      - {
          title: Over flere linjer, # bemærkning
          code: 1F
        }
salons:
  id: S
  name: Saloner
  start: "11:00"
  end: "12:00"
  sessions:
  - ? code
    : S1
    ? title
    : Spørgsmålstegn
  - {"code":"S2","title":"Som JSON","room":"AUTO"}
  - {code: S3, title: Fast, room: Panorama}
  - code: S4
    title: Til sidst"""
CODES = ["1A", "1B", "1C", "1D", "1E", "1F", "S1", "S2", "S4"]


def saved(folder: Path, text: str) -> Path:
    path = folder / "program.yaml"
    path.write_bytes(text.encode())
    return path


def held_in(program: Program) -> dict[str, str]:
    """Return the room of each session that has one."""
    return {code: session.room.name for code, session in program.sessions.items() if not session.rooms}


def changes(before: str, after: str) -> list[str]:
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


def test_each_room_has_a_line_of_its_own_or_a_place_on_one(tmp_path: Path) -> None:
    rooms = dict(zip(CODES, [*ROOMS, "Fjordsalen", "no", "12"], strict=True))
    path = saved(tmp_path, DAY)
    text = read_rooms_to_fill(path).fill(rooms)
    assert changes(DAY, text) == [
        "+         room: Panorama",
        "+         room: Fjordsalen",
        '+           room: "Sal 1: stor # ikke lille"',
        "-       - {code: 1D, title: 'Flow''et', by: [Vejle]}   # i krøllede parenteser",
        """+       - {code: 1D, title: 'Flow''et', room: "12", by: [Vejle]}   # i krøllede parenteser""",
        "-         room: auto   # vælges",
        '+         room: "no"   # vælges',
        "-           title: Over flere linjer, # bemærkning",
        '+           title: Over flere linjer, room: "\\"Hjørnet\\", [øst]", # bemærkning',
        "+     room: Fjordsalen",
        '-   - {"code":"S2","title":"Som JSON","room":"AUTO"}',
        '+   - {"code":"S2","title":"Som JSON","room":"no"}',
        '+     room: "12"',
    ]
    assert text.splitlines()[text.splitlines().index("        title: Et   # bemærkning til titlen") + 1] == (
        "        room: Panorama"
    )
    program = read_program(saved(tmp_path, text)).accepted()
    assert held_in(program) == {**rooms, "S3": "Panorama"}


@st.composite
def choices(draw: st.DrawFn) -> dict[str, str]:
    """Draw rooms for some of the sessions; none twice in a round, and in the salons not that of S3."""
    rooms: dict[str, str] = {}
    for letter, free in (("1", ROOMS), ("S", ROOMS[1:])):
        codes = draw(st.sets(st.sampled_from([code for code in CODES if code.startswith(letter)])))
        rooms |= dict(zip(sorted(codes), draw(st.permutations(free)), strict=False))
    return rooms


@given(
    rooms=choices(),
    line_break=st.sampled_from(["\n", "\r\n"]),
    begins=st.sampled_from(["", "\ufeff"]),
    ends=st.sampled_from(["", "\n", "\n\n# slut"]),
)
def test_what_is_written_is_read_back_and_all_else_stays(
    tmp_path_factory: pytest.TempPathFactory, rooms: dict[str, str], line_break: str, begins: str, ends: str
) -> None:
    folder = tmp_path_factory.mktemp("day")
    before = begins + (DAY + ends).replace("\n", line_break)
    path = saved(folder, before)
    planned = read_program(path).accepted()
    text = read_rooms_to_fill(path).fill(rooms)
    assert path.read_bytes() == before.encode()
    program = read_program(saved(folder, text)).accepted()
    assert held_in(program) == {**rooms, "S3": "Panorama"}
    assert program.event == planned.event
    assert [session.title for session in program.sessions.values()] == [
        session.title for session in planned.sessions.values()
    ]
    assert text.startswith(begins)
    assert text.count("\n") == text.count(line_break)
    assert "\n" not in text.replace(line_break, "")
    # Beside new lines, only lines that hold a room are others than they were.
    kept = [line for line in text.splitlines() if "vælges" in line or not line.strip().startswith("room:")]
    pairs = zip(before.splitlines(), kept, strict=True)
    assert all("room" in line for was, line in pairs if line != was)


def test_our_own_program_has_no_gaps() -> None:
    to_fill = read_rooms_to_fill(OWN_FILE)
    assert to_fill.gaps == {}
    assert to_fill.fill({"1A": "Panorama"}).encode() == OWN_FILE.read_bytes()


def test_our_own_program_with_its_rooms_taken_out_gets_them_back(tmp_path: Path) -> None:
    text = OWN_FILE.read_text("utf-8")
    lines = text.splitlines(keepends=True)
    bare = "".join(line for line in lines if not line.strip().startswith("room:"))
    rooms = held_in(read_program(OWN_FILE).accepted())
    filled = read_rooms_to_fill(saved(tmp_path, bare)).fill(rooms)
    assert len(filled.splitlines()) == len(lines)
    assert held_in(read_program(saved(tmp_path, filled)).accepted()) == rooms


def test_a_file_that_has_got_faults_meanwhile(tmp_path: Path) -> None:
    with pytest.raises(Faulty):
        read_rooms_to_fill(saved(tmp_path, DAY.replace("title: Til sidst", "titel: Til sidst")))
    with pytest.raises(Faulty):
        read_rooms_to_fill(saved(tmp_path, "rooms: ["))


SITTINGS = """\
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "15:00"}
rooms: {Panorama: 20, Fjordsalen: 20, Aula: 90, "12": 20, "no": 20, Sal 2: 20, Sal 3: 20, Sal 4: 20}
rounds:
  - {id: R1, name: Runde 1, start: "10:00", end: "10:30"}
  - id: "12"
    name: Runde 2
    start: "11:00"
    end: "11:30"
    sessions:
      - {code: A, title: Et, room: auto} # igen
  - {id: R3, name: Runde 3, start: "12:00", end: "12:30"}
sessions:
  - {code: A, title: Et, rounds: [R1]}   # her
  - code: B
    title: To # alle tre
    rounds: [R1, "12", R3]
  - {code: C, title: Tre, rounds: ["12", R3], room: auto, by: [Vejle]}
  - {code: D, title: Fire, rounds: [R1, "12", R3], room: {R1: Aula}}
  - code: E
    title: Fem
    rounds: [R1, "12", R3]
    room: # i hver runde
      R1: auto # vælges
      R3: "AUTO"
  - {code: F, title: Seks, rounds: [R3], room: {}}
  - {code: G, title: Syv, rounds: [R1], lasts: 3, room: Sal 4}
"""
OPEN_SITTINGS = [
    *("A@R1", "A@12", "B@R1", "B@12", "B@R3", "C@12", "C@R3"),
    *("D@12", "D@R3", "E@R1", "E@12", "E@R3", "F"),
]
SETTLED = {"D@R1": "Aula", "G": "Sal 4"}


def sittings_held_in(program: Program) -> dict[str, str]:
    return {key: sitting.room.name for key, sitting in program.sittings.items() if not sitting.rooms}


def test_each_sitting_has_the_room_of_its_round(tmp_path: Path) -> None:
    path = saved(tmp_path, SITTINGS)
    rooms = {
        "A@R1": "Panorama",
        "A@12": "no",
        "B@R1": "12",
        "B@12": "Panorama",
        "B@R3": "Aula",
        "C@R3": "Panorama",
        "D@12": "12",
        "D@R3": "12",
        "E@R1": "Sal 2",
        "E@12": "Sal 3",
        "F": "Sal 3",
    }
    text = read_rooms_to_fill(path).fill(rooms)
    assert changes(SITTINGS, text) == [
        "-       - {code: A, title: Et, room: auto} # igen",
        '+       - {code: A, title: Et, room: "no"} # igen',
        "-   - {code: A, title: Et, rounds: [R1]}   # her",
        "+   - {code: A, title: Et, room: Panorama, rounds: [R1]}   # her",
        '+     room: {R1: "12", "12": Panorama, R3: Aula}',
        '-   - {code: C, title: Tre, rounds: ["12", R3], room: auto, by: [Vejle]}',
        '+   - {code: C, title: Tre, rounds: ["12", R3], room: {R3: Panorama}, by: [Vejle]}',
        '-   - {code: D, title: Fire, rounds: [R1, "12", R3], room: {R1: Aula}}',
        '+   - {code: D, title: Fire, rounds: [R1, "12", R3], room: {R1: Aula, "12": "12", R3: "12"}}',
        "-       R1: auto # vælges",
        "+       R1: Sal 2 # vælges",
        '+       "12": Sal 3',
        "-   - {code: F, title: Seks, rounds: [R3], room: {}}",
        "+   - {code: F, title: Seks, rounds: [R3], room: {R3: Sal 3}}",
    ]
    assert sittings_held_in(read_program(saved(tmp_path, text)).accepted()) == rooms | SETTLED


@st.composite
def rooms_of_sittings(draw: st.DrawFn) -> dict[str, str]:
    """Draw rooms for some of the sittings; none twice in a round, and none that is taken."""
    rooms: dict[str, str] = {}
    for id_ in ("R1", "12", "R3"):
        keys = [key for key in OPEN_SITTINGS if key.endswith(f"@{id_}") or (key, id_) == ("F", "R3")]
        free = ["Panorama", "Fjordsalen", "12", "no", "Sal 2", "Sal 3"]
        some = draw(st.lists(st.sampled_from(keys), unique=True))
        rooms |= dict(zip(some, draw(st.permutations(free)), strict=False))
    return rooms


@given(rooms=rooms_of_sittings(), ends=st.sampled_from(["", "\n", "\n# slut\n"]))
def test_the_rooms_of_any_sittings_are_read_back(
    tmp_path_factory: pytest.TempPathFactory, rooms: dict[str, str], ends: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    path = saved(folder, SITTINGS.rstrip("\n") + ends)
    text = read_rooms_to_fill(path).fill(rooms)
    assert sittings_held_in(read_program(saved(folder, text)).accepted()) == rooms | SETTLED
