"""The whole program from outside: exit codes, streams, files, signals, terminals."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from midtvejs import __version__

if sys.platform != "win32":
    import pty
    import termios

ROOT = Path(__file__).parents[2]
FOREVER = 600
"""Seconds after which something hangs, however slow the machine is."""

PROGRAM = """\
event: {{name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "12:00"}}
rooms:
  Panorama: {{seats: {panorama}}}
  Fjorden: {{seats: {fjorden}}}
rounds:
  - id: R1
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions:
      - {{code: 1A, title: Et, room: Panorama}}
      - {{code: 1B, title: To, room: Fjorden}}
  - id: R2
    name: Runde 2
    start: "11:00"
    end: "11:30"
    sessions:
      - {{code: 2A, title: Tre, room: Panorama}}
      - {{code: 2B, title: Fire, room: Fjorden}}
rules: {{seed: 2}}  # with these lots the search begins where it ends
"""
HEAD = "name,email,organisation,R1,R2"
ROWS = ["Åse,,Vejle,1A > 1B,2A > 2B", "Bo,,Vejle,1A > 1B,2A > 2B", "Cai,,Vejle,1A,2B > 2A"]
FREE = {"MIDTVEJS_DEBUG", "MIDTVEJS_OUTPUT_FORMAT", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a small conference: three people, of whom somebody has to give way in both rounds."""
    (tmp_path / "program.yaml").write_text(PROGRAM.format(panorama=1, fjorden=2), encoding="utf-8")
    (tmp_path / "prefs.csv").write_text("\n".join([HEAD, *ROWS, ""]), encoding="utf-8")
    return tmp_path


def environment(**changes: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in FREE}
    return kept | {"PYTHONPATH": str(ROOT)} | changes


def run(
    desk: Path, *arguments: str | Path, driver: str = "", **changes: str
) -> subprocess.CompletedProcess[str]:
    """Run ``midtvejs`` in a folder; ``driver`` is Python that runs first, in the same process."""
    return subprocess.run(
        command(*arguments, driver=driver),
        cwd=desk,
        env=environment(**changes),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=FOREVER,
    )


def command(*arguments: str | Path, driver: str = "") -> list[str]:
    start = ["-c", f"{driver}\nfrom tests.quietly import main\nmain()"] if driver else ["-m", "tests.quietly"]
    return [sys.executable, *start, *map(str, arguments)]


def files(desk: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in desk.iterdir()}


# Exit codes


def test_done(desk: Path) -> None:
    done = run(desk, "assign", "prefs.csv", "--save", "assignment.csv")
    assert done.returncode == 0
    assert "worst 1 (0 is impossible)\ntotal 3 (the minimum)\neven 3 (the minimum)\n" in done.stdout
    assert done.stderr == "Saved to assignment.csv. Print it again: midtvejs rosters assignment.csv\n"
    assert run(desk, "rosters", "assignment.csv", "--prefs", "prefs.csv").returncode == 0
    text = (desk / "assignment.csv").read_bytes().decode("utf-8-sig")
    assert sorted(line.split(";")[0] for line in text.splitlines()) == ["Bo", "Cai", "name", "Åse"]


@pytest.mark.parametrize(
    "start", [[sys.executable, "-m", "midtvejs"], [Path(sys.executable).parent / "midtvejs"]]
)
def test_the_module_and_the_script_are_the_same_program(desk: Path, start: list[str | Path]) -> None:
    done = subprocess.run(
        [*start, "--version"], cwd=desk, capture_output=True, encoding="utf-8", check=True, timeout=FOREVER
    )
    assert done.stdout == run(desk, "--version").stdout == f"midtvejs {__version__}\n"


FAULTY_PROGRAM = PROGRAM.format(panorama=1, fjorden=2).replace("room: Fjorden", "room: Fjordn")
FAULTY_WISHES = f"{HEAD}\nÅse,,Vejle,1X,2A\n"


@pytest.mark.parametrize(
    "verb",
    [
        "show",
        "assign prefs.csv",
        "compare prefs.csv",
        "advise prefs.csv",
        "what-if prefs.csv --cancel=1A",
        "simulate",
        "rosters prefs.csv",
    ],
)
def test_a_faulty_program_ends_every_verb_and_writes_nothing(desk: Path, verb: str) -> None:
    (desk / "program.yaml").write_text(FAULTY_PROGRAM, encoding="utf-8")
    before = files(desk)
    save = ["--save", "out.csv"] if verb.startswith(("assign", "simulate")) else []
    done = run(desk, *verb.split(), *save)
    assert (done.returncode, done.stdout) == (1, "")
    assert "program.yaml:12:37: MV023" in done.stderr
    assert "program.yaml:19:39: MV023" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(desk) == before


