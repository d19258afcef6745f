"""What a participant reads of why they got what they got."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given

from midtvejs import api
from midtvejs.commands._solve import solve_elsewhere
from midtvejs.domain.assignment import Assignment, NoLawfulAssignment
from midtvejs.domain.counterfactual import Elsewhere
from midtvejs.domain.explanation import Explaining
from midtvejs.domain.fairness import CRITERIA, OF_EARLIER, Criterion
from midtvejs.domain.participants import Participant
from midtvejs.domain.rules import Company, Group, Pin, Rules
from midtvejs.domain.words import LANGUAGES, words_for
from midtvejs.output.export.identity import slug
from midtvejs.output.pages.explain import Letters, explanation_json
from midtvejs.output.screen import CONTROL, Page
from tests.conferences import each_session, grouped, held_twice, one_list, pinned, program
from tests.conferences import person as who
from tests.output import midsummer, workshops
from tests.output.midsummer_with_rules import seated_by_rules
from tests.output.pictured import check_picture, shown
from tests.output.test_hostile import EVIL, evil
from tests.strategies import Conference, conferences_with_rules, listed_conferences_with_rules

ROOT = Path(__file__).parents[3]
WIDTHS = (None, 45, 80, 120)


def letter(assignment: Assignment, name: str, *, named: bool = False) -> Page:
    person = next(each for each in assignment.participants if each.name == name)
    explanation = Explaining(assignment=assignment, solve=solve_elsewhere).explain(person)
    return Letters(assignment=assignment, named=named).page(explanation)


def lines(assignment: Assignment, name: str, *, named: bool = False) -> list[str]:
    """Return what is said below the heading of each round, and in the end."""
    said = shown(letter(assignment, name, named=named), None).splitlines()[2:]
    return [each for each in said if each]


def seated(day: Conference, *days: str) -> Assignment:
    of, people = day
    taken = {each.key: tuple(codes.split()) for each, codes in zip(people, days, strict=True)}
    assignment = Assignment(program=of, participants=tuple(people), days=taken)
    assert api.audit(assignment).lawful
    return assignment


@cache
def sample() -> Assignment:
    day = api.read_program(ROOT / "program.yaml")
    preferences = api.read_preferences(ROOT / "preferences" / "midtvejs-2018.csv", day)
    return api.assign(day, preferences.participants).assignment


# Whole letters


@pytest.mark.parametrize(
    "name", ["Nils Cassøe Jepsen", "Åsa Vestergaard", "Amalie Bertelsen", "Åse Due-Gade"]
)
def test_letters_of_the_sample(name: str) -> None:
    check_picture(f"why-{slug(name.split(maxsplit=1)[0])}", letter(sample(), name), None)


def test_a_letter_that_names_others() -> None:
    check_picture("why-names", letter(sample(), "Åsa Vestergaard", named=True), None)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_letter_on_a_terminal(width: int | None) -> None:
    check_picture("why-zacharias", letter(midsummer.seated(), "Zacharias Dahl"), width)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_in_each_language(language: str) -> None:
    check_picture(f"why-{language}", letter(midsummer.seated(language), "Bo Ærø"), None)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["Åse Berg", "Zacharias Dahl", "Ida [intern] Hansen", "[/b]", "Bo Ærø"])
def test_letters_under_rules(name: str, language: str) -> None:
    assignment = seated_by_rules(language)
    assert api.audit(assignment).lawful
    first = name.strip("[/]").split()[0].casefold()
    check_picture(f"why-rules-{slug(first)}-{language}", letter(assignment, name), None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_about_one_list_for_several_rounds(language: str) -> None:
    assignment = workshops.seated()
    event = replace(assignment.program.event, language=language)
    assignment = replace(assignment, program=replace(assignment.program, event=event))
    for number, person in enumerate(assignment.participants):
        check_picture(f"why-list-{number}-{language}", letter(assignment, person.name), None)


# What is said, and what is not


def test_a_free_seat_is_told_plainly() -> None:
    day = program({"1A": 2, "1B": 2}), (who("Åse", "1A > 1B"), who("Bo", "1A"))
    assert lines(seated(day, "1B", "1A"), "Åse") == [
        "Runde 1, 10:00–10:30",
        "Dine ønsker i rækkefølge: 1A, 1B.",
        "Du fik dit 2. ønske: 1B ”Foredrag 1B”.",
        (
            "1A ”Foredrag 1A” har 2 pladser, og den var første ønske hos 2 deltagere. "
            "Du kunne få plads i 1A, uden at andre skulle skifte session. Du ville vinde 1 trin. "
            "Efter dagens regler ville det være en bedre fordeling end den, der foreligger."
        ),
        "Hele din dag ligger 1 trin fra dine ønsker; for ingen er det mere.",
        "Et trin er ét ønske, der stod højere på listen end den session, man fik.",
    ]


def test_where_two_have_equal_claims_the_lottery_decided() -> None:
    day = program({"1A": 1, "1B": 1}), (who("Åse", "1A > 1B"), who("Bo", "1A > 1B"))
    said = lines(seated(day, "1B", "1A"), "Åse")[3]
    assert "Ingen af dem, der har plads i den, ville miste færre trin" in said
    assert "Vedkommende ville miste 1 trin. Du ville vinde 1 trin." in said
    assert said.endswith("her er det lodtrækningen, der afgør det.")


def test_it_is_not_claimed_that_nobody_would_lose_less_where_somebody_would() -> None:
    """Bo would lose nothing: the file was edited by hand."""
    day = program({"1A": 1, "1B": 1}), (who("Åse", "1A > 1B"), who("Bo", "1B > 1A"))
    said = lines(seated(day, "1B", "1A"), "Åse")[3]
    assert "Ingen af dem" not in said
    assert "Alle, der" not in said
    assert "Vedkommende ville endda vinde 1 trin." in said
    assert said.endswith("en bedre fordeling end den, der foreligger.")


def test_of_those_who_cannot_leave_nothing_is_claimed() -> None:
    """Cai would lose two steps, but it is not by his wishes that Bo is there."""
    day = program({"1A": 2, "1B": 1, "1C": 1})
    people = (
        who("Åse", "1A > 1B"),
        pinned(who("Bo", "1B"), "1A"),
        who("Cai", "1A > 1C > 1B"),
        who("Dea", "1C"),
    )
    said = lines(seated((day, people), "1B", "1A", "1A", "1C"), "Åse")[3]
    assert "Alle, der" not in said
    assert "Ingen af dem" in said


def test_somebody_may_lose_less_and_still_not_be_asked_to() -> None:
    """Bo would lose one step where Åse gains two, but would then be worse off than anybody is."""
    rules = Rules(fairness=(Criterion.WORST, Criterion.TOTAL))
    day = program({"1A": 1, "1B": 1, "1C": 1}, {"2A": 1, "2B": 1, "2C": 1}, rules=rules)
    people = (
        who("Åse", "1A > 1B > 1C", "2A > 2B > 2C"),
        who("Bo", "1A > 1C", "2A > 2B > 2C"),
        who("Cai", "1B", "2A > 2B > 2C"),
    )
    said = lines(seated((day, people), "1C 2A", "1A 2C", "1B 2B"), "Åse")[3]
    assert "Ingen af dem" not in said
    assert "Vedkommende ville miste 1 trin. Du ville vinde 2 trin." in said
    assert said.endswith(
        "Så ville en af deltagerne få en dag, der ligger 3 trin fra ønskerne; "
        "nu er det for ingen mere end 2 trin."
    )


def test_what_the_coordinator_decided_is_said_with_its_reason() -> None:
    day, (ase, bo) = program({"1A": 1, "1B": 1}), (who("Åse", "1B > 1A"), who("Bo", "1B"))
    ase = replace(ase, pins=(Pin(code="1A", participant="Åse", reason="holder oplægget i gang."),))
    assert lines(seated((day, (ase, bo)), "1A", "1B"), "Åse")[1:3] == [
        "Dine ønsker i rækkefølge: 1B, 1A.",
        "Arrangøren har bestemt, at du er med i 1A ”Foredrag 1A”. Begrundelse: holder oplægget i gang.",
    ]


def test_so_is_that_they_are_not_to_be_in_a_session() -> None:
    day, ase = program({"1A": 1, "1B": 1}), pinned(who("Åse", "1B > 1A"), "1B", holds=False)
    assert lines(seated((day, (ase,)), "1A"), "Åse")[3] == (
        "Arrangøren har bestemt, at du ikke er med i 1B ”Foredrag 1B”."
    )


@pytest.mark.parametrize("reason", ["sammen med Bo", "Bos vært", "BO!", "efter aftale med bo@example.dk"])
def test_a_reason_that_names_others_is_not_said_unless_they_may_be_named(reason: str) -> None:
    day, (ase, bo) = program({"1A": 2, "1B": 1}), (who("Åse", "1B > 1A"), who("Bo", "1B"))
    ase = replace(ase, pins=(Pin(code="1A", participant="Åse", reason=reason),))
    assignment = seated((day, (ase, bo)), "1A", "1B")
    assert reason not in "".join(lines(assignment, "Åse"))
    assert reason in "".join(lines(assignment, "Åse", named=True))


def test_company_is_told_without_its_names() -> None:
    people = [who(name, "1A > 1B") for name in ("Åse", "Bo", "Cai")]
    day, grouped_people = grouped(program({"1A": 3, "1B": 1}), Company.TOGETHER, *people)
    assignment = seated((day, tuple(grouped_people)), "1A", "1A", "1A")
    assert lines(assignment, "Åse")[2].endswith("at du og 2 andre deltagere er i samme session.")
    assert lines(assignment, "Åse", named=True)[2].endswith(
        "at du og 2 andre deltagere (Bo, Cai) er i samme session."
    )


def test_the_limit_of_an_organisation_is_told() -> None:
    day = program({"1A": 2, "1B": 2}, rules=Rules(at_most=1))
    people = (who("Åse", "1A > 1B"), who("Bo", "1A > 1B"))
    said = lines(seated((day, people), "1B", "1A"), "Åse")[3]
    assert "Der er allerede 1 deltager fra din organisation i den, og flere må der ikke være." in said
    assert "måtte én anden deltager skifte session" in said


def test_a_seat_that_no_rule_leaves_is_told() -> None:
    day = program({"1A": 1, "1B": 1})
    people = who("Åse", "1A > 1B"), pinned(who("Bo", "1A"), "1A")
    assert lines(seated((day, people), "1B", "1A"), "Åse")[3].endswith(
        "Du kan ikke få plads i den, uden at en af dagens regler brydes."
    )


def test_steps_and_cancelled_sessions() -> None:
    day = each_session(
        program({"1A": 2, "1B": 2, "1C": 2}),
        lambda each: replace(
            each,
            room=replace(each.room, step_free=each.code != "1A"),
            least=2 if each.code == "1C" else 0,
            may_be_cancelled=each.code == "1C",
        ),
    )
    ase = replace(who("Åse", "1A > 1C > 1B"), step_free=True)
    assert lines(seated((day, (ase,)), "1B"), "Åse")[3:5] == [
        "1A ”Foredrag 1A” holdes et sted uden niveaufri adgang, og den har du brug for.",
        "1C ”Foredrag 1C” er aflyst.",
    ]


@pytest.mark.parametrize("proven", [True, False])
def test_what_is_not_proven_is_not_said_to_be(proven: bool) -> None:
    """Pairs of colleagues are for the solver, who may have to end early."""
    day = program({"1A": 1, "1B": 1}, rules=Rules(fairness=(Criterion.SPREAD,)))
    people = who("Åse", "1A > 1B"), who("Bo", "1A > 1B")
    assignment = seated((day, people), "1B", "1A")
    swapped = {people[0].key: ("1A",), people[1].key: ("1B",)}
    explaining = Explaining(assignment=assignment, solve=lambda *_: Elsewhere(swapped, proven=proven))
    text = Letters(assignment=assignment).text(explaining.explain(people[0]))
    assert ("Det er den bedste måde, der er fundet; der kan være en bedre." in text) is not proven


def test_what_is_off_is_told_to_those_who_choose_there() -> None:
    day, people = (
        program({"1A": 1, "1B": 1}, presenters={"1B": "Bo"}),
        (who("Åse", "1A"), who("Bo", "", presents="1B")),
    )
    (round_,) = day.rounds
    off = replace(round_.sessions[0], code="1C", title="Foredrag 1C")
    day = replace(day, rounds=(replace(round_, cancelled=(off,)),))
    assignment = seated((day, people), "1A", "1B")
    said = "1C ”Foredrag 1C” er aflyst, så ønsker om den tæller ikke med."
    assert lines(assignment, "Åse")[2] == said
    assert said not in lines(assignment, "Bo")


def test_wishes_far_down_are_only_named() -> None:
    day = program({"1A": 1, "1B": 1, "1C": 1, "1D": 1, "1E": 1})
    people = (
        who("Åse", "1A > 1B > 1C > 1D > 1E"),
        *(who(name, code) for name, code in (("Bo", "1A"), ("Cai", "1B"), ("Dea", "1C"), ("Eva", "1D"))),
    )
    said = lines(seated((day, people), "1E", "1A", "1B", "1C", "1D"), "Åse")
    assert [line[:2] for line in said[3:6]] == ["1A", "1B", "1C"]
    assert said[6] == "Højere på din liste stod også 1D."


def test_a_round_that_is_missed_or_has_one_session() -> None:
    day = program({"1A": 1, "1B": 1}, {"2A": 2})
    ase = replace(who("Åse", "1A", ""), absent=frozenset({"R1"}))
    assignment = Assignment(program=day, participants=(ase,), days={ase.key: ("", "2A")})
    assert lines(assignment, "Åse") == [
        "Runde 1, 10:00–10:30",
        "Du deltager ikke i denne runde.",
        "Runde 2, 11:00–11:30",
        "Her er der kun én session, og alle er med i den: 2A ”Foredrag 2A”.",
    ]


def test_a_list_tells_which_of_several_rounds_is_meant() -> None:
    day, people = held_twice()
    said = lines(seated((day, people), "A B", "B A", "B C"), "Cai")
    assert said[0] == "Runde 1, Runde 2"
    assert said[2:4] == [
        "Runde 1: Du fik dit 2. ønske: B ”Foredrag B”.",
        "Runde 2: Du fik dit 3. ønske: C ”Foredrag C”.",
    ]
    assert said[4].startswith("A ”Foredrag A” har i alt 2 pladser, og den var blandt de første ønsker hos 3")
    assert "Skulle du have plads i A (Runde " in said[4]


def test_a_wish_that_is_held_only_while_they_are_away() -> None:
    day = one_list({"A": {1: 9}, "B": {1: 9, 2: 9}, "C": {2: 9}}, rounds=2)
    ase = replace(who("Åse", "A > B > C"), absent=frozenset({"R1"}))
    assignment = Assignment(program=day, participants=(ase,), days={ase.key: ("", "B")})
    assert lines(assignment, "Åse")[4] == (
        "A ”Foredrag A” holdes kun, når du selv er oplægsholder eller ikke deltager."
    )


# Others


def unlike(conference: Conference) -> Conference:
    """Call everybody by a name that is no part of any word, in the program's decisions, too."""
    day, people = conference
    names = {each.name: f"Xq{number}zw{each.name}" for number, each in enumerate(people)}

    def named(group: Group) -> Group:
        reason = f"fordi {' og '.join(names.values())} vil det"
        return replace(
            group, participants=tuple(names.get(each, each) for each in group.participants), reason=reason
        )

    def pinned_by(pin: Pin) -> Pin:
        return replace(
            pin, participant=names.get(pin.participant, pin.participant), reason=next(iter(names.values()))
        )

    groups = {group: named(group) for group in day.rules.groups}
    pins = {pin: pinned_by(pin) for pin in day.rules.pins}
    rules = replace(day.rules, groups=tuple(groups.values()), pins=tuple(pins.values()))
    return replace(day, rules=rules), tuple(
        replace(
            each,
            name=names[each.name],
            email=f"{names[each.name]}@example.dk".casefold(),
            pins=tuple(pins[pin] for pin in each.pins),
            groups=tuple(groups[group] for group in each.groups),
        )
        for each in people
    )


