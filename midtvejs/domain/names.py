"""Names that are nearly alike: organisations that are perhaps one, participants whom a typed name means."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from midtvejs.domain.participants import Participant, fold
from midtvejs.domain.words import words_in_each_language

SHORTEST = 4
"""In a word of fewer letters one other letter makes another word."""
RARE = 2
"""So many people may make the same slip."""
LONGEST_NAME = 60
"""In a name of more letters no slips are looked for: they would only take time."""
CROWD = 50
"""So many names that are all alike are compared, the most frequent ones; more are no slips."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearName:
    """A name that ``count`` people write, and the one that may be meant, which ``of`` write."""

    name: str
    count: int
    meant: str
    of: int


def nearly_alike(counts: Mapping[str, int]) -> list[NearName]:
    """Pair each name with a more frequent one that it may be meant for: ``counts`` says who are how many.

    They have the same letters, but for a word like Kommune; or one slip in one word tells them apart (a
    letter too many, too few or wrong, or two swapped) and few people write it so. Digits are no slips.
    """
    spelled = _spellings(counts)
    ranked = sorted(spelled, key=lambda name: (-spelled[name][1], name))
    letters = {name: _Letters.of(name) for name in ranked}
    place = {name: number for number, name in enumerate(ranked)}
    meant: dict[str, str] = {}
    for names in _groups(letters):
        for number, rare in enumerate(names[:CROWD]):
            for common in names[:number]:
                if rare in meant and place[meant[rare]] <= place[common]:
                    break
                one, other = letters[common], letters[rare]
                if one.same(other) or (_rare(spelled[rare][1], spelled[common][1]) and one.slip(other)):
                    meant[rare] = common
                    break
    return [
        NearName(
            name=spelled[rare][0], count=spelled[rare][1], meant=spelled[common][0], of=spelled[common][1]
        )
        for rare, common in sorted(meant.items())
    ]


def perhaps_one(one: str, other: str) -> bool:
    """Whether two folded names are spelled alike, or one slip tells them apart."""
    first, second = _Letters.of(one), _Letters.of(other)
    return first.same(second) or first.slip(second)


def _spellings(counts: Mapping[str, int]) -> dict[str, tuple[str, int]]:
    """Return by the folded name how most people write it, and how many they all are."""
    spelled: dict[str, tuple[str, int]] = {}
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        if key := fold(name):
            first, count = spelled.get(key, (name, 0))
            spelled[key] = first, count + counts[name]
    return spelled


def _words(name: str) -> list[str]:
    spaced = "".join(letter if letter.isalnum() else " " for letter in name)
    return spaced.replace("aa", "å").split()


@cache
def _said_or_not() -> frozenset[str]:
    """Return words that some write and others leave out."""
    return frozenset(words_in_each_language(lambda read: read.said_or_not))


@dataclass(frozen=True, slots=True)
class _Letters:
    """What of a name is compared; ``stem`` are its letters without a word like Kommune."""

    words: tuple[str, ...]
    stem: str
    all: str

    @classmethod
    def of(cls, name: str) -> _Letters:
        words = tuple(_words(name))
        letters = "".join(words)
        return cls(words, "".join(word for word in words if word not in _said_or_not()) or letters, letters)

    def likenesses(self) -> Iterator[str]:
        """Return what names share that may be alike: their stem, or their letters but for one."""
        if self.stem:
            yield f"={self.stem}"
            yield self.all
        if len(self.all) <= LONGEST_NAME:
            yield from {self.all[:at] + self.all[at + 1 :] for at in range(len(self.all))}

    def same(self, other: _Letters) -> bool:
        return self.stem == other.stem or self.all == other.all

    def slip(self, other: _Letters) -> bool:
        if len(self.words) != len(other.words):
            return False
        differing = [(a, b) for a, b in zip(self.words, other.words, strict=True) if a != b]
        return len(differing) == 1 and min(map(len, differing[0])) >= SHORTEST and is_one_slip(*differing[0])


def _groups(letters: Mapping[str, _Letters]) -> Iterable[list[str]]:
    """Return names that may be alike, in the order in which they come. Most share nothing with any other."""
    first: dict[str, str] = {}
    several: dict[str, list[str]] = {}
    for name, each in letters.items():
        for likeness in each.likenesses():
            if (other := first.setdefault(likeness, name)) is not name:
                several.setdefault(likeness, [other]).append(name)
    return several.values()


def _rare(rare: int, common: int) -> bool:
    return rare <= RARE or rare * 10 <= common


def is_one_slip(word: str, other: str) -> bool:
    """Return whether one letter is wrong, too many or too few, or two that are neighbours are swapped."""
    longer, shorter = (word, other) if len(word) >= len(other) else (other, word)
    at = next((at for at, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b), len(shorter))
    if not (longer[at] + shorter[at : at + 1]).isalpha():
        return False
    if len(longer) > len(shorter):
        return longer[at + 1 :] == shorter[at:]
    swapped = longer[at : at + 2] == shorter[at : at + 2][::-1] and longer[at + 2 :] == shorter[at + 2 :]
    return swapped or longer[at + 1 :] == shorter[at + 1 :]


LETTERS = str.maketrans({"æ": "a", "ø": "o", "œ": "o"})


def plainly(text: str) -> str:
    """Return a text in which Søren, Soeren and Soren are one, and so are Åse, Aase and Ase.

    Anyone who has no æøå on the keyboard types one or the other; accents and case are of no account.
    """
    marked = unicodedata.normalize("NFKD", fold(text).translate(LETTERS))
    bare = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return bare.replace("aa", "a").replace("ae", "a").replace("oe", "o")


def match_name(name: str, participants: Iterable[Participant]) -> list[Participant]:
    """Return those whom ``name`` may mean, by the first of these that anybody fits.

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
        lambda named, _: set(words) <= set(_words_in(named)),
        lambda named, _: all(any(own.startswith(word) for own in _words_in(named)) for word in words),
        lambda named, email: all(word in named for word in words) or sought in email,
    )
    for fit in fits:
        if found := [person for person, named, email in known if fit(named, email)]:
            return found
    return []


def _words_in(name: str) -> Iterator[str]:
    """Return the words of a name: with its hyphens, and without."""
    for word in name.split():
        yield word
        if "-" in word:
            yield from word.split("-")


def find_like(text: str, names: Iterable[str], longest: int = LONGEST_NAME) -> str | None:
    """Return the one of some names that is spelled most like a text; None if none is much like it."""
    by_folded = {fold(name): name for name in names}
    close = difflib.get_close_matches(fold(text[:longest]), by_folded, n=1)
    return by_folded[close[0]] if close else None


def find_nearest(name: str, participants: Iterable[Participant]) -> Participant | None:
    """Return the one whose name, a word of it, or email is nearly spelled like ``name``; None for nobody."""
    spelled: dict[str, Participant] = {}
    for person in participants:
        named = plainly(person.name)
        for each in (named, plainly(person.email), *_words_in(named)):
            spelled.setdefault(each[:LONGEST_NAME], person)
    close = difflib.get_close_matches(plainly(name)[:LONGEST_NAME], filter(None, spelled), n=1)
    return spelled[close[0]] if close else None
