"""Calendars that take the place of those that were sent before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from icalendar import Event as Entry

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.new_emails import Earlier, follow_new_emails
from midtvejs.domain.program import Contact
from midtvejs.output.export.calendar_file import MOST_REVISIONS, read_sent
from midtvejs.output.export.changed import find_changed
from midtvejs.output.export.formats import making
from midtvejs.output.export.sent import read_calendars
from midtvejs.output.export.wanted import ALL_OF_IT, Wanted
from tests.output import workshops
from tests.output.export.days import on
from tests.output.midsummer import seated

Files = Mapping[str, str]
IDA = "ida@example.dk"


def known(assignment: Assignment, id_: str = "sankt-hans", **said: object) -> Assignment:
    """The same day, of an event with an id."""
    event = replace(assignment.program.event, id=id_, **said)  # type: ignore[arg-type] # what it is called
    return replace(assignment, program=replace(assignment.program, event=event))


def sent(assignment: Assignment, before: Files | None = None, wanted: Wanted = ALL_OF_IT) -> Files:
    """The calendars of an assignment, written over those of ``before``."""
    made = making(assignment, ["ics"], replace(wanted, sent=before or {}))
    return {path: text for path, make in made.items() if isinstance(text := make(), str)}


def entries(text: str) -> dict[str, Entry]:
    calendar = Calendar.from_ical(text)
    found = [entry for entry in calendar.walk("VEVENT") if isinstance(entry, Entry)]
    for entry in found:
        assert not entry.errors
        assert moment(entry, "DTSTAMP") == moment(entry, "LAST-MODIFIED")
    return {str(entry["UID"]): entry for entry in found}


def number(entry: Entry) -> int:
    return int(str(entry["SEQUENCE"]))


def moment(entry: Entry, name: str) -> str:
    return str(entry[name].to_ical())


def of(files: Files, name: str) -> dict[str, Entry]:
    (text,) = (text for path, text in files.items() if path.startswith(f"calendars/{name}-"))
    return entries(text)


def sequences(found: Mapping[str, Entry]) -> list[int]:
    return [number(entry) for entry in found.values()]


def off(found: Mapping[str, Entry]) -> list[str]:
    """The titles of what is cancelled."""
    return [str(entry["SUMMARY"]) for entry in found.values() if entry.get("STATUS") == "CANCELLED"]


def moved(assignment: Assignment, key: str, *day: str) -> Assignment:
    return replace(assignment, days={**assignment.days, key: day})


def without(assignment: Assignment, key: str) -> Assignment:
    people = tuple(each for each in assignment.participants if each.key != key)
    return replace(
        assignment, participants=people, days={each.key: assignment.days[each.key] for each in people}
    )


def with_person(assignment: Assignment, key: str, **said: str) -> Assignment:
    """The same assignment with another name or email of somebody."""
    changed = {each.key: replace(each, **said) for each in assignment.participants if each.key == key}  # type: ignore[arg-type]
    people = tuple(changed.get(each.key, each) for each in assignment.participants)
    old = [each.key for each in assignment.participants]
    days = {new.key: assignment.days[before] for new, before in zip(people, old, strict=True)}
    return replace(assignment, participants=people, days=days)


def earlier(assignment: Assignment, now: Assignment) -> Earlier:
    return follow_new_emails(assignment, now.participants)


def only_changed(before: Assignment, now: Assignment, old: Files | None = None) -> Files:
    changed = find_changed(earlier(before, now), now, now.program)
    return sent(now, old, replace(ALL_OF_IT, changed=changed))


# Revisions


@pytest.mark.parametrize("day", [seated(), known(seated()), workshops.seated()])
def test_what_is_the_same_is_the_same_revision_byte_for_byte(day: Assignment) -> None:
    first = sent(day)
    assert {each for text in first.values() for each in sequences(entries(text))} == {0}
    assert sent(day, first) == first


def test_what_changed_is_a_later_revision_and_nothing_else_is() -> None:
    first = sent(seated())
    now = moved(seated(), IDA, "1B", "S1")
    second = sent(now, first)
    assert {path for path in first if first[path] != second[path]} == {
        path for path in first if path.startswith("calendars/ida-")
    }
    old, new = of(first, "ida"), of(second, "ida")
    assert old.keys() == new.keys()
    assert (sequences(old), sequences(new)) == ([0, 0], [1, 0])
    talk, salon = new.values()
    assert moment(talk, "LAST-MODIFIED") > moment(salon, "LAST-MODIFIED")
    assert sequences(of(sent(seated(), second), "ida")) == [2, 0]


def test_another_room_is_a_later_revision_of_the_program_too() -> None:
    day = seated()
    first, second = day.program.rounds
    rooms = day.program.rooms
    there = tuple(replace(each, room=rooms[2]) if each.code == "1A" else each for each in first.sessions)
    other = replace(day, program=replace(day.program, rounds=(replace(first, sessions=there), second)))
    found = entries(sent(other, sent(day))["program.ics"])
    assert sequences(found) == [1, 0, 0, 0, 0]


def test_a_revision_that_is_given_holds_for_all_and_is_never_undercut() -> None:
    third = sent(known(seated(), revision=3))
    assert {each for text in third.values() for each in sequences(entries(text))} == {3}
    assert sent(known(seated(), revision=3), sent(known(seated()))) == third
    now = moved(known(seated(), revision=2), IDA, "1B", "S1")
    assert sequences(of(sent(now, third), "ida")) == [4, 3]


@given(st.lists(st.sampled_from(["1A", "1B", "1C", ""]), min_size=1, max_size=6))
def test_revisions_only_rise(codes: list[str]) -> None:
    days = [moved(known(seated()), IDA, code, "S1") for code in codes]
    files = [sent(days[0])]
    for day in days[1:]:
        files.append(sent(day, files[-1]))
    for old, new in pairwise(of(each, "ida") for each in files):
        assert old.keys() <= new.keys()
        for uid, entry in old.items():
            assert number(new[uid]) - number(entry) == (
                entry.get("STATUS") != new[uid].get("STATUS") or entry["SUMMARY"] != new[uid]["SUMMARY"]
            )


# Called off


def test_a_round_without_a_seat_is_cancelled_and_stays_so() -> None:
    first = sent(seated())
    now = moved(seated(), IDA, "", "S1")
    second = sent(now, first)
    assert off(of(second, "ida")) == [
        "Aflyst: 1A Feedback fra voksen til barn med afsæt i data og fokus på den gode relation"
    ]
    assert sorted(sequences(of(second, "ida"))) == [0, 1]
    assert sent(now, second) == second
    again = of(sent(seated(), second), "ida")
    assert (off(again), sorted(sequences(again))) == ([], [0, 2])


def test_a_round_without_a_seat_is_known_from_the_earlier_assignment() -> None:
    files = only_changed(seated(), moved(seated(), IDA, "", "S1"))
    assert [path.partition("-")[0] for path in files] == ["calendars/ida"]
    assert len(off(of(files, "ida"))) == 1
    assert set(sequences(of(files, "ida"))) == {1}


def test_whoever_is_gone_has_all_of_the_day_cancelled() -> None:
    day = workshops.seated()
    first = sent(day)
    person = day.participants[0]
    files = only_changed(day, without(day, person.key), first)
    (path,) = files
    assert first[path]
    gone = entries(files[path])
    assert len(off(gone)) == len(gone) == len(entries(first[path])) > 2
    assert set(sequences(gone)) == {1}


def test_what_was_cancelled_says_so_once() -> None:
    day, now = seated(), moved(seated(), IDA, "", "S1")
    files = reduce(lambda old, _: sent(now, old), range(3), sent(day))
    assert off(of(files, "ida"))[0].count("Aflyst") == 1


def test_the_program_cancels_what_is_not_held_any_more() -> None:
    day = seated()
    first, second = day.program.rounds
    # Nobody is in 1C.
    fewer = replace(
        first,
        sessions=tuple(each for each in first.sessions if each.code != "1C"),
        cancelled=tuple(each for each in first.sessions if each.code == "1C"),
    )
    later = replace(day, program=replace(day.program, rounds=(fewer, second)))
    assert off(entries(sent(later, sent(day))["program.ics"])) == ["Aflyst: 1C Ingen kommer her"]


def test_with_an_id_all_that_was_sent_of_the_event_is_known() -> None:
    day = known(workshops.seated())
    title = day.program.agenda[0].title
    agenda = tuple(each for each in day.program.agenda if each.title != title)
    later = replace(day, program=replace(day.program, agenda=agenda))
    first = sent(day)
    second = sent(later, first)
    for path, text in first.items():
        titles = [str(entry["SUMMARY"]) for entry in entries(text).values()]
        assert off(entries(second[path])) == [f"Aflyst: {each}" for each in titles if each == title]
    assert title in {str(entry["SUMMARY"]) for entry in entries(first["program.ics"]).values()}


# Names, dates, emails


def test_with_an_id_all_keeps_its_identity_whatever_becomes_of_names_and_dates() -> None:
    day = known(seated())
    first = sent(day)
    other = on(known(day, name="Sommerkonferencen"), day.program.event.date.replace(day=25))
    second = sent(other, first)
    assert {path: entries(text).keys() for path, text in first.items()} == {
        path: entries(text).keys() for path, text in second.items()
    }
    assert {each for text in second.values() for each in sequences(entries(text))} == {1}
    assert entries(sent(other)["program.ics"]).keys() == entries(first["program.ics"]).keys()


def test_without_an_id_another_event_in_the_folder_is_left_alone() -> None:
    day = seated()
    other = on(day, day.program.event.date.replace(year=2019))
    assert sent(other, sent(day)) == sent(other)
    assert sent(known(other, "a"), sent(known(day, "b"))) == sent(known(other, "a"))


def test_an_id_that_comes_later_cancels_what_was_sent_without_it() -> None:
    day = workshops.seated()
    first = sent(day)
    second = sent(known(day), first)
    for path, text in second.items():
        found = entries(text)
        assert len(off(found)) * 2 == len(found)
        assert {uid for uid, entry in found.items() if "STATUS" in entry} == entries(first[path]).keys()
    assert sent(known(day), second) == second


def test_a_new_name_keeps_the_identity() -> None:
    day = known(seated())
    first = sent(day)
    now = with_person(day, IDA, name="Ida Nyholm")
    assert of(sent(now, first), "ida-nyholm").keys() == of(first, "ida").keys()
    assert sequences(of(sent(moved(now, IDA, "1B", "S1"), first), "ida-nyholm")) == [1, 0]
    assert of(sent(now), "ida-nyholm").keys() == of(first, "ida").keys()


def test_a_new_email_keeps_the_identity_by_the_folder_or_the_earlier_assignment() -> None:
    day = known(seated())
    first = sent(day)
    now = with_person(day, IDA, email="ida@privat.dk")
    uids = of(first, "ida").keys()
    assert of(sent(now), "ida").keys() != uids
    second = sent(now, first)
    assert of(second, "ida").keys() == uids
    # The folder remembers it from then on.
    assert of(sent(moved(now, "ida@privat.dk", "1B", "S1"), second), "ida").keys() == uids
    again = moved(now, "ida@privat.dk", "1B", "S1")
    assert of(only_changed(day, again), "ida").keys() == uids


def test_no_two_participants_have_one_identity_whoever_comes_back() -> None:
    day = known(seated())
    first = sent(day)
    now = with_person(day, IDA, email="ida@privat.dk")
    second = sent(now, first)
    (ida,) = (each for each in day.participants if each.key == IDA)
    both = replace(now, participants=(*now.participants, ida), days={**now.days, IDA: ("1A", "S1")})
    found = [
        uid for path, text in sent(both, second).items() if path != "program.ics" for uid in entries(text)
    ]
    assert len(found) == len(set(found))


# Who sends them


def test_there_is_a_method_only_where_there_is_an_organiser() -> None:
    for contact, publishes in (
        (Contact(name='Line "Li" Møller, Århus', email="line@example.dk"), True),
        (Contact(name="Line", email="ring bare"), False),
        (Contact(name="Line"), False),
        (None, False),
    ):
        text = sent(known(seated(), contact=contact))["program.ics"]
        assert ("METHOD" in Calendar.from_ical(text)) is publishes
        for entry in entries(text).values():
            assert ("ORGANIZER" in entry) is publishes
            if publishes:
                assert entry["ORGANIZER"] == "mailto:line@example.dk"
                assert entry["ORGANIZER"].params["CN"] == "Line 'Li' Møller, Århus"


# A file for each entry


def test_a_file_for_each_entry() -> None:
    wanted = replace(ALL_OF_IT, one_file_each=True)
    day = workshops.seated()
    whole, each = sent(day), sent(day, wanted=wanted)
    by_person = {path.split("/")[1] for path in each if "/" in path}
    assert {f"calendars/{name}.ics" for name in by_person} == whole.keys() - {"program.ics"}
    for name in by_person:
        found = [entries(text) for path, text in each.items() if path.startswith(f"calendars/{name}/")]
        assert all(len(one) == 1 for one in found)
        assert {uid for one in found for uid in one} == entries(whole[f"calendars/{name}.ics"]).keys()
    assert sent(day, each, wanted) == each
    # What was sent as one file is replaced by those of each entry, and the other way round.
    assert sent(day, whole, wanted) == each
    assert sent(day, each) == whole


def test_what_is_cancelled_has_a_file_of_its_own_too() -> None:
    wanted = replace(ALL_OF_IT, one_file_each=True)
    day = known(workshops.seated())
    later = replace(day, program=replace(day.program, agenda=()))
    first, whole = sent(day, wanted=wanted), sent(day)
    second = sent(later, first, wanted)
    assert second.keys() == first.keys()
    assert sent(later, second, wanted) == second
    # Sent as one file, they go by their UIDs.
    again = sent(later, whole, wanted)
    assert len(again) == len(first)
    found = [uid for path, text in again.items() if path != "program.ics" for uid in entries(text)]
    assert sorted(found) == sorted(
        uid for path, text in first.items() if path != "program.ics" for uid in entries(text)
    )
    # A file that says that it is of another entry takes nobody's place.
    paths = sorted(path for path in first if path != "program.ics")
    swapped = dict(zip(paths, [first[path] for path in (*paths[1:], paths[0])], strict=True))
    assert sent(day, swapped, wanted).keys() >= first.keys()


# Whatever is in the folder

HOSTILE = [
    "",
    "BEGIN:VCALENDAR",
    "PRODID:-//midtvejs//\nBEGIN:VEVENT",
    "\x00\xff\ud7ff" * 50,
    "BEGIN:VEVENT\r\n" * 500,
    "PRODID:-//midtvejs//x\n{entry}SEQUENCE:99999999999999999999999\nEND:VEVENT",
    "PRODID:-//midtvejs//x\n{entry}SEQUENCE:٣\nEND:VEVENT",
    "PRODID:-//midtvejs//x\n{entry}SEQUENCE:-7\nEND:VEVENT",
    "PRODID:-//midtvejs//x\n{entry}SEQUENCE:9999999999\nSUMMARY:\x1b[2J\u202e\nEND:VEVENT",
    "PRODID:-//midtvejs//x\nX-MIDTVEJS-EVENT:../..\nX-MIDTVEJS-PERSON:\n{entry}END:VEVENT",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_in_the_folder_breaks_anything(text: str) -> None:
    day = known(seated())
    first = sent(day)
    uid = next(iter(of(first, "ida")))
    entry = f"BEGIN:VEVENT\nUID:{uid}\nDTSTART:20180622T080000Z\nDTEND:20180622T083000Z\n"
    hostile = dict.fromkeys(first, text.replace("{entry}", entry))
    for now in (day, moved(day, IDA, "", "")):
        second = sent(now, hostile)
        for found in map(entries, second.values()):
            assert all(0 <= each <= MOST_REVISIONS for each in sequences(found))
        assert not any("\x1b" in each or "\u202e" in each for each in second.values())
        assert sent(now, second) == second


@given(st.text(), st.text())
def test_any_text_can_be_read(before: str, within: str) -> None:
    text = f"{before}\nPRODID:-//midtvejs//\nBEGIN:VEVENT\n{within}\nEND:VEVENT\n"
    assert all(uid == each.uid for uid, each in read_sent(text).entries.items())


def test_a_folder_is_read_whatever_is_called_a_calendar(tmp_path: Path) -> None:
    assert read_calendars(tmp_path / "nowhere") == {}
    (tmp_path / "calendars" / "bo.ics").mkdir(parents=True)
    (tmp_path / "calendars" / "large.ics").write_bytes(b"x" * 1_000_001)
    (tmp_path / "calendars" / "loop.ics").symlink_to("loop.ics")
    (tmp_path / "calendars" / "latin.ics").write_bytes(b"\xe6\xf8\xe5")
    (tmp_path / "program.ics").write_bytes(b"PRODID:")
    assert read_calendars(tmp_path).keys() == {"program.ics", "calendars/latin.ics"}