def test_faults_are_what_validate_is_asked_for(desk: Path) -> None:
    (desk / "faulty.yaml").write_text(FAULTY_PROGRAM, encoding="utf-8")
    done = run(desk, "validate", "faulty.yaml", MIDTVEJS_OUTPUT_FORMAT="json")
    assert (done.returncode, done.stderr) == (1, "")
    assert [fault["code"] for fault in json.loads(done.stdout)] == ["MV023", "MV023"]


def test_faulty_wishes_are_refused_and_nothing_is_written(desk: Path) -> None:
    (desk / "prefs.csv").write_text(FAULTY_WISHES, encoding="utf-8")
    before = files(desk)
    done = run(desk, "assign", "prefs.csv", "--save", "assignment.csv", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "prefs.csv:2:12: MV130" in done.stderr
    assert files(desk) == before


def test_a_file_that_is_not_there(desk: Path) -> None:
    for arguments in (["show", "nowhere.yaml"], ["assign", "nowhere.csv"], ["rosters", "nowhere.csv"]):
        done = run(desk, *arguments)
        assert (done.returncode, done.stdout) == (1, "")
        assert arguments[1] in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        "asign prefs.csv",
        "assign",
        "assign prefs.csv --seed=-1",
        "assign prefs.csv --by=colour",
        "assign prefs.csv --time-limit=-1",
        "assign prefs.csv --time-limit=nan",
        "assign prefs.csv --mechanism=auction",
        "assign prefs.csv --mechanism=lottery --certificate=proof.json",
        "assign prefs.csv --mechanism=first-come --certificate=proof.json",
        "assign prefs.csv --save=prefs.csv --force",
        "assign prefs.csv --save=program.yaml --force",
        "assign prefs.csv --certificate=./prefs.csv --force",
        "assign prefs.csv --save=out.csv --certificate=./out.csv",
        "compare",
        "compare prefs.csv --seed=-1",
        "advise",
        "advise prefs.csv --time-limit=-1",
        "what-if prefs.csv",
        "what-if prefs.csv --seats=Panorama=0",
        "what-if prefs.csv --cancel=3X",
        "simulate --participants=0",
        "simulate --save=program.yaml --force",
        "rosters prefs.csv --room=Nirgends",
        "validate --output-format=xml",
    ],
)
def test_wrong_usage(desk: Path, arguments: str) -> None:
    before = files(desk)
    done = run(desk, *arguments.split())
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert files(desk) == before


def test_too_few_seats_are_counted_and_nothing_is_written(desk: Path) -> None:
    (desk / "program.yaml").write_text(PROGRAM.format(panorama=100, fjorden=50), encoding="utf-8")
    made = run(desk, "simulate", "--participants", "180", "--save", "many.csv")
    assert made.returncode == 0
    before = files(desk)
    done = run(desk, "assign", "many.csv", "--save", "assignment.csv")
    assert (done.returncode, done.stdout) == (3, "")
    for round_ in ("R1 (Runde 1)", "R2 (Runde 2)"):
        assert f"{round_}: 150 seats for 180 participants; 30 seats short" in done.stderr
    assert "nothing is written" in done.stderr
    assert files(desk) == before


OUT_OF_TIME = """
import midtvejs.solving.prices.search as module
from midtvejs.domain.assignment import OutOfTime
def search(*_, **__): raise OutOfTime
module.search = search
"""


def test_out_of_time(desk: Path) -> None:
    before = files(desk)
    done = run(desk, "assign", "prefs.csv", "--save", "assignment.csv", driver=OUT_OF_TIME)
    assert (done.returncode, done.stdout) == (4, "")
    assert "nothing is written" in done.stderr
    assert files(desk) == before


@pytest.mark.parametrize("seconds", ["0", "0.001"])
def test_hardly_any_time_gives_something_lawful(desk: Path, seconds: str) -> None:
    done = run(desk, "assign", "prefs.csv", "--time-limit", seconds, "--save", "assignment.csv")
    assert done.returncode == 0
    assert run(desk, "rosters", "assignment.csv", "--prefs", "prefs.csv").returncode == 0


BUG = """
import midtvejs.commands.show as module
def show(*_): raise ValueError("a \\x1b[31mmistake")
module.show = show
"""


def test_a_bug_is_confessed_without_a_traceback(desk: Path) -> None:
    done = run(desk, "show", driver=BUG)
    assert (done.returncode, done.stdout) == (70, "")
    assert "This is a bug in midtvejs" in done.stderr
    assert "ValueError: a  [31mmistake" in done.stderr
    assert "report it" in done.stderr
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr
    assert "Traceback" in run(desk, "show", driver=BUG, MIDTVEJS_DEBUG="1").stderr


