"""The rules of a day, in the language of its program."""

from __future__ import annotations

from collections.abc import Iterator

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.rules import Company, Group, Pin, Rules
from midtvejs.domain.words.words import Words


def rules_in_words(rules: Rules, language: Words) -> list[str]:
    """Give a line for each rule; none for those that every day has."""
    return [*_of_the_day(rules, language), *_decisions(rules, language)]


def _of_the_day(rules: Rules, language: Words) -> Iterator[str]:
    if rules.presenters_take_seats:
        yield language.presenters_sit
    if rules.at_most is not None:
        yield language.most_of_one.format(rules.at_most)
    if Criterion.SPREAD in rules.fairness:
        yield language.spread
    if Criterion.AVOID_OWN in rules.fairness:
        yield language.avoid_own


def _decisions(rules: Rules, language: Words) -> Iterator[str]:
    for pin in rules.pins:
        yield _because(_pin(pin, language), pin.reason)
    for group in rules.groups:
        yield _because(_group(group, language), group.reason)


def _because(decided: str, reason: str) -> str:
    return f"{decided} ({reason})" if reason else decided


def _pin(pin: Pin, language: Words) -> str:
    whom = pin.participant or language.everybody_of.format(pin.organisation)
    said = language.pinned if pin.holds else language.banned
    return said.format(whom, pin.code)


def _group(group: Group, language: Words) -> str:
    company = language.together if group.company is Company.TOGETHER else language.apart
    when = f" ({group.round_id})" if group.round_id else ""
    return f"{company}{when}: {', '.join(group.participants)}"
