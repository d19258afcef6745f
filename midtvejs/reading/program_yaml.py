"""program.yaml in: a program, or every fault at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from midtvejs.domain.diagnostic import Faulty, Read, in_order
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.program import (
    Contact,
    Event,
    PechaKucha,
    Presenter,
    Price,
    Program,
    Room,
    Round,
    Session,
    SignUp,
    Venue,
)
from midtvejs.domain.rules import Rules
from midtvejs.reading.checks import names, people, times
from midtvejs.reading.drafts import Draft
from midtvejs.reading.program_day import DayDraft, RoundDraft, SessionDraft
from midtvejs.reading.program_schema import PROGRAM
from midtvejs.reading.yaml_source import read_yaml

PARTS_OF_EVENT = {"venue": Venue, "price": Price, "sign_up": SignUp, "contact": Contact}


def read_program(path: Path) -> Read[Program]:
    """Read a program from a file, or from standard input for ``-``. No other file is looked at.

    Raises:
        OSError: there is no such file, or it cannot be read.
    """
    try:
        source, root = read_yaml(path)
    except Faulty as faulty:
        return Read(value=None, diagnostics=in_order(faulty.diagnostics))
    draft = PROGRAM(source, "the program", root)
    if draft is None:
        return Read(value=None, diagnostics=in_order(source.diagnostics))
    day = DayDraft(source, draft)
    for check in (*names.CHECKS, *times.CHECKS, *people.CHECKS):
        check(day)
    value = None if source.faulty else _program(day)
    return Read(value=value, diagnostics=in_order(source.diagnostics))


def _program(day: DayDraft) -> Program:
    """Make the program of a draft without errors."""
    rooms = {
        name: Room(name=name, seats=found.value.value("seats")) for name, found in (day.rooms or {}).items()
    }
    rounds = (_round(round_, rooms) for round_ in day.rounds)
    return Program(
        event=_event(day.draft.value("event")),
        rooms=tuple(rooms.values()),
        rounds=tuple(sorted(rounds, key=lambda round_: round_.start)),
        rules=_rules(day.draft.value("rules")),
        pecha_kucha=day.pecha_kucha or PechaKucha(),
    )


def _event(draft: Draft) -> Event:
    values = _plain(draft)
    parts = {key: part(**_plain(values[key])) for key, part in PARTS_OF_EVENT.items() if key in values}
    return Event(**values | parts | {"notes": _texts(draft, "notes")})


def _round(round_: RoundDraft, rooms: dict[str, Room]) -> Round:
    sessions = tuple(_session(session, rooms) for session in round_.sessions)
    return Round(**_plain(round_.draft) | {"sessions": sessions})


def _session(session: SessionDraft, rooms: dict[str, Room]) -> Session:
    return Session(
        **_plain(session.draft)
        | {
            "room": rooms[session.draft.value("room")],
            "start": session.start,
            "end": session.end,
            "kind": session.round.kind,
            "by": _texts(session.draft, "by"),
            "presenters": tuple(Presenter(**_plain(found.value)) for found in session.presenters),
        }
    )


def _rules(draft: Draft | None) -> Rules:
    values = _plain(draft) if draft else {}
    if draft and "fairness" in values:
        values["fairness"] = tuple(Criterion(name) for name in _texts(draft, "fairness"))
    return Rules(**values)


def _plain(draft: Draft) -> dict[str, Any]:
    return {key: found.value for key, found in draft.values.items()}


def _texts(draft: Draft, key: str) -> tuple[str, ...]:
    return tuple(found.value for found in draft.value(key) or ())
