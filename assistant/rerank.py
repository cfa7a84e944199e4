"""The first hits of a search in the order a language model gives them; nothing comes or goes. Pure.

The model returns numbers. Unknown and repeated ones are passed over, missing ones keep their place
behind; no hit moves further than `FURTHEST` places, so that a bad order costs little. The scores
stay where they were and the hits change places under them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Searcher
from assistant.llm_schema import strict
from assistant.llm_values import JsonObject, Schema
from indexer.search import Hit
from prompts.load import Filled, load

MOST = 20
WORTH_IT = 10
"""Fewer hits among all cards are asked for to look one word up: those are left alone."""
FURTHEST = 3
"""Places that a hit moves at most: what was measured stands in docs/model.md."""
_CHARS = 400
SCHEMA = strict({"order": {"type": "array", "items": {"type": "integer"}}})


def order(
    wanted: str, hits: Sequence[Hit], parse: Callable[[Filled, Schema], JsonObject]
) -> Sequence[Hit]:
    """The hits, the first twenty of them in the model's order; raises as `parse` does."""
    first, rest = list(hits[:MOST]), list(hits[MOST:])
    filled = load("rerank").fill({
        "count": len(first),
        "wanted": wanted[:_CHARS],
        "hits": [{"number": n, "text": hit.text[:_CHARS]} for n, hit in enumerate(first, 1)],
    })  # fmt: skip
    raw = parse(filled, SCHEMA)["order"]
    named = [n for n in raw if isinstance(n, int)] if isinstance(raw, list) else []
    places = dict.fromkeys(n - 1 for n in named if 1 <= n <= len(first))
    places |= dict.fromkeys(range(len(first)))
    scores = sorted((hit.score for hit in first), reverse=True)
    moved = [replace(first[p], score=s) for p, s in zip(bounded(places), scores, strict=True)]
    return [*moved, *rest]


def bounded(places: Iterable[int], furthest: int | None = None) -> list[int]:
    """Old places in their new order, none further than `furthest` from where it was."""
    furthest = FURTHEST if furthest is None else furthest
    left = list(places)
    found: list[int] = []
    while left:
        here, late = len(found), min(left)
        overdue = late + furthest <= here
        pick = late if overdue else next(old for old in left if old - furthest <= here)
        left.remove(pick)
        found.append(pick)
    return found


class Reordered:
    """A search whose first list in a turn is ordered by the model."""

    def __init__(
        self, search: Searcher, order: Callable[[str, Sequence[Hit]], Sequence[Hit]]
    ) -> None:
        self._search = search
        self._order = order
        self._done = False

    def find(
        self, text: str, *, allowed: NDArray[np.int64] | None = None, top: int = 10
    ) -> Sequence[Hit]:
        """As `Search.find`."""
        hits = self._search.find(text, allowed=allowed, top=top)
        looks_up = allowed is None and top < WORTH_IT
        if self._done or looks_up or len(hits) < 2:
            return hits
        self._done = True
        return self._order(text, hits)
