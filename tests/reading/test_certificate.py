"""A certificate as a file: there and back, and whatever somebody else may have put there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.certificate import SCALE, Certificate, Certified, Proof
from midtvejs.domain.diagnostic import Diagnostic
from midtvejs.domain.fairness import Criterion, Evidence, Stage, counting_falls_short
from midtvejs.output.tables.assignment_json import certificate_json
from midtvejs.reading.certificate import MOST, read_certificate
from tests.examples import examples

NUMBERS = st.integers(0, MOST)
SUMS = st.dictionaries(st.sampled_from(Criterion), NUMBERS, max_size=3)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
CODES = TEXTS.filter(lambda text: "@" not in text)
SITTINGS = st.dictionaries(CODES, st.just([""]) | st.lists(TEXTS.map("@".__add__), min_size=1, unique=True))
PRICES = SITTINGS.flatmap(
    lambda sittings: st.fixed_dictionaries(
        {code + sitting: NUMBERS for code, each in sittings.items() for sitting in each}
    )
)
PROOFS = st.builds(
    Proof,
    criterion=st.sampled_from(Criterion),
    worst=st.none() | NUMBERS,
    kept=SUMS,
    prices=PRICES,
    kept_prices=SUMS,
    together=NUMBERS,
    at_most=st.dictionaries(TEXTS, st.dictionaries(TEXTS, PRICES, max_size=2), max_size=2),
    apart=st.dictionaries(TEXTS, PRICES, max_size=2),
    least=PRICES,
    spread=st.dictionaries(TEXTS, PRICES, max_size=2),
)


@st.composite
def certified_stages(draw: st.DrawFn) -> Certified:
    """A stage, whatever it is said to rest on: a word of the solver cannot be recomputed."""
    bound, evidence = draw(NUMBERS), draw(st.sampled_from(Evidence))
    stage = Stage(
        criterion=draw(st.sampled_from(Criterion)),
        value=draw(NUMBERS),
        bound=bound,
        recomputable=0 if evidence is Evidence.SOLVER else bound,
    )
    stage = replace(stage, priced=counting_falls_short(stage.criterion, evidence))
    return Certified(stage=stage, proof=draw(st.none() | PROOFS), evidence=evidence)


CERTIFICATES = st.builds(
    Certificate,
    inputs=st.text("0123456789abcdef", min_size=64, max_size=64),
    stages=st.lists(
        certified_stages(), min_size=1, max_size=5, unique_by=lambda certified: certified.stage.criterion
    ).map(tuple),
)

CERTIFICATE = Certificate(
    inputs="0" * 64,
    stages=(
        Certified(
            stage=Stage(criterion=Criterion.WORST, value=1, bound=1, recomputable=1),
            proof=Proof(criterion=Criterion.WORST, worst=0, prices={"1A": SCALE}),
            evidence=Evidence.PRICES,
        ),
        Certified(
            stage=Stage(criterion=Criterion.TOTAL, value=9, bound=4, recomputable=0),
            proof=None,
            evidence=Evidence.SOLVER,
        ),
    ),
)
TEXT = certificate_json(CERTIFICATE)
PRICE = 'stages[0].proof.prices["1\\x1b"]:'


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates") / "proof.json"


def faults(file: Path, content: str | bytes) -> tuple[Diagnostic, ...]:
    """Read what is no certificate; gives why."""
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    read = read_certificate(file)
    assert read.value is None
    assert read.diagnostics
    return read.diagnostics


def places(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{d.place.line}:{d.place.column} {d.code} {d.message}" for d in diagnostics]


@given(certificate=CERTIFICATES)
def test_there_and_back(certificate: Certificate, file: Path) -> None:
    text = certificate_json(certificate)
    file.write_text(text, encoding="utf-8", newline="")
    read = read_certificate(file)
    assert read.diagnostics == ()
    assert read.value == certificate
    assert certificate_json(read.value) == text


def test_prices_of_a_session_held_more_than_once_stand_round_by_round(file: Path) -> None:
    (worst, total) = CERTIFICATE.stages
    assert worst.proof
    proof = replace(worst.proof, prices={"1A": SCALE, "A@R1": 0, "B@R1": 5, "A@R3": 7})
    certificate = replace(CERTIFICATE, stages=(replace(worst, proof=proof), total))
    text = certificate_json(certificate)
    prices = {"1A": SCALE, "A": {"R1": 0, "R3": 7}, "B": {"R1": 5}}
    assert json.loads(text)["stages"][0]["proof"]["prices"] == prices
    file.write_text(text, encoding="utf-8", newline="")
    assert read_certificate(file).value == certificate
    assert places(faults(file, text.replace('"R3": 7', '"R3": [7]'))) == [
        f"20:19 MV312 stages[0].proof.prices.A.R3: must be a whole number from 0 to {MOST}, not a list of 1"
    ]
    assert places(faults(file, text.replace('"R3": 7', '"R1": 7'))) == [
        "20:19 MV304 stages[0].proof.prices.A.R1: appears twice"
    ]


def test_what_rules_say_stands_only_where_there_are_any(file: Path) -> None:
    (worst, total) = CERTIFICATE.stages
    assert worst.proof
    proof = replace(
        worst.proof,
        together=2,
        at_most={"grade": {"9": {"1A": 5, "B@R1": 7}}},
        least={"S1": 3},
        apart={"0": {"S1": 4}},
    )
    text = certificate_json(replace(CERTIFICATE, stages=(replace(worst, proof=proof), total)))
    of_rules = json.loads(text)["stages"][0]["proof"]
    assert (of_rules["together"], of_rules["at_most"]) == (2, {"grade": {"9": {"1A": 5, "B": {"R1": 7}}}})
    assert (of_rules["least"], of_rules["apart"]) == ({"S1": 3}, {"0": {"S1": 4}})
    assert not {"together", "at_most", "apart", "least"} & {*json.loads(TEXT)["stages"][0]["proof"]}
    place = "stages[0].proof.at_most.grade.9.1A"
    (line,) = [number for number, each in enumerate(text.splitlines(), 1) if '"1A": 5' in each]
    assert places(faults(file, text.replace('"1A": 5', '"1A": -5'))) == [
        f"{line}:21 MV312 {place}: must be a whole number from 0 to {MOST}, not -5"
    ]
    assert len(faults(file, text.replace('"together": 2', '"together": null'))) == 1


def test_a_byte_order_mark_and_other_line_breaks_are_harmless(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert read_certificate(file).value == CERTIFICATE


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('"midtvejs": 1', '"midtvejs": 2', "2:15 MV314 this version reads certificates of format 1"),
        ('"midtvejs": 1', '"midtvejs": true', "2:15 MV314 this version reads certificates of format 1"),
        ('"unit": 1048576', '"unit": 1', "4:11 MV312 unit: must be 1048576, not 1"),
        ('"unit": 1048576', '"unit": 1048576.0', "4:11 MV312 unit: must be 1048576, not 1048576.0"),
        ("0" * 64, "x", '3:13 MV312 inputs: must be a SHA-256: 64 of the characters 0-9 and a-f, not "x"'),
        (
            '"value": 1,',
            '"value": -1,',
            f"8:16 MV312 stages[0].value: must be a whole number from 0 to {MOST}, not -1",
        ),
        (
            '"value": 1,',
            '"value": true,',
            f"8:16 MV312 stages[0].value: must be a whole number from 0 to {MOST}, not true",
        ),
        (
            '"1A": 1048576',
            '"1A": NaN',
            f"17:17 MV312 stages[0].proof.prices.1A: must be a whole number from 0 to {MOST}, not NaN",
        ),
        (
            '"1A": 1048576',
            f'"1A": {MOST + 1}',
            f"17:17 MV312 stages[0].proof.prices.1A: must be a whole number from 0 to {MOST}, not {MOST + 1}",
        ),
        (
            '"1A": 1048576',
            f'"1\\u001b": {"9" * 6000}',
            f"17:22 MV312 {PRICE} must be a whole number from 0 to {MOST}, not {'9' * 37}...",
        ),
        ('"total"', '"totl"', '23:20 MV313 stages[1].criterion: there is no criterion "totl"'),
        ('"total"', '"worst"', "23:20 MV312 stages[1].criterion: worst has had its stage"),
        (
            '"proven": false',
            '"proven": true',
            "26:17 MV312 stages[1].proven: must be true where value and bound are one, else false, not true",
        ),
        (
            '"solver"',
            '"me"',
            '27:19 MV312 stages[1].evidence: must be one of prices, counting, solver, none, not "me"',
        ),
        (
            '"proof": null',
            '"proof": []',
            "28:16 MV312 stages[1].proof: must be an object in { }, not a list of 0",
        ),
        ('"proof": null', '"proof": null, "a": {}', '28:27 MV310 unknown key "a"'),
        ('"bound": 4,', "", "22:5 MV311 stages[1].bound: is missing"),
        ('"bound": 4,', '"bound": 4, "bound": 4,', "25:28 MV304 stages[1].bound: appears twice"),
        (
            '"kept": {}',
            '"kept": {"all": 1}',
            '15:25 MV313 stages[0].proof.kept.all: there is no criterion "all"',
        ),
        ('"value": 1,', '"value": 1', "9:7 MV302 not JSON: Expecting ',' delimiter"),
    ],
)
def test_one_thing_wrong(old: str, new: str, found: str, file: Path) -> None:
    assert TEXT.count(old) == 1
    assert places(faults(file, TEXT.replace(old, new))) == [found]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", "1:1 MV302 not JSON: Expecting value"),
        ("[]", "1:1 MV312 the certificate: must be an object in { }, not a list of 0"),
        ('"\\ud800"', '1:1 MV312 the certificate: must be an object in { }, not "\\ud800"'),
        ("[" * 100_000, "1:21 MV303 nested deeper than 20 levels"),
        ('{"a":' * 100_000, "1:101 MV303 nested deeper than 20 levels"),
        (b" " * (4 * 1024**2 + 1), "1:1 MV303 the file is larger than 4 MB"),
        (TEXT.replace("solver", "løst").encode("cp1252"), "27:1 MV301 byte"),
        (TEXT.encode("utf-16"), "1:1 MV301 byte 1 is not UTF-8"),
        (b"\x00", "1:1 MV302 not JSON: Expecting value"),
        (b'{"a": "\x1b[2J"}', "1:8 MV302 not JSON: Invalid control character at"),
    ],
)
def test_what_is_no_certificate_at_all(content: str | bytes, found: str, file: Path) -> None:
    (place,) = places(faults(file, content))
    assert place.startswith(found)


def test_all_faults_are_told_at_once_but_not_without_end(file: Path) -> None:
    text = TEXT.replace('"value": 9', '"value": -9').replace('"unit": 1048576', '"unit": 2')
    assert [diagnostic.place.line for diagnostic in faults(file, text)] == [4, 24]
    endless = json.dumps(json.loads(TEXT) | {f"key{number}": 0 for number in range(5000)})
    assert len(faults(file, endless)) == 100


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_certificate(tmp_path / "nowhere.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from([*Criterion, "1A", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)


def paths(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Return the way to every value in a value."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from paths(each, (*path, key))


@given(data=st.data(), value=JSON)
@examples(200)
def test_any_value_anywhere(data: st.DataObject, value: object, file: Path) -> None:
    content = json.loads(TEXT)
    *way, last = data.draw(st.sampled_from([path for path in paths(content) if path]))
    holder = content
    for key in way:
        holder = holder[key]
    holder[last] = value
    text = json.dumps(content, indent=data.draw(st.none() | st.integers(0, 2)))
    file.write_text(text, encoding="utf-8")
    read = read_certificate(file)
    assert (read.value is None) == bool(read.diagnostics)
    lines = text.splitlines()
    for diagnostic in read.diagnostics:
        assert diagnostic.place.source == lines[diagnostic.place.line - 1]


@given(content=st.binary(max_size=40) | st.text('{}[]",:\\ 01eE-.truefalsn', max_size=30).map(str.encode))
@examples(300)
def test_any_bytes(content: bytes, file: Path) -> None:
    assert faults(file, content)
