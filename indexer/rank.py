"""One question over one shelf: both legs, their fusion and the standing of what they find.

A card's score is its best passage's cosine, plus a share of the most its words could have
matched, plus what relevant other cards say by naming it. Cosine and share do not depend on which
cards are allowed, so a filter never reorders what it leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from indexer.passages import KINDS
from indexer.ragged import spans
from indexer.shelf import Shelf

Leg = Literal["dense", "lexical", "standing"]
ALL_LEGS: frozenset[Leg] = frozenset(("dense", "lexical", "standing"))
TERMS_COUNT_LESS = 0.15
"""Of a cosine: a passage on terms is much like all others on the same terms, and what a card is
about should decide before how it may be used (limits on use are a filter)."""
_LESS = np.array([TERMS_COUNT_LESS if kind == "terms" else 0.0 for kind in KINDS], np.float32)
LEAST_DEPTH = 150
DEPTH = 4
"""Passages and cards each leg proposes for one place in the answer."""
Floats = NDArray[np.float32]
Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How the parts of a score count; chosen on the development queries, see docs/search.md."""

    lexical: float = 1.0
    """Of a full word match, against a cosine of 1."""
    standing: float = 0.1
    relevant: float = 0.35
    """From which score on a card's naming another counts as saying something on the question."""
    sharpness: float = 10.0
    names: float = 0.03
    """Of the logarithm of how many names a card goes by."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One card found."""

    position: int
    """Among the shelf's cards."""
    row: int
    """Its best passage."""
    score: float
    cosine: float
    share: float
    """0 to 1: how much of the question's words, by rarity, the card holds."""
    citing: int
    """How many cards name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of a shelf."""

    text: str
    vector: Floats
    """Unit, float32 (dimension,)."""
    allowed: Positions | None = None
    """Positions of the cards that may be found; None for all."""
    top: int = 10
    legs: frozenset[Leg] = ALL_LEGS
    weights: Weights = Weights()


def rank(shelf: Shelf, asked: Asked) -> list[Ranked]:
    """The best cards, best first; at most `asked.top`."""
    if asked.top <= 0 or len(shelf.table.keys) == 0:
        return []
    mask = _mask(shelf, asked.allowed)
    depth = max(LEAST_DEPTH, DEPTH * asked.top)
    words, bound = shelf.lexical.scores(asked.text)
    found = [np.zeros(0, np.int64)]
    if "dense" in asked.legs:
        found.append(_dense_candidates(shelf, asked, mask, depth))
    if "lexical" in asked.legs:
        found.append(_word_candidates(words, mask, depth))
    candidates = _distinct(np.concatenate(found))
    if "standing" in asked.legs:
        candidates = _with_cited(shelf, candidates, mask)
    if len(candidates) == 0:
        return []
    return _scored(shelf, asked, candidates, words / bound)


def _scored(shelf: Shelf, asked: Asked, candidates: Positions, shares: Floats) -> list[Ranked]:
    cosines, rows = _cosines(shelf, asked.vector, candidates)
    scores = _fused(asked, cosines, shares[candidates])
    if "standing" in asked.legs:
        scores = scores + _standing(shelf, asked, candidates, shares)
    order = np.argsort(-scores, kind="stable")[: asked.top]
    return [
        Ranked(
            position=int(candidates[at]),
            row=int(rows[at]),
            score=float(scores[at]),
            cosine=float(cosines[at]),
            share=float(shares[candidates[at]]),
            citing=len(shelf.citing.of(int(candidates[at]))),
        )
        for at in order
    ]


def _mask(shelf: Shelf, allowed: Positions | None) -> NDArray[np.bool_] | None:
    if allowed is None:
        return None
    mask = np.zeros(len(shelf.table.keys), bool)
    mask[allowed] = True
    return None if mask.all() else mask


def _dense_candidates(
    shelf: Shelf, asked: Asked, mask: NDArray[np.bool_] | None, depth: int
) -> Positions:
    rows = None if mask is None else mask[shelf.card_of]
    best, _ = shelf.vectors.search(asked.vector, allowed=rows, top=depth)
    return shelf.card_of[best].astype(np.int64)


def _word_candidates(words: Floats, mask: NDArray[np.bool_] | None, depth: int) -> Positions:
    some = np.flatnonzero(words if mask is None else words * mask)
    if len(some) > depth:
        some = some[np.argpartition(-words[some], depth)[:depth]]
    return some.astype(np.int64)


def _with_cited(shelf: Shelf, candidates: Positions, mask: NDArray[np.bool_] | None) -> Positions:
    named = shelf.cited.take(candidates).values.astype(np.int64)
    if mask is not None:
        named = named[mask[named]]
    return _distinct(np.concatenate([candidates, named]))


def _distinct(positions: Positions) -> Positions:
    """Sorted, no repeats; several times quicker than numpy's for so few."""
    ordered = np.sort(positions)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def _cosines(shelf: Shelf, vector: Floats, cards: Positions) -> tuple[Floats, Positions]:
    """Each card's best cosine and the passage row that gives it."""
    rows, starts = spans(shelf.table.passages.starts, cards)
    every = shelf.vectors.rows(rows) @ vector - _LESS[shelf.table.kinds[rows]]
    best = np.maximum.reduceat(every, starts[:-1])
    at_best = np.flatnonzero(every == np.repeat(best, np.diff(starts)))
    first = at_best[np.searchsorted(at_best, starts[:-1])]
    return best, rows[first]


def _fused(asked: Asked, cosines: Floats, shares: Floats) -> Floats:
    if "dense" not in asked.legs:
        return shares
    if "lexical" not in asked.legs:
        return cosines
    fused: Floats = cosines + np.float32(asked.weights.lexical) * shares
    return fused


def _standing(shelf: Shelf, asked: Asked, candidates: Positions, shares: Floats) -> Floats:
    weights = asked.weights
    citing, starts = spans(shelf.citing.starts, candidates)
    naming = shelf.citing.values[citing]
    said = np.zeros(len(candidates) + 1, np.float64)
    if len(naming):
        cards, back = np.unique(naming.astype(np.int64), return_inverse=True)
        fused = _fused(asked, _cosines(shelf, asked.vector, cards)[0], shares[cards])
        sums = np.concatenate([[0.0], np.cumsum(np.maximum(fused - weights.relevant, 0)[back])])
        said[:-1] = sums[starts[1:]] - sums[starts[:-1]]
    named = weights.standing * np.log1p(weights.sharpness * said[:-1])
    known: Floats = (named + weights.names * shelf.name_weight[candidates]).astype(np.float32)
    return known
