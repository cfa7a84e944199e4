"""What is told of each answer to whoever measures: how long its steps took, and what came out."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Literal, Protocol

from assistant.candidates import Keys, Searcher
from assistant.reply import Reply
from indexer.search import Hit

Step = Literal["remember", "understand", "search", "answer"]
"""Of one question: the conversation from and to memory, its words, each search, and all of it."""
STEPS: tuple[Step, ...] = ("remember", "understand", "search", "answer")


class Meter(Protocol):
    """Measures; never changes an answer."""

    def step(self, name: Step) -> AbstractContextManager[None]:
        """Times what happens inside."""
        ...

    def answered(self, reply: Reply) -> None:
        """Counts a reply."""
        ...


class Unmetered:
    """Measures nothing."""

    def step(self, name: Step) -> AbstractContextManager[None]:
        """Nothing."""
        del name
        return nullcontext()

    def answered(self, reply: Reply) -> None:
        """Nothing."""


class Relay:
    """Passes on to a meter once there is one: what measures takes a moment to load."""

    def __init__(self) -> None:
        self._to: Meter = Unmetered()

    def pass_to(self, meter: Meter) -> None:
        """From now on."""
        self._to = meter

    def step(self, name: Step) -> AbstractContextManager[None]:
        """Times what happens inside."""
        return self._to.step(name)

    def answered(self, reply: Reply) -> None:
        """Counts a reply."""
        self._to.answered(reply)


class MeteredSearch:
    """A search whose time is taken."""

    def __init__(self, search: Searcher, meter: Meter) -> None:
        self._search = search
        self._meter = meter

    def find(self, text: str, *, allowed: Keys | None = None, top: int = 10) -> Sequence[Hit]:
        """As the search itself; one that only prepares is no step of its own."""
        if top <= 0:
            return self._search.find(text, allowed=allowed, top=top)
        with self._meter.step("search"):
            return self._search.find(text, allowed=allowed, top=top)
