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
    code = new_from(Screen(out=io.StringIO(), err=err), folder, file, wanted or of_a_day())
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
    program = begun(file, tmp_path / "new", of_a_day(language=language))
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
    file = write_csv(tmp_path / "a.csv", [("title",), ("Data",), ("Ro",)])
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
    assert 'head it so: "code", "presenters", "by", "room", "seats", "description", "start", "end"' in told
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
