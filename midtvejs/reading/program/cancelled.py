"""What becomes void when a session of the program is cancelled."""

from __future__ import annotations

from midtvejs.reading.program.draft import DayDraft, SessionDraft
from midtvejs.reading.program.fields import Draft


def is_void(day: DayDraft, pin: Draft) -> bool:
    """Whether a pin or a ban is for nothing but sittings that are cancelled."""
    meant = _sittings_meant(day, pin)
    return bool(meant) and all(session.cancelled for session in meant)


def _sittings_meant(day: DayDraft, pin: Draft) -> list[SessionDraft]:
    code, round_id = pin.value("in") or pin.value("not_in"), pin.value("round")
    return [
        session
        for session in day.planned_by_code.get(code, ())
        if round_id in {None, *(round_.id for round_ in session.rounds)}
    ]
