"""Neither prices nor counting prove anything that is not so."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from midtvejs.auditing.bound import bound_of, odd_or_even, pairs_at_least
from midtvejs.domain.certificate import SCALE, Proof
from midtvejs.domain.fairness import OF_WISHES, Criterion
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.program import UNLIMITED, Program, Room, Round
from midtvejs.domain.rules import Company, Group, Pin, Quota
from tests import conferences
from tests.brute import Outcomes, every_choice, every_outcome, least
from tests.examples import examples
from tests.strategies import (
    Conference,
    bound_together,
    conferences_with_rules,
    lawful_conferences,
    listed_conferences,
    listed_conferences_with_rules,
)

SUMS = [criterion for criterion in OF_WISHES if criterion is not Criterion.WORST]
PRICED = [*SUMS, Criterion.AVOID_OWN]
KEPT = [*PRICED, Criterion.SPREAD]
BOUNDED = [*KEPT, Criterion.WORST]
ANY = lawful_conferences() | conferences_with_rules() | listed_conferences() | listed_conferences_with_rules()
PRICES = st.one_of(st.integers(0, 3).map(SCALE.__mul__), st.integers(0, 4 * SCALE), st.integers(0, 2**52))


TWICE, ALIKE = conferences.held_twice()


TRAITS = {"organisation": ["vejle", "ærø", "vejle kommune", ""], "grade": ["8", "9"], "": ["0"]}


def ceilings(program: Program) -> st.SearchStrategy[dict[str, dict[str, dict[str, int]]]]:
    """Draw prices of so many at most, also of groups and sittings in which no rule limits anybody."""
    priced = st.dictionaries(st.sampled_from([*program.sittings, "9Z"]), PRICES, max_size=3)
    of_groups = {
        group: st.dictionaries(st.sampled_from(each), priced, max_size=2) for group, each in TRAITS.items()
    }
    return st.just({}) | st.fixed_dictionaries({}, optional=of_groups)


@st.composite
def proofs(draw: st.DrawFn, criteria: Sequence[Criterion]) -> tuple[Conference, Outcomes, Proof]:
    """Draw a small conference, everything that brute force knows of it, and any prices for any question."""
    conference = draw(ANY)
    outcomes = every_outcome(*conference)
    assume(outcomes)
    criterion = draw(st.sampled_from(criteria))
    reached = draw(st.sampled_from(sorted(outcomes)))
    kept = draw(st.lists(st.sampled_from(KEPT).filter(criterion.__ne__), max_size=2, unique=True))
    sittings = st.dictionaries(st.sampled_from([*conference[0].sittings, "9Z"]), PRICES, max_size=3)
    # A sum is only asked about within limits that are kept somewhere: then everybody has a day.
    limits = st.none() | st.sampled_from(sorted({figures.worst for figures in outcomes}))
    proof = Proof(
        criterion=criterion,
        worst=draw(st.integers(0, reached.worst) if criterion is Criterion.WORST else limits),
        kept={other: reached.of(other) for other in kept},
        prices=draw(st.dictionaries(st.sampled_from([*conference[0].sittings]), PRICES)),
        kept_prices={other: draw(PRICES) for other in kept},
        together=draw(st.integers(0, 4)),
        at_most=draw(ceilings(conference[0])),
        apart=draw(st.just({}) | st.dictionaries(st.sampled_from("012"), sittings, max_size=2)),
        least=draw(st.just({}) | st.dictionaries(st.sampled_from([*conference[0].sittings, "9Z"]), PRICES)),
        spread=draw(st.just({}) | st.dictionaries(st.sampled_from(["vejle", "ærø", "8", ""]), sittings)),
    )
    return conference, outcomes, proof


@given(drawn=proofs(KEPT))
@examples(200)
def test_nothing_is_below_the_bound_at_any_prices(
    drawn: tuple[Conference, Outcomes, Proof],
) -> None:
    conference, outcomes, proof = drawn
    limits = dict(proof.kept) if proof.worst is None else {**proof.kept, Criterion.WORST: proof.worst}
    optimum = least(outcomes, proof.criterion, limits)
    bound = bound_of(proof, *conference)
    assert bound >= 0
    assert optimum is None or bound <= optimum


@st.composite
def sparse_proofs(draw: st.DrawFn) -> tuple[Conference, Outcomes, Proof]:
    """Draw a conference with rules, and prices of a few things: so bounds are often as high as can be."""
    conference: Conference = draw(conferences_with_rules() | bound_together())
    outcomes = every_outcome(*conference)
    assume(outcomes)
    keys, price = st.sampled_from([*conference[0].sittings]), st.integers(1, 4).map((SCALE // 2).__mul__)
    traits = [("organisation", "vejle"), ("organisation", "ærø"), ("grade", "8"), ("grade", "9")]
    proof = Proof(
        criterion=draw(st.sampled_from([*SUMS, Criterion.SPREAD, Criterion.WORST])),
        together=draw(st.sampled_from([0, 2, 3])),
    )
    if proof.criterion is Criterion.WORST:
        proof = replace(proof, worst=draw(st.integers(0, 2)))
    elif draw(st.booleans()):
        proof = replace(proof, worst=min(figures.worst for figures in outcomes))
    what_is_priced = ["prices", "at_most", "apart", "least", "spread"]
    for what in draw(st.lists(st.sampled_from(what_is_priced), max_size=3)):
        priced: dict[str, int] = draw(st.dictionaries(keys, price, min_size=1, max_size=2))
        group, trait = draw(st.sampled_from(traits))
        of_whom = {
            "at_most": {group: {trait: priced}},
            "apart": {draw(st.sampled_from("01")): priced},
            "spread": {trait: priced},
        }
        proof = replace(proof, **{what: of_whom.get(what, priced)})  # type: ignore[arg-type] # of the field's type
    return conference, outcomes, proof


@given(drawn=sparse_proofs())
@examples(600)
def test_nothing_is_below_the_bound_where_little_is_priced(
    drawn: tuple[Conference, Outcomes, Proof],
) -> None:
    conference, outcomes, proof = drawn
    limits = {} if proof.worst is None else {Criterion.WORST: proof.worst}
    if proof.criterion is Criterion.WORST:
        refused = least(outcomes, Criterion.TOTAL, limits) is None
        assert refused or bound_of(proof, *conference) == 0
    else:
        optimum = least(outcomes, proof.criterion, limits)
        assert optimum is not None
        assert bound_of(proof, *conference) <= optimum


@given(drawn=proofs([Criterion.WORST]))
@examples(150)
def test_no_prices_refuse_a_limit_within_which_there_is_a_way(
    drawn: tuple[Conference, Outcomes, Proof],
) -> None:
    conference, outcomes, proof = drawn
    possible = any(
        figures.worst <= (proof.worst or 0)
        and all(figures.of(criterion) <= value for criterion, value in proof.kept.items())
        for figures in outcomes
    )
    assert not (possible and bound_of(proof, *conference) > 0)


@given(conference=ANY, below=st.integers(0, 4), order=st.permutations([Criterion.TOTAL, Criterion.EVEN]))
def test_nothing_that_keeps_the_least_of_one_sum_is_below_the_other_raised_to_odd_or_even(
    conference: Conference, below: int, order: list[Criterion]
) -> None:
    outcomes = every_outcome(*conference)
    assume(outcomes)
    first, second = order
    settled = {first: min(figures.of(first) for figures in outcomes)}
    optimum = min(figures.of(second) for figures in outcomes if figures.of(first) == settled[first])
    bound = max(0, optimum - below)
    raised = odd_or_even(second, bound, settled)
    assert bound <= raised <= optimum
    assert raised % 2 == optimum % 2
    assert odd_or_even(first, bound, {}) == odd_or_even(Criterion.FIRST, bound, settled) == bound


@given(drawn=proofs(BOUNDED))
@examples(100)
def test_whoever_are_together_pay_no_less_than_each_alone(
    drawn: tuple[Conference, Outcomes, Proof],
) -> None:
    conference, _, proof = drawn
    # With a limit that some party cannot keep, no outcome is within it.
    assume(proof.worst is None or proof.criterion is Criterion.WORST)
    assert bound_of(replace(proof, together=0), *conference) <= bound_of(proof, *conference)


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


def test_the_pencil_with_two_who_are_together() -> None:
    """Each has a first wish of their own, and together they miss one of them."""
    group = Group(company=Company.TOGETHER, participants=("Åse", "Bo"))
    program = conferences.program({"1A": 2, "1B": 2})
    aase, bo = conferences.person("Åse", "1A > 1B"), conferences.person("Bo", "1B > 1A")
    people = (replace(aase, groups=(group,)), replace(bo, groups=(group,)))
    alone = Proof(criterion=Criterion.TOTAL)
    assert bound_of(alone, program, people) == bound_of(replace(alone, together=1), program, people) == 0
    assert bound_of(replace(alone, together=2), program, people) == 1
    refused = Proof(criterion=Criterion.WORST, worst=0, together=2)
    # Neither is within 0 then, and each of them would be left out.
    assert bound_of(refused, program, people) == 2
    away = (people[0], replace(people[1], absent=frozenset({"R1"})))
    assert bound_of(replace(alone, together=2), program, away) == 0


def test_the_pencil_with_at_most_one_of_an_organisation() -> None:
    """Two of Vejle want 1A, where one of them may be: at a price of 1 each pays 1, less 1 for the one."""
    program = conferences.program({"1A": 2, "1B": 2})
    rules = replace(program.rules, at_most=1)
    people = tuple(conferences.person(name, "1A > 1B") for name in ("Åse", "Bo"))
    limited = Proof(criterion=Criterion.TOTAL, at_most={"organisation": {"vejle kommune": {"1A": SCALE}}})
    assert bound_of(limited, replace(program, rules=rules), people) == 1
    assert bound_of(limited, program, people) == 0
    assert bound_of(limited, replace(program, rules=replace(rules, at_most=2)), people) == 0
    others = (people[0], replace(people[1], organisation="Ærø"))
    assert bound_of(limited, replace(program, rules=rules), others) == 0
    quota = Quota(group="organisation", number=1)
    asked = conferences.each_session(
        program, lambda s: replace(s, at_most=(quota,) if s.code == "1A" else ())
    )
    assert bound_of(limited, asked, people) == 1
    of_others = replace(quota, value="Ærø")
    unasked = conferences.each_session(program, lambda s: replace(s, at_most=(of_others,)))
    assert bound_of(limited, unasked, people) == 0


def test_the_pencil_with_two_who_are_apart() -> None:
    """Both want 1A, where one of them may be: at a price of 1 each pays 1, less 1 for the one."""
    group = Group(company=Company.APART, participants=("Åse", "Bo"))
    program = conferences.program({"1A": 2, "1B": 2}, {"2A": 2, "2B": 2})
    people = tuple(
        replace(conferences.person(name, "1A > 1B", ""), groups=(group,)) for name in ("Åse", "Bo")
    )
    priced = Proof(criterion=Criterion.TOTAL, apart={"0": {"1A": SCALE}})
    assert bound_of(priced, program, people) == 1
    assert bound_of(replace(priced, apart={"1": {"1A": SCALE}}), program, people) == 0
    alone = (people[0], replace(people[1], groups=()))
    assert bound_of(priced, program, alone) == 0
    for round_id, bound in (("R1", 1), ("R2", 0)):
        there = tuple(replace(each, groups=(replace(group, round_id=round_id),)) for each in people)
        assert bound_of(priced, program, there) == bound
    # Nobody is apart by what a group of that name may have at most.
    of_nothing = Proof(criterion=Criterion.TOTAL, at_most={"": {"0": {"1A": SCALE}}})
    assert bound_of(of_nothing, program, people) == 0


def four_of_vejle() -> Conference:
    """Four of one organisation who want 1A first, and a fifth who is of none; seats for all in each."""
    day = conferences.program({"1A": 5, "1B": 5})
    people = [conferences.person(name, "1A > 1B") for name in ("Åse", "Bo", "Cai", "Dea")]
    alone = replace(conferences.person("Eva", "1A > 1B"), organisation="")
    return day, (*people, alone)


def test_the_pencil_with_pairs_of_colleagues() -> None:
    """At 1.5 for each of their seats, four pay 6, and two in a session are worth 3 - 1 = 2: at least 2 pairs.

    Where nobody may have a step, at a price of 10 for each, all stay in 1A: at 3 for a seat there they pay
    12, and three or four of them are worth 9 - 3 = 12 - 6: at least 6 pairs.
    """
    day, people = four_of_vejle()
    each = 3 * SCALE // 2
    even = Proof(criterion=Criterion.SPREAD, spread={"vejle kommune": {"1A": each, "1B": each}})
    assert bound_of(even, day, people) == pairs_at_least(day, people) == 2
    within = replace(even, kept={Criterion.TOTAL: 0}, kept_prices={Criterion.TOTAL: 10 * SCALE})
    there = replace(within, spread={"vejle kommune": {"1A": 3 * SCALE}})
    assert bound_of(there, day, people) == 6
    assert bound_of(replace(there, spread={"ærø": {"1A": 3 * SCALE}}), day, people) == 0
    assert bound_of(replace(there, spread={"": {"1A": 3 * SCALE}}), day, people) == 0
    assert bound_of(replace(there, spread={"vejle kommune": {"9Z": 3 * SCALE}}), day, people) == 0
    assert bound_of(replace(there, spread={"vejle kommune": {"1A": -3 * SCALE}}), day, people) == 0
    # However dear, no more than four can pay: 4 x 9 less the 36 - 6 that they are worth.
    assert bound_of(replace(there, spread={"vejle kommune": {"1A": 9 * SCALE}}), day, people) == 6


def test_the_pencil_with_pairs_that_are_kept() -> None:
    """With 2 pairs at the most, two have to go to 1B; a pair costs 1, and two in 1A pay 1.5 each."""
    day, people = four_of_vejle()
    proof = Proof(
        criterion=Criterion.TOTAL,
        kept={Criterion.SPREAD: 2},
        kept_prices={Criterion.SPREAD: SCALE},
        spread={"vejle kommune": {"1A": 2 * SCALE, "1B": SCALE}},
    )
    # Four pay 2 each, in price or in price and a step; 1A is worth 3, and 1B 1, beyond 2 for the pairs.
    assert bound_of(proof, day, people) == 4 * 2 - 3 - 1 - 2
    assert bound_of(replace(proof, kept_prices={}), day, people) == 0
    assert bound_of(replace(proof, kept={Criterion.SPREAD: 3}), day, people) == 1
    assert bound_of(replace(proof, kept={}, kept_prices={}), day, people) == 0


def test_pairs_in_what_goes_on_have_no_price() -> None:
    """It would be paid in each of the rounds, and is worth something only once."""
    day = conferences.one_list({"D": {1: 2}}, rounds=2, lasting={"D": (1, 2)})
    people = tuple(conferences.person(name, "D", "D") for name in ("Åse", "Bo"))
    proof = Proof(criterion=Criterion.SPREAD, spread={"vejle kommune": {"D": 3 * SCALE}})
    assert bound_of(proof, replace(day, lists=()), people) == 0
    assert bound_of(proof, conferences.program({"D": 2}), people) == 1


def test_the_pencil_with_a_least_audience() -> None:
    """Nobody wants 1B, where one has to be: paid 1 for it, nobody pays anything, and 1 is owed for one."""
    program = conferences.program({"1A": 2, "1B": 2})
    people = tuple(conferences.person(name, "1A > 1B") for name in ("Åse", "Bo"))
    paid = Proof(criterion=Criterion.TOTAL, least={"1B": SCALE})
    asked = conferences.each_session(program, lambda s: replace(s, least=1))
    assert bound_of(paid, asked, people) == 1
    assert bound_of(paid, program, people) == 0
    # Paid more, both would come for it, and 2 is owed for one of them only.
    assert bound_of(replace(paid, least={"1B": 2 * SCALE}), asked, people) == 0
    may = conferences.each_session(asked, lambda s: replace(s, may_be_cancelled=s.code == "1B"))
    assert bound_of(paid, may, people) == 0
    # With no seats elsewhere it has to be held: 1A is worth 4, less the 4 of those who cannot have it.
    open_ = conferences.each_session(asked, lambda s: replace(s, rooms=program.rooms, may_be_cancelled=True))
    assert bound_of(paid, open_, people) == 0


def test_what_may_be_cancelled_is_held_where_its_seats_are_worth_more_than_its_audience() -> None:
    """All want 1A, which needs two: at 1 for its one seat beyond, it is held for 3 x 1 less 2 x 1."""
    program = conferences.program({"1A": 3, "1B": 9})
    program = conferences.each_session(program, lambda s: replace(s, least=2, may_be_cancelled=True))
    people = tuple(conferences.person(f"Åse {number}", "1A > 1B") for number in range(4))
    seats = Proof(criterion=Criterion.TOTAL, prices={"1A": SCALE})
    assert bound_of(seats, program, people) == 4 - 3
    # Who comes pays nothing then, and so do all: 3 for the seats less 2 for the audience is owed.
    assert bound_of(replace(seats, least={"1A": SCALE}), program, people) == 0
    # Paid twice that, all four earn 1 and nothing is held: cancelled, it would be worth no less.
    assert bound_of(replace(seats, least={"1A": 2 * SCALE}), program, people) == 0


def test_presenters_whose_session_may_be_cancelled_may_be_paid_elsewhere() -> None:
    day = conferences.program({"1A": 2, "1B": 2})
    aase = conferences.person("Åse", "1B > 1A", presents="1A")
    bo = conferences.person("Bo", "1A > 1B")
    day = conferences.each_session(day, lambda s: replace(s, least=1, may_be_cancelled=s.code == "1A"))
    paid = Proof(criterion=Criterion.TOTAL, least={"1B": SCALE})
    # Åse may be the one in 1B, if 1A is cancelled, and then so is Bo; she is paid 1, and 1 is owed.
    assert bound_of(paid, day, (aase, bo)) == 0
    settled = conferences.each_session(day, lambda s: replace(s, may_be_cancelled=False))
    assert bound_of(paid, settled, (aase, bo)) == 1


def test_nobody_is_paid_for_coming_to_what_may_be_cancelled_and_has_no_room_yet() -> None:
    rooms = (Room(name="Salen", seats=3), Room(name="Loftet", seats=1))
    day = conferences.each_session(
        conferences.program({"1A": 3, "1B": 3}),
        lambda s: replace(s, room=rooms[0], rooms=rooms, least=2, may_be_cancelled=True),
    )
    people = tuple(conferences.person(f"Åse {number}", "1A > 1B") for number in range(4))
    seats = Proof(criterion=Criterion.TOTAL, prices={"1A": SCALE, "1B": SCALE // 2})
    # 4 paid, less 3 for the three seats and 1/2 for the one.
    assert bound_of(seats, day, people) == 1
    assert bound_of(replace(seats, least={"1B": SCALE // 2}), day, people) == 1


def test_a_dear_round_is_worth_it_where_another_is_paid_for() -> None:
    day = conferences.each_session(
        conferences.program({"1A": 1, "1B": 1}, {"2A": 1, "2B": 1}),
        lambda s: replace(s, least=1 if s.code == "2A" else 0),
    )
    aase = conferences.person("Åse", "1A > 1B", "2A > 2B")
    refused = Proof(criterion=Criterion.WORST, worst=0, prices={"1A": SCALE}, least={"2A": SCALE})
    # 1A and 2A are within 0, and come to nothing.
    assert bound_of(refused, day, (aase,)) == 0


def test_a_presenter_of_what_may_be_cancelled_may_go_elsewhere_with_those_they_are_together_with() -> None:
    group = Group(company=Company.TOGETHER, participants=("Åse", "Bo"))
    day = conferences.program({"1A": 2, "1B": 2})
    aase, bo = conferences.person("Åse", "", presents="1A"), conferences.person("Bo", "1B > 1A")
    people = tuple(replace(each, groups=(group,)) for each in (aase, bo))
    joined = Proof(criterion=Criterion.TOTAL, together=2)
    assert bound_of(joined, day, people) == 1
    droppable = conferences.each_session(day, lambda s: replace(s, may_be_cancelled=True))
    assert bound_of(joined, droppable, people) == 0


def test_parties_of_more_than_can_be_gone_through_are_not_joined() -> None:
    group = Group(company=Company.TOGETHER, participants=("Åse",))
    codes = [f"1{letter}" for letter in "ABCDEFGH"]
    program = conferences.program(dict.fromkeys(codes, 20))
    names = [f"Åse {number}" for number in range(20)]
    people = tuple(replace(conferences.person(name, " > ".join(codes)), groups=(group,)) for name in names)
    astray = (replace(people[0], wishes=(Wishes(tuple(codes[::-1])),)), *people[1:])
    joined = Proof(criterion=Criterion.TOTAL, together=20)
    assert bound_of(joined, program, astray) == 7
    assert bound_of(replace(joined, worst=7), program, astray) == 0
    assert bound_of(replace(joined, worst=7, together=4), program, astray) == 7


def priced(proof: Proof, program: Program, person: Participant) -> list[int]:
    """Return what each day costs somebody that is within the limit on regret."""
    weights = {**proof.kept_prices, proof.criterion: SCALE}
    priceless = {Criterion.WORST, Criterion.SPREAD}
    return [
        sum(weight * figures.of(each) for each, weight in weights.items() if each not in priceless)
        + sum(proof.prices.get(key, 0) for key in seats)
        for figures, seats in (
            (figures, [key for key, kind in taken.items() if not kind.presents])
            for figures, taken in every_choice(program, person)
        )
        if proof.worst is None or figures.worst <= proof.worst
        if not person.step_free or all(program.sittings[key].may_be_step_free for key in seats)
    ]


def worth(proof: Proof, round_: Round, most: int) -> int:
    """Return what a round's seats are worth, with every way to deal its open rooms tried."""
    beginning = [s for s in round_.sessions if not s.through or s.through[0] == round_.id]
    held = [session for session in beginning if session.rooms]
    rooms = {room.name: room for session in held for room in session.rooms}
    seats = {name: min(most, max(s.seats_in(room) for s in held)) for name, room in rooms.items()}
    fixed = (min(s.seats, most) * proof.prices.get(s.key, 0) for s in beginning if not s.rooms)
    dealt = (
        sum(seats[name] * proof.prices.get(s.key, 0) for s, name in zip(held, chosen, strict=True))
        for chosen in permutations(rooms, len(held))
    )
    return sum(fixed) + max(dealt)


