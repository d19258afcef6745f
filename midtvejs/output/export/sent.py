"""The calendars that a folder has from an earlier export: those of whom, and what was in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from midtvejs.domain.participants import Participant
from midtvejs.output.export.calendar_file import Entry, Sent, read_sent
from midtvejs.output.export.identity import slug

FOLDER, WHOLE, ENDING = "calendars", "program.ics", ".ics"
LARGEST = 1_000_000
"""Octets of a calendar; that of a participant has a few thousand, that of a program some more."""


def read_calendars(folder: Path) -> Mapping[str, str]:
    """Return the calendars in a folder by their paths within it; what cannot be read is none of them."""
    found = [folder / WHOLE, *sorted((folder / FOLDER).glob(f"*{ENDING}"))]
    found += sorted((folder / FOLDER).glob(f"*/*{ENDING}"))
    texts = {path.relative_to(folder).as_posix(): _text(path) for path in found}
    return {name: text for name, text in texts.items() if text}


def _text(path: Path) -> str:
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return ""
        return path.read_bytes().decode(errors="replace")
    except OSError:
        return ""


@dataclass(frozen=True, kw_only=True)
class SentBefore:
    """Calendars by their paths.

    ``event`` is what those of this event say that they are of, if it has an id.
    """

    texts: Mapping[str, str]
    event: str = ""
    whole: Sent = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "whole", read_sent(self.texts.get(WHOLE, "")))

    def is_ours(self, sent: Sent) -> bool:
        """Whether a calendar says that it is one of this event."""
        return bool(self.event) and sent.event == self.event

    def person_of(self, stem: str) -> str:
        """Return whose the calendar of a name is; nothing where it does not say, or is of another event."""
        return next((each.person for each in self._by_stem.get(stem, ()) if self.is_ours(each)), "")

    def entries_of(self, stem: str, person: str) -> Mapping[str, Entry]:
        """Return what was sent by a file of this name, or to a person, as it was revised last."""
        stems = {stem, *self._stems.get(person, ())} if person else {stem}
        entries: dict[str, Entry] = {}
        for sent in (each for name in sorted(stems) for each in self._by_stem.get(name, ())):
            for uid, entry in sent.entries.items():
                if uid not in entries or entry.sequence > entries[uid].sequence:
                    entries[uid] = entry
        return entries

    def uids_of(self, person: str) -> set[str]:
        """Return the UIDs of all that was sent to a person."""
        sent = (each for stem in self._stems.get(person, ()) for each in self._by_stem[stem])
        return {uid for each in sent if self.is_ours(each) for uid in each.entries}

    def known(self, person: str) -> bool:
        """Whether anything was sent to a person."""
        return person in self._stems

    def by_name(self, participant: Participant) -> list[str]:
        """Return to whom of a participant's name anything was sent."""
        return self._people_by_slug.get(slug(participant.name), [])

    @cached_property
    def _by_stem(self) -> Mapping[str, list[Sent]]:
        found: defaultdict[str, list[Sent]] = defaultdict(list)
        for path, text in self.texts.items():
            name = PurePosixPath(path)
            if name.parts[0] == FOLDER:
                stem = name.stem if len(name.parts) == 2 else name.parts[1]
                found[stem].append(read_sent(text, "" if len(name.parts) == 2 else name.stem))
        return found

    @cached_property
    def _stems(self) -> Mapping[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for stem in self._by_stem:
            if person := self.person_of(stem):
                found[person].append(stem)
        return found

    @cached_property
    def _people_by_slug(self) -> Mapping[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for stem in self._by_stem:
            person, name = self.person_of(stem), stem.rpartition("-")[0]
            if person and name and person not in found[name]:
                found[name].append(person)
        return found


def find_persons(
    participants: Iterable[Participant], own: Mapping[str, str], stems: Mapping[str, str], sent: SentBefore
) -> Mapping[str, str]:
    """Return by everybody's key as whom calendars know them: as before, though their email be another one.

    ``own`` is as whom they would be known if nothing had been sent, ``stems`` are the names of their files.
    """
    people = sorted(participants, key=lambda person: person.key)
    names = Counter(slug(person.name) for person in people)
    persons, taken = dict(own), set(own.values())
    for person in people:
        known = sent.person_of(stems[person.key])
        if not known and not sent.known(own[person.key]) and names[slug(person.name)] == 1:
            # Their email is another one, and so is the name of the file.
            namesakes = sent.by_name(person)
            known = namesakes[0] if len(namesakes) == 1 else ""
        if known and known not in taken:
            persons[person.key] = known
            taken.add(known)
    return persons
