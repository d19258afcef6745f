from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Criterion, Stage, Status
from midtvejs.output.pages.assign import summary_page
from midtvejs.output.pages.figures import percentages, proof
from tests.conferences import one_round, person, program
from tests.output.pictured import shown


@pytest.mark.parametrize(
    ("criterion", "value", "bound", "said"),
    [
        (Criterion.WORST, 2, 2, "1 is impossible"),
        (Criterion.WORST, 0, 0, "nobody can do better"),
        (Criterion.WORST, 3, 1, "at least 1; gap 2"),
        (Criterion.TOTAL, 131, 131, "the minimum"),
        (Criterion.TOTAL, 0, 0, "the minimum"),
        (Criterion.EVEN, 140, 131, "at least 131; gap 9"),
    ],
)
def test_proofs(criterion: Criterion, value: int, bound: int, said: str) -> None:
    assert proof(Stage(criterion=criterion, value=value, bound=bound, recomputable=bound)) == said


@pytest.mark.parametrize(
    ("criterion", "value", "bound", "said"),
    [
        (Criterion.WORST, 2, 2, "1 is impossible, by the solver's word"),
        (Criterion.WORST, 0, 0, "nobody can do better"),
        (Criterion.TOTAL, 131, 131, "the minimum, by the solver's word"),
        (Criterion.EVEN, 140, 131, "at least 131, by the solver's word; gap 9"),
    ],
)
def test_what_is_the_solvers_word_says_so(criterion: Criterion, value: int, bound: int, said: str) -> None:
    assert proof(Stage(criterion=criterion, value=value, bound=bound, recomputable=0)) == said


@pytest.mark.parametrize("width", [None, 60, 80, 120])
def test_the_verdict_says_what_of_it_is_the_solvers_word(width: int | None) -> None:
    day, people = one_round()
    seats = Assignment(
        program=day, participants=people[:2], days={person.key: ("1A",) for person in people[:2]}
    )
    worst = Stage(criterion=Criterion.WORST, value=0, bound=0, recomputable=0)
    total, even = (
        Stage(criterion=criterion, value=2, bound=2, recomputable=1)
        for criterion in (Criterion.TOTAL, Criterion.EVEN)
    )
    text = shown(summary_page(seats, (worst, total, even), Status.OPTIMAL), width)
    assert "Proven (total and even: by the solver's word): by these criteria" in " ".join(text.split())
    plain = shown(summary_page(seats, (worst,), Status.OPTIMAL), width)
    assert "Proven: by these criteria" in plain
    assert "solver" not in plain


@given(st.lists(st.integers(min_value=0, max_value=10**6), min_size=1))
def test_percentages_add_up_and_are_true_to_one_percent(counts: list[int]) -> None:
    shares, total = percentages(counts), sum(counts)
    assert sum(shares) == (100 if total else 0)
    assert all(
        abs(share * total - 100 * count) < total or not total
        for share, count in zip(shares, counts, strict=True)
    )


def test_somebody_with_no_regret_is_not_worst_off() -> None:
    day, people = one_round()
    happy = Assignment(
        program=day, participants=people[:2], days={person.key: ("1A",) for person in people[:2]}
    )
    assert "worst off" not in shown(summary_page(happy, (), Status.OPTIMAL), 80).casefold()


def test_many_who_are_worst_off_are_counted() -> None:
    people = tuple(person(f"P{number:02}", "1A > 1B") for number in range(22))
    day = program({"1A": 1, "1B": 30})
    seats = Assignment(program=day, participants=people, days={each.key: ("1B",) for each in people})
    for width in (None, 80):
        text = shown(summary_page(seats, (), Status.OPTIMAL), width)
        assert "and 12 more" in text
        assert text.count("R1 1B (2nd wish, after 1A)") == 10


def test_nobody_at_all() -> None:
    nobody = Assignment(program=program({"1A": 1}), participants=(), days={})
    for width in (None, 80):
        assert "1st wish" in shown(summary_page(nobody, (), Status.OPTIMAL), width)