@given(drawn=proofs([*PRICED, Criterion.WORST]))
@examples(100)
def test_the_bound_is_everybodys_cheapest_day_less_all_seats(
    drawn: tuple[Conference, Outcomes, Proof],
) -> None:
    (program, people), _, proof = drawn
    proof = replace(proof, together=0, at_most={}, apart={}, least={}, spread={})
    # Whoever could present is let off their pins.
    assume(not any(person.presents and person.pins for person in people))
    worst = [SCALE] if proof.criterion is Criterion.WORST else []
    paid = sum(min(priced(proof, program, person) + worst) for person in people)
    seats = sum(worth(proof, round_, len(people)) for round_ in program.rounds)
    kept = sum(price * proof.kept[criterion] for criterion, price in proof.kept_prices.items())
    assert bound_of(proof, program, people) == max(0, math.ceil(Fraction(paid - seats - kept, SCALE)))


def test_the_pencil_with_one_list() -> None:
    """Two of the three have A and B, one B and C, at 1 step each: 2. At a price of 2 for A all pay 2."""
    prices = {"A@R1": 2 * SCALE, "A@R2": 2 * SCALE}
    assert bound_of(Proof(criterion=Criterion.TOTAL, prices=prices), TWICE, ALIKE) == 3 * 2 - 2 * 2
    # In the first round alone it is dear, and nobody takes it there.
    assert bound_of(Proof(criterion=Criterion.TOTAL, prices={"A@R1": 2 * SCALE}), TWICE, ALIKE) == 0
    refused = Proof(criterion=Criterion.WORST, worst=1, prices={"A@R1": SCALE, "A@R2": SCALE})
    assert bound_of(refused, TWICE, ALIKE) == 1
    assert bound_of(replace(refused, worst=2), TWICE, ALIKE) == 0


