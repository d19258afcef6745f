"""Tiny days with sessions to be placed, drawn."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.planning import ORDERS
from midtvejs.domain.program import Offer, Presenter, Program
from tests.conferences import open_day, person, pinned, session

Day = tuple[Program, tuple[Participant, ...]]
NAMES = ("Åse", "Bo", "Cai", "Dea")


@st.composite
def open_days(draw: st.DrawFn) -> Day:
    """Draw a day of up to five sessions to be placed, up to three rounds and four people."""
    rounds = draw(st.integers(2, 3))
    codes = "ABCDE"[: draw(st.integers(rounds, 5))]
    rooms = tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=2)))
    ids = [f"R{number}" for number in range(1, rounds + 1)]
    presenters = draw(st.sampled_from(["", "", codes[:1], codes[:2]]))
    names = NAMES[: draw(st.integers(1, 4))]
    offers: dict[str, Offer | None] = {}
    for code in codes:
        fewest = draw(st.sampled_from([1, 1, 1, 2]))
        most = fewest + draw(st.sampled_from([0, 0, 0, 1]))
        open_ = [id_ for id_ in ids if draw(st.sampled_from([True, True, True, False]))] or ids
        held = session(code, 1)
        if code in presenters:
            held = replace(held, presenters=(Presenter(name=names[0]),))
        if draw(st.sampled_from([False, False, False, True])):
            held = replace(held, most=draw(st.integers(1, 3)))
        offers[code] = Offer(session=held, rounds=tuple(open_), fewest=fewest, most=most)
    day = open_day(offers, rounds=rounds, rooms=rooms)
    fairness = draw(st.permutations(list(ORDERS)))
    return day.replace_rules(fairness=tuple(fairness)), tuple(
        _somebody(draw, name, codes, ids, presenters if name == names[0] else "") for name in names
    )


def _somebody(draw: st.DrawFn, name: str, codes: str, ids: list[str], presents: str) -> Participant:
    ranked = draw(st.permutations([code for code in codes if code not in presents]))
    listed = ranked[: draw(st.integers(0, len(ranked)))]
    equals = draw(st.sampled_from([1, 1, 1, 2, 3]))
    wishes = Wishes.of_tiers(
        tier for tier in (listed[:equals], *([each] for each in listed[equals:])) if tier
    )
    absent = draw(st.sampled_from([frozenset[str](), frozenset[str](), frozenset({ids[0]})]))
    somebody = replace(person(name, presents=" ".join(presents)), wishes=(wishes,), absent=absent)
    decided = draw(st.sampled_from([None, None, None, None, True, False]))
    code = draw(st.sampled_from(codes))
    if decided is None or code in presents:
        return somebody
    (pin,) = pinned(somebody, code, holds=decided).pins
    return replace(somebody, pins=(replace(pin, round_id=draw(st.sampled_from(["", "", ids[0]]))),))
