"""Keeps copies of one dataset together: the statements behind `Store.join`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, bindparam, func, select, update

from catalog_sync import same
from catalog_sync.schema import CARD, CARD_LANGUAGE, CARD_TOKEN, FACET, NAMED, STATE, TERMS
from catalog_sync.store_rows import MODALITIES
from catalog_sync.store_turn import advance, chunks, turn
from catalog_sync.store_visible import elect


def join(connection: Connection) -> int:
    """Join the copies among all cards as they are now; returns how many cards changed group.

    The outcome depends on the cards alone, never on the order in which they came.
    """
    revision = turn(connection)
    joined = select(STATE.c.value).where(STATE.c.name == "joined")
    if connection.execute(joined).scalar_one() == revision:
        return 0
    groups = {key: min(group) for group in same.join(_members(connection)) for key in group}
    moved = _moved(connection, groups)
    if moved:
        revision = advance(connection)
        _move(connection, moved, groups, revision)
    connection.execute(update(STATE).where(STATE.c.name == "joined").values(value=revision))
    return len(moved)


def _members(connection: Connection) -> list[same.Member]:
    shared = select(CARD_TOKEN.c.code).group_by(CARD_TOKEN.c.code).having(func.count() > 1)
    tokens: dict[int, set[str]] = defaultdict(set)
    rows = connection.execute(
        select(CARD_TOKEN.c.key, CARD_TOKEN.c.code).where(CARD_TOKEN.c.code.in_(shared))
    )
    for key, code in rows:
        tokens[key].add(code)
    languages = _languages(connection, tokens)
    members: list[same.Member] = []
    for chunk in chunks(tokens):
        found = connection.execute(
            select(
                FACET.c.key,
                FACET.c.id,
                FACET.c.source,
                FACET.c.modalities,
                NAMED.c.name_folded,
                NAMED.c.native_folded,
                TERMS.c.licence,
            )
            .join(TERMS, TERMS.c.id == FACET.c.terms_id)
            .join(CARD, CARD.c.key == FACET.c.key)
            .join(NAMED, NAMED.c.key == FACET.c.key)
            .where(FACET.c.key.in_(chunk), CARD.c.withdrawn_at.is_(None))
        )
        for row in found:
            modalities = (
                code for bit, code in enumerate(MODALITIES) if row.modalities & (1 << bit)
            )
            members.append(
                same.Member(
                    key=row.key,
                    id=row.id,
                    source=row.source,
                    tokens=frozenset(tokens[row.key]),
                    words=same.words(row.name_folded, row.native_folded),
                    licence=row.licence,
                    languages=languages.get(row.key, frozenset()),
                    modalities=frozenset(modalities),
                )
            )
    return members


def _languages(connection: Connection, keys: Collection[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for chunk in chunks(keys):
        rows = connection.execute(
            select(CARD_LANGUAGE.c.key, CARD_LANGUAGE.c.code).where(CARD_LANGUAGE.c.key.in_(chunk))
        )
        for key, code in rows:
            found[key].add(code)
    return {key: frozenset(codes) for key, codes in found.items()}


def _moved(connection: Connection, groups: Mapping[int, int]) -> dict[int, int]:
    """Keys whose group is another one than they stand in, with the one they stand in."""
    rows = connection.execute(select(FACET.c.key, FACET.c.group_key).where(FACET.c.alone == 0))
    stood = {key: group_key for key, group_key in rows}
    return {
        key: stood.get(key, key)
        for key in stood.keys() | groups.keys()
        if (key in groups) != (key in stood) or groups.get(key) != stood.get(key)
    }


def _move(
    connection: Connection, moved: Mapping[int, int], groups: Mapping[int, int], revision: int
) -> None:
    rows = [
        {"_key": key, "group_key": groups.get(key, key), "alone": int(key not in groups)}
        for key in sorted(moved)
    ]
    connection.execute(
        update(FACET)
        .where(FACET.c.key == bindparam("_key"))
        .values(group_key=bindparam("group_key"), alone=bindparam("alone")),
        rows,
    )
    for chunk in chunks(moved):
        connection.execute(update(CARD).where(CARD.c.key.in_(chunk)).values(revision=revision))
    elect(connection, {*moved.values(), *(groups.get(key, key) for key in moved)})