def test_nobody_takes_a_session_twice_however_dear_the_others_are() -> None:
    """All five have A once, and pay for B or C, of which there are four seats at that price."""
    dear = {f"{code}@{round_id}": 8 * SCALE for code in "BC" for round_id in ("R1", "R2")}
    day = conferences.one_list({code: {1: 1, 2: 1} for code in "ABC"}, rounds=2)
    people = tuple(conferences.person(name, "A") for name in ("Åse", "Bo", "Cai", "Dea", "Eva"))
    assert bound_of(Proof(criterion=Criterion.TOTAL, prices=dear), day, people) == 5 * 8 - 4 * 8


def test_a_sitting_that_goes_on_is_paid_once_and_fills_its_rounds() -> None:
    day = conferences.one_list(
        {"D": {1: 1}, "A": {1: 9, 2: 9}, "B": {1: 9, 2: 9}}, rounds=2, lasting={"D": (1, 2)}
    )
    people = tuple(conferences.person(name, "D > A > B") for name in ("Åse", "Bo"))
    # D is no step, and A and B without it are 2.
    assert bound_of(Proof(criterion=Criterion.TOTAL, prices={"D": 2 * SCALE}), day, people) == 2 * 2 - 2
    away = (people[0], replace(people[1], absent=frozenset({"R2"})))
    assert bound_of(Proof(criterion=Criterion.TOTAL), day, away) == 1


