"""What a session may and must have of one in a group fits its seats, and itself."""

from __future__ import annotations

from collections.abc import Iterator

from midtvejs.domain.diagnostic import Severity
from midtvejs.domain.traits import called, same
from midtvejs.domain.wording import listing, quantity
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import Span
from midtvejs.reading.program.draft import DayDraft, SessionDraft, seats_of
from midtvejs.reading.program.fields import Found


def report_quotas_too_high(day: DayDraft) -> None:
    """Look for sessions that are too small for all whom they need; one that may be cancelled is, then."""
    told: set[Span] = set()
    for session in day.sessions():
        seats, may = seats_of(day, session), day.setting_of(session, "may_be_cancelled")
        for group, found in _by_group(session, "at_least"):
            least = sum(number.value for number in found.value.values())
            if seats is None or not 0 < seats < least or found.span in told:
                continue
            told.add(found.span)
            named = [f"{number.value} of {_call(group, value)}" for value, number in found.value.items()]
            message = f"at_least is {listing(named)}, but {session.name} has {quantity(seats, 'seat')}"
            severity = Severity.WARNING if may and may.value else Severity.ERROR
            hint = "ask for fewer, or take a larger room"
            day.source.report(Fault.QUOTA_TOO_HIGH, found.span, message, hint, severity)


def report_clashing_quotas(day: DayDraft) -> None:
    """Look for sessions that need more of one in a group than they, or any session, may have."""
    told: set[Span] = set()
    for session in day.sessions():
        for group, found in _by_group(session, "at_least"):
            for value, least in found.value.items():
                most = min(_limits(day, session, group, value), key=lambda each: each.value, default=None)
                if most is None or most.value >= least.value or least.span in told:
                    continue
                told.add(least.span)
                line = day.source.line_of(most.span)
                of = _call(group, value)
                message = f"at_least is {least.value} of {of}, but at_most is {most.value} (line {line})"
                day.source.report(Fault.QUOTAS_CLASH, least.span, message, "ask for fewer, or allow more")


def _by_group(session: SessionDraft, key: str) -> list[tuple[str, Found[dict[str, Found[int]]]]]:
    draft = session.draft.value(key)
    return [*draft.values.items()] if draft else []


def _limits(day: DayDraft, session: SessionDraft, group: str, value: str) -> Iterator[Found[int]]:
    """Return how many there may be of those with a value; without one, of any."""
    for other, found in _by_group(session, "at_most"):
        for limited, most in found.value.items() if other == group else ():
            if not (limited and value) or same(group, limited) == same(group, value):
                yield most
    of_the_day = day.rules.value("at_most")
    if of_the_day and group in of_the_day.values:
        yield of_the_day.values[group]


def _call(group: str, value: str) -> str:
    return called(group, value) if value else f"each {group}"


CHECKS = (report_quotas_too_high, report_clashing_quotas)
