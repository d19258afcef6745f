"""A drawn seed is written into program.yaml: nothing else of the file changes."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from midtvejs.domain.diagnostic import Faulty
from midtvejs.reading.program.build import read_program
from midtvejs.reading.program.fill_seed import fill_seed

SEED = 4294967295
OWN_FILE = Path(__file__).parents[3] / "program.yaml"

DAY = """\
# Prøvedagen
event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "15:00"}   # en dag
rooms: {Sal: {seats: 20}, Loft: {seats: 20}}
RULES# rundernes tid
rounds:
  - id: R1
    name: Runde 1
    start: "10:00"
    end: "10:30"
    sessions:
      - {code: 1A, title: Et, room: Sal}
      - {code: 1B, title: To, room: Loft}
"""
RULES = {
    "a block": "rules:\n    # hvad der tæller\n    fairness: [total]\n    keep_free: 1\n",
    "a block with a seed": "rules:\n  fairness: [total]\n  seed: 7  # lodtrækning\n",
    "braces": "rules: {fairness: [total]}  # hvad der tæller\n",
    "braces with a seed": "rules: { seed: 7, fairness: [total] }\n",
    "lines in braces": "rules: {\n  fairness: [total],\n}\n",
    "an explicit key": "rules:\n    ? fairness\n    : [total]\n",
    "an explicit key far from its mark": "rules:\n  ?   fairness\n  : [total]\n",
    "quotes": '"rules":\n  "fairness": [total]\n',
    "nothing in braces": "rules: {}\n",
    "none": "",
}


def filled(text: str, tmp_path: Path) -> str:
    """Return the text with the seed, which reads as before but for that."""
    (tmp_path / "before.yaml").write_bytes(text.encode())
    before = read_program(tmp_path / "before.yaml").accepted()
    after = fill_seed("before.yaml", text, SEED)
    (tmp_path / "after.yaml").write_bytes(after.encode())
    assert read_program(tmp_path / "after.yaml").accepted() == before.replace_rules(seed=SEED)
    return after


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_seed_is_written_and_nothing_else_changes(
    rules: str, line_break: str, mark: str, tmp_path: Path
) -> None:
    text = mark + DAY.replace("RULES", rules).replace("\n", line_break)
    after = filled(text, tmp_path)
    lines = list(difflib.ndiff(text.splitlines(), after.splitlines()))
    assert sum(line.startswith("+ ") for line in lines) == 1
    assert sum(line.startswith("- ") for line in lines) <= 1
    assert after.count(line_break) == after.count("\n")


def test_a_key_that_is_marked_as_one_keeps_its_mark(tmp_path: Path) -> None:
    after = filled(DAY.replace("RULES", "? rules\n: ? fairness\n  : [total]\n"), tmp_path)
    assert f"? rules\n: seed: {SEED}\n  ? fairness\n  : [total]\n" in after


def test_a_day_in_braces(tmp_path: Path) -> None:
    flow = (
        '{event: {name: Prøvedagen, date: 2018-01-30, start: "09:00", end: "15:00"}, '
        "rooms: {Sal: {seats: 20}, Loft: {seats: 20}}, "
        'rounds: [{id: R1, name: Runde 1, start: "10:00", end: "10:30", sessions: '
        "[{code: 1A, title: Et, room: Sal}, {code: 1B, title: To, room: Loft}]}]}"
    )
    assert filled(flow, tmp_path) == f"{{rules: {{seed: {SEED}}}, {flow[1:]}"


def test_the_own_file_keeps_its_comments(tmp_path: Path) -> None:
    text = OWN_FILE.read_text(encoding="utf-8")
    assert filled(text, tmp_path) == text.replace("seed: 2018", f"seed: {SEED}")


def test_a_file_with_faults_is_left_alone() -> None:
    with pytest.raises(Faulty):
        fill_seed("before.yaml", "event: {}\n", SEED)
