from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from midtvejs.domain import concerns as namesakes
from midtvejs.domain.concerns import concerns
from midtvejs.domain.demand import demand
from midtvejs.domain.names import perhaps_one
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program, Room
from midtvejs.domain.rules import Pin, Rules
from tests.conferences import each_session, one_list, person, program


def told(day: Program, people: Sequence[Participant]) -> list[str]:
    lines = {each.key: number for number, each in enumerate(people, start=2)}
    return told_of(day, people, lines)


def told_of(day: Program, people: Sequence[Participant], lines: Mapping[str, int]) -> list[str]:
    return [str(each) for each in concerns(day, tuple(people), lines, demand(day, people))]


def changed(day: Program, code: str, **changes: object) -> Program:
    """The same day, one of its sessions changed."""
    rounds = tuple(
        replace(
            round_,
            sessions=tuple(
                replace(session, **changes) if session.code == code else session  # type: ignore[arg-type] # of any field
                for session in round_.sessions
            ),
        )
        for round_ in day.rounds
    )
    return replace(day, rounds=rounds)


EVERYBODY = [person(name, "1A > 1B") for name in ("Åse", "Bo", "Cai")]


def test_enough_for_everybody() -> None:
    assert told(program({"1A": 3, "1B": 1}), EVERYBODY) == []
    assert told(program({"1A": 3}), []) == ["1A: nobody has it on their list"]


def test_nobody_means_those_who_can_be_in_it() -> None:
    pin = Pin(code="1C", holds=False, group="grade", of=("9",), others=True)
    day = replace(program({"1A": 3, "1B": 3, "1C": 3}), groups=("grade",), rules=Rules(pins=(pin,)))

    assert told(day, EVERYBODY) == ["1C: nobody who can be in it has it on their list"]


def test_more_first_wishes_than_seats() -> None:
    assert told(program({"1A": 2, "1B": 1}), EVERYBODY) == ["1A: 3 first wishes for 2 seats"]
    assert told(program({"1A": 1, "1B": 3}), EVERYBODY) == ["1A: 3 first wishes for 1 seat"]
    rooms = (Room(name="a", seats=1), Room(name="b", seats=2))
    open_room = changed(program({"1A": 2, "1B": 3}), "1A", rooms=rooms)
    assert told(open_room, EVERYBODY) == ["1A: 3 first wishes for at most 2 seats"]


def test_fewer_seats_than_people_comes_first() -> None:
    assert told(program({"1A": 1, "1B": 1}), EVERYBODY) == [
        "R1: 2 seats for 3 participants; 1 seat short; nobody can be seated",
        "1A: 3 first wishes for 1 seat",
    ]
    presenting = [*EVERYBODY[:2], replace(EVERYBODY[2], presents=frozenset({"1A"}))]
    assert not any("nobody" in each for each in told(program({"1A": 1, "1B": 1}), presenting))


def test_a_small_audience() -> None:
    needy = changed(program({"1A": 3, "1B": 3}), "1B", least=2)
    said = "1B: at least 2 participants must be in it; first wish of 0, listed by 3"
    assert told(needy, EVERYBODY) == [said]
    assert told(changed(needy, "1B", may_be_cancelled=True), EVERYBODY) == [
        said.replace("in it;", "in it, or it is cancelled;")
    ]
    assert told(changed(needy, "1B", least=0), EVERYBODY) == []
    assert told(needy, [person(name, "1B > 1A") for name in ("Åse", "Bo")]) == []


def test_nobody_wants_it() -> None:
    assert told(program({"1A": 3, "1B": 3, "1C": 3}), EVERYBODY) == ["1C: nobody has it on their list"]


def test_seats_without_steps() -> None:
    day = program({"1A": 3, "1B": 3})
    room = replace(day.rounds[0].sessions[1].room, seats=1, step_free=True)
    day = changed(day, "1B", room=room)
    needing = [replace(each, step_free=True) for each in EVERYBODY]
    assert told(day, [needing[0], *EVERYBODY[1:]]) == []
    # Up the steps there is nothing that they could have.
    assert told(day, needing) == [
        "R1: 3 participants need a step-free room; seats in such rooms: 1",
        "1B: 3 first wishes for 1 seat",
        "1A: nobody has it on their list",
    ]
    away = [needing[0], *(replace(each, absent=frozenset({"R1"})) for each in needing[1:])]
    assert told(day, away) == ["1A: nobody has it on their list"]


def test_too_many_of_one_organisation() -> None:
    rules = Rules(at_most=1)
    day = program({"1A": 3, "1B": 3}, rules=rules)
    spelled = [replace(EVERYBODY[0], organisation="VEJLE kommune"), *EVERYBODY[1:]]
    assert told(day, spelled[:2]) == []
    said = ["R1: 3 participants of VEJLE kommune; at most 1 may be in each of 2 sessions"]
    assert told(day, spelled) == told(day, spelled[::-1]) == said
    assert told(day, [replace(each, organisation="") for each in EVERYBODY]) == []


