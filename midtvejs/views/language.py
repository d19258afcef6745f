"""What participants read: words, dates and the order of letters, in Danish and in English."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from midtvejs.domain.participants import folded
from midtvejs.domain.program import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language; ``date`` is a pattern of weekday, day, month and year."""

    venue: str
    expected: str
    price: str
    sign_up: str
    contact: str
    latest: str
    starts: str
    ends: str
    pause: str
    room: str
    seat: str
    seats: str
    taken: str
    presenter: str
    presenters: str
    participant: str
    participants: str
    nobody: str
    no_organisation: str
    cancelled: str
    away: str
    open_room: str
    at_most: str
    at_least: str
    may_be_cancelled: str
    kept_free: str
    step_free: str
    rules: str
    presenters_sit: str
    most_of_one: str
    spread: str
    avoid_own: str
    pinned: str
    banned: str
    everybody_of: str
    together: str
    apart: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    date: str
    day: str

    def count_seats(self, count: int) -> str:
        return f"{count} {self.seat if count == 1 else self.seats}"

    def count_participants(self, count: int) -> str:
        return f"{count} {self.participant if count == 1 else self.participants}"

    def presented_by(self, session: Session) -> str:
        """Give ``oplægsholdere: skoleleder Ida Bo, Vejle Kommune; Jan Falk``."""
        label = self.presenter if len(session.presenters) == 1 else self.presenters
        names = (
            ", ".join(filter(None, (f"{each.role} {each.name}".strip(), each.organisation)))
            for each in session.presenters
        )
        return f"{label}: {'; '.join(names)}"

    def long_date(self, date: dt.date) -> str:
        """Give ``tirsdag den 30. januar 2018``, ``Tuesday 30 January 2018``."""
        return f"{self.weekdays[date.weekday()]} {self.date}".format(
            day=date.day, month=self.months[date.month - 1], year=date.year
        )

    def short_date(self, date: dt.date) -> str:
        """Give ``20. december 2017``, ``20 December 2017``."""
        return self.day.format(day=date.day, month=self.months[date.month - 1], year=date.year)


DANISH = Words(
    venue="Sted",
    expected="Ventet",
    price="Pris",
    sign_up="Tilmelding",
    contact="Kontakt",
    latest="senest",
    starts="begynder",
    ends="slutter",
    pause="pause",
    room="Lokale",
    seat="plads",
    seats="pladser",
    taken="{taken} af {seats}",
    presenter="oplægsholder",
    presenters="oplægsholdere",
    participant="deltager",
    participants="deltagere",
    nobody="ingen",
    no_organisation="uden organisation",
    cancelled="aflyst",
    away="deltager ikke",
    open_room="lokale vælges ved fordelingen",
    at_most="højst {}",
    at_least="mindst {}",
    may_be_cancelled="ellers aflyst",
    kept_free="{} holdes fri",
    step_free="niveaufri adgang",
    rules="Regler",
    presenters_sit="Oplægsholdere tager en plads i deres egen session.",
    most_of_one="Højst {} fra samme organisation i en session.",
    spread="Organisationer spredes over sessionerne.",
    avoid_own="Så få som muligt er i deres egen organisations session.",
    pinned="{} er i {}",
    banned="{} er ikke i {}",
    everybody_of="alle fra {}",
    together="sammen",
    apart="hver for sig",
    weekdays=("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    months=(
        *("januar", "februar", "marts", "april", "maj", "juni"),
        *("juli", "august", "september", "oktober", "november", "december"),
    ),
    date="den {day}. {month} {year}",
    day="{day}. {month} {year}",
)

ENGLISH = Words(
    venue="Venue",
    expected="Expected",
    price="Price",
    sign_up="Sign-up",
    contact="Contact",
    latest="no later than",
    starts="starts",
    ends="ends",
    pause="break",
    room="Room",
    seat="seat",
    seats="seats",
    taken="{taken} of {seats}",
    presenter="presenter",
    presenters="presenters",
    participant="participant",
    participants="participants",
    nobody="nobody",
    no_organisation="without an organisation",
    cancelled="cancelled",
    away="not attending",
    open_room="room chosen when seats are assigned",
    at_most="at most {}",
    at_least="at least {}",
    may_be_cancelled="else cancelled",
    kept_free="{} kept free",
    step_free="step-free",
    rules="Rules",
    presenters_sit="Presenters take a seat in their own session.",
    most_of_one="At most {} of one organisation are in a session.",
    spread="Organisations are spread over the sessions.",
    avoid_own="As few as possible are in a session of their own organisation.",
    pinned="{} is in {}",
    banned="{} is not in {}",
    everybody_of="everybody of {}",
    together="together",
    apart="apart",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    date="{day} {month} {year}",
    day="{day} {month} {year}",
)


def words(language: str) -> Words:
    """Give the words of ``da``; everything else is read in English."""
    return DANISH if language == "da" else ENGLISH


def clock(time: dt.time) -> str:
    return f"{time:%H:%M}"


def span(start: dt.time, end: dt.time) -> str:
    """Give ``10:30–11:00``."""
    return f"{clock(start)}–{clock(end)}"


# In ASCII { | } follow z, as æ ø å do in Danish. The foreign letters stand with those they are read as.
_DANISH_LETTERS = str.maketrans(
    {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "œ": "|", "å": "}", "ü": "y", "ð": "d", "þ": "th"}
)
_ENGLISH_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "œ": "oe", "ð": "d", "þ": "th"})

_MARKS = re.compile(r"[^a-z0-9{|}]+")

SortKey = tuple[str, str, str]


def sort_key(language: str) -> Callable[[str], SortKey]:
    """Give the key that orders names as a reader of ``language`` expects, whatever the computer's locale.

    Danish: æ, ø, å after z, and aa where å stands. In both, case and accents matter only between texts
    that are otherwise the same, words are compared one by one, and marks between letters part words.
    """
    return _danish_key if language == "da" else _english_key


def _danish_key(text: str) -> SortKey:
    plain = folded(unicodedata.normalize("NFC", text))
    return _bare(plain.replace("aa", "å").translate(_DANISH_LETTERS)), plain, text


def _english_key(text: str) -> SortKey:
    plain = folded(text)
    return _bare(plain.translate(_ENGLISH_LETTERS)), plain, text


def _bare(text: str) -> str:
    """Give the words of a folded text, without accents and marks; nearly all names are plain by now."""
    if text.isascii():
        return _MARKS.sub(" ", text).strip()
    letters = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return " ".join("".join(x if x.isalnum() or x in "{|}" else " " for x in letters).split())
