"""Find out whom participants would like to be with; where a program asks for it, bind friends together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from midtvejs.domain.friends import asks_for_friends, circles_of
from midtvejs.domain.participants import Participant, fold, fold_name
from midtvejs.domain.roles import WITH
from midtvejs.domain.rules import Company, Group
from midtvejs.domain.wording import first_few
from midtvejs.reading.answers.decisions import MOST_HINTS, did_you_mean_one_of, group_clashes
from midtvejs.reading.answers.people import People
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.forms.named import split_at_commas

MOST_NAMED = 5
HOW = 'fairness: [worst, total, even, friends] keeps friends together as far as can be, "with: always" always'


def match_friends(people: People, participants: Sequence[Participant]) -> tuple[Participant, ...]:
    """Fill in whom each participant wants to be with; tell of names that mean nobody, or several.

    Where friends are to be together, those who name each other are in a group: with them, those who are
    bound to one of them in the same way.
    """
    _tell_of_use(people, participants)
    if not any(person.named for person in participants):
        return tuple(participants)
    found = _Register(people, participants).matched()
    return _bound(people, found) if people.program.rules.friends_together else found


def _tell_of_use(people: People, participants: Iterable[Participant]) -> None:
    asked = asks_for_friends(people.program.rules)
    column = people.columns.get(WITH.name)
    listed = people.listed is not None and WITH.name in people.listed.columns
    if asked and column is None and not listed:
        message = "the program asks for friends, and no column says whom anyone would like to be with"
        hint = f"add a column {quote(WITH.name)}, or say under forms which one it is"
        people.faults.add(Fault.FRIENDS_UNUSED, people.table.row(0), message, hint)
    elif not asked and column is not None and any(person.named for person in participants):
        heading = quote(people.table.records[0][column].strip())
        message = f"{heading} says who would like to be together; the program makes no use of it"
        place = people.table.cell(0, column)
        people.faults.add(Fault.FRIENDS_UNUSED, place, message, f"under rules, {HOW}")


class _Register:
    """Everybody by email, by name, and by the words of their names."""

    def __init__(self, people: People, participants: Sequence[Participant]) -> None:
        self._people = people
        self._participants = participants
        self._by_email = {person.key: person for person in participants if person.email}
        self._by_name: dict[str, list[Participant]] = defaultdict(list)
        self._by_word: dict[str, dict[str, Participant]] = defaultdict(dict)
        for person in participants:
            name = fold_name(person.name)
            self._by_name[name].append(person)
            for word in name.split():
                self._by_word[word][person.key] = person
        self._unknown = 0
        self._in_part: list[tuple[Participant, str, Participant]] = []

    def matched(self) -> tuple[Participant, ...]:
        """Return everybody with the keys of those whom they name."""
        found = tuple(
            replace(person, wants=tuple(self._wanted_by(person))) if person.named else person
            for person in self._participants
        )
        self._tell_of_parts()
        return found

    def _wanted_by(self, person: Participant) -> Iterator[str]:
        names = (name for part in person.named for name in self._names_in(part))
        keys = (self._find(person, name) for name in names)
        # Whoever names themselves asks for nothing by it.
        yield from dict.fromkeys(key for key in keys if key not in {"", person.key})

    def _names_in(self, part: str) -> Iterator[str]:
        """Return the names in what has commas: "Lund, Bo" is one where somebody is called so, else two."""
        left = split_at_commas(part)
        while left:
            both = ", ".join(left[:2])
            one = len(left) > 1 and not self._is_somebody(left[0]) and self._is_somebody(both)
            yield both if one else left[0]
            del left[: 1 + one]

    def _is_somebody(self, name: str) -> bool:
        return fold_name(name) in self._by_name

    def _find(self, asking: Participant, name: str) -> str:
        """Return the key of whom a name means; nothing where that is nobody, or open, which is told."""
        whole = self._called(name)
        found = whole or self._called_in_part(name)
        others = [person for person in found if person.key != asking.key]
        if len(found) == 1 or len(others) == 1:
            (meant,) = others or found
            if not whole and meant.key != asking.key:
                self._in_part.append((asking, name, meant))
            return meant.key
        self._tell_of_several(asking, name, others) if others else self._tell_of_nobody(asking, name)
        return ""

    def _called(self, name: str) -> list[Participant]:
        if "@" in name:
            return [self._by_email[key]] if (key := fold(name)) in self._by_email else []
        return self._by_name.get(fold_name(name), [])

    def _called_in_part(self, name: str) -> list[Participant]:
        """Return all whose names have every word of this one; a letter alone begins another word."""
        said = [word.rstrip(".") for word in fold(name).split()]
        words, initials = ([word for word in said if (len(word) > 1) is whole] for whole in (True, False))
        if "@" in name or not words:
            return []
        keys = set.intersection(*(set(self._by_word.get(word, ())) for word in words))
        found = (person for key, person in self._by_word.get(words[0], {}).items() if key in keys)
        return [
            person for person in found if self._has(initials, set(fold_name(person.name).split()) - {*words})
        ]

    @staticmethod
    def _has(initials: Iterable[str], words: Iterable[str]) -> bool:
        letters = {word[0] for word in words}
        return all(each in letters for each in initials)

    # What is told

    def _tell_of_nobody(self, asking: Participant, name: str) -> None:
        if not self._people.whole:  # in a part of a list nobody can be missed
            return
        self._unknown += 1
        by_email = "@" in name
        known = (person.email if by_email else person.name for person in self._participants)
        near = did_you_mean_one_of(self._people, name, known) if self._unknown <= MOST_HINTS else ""
        called = "with the email" if by_email else "called"
        message = f"{asking.name} wants to be with {quote(name)}: nobody {called} that has a row"
        place = self._people.place_of(asking, WITH.name)
        self._people.faults.add(Fault.NOBODY_WANTED, place, message, near)

    def _tell_of_several(self, asking: Participant, name: str, found: Sequence[Participant]) -> None:
        count, who = len(found), ", ".join(self._people.who(person) for person in found[:MOST_NAMED])
        more = ", ..." if count > MOST_NAMED else ""
        message = f"{asking.name} wants to be with {quote(name)}, who may be any of {count}: {who}{more}"
        place = self._people.place_of(asking, WITH.name)
        self._people.faults.add(Fault.SEVERAL_WANTED, place, message, "write the whole name, or the email")

    def _tell_of_parts(self) -> None:
        if not self._in_part:
            return
        (asking, _, _), count = self._in_part[0], len(self._in_part)
        meant = dict.fromkeys(f"{quote(name)} for {person.name}" for _, name, person in self._in_part)
        are = "name is" if count == 1 else "names are"
        message = f"{count:,} {are} taken for the only one who can be meant: {first_few([*meant])}"
        place = self._people.place_of(asking, WITH.name)
        self._people.faults.add(Fault.PART_OF_NAME, place, message)


def _bound(people: People, participants: Sequence[Participant]) -> tuple[Participant, ...]:
    """Bind friends together, and tell of those who cannot be."""
    groups: dict[str, Group] = {}
    for circle in circles_of(participants):
        members = sorted(circle, key=lambda person: person.key)
        place = people.place_of(circle[0], WITH.name)
        group = Group(
            company=Company.TOGETHER, participants=tuple(each.name for each in members), place=place
        )
        groups |= dict.fromkeys((each.key for each in circle), group)
        _tell_of_clashes(people, group, circle)
    return tuple(
        replace(person, groups=(*person.groups, groups[person.key])) if person.key in groups else person
        for person in participants
    )


def _tell_of_clashes(people: People, group: Group, circle: Sequence[Participant]) -> None:
    hint = f"strike one of these names below {quote(WITH.name)}, or use the criterion friends instead"
    place = group.place or people.table.row(0)
    for complaint in group_clashes(group, people.program, circle, people.who):
        people.faults.add(complaint.fault, place, complaint.message, hint)
    met: dict[Group, Participant] = {}
    for person in circle:
        for other in person.groups:
            if other.company is not Company.APART:
                continue
            if other in met:
                names = f"{people.who(met[other])} and {people.who(person)}"
                message = (
                    f"{names} are bound together by whom they name, but the program has them {other.company}"
                )
                people.faults.add(Fault.GROUPS_CLASH, place, message, hint)
                return
            met[other] = person
