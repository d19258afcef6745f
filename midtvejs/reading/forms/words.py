"""How sign-up forms speak of people and of ranks, in any of the languages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from midtvejs.domain.participants import fold
from midtvejs.domain.roles import EMAIL, NAME, ORGANISATION, ROLES, SURNAME
from midtvejs.domain.words import (
    LANGUAGES,
    read_only_headings,
    words_for,
    words_in_each_language,
    words_of_headings,
)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of any of them. The longest comes first: "skriv inn", and else "skriv"."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


FIRST_NAMES = frozenset(words_of_headings(lambda read: read.first_name))
NOBODY = frozenset({"", *words_in_each_language(lambda read: read.nobody)})
"""What stands where a participant has not said who they are."""

YES_OR_NO = frozenset(words_in_each_language(lambda read: (*read.yes, *read.no)))

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
    rf"^(?:(?:{any_of(words_of_headings(lambda read: read.asking))}) )?"
    rf"(?:(?:{any_of(words_of_headings(lambda read: read.possessives))}) )?"
)
BY_HEADING = {
    heading: (role.name, 0 if role.surest_of_all else rank)
    for role in ROLES.values()
    for rank, heading in enumerate(role.synonyms())
}
"""What a column of people holds, by its heading, and how sure that is."""

NUMBERED = re.compile(r"^(?:q ?\d{1,3} ?[.):-]?|\d{1,3} ?[.):]) ")
"""What stands before the questions of some forms."""
ATTENDEES = frozenset(words_of_headings(lambda read: read.attendees))
ATTENDEE = rf"(?:{any_of(ATTENDEES)})"
OF_WHOM = any_of(words_of_headings(lambda read: read.of_whom))
ATTENDEE_BEFORE = re.compile(rf"{ATTENDEE}(?:['’]?s['’]?)?[\s_-]*(?P<rest>.*)")
ATTENDEE_BEHIND = re.compile(rf"(?P<rest>.*\S)(?:\s(?:{OF_WHOM})\s?|\s?[-–:/,]\s?){ATTENDEE}")
ATTENDEE_LAST = re.compile(
    rf"(?P<rest>{any_of(word for role in (NAME, SURNAME, EMAIL) for word in role.synonyms())})\s{ATTENDEE}"
)
"""Where nothing stands between them: "fornavn barn"."""
PLACE = rf"(?:{any_of(ORGANISATION.synonyms())})"
NAME_OF_PLACE = re.compile(
    rf"{PLACE}(?:['’]?s|e?ns?|e?ts?)?[\s_-]*(?P<behind>.+)|(?P<before>.+)\s(?:{OF_WHOM})\s?{PLACE}"
)
"""The name of a school, or the like."""
IN_BRACKETS = re.compile(r"(?P<rest>[^()]*[^()\s]) ?\((?P<more>[^()]*)\)")
IN_WHICH_ORDER = 500
OF_AN_ATTENDEE = 1_000
"""Headings that say whose name it is, or how to write it, are so much less sure than others."""
LONGEST_ROLE = 80
"""In characters, of a heading that is searched for whom it asks of."""
AND = re.compile(rf"\s*[,/;+]\s*|\s(?:{any_of(words_of_headings(lambda read: read.conjunctions))})\s|\s")


def _order_of(heading: str) -> str:
    """Return a heading of two parts with nothing but a space between them."""
    return AND.sub(" ", heading)


PARTS = [
    (first, surname)
    for words in (*(words_for(each).read for each in LANGUAGES), *read_only_headings().values())
    for first in words.first_name
    for surname in words.columns[SURNAME.name]
]
"""What the two parts of a name are called, each in one language."""
FIRST_LAST = frozenset(f"{first} {surname}" for first, surname in PARTS)
LAST_FIRST = frozenset(
    (*(f"{last} {first}" for first, last in PARTS), *words_of_headings(lambda read: read.last_first))
)
"""Headings of names that begin with the surname, as ``_order_of`` returns them."""

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


def role_of(heading: str, groups: Iterable[str] = ()) -> tuple[str, int] | None:
    """Return what a column of people holds, as its tidied heading says, and how sure that is: 0 is surest.

    It may be one of the ``groups`` that the program names.
    """
    for group in groups:
        if tidy(group) in {said for said, _ in _readings(heading)}:
            return group, 0
    readings = ((BY_HEADING.get(said), sure) for said, sure in _readings(heading))
    found = next(((each, less_sure) for each, less_sure in readings if each), None)
    if found:
        (name, rank), less_sure = found
        return name, rank + (0 if name == EMAIL.name else less_sure)
    if _names_a_place(heading):
        return ORGANISATION.name, OF_AN_ATTENDEE
    if _says_order(heading, FIRST_LAST | LAST_FIRST):
        return NAME.name, IN_WHICH_ORDER
    return (NAME.name, OF_AN_ATTENDEE) if asks_of_attendee(heading) else None


def asks_of_attendee(heading: str) -> bool:
    """Whether a tidied heading of a column of names says of whom it asks: of a student, or a participant."""
    said = list(_readings(heading))
    of_them = any(more == OF_AN_ATTENDEE and (not each or each in BY_HEADING) for each, more in said)
    return of_them or any(each in ATTENDEES for each, _ in said)


def _names_a_place(heading: str) -> bool:
    readings = (NAME_OF_PLACE.fullmatch(said) for said, _ in _readings(heading) if len(said) <= LONGEST_ROLE)
    parts = {found["behind"] or found["before"] for found in readings if found} - ATTENDEES - FIRST_NAMES
    return any(BY_HEADING.get(part, ("", 0))[0] == NAME.name for part in parts)


def _readings(heading: str) -> Iterator[tuple[str, int]]:
    """Return a heading, and it without what stands around the thing it asks for; how much less sure that is.

    In brackets it may say how names are to be written, or whose they are.
    """
    bare = ASKING.sub("", NUMBERED.sub("", heading, count=1), count=1)
    yield from ((heading, 0), (bare, 0))
    if len(heading) > LONGEST_ROLE:
        return
    bracket = IN_BRACKETS.fullmatch(bare)
    if bracket and (bracket["more"] in ATTENDEES or BY_HEADING.get(bracket["more"], ("",))[0] == NAME.name):
        bare = bracket["rest"]
        yield bare, 0 if bracket["more"] not in ATTENDEES else OF_AN_ATTENDEE
    for pattern in (ATTENDEE_BEFORE, ATTENDEE_BEHIND, ATTENDEE_LAST):
        if found := pattern.fullmatch(bare):
            yield found["rest"], OF_AN_ATTENDEE


def names_somebody(cell: str) -> bool:
    """Whether a cell may be a name: it is no number, nor an answer to a question."""
    return any(map(str.isalpha, cell)) and fold(cell) not in YES_OR_NO


def is_first_name(heading: str) -> bool:
    """Whether a tidied heading asks for no more than the first name."""
    return any(said in FIRST_NAMES for said, _ in _readings(heading))


def is_last_first(heading: str) -> bool:
    """Whether a tidied heading asks for names that begin with the surname."""
    return _says_order(heading, LAST_FIRST)


def _says_order(heading: str, orders: Collection[str]) -> bool:
    """Whether a tidied heading is one of these, or says so in brackets behind that it asks for a name."""
    texts = [said for said, _ in _readings(heading)]
    if bracket := IN_BRACKETS.fullmatch(texts[0]) if len(heading) <= LONGEST_ROLE else None:
        whole = any(BY_HEADING.get(said, ("",))[0] == NAME.name for said, _ in _readings(bracket["rest"]))
        texts += [bracket["more"]] if whole else []
    return any(_order_of(said) in orders for said in texts)


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
