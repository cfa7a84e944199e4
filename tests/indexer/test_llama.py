from __future__ import annotations

from pathlib import Path

import numpy as np

from catalog_sync.filter import CardFilter
from catalog_sync.store import Store
from indexer.build import bring_up_to_date
from indexer.embed import HashEmbedder
from indexer.llama import CatalogueRetriever
from indexer.search import Search
from tests.indexer.conftest import SEEN


def retriever(store: Store, tmp_path: Path) -> CatalogueRetriever:
    bring_up_to_date(store, tmp_path / "index", HashEmbedder())
    return CatalogueRetriever(
        Search.open(tmp_path / "index", HashEmbedder()),
        store.get_keys,
        allowed=lambda: store.matching(CardFilter()),
        top=3,
    )


def test_a_query_gives_nodes_with_the_cards_ids_best_first(filled: Store, tmp_path: Path) -> None:
    nodes = retriever(filled, tmp_path).retrieve("volunteers read Welsh")
    assert len(nodes) == 3
    assert nodes[0].node.node_id == "cards:cy-read"
    assert nodes[0].node.metadata["licence"] == "CC0-1.0"
    scores = [node.get_score() for node in nodes]
    assert scores == sorted(scores, reverse=True)


def test_only_what_the_catalogue_shows_now_is_retrieved(filled: Store, tmp_path: Path) -> None:
    found = retriever(filled, tmp_path)
    filled.withdraw(["cards:cy-read"], "taken down", at=SEEN)
    ids = [node.node.node_id for node in found.retrieve("volunteers read Welsh")]
    assert "cards:cy-read" not in ids


def test_without_a_filter_every_indexed_card_may_be_found(filled: Store, tmp_path: Path) -> None:
    bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    every = CatalogueRetriever(
        Search.open(tmp_path / "index", HashEmbedder()), filled.get_keys, allowed=lambda: None
    )
    assert len(every.retrieve("data")) == 4
    none = CatalogueRetriever(
        Search.open(tmp_path / "index", HashEmbedder()),
        filled.get_keys,
        allowed=lambda: np.zeros(0, np.int64),
    )
    assert none.retrieve("data") == []
