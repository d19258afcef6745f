"""What of a certificate holds, and what is proven: for the coordinator, in English."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from midtvejs.auditing.verify import Checked, Standing, Verification
from midtvejs.domain.fairness import Criterion, Evidence, Stage
from midtvejs.domain.wording import listing
from midtvejs.output.layout import line, stack
from midtvejs.output.pages.figures import proof, say_bound, say_proven
from midtvejs.output.screen import Page, printable

if TYPE_CHECKING:
    from rich.console import RenderableType

UNCHECKED = "by the solver only, not independently checked"
SOLVED = "by the solver, which was asked anew"
COLOURS = {
    Standing.PROVEN: "green",
    Standing.SOLVED: "green",
    Standing.SOLVER: "yellow",
    Standing.OPEN: "yellow",
    Standing.FALSE: "bold red",
}

BY = {Standing.SOLVER: UNCHECKED, Standing.SOLVED: SOLVED}

Checks = Iterator[tuple[str, str, str]]
"""What was looked at, what was found, and the colour of that."""


def verification_page(verification: Verification) -> Page:
    return Page(plain=lambda: _plain(verification), rich=lambda: _rich(verification))


def verification_json(verification: Verification) -> str:
    """Return one object.

    ``verdict`` is ``proven``, ``solved`` (by the solver, asked anew), ``solver`` (by its word only), ``open``
    or ``false``.
    """
    content = {
        "verdict": _standing(verification).value,
        "same_inputs": verification.same_inputs,
        "lawful": verification.lawful,
        "same_order": verification.same_order,
        "stages": [_stage(checked) for checked in verification.stages],
    }
    return json.dumps(content, indent=2) + "\n"


def _stage(checked: Checked) -> Mapping[str, object]:
    """``claimed`` is what the certificate says; the rest was recomputed, the bound by what its key names."""
    stage = checked.claim.stage
    return {
        "criterion": checked.criterion.value,
        "value": checked.value,
        f"bound_by_{checked.recomputed_by}": checked.bound,
        "claimed": {"value": stage.value, "bound": stage.bound},
        "standing": checked.standing.value,
        "faults": list(checked.faults),
    }


def _plain(verification: Verification) -> Iterator[str]:
    yield from (printable(f"{what}: {found}") for what, found, _ in _checks(verification))
    yield _verdict(verification)


def _rich(verification: Verification) -> RenderableType:
    parts = [line((what, "bold"), ": ", (found, colour)) for what, found, colour in _checks(verification)]
    colour = COLOURS[_standing(verification)]
    return stack([*parts, "", line((_verdict(verification), colour))])


def _checks(verification: Verification) -> Checks:
    green, red = COLOURS[Standing.PROVEN], COLOURS[Standing.FALSE]
    if verification.same_inputs:
        yield "inputs", "the program and the wishes are those that were certified", green
    else:
        yield "inputs", _other_inputs(verification), red
    if verification.lawful:
        yield "lawful", _rules_line(verification), green
    for violation in verification.violations:
        yield "lawful", f"no, {violation.message}", red
    if not verification.same_order:
        yield "order", "the stages are not the program's rules.fairness", red
    for checked in verification.stages:
        yield f"{checked.criterion} {checked.value}", _finding(checked), COLOURS[checked.standing]


def _other_inputs(verification: Verification) -> str:
    """Say what may be another file; where the stages tell that one was kept, or none was, say that."""
    certified = {checked.claim.stage.criterion for checked in verification.stages}
    if Criterion.MOVED not in certified:
        return "the program or the wishes are not those that were certified"
    if verification.same_order:
        return "the program, the wishes or the assignment that was kept are not those that were certified"
    return "what is certified kept an earlier assignment: name that with --keep"


def _rules_line(verification: Verification) -> str:
    if verification.decided:
        return "everybody has a seat in each round that they attend, and every rule is kept"
    return "everybody has a seat in each round, and no room is over-full"


def _finding(checked: Checked) -> str:
    claimed = checked.claim.stage
    match checked.standing:
        case Standing.FALSE:
            return f"does not hold: {'; '.join(checked.faults)}"
        case Standing.PROVEN:
            return f"{say_bound(_recomputed_stage(checked))}, proven by {checked.recomputed_by}"
        case Standing.SOLVER | Standing.SOLVED:
            so_far = f"by {checked.recomputed_by} {say_bound(_recomputed_stage(checked))}"
            return f"{say_bound(claimed)}, {BY[checked.standing]} ({so_far})"
        case Standing.OPEN:
            return f"not proven ({proof(claimed)})"


def _recomputed_stage(checked: Checked) -> Stage:
    return Stage(
        criterion=checked.criterion, value=checked.value, bound=checked.bound, recomputable=checked.bound
    )


def _standing(verification: Verification) -> Standing:
    """Sum up all stages: the worst that is known of any."""
    if not verification.holds:
        return Standing.FALSE
    if verification.having(Standing.OPEN):
        return Standing.OPEN
    return next((each for each in BY if verification.having(each)), Standing.PROVEN)


def _verdict(verification: Verification) -> str:
    match _standing(verification):
        case Standing.PROVEN:
            return say_proven(map(_recomputed_stage, verification.stages))
        case Standing.SOLVER | Standing.SOLVED:
            parts = [_proven_by(verification, each) for each in (Evidence.PRICES, Evidence.COUNTING)]
            parts += [_said_by_solver(verification, each) for each in (Standing.SOLVED, Standing.SOLVER)]
            return f"Lawful; {'; '.join(filter(None, parts))}."
        case Standing.OPEN:
            gaps = "; ".join(
                f"{stage.criterion} {proof(stage.claim.stage)}"
                for stage in verification.having(Standing.OPEN)
            )
            return f"Lawful, but not proven: {gaps}."
        case Standing.FALSE:
            return f"Does not hold: {_join_words(_false(verification))}."


def _proven_by(verification: Verification, evidence: Evidence) -> str:
    stages = verification.having(Standing.PROVEN)
    criteria = _join_words(stage.criterion for stage in stages if stage.recomputed_by is evidence)
    return f"{criteria} proven by {evidence}" if criteria else ""


def _said_by_solver(verification: Verification, standing: Standing) -> str:
    criteria = _join_words(stage.criterion for stage in verification.having(standing))
    return f"{criteria} {BY[standing]}" if criteria else ""


def _false(verification: Verification) -> Iterator[str]:
    if not verification.same_inputs:
        yield "inputs"
    if not verification.lawful:
        yield "lawful"
    if not verification.same_order:
        yield "order"
    yield from (stage.criterion for stage in verification.having(Standing.FALSE))


def _join_words(words: Iterable[str | Criterion]) -> str:
    named = [str(word) for word in words]
    return listing(named) if named else ""
