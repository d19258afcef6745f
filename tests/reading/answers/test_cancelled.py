"""Wishes for what is cancelled are read in every shape, and count as if nobody had ranked it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import midtvejs
from midtvejs.auditing.digest import digest
from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Presenter, Program
from midtvejs.reading.answers.assignment import SavedAssignment, read_assignment
from midtvejs.reading.answers.diagnosis import diagnose
from midtvejs.reading.answers.earlier import read_earlier
from midtvejs.reading.answers.preferences import read_preferences_with_lines
from tests.conferences import cancelled, one_list, program
from tests.examples import examples
from tests.reading.conftest import Texts, rows_of
from tests.reading.forms.exports import LABELS, WRITERS, Export, csv_of
from tests.reading.forms.test_round_trip import SHAPES, answers

DAY = program({"1A": 9, "1B": 9, "1C": 9}, {"2A": 9, "2B": 9})
WITHOUT_1B = cancelled(DAY, "1B")
TWICE = one_list({code: {1: 9, 2: 9} for code in "ABCD"}, rounds=2)
MANY = examples(25)


def without(people: Sequence[Participant], *codes: str) -> tuple[Participant, ...]:
    return tuple(
        replace(each, wishes=tuple(wishes.without(codes) for wishes in each.wishes)) for each in people
    )


def forgotten(day: Program) -> Program:
    """The same day, of which nobody knows what was cancelled."""
    return replace(day, rounds=tuple(replace(each, cancelled=()) for each in day.rounds))


def wished(texts: Texts, text: str, day: Program) -> list[list[str]]:
    read = texts.participants(text, day).accepted()
    return [[" ".join(each.codes) for each in person.wishes] for person in read]


@pytest.mark.parametrize("name", WRITERS)
@MANY
@given(data=st.data(), answered=answers())
def test_a_form_from_before_is_read_as_it_was(
    name: str, tmp_path: Path, data: st.DataObject, answered: tuple[Program, list[Participant]]
) -> None:
    day, people = answered
    codes = data.draw(st.sets(st.sampled_from(["1A", "1C", "2A", "20", "S1"]), min_size=1))
    label = LABELS[data.draw(st.sampled_from(["code", "code: title", "code - title"]))]
    rows = WRITERS[name](Export(day=day, people=people, label=label))
    (tmp_path / "answers.csv").write_bytes(csv_of(rows))

    read = read_preferences_with_lines(tmp_path / "answers.csv", cancelled(day, *codes))

    preferences = read.accepted()
    assert preferences.participants == without(people, *codes)
    assert preferences.provenance.shape is SHAPES[name]
    assert {each.code for each in read.diagnostics} == {"MV171"}


@pytest.mark.parametrize("name", WRITERS)
@MANY
@given(data=st.data(), answered=answers())
def test_a_form_from_after_is_read_as_if_it_had_never_been(
    name: str, tmp_path: Path, data: st.DataObject, answered: tuple[Program, list[Participant]]
) -> None:
    day, people = answered
    day = cancelled(day, data.draw(st.sampled_from(["1A", "1C", "2A", "20"])))
    left, asked = without(people, *day.cancelled), forgotten(day)
    label = LABELS[data.draw(st.sampled_from(["code", "code: title", "code - title"]))]
    (tmp_path / "answers.csv").write_bytes(csv_of(WRITERS[name](Export(day=asked, people=left, label=label))))

    found = read_preferences_with_lines(tmp_path / "answers.csv", day)
    expected = read_preferences_with_lines(tmp_path / "answers.csv", asked)

    assert (found.value, found.diagnostics) == (expected.value, expected.diagnostics)


def test_one_warning_tells_how_many_wishes_are_struck(texts: Texts) -> None:
    rows = rows_of("name,R1,R2", "Åse,1B > 1A,2A > 2B", "Bo,1A > 1B,2B", "Cai,1B,", "Dea,1A,2B")
    one = texts.participants(rows, WITHOUT_1B)
    assert [(each.code, each.message) for each in one.diagnostics] == [
        ("MV171", "1B is cancelled: 3 wishes for it are struck from the lists")
    ]
    two = texts.participants(rows, cancelled(DAY, "1B", "2A"))
    assert [each.message for each in two.diagnostics] == [
        "1B (3) and 2A (1) are cancelled: 4 wishes for them are struck from the lists"
    ]
    assert wished(texts, rows, WITHOUT_1B) == [["1A", "2A 2B"], ["1A", "2B"], ["", ""], ["1A", "2B"]]


def test_nothing_is_said_where_nobody_ranked_it(texts: Texts) -> None:
    assert texts.participants(rows_of("name,R1,R2", "Åse,1A,2A"), WITHOUT_1B).diagnostics == ()


def test_only_answers_that_count_are_counted(texts: Texts) -> None:
    rows = rows_of("timestamp,name,R1,R2", "2018-01-05 10:00,Åse,1B,2A", "2018-01-06 10:00,Åse,1A > 1B,2A")
    told = [each.message for each in texts.participants(rows, WITHOUT_1B).diagnostics]
    assert "1B is cancelled: 1 wish for it is struck from the lists" in told


def test_of_a_list_for_several_rounds_it_is_struck_when_no_time_is_left(texts: Texts) -> None:
    rows = rows_of("name,wishes", "Åse,A > B > C")
    assert wished(texts, rows, cancelled(TWICE, "A", round_id="R1")) == [["A B C"]]
    assert wished(texts, rows, cancelled(TWICE, "A")) == [["B C"]]


def test_a_round_in_which_one_session_is_left_asks_nobody(texts: Texts) -> None:
    day = cancelled(DAY, "2A")
    assert wished(texts, rows_of("name,R1", "Åse,1A"), day) == [["1A", ""]]
    assert wished(texts, rows_of("name,R1,R2", "Åse,1A,2A > 2B"), day) == [["1A", "2B"]]


def test_a_title_goes_to_what_is_held(texts: Texts) -> None:
    both = [
        replace(each, title="Data") if each.code in {"1A", "1B"} else each for each in DAY.rounds[0].sessions
    ]
    day = replace(DAY, rounds=(replace(DAY.rounds[0], sessions=tuple(both)), DAY.rounds[1]))
    rows = rows_of("name,R1 1,R1 2,R2 1,R2 2", "Åse,Data,1C,2A,2B", "Bo,Data,1C,2B,2A")
    assert texts.participants(rows, day).value is None
    assert wished(texts, rows, cancelled(day, "1B"))[0] == ["1A 1C", "2A 2B"]


def test_a_code_of_another_round_is_still_told(texts: Texts) -> None:
    read = texts.participants(rows_of("name,R1,R2", "Åse,1A,1B"), WITHOUT_1B)
    assert [each.message for each in read.diagnostics] == ["1B is a session of R1, not R2"]


def test_what_is_cancelled_is_not_offered(texts: Texts) -> None:
    read = texts.participants(rows_of("name,R1,R2", "Åse,1X,2A"), WITHOUT_1B)
    assert [each.hint for each in read.diagnostics] == ["R1 has 1A, 1C"]


def test_its_presenters_are_participants_like_everybody(texts: Texts) -> None:
    presenter = (Presenter(name="Åse"),)
    first = DAY.rounds[0]
    sessions = tuple(
        replace(each, presenters=presenter) if each.code == "1B" else each for each in first.sessions
    )
    day = replace(DAY, rounds=(replace(first, sessions=sessions), DAY.rounds[1]))
    rows = rows_of("name,R1,R2", "Åse,1B > 1A,2A")
    assert texts.participants(rows, day).accepted()[0].presents == {"1B"}
    (aase,) = texts.participants(rows, cancelled(day, "1B")).accepted()
    assert aase.presents == frozenset()
    # Nor are they missed.
    absent = texts.participants(rows_of("name,R1,R2", "Bo,1A,2A"), cancelled(day, "1B"))
    assert absent.diagnostics == ()


def saved(texts: Texts, day: Program, *rows: str) -> SavedAssignment:
    return read_assignment(texts.saved("assignment.csv", rows_of("name,R1,R2", *rows)), day)


def test_who_is_still_in_it_is_told_once_with_the_way_out(texts: Texts) -> None:
    found = saved(texts, WITHOUT_1B, "Åse,1A,2A", "Bo,1B,2A", "Cai,1b,2B")
    (told,) = diagnose(found).diagnostics
    assert (told.code, told.place.line, told.place.column) == ("MV220", 3, 4)
    assert told.message == "1B is cancelled in R1, and 2 participants are in it"
    assert told.hint == (
        "lines 3, 4; seat them anew, and move few others: "
        f"midtvejs assign PREFS --keep {texts.folder / 'assignment.csv'}"
    )


def test_a_sitting_that_is_held_is_as_good_as_before(texts: Texts) -> None:
    day = cancelled(TWICE, "A", round_id="R1")
    assert saved(texts, day, "Åse,B,A").diagnostics == ()
    assert [each.code for each in saved(texts, day, "Åse,A,B").diagnostics] == ["MV220"]


def test_an_assignment_from_before_is_read(texts: Texts) -> None:
    path = texts.saved("assignment.csv", rows_of("name,R1,R2", "Åse,1B,2A"))
    read = read_earlier(path, WITHOUT_1B)
    assert read.accepted().days == {"åse": ("1B", "2A")}
    assert read.diagnostics == ()


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A day with rooms of so many ``seats`` by code, and everybody's ``ranked`` codes, round by round."""

    rounds: list[list[str]]
    seats: dict[str, int]
    open_: set[str]
    presented: set[str]
    ranked: list[list[list[str]]]
    pin: str
    off: str

    def program(self, off: str) -> str:
        """Return program.yaml; ``off`` is what it says of the session, which it is without for nothing."""
        lines = ['event: {name: Dagen, date: 2018-01-30, start: "09:00", end: "20:00"}', "rooms:"]
        lines += [f"  L{code}: {seats}" for code, seats in self.seats.items()]
        lines.append("rounds:")
        for hour, codes in enumerate(self.rounds, start=10):
            lines.append(
                f'  - {{id: R{hour}, name: Om {hour}, start: "{hour}:00", end: "{hour}:30", sessions: ['
            )
            lines += [self._session(code, off) for code in codes if off or code != self.off]
            lines.append("    ]}")
        if self.pin and off:
            lines += ["pins:", f"  - {{participant: P0, {self.pin}: {self.off}}}"]
        return "\n".join([*lines, ""])

    def _session(self, code: str, off: str) -> str:
        room = "auto" if code in self.open_ else f"L{code}"
        presents = f", presenters: [{{name: P{'ABCD'.index(code[-1])}}}]" if code in self.presented else ""
        said = f", {off}" if code == self.off else ""
        return f"      {{code: {code}, title: Om {code}, room: {room}{presents}{said}}},"

    def answers(self, struck: str = "") -> str:
        head = ",".join(["name", *(f"R{hour}" for hour, _ in enumerate(self.rounds, start=10))])
        cells = (
            [" > ".join(code for code in codes if code != struck) for codes in lists] for lists in self.ranked
        )
        return rows_of(head, *(",".join([f"P{number}", *each]) for number, each in enumerate(cells)))


