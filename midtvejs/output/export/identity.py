"""Names and numbers by which other programs know a session or a participant again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import unicodedata
import uuid
from collections.abc import Iterable, Mapping

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Event

NAMESPACE = uuid.UUID("6f0b1c1e-2b0a-5d0e-9c55-6d6964747665")
SHORTEST_DIGEST = 8
LONGEST_SLUG = 40
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th"})


def identity(event: Event, *parts: str) -> uuid.UUID:
    """Return the same UUID for the same thing of an event, whenever it is exported (RFC 4122, version 5).

    Rooms, titles and times may change meanwhile: anyone who imports a file again has the new ones, and none
    twice. Where the event has an id, so may its name and its date.
    """
    known_by = [event.id] if event.id else [event.name, event.date.isoformat()]
    return uuid.uuid5(NAMESPACE, json.dumps([*known_by, *parts]))


def slug(text: str, joined: str = "-") -> str:
    """Return at most 40 small ASCII letters and digits of a text, ``joined``; nothing where it has none."""
    composed = unicodedata.normalize("NFC", text).casefold().translate(LETTERS)
    plain = unicodedata.normalize("NFKD", composed).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", " ", plain)
    return words.strip()[:LONGEST_SLUG].strip().replace(" ", joined)


def event_id(name: str, date: dt.date) -> str:
    """Return an id for an event: ``midtvejskonferencen-2018``."""
    year = str(date.year)
    return f"{slug(name).removesuffix(year).strip('-') or 'event'}-{year}"


def file_names(participants: Iterable[Participant]) -> Mapping[str, str]:
    """Return by everybody's key a name for a file of their own, without its ending: ``aase-berg-1f0c9d2a``.

    The digest of the key tells namesakes apart; it is as long as it takes for no two names to be the same.
    """
    people = tuple(participants)
    digests = {person.key: hashlib.sha256(person.key.encode()).hexdigest() for person in people}
    slugs = {person.key: slug(person.name) for person in people}
    length = SHORTEST_DIGEST
    while True:
        names = {key: f"{slugs[key]}-{digest[:length]}".lstrip("-") for key, digest in digests.items()}
        if len(set(names.values())) == len(names):
            return names
        length += SHORTEST_DIGEST
