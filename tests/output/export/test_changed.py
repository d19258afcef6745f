"""What is to be handed out anew."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace

import pytest
from pypdf import PdfReader

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.new_emails import follow_new_emails
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.output.export.changed import Changed, find_changed
from midtvejs.output.export.formats import making
from midtvejs.output.export.wanted import ALL_OF_IT
from tests.conferences import program
from tests.output import workshops
from tests.output.export.test_sent_again import IDA, moved, with_person, without
from tests.output.midsummer import seated
from tests.output.midsummer_with_rules import seated_by_rules


def changed(before: Assignment, now: Assignment) -> Changed:
    """Both as they were seated, with their rooms still open."""
    return find_changed(follow_new_emails(before, now.participants), now.with_rooms(), now.program)


def papers(before: Assignment, now: Assignment, *formats: str) -> Mapping[str, str]:
    """What is made, by the names of the files, as text."""
    wanted = replace(ALL_OF_IT, changed=changed(before, now))
    made = making(now.with_rooms(), formats or ("pdf", "csv"), wanted)
    return {name: _text(make()) for name, make in made.items()}


def _text(content: str | bytes) -> str:
    if isinstance(content, str):
        return content
    pages = PdfReader(io.BytesIO(content)).pages
    return "\n".join(page.extract_text() for page in pages)


@pytest.mark.parametrize("day", [seated(), workshops.seated(), seated_by_rules()])
def test_nothing_is_to_be_handed_out_where_nothing_changed(day: Assignment) -> None:
    found = changed(day, day)
    assert not any((found.people, found.gone, found.sittings, found.program))
    assert papers(day, day, "pdf", "csv", "ics") == {}


def test_days_and_letters_are_for_those_whose_day_changed() -> None:
    day = seated()
    made = papers(day, moved(day, IDA, "1B", "S1"))
    assert made.keys() == {"days.pdf", "rosters.pdf", "mailmerge.csv", "rosters.csv"}
    # Presenters are named on cards of others.
    names = {person.name for person in day.participants if not person.presents}
    (ida,) = (person.name for person in day.participants if person.key == IDA)
    for file in ("days.pdf", "mailmerge.csv"):
        assert {name for name in names if name in made[file]} == {ida}


def test_rosters_are_those_that_anyone_left_or_joined() -> None:
    day = seated()
    now = moved(day, IDA, "1B", "S1")
    assert changed(day, now).sittings == {"1A", "1B"}
    made = papers(day, now)
    for file in ("rosters.pdf", "rosters.csv"):
        assert [code for code in ("1A", "1B", "S1", "S2") if f"{code}" in made[file]] == ["1A", "1B"]


def test_a_roster_has_another_name_though_nobody_s_day_changed() -> None:
    day = seated()
    found = changed(day, with_person(day, IDA, name="Ida Nyholm"))
    assert not found.people
    assert found.sittings == {"1A", "S1"}
    assert papers(day, with_person(day, IDA, name="Ida Nyholm")).keys() == {"rosters.pdf", "rosters.csv"}


def test_those_who_are_gone_have_rosters_without_them() -> None:
    day = seated()
    found = changed(day, without(day, IDA))
    assert [person.key for person in found.gone] == [IDA]
    assert not found.people
    assert found.sittings == {"1A", "S1"}


def test_a_new_email_changes_no_day() -> None:
    day = seated()
    found = changed(day, with_person(day, IDA, email="ida@privat.dk"))
    assert not any((found.people, found.gone))
    assert found.old_keys == {"ida@privat.dk": IDA}


def test_whoever_sits_in_another_room_has_another_day_though_they_did_not_move() -> None:
    plan = program({"1A": 2, "1B": 1})
    (round_,) = plan.rounds
    rooms = tuple(session.room for session in round_.sessions)
    open_ = tuple(replace(session, room=rooms[0], rooms=rooms) for session in round_.sessions)
    plan = replace(plan, rounds=(replace(round_, sessions=open_),))
    people = tuple(Participant(name=name, wishes=(Wishes(),)) for name in ("Bo", "Cai", "Dea"))
    days = {"bo": ("1A",), "cai": ("1A",), "dea": ("1B",)}
    before = Assignment(program=plan, participants=people, days=days)
    # The larger audience, and so the larger room, is now that of 1B.
    now = moved(before, "bo", "1B")
    found = changed(before, now)
    assert found.people == {"bo", "cai", "dea"}
    assert found.sittings == {"1A", "1B"}
    made = papers(before, now, "pdf", "ics")
    assert {"signs.pdf", "program.ics"} <= made.keys()
    assert sum(name.startswith("calendars/") for name in made) == 3


def test_signs_are_those_that_say_anything_else() -> None:
    day = seated_by_rules()
    lone = next(each for each in day.program.sittings.values() if each.may_be_cancelled)
    assert lone.key in day.cancelled
    person = next(each for each in day.participants if day.days[each.key][0] not in {"", lone.code})
    now = moved(day, person.key, lone.code, *day.days[person.key][1:])
    assert lone.key in changed(day, now).sittings
    assert lone.key not in changed(now, day).sittings
    made = papers(day, now, "pdf", "ics")
    assert {"signs.pdf", "program.ics"} <= made.keys()
    assert lone.title[:12] in made["signs.pdf"]
    whole = making(now.with_rooms(), ["pdf"])["signs.pdf"]()
    assert len(_text(whole)) > len(made["signs.pdf"])
