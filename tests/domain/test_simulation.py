"""Made-up participants and wishes."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.participants import NO_WISHES, fold
from midtvejs.domain.program import Presenter, Program
from midtvejs.domain.recognition import recognise_decisions, recognise_presenters
from midtvejs.domain.rules import Company, Group, Pin, Rules
from midtvejs.domain.simulation import FIRST_NAMES, SURNAMES, simulate
from midtvejs.reading.program.build import read_program
from tests.conferences import each_session, one_list, program

ROOT = Path(__file__).parents[2]
SEEDS = st.integers(min_value=0, max_value=2**64)
NUMBERS = st.integers(min_value=0, max_value=40)


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Days of one round up to ten, each of one session up to five, some with presenters."""
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=10))
    rounds = [{f"{number}{letter}": 5 for letter in "ABCDE"[:size]} for number, size in enumerate(sizes)]
    codes = [code for round_ in rounds for code in round_]
    presenting = draw(st.lists(st.sampled_from(codes), unique=True, max_size=4))
    names = st.sampled_from(["Åse Ærø", "Bo Bo", "Ægir-Ø Å", "<b>", "Nguyễn 2"])
    return program(*rounds, presenters={code: draw(names) for code in presenting})


@pytest.fixture(scope="module")
def conference() -> Program:
    return read_program(ROOT / "program.yaml").accepted()


@given(programs(), NUMBERS, SEEDS)
def test_as_many_people_as_asked_for_each_with_an_email_of_their_own(
    day: Program, number: int, seed: int
) -> None:
    people = simulate(day, participants=number, seed=seed)
    assert len(people) == number
    assert len({person.key for person in people}) == number
    assert all(person.email for person in people)


@given(programs(), NUMBERS, SEEDS)
def test_wishes_are_sessions_of_their_round_and_none_twice(day: Program, number: int, seed: int) -> None:
    for person in simulate(day, participants=number, seed=seed):
        for round_, wishes in zip(day.rounds, person.wishes, strict=True):
            assert set(wishes.codes) <= {session.code for session in round_.sessions}
            assert len(set(wishes.codes)) == len(wishes.codes)


@given(programs(), SEEDS)
def test_presenters_take_part_and_wish_nothing_where_they_present(day: Program, seed: int) -> None:
    people = simulate(day, participants=40, seed=seed)
    found = recognise_presenters(day, people)
    assert found.participants == people
    assert not found.absent
    assert not found.unclear
    for person in people:
        for round_, wishes in zip(day.rounds, person.wishes, strict=True):
            assert person.presents_in(round_) is None or wishes == NO_WISHES


@given(programs(), NUMBERS, SEEDS)
def test_more_people_never_change_the_first_ones(day: Program, number: int, seed: int) -> None:
    more = simulate(day, participants=number + 10, seed=seed)
    assert simulate(day, participants=number, seed=seed) == more[:number]


def test_another_seed_gives_other_people(conference: Program) -> None:
    assert (
        simulate(conference, participants=20, seed=1)[10:]
        != simulate(conference, participants=20, seed=2)[10:]
    )


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_the_order_of_hashes_changes_nobody(conference: Program, hash_seed: str) -> None:
    code = (
        "from pathlib import Path; from midtvejs.reading.program.build import read_program;"
        "from midtvejs.domain.simulation import simulate;"
        "people = simulate(read_program(Path('program.yaml')).accepted(), participants=50, seed=7);"
        "print([(p.email, [w.codes for w in p.wishes]) for p in people])"
    )
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        cwd=ROOT,
        env={"PYTHONHASHSEED": hash_seed},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    people = simulate(conference, participants=50, seed=7)
    assert run.stdout.strip() == str([(p.email, [w.codes for w in p.wishes]) for p in people])


