"""Rosters: who is in which session, by room, by participant or by organisation."""

from __future__ import annotations

from midtvejs.domain.assignment import Assignment
from midtvejs.views import rosters_by_organisation, rosters_by_participant, rosters_by_room
from midtvejs.views.roster import Rosters
from midtvejs.views.screen import Page

FORMS = {
    "room": rosters_by_room,
    "participant": rosters_by_participant,
    "organisation": rosters_by_organisation,
}


def rosters_page(
    assignment: Assignment, *, by: str = "room", room: str | None = None, round_id: str | None = None
) -> Page:
    """Give the rosters, of one room or one round only where that is asked for.

    ``by`` is ``room``, ``participant`` or ``organisation``. A room or round that the program does not have
    gives an empty page.
    """
    form = FORMS[by]
    rosters = Rosters(assignment=assignment, room=room, round_id=round_id)
    return Page(plain=lambda: form.plain(rosters), rich=lambda: form.rich(rosters))
