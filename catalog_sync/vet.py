"""Rules over one card: what a person should know of it, and what must not be shown at all.

Pure: the day is an argument.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["note", "warn", "hold"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a rule found on a card."""

    level: Level
    """`note` and `warn` are shown with the card; `hold` keeps it out of sight."""
    code: str
    text: str
    """For a person, with the words that gave rise to it."""
