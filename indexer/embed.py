"""Text to vectors: the embedder every other room asks, and how one is opened.

An embedder gives unit rows, so that an inner product is a cosine. torch and onnxruntime are
loaded only when something is embedded.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.embed_copy import QuestionCopy, make_copy, open_copy, read_made
from indexer.embed_model import (
    BUNDLED_DIMENSION,
    BUNDLED_SHA256,
    Model,
    Precision,
    TorchModel,
    find_model,
    prefixes_of,
    weights_digest,
)
from indexer.errors import ModelError

Rows = NDArray[np.float32]


class Embedder(Protocol):
    """Texts in, unit vectors out."""

    @property
    def name(self) -> str:
        """The model's name, for people."""
        ...

    @property
    def dimension(self) -> int:
        """Numbers in one vector."""
        ...

    @property
    def identity(self) -> str:
        """Changes whenever the vectors would: weights, prefixes, precision."""
        ...

    def passages(self, texts: Sequence[str]) -> Rows:
        """One unit row (float32) a text, in order, shape (n, dimension)."""
        ...

    def question(self, text: str) -> Rows:
        """The unit vector (float32) of one question, shape (dimension,)."""
        ...

    def prepare(self) -> str | None:
        """Make what quick questions need; returns a notice when that is not possible."""
        ...


@dataclass(frozen=True)
class HashEmbedder:
    """Deterministic vectors from word hashes, with no model: for tests and for timing."""

    dimension: int = 32
    name: str = "hash"

    @property
    def identity(self) -> str:
        """Two of the same dimension give the same vectors."""
        return f"{self.name}-{self.dimension}"

    def passages(self, texts: Sequence[str]) -> Rows:
        """One unit row a text: the normed sum of its words' vectors."""
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split() or [""]:
                seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8])
                row += np.random.default_rng(seed).standard_normal(self.dimension)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows

    def question(self, text: str) -> Rows:
        """The same as for a passage."""
        row: Rows = self.passages([text])[0]
        return row

    def prepare(self) -> str | None:
        """Nothing to make."""
        return None


class ModelEmbedder:
    """A sentence-transformers model, with an exported copy of it where one was made."""

    def __init__(self, model: Model, *, precision: Precision, copies: Path | None) -> None:
        self.name = model.name
        self._model = model
        self._precision: Precision = precision
        self._prefixes = prefixes_of(model.name, model.folder)
        setting = f"{model.name}|{model.folder}|{precision}|{self._prefixes}"
        slug = hashlib.sha256(setting.encode()).hexdigest()[:16]
        self._place = copies / slug if copies is not None else None
        self._lock = threading.RLock()
        self._torch: TorchModel | None = None
        self._copy: QuestionCopy | None = None
        self._looked_for_copy = False

    @cached_property
    def identity(self) -> str:
        """Weights, prefixes and precision in one hash, hex."""
        if self._model.folder is None and self._place is not None:
            # A hub model's revision is known to torch alone; its copy remembers it.
            made = read_made(self._place)
            if made is not None:
                return made.identity
        parts = (
            self._weights(), self._prefixes.question, self._prefixes.passage, self._precision
        )  # fmt: skip
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    @property
    def dimension(self) -> int:
        """Numbers in one vector."""
        if self._model.bundled:
            return BUNDLED_DIMENSION
        copy = self._opened_copy()
        return copy.made.dimension if copy is not None else self._loaded().dimension

    def passages(self, texts: Sequence[str]) -> Rows:
        """One unit row a text, in order; longer texts are cut at the model's limit."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        prefixed = [self._prefixes.passage + text for text in texts]
        copy = self._opened_copy() if self._precision == "fp32" else None
        return copy.encode(prefixed) if copy is not None else self._loaded().encode(prefixed)

    def question(self, text: str) -> Rows:
        """The unit vector of one question, by the exported copy where there is one."""
        prefixed = [self._prefixes.question + text]
        copy = self._opened_copy()
        rows = copy.encode(prefixed) if copy is not None else self._loaded().encode(prefixed)
        row: Rows = rows[0]
        return row

    def prepare(self) -> str | None:
        """Makes the exported copy where it is missing; returns why that failed, if it did."""
        if self._place is None or self._opened_copy() is not None:
            return None
        with self._lock:
            try:
                exact = self._loaded() if self._precision == "fp32" else TorchModel(self._model)
                self._copy = make_copy(exact, self._place, identity=self.identity)
            except ModelError as error:
                return str(error)
        return None

    def _weights(self) -> str:
        if self._model.bundled:
            return BUNDLED_SHA256
        if self._model.folder is not None:
            return weights_digest(self._model.folder)
        return f"{self._model.name}@{self._loaded().revision}"

    def _opened_copy(self) -> QuestionCopy | None:
        with self._lock:
            if not self._looked_for_copy and self._place is not None:
                self._looked_for_copy = True
                self._copy = open_copy(self._place, identity=self.identity)
            return self._copy

    def _loaded(self) -> TorchModel:
        with self._lock:
            if self._torch is None:
                self._torch = TorchModel(self._model, precision=self._precision)
            return self._torch


def open_embedder(
    model: str | None = None, *, precision: Precision = "fp32", copies: Path | None = None
) -> Embedder:
    """The embedder a setting names; nothing heavy is loaded before the first text.

    Args:
        model: None for the bundled model; a folder; or a name sentence-transformers can load.
        precision: How passages are computed. "bf16" is about twice as quick on processors that
            have it and moves a vector by a cosine of 0.003 at most; "fp32" is exact.
        copies: Folder for exported copies for quick questions; None makes and uses none.

    Raises:
        ModelError: The setting names a folder that is not there.
    """
    return ModelEmbedder(find_model(model), precision=precision, copies=copies)
