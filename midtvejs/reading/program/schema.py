"""The shape of program.yaml: which keys there are, ``forms`` among them, and what each of them holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from midtvejs.domain import rules
from midtvejs.domain.fairness import OF_EARLIER, Criterion
from midtvejs.domain.program import UNLIMITED, Columns, Forms, RatedWords, Ratings
from midtvejs.domain.roles import ROLES
from midtvejs.domain.words import LANGUAGES
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import Source
from midtvejs.reading.files.yaml_nodes import TRUTH, Items, Keys, Node, Refused, Scalar
from midtvejs.reading.program.fields import (
    WHOLE,
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


def forms_of(draft: Draft | None, groups: Sequence[str]) -> Forms | None:
    """Make the section of a draft without errors, in a program with these groups."""
    if draft is None:
        return None
    by_round: dict[str, Found[object]] = draft.value("rounds") or {}
    return Forms(
        people={key: draft.value(key) for key in (*ROLES, *groups) if key in draft.values},
        rounds={id_: _columns(found.value) for id_, found in by_round.items()},
        ranks=tuple(found.value for found in draft.value("ranks") or ()),
        ratings=_ratings(draft.value("ratings")),
        ticks=draft.value("ticks"),
    )


def _ratings(draft: Draft | None) -> Ratings | RatedWords | None:
    if draft is None:
        return None
    best: int | tuple[Found[tuple[Found[str], ...]], ...] = draft.value("best")
    if isinstance(best, tuple):
        return RatedWords(
            tiers=tuple(tuple(word.value for word in equals.value) for equals in best),
            not_wished=tuple(word.value for word in draft.value("not_wished") or ()),
        )
    return Ratings(best=draft.value("best"), not_wished=draft.value("not_wished"))


def _columns(value: object) -> Columns:
    if isinstance(value, dict):
        return {code: found.value for code, found in value.items()}
    return tuple(found.value for found in value) if isinstance(value, tuple) else str(value)


PEOPLE, MONEY, MINUTES, ROUNDS, REVISIONS = 10_000_000, 10_000_000, 24 * 60, 100, 1_000_000
RATED = 1_000_000_000
UNLIMITED_SEATS = "unlimited"
NUMBERS = re.compile(r"(?<!\d)[1-9][0-9]?(?!\d)")
FROM_TO = re.compile(r"([0-9]{1,3})(?:-([0-9]{1,3}))?")


def seats(source: Source, name: str, node: Node) -> int | None:
    """Read how many fit in a room, or that everybody does."""
    if isinstance(node, Scalar) and node.text == UNLIMITED_SEATS:
        return UNLIMITED
    if isinstance(node, Scalar) and node.is_text and source.nearest(node.text, [UNLIMITED_SEATS]):
        wrong(source, name, node, "a whole number", f'did you mean "{UNLIMITED_SEATS}"?')
        return None
    return whole(1, PEOPLE, 20)(source, name, node)


def room(source: Source, name: str, node: Node) -> Draft | None:
    """Read a room as the number of its seats, or as a mapping that says more of it."""
    if not (isinstance(node, Scalar) and (node.text == UNLIMITED_SEATS or WHOLE.fullmatch(node.text))):
        return ROOM(source, name, node)
    found = seats(source, "seats", node)
    return Draft(Keys(node.span, {}), {} if found is None else {"seats": Found(found, node)})


def room_by_round(source: Source, name: str, node: Node) -> str | dict[str, Found[str]] | None:
    """Read the room of a session; or, by the ids of rounds, its rooms where they differ."""
    if not isinstance(node, Keys):
        return text(source, name, node)
    found: dict[str, Found[str]] = {}
    for key, (_, value) in node.entries.items():
        held_in = text(source, f"the room in {key}", value)
        if held_in is not None:
            found[key] = Found(held_in, value)
    return found if len(found) == len(node.entries) else None


def truth_or_rounds(source: Source, name: str, node: Node) -> bool | tuple[Found[str], ...] | None:
    """Read whether something is so, or in which rounds alone it is."""
    if isinstance(node, Items):
        return list_of(code, item_name="round", least=1)(source, name, node)
    if isinstance(node, Scalar) and node.plain and node.text in TRUTH:
        return truth(source, name, node)
    hint = f"write {name}: true, or {name}: [R1] if it is so in some of its rounds alone"
    wrong(source, name, node, "true, false or a list of rounds", hint)
    return None


def times_held(source: Source, name: str, node: Node) -> tuple[int, int] | None:
    """Read how often a session is held, or from how often at least to how often at most."""
    text = node.text if isinstance(node, Scalar) else ""
    meant = sorted(map(int, NUMBERS.findall(text)))[:2]
    hint = f"write {name}: {'-'.join(map(str, meant))}" if meant else f"write {name}: 2, or {name}: 1-3"
    read = FROM_TO.fullmatch(text)
    fewest, most = (int(read[1]), int(read[2] or read[1])) if read else (0, 0)
    quoted = isinstance(node, Scalar) and not node.plain and len(meant) < 2
    if quoted or not 1 <= fewest <= most <= ROUNDS:
        wrong(source, name, node, f"a number from 1 to {ROUNDS}, or two such as 1-3", hint)
        return None
    return fewest, most


def lists(source: Source, name: str, node: Node) -> dict[str, Found[tuple[Found[str], ...]]] | None:
    """Read the rounds of each list that covers several; a found value's node is its key."""
    if not isinstance(node, Keys):
        wrong(source, name, node, "a mapping", f"give each list a key, its column: {name}: {{day: [R1, R2]}}")
        return None
    found: dict[str, Found[tuple[Found[str], ...]]] = {}
    for key, (place, value) in node.entries.items():
        covered = list_of(code, item_name="round", least=2)(source, key, value)
        if code(source, "the list", place) and covered is not None:
            found[key] = Found(covered, place)
    return found if len(found) == len(node.entries) else None


