"""The groups that a program names: each is a column of its own, and a key where rules name groups."""

from __future__ import annotations

from midtvejs.domain.participants import fold
from midtvejs.domain.roles import ORGANISATION, ROLES
from midtvejs.reading.codes import Fault
from midtvejs.reading.files.source import quote
from midtvejs.reading.program.draft import DayDraft
from midtvejs.reading.program.fields import Found
from midtvejs.reading.program.forms import FORMS
from midtvejs.reading.program.lists import lists_of
from midtvejs.reading.program.schema import PIN

TAKEN = {
    *(heading for role in ROLES.values() if role is not ORGANISATION for heading in role.synonyms()),
    *map(fold, (*PIN.optional, *FORMS.optional, "room")),
}
"""What heads other columns, or is another key beside a group's."""


def report_unclear_groups(day: DayDraft) -> None:
    """Look for groups with a name that something else has."""
    rounds = {fold(round_.id): round_.id for round_ in day.rounds} | {
        fold(each): each for each in lists_of(day)
    }
    first: dict[str, Found[str]] = {}
    for found in day.draft.value("groups") or ():
        name = fold(found.value)
        if (other := first.setdefault(name, found)) is not found:
            line = day.source.line_of(other.span)
            message = f"the group {quote(found.value)} is named twice; first on line {line}"
            hint = "leave one of them out"
        elif name == "organisation":
            message, hint = "organisation is a group already", "leave it out"
        elif name in rounds:
            message = f"{quote(found.value)} heads the column of wishes for {rounds[name]}"
            hint = "give the group, and its column, another name"
        elif name in TAKEN:
            message = f"a group cannot be called {quote(found.value)}: that means something else"
            hint = "give the group, and its column, another name"
        else:
            continue
        day.source.report(Fault.WRONG_GROUP, found.span, message, hint)


CHECKS = (report_unclear_groups,)
