"""Small files as nobody tidied them, each read rightly or told of: made-up people, real mistakes."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from typer.testing import CliRunner, Result

from midtvejs.cli.app import app

EVENT = 'event: {name: Club day, date: 2026-03-02, start: "08:00", end: "12:00", language: en}\n'
ROOMS = "rooms: {Gym: 3, Lab: 3, Hall: 3}\n"
WORKSHOPS = """\
  - id: P1
    name: Workshops
    start: "09:00"
    end: "09:40"
    sessions:
      - {code: N1, title: Nursing, room: Gym}
      - {code: P1x, title: Police, room: Lab}
      - {code: C1, title: Cooking, room: Hall}
"""
AGAIN = WORKSHOPS.replace("P1\n", "P2\n").replace("09:", "10:").replace("Workshops", "Later workshops")
OTHER_CODES = AGAIN.replace("N1", "N2").replace("P1x", "P2x").replace("C1", "C2")
ONE = f"{EVENT}{ROOMS}rounds:\n{WORKSHOPS}"
TWICE = f"{ONE}{AGAIN}"
FILM = f"""\
{EVENT}{ROOMS}rounds:
  - {{id: A, name: Session A, start: "09:00", end: "09:40"}}
  - {{id: B, name: Session B, start: "10:00", end: "10:40"}}
sessions:
  - {{code: N, title: Nursing, rounds: [A, B], room: Gym}}
  - {{code: D, title: Film (both sessions), rounds: [A], lasts: 2, room: Lab}}
  - {{code: C, title: Cooking, rounds: [A, B], room: Hall}}
