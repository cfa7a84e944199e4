"""Finds the copies of one dataset that several sources list.

Pure. A token is something that two copies have in common: a DOI, an address, or a name together
with languages and release; never a name alone. The outcome depends on the cards alone, not on the
order in which they come.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog_sync.card import DatasetCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What decides whether a card is a copy of another one."""

    key: int
    id: str
    source: str
    tokens: frozenset[str]
    licence: str | None
    languages: frozenset[str]
    modalities: frozenset[str]


def tokens(card: DatasetCard) -> frozenset[str]:
    """What a copy of this card in another source would have in common with it."""
    return frozenset()


def merit(card: DatasetCard) -> int:
    """How much a card tells: of several copies the one with the most is shown."""
    return 0


def join(members: Iterable[Member]) -> list[tuple[int, ...]]:
    """Groups of two keys and more."""
    return []
