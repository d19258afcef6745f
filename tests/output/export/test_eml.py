"""Mails, read back as a mail program reads them."""

from __future__ import annotations

import email
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from icalendar import Calendar

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.new_emails import follow_new_emails
from midtvejs.domain.program import Contact
from midtvejs.domain.words import LANGUAGES, words_for
from midtvejs.output.export.changed import find_changed
from midtvejs.output.export.eml import mail_address, unaddressed
from midtvejs.output.export.formats import making
from midtvejs.output.export.wanted import ALL_OF_IT, Wanted
from tests.output import workshops
from tests.output.export.days import renamed, rosters_of, ruled
from tests.output.midsummer import seated

AASE = "aase@example.dk"
HOSTILE = [
    "Bo\r\nBcc: alle@example.dk",
    "Bo\nX-Evil: 1\n\nHej",
    "=?utf-8?q?Bo=0D=0ABcc:_alle=40example.dk?=",
    "Bo <alle@example.dk>, Kaj",
    'Bo" <alle@example.dk>',
    "Ågesen, Bo; Kaj: (hej) [x] \\",
    "Å" * 300,
    "o" * 3000,
    "--=_all",
    "\u202eoB <b>& </title><script>",
]


def mails(assignment: Assignment, wanted: Wanted = ALL_OF_IT) -> dict[str, bytes]:
    made = {path: make() for path, make in making(assignment, ["eml"], wanted).items()}
    return {path: content for path, content in made.items() if isinstance(content, bytes)}


def read(content: bytes) -> EmailMessage:
    found = email.message_from_bytes(content, policy=SMTP)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    assert not [defect for part in found.walk() for defect in part.defects]
    return found


def addressed(assignment: Assignment) -> dict[str, EmailMessage]:
    """The mails by whom they are to."""
    found = [read(content) for content in mails(assignment).values()]
    return {str(each["To"].addresses[0].addr_spec): each for each in found}


