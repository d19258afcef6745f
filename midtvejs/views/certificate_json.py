"""A certificate as a JSON file: a line for each thing, for people, for diff, and for ``midtvejs verify``."""

from __future__ import annotations

import json
from collections.abc import Mapping

from midtvejs.domain.certificate import FORMAT, SCALE, Certificate, Certified, Proof
from midtvejs.views.assignment_json import STEERING


def certificate_json(certificate: Certificate) -> str:
    """Give the object. Prices are whole numbers: ``unit`` of them are one step."""
    text = json.dumps(
        {
            "midtvejs": FORMAT,
            "inputs": certificate.inputs,
            "unit": SCALE,
            "stages": [_stage(certified) for certified in certificate.stages],
        },
        ensure_ascii=False,
        indent=2,
    )
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _stage(certified: Certified) -> Mapping[str, object]:
    stage = certified.stage
    return {
        "criterion": stage.criterion.value,
        "value": stage.value,
        "bound": stage.bound,
        "proven": stage.proven,
        "evidence": certified.evidence.value,
        "proof": certified.proof and _proof(certified.proof),
    }


def _proof(proof: Proof) -> Mapping[str, object]:
    return {
        "criterion": proof.criterion.value,
        "worst": proof.worst,
        "kept": dict(proof.kept),
        "prices": dict(proof.prices),
        "kept_prices": dict(proof.kept_prices),
    }