@st.composite
def days(draw: st.DrawFn) -> Drawn:
    """Draw a day of 1 to 3 rounds, of whose first one a session is cancelled; there may be too few seats."""
    sizes = [draw(st.integers(2, 4)), *draw(st.lists(st.integers(1, 3), max_size=2))]
    rounds = [[f"{number}{letter}" for letter in "ABCD"[:size]] for number, size in enumerate(sizes, start=1)]
    codes = [code for each in rounds for code in each]
    people = draw(st.integers(1, 6))
    ranked = [
        [draw(st.permutations(each))[: draw(st.integers(0, len(each)))] for each in rounds]
        for _ in range(people)
    ]
    return Drawn(
        rounds=rounds,
        seats={code: draw(st.integers(1, people)) for code in codes},
        open_=draw(st.sets(st.sampled_from(codes))),
        presented=draw(st.sets(st.sampled_from(codes))),
        ranked=ranked,
        pin=draw(st.sampled_from(["", "in", "not_in"])),
        off=draw(st.sampled_from(rounds[0])),
    )


def read(texts: Texts, day: str, answered: str) -> tuple[Program, tuple[Participant, ...]]:
    found = texts.program(day).accepted()
    return found, texts.participants(answered, found).accepted()


def seated(day: Program, people: tuple[Participant, ...]) -> object:
    try:
        result = midtvejs.assign(day, people)
    except NoLawfulAssignment:
        return None
    chosen = {code: session.room.name for code, session in result.assignment.program.sessions.items()}
    return result.assignment.days, result.stages, chosen


@examples(40)
@given(drawn=days())
def test_a_day_with_a_session_cancelled_is_the_day_without_it(tmp_path: Path, drawn: Drawn) -> None:
    texts = Texts(folder=tmp_path)
    day, people = read(texts, drawn.program("cancelled: true"), drawn.answers())
    without_it, without_wishes = read(texts, drawn.program(""), drawn.answers(drawn.off))

    assert list(day.cancelled) == [drawn.off]
    assert (forgotten(day), people) == (without_it, without_wishes)
    assert digest(day, people) == digest(without_it, without_wishes)
    assert seated(day, people) == seated(without_it, without_wishes)
