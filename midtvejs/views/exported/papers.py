"""What is printed: rosters for whoever stands at a door, signs for the door, everybody's day."""

from __future__ import annotations

from midtvejs.views.exported.wanted import Wanted
from midtvejs.views.pdf import days_pdf, rosters_pdf, signs_pdf
from midtvejs.views.roster import Rosters


def files(rosters: Rosters, wanted: Wanted) -> dict[str, bytes]:
    """Give the signs, and unless it is to be ``public`` rosters.pdf and days.pdf.

    Raises:
        NoTypst: typst is not installed.
    """
    assignment = rosters.assignment
    signs = {"signs.pdf": signs_pdf(assignment)}
    if wanted.public:
        return signs
    days = days_pdf(assignment, stack_cut=wanted.stack_cut)
    return {"rosters.pdf": rosters_pdf(assignment), **signs, "days.pdf": days}
