"""Whatever verb reads a program tells its warnings, and goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from midtvejs.cli.app import app

ROOT = Path(__file__).parents[2]
VERBS = {
    "validate": "",
    "show": "",
    "plan": "prefs.csv",
    "simulate": "--participants 3",
    "form": "sheets",
    "check": "prefs.csv",
    "assign": "prefs.csv",
    "compare": "prefs.csv",
    "advise": "prefs.csv --time-limit 60",
    "what-if": "prefs.csv --seats Panorama=72",
    "rosters": "saved.csv",
    "day": "'Viggo Sørensen' saved.csv",
    "export": "saved.csv out --only csv",
    "explain": "saved.csv 'Viggo Sørensen' --prefs prefs.csv",
    "verify": "saved.csv --prefs prefs.csv --certificate proof.json",
    "diff": "saved.csv saved.csv --prefs prefs.csv",
    "audit": "saved.csv --prefs prefs.csv",
    "waiting": "saved.csv --prefs prefs.csv",
}
"""Every verb that reads a program, with what it takes."""
READS_NONE = {"guide", "new", "schema"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample, assigned and certified, and the last day of its sign-up too late."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copy(ROOT / "preferences" / "midtvejs-2018.csv", folder / "prefs.csv")
    text = (ROOT / "program.yaml").read_text(encoding="utf-8")
    assert "deadline: 2017-12-20" in text
    late = text.replace("deadline: 2017-12-20", "deadline: 2099-01-01")
    (folder / "program.yaml").write_text(late, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run("assign prefs.csv --save saved.csv --certificate proof.json").exit_code == 0
    return folder


def run(words: str) -> Result:
    return CliRunner().invoke(app, words)


@pytest.mark.parametrize("verb", VERBS)
def test_warnings_of_a_program_are_told_by_every_verb(
    verb: str, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    done = run(f"{verb} {VERBS[verb]}")
    assert done.exit_code == 0, done.stderr
    assert "MV041" in (done.stdout if verb == "validate" else done.stderr)
    assert "MV041" not in ("" if verb == "validate" else done.stdout)


def test_no_verb_is_forgotten() -> None:
    verbs = {each.name or each.callback.__name__ for each in app.registered_commands if each.callback}
    assert verbs == VERBS.keys() | READS_NONE
