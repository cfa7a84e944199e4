"""Sets of card keys as arrays: what is in one and not in another, fast at any size. Pure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]


def without(keys: Keys, others: Keys) -> Keys:
    """The `keys` that are none of the `others`, in their order; keys are never negative."""
    if len(keys) == 0 or len(others) == 0:
        return keys
    # Keys are counted up from one, so that a mask over them is small, and quicker than sorting.
    taken = np.zeros(int(max(keys.max(), others.max())) + 1, np.bool_)
    taken[others] = True
    left: Keys = keys[~taken[keys]]
    return left