CHEAT = """
import midtvejs.solving.prices.search as module
from dataclasses import replace
found = module.search
def search(*given, **rest):
    honest = found(*given, **rest)
    return replace(honest, choices=[(0, 0)] * len(honest.choices))
module.search = search
"""


def test_an_unlawful_result_is_a_bug_and_never_shown(desk: Path) -> None:
    before = files(desk)
    done = run(desk, "assign", "prefs.csv", "--save", "assignment.csv", driver=CHEAT)
    assert (done.returncode, done.stdout) == (70, "")
    assert files(desk) == before


WAITING = """
import signal, sys, time
import midtvejs.solving.prices.search as module
from tests.keyboard import await_the_wait
signal.signal(signal.SIGINT, signal.default_int_handler)
found = module.search
def search(*given, stop, **rest):
    await_the_wait()
    print("searching", file=sys.stderr, flush=True)
    while not stop.asked:
        time.sleep(0.01)
    return found(*given, stop=stop, **rest)
module.search = search
"""


DEAF = WAITING.replace(
    "    return", "    print('deaf', file=sys.stderr, flush=True)\n    time.sleep(600)\n    return"
)


def interrupted(
    desk: Path, driver: str, *awaited: str, by: signal.Signals = signal.SIGINT
) -> tuple[int, str, str]:
    """Press Ctrl-C whenever the next awaited line is said; gives the exit code and both streams."""
    with subprocess.Popen(
        command("assign", "prefs.csv", "--save", "assignment.csv", driver=driver),
        cwd=desk,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as searching:
        assert searching.stderr
        for line in awaited:
            while (said := searching.stderr.readline()) != f"{line}\n":
                assert said, f"it ended without saying {line}"
            searching.send_signal(by)
        out, err = searching.communicate(timeout=FOREVER)
        return searching.returncode, out, err


def test_ctrl_c_gives_the_best_so_far(tmp_path: Path) -> None:
    shutil.copy(ROOT / "program.yaml", tmp_path)
    shutil.copy(ROOT / "preferences" / "midtvejs-2018.csv", tmp_path / "prefs.csv")
    code, out, err = interrupted(tmp_path, WAITING, "searching")
    assert code == 130
    told = "Interrupted: this is the best assignment found so far. It is lawful, but not proven best: "
    assert re.search(rf"^{told}(worst|total|even) \d+ \(at least \d+; gap \d+\)", err, re.MULTILINE)
    assert "Traceback" not in err
    assert "Lawful, but not proven" in out
    with (tmp_path / "prefs.csv").open(encoding="utf-8", newline="") as file:
        assert all(row["name"] in out for row in csv.DictReader(file))
    assert run(tmp_path, "rosters", "assignment.csv", "--prefs", "prefs.csv").returncode == 0


def test_ctrl_c_where_nothing_better_is_left_to_be_found(desk: Path) -> None:
    code, out, err = interrupted(desk, WAITING, "searching")
    assert (code, "Interrupted" in err) == (130, False)
    assert "Proven" in out
    assert all(name in out for name in ("Åse", "Bo", "Cai"))


def test_a_second_ctrl_c_is_not_waited_for(desk: Path) -> None:
    before = files(desk)
    code, out, err = interrupted(desk, DEAF, "searching", "deaf")
    assert (code, out) == (130, "")
    assert err.endswith("Interrupted; nothing is written.\n")
    assert files(desk) == before


def test_ctrl_c_elsewhere_writes_nothing(desk: Path) -> None:
    driver = (
        "import midtvejs.commands.show as module\ndef show(*_): raise KeyboardInterrupt\nmodule.show = show"
    )
    done = run(desk, "show", driver=driver)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Interrupted; nothing is written.\n")


@pytest.mark.parametrize("by", ["SIGTERM", "SIGHUP"])
def test_being_told_to_end_is_as_ctrl_c(desk: Path, by: str) -> None:
    code, out, err = interrupted(desk, WAITING, "searching", by=signal.Signals[by])
    assert (code, err.partition(".")[0]) == (130, "Saved to assignment")
    assert "worst 1" in out
    assert sorted(files(desk)) == ["assignment.csv", "prefs.csv", "program.yaml"]


@pytest.mark.parametrize("raised", ["KeyboardInterrupt", "ImportError('torn') from KeyboardInterrupt()"])
def test_ctrl_c_while_the_command_line_is_imported(raised: str) -> None:
    torn = f"""
import sys
from importlib.abc import MetaPathFinder
class Torn(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "typer":
            raise {raised}
sys.meta_path.insert(0, Torn())
from midtvejs.__main__ import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", torn], env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Interrupted; nothing is written.\n")


def test_ctrl_c_while_the_verbs_are_made_ready(desk: Path) -> None:
    driver = "import typer.main\ndef torn(*_): raise KeyboardInterrupt\ntyper.main.get_command = torn"
    done = run(desk, "show", driver=driver)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Interrupted; nothing is written.\n")


UNREADABLE = """
import os
from pathlib import Path
once = Path.open
def refused(path, *given, **rest):
    if path.name == "{name}":
        raise PermissionError(13, "Permission denied", str(path))
    return once(path, *given, **rest)
Path.open = refused
os.access = lambda *_: False
"""


@pytest.mark.parametrize(
    ("name", "verb"),
    [
        ("prefs.csv", "check prefs.csv"),
        ("program.yaml", "validate program.yaml"),
        ("program.yaml", "check prefs.csv --program program.yaml"),
        ("saved.csv", "rosters saved.csv"),
        ("saved.csv", "diff saved.csv saved.csv"),
        ("prefs.csv", "audit saved.csv --prefs prefs.csv"),
        ("saved.csv", "verify saved.csv --prefs prefs.csv --certificate saved.csv"),
    ],
)
def test_a_file_without_permission_cannot_be_read(saved_desk: Path, name: str, verb: str) -> None:
    """It is the system that says so: whoever runs this as root may read everything."""
    done = run(saved_desk, *verb.split(), driver=UNREADABLE.format(name=name))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"error: {name}: Permission denied\n"


NAMED_ONE = """
import os, signal
once, count = os.link, 0
def link(draft, path):
    once(draft, path)
    os.kill(os.getpid(), signal.SIGKILL)
os.link = link
"""


def test_a_set_that_is_mixed_is_told_until_it_is_written_again(desk: Path) -> None:
    saving = ("assign", "prefs.csv", "--save", "assignment.csv", "--certificate", "proof.json")
    assert run(desk, *saving, driver=NAMED_ONE).returncode == -9
    told = "warning: .: writing was broken off: assignment.csv new, but not proof.json; write them again"
    for _ in range(2):
        assert run(desk, "rosters", "assignment.csv").stderr.startswith(told)
    assert not [name for name in files(desk) if name.endswith(".draft")]
    assert run(desk, *saving, "--force").returncode == 0
    assert run(desk, "rosters", "assignment.csv").stderr == ""
    assert sorted(files(desk)) == ["assignment.csv", "prefs.csv", "program.yaml", "proof.json"]


TORN_IMPORT = """
import midtvejs.commands.show as module
def show(*_): raise %s("initialization failed") from KeyboardInterrupt()
module.show = show
"""


@pytest.mark.parametrize("made_of_it", ["ImportError", "RuntimeError"])
def test_ctrl_c_in_the_start_of_a_module_is_no_bug(desk: Path, made_of_it: str) -> None:
    done = run(desk, "show", driver=TORN_IMPORT % made_of_it)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Interrupted; nothing is written.\n")


VIEW = """
import midtvejs.commands.assign as module
def summary_page(*_): raise {error}
module.summary_page = summary_page
"""


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        ("ZeroDivisionError", 70, "not in your files; assignment.csv was written.\n"),
        ("KeyboardInterrupt", 130, "Interrupted; assignment.csv was written.\n"),
        ("OSError(28, 'no space left')", 1, "Before that, assignment.csv was written.\n"),
        ("MemoryError", 1, "enough memory for this\nBefore that, assignment.csv was written.\n"),
    ],
)
def test_what_was_written_before_the_end_is_told(desk: Path, error: str, code: int, told: str) -> None:
    done = run(desk, "assign", "prefs.csv", "--save", "assignment.csv", driver=VIEW.format(error=error))
    assert done.returncode == code
    assert told in done.stderr
    assert "nothing is written" not in done.stderr
    assert (desk / "assignment.csv").exists()


WRITING = """
import os
once = os.link
def link(draft, path):
    if path.name == "proof.json": raise KeyboardInterrupt
    once(draft, path)
os.link = link
"""


def test_what_is_put_back_was_not_written(desk: Path) -> None:
    saving = ("--save", "assignment.csv", "--certificate", "proof.json")
    done = run(desk, "assign", "prefs.csv", *saving, driver=WRITING)
    assert (done.returncode, done.stderr) == (130, "Interrupted; nothing is written.\n")
    assert not (desk / "assignment.csv").exists()


SAVING = {
    "assign prefs.csv --save a.csv --certificate proof.json": ["a.csv", "proof.json"],
    "assign prefs.csv --save-program filled.yaml": ["filled.yaml"],
    "assign prefs.csv --mechanism lottery --save a.csv": ["a.csv"],
    "simulate --save a.csv": ["a.csv"],
    "form sheets": ["sheets/form.csv", "sheets/form.txt", "sheets/form.xlsx"],
    "export saved.csv out --only csv,html": ["out/index.html", "out/mailmerge.csv", "out/rosters.csv"],
}
"""Verbs that write, and which files."""

AFTER_SAVING = """
import importlib
module = importlib.import_module("midtvejs.commands.{verb}")
def saved(*given, **rest):
    write(*given, **rest)
    raise {raised}
name = next(each for each in ("save", "write_whole", "write_into", "write_all") if hasattr(module, each))
write = getattr(module, name)
setattr(module, name, saved)
"""
WHILE_SAVING = """
import os
fsync, count = os.fsync, 0
def sync(number):
    global count
    count += 1
    fsync(number)
    if count == {last}:
        raise {raised}
os.fsync = sync
"""
"""Ends a verb while the last of its files is still a draft."""

ENDS = {
    "ValueError": (70, "not in your files; {}.\n"),
    "KeyboardInterrupt": (130, "Interrupted; {}.\n"),
}


def all_files(desk: Path) -> list[str]:
    return sorted(str(path.relative_to(desk)) for path in desk.rglob("*") if path.is_file())


@pytest.fixture
def saved_desk(desk: Path) -> Path:
    assert run(desk, "assign", "prefs.csv", "--save", "saved.csv").returncode == 0
    return desk


@pytest.mark.parametrize("raised", ENDS)
@pytest.mark.parametrize("verb", SAVING)
def test_what_was_written_before_a_verb_ended_is_told(saved_desk: Path, verb: str, raised: str) -> None:
    before = set(all_files(saved_desk))
    code, words = ENDS[raised]
    done = run(
        saved_desk, *verb.split(), driver=AFTER_SAVING.format(verb=verb.split(maxsplit=1)[0], raised=raised)
    )
    assert (done.returncode, done.stdout) == (code, "")
    start, end = words.format("|").split("|")
    told = done.stderr.partition(start)[2].partition(end)[0]
    names, _, _ = told.rpartition(" was " if len(SAVING[verb]) == 1 else " were ")
    assert sorted(names.split(", ")) == SAVING[verb]
    assert sorted(set(all_files(saved_desk)) - before) == SAVING[verb]


@pytest.mark.parametrize("raised", ENDS)
@pytest.mark.parametrize("verb", SAVING)
def test_a_verb_that_ends_while_it_writes_leaves_nothing(saved_desk: Path, verb: str, raised: str) -> None:
    before = set(saved_desk.rglob("*"))
    code, words = ENDS[raised]
    driver = WHILE_SAVING.format(last=len(SAVING[verb]), raised=raised)
    done = run(saved_desk, *verb.split(), driver=driver)
    assert done.returncode == code
    assert words.format("nothing is written") in done.stderr
    assert set(saved_desk.rglob("*")) == before


PRINTING = """
import io, os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
class Pipe(io.RawIOBase):
    told = False
    def writable(self): return True
    def fileno(self): return 1
    def write(self, data):
        if not self.told:
            self.told = True
            print("printing", file=sys.stderr, flush=True)
        return os.write(1, data)
sys.stdout = io.TextIOWrapper(io.BufferedWriter(Pipe()), encoding="utf-8")
"""
"""Says so once there is something to be printed, which then waits to be."""


def filled_pipe() -> tuple[int, int]:
    """Make a pipe that takes nothing more until somebody reads it."""
    assert sys.platform != "win32"
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(theirs, b"x")
    os.set_blocking(theirs, True)
    return ours, theirs


def test_ctrl_c_while_a_full_pipe_waits_tells_what_was_written(desk: Path) -> None:
    """Neither the printing nor the end waits for a reader of the pipe, who never comes."""
    ours, theirs = filled_pipe()
    with subprocess.Popen(
        command("assign", "prefs.csv", "--save", "assignment.csv", driver=PRINTING),
        cwd=desk,
        env=environment(),
        stdout=theirs,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as printing:
        os.close(theirs)
        assert printing.stderr
        assert printing.stderr.readline() == "printing\n"
        printing.send_signal(signal.SIGINT)
        _, err = printing.communicate(timeout=FOREVER)
    os.close(ours)
    assert (printing.returncode, err) == (130, "Interrupted; assignment.csv was written.\n")
    assert run(desk, "rosters", "assignment.csv", "--prefs", "prefs.csv").returncode == 0


# Files


@pytest.mark.parametrize("verb", ["assign prefs.csv", "simulate --participants 3"])
def test_an_existing_file_is_kept_unless_force_is_given(desk: Path, verb: str) -> None:
    (desk / "out.csv").write_text("mine", encoding="utf-8")
    before = files(desk)
    done = run(desk, *verb.split(), "--save", "out.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert "out.csv" in done.stderr
    assert "--force" in done.stderr
    assert files(desk) == before
    assert run(desk, *verb.split(), "--save", "out.csv", "--force").returncode == 0
    assert (desk / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfname;email;organisation;R1;R2\r\n")
    assert files(desk).keys() == before.keys()


HELD_OPEN = """
import os
from pathlib import Path
from midtvejs.cli import run as running
from midtvejs.output import files
files.WINDOWS = running.WINDOWS = True
def held(path):
    if os.path.basename(path) == "out.csv":
        raise PermissionError(13, "It is used by another process", str(path), 32)
open_, replace = Path.open, os.replace
def opened(path, mode="r", *rest, **more):
    {when} == "r+b" == mode and held(path)
    return open_(path, mode, *rest, **more)
def replaced(draft, path):
    held(path)
    replace(draft, path)
Path.open, os.replace = opened, replaced
"""


@pytest.mark.parametrize("when", ["at once", "in the end"])
@pytest.mark.parametrize("more", [[], ["--certificate", "proof.json"]])
def test_a_file_that_excel_holds_open_stays_as_it_is(desk: Path, when: str, more: list[str]) -> None:
    for name in ("out.csv", "proof.json"):
        (desk / name).write_text("mine", encoding="utf-8")
    before = files(desk)
    driver = HELD_OPEN.format(when=repr("r+b" if when == "at once" else ""))
    done = run(desk, "assign", "prefs.csv", "--save", "out.csv", *more, "--force", driver=driver)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "error: out.csv: It is used by another process; "
        "if it is open in another program, such as Excel, close it there and run this again\n"
    )
    assert files(desk) == before


def test_a_folder_that_is_not_there(desk: Path) -> None:
    done = run(desk, "assign", "prefs.csv", "--save", "no/such/folder/out.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr


# The same again


def shuffled(rows: list[str], seed: int) -> list[str]:
    return sorted(rows, key=lambda row: hashlib.sha256(f"{seed} {row}".encode()).digest())


@pytest.mark.parametrize("by", [["--by", "room"], ["--json"]])
def test_neither_hashes_nor_the_order_of_rows_nor_another_run_change_a_byte(
    desk: Path, by: list[str]
) -> None:
    rows = (ROOT / "preferences" / "midtvejs-2018.csv").read_text(encoding="utf-8").splitlines()
    head, *people = rows
    seen = set()
    for seed in range(3):
        (desk / "prefs.csv").write_text("\n".join([head, *shuffled(people, seed), ""]), encoding="utf-8")
        done = run(
            desk,
            *["assign", "prefs.csv", "--program", str(ROOT / "program.yaml"), *by],
            *["--save", "assignment.csv", "--force"],
            PYTHONHASHSEED=str(seed),
        )
        assert done.returncode == 0
        seen.add((done.stdout, (desk / "assignment.csv").read_bytes()))
    assert len(seen) == 1


# Pipes and terminals


def test_a_reader_who_leaves_early_hears_no_complaint(desk: Path) -> None:
    line = f"{' '.join(command('simulate', '--participants', '20000'))} | head -1"
    done = subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", line],
        cwd=desk,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=FOREVER,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{HEAD}\n", "")


@pytest.mark.parametrize("both", [False, True], ids=["stdout", "both streams"])
@pytest.mark.parametrize(
    ("verb", "code"),
    [
        ("show", 0),
        ("--help", 0),
        ("--version", 0),
        ("check prefs.csv --json", 0),
        ("validate faulty.yaml --output-format json", 1),
        ("assign prefs.csv --program faulty.yaml", 1),
        ("assign", 2),
        ("assign prefs.csv --program full.yaml", 3),
    ],
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_pipe_that_nobody_reads_changes_no_exit_code(
    desk: Path, verb: str, code: int, unbuffered: str, *, both: bool
) -> None:
    (desk / "faulty.yaml").write_text(FAULTY_PROGRAM, encoding="utf-8")
    (desk / "full.yaml").write_text(PROGRAM.format(panorama=1, fjorden=1), encoding="utf-8")
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run(
        command(*verb.split()),
        cwd=desk,
        env=environment(PYTHONUNBUFFERED=unbuffered),
        stdout=theirs,
        stderr=theirs if both else subprocess.PIPE,
        encoding="utf-8",
        check=False,
        timeout=FOREVER,
    )
    os.close(theirs)
    assert done.returncode == code
    assert both or (
        "Broken pipe" not in done.stderr and bool(done.stderr) == (code != 0 and "json" not in verb)
    )


def test_what_is_to_be_saved_is_saved_though_nobody_reads_what_is_printed(desk: Path) -> None:
    line = f"{' '.join(command('assign', 'prefs.csv', '--save', 'assignment.csv'))} | true"
    code, _, err = in_shell(desk, f"set -o pipefail; {line}")
    assert (code, err) == (0, "Saved to assignment.csv. Print it again: midtvejs rosters assignment.csv\n")
    assert run(desk, "rosters", "assignment.csv", "--prefs", "prefs.csv").returncode == 0


@pytest.mark.parametrize(
    "verb",
    ["show", "assign prefs.csv", "compare prefs.csv", "validate", "validate faulty.yaml", "--help"],
)
def test_a_terminal_that_knows_only_ascii(desk: Path, verb: str) -> None:
    (desk / "faulty.yaml").write_text(FAULTY_PROGRAM.replace("Fjordn", "Fjørdn"), encoding="utf-8")
    code, shown = on_terminal(desk, *verb.split(), width=80, **ONLY_ASCII, PYTHONIOENCODING="ascii")
    assert code == (1 if "faulty" in verb else 0)
    assert shown
    assert shown.isascii()
    assert "Traceback" not in shown


ONLY_ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""A language of the system that knows no letters but the English ones, and Python is to believe it."""

CODE_PAGE = """
import io, sys
for name in ("stdout", "stderr"):
    setattr(sys, name, io.TextIOWrapper(getattr(sys, name).detach(), encoding="cp1252"))
"""
"""The streams that Python opens on a Windows of western Europe, where they are no terminal."""

POLISH = "Åse Łucka"
"""Of its letters, ASCII lacks two, and CP1252 one."""


@pytest.fixture
def polish_desk(desk: Path) -> Path:
    (desk / "prefs.csv").write_text("\n".join([HEAD, *ROWS, f"{POLISH},,Vejle,1A,2A", ""]), encoding="utf-8")
    (desk / "program.yaml").write_text(PROGRAM.format(panorama=2, fjorden=2), encoding="utf-8")
    assert run(desk, "assign", "prefs.csv", "--save", "saved.csv").returncode == 0
    return desk


def bytes_of(desk: Path, line: str, driver: str = "", **changes: str) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        command(*line.split(), driver=driver),
        cwd=desk,
        env=environment(**changes),
        capture_output=True,
        check=False,
        timeout=FOREVER,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("driver", "changes"),
    [
        ("", ONLY_ASCII),
        ("", ONLY_ASCII | {"LC_ALL": "POSIX"}),
        ("", {"LC_ALL": "C"}),
        ("", {"LC_ALL": "en_US.ISO-8859-1", "PYTHONUTF8": "0"}),
        ("", {"PYTHONUTF8": "1"}),
        ("", ONLY_ASCII | {"PYTHONIOENCODING": "utf-8"}),
        ("", ONLY_ASCII | {"PYTHONIOENCODING": ":strict"}),
        (CODE_PAGE, {}),
    ],
)
@pytest.mark.parametrize("verb", ["rosters saved.csv", "assign prefs.csv", "assign prefs.csv --json"])
def test_no_name_is_lost_in_a_pipe(
    polish_desk: Path, verb: str, driver: str, changes: dict[str, str]
) -> None:
    code, out, err = bytes_of(polish_desk, verb, driver, **changes)
    assert (code, err) == (0, b"")
    assert POLISH in out.decode("utf-8")
    assert out == bytes_of(polish_desk, verb)[1]


