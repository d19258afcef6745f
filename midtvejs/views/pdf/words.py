"""The words that only papers have."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWords:
    """The words of one language; ``own`` is said to presenters of their own session."""

    rosters: str
    signs: str
    days: str
    own: str


DANISH = PaperWords(
    rosters="Deltagerlister",
    signs="Dørskilte",
    days="Personlige programmer",
    own="Du er oplægsholder.",
)

ENGLISH = PaperWords(
    rosters="Rosters",
    signs="Door signs",
    days="Personal programmes",
    own="You are a presenter.",
)


def paper_words(language: str) -> PaperWords:
    """Give the words of ``da``; everything else is read in English."""
    return DANISH if language == "da" else ENGLISH
