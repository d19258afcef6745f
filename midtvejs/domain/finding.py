"""Whom a coordinator means who types a name, a part of one, or an email."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from midtvejs.domain.participants import Participant, folded

LETTERS = str.maketrans({"æ": "a", "ø": "o", "œ": "o"})
LONGEST_NAME = 60
"""So many letters of a name are compared when nobody is found: more only take time."""


def plainly(text: str) -> str:
    """Give a text in which Søren, Soeren and Soren are one, and so are Åse, Aase and Ase.

    Whoever has no æøå on the keyboard types one or the other; accents and case are of no account.
    """
    marked = unicodedata.normalize("NFKD", folded(text).translate(LETTERS))
    bare = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return bare.replace("aa", "a").replace("ae", "a").replace("oe", "o")


def meant_by(name: str, participants: Iterable[Participant]) -> list[Participant]:
    """Give those whom ``name`` may mean, by the first of these that anybody fits.

    It is their whole name or email; each of its words is one of their name's; begins one; is a part of their
    name or email.
    """
    sought = plainly(name)
    words = sought.split()
    if not words:
        return []
    known = [(person, plainly(person.name), plainly(person.email)) for person in participants]
    fits: tuple[Callable[[str, str], bool], ...] = (
        lambda named, email: sought in {named, email},
        lambda named, _: set(words) <= set(_words(named)),
        lambda named, _: all(any(own.startswith(word) for own in _words(named)) for word in words),
        lambda named, email: all(word in named for word in words) or sought in email,
    )
    for fit in fits:
        if found := [person for person, named, email in known if fit(named, email)]:
            return found
    return []


def _words(name: str) -> Iterator[str]:
    """Give the words of a name: with its hyphens, and without."""
    for word in name.split():
        yield word
        if "-" in word:
            yield from word.split("-")


def nearest(name: str, participants: Iterable[Participant]) -> Participant | None:
    """Give the one whose name, a word of it, or email is nearly spelled like ``name``; None for nobody."""
    spelled: dict[str, Participant] = {}
    for person in participants:
        named = plainly(person.name)
        for each in (named, plainly(person.email), *_words(named)):
            spelled.setdefault(each[:LONGEST_NAME], person)
    close = difflib.get_close_matches(plainly(name)[:LONGEST_NAME], filter(None, spelled), n=1)
    return spelled[close[0]] if close else None
