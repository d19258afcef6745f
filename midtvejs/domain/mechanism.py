"""How seats are dealt: fairly, or in the ways of others, to compare with."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum

from midtvejs.domain.diagnostic import Place
from midtvejs.domain.program import Program
from midtvejs.domain.wording import quantity


class Mechanism(StrEnum):
    """``fair``: over the whole day at once, by the criteria.

    ``lottery`` is random serial dictatorship: in the order of the draw, everybody takes the best seat that is
    left in each round. ``first-come`` is the same in the order in which people signed up, as forms do it.
    Both keep what is decided of people one by one, and the seats there are.
    """

    FAIR = "fair"
    LOTTERY = "lottery"
    FIRST_COME = "first-come"


class CannotKeep(Exception):
    """Seats dealt one after the other cannot keep ``rules`` that bind participants to each other."""

    def __init__(self, mechanism: Mechanism, rules: tuple[str, ...]) -> None:
        self.mechanism = mechanism
        self.rules = rules
        super().__init__(f"{mechanism}: {'; '.join(rules)}")


def beyond_a_queue(program: Program) -> tuple[str, ...]:
    """Say which rules nobody can keep who sees but one participant at a time; rooms follow from who comes."""
    rules = program.rules
    said = [f"at most {rules.at_most} of one organisation in a session"] if rules.at_most is not None else []
    codes: dict[int, list[str]] = defaultdict(list)
    for code, session in program.sessions.items():
        if session.least:
            codes[session.least].append(code)
    said += [
        f"{quantity(least, 'participant')} at least in {', '.join(sessions)}"
        for least, sessions in codes.items()
    ]
    said += [f"{group}{_told_in(group.place)}" for group in rules.groups]
    return tuple(said)


def _told_in(place: Place | None) -> str:
    return f" ({place.file}:{place.line})" if place else ""