def test_somebody_who_presents_twice_signs_up_once() -> None:
    day = program({"1A": 5, "1B": 5}, {"2A": 5}, presenters={"1A": "Åse Ærø", "2A": "åse  ærø"})
    first, second = simulate(day, participants=2, seed=0)
    assert first.presents == {"1A", "2A"}
    assert not second.presents


def test_a_presenter_keeps_email_and_organisation() -> None:
    day = program({"1A": 5})
    (round_,) = day.rounds
    (session,) = round_.sessions
    ida = Presenter(name="Ida", email="Ida@vejle.example", organisation="Vejle Kommune")
    session = replace(session, by=("Kolding Kommune",), presenters=(ida, Presenter(name="Bo")))
    day = replace(day, rounds=(replace(round_, sessions=(session,)),))
    people = simulate(day, participants=3, seed=0)
    assert [(p.name, p.email, p.organisation) for p in people[:2]] == [
        ("Ida", "Ida@vejle.example", "Vejle Kommune"),
        ("Bo", "bo@kolding-kommune.example", "Kolding Kommune"),
    ]
    assert people[2].organisation == "Kolding Kommune"


def test_nobody_else_has_a_presenters_name() -> None:
    """Every plain name is a presenter's: whoever is made up has a middle name or a double surname."""
    names = [f"{first} {last}" for first in FIRST_NAMES for last in SURNAMES]
    day = program({f"{number}": 5 for number in range(3)})
    (round_,) = day.rounds
    session = replace(round_.sessions[0], presenters=tuple(Presenter(name=name) for name in names))
    day = replace(day, rounds=(replace(round_, sessions=(session, *round_.sessions[1:])),))
    people = simulate(day, participants=len(names) + 200, seed=0)
    assert not {fold(p.name) for p in people[len(names) :]} & {fold(name) for name in names}


def test_lists_that_are_the_same_are_one_object(conference: Program) -> None:
    people = simulate(conference, participants=3000, seed=0)
    lists = [wishes for person in people for wishes in person.wishes]
    assert len({id(wishes) for wishes in lists}) == len(set(lists))


def test_the_conference_of_2018_is_far_over_subscribed(conference: Program) -> None:
    people = simulate(conference, participants=180, seed=2018)
    first = Counter(wishes.codes[0] for person in people for wishes in person.wishes if wishes.codes)
    crowded = [s.code for s in conference.sessions.values() if first[s.code] >= 1.3 * s.seats]
    assert len(crowded) >= 2


def test_some_lists_are_partial_and_some_are_empty(conference: Program) -> None:
    people = [p for p in simulate(conference, participants=3000, seed=0) if not p.presents]
    full = [len(round_.sessions) for round_ in conference.rounds]
    lengths = [[len(wishes.codes) for wishes in person.wishes] for person in people]
    silent = [0 in person for person in lengths]
    partial = [0 < length < whole for person in lengths for length, whole in zip(person, full, strict=True)]
    assert 0.04 < sum(silent) / len(silent) < 0.08
    assert 0.15 < sum(partial) / len(partial) < 0.25


def test_every_municipality_sends_somebody_and_some_send_far_more(conference: Program) -> None:
    people = simulate(conference, participants=180, seed=2018)
    sizes = Counter(person.organisation for person in people)
    assert set(sizes) == {name for session in conference.sessions.values() for name in session.by}
    assert max(sizes.values()) > 3 * min(sizes.values())
    assert len({person.name for person in people}) == 180
    assert any("ø" in person.name for person in islice(people, 10, None))


# Whom rules name


