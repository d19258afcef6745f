"""What is printed: rosters for whoever stands at a door, signs for the door, everybody's day."""

from __future__ import annotations

from functools import partial

from midtvejs.views.exported.wanted import Making, Wanted
from midtvejs.views.pdf.days import days_pdf
from midtvejs.views.pdf.rosters import rosters_pdf
from midtvejs.views.pdf.signs import signs_pdf
from midtvejs.views.pdf.typesetting import demand_typst
from midtvejs.views.roster import Rosters


def files(rosters: Rosters, wanted: Wanted) -> Making:
    """Give the signs, and unless it is to be ``public`` rosters.pdf and days.pdf.

    Raises:
        NoTypst: typst is not installed.
    """
    demand_typst()
    assignment = rosters.assignment
    papers = {
        "days.pdf": partial(days_pdf, assignment, stack_cut=wanted.stack_cut),
        "rosters.pdf": partial(rosters_pdf, assignment),
        "signs.pdf": partial(signs_pdf, assignment),
    }
    return {name: papers[name] for name in names(wanted)}


def names(wanted: Wanted) -> tuple[str, ...]:
    """Give what there would be. What takes most memory is first: not all of it can be used again."""
    return ("signs.pdf",) if wanted.public else ("days.pdf", "rosters.pdf", "signs.pdf")
