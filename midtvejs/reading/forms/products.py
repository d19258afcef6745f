"""The products whose exports are read, each said once: how it is known, and what it adds to the answers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from midtvejs.domain.answers import Shape
from midtvejs.domain.participants import fold
from midtvejs.domain.words import words_in_each_language
from midtvejs.reading.forms.direction import bare_number
from midtvejs.reading.forms.evidence import Evidence
from midtvejs.reading.forms.headings import Heading
from midtvejs.reading.forms.layout import ByRank, Ranking, RoundColumns
from midtvejs.reading.forms.words import any_of, tidy

NONE: frozenset[str] = frozenset()
Added = Callable[[Sequence[Heading], frozenset[int], Evidence], frozenset[int]]
"""Returns the columns that a product added to its questions; the set are those that the program names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What a table shows of what wrote it; ``added`` are the columns that each product added."""

    headings: Sequence[Heading]
    rounds: Mapping[str, RoundColumns]
    added: Mapping[Shape, frozenset[int]]

    @property
    def keys(self) -> set[str]:
        return {heading.key for heading in self.headings}

    def all_of(self, kind: type[Ranking | ByRank]) -> bool:
        """Whether each round is ranked in such columns."""
        return all(isinstance(columns, kind) for columns in self.rounds.values())


def _add_nothing(_headings: Sequence[Heading], _named: frozenset[int], _evidence: Evidence) -> frozenset[int]:
    return frozenset()


def _adds_no_account(_keys: Sequence[str], _index: int) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What writes files of answers. It wrote those that have its ``signature``.

    ``columns`` are headings of its own below which nothing is read; ``accounts`` those among them that hold
    what it knows of a respondent. No table with one of ``never_ours`` is of our own shape. ``added`` finds
    columns beside its questions, ``adds_account`` says of a column, by the keys of all headings, whether it
    holds the account from which an answer came, of which a question of the form's own may know better.

    With ``highest_first`` the highest of bare numbers is the first choice; where it is None, that is asked.
    So many ``rows`` follow the header that are nobody's answers. Below ``handed_in`` a cell is empty until
    the answer is handed in; ``untimed`` is the year of all moments of a form that does not note them.
    Where answers come ``once``, nobody has two rows unless these say when.
    """

    signature: Callable[[Signs], bool]
    columns: frozenset[str] = NONE
    accounts: frozenset[str] = NONE
    never_ours: frozenset[str] = NONE
    added: Added = _add_nothing
    adds_account: Callable[[Sequence[str], int], bool] = _adds_no_account
    highest_first: bool | None = None
    rows: int = 0
    handed_in: frozenset[str] = NONE
    untimed: int | None = None
    once: bool = False


# Microsoft Forms

STARTED = frozenset(words_in_each_language(lambda read: read.started))
COMPLETED = frozenset(words_in_each_language(lambda read: read.completed))
MICROSOFT = frozenset({*STARTED, "id", *words_in_each_language(lambda read: read.microsoft_forms)})
QUIZ = re.compile(
    rf"(?:{any_of(words_in_each_language(lambda read: read.quiz))})\s*[-–]\s*(?P<question>.+)",
    re.IGNORECASE | re.DOTALL,
)


def _is_microsofts(signs: Signs) -> bool:
    return bool(signs.keys & STARTED and signs.keys & COMPLETED)


def _of_a_quiz(headings: Sequence[Heading], named: frozenset[int], _evidence: Evidence) -> frozenset[int]:
    keys = {heading.key for heading in headings}
    found = ((heading.index, QUIZ.fullmatch(heading.text.strip())) for heading in headings)
    return frozenset(index for index, quiz in found if quiz and tidy(quiz["question"]) in keys) - named


def _email_and_name(keys: Sequence[str], index: int) -> bool:
    """Whether a column is one of the two that follow the times of an answer."""
    return any(key in COMPLETED for key in keys[:index][-2:]) and bool(STARTED & {*keys[:index]})


# LimeSurvey

LIMESURVEY = frozenset({"submitdate", "lastpage", *words_in_each_language(lambda read: read.limesurvey)})
CODES = {"id", "startlanguage", "seed", "startdate", "datestamp", "ipaddr", "token", "refurl"}
"""What heads its other columns where they are exported by code."""
LIMESURVEY_BESIDE = frozenset({*CODES, *words_in_each_language(lambda read: read.limesurvey_beside)})
HANDED_IN_BELOW = frozenset({"submitdate", *words_in_each_language(lambda read: read.limesurvey_handed_in)})


def _is_limesurveys(signs: Signs) -> bool:
    return bool(signs.keys & LIMESURVEY) or any("[ran" in fold(each.text) for each in signs.headings)


# Moodle, Google Forms, and our own form

MOODLES_ACCOUNTS = frozenset(words_in_each_language(lambda read: read.moodle))


def _of_a_choice(headings: Sequence[Heading], named: frozenset[int], evidence: Evidence) -> frozenset[int]:
    return moodles_own([each for each in headings if each.index not in named], evidence)


def _is_googles(signs: Signs) -> bool:
    return any(each.in_brackets for each in signs.headings)


