"""How an assignment treats people: regrets, wishes met, the criteria."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import OF_WISHES, Criterion, Stage
from midtvejs.domain.participants import Participant
from midtvejs.domain.profile import first_wishes, profile, regret, steps_of, without_first_wish
from midtvejs.domain.program import Program
from midtvejs.domain.seated import Day
from tests import conferences
from tests.brute import every_outcome
from tests.examples import examples
from tests.strategies import Conference, lawful_conferences

PROGRAM = conferences.program({"1A": 2, "1B": 2, "1C": 2}, {"2A": 3, "2B": 3}, presenters={"1B": "Eva"})
DAYS: dict[Participant, Day] = {
    conferences.person("Åse", "1A > 1B > 1C", "2A > 2B"): ("1C", "2B"),  # 2 + 1
    conferences.person("Bo", "1B", "2B > 2A"): ("1A", "2B"),  # 1 (not listed) + 0
    conferences.person("Cai", "", "2A"): ("1A", "2A"),  # 0 (no wishes) + 0
    conferences.person("Eva", "1A > 1C", "2B > 2A", presents="1B"): ("1B", "2A"),  # 0 (presents) + 1
}


def assigned(program: Program, days: dict[Participant, Day]) -> Assignment:
    return Assignment(
        program=program, participants=tuple(days), days={person.key: day for person, day in days.items()}
    )


def test_regret_is_the_steps_of_all_rounds_and_0_where_one_presents() -> None:
    assert [steps_of(*pair) for pair in DAYS.items()] == [[2, 1], [1, 0], [0, 0], [0, 1]]
    assert [regret(*pair) for pair in DAYS.items()] == [3, 1, 0, 1]


def test_who_got_no_first_wish_where_they_had_wishes_and_do_not_present() -> None:
    assert without_first_wish(assigned(PROGRAM, DAYS)) == 2  # Åse, and Eva in her one round


def test_a_profile_by_hand() -> None:
    seen = profile(assigned(PROGRAM, DAYS))
    assert list(seen.regrets.values()) == [3, 1, 0, 1]
    assert seen.ranks == {1: 2, 2: 2, 3: 1}
    assert (seen.unlisted, seen.without_wishes, seen.presenting) == (1, 1, 1)
    assert seen.wished == 6
    assert seen.histogram == {0: 1, 1: 2, 2: 0, 3: 1}
    assert seen.criteria == {
        Criterion.WORST: 3,
        Criterion.TOTAL: 5,
        Criterion.EVEN: 11,
        Criterion.FIRST: 4,
        Criterion.UNLISTED: 1,
    }


def test_rounds_that_somebody_does_not_attend_are_counted_apart() -> None:
    finn = replace(conferences.person("Finn", "1A", "2B > 2A"), absent=frozenset({"R1"}))
    days = {**DAYS, finn: ("", "2A")}
    seen = profile(assigned(PROGRAM, days))
    assert seen.away == 1
    assert (seen.without_wishes, seen.presenting, seen.wished) == (1, 1, 7)
    assert steps_of(finn, days[finn]) == [0, 1]
    assert first_wishes(PROGRAM, tuple(days)) == {"1A": 1, "1B": 1, "1C": 0, "2A": 2, "2B": 3}
    assert without_first_wish(assigned(PROGRAM, days)) == 3


def test_colleagues_are_told_by_the_name_of_their_organisation() -> None:
    """Presenters are nobody's audience, and those of no organisation are no colleagues."""
    program = with_owner("2B", "ærø Kommune ")
    home, none = "Ærø  kommune", ""
    places = {"Åse": home, "Bo": "Ærø Kommune", "Cai": none, "Eva": home}
    days = {replace(person, organisation=places[person.name]): day for person, day in DAYS.items()}
    criteria = assigned(program, days).criteria
    assert criteria[Criterion.SPREAD] == 1  # Åse and Bo in 2B
    assert criteria[Criterion.AVOID_OWN] == 2
    assert criteria[Criterion.TOTAL] == 5
    assert set(criteria) == set(Criterion)


def with_owner(code: str, *by: str) -> Program:
    rounds = (
        replace(
            round_,
            sessions=tuple(
                replace(session, by=by) if session.code == code else session for session in round_.sessions
            ),
        )
        for round_ in PROGRAM.rounds
    )
    return replace(PROGRAM, rounds=tuple(rounds))


def test_nobody_has_a_profile_of_nothing() -> None:
    seen = profile(assigned(PROGRAM, {}))
    assert seen.histogram == {0: 0}
    assert set(seen.criteria.values()) == {0}


def test_first_wishes_leave_out_the_silent_and_those_who_present() -> None:
    assert first_wishes(PROGRAM, tuple(DAYS)) == {"1A": 1, "1B": 1, "1C": 0, "2A": 2, "2B": 2}


@given(conference=lawful_conferences(), data=st.data())
@examples(50)
def test_shares_add_up_and_brute_force_counts_the_same(conference: Conference, data: st.DataObject) -> None:
    program, people = conference
    days = {
        person: tuple(
            person.presents_in(round_)
            or data.draw(st.sampled_from([session.code for session in round_.sessions]))
            for round_ in program.rounds
        )
        for person in people
    }
    assignment = assigned(program, days)
    seen = profile(assignment)
    assert seen.wished + seen.without_wishes + seen.presenting == len(people) * len(program.rounds)
    assert sum(seen.histogram.values()) == len(people)
    assert sum(level * count for level, count in seen.histogram.items()) == seen.criteria[Criterion.TOTAL]
    if all(taken <= program.sessions[code].seats for code, taken in assignment.count_taken().items()):
        outcomes = every_outcome(program, people)
        assert tuple(seen.criteria[criterion] for criterion in OF_WISHES) in {
            tuple(one.of(criterion) for criterion in OF_WISHES) for one in outcomes
        }


def test_a_stage_is_proven_when_it_meets_its_bound() -> None:
    reached = Stage(criterion=Criterion.TOTAL, value=7, bound=5, recomputable=5)
    assert (reached.proven, reached.gap) == (False, 2)
    assert Stage(criterion=Criterion.TOTAL, value=5, bound=5, recomputable=5).proven
