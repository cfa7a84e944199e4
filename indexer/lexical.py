"""The word-match leg: an inverted index in plain arrays, scored with BM25 over weighted fields.

A document here is a card, at the position it has among the sorted card keys; the arrays are
written to and read from a generation's folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.tokens import question_words, words

K1 = 1.2
B = 0.5
FIELD_WEIGHTS: Mapping[str, float] = {"name": 3.0, "tags": 2.0, "text": 1.0}
"""How often a word counts by where it stands; a name's word says more than one in passing."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One document's words with their weighted counts, and their weighted number."""

    counts: Mapping[str, float]
    length: float


def posting(fields: Mapping[str, str], *, weights: Mapping[str, float] = FIELD_WEIGHTS) -> Posting:
    """Counts a document's words; `fields` maps names of `weights` to text."""
    counts: Counter[str] = Counter()
    length = 0.0
    for name, text in fields.items():
        weight = weights[name]
        for word, count in Counter(words(text)).items():
            counts[word] += weight * count  # type: ignore[assignment]  # Counter holds floats here
            length += weight * count
    return Posting(dict(counts), length)


@dataclass(frozen=True, slots=True)
class Lexical:
    """Word -> the documents that hold it with their BM25 weights; rows are card positions."""

    vocabulary: Mapping[str, int]
    starts: NDArray[np.int64]
    """Where each word's documents begin in the two arrays below, plus the end."""
    documents: NDArray[np.int32]
    weights: NDArray[np.float32]
    """BM25 contribution of one query occurrence of the word in the document."""
    best: NDArray[np.float32]
    """Each word's largest possible contribution: its idf times (k1 + 1)."""
    size: int

    def scores(self, text: str) -> tuple[NDArray[np.float32], float]:
        """BM25 of every document for a question, and the most any document could get.

        Returns:
            Scores float32 of shape (size,), and the bound they are shares of; a word that no
            document holds counts as the rarest in the bound, so that a question half made of
            strange words gives no full share.
        """
        total = np.zeros(self.size, np.float32)
        bound = 0.0
        strangest = float(np.log(1 + (self.size + 0.5) / 0.5)) * (K1 + 1)
        for word in dict.fromkeys(question_words(text)):
            row = self.vocabulary.get(word)
            if row is None:
                bound += strangest
                continue
            span = slice(int(self.starts[row]), int(self.starts[row + 1]))
            total[self.documents[span]] += self.weights[span]
            bound += float(self.best[row])
        return total, max(bound, 1e-6)

    def matched(self, text: str, document: int) -> tuple[str, ...]:
        """The question's words, stemmed, that the document holds."""
        found = []
        for word in dict.fromkeys(question_words(text)):
            row = self.vocabulary.get(word)
            if row is None:
                continue
            span = self.documents[int(self.starts[row]) : int(self.starts[row + 1])]
            at = int(np.searchsorted(span, document))
            if at < len(span) and int(span[at]) == document:
                found.append(word)
        return tuple(found)

    def save(self, folder: Path) -> None:
        """Writes the arrays and the vocabulary into `folder`."""
        (folder / "words.txt").write_text("\n".join(self.vocabulary), encoding="utf-8")
        np.save(folder / "words_starts.npy", self.starts)
        np.save(folder / "words_documents.npy", self.documents)
        np.save(folder / "words_weights.npy", self.weights)
        np.save(folder / "words_best.npy", self.best)


def make_lexical(postings: Sequence[Posting]) -> Lexical:
    """The index over documents in the order given."""
    vocabulary: dict[str, int] = {}
    rows: list[int] = []
    documents: list[int] = []
    counts: list[float] = []
    for at, entry in enumerate(postings):
        for word, count in entry.counts.items():
            rows.append(vocabulary.setdefault(word, len(vocabulary)))
            documents.append(at)
            counts.append(count)
    size = len(postings)
    row = np.asarray(rows, np.int64)
    document = np.asarray(documents, np.int32)
    count = np.asarray(counts, np.float32)
    order = np.lexsort((document, row))
    row, document, count = row[order], document[order], count[order]
    held = np.bincount(row, minlength=len(vocabulary)).astype(np.float32)
    idf = np.log(1 + (size - held + 0.5) / (held + 0.5)).astype(np.float32)
    lengths = np.asarray([entry.length for entry in postings], np.float32)
    mean = float(lengths.mean()) if size else 1.0
    norm = K1 * (1 - B + B * lengths / max(mean, 1e-6))
    weight = idf[row] * count * (K1 + 1) / (count + norm[document])
    starts = np.zeros(len(vocabulary) + 1, np.int64)
    np.cumsum(held.astype(np.int64), out=starts[1:])
    return Lexical(
        vocabulary, starts, document, weight.astype(np.float32), idf * np.float32(K1 + 1), size
    )


def open_lexical(folder: Path, *, size: int) -> Lexical:
    """What `save` wrote, for `size` documents."""
    text = (folder / "words.txt").read_text(encoding="utf-8")
    vocabulary = {word: at for at, word in enumerate(text.split("\n"))} if text else {}

    def read(name: str) -> NDArray[np.generic]:
        return np.load(folder / f"words_{name}.npy", mmap_mode=None, allow_pickle=False)

    return Lexical(
        vocabulary,
        read("starts").astype(np.int64, copy=False),
        read("documents").astype(np.int32, copy=False),
        read("weights").astype(np.float32, copy=False),
        read("best").astype(np.float32, copy=False),
        size,
    )


def counted(documents: Iterable[Mapping[str, str]]) -> list[Posting]:
    """Postings of many documents, for an index made in one go."""
    return [posting(fields) for fields in documents]
