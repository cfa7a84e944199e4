"""An exported copy of the embedding model, so that a question does not wait for torch.

Made at index time with `torch.onnx.export`, checked against sentence-transformers, kept in the
data folder; opened with onnxruntime and tokenizers only.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import shutil
import tempfile
import threading
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indexer.embed_model import TorchModel, file_digest
from indexer.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

COPY_VERSION = 1
MADE = "made.json"
PROBES: tuple[str, ...] = (
    "speech",
    "Welsh speech with more than 100 hours that I can use commercially",
    "Sentiment labels for tweets in Hausa, Igbo, Yorùbá and Naijá.",
    "données ouvertes de parole en français, licence libre",
    "粵語語音數據",
    "बोली जाने वाली हिन्दी, कम से कम 15 घंटे",
    "A corpus of read sentences. " * 40,
)
LEAST_COSINE = 0.9999
"""Between the copy's vectors and sentence-transformers', for every probe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a copy was made from; written last, so a copy without it is not one."""

    version: int
    model: str
    identity: str
    dimension: int
    most_tokens: int
    model_sha256: str
    tokenizer_sha256: str
    least_cosine: float


class QuestionCopy:
    """The exported model, opened: text to a unit vector in a few milliseconds."""

    def __init__(self, folder: Path, *, made: Made) -> None:
        from tokenizers import Tokenizer

        self.made = made
        self._model = str(folder / "model.onnx")
        self._opening = threading.Lock()
        self._sessions: dict[int, InferenceSession] = {}
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(made.most_tokens)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str], *, batch: int = 16) -> NDArray[np.float32]:
        """One unit row a text, float32, in the texts' order."""
        rows = np.empty((len(texts), self.made.dimension), np.float32)
        tokens = [entry.ids for entry in self._tokenizer.encode_batch(list(texts))]
        # One short text is as fast on one core, and does not wait for another that is busy.
        session = self._session(threads=1 if len(texts) == 1 else 0)
        order = sorted(range(len(tokens)), key=lambda at: len(tokens[at]))
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            rows[chosen] = _run(session, [tokens[at] for at in chosen])
        return rows

    def _session(self, *, threads: int) -> InferenceSession:
        """The model opened for this many cores, 0 for all; each is opened when first needed."""
        with self._opening:
            if threads not in self._sessions:
                import onnxruntime

                options = onnxruntime.SessionOptions()
                options.log_severity_level = 3
                options.intra_op_num_threads = threads
                self._sessions[threads] = onnxruntime.InferenceSession(
                    self._model, options, providers=["CPUExecutionProvider"]
                )
            return self._sessions[threads]


def _run(session: InferenceSession, tokens: list[list[int]]) -> NDArray[np.float32]:
    longest = max(len(ids) for ids in tokens)
    ids = np.zeros((len(tokens), longest), np.int64)
    mask = np.zeros_like(ids)
    for row, numbers in enumerate(tokens):
        ids[row, : len(numbers)] = numbers
        mask[row, : len(numbers)] = 1
    feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    wanted = {entry.name for entry in session.get_inputs()}
    found = session.run(None, {k: v for k, v in feed.items() if k in wanted})
    vectors = np.asarray(found[0], np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return vectors


def read_made(folder: Path) -> Made | None:
    """What the copy in `folder` was made from; None when there is no whole copy."""
    try:
        made = Made(**json.loads((folder / MADE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return made if made.version == COPY_VERSION else None


def open_copy(folder: Path, *, identity: str | None) -> QuestionCopy | None:
    """The copy in `folder` when it is whole and of the model `identity`; else None.

    Args:
        folder: Where `make_copy` put it.
        identity: None accepts any model (the caller compares `made.identity` itself).
    """
    made = read_made(folder)
    if made is None or (identity is not None and made.identity != identity):
        return None
    if file_digest(folder / "model.onnx") != made.model_sha256:
        return None
    if file_digest(folder / "tokenizer.json") != made.tokenizer_sha256:
        return None
    return QuestionCopy(folder, made=made)


def make_copy(loaded: TorchModel, folder: Path, *, identity: str) -> QuestionCopy:
    """Exports `loaded` into `folder` (replaced whole) and checks it.

    Raises:
        ModelError: The model cannot be exported, or the copy's vectors differ.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _export(loaded, work)
        made = Made(
            version=COPY_VERSION,
            model=loaded.model.name,
            identity=identity,
            dimension=loaded.dimension,
            most_tokens=_most_tokens(loaded),
            model_sha256=file_digest(work / "model.onnx"),
            tokenizer_sha256=file_digest(work / "tokenizer.json"),
            least_cosine=1.0,
        )
        least = _least_cosine(loaded, QuestionCopy(work, made=made))
        if least < LEAST_COSINE:
            raise ModelError(
                f"The exported copy of {loaded.model.name!r} gives other vectors: least cosine "
                f"{least:.5f} on {len(PROBES)} probes, expected at least {LEAST_COSINE}."
            )
        made = Made(**{**asdict(made), "least_cosine": round(least, 6)})
        (work / MADE).write_text(json.dumps(asdict(made), indent=1), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(work, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return QuestionCopy(folder, made=made)


def _most_tokens(loaded: TorchModel) -> int:
    return int(loaded.inner.get_max_seq_length() or 512)


def _least_cosine(loaded: TorchModel, copy: QuestionCopy) -> float:
    return float(np.min(np.sum(loaded.encode(PROBES) * copy.encode(PROBES), axis=1)))


def _export(loaded: TorchModel, folder: Path) -> None:
    """Writes model.onnx and tokenizer.json; the graph is the whole pipeline, pooling included."""
    import torch

    inner = loaded.inner
    tokenizer = getattr(inner.tokenizer, "backend_tokenizer", None)
    if tokenizer is None:
        raise ModelError(
            f"The model {loaded.model.name!r} has no fast tokenizer; questions stay with torch."
        )
    tokenizer.save(str(folder / "tokenizer.json"))
    names = ["input_ids", "attention_mask"]
    if "token_type_ids" in inner.tokenizer.model_input_names:
        names.append("token_type_ids")

    class Whole(torch.nn.Module):  # type: ignore[misc]  # torch is unread by mypy here
        def __init__(self) -> None:
            super().__init__()
            self.inner = inner

        def forward(self, *values: torch.Tensor) -> torch.Tensor:
            found = self.inner(dict(zip(names, values, strict=True)))
            vectors: torch.Tensor = found["sentence_embedding"]
            return vectors

    rows, tokens = torch.export.Dim("rows", min=1, max=4096), torch.export.Dim("tokens", min=2)
    # Three tensors of their own: the exporter takes one object given twice for one input.
    example = {
        "input_ids": torch.arange(1000, 1016).reshape(2, 8),
        "attention_mask": torch.tensor([[1] * 8, [1] * 5 + [0] * 3]),
        "token_type_ids": torch.zeros((2, 8), dtype=torch.int64),
    }
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            program = torch.onnx.export(
                Whole().eval(),
                tuple(example[name] for name in names),
                dynamo=True,
                input_names=names,
                output_names=["sentence_embedding"],
                dynamic_shapes=(tuple({0: rows, 1: tokens} for _ in names),),
                verbose=False,
            )
        if program is None:
            raise ModelError("torch.onnx.export returned nothing")
        program.save(str(folder / "model.onnx"), external_data=False)
    except ModelError:
        raise
    except Exception as error:  # the exporter raises its own, undocumented kinds
        raise ModelError(
            f"The model {loaded.model.name!r} could not be exported for quick questions "
            f"({type(error).__name__}: {error}). Questions stay with torch and start slower."
        ) from error
