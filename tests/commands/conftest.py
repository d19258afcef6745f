"""What the tests of several commands begin with: the sample, assigned and certified."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from midtvejs.cli.app import app

ROOT = Path(__file__).parents[2]
VERIFY = ["verify", "assignment.csv", "--prefs", "prefs.csv", "--certificate", "proof.json"]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample, assigned and certified."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copy(ROOT / "program.yaml", folder)
    shutil.copy(ROOT / "preferences" / "midtvejs-2018.csv", folder / "prefs.csv")
    words = ("assign", "prefs.csv", "--save", "assignment.csv", "--plain", "--certificate", "proof.json")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        done = CliRunner().invoke(app, words)
    assert done.exit_code == 0
    assert done.stderr.endswith(f"Certified in proof.json. Check it: midtvejs {' '.join(VERIFY)}\n")
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own with the sample, assigned and certified, in which commands run."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path
