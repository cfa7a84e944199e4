"""Keeps terms once for all the cards that share them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, insert, select

from catalog_sync.clauses import Terms
from catalog_sync.schema import TERMS, TERMS_LICENCE
from catalog_sync.store_rows import licence_ids, terms_row
from catalog_sync.store_turn import chunks
from catalog_sync.terms import fingerprint


def terms_ids(connection: Connection, terms: Iterable[Terms]) -> dict[str, int]:
    """The ids by fingerprint; terms are kept once however many cards share them."""
    prints = {fingerprint(each): each for each in dict.fromkeys(terms)}
    ids = _found_terms(connection, prints)
    fresh = [print_ for print_ in prints if print_ not in ids]
    if fresh:
        connection.execute(insert(TERMS), [terms_row(prints[each]) for each in fresh])
        ids |= _found_terms(connection, fresh)
        named = [
            {"licence": licence, "terms_id": ids[each]}
            for each in fresh
            for licence in sorted(licence_ids(prints[each].licence))
        ]
        if named:
            connection.execute(insert(TERMS_LICENCE), named)
    return ids


def _found_terms(connection: Connection, prints: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chunk in chunks(prints):
        rows = connection.execute(
            select(TERMS.c.fingerprint, TERMS.c.id).where(TERMS.c.fingerprint.in_(chunk))
        )
        found.update((print_, id_) for print_, id_ in rows)
    return found
