"""Seat everybody: read, solve, audit, save, show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from midtvejs.commands.certificate import certificate_text, how_to_check
from midtvejs.commands.dealing import dealt
from midtvejs.commands.read import read_program, read_sign_ups
from midtvejs.domain.audit import certify
from midtvejs.domain.comparison import Way
from midtvejs.domain.mechanism import Mechanism
from midtvejs.domain.program import Program
from midtvejs.reading.preferences import Preferences
from midtvejs.solving.search import Solution
from midtvejs.views.assignment_csv import assignment_csv
from midtvejs.views.assignment_json import assignment_json
from midtvejs.views.dealt import dealt_line
from midtvejs.views.files import refuse_existing, write_whole
from midtvejs.views.progress import Progress
from midtvejs.views.rosters import rosters_page
from midtvejs.views.screen import Screen
from midtvejs.views.summary import summary_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of the assignment: how seats are dealt, how it is shown, and where it is saved."""

    mechanism: Mechanism = Mechanism.FAIR
    by: str = "room"
    json: bool = False
    save: Path | None = None
    certificate: Path | None = None
    force: bool = False
    excel: bool = False


def assign(
    screen: Screen, prefs: Path, program: Path, wanted: Wanted, *, seed: int | None, seconds: float | None
) -> bool:
    """Seat everybody. Gives False where Ctrl-C ended the search with what it had."""
    for path in filter(None, (wanted.save, wanted.certificate)):
        refuse_existing(path, force=wanted.force)
    day = read_program(screen, program).replace_rules(seed=seed)
    signed_up = read_sign_ups(screen, prefs, day)
    solution = _solved(screen, day, signed_up, wanted.mechanism, seconds)
    certify(solution.assignment, signed_up.participants, solution.stages)
    if wanted.certificate:
        proof = certificate_text(solution.assignment, solution.stages, solution.proofs)
        write_whole(wanted.certificate, proof, force=wanted.force)
    if wanted.save:
        text = assignment_csv(solution.assignment, excel=wanted.excel)
        write_whole(wanted.save, text, force=wanted.force)
    line = dealt_line(wanted.mechanism, seed=day.rules.seed, timed=bool(signed_up.signed_up))
    _show(screen, solution, wanted, line)
    if wanted.save:
        screen.note(f"Saved to {wanted.save}. Print it again: midtvejs rosters {wanted.save}")
    if wanted.certificate:
        check = how_to_check(wanted.certificate, save=wanted.save, prefs=prefs, program=program)
        screen.note(f"Certified in {wanted.certificate}. Check it: {check}")
    return not solution.interrupted


def _solved(
    screen: Screen, day: Program, signed_up: Preferences, mechanism: Mechanism, seconds: float | None
) -> Solution:
    with Progress(screen) as progress:
        way = Way(mechanism=mechanism)
        solution = dealt(way, day, signed_up, seconds=seconds, watch=progress.update)
    if mechanism is Mechanism.FAIR and solution.status != "optimal":
        why = "Interrupted" if solution.interrupted else "The time was up"
        screen.note(f"{why}: this is the best assignment found so far. It is lawful, but not proven best.")
    return solution


def _show(screen: Screen, solution: Solution, wanted: Wanted, dealt_how: str) -> None:
    if wanted.json:
        screen.write(assignment_json(solution.assignment, solution.stages, solution.status))
        return
    screen.show(rosters_page(solution.assignment, by=wanted.by))
    screen.show(summary_page(solution.assignment, solution.stages, solution.status, dealt_how))
