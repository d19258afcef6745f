"""Pins and groups name what there is, and ask for nothing that cannot be had together.

Whom they mean is seen only when participants have signed up: here names are compared as they are written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from midtvejs.domain.participants import fold
from midtvejs.domain.rules import Company
from midtvejs.domain.traits import same
from midtvejs.domain.wording import list_first
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.program.draft import DayDraft, SessionDraft
from midtvejs.reading.program.fields import Draft, Found
from midtvejs.reading.program.schema import PIN

WHOM, WHERE = ("participant", "organisation"), ("in", "not_in")


def report_unclear_pins(day: DayDraft) -> None:
    """Look for pins that do not say whom they mean and where, or say so twice."""
    whom = (*WHOM, *day.group_names)
    for pin in (found.value for found in day.pins):
        for keys in (whom, WHERE):
            given = [pin.node.entries[key] for key in keys if key in pin.node.entries]
            if len(given) > 1:
                message, hint = f"a pin has {' or '.join(keys)}, not both", "make two pins of it"
                day.source.report(Fault.ONE_OF_SEVERAL, given[1][0].span, message, hint)
            # A key that nobody knows may have been meant for the one that is missing.
            elif not given and pin.node.entries.keys() <= {*PIN.optional, *day.group_names}:
                message = f"this pin has neither {' nor '.join(keys)}"
                day.source.report(Fault.ONE_OF_SEVERAL, pin.heading, message, f"add {' or '.join(keys)}")


def report_unknown_sessions(day: DayDraft) -> None:
    rounds = day.planned_by_code
    known = list_first(tuple(rounds))
    for pin in (found.value for found in day.pins if day.rounds_known):
        for code in (pin.values[key] for key in WHERE if key in pin.values):
            if code.value not in rounds:
                hint = day.source.did_you_mean(code.value, rounds) or f"the sessions are {known}"
                message = f"there is no session {quote(code.value)}"
                day.source.report(Fault.UNKNOWN_SESSION, code.span, message, hint)


def report_unknown_rounds(day: DayDraft) -> None:
    ids = [round_.id for round_ in day.rounds]
    named = [*(found.value for _, found in day.groups), *(found.value for found in day.pins)]
    for draft in named if day.rounds_known else ():
        wanted = draft.values.get("round")
        if wanted and wanted.value not in ids:
            hint = day.source.did_you_mean(wanted.value, ids) or f"the rounds are {', '.join(ids)}"
            message = f"there is no round {quote(wanted.value)}"
            day.source.report(Fault.NO_SUCH_ROUND, wanted.span, message, hint)


def report_pins_elsewhere(day: DayDraft) -> None:
    """Look for pins in a round in which their session does not begin, or of which that is open."""
    sittings = day.planned_by_code
    offered = {offer.code for offer in day.offers}
    for pin in (found.value for found in day.pins if day.rounds_known):
        wanted = pin.values.get("round")
        code = next((pin.value(key) for key in WHERE if key in pin.values), None)
        if wanted and code in sittings and wanted.value in {round_.id for round_ in day.rounds}:
            held = [session.round.id for session in sittings[code]]
            if code in offered:
                message = f"it is still open when session {code} is held"
                hint = "leave out round; or say at the session in which rounds it is held: rounds: [...]"
                day.source.report(Fault.PIN_TO_OPEN, wanted.span, message, hint)
            elif wanted.value not in held:
                message = f"session {code} is not held in {wanted.value}"
                if any(wanted.value == later.id for each in sittings[code] for later in each.later):
                    message = f"session {code} goes on in {wanted.value}, and does not begin there"
                hint = f"write round: {' or '.join(held)}, or leave it out"
                day.source.report(Fault.NOT_HELD, wanted.span, message, hint)


@dataclass(frozen=True, slots=True)
class PinDraft:
    """A pin that says whom it means, and where. ``who`` is the same for the same words."""

    who: tuple[str, str]
    shown: str
    code: Found[str]
    round_id: str
    holds: bool

    def is_against(self, other: PinDraft) -> bool:
        """Whether one of the two is for a session, and the other against it wherever the first may hold."""
        if self.who != other.who or self.code.value != other.code.value or self.holds == other.holds:
            return False
        pin, ban = (self, other) if self.holds else (other, self)
        return ban.round_id in {"", pin.round_id}


def _pins(day: DayDraft) -> Iterator[PinDraft]:
    for pin in (found.value for found in day.pins if not day.is_void(found.value)):
        whom = [key for key in (*WHOM, *day.group_names) if key in pin.values]
        where = [key for key in WHERE if key in pin.values]
        if len(whom) == len(where) == 1:
            name = pin.value(whom[0])
            group = whom[0] in day.group_names
            who = (whom[0], same(whom[0], name) if group else fold(name))
            round_id = pin.value("round") or ""
            shown = f"{whom[0]} {name}" if group else quote(name)
            yield PinDraft(who, shown, pin.values[where[0]], round_id, holds=where == ["in"])


def report_clashing_pins(day: DayDraft) -> None:
    """Look for pins that put a participant in two sessions of a round, or in a session and not in it."""
    sittings = day.sessions_by_code()
    earlier: dict[tuple[str, str, str], list[PinDraft]] = defaultdict(list)
    seated: dict[tuple[tuple[str, str], str], PinDraft] = {}
    for pin in _pins(day):
        code = pin.code.value
        of_code = earlier[(*pin.who, code)]
        contrary = next((other for other in of_code if pin.is_against(other)), None)
        # One of each is enough to meet every later one.
        if all((other.holds, other.round_id) != (pin.holds, pin.round_id) for other in of_code):
            of_code.append(pin)
        if contrary:
            line = day.source.line_of(contrary.code.span)
            message = f"line {line} has {pin.shown} {'not ' if pin.holds else ''}in {code}"
        elif found := _elsewhere(pin, of_code, seated, sittings.get(code, [])):
            other, where = found
            line = day.source.line_of(other.code.span)
            message = f"line {line} has {pin.shown} in {other.code.value}, {where}"
        else:
            continue
        day.source.report(Fault.PROGRAM_PINS_CLASH, pin.code.span, message, "keep one of the two pins")


def _elsewhere(
    pin: PinDraft,
    of_code: Sequence[PinDraft],
    seated: dict[tuple[tuple[str, str], str], PinDraft],
    sittings: Sequence[SessionDraft],
) -> tuple[PinDraft, str] | None:
    """Return an earlier pin that has them elsewhere, and where; note where this one has them."""
    if not pin.holds:
        return None
    for other in of_code:
        if other.holds and pin.round_id and other.round_id and other.round_id != pin.round_id:
            return other, f"in {other.round_id}: nobody is in a session twice"
    certain = [each for each in sittings if pin.round_id in {"", each.round.id}]
    for round_ in certain[0].rounds if len(certain) == 1 else ():
        other = seated.setdefault((pin.who, round_.id), pin)
        if other.code.value != pin.code.value:
            return other, "in the same round"
    return None


def report_names_twice(day: DayDraft) -> None:
    for company, found in day.groups:
        first: dict[str, Found[str]] = {}
        for name in found.value.value("participants") or ():
            if first.setdefault(fold(name.value), name) is not name:
                message = f"{company}: {quote(name.value)} appears twice in this group"
                day.source.report(
                    Fault.NAME_TWICE, name.span, message, "leave it out, or name another participant"
                )


def report_clashing_groups(day: DayDraft) -> None:
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


CHECKS = (
    report_unclear_pins,
    report_unknown_sessions,
    report_unknown_rounds,
    report_pins_elsewhere,
    report_clashing_pins,
    report_names_twice,
    report_clashing_groups,
)
