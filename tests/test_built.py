"""What would be published: a wheel and a source distribution, with all that is read beside the modules."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READ_BESIDE = ("*.md", "*.yaml", "*.typ", "*.css", "*.js", "py.typed")
EXAMPLE = {"program.yaml": "program.yaml", "midtvejs-2018.csv": "preferences/midtvejs-2018.csv"}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for tool in ("build", "twine"):
        pytest.importorskip(tool)
    folder = tmp_path_factory.mktemp("dist")
    built = subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if built.returncode:
        pytest.skip(f"nothing can be built here: {built.stdout.splitlines()[-1:]}")
    return folder


def read_beside() -> set[str]:
    """Return every file of the package that is no module, by its path above the package."""
    found = {path for pattern in READ_BESIDE for path in (ROOT / "midtvejs").rglob(pattern)}
    return {path.relative_to(ROOT).as_posix() for path in found}


@pytest.mark.slow
def test_what_is_built_holds_all_that_is_read_beside_the_modules(dist: Path) -> None:
    (wheel,), (source,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as held:
        in_wheel = set(held.namelist())
    with tarfile.open(source) as archive:
        in_source = {name.partition("/")[2] for name in archive.getnames()}
    assert len(read_beside()) > 10
    assert read_beside() <= in_wheel
    assert read_beside() | {*EXAMPLE.values(), "pyproject.toml", "README.md"} <= in_source
    assert {f"midtvejs/example/{path}" for path in EXAMPLE.values()} <= in_wheel
    assert not [name for name in in_wheel if name.startswith("tests/")]


@pytest.mark.slow
def test_its_description_is_whole(dist: Path) -> None:
    files = [str(path) for path in sorted(dist.iterdir())]
    check = [sys.executable, "-m", "twine", "check", "--strict", *files]
    done = subprocess.run(check, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = dist.glob("*.whl")
    with zipfile.ZipFile(wheel) as held:
        (name,) = (name for name in held.namelist() if name.endswith("/METADATA"))
        told = message_from_bytes(held.read(name))
    assert all(told[each] for each in ("Summary", "Keywords", "Requires-Python", "Description-Content-Type"))
    assert "Programming Language :: Python :: 3.14" in (told.get_all("Classifier") or [])
