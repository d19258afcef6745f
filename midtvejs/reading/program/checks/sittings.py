"""What is held several times, or through several rounds, can be: in known rounds, and in free rooms."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from midtvejs.domain.participants import fold
from midtvejs.domain.wording import quantity
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import Span, quote
from midtvejs.reading.files.yaml_nodes import Keys
from midtvejs.reading.program.draft import AUTO, DayDraft, SessionDraft, away_in, rounds_after
from midtvejs.reading.program.fields import Draft, Found
from midtvejs.reading.program.schema import ROUND


def report_empty_rounds(day: DayDraft) -> None:
    """Look for rounds without any session, neither of their own nor of those that say where they are held."""
    known = ROUND.required.keys() | ROUND.optional.keys()
    awaiting = {sitting.round for sitting in day.sittings_to_be()}
    for round_ in day.rounds:
        # A key that nobody knows may have been meant for the one that is missing.
        understood = day.shared_known and round_.draft.node.entries.keys() <= known
        held = round_.held or round_ in awaiting
        if understood and not held and "sessions" not in round_.draft.node.entries:
            message = f'{round_.name}: the key "sessions" is missing'
            hint = ""
            if "sessions" in day.draft.node.entries:
                message += ", and no session says that it is held in it"
                hint = f"name it where a session is: rounds: [{round_.id or '...'}]; or leave out the round"
            day.source.report(Fault.MISSING_KEY, round_.draft.heading, message, hint)


def _find_shared(day: DayDraft) -> Iterator[Draft]:
    """Return the sessions that stand in no round."""
    return (found.value for found in day.draft.value("sessions") or ())


def report_unknown_rounds(day: DayDraft) -> None:
    """Look for rounds that there are none of, where a session or a room names them."""
    if any(not round_.id for round_ in day.rounds) or "rounds" not in day.draft.values:
        return
    ids = [round_.id for round_ in day.rounds]
    for draft in _find_shared(day):
        for found in (*(draft.value("rounds") or ()), *(draft.value("not_in") or ())):
            _report_unknown(day, found.value, ids, found.span)
    for room in (day.rooms or {}).values():
        for found in room.value.value("not_in") or ():
            _report_unknown(day, found.value, ids, found.span)


def _report_unknown(day: DayDraft, id_: str, ids: Collection[str], span: Span) -> None:
    if id_ not in ids:
        hint = day.source.did_you_mean(id_, ids) or f"the rounds are {', '.join(ids)}"
        day.source.report(Fault.NO_SUCH_ROUND, span, f"there is no round {quote(id_)}", hint)


def report_rounds_twice(day: DayDraft) -> None:
    """Look for sessions that would be held twice in one round."""
    for draft in _find_shared(day):
        name = f"session {draft.value('code') or '?'}"
        first: dict[str, Found[str]] = {}
        for found in draft.value("rounds") or ():
            if first.setdefault(found.value, found) is not found:
                message = f"{name} is held once in a round; {found.value} is named twice"
                day.source.report(Fault.DOUBLED_SESSION, found.span, message, "name each round once")
    for round_ in day.rounds:
        begun: dict[int, SessionDraft] = {}
        for session in round_.held:
            if begun.setdefault(id(session.draft), session) is not session:
                message = f"{session.name} would be held twice in {round_.name}, for it lasts"
                hint = "leave out of its rounds those that it goes on through"
                day.source.report(Fault.DOUBLED_SESSION, session.draft.span("rounds"), message, hint)


def report_rooms_elsewhere(day: DayDraft) -> None:
    """Look for rooms in rounds in which their session does not begin."""
    if not day.rounds_known:
        return
    for draft in _find_shared(day):
        node = draft.node.entries["room"][1] if "room" in draft.node.entries else None
        ids = [found.value for found in draft.value("rounds") or ()]
        for id_, (key, _) in node.entries.items() if isinstance(node, Keys) and ids else ():
            if id_ not in ids:
                message = f"session {draft.value('code')} is not held in {quote(id_)}"
                hint = day.source.did_you_mean(id_, ids) or f"it is held in {', '.join(ids)}"
                day.source.report(Fault.NOT_HELD, key.span, message, hint)


def report_lasting_sessions(day: DayDraft) -> None:
    """Look for what lasts longer than there are rounds, or in a room that is not settled."""
    timed = all(round_.interval and round_.date for round_ in day.rounds)
    for session in day.sessions():
        if not session.lasts:
            continue
        lasts: int = session.draft.value("lasts")
        after = rounds_after(session.round, day.rounds)
        if day.rounds_known and timed and len(after) < lasts - 1:
            there = quantity(len(after), "round")
            message = f"{session.name} lasts {lasts} rounds, but only {there} of that day" if after else ""
            message = message or f"{session.name} lasts {lasts} rounds, but no round of that day"
            hint = "let it begin in an earlier round, or last through fewer"
            follows = "follow" if len(after) > 1 else "follows"
            message = f"{message} {follows} {session.round.id}"
            day.source.report(Fault.LASTS_TOO_LONG, session.draft.span("lasts"), message, hint)
        if session.open_room:
            message = f"{session.name} lasts through several rounds: its room cannot be left open"
            named = session.named_room
            span = named.span if named else session.draft.span("lasts")
            day.source.report(Fault.ROOM_NOT_SETTLED, span, message, _room_hint(day, session))


def _room_hint(day: DayDraft, session: SessionDraft) -> str:
    """Name a room that is free in all of its rounds, if there is one."""
    taken = {
        other.room.value
        for round_ in session.rounds
        for other in round_.sessions
        if other is not session and other.room
    }
    rooms = (
        name
        for name, room in (day.rooms or {}).items()
        if name not in taken
        and fold(name) != AUTO
        and not any(away_in(room.value, round_.id) for round_ in session.rounds)
    )
    free = next(rooms, "")
    return f"say where it is held: room: {free or '...'}"


def report_rooms_not_free(day: DayDraft) -> None:
    for session in day.sessions():
        room = session.room
        described = (day.rooms or {}).get(room.value) if room else None
        if not (room and described):
            continue
        for round_ in session.rounds:
            if away := away_in(described.value, round_.id):
                line = day.source.line_of(away.span)
                message = f"{quote(room.value)} is not free in {round_.id} (not_in, line {line})"
                hint = f"hold {session.name} in another room, or leave {round_.id} out of not_in"
                day.source.report(Fault.ROOM_NOT_FREE, room.span, message, hint)


def report_same_titles(day: DayDraft) -> None:
    """Look for sessions of different rounds with one title, which may have been meant as one session."""
    first: dict[str, SessionDraft] = {}
    told: set[str] = set()
    for session in day.sessions():
        title = session.draft.value("title")
        if not (title and session.code) or fold(session.code) in told:
            continue
        other = first.setdefault(fold(title), session)
        # In one round they are two: nobody can be in both.
        if fold(other.code) != fold(session.code) and other.round is not session.round:
            told.add(fold(session.code))
            line = day.source.line_of(other.draft.values["title"].span)
            message = f"{session.name} has the title of {other.name} (line {line}), and is another session"
            hint = (
                f"if this is that session held again, give it that code, {other.code}, "
                "and nobody attends it twice; else give it a title of its own"
            )
            day.source.report(Fault.SAME_TITLE, session.draft.span("title"), message, hint)


CHECKS = (
    report_empty_rounds,
    report_unknown_rounds,
    report_rounds_twice,
    report_rooms_elsewhere,
    report_lasting_sessions,
    report_rooms_not_free,
    report_same_titles,
)