@pytest.mark.parametrize(
    ("asked", "name", "example"),
    [
        ("ascii", rb"\xc5se \u0141ucka", rb"\xb7"),
        ("ascii:replace", rb"\xc5se \u0141ucka", rb"\xb7"),
        ("cp1252", b"\xc5se \\u0141ucka", rb"\u0141"),
    ],
)
def test_what_an_encoding_lacks_that_was_asked_for_is_told(
    polish_desk: Path, asked: str, name: bytes, example: bytes
) -> None:
    code, out, err = bytes_of(polish_desk, "rosters saved.csv", PYTHONIOENCODING=asked)
    assert code == 0
    assert name in out
    lacking = b"warning: %s lacks characters of this output; " % asked.partition(":")[0].encode()
    hint = b"Without PYTHONIOENCODING, files and pipes get UTF-8."
    assert err.splitlines() == [lacking + b"escapes like %s stand for them. " % example + hint]


@pytest.mark.parametrize("changes", [ONLY_ASCII, {}])
def test_no_name_is_lost_among_faults_in_a_pipe(polish_desk: Path, changes: dict[str, str]) -> None:
    (polish_desk / "prefs.csv").write_text(f"{HEAD}\n{POLISH},,Vejle,1X,2A\n", encoding="utf-8")
    code, out, err = bytes_of(polish_desk, "assign prefs.csv", **changes)
    assert (code, out) == (1, b"")
    assert POLISH in err.decode("utf-8")


