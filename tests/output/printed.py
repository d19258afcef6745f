"""What is read off a PDF, and a small day to print."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

from pypdf import PdfReader

from midtvejs.domain.assignment import Assignment
from tests import conferences


def pages(pdf: bytes) -> list[str]:
    """Return each page's text on one line."""
    return [squeezed(page.extract_text(), " ") for page in PdfReader(io.BytesIO(pdf)).pages]


def squeezed(text: str, between: str = "") -> str:
    return between.join(text.replace("\u200b", "").split())


def group(*names: str, rounds: int = 1, title: str = "Foredrag") -> Assignment:
    """Some people who are together all day, in sessions of one title."""
    program = conferences.program(*({f"{number}A": len(names) or 1} for number in range(1, rounds + 1)))
    titled = tuple(
        replace(round_, sessions=(replace(round_.sessions[0], title=title),)) for round_ in program.rounds
    )
    people = tuple(
        replace(conferences.person("x", *[""] * rounds), name=name, email=f"{number}@example.dk")
        for number, name in enumerate(names)
    )
    day = tuple(round_.sessions[0].code for round_ in titled)
    return Assignment(
        program=replace(program, rounds=titled), participants=people, days={each.key: day for each in people}
    )


def placed(pdf: bytes) -> list[tuple[str, float, float]]:
    """Return each piece of text on the first page, and where it begins, from the lower left corner."""
    found: list[tuple[str, float, float]] = []

    def take(text: str, outer: Sequence[float], inner: Sequence[float], *_: object) -> None:
        if text.strip():
            x, y = inner[4], inner[5]
            found.append((text.strip(), outer[0] * x + outer[4], outer[3] * y + outer[5]))

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=take)
    return found


def lines_across(pdf: bytes) -> int:
    """Count the surfaces that are filled on the first page: lines above the information are drawn as such."""
    content = PdfReader(io.BytesIO(pdf)).pages[0].get_contents()
    assert content is not None
    return content.get_data().split().count(b"f")
