"""What cells of a table of sessions mean that name several rounds, or people and where they are from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from midtvejs.domain.participants import fold
from midtvejs.domain.program import Presenter
from midtvejs.domain.words.sessions import BOTH_ROUNDS, EVERY_ROUND, ORGANISATION_BEGINS, ORGANISATION_ENDS

JOINED = re.compile(r"\s*(?:[,;+/&\n]|\b(?:og|and)\b)\s*")
NUMBERED = re.compile(r"(?P<word>(?:[^\W\d_]+\.?\s*)?)(?P<number>[0-9]{1,3})")
RANGE = re.compile(rf"{NUMBERED.pattern}\s*[-\u2013]\s*(?P=word)?(?P<last>[0-9]{{1,3}})")


class UnclearRounds(ValueError):
    """A cell says ``both``, and there are not two rounds."""


def rounds_meant(cells: Iterable[str], usual: int) -> dict[str, tuple[str, ...]]:
    """Return the rounds that each cell names, folded; ``alle`` are all that any cell names.

    Where none names any, they are so many as is ``usual``; of ``begge`` two.

    Raises:
        UnclearRounds: it carries the cell.
    """
    named = [cell for cell in dict.fromkeys(map(fold, cells)) if cell not in {*EVERY_ROUND, *BOTH_ROUNDS}]
    alone = [
        cell
        for cell in named
        if cell and not _are_listed(_parts(cell), named, surely=not RANGE.fullmatch(cell))
    ]
    numbers: dict[str, list[str]] = {}
    for cell in alone:
        if found := NUMBERED.fullmatch(cell):
            numbers.setdefault(found["number"], []).append(cell)
    meant = {cell: (cell,) if cell in alone else _called(_parts(cell), alone, numbers) for cell in named}
    meant[""] = ()
    rounds = tuple(dict.fromkeys(name for names in meant.values() for name in names))
    for cell in map(fold, cells):
        if cell in BOTH_ROUNDS and len(rounds) not in {0, 2}:
            raise UnclearRounds(cell)
        if cell in BOTH_ROUNDS:
            meant[cell] = rounds or ("1", "2")
        elif cell in EVERY_ROUND:
            meant[cell] = rounds or tuple(str(number + 1) for number in range(usual))
    return meant


def _parts(cell: str) -> list[str]:
    """Return ``runde 1`` and ``runde 2`` of ``runde 1 og 2``, and of ``runde 1-2``."""
    if found := RANGE.fullmatch(cell):
        first, last = int(found["number"]), int(found["last"])
        return [f"{found['word']}{number}" for number in range(first, last + 1)]
    parts = JOINED.split(cell)
    begins = NUMBERED.fullmatch(parts[0])
    return [f"{begins['word']}{part}" if begins and part.isdecimal() else part for part in parts]


def _are_listed(parts: Sequence[str], named: Sequence[str], *, surely: bool) -> bool:
    """Whether a cell lists rounds, rather than being the name of one with such a word in it.

    Unless it is ``surely`` a list where its parts are numbered alike, each is to stand alone as well.
    """
    if len(parts) < 2 or not all(parts):
        return False
    found = [NUMBERED.fullmatch(part) for part in parts]
    alike = all(found) and len({each["word"].strip(" .") for each in found if each}) == 1
    numbers = {each["number"] for each in map(NUMBERED.fullmatch, named) if each}
    known = (
        part in named or (each and each["number"] in numbers) for part, each in zip(parts, found, strict=True)
    )
    return (surely and alike) or all(known)


def _called(
    parts: Iterable[str], alone: Sequence[str], numbers: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """Return parts as they are called where they stand alone: ``1`` may be ``runde 1`` there."""
    found = []
    for part in parts:
        numbered = NUMBERED.fullmatch(part)
        there = numbers.get(numbered["number"], []) if numbered and part not in alone else []
        found.append(there[0] if len(there) == 1 else part)
    return tuple(dict.fromkeys(found))


GROUPS = re.compile(r"\s*[;\n]\s*")
TOGETHER = re.compile(r"\s*(?:&|\b(?:og|and)\b)\s*")
IN_BRACKETS = re.compile(r"(?P<name>[^()]*[^()\s])\s*\(\s*(?P<organisation>[^()]*[^()\s])\s*\)")


def presenters_meant(text: str, organisations: Iterable[str]) -> tuple[Presenter, ...]:
    """Return the people whom a cell names, with where they are from; ``organisations`` are known to be some.

    A comma is between people who each have a name and a surname, and before what somebody is, in small
    letters, and where they are from. Of several before one organisation it is that of all.
    """
    known = set(map(fold, organisations))
    found: dict[str, Presenter] = {}
    for group in filter(None, GROUPS.split(text.strip())):
        for person in _of_group(group, known):
            found.setdefault(fold(person.name), person)
    return tuple(found.values())


def _of_group(group: str, known: set[str]) -> Iterator[Presenter]:
    people: list[Presenter] = []
    is_told = False
    for part, kind in _parts_of_group(group, known):
        if kind == "name":
            if is_told:
                yield from people
                people, is_told = [], False
            bracketed = IN_BRACKETS.fullmatch(part)
            name, organisation = bracketed.groups() if bracketed else (part, "")
            people.append(Presenter(name=name, organisation=organisation))
            is_told = bool(bracketed)
        elif kind == "role":
            people = [replace(each, role=_joined(each.role, part)) for each in people]
        else:
            people = [replace(each, organisation=_joined(each.organisation, part)) for each in people]
        is_told = is_told or kind != "name"
    yield from people


def _joined(said: str, more: str) -> str:
    return f"{said}, {more}" if said else more


def _parts_of_group(group: str, known: set[str]) -> Iterator[tuple[str, str]]:
    """Return names, and after them what people are, and where from, each with which of it that is."""
    first, *others = [piece.strip() for piece in group.split(",") if piece.strip()] or [group]
    while others and " " not in first and not _is_organisation(others[0], known):
        # A surname stands first.
        first = f"{first}, {others.pop(0)}"
    yield from ((part, "name") for part in filter(None, TOGETHER.split(first)))
    for piece in others:
        parts = [piece] if _is_organisation(piece, known) else [*filter(None, TOGETHER.split(piece))]
        if piece[0].islower():
            yield piece, "role"
        elif not all(" " in part for part in parts):
            yield piece, "organisation"
        else:
            for part in parts:
                yield part, "organisation" if _is_organisation(part, known) else "name"


def _is_organisation(text: str, known: set[str]) -> bool:
    folded = fold(text)
    words = folded.split()
    return folded in known or (len(words) > 1 and words[0] in ORGANISATION_BEGINS) or _ends_as_one(words)


def _ends_as_one(words: Sequence[str]) -> bool:
    return bool(words) and words[-1].strip(".").endswith(ORGANISATION_ENDS)
