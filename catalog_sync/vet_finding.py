"""What a rule found on a card, and how grave it is."""

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


def hold(code: str, text: str) -> Finding:
    """Keeps the card out of sight."""
    return Finding(level="hold", code=code, text=text)


def warn(code: str, text: str) -> Finding:
    """Shown with the card, for care."""
    return Finding(level="warn", code=code, text=text)


def note(code: str, text: str) -> Finding:
    """Shown with the card, for completeness."""
    return Finding(level="note", code=code, text=text)


def short(text: str) -> str:
    """The beginning of a text, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= 120 else words[:119] + "…"
