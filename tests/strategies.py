"""Lawful conferences by construction: whatever is drawn, everybody can be seated."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from math import comb, prod

from hypothesis import strategies as st

from midtvejs.domain.fairness import OF_WISHES
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.program import Presenter, Program, Round
from tests import conferences

NAMES = ("Åse", "Bo", "Cai", "Dea", "Eva", "Finn", "Gry")
FEW = 1000
"""How many ways to fill the rooms, counting heads alone, brute force can look through in no time."""

Conference = tuple[Program, tuple[Participant, ...]]

criteria_in_order = st.lists(st.sampled_from(OF_WISHES), min_size=1, max_size=3, unique=True).map(tuple)
seeds = st.integers(min_value=0, max_value=2**64)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """One round: who presents what, and everybody's wishes, both by name."""

    round: Round
    presents: dict[str, str]
    wishes: dict[str, Wishes]


@st.composite
def lawful_conferences(
    draw: st.DrawFn, *, max_rounds: int = 3, max_sessions: int = 4, max_people: int = len(NAMES)
) -> Conference:
    """Draw 1 to 3 rounds of 1 to 4 sessions, and as many people as brute force can manage.

    In each round there is room, or exactly room; wishes are full, partial or empty; some people present.
    """
    sizes = draw(st.lists(st.integers(1, max_sessions), min_size=1, max_size=max_rounds))
    most = min(max_people, _manageable(sizes))
    names = NAMES[: most - draw(st.integers(0, most - 1)) // 2]
    drawn = [draw(_rounds(number, size, names)) for number, size in enumerate(sizes, start=1)]
    program = replace(
        conferences.program({"0": 1}),
        rooms=tuple(session.room for one in drawn for session in one.round.sessions),
        rounds=tuple(one.round for one in drawn),
    )
    participants = tuple(
        replace(
            conferences.person(name),
            wishes=tuple(one.wishes[name] for one in drawn),
            presents=frozenset(one.presents[name] for one in drawn if name in one.presents),
        )
        for name in names
    )
    return program, participants


def _manageable(sizes: list[int]) -> int:
    people = 1
    while people < len(NAMES) and prod(comb(people + size, size - 1) for size in sizes) <= FEW:
        people += 1
    return people


@st.composite
def _rounds(draw: st.DrawFn, number: int, size: int, names: tuple[str, ...]) -> _Drawn:
    codes = [f"{number}{letter}" for letter in "ABCD"[:size]]
    presents = draw(st.dictionaries(st.sampled_from(names), st.sampled_from(codes), max_size=2))
    seats = Counter(codes)
    spare = draw(st.integers(0, 2))
    chairs = max(0, len(names) - len(presents) - size + spare)
    seats.update(draw(st.lists(st.sampled_from(codes), min_size=chairs, max_size=chairs)))
    sessions = tuple(
        conferences.session(
            code,
            seats[code],
            hour=9 + number,
            presenters=tuple(Presenter(name=name) for name, own in presents.items() if own == code),
        )
        for code in codes
    )
    round_ = Round(
        id=f"R{number}",
        name=f"Runde {number}",
        start=dt.time(9 + number),
        end=dt.time(9 + number, 30),
        sessions=sessions,
    )
    return _Drawn(round=round_, presents=presents, wishes=draw(_wishes(codes, names)))


@st.composite
def _wishes(draw: st.DrawFn, codes: list[str], names: tuple[str, ...]) -> dict[str, Wishes]:
    """Draw a few lists, of which everybody writes down the beginning: many want the same."""
    lists = draw(st.lists(st.permutations(codes), min_size=1, max_size=3))
    beginnings = [Wishes(tuple(ranked[:length])) for length in range(len(codes), -1, -1) for ranked in lists]
    size = len(names)
    written = draw(st.lists(st.sampled_from(beginnings), min_size=size, max_size=size))
    return dict(zip(names, written, strict=True))
