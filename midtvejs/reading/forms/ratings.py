"""Words below sessions by which people rate them, each by itself: "very interested", green, "++", ★★★☆☆.

What they are worth is known from the table of words of each language, and never guessed: where one of them is
not in it, or where they might be in one order or in another, it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from itertools import chain, pairwise

from midtvejs.domain.participants import fold
from midtvejs.domain.program import RatedWords
from midtvejs.domain.words import words_in_each_language
from midtvejs.domain.words.ratings import RATINGS, SYMBOLS, RatingWords
from midtvejs.reading.files.table import Table, distinct
from midtvejs.reading.forms.direction import NUMBERED, bare_number, rated_number
from midtvejs.reading.forms.layout import BySession, RoundColumns, WordsBelow
from midtvejs.reading.forms.options import Options
from midtvejs.reading.forms.words import any_of, is_no_wish, rank_of

LANGUAGE_SCALES = [field.name for field in fields(RatingWords) if field.name not in {"not_at_all", "stars"}]
YES, NO = 1, -1
"""The steps of the scale ``answer`` on which the words for yes and no are, too."""
MOST_WORDS = 12
"""Different texts of a scale; more of them are remarks."""

STARS = re.compile(
    r"(?P<full>[★⭐*]{0,10})[☆✩]{0,10}"
    rf"|(?P<count>[0-9]{{1,2}}) (?:{any_of(chain.from_iterable(words.stars for words in RATINGS.values()))})"
)
DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")
COUNTED = re.compile(r"[-+−]?[0-9]{1,6}(?![0-9])(?:\.[0-9]{1,6})?")
"""A number by which texts may be put in order that begin with it."""
SIGNED = re.compile(r"^[-+−][0-9]+$", re.MULTILINE)

Steps = Mapping[str, int | None]
"""By a word its step, 0 for the best; None is no wish."""


@cache
def _scales() -> Mapping[str, Steps]:
    """Return the scales by their names, with the words of all languages."""
    steps: dict[str, list[set[str]]] = {}
    for name in LANGUAGE_SCALES:
        rows = zip(*(getattr(words, name) for words in RATINGS.values()), strict=True)
        steps[name] = [set(chain.from_iterable(each)) for each in rows]
    for name, symbols in SYMBOLS.items():
        own = steps.setdefault(name, [set() for _ in symbols])
        for words, more in zip(own, symbols, strict=True):
            words.update(more)
    steps["answer"][YES].update(words_in_each_language(lambda read: read.yes))
    steps["answer"][NO].update(words_in_each_language(lambda read: read.no))
    refused = steps["answer"][NO].union(*(words.not_at_all for words in RATINGS.values()))
    for name in LANGUAGE_SCALES:
        steps[name][NO].update(() if name == "colours" else refused)
    return {
        name: {word: None if words is rows[-1] else step for step, words in enumerate(rows) for word in words}
        for name, rows in steps.items()
    }


def said_of(cell: str) -> str:
    """Return what a cell says, as ratings are compared."""
    seen = cell if cell.isprintable() else "".join(each if each.isprintable() else " " for each in cell)
    text = DECIMAL_COMMA.sub(".", fold(seen)) if "," in seen else fold(seen)
    text = text.replace("\ufe0f", "").replace(",", "").replace("’", "'").strip(" .!:;")
    number = bare_number(text)
    return text if number is None else str(number)


def is_refused(cell: str) -> bool:
    """Whether a cell is a plain no, which is no wish whatever the others say."""
    said = said_of(cell)
    return bare_number(said) is None and _scales()["answer"].get(said, YES) is None


def may_rate(cell: str) -> bool:
    """Whether a cell may be a rating in words."""
    said = said_of(cell)
    return any(said in steps for steps in _scales().values()) or _stars(said) is not None


def _stars(said: str) -> int | None:
    found = STARS.fullmatch(said) if said else None
    return (int(found["count"]) if found["count"] else len(found["full"])) if found else None


def words_below(
    table: Table, columns: RoundColumns, options: Options, ranks: Iterable[str] = ()
) -> WordsBelow | None:
    """Return what is known of the words by which sessions are rated; None where there are none.

    ``ranks`` are the form's own words for ranks.
    """
    if not isinstance(columns, BySession) or not columns.columns:
        return None
    indices = list(columns.columns.values())
    texts: dict[str, str] = {}
    for cell in sorted(distinct(table, indices)):
        if said := said_of(cell):
            texts.setdefault(said, cell.strip())
    if _ticked(table, columns, options, texts):
        words = RatedWords(tiers=(tuple(sorted(texts.values())),))
        return WordsBelow(words=words, column=indices[0], ticks=True)
    known = set(map(said_of, ranks))
    if known.issuperset(each for each in texts if not _is_nothing(each)):
        return None
    found = _weigh([each for each in texts if not _is_nothing(each)])
    if found is None:
        return None
    tiers, refused, unknown = found
    nothing = list(filter(_is_nothing, texts))
    words = RatedWords(
        tiers=tuple(tuple(texts[each] for each in tier) for tier in tiers),
        not_wished=tuple(texts[each] for each in sorted([*refused, *nothing])),
    )
    where = _where(table, indices, unknown[0]) if unknown else ""
    asked = tuple(texts[each] for each in unknown)
    return WordsBelow(words=words, column=indices[0], unknown=asked, where=where)


def _is_nothing(said: str) -> bool:
    """Whether it says that nothing is wished for; a single asterisk is a star."""
    return is_no_wish(said) and not _stars(said)


def _where(table: Table, columns: Sequence[int], said: str) -> str:
    """Return the first line in which something is said."""
    for number, row in enumerate(table.records[1:], start=1):
        if any(said_of(row[column]) == said for column in columns if column < len(row)):
            return f"{table.line_word} {table.line(number)}"
    return ""


def _ticked(table: Table, columns: BySession, options: Options, texts: Mapping[str, str]) -> bool:
    """Whether nothing stands below a session but its own name, as some products write a tick."""
    # Going through each column for itself takes longer than all else here, and is seldom worth it.
    if not texts or any(options.code(text) is None for text in texts.values()):
        return False
    return all(
        not cell.strip() or (options.code(cell.strip()) == code and rated_number(fold(cell)) is None)
        for code, column in columns.columns.items()
        for cell in distinct(table, [column])
    )


Weighed = tuple[list[list[str]], list[str], list[str]]
"""Those that are wished for, the best first; those that are not; and those of which it has to be asked."""


def _weigh(texts: Collection[str]) -> Weighed | None:
    """Return what texts are worth; None where they are ranks, numbers or remarks rather than ratings."""
    said = [each for each in texts if bare_number(each) is None]
    ranks = [each for each in said if rank_of(each)]
    # Beside ranks, a plain no says nothing of what else there is.
    words = [each for each in said if each not in ranks and not (ranks and is_refused(each))]
    if not words:
        return None
    found = [_by_steps({each: steps[each] for each in texts}) for steps in _fitting(texts)]
    if found:
        return found[0] if all(each == found[0] for each in found) else (*found[0][:2], sorted(texts))
    if SIGNED.search("\n".join(texts)) and all(map(COUNTED.match, texts)):
        return _around_nought(texts)
    stars = {each: bare_number(each) if _stars(each) is None else _stars(each) for each in texts}
    if None not in stars.values():
        return _by_steps({each: -count if count else None for each, count in stars.items()})
    numbers = {each: rated_number(each) for each in texts}
    if None not in numbers.values():
        return _by_number({each: number for each, number in numbers.items() if number is not None})
    more = 2 * len(words) - len(texts)
    mostly_words = more > 0 or (more == 0 and not ranks and _fitting(words))
    return _guess(texts) if mostly_words and len(texts) <= MOST_WORDS else None


def _fitting(texts: Collection[str]) -> list[Steps]:
    return [steps for steps in _scales().values() if all(each in steps for each in texts)]


def _by_steps(steps: Steps) -> Weighed:
    tiers: dict[int, list[str]] = {}
    for text, step in sorted(steps.items()):
        if step is not None:
            tiers.setdefault(step, []).append(text)
    refused = sorted(text for text, step in steps.items() if step is None)
    return [tiers[step] for step in sorted(tiers)], refused, []


def _by_number(numbers: Mapping[str, int]) -> Weighed | None:
    """Return numbers in the order that the words beside them say; None where they do not say it.

    The words of the two ends have to be known.
    """
    ends = {min(numbers.values()), max(numbers.values())}
    found = []
    for steps in _scales().values():
        told = {
            number: steps[words]
            for text, number in numbers.items()
            if (words := _words_beside(text)) and words in steps
        }
        if len(ends) == 2 and ends <= told.keys():
            worth = [_worth(told[number]) for number in sorted(told)]
            up, down = (all(a <= b for a, b in pairwise(each)) for each in (worth, worth[::-1]))
            if up != down:
                refused = {number for number, step in told.items() if step is None}
                found.append((up, refused))
    if not found or any(each != found[0] for each in found):
        return None
    highest_last, refused = found[0]
    return _by_steps(
        {
            text: None if number in refused else (number if highest_last else -number)
            for text, number in numbers.items()
        }
    )


def _worth(step: int | None) -> float:
    return float("inf") if step is None else step


def _words_beside(text: str) -> str:
    found = NUMBERED.fullmatch(text)
    return said_of(found["words"] or found["also"]) if found else ""


def _around_nought(texts: Collection[str]) -> Weighed:
    """Return numbers with signs, the highest first: which end is the best is asked."""
    order = sorted(texts, key=_highest_first)
    above = [each for each in order if not each.startswith(("-", "−"))] or order
    return [[each] for each in above], [each for each in order if each not in above], order


def _guess(texts: Collection[str]) -> Weighed:
    """Return what is known on the scale that has most of them, and the rest below what is wished for."""
    steps = max(_scales().values(), key=lambda steps: sum(each in steps for each in texts))
    tiers, refused, _ = _by_steps({each: steps[each] for each in texts if each in steps})
    unknown = sorted((each for each in texts if each not in steps), key=_highest_first)
    return [*tiers, *([each] for each in unknown)], refused, unknown


def _highest_first(text: str) -> tuple[float, str]:
    """Return by what texts are put in order of which nothing is known but a number."""
    found = COUNTED.match(text)
    return (-float(found[0].replace("−", "-")) if found else 0), text
