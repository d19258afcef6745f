"""Whether what a certificate says of an assignment is so.

Recomputes everything from the files: whether they are those that were certified, whether the assignment is
lawful, what each criterion comes to, and what prices and counting prove. Needs no solver, and shares no code
with it.

Prices prove something of a stage only where they assume no more than the stages before it reached: a bound
within stricter limits says nothing of assignments beyond them. Looser limits are harmless, they only make the
bound lower. Where an earlier stage is proven, its sum is known, and with it whether this one's is odd.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from midtvejs.auditing.audit import UnlawfulResult, audit
from midtvejs.auditing.bound import apart_at_least, bound_of, odd_or_even, pairs_at_least
from midtvejs.auditing.digest import digest
from midtvejs.auditing.judges import Violation
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.certificate import Certificate, Certified, Proof
from midtvejs.domain.fairness import CRITERIA, Criterion, Evidence, Stage, counting_falls_short
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.domain.rules import rules_asked_for

COUNTED = {Criterion.SPREAD: pairs_at_least, Criterion.FRIENDS: apart_at_least}
"""What bounds the criteria that need no prices."""

Reached = Mapping[Criterion, int]
"""What the stages before one really come to."""


class Standing(StrEnum):
    """What is known of a stage. ``solver``: it is proven, if the solver is believed, and by nothing else.

    ``solved``: so it is, and the solver was asked anew, without a word of the certificate.
    """

    PROVEN = "proven"
    SOLVED = "solved"
    SOLVER = "solver"
    OPEN = "open"
    FALSE = "false"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One stage of a certificate. ``value`` and ``bound`` are recomputed; nothing is below ``bound``.

    ``faults`` say what does not hold of what the certificate claims. ``solved``: the solver was asked anew,
    and says so as well.
    """

    claim: Certified
    value: int
    bound: int
    faults: tuple[str, ...]
    recomputed_by: Evidence
    solved: bool = False

    @property
    def criterion(self) -> Criterion:
        return self.claim.stage.criterion

    @property
    def standing(self) -> Standing:
        if self.faults:
            return Standing.FALSE
        if self.bound == self.value:
            return Standing.PROVEN
        if self.solved:
            return Standing.SOLVED
        return Standing.SOLVER if self.claim.stage.proven else Standing.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The verdict on a certificate. ``stages`` are empty where the assignment is not lawful.

    ``same_inputs``: program and participants are those that were certified. ``same_order``: the stages are
    the program's criteria, in its order. ``decided``: more than seats and presenters had to be kept.
    """

    same_inputs: bool
    same_order: bool
    violations: tuple[Violation, ...]
    stages: tuple[Checked, ...]
    decided: bool = False

    @property
    def lawful(self) -> bool:
        return not self.violations

    @property
    def holds(self) -> bool:
        """Whether everything that the certificate claims is so."""
        stages = all(stage.standing is not Standing.FALSE for stage in self.stages)
        return self.same_inputs and self.same_order and self.lawful and stages

    @property
    def proven(self) -> bool:
        """Whether each stage is proven besides, by what was recomputed: the solver is not believed."""
        return self.holds and all(stage.standing is Standing.PROVEN for stage in self.stages)

    @property
    def checked(self) -> bool:
        """Whether each stage is proven, by what was recomputed or by the solver that was asked anew."""
        return self.holds and all(
            stage.standing in (Standing.PROVEN, Standing.SOLVED) for stage in self.stages
        )

    def having(self, standing: Standing) -> tuple[Checked, ...]:
        """Return the stages of which no more and no less is known."""
        return tuple(stage for stage in self.stages if stage.standing is standing)


def verify(
    assignment: Assignment, participants: tuple[Participant, ...], certificate: Certificate
) -> Verification:
    """Check a certificate against an assignment of the ``participants`` who are to be seated."""
    program = assignment.program
    verdict = audit(assignment, participants)
    order = tuple(certified.stage.criterion for certified in certificate.stages)
    checked = _check_stages(certificate, verdict.criteria, program, participants) if verdict.lawful else ()
    return Verification(
        same_inputs=certificate.inputs == digest(program, participants),
        same_order=order == program.rules.fairness,
        violations=verdict.violations,
        stages=tuple(checked),
        decided=_is_decided(program, participants),
    )


def compare_solved(verification: Verification, solved: Iterable[Stage]) -> Verification:
    """Compare a certificate that holds with the stages that the solver reached when it was asked anew.

    As long as each stage comes to the same, what the solver proves of the next one counts; where it reached
    less, what is certified is not the fairest.
    """
    stages = list(verification.stages)
    for number, (checked, stage) in enumerate(zip(stages, solved, strict=True)):
        if stage.value < checked.value:
            fault = f"the solver, asked anew, reaches {stage.value}"
            stages[number] = replace(checked, faults=(*checked.faults, fault))
        if stage.value != checked.value or not stage.proven:
            break
        stages[number] = replace(checked, solved=True)
    return replace(verification, stages=tuple(stages))


def certificate_of(
    assignment: Assignment, stages: tuple[Stage, ...], proofs: tuple[Proof | None, ...]
) -> Certificate:
    """Certify a lawful assignment; ``proofs`` stand beside the ``stages``, if there are any.

    Where neither prices nor counting reach a bound, it is said to be the solver's word.

    Raises:
        UnlawfulResult: prices prove more than their stage says, or assume what was not reached.
    """
    program, participants = assignment.program, assignment.participants
    criteria = assignment.criteria
    certified: list[Certified] = []
    complaints: list[str] = []
    settled: dict[Criterion, int] = {}
    for stage, proof in zip(stages, proofs or (None,) * len(stages), strict=True):
        reached = {earlier.stage.criterion: criteria[earlier.stage.criterion] for earlier in certified}
        faults = tuple(_limit_faults(stage.criterion, proof, reached)) if proof else ()
        bound, evidence = _proven(stage.criterion, None if faults else proof, program, participants)
        complaints += [f"{stage.criterion}: {fault}" for fault in faults]
        if bound > stage.bound:
            proves = "its prices prove" if evidence is Evidence.PRICES else "counting proves"
            complaints.append(f"{stage.criterion}: {proves} {bound}, not {stage.bound}")
        reaches = odd_or_even(stage.criterion, bound, settled)
        short = counting_falls_short(stage.criterion, evidence)
        checked = replace(stage, recomputable=reaches, priced=short)
        if checked.proven and not checked.by_word:
            settled[stage.criterion] = stage.value
        certified.append(Certified(stage=checked, proof=proof, evidence=checked.evidence))
    if complaints:
        raise UnlawfulResult(tuple(complaints))
    return Certificate(inputs=digest(program, participants), stages=tuple(certified))


def _check_stages(
    certificate: Certificate, criteria: Reached, program: Program, participants: tuple[Participant, ...]
) -> Iterator[Checked]:
    reached: dict[Criterion, int] = {}
    settled: dict[Criterion, int] = {}
    for claim in certificate.stages:
        stage = claim.stage
        value = criteria[stage.criterion]
        limits = tuple(_limit_faults(stage.criterion, claim.proof, reached)) if claim.proof else ()
        proof = None if limits else claim.proof
        bound, evidence = _proven(stage.criterion, proof, program, participants)
        bound = odd_or_even(stage.criterion, bound, settled)
        faults = (*_value_faults(stage, value), *(limits or _bound_faults(claim, bound, evidence)))
        yield Checked(claim=claim, value=value, bound=bound, recomputed_by=evidence, faults=faults)
        reached[stage.criterion] = value
        if bound == value:
            settled[stage.criterion] = value


def _value_faults(stage: Stage, value: int) -> Iterator[str]:
    if stage.value != value:
        yield f"it is {value}, not {stage.value}"
    if stage.bound > value:
        yield f"the bound of {stage.bound} is above what was reached, {value}"


def _bound_faults(claim: Certified, bound: int, evidence: Evidence) -> Iterator[str]:
    if claim.evidence is Evidence.SOLVER or (claim.evidence is Evidence.NONE and not claim.stage.bound):
        return
    if claim.evidence is not evidence:
        yield f"what bounds it is {evidence}, not {claim.evidence}"
    elif bound < claim.stage.bound:
        proves = "the prices prove" if evidence is Evidence.PRICES else "counting proves"
        yield f"{proves} no more than {bound}, not {claim.stage.bound}"


def _limit_faults(criterion: Criterion, proof: Proof, reached: Reached) -> Iterator[str]:
    """Find what keeps prices from proving anything of a stage after those that ``reached`` something."""
    if proof.criterion is not criterion:
        yield f"the prices are for {proof.criterion}"
    if criterion is Criterion.WORST and proof.worst is None:
        yield "the prices do not assume a limit on regret"
    limits = [*proof.kept.items()]
    if criterion is not Criterion.WORST and proof.worst is not None:
        limits.insert(0, (Criterion.WORST, proof.worst))
    yield from _strict_limits(limits, reached)


def _strict_limits(limits: Iterable[tuple[Criterion, int]], reached: Reached) -> Iterator[str]:
    for criterion, limit in limits:
        if criterion not in reached:
            yield f"the prices assume a limit on {criterion}, which is not an earlier stage"
        elif limit < reached[criterion]:
            yield f"the prices assume {criterion} {limit}, but it is {reached[criterion]}"


def _proven(
    criterion: Criterion, proof: Proof | None, program: Program, participants: tuple[Participant, ...]
) -> tuple[int, Evidence]:
    """Return what nothing is below, and what proves it: of what is counted, prices where they prove more."""
    priced = 0 if proof is None else _priced(proof, program, participants)
    counted = COUNTED[criterion](program, participants) if criterion in COUNTED else 0
    evidence = CRITERIA[criterion].evidence
    return (counted, evidence) if counted >= priced else (priced, Evidence.PRICES)


def _priced(proof: Proof, program: Program, participants: tuple[Participant, ...]) -> int:
    """Return what prices prove. Those that refuse a limit on regret prove that it takes one more."""
    bound = bound_of(proof, program, participants)
    if proof.criterion is not Criterion.WORST or proof.worst is None:
        return bound
    return proof.worst + 1 if bound > 0 else 0


def _is_decided(program: Program, participants: tuple[Participant, ...]) -> bool:
    return bool(rules_asked_for(program, participants)) or any(person.absent for person in participants)
