"""How far a search for placements goes. All of it is counted in placements, never in time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacingLimits:
    """The constants of planning; none of them changes what is lawful or true."""

    placements: int = 60_000
    """How many placements are looked at without seats, where each session is held once."""
    repeated: int = 12_000
    """How many are, where sessions may be held more than once: each takes longer."""
    by_law: int = 20_000
    """How many are, before anybody has wished."""
    one_by_one: int = 5_000
    """Up to so many placements, twins counted as often as they are, are all looked at one by one."""
    counted: int = 6_000_000
    """Up to so many are counted, where each session is held once."""
    before_counting: int = 4_000
    """How many are looked at before that: the better the best of them, the fewer are looked at closely."""
    beside: int = 2_000
    """How many are looked at by each other criterion, to tell what that would cost."""
    shortlist: int = 1_000
    """How many of the best placements are remembered for seating."""
    rough: int = 300
    """In how many everybody is seated at once, at the most."""
    rough_seats: int = 400_000
    """Participants times sittings, over all of these."""
    alternatives: int = 12
    """In how many of those that are best by another criterion everybody is seated at once."""
    seated: int = 3
    """In how many placements everybody is seated as fairly as can be, at the most."""
    hurried: int = 3
    """In how many that is tried at the most, once the time is up."""
    exhausted: int = 100
    """In how many, at the most, where that is all that is missing of a proof."""
    seats_to_exhaust: int = 6_000
    """Participants times sittings, over all of these."""
    seats_to_prove: int = 40_000
    """Participants times sittings, over all of these where all placements were counted with their seats."""
    day_passes: int = 20
    """In how many passes whole days are priced, to tell which placements to seat everybody in."""
    more_day_passes: int = 60
    """In how many, to tell whether a placement may be better than the best."""
    day_costs: int = 3 * 10**9
    """How many costs of days are looked at, pass by pass, each time."""
    seats_asked_for: int = 30_000
    """Participants times sittings, over all that are seated otherwise; one is in any case."""


DEFAULT = PlacingLimits()
