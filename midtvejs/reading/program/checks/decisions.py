"""Pins and groups name what there is, and ask for nothing that cannot be had together.

Whom they mean is seen only when participants have signed up: here names are compared as they are written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from midtvejs.domain.participants import fold
from midtvejs.domain.rules import Company
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.program.draft import DayDraft
from midtvejs.reading.program.fields import Draft, Found
from midtvejs.reading.program.schema import PIN

MOST_LISTED = 12
WHOM, WHERE = ("participant", "organisation"), ("in", "not_in")


def one_of_each(day: DayDraft) -> None:
    """Look for pins that do not say whom they mean and where, or say so twice."""
    for pin in (found.value for found in day.pins):
        for keys in (WHOM, WHERE):
            given = [pin.node.entries[key] for key in keys if key in pin.node.entries]
            if len(given) > 1:
                message, hint = f"a pin has {' or '.join(keys)}, not both", "make two pins of it"
                day.source.report(Fault.ONE_OF_SEVERAL, given[1][0].span, message, hint)
            # A key that nobody knows may have been meant for the one that is missing.
            elif not given and pin.node.entries.keys() <= PIN.optional.keys():
                message = f"this pin has neither {' nor '.join(keys)}"
                day.source.report(Fault.ONE_OF_SEVERAL, pin.heading, message, f"add {' or '.join(keys)}")


def unknown_sessions(day: DayDraft) -> None:
    rounds = _rounds_by_code(day)
    known = ", ".join(islice(rounds, MOST_LISTED)) + (", ..." if len(rounds) > MOST_LISTED else "")
    for pin in (found.value for found in day.pins if day.rounds_known):
        for code in (pin.values[key] for key in WHERE if key in pin.values):
            if code.value not in rounds:
                hint = day.source.did_you_mean(code.value, rounds) or f"the sessions are {known}"
                message = f"there is no session {quote(code.value)}"
                day.source.report(Fault.UNKNOWN_SESSION, code.span, message, hint)


def unknown_rounds(day: DayDraft) -> None:
    ids = [round_.draft.value("id") for round_ in day.rounds]
    for group in (found.value for _, found in day.groups if day.rounds_known):
        wanted = group.values.get("round")
        if wanted and wanted.value not in ids:
            hint = day.source.did_you_mean(wanted.value, ids) or f"the rounds are {', '.join(ids)}"
            message = f"there is no round {quote(wanted.value)}"
            day.source.report(Fault.NO_SUCH_ROUND, wanted.span, message, hint)


def _rounds_by_code(day: DayDraft) -> dict[str, int]:
    """Number the round of each session, by the session's code."""
    return {
        session.draft.value("code"): number
        for number, round_ in enumerate(day.rounds)
        for session in round_.sessions
        if session.draft.value("code")
    }


@dataclass(frozen=True, slots=True)
class PinDraft:
    """A pin that says whom it means, and where. ``who`` is the same for the same words."""

    who: tuple[str, str]
    shown: str
    code: Found[str]
    holds: bool


def _pins(day: DayDraft) -> Iterator[PinDraft]:
    for pin in (found.value for found in day.pins):
        whom = [key for key in WHOM if key in pin.values]
        where = [key for key in WHERE if key in pin.values]
        if len(whom) == len(where) == 1:
            name = pin.value(whom[0])
            who = (whom[0], fold(name))
            yield PinDraft(who, quote(name), pin.values[where[0]], holds=where == ["in"])


def clashing_pins(day: DayDraft) -> None:
    """Look for pins that put a participant in two sessions of a round, or in a session and not in it."""
    rounds = _rounds_by_code(day)
    first: dict[tuple[object, ...], Found[str]] = {}
    for pin in _pins(day):
        code = pin.code.value
        contrary = first.get((pin.who, code, not pin.holds))
        first.setdefault((pin.who, code, pin.holds), pin.code)
        if contrary:
            line = day.source.line_of(contrary.span)
            message = f"line {line} has {pin.shown} {'not ' if pin.holds else ''}in {code}"
        elif pin.holds and code in rounds:
            other = first.setdefault((pin.who, rounds[code]), pin.code)
            if other.value == code:
                continue
            line = day.source.line_of(other.span)
            message = f"line {line} has {pin.shown} in {other.value}, in the same round"
        else:
            continue
        day.source.report(Fault.PROGRAM_PINS_CLASH, pin.code.span, message, "keep one of the two pins")


def names_twice(day: DayDraft) -> None:
    for company, found in day.groups:
        first: dict[str, Found[str]] = {}
        for name in found.value.value("participants") or ():
            if first.setdefault(fold(name.value), name) is not name:
                message = f"{company}: {quote(name.value)} appears twice in this group"
                day.source.report(
                    Fault.NAME_TWICE, name.span, message, "leave it out, or name another participant"
                )


def clashing_groups(day: DayDraft) -> None:
    """Look for two names that are together and apart in one round; each group is told of once."""
    earlier: dict[Company, dict[str, list[Found[Draft]]]] = {
        company: defaultdict(list) for company in Company
    }
    for company, found in day.groups:
        opposite = Company.APART if company is Company.TOGETHER else Company.TOGETHER
        if clash := _clash(found.value, earlier[opposite]):
            other, one, two = clash
            both = f"{quote(one.value)} and {quote(two.value)}"
            line = day.source.line_of(other.span)
            message = f"line {line} has {both} {opposite}"
            day.source.report(
                Fault.GROUPS_CLASH, two.span, message, "keep one of the two groups, or give each a round"
            )
        for name in found.value.value("participants") or ():
            earlier[company][fold(name.value)].append(found)


def _clash(
    group: Draft, earlier: Mapping[str, list[Found[Draft]]]
) -> tuple[Found[Draft], Found[str], Found[str]] | None:
    """Return an earlier group that shares two names with this one, and a round; and the names."""
    met: dict[int, Found[str]] = {}
    for folded_name, name in {fold(name.value): name for name in group.value("participants") or ()}.items():
        for other in earlier.get(folded_name, ()):
            one = met.setdefault(other.span.start, name)
            if one is not name and _in_one_round(group, other.value):
                return other, one, name
    return None


def _in_one_round(one: Draft, other: Draft) -> bool:
    rounds = {one.value("round"), other.value("round")}
    return len(rounds) == 1 or None in rounds


CHECKS = (one_of_each, unknown_sessions, unknown_rounds, clashing_pins, names_twice, clashing_groups)
