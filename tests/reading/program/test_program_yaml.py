from __future__ import annotations

import datetime as dt
import io
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.diagnostic import Diagnostic, Read, Severity
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.program import Kind, PechaKucha, Presenter, Program
from midtvejs.reading.codes import Fault
from midtvejs.reading.program.build import read_program
from tests.reading.conftest import Texts

FAULTS = sorted(path.parent for path in (Path(__file__).parent / "faults").glob("*/program.yaml"))
LAWFUL = """\
event:
  name: Dagen
  date: 2018-01-30
  start: "10:00"
  end: 15:00
  language: en
  sign_up: {deadline: 2018-01-30, url: https://example.dk}
  notes: [Tag en ven med]
rooms:
  Panorama: {seats: 20}
  Skovstuen: {seats: 10}
salons:
  id: S
  name: Saloner
  start: "11:00"
  end: "12:00"
  sessions:
    - {code: S1, title: Samtale, room: Panorama, start: "11:10"}
rounds:
  - id: R2
    name: Runde 2
    start: "13:00"
    end: "13:30"
    sessions:
      - {code: 2A, title: Mod, room: Panorama}
  - id: R1
    name: Runde 1
    start: "10:30"
    end: "11:00"
    sessions:
      - {code: 1A, title: Data, by: [Vejle Kommune], school: Skolen, description: Om data, room: Panorama}
      - code: 1B
        title: Ro
        room: Skovstuen
        presenters: [{name: Bo Beck, email: bo@vejle.dk, role: lærer, organisation: Vejle Kommune}]
pecha_kucha: {slides: 20, seconds_per_slide: 20, discussion_minutes: 15}
rules:
  fairness: [total, worst]
  seed: 4294967295
  min_participants: 2
  may_be_cancelled: false
  together:
    - [Åse Holm, bo@vejle.dk]
    - {participants: [Cai Dam, Dea Ek], round: R1}
pins:
  - {participant: Åse Holm, in: 1A, reason: Sådan er det}
  - organisation: Vejle Kommune
    not_in: S1
"""


def read(content: str | bytes, folder: Path) -> Read[Program]:
    return Texts(folder=folder).program(content)


