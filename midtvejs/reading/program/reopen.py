"""A program of which sessions are to be placed anew: they are read as if their rounds had been left open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from midtvejs.domain.participants import fold
from midtvejs.reading.files.yaml_nodes import Keys
from midtvejs.reading.program.fields import Draft, Found

SETTLED = ("lasts", "start", "end")
"""What only a session can have that says in which rounds it is held."""


def reopen(program: Draft, keep: Collection[str]) -> Draft:
    """Return a program without faults whose sessions are open, but for those to ``keep``.

    These are the ones of which ``keep`` has the code, or the id of a round in which they are held. The others
    are held as often as they were, in whichever room, and in none of these rounds. A session stays, too, that
    a pin has in a round, that lasts, has times of its own, or is cancelled.
    """
    found: Found[tuple[Found[Draft], ...]] | None = program.values.get("sessions")
    if found is None:
        return program
    pinned = {
        fold(pin.value.value(key))
        for pin in program.value("pins") or ()
        for key in ("in", "not_in")
        if pin.value.value("round") and pin.value.value(key)
    }
    salons = program.value("salons")
    rounds = {each.value.value("id") for each in program.value("rounds") or ()}
    rounds |= {salons.value("id")} if salons else set()
    closed = [word for word in keep if word in rounds]
    staying = pinned | {fold(word) for word in keep if word not in rounds}
    sessions = tuple(replace(each, value=_reopen(each.value, closed, staying)) for each in found.value)
    return replace(program, values=program.values | {"sessions": replace(found, value=sessions)})


def _reopen(session: Draft, keep: Collection[str], staying: Collection[str]) -> Draft:
    """Return a session as if it were open, unless its code is ``staying``; ``keep`` are ids of rounds."""
    rounds = session.values.get("rounds")
    held = [found.value for found in rounds.value] if rounds else []
    settled = any(key in session.node.entries for key in SETTLED) or session.value("cancelled")
    if settled or fold(session.value("code")) in staying or not set(held).isdisjoint(keep):
        return session
    entries = dict(session.node.entries)
    values = dict(session.values)
    if rounds:
        entries["times"] = entries.pop("rounds")
        del values["rounds"]
        values["times"] = Found((len(held), len(held)), rounds.node)
        entries.pop("room", None)
        values.pop("room", None)
    key, node = entries.get("not_in") or next(iter(entries.values()))
    closed = [found.value for found in session.value("not_in") or ()]
    if keep:
        entries["not_in"] = (key, node)
        values["not_in"] = Found(tuple(Found(id_, node) for id_ in dict.fromkeys((*closed, *keep))), node)
    return Draft(Keys(session.node.span, entries), values)
