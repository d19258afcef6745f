"""Rosters: who is in which session, by room, by participant or by organisation."""

from __future__ import annotations

from midtvejs.domain.assignment import Assignment
from midtvejs.views.roster import Rosters
from midtvejs.views.rosters_by_organisation import plain_by_organisation, rich_by_organisation
from midtvejs.views.rosters_by_participant import plain_by_participant, rich_by_participant
from midtvejs.views.rosters_by_room import plain_by_room, rich_by_room
from midtvejs.views.screen import Page

FORMS = {
    "room": (plain_by_room, rich_by_room),
    "participant": (plain_by_participant, rich_by_participant),
    "organisation": (plain_by_organisation, rich_by_organisation),
}


def rosters_page(
    assignment: Assignment, *, by: str = "room", room: str | None = None, round_id: str | None = None
) -> Page:
    """Give the rosters, of one room or one round only where that is asked for.

    ``by`` is ``room``, ``participant`` or ``organisation``. A room or round that the program does not have
    gives an empty page.
    """
    plain, rich = FORMS[by]
    rosters = Rosters(assignment=assignment, room=room, round_id=round_id)
    return Page(plain=lambda: plain(rosters), rich=lambda: rich(rosters))
