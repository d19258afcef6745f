"""What changed since an earlier assignment: who, and which rosters, there is anything to hand out for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.changes import find_changes
from midtvejs.domain.new_emails import Earlier
from midtvejs.domain.participants import Participant, fold
from midtvejs.domain.program import Program, Session


@dataclass(frozen=True, kw_only=True)
class Changed:
    """Whose day is another one than ``before``, by their keys, and which sittings' rosters, by theirs.

    ``gone`` are those who are not seated any more. ``old_keys`` are those that people were known by before,
    where they were others. ``program``: whether a session is held in another room, or is held at all.
    """

    before: Assignment
    people: frozenset[str]
    gone: tuple[Participant, ...]
    sittings: frozenset[str]
    program: bool
    old_keys: Mapping[str, str]


def find_changed(before: Earlier, after: Assignment, program: Program) -> Changed:
    """Compare with what was ``before``, lawful or not; ``program`` is the day while its rooms were open.

    Where a room is chosen for a session by who is in it, anyone may have another room without having moved.
    """
    was = Assignment(program=program, participants=before.participants, days=before.days).with_rooms()
    changes = find_changes(was, after)
    elsewhere = {
        key
        for key, session in after.program.sittings.items()
        if _place(was, key) != _place(after, session.key)
    }
    before_by_key, after_by_key = was.rosters(), after.rosters()
    rosters = {
        key
        for key, people in after_by_key.items()
        if key not in after.cancelled
        if key in elsewhere or set(map(_as_listed, people)) != set(map(_as_listed, before_by_key[key]))
    }
    moved = {change.participant.key for change in changes if not change.has_dropped_out}
    return Changed(
        before=was,
        people=frozenset(moved | {person.key for key in elsewhere for person in after_by_key[key]}),
        gone=tuple(change.participant for change in changes if change.has_dropped_out),
        sittings=frozenset(rosters),
        program=bool(elsewhere),
        old_keys=before.old_keys,
    )


def _place(assignment: Assignment, key: str) -> tuple[str, bool]:
    """Return in which room a sitting is held, none while it is open, and whether it is cancelled."""
    session: Session = assignment.program.sittings[key]
    return "" if session.rooms else session.room.name, key in assignment.cancelled


def _as_listed(person: Participant) -> tuple[str, str, str]:
    return person.key, fold(person.name), fold(person.organisation)
