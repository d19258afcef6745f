"""One answer of each person counts: which one, and whose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from midtvejs.domain.answers import DEFAULT_OPTIONS, Admission, OnDuplicate, ReadOptions
from midtvejs.domain.diagnostic import Read, Severity
from midtvejs.domain.program import SignUp
from midtvejs.reading.answers import one_person
from midtvejs.reading.answers.preferences import Preferences, read_preferences_with_lines
from tests.conferences import program
from tests.reading.conftest import Texts

DAY = program({"1A": 2, "1B": 2})
DAY = replace(DAY, event=replace(DAY.event, sign_up=SignUp(deadline=dt.date(2018, 1, 10))))
HEAD = "ID,Start time,Completion time,Email,Name,Navn,R1\n"
Reader = Callable[..., Read[Preferences]]


@pytest.fixture
def read(texts: Texts) -> Reader:
    def read_text(text: str, listed: str = "", **how: object) -> Read[Preferences]:
        people = texts.saved("people.csv", listed) if listed else None
        wanted = replace(ReadOptions(participants=people), **how)  # type: ignore[arg-type] # each test names fields that there are
        return texts.answers(text, DAY, wanted)

    return read_text


def seated(read: Read[Preferences]) -> list[str]:
    return [
        f"{person.name} {' '.join(person.wishes[0].codes)}".rstrip()
        for person in read.accepted().participants
    ]


def told(read: Read[Preferences]) -> list[str]:
    return [f"{d.severity} {d.code} {d.message}" for d in read.diagnostics]


def answer(name: str, wishes: str, day: int = 5, email: str = "anonymous") -> str:
    return f"1,2018-01-{day:02} 9:00:00,2018-01-{day:02} 23:59:59,{email},,{name},{wishes}\n"


TWICE = (
    HEAD
    + answer(" Bo  Lund", "1A", 6)
    + answer("Åse", "1A")
    + answer("bo lund", "1B", 5)
    + answer("Cai", "", 13)
)


def test_the_later_answer_counts_by_its_time(read: Reader) -> None:
    result = read(TWICE)

    assert seated(result) == ["Bo Lund 1A", "Åse 1A", "Cai"]
    assert told(result)[0] == 'warning MV166 "Bo Lund" answered in lines 2, 4; line 2 counts'
    assert result.accepted().lines["bo lund"] == 2
    assert result.accepted().signed_up["bo lund"] == dt.datetime(2018, 1, 6, 23, 59, 59)
    assert result.accepted().provenance.doubled == 1


def test_the_later_row_counts_where_no_time_is_known(read: Reader) -> None:
    assert seated(read("Navn,R1 1\nBo,1A\nBo,1B\n")) == ["Bo 1B"]


def test_somebody_else_may_decide_which_answer_counts(read: Reader) -> None:
    first = read(TWICE, on_duplicate=OnDuplicate.FIRST)
    neither = read(TWICE, on_duplicate=OnDuplicate.ERROR)

    assert seated(first)[0] == "bo lund 1B"
    assert [d.code for d in neither.diagnostics if d.severity is Severity.ERROR] == ["MV123"]


def test_two_rows_of_our_own_form_are_a_fault_unless_they_say_when_or_somebody_decides(read: Reader) -> None:
    twice = "name,R1\nBo,1A\nBo,1B\n"

    assert [d.code for d in read(twice).diagnostics] == ["MV123"]
    assert seated(read(twice, on_duplicate=OnDuplicate.LAST)) == ["Bo 1B"]
    assert seated(read("name,timestamp,R1\nBo,2018-01-05,1A\nBo,2018-01-04,1B\n")) == ["Bo 1A"]


def test_an_answer_after_the_deadline_counts_unless_it_is_refused(read: Reader) -> None:
    accepted, refused, error = (read(TWICE, late=each) for each in Admission)

    late = "MV167 1 answer came after the deadline, 2018-01-10: line 5"
    assert (seated(accepted)[-1], seated(refused)[-1], error.value) == ("Cai", "Åse 1A", None)
    assert told(accepted)[-1] == told(refused)[-1] == f"warning {late}"
    assert told(error)[-1] == f"error {late}"
    assert accepted.accepted().provenance.late == refused.accepted().provenance.late == 1


def test_the_deadline_is_one_of_local_days(read: Reader) -> None:
    head = "name,timestamp,R1\n"

    assert read(f"{head}Bo,2018-01-10T22:59:00+00:00,1A\n").diagnostics == ()
    assert [d.code for d in read(f"{head}Bo,2018-01-10T23:01:00+00:00,1A\n").diagnostics] == ["MV167"]


PEOPLE = """\
Navn;E-mail;Kommune;Betalt
Bo Lund;bo@vejle.dk;Vejle;ja
Åse Holm;aase@vejle.dk;Vejle;
Cai Dam;;Kolding;
"""


def test_whoever_never_answered_is_seated_too(read: Reader) -> None:
    text = HEAD + answer("B. Lund", "1A", email="BO@vejle.dk") + answer("Cai  dam", "1B", email="cai@dam.dk")
    result = read(text, PEOPLE)

    assert seated(result) == ["Bo Lund 1A", "Cai Dam 1B", "Åse Holm"]
    assert [person.organisation for person in result.accepted().participants] == ["Vejle", "Kolding", "Vejle"]
    assert result.accepted().lines == {"bo@vejle.dk": 2, "cai dam": 3, "aase@vejle.dk": 0}
    assert result.accepted().provenance.unanswered == 1
    assert told(result) == [
        "warning MV173 1 answer is known on the list of participants by name, not by email: line 3"
    ]


def test_two_answers_of_one_on_the_list_are_doubles_whatever_they_say(read: Reader) -> None:
    text = HEAD + answer("Bo Lund", "1A", 5) + answer("Bo", "1B", 6, "bo@vejle.dk")

    assert seated(read(text, PEOPLE)) == ["Bo Lund 1B", "Åse Holm", "Cai Dam"]


def test_a_stranger_is_a_fault_unless_somebody_decides(read: Reader) -> None:
    text = HEAD + answer("Åse Holm", "1A", email="aase@gmail.dk") + answer("Dea", "1A")
    errors = read(text, PEOPLE)

    decide = "add them to it, or decide: --strangers accept or --strangers refuse"

    assert [(d.code, d.hint) for d in errors.diagnostics] == [
        ("MV168", f"the list has Åse Holm with another email: aase@vejle.dk; else {decide}"),
        ("MV168", decide),
    ]
    assert len(seated(read(text, PEOPLE, strangers=Admission.ACCEPT))) == 5
    assert len(seated(read(text, PEOPLE, strangers=Admission.REFUSE))) == 3
    assert {d.severity for d in read(text, PEOPLE, strangers=Admission.REFUSE).diagnostics} == {
        Severity.WARNING
    }


@pytest.mark.parametrize(
    ("name", "email", "hint"),
    [
        ("Bo Lund", "anonymous", "the list has 2 of this name, and only an email tells which is meant; else"),
        ("Per", "peer@vejle.dk", 'did you mean "peter@vejle.dk"? else'),
        ("Zoe Quist", "zq@vejle.dk", "add them to it"),
        ("Peter Hoj", "anonymous", 'did you mean "Peter Høj"? else'),
    ],
)
def test_who_a_stranger_may_be(read: Reader, name: str, email: str, hint: str) -> None:
    listed = "Navn,E-mail\nBo Lund,bo@vejle.dk\nBo Lund,blu@vejle.dk\nPeter Høj,peter@vejle.dk\n"
    (fault,) = read(HEAD + answer(name, "1A", email=email), listed).diagnostics

    assert fault.code == "MV168"
    assert fault.hint.startswith(hint)
    assert fault.hint.endswith("add them to it, or decide: --strangers accept or --strangers refuse")


@pytest.mark.parametrize(
    ("listed", "codes"),
    [
        ("Navn\nBo\nbo\n", ["MV123"]),
        ("Navn\n", ["MV106"]),
        ("Alder\n7\n", ["MV110"]),
        ("\n", ["MV105"]),
    ],
)
def test_faults_of_the_list_are_told(read: Reader, listed: str, codes: list[str]) -> None:
    result = read(TWICE, listed)

    assert [d.code for d in result.diagnostics] == codes
    assert {Path(d.place.file).name for d in result.diagnostics} == {"people.csv"}


def test_many_warnings_do_not_end_the_reading(read: Reader) -> None:
    result = read(HEAD + "".join(answer(f"P{n % 1500}", "1A") for n in range(3000)))

    assert len(result.accepted().participants) == 1500
    assert len(result.diagnostics) == 21
    assert told(result)[-1] == "warning MV109 1,480 more warnings of these kinds; 20 of each are shown"


FORM = "Starttidspunkt,Fuldførelsestidspunkt,Navn,E-mail,Kommune,R1\n"


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([",,Anna,k@b.dk,,1A", ",,Bo Lund,k@b.dk,,1B"], ["MV126"]),
        ([",,Ole Vogt,k@b.dk,,1A", ",,Lena Vogt,k@b.dk,,1B"], ["MV126"]),
        ([",,Anna,k@b.dk,,1A", ",,Anna Hansen,k@b.dk,,1B"], ["MV166"]),
        ([",,Hans Peter Holm,k@b.dk,,1A", ",,Hanspeter Holm,k@b.dk,,1B"], ["MV166"]),
        ([",,A. Hansen,k@b.dk,,1A", ",,Anna Hansen,k@b.dk,,1B"], ["MV166"]),
        ([",,Anna Hansen,k@b.dk,,1A", ",,Ana Hansen,k@b.dk,,1B"], ["MV166"]),
        ([",,Anna,,Vejle,1A", ",,Anna,,Thisted,1B"], ["MV127"]),
        ([",,Anna,,Vejle,1A", ",,Anna,,Vejle Kommune,1B"], ["MV166"]),
        ([",,Anna,,Vejle,1A", ",,Anna,,,1B"], ["MV166"]),
    ],
)
def test_who_is_clearly_not_one_person_is_not_made_one(
    tmp_path: Path, rows: list[str], codes: list[str]
) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(FORM + "\n".join(rows), encoding="utf-8")
    told = read_preferences_with_lines(path, DAY)
    decided = read_preferences_with_lines(path, DAY, ReadOptions(on_duplicate=OnDuplicate.LAST))

    assert [each.code for each in told.diagnostics] == codes
    assert (told.value is None) == (codes != ["MV166"])
    assert len(decided.accepted().participants) == 1


def test_very_many_answers_of_one_email_are_not_all_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has a long name that is nearly that of the others."""
    work: list[int] = []

    class Counting(SequenceMatcher[str]):
        def __init__(self, isjunk: None, a: str, b: str, *, autojunk: bool) -> None:
            work.append(len(a) * len(b))
            super().__init__(isjunk, a, b, autojunk)

    monkeypatch.setattr(one_person, "SequenceMatcher", Counting)
    rows = (
        f",,{chr(97 + again) * 3}{'abcdefghij' * 9},p{person}@b.dk,,1A"
        for person in range(50)
        for again in range(20)
    )
    path = tmp_path / "answers.csv"
    path.write_text(FORM + "\n".join(rows), encoding="utf-8")

    assert len(read_preferences_with_lines(path, DAY).accepted().participants) == 50
    assert 0 < sum(work) <= 50 * 10 * 40 * 40


