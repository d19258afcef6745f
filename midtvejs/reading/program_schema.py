"""The shape of program.yaml: which keys there are, and what each of them holds."""

from __future__ import annotations

from midtvejs.domain.fairness import OF_WISHES
from midtvejs.reading.drafts import Mapped, list_of, named
from midtvejs.reading.program_faults import Fault
from midtvejs.reading.values import code, date, no_items, one_of, text, time, timezone, whole

PEOPLE, MONEY, MINUTES = 10_000_000, 10_000_000, 24 * 60

EVENT = Mapped(
    required={"name": text, "date": date, "start": time, "end": time},
    optional={
        "timezone": timezone,
        "language": one_of("da", "en"),
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
    optional={},
    missing=("seats", Fault.NO_SEATS, "say how many participants fit: {seats: 20}"),
)

PRESENTER = Mapped(required={"name": text}, optional={"email": text, "role": text, "organisation": text})

SESSION = Mapped(
    required={"code": code, "title": text, "room": text},
    optional={
        "by": list_of(text, item_name="organisation"),
        "school": text,
        "presenters": list_of(PRESENTER, item_name="presenter"),
        "description": text,
        "start": time,
        "end": time,
    },
    missing=("room", Fault.NO_ROOM, "name one of the rooms: room: ..."),
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

RULES = Mapped(
    required={},
    optional={
        "fairness": list_of(
            one_of(*OF_WISHES, fault=Fault.UNKNOWN_CRITERION), item_name="criterion", least=1
        ),
        "seed": whole(0, 2**32 - 1, 2018),
    },
)

PROGRAM = Mapped(
    required={
        "event": EVENT,
        "rooms": named(ROOM, item_name="room"),
        "rounds": list_of(ROUND, item_name="round", least=1),
    },
    optional={"salons": ROUND, "pecha_kucha": PECHA_KUCHA, "rules": RULES, "pins": no_items},
)
