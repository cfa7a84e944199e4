"""The FAISS door: passage vectors under ids that are never used twice, searched among some.

Exact search: approximate indexes lose answers under filters.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamaged

FEW = 2_000
"""Up to so many allowed rows are handed to FAISS as a list, more as a bitmap."""

Ids = NDArray[np.int64]
Rows = NDArray[np.float32]


class VectorIndex(Protocol):
    """What a search needs of vectors: `Vectors`, or another engine in front of them."""

    @property
    def dimension(self) -> int:
        """Numbers in one vector."""
        ...

    @property
    def ids(self) -> Ids:
        """int64 (n,), no repeats: row i has the id `ids[i]`."""
        ...

    def rows(self, at: NDArray[np.int64]) -> Rows:
        """The vectors at these row numbers, float32 (len(at), dimension)."""
        ...

    def search(
        self, question: Rows, *, allowed: NDArray[np.bool_] | None, top: int
    ) -> tuple[NDArray[np.int64], Rows]:
        """The best rows among those allowed, as `Vectors.search` gives them."""
        ...

    def save(self, path: Path) -> None:
        """Writes the vectors to one file that `open_vectors` reads."""
        ...


class Vectors:
    """Unit vectors in a flat inner-product index; row i has the id `ids[i]`."""

    def __init__(self, index: faiss.IndexIDMap2) -> None:
        self._index = index
        self._flat = faiss.downcast_index(index.index)
        self._ids: Ids = faiss.vector_to_array(index.id_map).astype(np.int64)
        self._memory = _view(self._flat)

    @property
    def dimension(self) -> int:
        """Numbers in one vector."""
        return int(self._index.d)

    @property
    def ids(self) -> Ids:
        """int64 (n,), ascending or not, no repeats."""
        return self._ids

    def rows(self, at: NDArray[np.int64]) -> Rows:
        """The vectors at these row numbers, float32 (len(at), dimension)."""
        return self._memory[at]

    def search(
        self, question: Rows, *, allowed: NDArray[np.bool_] | None, top: int
    ) -> tuple[NDArray[np.int64], Rows]:
        """The best passages for one unit vector.

        Args:
            question: float32 (dimension,).
            allowed: bool (n,), the rows that may be found; None allows all.
            top: At most so many.

        Returns:
            Row numbers int64 and cosines float32, both (k,) with k <= top, best first.
        """
        count = len(self._ids) if allowed is None else int(np.count_nonzero(allowed))
        wanted = min(top, count)
        if wanted == 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        parameters = None
        if allowed is not None and count < len(self._ids):
            # By row, not by id: a bitmap over ids that are never used again only grows.
            selector, kept = _selector(allowed, count)
            parameters = faiss.SearchParameters()
            parameters.sel = selector
        scores, rows = self._flat.search(question[None, :], wanted, params=parameters)
        # FAISS pads with -1 when fewer are found than asked for.
        real = rows[0] >= 0
        return rows[0][real], scores[0][real]

    def save(self, path: Path) -> None:
        """Writes the whole index to one file."""
        faiss.write_index(self._index, str(path))


Engine = Callable[[Vectors, str], VectorIndex]
"""Vectors and the name of their generation to what searches them: another store, filled."""


def _selector(
    allowed: NDArray[np.bool_], count: int
) -> tuple[faiss.IDSelector, NDArray[np.generic]]:
    """The selector, and the array FAISS reads it from, which must outlive the search."""
    if count <= FEW:
        rows = np.flatnonzero(allowed)
        return faiss.IDSelectorBatch(rows), rows
    bitmap = np.packbits(allowed, bitorder="little")
    return faiss.IDSelectorBitmap(len(bitmap), faiss.swig_ptr(bitmap)), bitmap


def make_vectors(rows: Rows, ids: Ids) -> Vectors:
    """An index over unit rows float32 (n, dimension) with ids int64 (n,)."""
    index = faiss.IndexIDMap2(faiss.IndexFlatIP(int(rows.shape[1])))
    if len(ids):
        index.add_with_ids(np.ascontiguousarray(rows), np.ascontiguousarray(ids))
    return Vectors(index)


def open_vectors(path: Path) -> Vectors:
    """What `save` wrote.

    Raises:
        IndexDamaged: The file is no index of ours.
    """
    try:
        index = faiss.read_index(str(path))
    except RuntimeError as error:
        raise IndexDamaged(f"The vectors in {str(path)!r} cannot be read: {error}.") from error
    if not isinstance(index, faiss.IndexIDMap2):
        raise IndexDamaged(
            f"The vectors in {str(path)!r} are a {type(index).__name__}, expected IndexIDMap2."
        )
    return Vectors(index)


def _view(flat: faiss.Index) -> Rows:
    """The vectors where FAISS keeps them; valid as long as the index lives."""
    if flat.ntotal == 0:
        return np.zeros((0, int(flat.d)), np.float32)
    start = flat.get_xb()  # type: ignore[attr-defined]  # of IndexFlat, which downcasting found
    memory = faiss.rev_swig_ptr(start, int(flat.ntotal * flat.d))
    rows: Rows = memory.reshape(int(flat.ntotal), int(flat.d))
    return rows
