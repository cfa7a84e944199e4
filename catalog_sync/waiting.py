"""The records that a run has read and not yet committed."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog_sync.source import Cursor, Failed, Gone
from catalog_sync.store import Batch, Vetted


@dataclass(slots=True)
class Waiting:
    """Records between two commits, in the order read."""

    cards: list[Vetted] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    """Native ids."""
    gone: list[Gone] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    cursor: Cursor | None = None
    """The last one met."""

    def __len__(self) -> int:
        return self.read + len(self.gone)

    @property
    def read(self) -> int:
        """How many records a report counts as read."""
        return len(self.cards) + len(self.unchanged) + len(self.failed)

    def batch(self) -> Batch:
        """All of it, to be committed at once."""
        return Batch(
            cards=self.cards,
            unchanged=self.unchanged,
            gone=self.gone,
            failed=self.failed,
            cursor=self.cursor,
        )
