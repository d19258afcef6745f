"""What is said of sign-up forms is said of rounds and sessions that there are."""

from __future__ import annotations

from midtvejs.reading.codes import Fault
from midtvejs.reading.program_day import DayDraft
from midtvejs.reading.source import quoted


def columns_of_unknown_rounds(day: DayDraft) -> None:
    """Look for rounds that there are none of; and for sessions, where a column is one's."""
    forms = day.draft.value("forms")
    if forms is None or not day.rounds_known:
        return
    codes = {
        round_.draft.value("id"): [session.draft.value("code") for session in round_.sessions]
        for round_ in day.rounds
    }
    for id_, found in (forms.value("rounds") or {}).items():
        if id_ not in codes:
            hint = day.source.did_you_mean(id_, codes) or f"the rounds are {', '.join(codes)}"
            day.source.report(Fault.NO_SUCH_ROUND, found.span, f"there is no round {quoted(id_)}", hint)
        elif isinstance(found.value, dict):
            for code, column in found.value.items():
                if code not in codes[id_]:
                    hint = day.source.did_you_mean(code, codes[id_]) or f"{id_} has {', '.join(codes[id_])}"
                    message = f"{id_} has no session {quoted(code)}"
                    day.source.report(Fault.UNKNOWN_SESSION, column.span, message, hint)


CHECKS = (columns_of_unknown_rounds,)
