from __future__ import annotations

import json
from dataclasses import replace

import pytest

from midtvejs.domain.concerns import Concern, Kind
from midtvejs.domain.provenance import Provenance
from midtvejs.views.check import MANY, check_page
from midtvejs.views.check_json import check_json, faults_json
from tests.views.checked import WARNING, checked
from tests.views.pictured import check_picture, shown


@pytest.mark.parametrize("width", [None, 45, 60, 80, 120])
def test_what_is_checked(width: int | None) -> None:
    check_picture("check", check_page(checked()), width)


@pytest.mark.parametrize("width", [None, 20, 80])
def test_nothing_to_warn_of_and_little_known(width: int | None) -> None:
    fine = replace(checked(), concerns=(), warnings=(), demands=(), provenance=Provenance(file="prefs.csv"))
    text = shown(check_page(fine), width)
    assert "No faults, 0 warnings." in " ".join(text.split())
    assert "late" not in text
    assert "not read" not in text


def test_many_of_a_kind_are_counted() -> None:
    alike = tuple(Concern(kind=Kind.TWICE, about=f"Bo {n}", message="twice") for n in range(MANY + 3))
    text = shown(check_page(replace(checked(), concerns=alike)), None)
    assert f"warning: Bo {MANY - 1}: twice\nwarning: and 3 more of this kind\n" in text
    assert f"Bo {MANY}:" not in text
    assert f"{MANY + 4} warnings" in text


def test_json_holds_every_figure() -> None:
    thing = json.loads(check_json(checked()))
    assert (thing["faulty"], thing["participants"], thing["expected_participants"]) == (False, 21, 8)
    assert thing["read"]["columns"][1] == {"number": 2, "heading": "Navn", "use": "name"}
    del thing["read"]["columns"]
    assert thing["read"] == {
        "shape": "microsoft_ranking",
        "encoding": None,
        "sheet": "Form1",
        "rows": 12,
        "doubled": 2,
        "late": 1,
        "strangers": 3,
        "unanswered": 4,
    }
    assert thing["lists"] == {"whole": 16, "partial": 4, "empty": 1}
    assert [each["message"] for each in thing["diagnostics"]] == [WARNING.message]
    first = thing["rounds"][0]
    assert (first["id"], first["seats"], first["participants"]) == ("R1", 10, 20)
    assert first["lists"] == {"whole": 15, "partial": 4, "empty": 1}
    assert first["sessions"][0] == {
        "code": "1A",
        "room": "Panorama",
        "seats": 4,
        "first_wishes": 19,
        "listed": 19,
    }
    assert first["sessions"][2]["room"] is None
    assert thing["warnings"][0]["kind"] == "too_few_seats"
    assert thing["warnings"][0]["about"] == "R1"


def test_json_of_a_file_with_faults() -> None:
    thing = json.loads(faults_json("svar [1].xlsx", [WARNING]))
    assert (thing["file"], thing["faulty"], len(thing["diagnostics"])) == ("svar [1].xlsx", True, 1)


def test_json_cannot_steer_a_terminal() -> None:
    concern = Concern(kind=Kind.TWICE, about="Bo\x9b2J\u202e", message="\x1b[2J")
    text = check_json(replace(checked(), concerns=(concern,)))
    assert not {"\x9b", "\u202e", "\x1b"} & set(text)
    assert json.loads(text)["warnings"][0]["about"] == concern.about
