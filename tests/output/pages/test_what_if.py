from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.changes import Change, Move
from midtvejs.domain.fairness import Criterion, Stage, compare_stages
from midtvejs.domain.rules import Pin
from midtvejs.domain.variation import MoreSeats, SeatsOf, Swap, Variation, WithoutDecision
from midtvejs.output.pages.advise import Advice, Advised, NearlyEmpty, advice_json, advice_page
from midtvejs.output.pages.changes import Changes
from midtvejs.output.pages.what_if import WhatIf, what_if_json, what_if_page
from midtvejs.output.screen import CONTROL
from tests.conferences import person, pinned, program
from tests.output.pictured import check_picture, shown
from tests.output.test_hostile import EVIL

WIDTHS = (None, 60, 80, 120)
DAY = program({"1A": 2, "1B": 9, "1C": 30}, {"2A": 4, "2B": 4})
PEOPLE = tuple(
    person(name, "1A > 1B", "2A > 2B") for name in ("Åse", "Bo", "Cai", "Dea", "Eva", "Finn", "Gry", "Ærnst")
)


def stages(*values: int, gap: int = 0) -> tuple[Stage, ...]:
    order = (Criterion.WORST, Criterion.TOTAL, Criterion.EVEN)
    return tuple(
        Stage(
            criterion=criterion,
            value=value,
            bound=value - (gap if criterion is Criterion.EVEN else 0),
            recomputable=value,
        )
        for criterion, value in zip(order, values, strict=True)
    )


NOW = stages(2, 205, 289)


def change(name: str, gain: int, before: str, after: str, *, compared: bool = True) -> Change:
    who = next(each for each in PEOPLE if each.name == name)
    return replace(
        Change(
            participant=who,
            before=(before, "2A"),
            after=(after, "2A"),
            moves=(Move(round=DAY.rounds[0], before=before, after=after),),
            gain=gain,
        ),
        compared=compared,
    )


CHANGES = (
    change("Åse", 1, "1B", "1A"),
    change("Bo", 2, "1C", "1A"),
    *(change(name, 1, "1B", "1A") for name in ("Cai", "Dea", "Eva", "Finn")),
    change("Gry", -1, "1A", "1B"),
    change("Ærnst", 0, "1C", "1B"),
)
ANSWER = WhatIf(
    words=(
        "Lokale 1A has 7 seats (2 now)",
        "1B and 1C swap rooms: 1B in Lokale 1C (30), 1C in Lokale 1B (9)",
    ),
    edits=("rooms, Lokale 1A: seats: 7", "session 1B: room: Lokale 1C", "session 1C: room: Lokale 1B"),
    before=NOW,
    after=stages(2, 195, 267, gap=3),
    changes=Changes(program=DAY, changes=CHANGES, people=PEOPLE),
)
CANCELLED = replace(
    ANSWER,
    words=("1C is cancelled: Foredrag 1C",),
    edits=("session 1C: cancelled: true",),
    struck=3,
    as_listed={Criterion.WORST: 2, Criterion.TOTAL: 211, Criterion.EVEN: 300},
    changes=Changes(
        program=DAY, changes=(change("Bo", 0, "1C", "1A", compared=False), *CHANGES[2:3]), people=PEOPLE
    ),
)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_a_change_comes_to(width: int | None) -> None:
    check_picture("what-if", what_if_page(ANSWER), width)


@pytest.mark.parametrize("width", [None, 80])
def test_what_a_cancelled_session_comes_to(width: int | None) -> None:
    check_picture("what-if-cancelled", what_if_page(CANCELLED), width)


@pytest.mark.parametrize("width", [None, 80])
def test_what_nobody_could_be_seated_by_before(width: int | None) -> None:
    answer = replace(ANSWER, before=None, changes=Changes(program=DAY, changes=(), people=PEOPLE))
    check_picture("what-if-possible", what_if_page(answer), width)


def test_everybody_is_named_where_that_is_wanted() -> None:
    text = shown(what_if_page(replace(ANSWER, names=True)), None)
    assert "--names" not in text
    assert [name for name in ("Åse", "Bo", "Finn", "Gry", "Ærnst") if f"  {name}, Vejle" in text] == [
        "Åse",
        "Bo",
        "Finn",
        "Gry",
        "Ærnst",
    ]


def advice(idea: Variation, *values: int) -> Advice:
    after = stages(*values)
    edits = tuple(idea.edits(DAY))
    return Advice(
        idea=idea, words=idea.words(DAY), edits=edits, verdict=compare_stages(NOW, after), stages=after
    )


def tried() -> Iterator[Advice]:
    yield advice(Swap(one="1A", other="1C"), 1, 76, 76)
    yield advice(SeatsOf(room="Lokale 1A", seats=7), 2, 180, 236)
    for number in range(4):
        yield advice(MoreSeats(code="1A", seats=1 + number), 2, 203 - number, 283)
    yield advice(WithoutDecision(decision=Pin(code="1B", participant="Bo")), 2, 204, 280)
    yield advice(MoreSeats(code="2A", seats=1), 2, 205, 289)


def advised(found: tuple[Advice, ...]) -> Advised:
    bo = pinned(PEOPLE[1], "1B")
    people = (PEOPLE[0], bo)
    days = {PEOPLE[0].key: ("1A", "2A"), bo.key: ("1B", "2A")}
    seated = Assignment(program=DAY, participants=people, days=days)
    empty = NearlyEmpty(
        session=DAY.sessions["1C"], round_id="", taken=1, wanted=0, stages=stages(2, 207, 291)
    )
    return Advised(
        now=seated,
        stages=NOW,
        best=seated,
        empty=(empty,),
        tried=found,
        ideas=len(found) + 4,
        seconds=3.21,
        ended=False,
        command=lambda option: " ".join(["midtvejs what-if prefs.csv", *option]),
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_what_would_help(width: int | None) -> None:
    check_picture("advise", advice_page(advised(tuple(tried()))), width)


@pytest.mark.parametrize("width", [None, 80])
def test_nothing_would_help(width: int | None) -> None:
    check_picture("advise-nothing", advice_page(advised(tuple(tried())[-1:])), width)


@pytest.mark.parametrize("text", EVIL)
@pytest.mark.parametrize("width", [None, 60])
def test_no_text_steers_a_terminal(text: str, width: int | None) -> None:
    answer = replace(ANSWER, words=(text,), edits=(text,))
    shown(what_if_page(answer), width)
    found = replace(next(tried()), words=text, edits=(text,))
    shown(advice_page(advised((found,))), width)
    for thing in (what_if_json(answer), advice_json(advised((found,)))):
        assert not CONTROL.search(thing.replace("\n", ""))
        json.loads(thing)
