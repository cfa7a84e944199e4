"""One index in memory: cards, their passages, vectors, words and who names whom."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.lexical import Lexical, make_lexical, open_lexical
from indexer.mentions import grouped, link
from indexer.passages import KINDS, Kind
from indexer.ragged import Ragged, open_ragged
from indexer.vectors import Engine, VectorIndex, make_vectors, open_vectors


@dataclass(frozen=True)
class Table:
    """Cards and passages as written to disk; all arrays follow the sorted card keys."""

    keys: NDArray[np.int64]
    """Card keys, ascending."""
    content: NDArray[np.uint8]
    """(cards, 16): digest of everything the index reads of a card."""
    names: NDArray[np.int32]
    """How many names each card goes by."""
    plain: Ragged[np.uint8]
    """A card's name in UTF-8 where it is one ordinary-looking word."""
    passages: Ragged[np.int64]
    """Passage ids of each card, never used twice."""
    kinds: NDArray[np.uint8]
    """Per passage, its place in `KINDS`."""
    digests: NDArray[np.uint8]
    """(passages, 16): digest of each passage's text."""
    texts: Ragged[np.uint8]
    """Per passage, its text in UTF-8."""
    words: Ragged[np.int32]
    """Per card, the numbers of its words."""
    counts: NDArray[np.float32]
    """Weighted count of each entry of `words`."""
    runs: Ragged[np.uint64]
    called: Ragged[np.uint64]
    """Hashes of each card's names, for `mentions.link`."""

    def save(self, folder: Path) -> None:
        """Writes every array."""
        for part in fields(self):
            value: Ragged[np.generic] | NDArray[np.generic] = getattr(self, part.name)
            if isinstance(value, Ragged):
                value.save(folder, part.name)
            else:
                np.save(folder / f"{part.name}.npy", value)


def open_table(folder: Path) -> Table:
    """What `Table.save` wrote."""
    return Table(
        keys=np.load(folder / "keys.npy"),
        content=np.load(folder / "content.npy"),
        names=np.load(folder / "names.npy"),
        plain=open_ragged(folder, "plain"),
        passages=open_ragged(folder, "passages"),
        kinds=np.load(folder / "kinds.npy"),
        digests=np.load(folder / "digests.npy"),
        texts=open_ragged(folder, "texts"),
        words=open_ragged(folder, "words"),
        counts=np.load(folder / "counts.npy"),
        runs=open_ragged(folder, "runs"),
        called=open_ragged(folder, "called"),
    )


@dataclass(frozen=True)
class Shelf:
    """Everything a question is answered from."""

    table: Table
    vectors: VectorIndex
    """Row i is passage i of `table.passages.values`."""
    lexical: Lexical
    citing: Ragged[np.int32]
    """Per card, the cards whose text names it."""

    @cached_property
    def cited(self) -> Ragged[np.int32]:
        """Per card, the cards its text names."""
        size = len(self.table.keys)
        named = np.repeat(np.arange(size, dtype=np.int32), self.citing.lengths())
        return grouped(self.citing.values, named, size=size)

    @cached_property
    def card_of(self) -> NDArray[np.int32]:
        """Per passage, the position of its card."""
        size = len(self.table.keys)
        return np.repeat(np.arange(size, dtype=np.int32), self.table.passages.lengths())

    @cached_property
    def name_weight(self) -> NDArray[np.float32]:
        """Per card, the logarithm of how many names it goes by."""
        return np.log(np.maximum(self.table.names, 1)).astype(np.float32)

    def positions(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Positions of those of `keys` that are here."""
        if len(self.table.keys) == 0:
            return np.zeros(0, np.int64)
        at = np.minimum(np.searchsorted(self.table.keys, keys), len(self.table.keys) - 1)
        found: NDArray[np.int64] = at[self.table.keys[at] == keys]
        return found

    def kind(self, row: int) -> Kind:
        """What part of its card a passage is."""
        return KINDS[int(self.table.kinds[row])]

    def text(self, row: int) -> str:
        """A passage's text."""
        return self.table.texts.of(row).tobytes().decode("utf-8")

    def save(self, folder: Path) -> None:
        """Writes all of it."""
        self.table.save(folder)
        self.vectors.save(folder / "vectors.faiss")
        self.lexical.save(folder)
        self.citing.save(folder, "citing")


def make_shelf(table: Table, rows: NDArray[np.float32], vocabulary: dict[str, int]) -> Shelf:
    """The index over a table, given one unit row a passage."""
    lexical = make_lexical(vocabulary, table.words, table.counts)
    ordinary = np.zeros(len(table.keys), np.int64)
    for at in np.flatnonzero(table.plain.lengths()):
        ordinary[at] = lexical.held_by(table.plain.of(int(at)).tobytes().decode("utf-8"))
    citing = link(table.called, table.runs, ordinary=ordinary)
    return Shelf(table, make_vectors(rows, table.passages.values), lexical, citing)


def open_shelf(folder: Path, *, engine: Engine | None = None) -> Shelf:
    """What `Shelf.save` wrote; `engine` searches the vectors in the place of FAISS."""
    table = open_table(folder)
    vectors = open_vectors(folder / "vectors.faiss")
    return Shelf(
        table,
        vectors if engine is None else engine(vectors, folder.name),
        open_lexical(folder, size=len(table.keys)),
        open_ragged(folder, "citing"),
    )