EVENT = Mapped(
    required={"name": text, "date": date, "start": time, "end": time},
    optional={
        "end_date": date,
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
        "id": text,
        "revision": whole(0, REVISIONS, 1),
    },
)

ROOM = Mapped(
    required={"seats": seats},
    optional={
        "keep_free": whole(0, PEOPLE, 2),
        "step_free": truth,
        "not_in": list_of(code, item_name="round"),
    },
    missing=("seats", Fault.NO_SEATS, "say how many participants fit: {seats: 20}"),
)

PRESENTER = Mapped(
    required={"name": text},
    optional={"email": text, "role": text, "organisation": text, "external": truth},
)

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
        "max_participants": whole(1, PEOPLE, 20),
        "may_be_cancelled": truth,
        "cancelled": truth,
        "keep_free": whole(0, PEOPLE, 2),
        "track": text,
    },
)

SHARED_SESSION = Mapped(
    required=SESSION.required,
    optional=SESSION.optional
    | {
        "rounds": list_of(code, item_name="round", least=1),
        "times": times_held,
        "not_in": list_of(code, item_name="round"),
        "room": room_by_round,
        "lasts": whole(1, ROUNDS, 2),
        "cancelled": truth_or_rounds,
    },
)
"""A session that stands in no round: it says itself in which rounds it is held, or leaves that open."""

ROUND = Mapped(
    required={"id": code, "name": text, "start": time, "end": time},
    optional={"date": date, "sessions": list_of(SESSION, item_name="session", least=1)},
)

