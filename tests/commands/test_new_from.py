"""A table of sessions, or a schedule, becomes a program that is valid, whatever stands in its cells."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.commands._exit import Exit
from midtvejs.commands.new import Wanted, new_from
from midtvejs.domain.diagnostic import Faulty
from midtvejs.domain.participants import fold
from midtvejs.domain.program import Program
from midtvejs.output.screen import Screen
from midtvejs.reading.files.mangled import find_mangled
from midtvejs.reading.program.build import read_program
from midtvejs.reading.program.new_program import clean
from tests.commands.test_new import HOSTILE, of_a_day

Rows = Sequence[Sequence[object]]
HEADINGS = {
    "da": ("Kode", "Titel", "Oplægsholdere", "Kommune", "Runde", "Lokale", "Pladser"),
    "nb": ("Kode", "Tittel", "Innledere", "Organisasjon", "Økt", "Rom", "Plasser"),
    "en": ("Code", "Title", "Speakers", "Organisation", "Round", "Room", "Seats"),
}
ROWS: Rows = [
    ("1A", "Data", "Bo Beck; Åse Holm", "Vejle Kommune", "1", "Aula", 120),
    ("", "Ro", "Cai Dam", "", "1", "Sal", 24),
    ("2A", "Mod", "", "", "2", "Aula", 100),
    ("", "Ud", "", "", "2", "", ""),
]


def write_csv(file: Path, rows: Rows) -> Path:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    return file


def write_xlsx(file: Path, rows: Rows) -> Path:
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file


def begin(file: Path, folder: Path, wanted: Wanted | None = None) -> tuple[Exit, str]:
    err = io.StringIO()
    wanted = wanted or of_a_day(rounds=None)
    code = new_from(Screen(out=io.StringIO(), err=err), folder, file, wanted)
    return code, err.getvalue()


def begun(file: Path, folder: Path, wanted: Wanted | None = None) -> Program:
    code, told = begin(file, folder, wanted)
    read = read_program(folder / "program.yaml")
    assert (code, read.diagnostics) == (Exit.DONE, ()), told
    return read.accepted()


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
@pytest.mark.parametrize("language", HEADINGS)
def test_a_table_in_each_language_says_all_of_it(language: str, write: object, tmp_path: Path) -> None:
    assert callable(write)
    file = write(tmp_path / ("a.csv" if write is write_csv else "a.xlsx"), [HEADINGS[language], *ROWS])
    program = begun(file, tmp_path / "new", of_a_day(language=language, rounds=None))
    assert program.event.language == language
    assert [room.name for room in program.rooms] == ["Aula", "Sal"]
    assert [room.seats for room in program.rooms] == [120, 24]
    first, second = program.rounds
    assert (first.name.split()[1], second.id) == ("1", "R2")
    assert [(each.code, each.title) for each in first.sessions] == [("1A", "Data"), ("1B", "Ro")]
    assert [each.name for each in first.sessions[0].presenters] == ["Bo Beck", "Åse Holm"]
    assert first.sessions[0].by == ("Vejle Kommune",)
    mod, ud = second.sessions
    assert (mod.seats, ud.code) == (100, "2B")


def test_an_extra_room_is_there_where_a_session_needs_one(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", [("title", "round"), ("Data", 1), ("Ro", 1)])
    program = begun(file, tmp_path)
    assert [(room.name, room.seats) for room in program.rooms] == [("Lokale 1", 30), ("Lokale 2", 30)]


def test_the_rows_of_one_title_in_several_rounds_are_one_session(tmp_path: Path) -> None:
    rows = [
        ("title", "round", "room", "seats"),
        ("Ro", 1, "Aula", 50),
        ("Ro", 2, "Sal", 20),
        ("Mod", 2, "Aula", 50),
    ]
    program = begun(write_csv(tmp_path / "a.csv", rows), tmp_path)
    assert program.repeated == {"A"}
    assert [[each.seats for each in round_.sessions] for round_ in program.rounds] == [[50], [50, 20]]


def held(program: Program) -> dict[str, list[str]]:
    """Return the ids of the rounds in which each title is held."""
    rounds: dict[str, list[str]] = {}
    for round_ in program.rounds:
        for session in round_.sessions:
            rounds.setdefault(session.title, []).append(round_.id)
    return rounds


@pytest.mark.parametrize(
    ("cells", "rounds"),
    [
        (("1", "2", "1 og 2"), (["R1"], ["R2"], ["R1", "R2"])),
        (("1", "2", "begge"), (["R1"], ["R2"], ["R1", "R2"])),
        (("1", "1+3", "Alle", "2"), (["R1"], ["R1", "R3"], ["R1", "R2", "R3"], ["R2"])),
        (("Runde 1", "Runde 2", "1 & 2"), (["R1"], ["R2"], ["R1", "R2"])),
        (("Runde 1 og 2", "Runde 1"), (["R1", "R2"], ["R1"])),
        (("R1", "R2", "R3", "R1-R3", "1-2"), (["R1"], ["R2"], ["R3"], ["R1", "R2", "R3"], ["R1", "R2"])),
        (("begge", "begge runder"), (["R1", "R2"], ["R1", "R2"])),
        (("alle", "hver runde", "all"), (["R1", "R2", "R3"],) * 3),
        (("Formiddag", "Aften", "formiddag og aften"), (["R1"], ["R2"], ["R1", "R2"])),
        (("Formiddag og frokost", "Aften"), (["R1"], ["R2"])),
    ],
)
def test_a_cell_may_name_several_rounds(
    cells: Sequence[str], rounds: Sequence[Sequence[str]], tmp_path: Path
) -> None:
    rows = [("titel", "runde"), *((f"Oplæg {number}", cell) for number, cell in enumerate(cells))]
    text = (file := write_csv(tmp_path / "a.csv", rows)).read_text(encoding="utf-8")
    program = begun(file, tmp_path)
    assert held(program) == {f"Oplæg {number}": [*each] for number, each in enumerate(rounds)}, text


def test_both_of_three_rounds_is_asked_about(tmp_path: Path) -> None:
    rows = [("titel", "runde"), ("A", 1), ("B", 2), ("C", 3), ("D", "begge")]
    with pytest.raises(Faulty) as faulty:
        begin(write_csv(tmp_path / "a.csv", rows), tmp_path)
    (found,) = faulty.value.diagnostics
    assert (found.message, found.hint) == ('"begge": there are not two rounds', "write which: 1+2")
    assert (found.place.line, found.place.column) == (5, 3)


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("Bo Lund, Vejle Kommune", [("Bo Lund", "", "Vejle Kommune")]),
        ("Bo Lund, Åse Holm", [("Bo Lund", "", ""), ("Åse Holm", "", "")]),
        (
            "Bo Lund og Åse Holm, Vejle Kommune",
            [(name, "", "Vejle Kommune") for name in ("Bo Lund", "Åse Holm")],
        ),
        ("Bo Lund, KL; Åse Holm, Region Fyn", [("Bo Lund", "", "KL"), ("Åse Holm", "", "Region Fyn")]),
        ("Bo Lund, Åse & Søn, Ib Bo", [("Bo Lund", "", "Åse & Søn"), ("Ib Bo", "", "")]),
        ("Bo Lund (KL) og Åse Holm (Vejle)", [("Bo Lund", "", "KL"), ("Åse Holm", "", "Vejle")]),
        ("Bo Lund, lektor, Ydby Skole", [("Bo Lund", "lektor", "Ydby Skole")]),
        ("Bo Lund, Børn og Unge, Vejle Kommune", [("Bo Lund", "", "Børn og Unge, Vejle Kommune")]),
        ("Lund, Bo, Vejle Kommune", [("Lund, Bo", "", "Vejle Kommune")]),
        ("Bo Lund, Grønne Fingre", [("Bo Lund", "", "Grønne Fingre")]),
    ],
)
def test_where_people_are_from_is_no_second_person(
    cell: str, people: Sequence[tuple[str, str, str]], tmp_path: Path
) -> None:
    rows = [("titel", "ved", "kommune", "runde"), ("A", cell, "", 1), ("B", "", "Grønne Fingre", 1)]
    session, _ = begun(write_csv(tmp_path / "a.csv", rows), tmp_path).rounds[0].sessions
    assert [(each.name, each.role, each.organisation) for each in session.presenters] == people


def test_sessions_without_rounds_are_left_to_be_placed(tmp_path: Path) -> None:
    rows = [
        ("titel", "antal gange", "lokale", "pladser", "ved"),
        *(("Data", "2", "Aula", 50, "Bo Beck"), ("Ro", "1-2", "", "", ""), ("Mod", "", "", 20, "Bo Beck")),
    ]
    file = write_csv(tmp_path / "a.csv", rows)
    program = begun(file, tmp_path)
    assert len(program.rounds) == 3
    assert [(each.code, each.fewest, each.most) for each in program.offers] == [
        ("A", 2, 2),
        ("B", 1, 2),
        ("C", 1, 1),
    ]
    assert [(room.name, room.seats) for room in program.rooms] == [("Aula", 50), ("Lokale 1", 20)]
    _, told = begin(file, tmp_path / "another")
    assert "Times and rooms of 3 sessions: midtvejs plan --program" in told


@pytest.mark.parametrize(("rounds", "placed"), [(1, 3), (2, 0), (4, 0)])
def test_how_many_rounds_there_are_can_be_said_of_a_table_that_does_not(
    rounds: int, placed: int, tmp_path: Path
) -> None:
    file = write_csv(tmp_path / "a.csv", [("titel",), ("A",), ("B",), ("C",)])
    program = begun(file, tmp_path, of_a_day(rounds=rounds))
    assert len(program.rounds) == min(rounds, 3)
    assert sum(len(round_.sessions) for round_ in program.rounds) == placed


@pytest.mark.parametrize("rows", [[("titel", "runde"), ("A", 1)], [("titel", "tid"), ("A", "10.00-11.00")]])
def test_how_many_rounds_there_are_is_not_to_be_said_twice(rows: Rows, tmp_path: Path) -> None:
    with pytest.raises(Faulty) as faulty:
        begin(write_csv(tmp_path / "a.csv", rows), tmp_path, of_a_day(rounds=2))
    assert [each.hint for each in faulty.value.diagnostics] == ["leave out --rounds"]


def test_times_alone_tell_the_rounds(tmp_path: Path) -> None:
    rows = [
        ("titel", "tid"),
        ("Sen", "13-14"),
        ("Lang", "9.00-10.30"),
        ("Kort", "9.45-10.15"),
        ("To", "10.30-11"),
    ]
    program = begun(write_csv(tmp_path / "a.csv", rows), tmp_path)
    assert held(program) == {"Lang": ["R1"], "Kort": ["R1"], "To": ["R2"], "Sen": ["R3"]}
    assert [f"{each.start:%H:%M}-{each.end:%H:%M}" for each in program.rounds] == [
        *("09:00-10:30", "10:30-11:00", "13:00-14:00")
    ]


def test_a_session_without_a_round_among_others_is_to_be_placed(tmp_path: Path) -> None:
    rows = [("titel", "runde", "lokale"), ("A", 1, "Aula"), ("B", 2, "Aula"), ("C", "", "")]
    program = begun(write_csv(tmp_path / "a.csv", rows), tmp_path)
    assert held(program) == {"A": ["R1"], "B": ["R2"]}
    assert [each.code for each in program.offers] == ["A"]


def test_times_in_the_table_are_those_of_the_rounds(tmp_path: Path) -> None:
    rows = [
        ("Tid", "Titel", "Blok"),
        ("13.00-14.00", "Sen", "b"),
        ("9.30-10.15", "Tidlig", "a"),
        ("9.30-10.00", "Kort", "a"),
    ]
    program = begun(write_csv(tmp_path / "a.csv", rows), tmp_path)
    assert [(each.name, f"{each.start:%H:%M}", f"{each.end:%H:%M}") for each in program.rounds] == [
        ("a", "09:30", "10:15"),
        ("b", "13:00", "14:00"),
    ]
    assert [f"{each.end:%H:%M}" for each in program.rounds[0].sessions] == ["10:15", "10:00"]


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12) | st.sampled_from(
    [each for each in HOSTILE if "\x1b" not in each]
)


@given(
    titles=st.lists(texts.filter(clean), min_size=1, max_size=8, unique_by=lambda text: fold(clean(text))),
    rooms=st.lists(texts, min_size=8, max_size=8, unique_by=lambda text: fold(clean(text))),
    codes=st.lists(texts, min_size=8, max_size=8, unique_by=lambda text: fold(clean(text))),
    rounds=st.integers(1, 3),
)
def test_what_stands_in_cells_is_text_and_nothing_else(
    titles: list[str],
    rooms: list[str],
    codes: list[str],
    rounds: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    # Letters that another program has mangled are warned of, in each file.
    assume(not any(map(find_mangled, (*titles, *rooms, *codes))))
    folder = tmp_path_factory.mktemp("table")
    rows = [
        (codes[number], title, number % rounds + 1, rooms[number], 20 + number)
        for number, title in enumerate(titles)
    ]
    file = write_csv(folder / "a.csv", [("code", "title", "round", "room", "seats"), *rows])
    program = begun(file, folder)
    assert sorted(each.title for each in program.sessions.values()) == sorted(map(clean, titles))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("name", "email"), ("Bo", "bo@example.dk")], "a.csv:1:1: MV240 no column is headed by"),
        ([("title",)], "a.csv:1:1: MV240 no session stands below"),
        ([("code", "title"), ("1A", "")], "a.csv:2:4: MV240 a session without a title"),
        ([("title", "seats"), ("Ro", "many")], 'a.csv:2:4: MV240 "many" is not a number of seats'),
        ([("title", "time"), ("Ro", "soon")], 'a.csv:2:4: MV240 "soon" is not a time of day'),
        (
            [("code", "title"), ("1A", "Ro"), ("1a", "Mod")],
            'a.csv:3:1: MV240 the code "1a" is that of another',
        ),
    ],
)
def test_what_is_wrong_in_a_table_is_told_and_nothing_is_written(
    rows: Rows, told: str, tmp_path: Path
) -> None:
    file = write_csv(tmp_path / "a.csv", rows)
    with pytest.raises(Faulty) as faulty:
        begin(file, tmp_path / "new")
    (found,) = faulty.value.diagnostics
    assert f"{found.place}: {found.code} {found.message}".replace(f"{tmp_path}/", "").startswith(told)
    assert not (tmp_path / "new").exists()


def test_a_program_of_what_cannot_be_is_written_with_its_faults_told(tmp_path: Path) -> None:
    rows = [("title", "presenters", "round"), ("Ro", "Bo Beck", 1), ("Mod", "Bo Beck", 1)]
    code, told = begin(write_csv(tmp_path / "a.csv", rows), tmp_path)
    assert (code, "MV035" in told) == (Exit.FAULTS, True)
    assert (tmp_path / "program.yaml").is_file()


def test_a_column_that_is_not_read_is_told_with_what_it_might_be_called(tmp_path: Path) -> None:
    rows = [("Titel", "Rum til", "Runde", "Noter", "Målgruppe"), ("Ro", "20", 1, "", "8. klasse")]
    code, told = begin(write_csv(tmp_path / "a.csv", rows), tmp_path)
    assert code is Exit.DONE
    assert 'a.csv:1:7: warning MV112 unknown column "Rum til" is not read' in told
    assert (
        'head it so: "code", "presenters", "by", "times", "room", "seats", "description", "start", "end"'
        in told
    )
    assert 'unknown column "Målgruppe" is not read' in told
    assert 'unknown column "Noter"' not in told


@pytest.mark.parametrize("heading", ["Maks. antal deltagere", "Maks. deltagere", "Max antal deltagere"])
def test_how_many_a_danish_table_has_room_for_is_read(heading: str, tmp_path: Path) -> None:
    rows = [("Titel", "Oplægsholder(e)", "Lokale", heading), ("Ro", "Bo Beck; Åse Holm", "Sal", "20")]
    program = begun(write_csv(tmp_path / "a.csv", rows), tmp_path / "new")
    (session,) = program.rounds[0].sessions
    assert (program.rooms[0].seats, len(session.presenters)) == (20, 2)


def talk(title: str, start: str, duration: str = "00:45", **more: object) -> dict[str, object]:
    return {"title": title, "start": start, "duration": duration, "date": "2027-01-30T10:00:00+01:00", **more}


# A schedule of our own, with the keys that pretalx writes.
SCHEDULE = {
    "schedule": {
        "version": "0.9",
        "conference": {
            "title": "Dagen",
            "start": "2027-01-30",
            "end": "2027-01-30",
            "time_zone_name": "Europe/Oslo",
            "days": [
                {
                    "date": "2027-01-30",
                    "rooms": {
                        "Aula": [
                            talk("Welcome", "09:00", "00:30", type="Keynote", persons=[]),
                            talk(
                                "Data",
                                "10:00",
                                persons=[{"public_name": "Bo Beck"}],
                                abstract="Om <b>data</b>",
                            ),
                            talk("Mod", "11:00"),
                        ],
                        "Sal": [talk("Ro", "10:00", "00:30"), talk("Data", "11:00", abstract="")],
                    },
                }
            ],
        },
    }
}
XML = """\
<?xml version="1.0"?>
<schedule>
  <conference><title>Dagen</title><time_zone_name>Europe/Oslo</time_zone_name></conference>
  <day date="2027-01-30">
    <room name="Aula">
      <event><start>09:00</start><duration>00:30</duration><title>Welcome</title></event>
      <event><start>10:00</start><duration>00:45</duration><title>Data</title><abstract>Om data</abstract>
        <persons><person id="1">Bo Beck</person></persons></event>
      <event><start>11:00</start><duration>00:45</duration><title>Mod</title></event>
    </room>
    <room name="Sal">
      <event><start>10:00</start><duration>00:30</duration><title>Ro</title></event>
      <event><start>11:00</start><duration>00:45</duration><title>Data</title></event>
    </room>
  </day>
