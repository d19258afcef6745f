"""What a new user begins with: valid at once, in each language, and never written over a file."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.cli import beginning
from midtvejs.cli.beginning import Language, parse_date, parse_rooms, parse_rounds
from midtvejs.commands._exit import Exit
from midtvejs.commands.new import Wanted, example, new, write_example
from midtvejs.output.screen import Screen
from midtvejs.reading.program.build import read_program
from tests.manual import GUIDE, examples, run, save_files, walk
from tests.terminal import Terminal

ROOT = Path(__file__).parents[2]
TODAY = dt.date(2026, 11, 29)
HOSTILE = [
    *("=1+1", "@SUM(A1)", "no", "null", "~", "1E1", "0x1F", "2027-01-30", "a: b", "a #b", "- a", "[a]"),
    *("{a", "&a", "*a", "!a", "%a", "|", ">", "'", '"', "\\", "a\x1b[2J", "a\nb: c", "\u202eba", "æøå"),
    "\ufeffa",
]


def write(folder: Path, wanted: Wanted) -> tuple[Exit, str]:
    err = io.StringIO()
    return new(Screen(out=io.StringIO(), err=err), folder, wanted), err.getvalue()


def of_a_day(**changes: object) -> Wanted:
    usual: dict[str, object] = {"name": "Dagen", "date": TODAY, "rounds": 2, "rooms": 3, "language": "da"}
    return Wanted(**usual | changes)  # type: ignore[arg-type] # as the test says


names = st.text(min_size=1, max_size=30).filter(lambda text: text.strip()) | st.sampled_from(HOSTILE)


days = st.builds(
    of_a_day,
    name=names,
    date=st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)),
    rounds=st.integers(1, beginning.MOST_ROUNDS),
    rooms=st.integers(1, 6),
    language=st.sampled_from([*Language]),
)


@given(day=days)
def test_what_is_written_has_no_faults_and_no_warnings(
    day: Wanted, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("new")
    code, told = write(folder, day)
    read = read_program(folder / "program.yaml")
    assert (code, read.diagnostics) == (Exit.DONE, ()), told
    program = read.accepted()
    assert (program.event.date, program.event.language) == (day.date, day.language)
    assert program.event.id.endswith(f"-{day.date.year}")
    assert [len(round_.sessions) for round_ in program.rounds] == [day.rooms] * (day.rounds or 0)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_stay_what_they_are(name: str, tmp_path: Path) -> None:
    assert write(tmp_path, of_a_day(name=name, rooms={name: 7}))[0] is Exit.DONE
    program = read_program(tmp_path / "program.yaml").accepted()
    readable = " ".join(name.translate(dict.fromkeys(map(ord, "\x1b\u202e\ufeff"), " ")).split())
    assert program.event.name == readable
    assert [(room.name, room.seats) for room in program.rooms] == [(readable, 7)]


def test_a_name_of_which_nothing_can_be_read_is_none(tmp_path: Path) -> None:
    assert write(tmp_path, of_a_day(name="\u202e\x1b", rooms={"\u202e": 7}))[0] is Exit.DONE
    program = read_program(tmp_path / "program.yaml").accepted()
    assert (program.event.name, [room.name for room in program.rooms]) == ("Konferencen", ["Lokale 1"])


def test_the_same_day_is_written_the_same_and_in_its_language(tmp_path: Path) -> None:
    texts = []
    for language in Language:
        for attempt in "ab":
            folder = tmp_path / f"{language}{attempt}"
            write(folder, of_a_day(language=language))
            texts.append((folder / "program.yaml").read_bytes())
    assert texts[0::2] == texts[1::2]
    assert [text.decode().splitlines()[0] for text in texts[::2]] == [
        "# Dagen: hele dagen i én fil.",
        "# Dagen: hele dagen i én fil.",
        "# Dagen: the whole day in one file.",
    ]
    assert len(set(texts)) == 3


def test_the_id_can_be_given_and_the_schema_stands_beside_it(tmp_path: Path) -> None:
    write(tmp_path, of_a_day(event_id="min-dag", schema=True))
    program = read_program(tmp_path / "program.yaml").accepted()
    assert (program.event.id, program.event.revision) == ("min-dag", 0)
    first = (tmp_path / "program.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=program.schema.json"
    assert (tmp_path / "program.schema.json").is_file()


@pytest.mark.parametrize("taken", ["program.yaml", "program.schema.json"])
def test_nothing_is_written_over_what_is_there_nor_beside_it(taken: str, tmp_path: Path) -> None:
    (tmp_path / taken).write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match="left as it is"):
        write(tmp_path, of_a_day(schema=True))
    assert [path.name for path in tmp_path.iterdir()] == [taken]
    assert (tmp_path / taken).read_text(encoding="utf-8") == "mine"


def test_a_link_is_there_even_if_it_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "program.yaml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        write(tmp_path, of_a_day())


def test_the_example_is_the_repository_s_own_and_stays_inside_of_its_folder(tmp_path: Path) -> None:
    screen = Screen(out=io.StringIO(), err=io.StringIO())
    write_example(screen, tmp_path / "there")
    for name, path in example().items():
        assert (tmp_path / "there" / name).read_bytes() == path.read_bytes() == (ROOT / name).read_bytes()
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "preferences").symlink_to(outside)
    with pytest.raises(OSError, match="leads out of the folder"):
        write_example(screen, tmp_path / "here")
    assert [*outside.iterdir()] == []
    assert not (tmp_path / "here" / "program.yaml").exists()


@pytest.mark.parametrize(
    "text", ["2027-01-30", "30-01-2027", "30.1.2027", "30. januar 2027", "30 January 2027"]
)
def test_dates_are_read_as_people_write_them(text: str) -> None:
    assert parse_date(text) == dt.date(2027, 1, 30)


@pytest.mark.parametrize("text", ["", "soon", "03/04/2027", "2027-02-30"])
def test_a_date_that_could_be_another_is_none(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="write year, month and day"):
        parse_date(text)


def test_rooms_are_a_number_or_names_with_seats() -> None:
    assert parse_rooms(" 4 ") == 4
    assert parse_rooms("Aula=120, Sal 2 = 24") == {"Aula": 120, "Sal 2": 24}
    for text in ("", "0", "41", "Aula", "Aula=0", "Aula=x", "=3", "Aula=1,aula=2", "Aula=1,", "Auto=3"):
        with pytest.raises(typer.BadParameter):
            parse_rooms(text)
    for text in ("0", "21", "x", "-1"):
        with pytest.raises(typer.BadParameter):
            parse_rounds(text)


def in_shell(folder: Path, *arguments: str, answers: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "midtvejs", *arguments],
        cwd=folder,
        input=answers,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_off_a_terminal_nothing_is_asked_and_what_is_usual_is_taken(tmp_path: Path) -> None:
    done = in_shell(tmp_path, "new", "--date", "2027-01-30")
    assert done.returncode == 0
    assert in_shell(tmp_path, "validate").stdout.startswith(
        "program.yaml: no faults (3 rounds, 12 sessions, 4 rooms;"
    )


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--rounds", "0"], "'0' is not a number of rounds"),
        (["--example", "--name", "x"], "leave out --name"),
        (["--date", "x"], "'x' is not a date"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(
    arguments: list[str], word: str, tmp_path: Path
) -> None:
    done = in_shell(tmp_path, "new", *arguments)
    assert done.returncode == 2
    assert word in " ".join(done.stderr.split())
    assert [*tmp_path.iterdir()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_on_a_terminal_it_asks_again_until_it_is_answered(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "new")
    terminal.type(b"called [Konferencen]:", "Dagen\n")
    terminal.type(b"day [", "30/2\n")
    terminal.type(b"is not a date", "30-01-2027\n")
    terminal.type(b"rounds [3]:", "\n")
    terminal.type(b"Library=24) [4]:", "Aula=50,Sal=20\n")
    assert terminal.end() == 0
    program = read_program(tmp_path / "program.yaml").accepted()
    assert (program.event.name, program.event.date) == ("Dagen", dt.date(2027, 1, 30))
    assert [room.seats for room in program.rooms] == [50, 20]
    assert len(program.rounds) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_ctrl_c_and_ctrl_d_write_nothing(key: str, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "new")
    terminal.type(b"called [", "Dagen\n")
    terminal.type(b"day [", key)
    assert terminal.end(again=key) == 130
    assert b"Interrupted; nothing is written." in terminal.shown
    assert [*tmp_path.iterdir()] == []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which ``midtvejs`` is that of a wheel, and none of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    built = subprocess.run(
        [*pip, "wheel", "--no-deps", "-w", str(folder / "dist"), str(ROOT)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if built.returncode:
        pytest.skip(f"no wheel can be built here: {built.stderr.splitlines()[-1:]}")
    (found,) = (folder / "dist").glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", str(folder / "site"), str(found)], check=True)
    command = folder / "bin" / "midtvejs"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nPYTHONPATH={folder / "site"} exec {sys.executable} -m midtvejs "$@"\n')
    command.chmod(0o755)
    return folder


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="it is typed in a shell")
def test_a_wheel_alone_gets_from_nothing_to_pdfs_in_three_commands(wheel: Path, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    for command in (
        "midtvejs new --example",
        "midtvejs assign preferences/midtvejs-2018.csv --save assignment.csv",
        "midtvejs export assignment.csv dagen",
    ):
        run(command, tmp_path, str(wheel / "bin"))
    assert [path.name for path in sorted((tmp_path / "dagen").glob("*.pdf"))]
    assert [path.name for path in (wheel / "site").glob("midtvejs/example/*")]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="it is typed in a shell")
def test_a_wheel_alone_and_the_guide_in_it_get_from_nothing_to_a_program_of_ones_own(
    wheel: Path, tmp_path: Path
) -> None:
    shipped = wheel / "site" / "midtvejs" / "guide"
    assert {path.stem: path.read_text(encoding="utf-8") for path in shipped.iterdir()} == GUIDE
    start, _ = run("midtvejs guide start", tmp_path, str(wheel / "bin"))
    assert list(examples(start)) == list(examples(GUIDE["start"]))
    save_files(GUIDE["start"], tmp_path)
    walk(GUIDE["start"], tmp_path, str(wheel / "bin"))
    assert read_program(tmp_path / "spring" / "program.yaml").accepted().event.name == "Forårsdagen"
