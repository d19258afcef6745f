"""``midtvejs export``: write what the day needs, from a saved assignment."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from midtvejs.commands._exit import Exit
from midtvejs.commands._load import load_assignment, load_earlier, load_preferences, load_program
from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.wording import first_few, quantity
from midtvejs.output.export.calendar_file import says
from midtvejs.output.export.changed import find_changed
from midtvejs.output.export.eml import mail_address, unaddressed
from midtvejs.output.export.formats import BY_DEFAULT, HANDED_OUT, find_left_over
from midtvejs.output.export.formats import making as to_be_made
from midtvejs.output.export.papers import names as paper_names
from midtvejs.output.export.sent import read_calendars
from midtvejs.output.export.typesetting import NoTypst
from midtvejs.output.export.wanted import Making, Wanted
from midtvejs.output.files import demand_folder, refuse_existing, write_into
from midtvejs.output.roster import Rosters
from midtvejs.output.screen import Screen


def export(
    screen: Screen,
    assignment: Path,
    folder: Path,
    program: Path,
    *,
    formats: Sequence[str],
    named: bool,
    wanted: Wanted,
    prefs: Path | None,
    changed_from: Path | None,
    force: bool,
    options: ReadOptions = DEFAULT_OPTIONS,
) -> Exit:
    """Write the files of some formats into a folder, which is made where there is none; all or nothing.

    Nothing is written, and it is a fault, where PDFs are wanted by name (``named``), and what they need is
    not installed; where everything is wanted they are left out. With ``changed_from``, an earlier assignment,
    only that is written which is to be handed out anew.

    Raises:
        Faulty: a file has faults, the assignment is not lawful, or nobody is in both.
        OSError: a file exists and ``force`` is not given, or cannot be read or written.
    """
    day = load_program(screen, program, prefs, options)
    preferences = load_preferences(screen, prefs, day, options) if prefs else None
    lawful = load_assignment(screen, assignment, day, preferences, prefs).with_rooms()
    wanted = replace(wanted, sent=read_calendars(folder))
    if changed_from:
        earlier = load_earlier(screen, changed_from, day, lawful.participants)
        wanted = replace(wanted, changed=find_changed(earlier, lawful, day))
        formats = formats if named else [name for name in formats if name in HANDED_OUT]
    made = _prepare(screen, lawful, formats, named, wanted)
    if made is None:
        return Exit.FAULTS
    outdated = _warn_of_outdated(lawful, wanted, made, folder)
    mails = tuple(_of_mails(lawful, wanted, made)) if "eml" in formats else ()
    if not made:
        for note in (*(mails or (_nothing_changed(wanted, changed_from),)), *outdated):
            screen.note(note)
        return Exit.DONE
    making = {folder / name: make for name, make in made.items()}
    _spare(filter(None, (assignment, program, prefs, changed_from)), making)
    _write(folder, making, force)
    screen.note(f"Exported {quantity(len(making), 'file')} to {folder}")
    whole = formats if named else BY_DEFAULT
    told = _what_changed(lawful, wanted, changed_from, made, whole)
    for note in (*told, *_what_was_there(folder, making, wanted), *mails, *outdated):
        screen.note(note)
    return Exit.DONE


def _write(folder: Path, making: Mapping[Path, Callable[[], str | bytes]], force: bool) -> None:
    demand_folder(folder, making)
    _refuse_existing(folder, making, force)
    write_into(folder, making, force=force)


def _what_was_there(folder: Path, making: Collection[Path], wanted: Wanted) -> Iterator[str]:
    if not wanted.changed and (old := find_left_over(making)):
        yield f"Not of this assignment, and left as they are: {_enumerate(old)}"
    if wanted.public and (before := sorted(set(folder.iterdir()).difference(making))):
        yield f"Look before you publish the folder, this was there before: {_enumerate(before)}"


def _prepare(
    screen: Screen, lawful: Assignment, formats: Sequence[str], named: bool, wanted: Wanted
) -> Making | None:
    """Return what is to be made; None where it cannot be, as the package that sets PDFs is missing."""
    others = [name for name in formats if name != "pdf"]
    try:
        return to_be_made(lawful, formats, wanted)
    except NoTypst:
        papers = _enumerate(paper_names(wanted) or paper_names(replace(wanted, changed=None)))
        if named or not others:
            screen.warn(f"error: {papers}: PDFs need the package typst. {_how_to_get_typst(others)}")
            return None
        screen.warn(f"warning: without {papers}: PDFs need the package typst. {_how_to_get_typst()}")
        return to_be_made(lawful, others, wanted)


def _what_changed(
    lawful: Assignment, wanted: Wanted, old: Path | None, made: Making, formats: Sequence[str]
) -> Iterator[str]:
    """Say for how many there was anything to hand out, and which files of the ``formats`` have none of it."""
    changed = wanted.changed
    if changed is None:
        return
    new = len(changed.people - changed.before.days.keys())
    moved, gone = len(changed.people) - new, len(changed.gone)
    held = len(lawful.program.sittings.keys() - lawful.cancelled)
    counted = (
        f"{quantity(moved, 'participant')} with another day" if moved else "",
        quantity(new, "newcomer") if new else "",
        f"{quantity(gone, 'drop-out')}, whose calendars are cancelled" if gone else "",
        f"{len(changed.sittings)} of {quantity(held, 'roster')}",
    )
    yield f"Changed since {old}: {'; '.join(filter(None, counted))}"
    whole = replace(wanted, changed=None)
    others = to_be_made(lawful, [name for name in formats if name != "pdf"], whole)
    names = {*(paper_names(whole) if "pdf" in formats else ()), *(each for each in others if "/" not in each)}
    if left_out := sorted(names.difference(made)):
        told = "covers the whole day or has not changed"
        yield f"Left out, because it {told}: {_enumerate(left_out, most=len(names))}"
    calendars = any(path.endswith((".ics", ".eml")) for path in made)
    if calendars and lawful.program.event.revision is None and not wanted.sent:
        told = "the folder has no earlier calendars, so these are revision 1"
        yield f"warning: {told}. Before the next change write revision: 2 below event:, then 3"


def _nothing_changed(wanted: Wanted, old: Path | None) -> str:
    unknown = "" if wanted.sent else "; rooms and times of then are not known"
    return f"Nothing to hand out: nobody's day has changed since {old}{unknown}"


def _of_mails(lawful: Assignment, wanted: Wanted, made: Making) -> Iterator[str]:
    """Say to whom there is no mail, and where mails do not say from whom they are."""
    without = unaddressed(Rosters(assignment=lawful, room=None, round_id=None), wanted)
    if without:
        told = f"no mail to {quantity(len(without), 'participant')} without an address that can be written to"
        yield f"warning: {told}: {_enumerate(without)}"
    contact = lawful.program.event.contact
    if any(path.endswith(".eml") for path in made) and not (contact and mail_address(contact.email)):
        yield "The mails have no From, as event.contact has no email: whatever sends them adds its own"


def _warn_of_outdated(lawful: Assignment, wanted: Wanted, made: Making, folder: Path) -> Sequence[str]:
    """Warn of calendars in the folder that rooms, times or titles make outdated, though nobody is moved.

    An assignment says nothing of these; what was sent does.
    """
    if not (wanted.changed and wanted.sent):
        return ()
    others = to_be_made(lawful, ["ics"], replace(wanted, changed=None))
    old = {
        path.split("/")[1]
        for path, make in others.items()
        if "/" in path and path not in made and path in wanted.sent
        if says(wanted.sent[path]) != says(str(make()))
    }
    if not old:
        return ()
    are, they = ("is", "it") if len(old) == 1 else ("are", "they")
    found = f"{quantity(len(old), 'other calendar')} in {folder} {are} not as {they} would be now"
    why = "a room, time or title changed in the program"
    return (f"warning: {found}: {why}. Without --changed-from, all are written",)


def _how_to_get_typst(others: Sequence[str] = ()) -> str:
    left_out = f", or leave them out: --only {','.join(others)}" if others else ""
    return f"Install it, where midtvejs is: pip install 'midtvejs[pdf]'{left_out}"


def _refuse_existing(folder: Path, paths: Iterable[Path], force: bool) -> None:
    """Refuse what cannot be written before it is made, which may take long; all that exists is told of."""
    there = sorted(filter(os.path.lexists, paths), key=lambda path: (len(path.parts), path))
    if len(there) > 1 and not force:
        listed = _enumerate(path.relative_to(folder) for path in there)
        told = f"{listed} exist already; --force writes over them"
        raise FileExistsError(errno.EEXIST, told, str(folder))
    for path in there:
        refuse_existing(path, force)


def _spare(inputs: Iterable[Path], outputs: Collection[Path]) -> None:
    """Keep what was read from being written over, even by force."""
    read = {os.path.realpath(path): path for path in inputs}
    for path in outputs:
        if os.path.realpath(path) in read:
            raise OSError(errno.EINVAL, "is an input, and is not overwritten", str(path))


def _enumerate(things: Iterable[object], most: int = 5) -> str:
    return first_few([str(thing) for thing in things], most)