def told(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [
        f"{d.code} {d.place.line}:{d.place.column}-{d.place.end_column} {d.severity}" for d in diagnostics
    ]


@pytest.mark.parametrize("folder", FAULTS, ids=lambda folder: folder.name)
def test_each_fault_is_told_once_and_in_its_place(folder: Path) -> None:
    result = read_program(folder / "program.yaml")
    assert told(result.diagnostics) == (folder / "expected.txt").read_text().splitlines()
    errors = [d for d in result.diagnostics if d.severity is Severity.ERROR]
    assert (result.value is None) == bool(errors)


def test_every_code_has_a_fault_folder() -> None:
    told_of = {
        line.split()[0] for folder in FAULTS for line in (folder / "expected.txt").read_text().splitlines()
    }
    assert {fault.value for fault in Fault if fault.startswith("MV0")} == told_of


def test_a_place_has_its_line_as_it_stands_in_the_file(tmp_path: Path) -> None:
    (diagnostic,) = read(LAWFUL.replace("seats: 20", 'seats: "tyve"'), tmp_path).diagnostics
    place = diagnostic.place
    assert place.source == '  Panorama: {seats: "tyve"}'
    assert place.source[place.column - 1 : place.end_column - 1] == '"tyve"'
    assert (place.file, diagnostic.message, diagnostic.hint) == (
        str(tmp_path / "program.yaml"),
        'seats: must be a whole number, not "tyve"',
        "write, for example, seats: 20",
    )


def test_a_lawful_program_is_what_the_file_says(tmp_path: Path) -> None:
    result = read(LAWFUL, tmp_path)
    program = result.accepted()
    assert result.diagnostics == ()
    assert [room.name for room in program.rooms] == ["Panorama", "Skovstuen"]
    assert (program.event.end, program.event.language) == (dt.time(15), "en")
    assert program.event.sign_up is not None
    assert program.event.sign_up.deadline == program.event.date == dt.date(2018, 1, 30)
    assert program.event.notes == ("Tag en ven med",)
    assert program.rules.fairness == (Criterion.TOTAL, Criterion.WORST)
    assert program.rules.seed == 2**32 - 1
    assert program.pecha_kucha == PechaKucha(slides=20, seconds_per_slide=20, discussion_minutes=15)
    bo = Presenter(name="Bo Beck", email="bo@vejle.dk", role="lærer", organisation="Vejle Kommune")
    assert program.sessions["1B"].presenters == (bo,)
    assert program.sessions["1A"].by == ("Vejle Kommune",)
    assert program.sessions["1A"].seats == 20


def test_the_language_is_one_whose_words_there_are(tmp_path: Path) -> None:
    assert read(LAWFUL.replace("language: en", "language: nb"), tmp_path).accepted().event.language == "nb"
    (diagnostic,) = read(LAWFUL.replace("language: en", "language: nbo"), tmp_path).diagnostics
    assert diagnostic.message == 'language: must be one of da, en, nb, not "nbo"'
    assert diagnostic.hint == 'did you mean "nb"?'


def test_rounds_stand_in_the_order_of_the_day_with_the_salons_among_them(tmp_path: Path) -> None:
    program = read(LAWFUL, tmp_path).accepted()
    assert [round_.id for round_ in program.rounds] == ["R1", "S", "R2"]
    assert program.sessions["S1"].kind is Kind.SALON
    assert program.sessions["1A"].kind is Kind.PECHA_KUCHA


def test_a_session_without_times_has_those_of_its_round(tmp_path: Path) -> None:
    sessions = read(LAWFUL, tmp_path).accepted().sessions
    assert (sessions["1A"].start, sessions["1A"].end) == (dt.time(10, 30), dt.time(11))
    assert (sessions["S1"].start, sessions["S1"].end) == (dt.time(11, 10), dt.time(12))


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_change_nothing(ends: str, tmp_path: Path) -> None:
    plain = read(LAWFUL, tmp_path).accepted()
    assert read("\ufeff" + LAWFUL.replace("\n", ends), tmp_path).accepted() == plain


def test_a_talk_without_pecha_kucha_has_its_usual_form(tmp_path: Path) -> None:
    without = LAWFUL.replace("pecha_kucha: {slides: 20, seconds_per_slide: 20, discussion_minutes: 15}\n", "")
    assert read(without, tmp_path).accepted().pecha_kucha == PechaKucha()


def test_seats_for_everybody_who_does_not_present_are_enough(tmp_path: Path) -> None:
    """R2 and the salons have 20 seats; R1 has 30, and somebody presents there."""
    codes = {
        expected: [
            diagnostic.code
            for diagnostic in read(
                LAWFUL.replace("  language", f"  expected_participants: {expected}\n  language"), tmp_path
            ).diagnostics
        ]
        for expected in (20, 21, 31, 32)
    }
    assert codes == {20: [], 21: ["MV040"] * 2, 31: ["MV040"] * 2, 32: ["MV040"] * 3}


def test_the_program_of_this_project_has_no_faults() -> None:
    result = read_program(Path(__file__).parents[3] / "program.yaml")
    assert told(result.diagnostics) == []
    assert len(result.accepted().sessions) == 17


def test_standard_input_is_a_file_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"hej")))
    (diagnostic,) = read_program(Path("-")).diagnostics
    assert diagnostic.place.file == "<stdin>"


