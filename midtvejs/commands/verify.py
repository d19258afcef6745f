"""``midtvejs verify``: recompute what a certificate says of a saved assignment, without the solver."""

from __future__ import annotations

from pathlib import Path

from midtvejs.auditing.verify import verify as verified
from midtvejs.commands._load import accepted, judged, read_program, read_sign_ups
from midtvejs.domain.answers import AS_IT_IS, HowToRead
from midtvejs.output.pages.verify import verification_json, verification_page
from midtvejs.output.screen import Screen
from midtvejs.reading.answers.assignment import read_assignment
from midtvejs.reading.certificate import read_certificate


def verify(
    screen: Screen,
    assignment: Path,
    program: Path,
    *,
    prefs: Path,
    certificate: Path,
    json: bool,
    how: HowToRead = AS_IT_IS,
) -> bool:
    """Show what holds. Return whether all of it does, and every stage is proven without believing the solver.

    Raises:
        Faulty: a file has faults, or the assignment is not lawful.
        OSError: a file cannot be read.
    """
    day = read_program(screen, program)
    signed_up = read_sign_ups(screen, prefs, day, how)
    claims = accepted(screen, read_certificate(certificate))
    saved = read_assignment(assignment, day, signed_up)
    lawful = accepted(screen, judged(saved, signed_up, prefs))
    verification = verified(lawful, signed_up.participants, claims)
    if json:
        screen.write(verification_json(verification))
    else:
        screen.show(verification_page(verification))
    return verification.proven
