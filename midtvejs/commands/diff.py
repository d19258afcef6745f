"""``midtvejs diff``: read two assignments of one program, and show whose day changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from midtvejs.commands._load import load_earlier, load_preferences, load_program
from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions
from midtvejs.domain.changes import Change, find_changes
from midtvejs.domain.diagnostic import Faulty
from midtvejs.domain.participants import Participant
from midtvejs.domain.seated import Seated
from midtvejs.domain.wording import quantity
from midtvejs.output.pages.changes import Changes, changes_json, changes_page
from midtvejs.output.screen import Screen
from midtvejs.reading.answers.earlier import of_others


def diff(
    screen: Screen,
    old: Path,
    new: Path,
    program: Path,
    *,
    prefs: Path | None,
    json: bool,
    options: ReadOptions = DEFAULT_OPTIONS,
) -> None:
    """Show who changed what; better or worse by the wishes, where they are given.

    Raises:
        Faulty: a file has faults, or nobody is in both assignments.
        OSError: a file cannot be read.
    """
    day = load_program(screen, program, prefs, options)
    after = load_earlier(screen, new, day)
    before = load_earlier(screen, old, day, after.participants)
    if prefs:
        signed_up = load_preferences(screen, prefs, day, options).participants
        found = _compare_by_wishes(screen, before, after, signed_up, prefs)
    else:
        found = find_changes(before, after)
    changes = Changes(program=day, changes=found, people=after.participants, wished=prefs is not None)
    if json:
        screen.write(changes_json(changes))
    else:
        screen.show(changes_page(changes))


def _compare_by_wishes(
    screen: Screen, before: Seated, after: Seated, signed_up: tuple[Participant, ...], prefs: Path
) -> tuple[Change, ...]:
    """Find the changes; those of anyone whose wishes are not there are compared with nothing.

    Raises:
        Faulty: the wishes are those of other people.
    """
    known = {person.key: person for person in signed_up}
    people = after.participants
    strangers = [person for person in people if person.key not in known]
    if len(strangers) == len(people):
        raise Faulty([of_others(prefs)])
    if strangers:
        screen.warn(f"warning: {prefs} has no wishes of {quantity(len(strangers), 'participant')}")
    wishing = replace(after, participants=tuple(known.get(person.key, person) for person in people))
    changes = find_changes(before, wishing)
    return tuple(
        change if change.participant.key in known else replace(change, compared=False) for change in changes
    )
