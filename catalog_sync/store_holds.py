"""Lists and releases held cards: the statements behind `Store.holds` and `release_hold`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from catalog_sync import card as cards
from catalog_sync.schema import BODY, CARD, HOLD
from catalog_sync.store_read import moment
from catalog_sync.store_rows import findings_of
from catalog_sync.store_turn import Mark, as_text
from catalog_sync.store_visible import release as release_key
from catalog_sync.stored import Hold, NoSuchCard, StoreError


def holds(connection: Connection, source: str | None, *, released: bool) -> tuple[Hold, ...]:
    """Open holds, or the released ones, by card id."""
    wanted = (
        select(
            CARD.c.id, BODY.c.json, HOLD.c.digest, HOLD.c.reasons, HOLD.c.held_at,
            HOLD.c.released_at, HOLD.c.released_by, HOLD.c.released_reason,
        )
        .join(CARD, CARD.c.key == HOLD.c.key)
        .join(BODY, BODY.c.key == CARD.c.key)
        .order_by(CARD.c.id, HOLD.c.number)
    )  # fmt: skip
    if released:
        wanted = wanted.where(HOLD.c.released_at.is_not(None))
    else:
        wanted = wanted.where(
            HOLD.c.released_at.is_(None),
            CARD.c.held == 1,
            CARD.c.digest == HOLD.c.digest,
            CARD.c.withdrawn_at.is_(None),
        )
    if source is not None:
        wanted = wanted.where(CARD.c.source == source)
    return tuple(
        Hold(
            id=row.id,
            name=cards.from_json(row.json).name,
            digest=row.digest,
            reasons=findings_of(row.reasons),
            held_at=datetime.fromisoformat(row.held_at),
            released_at=moment(row.released_at),
            released_by=row.released_by,
            released_reason=row.released_reason,
        )
        for row in connection.execute(wanted)
    )


def release(connection: Connection, id_: str, actor: str, reason: str, at: datetime) -> None:
    """Put the release on record and let the card be shown."""
    if not actor.strip() or not reason.strip():
        raise StoreError(
            f"The hold on {id_!r} cannot be released by {actor!r} because of {reason!r}. "
            "Expected who releases it, and why: both go on record."
        )
    key = connection.execute(select(CARD.c.key).where(CARD.c.id == id_)).scalar_one_or_none()
    mark = Mark(at=as_text(at))
    if key is None or not release_key(connection, key, (actor.strip(), reason.strip()), mark):
        raise NoSuchCard(f"No card called {id_!r} is held. `holds` lists those that are.")
