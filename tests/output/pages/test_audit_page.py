from __future__ import annotations

from dataclasses import replace

import pytest

from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.output.pages.audit import AS_GOOD, FAIRER, JUDGED, NOT_FOUND, Audited, audit_page
from midtvejs.output.pages.figures import FAIREST
from tests.output.pictured import check_picture, shown

WORST, TOTAL = Criterion.WORST, Criterion.TOTAL


def stage(criterion: Criterion, value: int, bound: int | None = None) -> Stage:
    proven = value if bound is None else bound
    return Stage(criterion=criterion, value=value, bound=proven, recomputable=proven)


def audited(worst: int, total: int, *stages: Stage, sought: bool = True) -> Audited:
    return Audited(file="edited.csv", criteria={WORST: worst, TOTAL: total}, stages=stages, sought=sought)


BY_WORD = replace(stage(TOTAL, 205), recomputable=201)
PROVEN = (stage(WORST, 2), stage(TOTAL, 205))
OPEN = (stage(WORST, 2), stage(TOTAL, 205, 201))


@pytest.mark.parametrize(
    ("found", "lines", "optimal"),
    [
        (audited(2, 205, *PROVEN), ["worst 2: 1 is impossible", "total 205: the minimum", FAIREST], True),
        (
            audited(2, 211, *PROVEN),
            [
                "worst 2: 1 is impossible",
                "total 211: 6 more than the least possible, 205",
                "Not the fairest: total 211 is 6 more than the least possible, 205.",
            ],
            False,
        ),
        (
            audited(3, 199, *PROVEN),
            [
                "worst 3: 1 more than the least possible, 2",
                "total 199: 6 less than in the optimum, 205",
                "Not the fairest: worst 3 is 1 more than the least possible, 2.",
            ],
            False,
        ),
        (
            audited(3, 205, *PROVEN),
            [
                "worst 3: 1 more than the least possible, 2",
                "total 205: as in the optimum",
                "Not the fairest: worst 3 is 1 more than the least possible, 2.",
            ],
            False,
        ),
        (
            audited(2, 205, stage(WORST, 2), BY_WORD),
            [
                "worst 2: 1 is impossible",
                "total 205: the least possible (by the solver's word)",
                FAIREST.replace("Proven:", "Proven (total: by the solver's word):"),
            ],
            True,
        ),
        (
            audited(2, 211, stage(WORST, 2), BY_WORD),
            [
                "worst 2: 1 is impossible",
                "total 211: 6 more than the least possible, 205 (by the solver's word)",
                "Not the fairest: total 211 is 6 more than the least possible, 205 (by the solver's word).",
            ],
            False,
        ),
        (
            audited(2, 205, *OPEN),
            [
                "worst 2: 1 is impossible",
                "total 205: the least that was found (at least 201; gap 4)",
                AS_GOOD,
            ],
            None,
        ),
        (
            audited(2, 203, *OPEN),
            [
                "worst 2: 1 is impossible",
                "total 203: 2 less than the least that was found, 205 (at least 201; gap 4)",
                FAIRER,
            ],
            None,
        ),
        (
            audited(3, 203, *OPEN),
            [
                "worst 3: 1 more than the least possible, 2",
                "total 203: 2 less than in the best that was found, 205 (at least 201; gap 4)",
                "Not the fairest: worst 3 is 1 more than the least possible, 2.",
            ],
            False,
        ),
        (audited(2, 205, sought=False), ["worst 2", "total 205", JUDGED], None),
        (audited(2, 205), ["worst 2", "total 205", NOT_FOUND], None),
    ],
)
def test_what_is_said_beside_the_optimum(found: Audited, lines: list[str], optimal: bool | None) -> None:
    assert shown(audit_page(found), None).splitlines() == ["edited.csv: lawful", *lines]
    assert found.is_optimal is optimal


@pytest.mark.parametrize("width", [None, 60, 80, 120])
def test_it_fits(width: int | None) -> None:
    check_picture("audit", audit_page(audited(3, 199, *PROVEN)), width)