def in_shell(desk: Path, line: str) -> tuple[int, str, str]:
    done = subprocess.run(
        ["/bin/bash", "-c", line],
        cwd=desk,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=FOREVER,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("verb", ["--help", "show", "simulate"])
def test_results_that_cannot_be_written_are_told_of_once(desk: Path, verb: str, unbuffered: str) -> None:
    complaint = "error: standard input or output: No space left on device\n"
    line = f"PYTHONUNBUFFERED={unbuffered} {' '.join(command(verb))} >/dev/full"
    assert in_shell(desk, line) == (1, "", complaint)


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_closed_streams_are_no_bug(desk: Path, closed: str) -> None:
    saved = desk / "assignment.csv"
    line = f"{' '.join(command('assign', 'prefs.csv', '--plain', '--save', saved))} {closed}"
    code, out, err = in_shell(desk, line)
    assert (code, bool(out), bool(err)) == (0, closed != ">&-", closed != "2>&-")
    assert saved.read_text(encoding="utf-8").startswith(f"{HEAD}\n")


def on_terminal(desk: Path, *arguments: str, width: int, **changes: str) -> tuple[int, str]:
    """Run on a terminal of so many columns; gives the exit code and what it shows."""
    assert sys.platform != "win32"
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (50, width))
    shown = io.BytesIO()
    with subprocess.Popen(
        command(*arguments),
        cwd=desk,
        env=environment(TERM="xterm-256color", **changes),
        stdin=slave,
        stdout=slave,
        stderr=slave,
    ) as running:
        os.close(slave)
        while chunk := _read(master):
            shown.write(chunk)
    os.close(master)
    return running.returncode, shown.getvalue().decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so of a terminal that nobody holds open any more.
        return b""


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize(
    "verb", ["show", "assign prefs.csv", "compare prefs.csv", "validate faulty.yaml", "--help"]
)
def test_a_terminal_is_never_overrun(desk: Path, verb: str, width: int) -> None:
    (desk / "faulty.yaml").write_text(FAULTY_PROGRAM, encoding="utf-8")
    code, shown = on_terminal(desk, *verb.split(), width=width)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()
    assert code == (1 if "faulty" in verb else 0)
    assert "\x1b" not in "".join(lines)
    assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize("verb", ["show", "assign prefs.csv", "compare prefs.csv", "validate faulty.yaml"])
