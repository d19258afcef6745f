"""Whatever a file says is shown as it stands, and steers no terminal."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from midtvejs.domain.assignment import Assignment, Clash, Impasse, Shortage
from midtvejs.domain.fairness import Criterion, Stage, Status
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.program import (
    Contact,
    Event,
    Presenter,
    Price,
    Program,
    Room,
    Round,
    Session,
    SignUp,
    Venue,
)
from midtvejs.domain.rules import Company, Group, Pin, Rules
from midtvejs.output.choices import By
from midtvejs.output.pages.assign import summary_page
from midtvejs.output.pages.failures import shortages_page
from midtvejs.output.pages.rosters import rosters_page
from midtvejs.output.pages.show import day_page
from midtvejs.output.screen import CONTROL
from midtvejs.output.tables.assignment_json import assignment_json
from tests import conferences
from tests.output.pictured import shown

EVIL = [
    "[/b]",
    "[red]x[/red] :smile:",
    "a\x1b[2Jb",
    "a\x1b]8;;http://x\x07b",
    "a\r\nb\tc",
    "\x9b31m",
    "abc\u202edef",
    "\u2028",
    "=cmd|' /C calc'!A0",
    "{0} %s {name}",
    "W" * 60,
    "👨‍👩‍👧 漢字 e\u0301",
    "",
]
STAGES = (Stage(criterion=Criterion.WORST, value=1, bound=0, recomputable=0),)


def evil(text: str) -> Assignment:
    time = (dt.time(10), dt.time(11))
    rounds = tuple(
        Round(
            id=f"{text}{number}",
            name=text,
            start=time[0],
            end=time[1],
            sessions=tuple(
                Session(
                    code=f"{text}{number}{letter}",
                    title=text,
                    room=Room(name=f"{letter}{text}", seats=1),
                    start=time[0],
                    end=time[1],
                    by=(text, text),
                    school=text,
                    presenters=(Presenter(name=text, role=text, organisation=text),),
                    description=text,
                )
                for letter in "AB"
            ),
        )
        for number in "12"
    )
    event = Event(
        name=text,
        date=dt.date(2018, 1, 30),
        start=dt.time(9),
        end=dt.time(12),
        part_of=text,
        purpose=text,
        venue=Venue(name=text, address=text),
        price=Price(amount=1, currency=text, note=text),
        sign_up=SignUp(url=text),
        contact=Contact(name=text, role=text, organisation=text, phone=text, email=text),
        notes=(text,),
    )
    rooms = tuple(session.room for session in rounds[0].sessions)
    people = tuple(
        Participant(
            name=text,
            email=f"{letter}{text}",
            organisation=text,
            wishes=tuple(Wishes((round_.sessions[0].code,)) for round_ in rounds),
        )
        for letter in "xy"
    )
    return Assignment(
        program=Program(event=event, rooms=rooms, rounds=rounds, rules=evil_rules(text)),
        participants=people,
        days={
            person.key: tuple(round_.sessions[at].code for round_ in rounds)
            for at, person in enumerate(people)
        },
    )


def evil_rules(text: str) -> Rules:
    return Rules(
        pins=(
            Pin(code=f"{text}1A", participant=text, reason=text),
            Pin(code=f"{text}1A", holds=False, organisation=text, reason=text),
        ),
        groups=(Group(company=Company.APART, participants=(text, text), round_id=text, reason=text),),
    )


def only_said_by_rules(text: str) -> Assignment:
    """The same text in a program that has it in its rules, and nowhere else."""
    program = conferences.program({"1A": 2}, rules=evil_rules(text))
    return Assignment(program=program, participants=(), days={})


@pytest.mark.parametrize("text", EVIL, ids=ascii)
@pytest.mark.parametrize("width", [None, 20, 45, 80, 120])
def test_it_is_shown_as_it_stands(text: str, width: int | None) -> None:
    assignment = evil(text)
    ruled = only_said_by_rules(text)
    shortage = Shortage(round=assignment.program.rounds[0], seats=2, participants=3)
    clash = Clash(rules=(text,), changes=(text, text))
    impasse = Impasse(round=ruled.program.rounds[0], clashes=(clash, clash), smallest=(text,))
    pages = [
        day_page(ruled.program),
        summary_page(ruled, STAGES, Status.FEASIBLE),
        shortages_page((), (impasse,)),
        day_page(assignment.program),
        *(rosters_page(assignment, by=By(by)) for by in ("room", "participant", "organisation")),
        summary_page(assignment, STAGES, Status.FEASIBLE),
        shortages_page((shortage,)),
    ]
    for page in pages:
        letters = "".join(shown(page, width).split()).replace("…", "")
        wanted = "".join(CONTROL.sub(" ", text).split())
        assert wanted in letters or (width and width < 80 and len(wanted) > 5)


@pytest.mark.parametrize("text", EVIL, ids=ascii)
def test_json_says_it_without_steering_a_terminal(text: str) -> None:
    whole = assignment_json(evil(text), STAGES, Status.FEASIBLE)
    assert not CONTROL.search(whole.replace("\n", ""))
    assert [person["name"] for person in json.loads(whole)["participants"]] == [text, text]
