"""What a search gives back: candidates, near misses, and what giving up a limit would bring."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.reply import Match
from catalog_sync.stored import StoredCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One dataset found, and how it fares on each limit."""

    stored: StoredCard
    score: float
    why: str
    matches: tuple[Match, ...]
    telling: int = 0
    """How many of the person's rare words its name, tags or summary hold."""

    @property
    def certain(self) -> bool:
        """Every limit is known to be met."""
        return all(match.state == "yes" for match in self.matches)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """What giving up one limit would bring."""

    limit: str
    """As `dialogue.without` knows it."""
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer to one need."""

    candidates: tuple[Candidate, ...]
    total: int
    """Datasets that surely meet every limit."""
    unsure: int
    """Datasets that may, where a figure or a licence is not stated."""
    nearest: tuple[Candidate, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    """Most helpful first; only when nothing was found."""
    absent: tuple[str, ...] = ()
    """Languages asked for that nothing in the catalogue is in, by name."""
    trace: tuple[str, ...] = ()