def test_somebody_who_may_have_answered_twice() -> None:
    day = program({"1A": 3, "1B": 1})
    again = replace(EVERYBODY[0], email="aase@hjemme.example")
    assert told(day, [*EVERYBODY[:2], again]) == ["Åse, Vejle Kommune: lines 2 and 4; is that one person?"]
    assert told(day, [*EVERYBODY[:2], replace(again, organisation="Ribe")]) == []


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ((4, 2), "lines 2 and 4"),
        ((4, 9, 2), "lines 2, 4 and 9"),
        ((0, 2), "line 2, and the list of participants"),
        ((7, 0, 2), "lines 2 and 7, and the list of participants"),
        ((0, 0), "2 times on the list of participants"),
    ],
)
def test_who_never_answered_stands_in_no_line(lines: tuple[int, ...], where: str) -> None:
    day = program({"1A": 3, "1B": 1})
    people = [replace(EVERYBODY[0], email=f"{number}@x.dk") for number in range(len(lines))]
    at = {each.key: line for each, line in zip(people, lines, strict=True)}
    assert f"Åse, Vejle Kommune: {where}; is that one person?" in told_of(day, people, at)


@pytest.mark.parametrize(
    ("name", "organisation", "said"),
    [
        ("Aase", "Vejle Kommune", True),
        ("ÅSE", "vejle  kommune", True),
        ("Åse", "Vejle Komune", True),
        ("Aase", "Velje Kommune", True),
        ("Åse", "Vejle", True),
        ("Åse", "Vejen Kommune", False),
        ("Åse", "Varde Kommune", False),
        ("Åsa", "Vejle Kommune", False),
    ],
)
def test_one_person_may_be_spelled_in_two_ways(name: str, organisation: str, *, said: bool) -> None:
    again = replace(EVERYBODY[0], name=name, organisation=organisation, email="aase@hjemme.example")
    told_twice = [
        each for each in told(program({"1A": 3, "1B": 1}), [*EVERYBODY, again]) if "one person" in each
    ]
    both = f"Åse, Vejle Kommune or {name}, {organisation}: lines 2 and 5; is that one person?"
    assert told_twice == ([both] if said else [])


def test_a_name_with_the_surname_first_may_be_one_person() -> None:
    one, other = (
        replace(EVERYBODY[0], name=name, email="", organisation="") for name in ("Åse Holm", "Holm, Åse")
    )
    assert told(program({"1A": 3, "1B": 1}), [one, other]) == [
        "Åse Holm or Holm, Åse: lines 2 and 3; is that one person?"
    ]


def test_letters_that_are_typed_in_two_ways_are_one() -> None:
    day = program({"1A": 3})
    names = ("Søren Bæk", "Soeren Baek", "SØREN BAEK")
    people = [replace(person(name, "1A"), email=f"{n}@x.dk") for n, name in enumerate(names)]
    spelled = " or ".join(f"{name}, Vejle Kommune" for name in names)
    assert f"{spelled}: lines 2, 3 and 4; is that one person?" in told(day, people)


def test_an_organisation_between_two_joins_them() -> None:
    day = program({"1A": 3})
    spelled = ("Vejle Kommune", "Vejle Komune", "Vejle Komun")
    people = [replace(EVERYBODY[0], email=f"{n}@x.dk", organisation=each) for n, each in enumerate(spelled)]
    for order in permutations(people):
        assert any("lines 2, 3 and 4; is that one person?" in each for each in told(day, order))


def test_of_a_very_common_name_few_organisations_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[str, str]] = []

    def counting(one: str, other: str) -> bool:
        compared.append((one, other))
        return perhaps_one(one, other)

    monkeypatch.setattr(namesakes, "perhaps_one", counting)
    people = [replace(EVERYBODY[0], email=f"{n}@x.dk", organisation=f"{n} Skole") for n in range(2_000)]

    assert list(namesakes.namesakes(people)) == []
    assert 0 < len(compared) <= 45


def test_organisations_that_are_nearly_spelled_alike() -> None:
    day = program({"1A": 3, "1B": 1})
    slip = replace(EVERYBODY[0], organisation="Vejle Komune")
    assert told(day, [slip, *EVERYBODY[1:]]) == ["Vejle Komune: 1 participant; is it Vejle Kommune (2)?"]


def test_of_one_list_wishes_count_against_the_seats_of_all_times_together() -> None:
    day = one_list({"A": {1: 1, 2: 1}, "B": {1: 3}, "C": {2: 3}}, rounds=2)
    people = [person(name, "A > B") for name in ("Åse", "Bo", "Cai")]
    assert told(day, people) == [
        "A: 3 first wishes for 2 seats in the 2 times that it is held",
        "C: nobody has it on their list",
    ]
    assert told(day, people[:2]) == ["C: nobody has it on their list"]


def test_too_few_seats_are_those_of_a_round_whatever_the_list() -> None:
    day = one_list({"A": {1: 2, 2: 2}, "B": {2: 1}}, rounds=2)
    people = [person(name, "A > B") for name in ("Åse", "Bo", "Cai")]
    assert "R1: 2 seats for 3 participants; 1 seat short; nobody can be seated" in told(day, people)
    assert not any(each.startswith("R2:") for each in told(day, people))


def test_a_least_audience_is_needed_each_time() -> None:
    day = each_session(
        one_list({"A": {1: 9, 2: 9}, "B": {1: 9}}, rounds=2), lambda session: replace(session, least=2)
    )
    people = [person(name, "A > B") for name in ("Åse", "Bo", "Cai")]
    must = "at least 4 participants must be in it in the 2 times that it is held"
    assert told(day, people) == [f"A: {must}; first wish of 3, listed by 3"]


def test_nobody_is_asked_of_a_round_with_a_single_session() -> None:
    day = program({"1A": 3, "1B": 3}, {"P": 3})
    people = [person(name, "1A > 1B", "") for name in ("Åse", "Bo", "Cai")]
    assert told(day, people) == []
    needy = changed(day, "P", least=4)
    assert told(needy, people) == ["P: at least 4 participants must be in it; 3 in the round"]
