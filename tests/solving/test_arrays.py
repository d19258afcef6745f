"""Numbers are told apart as numpy does it, by whichever way is quicker."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from midtvejs.solving.instance.arrays import number_values
from tests.examples import examples


@given(values=st.lists(st.integers(0, 12) | st.integers(0, 10**12), max_size=12))
@examples(60)
def test_numbers_are_told_apart_as_by_sorting_them(values: list[int]) -> None:
    array = np.array(values, dtype=np.int64)
    different, numbers = number_values(array)
    expected, inverse = np.unique(array, return_inverse=True)
    assert different.tolist() == expected.tolist()
    assert numbers.tolist() == inverse.tolist()
    assert different[numbers].tolist() == values
