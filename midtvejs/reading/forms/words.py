"""How sign-up forms speak of people and of ranks, in any of the languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from midtvejs.domain.participants import fold
from midtvejs.domain.roles import ROLES
from midtvejs.domain.words import LANGUAGES, words_for, words_in_each_language


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of any of them. The longest comes first: "skriv inn", and else "skriv"."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


FIRST_NAMES = frozenset(words_in_each_language(lambda read: read.first_name))
NOBODY = frozenset({"", *words_in_each_language(lambda read: read.nobody)})
"""What stands where a participant has not said who they are."""

NO_WISHES_ELSEWHERE = (
    # Swedish
    *("inga", "inget", "inga önskemål", "inget önskemål", "ingen preferens", "ej aktuellt", "vet ej"),
    *("vet inte", "spelar ingen roll"),
    # German
    *("keine", "keiner", "nichts", "keine präferenz", "keine angabe", "k.a", "keine wahl", "keine wünsche"),
    *("kein wunsch", "weiß nicht", "egal"),
    # French
    *("aucun", "aucune", "rien", "aucune préférence", "pas de préférence", "sans préférence", "sans avis"),
    *("sans objet", "je ne sais pas", "ne sais pas"),
)
"""What is read besides the languages in which participants can be told anything."""
NO_WISHES = frozenset(
    {"", *map(fold, (*words_in_each_language(lambda read: read.no_wishes), *NO_WISHES_ELSEWHERE))}
)
AROUND_NO_WISHES = " .,;:!?…*_()[]-–—/"
"""A dash or a question mark alone is no wish, either."""

ASKING = re.compile(
    rf"^(?:(?:{any_of(words_in_each_language(lambda read: read.asking))}) )?"
    rf"(?:(?:{any_of(words_in_each_language(lambda read: read.possessives))}) )?"
)
BY_HEADING = {
    heading: (role.name, 0 if role.surest_of_all else rank)
    for role in ROLES.values()
    for rank, heading in enumerate(role.synonyms())
}
"""What a column of people holds, by its heading, and how sure that is."""

NOUN = f"(?:{any_of(words_in_each_language(lambda read: read.ranks))})"
ORDINAL = {
    word: rank
    for language in LANGUAGES
    for rank, words in enumerate(words_for(language).read.ordinals, start=1)
    for word in words
}
ROUNDS = frozenset(words_in_each_language(lambda read: read.rounds))
"""What may have a number and is no rank."""
NUMBER = r"(?P<{}>[1-9][0-9]{{0,2}})"
NUMBER_SIGN = rf"(?:{any_of(words_in_each_language(lambda read: read.number))})\.?"
RANK = re.compile(
    rf"{NUMBER.format('plain')}(?:st|nd|rd|th|[.,]0+|\.|:)?(?:[\s_]?{NOUN})?"
    rf"|{NOUN}[\s_]?(?:{NUMBER_SIGN}\s|#)?{NUMBER.format('behind')}\.?"
    rf"|(?:{NUMBER_SIGN}|#)\s?{NUMBER.format('numbered')}\.?"
    rf"|(?P<word>{any_of(ORDINAL)})(?:[\s_]?{NOUN})?"
)
UNNAMED = re.sub(r"[?]P<[a-z]+>", "?:", RANK.pattern)
BETWEEN = r"[\s_:,;/|>–—-]+"
RANK_BEHIND = re.compile(rf"(?P<rest>.*\S)(?:{BETWEEN}\(?|\()(?P<rank>{UNNAMED})\)?", re.IGNORECASE)
PREPOSITION = any_of(words_in_each_language(lambda read: read.prepositions))
RANK_BEFORE = re.compile(
    rf"\(?(?P<rank>{UNNAMED})\)?{BETWEEN}(?:(?:{PREPOSITION})\s)?(?P<rest>.*\S)", re.IGNORECASE
)
ANY_NUMBER = NUMBER.format("plain").replace("?P<plain>", "?:")
RANK_WITHIN = re.compile(
    rf"(?<!\w)(?:{ANY_NUMBER}(?:st|nd|rd|th|\.)?\s?{NOUN}|{NOUN}\s?{ANY_NUMBER}|(?:{any_of(ORDINAL)})\s?{NOUN})(?!\w)",
    re.IGNORECASE,
)
"""A rank that says so itself: a number alone may be anything."""
LONGEST_QUESTION = 500
"""In characters, of a heading that is searched for a rank."""


def tidy(heading: str) -> str:
    """Return a heading as it is compared: folded, without what only a form puts around it."""
    return fold(heading).strip(" *:?.")


def role_of(heading: str) -> tuple[str, int] | None:
    """Return what a column of people holds, as its tidied heading says, and how sure that is: 0 is surest."""
    return BY_HEADING.get(heading) or BY_HEADING.get(ASKING.sub("", heading, count=1))


def is_no_wish(text: str) -> bool:
    """Whether folded ``text`` stands where nothing is wished for: a dash, "no preference", "ved ikke"."""
    return text.strip(AROUND_NO_WISHES).replace("’", "'") in NO_WISHES


def rank_of(text: str) -> int | None:
    """Return the rank that folded ``text`` says; None where it is no rank."""
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


def read_rank_heading(heading: str) -> Iterator[Ranked]:
    """Part a heading such as "R1 2" or "2. prioritet, runde 1" in each of the ways in which it can be."""
    if len(heading) > LONGEST_QUESTION:
        return
    for pattern in (RANK_BEHIND, RANK_BEFORE):
        found = pattern.fullmatch(heading)
        rank = rank_of(fold(found["rank"])) if found else None
        if found and rank:
            yield Ranked(rank, _bare(found["rest"]), sure=False)
    within = list(RANK_WITHIN.finditer(heading))
    rank = rank_of(fold(within[0][0])) if len(within) == 1 else None
    if rank:
        start, end = within[0].span()
        yield Ranked(rank, f"{heading[:start]}#{heading[end:]}", sure=True)


def _bare(text: str) -> str:
    """Take away brackets around all of a text."""
    return text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text
