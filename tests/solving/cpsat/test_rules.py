"""Each rule alone, of a day on which it can be kept and of one on which it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.program import Program, Room
from midtvejs.domain.rules import Company, Rules
from midtvejs.solving.cpsat import rules
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.rules import Rule, Seated
from midtvejs.solving.cpsat.seating import Seating
from midtvejs.solving.cpsat.stated import Verdict
from midtvejs.solving.stop import Stop
from tests.conferences import (
    each_session,
    full_house,
    grouped,
    one_round,
    oversubscribed,
    person,
    pinned,
    program,
)
from tests.solving.cases import case_for
from tests.strategies import Conference

Generator = Callable[[Seating], Iterator[Rule]]
OfRound = Callable[[Seated, int], Iterator[Rule]]


def verdict(conference: Conference, *generators: Generator) -> Verdict:
    """Return whether everybody can be seated by these rules alone, however much of their wishes is met."""
    case, model = case_for(conference), Model()
    seating = Seating(model, case, worst=99)
    for generator in generators:
        for rule in generator(seating):
            model.at_most(rule.terms, rule.limit)
    return model.solve(seed=0, stop=Stop()).verdict


def in_each_round(rule: OfRound) -> Generator:
    def generator(seating: Seating) -> Iterator[Rule]:
        for round_ in range(len(seating.case.rounds)):
            yield from rule(seating, round_)

    return generator


def in_rooms(*names: str) -> Conference:
    """Return both sessions of a round the same rooms to choose from."""
    rooms = tuple(Room(name=name, seats=3) for name in names)
    day, people = one_round()
    return each_session(day, lambda session: replace(session, room=rooms[0], rooms=rooms)), people


def without_steps(code: str) -> Conference:
    """Have Åse, who needs a room without steps, present 1B; only the session with a code is in one."""
    day = program({"1A": 2, "1B": 2}, presenters={"1B": "Åse"})
    day = each_session(
        day, lambda session: replace(session, room=replace(session.room, step_free=session.code == code))
    )
    return day, (replace(person("Åse", "", presents="1B"), step_free=True),)


def with_least(count: int) -> Conference:
    day, people = one_round()
    return each_session(day, lambda session: replace(session, least=count)), people


def with_at_most(count: int) -> Conference:
    day, people = one_round()
    return replace(day, rules=Rules(at_most=count)), people


def in_company(company: Company, *people_with_pins: tuple[str, str]) -> Conference:
    """Have people together or apart, each pinned to a session unless its code is empty."""
    people = [pinned(person(name, ""), code) if code else person(name, "") for name, code in people_with_pins]
    day, members = grouped(roomy(), company, *people)
    return day, tuple(members)


def roomy() -> Program:
    return program({"1A": 9, "1B": 9})


PAIRS: dict[OfRound, tuple[Conference, Conference]] = {
    rules.seats: (full_house(), oversubscribed()),
    rules.one_session_a_room: (in_rooms("Salen", "Kammeret"), in_rooms("Salen")),
    rules.step_free: (without_steps("1B"), without_steps("1A")),
    rules.least: (with_least(1), with_least(2)),
    rules.at_most: (with_at_most(2), with_at_most(1)),
    rules.together: (
        in_company(Company.TOGETHER, ("Åse", "1B"), ("Bo", "")),
        in_company(Company.TOGETHER, ("Åse", "1B"), ("Bo", "1A")),
    ),
    rules.apart: (
        in_company(Company.APART, ("Åse", ""), ("Bo", "")),
        in_company(Company.APART, ("Åse", ""), ("Bo", ""), ("Cai", "")),
    ),
}


@pytest.mark.parametrize("rule", PAIRS, ids=lambda rule: rule.__name__)
def test_a_rule_of_a_round_is_kept_or_refuses_the_day(
    rule: OfRound,
) -> None:
    kept, refused = PAIRS[rule]
    assert verdict(kept, in_each_round(rule)) is Verdict.BEST
    assert verdict(refused, in_each_round(rule)) is Verdict.IMPOSSIBLE
    assert verdict(refused) is Verdict.BEST


def two_in_the_second() -> Conference:
    """Seat Åse where she never wished to be, nor was, and Bo beside her: of those behind that session.

    Cai, a friend of Bo's, is not there.
    """
    day = each_session(roomy(), lambda session: replace(session, by=("Vejle Kommune",)))
    day = replace(day, rules=Rules(fairness=tuple(Criterion)))
    asta = replace(person("Åse", "1A"), earlier=("1A",))
    bo, cai = (person(name, code) for name, code in (("Bo", "1B"), ("Cai", "1A")))
    bo, cai = replace(bo, wants=(cai.key,)), replace(cai, wants=(bo.key,), organisation="")
    return day, (pinned(asta, "1B"), pinned(bo, "1B"), pinned(cai, "1A"))


REACHED = dict.fromkeys(Criterion, 1) | {Criterion.AVOID_OWN: 2}


@pytest.mark.parametrize("criterion", Criterion)
def test_what_was_reached_is_kept_and_nothing_less(criterion: Criterion) -> None:
    def kept(value: int) -> Generator:
        return lambda seating: rules.keep_reached(seating, {criterion: value})

    assert verdict(two_in_the_second(), kept(REACHED[criterion])) is Verdict.BEST
    assert verdict(two_in_the_second(), kept(REACHED[criterion] - 1)) is Verdict.IMPOSSIBLE


def test_nobody_is_further_down_than_a_limit() -> None:
    assert verdict(two_in_the_second(), lambda seating: rules.worst(seating, 1)) is Verdict.BEST
    assert verdict(two_in_the_second(), lambda seating: rules.worst(seating, 0)) is Verdict.IMPOSSIBLE
