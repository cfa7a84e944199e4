"""The llama-index door: our search as a retriever, and its vector stores as our vector engine.

A store of theirs takes the search among vectors over; what a search needs besides, the vectors of
named rows, stays in the generation's own file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from llama_index.core.vector_stores.types import (
    BasePydanticVectorStore,
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
    VectorStoreQuery,
)
from numpy.typing import NDArray

from catalog_sync.stored import StoredCard
from indexer.errors import StoreUnfit
from indexer.search import Hit, Search
from indexer.vectors import Engine, Ids, Rows, Vectors

Cards = Callable[[Sequence[int]], Mapping[int, StoredCard]]
"""Card keys to cards: `Store.get_keys`."""
Allowed = Callable[[], NDArray[np.int64] | None]
"""The keys that may be found now; None for all that are indexed."""


CHUNK = 500
"""Vectors handed to a store in one call."""
PROBED = 5
"""Rows that a store has to find before it is trusted."""
ROW = "row"
"""Metadata field that a store has to filter by."""


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


class StoreVectors:
    """Vectors searched by a llama-index store; read and written where they were."""

    def __init__(self, store: BasePydanticVectorStore, own: Vectors) -> None:
        self._store = store
        self._own = own

    @property
    def dimension(self) -> int:
        """Numbers in one vector."""
        return self._own.dimension

    @property
    def ids(self) -> Ids:
        """int64 (n,), no repeats."""
        return self._own.ids

    def rows(self, at: NDArray[np.int64]) -> Rows:
        """The vectors at these row numbers, float32 (len(at), dimension)."""
        return self._own.rows(at)

    def save(self, path: Path) -> None:
        """Writes the vectors to one file; the store keeps its own."""
        self._own.save(path)

    def search(
        self, question: Rows, *, allowed: NDArray[np.bool_] | None, top: int
    ) -> tuple[NDArray[np.int64], Rows]:
        """The best rows as `Vectors.search` gives them, found by the store.

        Scores are computed here: what a store calls a similarity may be a distance.
        """
        some = None if allowed is None else np.flatnonzero(allowed)
        wanted = min(top, len(self.ids) if some is None else len(some))
        if wanted == 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        limit = None
        if some is not None and len(some) < len(self.ids):
            one_of = MetadataFilter(key=ROW, operator=FilterOperator.IN, value=some.tolist())
            limit = MetadataFilters(filters=[one_of])
        answer = self._store.query(
            VectorStoreQuery(
                query_embedding=question.tolist(), similarity_top_k=wanted, filters=limit
            )
        )
        named = answer.ids if answer.ids is not None else [n.node_id for n in answer.nodes or ()]
        found = np.array([UUID(name).int for name in named], np.int64)
        cosines = self.rows(found) @ question
        best = np.argsort(-cosines, kind="stable")
        return found[best], cosines[best]


def in_store(make: Callable[[str], BasePydanticVectorStore]) -> Engine:
    """An engine for `Search.open`: vectors are searched in the store that `make` gives.

    Args:
        make: From the name of an index generation to an empty store for its vectors, such as
            `lambda name: MilvusVectorStore(collection_name=f"datasets_{name}", dim=384)`. It has
            to filter by metadata with the operator IN; one that does not is refused.
    """

    def engine(own: Vectors, name: str) -> StoreVectors:
        store = make(name)
        every = np.arange(len(own.ids))
        for start in range(0, len(every), CHUNK):
            at = every[start : start + CHUNK]
            # Ids in a form that every store takes.
            store.add([
                TextNode(id_=str(UUID(int=row)), text="", embedding=vector, metadata={ROW: row})
                for row, vector in zip(at.tolist(), own.rows(at).tolist(), strict=True)
            ])  # fmt: skip
        found = StoreVectors(store, own)
        _prove(found, type(store).__name__)
        return found

    return engine


def _prove(found: StoreVectors, name: str) -> None:
    """Raises StoreUnfit where the store does not find vectors, or finds those it should not."""
    count = len(found.ids)
    probes = np.unique(np.linspace(0, max(count - 1, 0), min(count, PROBED)).astype(np.int64))
    allowed = np.zeros(count, bool)
    allowed[probes] = True
    try:
        for row in probes:
            question = found.rows(np.array([row]))[0]
            some, _ = found.search(question, allowed=allowed, top=len(probes))
            best, cosines = found.search(question, allowed=None, top=1)
            itself = len(best) == 1 and cosines[0] > question @ question - 1e-3
            if sorted(some.tolist()) != probes.tolist() or not itself:
                raise StoreUnfit(
                    _unfit(name, f"it found {some.tolist()} of {probes.tolist()}, and {best[:1]} "
                           f"as the nearest to {row}")
                )  # fmt: skip
    except (ValueError, NotImplementedError, LookupError) as why:
        raise StoreUnfit(_unfit(name, f"it said: {why}")) from why


def _unfit(name: str, why: str) -> str:
    return (
        f"The vector store {name} cannot search for this catalogue: asked for the vectors of a few "
        f"rows, {why}. Expected one that filters by metadata with the operator IN, as "
        "SimpleVectorStore does and llama-index's own FAISS stores do not. Take another store, or "
        "none: the index searches its vectors itself."
    )
