"""What an editor is told of program.yaml is what reading says of it: the schema is a second judge."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from midtvejs.domain.diagnostic import Severity
from midtvejs.reading.codes import Fault
from midtvejs.reading.program.build import read_program
from midtvejs.reading.program.fields import ANY_NAME, JsonSchema, shape_of
from midtvejs.reading.program.schema import program_schema, program_with
from tests.manual import ROOT, blocks
from tests.reading.program.test_program_yaml import FAULTS, LAWFUL

jsonschema = pytest.importorskip("jsonschema")

IN_THE_MANUAL = [block.text for block in blocks("file") if block.kind == "yaml"]

TEXT = {fault for fault in Fault if "MV001" <= fault <= "MV009"}
"""What is no YAML, or not of the kind that is read: a schema looks at what was read."""
SHAPE = {
    Fault.UNKNOWN_KEY,
    Fault.MISSING_KEY,
    Fault.WRONG_VALUE,
    Fault.READ_AS_NUMBER,
    Fault.UNKNOWN_CRITERION,
    Fault.NO_SEATS,
}
BEYOND_A_SCHEMA = {
    "timezone": "which time zones there are",
    "timezone-path": "which time zones there are",
    "timezone-folder": "which time zones there are",
    "avoid-own-false-but-listed": "what two keys say together",
    "criterion-twice": "what two items say together",
    "room-named-auto": "what a name must not be",
    "room-as-number": "whether a key was in quotes: in JSON, every key is text",
    "open-times-backwards": "which of two numbers in a text is the larger",
    "open-beside-a-round-without-any": "what is held in a round from outside of it",
    "round-without-sessions": "what is held in a round from outside of it",
    "round-without-sessions-of-any-kind": "what is held in a round from outside of it",
}
"""Faults of a value that has the right shape, by folder."""


class Validator(Protocol):
    def is_valid(self, instance: object) -> bool: ...
    def validate(self, instance: object) -> None: ...


@cache
def judge(groups: tuple[str, ...] = (ANY_NAME,)) -> Validator:
    schema = program_schema() if groups == (ANY_NAME,) else shape_of(program_with(groups))
    jsonschema.Draft202012Validator.check_schema(schema)
    made: Validator = jsonschema.Draft202012Validator(schema)
    return made


def as_json(node: object) -> object:
    """YAML 1.2 has no dates: a parser that makes them has to give the text back. Keys are text."""
    if isinstance(node, dict):
        return {str(key): as_json(value) for key, value in node.items()}
    if isinstance(node, list):
        return [as_json(each) for each in node]
    return node.isoformat() if isinstance(node, dt.date) else node


def load(text: str) -> object:
    return as_json(YAML(typ="safe", pure=True).load(text))


def groups_in(data: object) -> tuple[str, ...]:
    named = data.get("groups") if isinstance(data, dict) else None
    return tuple(each for each in named if isinstance(each, str)) if isinstance(named, list) else ()


def codes(path: Path) -> set[str]:
    return {each.code for each in read_program(path).diagnostics if each.severity is Severity.ERROR}


@pytest.mark.parametrize("folder", FAULTS, ids=lambda folder: folder.name)
def test_the_judges_agree_on_every_fault_of_shape_and_on_every_other(folder: Path) -> None:
    found = codes(folder / "program.yaml")
    if found & TEXT or folder.name in {"date-no-day", "seats-5000-digits"}:
        pytest.skip("other readers of YAML do not come to its end")
    data = load((folder / "program.yaml").read_text(encoding="utf-8-sig"))
    wrong = bool(found & SHAPE) and folder.name not in BEYOND_A_SCHEMA
    # With the groups of this very file: where they are free, any key is one of them.
    assert judge(groups_in(data)).is_valid(data) is not wrong
    if not wrong:
        judge().validate(data)


def test_what_is_beyond_a_schema_is_there() -> None:
    assert set(BEYOND_A_SCHEMA) <= {folder.name for folder in FAULTS}


@pytest.mark.parametrize(
    "text", [LAWFUL, (ROOT / "program.yaml").read_text(encoding="utf-8"), *IN_THE_MANUAL]
)
def test_what_is_valid_is_valid_by_schema(text: str, tmp_path: Path) -> None:
    (tmp_path / "program.yaml").write_text(text, encoding="utf-8")
    if not codes(tmp_path / "program.yaml") & SHAPE:
        judge().validate(load(text))


DAY = load((ROOT / "program.yaml").read_text(encoding="utf-8"))
assert isinstance(DAY, dict)
WHOLE: dict[str, object] = {
    **DAY,
    "groups": ["grade", "class"],
    "rooms": {"Panorama": 20, "Aula": {"seats": "unlimited", "not_in": ["R1"]}},
    "sessions": [
        {"code": "A", "title": "To", "rounds": ["R1", "R2"], "lasts": 2, "only": {"grade": [9, "10."]}},
        {"code": "B", "title": "Ro", "rounds": ["R1"], "room": {"R1": "Aula"}, "cancelled": ["R1"]},
        {"code": "C", "title": "Ild", "times": 2, "not_in": ["R1"], "track": "varme"},
        {"code": "D", "title": "Vand", "times": "1-3"},
    ],
    "wishes": {"dag": ["R1", "R2"]},
    "rules": {
        "fairness": ["worst", "spread"],
        "at_most": {"grade": 3},
        "spread": "class",
        "together": [["Åse", "Bo"], {"participants": ["Åse", "Bo"], "round": "R1"}],
    },
    "pins": [{"grade": 9, "in": "A"}, {"participant": "Bo", "not_in": "B"}],
    "forms": {
        "grade": "Klasse",
        "rounds": {"R1": ["a"], "R2": {"1A": "b"}, "R3": "c"},
        "ratings": {"best": 5},
    },
}
"""Something of every kind of value that there is."""


def places(node: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    inside = (
        [*node.items()] if isinstance(node, dict) else [*enumerate(node)] if isinstance(node, list) else []
    )
    for key, value in inside:
        yield (*path, key)
        yield from places(value, (*path, key))


OTHER_VALUES: list[object] = [
    *(0, -1, 7, 10**12, 1.5, True, None, [], ["a"], {}),
    *("", " ", "x", "10:30", "25:00", "2018-01-30"),
]


def torn(path: tuple[str | int, ...], change: object) -> object:
    """Return all of it with one place changed: taken out, another key beside it, or another value."""
    data = deepcopy(WHOLE)
    *above, last = path
    holder: Any = data
    for step in above:
        holder = holder[step]
    if change == "without":
        del holder[last]
    elif change == "beside":
        if isinstance(holder, dict):
            holder["unheard-of"] = holder[last]
        else:
            holder.append(holder[last])
    else:
        holder[last] = change
    return data


@given(
    path=st.sampled_from([*places(WHOLE)]),
    change=st.one_of(st.sampled_from(["without", "beside"]), st.sampled_from(OTHER_VALUES)),
)
def test_the_judges_agree_wherever_a_program_is_torn(
    path: tuple[str | int, ...], change: object, tmp_path: Path
) -> None:
    data = torn(path, change)
    # JSON is YAML, and leaves no doubt what is text.
    (tmp_path / "program.yaml").write_text(json.dumps(data), encoding="utf-8")
    if path == ("event", "timezone") and isinstance(change, str) and change.strip():
        return
    found = codes(tmp_path / "program.yaml")
    assert judge(groups_in(data)).is_valid(data) is not bool(found & SHAPE), found


def keys_of(schema: JsonSchema) -> Iterator[tuple[str, JsonSchema]]:
    yield from schema.get("properties", {}).items()
    for inside in (*schema.get("properties", {}).values(), *schema.get("anyOf", ())):
        yield from keys_of(inside)
    for inside in (schema.get("items"), schema.get("additionalProperties")):
        if isinstance(inside, dict):
            yield from keys_of(inside)


def test_every_key_is_described_and_no_other_is_allowed() -> None:
    found = [*keys_of(program_schema())]
    assert len(found) > 100
    assert [
        key for key, schema in found if not re.fullmatch(r"[A-Z].{8,}\.", schema.get("description", ""))
    ] == []
    assert not judge().is_valid(WHOLE | {"romms": {}})


def test_a_reader_that_says_nothing_is_noticed() -> None:
    with pytest.raises(TypeError, match="does not say what it reads"):
        shape_of(lambda _source, _name, _node: None)


def test_the_verb_prints_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "midtvejs", "schema"]
    printed = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    assert json.loads(printed) == program_schema()
    subprocess.run([*command, "--save", "program.schema.json"], cwd=tmp_path, capture_output=True, check=True)
    assert (tmp_path / "program.schema.json").read_bytes() == printed
    again = subprocess.run(
        [*command, "--save", "program.schema.json"], cwd=tmp_path, capture_output=True, check=False
    )
    assert again.returncode == 1
    assert b"program.schema.json: exists already" in again.stderr


def test_check_jsonschema_says_the_same(tmp_path: Path) -> None:
    pytest.importorskip("check_jsonschema")
    schema = tmp_path / "program.schema.json"
    schema.write_text(json.dumps(program_schema()), encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema)]
    faulty = next(folder for folder in FAULTS if folder.name == "unknown-key")
    for file, code in ((ROOT / "program.yaml", 0), (faulty / "program.yaml", 1)):
        assert subprocess.run([*command, str(file)], capture_output=True, check=False).returncode == code
