from __future__ import annotations

import json
from dataclasses import replace

import pytest

from midtvejs.auditing.judges import Violation
from midtvejs.auditing.verify import Checked, Verification
from midtvejs.domain.certificate import Certificate, Certified, Proof
from midtvejs.domain.fairness import CRITERIA, Criterion, Evidence, Stage
from midtvejs.domain.rules import Law
from midtvejs.output.pages.verify import UNCHECKED, verification_json, verification_page
from midtvejs.output.screen import CONTROL
from midtvejs.output.tables.assignment_json import certificate_json
from tests.output.pictured import shown


def checked(
    criterion: Criterion,
    *,
    value: int = 4,
    claimed: int = 4,
    bound: int = 4,
    evidence: Evidence = Evidence.PRICES,
    faults: tuple[str, ...] = (),
) -> Checked:
    claim = Certified(
        stage=Stage(criterion=criterion, value=value, bound=claimed, recomputable=claimed),
        proof=None,
        evidence=evidence,
    )
    by = evidence if evidence in {Evidence.PRICES, Evidence.COUNTING} else CRITERIA[criterion].evidence
    return Checked(claim=claim, value=value, bound=bound, recomputed_by=by, faults=faults)


def verification(*stages: Checked) -> Verification:
    return Verification(same_inputs=True, same_order=True, violations=(), stages=stages)


WORST = checked(Criterion.WORST)
WORD = checked(Criterion.TOTAL, bound=3, evidence=Evidence.SOLVER)
GAP = checked(Criterion.EVEN, claimed=3, bound=3)
SPREAD = checked(Criterion.SPREAD, evidence=Evidence.COUNTING)
PRICED_SPREAD = checked(Criterion.SPREAD, evidence=Evidence.PRICES)
SPREAD_SO_FAR = checked(Criterion.SPREAD, bound=3, evidence=Evidence.SOLVER)
FALSE = checked(Criterion.TOTAL, bound=3, faults=("the prices prove no more than 3, not 4",))
PROVEN = verification(WORST)


@pytest.mark.parametrize(
    ("found", "line", "verdict", "word"),
    [
        (
            PROVEN,
            "worst 4: 3 is impossible, proven by prices",
            "Proven: by these criteria, in this order, no lawful assignment is fairer.",
            "proven",
        ),
        (
            verification(WORST, WORD),
            f"total 4: the minimum, {UNCHECKED} (by prices at least 3; gap 1)",
            f"Lawful; worst proven by prices; total {UNCHECKED}.",
            "solver",
        ),
        (
            verification(WORD),
            f"total 4: the minimum, {UNCHECKED} (by prices at least 3; gap 1)",
            f"Lawful; total {UNCHECKED}.",
            "solver",
        ),
        (
            verification(SPREAD),
            "spread 4: the minimum, proven by counting",
            "Proven: by these criteria, in this order, no lawful assignment is fairer.",
            "proven",
        ),
        (
            verification(WORST, SPREAD, WORD),
            "worst 4: 3 is impossible, proven by prices",
            f"Lawful; worst proven by prices; spread proven by counting; total {UNCHECKED}.",
            "solver",
        ),
        (
            verification(SPREAD_SO_FAR),
            f"spread 4: the minimum, {UNCHECKED} (by counting at least 3; gap 1)",
            f"Lawful; spread {UNCHECKED}.",
            "solver",
        ),
        (
            replace(PROVEN, decided=True),
            "lawful: everybody has a seat in each round that they attend, and every rule is kept",
            "Proven: by these criteria, in this order, no lawful assignment is fairer.",
            "proven",
        ),
        (
            verification(WORST, WORD, GAP),
            "even 4: not proven (at least 3; gap 1)",
            "Lawful, but not proven: even at least 3; gap 1.",
            "open",
        ),
        (
            verification(WORST, FALSE, GAP),
            "total 4: does not hold: the prices prove no more than 3, not 4",
            "Does not hold: total.",
            "false",
        ),
        (
            replace(PROVEN, same_inputs=False),
            "inputs: the program or the wishes are not those that were certified",
            "Does not hold: inputs.",
            "false",
        ),
        (
            replace(PROVEN, same_order=False),
            "order: the stages are not the program's rules.fairness",
            "Does not hold: order.",
            "false",
        ),
        (
            replace(PROVEN, stages=(), violations=(Violation(law=Law.SEATED, message="Bo\x1b is nowhere"),)),
            "lawful: no, Bo  is nowhere",
            "Does not hold: lawful.",
            "false",
        ),
    ],
)
def test_each_check_has_a_line_and_all_have_a_verdict(
    found: Verification, line: str, verdict: str, word: str
) -> None:
    plain = shown(verification_page(found), None).splitlines()
    assert line.replace("  is", " is") in [each.replace("  is", " is") for each in plain]
    assert plain[-1] == verdict
    terminal = shown(verification_page(found), 200).splitlines()
    assert [each for each in terminal if each] == plain
    assert json.loads(verification_json(found))["verdict"] == word


def test_the_answer_for_programs() -> None:
    assert json.loads(verification_json(verification(FALSE))) == {
        "verdict": "false",
        "same_inputs": True,
        "lawful": True,
        "same_order": True,
        "stages": [
            {
                "criterion": "total",
                "value": 4,
                "bound_by_prices": 3,
                "claimed": {"value": 4, "bound": 4},
                "standing": "false",
                "faults": ["the prices prove no more than 3, not 4"],
            }
        ],
    }


def test_a_bound_is_named_after_what_it_was_recomputed_by() -> None:
    (stage,) = json.loads(verification_json(verification(SPREAD)))["stages"]
    assert (stage["criterion"], stage["bound_by_counting"]) == ("spread", 4)
    assert "bound_by_prices" not in stage
    (stage,) = json.loads(verification_json(verification(PRICED_SPREAD)))["stages"]
    assert (stage["criterion"], stage["bound_by_prices"]) == ("spread", 4)
    assert "bound_by_counting" not in stage
    assert "spread 4: the minimum, proven by prices" in shown(
        verification_page(verification(PRICED_SPREAD)), None
    )


def test_no_code_of_a_session_steers_a_terminal_that_is_shown_a_certificate() -> None:
    prices = {"1\x1b[2J": 1, "\x9b31m": 2, "\u202e": 3, "\x7f": 4, "æ": 5}
    stage = Stage(criterion=Criterion.TOTAL, value=0, bound=0, recomputable=0)
    proof = Proof(criterion=Criterion.TOTAL, prices=prices)
    certified = Certified(stage=stage, proof=proof, evidence=Evidence.PRICES)
    text = certificate_json(Certificate(inputs="", stages=(certified,)))
    assert CONTROL.sub("", text) == text.replace("\n", "")
    assert json.loads(text)["stages"][0]["proof"]["prices"] == prices
    assert '"æ": 5' in text
