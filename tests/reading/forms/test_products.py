"""The headers of real exports, answers made up; and what is said where it is not certain what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions, Shape
from midtvejs.domain.diagnostic import Read, Severity
from midtvejs.domain.program import Program
from midtvejs.reading.answers.preferences import Preferences
from midtvejs.reading.forms.layout import BySession
from midtvejs.reading.forms.products import PRODUCTS, Signs, wrote
from tests.conferences import program
from tests.reading.conftest import Texts

DAY = program({"1A": 2, "1B": 2, "1C": 2}, {"2A": 2, "2B": 2})
TITLES = {
    "1A": "Ledelse; tæt på",
    "1B": "Data, der virker",
    "1C": 'Et "citat" [og mere]',
    "2A": "Feedback 🙂",
    "2B": "Fra målløshed til målstyring",
}
DAY = replace(
    DAY,
    rounds=tuple(
        replace(round_, sessions=tuple(replace(each, title=TITLES[each.code]) for each in round_.sessions))
        for round_ in DAY.rounds
    ),
)
Reader = Callable[..., Read[Preferences]]


@pytest.fixture
def read(texts: Texts) -> Reader:
    def read_text(
        text: str, day: Program = DAY, options: ReadOptions = DEFAULT_OPTIONS, encoding: str = "utf-8"
    ) -> Read[Preferences]:
        return texts.answers(text.encode(encoding), day, options)

    return read_text


def found(read: Read[Preferences]) -> list[str]:
    return [f"{d.place.line}:{d.place.column} {d.code}" for d in read.diagnostics]


def wishes(read: Read[Preferences]) -> list[list[str]]:
    return [[" ".join(each.codes) for each in person.wishes] for person in read.accepted().participants]


def test_microsoft_forms_in_english(read: Reader) -> None:
    result = read(
        "ID,Start time,Completion time,Email,Name,Kommune,Rank the sessions of Runde 1,Runde 2: what first?\n"
        "1,1/15/18 9:00:00,1/15/18 9:04:00,bo@vejle.dk,Bo Lund,Vejle,"
        '"1B: Data, der virker;Ledelse; tæt på;1c;",2B;2A;\n'
        "2,1/16/18 9:00:00,1/16/18 9:04:00,aase@vejle.dk,Åse Holm,Vejle,,\n"
    )

    assert wishes(result) == [["1B 1A 1C", "2B 2A"], ["", ""]]
    assert str(result.accepted().signed_up["bo@vejle.dk"]) == "2018-01-15 09:04:00"
    provenance = result.accepted().provenance
    assert provenance.shape is Shape.MICROSOFT_RANKING
    assert [use.use for use in provenance.columns] == (
        ["", "", "timestamp", "email", "name", "organisation", "R1", "R2"]
    )
    assert result.diagnostics == ()


def test_microsoft_likert_has_ranks_or_sessions_as_rows(read: Reader) -> None:
    head = "ID,Start time,Completion time,Email,Name,Navn"

    sessions = read(f'{head},1A,"1B: Data, der virker",1C,2A,2B\n1,,,anonymous,,Bo,2nd,1.,,,1.\n')
    ranks = read(
        f"{head},1. prioritet,2. prioritet,1. prioritet2,2. prioritet2\n1,,,anonymous,,Bo,1B,1A,2B,\n"
    )

    assert wishes(sessions) == wishes(ranks) == [["1B 1A", "2B"]]
    assert sessions.accepted().provenance.shape is Shape.MICROSOFT_LIKERT
    assert sessions.diagnostics == ranks.diagnostics == ()


def test_google_forms_in_danish(read: Reader) -> None:
    result = read(
        "Tidsstempel,Hvad er dit navn?,Mail,Hvilken skole?,Runde 1 [Første valg],Runde 1 [Andet valg],"
        "Runde 2 [1. prioritet],Runde 2 [2. prioritet]\n"
        '13-01-2018 14.30.00,Bo,b@vejle.dk,Skolen,"Et ""citat"" [og mere]",1A,2A: Feedback 🙂,\n'
    )

    assert wishes(result) == [["1C 1A", "2A"]]
    assert found(result) == ["1:36 MV112"]
    assert result.accepted().provenance.shape is Shape.GOOGLE_GRID


def test_limesurvey_with_codes_of_questions(read: Reader) -> None:
    result = read(
        '\ufeff"id";"submitdate";"lastpage";"navn";"R1[1]";"R1[2]";"R1[3]";"R2[1]";"R2[2]"\r\n'
        '"1";"1980-01-01 00:00:00";"1";"Bo";"Data, der virker";"Ledelse; tæt på";"";"2B";""\r\n'
        '"2";"1980-01-01 00:00:00";"1";"Åse";"";"";"";"N/A";"N/A"\r\n\r\n'
    )

    assert wishes(result) == [["1B 1A", "2B"], ["", ""]]
    assert result.accepted().signed_up == {}
    assert result.accepted().provenance.shape is Shape.LIMESURVEY


def test_moodles_highest_number_is_the_first_choice(read: Reader) -> None:
    choices = [f"{code} {title}" for code, title in TITLES.items()]
    columns = [f"{each}{more}" for each in choices for more in ("", " - Text", " - Allocation")]
    header = ";".join('"' + each.replace('"', '""') + '"' for each in ["Fornavn", "Efternavn", *columns])
    result = read(f"{header}\nBo;Lund;1;;No;2;;No;;;No;;;No;2;First choice;No\n")

    assert wishes(result) == [["1B 1A", "2B"]]
    assert result.accepted().participants[0].name == "Bo Lund"
    assert result.accepted().provenance.shape is Shape.MOODLE


def test_what_a_product_adds_is_known_where_the_program_names_columns(read: Reader, tmp_path: Path) -> None:
    choices = [f"{title}{more}" for title in ("Mod", "Tillid") for more in ("", " - Text", " - Allocation")]
    moodle = described(tmp_path, "forms: {name: Hvem, rounds: {R1: []}}\n")
    quiz = described(tmp_path, "forms: {rounds: {R1: Formiddag, R2: Eftermiddag}}\n")
    head = "Start time,Completion time,Navn,Formiddag,Points - Formiddag,Eftermiddag"

    chosen = read(f"Hvem;{';'.join(choices)}\n;;;;;;Lærere\nBo;1;;No;2;;No\n", moodle)
    graded = read(f"{head}\n,,Bo,Data,3,Mod\n", quiz)

    assert (wishes(chosen), chosen.diagnostics) == ([["", "2B 2A"]], ())
    assert (wishes(graded), graded.diagnostics) == ([["1A", "2A"]], ())


def test_every_product_is_said_once_and_the_last_writes_whatever_no_other_does() -> None:
    assert {*PRODUCTS} == {*Shape} - {Shape.MAPPED}
    assert [*PRODUCTS][-1] is Shape.OTHER
    assert wrote(
        Signs(headings=(), rounds={"R1": BySession(columns={})}, added={Shape.MOODLE: frozenset()})
    ) is (Shape.OTHER)
    for product in PRODUCTS.values():
        assert product.accounts <= product.columns


def test_our_own_form_with_danish_headings(read: Reader) -> None:
    result = read("Navn;E-mail;Kommune;R1;R2\nBo;b@vejle.dk;Vejle;1C > 1A;Feedback 🙂\n")

    assert wishes(result) == [["1C 1A", "2A"]]
    assert result.accepted().participants[0].organisation == "Vejle"
    assert result.accepted().provenance.shape is Shape.WIDE


@pytest.mark.parametrize(
    ("encoding", "said", "codes"),
    [("cp1252", "CP1252", ["MV102"]), ("utf-8-sig", "UTF-8", []), ("utf-16", "UTF-16", [])],
)
def test_the_encoding_is_known(read: Reader, encoding: str, said: str, codes: list[str]) -> None:
    result = read("Navn,R1 1,R1 2,R2 1\nÅse,1A,1B,2A\n", encoding=encoding)

    assert result.accepted().provenance.encoding == said
    assert [d.code for d in result.diagnostics] == codes
    assert str(result.accepted().provenance).endswith(
        f": read as our own form, a column a rank, 1 row, {said}"
    )


def test_an_encoding_that_is_named_goes_before_what_it_looks_like(read: Reader) -> None:
    text = "Navn,R1 1,R2 1\nÅse,1A,2A\n"

    named = read(text, options=ReadOptions(encoding="cp865"), encoding="cp865")
    wrong = read(text, options=ReadOptions(encoding="ascii"))

    assert [person.name for person in named.accepted().participants] == ["Åse"]
    assert named.diagnostics == ()
    assert [(d.code, d.message) for d in wrong.diagnostics] == [("MV101", "byte 16 (0xc3) is not ASCII")]


def test_an_option_that_nobody_knows_is_told_of_once(read: Reader) -> None:
    rows = "".join(f"{n},,,anonymous,,P{n},Fra mållsøhed til målstyring;2A;\n" for n in range(180))
    result = read(f"ID,Start time,Completion time,Email,Name,Navn,R2\n{rows}", program({"1A": 1}, {"2A": 2}))

    assert [d.code for d in result.diagnostics] == ["MV160"]

    result = read(f"ID,Start time,Completion time,Email,Name,Navn,R1,R2\n{rows.replace(',Fra', ',,Fra')}")

    (fault,) = result.diagnostics
    assert found(result) == ["2:20 MV130"]
    assert fault.message == 'R2 has no session "Fra mållsøhed til målstyring" (and in 179 more lines)'
    assert fault.hint == 'did you mean 2B, "Fra målløshed til målstyring"?'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Navn,R1 [1A],R1 [1B],R2 [2A]\nBo,1.,1.,1.\n", ["2:7 MV163"]),
        ("Navn,R1 [1A],R1 [1B],R2 [2A]\nBo,1st,måske,1st\n", ["2:8 MV162"]),
        ("Navn,R1 1,R1 2,R2 1\nBo,1A,1X,2A\n", ["2:7 MV130"]),
        ("Navn,R1 1,R1 2,R2 1\nBo,1A,2A,2A\n", ["2:7 MV131"]),
        ("Navn,R1 1,R1 2,R2 1\n,1A,,2A\n", ["2:1 MV122"]),
        ("Navn,R1 1,R1 2,R2 1\nBo,1A,2A\n", ["2:9 MV120"]),
        ("Navn,R1 1,R1 2,R2 1\n", ["1:1 MV106"]),
        ("Navn,R1 1,R1 2,R1 2,R2 1\nBo,1A,1B,,2A\n", ["1:1 MV160"]),
        ("Navn,Mail,E-mail,R1 1,R2 1\nBo,a@b.dk,c@d.dk,1B,2A\n", ["1:1 MV160"]),
        ("Alder,R1 1,R2 1\n7,1B,2A\n", ["1:1 MV160"]),
        ("Navn,1A,1B,2A\nBo,1,2,1\n", ["1:1 MV160"]),
    ],
)
def test_each_fault_has_its_place(read: Reader, text: str, expected: list[str]) -> None:
    result = read(text)

    assert result.value is None
    assert found(result) == expected


def test_a_cell_that_means_two_rankings_means_none(read: Reader) -> None:
    day = program({"1A": 2, "1B": 2, "1C": 2})
    titles = iter(["A", "B", "A;B"])
    sessions = tuple(replace(each, title=next(titles)) for each in day.rounds[0].sessions)
    day = replace(day, rounds=(replace(day.rounds[0], sessions=sessions),))
    head = "ID,Start time,Completion time,Email,Name,R1\n"

    assert wishes(read(f"{head}1,,,,Bo,A;A;B;B;\n", day)) == [["1A 1C 1B"]]
    assert [d.message for d in read(f"{head}1,,,,Bo,A;B;\n", day).diagnostics] == (
        ["this cell may mean 1C or 1A > 1B"]
    )


@pytest.mark.parametrize("cell", ["-", " – ", "n/a", "Ingen", "NONE", ";", " ; ;"])
def test_a_word_for_nothing_ranks_nothing(read: Reader, cell: str) -> None:
    assert wishes(read(f"name,R1,R2\nBo,{cell},2A\n")) == [["", "2A"]]
    assert wishes(read(f"Navn,Runde 1 (R1),R2\nBo,{cell},2A\nÅse,1A,2A\n"))[0] == ["", "2A"]


@pytest.mark.parametrize("title", [";", ">", "-", "Ingen"])
def test_a_title_may_be_what_otherwise_says_nothing(read: Reader, title: str) -> None:
    day = program({"1A": 2, "1B": 2})
    first, second = day.rounds[0].sessions
    sessions = (replace(first, title=title), replace(second, title="Andet"))
    day = replace(day, rounds=(replace(day.rounds[0], sessions=sessions),))
    head = "ID,Start time,Completion time,Email,Name,R1\n"

    assert wishes(read(f"{head}1,,,,Bo,{title};\n", day)) == [["1A"]]
    assert wishes(read(f"{head}1,,,,Bo,{title}\n", day)) == [["1A"]]
    assert wishes(read(f"{head}1,,,,Bo,Andet;{title};\n", day)) == [["1B 1A"]]


def test_dates_whose_day_may_be_the_month_are_not_read(read: Reader) -> None:
    head = "Timestamp,Navn,R1 1,R2 1\n"

    unclear = read(f"{head}01/02/2018 10:00:00,Bo,1A,2A\n")
    danish = read(f"{head}01/02/2018 10:00:00,Bo,1A,2A\n13/02/2018 10:00:00,Åse,1A,2A\n")
    american = read(f"{head}1/2/2018 1:00:00 PM,Bo,1A,2A\n")

    assert (found(unclear), unclear.accepted().signed_up) == (["1:1 MV165"], {})
    assert str(danish.accepted().signed_up["bo"]) == "2018-02-01 10:00:00"
    assert str(american.accepted().signed_up["bo"]) == "2018-01-02 13:00:00"


def test_a_time_zone_is_turned_into_local_time(read: Reader) -> None:
    result = read("Timestamp,Navn,R1 1,R2 1\n2018/07/05 9:12:03 AM GMT-1,Bo,1A,2A\n")

    assert str(result.accepted().signed_up["bo"]) == "2018-07-05 12:12:03"


UNCLEAR = (
    "Tidsstempel,Hvem er du?,Arbejdsplads,Hvad om formiddagen?,Hvad efter frokost?\n"
    "2018-01-05 10:00,Bo,Vejle,,\n"
)


def test_what_cannot_be_told_is_asked_for_in_words_to_paste(read: Reader) -> None:
    (fault,) = read(UNCLEAR).diagnostics

    assert fault.message == (
        "it cannot be told which column is what: "
        "no column of names or emails; no column for R1; no column for R2"
    )
    assert fault.paste == (
        "forms:",
        '  name: ""  # which column? "Hvem er du?", "Hvad om formiddagen?", "Hvad efter frokost?"',
        '  timestamp: "Tidsstempel"',
        '  organisation: "Arbejdsplads"',
        "  rounds:",
        '    R1: ""  # which column? "Hvem er du?", "Hvad om formiddagen?", "Hvad efter frokost?"',
        '    R2: ""  # which column? "Hvem er du?", "Hvad om formiddagen?", "Hvad efter frokost?"',
    )


PROGRAM = """\
event: {name: Dagen, date: 2018-01-30, start: "09:00", end: "15:00"}
rooms: {Panorama: {seats: 20}, Skovstuen: {seats: 10}}
rounds:
  - id: R1
    name: Om formiddagen
    start: "10:00"
    end: "10:30"
    sessions: [{code: 1A, title: Data, room: Panorama}, {code: 1B, title: Ro, room: Skovstuen}]
  - id: R2
    name: Om eftermiddagen
    start: "11:00"
    end: "11:30"
    sessions: [{code: 2A, title: Mod, room: Panorama}, {code: 2B, title: Tillid, room: Skovstuen}]
