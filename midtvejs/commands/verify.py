"""``midtvejs verify``: recompute what a certificate says of a saved assignment; ask the solver if told to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from midtvejs import api
from midtvejs.auditing.verify import Standing, compare_solved
from midtvejs.commands._exit import Exit
from midtvejs.commands._load import (
    load_assignment,
    load_certificate,
    load_earlier,
    load_preferences,
    load_program,
)
from midtvejs.commands._next import next_command
from midtvejs.commands._solve import show_progress, solve_fairly
from midtvejs.domain import keeping
from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions
from midtvejs.output.pages.verify import verification_json, verification_page
from midtvejs.output.screen import Screen
from midtvejs.solving.stop import Stop


def verify(
    screen: Screen,
    assignment: Path,
    program: Path,
    *,
    prefs: Path,
    certificate: Path,
    keep: Path | None = None,
    solve: bool = False,
    json: bool,
    options: ReadOptions = DEFAULT_OPTIONS,
) -> Exit:
    """Show what holds. It is a fault unless all of it does, and each stage is proven.

    What rests on the word of the solver alone is not, unless ``solve`` has it asked anew.

    Raises:
        Faulty: a file has faults, or the assignment is not lawful.
        OSError: a file cannot be read.
        KeyboardInterrupt: Ctrl-C, while the solver was asked.
    """
    day = load_program(screen, program)
    signed_up = load_preferences(screen, prefs, day, options)
    if keep:
        earlier = load_earlier(screen, keep, day, signed_up.participants)
        day, people = keeping.keep(day, signed_up.participants, earlier.days)
        signed_up = replace(signed_up, participants=people)
    claims = load_certificate(screen, certificate)
    lawful = load_assignment(screen, assignment, day, signed_up, prefs)
    verification = api.verify(lawful, claims, signed_up.participants)
    if solve and verification.holds and not verification.proven:
        with show_progress(screen) as progress:
            solution = solve_fairly(day, signed_up.participants, stop=Stop(), watch=progress.update)
        verification = compare_solved(verification, solution.stages)
    if json:
        screen.write(verification_json(verification))
    else:
        screen.show(verification_page(verification))
    if verification.holds and verification.having(Standing.SOLVER):
        files = ["--prefs", str(prefs), "--certificate", str(certificate)]
        files += [*(["--keep", str(keep)] if keep else []), *options.words, "--solve"]
        screen.note(f"Ask the solver anew: {next_command('verify', assignment, program, files)}")
    return Exit.DONE if verification.checked else Exit.FAULTS