"""
HEAD = "Timestamp,Email Address,Name,"
CHOICES = f"{HEAD}First choice,Second choice,Third choice"
SCALE = "How interested are you? (5 = very much) [{}]"
RATED = HEAD + ",".join(SCALE.format(each) for each in ("Nursing", "Police", "Cooking"))
ANN, BEN, CY = (
    f"2026-03-02 8:4{at}:10,{name[:2].lower()}@s.example,{name}"
    for at, name in enumerate(("Ann Alder", "Ben Birch", "Cy Cedar"))
)
Row = Sequence[str]


class Desk:
    """A folder in which commands run; what they say is kept together."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def program(self, text: str) -> None:
        (self.folder / "program.yaml").write_text(text, encoding="utf-8")

    def check(self, *lines: str) -> Result:
        (self.folder / "wishes.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
        return self.run("check", "wishes.csv")

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(app, [*words])

    def days(self, *words: str) -> dict[str, tuple[str, ...]]:
        """Return by name the sessions that everybody is assigned to."""
        done = self.run("assign", *words, "--save", "out.csv", "--plain", "--force")
        assert done.exit_code == 0, done.output
        with (self.folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
        first = header.index("organisation") + 1
        return {row[0]: tuple(row[first:]) for row in rows}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    desk = Desk(tmp_path)
    desk.program(ONE)
    return desk


def workbook(path: Path, sheets: dict[str, Sequence[Row]], *merged: tuple[int, int, int, int]) -> str:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        for area in merged:
            sheet.merge_range(*area, rows[area[0]][area[1]])
    book.close()
    return path.name


def paste(desk: Desk, said: str) -> None:
    """Put what a message proposes into the program, as it is."""
    proposed = said[said.index("\nforms:") :].partition("\n\n")[0]
    desk.program((desk.folder / "program.yaml").read_text(encoding="utf-8") + proposed + "\n")


TALKS = "Timestamp,Email Address,First Name,Last Name,First Choice,Second Choice"
CHOSEN = (
    "2026-05-11 8:47,ann@s.example,Ann,Alder,Nursing,Police",
    "2026-05-11 9:10,ben@s.example,Ben,Birch,Nursing,Police",
    "2026-05-11 9:17,cy@s.example,Cy,Cedar,Nursing,Cooking",
)


def test_one_ranking_for_the_day_gives_each_two_different_talks(desk: Desk) -> None:
    desk.program(f"{ONE}{OTHER_CODES}")
    said = desk.check(TALKS, *CHOSEN)
    assert said.exit_code == 1
    assert "if this is that session held again, give it that code, N1" in said.output

    desk.program(TWICE)
    assert desk.check(TALKS, *CHOSEN).exit_code == 0
    days = desk.days("wishes.csv")
    assert {name: {*day} for name, day in days.items()} == {
        "Ann Alder": {"N1", "P1x"},
        "Ben Birch": {"N1", "P1x"},
        "Cy Cedar": {"N1", "C1"},
    }


def test_a_ranking_in_each_of_two_rounds_of_the_same_talks_is_told_of(desk: Desk) -> None:
    desk.program(TWICE)
    said = desk.check("name,P1,P2", "Ann Alder,N1 > P1x,N1 > P1x", "Cy Cedar,N1 > C1,N1 > C1")

    assert said.exit_code == 1
    assert 'no column "wishes"' in said.output
    assert "it has one list for P1, P2" in said.output


def test_a_wish_named_twice_counts_once_and_is_told(desk: Desk) -> None:
    said = desk.check(CHOICES, f"{ANN},Nursing,Nursing,Nursing", f"{BEN},Police,Cooking,Police")

    assert said.exit_code == 0
    assert "warning MV170 3 wishes are named again further down the list" in said.output


def test_ticked_boxes_are_equal_wishes(desk: Desk) -> None:
    boxes = ("Nursing, Police", "Nursing, Cooking", "Nursing, Police, Cooking")
    rows = (f'{who},"{ticked}"' for who, ticked in zip((ANN, BEN, CY), boxes, strict=True))
    said = desk.check(f"{HEAD}Which would you like? (tick all)", *rows)

    assert said.exit_code == 0
    assert "look like ticked boxes" in said.output
    assert "N1 Nursing, Gym: 3 seats, first wish of 3, listed by 3" in said.output
    assert "C1 Cooking, Hall: 3 seats, first wish of 2, listed by 2" in said.output


@pytest.mark.parametrize(
    "head",
    [
        RATED,
        RATED.replace(SCALE.format("Nursing"), "Nursing")
        .replace(SCALE.format("Police"), "Police")
        .replace(SCALE.format("Cooking"), "Cooking"),
        f"{HEAD}N1,P1x,C1",
    ],
)
@pytest.mark.parametrize("last", ["1,2,5", "3,3,3", "2,2,5"])
def test_a_scale_of_interest_is_asked_about_and_then_everybody_likes_what_they_get(
    desk: Desk, head: str, last: str
) -> None:
    rows = (f"{ANN},5,3,1", f"{BEN},4,5,2", f"{CY},{last}")
    said = desk.check(head, *rows)
    assert said.exit_code == 1
    assert "whether 1 or the highest number is the first choice; they look like ratings" in said.output
    assert "change one" not in said.output

    paste(desk, said.output)
    days = desk.days("wishes.csv")
    assert (days["Ann Alder"], days["Ben Birch"]) == (("N1",), ("P1x",))


def test_a_scale_in_rows_for_each_session_is_asked_about_too(desk: Desk) -> None:
    rows = ("Ann Alder,Nursing,5", "Ann Alder,Police,3", "Ben Birch,Police,5", "Ben Birch,Nursing,1")
    said = desk.check("Name,Session,Interest", *rows)
    assert said.exit_code == 1
    assert "whether 1 or the highest number is the first choice" in said.output

    paste(desk, said.output)
    assert desk.days("wishes.csv") == {"Ann Alder": ("N1",), "Ben Birch": ("P1x",)}


def test_the_name_of_a_student_is_on_the_rosters(desk: Desk) -> None:
    rows = ("Ann Alder,ann@s.example,Nursing,Police", "Ben Birch,ben@s.example,Police,Cooking")
    assert desk.check("Student Name,Email,Preference 1,Preference 2", *rows).exit_code == 0

    assert desk.days("wishes.csv") == {"Ann Alder": ("N1",), "Ben Birch": ("P1x",)}


def test_two_of_one_name_in_two_classes_are_never_made_one(desk: Desk) -> None:
    said = desk.check(
        "First name,Last name,Class,First choice,Second choice,Third choice",
        "Lena,Vogt,7a,Nursing,Police,Cooking",
        "Lena,Vogt,7d,Cooking,Police,Nursing",
    )

    assert said.exit_code == 1
    assert '"Lena Vogt" in line 3 has "7d" under "Class", "Lena Vogt" in line 2 has "7a"' in said.output


def test_who_is_in_the_film_is_in_it_until_it_ends(desk: Desk) -> None:
    desk.program(FILM)
    names = ("Ann", "Ben", "Cy", "Di", "Ed")
    assert desk.check("name,wishes", *(f"{name},D > N > C" for name in names)).exit_code == 0

    days = desk.days("wishes.csv")
    assert sorted(day == ("D", "D") for day in days.values()) == [False, False, True, True, True]
    assert all(("D" in day) == (day == ("D", "D")) for day in days.values())


def test_moodles_yes_and_no_are_equal_wishes_and_none(desk: Desk) -> None:
    columns = (f"{each},{each} - Rating,{each} - Allocation" for each in ("Nursing", "Police", "Cooking"))
    said = desk.check(
        f"Username,First name,Last name,Email address,{','.join(columns)}",
        "ann,Ann,Alder,ann@s.example,1,Yes,,1,Yes,,0,No,",
        "ben,Ben,Birch,ben@s.example,1,Yes,,0,No,,0,No,",
    )

    assert said.exit_code == 0
    assert "N1 Nursing, Gym: 3 seats, first wish of 2, listed by 2" in said.output
    assert "P1x Police, Lab: 3 seats, first wish of 1, listed by 1" in said.output
    assert "C1 Cooking, Hall: 3 seats, first wish of 0, listed by 0" in said.output


def test_two_heading_rows_are_read_as_one(desk: Desk) -> None:
    rows = (
        "Respondent ID,Email Address,First Name,Last Name,Please rank the workshops.,,",
        ",,,,Nursing,Police,Cooking",
        "3191266076,ann@s.example,Ann,Alder,1,2,3",
        "3191266074,ben@s.example,Ben,Birch,3,1,2",
    )
    said = desk.check(*rows)
    assert "lines 1 and 2 are read as one header" in said.output
    assert "needs quotes" not in said.output

    paste(desk, said.output)
    assert desk.days("wishes.csv") == {"Ann Alder": ("N1",), "Ben Birch": ("P1x",)}


def test_a_column_that_two_rounds_name_is_told_for_what_it_is(desk: Desk) -> None:
    columns = "[First Choice, Second Choice]"
    desk.program(f"{ONE}{OTHER_CODES}forms: {{rounds: {{P1: {columns}, P2: {columns}}}}}\n")
    said = desk.check(TALKS, *CHOSEN)

    assert 'P1 and P2 both name the column "First Choice", and the file has one of it' in said.output
    assert "did you mean" not in said.output


def test_two_point_nought_is_a_rank_that_the_program_names(desk: Desk) -> None:
    desk.program(f'{ONE}forms: {{name: attendee, ranks: ["1", "2", "3"]}}\n')
    said = desk.check("attendee,Nursing,Police,Cooking", "Ann Alder,1.0,,2.0", "Cy Cedar,2.0,1.0,3.0")

    assert said.exit_code == 0, said.output
    assert desk.days("wishes.csv") == {"Ann Alder": ("N1",), "Cy Cedar": ("P1x",)}


def test_the_session_that_was_meant_is_found_however_many_there_are(desk: Desk) -> None:
    titles = [f"Origami, part {number}" for number in range(1, 26)] + ["Yoga for beginners and curious minds"]
    sessions = "".join(
        f"      - {{code: Y{number}, title: '{title}', room: Gym{number}}}\n"
        for number, title in enumerate(titles)
    )
    rooms = ", ".join(f"Gym{number}: 3" for number in range(len(titles)))
    desk.program(f"{EVENT}rooms: {{{rooms}}}\nrounds:\n{WORKSHOPS.partition('      -')[0]}{sessions}")
    said = desk.check("name,P1", "Ann Alder,Yoga for beginner and curious minds")

    assert 'did you mean Y25, "Yoga for beginners and curious minds"?' in said.output


RANKED = ["Name", "Email", "First choice", "Second choice", "Third choice"]
SEATED = ["Ann Alder", "ann@s.example", "Nursing", "Police", "Cooking"]


@pytest.mark.parametrize(
    ("above", "merged", "row"),
    [
        (
            [["Club day sign-up", "", "", "", ""], ["Please answer by Friday", "", "", "", ""], []],
            [(0, 0, 0, 4), (1, 0, 1, 4)],
            4,
        ),
        ([["Table 1"]], [], 2),
    ],
)
def test_the_header_below_a_title_is_found(
    desk: Desk, above: list[Row], merged: list[tuple[int, int, int, int]], row: int
) -> None:
    name = workbook(desk.folder / "a.xlsx", {"Sheet 1": [*above, RANKED, SEATED]}, *merged)
    said = desk.run("check", name)

    assert said.exit_code == 0, said.output
    assert f"the header stands in row {row}: what is above it is not read" in said.output
    assert desk.days(name) == {"Ann Alder": ("N1",)}


def test_a_sheet_for_each_class_is_read_with_the_others(desk: Desk) -> None:
    other = ["Ben Birch", "ben@s.example", "Police", "Nursing", ""]
    name = workbook(desk.folder / "a.xlsx", {"7a": [RANKED, SEATED], "7b": [RANKED, other]})

    for sheets in ([], ["--sheet", "7a", "--sheet", "7b"]):
        assert desk.run("check", name, *sheets).exit_code == 0
        assert desk.days(name, *sheets) == {"Ann Alder": ("N1",), "Ben Birch": ("P1x",)}


def test_a_row_for_each_person_and_round_is_read_as_one(desk: Desk) -> None:
    desk.program(f"{ONE}{OTHER_CODES}")
    said = desk.check(
        "Name,day,1st_preference,2nd_preference",
        "Ann Alder,P1,Nursing,Police",
        "Ann Alder,P2,Cooking,Nursing",
        "Ben Birch,P1,Police,Nursing",
        "Ben Birch,P2,Nursing,Cooking",
    )

    assert said.exit_code == 0
    assert 'the rows of each participant, one for each round under "day", are read as one' in said.output
    assert desk.days("wishes.csv") == {"Ann Alder": ("N1", "C2"), "Ben Birch": ("P1x", "N2")}


def test_no_preference_is_no_wish(desk: Desk) -> None:
    said = desk.check(
        CHOICES,
        f"{ANN},Nursing,No preference,No preference",
        f"{BEN},Police,None,None",
        f"{CY},Cooking,-,n/a",
    )

    assert said.exit_code == 0
    assert desk.days("wishes.csv") == {"Ann Alder": ("N1",), "Ben Birch": ("P1x",), "Cy Cedar": ("C1",)}


def test_a_name_in_two_columns_of_the_list_is_named_in_the_program(desk: Desk) -> None:
    (desk.folder / "list.csv").write_text(
        "Kaldenavn;Slægtsnavn;Klasse\nAnn;Alder;7a\nBen;Birch;7b\n", encoding="utf-8"
    )
    desk.check("name,P1", "Ann Alder,N1")
    assert (
        "no column of names or emails" in desk.run("check", "wishes.csv", "--participants", "list.csv").output
    )

    desk.program(f"{ONE}forms: {{name: Kaldenavn, surname: Slægtsnavn}}\n")
    days = desk.days("wishes.csv", "--participants", "list.csv")
    assert (days["Ann Alder"], set(days)) == (("N1",), {"Ann Alder", "Ben Birch"})


def test_a_user_name_is_offered_where_nothing_else_says_who_it_is(desk: Desk) -> None:
    said = desk.check("Brugernavn,1. valg", "ann1,Nursing", "ben1,Police")
    assert '  name: ""  # which column? "Brugernavn"' in said.output

    desk.program(f"{ONE}forms: {{name: Brugernavn}}\n")
    assert desk.days("wishes.csv") == {"ann1": ("N1",), "ben1": ("P1x",)}