def test_a_missing_file_is_no_diagnostic(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_program(tmp_path / "program.yaml")
    with pytest.raises(IsADirectoryError):
        read_program(tmp_path)


def bombs() -> dict[str, str | bytes]:
    """Files that were written to harm whoever reads them."""
    laughs = "".join(
        f"{name}: &{name} [{','.join(f'*{below}' for _ in range(9))}]\n" for below, name in pairs()
    )
    merges = "".join(
        f"{name}: &{name} {{<<: [{','.join(f'*{below}' for _ in range(9))}]}}\n" for below, name in pairs()
    )
    return {
        "billion laughs": 'a: &a ["ha"]\n' + laughs,
        "merge bomb": "a: &a {ha: ha}\n" + merges,
        "nested lists": "a: " + "[" * 20_000,
        "nested mappings": "{a: " * 50_000,
        "nested blocks": "\n".join(" " * depth + "a:" for depth in range(500)),
        "nested hyphens": "- " * 100_000,
        "a long number": "event: " + "9" * 5000,
        "a long version": "%YAML " + "9" * 5000 + ".1\n---\na: b\n",
        "an object": "event: !!python/object/apply:os.system [echo]\n",
        "NUL bytes": b"event: \0\0\0",
        "CP1252": "event: på gensyn".encode("cp1252"),
        "UTF-16": "event: {}".encode("utf-16"),
        "half a pair": 'event: "\\ud800"\n',
        "half a pair as a key": '"\\ud800": 1\n',
        "an encoded half of a pair": "event: \ud800",
        "100,000 keys": "".join(f"{number}: 1\n" for number in range(100_000)),
        "many keys": "".join(f"k{number}: 1\n" for number in range(10_100)),
        "many keys on a line": "{" + ",".join(f"roun{number}: 1" for number in range(9_000)) + "}",
        "many rooms": LAWFUL.replace("rooms:", "rooms:" + "".join(f"\n  P{n}: {{}}" for n in range(3000))),
        "a long key": "a" * 200_000 + ": 1",
        "a long quote": '"' + "a\\n" * 60_000,
        "many tabs": "\t" * 200_000,
        "too large": "#" * 300_000,
    }  # fmt: skip


def pairs() -> list[tuple[str, str]]:
    return list(zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize("name", bombs())
def test_a_hostile_file_is_told_of_and_does_no_harm(name: str, tmp_path: Path) -> None:
    result = read(bombs()[name], tmp_path)
    assert result.value is None
    assert result.diagnostics
    for diagnostic in result.diagnostics:
        assert diagnostic.message.isprintable()
        assert len(diagnostic.message + diagnostic.hint) < 400


def judged(content: bytes, folder: Path) -> None:
    """Reading gives a value or errors, and places that are in the file."""
    result = read(content, folder)
    errors = [d for d in result.diagnostics if d.severity is Severity.ERROR]
    assert (result.value is None) == bool(errors)
    for diagnostic in result.diagnostics:
        place = diagnostic.place
        assert 1 <= place.column < place.end_column
        assert place.line >= 1


@given(content=st.text() | st.text(alphabet="ab:-{}[]&*!%|>'\"\\\n\t #,?1.é\u2028") | st.binary())
def test_any_file_is_read_or_told_of(content: str | bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    judged(content if isinstance(content, bytes) else content.encode(), tmp_path_factory.getbasetemp())


@st.composite
def mutated(draw: st.DrawFn, text: str = LAWFUL) -> str:
    """A lawful program with a few lines left out, doubled, or put in the place of others."""
    lines = text.splitlines()
    number = st.integers(0, len(lines) - 1)
    for _ in range(draw(st.integers(1, 4))):
        here, there = draw(number), draw(number)
        change = draw(st.sampled_from(["drop", "double", "replace", "indent", "cut", "swap"]))
        line = lines[here]
        indented = " " * draw(st.integers(0, 8)) + line.lstrip()
        cut = line[: draw(st.integers(0, len(line)))]
        swapped = line.replace(draw(st.sampled_from('",:{}[]0A')), draw(st.sampled_from('",:{}[]0A\t&')), 1)
        lines[here] = {
            "drop": "",
            "double": f"{line}\n{line}",
            "replace": lines[there],
            "indent": indented,
            "cut": cut,
            "swap": swapped,
        }[change]
    return "\n".join(lines)


@given(content=mutated())
def test_any_slip_of_the_hand_is_read_or_told_of(
    content: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    judged(content.encode(), tmp_path_factory.getbasetemp())


@pytest.mark.parametrize(
    ("title", "read"),
    [
        (r'"\ud83d\ude00"', "\U0001f600"),
        (r'"a\uD83D\uDE00b\u00e5"', "a\U0001f600bå"),
        (r'"\ud83d"', None),
        (r'"\ude00\ud83d"', None),
    ],
)
def test_what_json_escapes_as_a_pair_is_one_character(texts: Texts, title: str, read: str | None) -> None:
    result = texts.program(LAWFUL.replace("title: Ro", f"title: {title}"))
    if read is None:
        assert [(each.code, each.place.line) for each in result.diagnostics] == [("MV003", 33)]
    else:
        assert result.accepted().sessions["1B"].title == read


@pytest.mark.parametrize(
    "value",
    [
        "|x",
        ">9x",
        '"\\q"',
        '"\\u12"',
        "*",
        "& x",
        "!<x y",
        "@x",
        "`x`",
        "'x'y",
        "{",
        "[1",
        '"',
        "%",
        "- - ]",
        "? :",
    ],
)
def test_no_fault_speaks_the_language_of_the_parser(texts: Texts, value: str) -> None:
    (fault, *_) = texts.program(f"event: {value}\n").diagnostics
    assert fault.hint
    assert not any(word in fault.message for word in ("expected", "found", "token", "scanning", "not YAML"))
