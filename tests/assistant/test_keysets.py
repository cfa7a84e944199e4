"""Sets of card keys as arrays."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assistant.keysets import without

KEYS = st.lists(st.integers(0, 500), max_size=40, unique=True).map(sorted)


@given(KEYS, KEYS)
def test_what_is_left_is_the_difference_in_the_order_of_the_keys(
    keys: list[int], others: list[int]
) -> None:
    left = without(np.array(keys, np.int64), np.array(others, np.int64))
    assert left.tolist() == [key for key in keys if key not in others]
