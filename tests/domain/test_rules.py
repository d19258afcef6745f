"""The registry of rules: each kind has all that the others have."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from midtvejs.auditing.digest import digest
from midtvejs.domain.program import Session
from midtvejs.domain.rules import RULES, Couples, Law, Rules, amounts, rules_asked_for, rules_beyond_a_queue
from midtvejs.domain.words import LANGUAGES
from midtvejs.reading.codes import Fault
from midtvejs.reading.program import schema
from tests.ruled import DAYS
from tests.strategies import Conference


def names(law: Law) -> str:
    return law.name


def without(law: Law) -> Conference:
    """The day of a rule, without that rule."""
    day, people = DAYS[law]()
    kind = RULES[law]
    of_rules: dict[str, Any] = dict(kind.of_rules)
    of_sessions: dict[str, Any] = dict(kind.of_sessions)
    if law is Law.ROOMS:
        of_sessions = {"rooms": ()}
    rounds = tuple(
        replace(each, sessions=tuple(replace(session, **of_sessions) for session in each.sessions))
        for each in day.rounds
    )
    if kind.couples is Couples.NAMED:
        people = tuple(replace(each, groups=()) for each in people)
    if law is Law.PINS:
        people = tuple(replace(each, pins=()) for each in people)
    if law is Law.STEP_FREE:
        people = tuple(replace(each, step_free=False) for each in people)
    return replace(day, rounds=rounds, rules=replace(day.rules, **of_rules)), people


@pytest.mark.parametrize("law", RULES, ids=names)
def test_a_day_asks_for_a_rule_and_its_digest_tells(law: Law) -> None:
    assert law in rules_asked_for(*DAYS[law]())
    assert rules_asked_for(*without(law)) == rules_asked_for(*DAYS[law]()) - {law}
    assert digest(*without(law)) != digest(*DAYS[law]())


@pytest.mark.parametrize("law", RULES, ids=names)
def test_what_a_queue_cannot_keep_is_said_and_can_be_left_out(law: Law) -> None:
    day, _ = DAYS[law]()
    kind = RULES[law]
    assert bool(list(kind.unkept(day))) is bool(kind.of_rules or kind.of_sessions)
    assert set(kind.unkept(day)) <= set(rules_beyond_a_queue(day))
    assert list(kind.unkept(without(law)[0])) == []
    assert kind.of_rules.keys() <= {field.name for field in fields(Rules)}
    assert kind.of_sessions.keys() <= {field.name for field in fields(Session)}


@pytest.mark.parametrize("law", RULES, ids=names)
def test_a_breach_has_a_fault_and_a_hint(law: Law) -> None:
    assert RULES[law].fault in Fault.__members__
    assert RULES[law].hint


def test_no_two_rules_share_a_key_or_a_fault() -> None:
    for values in ([kind.key for kind in RULES.values()], [kind.fault for kind in RULES.values()]):
        assert len(set(values)) == len(values)


@pytest.mark.parametrize("law", [law for law, kind in RULES.items() if kind.amount], ids=names)
def test_a_number_for_the_whole_day_is_read_and_told_of_in_every_language(law: Law) -> None:
    kind = RULES[law]
    assert kind.key in schema.RULES.optional
    assert amounts(DAYS[law]()[0].rules).keys() == {law}
    assert kind.amount
    assert kind.amount.words.keys() == set(LANGUAGES)
    assert all("{}" in words for words in kind.amount.words.values())