"""


def described(tmp_path: Path, forms: str) -> Program:
    return Texts(folder=tmp_path).program(PROGRAM + forms).accepted()


def test_what_is_pasted_and_corrected_is_enough(read: Reader, tmp_path: Path) -> None:
    paste = "\n".join(read(UNCLEAR, described(tmp_path, "")).diagnostics[0].paste)
    asked = iter(["Hvem er du?", "Hvad efter frokost?"])
    assert '    R1: "Hvad om formiddagen?"' in paste
    corrected = re.sub('""  # which column?.*', lambda _: f'"{next(asked)}"', paste)
    result = read(UNCLEAR.replace("Vejle,,", "Vejle,1B,"), described(tmp_path, corrected))

    assert wishes(result) == [["1B", ""]]
    assert result.accepted().provenance.shape is Shape.MAPPED
    assert result.diagnostics == ()


def test_a_section_describes_each_way_to_ask(read: Reader, tmp_path: Path) -> None:
    day = described(
        tmp_path,
        """
forms:
  name: Hvem?
  rounds:
    R1: {1A: Data, 1B: Ro}
    R2: [Helst, Helst]
  ranks: [Meget gerne, Gerne]
""",
    )
    result = read("Hvem?;Data;Ro;Helst;Helst\nBo;gerne;Meget  gerne;2B;2A\nÅse;;Gerne;;Tillid\n", day)

    assert wishes(result) == [["1B 1A", "2B 2A"], ["1B", "2B"]]


def test_a_round_that_the_form_does_not_ask_about(read: Reader, tmp_path: Path) -> None:
    day = described(tmp_path, "forms: {rounds: {R1: Formiddag, R2: []}}\n")

    assert wishes(read("Navn,Formiddag\nBo,1B\n", day)) == [["1B", ""]]


def test_a_heading_that_is_not_there(read: Reader, tmp_path: Path) -> None:
    day = described(tmp_path, "forms: {name: Navnet, rounds: {R1: Formiddag, R2: Eftermidag}}\n")

    result = read("Navnet,Formiddag,Eftermiddag\nBo,1B,2A\n", day)

    assert found(result) == ["1:1 MV161"]
    assert result.diagnostics[0].hint == 'did you mean "Eftermiddag"?'


def test_a_section_for_another_file_is_left_aside(read: Reader, tmp_path: Path) -> None:
    day = described(tmp_path, "forms: {name: Hvem, rounds: {R1: Formiddag, R2: Eftermiddag}}\n")

    assert wishes(read("name,R1,R2\nBo,1B,2A\n", day)) == [["1B", "2A"]]
    assert wishes(read("Navn,R1 1,R2 1\nBo,1B,2A\n", day)) == [["1B", "2A"]]


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("forms: {nam: Navn}", "15:9 MV010"),
        ("forms: {name: 7}", "15:15 MV013"),
        ("forms: {rounds: Formiddag}", "15:17 MV012"),
        ("forms: {rounds: {R3: Formiddag}}", "15:18 MV027"),
        ("forms: {rounds: {R1: {1X: Data}}}", "15:23 MV026"),
        ('forms: {name: ""}', "15:15 MV012"),
        ("forms: {ranks: []}", "15:16 MV012"),
    ],
)
def test_faults_of_the_section(texts: Texts, forms: str, expected: str) -> None:
    result = texts.program(PROGRAM + "\n" + forms)

    assert [f"{d.place.line}:{d.place.column} {d.code}" for d in result.diagnostics] == [expected]
    assert result.diagnostics[0].severity is Severity.ERROR


@pytest.mark.parametrize("between", [" ", ": ", " - "])
def test_a_heading_of_a_rounds_id_and_name_is_no_rank(read: Reader, between: str) -> None:
    day = replace(DAY, rounds=tuple(replace(each, name=f"Runde {each.id[1:]}") for each in DAY.rounds))
    headings = ",".join(f"{each.id}{between}{each.name}" for each in day.rounds)

    preferences = read(f"Navn,{headings}\nBo,1B;1A,2A\n", day).accepted()

    assert [wishes.codes for wishes in preferences.participants[0].wishes] == [("1B", "1A"), ("2A",)]


@pytest.mark.parametrize(
    "headings",
    ["Deltager i,Trinfri adgang", "Rounds,Step-free access", "Runder,Har du brug for niveaufri adgang?"],
)
@pytest.mark.parametrize("attended", ["R2", DAY.rounds[1].name])
def test_a_form_asks_who_attends_what_and_who_needs_a_way_without_steps(
    read: Reader, headings: str, attended: str
) -> None:
    (person,) = read(f"Navn,{headings},R1 1,R2 1\nBo,{attended},Ja,,2A\n").accepted().participants

    assert (person.absent, person.step_free) == (frozenset({"R1"}), True)


@pytest.mark.parametrize("title", ["Sprog", "Grupper", "refurl"])
def test_a_session_that_is_called_as_a_column_of_the_forms_own_is_a_session(read: Reader, title: str) -> None:
    first, *others = DAY.rounds
    sessions = (replace(first.sessions[0], title=title), *first.sessions[1:])
    day = replace(DAY, rounds=(replace(first, sessions=sessions), *others))
    ranks = ",".join(f"{rank}. prioritet" for rank in (1, 2, 3, 1, 2))

    preferences = read(f"Id,Navn,{title},1B,1C,2A,2B\n1,Bo,{ranks}\n", day).accepted()

    assert [wishes.codes for wishes in preferences.participants[0].wishes] == [
        ("1A", "1B", "1C"),
        ("2A", "2B"),
    ]
