"""The manual, as it is shown: listed, piped, drawn on a terminal, and paged."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from midtvejs.cli.app import app
from midtvejs.commands.guide import fill_in, guide
from midtvejs.output.pages.guide import guide_page
from midtvejs.output.screen import Screen
from midtvejs.reading.program.schema import program_schema
from tests.manual import GUIDE, blocks_of
from tests.output.pictured import check_picture, shown
from tests.terminal import Terminal

UNIX = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")

SAMPLE = """\
# sample: everything that a topic may have

A line of text with `code`, a *word* that matters and **another one**, long enough to be wrapped on any
terminal that somebody reads it on.

## sample: what is typed

<!-- file: three.csv -->
```
name,email,organisation,R1,R2,R3,S
```

```console
$ midtvejs assign three.csv
Lange titler på begge sider af en meget bred linje, som ikke er til at holde inden for hundrede tegn
```

- One point, with `--option`, that needs more than a line to be made, as points do when they are made well.
- Another.

| line | where | what it asks for |
|---|---|---|
| `- {organisation: Billund Kommune, not_in: S5}` | `pins` | the same for everybody of an organisation |
| `spread: organisation` | `rules` | as few pairs of colleagues as can be hear the same: `spread` |

| participants | way | seconds | `worst` | `total` | `even` |
|---|---|---|---|---|---|
| 1,000 | a joint CP-SAT model | 25.5 | 1 | 613 | 613 |
| | `matching`, Gale-Shapley, a round | 11.2 | 11 | 1,305 | 7,511 |

