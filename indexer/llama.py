"""The llama-index door: our search as a retriever, for whoever builds with llama-index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from numpy.typing import NDArray

from catalog_sync.stored import StoredCard
from indexer.search import Hit, Search

Cards = Callable[[Sequence[int]], Mapping[int, StoredCard]]
"""Card keys to cards: `Store.get_keys`."""
Allowed = Callable[[], NDArray[np.int64] | None]
"""The keys that may be found now; None for all that are indexed."""


class CatalogueRetriever(BaseRetriever):  # type: ignore[misc]  # llama-index is unread by mypy here
    """Finds cards for a query; each comes as one node, its id the card's."""

    def __init__(self, search: Search, cards: Cards, *, allowed: Allowed, top: int = 10) -> None:
        """A retriever over an open search.

        Args:
            search: What finds.
            cards: Where a found key becomes a card; a card that is gone by then is left out.
            allowed: Asked before every query, such as `lambda: store.matching(CardFilter())`.
            top: At most so many nodes.
        """
        super().__init__()
        self._search = search
        self._cards = cards
        self._allowed = allowed
        self._top = top

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._search.find(query_bundle.query_str, allowed=self._allowed(), top=self._top)
        cards = self._cards([hit.key for hit in hits])
        return [
            NodeWithScore(node=_node(hit, cards[hit.key]), score=hit.score)
            for hit in hits
            if hit.key in cards and cards[hit.key].visible
        ]


def _node(hit: Hit, stored: StoredCard) -> TextNode:
    card = stored.card
    return TextNode(
        id_=card.id,
        text=hit.text,
        metadata={
            "id": card.id,
            "name": card.name,
            "source": card.source,
            "url": card.url,
            "languages": list(card.languages),
            "licence": card.terms.licence,
            "matched": hit.kind,
            "words": list(hit.words),
        },
    )
