"""Which columns of a sign-up form hold what, where program.yaml has to say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Columns = str | tuple[str, ...] | Mapping[str, str]
"""The heading of a column that holds rankings, or those of a column for each rank, or for each session.

Those of sessions are by their codes.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """Headings by what their columns hold. What is not named here is recognised as if there were no forms.

    ``people`` has them by the name of a role, ``rounds`` by a round's id. ``ranks`` are the words for a rank,
    the best first.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    rounds: Mapping[str, Columns] = field(default_factory=dict)
    ranks: tuple[str, ...] = ()
