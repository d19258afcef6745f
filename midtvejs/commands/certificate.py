"""What proves an assignment, into a file; and the command that checks it."""

from __future__ import annotations

from pathlib import Path

from midtvejs.commands.pasted import pasted
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.certificate import Proof
from midtvejs.domain.fairness import Stage
from midtvejs.domain.how_to_read import AS_IT_IS, HowToRead
from midtvejs.domain.verification import certificate_of
from midtvejs.views.certificate_json import certificate_json


def certificate_text(
    assignment: Assignment, stages: tuple[Stage, ...], proofs: tuple[Proof | None, ...]
) -> str:
    """Certify a lawful assignment; each proof's bound is recomputed before anybody is told of it.

    Raises:
        UnlawfulResult: prices do not prove what they are said to.
    """
    return certificate_json(certificate_of(assignment, stages, proofs))


def how_to_check(
    certificate: Path, *, save: Path | None, prefs: Path, program: Path, how: HowToRead = AS_IT_IS
) -> str:
    """Give the command that checks a certificate, ready to be pasted where the assignment is saved."""
    options = ["--prefs", str(prefs), "--certificate", str(certificate), *how.words]
    return pasted("verify", save or Path("assignment.csv"), program, options)
