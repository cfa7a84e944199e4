"""Cards to a table: what changed is read anew, the rest is taken over from the table before.

Pure: the same table before and the same documents give the same table after.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

import numpy as np
from numpy.typing import NDArray

from indexer.lexical import count_words
from indexer.mentions import name_hashes, plain_name, runs
from indexer.passages import KINDS, Document, Passage
from indexer.ragged import Ragged, joined, ragged, spans
from indexer.shelf import Table


@dataclass(frozen=True, slots=True)
class Read:
    """One document, read into the numbers a table holds."""

    content: bytes
    names: int
    plain: bytes
    passages: tuple[Passage, ...]
    words: Mapping[str, float]
    runs: NDArray[np.uint64]
    called: NDArray[np.uint64]


def read(document: Document) -> Read:
    """Counts and hashes one document."""
    names = tuple(dict.fromkeys((document.name, *document.aliases)))
    content = hashlib.blake2b(digest_size=16)
    for part in (*names, *(p.kind + p.text for p in document.passages), document.text):
        content.update(part.encode() + b"\0")
    for name, text in sorted(document.fields.items()):
        content.update(f"{name}={text}\0".encode())
    return Read(
        content=content.digest(),
        names=len(names),
        plain=(plain_name(document.name) or "").encode(),
        passages=document.passages,
        words=count_words(document.fields),
        runs=runs(document.text),
        called=name_hashes(names),
    )


@dataclass
class Vocabulary:
    """Word -> number, given out in the order of first use."""

    numbers: dict[str, int] = field(default_factory=dict)

    def of(self, words: Sequence[str]) -> NDArray[np.int32]:
        """The words' numbers, new ones included."""
        numbers = self.numbers
        return np.array([numbers.setdefault(word, len(numbers)) for word in words], np.int32)


def empty_table() -> Table:
    """A table of no cards."""
    return _fresh({}, {}, Vocabulary(), count())


def changed(table: Table, documents: Mapping[int, Read | None]) -> dict[int, Read | None]:
    """Those of `documents` (None: gone) that differ from what the table holds."""
    found: dict[int, Read | None] = {}
    for key, document in documents.items():
        at = int(np.searchsorted(table.keys, key))
        there = at < len(table.keys) and int(table.keys[at]) == key
        if document is None:
            if there:
                found[key] = None
        elif not there or table.content[at].tobytes() != document.content:
            found[key] = document
    return found


def merge(
    table: Table,
    documents: Mapping[int, Read | None],
    *,
    vocabulary: Vocabulary,
    next_passage: int,
) -> Table:
    """The table with these documents put in, or taken out where None.

    Args:
        table: The table before.
        documents: By card key.
        vocabulary: Of the table before; grows.
        next_passage: First passage id never used; an unchanged passage keeps its own.
    """
    before = {
        (key, int(table.kinds[row]), table.digests[row].tobytes()): int(table.passages.values[row])
        for key, row in _rows_of_changed(table, documents)
    }
    documents_now = {key: value for key, value in sorted(documents.items()) if value is not None}
    fresh = _fresh(documents_now, before, vocabulary, count(next_passage))
    kept = np.flatnonzero(~np.isin(table.keys, np.array(list(documents), np.int64)))
    both = _stacked(_taken(table, kept), fresh)
    return _taken(both, np.argsort(both.keys, kind="stable"))


PassageId = tuple[int, int, bytes]
"""Card key, kind and digest: what an unchanged passage is recognised by."""


def _rows_of_changed(table: Table, documents: Mapping[int, Read | None]) -> list[tuple[int, int]]:
    asked = np.array([key for key, value in documents.items() if value is not None], np.int64)
    at = np.flatnonzero(np.isin(table.keys, asked))
    rows, _ = spans(table.passages.starts, at)
    keys = np.repeat(table.keys[at], table.passages.lengths()[at])
    return list(zip(keys.tolist(), rows.tolist(), strict=True))


def _fresh(
    documents: Mapping[int, Read],
    before: dict[PassageId, int],
    vocabulary: Vocabulary,
    new_ids: Iterator[int],
) -> Table:
    """A table of these documents alone."""
    reads = list(documents.values())
    passages = [
        (key, KINDS.index(passage.kind), passage.digest, passage.text)
        for key, document in documents.items()
        for passage in document.passages
    ]
    ids = []
    for key, kind, digest, _ in passages:
        known = before.pop((key, kind, digest), None)
        ids.append(next(new_ids) if known is None else known)
    starts = np.zeros(len(reads) + 1, np.int64)
    np.cumsum([len(document.passages) for document in reads], out=starts[1:])
    words = ragged([vocabulary.of(list(document.words)) for document in reads], np.int32)
    counts = [weight for document in reads for weight in document.words.values()]
    return Table(
        keys=np.array(list(documents), np.int64),
        content=_digests([document.content for document in reads]),
        names=np.array([document.names for document in reads], np.int32),
        plain=_bytes([document.plain for document in reads]),
        passages=Ragged(starts, np.array(ids, np.int64)),
        kinds=np.array([kind for _, kind, _, _ in passages], np.uint8),
        digests=_digests([digest for _, _, digest, _ in passages]),
        texts=_bytes([text.encode() for _, _, _, text in passages]),
        words=words,
        counts=np.array(counts, np.float32),
        runs=ragged([document.runs for document in reads], np.uint64),
        called=ragged([document.called for document in reads], np.uint64),
    )


def _digests(values: Sequence[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(values), np.uint8).reshape(len(values), 16)


def _bytes(values: Sequence[bytes]) -> Ragged[np.uint8]:
    starts = np.zeros(len(values) + 1, np.int64)
    np.cumsum([len(value) for value in values], out=starts[1:])
    return Ragged(starts, np.frombuffer(b"".join(values), np.uint8))


def _taken(table: Table, cards: NDArray[np.int64]) -> Table:
    """These cards of a table, in this order."""
    rows, starts = spans(table.passages.starts, cards)
    words, word_starts = spans(table.words.starts, cards)
    return Table(
        keys=table.keys[cards],
        content=table.content[cards],
        names=table.names[cards],
        plain=table.plain.take(cards),
        passages=Ragged(starts, table.passages.values[rows]),
        kinds=table.kinds[rows],
        digests=table.digests[rows],
        texts=table.texts.take(rows),
        words=Ragged(word_starts, table.words.values[words]),
        counts=table.counts[words],
        runs=table.runs.take(cards),
        called=table.called.take(cards),
    )


def _stacked(first: Table, second: Table) -> Table:
    return Table(
        keys=np.concatenate([first.keys, second.keys]),
        content=np.concatenate([first.content, second.content]),
        names=np.concatenate([first.names, second.names]),
        plain=joined(first.plain, second.plain),
        passages=joined(first.passages, second.passages),
        kinds=np.concatenate([first.kinds, second.kinds]),
        digests=np.concatenate([first.digests, second.digests]),
        texts=joined(first.texts, second.texts),
        words=joined(first.words, second.words),
        counts=np.concatenate([first.counts, second.counts]),
        runs=joined(first.runs, second.runs),
        called=joined(first.called, second.called),
    )
