"""What participants read, and what is read of what they write: every word of a language is in its own file.

A new language is a file beside this one, named by ISO 639. Its words are required fields: a file that lacks
one does not load.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from midtvejs.errors import MidtvejsError

if TYPE_CHECKING:
    from midtvejs.domain.words.words import ReadWords, Words

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
