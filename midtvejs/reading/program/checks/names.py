"""Whatever is named has one name, and whatever is called by a name is there."""

from __future__ import annotations

from collections import defaultdict

from midtvejs.domain.fairness import Criterion
from midtvejs.domain.participants import fold
from midtvejs.domain.roles import ROLES
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.program.draft import AUTO, DayDraft, SessionDraft
from midtvejs.reading.program.fields import Draft, Found
from midtvejs.reading.program.lists import lists_of

COLUMNS = frozenset(role.name for role in ROLES.values() if role.of_our_own)
"""What heads the other columns of prefs.csv."""


def report_repeated_codes(day: DayDraft) -> None:
    """Look for codes of two sessions: a code stands for one, which may be held again in another round."""
    earlier: dict[str, list[SessionDraft]] = defaultdict(list)
    told: set[int] = set()
    # What is cancelled keeps its code: wishes for it are told by it.
    for session in day.planned():
        code = session.draft.values.get("code")
        if not code or id(session.draft) in told:
            continue
        others = [each for each in earlier[fold(code.value)] if each.draft is not session.draft]
        earlier[fold(code.value)].append(session)
        for other in others:
            if clash := _clash(session, other):
                how, hint = clash
                told |= {id(session.draft), id(other.draft)}
                line = day.source.line_of(other.draft.values["code"].span)
                message = f"the code {code.value} is used twice; first on line {line}{how}"
                day.source.report(Fault.DOUBLED_SESSION, code.span, message, hint)
                break


def _clash(session: SessionDraft, other: SessionDraft) -> tuple[str, str] | None:
    """Return why two cannot be one session held twice, and what to do; None where they can."""
    if session.code != other.code:
        return f" as {other.code}, which differs only in case", ""
    shared = [round_ for round_ in session.rounds if round_ in other.rounds]
    if shared:
        return (f", in {shared[0].name} as well", "") if session.round is not other.round else ("", "")
    titles = [each.draft.value("title") for each in (session, other)]
    if None in titles or titles[0] == titles[1]:
        return None
    hint = f"give it a code of its own; or, if it is that session held again, its title: {quote(titles[1])}"
    return ", for another title", hint


def report_repeated_rooms(day: DayDraft) -> None:
    first: dict[str, Found[Draft]] = {}
    for name, room in (day.rooms or {}).items():
        if (other := first.setdefault(fold(name), room)) is not room:
            line = day.source.line_of(other.span)
            message = f"the room {quote(name)} is named twice; first on line {line}"
            day.source.report(Fault.DOUBLED_ROOM, room.span, message, "give each room a name of its own")


def report_rooms_named_auto(day: DayDraft) -> None:
    for name, room in (day.rooms or {}).items():
        if fold(name) == AUTO:
            message = f"a room cannot be named {quote(name)}: it stands for a room that is still to be chosen"
            day.source.report(Fault.WRONG_VALUE, room.span, message, "give the room another name")


def report_repeated_rounds(day: DayDraft) -> None:
    first: dict[str, Found[str]] = {}
    for round_ in day.rounds:
        found = round_.draft.values.get("id")
        if not found:
            continue
        if fold(found.value) in COLUMNS:
            message = f"the id {found.value} heads another column of the preferences"
            day.source.report(Fault.DOUBLED_ROUND, found.span, message, "name the round, for example, R1")
        elif (other := first.setdefault(fold(found.value), found)) is not found:
            line = day.source.line_of(other.span)
            message = f"the id {found.value} is used twice; first on line {line}"
            day.source.report(Fault.DOUBLED_ROUND, found.span, message)


def report_repeated_criteria(day: DayDraft) -> None:
    seen = set()
    for found in day.rules.value("fairness") or ():
        if found.value in seen:
            message = f"fairness: {found.value} appears here a second time"
            day.source.report(
                Fault.WRONG_VALUE, found.span, message, "each criterion counts once: leave it out"
            )
        seen.add(found.value)


def report_own_not_avoided(day: DayDraft) -> None:
    avoid_own = day.rules.values.get("avoid_own")
    if avoid_own and not avoid_own.value:
        for found in day.rules.value("fairness") or ():
            if found.value == Criterion.AVOID_OWN:
                line = day.source.line_of(found.span)
                message = f"avoid_own is false, but fairness lists it on line {line}"
                hint = "leave out one of the two"
                day.source.report(Fault.WRONG_VALUE, avoid_own.span, message, hint)


def report_unknown_rooms(day: DayDraft) -> None:
    if day.rooms is None:
        return
    for session in (*day.sessions(), *day.sittings_to_be()):
        room = session.room
        if room and room.value not in day.rooms:
            hint = day.source.did_you_mean(room.value, day.rooms) or "describe it under rooms, with its seats"
            day.source.report(Fault.UNKNOWN_ROOM, room.span, f"there is no room {quote(room.value)}", hint)


def report_columns_of_unknown_rounds(day: DayDraft) -> None:
    """Look for rounds that there are none of; and for sessions, where a column is one's."""
    forms = day.draft.value("forms")
    if forms is None or not day.rounds_known:
        return
    lists = lists_of(day)
    of_rounds = {round_.id: [session.code for session in round_.planned] for round_ in day.rounds}
    for sitting in day.sittings_to_be():
        of_rounds[sitting.round.id].append(sitting.code)
    listed = {id_: list_ for list_, ids in lists.items() for id_ in ids if id_ != list_}
    codes = {id_: own for id_, own in of_rounds.items() if id_ not in listed} | {
        list_: list(dict.fromkeys(code for id_ in ids for code in of_rounds.get(id_, ())))
        for list_, ids in lists.items()
    }
    for id_, found in (forms.value("rounds") or {}).items():
        if id_ in listed and id_ not in codes:
            message = f"{id_} has no column of its own: one list, {listed[id_]}, covers it"
            hint = f"say which column that list has: {listed[id_]}: ..."
            day.source.report(Fault.LISTS_CLASH, found.span, message, hint)
        elif id_ not in codes:
            hint = day.source.did_you_mean(id_, codes) or f"the rounds are {', '.join(codes)}"
            day.source.report(Fault.NO_SUCH_ROUND, found.span, f"there is no round {quote(id_)}", hint)
        elif isinstance(found.value, dict):
            for code, column in found.value.items():
                if code not in codes[id_]:
                    hint = day.source.did_you_mean(code, codes[id_]) or f"{id_} has {', '.join(codes[id_])}"
                    message = f"{id_} has no session {quote(code)}"
                    day.source.report(Fault.UNKNOWN_SESSION, column.span, message, hint)


def report_ratings_beside_ranks(day: DayDraft) -> None:
    forms = day.draft.value("forms")
    if forms and {"ranks", "ratings"} <= forms.values.keys():
        message = "ranks and ratings: the numbers of a form are one or the other"
        hint = "keep ratings where several sessions may have the same number"
        day.source.report(Fault.RATINGS_AND_RANKS, forms.values["ratings"].span, message, hint)


CHECKS = (
    report_repeated_codes,
    report_repeated_rooms,
    report_rooms_named_auto,
    report_repeated_rounds,
    report_repeated_criteria,
    report_own_not_avoided,
    report_unknown_rooms,
    report_columns_of_unknown_rounds,
    report_ratings_beside_ranks,
)
