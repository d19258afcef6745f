"""How many rank all that they can choose, some of it, or nothing."""

from __future__ import annotations

from dataclasses import replace

from midtvejs.domain.demand import Turnout, turnout
from tests.conferences import one_list, person, program


def test_of_one_list_all_is_what_is_held_in_any_of_its_rounds() -> None:
    day = one_list({"A": {1: 1, 2: 1}, "B": {1: 1}, "C": {2: 1}}, rounds=2)
    people = (
        person("Åse", "A > B > C"),
        person("Bo", "C > A"),
        person("Cai", ""),
        # What only runs in the round that somebody does not attend, or presents in, they cannot choose.
        replace(person("Dea", "C > A"), absent=frozenset({"R1"})),
        person("Eva", "C > A", presents="B"),
    )
    assert turnout(day, people) == Turnout(whole=3, partial=1, empty=1)


def test_a_round_with_a_single_session_is_no_question() -> None:
    day = program({"1A": 1, "1B": 1}, {"P": 1})
    people = (person("Åse", "1A > 1B", ""), person("Bo", "1A", ""), person("Cai", "", "P"))
    assert turnout(day, people) == Turnout(whole=1, partial=1, empty=1)
