"""The digest is that of what bears on what is lawful and fair, and of nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.auditing.digest import digest
from midtvejs.domain.diagnostic import Place
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.program import Block, Program, Room, Session
from midtvejs.domain.rules import Company, Group, Pin, Quota
from tests import conferences
from tests.strategies import Conference, conferences_with_rules, lawful_conferences

People = tuple[Participant, ...]
Change = Callable[[Program, People], Conference]


@given(conference=lawful_conferences())
def test_the_digest_is_that_of_plain_json(conference: Conference) -> None:
    program, people = conference
    people = (*people, conferences.person('Ida "Ø" \\ \u2028', *[""] * len(program.rounds)))
    content = {
        "fairness": list(program.rules.fairness),
        "rounds": [
            [round_.id, [[session.code, session.seats] for session in round_.sessions]]
            for round_ in program.rounds
        ],
        "participants": sorted(
            [
                person.key,
                [wishes.tiers if wishes.above else wishes.codes for wishes in person.wishes],
                sorted(person.presents),
            ]
            for person in people
        ),
    }
    assert digest(program, people) == sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


@given(conference=lawful_conferences() | conferences_with_rules(), data=st.data())
def test_neither_the_order_of_rows_nor_the_seed_is_in_the_digest(
    conference: Conference, data: st.DataObject
) -> None:
    program, people = conference
    shuffled = data.draw(st.permutations(people))
    assert digest(program, shuffled) == digest(program, people)
    assert digest(program.replace_rules(seed=program.rules.seed + 1), people) == digest(program, people)


def changed_wish(program: Program, people: People) -> tuple[Program, People]:
    return program, (replace(people[0], wishes=(Wishes(("1B", "1A")), people[0].wishes[1])), *people[1:])


def lost_wish(program: Program, people: People) -> tuple[Program, People]:
    return program, (replace(people[0], wishes=(Wishes(("1A",)), people[0].wishes[1])), *people[1:])


def one_less(program: Program, people: People) -> tuple[Program, People]:
    return program, people[1:]


def somebody_else(program: Program, people: People) -> tuple[Program, People]:
    return program, (replace(people[0], email="other@example.dk"), *people[1:])


def presents(program: Program, people: People) -> tuple[Program, People]:
    return program, (replace(people[0], presents=frozenset({"1A"})), *people[1:])


def in_first_session(change: Callable[[Session], Session]) -> Change:
    """Change the first session of the day."""

    def changed(program: Program, people: People) -> Conference:
        first, *others = program.rounds[0].sessions
        round_ = replace(program.rounds[0], sessions=(change(first), *others))
        return replace(program, rounds=(round_, *program.rounds[1:])), people

    return changed


def of_first_person(**changes: object) -> Change:
    """Change the first participant."""

    def changed(program: Program, people: People) -> Conference:
        return program, (replace(people[0], **changes), *people[1:])  # type: ignore[arg-type] # as fields are

    return changed


def grouped(company: Company, *numbers: int, round_id: str = "", reason: str = "") -> Change:
    """Put some participants into a group."""

    def changed(program: Program, people: People) -> Conference:
        names = tuple(people[number].name for number in numbers)
        group = Group(company=company, participants=names, round_id=round_id, reason=reason)
        members = {number: replace(people[number], groups=(group,)) for number in numbers}
        everybody = tuple(members.get(number, person) for number, person in enumerate(people))
        return replace(program, rules=replace(program.rules, groups=(group,))), everybody

    return changed


def at_most(program: Program, people: People) -> Conference:
    return replace(program, rules=replace(program.rules, at_most=2)), people


def one_more_seat(session: Session) -> Session:
    return replace(session, room=replace(session.room, seats=session.room.seats + 1))


def other_order(program: Program, people: People) -> tuple[Program, People]:
    return program.replace_rules(fairness=(Criterion.TOTAL, Criterion.WORST, Criterion.EVEN)), people


def quota(number: int, value: str = "") -> Quota:
    return Quota(group="grade", number=number, value=value)


SMALL, LARGE = Room(name="Kammeret", seats=2), Room(name="Salen", seats=3)

CHANGES: dict[str, Change] = {
    **{change.__name__: change for change in (changed_wish, lost_wish, one_less, somebody_else, presents)},
    **{change.__name__: change for change in (other_order, at_most)},
    "one more seat": in_first_session(one_more_seat),
    "a seat kept free": in_first_session(lambda session: replace(session, keep_free=1)),
    "presenters seated": in_first_session(lambda session: replace(session, seated_presenters=2)),
    "a least audience": in_first_session(lambda session: replace(session, least=1)),
    "another least audience": in_first_session(lambda session: replace(session, least=2)),
    "so many of one at most": in_first_session(lambda session: replace(session, at_most=(quota(1),))),
    "so many of each at least": in_first_session(lambda session: replace(session, at_least=(quota(1),))),
    "more of each at least": in_first_session(lambda session: replace(session, at_least=(quota(2),))),
    "so many of one alone": in_first_session(lambda session: replace(session, at_least=(quota(1, "9"),))),
    "may be cancelled": in_first_session(lambda session: replace(session, may_be_cancelled=True)),
    "an open room": in_first_session(lambda session: replace(session, rooms=(session.room,))),
    "other rooms": in_first_session(lambda session: replace(session, rooms=(SMALL, session.room))),
    "larger rooms": in_first_session(lambda session: replace(session, rooms=(LARGE, session.room))),
    "absent": of_first_person(absent=frozenset({"R1"})),
    "absent later": of_first_person(absent=frozenset({"R2"})),
    "step-free": of_first_person(step_free=True),
    "pinned": of_first_person(pins=(Pin(code="1A", participant="Åse"),)),
    "pinned elsewhere": of_first_person(pins=(Pin(code="1B", participant="Åse"),)),
    "banned": of_first_person(pins=(Pin(code="1A", participant="Åse", holds=False),)),
    "together": grouped(Company.TOGETHER, 0, 1),
    "together with another": grouped(Company.TOGETHER, 0, 2),
    "three of them": grouped(Company.TOGETHER, 0, 1, 2),
    "together in one round": grouped(Company.TOGETHER, 0, 1, round_id="R1"),
    "apart": grouped(Company.APART, 0, 1),
}


def test_whatever_bears_on_what_is_lawful_or_fair_has_a_digest_of_its_own() -> None:
    program, people = conferences.full_house()
    digests = {name: digest(*change(program, people)) for name, change in CHANGES.items()}
    assert len({digest(program, people), *digests.values()}) == 1 + len(CHANGES)


def in_second_round(change: Callable[[Session], Session]) -> Change:
    """Change the first session of the second round, and leave it be in the others."""

    def changed(program: Program, people: People) -> Conference:
        first, second, *later = program.rounds
        sessions = (change(second.sessions[0]), *second.sessions[1:])
        return replace(program, rounds=(first, replace(second, sessions=sessions), *later)), people

    return changed


def listed_by(*rounds: int) -> Change:
    lists = (Block(id="wishes", rounds=rounds),) if rounds else ()
    return lambda program, people: (replace(program, lists=lists), people)


LISTED: dict[str, Change] = {
    "each round its own list": listed_by(),
    "a list for the last two": listed_by(1, 2),
    "a list for the first and the last": listed_by(0, 2),
    "a list for all three": listed_by(0, 1, 2),
    "a wish more": of_first_person(wishes=(Wishes(("A", "B")), Wishes())),
    "the same wish in another list": of_first_person(wishes=(Wishes(), Wishes(("A",)))),
    "one more seat the second time": in_second_round(one_more_seat),
    "it goes on": in_second_round(lambda session: replace(session, through=("R2", "R3"))),
    "it goes on from the first": in_second_round(lambda session: replace(session, through=("R1", "R2"))),
    "pinned": of_first_person(pins=(Pin(code="A", participant="Åse"),)),
    "pinned in the first": of_first_person(pins=(Pin(code="A", participant="Åse", round_id="R1"),)),
    "pinned in the second": of_first_person(pins=(Pin(code="A", participant="Åse", round_id="R2"),)),
    "banned from the second": of_first_person(
        pins=(Pin(code="A", participant="Åse", round_id="R2", holds=False),)
    ),
    "pinned in two rounds": of_first_person(
        pins=(
            Pin(code="A", participant="Åse", round_id="R2"),
            Pin(code="A", participant="Åse", round_id="R1"),
        )
    ),
}


def test_lists_and_sittings_are_in_the_digest() -> None:
    held = {1: 9, 2: 9, 3: 9}
    program, people = listed_by(0, 1)(
        conferences.one_list({"A": held, "B": held, "C": held}, rounds=3),
        (conferences.person("Åse", "A", ""), conferences.person("Bo", "B > A", "")),
    )
    digests = {name: digest(*change(program, people)) for name, change in LISTED.items()}
    assert len({digest(program, people), *digests.values()}) == 1 + len(LISTED)
    renamed = replace(program, lists=(replace(program.lists[0], id="formiddag"),))
    assert digest(renamed, people) == digest(program, people)


def test_steps_count_where_somebody_cannot_climb_them() -> None:
    program, people = conferences.full_house()

    def ramp(session: Session) -> Session:
        return replace(session, room=replace(session.room, step_free=True))

    _, needing = CHANGES["step-free"](program, people)
    with_ramp, _ = in_first_session(ramp)(program, people)
    assert digest(with_ramp, people) == digest(program, people)
    assert digest(with_ramp, needing) != digest(program, needing)


ASKING: dict[str, Change] = {
    "spread": lambda program, people: (program.replace_rules(fairness=(Criterion.SPREAD,)), people),
    "avoid_own": lambda program, people: (program.replace_rules(fairness=(Criterion.AVOID_OWN,)), people),
    "at_most": at_most,
}


@pytest.mark.parametrize("asking", ASKING.values(), ids=ASKING)
def test_organisations_count_where_a_rule_asks_for_them(asking: Change) -> None:
    program, people = conferences.full_house()
    elsewhere = of_first_person(organisation="Ærø Kommune")(program, people)
    alike = of_first_person(organisation="VEJLE  Kommune")(program, people)
    assert digest(*elsewhere) == digest(program, people)
    assert digest(*asking(*elsewhere)) != digest(*asking(program, people))
    assert digest(*asking(*alike)) == digest(*asking(program, people))


def test_who_is_behind_a_session_counts_where_people_avoid_their_own() -> None:
    program, people = conferences.full_house()
    behind, _ = in_first_session(lambda session: replace(session, by=("Vejle Kommune",)))(program, people)
    for asking, same in ((ASKING["avoid_own"], False), (ASKING["spread"], True)):
        assert (digest(*asking(behind, people)) == digest(*asking(program, people))) is same


def test_neither_reasons_nor_places_nor_other_words_for_a_rule_are_in_the_digest() -> None:
    program, people = conferences.full_house()
    place = Place(file="program.yaml", line=7)
    pin = Pin(code="1A", participant="Åse")
    other = replace(pin, participant="åse@example.dk", reason="hun er vært", place=place)
    assert digest(*of_first_person(pins=(pin,))(program, people)) == digest(
        *of_first_person(pins=(other, pin))(program, people)
    )
    group = grouped(Company.APART, 0, 1)
    turned = grouped(Company.APART, 1, 0, reason="de har nok af hinanden")
    assert digest(*group(program, people)) == digest(*turned(program, people))


@given(conference=conferences_with_rules())
def test_rooms_that_are_filled_in_make_another_program(conference: Conference) -> None:
    program, people = conference
    waiting = {code: session.rooms[0] for code, session in program.sessions.items() if session.rooms}
    same = digest(program.with_rooms(waiting), people) == digest(program, people)
    assert same is not bool(waiting)


def test_titles_and_names_are_not_in_the_digest() -> None:
    program, people = conferences.full_house()
    renamed = replace(program, event=replace(program.event, name="En anden dag"))
    assert digest(renamed, (replace(people[0], name="Aase"), *people[1:])) == digest(program, people)


@pytest.mark.parametrize("key", ["spread_of", "at_most_of"])
def test_grades_count_where_a_rule_asks_for_them(key: str) -> None:
    asking = ASKING[key.removesuffix("_of")]

    def digest_in(grade: str, group: str) -> str:
        program, people = asking(*conferences.full_house())
        graded = (replace(people[0], traits=(("grade", grade),)), *people[1:])
        rules: dict[str, Any] = {key: group}
        return digest(replace(program, rules=replace(program.rules, **rules)), graded)

    assert digest_in("8", "organisation") == digest_in("9", "organisation") != digest_in("9", "grade")
    assert digest_in("8", "grade") != digest_in("9", "grade") == digest_in("9th", "grade")


def test_grades_count_where_a_session_asks_for_them() -> None:
    def digest_in(grade: str, *asked: Quota) -> str:
        program, people = conferences.full_house()
        graded = of_first_person(traits=(("grade", grade),))(program, people)
        return digest(*in_first_session(lambda session: replace(session, at_most=asked))(*graded))

    assert digest_in("8") == digest_in("9")
    assert digest_in("8", quota(1)) != digest_in("9", quota(1)) == digest_in("9th", quota(1))
    assert digest_in("8", quota(1, "9")) == digest_in("8", quota(1, "9th"))