def said(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def with_contact(assignment: Assignment, contact: Contact | None) -> Assignment:
    event = replace(assignment.program.event, contact=contact)
    return replace(assignment, program=replace(assignment.program, event=event))


def with_email(assignment: Assignment, key: str, address: str) -> Assignment:
    """The same assignment with another email, by which its owner is known."""
    new = {
        each.key: replace(each, email=address) if each.key == key else each
        for each in assignment.participants
    }
    days = {new[old].key: day for old, day in assignment.days.items()}
    return replace(assignment, participants=tuple(new.values()), days=days)


@pytest.mark.parametrize("day", [seated(), ruled(), workshops.seated()])
def test_everybody_with_an_address_who_attends_anything_has_a_mail(day: Assignment) -> None:
    attending = [each for each in day.participants if any(day.days[each.key])]
    assert addressed(day).keys() == {each.email for each in attending if each.email}
    assert sorted(unaddressed(rosters_of(day), ALL_OF_IT)) == sorted(
        each.name for each in attending if not each.email
    )


def test_a_mail_is_called_as_the_calendar_is() -> None:
    calendars = {path for path in making(seated(), ["ics"]) if "/" in path}
    names = {path.removeprefix("calendars/").removesuffix(".ics") for path in calendars}
    assert {path.removeprefix("mails/").removesuffix(".eml") for path in mails(seated())} < names


def test_a_draft_from_the_contact_to_the_participant() -> None:
    mail = addressed(seated())[AASE]
    assert mail["X-Unsent"] == "1"
    assert mail["From"] == mail["Reply-To"] == "Line Mortensen <lm@example.dk>"
    assert mail["To"].addresses[0].display_name == "Åse Berg"
    assert "juni 2018" in mail["Subject"]
    assert mail["Date"] is None
    assert mail["Message-ID"] is None


@pytest.mark.parametrize("contact", [None, Contact(name="Line", email="spørg i skranken")])
def test_without_an_address_of_the_contact_there_is_no_from(contact: Contact | None) -> None:
    mail = addressed(with_contact(seated(), contact))[AASE]
    assert (mail["From"], mail["Reply-To"]) == (None, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_is_told_as_text_and_as_a_page_in_the_language_of_the_program(language: str) -> None:
    mail, told = addressed(seated(language))[AASE], words_for(language).mail
    assert mail["Content-Language"] == language
    text, page = said(mail, "plain"), said(mail, "html")
    assert f'<html lang="{language}">' in page
    for part in (told.greeting.format("Åse Berg"), told.day, told.attached, told.regards, "Line Mortensen"):
        assert part in text
        assert part in page
    day = seated(language)
    for session in filter(None, day.days[AASE]):
        title = day.program.sessions[str(session)].title
        assert title in text
        assert f"{session} {title}" in page


def test_the_calendar_is_attached_as_it_is_in_its_file() -> None:
    calendars = {path: make() for path, make in making(seated(), ["ics"]).items()}
    for path, content in mails(seated()).items():
        (attached,) = read(content).iter_attachments()
        assert attached.get_content_type() == "text/calendar"
        assert attached.get_content_disposition() == "attachment"
        assert str(attached.get_filename()).endswith(".ics")
        sent = attached.get_payload(decode=True)
        assert sent == str(calendars[f"calendars/{path[6:-4]}.ics"]).encode()
        assert isinstance(sent, bytes)
        assert Calendar.from_ical(sent).walk("VEVENT")


def test_a_calendar_of_one_entry_each_is_as_many_attachments() -> None:
    made = mails(seated(), Wanted(one_file_each=True))
    files = making(seated(), ["ics"], Wanted(one_file_each=True))
    for path, content in made.items():
        names = [part.get_filename() for part in read(content).iter_attachments()]
        assert names == [each.split("/")[2] for each in files if each.startswith(f"calendars/{path[6:-4]}/")]
        assert len(names) > 1


def test_lines_are_short_and_end_as_they_are_to_in_ascii() -> None:
    for content in mails(seated()).values():
        assert content.isascii()
        assert content.count(b"\r") == content.count(b"\n") == content.count(b"\r\n")
        assert max(map(len, content.split(b"\r\n"))) <= 78


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_writes_a_header_or_an_address(name: str) -> None:
    plain = addressed(seated())[AASE]
    content = next(
        each for each in mails(renamed(seated(), AASE, name)).values() if b"aase@example.dk" in each
    )
    mail = read(content)
    assert mail.keys() == plain.keys()
    assert [each.addr_spec for each in mail["To"].addresses] == [AASE]
    assert [part.get_content_type() for part in mail.walk()] == [
        part.get_content_type() for part in plain.walk()
    ]
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert "<script>" not in said(mail, "html")
    written = addressed(with_contact(seated(), Contact(name=name, email="lm@example.dk")))[AASE]
    assert [each.addr_spec for each in written["From"].addresses] == ["lm@example.dk"]
    assert written.keys() == plain.keys()


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_of_an_event_writes_a_header(name: str) -> None:
    day = seated()
    event = replace(day.program.event, name=name)
    mail = addressed(replace(day, program=replace(day.program, event=event)))[AASE]
    assert mail.keys() == addressed(day)[AASE].keys()
    assert "\n" not in mail["Subject"]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (" aase@example.dk ", "aase@example.dk"),
        ("o'hara+dag@example.dk", "o'hara+dag@example.dk"),
        ("bo@blåbær.dk", "bo@xn--blbr-roah.dk"),
        ("bo", ""),
        ("anonymous", ""),
        ("@example.dk", ""),
        ("bo@", ""),
        ("bo@@example.dk", ""),
        ("bo@example..dk", ""),
        ("bo.@example.dk", ""),
        ("åse@example.dk", ""),
        ("bo@example.dk, kaj@example.dk", ""),
        ("bo@example.dk\nBcc: kaj@example.dk", ""),
        ("Bo <bo@example.dk>", ""),
        ("b" * 65 + "@example.dk", ""),
        ("bo@" + "æ" * 70 + ".dk", ""),
        ("bo@" + "a." * 130 + "dk", ""),
    ],
)
def test_what_is_no_address_is_written_to_by_nobody(written: str, address: str) -> None:
    assert mail_address(written) == address
    day = with_email(seated(), AASE, written)
    assert len(mails(day)) == len(mails(seated())) - (not address)
    assert ("Åse Berg" in unaddressed(rosters_of(day), ALL_OF_IT)) == (not address)


def test_of_what_changed_there_are_mails_to_those_whose_day_did_and_to_those_who_are_gone() -> None:
    before = seated()
    gone = next(each for each in before.participants if each.email and each.key != AASE and not each.presents)
    people = tuple(each for each in before.participants if each != gone)
    now = replace(before, participants=people, days={each.key: before.days[each.key] for each in people})
    changed = find_changed(follow_new_emails(before, now.participants), now, now.program)
    (content,) = mails(now, Wanted(changed=changed)).values()
    mail, told = read(content), words_for("da").mail
    assert mail["To"].addresses[0].addr_spec == gone.email
    assert told.gone in said(mail, "plain")
    assert told.attached_gone in said(mail, "html")
    (attached,) = mail.iter_attachments()
    assert b"STATUS:CANCELLED" in bytes(attached.get_payload(decode=True))
    back = find_changed(follow_new_emails(now, before.participants), before, before.program)
    (content,) = mails(before, Wanted(changed=back)).values()
    assert told.day in said(read(content), "plain")


def test_the_order_of_participants_changes_nothing() -> None:
    day = ruled()
    assert mails(day) == mails(replace(day, participants=day.participants[::-1]))
