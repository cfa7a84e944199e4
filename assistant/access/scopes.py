"""Which scopes a card lies in: itself, its publisher's in its source, its source's. Pure."""

from __future__ import annotations

from assistant.access.values_owner import Scope
from catalog_sync.card import DatasetCard


def scopes(card_id: str, source: str, publisher: str | None) -> tuple[Scope, ...]:
    """The scopes that a card lies in, the narrowest first."""
    found = [Scope(kind="card", value=card_id)]
    if publisher:
        found.append(publisher_scope(source, publisher))
    found.append(Scope(kind="source", value=source))
    return tuple(found)


def scopes_of(card: DatasetCard) -> tuple[Scope, ...]:
    """The scopes of a card."""
    return scopes(card.id, card.source, card.publisher)


def publisher_scope(source: str, publisher: str) -> Scope:
    """All that one publisher has in one source."""
    return Scope(kind="publisher", value=f"{source}/{' '.join(publisher.split())}")
