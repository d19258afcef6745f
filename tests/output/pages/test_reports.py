"""What services read is of the shape that they document; the least that they demand is written down here."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from midtvejs._version import __version__
from midtvejs.domain.diagnostic import Diagnostic, Place, Severity
from midtvejs.output.choices import OutputFormat
from midtvejs.output.pages.diagnostics import render
from midtvejs.reading.codes import MEANINGS
from midtvejs.reading.program.build import read_program

ROOT = Path(__file__).parents[3]
FAULTS = sorted((ROOT / "tests" / "reading" / "program" / "faults").glob("*/program.yaml"))
HOSTILE = Diagnostic(
    code="MV010",
    place=Place(file="dag 1/<æ>&%\ud800.yaml", line=2, column=3, end_column=7),
    message='a "key" <b>]]>\x1b[2J\ufffe',
    hint="an & b",
)
WARNED = Diagnostic(code="MV041", place=Place(file="program.yaml"), message="late", severity=Severity.WARNING)

TEXT = {"type": "string", "minLength": 1}
WHOLE = {"type": "integer", "minimum": 1}


def mapping(**keys: object) -> dict[str, object]:
    """A schema that demands these keys, and allows no others."""
    return {"type": "object", "properties": keys, "required": [*keys], "additionalProperties": False}


# https://docs.gitlab.com/ci/testing/code_quality/, Code Quality report format.
GITLAB = {
    "type": "array",
    "items": mapping(
        description=TEXT,
        check_name=TEXT,
        fingerprint={"type": "string", "pattern": "^[0-9a-f]{64}$"},
        severity={"enum": ["info", "minor", "major", "critical", "blocker"]},
        location=mapping(
            path={"type": "string", "pattern": "^(?!\\./)"}, lines=mapping(begin={"type": "integer"})
        ),
    ),
}
# SARIF 2.1.0 (OASIS standard), sections 3.13, 3.14, 3.19, 3.27, 3.28, 3.30 and 3.49.
SARIF = mapping(
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs={
        "type": "array",
        "items": mapping(
            tool=mapping(
                driver=mapping(
                    name=TEXT,
                    version=TEXT,
                    rules={
                        "type": "array",
                        "uniqueItems": True,
                        "items": mapping(id=TEXT, shortDescription=mapping(text=TEXT)),
                    },
                )
            ),
            columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            results={
                "type": "array",
                "items": mapping(
                    ruleId=TEXT,
                    ruleIndex={"type": "integer", "minimum": 0},
                    level={"enum": ["none", "note", "warning", "error"]},
                    message=mapping(text=TEXT),
                    locations={
                        "type": "array",
                        "items": mapping(
                            physicalLocation=mapping(
                                artifactLocation={
                                    "type": "object",
                                    "properties": {
                                        "uri": {
                                            "type": "string",
                                            "pattern": "^[A-Za-z0-9%/:._~<>-]+$",
                                            "format": "uri-reference",
                                        },
                                        "uriBaseId": TEXT,
                                    },
                                    "required": ["uri"],
                                },
                                region=mapping(startLine=WHOLE, startColumn=WHOLE, endColumn=WHOLE),
                            )
                        ),
                    },
                    partialFingerprints={"type": "object", "additionalProperties": TEXT},
                ),
            },
        ),
    },
)
# The attributes and children that the XSD of Jenkins' xUnit plugin allows, and which of them must be there.
JUNIT = {
    "testsuites": ({"name", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped", "time"}, {"testcase"}),
    "testcase": ({"name", "classname", "time"}, {"failure", "system-out"}),
    "failure": ({"message", "type"}, set[str]()),
    "system-out": (set[str](), set[str]()),
}


def check_json(text: str, schema: object) -> Any:  # noqa: ANN401 - it is looked into
    jsonschema = pytest.importorskip("jsonschema")
    found = json.loads(text)
    jsonschema.Draft202012Validator(schema).validate(found)
    return found


def check_junit(text: str) -> ET.Element:
    root = ET.fromstring(text)  # noqa: S314 - we wrote it
    for element in root.iter():
        attributes, children = JUNIT[element.tag]
        assert set(element.attrib) == attributes
        assert {child.tag for child in element} <= children
    for holder in root.iter("testsuite"):
        assert int(holder.attrib["tests"]) == len(holder)
        assert int(holder.attrib["failures"]) == len(holder.findall("testcase/failure"))
    return root


def check(text: str, output_format: OutputFormat) -> None:
    match output_format:
        case OutputFormat.GITLAB:
            found = check_json(text, GITLAB)
            prints = [each["fingerprint"] for each in found]
            assert len(set(prints)) == len(prints)
        case OutputFormat.SARIF:
            (run,) = check_json(text, SARIF)["runs"]
            rules = run["tool"]["driver"]["rules"]
            assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in run["results"])
        case _:
            check_junit(text)


@cache
def diagnostics_of(file: Path) -> tuple[Diagnostic, ...]:
    return read_program(file).diagnostics


REPORTS = [OutputFormat.GITLAB, OutputFormat.JUNIT, OutputFormat.SARIF]


@pytest.mark.parametrize("output_format", REPORTS)
def test_reports_are_of_their_shape_whatever_is_wrong(output_format: OutputFormat) -> None:
    for file in FAULTS:
        diagnostics = diagnostics_of(file)
        text = render(diagnostics, output_format, [str(file)], MEANINGS)
        check(text, output_format)
        assert text == render(diagnostics, output_format, [str(file)], MEANINGS)
    for diagnostics in ((), (HOSTILE, HOSTILE, WARNED)):
        text = render(diagnostics, output_format, ["program.yaml"], MEANINGS)
        check(text, output_format)
        assert "\x1b" not in text
        text.encode()


def test_gitlab_knows_a_fault_again_on_another_line_and_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before, after = (
        Diagnostic(
            code="MV010", place=Place(file=str(tmp_path / "a" / "b.yaml"), line=line), message="x", hint="y"
        )
        for line in (3, 9)
    )
    (first,), (second,) = (json.loads(render([each], OutputFormat.GITLAB)) for each in (before, after))
    assert first["fingerprint"] == second["fingerprint"]
    assert first["location"] == {"path": "a/b.yaml", "lines": {"begin": 3}}
    assert (first["description"], first["severity"]) == ("x\ny", "major")
    assert json.loads(render([WARNED], OutputFormat.GITLAB))[0]["severity"] == "minor"


def test_junit_counts_errors_as_failures_and_says_that_a_file_has_no_faults() -> None:
    root = check_junit(render([HOSTILE, WARNED], OutputFormat.JUNIT, ["other.yaml"]))
    assert (root.attrib["tests"], root.attrib["failures"]) == ("3", "1")
    cases = {case.attrib["classname"]: [child.tag for child in case] for case in root.iter("testcase")}
    assert cases == {"other.yaml": [], "dag 1/<æ>&%\ufffd.yaml": ["failure"], "program.yaml": ["system-out"]}
    (failure,) = root.iter("failure")
    assert failure.attrib == {"message": 'a "key" <b>]]> [2J\ufffd', "type": "MV010"}
    assert (failure.text or "").splitlines()[-1] == "an & b"


def test_sarif_says_what_codes_mean_and_where_faults_are() -> None:
    (run,) = json.loads(render([HOSTILE, WARNED], OutputFormat.SARIF, (), MEANINGS))["runs"]
    assert run["tool"]["driver"]["version"] == __version__
    assert [rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"]] == [
        MEANINGS["MV010"],
        MEANINGS["MV041"],
    ]
    places = [each["locations"][0]["physicalLocation"] for each in run["results"]]
    assert places[0]["artifactLocation"] == {
        "uri": "dag%201/%3C%C3%A6%3E%26%25%ED%A0%80.yaml",
        "uriBaseId": "%SRCROOT%",
    }
    assert places[0]["region"] == {"startLine": 2, "startColumn": 3, "endColumn": 7}
    elsewhere = Diagnostic(code="MV004", place=Place(file="/other/program.yaml"), message="x")
    (run,) = json.loads(render([elsewhere], OutputFormat.SARIF))["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "file:///other/program.yaml"
    }
