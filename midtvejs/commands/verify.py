"""``midtvejs verify``: recompute what a certificate says of a saved assignment, without the solver."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from midtvejs import api
from midtvejs.commands._exit import Exit
from midtvejs.commands._load import (
    load_assignment,
    load_certificate,
    load_earlier,
    load_preferences,
    load_program,
)
from midtvejs.domain import keeping
from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions
from midtvejs.output.pages.verify import verification_json, verification_page
from midtvejs.output.screen import Screen


def verify(
    screen: Screen,
    assignment: Path,
    program: Path,
    *,
    prefs: Path,
    certificate: Path,
    keep: Path | None = None,
    json: bool,
    options: ReadOptions = DEFAULT_OPTIONS,
) -> Exit:
    """Show what holds. It is a fault unless all of it does, and each stage is proven without the solver.

    Raises:
        Faulty: a file has faults, or the assignment is not lawful.
        OSError: a file cannot be read.
    """
    day = load_program(screen, program, prefs, options)
    signed_up = load_preferences(screen, prefs, day, options)
    if keep:
        earlier = load_earlier(screen, keep, day, signed_up.participants)
        day, people = keeping.keep(day, signed_up.participants, earlier.days)
        signed_up = replace(signed_up, participants=people)
    claims = load_certificate(screen, certificate)
    lawful = load_assignment(screen, assignment, day, signed_up, prefs)
    verification = api.verify(lawful, claims, signed_up.participants)
    if json:
        screen.write(verification_json(verification))
    else:
        screen.show(verification_page(verification))
    return Exit.DONE if verification.proven else Exit.FAULTS
