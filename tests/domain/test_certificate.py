"""Prices prove nothing that is not so; the digest is that of what bears on fairness, and of nothing else."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midtvejs.domain.certificate import SCALE, Proof, bound_of, digest
from midtvejs.domain.fairness import OF_WISHES, Criterion
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.program import Program, Room
from tests import conferences
from tests.brute import Figures, every_outcome, least
from tests.strategies import Conference, lawful_conferences

People = tuple[Participant, ...]

SUMS = [criterion for criterion in OF_WISHES if criterion is not Criterion.WORST]
PRICES = st.one_of(st.integers(0, 3).map(SCALE.__mul__), st.integers(0, 4 * SCALE), st.integers(0, 2**52))


@st.composite
def proofs(draw: st.DrawFn, criteria: Sequence[Criterion]) -> tuple[Conference, set[Figures], Proof]:
    """Draw a small conference, everything that brute force knows of it, and any prices for any question."""
    conference = draw(lawful_conferences())
    outcomes = every_outcome(*conference)
    criterion = draw(st.sampled_from(criteria))
    reached = draw(st.sampled_from(sorted(outcomes)))
    kept = draw(st.lists(st.sampled_from(SUMS).filter(criterion.__ne__), max_size=2, unique=True))
    limits = st.integers(0, reached.worst)
    proof = Proof(
        criterion=criterion,
        worst=draw(limits if criterion is Criterion.WORST else st.none() | limits),
        kept={other: reached.of(other) for other in kept},
        prices=draw(st.dictionaries(st.sampled_from([*conference[0].sessions]), PRICES)),
        kept_prices={other: draw(PRICES) for other in kept},
    )
    return conference, outcomes, proof


@given(drawn=proofs(SUMS))
@settings(max_examples=150)
def test_nothing_is_below_the_bound_at_any_prices(drawn: tuple[Conference, set[Figures], Proof]) -> None:
    conference, outcomes, proof = drawn
    limits = dict(proof.kept) if proof.worst is None else {**proof.kept, Criterion.WORST: proof.worst}
    optimum = least(outcomes, proof.criterion, limits)
    bound = bound_of(proof, *conference)
    assert bound >= 0
    assert optimum is None or bound <= optimum


@given(drawn=proofs([Criterion.WORST]))
@settings(max_examples=150)
def test_no_prices_refuse_a_limit_within_which_there_is_a_way(
    drawn: tuple[Conference, set[Figures], Proof],
) -> None:
    conference, outcomes, proof = drawn
    possible = any(
        figures.worst <= (proof.worst or 0)
        and all(figures.of(criterion) <= value for criterion, value in proof.kept.items())
        for figures in outcomes
    )
    assert not (possible and bound_of(proof, *conference) > 0)


def test_prices_below_nothing_and_of_no_session_count_as_none() -> None:
    program, people = conferences.full_house()
    honest = Proof(criterion=Criterion.TOTAL, prices={"1A": SCALE, "2A": SCALE})
    assert bound_of(honest, program, people) == 4
    odd = replace(honest, prices={**honest.prices, "1B": -SCALE, "9Z": SCALE, "2B": 0})
    assert bound_of(odd, program, people) == 4
    assert bound_of(replace(honest, prices={"1A": -SCALE, "2A": -SCALE}), program, people) == 0
    priceless = replace(honest, kept={Criterion.FIRST: 0}, kept_prices={Criterion.FIRST: -SCALE})
    assert bound_of(priceless, program, people) == 4


def test_the_pencil() -> None:
    """Three want 1A, which has two seats: at a price of 1 everybody pays 1, less 2 for the seats."""
    program, people = conferences.one_round()
    assert bound_of(Proof(criterion=Criterion.TOTAL, prices={"1A": SCALE}), program, people) == 1
    refused = Proof(criterion=Criterion.WORST, worst=0, prices={"1A": SCALE})
    assert bound_of(refused, program, people) == 1
    assert bound_of(replace(refused, worst=1), program, people) == 0


def priced(proof: Proof, program: Program, person: Participant, codes: tuple[str, ...]) -> int | None:
    """Give what a day costs somebody; None beyond the limit on regret."""
    seats = [
        (wishes.steps(code), len(wishes.codes), proof.prices.get(code, 0))
        for round_, wishes, code in zip(program.rounds, person.wishes, codes, strict=True)
        if not person.presents_in(round_)
    ]
    regret = sum(steps for steps, _, _ in seats)
    if proof.worst is not None and regret > proof.worst:
        return None
    amounts = {
        Criterion.TOTAL: regret,
        Criterion.EVEN: regret * regret,
        Criterion.FIRST: sum(steps > 0 for steps, _, _ in seats),
        Criterion.UNLISTED: sum(steps == listed > 0 for steps, listed, _ in seats),
    }
    limits = sum(price * amounts[criterion] for criterion, price in proof.kept_prices.items())
    return SCALE * amounts.get(proof.criterion, 0) + limits + sum(price for _, _, price in seats)


@given(drawn=st.one_of(proofs(SUMS), proofs([Criterion.WORST])))
@settings(max_examples=60)
def test_the_bound_is_everybodys_cheapest_day_less_all_seats(
    drawn: tuple[Conference, set[Figures], Proof],
) -> None:
    (program, people), _, proof = drawn
    days = list(product(*([session.code for session in round_.sessions] for round_ in program.rounds)))
    paid = 0
    for person in people:
        costs = [cost for day in days if (cost := priced(proof, program, person, day)) is not None]
        worst = [SCALE] if proof.criterion is Criterion.WORST else []
        paid += min(costs + worst)
    seats = sum(proof.prices.get(code, 0) * session.seats for code, session in program.sessions.items())
    kept = sum(price * proof.kept[criterion] for criterion, price in proof.kept_prices.items())
    assert bound_of(proof, program, people) == max(0, math.ceil(Fraction(paid - seats - kept, SCALE)))


@given(conference=lawful_conferences())
def test_the_digest_is_that_of_plain_json(conference: Conference) -> None:
    program, people = conference
    people = (*people, conferences.person('Ida "Ø" \\ \u2028', *[""] * len(program.rounds)))
    content = {
        "fairness": list(program.rules.fairness),
        "rounds": [
            [round_.id, [[session.code, session.seats] for session in round_.sessions]]
            for round_ in program.rounds
        ],
        "participants": sorted(
            [person.key, [wishes.codes for wishes in person.wishes], sorted(person.presents)]
            for person in people
        ),
    }
    assert digest(program, people) == sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


@given(conference=lawful_conferences(), data=st.data())
def test_neither_the_order_of_rows_nor_the_seed_is_in_the_digest(
    conference: Conference, data: st.DataObject
) -> None:
    program, people = conference
    shuffled = data.draw(st.permutations(people))
    assert digest(program, shuffled) == digest(program, people)
    assert digest(program.replace_rules(seed=program.rules.seed + 1), people) == digest(program, people)


def changed_wish(program: Program, people: People) -> tuple[Program, People]:
    return program, (replace(people[0], wishes=(Wishes(("1B", "1A")), people[0].wishes[1])), *people[1:])


def lost_wish(program: Program, people: People) -> tuple[Program, People]:
    return program, (replace(people[0], wishes=(Wishes(("1A",)), people[0].wishes[1])), *people[1:])


def one_less(program: Program, people: People) -> tuple[Program, People]:
    return program, people[1:]


def somebody_else(program: Program, people: People) -> tuple[Program, People]:
    return program, (replace(people[0], email="other@example.dk"), *people[1:])


def presents(program: Program, people: People) -> tuple[Program, People]:
    return program, (replace(people[0], presents=frozenset({"1A"})), *people[1:])


def one_more_seat(program: Program, people: People) -> tuple[Program, People]:
    first, *others = program.rounds[0].sessions
    larger = replace(first, room=Room(name=first.room.name, seats=first.seats + 1))
    round_ = replace(program.rounds[0], sessions=(larger, *others))
    return replace(program, rounds=(round_, *program.rounds[1:])), people


def other_order(program: Program, people: People) -> tuple[Program, People]:
    return program.replace_rules(fairness=(Criterion.TOTAL, Criterion.WORST, Criterion.EVEN)), people


@pytest.mark.parametrize(
    "change",
    [changed_wish, lost_wish, one_less, somebody_else, presents, one_more_seat, other_order],
)
def test_what_bears_on_fairness_is_in_the_digest(
    change: Callable[[Program, People], tuple[Program, People]],
) -> None:
    program, people = conferences.full_house()
    assert digest(*change(program, people)) != digest(program, people)


def test_titles_and_names_are_not_in_the_digest() -> None:
    program, people = conferences.full_house()
    renamed = replace(program, event=replace(program.event, name="En anden dag"))
    assert digest(renamed, (replace(people[0], name="Aase"), *people[1:])) == digest(program, people)
