"""Whose day changes between two assignments, from where to where, for better or worse: in English."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from midtvejs.domain.changes import Change, Move
from midtvejs.domain.participants import Participant
from midtvejs.domain.profile import find_moved
from midtvejs.domain.program import Program
from midtvejs.domain.roles import beside
from midtvejs.domain.seated import Day
from midtvejs.domain.wording import quantity
from midtvejs.output.layout import NARROW, Fitted, grid, indent, line, stack
from midtvejs.output.roster import in_reading_order, tell_apart
from midtvejs.output.screen import Page, printable
from midtvejs.output.tables.json_text import json_text

if TYPE_CHECKING:
    from rich.console import RenderableType

AWAY = "away"
NEED_WISHES = "Better or worse is told by the wishes: give them with --prefs."
COLOURS = {1: "green", 0: "dim", -1: "red"}
"""Of a change for the better, for none and for the worse."""


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What changes, as it is read: ``people`` are all who are seated after it.

    Unless ``wished``, nobody's wishes are known.
    """

    program: Program
    changes: tuple[Change, ...]
    people: Collection[Participant]
    wished: bool = True

    @cached_property
    def moved(self) -> list[Change]:
        """Those who have a seat that they had not before."""
        return [each for each in self._in_order if each.moves and self._count_seats(each)]

    @cached_property
    def leaving(self) -> list[Change]:
        """Those who only attend fewer rounds: nobody moved them."""
        return [each for each in self._in_order if each.moves and not self._count_seats(each)]

    @cached_property
    def new(self) -> list[Change]:
        return [each for each in self._in_order if each.is_new]

    @cached_property
    def dropped_out(self) -> list[Change]:
        return [each for each in self._in_order if each.has_dropped_out]

    @property
    def seats(self) -> int:
        """How many seats they have that they had not before: what goes on through several rounds is one."""
        return sum(map(self._count_seats, self.moved))

    @cached_property
    def names(self) -> Mapping[str, str]:
        everybody = {person.key: person for person in (*self.people, *self._concerned)}
        return tell_apart(everybody.values())

    def gain(self, change: Change) -> int | None:
        """Return by how many steps a day is better; None where that cannot be told."""
        return change.gain if self.wished and change.compared else None

    def _count_seats(self, change: Change) -> int:
        person = replace(change.participant, earlier=change.before or ())
        return len(find_moved(person, change.after or (), self.program))

    @property
    def _concerned(self) -> list[Participant]:
        return [change.participant for change in self.changes]

    @cached_property
    def _in_order(self) -> list[Change]:
        by_key = {change.participant.key: change for change in self.changes}
        people = in_reading_order(self._concerned, self.program.event.language)
        return [by_key[person.key] for person in people]


def changes_page(changes: Changes) -> Page:
    """Return a line for each participant whose day changes, below what all of it comes to."""
    return Page(plain=lambda: map(printable, change_lines(changes)), rich=lambda: _rich(changes))


def changes_below(changes: Changes) -> Page:
    """Return the page as it stands below another one."""
    page = changes_page(changes)
    return Page(plain=lambda: ("", *page.plain()), rich=lambda: _below(changes))


def change_lines(changes: Changes) -> Iterator[str]:
    """Return the lines of the page, as they are in a pipe."""
    yield from _summary(changes)
    for change in (*changes.moved, *changes.leaving):
        yield change_line(changes, change)
    for change in (*changes.new, *changes.dropped_out):
        yield f"{_who(changes, change)}: {_word(change)}: {_day(changes, change)}"


def change_line(changes: Changes, change: Change) -> str:
    """Return who is moved, from where to where, and whether that is better."""
    return ": ".join(filter(None, (_who(changes, change), _moves(change.moves), _verdict(changes, change))))


def changes_json(changes: Changes) -> str:
    """Return what changes as JSON."""
    return json_text(changes_object(changes))


def changes_object(changes: Changes) -> Mapping[str, object]:
    """Return one object, an entry for each participant whose day changes.

    ``gain`` is null where it cannot be told. A session that is no longer held in its round is a ``forced``
    move; null is no session.
    """
    return {
        "participants": len(changes.people),
        "moved": len(changes.moved),
        "leaving": len(changes.leaving),
        "seats": changes.seats,
        "new": len(changes.new),
        "dropped_out": len(changes.dropped_out),
        "changes": [
            _object(changes, change)
            for change in (*changes.moved, *changes.leaving, *changes.new, *changes.dropped_out)
        ],
    }


def _object(changes: Changes, change: Change) -> Mapping[str, object]:
    person = change.participant
    return {
        "name": person.name,
        "email": person.email,
        "organisation": person.organisation,
        "change": _kind(changes, change),
        "before": _sessions(changes.program, change.before),
        "after": _sessions(changes.program, change.after),
        "moves": [
            {
                "round": move.round.id,
                "before": move.before or None,
                "after": move.after or None,
                "forced": move.forced,
            }
            for move in change.moves
        ],
        "gain": changes.gain(change),
    }