AGENDA_ITEM = Mapped(
    required={"title": text, "start": time, "end": time}, optional={"date": date, "room": text}
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


def amount(asked: rules.Amount, groups: Sequence[str] = ()) -> Reader[Any]:
    """Return what reads a number that holds for the whole day, below its rule's key or a step inside it.

    Where that is a group, any other may stand there instead.
    """
    number = whole(asked.least, PEOPLE, asked.example)
    if not (asked.inside and groups):
        return Mapped(required={asked.inside: number}, optional={}) if asked.inside else number

    def read(source: Source, name: str, node: Node) -> Draft | None:
        draft = Mapped(required={}, optional=dict.fromkeys((asked.inside, *groups), number))(
            source, name, node
        )
        if draft and len(draft.node.entries) != 1:
            message = f"{name}: must name one group, not {len(draft.node.entries)}"
            hint = f"write, for example, {name}: {{{groups[0]}: {asked.example}}}"
            source.report(Fault.ONE_OF_SEVERAL, node.span, message, hint)
            return None
        return draft

    return read


ASKED_FOR = tuple(criterion for criterion in Criterion if criterion not in OF_EARLIER)
"""The criteria that a program can name: an earlier assignment is kept by the command, not by the day."""


def always(source: Source, name: str, node: Node) -> str | None:
    """Read the one thing that can be said: what holds as far as can be is a criterion."""
    if isinstance(node, Scalar) and node.text == "always":
        return node.text
    hint = f"write {name}: always; or leave it out, and add friends to fairness: together as far as can be"
    wrong(source, name, node, "always", hint)
    return None


RULES = Mapped(
    required={},
    optional={
        "fairness": list_of(
            one_of(*ASKED_FOR, fault=Fault.UNKNOWN_CRITERION), item_name="criterion", least=1
        ),
        "seed": whole(0, 2**32 - 1, 2018),
        "min_participants": whole(0, PEOPLE, 8),
        "max_participants": whole(1, PEOPLE, 20),
        "may_be_cancelled": truth,
        "keep_free": whole(0, PEOPLE, 2),
        "presenters_take_seats": truth,
        **{kind.key: amount(kind.amount) for kind in rules.RULES.values() if kind.amount},
        "spread": one_of("organisation"),
        "avoid_own": truth,
        "with": always,
        "together": list_of(group, item_name="together"),
        "apart": list_of(group, item_name="apart"),
    },
)

PIN = Mapped(
    required={},
    optional={
        "participant": text,
        "organisation": text,
        "in": code,
        "not_in": code,
        "round": code,
        "reason": text,
    },
)

RATED_NUMBERS = Mapped(required={"best": whole(0, RATED, 5)}, optional={"not_wished": whole(0, RATED, 1)})


def value(source: Source, name: str, node: Node) -> str | None:
    """Read what a column of people, or a rating, may say: numbers are as good as any text."""
    if isinstance(node, Scalar) and node.is_number:
        return node.text
    return text(source, name, node)


def equals(source: Source, name: str, node: Node) -> tuple[Found[str], ...] | None:
    """Read a word, or a list of words of one worth."""
    if isinstance(node, Items):
        return list_of(value, item_name="word")(source, name, node)
    found = value(source, name, node)
    return None if found is None else (Found(found, node),)


def words_rated(source: Source, name: str, node: Node) -> tuple[Found[tuple[Found[str], ...]], ...] | None:
    """Read words from the best to the worst, or a single one."""
    if isinstance(node, Items):
        return list_of(equals, item_name="word", least=1)(source, name, node)
    found = equals(source, name, node)
    return None if found is None else (Found(found, node),)


RATED_WORDS = Mapped(required={"best": words_rated}, optional={"not_wished": equals})


def ratings(source: Source, name: str, node: Node) -> Draft | None:
    """Read which numbers rate sessions, or which words."""
    _, best = node.entries.get("best", (None, None)) if isinstance(node, Keys) else (None, None)
    words = isinstance(best, Items) or (isinstance(best, Scalar) and best.is_text)
    return (RATED_WORDS if words else RATED_NUMBERS)(source, name, node)


FORMS = Mapped(
    required={},
    optional={
        **dict.fromkeys(ROLES, text),
        "rounds": rounds,
        "ranks": list_of(text, item_name="rank", least=1),
        "ratings": ratings,
        "ticks": truth,
    },
)


def values(source: Source, name: str, node: Node) -> tuple[Found[str], ...] | None:
    """Read one value of a group, or a list of them."""
    if isinstance(node, Items):
        return list_of(value, item_name="value", least=1)(source, name, node)
    found = value(source, name, node)
    return None if found is None else (Found(found, node),)


def program_with(groups: Sequence[str]) -> Mapped:
    """Return what reads a program that names these groups: some of its keys are called as they are."""
    only = Mapped(required={}, optional=dict.fromkeys(("organisation", *groups), values))
    session, shared = (
        replace(each, optional=each.optional | {"only": only}) for each in (SESSION, SHARED_SESSION)
    )
    sessions = {"sessions": list_of(session, item_name="session", least=1)}
    round_ = replace(ROUND, optional=ROUND.optional | sessions)
    numbers = {kind.key: amount(kind.amount, groups) for kind in rules.RULES.values() if kind.amount}
    spread = {"spread": one_of("organisation", *groups)}
    rules_ = replace(RULES, optional=RULES.optional | numbers | spread)
    pin = replace(PIN, optional=PIN.optional | dict.fromkeys(groups, value))
    return Mapped(
        required={
            "event": EVENT,
            "rooms": describe_key(room, item_name="room"),
            "rounds": list_of(round_, item_name="round", least=1),
        },
        optional={
            "salons": round_,
            "sessions": list_of(shared, item_name="session"),
            "wishes": lists,
            "groups": list_of(text, item_name="group", least=1),
            "agenda": list_of(AGENDA_ITEM, item_name="item"),
            "pecha_kucha": PECHA_KUCHA,
            "rules": rules_,
            "pins": list_of(pin, item_name="pin"),
            "forms": replace(FORMS, optional=dict.fromkeys(groups, text) | FORMS.optional),
        },
    )


def groups_named(root: Node) -> tuple[str, ...]:
    """Return the groups that a file names, before anything else of it is read."""
    _, node = root.entries.get("groups", (None, None)) if isinstance(root, Keys) else (None, None)
    items = node.items if isinstance(node, Items) else ()
    return tuple(item.text for item in items if isinstance(item, Scalar) and item.is_text)