def test_who_may_be_freed_of_presenting_may_need_fewer_steps() -> None:
    """With B cancelled Åse has A in R1, and C in R2 is then her second wish; presenting B, A is missed."""
    day = conferences.one_list({"A": {1: 1}, "B": {1: 1}, "C": {2: 1}}, rounds=2)
    aase = conferences.person("Åse", "A > C", presents="B")
    assert bound_of(Proof(criterion=Criterion.TOTAL), day, (aase,)) == 1
    droppable = conferences.each_session(day, lambda s: replace(s, may_be_cancelled=s.code == "B"))
    assert bound_of(Proof(criterion=Criterion.TOTAL), droppable, (aase,)) == 0


def test_a_pin_that_holds_in_any_round_is_kept_in_one() -> None:
    pinned = conferences.pinned(conferences.person("Åse", "A > B > C"), "C")
    assert bound_of(Proof(criterion=Criterion.TOTAL), TWICE, (pinned,)) == 1
    unlisted = conferences.pinned(conferences.person("Åse", "A > B"), "C")
    assert bound_of(Proof(criterion=Criterion.TOTAL), TWICE, (unlisted,)) == 1
    both = conferences.pinned(unlisted, "B")
    assert bound_of(Proof(criterion=Criterion.TOTAL), TWICE, (both,)) == 2


