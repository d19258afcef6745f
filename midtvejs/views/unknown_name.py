"""A room or a round that the program does not have, and those it has."""

from __future__ import annotations

import difflib

from midtvejs.domain.program import UnknownName

MOST_LISTED = 12


def unknown_name_line(unknown: UnknownName) -> str:
    """Give, for example, ``error: there is no room "Panrama": did you mean "Panorama"?``."""
    by_folded = {name.casefold(): name for name in unknown.known}
    close = difflib.get_close_matches(unknown.name[:60].casefold(), by_folded, n=1)
    listed = ", ".join(unknown.known[:MOST_LISTED]) + (", ..." if len(unknown.known) > MOST_LISTED else "")
    guess = f'did you mean "{by_folded[close[0]]}"?' if close else ""
    return f'error: there is no {unknown.kind} "{unknown.name}": {guess or f"the program has {listed}"}'
