"""How many calls one caller may make: a bucket each, which fills again as time passes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

MOST_CALLERS = 10_000
"""Callers remembered; the one not seen for longest is forgotten first, with a full bucket."""


class Rate:
    """Limits calls per caller; safe to use from many threads. Each process counts for itself."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float]) -> None:
        """`per_minute`: 0 for no limit. `clock`: seconds that only grow."""
        self.per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, caller: str) -> float:
        """Take one call; 0 when it may be made, else the seconds to wait for the next."""
        if not self.per_minute:
            return 0.0
        a_second = self.per_minute / 60
        with self._lock:
            now = self._clock()
            left, at = self._buckets.pop(caller, (float(self.per_minute), now))
            left = min(float(self.per_minute), left + (now - at) * a_second)
            wait = 0.0 if left >= 1 else (1 - left) / a_second
            self._buckets[caller] = (left if wait else left - 1, now)
            while len(self._buckets) > MOST_CALLERS:
                self._buckets.popitem(last=False)
        return wait
