from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from midtvejs.domain.answers import ColumnUse, Provenance
from midtvejs.domain.concerns import Concern, Kind
from midtvejs.output.pages.check import MANY, MOST_NAMES, Checked, check_json, check_page, faults_json
from tests.output.checked import WARNING, checked
from tests.output.midsummer import seated
from tests.output.pictured import check_picture, shown


@pytest.mark.parametrize("width", [None, 45, 60, 80, 120])
def test_what_is_checked(width: int | None) -> None:
    check_picture("check", check_page(checked()), width)


@pytest.mark.parametrize("width", [None, 20, 80])
def test_nothing_to_warn_of_and_little_known(width: int | None) -> None:
    bare = Provenance(file="prefs.csv")
    fine = replace(
        checked(), concerns=(), warnings=(), demands=(), provenance=bare, too_late=(), unanswered=()
    )
    text = shown(check_page(fine), width)
    assert "No faults, 0 warnings." in " ".join(text.split())
    assert "late" not in text
    assert "not read" not in text
    assert "to seat" not in text


def test_many_of_a_kind_are_counted() -> None:
    alike = tuple(Concern(kind=Kind.TWICE, about=f"Bo {n}", message="twice") for n in range(MANY + 3))
    text = shown(check_page(replace(checked(), concerns=alike)), None)
    assert f"warning: Bo {MANY - 1}: twice\nwarning: and 3 more of this kind\n" in text
    assert f"Bo {MANY}:" not in text
    assert f"{MANY + 4} warnings" in text


def test_a_hint_is_given_once() -> None:
    text = shown(check_page(replace(checked(), warnings=(WARNING, WARNING))), None)
    assert (text.count(WARNING.message), text.count(WARNING.hint)) == (2, 1)


def test_the_first_of_many_who_did_not_answer_are_named() -> None:
    people = tuple(replace(seated().participants[0], name=f"Bo {n}") for n in range(MOST_NAMES + 2))
    text = shown(check_page(replace(checked(), unanswered=people)), None)
    assert f"missing: Bo 0, Bo 1, {', '.join(f'Bo {n}' for n in range(2, 10))} and 2 more\n" in text
    text = shown(check_page(replace(checked(), unanswered=people[:-2])), None)
    assert f"Bo {MOST_NAMES - 1}\n" in text


def test_one_whole_list_is_one() -> None:
    one = replace(checked().demands[0], whole=1)
    assert "\n1 whole list, 4 partial" in shown(check_page(replace(checked(), demands=(one,))), None)


def test_columns_of_ranks_and_of_sessions_are_told_of_together() -> None:
    ours = [f"R1 {rank}" for rank in (1, 2, 3)], [f"R1 rank {rank}" for rank in (1, 2, 3)]
    grid = [f"Saloner [{code}]" for code in ("S1", "S2")], ["S S1", "S S2"]
    headings, used = [*ours[0], *grid[0]], [*ours[1], *grid[1]]
    columns = tuple(
        ColumnUse(number=number, heading=heading, use=use)
        for number, (heading, use) in enumerate(zip(headings, used, strict=True), start=1)
    )
    told = replace(checked(), provenance=replace(checked().provenance, columns=columns))
    assert "columns: R1 1 ... R1 3 (R1), Saloner [S1], Saloner [S2] (S)\n" in shown(check_page(told), None)
    assert [each["use"] for each in json.loads(check_json(told))["read"]["columns"]] == used


def test_json_holds_every_figure() -> None:
    thing = json.loads(check_json(checked()))
    assert (thing["faulty"], thing["participants"], thing["expected_participants"]) == (False, 21, 8)
    assert thing["read"]["columns"][1] == {"number": 2, "heading": "Navn", "use": "name"}
    assert (thing["answers"], len(thing["unanswered"]), len(thing["too_late"])) == (16, 4, 1)
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
    assert first["only_over_subscribed"] == 2
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


def _with_friends(names: int) -> Checked:
    """Have the first of all name others, who name nobody, and one of whom gave no answer."""
    first, *others = (replace(seated().participants[0], name=f"Åse-{n} Holm", email="") for n in range(names))
    one_sided = (*((first, other) for other in others[:2]), *pairwise(others))
    return replace(checked(), pairs=3, one_sided=one_sided, unanswered=tuple(others[:1]))


@pytest.mark.parametrize("width", [None, 60, 80, 120])
def test_who_was_not_named_back(width: int | None) -> None:
    check_picture("check-friends", check_page(_with_friends(5)), width)


def test_the_first_of_many_who_were_not_named_back_are_named() -> None:
    text = shown(check_page(_with_friends(MANY + 5)), None)
    assert "friends: 3 pairs named each other; 15 names not returned\n" in text
    assert f"Åse-{MANY - 1} Holm → Åse-{MANY} Holm\nand 4 more\n\n" in text


def test_json_has_all_who_were_not_named_back_and_nothing_where_nobody_named_anybody() -> None:
    friends = json.loads(check_json(_with_friends(MANY + 5)))["friends"]
    assert (friends["pairs"], len(friends["not_named_back"])) == (3, 15)
    assert friends["not_named_back"][0]["participant"]["name"] == "Åse-0 Holm"
    assert friends["not_named_back"][0]["named"]["name"] == "Åse-1 Holm"
    assert "friends" not in json.loads(check_json(checked()))
    assert "friends" not in shown(check_page(checked()), None)
