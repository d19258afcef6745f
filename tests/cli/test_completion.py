"""What the shells are offered: by the protocol of each of the four, and by Bash as it is typed."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from midtvejs.cli.app import app
from midtvejs.cli.candidates import MOST, OF_VERBS, find_candidates
from midtvejs.cli.completion import answer, with_shell
from midtvejs.cli.shell_words import ANSWERS, split
from midtvejs.cli.shells import SCRIPTS, Shell, script_of

PROGRAM = """\
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "12:00"}
groups: [klasse]
rooms:
  Store sal: {seats: 20}
  Fjorden: {seats: 10}
rounds:
  - id: R1
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions:
      - {code: 1A, title: Et, room: Store sal}
      - {code: 1B, title: To, room: Fjorden}
"""
PEOPLE = """\
name,email,organisation,R1
Åse Holm,aase@vejle.example,Vejle,1A
Bo Lund,bo@vejle.example,Vejle,1A
Bo Lund,bo@thisted.example,Thisted,1B
Dan O'Hara,,Vejle,1B
"""
BREAKS = " \t\n\"'@><=;|&(:"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MIDTVEJS_PROGRAM", raising=False)
    (tmp_path / "program.yaml").write_text(PROGRAM, "utf-8")
    (tmp_path / "assignment.csv").write_text(PEOPLE, "utf-8")
    return tmp_path


def offered(line: str, shell: str = "zsh") -> list[str]:
    """What is offered for a line up to the cursor."""
    environment = {"_MIDTVEJS_COMPLETE": shell, "_MIDTVEJS_LINE": line, "_MIDTVEJS_BREAKS": BREAKS}
    return answer(app, environment).splitlines()


def values(line: str) -> list[str]:
    return [each.partition("\t")[0] for each in offered(line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("midtvejs va", ["validate"]),
        ("midtvejs assign prefs.csv --mech", ["--mechanism"]),
        ("midtvejs assign prefs.csv --mechanism l", ["lottery"]),
        ("midtvejs assign prefs.csv --by ", ["room", "participant", "organisation", "klasse"]),
        ("midtvejs plan --keep ", ["R1"]),
        ("midtvejs rosters a.csv --round=", ["--round=R1"]),
        ("midtvejs rosters a.csv --room ", ["Store sal", "Fjorden"]),
        ("midtvejs what-if p.csv --seats ", ["Store sal=", "Fjorden="]),
        ("midtvejs what-if p.csv --cancel 1a", ["1A"]),
        ("midtvejs what-if p.csv --add-seats ", ["1A=", "1B="]),
        ("midtvejs what-if p.csv --room ", ["1A=", "1B="]),
        ("midtvejs what-if p.csv --room 1A=f", ["1A=Fjorden"]),
        ("midtvejs what-if p.csv --swap 1A=", ["1A=1B"]),
        ("midtvejs export a.csv d --only pdf,c", ["pdf,csv"]),
        ("midtvejs day ", ["Åse Holm", "bo@vejle.example", "bo@thisted.example", "Dan O'Hara"]),
        ("midtvejs day å", ["Åse Holm"]),
        ("midtvejs day 'dan o", ["Dan O'Hara"]),
        ('midtvejs day "dan o', ["Dan O'Hara"]),
        ("midtvejs day dan\\ o", ["Dan O'Hara"]),
        ("MIDTVEJS_DEBUG=1 midtvejs day å", ["Åse Holm"]),
        ("midtvejs guide st", ["start"]),
        # Files are the shell's own to complete, and what nobody knows is left alone.
        ("midtvejs rosters ", []),
        ("midtvejs assign prefs.csv --save ", []),
        ("midtvejs nothing ", []),
        ("midtvejs rosters a.csv -- --r", []),
        ("", []),
    ],
)
@pytest.mark.usefixtures("desk")
def test_what_is_offered(line: str, expected: list[str]) -> None:
    assert values(line) == expected


def test_rules_that_the_program_asks_for(desk: Path) -> None:
    text = (desk / "program.yaml").read_text(
        "utf-8"
    ) + "pins:\n  - {participant: Åse Holm, in: 1A, reason: hun taler}\n"
    (desk / "program.yaml").write_text(text, "utf-8")

    assert values("midtvejs what-if p.csv --without-rule ") == ["pins"]


def test_the_program_and_the_people_are_those_that_are_typed(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk / "other.yaml").write_text(PROGRAM.replace("Fjorden", "Loftet"), "utf-8")
    (desk / "other.csv").write_text("Navn;E-mail\nEli Dam;\n", "utf-8")

    assert values("midtvejs rosters a.csv -p other.yaml --room L") == ["Loftet"]
    assert values("midtvejs rosters a.csv --program=other.yaml --room L") == ["Loftet"]
    assert values("midtvejs explain other.csv ") == ["Eli Dam"]
    assert values("midtvejs explain --prefs other.csv other.csv E") == ["Eli Dam"]
    monkeypatch.setenv("MIDTVEJS_PROGRAM", "other.yaml")
    assert values("midtvejs rosters a.csv --room L") == ["Loftet"]
    (desk / "assignment.csv").unlink()
    assert values("midtvejs day ") == ["Eli Dam"]


@pytest.mark.usefixtures("desk")
def test_each_shell_is_answered_in_its_own_writing() -> None:
    assert offered("midtvejs rosters a.csv --room ", "bash") == ["Store\\ sal", "Fjorden"]
    assert offered("midtvejs rosters a.csv --room=S", "bash") == ["Store\\ sal"]
    assert offered('midtvejs rosters a.csv --room="S', "bash") == ["Store sal"]
    assert offered("midtvejs day bo@th", "bash") == ["@thisted.example"]
    assert offered("midtvejs day D", "bash") == ["Dan\\ O\\'Hara"]
    assert offered("midtvejs day 'D", "bash") == []
    assert offered("midtvejs rosters a.csv --room ", "zsh") == ["Store sal\t20 seats", "Fjorden\t10 seats"]
    assert offered("midtvejs rosters a.csv --room ", "fish") == ["Store sal\t20 seats", "Fjorden\t10 seats"]
    assert offered("midtvejs rosters .\\a.csv --room ", "powershell") == [
        "'Store sal'\t20 seats",
        "Fjorden\t10 seats",
    ]
    assert offered("midtvejs day D", "powershell") == ["'Dan O''Hara'"]


@pytest.mark.parametrize("quote", ["'", "‘", "’", "‚", "‛"])
def test_no_quote_that_powershell_knows_ends_a_name(desk: Path, quote: str) -> None:
    name = f"Dan O{quote}; rm x; {quote}"
    (desk / "assignment.csv").write_text(PEOPLE.replace("Dan O'Hara", name), "utf-8")

    assert offered("midtvejs day D", "powershell") == [f"'{name.replace(quote, quote * 2)}'"]


HOSTILE = ["$(touch owned)", "`touch owned`", "a;touch owned", "a\\$(touch owned)", '"; touch owned; "', "*"]


def test_hostile_names_are_escaped_or_left_out(desk: Path) -> None:
    rows = "".join('"' + name.replace('"', '""') + '"\n' for name in [*HOSTILE, "-rf", "E\x1b[31m", "F\ng"])
    (desk / "assignment.csv").write_text(f"name\n{rows}", "utf-8")
    script = 'IFS= read -r line; eval "set -- $line"; printf "%s\\n" "$@"'

    assert sorted(values("midtvejs day ")) == sorted([*HOSTILE, "F g"])
    for name in HOSTILE:
        typed = next(each for each in offered("midtvejs day ", "bash") if _unescaped(each) == name)
        done = subprocess.run(
            ["/bin/bash", "-c", script], input=typed, capture_output=True, encoding="utf-8", check=True
        )
        assert done.stdout == f"{name}\n"
    assert not (desk / "owned").exists()


def _unescaped(typed: str) -> str:
    return split(typed)[-1].value


@pytest.mark.parametrize("broken", ["rooms: [", "\x00\xff", "", "a: &a [*a, *a]\n"])
def test_of_broken_files_nothing_is_offered(desk: Path, broken: str) -> None:
    (desk / "program.yaml").write_text(broken, "latin-1")
    (desk / "assignment.csv").write_text(broken, "latin-1")
    for shell in ("bash", "zsh", "fish", "powershell"):
        for line in ("midtvejs rosters a --room ", "midtvejs day ", "midtvejs day 'a", "midtvejs what-if - "):
            assert offered(line, shell) == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_shell_hears_nothing_but_what_is_offered(desk: Path, shell: str) -> None:
    (desk / "program.yaml").write_text("rooms: [", "utf-8")
    for line, expected in (("midtvejs rosters a --room ", b""), ("midtvejs day Å", "Åse".encode())):
        environment = {**os.environ, "_MIDTVEJS_COMPLETE": shell, "_MIDTVEJS_LINE": line, "LC_ALL": "C"}
        done = subprocess.run(
            [sys.executable, "-m", "midtvejs"], cwd=desk, env=environment, capture_output=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert expected in done.stdout
        assert done.stdout.count(b"\n") == bool(expected)


def test_standard_input_and_pipes_are_never_waited_for(desk: Path) -> None:
    os.mkfifo(desk / "pipe")

    for line in ("midtvejs explain - ", "midtvejs day a pipe", "midtvejs explain pipe "):
        assert values(line) == []
    assert values("midtvejs rosters a -p - --room ") == []
    assert values("midtvejs rosters a -p pipe --room ") == []


def test_of_very_many_names_so_many_are_offered_as_can_be_read(desk: Path) -> None:
    rows = "".join(f"Person {number}\n" for number in range(5_000))
    (desk / "assignment.csv").write_text(f"name\n{rows}", "utf-8")

    assert len(values("midtvejs day ")) == MOST
    assert values("midtvejs day 'Person 4999") == ["Person 4999"]


def test_every_parameter_that_is_offered_is_one_of_its_verb() -> None:
    for verb, parameters in OF_VERBS.items():
        known = {each.name for each in get_command(app).commands[verb].params}  # type: ignore[attr-defined]
        assert parameters.keys() <= known


def test_options_and_verbs_say_what_they_are() -> None:
    told = {each.value: each.help for each in find_candidates(get_command(app), [], "")}

    assert told["day"].startswith("Show one participant")
    assert "--help" in {each.value for each in find_candidates(get_command(app), ["day"], "--")}


@pytest.mark.parametrize("shell", [each for each in Shell if each is not Shell.AUTO])
def test_the_script_of_any_shell_is_printed_from_any_shell(shell: Shell) -> None:
    done = CliRunner().invoke(app, ["--show-completion", shell])

    assert (done.exit_code, done.stdout) == (0, SCRIPTS[shell].lstrip())
    asked = "powershell" if shell is Shell.PWSH else shell.value
    assert asked in ANSWERS
    assert re.search(rf'_MIDTVEJS_COMPLETE[= ]+"?{asked}\b', done.stdout)
    assert "_MIDTVEJS_LINE" in done.stdout


def test_without_a_name_it_is_the_shell_that_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert with_shell(["--show-completion"]) == ["--show-completion", "auto"]
    assert with_shell(["--show-completion", "fish"]) == ["--show-completion", "fish"]
    assert with_shell(["day", "--show-completion"]) == ["day", "--show-completion"]
    monkeypatch.setattr("shellingham.detect_shell", lambda: ("zsh", "/bin/zsh"))
    assert CliRunner().invoke(app, ["--show-completion", "auto"]).stdout.startswith("#compdef midtvejs")
    monkeypatch.setattr("shellingham.detect_shell", lambda: ("tcsh", "/bin/tcsh"))
    unknown = CliRunner().invoke(app, ["--show-completion", "auto"])
    assert unknown.exit_code == 2
    assert "name one of bash, zsh, fish, powershell, pwsh" in " ".join(unknown.stderr.split())


@pytest.mark.parametrize(
    ("shell", "script", "beside"),
    [
        ("bash", ".bash_completions/midtvejs.sh", ".bashrc"),
        ("zsh", ".zfunc/_midtvejs", ".zshrc"),
        ("fish", ".config/fish/completions/midtvejs.fish", ""),
    ],
)
def test_installed_twice_it_is_there_once(
    shell: str, script: str, beside: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    if beside:
        (tmp_path / beside).write_bytes(b"# K\xf8benhavn")
    for _ in range(2):
        assert CliRunner().invoke(app, ["--install-completion", shell]).exit_code == 0

    assert (tmp_path / script).read_text("utf-8") == script_of(Shell(shell))
    if beside:
        kept, *added = (tmp_path / beside).read_bytes().splitlines()
        assert kept == b"# K\xf8benhavn"
        assert len(added) == 1


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no Bash")
def test_bash_reads_its_script_from_any_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "it's $HOME"
    monkeypatch.setattr(Path, "home", lambda: home)
    assert CliRunner().invoke(app, ["--install-completion", "bash"]).exit_code == 0

    asked = 'source "$1" && complete -p midtvejs'
    bash = [str(shutil.which("bash")), "-c", asked, "-", str(home / ".bashrc")]
    done = subprocess.run(bash, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")


def test_powershell_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)

    done = CliRunner().invoke(app, ["--install-completion", "pwsh"])

    assert done.exit_code == 2
    assert "pwsh is not installed" in done.stderr


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no Bash")
@pytest.mark.parametrize(
    ("typed", "result"),
    [
        ("midtvejs va\t", "<validate>"),
        ("midtvejs day å\t", "<day><Åse Holm>"),
        ('midtvejs day "å\t', "<day><Åse Holm>"),
        ("midtvejs day Dan\\ \t", "<day><Dan O'Hara>"),
        ("midtvejs day bo@th\t", "<day><bo@thisted.example>"),
        ("midtvejs rosters a --room=St\t", "<rosters><a><--room=Store sal>"),
        ("midtvejs what-if p --seats St\t5", "<what-if><p><--seats><Store sal=5>"),
        ("midtvejs rosters assign\t", "<rosters><assignment.csv>"),
    ],
)
def test_what_is_typed_in_bash_becomes_what_is_meant(typed: str, result: str, desk: Path) -> None:
    # What Bash completes is what a stand-in of the program is run with, which says how it was.
    tools = desk / "tools"
    tools.mkdir()
    stand_in = f"""\
