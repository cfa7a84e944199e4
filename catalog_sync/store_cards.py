"""Remembers cards that were read lately, so that showing them again does not parse them again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import NamedTuple

from catalog_sync.card import DatasetCard
from catalog_sync.vet import Finding

MOST = 2000
"""Cards remembered: about 30 MB where descriptions are long."""


class Seal(NamedTuple):
    """What one card's text stands under; every write of the text gives it another revision."""

    key: int
    revision: int
    digest: str


class Read(NamedTuple):
    """A card's text, read."""

    card: DatasetCard
    findings: tuple[Finding, ...]


class Cards:
    """The cards read last; safe to use from several threads."""

    def __init__(self, most: int = MOST) -> None:
        self._guard = Lock()
        self._most = most
        self._read: OrderedDict[Seal, Read] = OrderedDict()

    def get(self, seals: Iterable[Seal]) -> dict[int, Read]:
        """Those of these cards that are remembered, by key."""
        found: dict[int, Read] = {}
        with self._guard:
            for seal in seals:
                read = self._read.get(seal)
                if read is not None:
                    self._read.move_to_end(seal)
                    found[seal.key] = read
        return found

    def keep(self, seal: Seal, read: Read) -> None:
        """Remember a card, forgetting those longest unused."""
        with self._guard:
            self._read[seal] = read
            while len(self._read) > self._most:
                self._read.popitem(last=False)
