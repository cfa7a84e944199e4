"""Vectors kept on disk by the hash of their text, so that no text is ever embedded twice.

Append-only: what a killed run had embedded, the next one finds. One folder a model.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_DIGEST = 16
_WASTE = 2
"""The store is written anew once it holds so many times what is in use."""


class KeptVectors:
    """Digest of a text -> its unit row, float32 (dimension,)."""

    def __init__(self, folder: Path, *, dimension: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._dimension = dimension
        self._at: dict[bytes, int] = {}
        self._count = 0
        self._open()

    def __len__(self) -> int:
        return len(self._at)

    def missing(self, digests: Sequence[bytes]) -> list[int]:
        """Positions of the digests without a vector, the first of equal ones only."""
        seen: dict[bytes, int] = {}
        for at, digest in enumerate(digests):
            if digest not in self._at:
                seen.setdefault(digest, at)
        return list(seen.values())

    def rows(self, digests: Sequence[bytes]) -> NDArray[np.float32]:
        """The vectors of digests that are all here, in order."""
        at = np.array([self._at[digest] for digest in digests], np.int64)
        if len(at) == 0:
            return np.zeros((0, self._dimension), np.float32)
        rows = np.memmap(self._vectors, np.float32, "r").reshape(-1, self._dimension)
        return np.ascontiguousarray(rows[at])

    def add(self, digests: Sequence[bytes], rows: NDArray[np.float32]) -> None:
        """Appends; a run killed in between leaves the earlier rows whole."""
        _append(self._vectors, np.ascontiguousarray(rows, np.float32).tobytes())
        _append(self._digests, b"".join(digests))
        for digest in digests:
            self._at[digest] = self._count
            self._count += 1

    def keep_only(self, digests: Sequence[bytes]) -> None:
        """Drops what is not among `digests` once most of the store is waste."""
        used = list(dict.fromkeys(digest for digest in digests if digest in self._at))
        if len(self._at) <= _WASTE * len(used) + 1000:
            return
        rows = self.rows(used)
        new = self._folder.with_name(self._folder.name + ".new")
        shutil.rmtree(new, ignore_errors=True)
        smaller = KeptVectors(new, dimension=self._dimension)
        smaller.add(used, rows)
        # Killed between these two, the store is lost and only time with it.
        shutil.rmtree(self._folder)
        new.rename(self._folder)
        self._open()

    @property
    def _vectors(self) -> Path:
        return self._folder / "vectors.f32"

    @property
    def _digests(self) -> Path:
        return self._folder / "digests.b16"

    def _open(self) -> None:
        """Reads the digests, cutting off what a killed run left half written."""
        row = 4 * self._dimension
        sizes = [p.stat().st_size if p.exists() else 0 for p in (self._vectors, self._digests)]
        whole = min(sizes[0] // row, sizes[1] // _DIGEST)
        for path, size in ((self._vectors, whole * row), (self._digests, whole * _DIGEST)):
            path.touch()
            os.truncate(path, size)
        self._at, self._count = {}, whole
        text = self._digests.read_bytes()
        digests = [text[at : at + _DIGEST] for at in range(0, len(text), _DIGEST)]
        if not digests:
            return
        rows = np.memmap(self._vectors, np.float32, "r").reshape(-1, self._dimension)
        # A machine that lost power may have kept the length of a file and not its content.
        sound = np.abs(np.linalg.norm(rows, axis=1) - 1) < 1e-2
        self._at = {digest: at for at, digest in enumerate(digests) if sound[at]}


def _append(path: Path, data: bytes) -> None:
    with path.open("ab") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
