from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from midtvejs.commands._exit import Exit
from midtvejs.commands.validate import validate
from midtvejs.output.choices import OutputFormat
from midtvejs.output.screen import Screen

PROJECT = Path(__file__).parents[2]
FAULTS = PROJECT / "tests" / "reading" / "program" / "faults"
WRONG, WARNED, LAWFUL = (
    FAULTS / "seats-text" / "program.yaml",
    FAULTS / "late-deadline" / "program.yaml",
    PROJECT / "program.yaml",
)


def run(file: Path, output_format: str, *others: Path) -> tuple[Exit, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = validate(Screen(out=out, err=err), [file, *others], OutputFormat(output_format))
    return code, out.getvalue(), err.getvalue()


def in_shell(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "MIDTVEJS_OUTPUT_FORMAT"}
    return subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "midtvejs", "validate", *map(str, arguments)],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("output_format", OutputFormat)
def test_faults_are_the_result_and_so_on_stdout(output_format: str) -> None:
    code, out, err = run(WRONG, output_format)
    assert code is Exit.FAULTS
    assert "MV012" in out
    assert err == ""


@pytest.mark.parametrize("output_format", OutputFormat)
def test_warnings_are_shown_and_do_no_harm(output_format: str) -> None:
    code, out, _ = run(WARNED, output_format)
    assert code is Exit.DONE
    assert "MV041" in out


@pytest.mark.parametrize("output_format", ["full", "concise"])
def test_people_are_told_that_nothing_is_wrong(output_format: str) -> None:
    code, out, _ = run(LAWFUL, output_format)
    assert code is Exit.DONE
    assert out.startswith(f"{LAWFUL}: no faults (4 rounds, 17 sessions, ")


@pytest.mark.parametrize("output_format", OutputFormat)
def test_several_programs_are_checked_at_once_and_reported_together(output_format: OutputFormat) -> None:
    code, out, _ = run(LAWFUL, output_format, WRONG, WARNED)
    assert code is Exit.FAULTS
    assert ("MV012" in out, "MV041" in out) == (True, True)
    assert ("no faults (4 rounds" in out) == (output_format in {OutputFormat.FULL, OutputFormat.CONCISE})
    if output_format in {OutputFormat.FULL, OutputFormat.CONCISE, OutputFormat.GITHUB}:
        assert out.splitlines()[-1] == "Found 1 error and 1 warning."
    elif output_format is OutputFormat.JUNIT:
        assert 'tests="3" failures="1"' in out
    else:
        json.loads(out)
    assert run(LAWFUL, output_format, WARNED)[0] is Exit.DONE


REPEATED = """\
event: {name: Career day, date: 2026-03-02, start: "08:00", end: "12:00"}
rooms: {Gym: 3, Online: {seats: unlimited}}
rounds:
  - {id: P1, name: Period 1, start: "09:00", end: "09:40"}
  - {id: P2, name: Period 2, start: "10:00", end: "10:40"}
sessions:
  - {code: N, title: Nursing, rounds: [P1, P2], room: Gym}
  - {code: P, title: Police, rounds: [P1, P2], room: Online}
"""


@pytest.mark.parametrize("output_format", ["full", "concise"])
@pytest.mark.parametrize(
    ("named", "column"), [("", "wishes"), ("wishes: {formiddag: [P1, P2]}\n", "formiddag")]
)
def test_people_are_told_which_rounds_one_list_covers(
    tmp_path: Path, output_format: str, named: str, column: str
) -> None:
    file = tmp_path / "program.yaml"
    file.write_text(REPEATED + named, encoding="utf-8")
    code, out, _ = run(file, output_format)
    assert code is Exit.DONE
    assert out.splitlines() == [
        f"{file}: no faults (2 rounds, 2 sessions, 2 rooms; every round has seats for everybody)",
        f"one list for P1, P2: column {column}",
    ]


def test_programs_are_told_that_nothing_is_wrong() -> None:
    assert json.loads(run(LAWFUL, "json")[1]) == []
    assert run(LAWFUL, "github")[1] == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 0),
        ([WARNED], 0),
        ([WRONG], 1),
        ([WARNED, LAWFUL], 0),
        ([LAWFUL, WRONG], 1),
        (["no such file"], 1),
        ([FAULTS], 1),
        (["--output-format", "x"], 2),
    ],
)
def test_the_shell_is_told(arguments: list[str | Path], code: int) -> None:
    assert in_shell(*arguments).returncode == code


@pytest.mark.parametrize("file", [LAWFUL, WRONG])
def test_it_starts_fast_because_it_imports_little(file: Path) -> None:
    imported = {line.rsplit("|", 1)[-1].strip() for line in in_shell(file).stderr.splitlines()}
    assert "midtvejs.reading.program.build" in imported
    packages = {name.split(".")[0] for name in imported}
    assert not packages & {"ortools", "numpy", "pandas", "google", "rich"}
    assert "midtvejs.solving" not in imported


def test_an_event_without_an_id_is_offered_one_where_people_read_it(tmp_path: Path) -> None:
    text = LAWFUL.read_text(encoding="utf-8")
    line = "  id: midtvejskonferencen-2018\n"
    assert line in text
    (tmp_path / "program.yaml").write_text(text.replace(line, ""), encoding="utf-8")
    for output_format in OutputFormat:
        code, _, err = run(tmp_path / "program.yaml", output_format)
        assert (code, line in err) == (Exit.DONE, output_format is OutputFormat.FULL)
        assert run(LAWFUL, output_format)[2] == ""


@pytest.mark.parametrize(
    ("name", "line"), [("Dagen 2018", "dagen-2018"), ("2018", "event-2018"), ("会議", "event-2018")]
)
def test_the_id_that_is_offered_is_one(name: str, line: str, tmp_path: Path) -> None:
    text = LAWFUL.read_text(encoding="utf-8").replace("  id: midtvejskonferencen-2018\n", "")
    file = tmp_path / "program.yaml"
    file.write_text(text.replace("name: Midtvejskonferencen", f'name: "{name}"'), encoding="utf-8")
    offered = run(file, "full")[2].splitlines()[-1]
    assert offered == f"  id: {line}"
    said = file.read_text(encoding="utf-8").replace("event:\n", f"event:\n{offered}\n")
    file.write_text(said, encoding="utf-8")
    assert run(file, "full")[2] == ""


def test_of_several_files_one_that_cannot_be_read_hides_no_fault(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    gone, lost = tmp_path / "gone.yaml", tmp_path / "lost.yaml"

    with pytest.raises(FileNotFoundError) as raised:
        validate(Screen(out, err), [gone, WRONG, lost, LAWFUL], OutputFormat.FULL)

    assert raised.value.filename == str(gone)
    assert err.getvalue() == f"error: {lost}: No such file or directory\n"
    assert "program.yaml: no faults" in out.getvalue()
    assert f"{WRONG}:" in out.getvalue()
