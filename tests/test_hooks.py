"""Where programs are checked before anyone looks: pre-commit, GitHub's action, GitLab. Each is tried."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.manual import ROOT, blocks

ACTION = ROOT / ".github" / "actions" / "validate" / "action.yml"
FAULTY = ROOT / "tests" / "reading" / "program" / "faults" / "unknown-key" / "program.yaml"


def load(text: str) -> Any:  # noqa: ANN401 - it is looked into
    return YAML(typ="safe", pure=True).load(text)


def run(*command: str | Path, folder: Path, code: int = 0, **environment: str) -> str:
    scripts = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=os.environ | {"PATH": scripts} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stdout
    return done.stdout


@pytest.mark.slow
def test_pre_commit_checks_the_programs_of_a_repository(tmp_path: Path) -> None:
    if not shutil.which("git"):
        pytest.skip("there is no git")
    pytest.importorskip("pre_commit", reason="there is no pre-commit")
    for name, source in (("program.yaml", ROOT / "program.yaml"), ("next/program.yml", FAULTY)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(source, tmp_path / name)
    (tmp_path / "other.yaml").write_text("no: program\n", encoding="utf-8")
    run("git", "init", "-q", folder=tmp_path)
    run("git", "add", ".", folder=tmp_path)
    (hook,) = load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    # As installed here: that pip can install the project, other tests show.
    (tmp_path / ".pre-commit-config.yaml").write_text(
        json.dumps({"repos": [{"repo": "local", "hooks": [hook | {"language": "system"}]}]}), encoding="utf-8"
    )
    home = str(tmp_path / "home")
    pre_commit: list[str | Path] = [
        sys.executable,
        "-m",
        "pre_commit",
        "run",
        "midtvejs-validate",
        "--all-files",
    ]
    said = run(*pre_commit, folder=tmp_path, code=1, PRE_COMMIT_HOME=home)
    assert "midtvejs validate" in said
    assert "next/program.yml:3:3: MV010" in said
    assert "other.yaml" not in said
    (tmp_path / "next" / "program.yml").unlink()
    run("git", "add", "-A", folder=tmp_path)
    assert "Passed" in run(*pre_commit, folder=tmp_path, PRE_COMMIT_HOME=home)


def test_the_hooks_have_what_pre_commit_demands() -> None:
    pytest.importorskip("pre_commit", reason="there is no pre-commit")
    manifest = ROOT / ".pre-commit-hooks.yaml"
    run(sys.executable, "-m", "pre_commit", "validate-manifest", manifest, folder=ROOT)


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("vendor.github-actions", ACTION),
        *(
            ("vendor.github-workflows", path)
            for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))
        ),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else value,
)
def test_what_github_reads_is_of_its_shape(kind: str, file: Path) -> None:
    pytest.importorskip("check_jsonschema", reason="there is no check-jsonschema")
    run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", kind, file, folder=ROOT)


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_the_action_checks_every_program_that_it_is_given(tmp_path: Path) -> None:
    action = load(ACTION.read_text(encoding="utf-8"))
    script = action["runs"]["steps"][-1]["run"]
    shutil.copy(ROOT / "program.yaml", tmp_path)
    shutil.copy(FAULTY, tmp_path / "next.yaml")
    usual = action["inputs"]["files"]["default"]
    assert run("bash", "-eo", "pipefail", "-c", script, folder=tmp_path, FILES=usual) == ""
    both = run("bash", "-eo", "pipefail", "-c", script, folder=tmp_path, code=1, FILES=f"{usual} next.yaml")
    assert "::error title=midtvejs (MV010),file=next.yaml,line=3," in both
    # What is given is never a command.
    run("bash", "-eo", "pipefail", "-c", script, folder=tmp_path, code=1, FILES="$(touch here) ; touch here")
    assert not (tmp_path / "here").exists()


def test_what_the_guide_shows_for_gitlab_is_a_pipeline_that_reports_faults(tmp_path: Path) -> None:
    (shown,) = [block.text for block in blocks(kind="yaml") if block.text.startswith("validate:\n")]
    (job,) = load(shown).values()
    report = job["artifacts"]["reports"]["codequality"]
    shutil.copy(FAULTY, tmp_path / "program.yaml")
    _, script = job["script"]
    run("bash", "-c", script, folder=tmp_path, code=1)
    assert '"check_name": "MV010"' in (tmp_path / report).read_text(encoding="utf-8")
    if find_spec("check_jsonschema"):
        (tmp_path / "ci.yml").write_text(shown, encoding="utf-8")
        kind = "vendor.gitlab-ci"
        run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", kind, "ci.yml", folder=tmp_path)
