"""Reads cards: the statements behind `Store.get`, `changed_since`, `named` and `tagged`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import BindParameter, Connection, Engine, Select, bindparam, or_, select

from catalog_sync.clauses import Terms
from catalog_sync.schema import BODY, CARD, CARD_TAG, FACET, NAMED, TERMS
from catalog_sync.store_cards import Cards, Read, Seal
from catalog_sync.store_rows import card_of, findings_of, fold, terms_of
from catalog_sync.store_turn import chunks
from catalog_sync.stored import Change, StoredCard, StoreError

TermsCache = dict[int, Terms]
"""Terms by their row's id: a row is never changed once written."""

States = Select[int, int, str, int, int, int, str, str | None, str]
_STATES: States = (
    select(
        CARD.c.key, CARD.c.revision, CARD.c.digest, FACET.c.group_key, FACET.c.alone,
        CARD.c.held, CARD.c.seen_at, CARD.c.withdrawn_at, TERMS.c.fingerprint,
    )
    .join(FACET, FACET.c.key == CARD.c.key)
    .join(TERMS, TERMS.c.id == CARD.c.terms_id)
)  # fmt: skip
_WANTED: BindParameter[object] = bindparam("wanted", expanding=True)
STATES_BY_KEY = _STATES.where(CARD.c.key.in_(_WANTED))
STATES_BY_ID = _STATES.where(CARD.c.id.in_(_WANTED))
_TEXTS = (
    select(
        CARD.c.key, CARD.c.revision, CARD.c.digest, CARD.c.terms_id, BODY.c.json, BODY.c.findings
    )
    .join(BODY, BODY.c.key == CARD.c.key)
    .where(CARD.c.key.in_(_WANTED))
)


_REVISION = "SELECT value FROM state WHERE name = 'revision'"


def revision(connection: Connection) -> int:
    """The number of the last change."""
    return int(connection.exec_driver_sql(_REVISION).scalar_one())


