"""What clashes, told with the rules' own words, each clash with what would help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.assignment import Impasse, NoLawfulAssignment
from midtvejs.domain.diagnostic import Place
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.domain.rules import Company, Group, Rules
from midtvejs.solving.cpsat.clashes import conflict
from midtvejs.solving.cpsat.rules import Label
from midtvejs.solving.solve import solve
from tests import conferences
from tests.conferences import person, pinned, program

LINE = Place(file="program.yaml", line=45)


def impasses(day: Program, *people: Participant) -> tuple[Impasse, ...]:
    with pytest.raises(NoLawfulAssignment) as nobody:
        solve(day, people)
    return nobody.value.impasses


def grouped(company: Company, *people: Participant) -> tuple[Group, list[Participant]]:
    group = Group(company=company, participants=tuple(each.name for each in people), place=LINE)
    return group, [replace(each, groups=(*each.groups, group)) for each in people]


def test_more_pins_than_seats() -> None:
    day = program({"1A": 2, "1B": 9})
    (impasse,) = impasses(day, *(pinned(person(name, ""), "1A") for name in ("Åse", "Bo", "Cai")))
    (clash,) = impasse.clashes
    assert set(clash.rules) == {
        "1A in Lokale 1A has 2 seats",
        "Åse is in 1A",
        "Bo is in 1A",
        "Cai is in 1A",
    }
    assert set(clash.changes) == {
        "find 1 more seat for 1A",
        "release the pin: Åse is in 1A",
        "release the pin: Bo is in 1A",
        "release the pin: Cai is in 1A",
    }
    assert len(impasse.smallest) == 1
    assert impasse.smallest[0] in clash.changes


def test_every_session_banned() -> None:
    day = program({"1A": 2, "1B": 9})
    nowhere = pinned(pinned(person("Åse", ""), "1A", holds=False), "1B", holds=False)
    (impasse,) = impasses(day, nowhere, person("Bo", ""))
    (clash,) = impasse.clashes
    assert sorted(clash.rules) == ["Åse is not in 1A", "Åse is not in 1B"]
    assert sorted(clash.changes) == ["release the ban: Åse is not in 1A", "release the ban: Åse is not in 1B"]


def test_clashes_of_all_rounds_and_all_of_one_round() -> None:
    day = program({"1A": 1, "1B": 1, "1C": 9}, {"2A": 1, "2B": 9})
    people = [person(name, "", "") for name in ("Åse", "Bo", "Cai", "Dea")]
    pairs = [pinned(each, code) for each, code in zip(people, ("1A", "1A", "1B", "1B"), strict=True)]
    pairs[0], pairs[3] = pinned(pairs[0], "2A"), pinned(pairs[3], "2A")
    first, second = impasses(day, *pairs)
    assert [first.round.id, second.round.id] == ["R1", "R2"]
    assert {rule for clash in first.clashes for rule in clash.rules} == {
        "1A in Lokale 1A has 1 seat",
        "1B in Lokale 1B has 1 seat",
        "Åse is in 1A",
        "Bo is in 1A",
        "Cai is in 1B",
        "Dea is in 1B",
    }
    assert len(first.clashes) == 2
    assert len(first.smallest) == 2
    assert len(second.clashes) == 1


def test_together_and_apart_at_once() -> None:
    day = program({"1A": 2, "1B": 9})
    together, people = grouped(Company.TOGETHER, person("Åse", ""), person("Bo", ""))
    apart, people = grouped(Company.APART, *people)
    day = replace(day, rules=Rules(groups=(together, apart)))
    (impasse,) = impasses(day, *people)
    assert set(impasse.clashes[0].rules) == {
        "together: Åse, Bo (program.yaml:45)",
        "apart: Åse, Bo (program.yaml:45)",
    }
    assert set(impasse.clashes[0].changes) == {f"give up {rule}" for rule in impasse.clashes[0].rules}


def test_a_least_audience_that_nobody_is_left_for() -> None:
    day = program({"1A": 5, "1B": 5})
    (round_,) = day.rounds
    sessions = tuple(replace(session, least=3) for session in round_.sessions)
    day = replace(day, rounds=(replace(round_, sessions=sessions),))
    (impasse,) = impasses(day, *(person(name, "1A") for name in ("Åse", "Bo", "Cai", "Dea")))
    (clash,) = impasse.clashes
    assert set(clash.rules) == {"1A has 3 participants at least", "1B has 3 participants at least"}
    assert set(clash.changes) == {
        "ask for 2 participants fewer in 1A",
        "ask for 2 participants fewer in 1B",
    }


def test_so_many_of_an_organisation() -> None:
    day = replace(program({"1A": 9, "1B": 9}), rules=Rules(at_most=1))
    (impasse,) = impasses(day, *(person(name, "1A") for name in ("Åse", "Bo", "Cai", "Dea")))
    assert impasse.smallest == ("allow 1 more participant of Vejle Kommune in one session",)


def test_no_way_without_steps() -> None:
    day = program({"1A": 9, "1B": 9})
    (impasse,) = impasses(day, replace(person("Åse", "1A"), step_free=True))
    assert impasse.clashes[0].rules == ("Åse needs a step-free room",)
    assert impasse.smallest == ("find a step-free room for Åse in R1",)


def test_too_few_seats_are_counted_and_other_clashes_stand_beside_them() -> None:
    day, people = conferences.oversubscribed()
    nowhere = pinned(pinned(people[0], "2A", holds=False), "2B", holds=False)
    with pytest.raises(NoLawfulAssignment) as nobody:
        solve(day, (nowhere, *people[1:]))
    assert [shortage.missing for shortage in nobody.value.shortages] == [1]
    assert [impasse.round.id for impasse in nobody.value.impasses] == ["R2"]


def test_a_round_without_any_session_is_short_of_seats_and_nothing_clashes_in_it() -> None:
    day = program({"1A": 9, "1B": 9}, {"2A": 9})
    first, second = day.rounds
    day = replace(day, rounds=(first, replace(second, sessions=())))
    with pytest.raises(NoLawfulAssignment) as nobody:
        solve(day, (pinned(person("Åse", "", ""), "1A"),))
    assert [(shortage.round.id, shortage.seats) for shortage in nobody.value.shortages] == [("R2", 0)]
    assert nobody.value.impasses == ()


def test_where_there_are_no_rules_none_of_them_clash() -> None:
    assert conflict(lambda _rules: False, []) == []


@given(data=st.data())
def test_a_conflict_has_none_to_spare(data: st.DataObject) -> None:
    labels = [Label(text=str(number), change="") for number in range(9)]
    impossible = data.draw(st.lists(st.sets(st.sampled_from(labels), min_size=1), min_size=1, max_size=4))

    def possible(rules: Sequence[Label]) -> bool:
        return not any(clash <= set(rules) for clash in impossible)

    if possible(labels):
        return
    found = conflict(possible, labels)
    assert not possible(found)
    assert all(possible([each for each in found if each != spared]) for spared in found)
