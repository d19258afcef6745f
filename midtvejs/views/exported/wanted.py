"""What is wanted of an export, whichever the format."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """``public``: only what names no participant. ``stack_cut``: days on paper are in order once cut."""

    public: bool = False
    stack_cut: bool = False