def _is_ours(signs: Signs) -> bool:
    """Whether a column for each round has its id for a heading."""
    texts = [fold(heading.text) for heading in signs.headings]
    return all(
        isinstance(columns, Ranking) and texts[columns.column] == fold(id_)
        for id_, columns in signs.rounds.items()
    )


def _is_ours_by_rank(signs: Signs) -> bool:
    own = {fold(id_) for id_ in signs.rounds}
    ranked = [each.question for each in signs.headings if each.rank]
    return signs.all_of(ByRank) and bool(ranked) and own.issuperset(ranked)


# SurveyMonkey and Qualtrics, whose questions are read as anybody's are

SURVEYS = frozenset(
    {
        *("respondent id", "collector id", "start date", "end date", "ip address", "custom data 1"),
        *("startdate", "enddate", "ipaddress", "responseid", "response id", "response type"),
        *(
            "duration (in seconds)",
            "recordeddate",
            "recorded date",
            "recipientlastname",
            "recipient last name",
        ),
        *("recipientfirstname", "recipient first name", "externalreference", "external data reference"),
        *("locationlatitude", "location latitude", "locationlongitude", "location longitude"),
        *("distributionchannel", "distribution channel", "userlanguage", "user language"),
    }
)

PRODUCTS: Mapping[Shape, Product] = {
    Shape.MOODLE: Product(
        signature=lambda signs: bool(signs.added[Shape.MOODLE]),
        columns=MOODLES_ACCOUNTS | {"id"},
        accounts=MOODLES_ACCOUNTS,
        added=_of_a_choice,
        highest_first=True,
        rows=1,  # which groups may choose what
    ),
    Shape.MICROSOFT_RANKING: Product(
        signature=lambda signs: _is_microsofts(signs) and signs.all_of(Ranking),
        columns=MICROSOFT,
        never_ours=STARTED | COMPLETED,
        added=_of_a_quiz,
        adds_account=_email_and_name,
    ),
    Shape.MICROSOFT_LIKERT: Product(
        signature=_is_microsofts,
        columns=MICROSOFT,
        never_ours=STARTED | COMPLETED,
        added=_of_a_quiz,
        adds_account=_email_and_name,
    ),
    Shape.LIMESURVEY: Product(
        signature=_is_limesurveys,
        columns=LIMESURVEY | LIMESURVEY_BESIDE,
        accounts=frozenset({"token"}),
        handed_in=HANDED_IN_BELOW,
        untimed=1980,
    ),
    Shape.GOOGLE_GRID: Product(signature=_is_googles),
    Shape.WIDE: Product(signature=_is_ours, once=True),
    Shape.RANKS: Product(signature=_is_ours_by_rank),
    Shape.OTHER: Product(signature=lambda _: True, columns=SURVEYS),
}
"""By the shape of what they write, the surest signature first."""

# A file may have come a long way: what any product adds is known in the files of all.
COLUMNS = frozenset(chain.from_iterable(each.columns for each in PRODUCTS.values()))
ACCOUNTS = frozenset(chain.from_iterable(each.accounts for each in PRODUCTS.values()))
NEVER_OURS = frozenset(chain.from_iterable(each.never_ours for each in PRODUCTS.values()))
HANDED_IN = frozenset(chain.from_iterable(each.handed_in for each in PRODUCTS.values()))
UNTIMED = frozenset(each.untimed for each in PRODUCTS.values() if each.untimed)


def find_added_columns(
    headings: Sequence[Heading], named: frozenset[int], evidence: Evidence
) -> dict[Shape, frozenset[int]]:
    """Return by product the columns that it added to its questions, but for those that the program names."""
    return {shape: product.added(headings, named, evidence) for shape, product in PRODUCTS.items()}


def wrote(signs: Signs) -> Shape:
    """Return what wrote a table."""
    return next(shape for shape, product in PRODUCTS.items() if product.signature(signs))


def holds_an_account(keys: Sequence[str], index: int) -> bool:
    """Whether a column holds the account from which an answer came."""
    return any(product.adds_account(keys, index) for product in PRODUCTS.values())


LEAST_WORDS = 2
"""What a rating means, and where a participant was allocated. One column behind each session is a comment."""


def moodles_own(headings: Sequence[Heading], evidence: Evidence) -> frozenset[int]:
    """Return the columns that Moodle added; none where it did not write the table.

    It did where every choice has the same columns behind it, and the first has nothing but numbers below it.
    """
    choices = {fold(each.text): each.index for each in headings if each.label and not each.in_brackets}
    words: Mapping[str, set[str]] = defaultdict(set)
    added = set()
    for heading in headings:
        if heading.label:
            continue
        option, hyphen, word = heading.text.rpartition("-")
        choice, word = fold(option), fold(word)
        if hyphen and word and " " not in word and choices.get(choice, heading.index) < heading.index:
            words[choice].add(word)
            added.add(heading.index)
    alike = {frozenset(words[choice]) for choice in choices}
    if len(alike) != 1 or len(alike.pop()) < LEAST_WORDS:
        return frozenset()
    ratings = evidence.values([min(choices.values())])
    numbers = all(bare_number(fold(rating)) is not None for rating in ratings)
    return frozenset(added) if numbers else frozenset()
