"""An assignment on paper: each function takes a lawful one whose rooms are filled, and gives a PDF."""

from __future__ import annotations

from midtvejs.views.pdf.days import days_pdf
from midtvejs.views.pdf.rosters import rosters_pdf
from midtvejs.views.pdf.signs import signs_pdf
from midtvejs.views.pdf.typesetting import NoTypst, demand_typst

__all__ = ["NoTypst", "days_pdf", "demand_typst", "rosters_pdf", "signs_pdf"]
