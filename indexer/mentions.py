"""Which records name which others: the standing that a collection itself gives its members.

A dataset that many descriptions name ("compared with ImageNet") is one that people use. Names
are matched as written, case included, through hashes of short runs of name-like words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from indexer.ragged import Ragged

LONGEST_NAME = 4
"""Words of a name that are looked for."""
MOST_RUNS = 400
"""Runs kept of one record's text."""
MOST_CITING = 64
"""Records kept that name one record: more add nothing to a logarithm."""
PROPER_SHARE = 0.5
"""A name of one ordinary-looking word counts when it stands in capitals this often."""

_WORD = re.compile(r"[A-Za-z0-9]+(?:[-_+./'][A-Za-z0-9]+)*|[.!?;]")
Hashes = NDArray[np.uint64]


def runs(text: str) -> Hashes:
    """Hashes of the runs of words in `text` that could be a name; sorted, no repeats."""
    found: set[int] = set()
    tokens = _WORD.findall(text)
    for at, token in enumerate(tokens):
        if not _looks_like_name(token):
            continue
        for end in range(at + 1, min(at + LONGEST_NAME, len(tokens)) + 1):
            if tokens[end - 1] in ".!?;":
                break
            found.add(_hash(tokens[at:end]))
        if len(found) >= MOST_RUNS:
            break
    return np.array(sorted(found), np.uint64)


def name_hashes(names: Iterable[str]) -> Hashes:
    """Hashes under which a record's names are looked for; empty when none is telling enough."""
    found = set()
    for name in names:
        tokens = [token for token in _WORD.findall(name) if token not in ".!?;"]
        if 0 < len(tokens) <= LONGEST_NAME and _looks_like_name(tokens[0]):
            telling = len(tokens) > 1 or (len(tokens[0]) >= 3 and not tokens[0].isdigit())
            if telling:
                found.add(_hash(tokens))
    return np.array(sorted(found), np.uint64)


def plain_name(name: str) -> str | None:
    """The name when it is one ordinary-looking word ("Text", "Reddit"), else None.

    Such a name says something only where the word mostly stands with a capital.
    """
    tokens = _WORD.findall(name)
    if len(tokens) != 1 or not tokens[0].isalpha():
        return None
    return tokens[0] if tokens[0][1:].islower() else None


def link(
    names: Ragged[np.uint64], texts: Ragged[np.uint64], *, ordinary: NDArray[np.int64]
) -> Ragged[np.int32]:
    """For each record, the positions of the records that name it.

    Args:
        names: Per record, `name_hashes`.
        texts: Per record, `runs`.
        ordinary: Per record, in how many records its name stands as a word in any case; 0 when
            the name cannot be mistaken for an ordinary word.
    """
    size = len(names)
    order = np.argsort(names.values, kind="stable")
    name = names.values[order]
    name_of = np.repeat(np.arange(size, dtype=np.int32), names.lengths())[order]
    text_of = np.repeat(np.arange(size, dtype=np.int32), texts.lengths())
    first = np.searchsorted(name, texts.values, "left")
    # A name that two records share says nothing of either.
    one = np.searchsorted(name, texts.values, "right") - first == 1
    cited, citing = name_of[first[one]], text_of[one]
    other = cited != citing
    pairs = np.unique(np.stack([cited[other], citing[other]], axis=1), axis=0)
    counts = np.bincount(pairs[:, 0], minlength=size)
    doubtful = counts < PROPER_SHARE * ordinary
    pairs = pairs[~doubtful[pairs[:, 0]]]
    return grouped(pairs[:, 0], pairs[:, 1], size=size, most=MOST_CITING)


def grouped(
    groups: NDArray[np.int32], values: NDArray[np.int32], *, size: int, most: int | None = None
) -> Ragged[np.int32]:
    """Values gathered by group 0 to size - 1, at most `most` of each."""
    order = np.argsort(groups, kind="stable")
    groups, values = groups[order], values[order]
    starts = np.searchsorted(groups, np.arange(size + 1)).astype(np.int64)
    if most is not None:
        kept = np.arange(len(groups)) - starts[groups] < most
        groups, values = groups[kept], values[kept]
        starts = np.searchsorted(groups, np.arange(size + 1)).astype(np.int64)
    return Ragged(starts, values.astype(np.int32, copy=False))


def _looks_like_name(token: str) -> bool:
    return token[0].isalnum() and (not token.islower()) and not token.isdigit()


def _hash(tokens: Sequence[str]) -> int:
    return int.from_bytes(blake2b(" ".join(tokens).encode(), digest_size=8).digest())