@given(conferences_with_rules(max_people=4))
def test_nobody_else_is_named(conference: Conference) -> None:
    check_that_nobody_else_is_named(unlike(conference))


@given(listed_conferences_with_rules(max_people=3))
def test_nor_with_lists_for_several_rounds(conference: Conference) -> None:
    check_that_nobody_else_is_named(unlike(conference))


def check_that_nobody_else_is_named(conference: Conference) -> None:
    try:
        assignment = api.assign(*conference).assignment
    except NoLawfulAssignment:
        assume(False)
        return
    explaining = Explaining(assignment=assignment, solve=solve_elsewhere)
    for person in assignment.participants:
        explanation = explaining.explain(person)
        texts = (
            Letters(assignment=assignment).text(explanation),
            explanation_json(explanation, named=False),
        )
        for text in texts:
            assert person.name in text
            assert not [
                each.name for each in others(assignment, person) if each.name.casefold() in text.casefold()
            ]


def others(assignment: Assignment, person: Participant) -> list[Participant]:
    return [each for each in assignment.participants if each is not person]


def test_the_order_of_rows_changes_nothing() -> None:
    assignment = sample()
    turned = replace(assignment, participants=assignment.participants[::-1])
    for named in (False, True):
        texts = [
            [
                Letters(assignment=each, named=named).text(
                    Explaining(assignment=each, solve=solve_elsewhere).explain(person)
                )
                for person in assignment.participants[:40]
            ]
            for each in (assignment, turned)
        ]
        assert texts[0] == texts[1]


@pytest.mark.parametrize("text", EVIL, ids=ascii)
@pytest.mark.parametrize("width", [None, 80])
def test_it_is_shown_as_it_stands(text: str, width: int | None) -> None:
    assignment = evil(text)
    explanation = Explaining(assignment=assignment, solve=solve_elsewhere).explain(assignment.participants[0])
    letters = "".join(shown(Letters(assignment=assignment).page(explanation), width).split())
    assert "".join(CONTROL.sub(" ", text).split()) in letters
    json.loads(explanation_json(explanation, named=True))


# Words


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_criterion_has_words(language: str) -> None:
    told = words_for(language).explain.criteria
    assert told.keys() == {criterion.value for criterion in CRITERIA if criterion not in OF_EARLIER}
    for criterion, said in words_for("da").explain.criteria.items():
        for name in ("{before}", "{after}", "{more}"):
            assert (name in told[criterion]) == (name in said)
