"""What is wanted of an export, whichever the format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Making = Mapping[str, Callable[[], str | bytes]]
"""Files by their paths within the folder, and what makes each: the paths are known before any is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """``public``: only what names no participant. ``stack_cut``: days on paper are in order once cut."""

    public: bool = False
    stack_cut: bool = False