@st.composite
def ruled_programs(draw: st.DrawFn) -> Program:
    """Let pins and groups of a program name its presenters and others, by name or by email."""
    day = draw(programs())
    names = [
        "Åse Ærø",
        "BO  bo",
        "Ida Hansen",
        "Ida Hansen ",
        "ida@vejle.example",
        "Ida@Vejle.example",
        "Per Ø",
    ]
    pins = tuple(
        Pin(code=draw(st.sampled_from([*day.sessions])), participant=name, holds=draw(st.booleans()))
        for name in draw(st.lists(st.sampled_from(names), max_size=4))
    )
    groups = tuple(
        Group(company=draw(st.sampled_from(Company)), participants=tuple(members))
        for members in draw(
            st.lists(st.lists(st.sampled_from(names), min_size=2, max_size=3, unique=True), max_size=2)
        )
    )
    return replace(day, rules=replace(day.rules, pins=pins, groups=groups))


@given(ruled_programs(), SEEDS)
def test_everybody_whom_rules_name_signs_up_and_is_one_participant(day: Program, seed: int) -> None:
    people = simulate(day, participants=40, seed=seed)
    found = recognise_decisions(day, people)
    assert found.participants == people
    assert not found.unknown
    assert not found.unclear
    assert len({person.key for person in people}) == len(people) == 40
    assert recognise_presenters(day, people).participants == people
    assert people[:20] == simulate(day, participants=20, seed=seed)


@given(programs(), SEEDS)
def test_who_is_named_comes_first_and_changes_nobody_who_was_known(day: Program, seed: int) -> None:
    pins = tuple(
        Pin(code=next(iter(day.sessions)), participant=name) for name in ("Per Ø", "ida@vejle.example")
    )
    per, ida, *others = simulate(replace(day, rules=Rules(pins=pins)), participants=40, seed=seed)
    assert (per.name, ida.email) == ("Per Ø", "ida@vejle.example")
    assert per.email
    assert ida.name
    assert (per.pins, ida.pins) == (pins[:1], pins[1:])
    before = simulate(day, participants=38, seed=seed)
    assert [(each.name, each.organisation) for each in others] == [
        (each.name, each.organisation) for each in before
    ]


# One list for several rounds

LISTED = one_list({code: {1: 9, 2: 9, 3: 9} for code in "ABCDE"}, rounds=3)


@given(NUMBERS, SEEDS)
def test_one_list_is_wished_for_once(number: int, seed: int) -> None:
    last = replace(LISTED.rounds[0], id="P", name="Samling", sessions=program({"P1": 9}).rounds[0].sessions)
    day = replace(LISTED, rounds=(*LISTED.rounds, last))
    for person in simulate(day, participants=number, seed=seed):
        wishes, plenary = person.wishes
        assert set(wishes.codes) <= set("ABCDE")
        assert len(set(wishes.codes)) == len(wishes.codes)
        assert plenary == NO_WISHES


@given(SEEDS)
def test_presenters_do_not_wish_for_their_own_session_and_external_ones_stay_away(seed: int) -> None:
    presenters = (Presenter(name="Åse"), Presenter(name="Gæst", external=True))
    day = each_session(
        LISTED, lambda each: replace(each, presenters=presenters) if each.code == "A" else each
    )
    people = simulate(day, participants=30, seed=seed)
    aase = people[0]
    assert aase.name == "Åse"
    assert aase.presents == {"A"}
    assert "A" not in aase.wishes[0].codes
    assert all(person.name != "Gæst" for person in people)


def test_everybody_is_in_a_grade_that_the_program_speaks_of_and_wishes_for_what_is_open_to_it() -> None:
    day = program({"1A": 40, "1B": 40, "1C": 40})
    only = Pin(code="1A", holds=False, group="grade", of=("8",), others=True)
    rules = Rules(pins=(only, Pin(code="1B", holds=False, group="grade", of=("9", "9th"))))
    people = simulate(replace(day, groups=("grade", "class"), rules=rules), participants=40, seed=7)

    assert Counter(each.traits for each in people).keys() == {(("grade", "8"),), (("grade", "9"),)}
    wished = {(each.traits[0][1], code) for each in people for code in each.wishes[0].codes}
    assert wished == {("8", "1A"), *((grade, code) for grade in "89" for code in ("1B", "1C"))}
