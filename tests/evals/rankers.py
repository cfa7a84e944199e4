"""What reordering by a language model can bring and cost: scripted rankers over the real client.

No model is needed: one knows what belongs (the most that any model could bring), one turns the
order round and one throws dice (what a bad one costs), one names hits that are not there, repeats
some and drops others. All read nothing and word nothing, so that the order alone differs.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant import rerank
from assistant.candidates import Searcher
from indexer.search import Hit
from tests.assistant.aided import reading
from tests.evals.requests import Asked, Row, evaluate
from tests.evals.sets import Measured
from tests.openai_server import Body, Say, asks_to_understand, prompt_of, scripted

NOBODY = "nobody"
NAMES = ("perfect", "random", "reversing", "careless")


class Watched:
    """A search that remembers what it found last."""

    def __init__(self, search: Searcher) -> None:
        self._search = search
        self.found: Sequence[Hit] = ()

    def find(
        self, text: str, *, allowed: NDArray[np.int64] | None = None, top: int = 10
    ) -> Sequence[Hit]:
        """As `Search.find`."""
        self.found = self._search.find(text, allowed=allowed, top=top)
        return self.found


class Ranker:
    """One of `NAMES` or `NOBODY`; it sees the hits it is asked to order, and what belongs."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.ids: Callable[[Sequence[int]], Mapping[int, str]] = lambda keys: {}
        """Keys of the store -> ids of the cards."""
        self.seen: Watched | None = None
        self.gold: frozenset[str] = frozenset()
        self.orders = 0
        self._dice = random.Random(0)

    def __call__(self, body: Body) -> Say:
        """The answer to one call."""
        if asks_to_understand(body):
            return reading()
        if "You order" not in prompt_of(body):
            return Say(text="Here is the list.")
        self.orders += 1
        return Say(text=json.dumps({"order": self._order()}), pieces=10_000)

    def _order(self) -> list[int]:
        hits = list(self.seen.found[: rerank.MOST]) if self.seen is not None else []
        numbers = list(range(1, len(hits) + 1))
        if self.name == "perfect":
            ids = self.ids([hit.key for hit in hits])
            return sorted(numbers, key=lambda n: ids.get(hits[n - 1].key) not in self.gold)
        if self.name == "reversing":
            return numbers[::-1]
        if self.name == "careless":
            return [99, -3, *numbers[:2], *numbers[:2], 0, 4_000]
        self._dice.shuffle(numbers)
        return numbers


def told(rows: Iterable[Row], ranker: Ranker) -> Iterator[Row]:
    """The rows one by one; the ranker knows what belongs to the one that is asked."""
    for row in rows:
        ranker.gold = row.gold
        yield row


def measured(
    what: str, rows: Sequence[Row], opened: Callable[[str, Ranker], Asked]
) -> list[Measured]:
    """The figures without reordering, and with each ranker.

    `opened` makes a desk with the model at an address, which is this ranker.
    """
    found = []
    for name in (NOBODY, *NAMES):
        ranker = Ranker(name)
        with scripted(ranker) as server:
            figures, _ = evaluate(opened(server.url, ranker), told(rows, ranker))
        figures["orders"] = float(ranker.orders)
        found.append(Measured(name=f"{what}, ordered by: {name}", figures=figures))
    return found
