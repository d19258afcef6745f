"""What is cancelled leaves a day that can be held, and what becomes void with it is told."""

from __future__ import annotations

from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.program.draft import DayDraft


def report_rounds_cancelled(day: DayDraft) -> None:
    for round_ in day.rounds:
        awaits = day.offers and round_ in day.open_rounds
        nothing_else = not round_.sessions and not awaits and round_.own_sessions_known and day.shared_known
        if round_.cancelled and nothing_else:
            codes = ", ".join(dict.fromkeys(session.code for session in round_.cancelled))
            message = f"{round_.name}: all of its sessions are cancelled ({codes})"
            hint = "hold another session in it, or leave out the round"
            day.source.report(Fault.ALL_CANCELLED, round_.draft.span("id"), message, hint)


def report_cancelled_elsewhere(day: DayDraft) -> None:
    """Look for sessions that are cancelled in rounds in which they do not begin."""
    for draft in (found.value for found in day.draft.value("sessions") or ()):
        cancelled, rounds = draft.value("cancelled"), draft.value("rounds")
        ids = [found.value for found in rounds or ()]
        for found in cancelled if isinstance(cancelled, tuple) and ids else ():
            if found.value not in ids:
                message = f"session {draft.value('code') or '?'} is not held in {quote(found.value)}"
                hint = day.source.did_you_mean(found.value, ids) or f"it is held in {', '.join(ids)}"
                day.source.report(Fault.NOT_HELD, found.span, message, hint)


def report_void_pins(day: DayDraft) -> None:
    """Look for pins to what is cancelled. A ban from it is kept whatever happens."""
    for pin in (found.value for found in day.pins):
        wanted = pin.values.get("in")
        if wanted and day.is_void(pin):
            when = f" in {pin.value('round')}" if pin.value("round") else ""
            message = f"{wanted.value} is cancelled{when}: this pin is void"
            hint = "name another session, or leave out the pin"
            day.source.report(Fault.VOID_PIN, wanted.span, message, hint)


CHECKS = (report_rounds_cancelled, report_cancelled_elsewhere, report_void_pins)
