from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import faiss
import numpy as np
import pytest
from llama_index.core.vector_stores import SimpleVectorStore
from llama_index.core.vector_stores.types import BasePydanticVectorStore
from llama_index.vector_stores.faiss import FaissMapVectorStore, FaissVectorStore

from catalog_sync.filter import CardFilter
from catalog_sync.store import Store, open_store
from indexer.build import bring_up_to_date
from indexer.embed import HashEmbedder, open_embedder
from indexer.errors import StoreUnfit
from indexer.llama import CatalogueRetriever, in_store
from indexer.search import Search
from indexer.vectors import Vectors, make_vectors
from tests.indexer.conftest import SEEN, card


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


def test_a_search_over_a_llama_index_store_finds_what_the_own_index_finds(
    filled: Store, tmp_path: Path
) -> None:
    bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    named: list[str] = []

    def make(name: str) -> BasePydanticVectorStore:
        named.append(name)
        return SimpleVectorStore()

    own = Search.open(tmp_path / "index", HashEmbedder())
    other = Search.open(tmp_path / "index", HashEmbedder(), engine=in_store(make))
    allowed = filled.matching(CardFilter())
    for words in ("volunteers read Welsh", "water levels", "pictures of food"):
        for some in (None, allowed[:2]):
            expected = [(h.key, h.score) for h in own.find(words, allowed=some)]
            assert [(h.key, h.score) for h in other.find(words, allowed=some)] == expected
    filled.put([card("extra", "Extra Welsh Voices")], seen_at=SEEN)
    bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    assert len(other.find("Extra Welsh Voices", top=9)) == 5
    assert named == ["0000001", "0000002"]


def some_vectors() -> Vectors:
    rows = np.eye(16, dtype=np.float32)
    return make_vectors(rows, np.arange(16, dtype=np.int64))


@pytest.mark.parametrize(
    "store",
    [
        FaissVectorStore(faiss_index=faiss.IndexFlatIP(16)),
        FaissMapVectorStore(faiss_index=faiss.IndexIDMap2(faiss.IndexFlatIP(16))),
    ],
    ids=["FaissVectorStore", "FaissMapVectorStore"],
)
def test_llama_indexs_own_faiss_stores_are_refused_before_they_answer(
    store: BasePydanticVectorStore,
) -> None:
    # They know no filters, and the second gives the wrong vector after a removal.
    with pytest.raises(StoreUnfit, match=f"{type(store).__name__}.*Take another store, or none"):
        in_store(lambda _name: store)(some_vectors(), "0000001")


class Forgetful(SimpleVectorStore):  # type: ignore[misc]  # llama-index is unread by mypy here
    """A store that takes a filter and passes over it."""

    def query(self, query: object, **more: object) -> object:
        query.filters = None  # type: ignore[attr-defined]
        return super().query(query, **more)


def test_a_store_that_passes_over_filters_in_silence_is_refused() -> None:
    with pytest.raises(StoreUnfit, match="Forgetful cannot search for this catalogue"):
        in_store(lambda _name: Forgetful())(some_vectors(), "0000001")


PAGE = Path(__file__).parent.parent.parent / "docs" / "llama-index.md"


@pytest.mark.model
def test_the_examples_of_the_page_run(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    with closing(open_store("sqlite:///data/catalog.db")) as store:
        store.put([change.card for change in filled.changed_since(0) if change.card], seen_at=SEEN)
        bring_up_to_date(store, Path("data/index"), open_embedder(None))
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 3
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), names)
    assert names["nodes"]
    assert names["fused"]
    assert names["hits"]
