from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from midtvejs.domain.changes import find_changes
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.program import Program
from midtvejs.domain.seated import Day, Seated
from midtvejs.output.pages.changes import NEED_WISHES, Changes, changes_json, changes_page
from tests import conferences
from tests.conferences import one_list, program
from tests.output.pictured import check_picture, shown

DAY = program({"1A": 3, "1B": 3, "1C": 3}, {"2A": 4, "2B": 4})
PEOPLE = {
    name: (f"{name.split(maxsplit=1)[0].lower()}@example.dk", name, wishes)
    for name, wishes in {
        "Åse Berg": "1A > 1B",
        "Bo Lund": "1A > 1B > 1C",
        "Cai Holm": "1C",
        "Dea [intern] Kjær": "1A",
        "Eva Friis": "1B",
        "Finn Ågård": "",
    }.items()
}
BEFORE = {
    "Åse Berg": ("1A", "2A"),
    "Bo Lund": ("1C", "2A"),
    "Cai Holm": ("1C", "2B"),
    "Dea [intern] Kjær": ("1A", "2B"),
    "Finn Ågård": ("1C", "2B"),
}
AFTER = {
    "Åse Berg": ("1B", "2A"),
    "Bo Lund": ("1A", "2B"),
    "Cai Holm": ("1C", ""),
    "Eva Friis": ("1B", "2A"),
    "Finn Ågård": ("1C", "2B"),
}


def person(name: str) -> Participant:
    email, name, wishes = PEOPLE[name]
    codes = tuple(wishes.split(" > ")) if wishes else ()
    return Participant(name=name, email=email, organisation="Ærø Kommune", wishes=(Wishes(codes), Wishes()))


def seated(days: Mapping[str, Day], of: Program = DAY) -> Seated:
    people = tuple(map(person, days))
    return Seated(program=of, participants=people, days={each.key: days[each.name] for each in people})


def changes(
    before: Mapping[str, Day], after: Mapping[str, Day], *, of: Program = DAY, wished: bool = True
) -> Changes:
    now = seated(after, of)
    found = find_changes(seated(before, of), now)
    return Changes(program=of, changes=found, people=now.participants, wished=wished)


@pytest.mark.parametrize("width", [None, 45, 80, 120])
def test_whose_day_changes(width: int | None) -> None:
    check_picture("changes", changes_page(changes(BEFORE, AFTER)), width)


def test_nothing_changed() -> None:
    told = "Nothing changed: 5 participants in the same sessions\n"
    page = changes_page(changes(AFTER, AFTER))
    assert shown(page, None) == shown(page, 80) == told
    assert json.loads(changes_json(changes(AFTER, AFTER)))["changes"] == []


def test_without_wishes_nobody_is_better_or_worse_off() -> None:
    found = changes(BEFORE, AFTER, wished=False)
    assert NEED_WISHES in shown(changes_page(found), None)
    assert not any(word in shown(changes_page(found), None) for word in ("better", "worse by", "step"))
    assert {each["gain"] for each in json.loads(changes_json(found))["changes"]} == {None}


def test_a_session_that_is_no_longer_held_is_told_and_compared_with_nothing() -> None:
    first, second = DAY.rounds
    without = tuple(each for each in first.sessions if each.code != "1C")
    later = replace(DAY, rounds=(replace(first, sessions=without), second))
    told = shown(changes_page(changes({"Bo Lund": ("1C", "2A")}, {"Bo Lund": ("1A", "2A")}, of=later)), None)
    assert told.splitlines()[1:] == [
        "By their wishes: 1 cannot be compared",
        "Bo Lund, Ærø Kommune: R1 1C (no longer held) → 1A",
    ]


def test_the_listed_changes_make_the_new_assignment_of_the_old_one() -> None:
    content = json.loads(changes_json(changes(BEFORE, AFTER)))
    days = {name: dict(zip(("R1", "R2"), day, strict=True)) for name, day in BEFORE.items()}
    for each in content["changes"]:
        days.pop(each["name"], None)
        if each["after"] is not None:
            days[each["name"]] = {"R1": "", "R2": ""} | each["after"]
        for move in each["moves"]:
            assert (each["after"].get(move["round"]), each["before"].get(move["round"])) == (
                move["after"],
                move["before"],
            )
    assert days == {name: dict(zip(("R1", "R2"), day, strict=True)) for name, day in AFTER.items()}
    counted = ("participants", "moved", "seats", "leaving", "new", "dropped_out")
    assert [content[each] for each in counted] == [5, 2, 3, 1, 1, 1]


def test_a_seat_that_lasts_is_one_seat_and_a_round_that_is_left_is_none() -> None:
    day = one_list({"A": {1: 9}, "B": {1: 9, 2: 9}, "C": {1: 9, 2: 9}}, rounds=2, lasting={"A": (1, 2)})
    who = conferences.person("Åse", "B > A")

    def seats(before: Day, after: Day) -> int:
        old, new = (Seated(program=day, participants=(who,), days={who.key: of}) for of in (before, after))
        return Changes(program=day, changes=find_changes(old, new), people=(who,)).seats

    assert seats(("B", "C"), ("A", "A")) == 1
    assert seats(("A", "A"), ("B", "C")) == 2
    assert seats(("B", "C"), ("B", "")) == 0


def test_whoever_leaves_a_round_is_no_better_off_for_it() -> None:
    (change,) = changes({"Bo Lund": ("1C", "2A")}, {"Bo Lund": ("", "2A")}).changes
    assert (change.gain, change.compared) == (0, False)


def test_namesakes_are_told_apart() -> None:
    people = tuple(
        replace(person("Bo Lund"), email=email) for email in ("bo@example.dk", "bo.lund@example.dk")
    )
    now = Seated(program=DAY, participants=people, days={each.key: ("1A", "2A") for each in people})
    before = replace(now, days={**now.days, "bo@example.dk": ("1B", "2A")})
    page = changes_page(Changes(program=DAY, changes=find_changes(before, now), people=people))
    assert "Bo Lund <bo@example.dk>, Ærø Kommune: R1 1B → 1A" in shown(page, None)
