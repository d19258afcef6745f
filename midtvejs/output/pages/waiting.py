"""To whom a seat is offered that becomes free, and where seats are free: for the coordinator, in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from midtvejs.domain.assignment import Assignment
from midtvejs.domain.waiting import Offer, Waiting
from midtvejs.domain.wording import listing, quantity
from midtvejs.output.layout import grid, indent, line, stack, words_of
from midtvejs.output.roster import tell_apart
from midtvejs.output.screen import Page, printable
from midtvejs.output.tables.json_text import json_text

if TYPE_CHECKING:
    from rich.console import RenderableType

MOST_OFFERED = 5
"""So many are named of those to whom a seat is offered, unless all of them are asked for."""
HOW = (
    "When a seat becomes free, offer it from the top. Anyone who takes it frees another: enter the move in "
    "the file, and run this again."
)


@dataclass(frozen=True, kw_only=True)
class WaitingLists:
    """Every session that is held; ``most``: how many are named of those who wait for one, None for all."""

    assignment: Assignment
    sessions: Sequence[Waiting]
    most: int | None = MOST_OFFERED

    @cached_property
    def names(self) -> Mapping[str, str]:
        return tell_apart(self.assignment.participants)

    def named(self, waiting: Waiting) -> Sequence[Offer]:
        return waiting.offers[: self.most]

    def others(self, waiting: Waiting) -> str:
        """Say how many wait beside those who are named; nothing where nobody does."""
        more = len(waiting.offers) - len(self.named(waiting))
        return f"and {more} more (--all)" if more else ""


def waiting_page(lists: WaitingLists) -> Page:
    return Page(plain=lambda: _plain(lists), rich=lambda: _rich(lists))


def waiting_json(lists: WaitingLists) -> str:
    """Return one object: ``sessions`` in the order of the day, each with everybody who waits for it."""
    return json_text({"sessions": [_object(waiting) for waiting in lists.sessions]})


def _object(waiting: Waiting) -> Mapping[str, object]:
    return {
        "code": waiting.session.code,
        "round": waiting.round.id,
        "taken": waiting.taken,
        "free": waiting.free,
        "waiting": [
            {
                "name": offer.participant.name,
                "email": offer.participant.email,
                "leaves": {round_.id: code for round_, code in offer.leaves},
                "steps_fewer": offer.gain,
                "criteria": {criterion.value: value for criterion, value in offer.criteria.items()},
            }
            for offer in waiting.offers
        ],
    }


def _plain(lists: WaitingLists) -> Iterator[str]:
    for waiting in lists.sessions:
        yield printable(f"{_called(waiting)}: {_seats(waiting)}")
        for number, offer in enumerate(lists.named(waiting), start=1):
            yield printable(f"  {number}. {lists.names[offer.participant.key]}: {_why(offer)}")
        if lists.others(waiting):
            yield f"  {lists.others(waiting)}"
    if _anybody_waits(lists):
        yield HOW


def _rich(lists: WaitingLists) -> RenderableType:
    parts: list[RenderableType] = []
    for waiting in lists.sessions:
        colour = "yellow" if waiting.offers else "green"
        parts.append(line((_called(waiting), "bold"), ": ", (_seats(waiting), colour)))
        table = grid(2, gap=1)
        table.columns[0].justify = "right"
        for number, offer in enumerate(lists.named(waiting), start=1):
            name = lists.names[offer.participant.key]
            table.add_row(line((f"{number}.", "dim")), line((name, "bold"), ": ", _why(offer)))
        if lists.others(waiting):
            table.add_row("", line((lists.others(waiting), "dim")))
        if table.row_count:
            parts.append(indent(table))
    if _anybody_waits(lists):
        parts += ["", words_of(HOW, "dim")]
    return stack(parts)


def _anybody_waits(lists: WaitingLists) -> bool:
    return any(waiting.offers for waiting in lists.sessions)


def _called(waiting: Waiting) -> str:
    rounds = listing(waiting.session.through or (waiting.round.id,))
    return f"{rounds} {waiting.session.code} {waiting.session.title}"


def _seats(waiting: Waiting) -> str:
    if waiting.free is None:
        return "everybody fits"
    if waiting.free:
        return f"{waiting.free} of {quantity(waiting.session.seats, 'seat')} free"
    if not waiting.offers:
        return f"full ({quantity(waiting.session.seats, 'seat')}); nobody would gain from a seat"
    return f"full ({quantity(waiting.session.seats, 'seat')})"


def _why(offer: Offer) -> str:
    """Say, for example, ``from 1B, 2 steps better; then worst 2, total 203, even 283``."""
    leaves = listing(list(dict.fromkeys(code for _, code in offer.leaves if code)))
    then = ", ".join(f"{criterion} {value}" for criterion, value in offer.criteria.items())
    return f"from {leaves}, {quantity(offer.gain, 'step')} better; then {then}"
