"""Diagnostics as the documents that services read: GitLab's Code Quality, JUnit and SARIF.

Each is one document, the same for the same diagnostics: no time of day stands in any.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from midtvejs._version import __version__
from midtvejs.domain.diagnostic import Diagnostic, Severity
from midtvejs.output.screen import printable
from midtvejs.output.tables.json_text import json_text

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
NOT_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")
SEVERITIES: Mapping[Severity, str] = {Severity.ERROR: "major", Severity.WARNING: "minor"}
"""What GitLab calls them."""


def in_repository(file: str) -> str:
    """Return a path as services want it: from the working directory, with slashes."""
    path, here = Path(file), Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def message_and_hint(diagnostic: Diagnostic) -> str:
    """Return what is wrong and, on a line of its own, what helps."""
    return "\n".join(filter(None, [printable(diagnostic.message), printable(diagnostic.hint)]))


def gitlab(diagnostics: Sequence[Diagnostic]) -> str:
    """Return a Code Quality report: an issue for each diagnostic."""
    issues = [
        {
            "description": message_and_hint(diagnostic),
            "check_name": diagnostic.code,
            "fingerprint": fingerprint,
            "severity": SEVERITIES[diagnostic.severity],
            "location": {
                "path": _clean(in_repository(diagnostic.place.file)),
                "lines": {"begin": diagnostic.place.line},
            },
        }
        for diagnostic, fingerprint in zip(diagnostics, _fingerprints(diagnostics), strict=True)
    ]
    return json_text(issues)


def _fingerprints(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """Return what each is known by from one report to the next, on whichever line it stands by then."""
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for diagnostic in diagnostics:
        said = (in_repository(diagnostic.place.file), diagnostic.code, diagnostic.message)
        seen[said] += 1
        known = "\0".join([*said, str(seen[said])])
        found.append(sha256(known.encode(errors="surrogatepass")).hexdigest())
    return found


def sarif(diagnostics: Sequence[Diagnostic], meanings: Mapping[str, str]) -> str:
    """Return a SARIF log (2.1.0) of one run; ``meanings`` say what codes stand for."""
    codes = sorted({diagnostic.code for diagnostic in diagnostics})
    rules = [
        {"id": code} | ({"shortDescription": {"text": meanings[code]}} if code in meanings else {})
        for code in codes
    ]
    results = [
        _result(diagnostic, codes.index(diagnostic.code), fingerprint)
        for diagnostic, fingerprint in zip(diagnostics, _fingerprints(diagnostics), strict=True)
    ]
    driver = {"name": "midtvejs", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json_text({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(diagnostic: Diagnostic, rule: int, fingerprint: str) -> dict[str, object]:
    place = diagnostic.place
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.end_column}
    file: dict[str, object] = {"artifactLocation": _artifact(place.file), "region": region}
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": diagnostic.severity.value,
        "message": {"text": message_and_hint(diagnostic)},
        "locations": [{"physicalLocation": file}],
        "partialFingerprints": {"midtvejs/v1": fingerprint},
    }


def _artifact(file: str) -> dict[str, str]:
    path = in_repository(file)
    if Path(path).is_absolute():
        # A drive of Windows stands behind one more slash.
        return {"uri": f"file:///{quote(path.lstrip('/'), errors='surrogatepass')}"}
    return {"uri": quote(path, errors="surrogatepass"), "uriBaseId": "%SRCROOT%"}


def junit(diagnostics: Sequence[Diagnostic], files: Sequence[str]) -> str:
    """Return a JUnit report: a case for each diagnostic, and for each file without any.

    Errors are failures; warnings are cases that pass, and say what they warn of.
    """
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    failures = sum(each.severity is Severity.ERROR for each in diagnostics)
    faultless = [file for file in files if file not in {each.place.file for each in diagnostics}]
    counts = {"tests": len(diagnostics) + len(faultless), "failures": failures, "errors": 0}
    counted = {"name": "midtvejs"} | {key: str(count) for key, count in counts.items()}
    suites = Element("testsuites", counted)
    suite = SubElement(suites, "testsuite", counted | {"skipped": "0", "time": "0"})
    for file in faultless:
        SubElement(
            suite, "testcase", {"classname": _clean(in_repository(file)), "name": "no faults", "time": "0"}
        )
    for diagnostic in diagnostics:
        place = diagnostic.place
        file, where = _clean(in_repository(place.file)), _clean(str(place))
        name = f"{diagnostic.code} {_clean(diagnostic.message)}"
        case = SubElement(suite, "testcase", {"classname": file, "name": name, "time": "0"})
        said = f"{where}\n{_clean(diagnostic.message)}\n{_clean(diagnostic.hint)}".strip()
        if diagnostic.severity is Severity.ERROR:
            attributes = {"message": _clean(diagnostic.message), "type": diagnostic.code}
            SubElement(case, "failure", attributes).text = said
        else:
            SubElement(case, "system-out").text = said
    indent(suites)
    text = tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _clean(text: str) -> str:
    """Return text without what can be written in no file of UTF-8 or XML."""
    return NOT_TEXT.sub("\ufffd", printable(text))
