"""Which datasets a watch means, now: by the limits of a need, or by words where it has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant import filters, nearness
from assistant.candidates import Searcher
from assistant.limits import identifies
from assistant.need import Need
from assistant.understand import rules, say
from catalog_sync.card import DatasetCard
from catalog_sync.store import Store
from catalog_sync.stored import StoredCard

Keys = NDArray[np.int64]


class Matcher(Protocol):
    """The catalogue as watches see it."""

    def read(self, words: str) -> Need | None:
        """What the words ask for; None: nothing that a dataset could meet."""
        ...

    def revision(self, need: Need) -> int:
        """Up to which revision of the catalogue `matching` and `near` can tell for this need."""
        ...

    def changed(self, since: int, until: int) -> Keys:
        """Keys of the cards that changed after one revision, up to another."""
        ...

    def matching(self, need: Need) -> Keys:
        """Keys of the datasets that surely meet the need."""
        ...

    def near(self, need: Need, keys: Keys) -> Keys:
        """Those of these that the words mean, for a need that its limits do not identify."""
        ...

    def cards(self, keys: Keys) -> Sequence[StoredCard]:
        """The visible ones of these."""
        ...

    def is_there(self, card_id: str) -> bool:
        """Whether this dataset may be shown."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueMatcher:
    """A `Matcher` over the store and its index."""

    store: Store
    clock: Callable[[], datetime]
    search: Searcher | None = None
    """None: nothing is found by words alone."""
    indexed: Callable[[], int] | None = None
    """The store's revision that the index covers; None: always all of it."""

    def read(self, words: str) -> Need | None:
        """What the words ask for; None: nothing that a dataset could meet."""
        need = rules.read(words).stated
        by_words = self.search is not None and bool(say.query(need).strip())
        return need if identifies(need) or by_words else None

    def revision(self, need: Need) -> int:
        """The store's; for a need of words alone as far as the index goes."""
        newest = self.store.revision()
        if identifies(need) or self.indexed is None:
            return newest
        return min(newest, self.indexed())

    def changed(self, since: int, until: int) -> Keys:
        """Keys of the cards that changed after one revision, up to another."""
        changes = self.store.changed_since(since)
        found = (change.key for change in changes if change.revision <= until and change.card)
        return np.fromiter(found, np.int64)

    def matching(self, need: Need) -> Keys:
        """Keys of the datasets that surely meet the need, ascending."""
        tongues = filters.tongues_of(self.store, self.store.revision())
        asked = filters.filter_for(
            need, store=self.store, tongues=tongues, today=self.clock().date(), certain=True
        )
        return self.store.matching(asked)

    def near(self, need: Need, keys: Keys) -> Keys:
        """Those of these that the words mean; all of them where limits say which data is meant."""
        if identifies(need) or len(keys) == 0:
            return keys
        if self.search is None:
            return keys[:0]
        hits = self.search.find(say.query(need), allowed=keys, top=len(keys))
        return np.array([hit.key for hit in hits if nearness.answers(hit)], np.int64)

    def cards(self, keys: Keys) -> Sequence[StoredCard]:
        """The visible ones of these."""
        return [one for one in self.store.get_keys(keys).values() if one.visible]

    def is_there(self, card_id: str) -> bool:
        """Whether this dataset may be shown."""
        stored = self.store.get(card_id)
        return stored is not None and stored.visible


def note(card: DatasetCard) -> str:
    """A dataset in a few words, beside its name."""
    hours = f"{card.size.hours:,.0f} h" if card.size.hours else ""
    return ", ".join(word for word in (card.terms.licence or "", hours) if word)
