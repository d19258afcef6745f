"""`midtvejs explain`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_cli import HEAD, desk, run

__all__ = ["desk"]
ROWS = "Åse,,Vejle,1B,2A\nBo,,Vejle,1A,2B\nCai,,Vejle,1B,2B\n"
EXPLAIN = ("explain", "assignment.csv")
PREFS = ("--prefs", "prefs.csv")
WHY = (
    "1A ”Et” har 1 plads, og den var første ønske hos 3 deltagere. "
    "Ingen af dem, der har plads i den, ville miste færre trin ved at bytte med dig "
    "eller tage en ledig plads, end du ville vinde. "
    "Skulle du have plads i 1A, måtte én anden deltager skifte session. "
    "Vedkommende ville miste 1 trin. Du ville vinde 1 trin. "
    "Så ville en af deltagerne få en dag, der ligger 2 trin fra ønskerne; "
    "nu er det for ingen mere end 1 trin."
)


@pytest.fixture(autouse=True)
def saved(desk: Path) -> None:
    (desk / "assignment.csv").write_text(f"{HEAD}\n{ROWS}", encoding="utf-8")


@pytest.mark.parametrize("name", ["Åse", "aase", "se"])
def test_a_participant_is_told_why(desk: Path, name: str) -> None:
    done = run(desk, *EXPLAIN, name, *PREFS)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Åse, Vejle",
        "Prøvedagen, tirsdag den 30. januar 2018",
        "",
        "Runde 1, 10:00–10:30",
        "Dine ønsker i rækkefølge: 1A, 1B.",
        "Du fik dit 2. ønske: 1B ”To”.",
        WHY,
        "",
        "Runde 2, 11:00–11:30",
        "Dine ønsker i rækkefølge: 2A, 2B.",
        "Du fik dit første ønske: 2A ”Tre”.",
        "",
        "Hele din dag ligger 1 trin fra dine ønsker; for ingen er det mere.",
        "Et trin er ét ønske, der stod højere på listen end den session, man fik.",
    ]


def test_others_are_named_where_that_is_asked_for(desk: Path) -> None:
    done = run(desk, *EXPLAIN, "Åse", *PREFS, "--names")
    assert "måtte én anden deltager (Bo) skifte session" in done.stdout


def test_where_it_admits_that_it_could_be_fairer_the_coordinator_is_told(desk: Path) -> None:
    wishes, swapped = "Åse,,,1A > 1B,2A\nBo,,,1B > 1A,2B\n", "Åse,,,1B,2A\nBo,,,1A,2B\n"
    (desk / "prefs.csv").write_text(f"{HEAD}\n{wishes}", encoding="utf-8")
    (desk / "assignment.csv").write_text(f"{HEAD}\n{swapped}", encoding="utf-8")

    done = run(desk, *EXPLAIN, "Åse", *PREFS)
    assert "Efter dagens regler ville det være en bedre fordeling" in done.stdout
    assert done.stderr.startswith(
        "warning: it says that another assignment would be fairer. If that is because "
    )
    everybody = run(desk, *EXPLAIN, *PREFS, "--all", "breve")
    assert "warning: 2 of them say that another assignment would be fairer. If that is" in everybody.stderr


def test_a_letter_to_whoever_dropped_out_is_told_of_and_left(desk: Path) -> None:
    everybody = (*EXPLAIN, *PREFS, "--all", "breve")
    assert run(desk, *everybody).returncode == 0
    (gone,) = (desk / "breve").glob("cai*.txt")
    for name in ("prefs.csv", "assignment.csv"):
        rows = (desk / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (desk / name).write_text("".join(row for row in rows if not row.startswith("Cai")), encoding="utf-8")
    done = run(desk, *everybody, "--force")
    assert f"\nNot of this assignment, and left as they are: {gone.name}\n" in done.stderr
    assert gone.exists()


def test_json_says_the_same(desk: Path) -> None:
    content = json.loads(run(desk, *EXPLAIN, "Åse", *PREFS, "--json").stdout)
    assert (content["name"], content["regret"], content["worst"]) == ("Åse", 1, 1)
    first, second = content["lists"]
    assert first["rounds"] == [{"round": "R1", "session": "1B", "ground": "wishes", "rank": 2}]
    assert second["missed"] == []
    assert first["missed"] == [
        {
            "session": "1A",
            "rank": 1,
            "seats": 1,
            "taken": 1,
            "first_wishes": 3,
            "obstacle": None,
            "claim": "none_less",
            "counterfactual": {
                "round": "R1",
                "gain": 1,
                "others": 1,
                "seats": 2,
                "lost": 1,
                "most_lost": 1,
                "before": {"worst": 1, "total": 3, "even": 3},
                "after": {"worst": 2, "total": 3, "even": 5},
                "decided_by": "worst",
                "fairer": False,
                "proven": True,
            },
        }
    ]
    named = json.loads(run(desk, *EXPLAIN, "Åse", *PREFS, "--json", "--names").stdout)
    assert named["lists"][0]["missed"][0]["counterfactual"]["moves"] == [
        {"name": "Bo", "email": "", "gain": -1, "moves": [{"round": "R1", "before": "1A", "after": "1B"}]}
    ]


def test_all_are_written_to_a_file_each(desk: Path) -> None:
    done = run(desk, *EXPLAIN, "--all", "breve", *PREFS)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "Explained 3 days in breve, a file for each participant\n"
    files = {path.name.split("-", maxsplit=1)[0]: path for path in (desk / "breve").iterdir()}
    assert files.keys() == {"aase", "bo", "cai"}
    text = files["aase"].read_bytes().decode()
    assert text == run(desk, *EXPLAIN, "Åse", *PREFS).stdout
    assert "\r" not in text


def test_it_is_told_how_far_it_has_come(desk: Path) -> None:
    counted = (
        "from midtvejs.output.progress import Progress\n"
        "Progress.count = lambda self, stage, done: print(stage, done)\n"
    )
    done = run(desk, *EXPLAIN, "--all", "breve", *PREFS, driver=counted)
    assert done.stdout == "".join(f"3 days to explain {number}\n" for number in range(3))


def test_nothing_is_written_over_unasked_and_all_or_nothing(desk: Path) -> None:
    assert run(desk, *EXPLAIN, "--all", "breve", *PREFS).returncode == 0
    (kept, gone, *_) = sorted((desk / "breve").iterdir())
    kept.write_text("mit", encoding="utf-8")
    gone.unlink()

    refused = run(desk, *EXPLAIN, "--all", "breve", *PREFS)
    assert (refused.returncode, kept.read_text("utf-8"), gone.exists()) == (1, "mit", False)
    assert "--force writes over it" in refused.stderr
    assert run(desk, *EXPLAIN, "--all", "breve", *PREFS, "--force").returncode == 0
    assert kept.read_text("utf-8") != "mit"


@pytest.mark.parametrize("arguments", [[], ["Åse", "--all", "breve"], ["--all", "breve", "--json"]])
def test_either_one_name_or_all(desk: Path, arguments: list[str]) -> None:
    done = run(desk, *EXPLAIN, *arguments, *PREFS)
    assert (done.returncode, done.stdout) == (2, "")
    assert not (desk / "breve").exists()


def test_nobody_and_several(desk: Path) -> None:
    nobody = run(desk, *EXPLAIN, "Caj", *PREFS)
    assert (nobody.returncode, nobody.stdout) == (2, "")
    assert nobody.stderr == 'error: there is no participant "Caj": did you mean "Cai"?\n'
    both = "Åse Bo,,Vejle,1B,2A\nBo,,Vejle,1A,2B\nCai Bo,,Vejle,1B,2B\n"
    (desk / "assignment.csv").write_text(f"{HEAD}\n{both}", encoding="utf-8")
    (desk / "prefs.csv").write_text(f"{HEAD}\nÅse Bo,,,,\nBo,,,,\nCai Bo,,,,\n", encoding="utf-8")
    several = run(desk, *EXPLAIN, "b", *PREFS)
    assert (several.returncode, several.stdout) == (2, "")
    assert several.stderr.startswith('error: "b" may be 3 participants')


def test_only_what_is_lawful_is_explained(desk: Path) -> None:
    (desk / "assignment.csv").write_text(f"{HEAD}\n{ROWS.replace('1B', '1A')}", encoding="utf-8")
    for arguments in (["Åse"], ["--all", "breve"]):
        done = run(desk, *EXPLAIN, *arguments, *PREFS)
        assert (done.returncode, done.stdout) == (1, "")
        assert "MV203" in done.stderr
    assert not (desk / "breve").exists()
