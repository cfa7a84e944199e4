"""Counts of what the language model did, for whoever shows figures. Holds no words."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "calls": "Calls to the language model, by what for",
    "failures": "Calls that gave nothing, by kind",
    "tokens": "Tokens, by direction: input, output",
    "micros": "Money spent, in millionths of a dollar",
    "sentences": "Sentences of the model, by fate: kept, removed, replaced",
    "dropped": "Values of its reading that no table knows, by field",
    "seconds": "Seconds spent in calls, by what for",
}
"""Every count that is kept, and what it means."""


class ModelFigures:
    """A `Recorder` that adds up; safe to use from many threads."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def add(self, name: str, value: float = 1.0, *, label: str = "") -> None:
        """Add to one count; raises `KeyError` for a name that is not among `NAMES`."""
        if name not in NAMES:
            raise KeyError(f"No count is called {name!r}. Expected one of {', '.join(NAMES)}.")
        with self._lock:
            self._counts[name, label] += value  # type: ignore[assignment]

    def counts(self) -> Mapping[tuple[str, str], float]:
        """(name, label) -> total since this process began."""
        with self._lock:
            return dict(self._counts)
