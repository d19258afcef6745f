"""One list over several rounds: steps, regret and criteria, counted by pairs of a wish missed and a seat."""

from __future__ import annotations

from itertools import permutations, product

from hypothesis import given
from hypothesis import strategies as st

from midtvejs.auditing.audit import audit
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant
from midtvejs.domain.profile import first_wishes, profile, regret, steps_of, without_first_wish
from midtvejs.domain.program import Program
from midtvejs.domain.rules import Law
from midtvejs.domain.seated import Day
from tests.conferences import one_list, person

EVERYWHERE = {1: 9, 2: 9}
DAY = one_list(dict.fromkeys("ABCD", EVERYWHERE), rounds=2)
"""Four sessions, each held in both rounds."""


def seated(program: Program, days: dict[Participant, Day]) -> Assignment:
    return Assignment(
        program=program, participants=tuple(days), days={who.key: day for who, day in days.items()}
    )


def test_three_people_and_a_pencil() -> None:
    aase, bo, cai = person("Åse", "A > B > C"), person("Bo", "A > B > C"), person("Cai", "")
    assert steps_of(aase, ("B", "A"), DAY) == [0, 0]
    assert steps_of(aase, ("C", "A"), DAY) == [1, 0]  # B is higher than C, and missed
    assert steps_of(bo, ("C", "D"), DAY) == [2, 2]  # A and B are, for C; and for D, which is not listed
    assert regret(cai, ("C", "D"), DAY) == 0
    figures = profile(seated(DAY, {aase: ("C", "A"), bo: ("C", "D"), cai: ("C", "D")}))
    assert figures.regrets == {aase.key: 1, bo.key: 4, cai.key: 0}
    assert figures.ranks == {1: 1, 3: 2}
    assert figures.unlisted == 1
    assert figures.without_wishes == 2
    assert figures.criteria[Criterion.FIRST] == 3  # of four seats, one is among its holder's first two


def test_a_list_too_short_for_the_rounds_leaves_seats_that_nobody_could_wish_for() -> None:
    aase = person("Åse", "A")
    figures = profile(seated(DAY, {aase: ("A", "B")}))
    assert figures.criteria == {
        Criterion.WORST: 0,
        Criterion.TOTAL: 0,
        Criterion.EVEN: 0,
        Criterion.FIRST: 0,
        Criterion.UNLISTED: 0,
    }
    without = profile(seated(DAY, {aase: ("C", "B")}))
    assert (without.criteria[Criterion.TOTAL], without.criteria[Criterion.UNLISTED]) == (2, 1)
    assert without.criteria[Criterion.FIRST] == 1


def test_nobody_attends_a_session_twice() -> None:
    aase = person("Åse", "A > B")
    twice = audit(seated(DAY, {aase: ("A", "A")}), (aase,))
    assert [(each.law, each.round_id, each.message) for each in twice.violations] == [
        (Law.ONCE, "R2", "Åse is in A more than once")
    ]
    assert audit(seated(DAY, {aase: ("A", "B")}), (aase,)).lawful


def test_whoever_is_in_a_session_that_goes_on_is_in_it_to_its_end() -> None:
    day = one_list({"D": {1: 3}, "A": EVERYWHERE}, rounds=2, lasting={"D": (1, 2)})
    aase = person("Åse", "D > A")
    assert list(day.sittings) == ["D", "A@R1", "A@R2"]
    broken = audit(seated(day, {aase: ("D", "A")}), (aase,))
    assert [(each.law, each.message) for each in broken.violations] == [
        (Law.THROUGH, "Åse is in D in R1, but not in R2, where it goes on")
    ]
    whole = seated(day, {aase: ("D", "D")})
    assert audit(whole, (aase,)).lawful
    assert whole.count_taken() == {"D": 1, "A@R1": 0, "A@R2": 0}
    assert steps_of(aase, ("D", "D"), day) == [0, 0]
    assert regret(aase, ("A", "D"), day) == 0


