from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from llama_index.core.vector_stores import SimpleVectorStore

from indexer.errors import IndexDamaged
from indexer.llama import in_store
from indexer.vectors import FEW, Engine, VectorIndex, make_vectors, open_vectors

COUNT = FEW * 2 + 100
ENGINES: dict[str, Engine] = {
    "faiss": lambda own, _name: own,
    "llama-index": in_store(lambda _name: SimpleVectorStore()),
}
"""Everything that may search vectors: each has to pass every test here."""


@pytest.fixture(scope="module", params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    return ENGINES[request.param]


@pytest.fixture(scope="module")
def vectors(engine: Engine) -> VectorIndex:
    rows = np.random.default_rng(1).standard_normal((COUNT, 16)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return engine(make_vectors(rows, np.arange(COUNT, dtype=np.int64) * 3 + (1 << 41)), "0000001")


def best(vectors: VectorIndex, allowed: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[int]:
    """By plain arithmetic."""
    cosines = vectors.rows(np.arange(COUNT)) @ vectors.rows(np.array([7]))[0]
    cosines[~allowed] = -2
    found: list[int] = np.argsort(-cosines, kind="stable")[:10].tolist()
    return found


@pytest.mark.parametrize("share", [0.0005, 0.2, 0.7, 1.0])
def test_the_search_among_some_is_exact_however_many_they_are(
    vectors: VectorIndex, share: float
) -> None:
    allowed = np.random.default_rng(2).random(COUNT) < share
    allowed[7] = True
    rows, cosines = vectors.search(vectors.rows(np.array([7]))[0], allowed=allowed, top=10)
    assert rows.tolist() == best(vectors, allowed)[: len(rows)]
    assert len(rows) == min(10, int(allowed.sum()))
    assert cosines[0] == pytest.approx(1.0, abs=1e-5)


def test_asking_for_more_than_there_are_gives_those_there_are(vectors: VectorIndex) -> None:
    allowed = np.zeros(COUNT, bool)
    allowed[[3, 9]] = True
    rows, _ = vectors.search(vectors.rows(np.array([9]))[0], allowed=allowed, top=50)
    assert rows.tolist() == [9, 3]


def test_nothing_allowed_finds_nothing(vectors: VectorIndex) -> None:
    rows, cosines = vectors.search(
        vectors.rows(np.array([9]))[0], allowed=np.zeros(COUNT, bool), top=5
    )
    assert len(rows) == len(cosines) == 0


def test_ids_and_vectors_survive_saving(
    vectors: VectorIndex, engine: Engine, tmp_path: Path
) -> None:
    vectors.save(tmp_path / "v.faiss")
    opened = engine(open_vectors(tmp_path / "v.faiss"), "0000002")
    assert np.array_equal(opened.ids, vectors.ids)
    assert np.array_equal(opened.rows(np.arange(COUNT)), vectors.rows(np.arange(COUNT)))


def test_an_empty_index_can_be_saved_and_asked(engine: Engine, tmp_path: Path) -> None:
    empty = make_vectors(np.zeros((0, 4), np.float32), np.zeros(0, np.int64))
    engine(empty, "0000001").save(tmp_path / "v.faiss")
    opened = engine(open_vectors(tmp_path / "v.faiss"), "0000001")
    rows, _ = opened.search(np.ones(4, np.float32), allowed=None, top=3)
    assert rows.tolist() == []
    assert opened.dimension == 4


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "v.faiss").write_bytes(b"not an index at all")
    with pytest.raises(IndexDamaged, match=r"v\.faiss"):
        open_vectors(tmp_path / "v.faiss")
