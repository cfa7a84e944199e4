"""Whether a request in another language finds what its English twin finds, by meaning alone."""

from __future__ import annotations

from pathlib import Path

from indexer.rank import Leg
from indexer.search import Search
from tests.evals.sets import Measured, rows_of

DENSE: frozenset[Leg] = frozenset(("dense",))


def measured(search: Search, path: Path, *, top: int = 10) -> Measured:
    """Per language, the share of the English twin's first ten (or `top`) that are found too.

    By the dense leg alone: words match within one language, so they would tell nothing.
    """
    rows = rows_of(path)
    figures: dict[str, float] = {"requests": float(len(rows))}
    wrong: list[dict[str, object]] = []
    expected = [best(search, row["en"], top) for row in rows]
    for language in rows[0]:
        if language == "en":
            continue
        shares = []
        for row, english in zip(rows, expected, strict=True):
            share = len(english & best(search, row[language], top)) / len(english)
            shares.append(share)
            if share < 0.5:
                wrong.append({"language": language, "request": row[language], "share": share})
        figures[language] = sum(shares) / len(shares)
    return Measured(name="twins", figures=figures, wrong=wrong)


def best(search: Search, text: str, top: int) -> frozenset[int]:
    """Keys of the first ones."""
    return frozenset(hit.key for hit in search.find(text, top=top, legs=DENSE))
