"""The word-match leg: an inverted index in plain arrays, scored with BM25 over weighted fields.

A document is a card, at the position it has among the sorted card keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.ragged import Ragged
from indexer.tokens import question_words, whole_words, words

K1 = 1.2
B = 0.3
FIELD_WEIGHTS: Mapping[str, float] = {"name": 1.0, "tags": 1.0, "text": 1.0}
"""How often a word counts by the field it stands in."""


@dataclass(frozen=True, slots=True)
class Lexical:
    """Word -> the documents that hold it with their BM25 weights."""

    vocabulary: Mapping[str, int]
    starts: NDArray[np.int64]
    """Where each word's documents begin in the two arrays below, plus the end."""
    documents: NDArray[np.int32]
    weights: NDArray[np.float32]
    """What one query word adds to the document's BM25."""
    most: NDArray[np.float32]
    """Each word's largest possible contribution."""
    size: int

    def scores(self, text: str) -> tuple[NDArray[np.float32], float]:
        """BM25 of every document for a question, and the most any document could get.

        Returns:
            Scores float32 (size,) and the bound they are shares of. A word that no document
            holds counts in the bound as the rarest one, so that a question half made of strange
            words gives no document a full share.
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
            bound += float(self.most[row])
        return total, max(bound, 1e-6)

    def matched(self, text: str, documents: Sequence[int]) -> list[tuple[str, ...]]:
        """The question's words, whole, that each of these documents holds in some form."""
        found: list[list[str]] = [[] for _ in documents]
        whole = whole_words(text)
        for word in dict.fromkeys(question_words(text)):
            row = self.vocabulary.get(word)
            if row is None:
                continue
            span = self.documents[int(self.starts[row]) : int(self.starts[row + 1])]
            if len(span) == 0:  # The last document that held it is gone.
                continue
            at = np.searchsorted(span, documents)
            there = (at < len(span)) & (span[np.minimum(at, len(span) - 1)] == documents)
            for which in np.flatnonzero(there):
                found[which].append(whole[word])
        return [tuple(words) for words in found]

    def held_by(self, word: str) -> int:
        """In how many documents a word, in any case, stands."""
        rows = [self.vocabulary[stem] for stem in words(word) if stem in self.vocabulary]
        return max((int(self.starts[row + 1] - self.starts[row]) for row in rows), default=0)

    def save(self, folder: Path) -> None:
        """Writes the arrays and the vocabulary."""
        (folder / "words.txt").write_text("\n".join(self.vocabulary), encoding="utf-8")
        np.save(folder / "words_starts.npy", self.starts)
        np.save(folder / "words_documents.npy", self.documents)
        np.save(folder / "words_weights.npy", self.weights)
        np.save(folder / "words_most.npy", self.most)


def count_words(fields: Mapping[str, str]) -> dict[str, float]:
    """A document's words with their weighted counts; `fields` has the keys of FIELD_WEIGHTS."""
    counts: dict[str, float] = {}
    for name, text in fields.items():
        weight = FIELD_WEIGHTS[name]
        for word in words(text):
            counts[word] = counts.get(word, 0.0) + weight
    return counts


def make_lexical(
    vocabulary: Mapping[str, int], held: Ragged[np.int32], counts: NDArray[np.float32]
) -> Lexical:
    """The index over documents in order.

    Args:
        vocabulary: Word -> number, without gaps.
        held: Per document, the numbers of its words.
        counts: Weighted count of each entry of `held.values`.
    """
    size = len(held)
    document = np.repeat(np.arange(size, dtype=np.int32), held.lengths())
    order = np.argsort(held.values, kind="stable")
    word, document, count = held.values[order], document[order], counts[order]
    holders = np.bincount(word, minlength=len(vocabulary))
    idf = np.log(1 + (size - holders + 0.5) / (holders + 0.5)).astype(np.float32)
    sums = np.concatenate([[0.0], np.cumsum(counts, dtype=np.float64)])
    lengths = sums[held.starts[1:]] - sums[held.starts[:-1]]
    mean = float(lengths.mean()) if size else 1.0
    norm = (K1 * (1 - B + B * lengths / max(mean, 1e-6))).astype(np.float32)
    weights = idf[word] * count * np.float32(K1 + 1) / (count + norm[document])
    starts = np.zeros(len(vocabulary) + 1, np.int64)
    np.cumsum(holders, out=starts[1:])
    return Lexical(
        vocabulary, starts, document, weights.astype(np.float32), idf * np.float32(K1 + 1), size
    )


def open_lexical(folder: Path, *, size: int) -> Lexical:
    """What `save` wrote, for `size` documents."""
    text = (folder / "words.txt").read_text(encoding="utf-8")
    vocabulary = {word: at for at, word in enumerate(text.split("\n"))} if text else {}
    return Lexical(
        vocabulary,
        np.load(folder / "words_starts.npy", allow_pickle=False),
        np.load(folder / "words_documents.npy", allow_pickle=False),
        np.load(folder / "words_weights.npy", allow_pickle=False),
        np.load(folder / "words_most.npy", allow_pickle=False),
        size,
    )