def test_each_sitting_has_its_own_roster_and_seats() -> None:
    day = one_list({"A": {1: 1, 2: 1}, "B": EVERYWHERE}, rounds=2)
    aase, bo = person("Åse", "A"), person("Bo", "A")
    both = seated(day, {aase: ("A", "B"), bo: ("B", "A")})
    assert audit(both, (aase, bo)).lawful
    assert {key: [who.name for who in people] for key, people in both.rosters().items()} == {
        "A@R1": ["Åse"],
        "B@R1": ["Bo"],
        "A@R2": ["Bo"],
        "B@R2": ["Åse"],
    }
    crowded = audit(seated(day, {aase: ("A", "B"), bo: ("A", "B")}), (aase, bo))
    assert [each.message for each in crowded.violations] == [
        "A in R1 in Lokale A has 1 seat and 2 participants"
    ]


def test_demand_is_of_as_many_first_wishes_as_there_are_rounds() -> None:
    people = (person("Åse", "A > B > C"), person("Bo", "B"))
    assert first_wishes(DAY, people) == {"A": 1, "B": 2, "C": 0, "D": 0}
    assert without_first_wish(seated(DAY, {people[0]: ("B", "C"), people[1]: ("D", "C")})) == 2


# Laws

lists = st.lists(st.sampled_from("ABCDE"), unique=True).map(" > ".join)
FIVE = one_list({code: {1: 9, 2: 9, 3: 9} for code in "ABCDE"}, rounds=3)
DAYS = list(permutations("ABCDE", 3))


@given(wishes=lists, day=st.sampled_from(DAYS))
def test_regret_is_by_the_closed_formula(wishes: str, day: Day) -> None:
    codes = [code for code in wishes.split(" > ") if code]
    places = sorted(codes.index(code) for code in day if code in codes)
    listed, attended = len(codes), len(places)
    formula = sum(places) - attended * (attended - 1) // 2 + (3 - attended) * (listed - attended)
    assert regret(person("Åse", wishes), day, FIVE) == formula


@given(wishes=lists, day=st.sampled_from(DAYS))
def test_regret_is_none_only_with_the_first_wishes(wishes: str, day: Day) -> None:
    codes = [code for code in wishes.split(" > ") if code]
    fulfilled = set(codes[:3]) <= set(day)
    assert (regret(person("Åse", wishes), day, FIVE) == 0) is fulfilled


@given(wishes=lists.filter(bool))
def test_a_shorter_list_buys_nothing(wishes: str) -> None:
    shorter = " > ".join(wishes.split(" > ")[:-1])
    for day in DAYS:
        assert regret(person("Åse", shorter), day, FIVE) <= regret(person("Åse", wishes), day, FIVE)


@given(wishes=lists, day=st.sampled_from(DAYS), data=st.data())
def test_a_session_for_a_missed_one_that_stands_higher_lowers_regret(
    wishes: str, day: Day, data: st.DataObject
) -> None:
    codes = [code for code in wishes.split(" > ") if code]
    swaps = [
        (taken, missed)
        for taken, missed in product(day, codes)
        if missed not in day and (taken not in codes or codes.index(missed) < codes.index(taken))
    ]
    if swaps:
        taken, missed = data.draw(st.sampled_from(swaps))
        better = tuple(missed if code == taken else code for code in day)
        who = person("Åse", wishes)
        assert regret(who, better, FIVE) < regret(who, day, FIVE)


@given(wishes=st.lists(st.sampled_from("ABC"), unique=True), code=st.sampled_from("ABC"))
def test_a_list_for_one_round_is_what_a_round_is(wishes: list[str], code: str) -> None:
    one = one_list({code: {1: 9} for code in "ABC"}, rounds=1)
    who = person("Åse", " > ".join(wishes))
    assert steps_of(who, (code,), one) == steps_of(who, (code,))
