"""Decides which cards can be seen: holds, releases, withdrawals and the choice among copies."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select, update

from catalog_sync.schema import CARD, FACET, HOLD
from catalog_sync.store_turn import Mark, advance, chunks, turn


def elect(connection: Connection, groups: Collection[int]) -> None:
    """Show the best visible card of each of these groups, and only that one."""
    for chunk in chunks(groups):
        rows = connection.execute(
            select(FACET.c.key, FACET.c.group_key, FACET.c.visible)
            .where(FACET.c.group_key.in_(chunk))
            .order_by(FACET.c.merit.desc(), FACET.c.id)
        ).all()
        best: dict[int, int] = {}
        for key, group_key, visible in rows:
            if visible:
                best.setdefault(group_key, key)
        connection.execute(
            update(FACET).where(FACET.c.group_key.in_(chunk), FACET.c.shown == 1).values(shown=0)
        )
        for keys in chunks(best.values()):
            connection.execute(update(FACET).where(FACET.c.key.in_(keys)).values(shown=1))


def keys_of(connection: Connection, ids: Collection[str]) -> list[int]:
    """The keys of the cards with these ids; ids that do not exist are left out."""
    keys: list[int] = []
    for chunk in chunks(ids):
        keys.extend(connection.execute(select(CARD.c.key).where(CARD.c.id.in_(chunk))).scalars())
    return keys


def withdraw(connection: Connection, keys: Collection[int], why: str, mark: Mark) -> int:
    """Take cards out of sight; returns how many were not withdrawn before."""
    turn(connection)
    standing: list[tuple[int, int]] = []
    for chunk in chunks(keys):
        rows = connection.execute(
            select(CARD.c.key, FACET.c.group_key)
            .join(FACET, FACET.c.key == CARD.c.key)
            .where(CARD.c.key.in_(chunk), CARD.c.withdrawn_at.is_(None))
        )
        standing.extend((key, group_key) for key, group_key in rows)
    if not standing:
        return 0
    revision = advance(connection)
    for chunk in chunks(key for key, _ in standing):
        connection.execute(
            update(CARD)
            .where(CARD.c.key.in_(chunk))
            .values(withdrawn_at=mark.at, withdrawn_why=why, revision=revision)
        )
        connection.execute(update(FACET).where(FACET.c.key.in_(chunk)).values(visible=0, shown=0))
    elect(connection, {group_key for _, group_key in standing})
    return len(standing)


def release(connection: Connection, key: int, by: tuple[str, str], mark: Mark) -> bool:
    """Let a held card be shown; `by` is who, and why. False where it is not held."""
    turn(connection)
    row = connection.execute(
        select(CARD.c.digest, CARD.c.withdrawn_at, FACET.c.group_key)
        .join(FACET, FACET.c.key == CARD.c.key)
        .where(CARD.c.key == key, CARD.c.held == 1)
    ).one_or_none()
    if row is None:
        return False
    stood, withdrawn_at, group_key = row
    connection.execute(
        update(HOLD)
        .where(HOLD.c.key == key, HOLD.c.digest == stood, HOLD.c.released_at.is_(None))
        .values(released_at=mark.at, released_by=by[0], released_reason=by[1])
    )
    connection.execute(
        update(CARD).where(CARD.c.key == key).values(held=0, revision=advance(connection))
    )
    visible = int(withdrawn_at is None)
    connection.execute(update(FACET).where(FACET.c.key == key).values(visible=visible))
    elect(connection, {group_key})
    return True
