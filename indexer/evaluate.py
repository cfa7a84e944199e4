"""How good a ranking is, with trec_eval's meaning, and the product's ranking of any corpus.

A corpus is BEIR-shaped: JSON lines with `id` (or `_id`) and `text`, and where known `name`,
`title`, `variants` (other names) and `year`. Queries have `qid` (or `_id`), `query` (or `text`)
and maybe `year`. Judgements are TSV with a header: query, 0, document, relevance.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.build import Progress, embed_missing
from indexer.embed import Embedder
from indexer.errors import BadCorpus
from indexer.gather import Vocabulary, empty_table, merge, read
from indexer.kept_vectors import KeptVectors
from indexer.passages import Document, corpus_document
from indexer.rank import ALL_LEGS, Asked, Leg, rank
from indexer.shelf import Shelf, make_shelf

Judged = Mapping[str, int]
"""Document id -> relevance of one query; above 0 is relevant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Means over all queries, 0 to 1; `depth` is the k in P@k."""

    depth: int
    queries: int
    precision: float
    recall: float
    map: float
    mrr: float
    ndcg: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """One query's answer, best first."""

    qid: str
    ids: tuple[str, ...]


def measure(
    rankings: Mapping[str, Sequence[str]], judged: Mapping[str, Judged], *, depth: int
) -> Figures:
    """Figures at one depth over all queries, ranked or judged.

    As with `trec_eval -c` a judged query without a ranking counts as 0; so does a ranked query of
    which nothing is known to be relevant.
    """
    rows = []
    for qid in dict.fromkeys((*rankings, *judged)):
        relevance = judged.get(qid, {})
        ranking = list(dict.fromkeys(rankings.get(qid, ())))[:depth]
        known = any(grade > 0 for grade in relevance.values())
        rows.append(_one(ranking, relevance, depth) if known else (0.0,) * 5)
    means = np.mean(rows, axis=0) if rows else np.zeros(5)
    return Figures(
        depth=depth,
        queries=len(rows),
        precision=float(means[0]),
        recall=float(means[1]),
        map=float(means[2]),
        mrr=float(means[3]),
        ndcg=float(means[4]),
    )


def _one(ranking: Sequence[str], judged: Judged, depth: int) -> tuple[float, ...]:
    """Precision, recall, average precision, reciprocal rank and nDCG of one query."""
    grades = np.array([max(judged.get(id_, 0), 0) for id_ in ranking], float)
    hits = grades > 0
    relevant = sum(grade > 0 for grade in judged.values())
    ranks = np.arange(1, len(ranking) + 1)
    found = np.cumsum(hits)
    first = ranks[hits][:1]
    ideal = np.sort([max(grade, 0) for grade in judged.values()])[::-1][:depth]
    gain = float(np.sum(grades / np.log2(ranks + 1)))
    most = float(np.sum(ideal / np.log2(np.arange(2, len(ideal) + 2))))
    return (
        float(hits.sum()) / depth,
        float(hits.sum()) / relevant,
        float(np.sum((found / np.maximum(ranks, 1))[hits])) / relevant,
        float(1 / first[0]) if len(first) else 0.0,
        gain / most,
    )


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus, ready to be asked."""

    ids: tuple[str, ...]
    years: NDArray[np.int64]
    """0 where none is stated."""
    shelf: Shelf


@dataclass(frozen=True, slots=True)
class Query:
    """One query of a file."""

    qid: str
    text: str
    year: int | None


def read_queries(path: Path) -> list[Query]:
    """The queries of a file; raises BadCorpus naming the line."""
    return [
        Query(_text(row, "qid", "_id", "id"), _text(row, "query", "text"), _year(row))
        for row in _rows(path)
    ]


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """Query id -> document id -> relevance; raises BadCorpus naming the line."""
    judged: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t")
        next(rows, None)
        for parts in filter(None, rows):
            try:
                judged.setdefault(parts[0], {})[parts[-2]] = int(parts[-1])
            except (IndexError, ValueError) as error:
                raise BadCorpus(
                    f"Line {rows.line_num} of {path.name!r} is {str(parts)[:80]}, expected query, "
                    "0, document and a whole number between tabs."
                ) from error
    return judged


def open_corpus(
    path: Path, embedder: Embedder, *, kept: Path, progress: Progress | None = None
) -> Corpus:
    """Reads and embeds a corpus; `kept` is the folder where vectors stay for the next time.

    Raises:
        BadCorpus: The file is missing, or a line of it is not a record.
    """
    rows = list(_rows(path))
    documents = {at: read(_document(row)) for at, row in enumerate(rows)}
    vocabulary = Vocabulary()
    table = merge(empty_table(), documents, vocabulary=vocabulary, next_passage=0)
    vectors = KeptVectors(kept / embedder.identity[:32], dimension=embedder.dimension)
    embedded, _ = embed_missing(table, embedder, vectors, tell=progress or _silent)
    return Corpus(
        tuple(_text(row, "id", "_id") for row in rows),
        np.array([_year(row) or 0 for row in rows], np.int64),
        make_shelf(table, embedded, vocabulary.numbers),
    )


def rank_corpus(
    corpus: Corpus,
    queries: Sequence[Query],
    embedder: Embedder,
    *,
    top: int = 10,
    year_filter: bool = False,
    legs: frozenset[Leg] = ALL_LEGS,
) -> Iterator[Ranking]:
    """Ranks a corpus for each query with the product's own retrieval.

    Args:
        corpus: From `open_corpus`.
        queries: From `read_queries`.
        embedder: The one the corpus was opened with.
        top: Documents a query.
        year_filter: Leaves out documents of a later year than the query's, where both are stated.
        legs: Which parts of the ranking take part.
    """
    for query in queries:
        allowed = None
        if year_filter and query.year is not None:
            allowed = np.flatnonzero(corpus.years <= query.year)
        asked = Asked(
            text=query.text,
            vector=embedder.question(query.text),
            allowed=allowed,
            top=top,
            legs=legs,
        )
        found = rank(corpus.shelf, asked)
        yield Ranking(query.qid, tuple(corpus.ids[one.position] for one in found))


def _silent(step: str, done: int, total: int) -> None:
    """Tells nobody."""


def _document(row: Mapping[str, object]) -> Document:
    id_ = _text(row, "id", "_id")
    variants = row.get("variants")
    return corpus_document(
        id_,
        name=str(row.get("name") or ""),
        title=str(row.get("title") or ""),
        text=str(row.get("text") or ""),
        aliases=tuple(str(name) for name in variants) if isinstance(variants, list) else (),
    )


def _rows(path: Path) -> Iterator[Mapping[str, object]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise BadCorpus(f"The file {str(path)!r} cannot be read: {error}.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadCorpus(f"Line {number} of {path.name!r} is not JSON: {error}.") from error
        if not isinstance(row, dict):
            raise BadCorpus(f"Line {number} of {path.name!r} is {line[:40]!r}, expected an object.")
        yield row


def _text(row: Mapping[str, object], *names: str) -> str:
    for name in names:
        value = row.get(name)
        if isinstance(value, str) and value:
            return value
    raise BadCorpus(f"A record has none of {', '.join(names)}: {str(dict(row))[:120]}.")


def _year(row: Mapping[str, object]) -> int | None:
    value = row.get("year")
    return value if isinstance(value, int) else None
