"""Whatever rules a day has: the best lawful assignment there is, or why there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from midtvejs.auditing.audit import audit, certify
from midtvejs.auditing.bound import bound_of
from midtvejs.auditing.verify import Standing, certificate_of, verify
from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.fairness import Criterion, Evidence
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program, Room
from midtvejs.domain.rules import Company, Rules
from midtvejs.solving.bounds import BoundWithoutRules
from midtvejs.solving.solve import solve
from midtvejs.solving.stop import Stop
from tests import conferences
from tests.brute import every_outcome, optimum
from tests.conferences import each_session, grouped, one_list, person, pinned, program
from tests.examples import examples
from tests.solving.prices.test_parties import friends
from tests.strategies import Conference, conferences_with_rules


@given(conference=conferences_with_rules())
@examples(300)
def test_the_best_there_is_or_nobody_is_seated(conference: Conference) -> None:
    program, people = conference
    outcomes = every_outcome(program, people)
    if not outcomes:
        with pytest.raises(NoLawfulAssignment):
            solve(program, people)
        return
    solution = solve(program, people)
    verdict = audit(solution.assignment, people)
    assert [violation.message for violation in verdict.violations] == []
    order = program.rules.fairness
    assert tuple(stage.value for stage in solution.stages) == optimum(outcomes, order)
    assert [verdict.criteria[criterion] for criterion in order] == [stage.value for stage in solution.stages]
    assert all(stage.proven for stage in solution.stages)


def test_a_crowd_of_friends_is_proven_by_prices_that_anybody_can_check() -> None:
    case = friends(seed=1, people=60, size=2).case
    solution = solve(case.program, case.participants)
    certificate = certificate_of(solution.assignment, solution.stages, solution.proofs)
    assert [each.evidence for each in certificate.stages[:2]] == [Evidence.PRICES] * 2
    assert any(each.proof and each.proof.together == 2 for each in certificate.stages)
    checked = verify(solution.assignment, case.participants, certificate)
    assert [stage.standing for stage in checked.stages[:2]] == [Standing.PROVEN] * 2


def test_once_the_search_is_to_end_a_bound_with_rules_is_still_raised_where_that_is_soon_done() -> None:
    ruled, late = friends(seed=1, people=60, size=2), Stop()
    late.ask()
    whole = BoundWithoutRules(ruled.case, Stop()).bound(Criterion.TOTAL, (), below=1000)
    hurried = BoundWithoutRules(ruled.case, late).bound(Criterion.TOTAL, (), below=1000)
    assert 0 < hurried.value <= whole.value
    assert hurried.proof
    assert bound_of(hurried.proof, ruled.case.program, ruled.case.participants) == hurried.value
    no_time = replace(ruled.case, limits=replace(ruled.case.limits, last_work=0))
    assert BoundWithoutRules(no_time, late).bound(Criterion.TOTAL, (), below=1000).value == 0


def test_a_round_in_which_nobody_takes_a_seat() -> None:
    """Everybody presents in R1, or is not there; a rule has the rounds looked at all the same."""
    day = conferences.program({"1A": 1, "1B": 1}, presenters={"1A": "Åse"})
    day = replace(day, rules=Rules(at_most=1))
    people = (
        conferences.person("Åse", "1B", presents="1A"),
        replace(conferences.person("Bo", ""), absent=frozenset({"R1"})),
    )
    assert dict(solve(day, people).assignment.days) == {"åse@example.dk": ("1A",), "bo@example.dk": ("",)}


def seated(day: Program, *people: Participant) -> dict[str, str]:
    """Solve a day of one round, every stage proven; give everybody's session by name."""
    solution = solve(day, people)
    certify(solution.assignment, people, solution.stages)
    assert all(stage.proven for stage in solution.stages)
    return {each.name: solution.assignment.days[each.key][0] for each in people}


ASE, BO, CAI = (person(name, "1A > 1B") for name in ("Åse", "Bo", "Cai"))
ROOMY = program({"1A": 3, "1B": 3})
OF = {"1A": "Vejle", "1B": "Billund"}


def test_a_pin_holds_against_a_wish_and_a_ban_as_well() -> None:
    assert seated(ROOMY, pinned(ASE, "1B"), pinned(BO, "1A", holds=False), CAI) == {
        "Åse": "1B",
        "Bo": "1B",
        "Cai": "1A",
    }


def test_a_least_audience_sends_somebody_there() -> None:
    least = each_session(ROOMY, lambda session: replace(session, least=1))
    assert sorted(seated(least, ASE, BO, CAI).values()) == ["1A", "1A", "1B"]


def test_a_session_that_too_few_want_is_cancelled_and_its_presenter_is_free() -> None:
    day = program({"1A": 4, "1B": 4}, presenters={"1B": "Dea"})
    day = each_session(day, lambda session: replace(session, least=2, may_be_cancelled=True))
    dea = person("Dea", "1A", presents="1B")
    assert seated(day, ASE, BO, CAI, dea) == dict.fromkeys(("Åse", "Bo", "Cai", "Dea"), "1A")


