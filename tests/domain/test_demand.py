from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from midtvejs.domain.demand import demand
from midtvejs.domain.participants import NO_WISHES
from midtvejs.domain.profile import first_wishes
from tests.conferences import person, program
from tests.strategies import Conference, lawful_conferences


def test_counted_by_hand() -> None:
    day = program({"1A": 1, "1B": 5})
    people = (
        person("Åse", "1A > 1B"),
        person("Bo", "1A"),
        person("Cai", ""),
        person("Dea", "1B > 1A", presents="1A"),
        replace(person("Eva", "1B"), absent=frozenset({"R1"})),
    )
    (only,) = demand(day, people)
    assert [(each.session.code, each.first, each.listed, each.beyond) for each in only.sessions] == [
        ("1A", 2, 2, 1),
        ("1B", 0, 1, 0),
    ]
    assert (only.whole, only.partial, only.empty, only.participants, only.beyond) == (1, 1, 1, 3, 1)


def test_nobody_at_all() -> None:
    (only,) = demand(program({"1A": 1}), ())
    assert (only.participants, only.beyond, only.sessions[0].listed) == (0, 0, 0)


@given(lawful_conferences())
def test_what_is_counted_at_once_is_what_one_counts_one_by_one(conference: Conference) -> None:
    day, people = conference
    first = first_wishes(day, people)
    for index, each in enumerate(demand(day, people)):
        choosing = [one.wishes[index] for one in people if not one.presents_in(each.round)]
        assert each.participants == len(choosing)
        assert each.empty == choosing.count(NO_WISHES)
        assert each.whole == sum(len(wishes.codes) == len(each.round.sessions) for wishes in choosing)
        for session in each.sessions:
            code = session.session.code
            assert session.first == first[code]
            assert session.listed == sum(code in wishes.codes for wishes in choosing)