def _kind(changes: Changes, change: Change) -> str:
    if change.is_new:
        return "new"
    if change.has_dropped_out:
        return "dropped_out"
    return "leaving" if change in changes.leaving else "moved"


def _sessions(program: Program, day: Day | None) -> Mapping[str, str] | None:
    if day is None:
        return None
    return {round_.id: code for round_, code in zip(program.rounds, day, strict=True) if code}


# In words


def _summary(changes: Changes) -> Iterator[str]:
    people = quantity(len(changes.people), "participant")
    if not changes.changes:
        yield f"Nothing changed: {people} in the same sessions"
        return
    moved = "nobody" if not changes.moved else f"{len(changes.moved)} of {people}"
    counted = {"newcomer": len(changes.new), "drop-out": len(changes.dropped_out)}
    rest = ", ".join(
        [
            *([f"{len(changes.leaving)} in fewer rounds"] if changes.leaving else []),
            *(quantity(count, noun) for noun, count in counted.items() if count),
        ]
    )
    seats = f", {quantity(changes.seats, 'seat')}" if changes.seats else ""
    yield f"Moved: {moved}{seats}{f'; {rest}' if rest else ''}"
    if changes.moved:
        yield _balance(changes)


def _balance(changes: Changes) -> str:
    if not changes.wished:
        return NEED_WISHES
    gains = [gain for gain in map(changes.gain, changes.moved) if gain is not None]
    counted = {
        "better off": sum(gain > 0 for gain in gains),
        "worse off": sum(gain < 0 for gain in gains),
        "as well off as before": gains.count(0),
        "cannot be compared": len(changes.moved) - len(gains),
    }
    told = ", ".join(f"{count} {words}" for words, count in counted.items() if count)
    return f"By their wishes: {told}"


def _who(changes: Changes, change: Change) -> str:
    person = change.participant
    return ", ".join(filter(None, (changes.names[person.key], beside(person))))


def _moves(moves: Collection[Move]) -> str:
    return ", ".join(map(_move, moves))


def _move(move: Move) -> str:
    forced = " (no longer held)" if move.forced else ""
    return f"{move.round.id} {move.before or AWAY}{forced} → {move.after or AWAY}"


def _verdict(changes: Changes, change: Change) -> str:
    gain = changes.gain(change)
    if gain is None:
        return ""
    if gain == 0:
        return "as well off"
    return f"{'better' if gain > 0 else 'worse'} by {quantity(abs(gain), 'step')}"


def _word(change: Change) -> str:
    return "new" if change.is_new else "dropped out"


def _day(changes: Changes, change: Change) -> str:
    """Return where a newcomer is, or a drop-out was."""
    day = change.before if change.after is None else change.after
    rounds = zip(changes.program.rounds, day or (), strict=False)
    return ", ".join(f"{round_.id} {code}" for round_, code in rounds if code) or AWAY


# On a terminal


def _below(changes: Changes) -> RenderableType:
    from rich.rule import Rule

    return stack((Rule(style="dim"), _rich(changes)), gap=True)


def _rich(changes: Changes) -> RenderableType:
    first, *rest = _summary(changes)
    parts = [stack((line((first, "bold")), *(line((each, "dim")) for each in rest)))]
    for title, found in (
        ("Moved", changes.moved),
        ("In fewer rounds", changes.leaving),
        ("New", changes.new),
        ("Dropped out", changes.dropped_out),
    ):
        if found:
            table = Fitted(partial(_table, changes, found))
            parts.append(stack((line((title, "bold")), indent(table))))
    return stack(parts, gap=True)


def _table(changes: Changes, found: list[Change], width: int) -> RenderableType:
    if width < NARROW:
        return stack(part for change in found for part in _in_lines(changes, change))
    table = grid(3)
    table.columns[0].max_width = width // 2
    for change in found:
        table.add_row(_named(changes, change), _where(changes, change), _judged(changes, change))
    return table


def _in_lines(changes: Changes, change: Change) -> Iterator[RenderableType]:
    yield _named(changes, change)
    yield indent(_where(changes, change))
    if change.moves and _verdict(changes, change):
        yield indent(_judged(changes, change))


def _named(changes: Changes, change: Change) -> RenderableType:
    person = change.participant
    about = f"  {beside(person)}" if beside(person) else ""
    return line((changes.names[person.key], "bold"), (about, "dim"))


def _where(changes: Changes, change: Change) -> RenderableType:
    return line(_moves(change.moves) if change.moves else _day(changes, change))


def _judged(changes: Changes, change: Change) -> RenderableType:
    gain = changes.gain(change) or 0
    verdict = _verdict(changes, change) if change.moves else ""
    return line((verdict, COLOURS[(gain > 0) - (gain < 0)]))
