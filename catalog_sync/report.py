"""What a sync run tells: how far it is, and in the end what it did."""

from __future__ import annotations

from dataclasses import dataclass

from catalog_sync.source import Failed
from catalog_sync.stored import Hold


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncProgress:
    """How far a run is, in records; a part walked by an earlier process counts."""

    source: str
    read: int
    new: int
    changed: int
    same: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What a run did, in records; a part walked by an earlier process counts."""

    source: str
    complete: bool
    """The whole source was walked, and what is gone from it was withdrawn."""
    read: int
    """Records met, those that failed among them."""
    new: int
    changed: int
    same: int
    withdrawn: int
    held: tuple[Hold, ...]
    """Every card of this source that is kept out of sight now, with the reasons."""
    failed: tuple[Failed, ...]
    """Every record that could not be read, with why."""
    seconds: float
    """Of this process alone."""
    stopped: str | None = None
    """Why the run is not complete, and the next move."""
    resumed: bool = False
    """Whether it went on from where an earlier run broke off."""
