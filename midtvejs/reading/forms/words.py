"""The words that sign-up forms use for people and for ranks, in English and Danish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from midtvejs.domain.participants import folded
from midtvejs.domain.roles import ROLES

FIRST_NAMES = frozenset({"first name", "fornavn"})
NOBODY = frozenset({"", "anonymous", "anonym"})
"""What stands where somebody has not said who they are."""

ASKING = re.compile(
    r"^(?:hvad er |skriv |angiv |indtast |what is |what's |please enter |enter )?(?:dit |din |your |the )?"
)
BY_HEADING = {
    heading: (role.name, 0 if role.surest_of_all else rank)
    for role in ROLES.values()
    for rank, heading in enumerate(role.synonyms())
}
"""What a column of people holds, by its heading, and how sure that is."""

NOUN = (
    r"(?:prioritet|priority|prio|choice|valg|ønske|wish|rank|ranking|rang|rangering|plads|place|preference)"
)
ORDINALS = (
    ("first", "første"),
    ("second", "anden", "andet"),
    ("third", "tredje"),
    ("fourth", "fjerde"),
    ("fifth", "femte"),
    ("sixth", "sjette"),
    ("seventh", "syvende"),
    ("eighth", "ottende"),
    ("ninth", "niende"),
    ("tenth", "tiende"),
)
ORDINAL = {word: rank for rank, words in enumerate(ORDINALS, start=1) for word in words}
NUMBER = r"(?P<{}>[1-9][0-9]{{0,2}})"
RANK = re.compile(
    rf"{NUMBER.format('plain')}(?:st|nd|rd|th|\.0|\.|:)?(?:\s?{NOUN})?"
    rf"|{NOUN}\s?(?:nr\.?\s|no\.?\s|#)?{NUMBER.format('behind')}\.?"
    rf"|(?:nr\.?|no\.?|nummer|number|#)\s?{NUMBER.format('numbered')}\.?"
    rf"|(?P<word>{'|'.join(ORDINAL)})(?:\s?{NOUN})?"
)
UNNAMED = re.sub(r"[?]P<[a-z]+>", "?:", RANK.pattern)
BETWEEN = r"[\s_:,;/|>–—-]+"
RANK_BEHIND = re.compile(rf"(?P<rest>.*\S)(?:{BETWEEN}\(?|\()(?P<rank>{UNNAMED})\)?", re.IGNORECASE)
RANK_BEFORE = re.compile(
    rf"\(?(?P<rank>{UNNAMED})\)?{BETWEEN}(?:(?:i|in|for|til)\s)?(?P<rest>.*\S)", re.IGNORECASE
)
ANY_NUMBER = NUMBER.format("plain").replace("?P<plain>", "?:")
RANK_WITHIN = re.compile(
    rf"(?<!\w)(?:{ANY_NUMBER}(?:st|nd|rd|th|\.)?\s?{NOUN}|{NOUN}\s?{ANY_NUMBER}|(?:{'|'.join(ORDINAL)})\s?{NOUN})(?!\w)",
    re.IGNORECASE,
)
"""A rank that says so itself: a number alone may be anything."""
LONGEST_QUESTION = 500
"""In characters, of a heading that is searched for a rank."""


def tidied(heading: str) -> str:
    """Give a heading as it is compared: folded, without what only a form puts around it."""
    return folded(heading).strip(" *:?.")


def role_of(heading: str) -> tuple[str, int] | None:
    """Give what a column of people holds, as its tidied heading says, and how sure that is: 0 is surest."""
    return BY_HEADING.get(heading) or BY_HEADING.get(ASKING.sub("", heading, count=1))


def rank_of(text: str) -> int | None:
    """Give the rank that folded ``text`` says; None where it is no rank."""
    found = RANK.fullmatch(text)
    if not found:
        return None
    number = found["plain"] or found["behind"] or found["numbered"]
    return int(number) if number else ORDINAL[found["word"]]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A heading parted into a rank and the rest of it. It is ``sure`` where words say that it is a rank."""

    rank: int
    rest: str
    sure: bool


def ranked(heading: str) -> Iterator[Ranked]:
    """Part a heading such as "R1 2" or "2. prioritet, runde 1" in each of the ways in which it can be."""
    if len(heading) > LONGEST_QUESTION:
        return
    for pattern in (RANK_BEHIND, RANK_BEFORE):
        found = pattern.fullmatch(heading)
        rank = rank_of(folded(found["rank"])) if found else None
        if found and rank:
            yield Ranked(rank, _bare(found["rest"]), sure=False)
    within = list(RANK_WITHIN.finditer(heading))
    rank = rank_of(folded(within[0][0])) if len(within) == 1 else None
    if rank:
        start, end = within[0].span()
        yield Ranked(rank, f"{heading[:start]}#{heading[end:]}", sure=True)


def _bare(text: str) -> str:
    """Take away brackets around all of a text."""
    return text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text
