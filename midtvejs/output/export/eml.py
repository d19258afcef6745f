"""Mails (RFC 5322) ready to be sent: everybody's own day, their calendar attached.

A mail program that knows ``X-Unsent`` opens them as drafts. They have no Date and no Message-ID: who sends
them adds both (RFC 6409, section 8), and a server that has met a Message-ID before drops what comes with it
again, though the day that it tells be another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Contact, Program, Round
from midtvejs.domain.words import words_for
from midtvejs.output.export.html import Html, element, lines
from midtvejs.output.export.ics import Calendars
from midtvejs.output.export.identity import slug
from midtvejs.output.export.papers import about_common, about_session, heading_of
from midtvejs.output.export.sent import ENDING
from midtvejs.output.export.timetable import Common, date_of, in_order, own_stops
from midtvejs.output.export.wanted import Making, Wanted
from midtvejs.output.roster import Rosters
from midtvejs.output.screen import printable
from midtvejs.output.timeline import date_and_time, dates

if TYPE_CHECKING:
    from email.headerregistry import Address

FOLDER = "mails"
ATOMS = r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*"
ADDRESS = re.compile(rf"(?P<local>{ATOMS})@(?P<domain>[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)*)")
LONGEST_LOCAL, LONGEST_ADDRESS = 64, 254
"""Octets (RFC 5321, section 4.5.3.1)."""
LONGEST_NAME = 100

NOT_IN_A_NAME = re.compile(r'[()<>\[\]:;@\\,"]+|=\?|\?=')
"""What could end a name in an address, or be read as an encoded word within it."""
BOUNDARIES = "=_all", "=_said"
"""No line that is written quoted-printable or as base64 can have these (RFC 2045, section 6.7)."""

FONT = "font-family: Segoe UI, Roboto, Helvetica, Arial, sans-serif"
WHAT = "vertical-align: top; text-align: left; padding: 4px 0"
TIME = (
    "vertical-align: top; text-align: left; padding: 4px 16px 4px 0; font-weight: normal; white-space: nowrap"
)


def files(rosters: Rosters, wanted: Wanted) -> Making:
    """Return a mail to each participant who has an address; nothing of it could be ``public``.

    Of what is ``changed`` only: to those whose day did, and to those who are gone.
    """
    mails = Mails(rosters=rosters, calendars=Calendars(rosters=rosters, wanted=wanted))
    if wanted.public:
        return {}
    return {
        f"{FOLDER}/{mails.calendars.stems[person.key]}.eml": partial(mails.to, person)
        for person in mails.calendars.concerned
        if mail_address(person.email)
    }


def unaddressed(rosters: Rosters, wanted: Wanted) -> list[str]:
    """Return the names of those to whom there would be a mail if they had an address."""
    concerned = Calendars(rosters=rosters, wanted=wanted).concerned
    return [printable(person.name) for person in concerned if not mail_address(person.email)]


def mail_address(email: str) -> str:
    """Return an address that every mail program takes, in ASCII; nothing where it is none."""
    found = ADDRESS.fullmatch(email.strip())
    if not found or not found["local"].isascii() or len(found["local"]) > LONGEST_LOCAL:
        return ""
    try:
        domain = found["domain"].encode("idna").decode()
    except UnicodeError:
        return ""
    address = f"{found['local']}@{domain}"
    return address if len(address) <= LONGEST_ADDRESS else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stop:
    """A line of somebody's day, with what is said below it; ``day`` is its date, if that begins here."""

    day: str
    time: str
    room: str
    what: str
    details: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Mails:
    """The mails of an assignment."""

    rosters: Rosters
    calendars: Calendars

    def to(self, person: Participant) -> bytes:
        """Return the mail to a participant; the same day gives the same bytes."""
        from email.message import EmailMessage
        from email.policy import SMTP

        mail, language = EmailMessage(policy=SMTP), self._program.event.language
        mail["X-Unsent"] = "1"
        mail["Subject"] = self._subject
        if self._sender:
            mail["From"] = mail["Reply-To"] = self._sender
        mail["To"] = _mailbox(person.name, person.email)
        stops = list(self._stops(person))
        text = "".join(f"{printable(line)}\n" for line in self._text(person, stops))
        mail.set_content(text, cte="quoted-printable")
        mail.add_alternative(self._html(person, stops), subtype="html", cte="quoted-printable")
        for path, make in self.calendars.of(person):
            name = PurePosixPath(path).name if self.calendars.wanted.one_file_each else self._attached
            mail.add_attachment(make(), subtype="calendar", cte="base64", filename=name)
        mail["Content-Language"] = language
        said = mail.get_payload(0)
        for part, boundary in zip((mail, said), BOUNDARIES, strict=True):
            part.set_boundary(boundary)
        return mail.as_bytes()

    @property
    def _program(self) -> Program:
        return self.rosters.assignment.program

    @cached_property
    def _subject(self) -> str:
        when = f"{self._program.event.name}, {dates(self._program)}"
        return re.sub(r"=(?=\?)", "= ", printable(when))

    @cached_property
    def _attached(self) -> str:
        return f"{slug(self._program.event.name) or 'program'}{ENDING}"

    @cached_property
    def _sender(self) -> Address | None:
        """The contact of the event; where there is none, whose mail program it is."""
        contact = self._program.event.contact
        return _mailbox(contact.name, contact.email) if contact and mail_address(contact.email) else None

    # What they say

    @cached_property
    def _order(self) -> Sequence[Round | Common]:
        return in_order(self._program)

    def _stops(self, person: Participant) -> Iterator[_Stop]:
        if not any(self.rosters.assignment.days.get(person.key, ())):
            return
        last = None
        for each in own_stops(self.rosters, person, self._order):
            if isinstance(each, Common):
                date, about, presents = each.date, about_common(each), False
            else:
                round_, session = each
                if session is None:
                    continue
                date, about = date_of(self._program, round_), about_session(self.rosters, round_, session)
                presents = session.code in person.presents
            own = words_for(self._program.event.language).papers.own if presents else ""
            yield _Stop(
                day="" if date == last else heading_of(self._program, date),
                time=str(about["time"]),
                room=str(about["room"]),
                what=" ".join(filter(None, (str(about["code"]), str(about["title"])))),
                details=tuple(filter(None, (own or str(about["presenters"]),))),
            )
            last = date

    def _opening(self, person: Participant, stops: Sequence[_Stop]) -> Iterator[str]:
        """Return what stands above the day: who it is to, why, and where and when the event is."""
        event, told = self._program.event, self.rosters.words.mail
        changed = self.calendars.wanted.changed
        yield told.greeting.format(person.name)
        if not stops:
            yield told.gone
        else:
            yield told.changed if changed and person.key in changed.before.days else told.day
        yield f"{event.name}, {date_and_time(self._program)}"
        if event.venue and stops:
            place = ", ".join(filter(None, (event.venue.name, event.venue.address)))
            yield f"{self.rosters.words.venue}: {place}"

    def _closing(self, stops: Sequence[_Stop]) -> Iterator[Sequence[str]]:
        """Return the paragraphs below the day, each line by line."""
        event, told = self._program.event, self.rosters.words.mail
        yield [told.attached if stops else told.attached_gone]
        if event.notes and stops:
            yield event.notes
        if event.contact:
            yield [told.regards, *_signature(event.contact)]

    def _text(self, person: Participant, stops: Sequence[_Stop]) -> Iterator[str]:
        for line in self._opening(person, stops):
            yield from (line, "")
        for stop in stops:
            if stop.day:
                yield from ("", stop.day)
            yield f"{stop.time} {f'{stop.room}: ' if stop.room else ''}{stop.what}"
            yield from (f"  {detail}" for detail in stop.details)
        for paragraph in self._closing(stops):
            yield from ("", *paragraph)

    def _html(self, person: Participant, stops: Sequence[_Stop]) -> str:
        event = self._program.event
        table = (
            [element("table", lines(map(_row, stops)), style="border-collapse: collapse")] if stops else []
        )
        body = (
            *(element("p", line) for line in self._opening(person, stops)),
            *table,
            *(element("p", *_broken(paragraph)) for paragraph in self._closing(stops)),
        )
        head = element("head", element("meta", charset="utf-8"), element("title", self._subject))
        page = element("html", head, element("body", lines(body), style=FONT), lang=event.language)
        return f"<!doctype html>\n{page.text}\n"


def _mailbox(name: str, email: str) -> Address:
    from email.headerregistry import Address

    called = " ".join(NOT_IN_A_NAME.sub(" ", printable(name)).split())[:LONGEST_NAME].strip()
    return Address(display_name=called, addr_spec=mail_address(email))


def _signature(contact: Contact) -> Iterator[str]:
    work = ", ".join(filter(None, (contact.role, contact.organisation)))
    yield from filter(None, (contact.name, work, contact.phone, contact.email))


def _row(stop: _Stop) -> Html:
    day = [element("tr", element("th", stop.day, colspan="2", style=WHAT))]
    what = [element("strong", stop.room), element("br")] if stop.room else []
    below = (part for detail in stop.details for part in (element("br"), element("span", detail)))
    told = element("td", *what, stop.what, *below, style=WHAT)
    row = element("tr", element("th", stop.time, scope="row", style=TIME), told)
    return lines((*(day if stop.day else []), row))


def _broken(paragraph: Sequence[str]) -> Iterator[Html | str]:
    for number, line in enumerate(paragraph):
        if number:
            yield element("br")
        yield line
