"""``midtvejs rosters``: read a saved assignment, judge it, and show its rosters again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from midtvejs.commands._load import load_assignment, load_preferences, load_program
from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions
from midtvejs.domain.participants import fold
from midtvejs.domain.program import Program, UnknownName
from midtvejs.output.pages.rosters import resolve_by, rosters_page
from midtvejs.output.screen import Screen


def rosters(
    screen: Screen,
    assignment: Path,
    program: Path,
    *,
    by: str,
    room: str | None,
    round_id: str | None,
    prefs: Path | None,
    options: ReadOptions = DEFAULT_OPTIONS,
) -> None:
    """Show the rosters, of one room or round only where that is asked for.

    Raises:
        Faulty: a file has faults, or the assignment is not lawful.
        UnknownName: the program has no such room, round or group.
        OSError: a file cannot be read.
    """
    day = load_program(screen, program, prefs, options)
    by = resolve_by(day, by)
    room = _resolve_name("room", room, (room_.name for room_ in day.rooms))
    round_id = _resolve_name("round", round_id, (round_.id for round_ in day.rounds))
    signed_up = load_preferences(screen, prefs, day, options) if prefs else None
    lawful = load_assignment(screen, assignment, day, signed_up, prefs).with_rooms()
    if not _is_held(lawful.program, room, round_id):
        where = f" in {room}" if room else ""
        when = f" in {round_id}" if round_id else ""
        screen.note(f"Nothing to print: there is no session{where}{when}.")
    screen.show(rosters_page(lawful, by=by, room=room, round_id=round_id))


def _is_held(day: Program, room: str | None, round_id: str | None) -> bool:
    return any(
        round_id in {None, round_.id} and (room is None or (room == session.room.name and not session.rooms))
        for round_ in day.rounds
        for session in round_.sessions
    )


def _resolve_name(kind: str, name: str | None, known: Iterable[str]) -> str | None:
    """Return the name as the program writes it."""
    if name is None:
        return None
    names = tuple(known)
    found = next((each for each in names if fold(each) == fold(name)), None)
    if found is None:
        raise UnknownName(kind, name, names)
    return found
