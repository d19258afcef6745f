"""Why nobody can be seated lawfully, and what would help: in the coordinator's words."""

from __future__ import annotations

from dataclasses import dataclass

from midtvejs.domain.program import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Rules that cannot all hold, none of them to spare.

    Each of the ``changes`` is enough for them, the smallest first; beside each rule stands one of them.
    """

    rules: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Impasse:
    """A round in which not everybody can be seated lawfully: its clashes, none the other's cause.

    ``smallest`` are the changes that help together, as few and small as can be.
    """

    round: Round
    clashes: tuple[Clash, ...]
    smallest: tuple[str, ...]
