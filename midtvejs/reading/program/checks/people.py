"""Nobody presents in two places at once, and everybody who is expected can come."""

from __future__ import annotations

from midtvejs.domain.participants import fold
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.program.draft import DayDraft, SessionDraft, most_seats
from midtvejs.reading.program.fields import Draft
from midtvejs.reading.program.presenters import Identity, identities


def report_presenters_twice(day: DayDraft) -> None:
    """Look for a presenter twice in one round: by email, and by name where one of the two has no email."""
    for round_ in day.rounds:
        seen: dict[Identity, SessionDraft] = {}
        for session in round_.sessions:
            for presenter in session.presenters:
                known_by = identities(presenter.value)
                other = next((seen[key] for key in known_by.ask if key in seen), session)
                if other is not session:
                    who = quote(presenter.value.value("name") or presenter.value.value("email"))
                    line = day.line_of(other.draft)
                    message = f"{who} presents {other.name} (line {line}) in the same round"
                    hint = "hold one of the two in another round, or let another present it"
                    day.source.report(Fault.PRESENTER_TWICE, presenter.value.span("name"), message, hint)
                for key in known_by.has:
                    seen.setdefault(key, session)


def _identity(presenter: Draft) -> tuple[str, str]:
    return fold(presenter.value("name") or ""), fold(presenter.value("email") or "")


def report_few_seats(day: DayDraft) -> None:
    expected = day.event.values.get("expected_participants") if day.event else None
    for round_ in day.rounds:
        seats = most_seats(day, round_)
        if expected is None or seats is None:
            continue
        presenting = len(
            {
                _identity(presenter.value)
                for session in round_.sessions
                for presenter in session.presenters
                if not presenter.value.value("external")
            }
        )
        missing = expected.value - presenting - seats
        if missing > 0:
            present = f" ({presenting} of them presenting)" if presenting else ""
            expects = f"{expected.value} participants{present}"
            message = f"{round_.name} has {seats} seats for {expects}: {missing} too few"
            line = day.source.line_of(expected.span)
            hint = f"expected_participants is on line {line}: take larger rooms, or add a session"
            day.source.report(Fault.FEW_SEATS, round_.draft.span("id"), message, hint)


def report_late_deadline(day: DayDraft) -> None:
    sign_up: Draft | None = day.event.value("sign_up") if day.event else None
    if not (day.event and sign_up and sign_up.value("deadline") and day.event.value("date")):
        return
    if sign_up.value("deadline") > day.event.value("date"):
        message = (
            f"sign-up is open until {sign_up.value('deadline')}, after the event on {day.event.value('date')}"
        )
        day.source.report(Fault.LATE_DEADLINE, sign_up.span("deadline"), message)


CHECKS = (report_presenters_twice, report_few_seats, report_late_deadline)
