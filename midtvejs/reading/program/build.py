"""Read program.yaml: build a program of its draft, or return every fault at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from midtvejs.domain.diagnostic import Faulty, Read, in_order
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.program import (
    AgendaItem,
    Block,
    Contact,
    Event,
    Offer,
    PechaKucha,
    Presenter,
    Price,
    Program,
    Room,
    Round,
    Session,
    SignUp,
    Venue,
    tell_sittings_apart,
)
from midtvejs.domain.rules import RULES, Company, Group, Pin, Rules
from midtvejs.reading.files.yaml import read_yaml
from midtvejs.reading.program.checks import (
    cancelled,
    decisions,
    groups,
    lists,
    names,
    offers,
    people,
    quotas,
    rooms,
    sittings,
    times,
)
from midtvejs.reading.program.draft import DayDraft, SessionDraft, free_rooms, quotas_of
from midtvejs.reading.program.fields import Draft, Found
from midtvejs.reading.program.forms import forms_of
from midtvejs.reading.program.lists import lists_of
from midtvejs.reading.program.reopen import reopen
from midtvejs.reading.program.schema import groups_named, program_with

SAID_OTHERWISE = {
    *("min_participants", "max_participants", "cancelled", "only", "at_most", "at_least"),
    *("rounds", "lasts", "times", "not_in"),
}
"""The keys of a session that no field of a session is named after."""
PARTS_OF_EVENT = {"venue": Venue, "price": Price, "sign_up": SignUp, "contact": Contact}


def read_program(
    path: Path, today: dt.date | None = None, *, keep: Collection[str] | None = None
) -> Read[Program]:
    """Read a program from a file, or from standard input for ``-``. No other file is looked at.

    With word of what day it is ``today``, as validate has it, it is a warning that the event is over, or that
    sessions of one track run at once; nothing else is told by it.
    With rounds and sessions to ``keep``, by ids and codes, all other sessions are to be placed anew; it is a
    fault if nothing of them is placed.

    Raises:
        OSError: there is no such file, or it cannot be read.
    """
    try:
        source, root = read_yaml(path)
    except Faulty as faulty:
        return Read(value=None, diagnostics=in_order(faulty.diagnostics))
    draft = program_with(groups_named(root))(source, "the program", root)
    if draft is None:
        return Read(value=None, diagnostics=in_order(source.diagnostics))
    day = DayDraft(source, draft)
    if keep is not None:
        offers.report_nothing_to_keep(day, keep)
        if source.faulty:
            return Read(value=None, diagnostics=in_order(source.diagnostics))
        day = DayDraft(source, reopen(draft, keep))
    for check in (
        *names.CHECKS,
        *groups.CHECKS,
        *times.CHECKS,
        *people.CHECKS,
        *rooms.CHECKS,
        *quotas.CHECKS,
        *sittings.CHECKS,
        *offers.CHECKS,
        *decisions.CHECKS,
        *cancelled.CHECKS,
        *lists.CHECKS,
    ):
        check(day)
    if today:
        times.report_past_day(day, today)
        offers.report_tracks(day)
    value = None if source.faulty else _program(day)
    return Read(value=value, diagnostics=in_order(source.diagnostics))


def _program(day: DayDraft) -> Program:
    """Make the program of a draft without errors."""
    usual: dict[str, Any] = {"keep_free": day.rules.value("keep_free") or 0}
    rooms = {
        name: Room(
            name=name, **usual | _plain(found.value) | {"not_in": frozenset(_texts(found.value, "not_in"))}
        )
        for name, found in (day.rooms or {}).items()
    }
    event = _event(day.draft.value("event"))
    rounds = sorted(_rounds(day, rooms), key=lambda round_: (round_.date or event.date, round_.start))
    return Program(
        event=event,
        rooms=tuple(rooms.values()),
        rounds=tell_sittings_apart(rounds),
        rules=rules_of(day),
        pecha_kucha=day.pecha_kucha or PechaKucha(),
        forms=forms_of(day.draft.value("forms"), day.group_names),
        lists=_lists(day, rounds),
        agenda=_agenda(day, event),
        groups=day.group_names,
        offers=tuple(_offers(day, rooms, rounds)),
    )


def _offers(day: DayDraft, rooms: dict[str, Room], rounds: Sequence[Round]) -> Iterator[Offer]:
    drafts = [found.value for found in day.draft.value("sessions") or ()]
    open_ = {id(each.draft) for each in day.offers}
    for each in day.offers:
        above = drafts[: next(number for number, draft in enumerate(drafts) if draft is each.draft)]
        by_id = {sitting.round.id: sitting for sitting in each.sittings}
        in_order = [by_id[round_.id] for round_ in rounds if round_.id in by_id]
        free = {name for sitting in in_order if sitting.open_room for name in free_rooms(day, sitting.round)}
        yield Offer(
            session=_session(day, in_order[0], rooms, tuple(rooms[name] for name in rooms if name in free)),
            rounds=tuple(sitting.round.id for sitting in in_order),
            fewest=each.fewest,
            most=min(each.most, len(in_order)),
            rooms={sitting.round.id: rooms[sitting.room.value] for sitting in in_order if sitting.room},
            behind=frozenset(draft.value("code") for draft in above if id(draft) not in open_),
            place=day.source.place(each.draft.heading),
        )


def _lists(day: DayDraft, rounds: Sequence[Round]) -> tuple[Block, ...]:
    numbers = {round_.id: number for number, round_ in enumerate(rounds)}
    blocks = (
        Block(id=id_, rounds=tuple(sorted(numbers[each] for each in covered)))
        for id_, covered in lists_of(day).items()
    )
    return tuple(sorted(blocks, key=lambda block: block.rounds))


def _agenda(day: DayDraft, event: Event) -> tuple[AgendaItem, ...]:
    items = (AgendaItem(**_plain(found.value)) for found in day.draft.value("agenda") or ())
    return tuple(sorted(items, key=lambda item: (item.date or event.date, item.start, item.end, item.title)))


def _event(draft: Draft) -> Event:
    values = _plain(draft)
    parts = {key: part(**_plain(values[key])) for key, part in PARTS_OF_EVENT.items() if key in values}
    return Event(**values | parts | {"notes": _texts(draft, "notes")})


def _rounds(day: DayDraft, rooms: dict[str, Room]) -> Iterator[Round]:
    made: dict[int, Session] = {}
    for round_ in day.rounds:
        free = tuple(rooms[name] for name in free_rooms(day, round_))
        for sitting in round_.planned:
            # What goes on through several rounds is the same in each of them.
            if id(sitting) not in made:
                made[id(sitting)] = _session(day, sitting, rooms, free)
        sessions, cancelled = (
            tuple(made[id(sitting)] for sitting in sittings)
            for sittings in (round_.sessions, round_.cancelled)
        )
        yield Round(**_plain(round_.draft) | {"sessions": sessions, "cancelled": cancelled})


def _session(day: DayDraft, draft: SessionDraft, rooms: dict[str, Room], free: tuple[Room, ...]) -> Session:
    values = {key: value for key, value in _plain(draft.draft).items() if key not in SAID_OTHERWISE}
    least, most, may_be_cancelled = (
        day.setting_of(draft, key) for key in ("min_participants", "max_participants", "may_be_cancelled")
    )
    presenters = tuple(Presenter(**_plain(found.value)) for found in draft.presenters)
    of_groups = {key: tuple(quotas_of(day, draft, key)) for key in ("at_most", "at_least")}
    session = Session(
        **values
        | {
            "room": _room(draft, rooms, free),
            "rooms": free if draft.open_room and not draft.cancelled else (),
            "start": draft.start,
            "end": draft.end,
            "kind": draft.round.kind,
            "through": tuple(round_.id for round_ in draft.rounds) if draft.later else (),
            "by": _texts(draft.draft, "by"),
            "presenters": presenters,
            "seated_presenters": len(presenters) if day.rules.value("presenters_take_seats") else 0,
            "most": most.value if most else None,
            "least": least.value if least else 0,
            "may_be_cancelled": bool(least and least.value and may_be_cancelled and may_be_cancelled.value),
            **of_groups,
        }
    )
    return replace(session, room=max(session.rooms, key=session.seats_in)) if session.rooms else session


def _room(draft: SessionDraft, rooms: dict[str, Room], free: tuple[Room, ...]) -> Room:
    """Return the room of a sitting, or the first of those that are open to it."""
    if draft.cancelled:
        # It takes up none, and what it says of one may be out of date.
        name = draft.room.value if draft.room else ""
        return rooms.get(name, Room(name=name, seats=1))
    return rooms[draft.room.value] if draft.room else free[0]


def _plain(draft: Draft) -> dict[str, Any]:
    return {key: found.value for key, found in draft.values.items()}


def _texts(draft: Draft, key: str) -> tuple[str, ...]:
    return tuple(found.value for found in draft.value(key) or ())


def rules_of(day: DayDraft) -> Rules:
    usual = Rules()
    seed = day.rules.value("seed")
    return Rules(
        fairness=_fairness(day.rules, usual.fairness),
        seed=usual.seed if seed is None else seed,
        presenters_take_seats=bool(day.rules.value("presenters_take_seats")),
        friends_together=day.rules.value("with") is not None,
        pins=(*(_pin(day, found) for found in day.pins if not day.is_void(found.value)), *_only_for(day)),
        groups=tuple(_group(day, company, found) for company, found in day.groups),
        spread_of=day.rules.value("spread") or usual.spread_of,
        **_amounts(day),
    )


def _amounts(day: DayDraft) -> dict[str, Any]:
    """Return the numbers that hold for the whole day, and the groups that they are of."""
    found: dict[str, Any] = {}
    for kind in RULES.values():
        read = day.rules.value(kind.key) if kind.amount else None
        if kind.amount and kind.amount.inside and read:
            ((group, number),) = read.values.items()
            found |= {kind.key: number.value, f"{kind.key}_of": group}
        elif read is not None:
            found[kind.key] = read
    return found


def _fairness(rules: Draft, usual: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """Return the criteria, those that rules of their own ask for at the end."""
    listed = rules.value("fairness")
    fairness = [Criterion(found.value) for found in listed] if listed else list(usual)
    asked = [(Criterion.SPREAD, "spread"), (Criterion.AVOID_OWN, "avoid_own")]
    return (*fairness, *(each for each, key in asked if rules.value(key) and each not in fairness))


def _pin(day: DayDraft, found: Found[Draft]) -> Pin:
    pin = found.value
    of = {group: pin.value(group) for group in day.group_names if pin.value(group)}
    return Pin(
        code=pin.value("in") or pin.value("not_in"),
        round_id=pin.value("round") or "",
        holds="in" in pin.values,
        participant=pin.value("participant") or "",
        organisation=pin.value("organisation") or "",
        group=next(iter(of), ""),
        of=tuple(of.values()),
        reason=pin.value("reason") or "",
        place=day.place_of(found),
    )


def _only_for(day: DayDraft) -> Iterator[Pin]:
    """Return the bans of all others from sessions that are only for some; those of one code, once for all."""
    by_code = day.planned_by_code
    made: dict[Pin, None] = {}
    for session in (*day.sessions(), *(offer.sittings[0] for offer in day.offers)):
        found: Found[Draft] | None = session.draft.values.get("only")
        alone = len({id(each.draft) for each in by_code[session.code]}) == 1
        for group, values in found.value.values.items() if found else ():
            pin = Pin(
                code=session.code,
                holds=False,
                round_id="" if alone else session.round.id,
                group=group,
                of=tuple(value.value for value in values.value),
                others=True,
                place=day.source.place(found.span) if found else None,
            )
            made[pin] = None
    yield from made


def _group(day: DayDraft, company: Company, found: Found[Draft]) -> Group:
    group = found.value
    return Group(
        company=company,
        participants=tuple(name.value for name in group.value("participants")),
        round_id=group.value("round") or "",
        reason=group.value("reason") or "",
        place=day.place_of(found),
    )
