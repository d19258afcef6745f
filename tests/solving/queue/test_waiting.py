"""Nobody is refused a seat who need not be, and nobody gets one that anyone behind them needs."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from midtvejs.solving.queue.waiting import Kind, Waiting
from tests.examples import examples

SESSIONS = 4


@st.composite
def queues(draw: st.DrawFn) -> tuple[list[int], list[Kind]]:
    """Draw the seats of some sessions, and people of a few kinds who want one."""
    seats = draw(st.lists(st.integers(0, 3), min_size=SESSIONS, max_size=SESSIONS))
    some = st.frozensets(st.integers(0, SESSIONS - 1), max_size=SESSIONS)
    kinds = draw(st.lists(some, min_size=1, max_size=4))
    return seats, draw(st.lists(st.sampled_from(kinds), max_size=7))


def fit(seats: Sequence[int], people: Sequence[Kind]) -> bool:
    """Try every seat for everybody."""
    if not people:
        return True
    first, *others = people
    return any(fit(_less_one(seats, session), others) for session in first if seats[session])


def _less_one(seats: Sequence[int], session: int) -> list[int]:
    return [count - (number == session) for number, count in enumerate(seats)]


@given(queue=queues())
@examples(150)
def test_there_is_a_seat_for_everybody_or_there_is_none(queue: tuple[list[int], list[Kind]]) -> None:
    assert Waiting(*queue).whole == fit(*queue)


@given(queue=queues(), data=st.data())
@examples(150)
def test_a_seat_is_refused_only_where_somebody_behind_would_have_none(
    queue: tuple[list[int], list[Kind]], data: st.DataObject
) -> None:
    seats, people = queue
    waiting = Waiting(seats, people)
    if not waiting.whole:
        return
    while people:
        first, *people = people
        taken = None
        for session in data.draw(st.permutations(sorted(first))):
            fits = bool(seats[session]) and fit(_less_one(seats, session), people)
            assert waiting.takes(first, session) == fits
            if fits:
                taken = session
                break
        assert taken is not None
        seats = _less_one(seats, taken)


def test_the_pencil() -> None:
    """1A has one seat and 1B two; who may only be in 1A stands last."""
    aase = bo = frozenset({0, 1})
    cai = frozenset({0})
    waiting = Waiting([1, 2], [aase, bo, cai])
    assert waiting.whole
    assert not waiting.takes(aase, 0)
    assert waiting.takes(aase, 1)
    assert waiting.takes(bo, 1)
    assert waiting.takes(cai, 0)


def test_whoever_can_have_another_seat_moves_and_so_on() -> None:
    chain = [frozenset({number, number + 1}) for number in range(50)]
    waiting = Waiting([1] * 51, [frozenset({0}), *chain])
    assert waiting.takes(frozenset({0}), 0)
    assert not waiting.takes(chain[0], 0)
    free = Waiting([1] * 51, [frozenset({0, 50}), *chain[:-1]])
    assert free.takes(frozenset({0, 50}), 0)
