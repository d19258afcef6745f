"""The shape of program.yaml: which keys there are, and what each of them holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from midtvejs.domain import rules
from midtvejs.domain.fairness import OF_EARLIER, Criterion
from midtvejs.domain.lots import MOST_SEED
from midtvejs.domain.program import UNLIMITED
from midtvejs.domain.traits import ORGANISATION
from midtvejs.domain.words import LANGUAGES
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import Source
from midtvejs.reading.files.yaml_nodes import TRUTH, Items, Keys, Node, Scalar
from midtvejs.reading.program.fields import (
    ANY_NAME,
    WHOLE,
    Draft,
    Found,
    JsonSchema,
    Mapped,
    Reader,
    by_any,
    by_name,
    code,
    date,
    describe_key,
    list_of,
    means,
    one_of,
    reads,
    shape_of,
    text,
    text_or_number,
    time,
    timezone,
    truth,
    whole,
    wrong,
)
from midtvejs.reading.program.forms import FORMS

PEOPLE, MONEY, MINUTES, ROUNDS, REVISIONS = 10_000_000, 10_000_000, 24 * 60, 100, 1_000_000
UNLIMITED_SEATS = "unlimited"
NUMBERS = re.compile(r"(?<!\d)[1-9][0-9]?(?!\d)")
FROM_TO = re.compile(r"([0-9]{1,3})(?:-([0-9]{1,3}))?")


@reads(lambda: {"anyOf": [{"const": UNLIMITED_SEATS}, shape_of(whole(1, PEOPLE, 20))]})
def seats(source: Source, name: str, node: Node) -> int | None:
    """Read how many fit in a room, or that everybody does."""
    if isinstance(node, Scalar) and node.text == UNLIMITED_SEATS:
        return UNLIMITED
    if isinstance(node, Scalar) and node.is_text and source.nearest(node.text, [UNLIMITED_SEATS]):
        wrong(source, name, node, "a whole number", f'did you mean "{UNLIMITED_SEATS}"?')
        return None
    return whole(1, PEOPLE, 20)(source, name, node)


@reads(lambda: {"anyOf": [shape_of(seats), shape_of(ROOM)]})
def room(source: Source, name: str, node: Node) -> Draft | None:
    """Read a room as the number of its seats, or as a mapping that says more of it."""
    if not (isinstance(node, Scalar) and (node.text == UNLIMITED_SEATS or WHOLE.fullmatch(node.text))):
        return ROOM(source, name, node)
    found = seats(source, "seats", node)
    return Draft(Keys(node.span, {}), {} if found is None else {"seats": Found(found, node)})


@reads(lambda: {"anyOf": [shape_of(text), by_any(text)]})
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


@reads(lambda: {"anyOf": [shape_of(truth), shape_of(list_of(code, item_name="round", least=1))]})
def truth_or_rounds(source: Source, name: str, node: Node) -> bool | tuple[Found[str], ...] | None:
    """Read whether something is so, or in which rounds alone it is."""
    if isinstance(node, Items):
        return list_of(code, item_name="round", least=1)(source, name, node)
    if isinstance(node, Scalar) and node.plain and node.text in TRUTH:
        return truth(source, name, node)
    hint = f"write {name}: true, or {name}: [R1] if it is so in some of its rounds alone"
    wrong(source, name, node, "true, false or a list of rounds", hint)
    return None


@reads(
    lambda: {
        "anyOf": [shape_of(whole(1, ROUNDS, 2)), {"type": "string", "pattern": "^[0-9]{1,3}-[0-9]{1,3}$"}]
    }
)
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


@reads(lambda: by_name(code, shape_of(list_of(code, item_name="round", least=2))))
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
    required={
        "name": means(text, "What the event is called; participants read it."),
        "date": means(date, "The day of the event, or its first day: year, month and day."),
        "start": means(time, "When the day begins; every round lies between start and end."),
        "end": means(time, "When the day ends."),
    },
    optional={
        "end_date": means(date, "The last day, where the event takes several."),
        "timezone": means(
            timezone, "The time zone of all times; Europe/Copenhagen, unless this says otherwise."
        ),
        "language": means(
            one_of(*sorted(LANGUAGES)), "The language that participants read; da, unless this says otherwise."
        ),
        "expected_participants": means(
            whole(1, PEOPLE, 180), "How many are expected: a warning tells which round has too few seats."
        ),
        "part_of": means(text, "What the event is a part of."),
        "purpose": means(text, "What the event is for."),
        "venue": means(
            Mapped(
                required={"name": means(text, "What the venue is called.")},
                optional={"address": means(text, "Where the venue is.")},
            ),
            "Where the event is held.",
        ),
        "price": means(
            Mapped(
                required={
                    "amount": means(whole(0, MONEY, 695), "The price in whole units of the currency."),
                    "currency": means(text, "The currency, such as DKK."),
                },
                optional={"note": means(text, "What is said beside the price.")},
            ),
            "What it costs to take part.",
        ),
        "sign_up": means(
            Mapped(
                required={},
                optional={
                    "deadline": means(date, "The last day to sign up; later answers are told."),
                    "url": means(text, "Where one signs up."),
                },
            ),
            "How to sign up.",
        ),
        "contact": means(
            Mapped(
                required={"name": means(text, "Whom to ask.")},
                optional={
                    "role": means(text, "What the contact does."),
                    "organisation": means(text, "Where the contact works."),
                    "phone": means(text, "A telephone number; quote it where it is digits alone."),
                    "email": means(text, "An email address."),
                },
            ),
            "Whom participants can ask.",
        ),
        "notes": means(list_of(text, item_name="note"), "What else participants should know, a line each."),
        "id": means(text, "By this, calendars that are sent again know the event; it never changes."),
        "revision": means(
            whole(0, REVISIONS, 1),
            "How often the calendars were sent anew; a higher number replaces earlier ones.",
        ),
    },
)

ROOM: Mapped = Mapped(
    required={"seats": means(seats, "How many participants fit, or unlimited.")},
    optional={
        "keep_free": means(whole(0, PEOPLE, 2), "How many seats are kept free in this room."),
        "step_free": means(truth, "Whether one gets into the room without steps."),
        "not_in": means(list_of(code, item_name="round"), "The rounds in which the room is taken."),
    },
    missing=("seats", Fault.NO_SEATS, "say how many participants fit: {seats: 20}"),
)

PRESENTER = Mapped(
    required={
        "name": means(text, "Who presents; known among the participants by this where there is no email.")
    },
    optional={
        "email": means(text, "By this, the presenter is known among the participants."),
        "role": means(text, "What the presenter does."),
        "organisation": means(text, "Where the presenter works."),
        "external": means(truth, "Whether it is a guest, who does not sign up."),
    },
)

SESSION = Mapped(
    required={
        "code": means(code, "The code that participants wish with, unlike that of any other session."),
        "title": means(text, "What the session is called."),
    },
    optional={
        "room": means(text, "One of the rooms; auto, or nothing, has a free one chosen."),
        "by": means(list_of(text, item_name="organisation"), "The organisations behind the session."),
        "school": means(text, "The school behind the session."),
        "presenters": means(
            list_of(PRESENTER, item_name="presenter"), "Who presents; they always get their own session."
        ),
        "description": means(text, "What participants read of it, in a line."),
        "start": means(time, "When it begins, where that is not with its round."),
        "end": means(time, "When it ends, where that is not with its round."),
        "min_participants": means(
            whole(0, PEOPLE, 8), "How many participants the session needs, presenters not counted."
        ),
        "max_participants": means(whole(1, PEOPLE, 20), "How many may come, however large the room is."),
        "may_be_cancelled": means(truth, "Whether it may be cancelled where too few come."),
        "cancelled": means(
            truth, "Whether it is cancelled: wishes for it do not count, and its room is free."
        ),
        "keep_free": means(whole(0, PEOPLE, 2), "How many seats are kept free in this session."),
        "track": means(
            text, "Sessions of one track are for the same people: plan lets as few as can be run at once."
        ),
    },
)

SHARED_SESSION = Mapped(
    required=SESSION.required,
    optional=SESSION.optional
    | {
        "rounds": means(
            list_of(code, item_name="round", least=1),
            "The rounds in which the session is held, by their ids; without them, plan finds them.",
        ),
        "times": means(
            times_held, "How often plan is to place the session, or how often at least and at most: 1-3."
        ),
        "not_in": means(
            list_of(code, item_name="round"), "The rounds in which the session cannot be, by their ids."
        ),
        "room": means(room_by_round, "One of the rooms; or, by the id of each round, the room in it."),
        "lasts": means(
            whole(1, ROUNDS, 2), "How many rounds the session goes on through, each time that it is held."
        ),
        "cancelled": means(truth_or_rounds, "Whether it is cancelled, or the rounds in which alone it is."),
    },
)
"""A session that stands in no round: it says itself in which rounds it is held, or leaves that open."""


def _held_in_round(session: Mapped) -> Reader[Any]:
    choices = list_of(session, item_name="session", least=1)
    return means(choices, "What participants choose between: the sessions held at once in this round.")


ROUND = Mapped(
    required={
        "id": means(code, "The short name of the round, which heads its column of wishes."),
        "name": means(text, "What participants read."),
        "start": means(time, "When the sessions of the round begin."),
        "end": means(time, "When the sessions of the round end."),
    },
    optional={
        "date": means(date, "The day of the round, where the event takes several."),
        "sessions": _held_in_round(SESSION),
    },
)

AGENDA_ITEM = Mapped(
    required={
        "title": means(text, "What it is called."),
        "start": means(time, "When it begins."),
        "end": means(time, "When it ends."),
    },
    optional={
        "date": means(date, "The day, where the event takes several."),
        "room": means(text, "Where it is; any place at all."),
    },
)

PECHA_KUCHA = Mapped(
    required={},
    optional={
        "slides": means(whole(1, 1000, 20), "How many pictures a talk has; 20, unless this says otherwise."),
        "seconds_per_slide": means(
            whole(1, 3600, 20), "How long each is shown; 20, unless this says otherwise."
        ),
        "discussion_minutes": means(
            whole(0, MINUTES, 10), "How long it is discussed; 0, unless this says otherwise."
        ),
    },
)

MEMBERS = list_of(text, item_name="participant", least=2)

GROUP = Mapped(
    required={"participants": means(MEMBERS, "Who they are, by name or email.")},
    optional={
        "round": means(code, "The only round for which it holds."),
        "reason": means(text, "Why; nothing depends on it."),
    },
)


@reads(lambda: {"anyOf": [shape_of(MEMBERS), shape_of(GROUP)]})
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
    number = means(
        whole(asked.least, PEOPLE, asked.example),
        "How many of those who are alike in this are in one session.",
    )
    if not (asked.inside and groups):
        return Mapped(required={asked.inside: number}, optional={}) if asked.inside else number

    one = Mapped(required={}, optional=dict.fromkeys((asked.inside, *groups), number))

    @reads(lambda: shape_of(one) | {"minProperties": 1, "maxProperties": 1})
    def read(source: Source, name: str, node: Node) -> Draft | None:
        draft = one(source, name, node)
        if draft and len(draft.node.entries) != 1:
            message = f"{name}: must name one group, not {len(draft.node.entries)}"
            hint = f"write, for example, {name}: {{{groups[0]}: {asked.example}}}"
            source.report(Fault.ONE_OF_SEVERAL, node.span, message, hint)
            return None
        return draft

    return read


ASKED_FOR = tuple(criterion for criterion in Criterion if criterion not in OF_EARLIER)
"""The criteria that a program can name: an earlier assignment is kept by the command, not by the day."""


@reads(lambda: {"const": "always"})
def always(source: Source, name: str, node: Node) -> str | None:
    """Read the one thing that can be said: what holds as far as can be is a criterion."""
    if isinstance(node, Scalar) and node.text == "always":
        return node.text
    hint = f"write {name}: always; or leave it out, and add friends to fairness: together as far as can be"
    wrong(source, name, node, "always", hint)
    return None


def _numbers(groups: Sequence[str] = ()) -> dict[str, Reader[Any]]:
    asked = {kind.key: kind.amount for kind in rules.RULES.values() if kind.amount}
    return {
        key: means(amount(each, groups), each.words["en"].replace("{}", "...")) for key, each in asked.items()
    }


def _spread_over(*groups: str) -> Reader[str]:
    return means(
        one_of(ORGANISATION, *groups),
        "Who are alike in this are spread over sessions, as spread in fairness.",
    )


RULES = Mapped(
    required={},
    optional={
        "fairness": means(
            list_of(one_of(*ASKED_FOR, fault=Fault.UNKNOWN_CRITERION), item_name="criterion", least=1),
            "The criteria of fairness, met in this order; a later one never costs an earlier one anything.",
        ),
        "seed": means(
            whole(0, MOST_SEED, 2018), "The number behind the lottery between equally good assignments."
        ),
        "min_participants": means(whole(0, PEOPLE, 8), "How many participants each session needs."),
        "max_participants": means(
            whole(1, PEOPLE, 20), "How many may come to each session, however large its room."
        ),
        "may_be_cancelled": means(truth, "Whether sessions may be cancelled to which too few come."),
        "keep_free": means(whole(0, PEOPLE, 2), "How many seats are kept free in every room."),
        "presenters_take_seats": means(truth, "Whether presenters take a seat in their own session."),
        **_numbers(),
        "spread": _spread_over(),
        "avoid_own": means(
            truth, "Whether to seat people elsewhere than with their own organisation, as in fairness."
        ),
        "with": means(always, "Whether those who named each other under with are always together."),
        "together": means(
            list_of(group, item_name="together"), "Who are in one session, all day or in one round."
        ),
        "apart": means(list_of(group, item_name="apart"), "Of whom no two are in one session."),
    },
)

PIN = Mapped(
    required={},
    optional={
        "participant": means(text, "Whom it is about, by name or email."),
        "organisation": means(text, "The organisation that it is about."),
        "in": means(code, "The session that they have to be in."),
        "not_in": means(code, "The session that they must not be in."),
        "round": means(code, "Which time is meant, of a session held several times."),
        "reason": means(text, "Why; nothing depends on it."),
    },
)


@reads(
    lambda: {
        "anyOf": [shape_of(text_or_number), shape_of(list_of(text_or_number, item_name="value", least=1))]
    }
)
def values(source: Source, name: str, node: Node) -> tuple[Found[str], ...] | None:
    """Read one value of a group, or a list of them."""
    if isinstance(node, Items):
        return list_of(text_or_number, item_name="value", least=1)(source, name, node)
    found = text_or_number(source, name, node)
    return None if found is None else (Found(found, node),)


OF_ONE = whole(1, PEOPLE, 5)


@reads(lambda: {"anyOf": [shape_of(OF_ONE), by_any(OF_ONE)]})
def quota(source: Source, name: str, node: Node) -> dict[str, Found[int]] | None:
    """Read how many of one in a group; or, by values of the group, how many of each of these.

    A number that stands alone is found under no value.
    """
    if not isinstance(node, Keys):
        if isinstance(node, Scalar):
            count = OF_ONE(source, name, node)
            return None if count is None else {"": Found(count, node)}
        wrong(source, name, node, "a whole number", f"write {name}: 5, or {name}: {{9: 5}} for some of them")
        return None
    found: dict[str, Found[int]] = {}
    for key, (_, each) in node.entries.items():
        count = OF_ONE(source, f"{name} {key}", each)
        if count is not None:
            found[key] = Found(count, each)
    return found if len(found) == len(node.entries) else None


WHATEVER_GROUPS: dict[str, Reader[Any]] = {
    "wishes": means(
        lists, "By its column, each list of wishes that covers several rounds, and which rounds."
    ),
    "groups": means(
        list_of(text, item_name="group", least=1),
        "More columns that say what participants belong to, such as grade.",
    ),
    "agenda": means(list_of(AGENDA_ITEM, item_name="item"), "What everybody is at, and nobody chooses."),
    "pecha_kucha": means(PECHA_KUCHA, "How long a talk is; it has to fit into its session."),
}
"""Sections of a program that are the same whatever groups it names."""


def program_with(groups: Sequence[str]) -> Mapped:
    """Return what reads a program that names these groups: some of its keys are called as they are."""
    only = means(
        Mapped(
            required={},
            optional=dict.fromkeys((ORGANISATION, *groups), means(values, "One value, or a list of them.")),
        ),
        "Whom the session is for: by group, one value of it or several.",
    )
    number = means(quota, "One number for all, or by value one for each that is named.")
    quotas = Mapped(required={}, optional=dict.fromkeys((ORGANISATION, *groups), number))
    of_groups = {
        "only": only,
        "at_most": means(quotas, "By group, how many of one in it may be in the audience."),
        "at_least": means(quotas, "By group, how many of each in it the audience needs."),
    }
    session, shared = (
        replace(each, optional=each.optional | of_groups) for each in (SESSION, SHARED_SESSION)
    )
    round_ = replace(ROUND, optional=ROUND.optional | {"sessions": _held_in_round(session)})
    rules_ = replace(RULES, optional=RULES.optional | _numbers(groups) | {"spread": _spread_over(*groups)})
    whose = dict.fromkeys(groups, means(text_or_number, "What those are in this group whom it is about."))
    pin = replace(PIN, optional=PIN.optional | whose)
    headings = dict.fromkeys(
        groups, means(text, "The heading of the column of this group in the export of the form.")
    )
    forms = replace(FORMS, optional=headings | FORMS.optional)
    return Mapped(
        required={
            "event": means(EVENT, "The event: what it is called, when and where it is."),
            "rooms": means(
                describe_key(room, item_name="room"), "The rooms by name, and how many fit into each."
            ),
            "rounds": means(
                list_of(round_, item_name="round", least=1),
                "The rounds: everybody is in one session of each.",
            ),
        },
        optional={
            "salons": means(round_, "One round more, of conversations: no Pecha Kucha."),
            "sessions": means(
                list_of(shared, item_name="session"),
                "Sessions that are held several times, or go on through several rounds.",
            ),
            **WHATEVER_GROUPS,
            "rules": means(rules_, "How seats are assigned."),
            "pins": means(list_of(pin, item_name="pin"), "Who has to be in a session, or must not be."),
            "forms": means(forms, "What the columns of a form's export are, where that cannot be told."),
        },
    )


def program_schema() -> JsonSchema:
    """Return the JSON Schema of program.yaml, whatever groups it names."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "program.yaml of midtvejs",
        "description": "A day of parallel sessions: its rooms, rounds, sessions and rules.",
    } | shape_of(program_with((ANY_NAME,)))


def groups_named(root: Node) -> tuple[str, ...]:
    """Return the groups that a file names, before anything else of it is read."""
    _, node = root.entries.get("groups", (None, None)) if isinstance(root, Keys) else (None, None)
    items = node.items if isinstance(node, Items) else ()
    return tuple(item.text for item in items if isinstance(item, Scalar) and item.is_text)
