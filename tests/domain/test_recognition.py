"""Whom the program means among those who signed up: its presenters, its pins and its groups."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.participants import NO_WISHES, Participant, Wishes
from midtvejs.domain.program import Presenter, Program
from midtvejs.domain.recognition import Decided, Named, recognise_decisions, recognise_presenters
from midtvejs.domain.rules import Company, Group, Pin, Rules
from tests import conferences


def program_of(presenter: Presenter, *more: Presenter) -> Program:
    program = conferences.program({"1A": 2, "1B": 2}, {"2A": 4})
    (first, other), (second,) = (round_.sessions for round_ in program.rounds)
    first = replace(first, presenters=(presenter,))
    second = replace(second, presenters=more)
    return replace(
        program,
        rounds=(
            replace(program.rounds[0], sessions=(first, other)),
            replace(program.rounds[1], sessions=(second,)),
        ),
    )


def signed_up(name: str, email: str = "") -> Participant:
    return Participant(name=name, email=email, wishes=(NO_WISHES, NO_WISHES))


BO = Presenter(name="Bo Bo", email="bo@skole.dk")


@pytest.mark.parametrize(
    ("presenter", "participant"),
    [
        (BO, signed_up("Bo Andersen", "BO@skole.dk")),
        (BO, signed_up("bo  BO")),
        (Presenter(name="Bo Bo"), signed_up("Bo Bo", "bo@privat.dk")),
        (Presenter(name="Bo Bo"), signed_up("Bo Bo")),
        (Presenter(name="Bo Lund"), signed_up("Lund, Bo")),
        (Presenter(name="Lund,  bo"), signed_up("Bo Lund")),
    ],
    ids=[
        *(
            "by email",
            "by name without the participant's email",
            "by name without the presenter's",
            "by name",
        ),
        *("by name with the surname first", "by name where the program has the surname first"),
    ],
)
def test_a_presenter_is_recognised(presenter: Presenter, participant: Participant) -> None:
    other = signed_up("Åse", "aase@skole.dk")
    found = recognise_presenters(program_of(presenter), [other, participant])
    assert found.participants == (other, replace(participant, presents=frozenset({"1A"})))
    assert (found.absent, found.unclear) == ((), ())


@pytest.mark.parametrize(
    "people", [[], [signed_up("Åse", "aase@skole.dk")], [signed_up("Bo Bo", "bo@privat.dk")]]
)
def test_who_did_not_sign_up_is_absent_and_another_email_is_somebody_else(people: list[Participant]) -> None:
    found = recognise_presenters(program_of(BO), people)
    assert found.participants == tuple(people)
    assert found.absent == (("1A", BO),)
    assert found.unclear == ()


def test_an_email_decides_between_namesakes() -> None:
    one, other = signed_up("Bo Bo", "bo@skole.dk"), signed_up("Bo Bo", "bo@privat.dk")
    found = recognise_presenters(program_of(BO), [other, one])
    assert [person.presents for person in found.participants] == [frozenset(), frozenset({"1A"})]


def test_namesakes_are_unclear_and_nobody_of_them_presents() -> None:
    people = (signed_up("Bo Bo", "bo@skole.dk"), signed_up("Bo Bo", "bo@privat.dk"))
    found = recognise_presenters(program_of(Presenter(name="bo bo")), people)
    assert found.participants == people
    assert found.absent == ()
    (unclear,) = found.unclear
    assert (unclear.code, unclear.presenter.name, unclear.participants) == ("1A", "bo bo", people)


def test_one_person_presents_in_two_rounds_and_two_in_one() -> None:
    program = program_of(BO, Presenter(name="Åse"), BO)
    found = recognise_presenters(program, [signed_up("Åse", "aase@skole.dk"), signed_up("Bo", "bo@skole.dk")])
    assert [person.presents for person in found.participants] == [frozenset({"2A"}), frozenset({"1A", "2A"})]
    first, second = program.rounds
    assert [person.presents_in(first) for person in found.participants] == [None, "1A"]
    assert [person.presents_in(second) for person in found.participants] == ["2A", "2A"]


DAY = conferences.program({"1A": 2, "1B": 2}, {"2A": 4})
AASE = signed_up("Åse Holm", "aase@skole.dk")
LUND, OTHER_LUND = signed_up("Bo Lund", "bo@skole.dk"), signed_up("bo  LUND", "bo@privat.dk")
PEOPLE = (AASE, LUND, OTHER_LUND, signed_up("Cai"))


def day(*decisions: Pin | Group) -> Program:
    pins = tuple(each for each in decisions if isinstance(each, Pin))
    groups = tuple(each for each in decisions if isinstance(each, Group))
    return replace(DAY, rules=Rules(pins=pins, groups=groups))


def together(*names: str) -> Group:
    return Group(company=Company.TOGETHER, participants=names)


def test_without_decisions_everybody_is_who_they_were() -> None:
    found = recognise_decisions(DAY, PEOPLE)

    assert found == Decided(participants=PEOPLE)
    assert found.participants is PEOPLE


@pytest.mark.parametrize("words", ["Åse Holm", "åse  HOLM", "Holm, Åse", "aase@skole.dk", "AASE@SKOLE.DK"])
def test_a_name_or_an_email_means_one(words: str) -> None:
    pin, group = Pin(code="1A", participant=words), together(words, "Cai")
    found = recognise_decisions(day(pin, group), PEOPLE)

    aase, *others, cai = found.participants
    assert aase == replace(AASE, pins=(pin,), groups=(group,))
    assert cai == replace(PEOPLE[3], groups=(group,))
    assert others[0] is LUND
    assert found == Decided(participants=found.participants)


def test_an_email_in_the_column_of_names_is_an_email() -> None:
    only_email = signed_up("dea@skole.dk")
    found = recognise_decisions(day(Pin(code="1A", participant="Dea@skole.dk")), [only_email])

    assert len(found.participants[0].pins) == 1
    assert found.unknown == ()


def test_pins_stand_in_the_order_of_the_program() -> None:
    pins = (
        Pin(code="2A", holds=False, organisation="Vejle"),
        Pin(code="1A", participant="Åse Holm"),
        Pin(code="1B", holds=False, participant="aase@skole.dk"),
    )
    (found,) = recognise_decisions(day(*pins), [replace(AASE, organisation="vejle")]).participants

    assert found.pins == pins


@pytest.mark.parametrize("words", ["Åse", "Holm Åse", "aase@privat.dk"])
def test_nobody_of_that_name_signed_up(words: str) -> None:
    pin, group = Pin(code="1A", participant=words), together(words, "Cai")
    found = recognise_decisions(day(pin, group), PEOPLE)

    assert found.unknown == (Named(decision=pin, name=words), Named(decision=group, name=words))
    assert [len(person.pins) for person in found.participants] == [0] * 4
    assert [len(person.groups) for person in found.participants] == [0, 0, 0, 1]


def test_several_have_the_name_and_none_of_them_is_meant() -> None:
    pin = Pin(code="1A", participant="Bo Lund")
    found = recognise_decisions(day(pin), PEOPLE)

    assert found.unclear == (Named(decision=pin, name="Bo Lund", participants=(LUND, OTHER_LUND)),)
    assert found.participants == PEOPLE


def test_an_email_tells_namesakes_apart() -> None:
    pin = Pin(code="1A", participant="bo@privat.dk")

    assert [len(each.pins) for each in recognise_decisions(day(pin), PEOPLE).participants] == [0, 0, 1, 0]


def test_two_names_of_one_participant_in_a_group() -> None:
    group = together("Åse Holm", "aase@skole.dk", "Cai")
    found = recognise_decisions(day(group), PEOPLE)

    (doubled,) = found.doubled
    assert (doubled.decision, doubled.name, doubled.participants) == (group, "aase@skole.dk", (AASE,))
    assert found.participants[0].groups == (group,)


def test_an_organisation_means_everybody_who_is_free_in_the_round() -> None:
    members = tuple(replace(person, organisation=" VEJLE  kommune") for person in PEOPLE)
    free, presenting, absent, stranger = (
        members[0],
        replace(members[1], presents=frozenset({"1B"})),
        replace(members[2], absent=frozenset({"R1"})),
        replace(members[3], organisation="Kolding Kommune"),
    )
    first, second = Pin(code="1A", organisation="Vejle Kommune"), Pin(code="2A", organisation="Vejle Kommune")
    found = recognise_decisions(day(first, second), [free, presenting, absent, stranger])

    assert [each.pins for each in found.participants] == [(first, second), (second,), (second,), ()]
    assert found.empty == ()


def test_an_organisation_means_the_presenter_of_a_session_that_may_be_cancelled() -> None:
    pin = Pin(code="1A", organisation="Vejle Kommune")
    planned = day(pin)
    round_, *others = planned.rounds
    dropped = tuple(replace(session, may_be_cancelled=True) for session in round_.sessions)
    droppable = replace(planned, rounds=(replace(round_, sessions=dropped), *others))
    presenter = replace(PEOPLE[0], organisation="Vejle Kommune", presents=frozenset({"1B"}))
    assert [recognise_decisions(each, [presenter]).participants[0].pins for each in (planned, droppable)] == [
        (),
        (pin,),
    ]


def test_an_organisation_that_nobody_belongs_to() -> None:
    pin = Pin(code="1A", organisation="Kolding Kommune")
    found = recognise_decisions(day(pin), PEOPLE)

    assert found == Decided(participants=PEOPLE, empty=(pin,))


WORDS = st.sampled_from(["Åse Holm", "Bo Lund", "Cai", "aase@skole.dk", "bo@privat.dk", "Dea"])
DECISIONS = st.lists(
    st.builds(Pin, code=st.sampled_from(["1A", "1B", "2A"]), holds=st.booleans(), participant=WORDS)
    | st.builds(Pin, code=st.sampled_from(["1A", "2A"]), organisation=st.sampled_from(["Vejle", "Kolding"]))
    | st.lists(WORDS, min_size=2, max_size=3, unique=True).map(lambda names: together(*names)),
    max_size=6,
)


@given(decisions=DECISIONS, order=st.permutations(range(4)))
def test_the_order_of_rows_does_not_matter(decisions: list[Pin | Group], order: list[int]) -> None:
    people = [replace(person, organisation="Vejle" if person.email else "") for person in PEOPLE]
    found = recognise_decisions(day(*decisions), people)
    shuffled = recognise_decisions(day(*decisions), [people[index] for index in order])

    assert {each.key: each for each in found.participants} == {
        each.key: each for each in shuffled.participants
    }
    assert (found.unknown, found.doubled, found.empty) == (shuffled.unknown, shuffled.doubled, shuffled.empty)


# Sessions held more than once

TWICE = conferences.one_list({"A": {1: 9, 2: 9}, "B": {1: 9, 2: 9}, "C": {1: 9, 2: 9}}, rounds=2)


def presented(code: str, *presenters: Presenter) -> Program:
    return conferences.each_session(
        TWICE, lambda each: replace(each, presenters=presenters) if each.code == code else each
    )


def test_who_presents_a_session_presents_it_each_time_and_does_not_wish_for_it() -> None:
    people = (conferences.person("Åse", "A > B > C"), conferences.person("Bo", "B > A"))
    day = presented("A", Presenter(name="Åse"))
    aase, bo = recognise_presenters(day, people).participants
    assert [aase.presents_in(round_) for round_ in day.rounds] == ["A", "A"]
    assert aase.wishes == (Wishes(("B", "C")),)
    assert bo == people[1]


def test_in_a_list_for_one_round_wishes_stay_as_they_were_written() -> None:
    day = conferences.program({"1A": 2, "1B": 2}, presenters={"1A": "Åse"})
    (aase,) = recognise_presenters(day, [conferences.person("Åse", "1A > 1B")]).participants
    assert aase.wishes == (Wishes(("1A", "1B")),)


def test_external_presenters_are_not_missed() -> None:
    here, guest = Presenter(name="Bo"), Presenter(name="Gæst", external=True)
    recognised = recognise_presenters(presented("A", here, guest), [conferences.person("Åse", "")])
    assert recognised.absent == (("A", here),)


def organised(pin: Pin, *, absent: str = "", presents: str = "") -> bool:
    """Whether a pin of their organisation means somebody."""
    who = replace(conferences.person("Åse", "", presents=presents), absent=frozenset(absent.split()))
    decided = recognise_decisions(replace(TWICE, rules=Rules(pins=(pin,))), [who])
    return decided.participants[0].pins == (pin,)


def test_an_organisation_means_those_who_can_be_there_one_of_the_times() -> None:
    anywhere = Pin(code="A", organisation="Vejle Kommune")
    second = replace(anywhere, round_id="R2")
    assert organised(anywhere)
    assert organised(anywhere, absent="R1")
    assert not organised(anywhere, absent="R1 R2")
    assert not organised(anywhere, presents="B")
    assert organised(second, absent="R1")
    assert not organised(second, absent="R2")


def test_what_goes_on_is_for_those_who_attend_it_to_its_end() -> None:
    day = conferences.one_list({"D": {1: 9}, "A": {1: 9, 2: 9}}, rounds=2, lasting={"D": (1, 2)})
    pin = Pin(code="D", organisation="Vejle Kommune")
    ruled = replace(day, rules=Rules(pins=(pin,)))
    whole = conferences.person("Åse", "")
    half = replace(conferences.person("Bo", ""), absent=frozenset({"R2"}))
    assert [who.pins for who in recognise_decisions(ruled, [whole, half]).participants] == [(pin,), ()]
