"""The words that sign-up forms use for people and for ranks, in English and Danish."""

from __future__ import annotations

import re

from midtvejs.domain.participants import folded

PEOPLE: dict[str, tuple[str, ...]] = {
    "name": (
        "name",
        "navn",
        "full name",
        "fulde navn",
        "participant",
        "deltager",
        "first name",
        "fornavn",
        "for- og efternavn",
        "fornavn og efternavn",
        "first and last name",
    ),
    "surname": ("surname", "last name", "efternavn"),
    "email": (
        "email",
        "e-mail",
        "mail",
        "email address",
        "e-mail address",
        "e-mailadresse",
        "emailadresse",
        "mailadresse",
        "e-mail-adresse",
    ),
    "organisation": (
        "organisation",
        "organization",
        "kommune",
        "municipality",
        "company",
        "firma",
        "virksomhed",
        "institution",
        "arbejdsplads",
        "workplace",
        "skole",
        "school",
    ),
    "timestamp": (
        "timestamp",
        "tidsstempel",
        "completion time",
        "fuldførelsestidspunkt",
        "date submitted",
        "submitdate",
        "dato for indsendelse",
        "dato sendt",
    ),
    "step_free": (
        "step_free",
        "step-free",
        "step-free access",
        "trinfri adgang",
        "niveaufri adgang",
        "har du brug for niveaufri adgang",
        "do you need a way without steps",
    ),
    "attends": (
        "attends",
        "deltager i",
        "runder",
        "rounds",
        "hvilke runder deltager du i",
        "which rounds do you attend",
    ),
}
"""By what a column holds: its headings, the surest first."""

FIRST_NAMES = frozenset({"first name", "fornavn"})
STARTED = frozenset({"start time", "starttidspunkt"})
COMPLETED = frozenset({"completion time", "fuldførelsestidspunkt"})
LIMESURVEY = frozenset({"response id", "svar-id", "submitdate", "date submitted", "last page", "lastpage"})
UNREAD = (
    STARTED
    | LIMESURVEY
    | {
        "id",
        "username",
        "brugernavn",
        "id number",
        "id-nummer",
        "department",
        "groups",
        "grupper",
        "last modified time",
        "tidspunkt for seneste ændring",
        "language",
        "sprog",
        "start language",
        "startlanguage",
        "startsprog",
        "sidste side",
        "seed",
        "startdate",
        "date started",
        "datestamp",
        "date last action",
        "ip address",
        "ipaddr",
        "ip-adresse",
        "token",
        "refurl",
        "referrer url",
    }
)
"""Headings of columns that every form has, and nobody needs to be told of."""

NOBODY = frozenset({"", "anonymous", "anonym"})
"""What stands where somebody has not said who they are."""

ASKING = re.compile(
    r"^(?:hvad er |skriv |angiv |indtast |what is |what's |please enter |enter )?(?:dit |din |your |the )?"
)
ROLES = {
    word: (role, 0 if role == "email" else rank)
    for role, words in PEOPLE.items()
    for rank, word in enumerate(words)
}

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
    rf"{NUMBER.format('plain')}(?:st|nd|rd|th|\.|:)?(?:\s?{NOUN})?"
    rf"|{NOUN}\s?(?:nr\.?\s|no\.?\s|#)?{NUMBER.format('behind')}\.?"
    rf"|(?P<word>{'|'.join(ORDINAL)})(?:\s{NOUN})?"
)
UNNAMED = re.sub(r"[?]P<[a-z]+>", "?:", RANK.pattern)
RANK_BEHIND = re.compile(rf"(?P<rest>.*\S)[\s_:,;–—-]+(?P<rank>{UNNAMED})", re.IGNORECASE)
RANK_BEFORE = re.compile(
    rf"(?P<rank>{UNNAMED})[\s_:,;–—-]+(?:(?:i|in|for|til)\s)?(?P<rest>.*\S)", re.IGNORECASE
)


def tidied(heading: str) -> str:
    """Give a heading as it is compared: folded, without what only a form puts around it."""
    return folded(heading).strip(" *:?.")


def role_of(heading: str) -> tuple[str, int] | None:
    """Give what a column of people holds, as its tidied heading says, and how sure that is: 0 is surest."""
    return ROLES.get(heading) or ROLES.get(ASKING.sub("", heading, count=1))


def rank_of(text: str) -> int | None:
    """Give the rank that folded ``text`` says; None where it is no rank."""
    found = RANK.fullmatch(text)
    if not found:
        return None
    number = found["plain"] or found["behind"]
    return int(number) if number else ORDINAL[found["word"]]


def rank_and_rest(heading: str) -> tuple[int, str] | None:
    """Part a heading such as "R1 2" or "2. prioritet, runde 1" into its rank and the rest."""
    found = RANK_BEHIND.fullmatch(heading) or RANK_BEFORE.fullmatch(heading)
    rank = rank_of(folded(found["rank"])) if found else None
    return (rank, found["rest"]) if found and rank else None