KEYS = ("Lena Vogt,", "Lena Vogt,l@b.dk")
"""One name alone, and one name with one email."""


def aside(
    tmp_path: Path,
    heading: str,
    cells: Sequence[str],
    who: str = KEYS[0],
    options: ReadOptions = DEFAULT_OPTIONS,
) -> Read[Preferences]:
    """Answers of one person, as name and email tell, and of 30 others in classes; each with a cell aside.

    Of the others each says what one of the answers says, in turn.
    """
    others = [f"Elev {number},,{cells[number % len(cells)]},1A" for number in range(30)]
    rows = [*(f"{who},{cell},1A" for cell in cells), *others]
    path = tmp_path / "answers.csv"
    path.write_text("\n".join([f"Navn,E-mail,{heading},R1 1", *rows]), encoding="utf-8")
    return read_preferences_with_lines(path, DAY, options)


def faults(result: Read[Preferences]) -> list[str]:
    return [each.code for each in result.diagnostics if each.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("heading", "one", "other"),
    [
        ("Class", "7a", "7d"),
        ("Which class are you in?", "7", "8"),
        ("Hvilken klasse går du i?", "7.a", "7.d"),
        ("Zug", "rot", "blau"),
        ("Child (in full)", "Lena", "Ole"),
        ("Dit barn hedder", "Lena Vogt", "Ole Vogt"),
        ("Wen melden Sie an?", "Lena Vogt", "Ole von der Burg"),
        ("Username", "lenav", "lvogt"),
        ("User name", "lenav", "lenavo"),
        ("Student ID", "100017", "100018"),
        ("UniLogin", "lena123v", "lena124v"),
        ("Group name", "Red foxes", "Red boxes"),
        ("Mother's name", "Ida Vogt", "Eva Kranz"),
        ("Klasselærer", "Hr. Bo", "Fru Lund"),
        ("Kontakt", "ida@b.dk", "eva@b.dk"),
        ("Cabin", "3", "4"),
        ("Telefon", "12345678", "12345679"),
        ("Fødselsdato", "2012-01-05", "2011-12-24"),
    ],
)
@pytest.mark.parametrize("who", KEYS)
def test_a_column_that_tells_people_apart_makes_them_two(
    tmp_path: Path, heading: str, one: str, other: str, who: str
) -> None:
    told = aside(tmp_path, heading, [one, other], who)
    decided = aside(tmp_path, heading, [one, other], who, ReadOptions(on_duplicate=OnDuplicate.LAST))

    assert faults(told) == ["MV126" if "@" in who else "MV127"]
    assert len(decided.accepted().participants) == 31


