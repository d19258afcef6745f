"""The rules of a draft without errors."""

from __future__ import annotations

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.rules import Company, Group, Pin, Rules
from midtvejs.reading.drafts import Draft, Found
from midtvejs.reading.program_day import DayDraft


def rules_of(day: DayDraft) -> Rules:
    usual = Rules()
    at_most: Draft | None = day.rules.value("at_most")
    seed = day.rules.value("seed")
    return Rules(
        fairness=_fairness(day.rules, usual.fairness),
        seed=usual.seed if seed is None else seed,
        at_most=at_most.value("organisation") if at_most else None,
        presenters_take_seats=bool(day.rules.value("presenters_take_seats")),
        pins=tuple(_pin(day, found) for found in day.pins),
        groups=tuple(_group(day, company, found) for company, found in day.groups),
    )


def _fairness(rules: Draft, usual: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """Give the criteria, those that rules of their own ask for at the end."""
    listed = rules.value("fairness")
    fairness = [Criterion(found.value) for found in listed] if listed else list(usual)
    asked = [(Criterion.SPREAD, "spread"), (Criterion.AVOID_OWN, "avoid_own")]
    return (*fairness, *(each for each, key in asked if rules.value(key) and each not in fairness))


def _pin(day: DayDraft, found: Found[Draft]) -> Pin:
    pin = found.value
    return Pin(
        code=pin.value("in") or pin.value("not_in"),
        holds="in" in pin.values,
        participant=pin.value("participant") or "",
        organisation=pin.value("organisation") or "",
        reason=pin.value("reason") or "",
        place=day.place_of(found),
    )


def _group(day: DayDraft, company: Company, found: Found[Draft]) -> Group:
    group = found.value
    return Group(
        company=company,
        participants=tuple(name.value for name in group.value("participants")),
        round_id=group.value("round") or "",
        reason=group.value("reason") or "",
        place=day.place_of(found),
    )
