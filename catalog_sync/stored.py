"""The values that the card store hands out: a stored card, a change, a figure, a hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from catalog_sync.card import DatasetCard
from catalog_sync.source import SyncError
from catalog_sync.vet import Finding

GroupedBy = Literal["language", "task", "licence", "source", "publisher", "modality", "access"]


class StoreError(SyncError):
    """The database cannot be used as it is."""


class StoreBusy(SyncError):
    """Another run is writing to this store."""


class NoSuchCard(SyncError):
    """No card with this id, or none in the state that the call needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCard:
    """A card with what the store knows about it."""

    key: int
    """Monotonic, 64 bit, never used twice."""
    card: DatasetCard
    terms_fingerprint: str
    """Equal for cards whose terms are equal: a verdict may be kept by it."""
    revision: int
    """The store's revision at which anything about this card changed last."""
    seen_at: datetime
    """When a run last read this record at its source."""
    withdrawn_at: datetime | None
    findings: tuple[Finding, ...]
    held: bool
    group: int
    """Equal for copies of one dataset; the smallest key among them."""
    copies: tuple[str, ...]
    """Ids of the other visible cards of the same dataset."""

    @property
    def visible(self) -> bool:
        """Neither held nor withdrawn."""
        return not self.held and self.withdrawn_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One card that changed after a revision."""

    key: int
    revision: int
    card: DatasetCard | None
    """None: no longer to be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Figures of the cards that share one value."""

    key: str | None
    """The shared code; None for the cards that state none."""
    datasets: int
    hours: float | None
    """Sum over the cards that state hours; for languages, over those in this language alone.

    None where no such card states any."""
    validated_hours: float | None
    """Likewise."""
    bytes: int | None
    """Likewise."""
    with_hours: int
    """How many cards `hours` sums."""
    shared_hours: float | None
    """Only for languages: hours of cards that cover several, and so belong to no single one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How far one source was read."""

    source: str
    complete_at: datetime | None
    """End of the last run that walked the whole source."""
    run_at: datetime
    """Start of the last run, complete or not."""
    complete: bool
    """Whether that last run was."""
    read: int
    """Records the last run read."""
    visible: int
    """Cards of this source that can be found now."""
    failed: int
    """Records that could not be read when last tried."""
    stopped: str | None
    """Why the last run ended early; None where it did not, or was killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One card kept out of sight, or released, with its reasons."""

    id: str
    name: str
    digest: str
    reasons: tuple[Finding, ...]
    held_at: datetime
    released_at: datetime | None
    released_by: str | None
    released_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one `put` did, by card id, in the order given."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]
    held: tuple[str, ...]
    """Those of the cards above that are now kept out of sight."""
