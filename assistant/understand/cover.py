"""Spans of a text that do not overlap one another much, asked quickly which of them holds what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

Span = tuple[int, int]


class Cover:
    """Spans in order; a question costs a bisection, however many there are."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans: list[Span] = []
        for start, end in sorted(set(spans)):
            # A span inside the one before it adds nothing.
            if not self._spans or end > self._spans[-1][1]:
                self._spans.append((start, end))
        self._starts = [start for start, _ in self._spans]

    def around(self, start: int, end: int) -> Span | None:
        """The span that holds [start, end) whole; None where none does."""
        place = bisect_right(self._starts, start) - 1
        if place >= 0 and self._spans[place][1] >= end:
            return self._spans[place]
        return None
