"""The shape of program.yaml: which keys there are, ``forms`` among them, and what each of them holds."""

from __future__ import annotations

from typing import Any

from midtvejs.domain import rules
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.program import Columns, Forms
from midtvejs.domain.roles import ROLES
from midtvejs.domain.words import LANGUAGES
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import Source
from midtvejs.reading.files.yaml_nodes import Items, Keys, Node, Refused, Scalar
from midtvejs.reading.program.fields import (
    Draft,
    Found,
    Mapped,
    Reader,
    code,
    date,
    describe_key,
    list_of,
    one_of,
    text,
    time,
    timezone,
    truth,
    whole,
    wrong,
)

ByKey = dict[str, Found[str]]
"""Texts by keys that the file chooses; a found value's node is its key."""


def columns(source: Source, name: str, node: Node) -> str | tuple[Found[str], ...] | ByKey | None:
    """Read the heading of one column, a list of them, or a mapping of them by code."""
    if isinstance(node, Items):
        return list_of(text, item_name="heading")(source, name, node)
    if not isinstance(node, Keys):
        return text(source, name, node)
    found: ByKey = {}
    for key, (place, value) in node.entries.items():
        heading = text(source, f"the column of {key}", value)
        if heading is not None:
            found[key] = Found(heading, place)
    return found if len(found) == len(node.entries) else None


def rounds(source: Source, name: str, node: Node) -> dict[str, Found[object]] | None:
    """Read the columns of each round."""
    if not isinstance(node, Keys):
        if not isinstance(node, Refused):
            hint = "give each round a key, its id: {R1: the heading of its column}"
            wrong(source, name, node, "a mapping", hint)
        return None
    found: dict[str, Found[object]] = {}
    for key, (place, value) in node.entries.items():
        read = columns(source, key, value)
        if read is not None:
            found[key] = Found(read, place)
    return found


def forms_of(draft: Draft | None) -> Forms | None:
    """Make the section of a draft without errors."""
    if draft is None:
        return None
    by_round: dict[str, Found[object]] = draft.value("rounds") or {}
    return Forms(
        people={key: draft.value(key) for key in ROLES if key in draft.values},
        rounds={id_: _columns(found.value) for id_, found in by_round.items()},
        ranks=tuple(found.value for found in draft.value("ranks") or ()),
    )


def _columns(value: object) -> Columns:
    if isinstance(value, dict):
        return {code: found.value for code, found in value.items()}
    return tuple(found.value for found in value) if isinstance(value, tuple) else str(value)


PEOPLE, MONEY, MINUTES = 10_000_000, 10_000_000, 24 * 60

EVENT = Mapped(
    required={"name": text, "date": date, "start": time, "end": time},
    optional={
        "timezone": timezone,
        "language": one_of(*sorted(LANGUAGES)),
        "expected_participants": whole(1, PEOPLE, 180),
        "part_of": text,
        "purpose": text,
        "venue": Mapped(required={"name": text}, optional={"address": text}),
        "price": Mapped(required={"amount": whole(0, MONEY, 695), "currency": text}, optional={"note": text}),
        "sign_up": Mapped(required={}, optional={"deadline": date, "url": text}),
        "contact": Mapped(
            required={"name": text},
            optional={"role": text, "organisation": text, "phone": text, "email": text},
        ),
        "notes": list_of(text, item_name="note"),
    },
)

ROOM = Mapped(
    required={"seats": whole(1, PEOPLE, 20)},
    optional={"keep_free": whole(0, PEOPLE, 2), "step_free": truth},
    missing=("seats", Fault.NO_SEATS, "say how many participants fit: {seats: 20}"),
)

PRESENTER = Mapped(required={"name": text}, optional={"email": text, "role": text, "organisation": text})

SESSION = Mapped(
    required={"code": code, "title": text},
    optional={
        "room": text,
        "by": list_of(text, item_name="organisation"),
        "school": text,
        "presenters": list_of(PRESENTER, item_name="presenter"),
        "description": text,
        "start": time,
        "end": time,
        "min_participants": whole(0, PEOPLE, 8),
        "may_be_cancelled": truth,
        "keep_free": whole(0, PEOPLE, 2),
    },
)

ROUND = Mapped(
    required={
        "id": code,
        "name": text,
        "start": time,
        "end": time,
        "sessions": list_of(SESSION, item_name="session", least=1),
    },
    optional={},
)

PECHA_KUCHA = Mapped(
    required={},
    optional={
        "slides": whole(1, 1000, 20),
        "seconds_per_slide": whole(1, 3600, 20),
        "discussion_minutes": whole(0, MINUTES, 10),
    },
)

MEMBERS = list_of(text, item_name="participant", least=2)

GROUP = Mapped(required={"participants": MEMBERS}, optional={"round": code, "reason": text})


def group(source: Source, name: str, node: Node) -> Draft | None:
    """Read a group as a list of its members, or as a mapping that says more of it."""
    if isinstance(node, Scalar):
        wrong(source, name, node, "a list", f"each group is a list of its own: {name}: [[Åse Holm, Bo Lund]]")
        return None
    if not isinstance(node, Items):
        return GROUP(source, name, node)
    members = MEMBERS(source, name, node)
    return Draft(Keys(node.span, {}), {"participants": Found(members, node)}) if members else None


def amount(asked: rules.Amount) -> Reader[Any]:
    """Return what reads a number that holds for the whole day, below its rule's key or a step inside it."""
    number = whole(asked.least, PEOPLE, asked.example)
    return Mapped(required={asked.inside: number}, optional={}) if asked.inside else number


RULES = Mapped(
    required={},
    optional={
        "fairness": list_of(
            one_of(*Criterion, fault=Fault.UNKNOWN_CRITERION), item_name="criterion", least=1
        ),
        "seed": whole(0, 2**32 - 1, 2018),
        "min_participants": whole(0, PEOPLE, 8),
        "may_be_cancelled": truth,
        "keep_free": whole(0, PEOPLE, 2),
        "presenters_take_seats": truth,
        **{kind.key: amount(kind.amount) for kind in rules.RULES.values() if kind.amount},
        "spread": one_of("organisation"),
        "avoid_own": truth,
        "together": list_of(group, item_name="together"),
        "apart": list_of(group, item_name="apart"),
    },
)

PIN = Mapped(
    required={},
    optional={"participant": text, "organisation": text, "in": code, "not_in": code, "reason": text},
)

FORMS = Mapped(
    required={},
    optional={
        **dict.fromkeys(ROLES, text),
        "rounds": rounds,
        "ranks": list_of(text, item_name="rank", least=1),
    },
)

PROGRAM = Mapped(
    required={
        "event": EVENT,
        "rooms": describe_key(ROOM, item_name="room"),
        "rounds": list_of(ROUND, item_name="round", least=1),
    },
    optional={
        "salons": ROUND,
        "pecha_kucha": PECHA_KUCHA,
        "rules": RULES,
        "pins": list_of(PIN, item_name="pin"),
        "forms": FORMS,
    },
)
