"""Many rows of unequal length in two arrays: how a generation keeps texts, words and hashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import DTypeLike, NDArray

T = TypeVar("T", bound=np.generic)
Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ragged(Generic[T]):
    """Row i is `values[starts[i]:starts[i + 1]]`."""

    starts: NDArray[np.int64]
    values: NDArray[T]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, row: int) -> NDArray[T]:
        """One row."""
        return self.values[int(self.starts[row]) : int(self.starts[row + 1])]

    def lengths(self) -> Positions:
        """Of every row, int64."""
        return np.diff(self.starts)

    def take(self, rows: Positions) -> Ragged[T]:
        """These rows in this order."""
        at, starts = spans(self.starts, rows)
        return Ragged(starts, self.values[at])

    def save(self, folder: Path, name: str) -> None:
        """Writes both arrays under `name`."""
        np.save(folder / f"{name}_starts.npy", self.starts)
        np.save(folder / f"{name}.npy", self.values)


def spans(starts: Positions, rows: Positions) -> tuple[Positions, Positions]:
    """Positions of all values of `rows`, one row after the other, and where each row starts."""
    lengths = starts[rows + 1] - starts[rows]
    new = np.zeros(len(rows) + 1, np.int64)
    np.cumsum(lengths, out=new[1:])
    at = np.arange(int(new[-1]), dtype=np.int64) + np.repeat(starts[rows] - new[:-1], lengths)
    return at, new


def ragged(rows: Sequence[NDArray[T]], dtype: DTypeLike) -> Ragged[T]:
    """Rows put together; `dtype` is needed for the case of none."""
    starts = np.zeros(len(rows) + 1, np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    values = np.concatenate(list(rows)) if rows else np.zeros(0, dtype)
    return Ragged(starts, values.astype(dtype, copy=False))


def joined(first: Ragged[T], second: Ragged[T]) -> Ragged[T]:
    """The rows of both, in order."""
    starts = np.concatenate([first.starts, second.starts[1:] + first.starts[-1]])
    return Ragged(starts, np.concatenate([first.values, second.values]))


def open_ragged(folder: Path, name: str) -> Ragged[T]:
    """What `save` wrote."""
    return Ragged(
        np.load(folder / f"{name}_starts.npy", allow_pickle=False),
        np.load(folder / f"{name}.npy", allow_pickle=False),
    )