</schedule>
"""


@pytest.mark.parametrize(("name", "text"), [("schedule.json", json.dumps(SCHEDULE)), ("schedule.xml", XML)])
def test_a_schedule_becomes_rounds_and_an_agenda(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    program = begun(tmp_path / name, tmp_path, of_a_day(name=""))
    assert (program.event.name, program.event.timezone) == ("Dagen", "Europe/Oslo")
    assert program.event.date == dt.date(2027, 1, 30)
    assert [item.title for item in program.agenda] == ["Welcome"]
    assert [[each.title for each in round_.sessions] for round_ in program.rounds] == [
        ["Ro", "Data"],
        ["Mod", "Data"],
    ]
    data = program.sessions["A"]
    assert (data.description, [each.name for each in data.presenters]) == ("Om data", ["Bo Beck"])
    assert f"{program.rounds[0].sessions[0].end:%H:%M}" == "10:30"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", "{}"),
        ("a.json", "[]"),
        ("a.json", '{"schedule": {"conference": {"title": "x", "days": []}}}'),
        ("a.json", json.dumps(SCHEDULE).replace("10:00", "25:00")),
        ("a.xml", "<schedule/>"),
        ("a.xml", "<schedule"),
        ("a.xml", '<!DOCTYPE a [<!ENTITY b "c">]><schedule>&b;</schedule>'),
    ],
)
def test_what_is_no_schedule_is_told_and_nothing_is_written(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(Faulty) as faulty:
        begin(tmp_path / name, tmp_path / "new")
    assert {each.code for each in faulty.value.diagnostics} == {"MV241"}
    assert not (tmp_path / "new").exists()