@pytest.mark.parametrize(
    ("heading", "one", "other"),
    [
        ("Class", "7a", "7A"),
        ("Klasse", "7.a", "7 A"),
        ("Class", "7a", ""),
        ("Class", "7a", "-"),
        ("Child (in full)", "Lena Vogt", "Lena"),
        ("Child (in full)", "Lena Vogt", "L. Vogt"),
        ("Are you a student?", "yes", "no"),
        ("Kommer du til middagen?", "Ja tak", "nej"),
        ("How well did you like it?", "4", "5"),
        ("Menu", "meat", "fish"),
        ("What would you like for lunch?", "meat", "fish"),
        ("Begun", "3/2/2026 8:47:10", "3/2/2026 9:10:05"),
        ("What would you rather not hear?", "1A", "1B"),
        ("Comment", "I look forward to it very much", "I changed my mind"),
        ("ID", "17", "18"),
        ("Startsprog", "da", "en"),
        ("Phone", "+45 12 34 56 78", "12345678"),
        ("User agent", "Firefox", "Chrome"),
        ("IP address", "10.0.0.1", "10.0.0.2"),
    ],
)
@pytest.mark.parametrize("who", KEYS)
def test_what_differs_between_two_answers_of_one_person_does_not_make_them_two(
    tmp_path: Path, heading: str, one: str, other: str, who: str
) -> None:
    assert faults(aside(tmp_path, heading, [one, other], who)) == []


