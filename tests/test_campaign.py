"""A short campaign, and that it would tell if anything were wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

import pytest

from tests.campaign import evidence
from tests.campaign.__main__ import KINDS
from tests.picture import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no forking on Windows")
FEW = 15
DRIVER = """
import sys
from tests.campaign.__main__ import main
{broken}
sys.argv = ["campaign", *{words!r}]
main()
"""
BROKEN = {
    "whatever is claimed is believed": """
from midtvejs.auditing.verify import Verification
Verification.checked = True
""",
    "a bug": """
import midtvejs.commands.check as checking
checking.check = lambda *given, **rest: 1 / 0
""",
    "nothing is believed": """
import midtvejs.auditing.verify as verifying
verifying._bound_faults = lambda claim, bound, evidence: ["no"]
""",
    "a trial breaks off": """
from tests.campaign import __main__ as campaign
campaign.KINDS["truth"] = lambda random, folder: 1 / 0
""",
    "what is there is written over": """
import midtvejs.output.files as files
files._write = lambda draft, data, **rest: None
files._publish_all = lambda drafts, contents, force: [
    path.write_bytes(data) for path, data in contents.items()
]
""",
}


def thrown(words: Sequence[str], broken: str = "") -> subprocess.CompletedProcess[str]:
    driver = DRIVER.format(broken=broken, words=[*words])
    return subprocess.run(
        [sys.executable, "-c", driver], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_breaks_it(kind: str) -> None:
    done = thrown([kind, "--count", str(FEW)])
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"{kind}: {FEW} tried, 0 failed (")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("broken", "kind", "told"),
    [
        ("whatever is claimed is believed", "forged:worse", "exit 0"),
        ("a bug", "answers", "exit 70"),
        ("nothing is believed", "truth", "exit 1"),
        ("a trial breaks off", "truth", "truth: 6 tried, 6 failed"),
        ("what is there is written over", "full", "torn"),
    ],
)
def test_it_would_tell(broken: str, kind: str, told: str) -> None:
    done = thrown([kind, "--count", "6"], BROKEN[broken])
    assert done.returncode == 1, done.stdout + done.stderr
    assert told in done.stdout


@pytest.mark.slow
def test_what_proofs_rest_on_is_counted() -> None:
    words = ["-m", "tests.campaign.evidence", "--days", "1"]
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    *kinds, together = done.stdout.splitlines()
    assert [line.partition(":")[0] for line in kinds] == [*evidence.KINDS]
    assert all(" stages: prices " in line and " solver " in line for line in (*kinds, together))