| key | holds | what it means |
|---|---|---|
| `rooms` | by name: a whole number or a mapping; required | The rooms, and how many fit into each. |
"""


def printed(name: str) -> str:
    out = io.StringIO()
    guide(Screen(out=out), name)
    return out.getvalue()


def test_without_a_topic_every_topic_is_listed_with_a_line_and_the_first_is_the_one_to_begin_with() -> None:
    lines = printed("").partition("\n\n")[0].splitlines()
    assert [line.split()[0] for line in lines] == ["start", *sorted(GUIDE.keys() - {"start"})]
    assert all(len(line.split()) > 3 for line in lines)


@pytest.mark.parametrize("topic", GUIDE)
def test_a_pipe_gets_markdown_without_what_is_said_to_the_tests_alone(topic: str) -> None:
    text = printed(topic)
    assert text.startswith(f"# {topic}: ")
    assert "<!--" not in text
    assert [block.text for block in blocks_of(text)] == [block.text for block in blocks_of(GUIDE[topic])]
    for block in blocks_of(GUIDE[topic]):
        assert not block.path or f"`{block.path}`:\n" in text


def test_of_a_verb_its_section_is_shown_wherever_it_stands() -> None:
    assert printed("diff").startswith("## diff: what changed?\n")
    assert printed("diff") in printed("changes")
    assert "## " not in printed("diff")[3:]


def test_a_topic_that_there_is_not_is_wrong_usage_and_the_nearest_is_told() -> None:
    for word, told in (("rulse", 'did you mean "rules"?'), ("verfy", 'did you mean "verify"?')):
        done = CliRunner().invoke(app, ["guide", word])
        assert (done.exit_code, done.stdout) == (2, "")
        assert f'there is no topic "{word}": {told}' in done.stderr
    assert "the topics are start, " in CliRunner().invoke(app, ["guide", "xyzzy"]).stderr


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("topic", GUIDE)
def test_nothing_is_lost_and_no_line_is_too_long_on_a_terminal(topic: str, width: int) -> None:
    text = fill_in(GUIDE[topic])
    drawn = shown(guide_page(text), width)
    assert all(cell_len(line) <= min(width, 100) for line in drawn.splitlines())
    assert "**" not in drawn
    # Every word of every row is there.
    rows = re.findall(r"(?<=\n)\|(?![^\n]*\n\|---)(?!---)[^\n]*", text)
    words = [word for row in rows for word in row.replace("|", " ").replace("`", "").split()]
    squeezed = "".join(drawn.split())
    assert [word for word in words if "*" not in word and word not in squeezed] == []


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_topic_looks_like_its_picture(width: int) -> None:
    check_picture("guide", guide_page(SAMPLE), width)


# The keys


def test_every_key_of_the_schema_is_listed_with_its_meaning() -> None:
    text = printed("program")
    explained = list(meanings(program_schema()))
    assert len(explained) > 100
    assert [key for key, meaning in explained if key not in text or f"| {meaning} |" not in text] == []


def meanings(shape: object) -> Iterator[tuple[str, str]]:
    """Yield every key with a meaning, anywhere in a schema."""
    if isinstance(shape, dict):
        for key, below in shape.get("properties", {}).items():
            if below != shape.get("additionalProperties"):
                yield f"{key}`", below["description"]
        for below in shape.values():
            yield from meanings(below)
    elif isinstance(shape, list):
        for below in shape:
            yield from meanings(below)


# The pager

RECORD = """\
import sys
sys.stdout.reconfigure(encoding="utf-8")
print("paged", sys.argv[1:], ascii(sys.stdin.buffer.read().decode()), flush=True)
"""


def on_a_terminal(folder: Path, *words: str, **environment: str) -> str:
    """Return what a terminal of 80 columns shows, as it comes."""
    terminal = Terminal(folder, *words, **{"TERM": "xterm", "COLUMNS": "80", "PAGER": "cat"} | environment)
    assert terminal.end() == 0
    return terminal.shown.decode().replace("\r\n", "\n")


@UNIX
def test_a_terminal_is_paged_by_the_readers_own_pager_without_colours_that_it_may_not_know(
    tmp_path: Path,
) -> None:
    (tmp_path / "record.py").write_text(RECORD, encoding="utf-8")
    told = on_a_terminal(tmp_path, "guide", "rules", PAGER=f"{sys.executable} record.py 'a b'")
    assert told.startswith("paged ['a b'] ")
    assert "x1b" not in told
    assert "rules: what else has to hold" in told


@UNIX
def test_less_is_handed_colours_and_shows_what_fits_without_waiting(tmp_path: Path) -> None:
    less = tmp_path / "less"
    less.write_text(f"#!{sys.executable}\n{RECORD}print(__import__('os').environ['LESS'])", encoding="utf-8")
    less.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    for pager in ({"PAGER": str(less)}, {"PAGER": "less", "PATH": path}):
        told = on_a_terminal(tmp_path, "guide", "rules", **pager)
        assert told.startswith("paged ['-R'] ")
        assert "\\x1b[1" in told
        assert told.endswith("FRX\n")
    assert "\\x1b[36" not in on_a_terminal(tmp_path, "guide", "rules", PAGER=str(less), NO_COLOR="1")
    assert on_a_terminal(tmp_path, "guide", "rules", PAGER=str(less), LESS="S").endswith("\nS\n")


@UNIX
@pytest.mark.parametrize(
    "unpaged",
    [{"PAGER": ""}, {"PAGER": "nowhere-to-be-found"}, {"PAGER": "'"}, {"TERM": "dumb", "PAGER": "false"}],
)
def test_where_no_pager_is_wanted_or_there_is_none_the_topic_is_shown_all_the_same(
    unpaged: dict[str, str], tmp_path: Path
) -> None:
    assert "Seats are kept, and presenters are" in on_a_terminal(tmp_path, "guide", "rules", **unpaged)


@UNIX
def test_a_pager_that_is_left_at_once_is_no_fault(tmp_path: Path) -> None:
    assert on_a_terminal(tmp_path, "guide", "program", PAGER="true") == ""


@UNIX
def test_ctrl_c_is_the_pagers_as_long_as_it_runs(tmp_path: Path) -> None:
    (tmp_path / "wait.py").write_text(
        "import signal, sys\nsys.stdin.buffer.read()\nsignal.signal(2, lambda *_: sys.exit(print('left')))\n"
        "print('ready', flush=True)\nwhile True:\n    signal.pause()\n",
        encoding="utf-8",
    )
    terminal = Terminal(tmp_path, "guide", "rules", TERM="xterm", PAGER=f"{sys.executable} wait.py")
    terminal.type(b"ready", "\x03")
    assert (terminal.end(), terminal.shown.strip()) == (0, b"^Cleft")


def test_a_pipe_is_never_paged(tmp_path: Path) -> None:
    environment = os.environ | {"PAGER": "false", "TERM": "xterm"}
    done = subprocess.run(
        [sys.executable, "-m", "midtvejs", "guide", "rules"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == printed("rules")


def test_a_topic_is_completed(tmp_path: Path) -> None:
    environment = os.environ | {
        "_MIDTVEJS_COMPLETE": "complete_bash",
        "COMP_WORDS": "midtvejs guide p",
        "COMP_CWORD": "2",
    }
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from midtvejs.cli.app import main; import sys; sys.argv = ['midtvejs']; main()",
        ],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.split() == ["plan", "program", "proof"]
