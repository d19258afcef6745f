"""What participants read, and what is read of what they write: every word of a language is in its own file.

A new language is a file beside this one, named by ISO 639. Its words are required fields: a file that lacks
one does not load.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from midtvejs.errors import MidtvejsError

if TYPE_CHECKING:
    from midtvejs.domain.words.words import HeadingWords, ReadWords, Words

ONLY_READ = "headings"
"""The file of those languages in which headings are read, and nothing is written."""
FILES = frozenset(path.stem for path in Path(__file__).parent.glob("[a-z][a-z].py"))
SUREST = ("en", "da")

LANGUAGES = (*SUREST, *sorted(FILES.difference(SUREST)))
"""By ISO 639. Where headings of two languages vie, the first one's is the surer."""


class UnknownLanguage(MidtvejsError, LookupError):
    """There are no words of a language; its only argument is the language."""


@lru_cache
def words_for(language: str) -> Words:
    """Return the words of a language, whose file alone is loaded.

    Raises:
        UnknownLanguage: there is no such file.
    """
    if language not in LANGUAGES:
        raise UnknownLanguage(language)
    words: Words = import_module(f"{__name__}.{language}").WORDS
    return words


def words_in_each_language(choose: Callable[[ReadWords], Iterable[str]]) -> Iterator[str]:
    """Return some of what is read, in each language: a form may be in another one than the program."""
    for language in LANGUAGES:
        yield from choose(words_for(language).read)


def words_of_headings(choose: Callable[[HeadingWords], Iterable[str]]) -> Iterator[str]:
    """Return some of what headings of people say, also in the languages in which nothing is written."""
    yield from words_in_each_language(choose)
    for words in read_only_headings().values():
        yield from choose(words)


@lru_cache
def read_only_headings() -> Mapping[str, HeadingWords]:
    """Return what headings say in those languages, by ISO 639."""
    found: Mapping[str, HeadingWords] = import_module(f"{__name__}.{ONLY_READ}").HEADINGS
    return found