def test_colours_are_for_terminals_that_want_them(desk: Path, verb: str) -> None:
    (desk / "faulty.yaml").write_text(FAULTY_PROGRAM, encoding="utf-8")
    colour = re.compile(r"\x1b\[[0-9;]*3[0-9][0-9;]*m")
    _, coloured = on_terminal(desk, *verb.split(), width=80)
    _, plain = on_terminal(desk, *verb.split(), width=80, NO_COLOR="1")
    assert colour.search(coloured)
    assert not colour.search(plain)
    assert "\x1b" not in run(desk, *verb.split()).stdout


@pytest.mark.parametrize(
    ("asked", "coloured"),
    [
        ({"FORCE_COLOR": "1"}, True),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"FORCE_COLOR": "3", "TERM": "dumb"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": "", "CLICOLOR_FORCE": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colours_can_be_asked_for_in_a_pipe(desk: Path, asked: dict[str, str], coloured: bool) -> None:
    (desk / "faulty.yaml").write_text(FAULTY_PROGRAM, encoding="utf-8")
    result, fault = run(desk, "validate", **asked), run(desk, "show", "faulty.yaml", **asked)

    assert ("\x1b[32m" in result.stdout) is coloured
    assert ("\x1b[" in fault.stderr) is coloured
    assert "\x1b" not in run(desk, "assign", "prefs.csv", "--json", **asked).stdout


def test_the_program_can_be_named_once_for_every_verb(desk: Path) -> None:
    (desk / "program.yaml").rename(desk / "dagen.yaml")
    for verb in (
        "validate",
        "show",
        "check prefs.csv",
        "plan",
        "assign prefs.csv",
        "simulate --participants 3",
    ):
        assert run(desk, *verb.split()).returncode == 1
        assert run(desk, *verb.split(), MIDTVEJS_PROGRAM="dagen.yaml").returncode == 0
    named = run(desk, "check", "prefs.csv", "--program", "dagen.yaml", MIDTVEJS_PROGRAM="gone.yaml")
    assert named.returncode == 0
    assert "MIDTVEJS_PROGRAM" in run(desk, "rosters", "--help").stdout
