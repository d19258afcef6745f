"""The verifier: nobody makes it call proven what is not, and each false claim is told by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.auditing.audit import audit
from midtvejs.auditing.bound import bound_of
from midtvejs.auditing.digest import digest
from midtvejs.auditing.verify import Standing, verify
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.certificate import SCALE, Certificate, Certified, Proof
from midtvejs.domain.fairness import OF_WISHES, Criterion, Evidence, Stage
from midtvejs.domain.program import Program
from midtvejs.domain.rules import Company, Group, Law, Pin
from midtvejs.solving.solve import solve
from tests import conferences
from tests.brute import every_outcome, least
from tests.examples import examples
from tests.strategies import Conference, criteria_in_order, lawful_conferences

WORST, TOTAL, EVEN = Criterion.WORST, Criterion.TOTAL, Criterion.EVEN
PRICES = st.integers(0, 3).map(SCALE.__mul__) | st.integers(0, 3 * SCALE)


# Nobody lies to it


@st.composite
def forgeries(draw: st.DrawFn) -> tuple[Conference, Assignment, Certificate]:
    """Draw a lawful assignment, mostly no optimum, and a certificate that says it is one, with any proofs."""
    program, people = draw(lawful_conferences())
    order = draw(criteria_in_order)
    program = program.replace_rules(fairness=order)
    other = solve(program.replace_rules(fairness=draw(criteria_in_order)), people)
    assignment = replace(other.assignment, program=program)
    criteria = audit(assignment, people).criteria
    honest = solve(program, people).proofs
    stages = [
        Certified(
            stage=Stage(
                criterion=criterion,
                value=criteria[criterion],
                bound=criteria[criterion],
                recomputable=criteria[criterion],
            ),
            proof=draw(_forged(program, criterion, proof)),
            evidence=Evidence.PRICES,
        )
        for criterion, proof in zip(order, honest, strict=True)
    ]
    return (program, people), assignment, Certificate(inputs=digest(program, people), stages=tuple(stages))


@st.composite
def _forged(draw: st.DrawFn, program: Program, criterion: Criterion, honest: Proof | None) -> Proof | None:
    """Leave a proof as it is, or change anything in it."""
    proof = honest or Proof(criterion=criterion, worst=0 if criterion is WORST else None)
    sums = st.dictionaries(st.sampled_from(OF_WISHES), st.integers(0, 9), max_size=2)
    changes: dict[str, st.SearchStrategy[object]] = {
        "criterion": st.sampled_from(OF_WISHES),
        "worst": st.none() | st.integers(-1, 4),
        "kept": sums | st.just({}),
        "prices": st.dictionaries(st.sampled_from([*program.sessions]), PRICES),
        "kept_prices": st.dictionaries(st.sampled_from(OF_WISHES), PRICES, max_size=2),
        "together": st.integers(0, 9) | st.just(2**52),
    }
    for name in draw(st.sets(st.sampled_from([*changes]), max_size=2)):
        proof = replace(proof, **{name: draw(changes[name])})  # type: ignore[arg-type] # of the field's type
    return proof


@given(forgery=forgeries())
@examples(150)
def test_what_it_calls_proven_is_so(forgery: tuple[Conference, Assignment, Certificate]) -> None:
    conference, assignment, certificate = forgery
    verification = verify(assignment, conference[1], certificate)
    outcomes, reached = every_outcome(*conference), dict[Criterion, int]()
    for checked in verification.stages:
        optimum = least(outcomes, checked.criterion, reached)
        assert optimum is not None
        assert checked.bound <= optimum <= checked.value
        assert checked.standing in (Standing.PROVEN, Standing.FALSE)
        reached[checked.criterion] = checked.value


# What does not hold, by name

PROGRAM, PEOPLE = conferences.full_house()
AASE, BO, CAI, DEA = (person.key for person in PEOPLE)
FAIR = Assignment(
    program=PROGRAM,
    participants=PEOPLE,
    days={AASE: ("1A", "2B"), BO: ("1A", "2B"), CAI: ("1B", "2A"), DEA: ("1B", "2A")},
)
"""Everybody gives way once: worst 1, total 4, even 4."""

REFUSED = Proof(criterion=WORST, worst=0, prices={"1A": SCALE})
FOUR = Proof(criterion=TOTAL, worst=1, prices={"1A": SCALE, "2A": SCALE})
SQUARES = Proof(criterion=EVEN, worst=1, kept={TOTAL: 4}, prices={"1A": SCALE, "2A": SCALE})


def certified(
    *stages: tuple[Criterion, int, int, Proof | None], evidence: Evidence = Evidence.PRICES
) -> Certificate:
    return Certificate(
        inputs=digest(PROGRAM, PEOPLE),
        stages=tuple(
            Certified(
                stage=Stage(criterion=criterion, value=value, bound=bound, recomputable=bound),
                proof=proof,
                evidence=evidence,
            )
            for criterion, value, bound, proof in stages
        ),
    )


TRUE = ((WORST, 1, 1, REFUSED), (TOTAL, 4, 4, FOUR), (EVEN, 4, 4, SQUARES))
CERTIFICATE = certified(*TRUE)


def test_a_true_certificate_is_proven() -> None:
    verification = verify(FAIR, PEOPLE, CERTIFICATE)
    assert verification.proven
    assert verification.having(Standing.PROVEN) == verification.stages
    assert [stage.bound for stage in verification.stages] == [1, 4, 4]


def test_a_bound_that_a_sum_of_squares_cannot_have_is_one_higher() -> None:
    cheaper = replace(SQUARES, prices={"1A": SCALE * 3 // 4, "2A": SCALE * 3 // 4})
    assert bound_of(cheaper, PROGRAM, PEOPLE) == 3
    stages = (*TRUE[:2], (EVEN, 4, 4, cheaper))
    assert verify(FAIR, PEOPLE, certified(*stages)).having(Standing.PROVEN)[2].bound == 4
    # Of a total that is not proven, nobody knows whether it is odd.
    unproven = (TRUE[0], (TOTAL, 4, 3, None), (EVEN, 4, 4, cheaper))
    assert verify(FAIR, PEOPLE, certified(*unproven, evidence=Evidence.SOLVER)).stages[2].bound == 3


@pytest.mark.parametrize(
    ("number", "stage", "fault"),
    [
        (0, (WORST, 0, 0, None), "it is 1, not 0"),
        (0, (WORST, 1, 1, None), "the prices prove no more than 0, not 1"),
        (0, (WORST, 1, 1, replace(REFUSED, worst=1)), "the prices prove no more than 0, not 1"),
        (0, (WORST, 1, 1, replace(REFUSED, worst=None)), "the prices do not assume a limit on regret"),
        (0, (WORST, 1, 1, replace(REFUSED, prices={})), "the prices prove no more than 0, not 1"),
        (0, (WORST, 1, 2, REFUSED), "the bound of 2 is above what was reached, 1"),
        (
            0,
            (WORST, 1, 1, replace(REFUSED, kept={TOTAL: 0})),
            "a limit on total, which is not an earlier stage",
        ),
        (0, (WORST, 1, 1, FOUR), "the prices are for total"),
        (1, (TOTAL, 3, 3, FOUR), "it is 4, not 3"),
        (1, (TOTAL, 5, 4, FOUR), "it is 4, not 5"),
        (1, (TOTAL, 4, 5, FOUR), "the bound of 5 is above what was reached, 4"),
        (1, (TOTAL, 4, 4, None), "the prices prove no more than 0, not 4"),
        (1, (TOTAL, 4, 4, replace(FOUR, prices={"1A": SCALE})), "the prices prove no more than 2, not 4"),
        (1, (TOTAL, 4, 4, replace(FOUR, worst=0)), "the prices assume worst 0, but it is 1"),
        (1, (TOTAL, 4, 4, replace(FOUR, worst=-1)), "the prices assume worst -1, but it is 1"),
        (1, (TOTAL, 4, 4, replace(FOUR, kept={EVEN: 4})), "a limit on even, which is not an earlier stage"),
        (1, (TOTAL, 4, 4, replace(FOUR, kept={TOTAL: 4})), "a limit on total, which is not an earlier stage"),
        (2, (EVEN, 4, 4, replace(SQUARES, kept={TOTAL: 3})), "the prices assume total 3, but it is 4"),
    ],
)
def test_what_does_not_hold(number: int, stage: tuple[Criterion, int, int, Proof | None], fault: str) -> None:
    stages: list[tuple[Criterion, int, int, Proof | None]] = [*TRUE]
    stages[number] = stage
    verification = verify(FAIR, PEOPLE, certified(*stages))
    assert not verification.holds
    (false,) = verification.having(Standing.FALSE)
    assert false.criterion is stages[number][0]
    assert any(each.endswith(fault) for each in false.faults), false.faults


@pytest.mark.parametrize(
    "proof",
    [
        replace(FOUR, worst=2),
        replace(FOUR, worst=None),
        replace(FOUR, prices={"1A": SCALE - 100, "2A": SCALE}),
        replace(FOUR, prices={"1A": SCALE + 100, "2A": SCALE, "1B": 100}),
        replace(FOUR, kept={WORST: 1}),
    ],
)
def test_other_prices_and_looser_limits_that_prove_it_still_do(proof: Proof) -> None:
    assert verify(FAIR, PEOPLE, certified(TRUE[0], (TOTAL, 4, 4, proof), TRUE[2])).proven


def test_every_limit_that_is_too_strict_is_told_in_the_order_of_the_stages() -> None:
    strict = (EVEN, 4, 4, replace(SQUARES, worst=0, kept={TOTAL: 3}))
    (even,) = verify(FAIR, PEOPLE, certified(*TRUE[:2], strict)).having(Standing.FALSE)
    assert even.faults == (
        "the prices assume worst 0, but it is 1",
        "the prices assume total 3, but it is 4",
    )


def test_nothing_known_is_no_lie_and_no_proof() -> None:
    """Where a certificate says that nothing proves a stage, it has to claim no bound."""
    nothing = certified((TOTAL, 4, 0, None), evidence=Evidence.NONE)
    (total,) = verify(FAIR, PEOPLE, nothing).stages
    assert (total.faults, total.standing) == ((), Standing.OPEN)
    claimed = certified((TOTAL, 4, 4, replace(FOUR, worst=None)), evidence=Evidence.NONE)
    (total,) = verify(FAIR, PEOPLE, claimed).stages
    assert total.faults == ("what bounds it is prices, not none",)


def test_looser_limits_that_no_longer_prove_it() -> None:
    loose = replace(SQUARES, kept={TOTAL: 9}, prices={}, kept_prices={TOTAL: SCALE})
    (even,) = verify(FAIR, PEOPLE, certified(*TRUE[:2], (EVEN, 4, 4, loose))).having(Standing.FALSE)
    assert even.faults == ("the prices prove no more than 0, not 4",)


@pytest.mark.parametrize("order", [(1, 0, 2), (0, 2, 1), (0, 1), (0,), (2,)])
def test_stages_that_are_not_the_programs(order: tuple[int, ...]) -> None:
    verification = verify(FAIR, PEOPLE, certified(*(TRUE[number] for number in order)))
    assert not verification.same_order
    assert not verification.holds


def test_no_stages_prove_nothing() -> None:
    assert not verify(FAIR, PEOPLE, certified()).proven


def test_wishes_that_were_not_certified() -> None:
    others = (conferences.person("Åse", "1B > 1A", "2A > 2B"), *PEOPLE[1:])
    verification = verify(replace(FAIR, participants=others), others, CERTIFICATE)
    assert not verification.same_inputs
    assert not verification.holds


def test_a_certificate_of_something_else_that_would_prove_this_too() -> None:
    verification = verify(FAIR, PEOPLE, replace(CERTIFICATE, inputs="0" * 64))
    assert verification.having(Standing.PROVEN) == verification.stages
    assert not verification.holds
    assert not verification.proven


@pytest.mark.parametrize(
    "days",
    [{BO: ("1B", "2B")}, {BO: ("1A", "")}, {BO: ("2A", "1A")}],
    ids=["over-full", "no session", "other rounds"],
)
def test_what_is_not_lawful(days: dict[str, tuple[str, str]]) -> None:
    verification = verify(replace(FAIR, days={**FAIR.days, **days}), PEOPLE, CERTIFICATE)
    assert not verification.lawful
    assert not verification.holds
    assert verification.stages == ()


def test_somebody_who_is_missing() -> None:
    days = {key: day for key, day in FAIR.days.items() if key != BO}
    missing = replace(FAIR, days=days, participants=tuple(p for p in PEOPLE if p.key != BO))
    assert not verify(missing, PEOPLE, CERTIFICATE).holds
    assert not verify(missing, missing.participants, CERTIFICATE).same_inputs


def test_another_assignment_of_other_worth() -> None:
    worse = replace(FAIR, days={AASE: ("1A", "2A"), BO: ("1A", "2B"), CAI: ("1B", "2A"), DEA: ("1B", "2B")})
    verification = verify(worse, PEOPLE, CERTIFICATE)
    assert [stage.criterion for stage in verification.having(Standing.FALSE)] == [WORST, TOTAL, EVEN]


def test_the_word_of_the_solver_is_told_apart() -> None:
    word = certified((TOTAL, 4, 4, replace(FOUR, worst=None, prices={})), evidence=Evidence.SOLVER)
    assignment = replace(FAIR, program=PROGRAM.replace_rules(fairness=(TOTAL,)))
    word = replace(word, inputs=digest(assignment.program, PEOPLE))
    verification = verify(assignment, PEOPLE, word)
    assert (verification.holds, verification.proven) == (True, False)
    assert verification.having(Standing.SOLVER) == verification.stages
    false = replace(word.stages[0], stage=Stage(criterion=TOTAL, value=4, bound=5, recomputable=5))
    assert not verify(assignment, PEOPLE, replace(word, stages=(false,))).holds


@pytest.mark.parametrize("change", [lambda proof: proof, lambda _: None], ids=["prices", "none"])
def test_a_gap_holds_and_is_not_proven(change: Callable[[Proof], Proof | None]) -> None:
    proof = change(replace(SQUARES, prices={"1A": SCALE}))
    verification = verify(FAIR, PEOPLE, certified(*TRUE[:2], (EVEN, 4, 2 if proof else 0, proof)))
    assert verification.holds
    assert not verification.proven
    assert [stage.criterion for stage in verification.having(Standing.OPEN)] == [EVEN]


# Sessions held more than once

TWICE, ALIKE = conferences.held_twice()
TWICE_DAYS = Assignment(
    program=TWICE,
    participants=ALIKE,
    days=dict(zip([person.key for person in ALIKE], [("A", "B"), ("B", "A"), ("B", "C")], strict=True)),
)
"""Cai misses A twice: worst 2, total 2, even 4."""


def dear(price: int) -> dict[str, int]:
    return {"A@R1": price, "A@R2": price}


LISTED = Certificate(
    inputs=digest(TWICE, ALIKE),
    stages=tuple(
        Certified(
            stage=Stage(criterion=proof.criterion, value=value, bound=value, recomputable=value),
            proof=proof,
            evidence=Evidence.PRICES,
        )
        for value, proof in (
            (2, Proof(criterion=WORST, worst=1, prices=dear(SCALE))),
            (2, Proof(criterion=TOTAL, worst=2, prices=dear(2 * SCALE))),
            (4, Proof(criterion=EVEN, worst=2, kept={TOTAL: 2}, prices=dear(4 * SCALE))),
        )
    ),
)


def test_prices_of_sittings_prove_a_day_with_one_list() -> None:
    verification = verify(TWICE_DAYS, ALIKE, LISTED)
    assert verification.proven
    assert [stage.bound for stage in verification.stages] == [2, 2, 4]


def test_prices_of_one_sitting_prove_nothing_where_the_other_is_to_be_had() -> None:
    worst, total, even = LISTED.stages
    assert total.proof
    one = replace(total, proof=replace(total.proof, prices={"A@R1": 2 * SCALE}))
    (false,) = verify(TWICE_DAYS, ALIKE, replace(LISTED, stages=(worst, one, even))).having(Standing.FALSE)
    assert false.faults == ("the prices prove no more than 0, not 2",)


def test_whoever_is_in_a_session_twice_makes_the_assignment_unlawful() -> None:
    days = {**TWICE_DAYS.days, ALIKE[2].key: ("B", "B")}
    verification = verify(replace(TWICE_DAYS, days=days), ALIKE, LISTED)
    assert [violation.law for violation in verification.violations] == [Law.ONCE]
    assert not verification.holds


# Organisations, and rules

SPREAD = Criterion.SPREAD
SPREADING = replace(FAIR, program=PROGRAM.replace_rules(fairness=(SPREAD, TOTAL)))
"""Four of one organisation, two in each session of both rounds: 4 pairs, and no fewer can be."""


def spread(bound: int, *, evidence: Evidence = Evidence.COUNTING, proof: Proof | None = None) -> Certificate:
    loose = replace(FOUR, worst=None)
    certificate = certified((SPREAD, 4, bound, proof), (TOTAL, 4, 4, loose), evidence=evidence)
    counted, priced = certificate.stages
    stages = counted, replace(priced, evidence=Evidence.PRICES)
    return replace(certificate, inputs=digest(SPREADING.program, PEOPLE), stages=stages)


def test_spread_is_proven_by_counting_and_needs_no_prices() -> None:
    verification = verify(SPREADING, PEOPLE, spread(4))
    assert verification.proven
    assert [stage.bound for stage in verification.having(Standing.PROVEN)] == [4, 4]
    assert [stage.recomputed_by for stage in verification.stages] == [Evidence.COUNTING, Evidence.PRICES]


def test_what_was_counted_is_a_bound_whatever_the_certificate_says_of_it() -> None:
    (stage, _) = verify(SPREADING, PEOPLE, spread(0)).stages
    assert (stage.bound, stage.standing) == (4, Standing.PROVEN)


@pytest.mark.parametrize(
    ("certificate", "fault"),
    [
        (spread(5), "the bound of 5 is above what was reached, 4"),
        (spread(4, evidence=Evidence.PRICES), "what bounds it is counting, not prices"),
        (spread(4, proof=FOUR), "the prices are for total"),
        (
            spread(4, proof=Proof(criterion=SPREAD, kept={TOTAL: 4})),
            "a limit on total, which is not an earlier stage",
        ),
    ],
)
def test_false_counts(certificate: Certificate, fault: str) -> None:
    verification = verify(SPREADING, PEOPLE, certificate)
    (false,) = verification.having(Standing.FALSE)
    assert false.criterion is SPREAD
    assert any(each.endswith(fault) for each in false.faults), false.faults
    assert not verification.holds


def test_counting_says_nothing_of_other_criteria() -> None:
    word = replace(spread(4).stages[1], evidence=Evidence.COUNTING)
    certificate = replace(spread(4), stages=(spread(4).stages[0], word))
    (false,) = verify(SPREADING, PEOPLE, certificate).having(Standing.FALSE)
    assert (false.criterion, false.faults) == (TOTAL, ("what bounds it is prices, not counting",))


def test_prices_may_assume_a_spread_that_was_reached_and_prove_nothing_by_it() -> None:
    assumed = Proof(criterion=TOTAL, kept={SPREAD: 4}, kept_prices={SPREAD: SCALE}, prices=FOUR.prices)
    stages = spread(4).stages
    priced = replace(stages[1], proof=assumed)
    (false,) = verify(SPREADING, PEOPLE, replace(spread(4), stages=(stages[0], priced))).having(
        Standing.FALSE
    )
    assert false.faults == ("the prices prove no more than 0, not 4",)


# Rules that bind participants to each other

FRIENDS = Group(company=Company.TOGETHER, participants=("Åse", "Bo"))
AT_ODDS = (conferences.person("Åse", "1A > 1B"), conferences.person("Bo", "1B > 1A"))


def together(people: int, *groups: Group) -> tuple[Assignment, Certificate]:
    """Seat the two in one session, 1 step for one of them, and certify that nothing less can be."""
    program = conferences.program({"1A": 2, "1B": 2})
    program = replace(program, rules=replace(program.rules, fairness=(TOTAL,), groups=groups))
    participants = tuple(replace(person, groups=groups) for person in AT_ODDS)
    days = {person.key: ("1A",) for person in participants}
    certificate = certified((TOTAL, 1, 1, Proof(criterion=TOTAL, together=people)))
    return (
        Assignment(program=program, participants=participants, days=days),
        replace(certificate, inputs=digest(program, participants)),
    )


def test_those_who_are_to_be_together_choose_as_one() -> None:
    assignment, certificate = together(2, FRIENDS)
    assert verify(assignment, assignment.participants, certificate).proven


@pytest.mark.parametrize(("people", "groups"), [(0, (FRIENDS,)), (1, (FRIENDS,)), (2, ()), (2**52, ())])
def test_nobody_is_joined_whom_no_rule_binds_or_of_whom_the_certificate_does_not_say_so(
    people: int, groups: tuple[Group, ...]
) -> None:
    assignment, certificate = together(people, *groups)
    (false,) = verify(assignment, assignment.participants, certificate).having(Standing.FALSE)
    assert false.faults == ("the prices prove no more than 0, not 1",)


def limited(at_most: int | None, prices: dict[str, int]) -> tuple[Assignment, Certificate]:
    """Seat two of one organisation in two sessions, and certify that one of them has to give way."""
    program = conferences.program({"1A": 2, "1B": 2})
    program = replace(program, rules=replace(program.rules, fairness=(TOTAL,), at_most=at_most))
    participants = tuple(replace(person, wishes=person.wishes[:1]) for person in PEOPLE[:2])
    proof = Proof(criterion=TOTAL, at_most={"organisation": {"vejle kommune": prices}})
    certificate = certified((TOTAL, 1, 1, proof))
    return (
        Assignment(program=program, participants=participants, days={AASE: ("1A",), BO: ("1B",)}),
        replace(certificate, inputs=digest(program, participants)),
    )


def test_at_most_one_of_an_organisation_is_proven_by_a_price_of_their_own() -> None:
    assignment, certificate = limited(1, {"1A": SCALE})
    assert verify(assignment, assignment.participants, certificate).proven


@pytest.mark.parametrize(
    ("at_most", "prices"), [(None, {"1A": SCALE}), (2, {"1A": SCALE}), (1, {"9Z": SCALE}), (1, {"1B": SCALE})]
)
def test_a_price_for_what_no_rule_forbids_proves_nothing(at_most: int | None, prices: dict[str, int]) -> None:
    assignment, certificate = limited(at_most, prices)
    (false,) = verify(assignment, assignment.participants, certificate).having(Standing.FALSE)
    assert false.faults == ("the prices prove no more than 0, not 1",)


@pytest.mark.parametrize(
    ("company", "number"), [(Company.APART, "0"), (Company.TOGETHER, "0"), (Company.APART, "1")]
)
def test_those_who_are_to_be_apart_pay_for_where_both_want_to_be(company: Company, number: str) -> None:
    group = Group(company=company, participants=("Åse", "Bo"))
    program = conferences.program({"1A": 2, "1B": 2})
    program = replace(program, rules=replace(program.rules, fairness=(TOTAL,), groups=(group,)))
    people = tuple(replace(each, wishes=each.wishes[:1], groups=(group,)) for each in PEOPLE[:2])
    days = {AASE: ("1A",), BO: ("1B" if company is Company.APART else "1A",)}
    value = int(company is Company.APART)
    certificate = certified((TOTAL, value, 1, Proof(criterion=TOTAL, apart={number: {"1A": SCALE}})))
    certificate = replace(certificate, inputs=digest(program, people))
    verification = verify(Assignment(program=program, participants=people, days=days), people, certificate)
    assert verification.violations == ()
    assert [stage.bound for stage in verification.stages] == [int((company, number) == (Company.APART, "0"))]


@pytest.mark.parametrize(
    ("least", "may_be_cancelled", "proven"), [(1, False, True), (0, False, False), (1, True, False)]
)
def test_a_least_audience_is_proven_by_what_those_are_paid_who_come(
    least: int, may_be_cancelled: bool, proven: bool
) -> None:
    program = conferences.program({"1A": 2, "1B": 2})
    program = conferences.each_session(
        replace(program, rules=replace(program.rules, fairness=(TOTAL,))),
        lambda session: replace(session, least=least, may_be_cancelled=may_be_cancelled),
    )
    people = tuple(replace(person, wishes=person.wishes[:1]) for person in PEOPLE[:2])
    assignment = Assignment(program=program, participants=people, days={AASE: ("1A",), BO: ("1B",)})
    certificate = certified((TOTAL, 1, 1, Proof(criterion=TOTAL, least={"1B": SCALE})))
    verification = verify(assignment, people, replace(certificate, inputs=digest(program, people)))
    assert verification.proven is proven
    faults = [each.faults for each in verification.having(Standing.FALSE)]
    assert faults == ([] if proven else [("the prices prove no more than 0, not 1",)])


def test_an_assignment_against_the_rules_is_not_looked_at_further() -> None:
    pin = Pin(code="1B", participant="Åse")
    pinned = (replace(PEOPLE[0], pins=(pin,)), *PEOPLE[1:])
    program = replace(PROGRAM, rules=replace(PROGRAM.rules, pins=(pin,)))
    against = replace(FAIR, program=program, participants=pinned)
    verification = verify(against, pinned, replace(CERTIFICATE, inputs=digest(program, pinned)))
    assert verification.same_inputs
    assert verification.decided
    assert [violation.law for violation in verification.violations] == [Law.PINS]
    assert verification.stages == ()
    assert not verification.holds


def test_rules_that_were_not_certified() -> None:
    pin = Pin(code="1A", participant="Åse")
    pinned = (replace(PEOPLE[0], pins=(pin,)), *PEOPLE[1:])
    verification = verify(replace(FAIR, participants=pinned), pinned, CERTIFICATE)
    assert not verification.same_inputs
    assert not verification.holds