@pytest.mark.parametrize("remark", ["{}", "R_{}x", "nr {}"])
def test_what_is_never_the_same_twice_tells_answers_apart_not_people(tmp_path: Path, remark: str) -> None:
    cells = [remark.format(number) for number in range(5)]
    rows = [f"Lena Vogt,{cells[0]},1A", *(f"P{number},{cell},1A" for number, cell in enumerate(cells[2:]))]
    path = tmp_path / "answers.csv"
    path.write_text("\n".join(["Navn,Nøgle,R1 1", *rows, f"Lena Vogt,{cells[1]},1A"]), encoding="utf-8")

    assert faults(read_preferences_with_lines(path, DAY)) == []


def test_a_column_that_few_fill_in_does_not_tell_people_apart(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    rows = ["Lena Vogt,ok,1A", "Lena Vogt,tak,1A", "Bo,ok,1A", *(f"P{number},,1A" for number in range(30))]
    path.write_text("\n".join(["Navn,Andet,R1 1", *rows]), encoding="utf-8")

    assert faults(read_preferences_with_lines(path, DAY)) == []


def test_both_lines_and_what_they_say_are_told(tmp_path: Path) -> None:
    told = aside(tmp_path, "Class", ["7a", "7d"])
    (fault,) = (each for each in told.diagnostics if each.severity is Severity.ERROR)

    assert fault.message == '"Lena Vogt" in line 3 has "7d" under "Class", "Lena Vogt" in line 2 has "7a"'
    assert fault.hint == (
        "write that behind their names, or give them emails, which tell them apart; "
        "if they are one person, --on-duplicate last"
    )


def test_our_own_form_has_columns_that_tell_people_apart_too(read: Reader) -> None:
    text = "name,timestamp,klasse,R1\nBo,2018-01-05,7a,1A\nBo,2018-01-04,7d,1B\n"

    assert faults(read(text)) == ["MV127"]
    assert seated(read(text, on_duplicate=OnDuplicate.LAST)) == ["Bo 1A"]


def test_the_account_from_which_an_answer_came_tells_people_apart(read: Reader) -> None:
    one = "1,2018-01-05 9:00:00,2018-01-05 9:01:00,{},{},Lena Vogt,1A\n"
    apart = HEAD + one.format("lena@b.dk", "Lena V") + one.format("lvo@b.dk", "Lena V")
    rows = one.format("anonymous", "Lena V") + one.format("anonymous", "Ole Kranz")

    assert len(seated(read(apart))) == 2
    assert faults(read(HEAD + rows)) == ["MV127"]
    assert faults(read(HEAD + one.format("anonymous", "") * 2)) == []
