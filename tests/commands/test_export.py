"""`midtvejs export`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.cli.test_cli import HEAD, desk, run

__all__ = ["desk"]
ROWS = "Åse,aase@example.dk,Vejle,1A,2B\nBo,,Vejle,1B,2A\nCai,,Kolding,1B,2B\n"
SIGNED_UP = "Åse,aase@example.dk,Vejle,1A,\nBo,,Vejle,,\nCai,,Kolding,,\n"
PUBLIC = {"index.html", "program.ics", "schedule.json", "schedule.xml", "signs.pdf"}
PRIVATE = {"assignment.xlsx", "days.pdf", "mailmerge.csv", "rosters.csv", "rosters.pdf"}

NEVER_SET = "import typst\ndef never(*_, **__):\n    raise SystemExit('set after all')\ntypst.compile = never"


@pytest.fixture(autouse=True)
def saved(desk: Path) -> None:
    (desk / "assignment.csv").write_text(f"{HEAD}\n{ROWS}", encoding="utf-8")
    (desk / "prefs.csv").write_text(f"{HEAD}\n{SIGNED_UP}", encoding="utf-8")


def written(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_everything_goes_into_a_folder_that_is_made(desk: Path) -> None:
    done = run(desk, "export", "assignment.csv", "ud/dagen")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"Exported 13 files to {Path('ud/dagen')}\n"
    found = written(desk / "ud" / "dagen").keys()
    calendars = {path for path in found if path.startswith("calendars/")}
    assert found - calendars == PUBLIC | PRIVATE
    assert sorted(path.partition("-")[0] for path in calendars) == [
        "calendars/aase",
        "calendars/bo",
        "calendars/cai",
    ]


def test_the_same_again_however_the_rows_stand(desk: Path) -> None:
    assert run(desk, "export", "assignment.csv", "en").returncode == 0
    backwards = "".join(f"{row}\n" for row in [HEAD, *ROWS.splitlines()[::-1]])
    (desk / "assignment.csv").write_text(backwards, encoding="utf-8")
    assert run(desk, "export", "assignment.csv", "to").returncode == 0
    assert written(desk / "en") == written(desk / "to")


@pytest.mark.parametrize(
    ("only", "names"),
    [
        ("csv", {"mailmerge.csv", "rosters.csv"}),
        ("html,schedule", {"index.html", "schedule.json", "schedule.xml"}),
        (" XLSX ,", {"assignment.xlsx"}),
        ("pdf", {"days.pdf", "rosters.pdf", "signs.pdf"}),
    ],
)
def test_some_of_it(desk: Path, only: str, names: set[str]) -> None:
    assert run(desk, "export", "assignment.csv", "ud", "--only", only).returncode == 0
    assert written(desk / "ud").keys() == names


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--only", "csv,docx"], 'there is no format "docx"; the formats are'),
        (["--only", "pfd"], 'there is no format "pfd" (did you mean "pdf"?); the formats are'),
        (["--only", "csv,xlsx", "--public"], "--public leaves nothing of xlsx, csv: they name participants"),
    ],
)
def test_what_there_is_not(desk: Path, arguments: list[str], told: str) -> None:
    done = run(desk, "export", "assignment.csv", "ud", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in " ".join(done.stderr.split())
    assert not (desk / "ud").exists()


def test_public_names_nobody_and_tells_of_what_was_there(desk: Path) -> None:
    assert run(desk, "export", "assignment.csv", "ud", "--public").stderr == "Exported 5 files to ud\n"
    found = written(desk / "ud")
    assert found.keys() == PUBLIC
    assert not any(name.encode() in content for content in found.values() for name in ("Åse", "aase", "Cai"))
    assert run(desk, "export", "assignment.csv", "ud", "--only", "csv").returncode == 0
    done = run(desk, "export", "assignment.csv", "ud", "--public", "--force")
    files = " and ".join(str(Path("ud", name)) for name in ("mailmerge.csv", "rosters.csv"))
    told = f"Look before you publish the folder, this was there before: {files}"
    assert done.stderr.splitlines() == ["Exported 5 files to ud", told]


@pytest.mark.parametrize("name", ["index.html", "rosters.csv", "schedule.json"])
def test_one_file_that_exists_keeps_all_from_being_written(desk: Path, name: str) -> None:
    (desk / "ud").mkdir()
    (desk / "ud" / name).write_text("mine", encoding="utf-8")
    done = run(desk, "export", "assignment.csv", "ud")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{Path('ud', name)}: exists already; --force writes over it" in done.stderr
    assert written(desk / "ud") == {name: b"mine"}
    assert not (desk / "ud" / "calendars").exists()
    assert run(desk, "export", "assignment.csv", "ud", "--force").returncode == 0
    assert written(desk / "ud")[name] != b"mine"


def test_whoever_left_is_told_of(desk: Path) -> None:
    assert run(desk, "export", "assignment.csv", "ud").returncode == 0
    (desk / "assignment.csv").write_text(f"{HEAD}\n{ROWS.rpartition('Cai')[0]}", encoding="utf-8")
    done = run(desk, "export", "assignment.csv", "ud", "--force")
    (cai,) = (desk / "ud" / "calendars").glob("cai-*.ics")
    assert done.stderr.splitlines() == [
        "Exported 12 files to ud",
        f"Not of this assignment, and left as they are: {cai.relative_to(desk)}",
    ]


@pytest.mark.parametrize("arguments", [["-p", "rosters.csv"], ["--prefs", "rosters.csv"], []])
def test_what_is_read_is_not_written_over(desk: Path, arguments: list[str]) -> None:
    read = {"-p": "program.yaml", "--prefs": "prefs.csv"}[arguments[0]] if arguments else "assignment.csv"
    (desk / read).rename(desk / "rosters.csv")
    before = written(desk)
    assignment = "assignment.csv" if arguments else "rosters.csv"
    done = run(desk, "export", assignment, ".", *arguments, "--force")
    assert (done.returncode, done.stdout) == (1, "")
    assert "rosters.csv: is an input, and is not overwritten" in done.stderr
    assert written(desk) == before


def test_what_is_not_lawful_is_not_exported(desk: Path) -> None:
    (desk / "assignment.csv").write_text(f"{HEAD}\n{ROWS.replace('1B', '1A')}", encoding="utf-8")
    done = run(desk, "export", "assignment.csv", "ud")
    assert done.returncode == 1
    assert "MV203" in done.stderr
    assert not (desk / "ud").exists()


def test_who_is_missing_shows_against_the_wishes(desk: Path) -> None:
    assert run(desk, "export", "assignment.csv", "ud", "--prefs", "prefs.csv").returncode == 0
    (desk / "prefs.csv").write_text(f"{HEAD}\n{SIGNED_UP}Dea,,,,\n", encoding="utf-8")
    done = run(desk, "export", "assignment.csv", "ud", "--prefs", "prefs.csv", "--force")
    assert done.returncode == 1
    assert "Dea is not seated at all" in done.stderr


def test_no_folder_is_left_where_nothing_can_be_written(desk: Path) -> None:
    driver = (
        "import errno, os\n"
        "def full(_):\n    raise OSError(errno.ENOSPC, 'No space left on device')\n"
        "os.fsync = full"
    )
    done = run(desk, "export", "assignment.csv", "ud/dagen", driver=driver)
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert not (desk / "ud").exists()


def test_all_that_exists_is_told_of_at_once(desk: Path) -> None:
    assert run(desk, "export", "assignment.csv", "ud").returncode == 0
    before = written(desk / "ud")
    done = run(desk, "export", "assignment.csv", "ud", driver=NEVER_SET)
    assert (done.returncode, done.stdout) == (1, "")
    first = "assignment.xlsx, days.pdf, index.html, mailmerge.csv, program.ics"
    assert done.stderr == f"error: ud: {first} and 8 more exist already; --force writes over them\n"
    assert written(desk / "ud") == before
    done = run(desk, "export", "assignment.csv", "ud", "--only", "csv,html")
    told = "index.html, mailmerge.csv and rosters.csv exist already; --force writes over them"
    assert done.stderr == f"error: ud: {told}\n"


@pytest.mark.parametrize("folder", ["prefs.csv", "prefs.csv/dagen"])
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_file_is_no_folder(desk: Path, folder: str, force: list[str]) -> None:
    done = run(desk, "export", "assignment.csv", folder, *force, driver=NEVER_SET)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "error: prefs.csv: is not a folder\n"


def test_a_link_to_nowhere_is_no_folder(desk: Path) -> None:
    (desk / "ud").symlink_to("nowhere")
    done = run(desk, "export", "assignment.csv", "ud", driver=NEVER_SET)
    assert (done.returncode, done.stderr) == (1, "error: ud: is not a folder\n")


@pytest.mark.parametrize("force", [[], ["--force"]])
@pytest.mark.parametrize("to", ["precious", "nowhere"])
def test_no_link_within_the_folder_is_written_through(desk: Path, to: str, force: list[str]) -> None:
    (desk / "precious").mkdir()
    assert run(desk, "export", "assignment.csv", "precious", "--only", "ics", *force).returncode == 0
    before = written(desk / "precious")
    (desk / "ud").mkdir()
    (desk / "ud" / "calendars").symlink_to(Path("..", to, "calendars"))
    done = run(desk, "export", "assignment.csv", "ud", *force, driver=NEVER_SET)
    link = Path("ud", "calendars")
    told = f"error: {link}: is a link to elsewhere: remove it, or name another folder\n"
    assert (done.returncode, done.stderr) == (1, told)
    assert written(desk / "precious") == before
    assert [path.name for path in (desk / "ud").iterdir()] == ["calendars"]


def test_the_folder_itself_may_be_a_link(desk: Path) -> None:
    (desk / "there").mkdir()
    (desk / "ud").symlink_to("there")
    assert run(desk, "export", "assignment.csv", "ud", "--only", "ics").returncode == 0
    assert "program.ics" in written(desk / "there")


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_may_not_be_written_into(desk: Path, there: bool) -> None:
    (desk / "ud").mkdir()
    # Whoever runs the tests as root may write everywhere.
    driver = f"{NEVER_SET}\nimport os\nos.access = lambda path, how: str(path) != 'ud' or not how & os.W_OK"
    done = run(desk, "export", "assignment.csv", "ud" if there else "ud/dagen", driver=driver)
    assert (done.returncode, done.stderr) == (1, "error: ud: may not write into this folder\n")
    assert written(desk / "ud") == {}


def test_a_folder_that_cannot_be_made_leaves_none_behind(desk: Path) -> None:
    driver = (
        "import errno, pathlib\n"
        "make = pathlib.Path.mkdir\n"
        "def mkdir(self, *rest):\n"
        "    if self.name == 'dagen':\n"
        "        raise OSError(errno.ENOENT, 'No such file or directory', str(self))\n"
        "    make(self, *rest)\n"
        f"pathlib.Path.mkdir = mkdir\n{NEVER_SET}"
    )
    done = run(desk, "export", "assignment.csv", "ud/dagen", driver=driver)
    told = f"error: {Path('ud', 'dagen')}: cannot be made: No such file or directory\n"
    assert (done.returncode, done.stderr) == (1, told)
    assert not (desk / "ud").exists()


def test_days_on_paper_may_be_dealt_for_the_knife(desk: Path) -> None:
    rows = "".join(f"Dea {number},,,1B,2B\n" for number in range(8))
    program = (desk / "program.yaml").read_text(encoding="utf-8")
    (desk / "program.yaml").write_text(program.replace("seats: 2", "seats: 12"), encoding="utf-8")
    (desk / "assignment.csv").write_text(f"{HEAD}\n{rows}", encoding="utf-8")
    assert run(desk, "export", "assignment.csv", "en", "--only", "pdf").returncode == 0
    assert run(desk, "export", "assignment.csv", "to", "--only", "pdf", "--stack-cut").returncode == 0
    plain, dealt = written(desk / "en"), written(desk / "to")
    assert plain["days.pdf"] != dealt["days.pdf"]
    assert plain["rosters.pdf"] == dealt["rosters.pdf"]


PAPERS = "days.pdf, rosters.pdf and signs.pdf"
WITHOUT_TYPST = "import sys; sys.modules['typst'] = None"
HOW_TO_GET_IT = "Install it, where midtvejs is: pip install 'midtvejs[pdf]'"


@pytest.mark.parametrize(("only", "told"), [("pdf,ics", ", or leave them out: --only ics"), ("pdf", "")])
def test_without_typst_no_pdf_that_was_asked_for(desk: Path, only: str, told: str) -> None:
    done = run(desk, "export", "assignment.csv", "ud", "--only", only, driver=WITHOUT_TYPST)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"error: {PAPERS}: PDFs need the package typst. {HOW_TO_GET_IT}{told}\n"
    assert not (desk / "ud").exists()


def test_without_typst_everything_else(desk: Path) -> None:
    done = run(desk, "export", "assignment.csv", "ud", driver=WITHOUT_TYPST)
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        f"warning: without {PAPERS}: PDFs need the package typst. {HOW_TO_GET_IT}",
        "Exported 10 files to ud",
    ]
    assert not list((desk / "ud").glob("*.pdf"))
    done = run(desk, "export", "assignment.csv", "to", "--only", "csv", driver=WITHOUT_TYPST)
    assert (done.returncode, done.stderr) == (0, "Exported 2 files to to\n")


@pytest.mark.parametrize("name", ["days.pdf", "program.ics"])
def test_what_exists_is_told_of_before_anything_is_made(desk: Path, name: str) -> None:
    assert "set after all" in run(desk, "export", "assignment.csv", "ud", driver=NEVER_SET).stderr
    assert not (desk / "ud").exists()
    (desk / "ud").mkdir()
    (desk / "ud" / name).touch()
    done = run(desk, "export", "assignment.csv", "ud", driver=NEVER_SET)
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: {Path('ud', name)}: exists already; --force writes over it")


# What is to be handed out anew

LATER = "Åse,aase@example.dk,Vejle,1B,2B\nDea,,Vejle,1A,2A\nCai,,Kolding,1B,2B\n"
"""Åse is moved, Bo dropped out, Dea is new, and Cai is where he was."""


@pytest.fixture
def later(desk: Path) -> None:
    (desk / "later.csv").write_text(f"{HEAD}\n{LATER}", encoding="utf-8")


def stems(names: Iterable[str]) -> list[str]:
    return sorted(name.partition("-")[0].removeprefix("calendars/") for name in names if "calendars/" in name)


@pytest.mark.usefixtures("later")
def test_only_what_changed_is_handed_out_anew(desk: Path) -> None:
    done = run(desk, "export", "later.csv", "nyt", "--changed-from", "assignment.csv")
    assert (done.returncode, done.stdout) == (0, "")
    found = written(desk / "nyt")
    assert stems(found) == ["aase", "bo", "dea"]
    assert {name for name in found if "/" not in name} == {
        "days.pdf",
        "mailmerge.csv",
        "rosters.csv",
        "rosters.pdf",
    }
    letters, seats = (found[name].decode("utf-8-sig") for name in ("mailmerge.csv", "rosters.csv"))
    assert [line.split(";")[1] for line in letters.splitlines()[1:]] == ["Dea", "Åse"]
    # Åse is in 1B with Cai now; in 2B it is as before.
    assert "Cai" in seats
    assert "2B" not in seats
    assert (
        "Changed since assignment.csv: 1 participant with another day; 1 newcomer; "
        "1 drop-out, whose calendars are cancelled; 3 of 4 rosters\n"
        "Left out, because it covers the whole day or has not changed: "
        "assignment.xlsx, index.html, program.ics, schedule.json, schedule.xml and signs.pdf\n"
    ) in done.stderr
    assert "warning: the folder has no earlier calendars, so these are revision 1" in done.stderr
    bo = next(content for name, content in found.items() if name.startswith("calendars/bo"))
    assert bo.count(b"STATUS:CANCELLED") == 2
    assert b"SEQUENCE:1" in bo


@pytest.mark.usefixtures("later")
def test_what_changed_twice_is_a_later_revision_in_the_same_folder(desk: Path) -> None:
    again = ["--changed-from", "assignment.csv", "--only", "ics", "--force"]
    assert run(desk, "export", "assignment.csv", "dagen", "--only", "ics").returncode == 0
    done = run(desk, "export", "later.csv", "dagen", *again)
    assert (done.returncode, "revision" in done.stderr) == (0, False)
    first = written(desk / "dagen")
    assert run(desk, "export", "later.csv", "dagen", *again).returncode == 0
    assert written(desk / "dagen") == first
    back = ["--changed-from", "later.csv", "--only", "ics", "--force"]
    assert run(desk, "export", "assignment.csv", "dagen", *back).returncode == 0
    bo = next(text for name, text in written(desk / "dagen").items() if name.startswith("calendars/bo"))
    assert bo.count(b"SEQUENCE:2") == 2
    assert b"CANCELLED" not in bo


def test_where_nothing_changed_nothing_is_written(desk: Path) -> None:
    done = run(desk, "export", "assignment.csv", "nyt", "--changed-from", "assignment.csv")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == (
        "Nothing to hand out: nobody's day has changed since assignment.csv; "
        "rooms and times of then are not known\n"
    )
    assert not (desk / "nyt").exists()


@pytest.mark.parametrize("each", [(), ("--one-file-each",)], ids=["whole", "one file each"])
def test_calendars_that_another_room_made_outdated_are_told_of(desk: Path, each: tuple[str, ...]) -> None:
    """Nobody is moved, so that two assignments do not tell; the calendars in the folder do."""
    assert run(desk, "export", "assignment.csv", "dagen", "--only", "ics", *each).returncode == 0
    again = ("export", "assignment.csv", "dagen", "--changed-from", "assignment.csv", "--force", *each)
    done = run(desk, *again)
    assert done.stderr == "Nothing to hand out: nobody's day has changed since assignment.csv\n"
    text = (desk / "program.yaml").read_text(encoding="utf-8")
    (desk / "program.yaml").write_text(text.replace('start: "10:00"', 'start: "10:05"'), encoding="utf-8")
    done = run(desk, *again)
    assert done.stderr.endswith(
        "\nwarning: 3 other calendars in dagen are not as they would be now: a room, time or title changed "
        "in the program. Without --changed-from, all are written\n"
    )


@pytest.mark.usefixtures("later")
def test_what_is_of_the_whole_day_is_written_whole_where_it_is_named(desk: Path) -> None:
    assert run(desk, "export", "later.csv", "alt", "--only", "html,csv").returncode == 0
    done = run(desk, "export", "later.csv", "nyt", "--changed-from", "assignment.csv", "--only", "html,csv")
    assert done.returncode == 0
    whole, new = written(desk / "alt"), written(desk / "nyt")
    assert new["index.html"] == whole["index.html"]
    assert new["mailmerge.csv"] != whole["mailmerge.csv"]


def test_an_assignment_of_other_people_changes_nothing(desk: Path) -> None:
    (desk / "other.csv").write_text(f"{HEAD}\nGry,,,1A,2A\n", encoding="utf-8")
    done = run(desk, "export", "assignment.csv", "nyt", "--changed-from", "other.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert "other.csv:1:1: MV219" in done.stderr
    assert not (desk / "nyt").exists()


def test_what_is_public_is_nobodys_change(desk: Path) -> None:
    done = run(desk, "export", "assignment.csv", "nyt", "--changed-from", "assignment.csv", "--public")
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.usefixtures("later")
def test_the_earlier_assignment_is_not_written_over(desk: Path) -> None:
    (desk / "nyt").mkdir()
    (desk / "nyt" / "rosters.csv").write_bytes((desk / "assignment.csv").read_bytes())
    done = run(desk, "export", "later.csv", "nyt", "--changed-from", "nyt/rosters.csv", "--force")
    assert done.returncode == 1
    assert "is an input, and is not overwritten" in done.stderr


def test_a_calendar_as_a_folder_is_named_in_letters(desk: Path) -> None:
    assert run(desk, "export", "assignment.csv", "ud", "--one-file-each", "--only", "ics,csv").returncode == 0
    found = written(desk / "ud")
    assert len([name for name in found if name.count("/") == 2]) == 6
    letters = found["mailmerge.csv"].decode("utf-8-sig").splitlines()[1:]
    for folder in (line.rsplit(";", 1)[1] for line in letters):
        assert folder.endswith("/")
        assert (desk / "ud" / folder).is_dir()


def test_calendars_of_anyone_who_left_are_told_in_either_form(desk: Path) -> None:
    for form in ([], ["--one-file-each"]):
        folder = f"ud{len(form)}"
        assert run(desk, "export", "assignment.csv", folder, "--only", "ics", *form).returncode == 0
        (desk / "fewer.csv").write_text(f"{HEAD}\n{ROWS.partition('Bo')[0]}", encoding="utf-8")
        done = run(desk, "export", "fewer.csv", folder, "--only", "ics", "--force", *form)
        assert done.returncode == 0
        told = done.stderr.partition("Not of this assignment, and left as they are: ")[2]
        assert [name for name in ("aase-", "bo-", "cai-") if name in told] == ["bo-", "cai-"]


def test_mails_are_written_where_they_are_named_and_whoever_has_none_is_told_of(desk: Path) -> None:
    done = run(desk, "export", "assignment.csv", "ud", "--only", "eml")
    assert done.returncode == 0
    assert [name.partition("-")[0] for name in written(desk / "ud")] == ["mails/aase"]
    told = "warning: no mail to 2 participants without an address that can be written to: Bo and Cai\n"
    assert told in done.stderr
    assert "The mails have no From, as event.contact has no email" in done.stderr


@pytest.mark.usefixtures("later")
def test_mails_are_of_what_changed_and_say_so_where_nobody_has_an_address(desk: Path) -> None:
    both = ["--only", "ics,eml", "--changed-from", "assignment.csv"]
    done = run(desk, "export", "later.csv", "nyt", *both)
    assert done.returncode == 0
    assert [name for name in written(desk / "nyt") if "mails/aase" in name]
    assert "these are revision 1" in done.stderr
    (desk / "later.csv").write_text(f"{HEAD}\n{ROWS.replace('1B,2A', '1A,2A')}", encoding="utf-8")
    done = run(desk, "export", "later.csv", "bo", "--only", "eml", "--changed-from", "assignment.csv")
    assert (done.returncode, (desk / "bo").exists()) == (0, False)
    assert done.stderr.endswith("without an address that can be written to: Bo\n")