def test_a_pin_against_a_ban_leaves_nobody_a_day() -> None:
    refused = Proof(criterion=Criterion.WORST, worst=9)
    for wishes in ("A > B", "A > B > C"):
        pinned = conferences.pinned(conferences.person("Åse", wishes), "C")
        assert bound_of(refused, TWICE, (pinned,)) == 0
        assert bound_of(refused, TWICE, (conferences.pinned(pinned, "C", holds=False),)) == 1


def test_a_pin_asks_nothing_of_who_takes_no_seat_where_it_could_hold() -> None:
    day = conferences.one_list({"A": {1: 9, 2: 9}, "B": {1: 9, 2: 9}, "C": {3: 9}}, rounds=3)
    pin = Pin(code="A", organisation="Vejle Kommune")
    aase = replace(conferences.person("Åse", "C"), pins=(pin,))
    refused = Proof(criterion=Criterion.WORST, worst=0)
    assert bound_of(refused, day, (replace(aase, absent=frozenset({"R1", "R2"})),)) == 0
    assert bound_of(refused, day, (replace(aase, presents=frozenset({"A"})),)) == 0
    assert bound_of(refused, day, (replace(aase, presents=frozenset({"B"})),)) == 0


def test_a_pin_to_their_own_session_asks_nothing_where_one_of_its_sittings_is_cancelled() -> None:
    held = {"A": {1: 9, 2: 9}, "B": {1: 9}, "C": {3: 9}}
    day = conferences.each_session(
        conferences.one_list(held, rounds=3), lambda s: replace(s, may_be_cancelled=s.code == "A")
    )
    aase = conferences.pinned(conferences.person("Åse", "B > C", presents="A"), "A")
    assert bound_of(Proof(criterion=Criterion.TOTAL), day, (aase,)) == 0
    assert {figures.total for figures in every_outcome(day, (aase,))} == {0, 1}


