"""Load what a verb works on: warnings are told on the screen, faults end the verb."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from midtvejs import api
from midtvejs.commands._next import plan_command
from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions, Shape
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.certificate import Certificate
from midtvejs.domain.diagnostic import Diagnostic, Faulty, Place
from midtvejs.domain.new_emails import Earlier
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program, UnknownName
from midtvejs.domain.wording import first_few
from midtvejs.output.screen import Screen
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import name_of

if TYPE_CHECKING:
    # Reading wishes takes longest to import, and only some verbs need it.
    from midtvejs.reading.answers.preferences import Preferences


def load_program(
    screen: Screen, file: Path, prefs: Path | None = None, options: ReadOptions = DEFAULT_OPTIONS
) -> Program:
    """Read a program in which people can be seated; by the wishes in ``prefs``, where there are any.

    Raises:
        Faulty: it has faults, or sessions that are still to be placed.
        OSError: it cannot be read.
    """
    program = load_open_program(screen, file)
    if program.offers:
        raise Faulty([_still_open(program, file, plan_command(file, prefs, options.words))])
    return program


def load_open_program(screen: Screen, file: Path) -> Program:
    """Read a program of which sessions may still have to be placed.

    Raises:
        Faulty: it has faults.
        OSError: it cannot be read.
    """
    return api.read_program(file, tell=_telling(screen))


def reload_open(file: Path, program: Program, keep: tuple[str, ...]) -> Program:
    """Read a program anew, as if all sessions were to be placed but those to ``keep``.

    They are named by their codes, or by the ids of rounds in which they are held.

    Raises:
        UnknownName: it has no such round, and no such session.
        Faulty: there is nothing to keep, or what stays leaves others no place.
        OSError: it cannot be read.
    """
    from midtvejs.reading.program.build import read_program

    ids = tuple(round_.id for round_ in program.rounds)
    for word in keep:
        if word not in ids and word not in program.known_sessions:
            raise UnknownName("round", word, ids)
    return read_program(file, keep=keep).accepted()


def _still_open(program: Program, file: Path, command: str) -> Diagnostic:
    """Say that seats cannot be dealt before sessions are placed, and how they are."""
    codes = [offer.code for offer in program.offers]
    are = "session is" if len(codes) == 1 else "sessions are"
    message = f"{len(codes)} {are} still to be placed: {first_few(codes)}"
    place = program.offers[0].place or Place(file=name_of(file))
    return Fault.STILL_OPEN.diagnostic(place, message, f"place them first: {command}")


def load_preferences(
    screen: Screen, file: Path, program: Program, options: ReadOptions = DEFAULT_OPTIONS
) -> Preferences:
    """Read the wishes for a program, with what the file says of when they were handed in.

    What the file was taken for is told, unless it is of our own shape.

    Raises:
        Faulty: they have faults.
        OSError: the file cannot be read.
    """
    preferences = api.read_preferences(file, program, options, tell=_telling(screen))
    if preferences.provenance.shape is not Shape.WIDE or preferences.provenance.sheet:
        screen.note(str(preferences.provenance))
    return preferences


def load_certificate(screen: Screen, file: Path) -> Certificate:
    """Read a certificate.

    Raises:
        Faulty: it has faults.
        OSError: it cannot be read.
    """
    return api.read_certificate(file, tell=_telling(screen))


def load_assignment(
    screen: Screen,
    file: Path,
    program: Program,
    preferences: Preferences | None = None,
    prefs: Path | None = None,
) -> Assignment:
    """Read an assignment of a program and judge it: against the ``preferences`` in ``prefs``, where given.

    Raises:
        Faulty: the file has faults, or the assignment is not lawful.
        OSError: it cannot be read.
    """
    return api.read_assignment(file, program, preferences, prefs=prefs, tell=_telling(screen))


def load_earlier(
    screen: Screen, file: Path, program: Program, now: Collection[Participant] | None = None
) -> Earlier:
    """Read an assignment that was made before something changed; of those who take part ``now``, where given.

    Raises:
        Faulty: it has faults, or nobody of these.
        OSError: it cannot be read.
    """
    return api.read_earlier(file, program, now, tell=_telling(screen))


def load_seated(
    screen: Screen,
    assignment: Path,
    program: Path,
    prefs: Path | None = None,
    options: ReadOptions = DEFAULT_OPTIONS,
) -> Assignment:
    """Read all that stands behind an assignment, and judge it; rooms that were left open stay open.

    Raises:
        Faulty: a file has faults, or the assignment is not lawful.
        OSError: a file cannot be read.
    """
    day = load_program(screen, program, prefs, options)
    preferences = load_preferences(screen, prefs, day, options) if prefs else None
    return load_assignment(screen, assignment, day, preferences, prefs)


def find_participant(screen: Screen, name: str, assignment: Assignment) -> Participant | None:
    """Return whom a name or email means; where that is nobody, or more than one, it is said, and None."""
    from midtvejs.domain.names import find_nearest, match_name
    from midtvejs.output.pages.day import unclear_page

    found = match_name(name, assignment.participants)
    if len(found) == 1:
        return found[0]
    near = None if found else find_nearest(name, assignment.participants)
    screen.tell(unclear_page(name, assignment, found, near))
    return None


def _telling(screen: Screen) -> api.Tell:
    def tell(diagnostics: tuple[Diagnostic, ...]) -> None:
        from midtvejs.output.pages.diagnostics import diagnostics_page

        screen.tell(diagnostics_page(diagnostics))

    return tell