def test_a_session_that_enough_want_is_held() -> None:
    day = program({"1A": 4, "1B": 4}, presenters={"1B": "Dea"})
    day = each_session(day, lambda session: replace(session, least=2, may_be_cancelled=True))
    others = [person(name, "1B") for name in ("Eva", "Finn")]
    found = seated(day, ASE, BO, CAI, *others, person("Dea", "1A", presents="1B"))
    assert found == dict.fromkeys(("Åse", "Bo", "Cai"), "1A") | dict.fromkeys(("Eva", "Finn", "Dea"), "1B")


def test_together_where_one_of_them_has_to_be() -> None:
    day, people = grouped(ROOMY, Company.TOGETHER, pinned(ASE, "1B"), BO)
    assert seated(day, *people, CAI) == {"Åse": "1B", "Bo": "1B", "Cai": "1A"}


def test_apart_though_both_want_the_same() -> None:
    day, people = grouped(ROOMY, Company.APART, ASE, BO)
    found = seated(day, *people, CAI)
    assert {found["Åse"], found["Bo"]} == {"1A", "1B"}
    assert found["Cai"] == "1A"


def test_no_more_than_so_many_of_an_organisation() -> None:
    day = replace(ROOMY, rules=Rules(at_most=2))
    elsewhere = replace(person("Dea", "1A > 1B"), organisation="Billund Kommune")
    found = seated(day, ASE, BO, CAI, elsewhere)
    assert sorted(found[name] for name in ("Åse", "Bo", "Cai")) == ["1A", "1A", "1B"]
    assert found["Dea"] == "1A"


def test_colleagues_are_spread_where_that_costs_nothing() -> None:
    day = replace(ROOMY, rules=Rules(fairness=(Criterion.TOTAL, Criterion.SPREAD)))
    found = seated(day, *(person(name, "") for name in ("Åse", "Bo", "Cai", "Dea")))
    assert sorted(found.values()) == ["1A", "1A", "1B", "1B"]


def test_nobody_hears_their_own_where_that_costs_nothing() -> None:
    day = each_session(
        ROOMY, lambda session: replace(session, by=("Vejle Kommune",) * (session.code == "1A"))
    )
    day = replace(day, rules=Rules(fairness=(Criterion.TOTAL, Criterion.AVOID_OWN)))
    assert seated(day, person("Åse", ""), person("Bo", "1A")) == {"Åse": "1B", "Bo": "1A"}


def test_the_larger_room_goes_to_what_more_people_want() -> None:
    rooms = Room(name="Salen", seats=3), Room(name="Kammeret", seats=1)
    day = each_session(ROOMY, lambda session: replace(session, room=rooms[0], rooms=rooms))
    people = ASE, BO, CAI, person("Dea", "1B")
    assert seated(day, *people) == {"Åse": "1A", "Bo": "1A", "Cai": "1A", "Dea": "1B"}
    chosen = solve(day, people).assignment.with_rooms().program.sessions
    assert [session.room.name for session in chosen.values()] == ["Salen", "Kammeret"]


def test_seats_that_are_kept_free_and_those_that_presenters_take() -> None:
    day = program({"1A": 3, "1B": 3}, presenters={"1A": "Dea"})
    day = each_session(day, lambda session: replace(session, keep_free=1, seated_presenters=1))
    found = seated(day, ASE, BO, person("Dea", "", presents="1A"))
    assert sorted(found.values()) == ["1A", "1A", "1B"]
    assert found["Dea"] == "1A"


def test_a_way_without_steps() -> None:
    day = each_session(
        ROOMY,
        lambda session: replace(session, room=replace(session.room, step_free=session.code == "1B")),
    )
    assert seated(day, replace(ASE, step_free=True), BO) == {"Åse": "1B", "Bo": "1A"}


def test_nobody_is_seated_or_counted_where_they_are_not() -> None:
    day = program({"1A": 1, "1B": 1}, {"2A": 3})
    absent = replace(person("Åse", "", "2A"), absent=frozenset({"R1"}))
    found = seated(day, absent, person("Bo", "1A", "2A"), person("Cai", "1B", "2A"))
    assert found == {"Åse": "", "Bo": "1A", "Cai": "1B"}


def test_as_many_as_a_session_takes_however_large_the_rooms_that_it_may_have() -> None:
    rooms = Room(name="Salen", seats=3), Room(name="Kammeret", seats=2)
    day = each_session(ROOMY, lambda session: replace(session, room=rooms[0], rooms=rooms, most=1))
    people = ASE, BO
    assert sorted(seated(day, *people).values()) == ["1A", "1B"]
    assert optimum(every_outcome(day, people), (Criterion.TOTAL,)) == (1,)


def test_rooms_that_suit_the_wishes_and_not_whoever_needs_a_way_without_steps() -> None:
    held = {"A": {1: 1, 2: 1}, "B": {1: 1, 2: 1}, "C": {1: 1}, "D": {1: 1}, "E": {1: 1, 2: 1}}
    small = tuple(Room(name=f"Lokale {number}", seats=1) for number in range(4))
    rooms = (*small, Room(name="Salen", seats=2, step_free=True))
    day = each_session(one_list(held, rounds=2), lambda session: replace(session, room=rooms[0], rooms=rooms))
    people = (
        person("Tom", ""),
        replace(person("Eva", ""), step_free=True),
        person("Finn", "A > D > C > E > B"),
    )
    solution = solve(replace(day, rooms=rooms), people)
    certify(solution.assignment, people, solution.stages)
    assert [stage.value for stage in solution.stages] == [0, 0, 0]
