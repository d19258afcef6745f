"""How many of each kind go where: as many as may and must, and what is broken where that cannot be."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.solving.flows.mending import Mending
from midtvejs.solving.flows.network import NOTHING, Asked, seat_kinds
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.prices.lists import NEVER
from tests.examples import examples


def ints(*values: object) -> Ints:
    return np.array(values, dtype=np.int64)


def asked(
    most: list[int],
    least: list[int] | None = None,
    most_of: list[list[int]] | None = None,
    least_of: list[list[int]] | None = None,
) -> Asked:
    """Limits of some sessions; of no trait where none is named."""
    nothing = np.zeros((0, len(most)), dtype=np.int64)
    of = nothing if most_of is None else ints(*most_of)
    return Asked(
        most=ints(*most),
        least=ints(*(least or [0] * len(most))),
        most_of=of,
        least_of=np.zeros_like(of) if least_of is None else ints(*least_of),
    )


def test_one_of_an_organisation_in_a_session_sends_their_colleague_to_another() -> None:
    """Åse and Bo of Vejle, and Cai, want 1A, which has two seats; one of each organisation may be in it."""
    flow = seat_kinds(ints([0, 1], [0, 1]), ints(2, 1), ints(0, NOTHING), asked([2, 2], most_of=[[1, 1]]))
    assert flow is not None
    assert flow.tolist() == [[1, 1], [1, 0]]


def test_a_least_audience_is_dearer_than_all_wishes() -> None:
    flow = seat_kinds(ints([0, 10**6]), ints(5), ints(NOTHING), asked([9, 9], least=[0, 2]))
    assert flow is not None
    assert flow.tolist() == [[3, 2]]


def test_of_what_cannot_be_as_little_as_can_be_is_broken() -> None:
    limits = asked([2, 1], least=[0, 1])
    flow = seat_kinds(ints([0, NEVER], [3, 0]), ints(4, 1), ints(NOTHING, NOTHING), limits)
    assert flow is not None
    assert flow.tolist() == [[4, 0], [0, 1]]
    broken, _ = limits.broken(flow.sum(axis=0), np.zeros((0, 2), dtype=np.int64))
    assert broken.tolist() == [2, 0]


def test_a_kind_to_whom_nothing_is_open_has_no_flow() -> None:
    assert seat_kinds(ints([NEVER, NEVER]), ints(1), ints(NOTHING), asked([2, 2])) is None


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Ints, Ints, Ints, Asked]:
    """Kinds of two traits or none, and limits that some way to seat them keeps: costs, counts, traits."""
    kinds, sessions = draw(st.integers(1, 4)), draw(st.integers(1, 3))

    def table(rows: int, most: int) -> Ints:
        row = st.lists(st.integers(0, most), min_size=sessions, max_size=sessions)
        return ints(*draw(st.lists(row, min_size=rows, max_size=rows))).reshape(rows, sessions)

    some, spare = table(kinds, 3), st.integers(0, 1)
    traits = ints(*draw(st.lists(st.sampled_from([NOTHING, 0, 1]), min_size=kinds, max_size=kinds)))
    taken = some.sum(axis=0)
    taken_of = ints(*([*some[traits == trait].sum(axis=0)] for trait in (0, 1)))
    limits = Asked(
        most=taken + draw(spare),
        least=np.maximum(0, taken - draw(spare)),
        most_of=taken_of + draw(spare),
        least_of=np.maximum(0, taken_of - draw(spare)),
    )
    return table(kinds, 4), some.sum(axis=1), traits, limits


@given(drawn=rounds())
@examples(200)
def test_what_can_be_kept_is_kept(drawn: tuple[Ints, Ints, Ints, Asked]) -> None:
    costs, counts, traits, limits = drawn
    flow = seat_kinds(costs, counts, traits, limits)
    assert flow is not None
    assert flow.sum(axis=1).tolist() == counts.tolist()
    of = ints(*([*flow[traits == trait].sum(axis=0)] for trait in (0, 1)))
    assert not any(broken.any() for broken in limits.broken(flow.sum(axis=0), of))


def test_two_swap_where_nobody_could_move_alone() -> None:
    """Of each grade one may be in a session, and it has two seats: two of grade 0 sit in the first."""
    limits = asked([2, 2], most_of=[[1, 1], [1, 1], [1, 1], [1, 1]])
    traits = ints([0, 0, 1, 1], [2, 3, 2, 3])
    costs = ints([0, 5], [0, 9], [3, 0], [1, 0])
    mending = Mending(traits, ints(0, 0, 1, 1), costs, limits)
    assert mending.mend()
    assert mending.sessions.tolist() == [1, 0, 0, 1]


def test_who_is_not_to_be_moved_stays() -> None:
    limits = asked([2, 2], most_of=[[1, 1]])
    bound = ints([NEVER, NEVER], [0, 1])
    mending = Mending(ints([0, 0]), ints(0, 0), bound, limits)
    assert mending.mend()
    assert mending.sessions.tolist() == [0, 1]
    assert not Mending(ints([0, 0]), ints(0, 0), np.full((2, 2), NEVER), limits).mend()
