"""Text and the cards that may be shown, to the best of them with the reason why.

A `Search` may be asked from many threads. It notices by itself that a new generation became
current and changes over between two questions; a damaged one is refused and the old one goes on.
"""

from __future__ import annotations

import logging
import math
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer import generations
from indexer.embed import Embedder
from indexer.errors import IndexDamaged, IndexMismatch, SearchError
from indexer.generations import MEND, Manifest
from indexer.passages import PASSAGE_VERSION, Kind
from indexer.rank import ALL_LEGS, Asked, Leg, Ranked, rank
from indexer.shelf import Shelf, open_shelf
from indexer.vectors import Engine

log = logging.getLogger(__name__)

FEW = 0.5
"""Times the root of the number of cards: a word that at most so many hold tells cards apart.
Of 0.5 and 1, that which served the evaluation's requests better."""
VECTORS_KEPT = 64
"""Questions whose vector is kept in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One card found, and why."""

    key: int
    """The card's key in the store."""
    score: float
    """Comparable within one answer only."""
    kind: Kind
    """Which part of the card matched best."""
    text: str
    """That part, as it was embedded."""
    words: tuple[str, ...]
    """The question's words, whole, that the card holds in some form."""
    cosine: float
    citing: int
    """How many other cards name this one."""
    share: float
    """0 to 1: how much of the question's words, by rarity, the card holds."""
    telling: tuple[str, ...]
    """Those of `words` that few cards hold."""


@dataclass(frozen=True, slots=True)
class _Opened:
    manifest: Manifest
    shelf: Shelf
    stamp: tuple[int, int]


class Search:
    """The search over an index folder."""

    def __init__(self, folder: Path, embedder: Embedder, *, engine: Engine | None = None) -> None:
        self._folder = folder
        self._embedder = embedder
        self._engine = engine
        self._opening = threading.Lock()
        self.trouble: str | None = None
        """Why the newest generation is not the one that answers; None when it is."""
        self._opened = _open(folder, embedder, engine)
        # One answer may search several times for the same words.
        self._vector = lru_cache(maxsize=VECTORS_KEPT)(embedder.question)

    @classmethod
    def open(cls, folder: Path, embedder: Embedder, *, engine: Engine | None = None) -> Search:
        """The search over the current generation in `folder`.

        Args:
            folder: Where generations are built.
            embedder: What made them.
            engine: Searches the vectors in the place of FAISS; asked anew for each generation.

        Raises:
            IndexMissing: Nothing was built there.
            IndexDamaged: A file is not the one that was written.
            IndexMismatch: It was built with another model.
            StoreUnfit: The engine's store cannot do what a search needs.
        """
        return cls(folder, embedder, engine=engine)

    @property
    def manifest(self) -> Manifest:
        """Of the generation that answers."""
        return self._opened.manifest

    @property
    def shelf(self) -> Shelf:
        """The index that answers, for measuring."""
        return self._opened.shelf

    def find(
        self,
        text: str,
        *,
        allowed: NDArray[np.int64] | None = None,
        top: int = 10,
        legs: frozenset[Leg] = ALL_LEGS,
    ) -> list[Hit]:
        """The best cards for a question, best first.

        Args:
            text: The question in people's words.
            allowed: Keys of the cards that may be found; None for all.
            top: At most so many cards; 0 only makes the question's vector ready.
            legs: Which parts of the ranking take part; all, but for measuring.
        """
        opened = self._newest()
        shelf = opened.shelf
        asked = Asked(
            text=text,
            vector=self._vector(text),
            allowed=None if allowed is None else shelf.positions(allowed),
            top=top,
            legs=legs,
        )
        ranked = rank(shelf, asked)
        words = shelf.lexical.matched(text, [found.position for found in ranked])
        few = FEW * math.sqrt(shelf.lexical.size)
        telling = {w: shelf.lexical.held_by(w) <= few for each in words for w in each}
        return [_hit(shelf, *pair, telling) for pair in zip(ranked, words, strict=True)]

    def _newest(self) -> _Opened:
        opened = self._opened
        if opened.stamp != _stamp(self._folder) and self._opening.acquire(blocking=False):
            # One question changes over; the others are answered from the old generation.
            try:
                self._opened = opened = _open(self._folder, self._embedder, self._engine)
                self.trouble = None
            except SearchError as error:
                self.trouble = str(error)
                log.error("keeping index generation %d: %s", opened.manifest.generation, error)
                self._opened = _Opened(opened.manifest, opened.shelf, _stamp(self._folder))
            finally:
                self._opening.release()
        return opened


def _open(folder: Path, embedder: Embedder, engine: Engine | None) -> _Opened:
    for _ in range(3):
        stamp = _stamp(folder)
        path = generations.current_path(folder)
        try:
            return _Opened(*_open_generation(path, embedder, engine), stamp)
        except SearchError:
            if generations.current_path(folder) == path:
                raise
            # It was removed while being read: a newer one is current by now.
    return _Opened(*_open_generation(generations.current_path(folder), embedder, engine), stamp)


def _open_generation(
    path: Path, embedder: Embedder, engine: Engine | None
) -> tuple[Manifest, Shelf]:
    manifest = generations.read_manifest(path)
    if manifest.identity != embedder.identity or manifest.dimension != embedder.dimension:
        raise IndexMismatch(
            f"The index at {str(path)!r} was built with {manifest.model!r} "
            f"({manifest.dimension} numbers, {manifest.identity[:12]}); the settings ask for "
            f"{embedder.name!r} ({embedder.dimension} numbers, {embedder.identity[:12]}). {MEND}"
        )
    if manifest.passage_version != PASSAGE_VERSION:
        raise IndexMismatch(
            f"The index at {str(path)!r} holds passages of version {manifest.passage_version!r}, "
            f"this program reads {PASSAGE_VERSION!r}. {MEND}"
        )
    generations.verify(path, manifest)
    try:
        return manifest, open_shelf(path, engine=engine)
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"The index at {str(path)!r} cannot be read: {error}. {MEND}") from error


def _stamp(folder: Path) -> tuple[int, int]:
    try:
        found = os.stat(folder / "current")
    except FileNotFoundError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_ino)


def _hit(shelf: Shelf, found: Ranked, words: tuple[str, ...], telling: Mapping[str, bool]) -> Hit:
    return Hit(
        key=int(shelf.table.keys[found.position]),
        score=found.score,
        kind=shelf.kind(found.row),
        text=shelf.text(found.row),
        words=words,
        cosine=found.cosine,
        citing=found.citing,
        share=found.share,
        telling=tuple(word for word in words if telling[word]),
    )
