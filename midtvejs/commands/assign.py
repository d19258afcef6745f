"""Seat everybody: read, solve, audit, save, show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from midtvejs.commands.certificate import certificate_text, how_to_check
from midtvejs.commands.dealing import dealt
from midtvejs.commands.pasted import pasted
from midtvejs.commands.read import read_program, read_sign_ups
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.audit import certify
from midtvejs.domain.comparison import Way
from midtvejs.domain.how_to_read import AS_IT_IS, HowToRead
from midtvejs.domain.mechanism import Mechanism
from midtvejs.domain.program import Program
from midtvejs.domain.rooms import chosen_rooms
from midtvejs.domain.wording import quantity
from midtvejs.reading.preferences import Preferences
from midtvejs.reading.rooms_to_fill import read_rooms_to_fill
from midtvejs.solving.search import Solution
from midtvejs.solving.stop import Stop
from midtvejs.views.assignment_csv import assignment_csv
from midtvejs.views.assignment_json import assignment_json
from midtvejs.views.dealt import dealt_line
from midtvejs.views.figures import proof
from midtvejs.views.files import refuse_existing, write_all
from midtvejs.views.progress import Progress
from midtvejs.views.rosters import rosters_page
from midtvejs.views.screen import Screen
from midtvejs.views.summary import summary_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted: how wishes are read, how seats are dealt, how that is shown, and where it is saved."""

    mechanism: Mechanism = Mechanism.FAIR
    by: str = "room"
    json: bool = False
    save: Path | None = None
    save_program: Path | None = None
    certificate: Path | None = None
    force: bool = False
    excel: bool = False
    how: HowToRead = AS_IT_IS

    @property
    def files(self) -> list[Path]:
        """What is to be written."""
        return [path for path in (self.save, self.save_program, self.certificate) if path]


def assign(
    screen: Screen, prefs: Path, program: Path, wanted: Wanted, *, seed: int | None, seconds: float | None
) -> bool:
    """Seat everybody. Gives False where Ctrl-C ended the search with what it had."""
    stop = Stop(seconds=seconds)
    for path in wanted.files:
        refuse_existing(path, force=wanted.force)
    day = read_program(screen, program).replace_rules(seed=seed)
    to_fill = read_rooms_to_fill(program) if wanted.save_program else None
    signed_up = read_sign_ups(screen, prefs, day, wanted.how)
    solution = _solved(screen, day, signed_up, wanted.mechanism, stop)
    seated = solution.assignment.with_rooms()
    certify(seated, signed_up.participants, solution.stages)
    if wanted.mechanism is Mechanism.FAIR and solution.status != "optimal":
        screen.note(_why_not_proven(solution, seconds))
    rooms = {code: room.name for code, room in chosen_rooms(day, seated.program).items()}
    contents: dict[Path, str | bytes] = {}
    if wanted.save:
        contents[wanted.save] = assignment_csv(seated, excel=wanted.excel)
    if wanted.save_program and to_fill:
        contents[wanted.save_program] = to_fill.filled(rooms)
    if wanted.certificate:
        # What is proven is proven of the program as it is, whichever rooms were chosen.
        proof = certificate_text(solution.assignment, solution.stages, solution.proofs)
        contents[wanted.certificate] = proof
    write_all(contents, force=wanted.force)
    line = dealt_line(wanted.mechanism, seed=day.rules.seed, timed=bool(signed_up.signed_up))
    _show(screen, solution, seated, wanted, line)
    for note in _what_was_saved(wanted, prefs, program, filled=len(rooms), left=_left_open(seated)):
        screen.note(note)
    return not solution.interrupted


def _what_was_saved(
    wanted: Wanted, prefs: Path, program: Path, *, filled: int, left: list[str]
) -> Iterator[str]:
    if wanted.save:
        yield f"Saved to {wanted.save}. Print it again: {pasted('rosters', wanted.save, program)}"
    if wanted.save_program and filled:
        yield f"Saved {program} with {quantity(filled, 'room')} filled in: {wanted.save_program}"
        if left:
            yield f"Left open in it, as nobody comes: {', '.join(left)}"
    elif wanted.save_program:
        yield f"No room was to be chosen: {wanted.save_program} is a copy of {program}"
    if wanted.certificate:
        check = how_to_check(
            wanted.certificate, save=wanted.save, prefs=prefs, program=program, how=wanted.how
        )
        yield f"Certified in {wanted.certificate}. Check it: {check}"


def _left_open(seated: Assignment) -> list[str]:
    return [code for code, session in seated.program.sessions.items() if session.rooms]


def _solved(
    screen: Screen, day: Program, signed_up: Preferences, mechanism: Mechanism, stop: Stop
) -> Solution:
    if mechanism is Mechanism.FAIR:
        import midtvejs.solving.solve  # noqa: F401 - what it takes to start is no progress
    with Progress(screen) as progress:
        way = Way(mechanism=mechanism)
        return dealt(way, day, signed_up, stop=stop, watch=progress.update)


def _why_not_proven(solution: Solution, seconds: float | None) -> str:
    up = "The search ended" if seconds is None else "The time was up"
    why = "Interrupted" if solution.interrupted else up
    gaps = ", ".join(f"{each.criterion} {each.value} ({proof(each)})" for each in solution.stages if each.gap)
    return f"{why}: this is the best assignment found so far. It is lawful, but not proven best: {gaps}."


def _show(screen: Screen, solution: Solution, seated: Assignment, wanted: Wanted, dealt_how: str) -> None:
    if wanted.json:
        screen.write(assignment_json(seated, solution.stages, solution.status))
        return
    screen.show(rosters_page(seated, by=wanted.by))
    planned = solution.assignment.program
    screen.show(summary_page(seated, solution.stages, solution.status, dealt_how, planned))
