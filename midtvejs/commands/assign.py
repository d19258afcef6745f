"""Seat everybody: read, solve, audit, save, show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from midtvejs.commands.certificate import certificate_text, how_to_check
from midtvejs.commands.read import read_preferences, read_program
from midtvejs.domain.audit import certify
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.solving.search import Solution
from midtvejs.solving.solve import solve
from midtvejs.views.assignment_csv import assignment_csv
from midtvejs.views.assignment_json import assignment_json
from midtvejs.views.files import refuse_existing, write_whole
from midtvejs.views.progress import Progress
from midtvejs.views.rosters import rosters_page
from midtvejs.views.screen import Screen
from midtvejs.views.summary import summary_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of the assignment: how it is shown, and where it is saved."""

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
    day = read_program(screen, program)
    if seed is not None:
        day = day.replace_rules(seed=seed)
    participants = read_preferences(screen, prefs, day)
    solution = _solved(screen, day, participants, seconds)
    certify(solution.assignment, participants, solution.stages)
    if wanted.certificate:
        proof = certificate_text(solution.assignment, solution.stages, solution.proofs)
        write_whole(wanted.certificate, proof, force=wanted.force)
    if wanted.save:
        text = assignment_csv(solution.assignment, excel=wanted.excel)
        write_whole(wanted.save, text, force=wanted.force)
    _show(screen, solution, wanted)
    if wanted.save:
        screen.note(f"Saved to {wanted.save}. Print it again: midtvejs rosters {wanted.save}")
    if wanted.certificate:
        check = how_to_check(wanted.certificate, save=wanted.save, prefs=prefs, program=program)
        screen.note(f"Certified in {wanted.certificate}. Check it: {check}")
    return not solution.interrupted


def _solved(
    screen: Screen, day: Program, participants: tuple[Participant, ...], seconds: float | None
) -> Solution:
    with Progress(screen) as progress:
        solution = solve(day, participants, seconds=seconds, watch=progress.update)
    if solution.status != "optimal":
        why = "Interrupted" if solution.interrupted else "The time was up"
        screen.note(f"{why}: this is the best assignment found so far. It is lawful, but not proven best.")
    return solution


def _show(screen: Screen, solution: Solution, wanted: Wanted) -> None:
    if wanted.json:
        screen.write(assignment_json(solution.assignment, solution.stages, solution.status))
        return
    screen.show(rosters_page(solution.assignment, by=wanted.by))
    screen.show(summary_page(solution.assignment, solution.stages, solution.status))