def test_what_goes_on_is_paid_once_though_its_rounds_share_no_list() -> None:
    day = conferences.one_list({"D": {1: 1}}, rounds=2, lasting={"D": (1, 2)})
    people = tuple(conferences.person(name, "D", "D") for name in ("Åse", "Bo"))
    proof = Proof(criterion=Criterion.TOTAL, prices={"D": SCALE})
    assert bound_of(proof, replace(day, lists=()), people) == 2 * 1 - 1


def test_seats_beyond_all_participants_are_worth_nothing() -> None:
    program = conferences.program({"1A": 2, "1B": UNLIMITED})
    people = tuple(conferences.person(name, "1A") for name in ("Åse", "Bo", "Cai"))
    prices = {"1A": SCALE + SCALE // 4, "1B": SCALE // 4}
    # All pay 1 1/4, less 2 1/2 for 1A and, for three seats of 1B, 3/4: more than 0, so it is 1.
    assert bound_of(Proof(criterion=Criterion.TOTAL, prices=prices), program, people) == 1


def test_a_limit_that_nobody_pinned_could_keep_refuses_without_any_prices() -> None:
    program, (aase, bo, cai) = conferences.one_round()
    people = (aase, bo, replace(cai, pins=(Pin(code="1B", participant="Cai"),)))
    assert bound_of(Proof(criterion=Criterion.WORST, worst=0), program, people) == 1
    assert bound_of(Proof(criterion=Criterion.TOTAL), program, people) == 1
    with pytest.raises(ValueError, match="no day"):
        bound_of(Proof(criterion=Criterion.TOTAL, worst=0), program, people)


@given(conference=ANY)
def test_no_way_to_seat_them_spreads_organisations_further_than_counting_says(conference: Conference) -> None:
    outcomes = every_outcome(*conference)
    assert all(pairs_at_least(*conference) <= figures.spread for figures in outcomes)


def test_pairs_with_a_pencil() -> None:
    """Five over three sessions: 2, 2 and 1. One presents in R2, and is left out: 2, 1 and 1."""
    program = conferences.program({"1A": 9, "1B": 9, "1C": 9}, {"2A": 9, "2B": 9, "2C": 9})
    people = tuple(conferences.person(name, "", "") for name in ("Åse", "Bo", "Cai", "Dea", "Eva"))
    stranger = replace(conferences.person("Finn", "", ""), organisation="")
    people = (*people[:4], replace(people[4], presents=frozenset({"2A"})), stranger)
    assert pairs_at_least(program, people) == 2 + 1
    same = replace(people[0], organisation=" VEJLE  kommune")
    assert pairs_at_least(program, (same, *people[1:])) == 2 + 1
    away = replace(people[0], absent=frozenset({"R1", "R2"}))
    assert pairs_at_least(program, (away, *people[1:])) == 1 + 0


def test_pairs_in_what_goes_on_are_counted_once() -> None:
    """Four over D and A: 2 and 2. In R2 two may be in D still, and the others are two in B."""
    day = conferences.one_list({"D": {1: 2}, "A": {1: 9}, "B": {2: 9}}, rounds=2, lasting={"D": (1, 2)})
    people = tuple(conferences.person(name, "") for name in ("Åse", "Bo", "Cai", "Dea"))
    assert pairs_at_least(day, people) == 2 + 1
    assert min(figures.spread for figures in every_outcome(day, people)) == 2 + 1


@pytest.mark.parametrize(
    ("wishes", "earlier", "unlisted"),
    [
        # With one wish for two rounds, the other seat is nobody's wish either way.
        ("A", ("B", "C"), 1),
        ("A", ("A", "B"), 0),
        ("A > D", ("B", "C"), 2),
        ("A > D", ("A", "B"), 1),
        ("", ("B", "C"), 0),
    ],
)
@pytest.mark.parametrize("criterion", [Criterion.UNLISTED, Criterion.FIRST])
def test_who_stays_pays_for_as_many_unlisted_seats_as_there_were_wishes_for(
    criterion: Criterion, wishes: str, earlier: tuple[str, ...], unlisted: int
) -> None:
    day = conferences.one_list({code: {1: 9, 2: 9} for code in "ABCD"}, rounds=2)
    aase = replace(conferences.person("Åse", wishes), earlier=earlier)
    moved = Proof(criterion=criterion, kept={Criterion.MOVED: 0}, kept_prices={Criterion.MOVED: 9 * SCALE})
    assert bound_of(moved, day, (aase,)) == unlisted


OWN = Proof(criterion=Criterion.AVOID_OWN)
HELD_TWICE = conferences.one_list({code: {1: 9, 2: 9} for code in "ABCDE"}, rounds=2)


def owned(*codes: str) -> Program:
    """The sessions of HELD_TWICE, some of them by the organisation of everybody."""
    return conferences.each_session(
        HELD_TWICE, lambda each: replace(each, by=("Vejle Kommune",) if each.code in codes else ())
    )


def test_the_rest_of_a_day_is_filled_with_what_costs_least_and_nothing_twice() -> None:
    aase = conferences.person("Åse", "")
    assert bound_of(OWN, owned("B", "C", "D", "E"), (aase,)) == 1
    assert bound_of(OWN, owned("C", "D", "E"), (aase,)) == 0


def test_what_is_listed_is_no_part_of_the_rest_as_well() -> None:
    aase = conferences.person("Åse", "A")
    assert bound_of(OWN, owned("B", "C", "D", "E"), (aase,)) == 1


def test_a_pin_to_the_dearest_session_of_all_is_kept() -> None:
    pinned = conferences.pinned(conferences.person("Åse", ""), "E")
    assert bound_of(OWN, owned("E"), (pinned,)) == 1
    assert bound_of(OWN, owned("D"), (pinned,)) == 0


@pytest.mark.parametrize("limited", ["at_most", "apart"])
def test_whose_wishes_are_one_object_pays_what_rules_charge_all_the_same(limited: str) -> None:
    """Three want 1A; what two of them would pay there more is theirs, though all have the same wishes."""
    day = conferences.program({"1A": 3, "1B": 3})
    aase = conferences.person("Åse", "1A > 1B")
    # The third, whose organisation is another, is looked at first or last.
    bo, cai = (replace(aase, name=name, email=f"{name}@example.dk") for name in ("Bo", "Cai"))
    price = {"1A": SCALE}
    if limited == "apart":
        day, (aase, bo) = conferences.grouped(day, Company.APART, aase, bo)
        proof = Proof(criterion=Criterion.TOTAL, apart={"0": price})
    else:
        day = replace(day, rules=replace(day.rules, at_most=1))
        cai = replace(cai, organisation="Ærø Kommune")
        proof = Proof(criterion=Criterion.TOTAL, at_most={"organisation": {"vejle kommune": price}})
    assert aase.wishes[0] is cai.wishes[0]
    # Two pay 1 each, as a price or as a step, less 1 for the one who may be there.
    assert bound_of(proof, day, (aase, bo, cai)) == bound_of(proof, day, (cai, bo, aase)) == 1
