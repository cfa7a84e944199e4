"""Sets of languages by family, place or kind, named inside a sentence."""

from __future__ import annotations

from catalog_sync.language_answer import GroupMention


def find_groups(text: str) -> tuple[GroupMention, ...]:
    """Groups."""
    return ()


def group(label: str) -> GroupMention | None:
    """Group."""
    return None