def revision_now(engine: Engine) -> int:
    """The same outside any transaction, several times quicker: each answer asks often."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(_REVISION)
        row = cursor.fetchone()
    finally:
        connection.close()
    if row is None:
        raise StoreError("The card store's table of states has no revision. Expected one.")
    return int(row[0])


def identity(connection: Connection) -> int:
    """The number drawn when the database was made."""
    found = connection.exec_driver_sql("SELECT value FROM state WHERE name = 'identity'")
    return int(found.scalar_one())


def terms_by_id(connection: Connection, ids: Collection[int], cache: TermsCache) -> TermsCache:
    """The cache, with these ids in it."""
    for chunk in chunks(id_ for id_ in set(ids) if id_ not in cache):
        rows = connection.execute(select(TERMS.c.id, TERMS.c.json).where(TERMS.c.id.in_(chunk)))
        for id_, json in rows:
            cache[id_] = terms_of(json)
    return cache


def stored(
    connection: Connection,
    states: States,
    values: Sequence[int] | Sequence[str],
    cache: TermsCache,
    cards: Cards,
) -> list[StoredCard]:
    """The cards with one of these values, in any order.

    Args:
        connection: Shows one state of the database throughout.
        states: `STATES_BY_KEY` or `STATES_BY_ID`.
        values: Keys or ids.
        cache: Terms read so far.
        cards: Cards read so far.
    """
    found: list[StoredCard] = []
    for chunk in chunks(values):
        rows = connection.execute(states, {"wanted": chunk}).tuples().all()
        read = _read(connection, [Seal(row[0], row[1], row[2]) for row in rows], cache, cards)
        copies = _copies(connection, [row[3] for row in rows if not row[4]])
        for key, revision_, _, group, _, held, seen_at, withdrawn_at, mark in rows:
            card, findings = read[key]
            found.append(
                StoredCard(
                    key=key,
                    card=card,
                    terms_fingerprint=mark,
                    revision=revision_,
                    seen_at=datetime.fromisoformat(seen_at),
                    withdrawn_at=moment(withdrawn_at),
                    findings=findings,
                    held=bool(held),
                    group=group,
                    copies=tuple(id_ for id_ in copies.get(group, ()) if id_ != card.id),
                )
            )
    return found


def _read(
    connection: Connection, seals: Sequence[Seal], cache: TermsCache, cards: Cards
) -> dict[int, Read]:
    """The cards by key; only those not remembered are read."""
    found = cards.get(seals)
    lacking = [seal.key for seal in seals if seal.key not in found]
    if lacking:
        rows = connection.execute(_TEXTS, {"wanted": lacking}).all()
        terms = terms_by_id(connection, [row.terms_id for row in rows], cache)
        for row in rows:
            read = Read(card_of(row.json, terms[row.terms_id]), findings_of(row.findings))
            cards.keep(Seal(row.key, row.revision, row.digest), read)
            found[row.key] = read
    return found


def moment(text: str | None) -> datetime | None:
    """A moment as the tables keep it."""
    return None if text is None else datetime.fromisoformat(text)


def _copies(connection: Connection, groups: Collection[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for chunk in chunks(groups):
        rows = connection.execute(
            select(FACET.c.group_key, FACET.c.id)
            .where(FACET.c.group_key.in_(chunk), FACET.c.visible == 1)
            .order_by(FACET.c.merit.desc(), FACET.c.id)
        )
        for group_key, id_ in rows:
            found[group_key] = (*found.get(group_key, ()), id_)
    return found


def changed(
    connection: Connection, after: tuple[int, int], limit: int, cache: TermsCache
) -> list[Change]:
    """The next changes after (revision, key), in that order."""
    since, key = after
    rows = connection.execute(
        select(CARD.c.key, CARD.c.revision, CARD.c.terms_id, BODY.c.json, FACET.c.visible)
        .join(BODY, BODY.c.key == CARD.c.key)
        .join(FACET, FACET.c.key == CARD.c.key)
        .where(
            or_(CARD.c.revision > since, (CARD.c.revision == since) & (CARD.c.key > key)),
            CARD.c.revision >= since,
        )
        .order_by(CARD.c.revision, CARD.c.key)
        .limit(limit)
    ).all()
    terms = terms_by_id(connection, [row.terms_id for row in rows if row.visible], cache)
    return [
        Change(
            key=row.key,
            revision=row.revision,
            card=card_of(row.json, terms[row.terms_id]) if row.visible else None,
        )
        for row in rows
    ]


def all_terms(connection: Connection, cache: TermsCache) -> dict[str, Terms]:
    """Terms of every visible card, by fingerprint."""
    used = select(FACET.c.terms_id).where(FACET.c.visible == 1).distinct()
    rows = connection.execute(
        select(TERMS.c.id, TERMS.c.fingerprint).where(TERMS.c.id.in_(used))
    ).all()
    terms = terms_by_id(connection, [row.id for row in rows], cache)
    return {row.fingerprint: terms[row.id] for row in rows}


def named(connection: Connection, text: str, limit: int) -> list[str]:
    """Ids of the visible cards of this name or id: whole matches first, then beginnings."""
    wanted = fold(text)
    if not wanted:
        return []
    name, native = NAMED.c.name_folded, NAMED.c.native_folded
    end = wanted + "\U0010ffff"
    ways = (
        FACET.c.id == text.strip(),
        name == wanted,
        native == wanted,
        (name >= wanted) & (name < end),
        (native >= wanted) & (native < end),
    )
    found: dict[str, None] = {}
    for way in ways:
        if len(found) >= limit:
            break
        rows = connection.execute(
            select(FACET.c.id)
            .join(NAMED, NAMED.c.key == FACET.c.key)
            .where(way, FACET.c.visible == 1)
            .order_by(FACET.c.shown.desc(), name, FACET.c.id)
            .limit(limit)
        )
        found.update(dict.fromkeys(rows.scalars()))
    return list(found)[:limit]


def tagged(connection: Connection, words: Collection[str]) -> list[str]:
    """Those of `words`, folded, that a shown card has among its tags."""
    asked = dict.fromkeys(words)
    if not asked:
        return []
    holders = CARD_TAG.join(FACET, (FACET.c.key == CARD_TAG.c.key) & (FACET.c.shown == 1))
    held = (
        select(CARD_TAG.c.key).select_from(holders).where(CARD_TAG.c.code == word).exists()
        for word in asked
    )
    row = connection.execute(select(*held)).one()
    return [word for word, found in zip(asked, row, strict=True) if found]
