"""Where every search starts is lawful, and gives first wishes by the lottery."""

from __future__ import annotations

from hypothesis import given, settings

from midtvejs.solving.crowd import crowd_of
from midtvejs.solving.greedy import quickly_seated
from midtvejs.solving.in_turn import seated_in_turn
from midtvejs.solving.measure import measured
from tests import conferences
from tests.solving.cases import assigned, case_for, judged, listed
from tests.strategies import Conference, lawful_conferences, seeds


@given(conference=lawful_conferences(), seed=seeds)
@settings(max_examples=50)
def test_both_starts_are_lawful_and_counted_as_the_audit_counts(conference: Conference, seed: int) -> None:
    case = case_for(conference, seed)
    crowd = crowd_of(case)
    for choices in (seated_in_turn(case), listed(crowd, quickly_seated(crowd))):
        assert judged(case, choices).items() <= measured(case, choices).items()


def test_among_equals_the_earlier_lot_gets_the_seat_and_who_wishes_nothing_the_rest() -> None:
    program = conferences.program({"1A": 1, "1B": 1, "1C": 1})
    people = (
        conferences.person("Åse", "1A > 1B"),
        conferences.person("Bo", "1A > 1B"),
        conferences.person("Cai", ""),
    )
    for seed in range(10):
        case = case_for((program, people), seed)
        crowd = crowd_of(case)
        lucky, unlucky = (person for person in case.participants if person.wishes[0].codes)
        for choices in (seated_in_turn(case), listed(crowd, quickly_seated(crowd))):
            days = assigned(case, choices).days
            assert (days[lucky.key], days[unlucky.key], days[people[2].key]) == (("1A",), ("1B",), ("1C",))