#!/bin/bash
if [ -n "$_MIDTVEJS_COMPLETE" ]; then exec {sys.executable} -m midtvejs; fi
printf 'run with '; printf '<%s>' "$@"; printf '\\n'
"""
    (tools / "midtvejs").write_text(stand_in, "utf-8")
    (tools / "midtvejs").chmod(0o755)
    (desk / "rc").write_text(f"{script_of(Shell.BASH)}bind 'set bell-style none'\n", "utf-8")

    assert f"run with {result}\r\n" in in_bash(typed, desk, tools)


def in_bash(typed: str, desk: Path, tools: Path) -> str:
    """Type a line in an interactive Bash; return all that the terminal showed."""
    environment = {
        **os.environ,
        "PATH": f"{tools}:{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
    }
    environment.pop("_MIDTVEJS_COMPLETE", None)
    terminal, stream = pty.openpty()
    words = ["bash", "--noprofile", "--rcfile", str(desk / "rc"), "-i"]
    process = subprocess.Popen(words, cwd=desk, env=environment, stdin=stream, stdout=stream, stderr=stream)
    os.close(stream)
    os.write(terminal, f"{typed}\nexit\n".encode())
    shown = b""
    with contextlib.suppress(OSError):  # Linux says so where the other end is closed
        while piece := os.read(terminal, 65536):
            shown += piece
    process.wait()
    os.close(terminal)
    return shown.decode("utf-8", "replace")
