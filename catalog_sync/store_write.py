"""Writes cards: the statements behind `Store.put`.

Every function works inside the caller's transaction, which holds the revision counter's row from
`turn` on: writers follow one another, so that no reader sees a later revision before an earlier.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import BindParameter, Connection, Table, bindparam, delete, insert, select, update

from catalog_sync import same
from catalog_sync.card import DatasetCard, digest
from catalog_sync.schema import (
    BODY,
    CARD,
    CARD_LANGUAGE,
    CARD_TAG,
    CARD_TASK,
    CARD_TOKEN,
    FACET,
    HOLD,
    NAMED,
)
from catalog_sync.store_rows import Row, body, facet, findings_json, findings_of, fold, named
from catalog_sync.store_terms import terms_ids
from catalog_sync.store_turn import Mark, advance, chunks, turn
from catalog_sync.store_visible import elect
from catalog_sync.stored import Written
from catalog_sync.terms import fingerprint
from catalog_sync.vet import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Vetted:
    """A card with what was found on it."""

    card: DatasetCard
    findings: tuple[Finding, ...] = ()
    stamp: str | None = None
    """Of the record it was made of, see `rules.stamp`; None where that is not kept."""

    @property
    def against(self) -> tuple[Finding, ...]:
        """The findings that keep it out of sight."""
        return tuple(each for each in self.findings if each.level == "hold")


@dataclass(frozen=True, slots=True)
class _Known:
    key: int
    digest: str
    findings: str
    held: bool
    withdrawn: bool
    group_key: int
    alone: int


@dataclass(slots=True)
class _Put:
    """One card on its way into the tables."""

    vetted: Vetted
    digest: str
    findings: str
    known: _Known | None
    key: int = 0
    held: bool = False

    @property
    def same(self) -> bool:
        known = self.known
        return (
            known is not None
            and known.digest == self.digest
            and known.findings == self.findings
            and not known.withdrawn
        )


def put(connection: Connection, cards: Sequence[Vetted], mark: Mark) -> Written:
    """Write cards as they are now; those that did not change are only marked as seen."""
    turn(connection)
    known = _known(connection, [each.card.id for each in cards])
    puts = [
        _Put(each, digest(each.card), findings_json(each.findings), known.get(each.card.id))
        for each in cards
    ]
    same_cards = [each for each in puts if each.same]
    other = [each for each in puts if not each.same]
    see(connection, [each.known.key for each in same_cards if each.known], mark)
    _restamp(connection, same_cards)
    if other:
        _write(connection, other, advance(connection), mark)
    for each in same_cards:
        each.held = each.known is not None and each.known.held
    return Written(
        new=tuple(each.vetted.card.id for each in other if each.known is None),
        changed=tuple(each.vetted.card.id for each in other if each.known is not None),
        same=tuple(each.vetted.card.id for each in same_cards),
        held=tuple(each.vetted.card.id for each in puts if each.held),
    )


def _known(connection: Connection, ids: Collection[str]) -> dict[str, _Known]:
    found: dict[str, _Known] = {}
    columns = select(
        CARD.c.id, CARD.c.key, CARD.c.digest, BODY.c.findings, CARD.c.held, CARD.c.withdrawn_at,
        FACET.c.group_key, FACET.c.alone,
    )  # fmt: skip
    joined = CARD.join(BODY, BODY.c.key == CARD.c.key).join(FACET, FACET.c.key == CARD.c.key)
    for chunk in chunks(ids):
        rows = connection.execute(columns.select_from(joined).where(CARD.c.id.in_(chunk)))
        for id_, key, stood, findings, held, withdrawn_at, group_key, alone in rows:
            found[id_] = _Known(
                key, stood, findings, bool(held), withdrawn_at is not None, group_key, alone
            )
    return found


def see(connection: Connection, keys: Collection[int], mark: Mark) -> None:
    """Record that these cards were met at their source."""
    for chunk in chunks(keys):
        connection.execute(
            update(CARD).where(CARD.c.key.in_(chunk)).values(seen_at=mark.at, seen_run=mark.run)
        )


def _restamp(connection: Connection, puts: list[_Put]) -> None:
    rows = [
        {"_key": each.known.key, "stamp": each.vetted.stamp}
        for each in puts
        if each.known is not None and each.vetted.stamp is not None
    ]
    if rows:
        connection.execute(
            update(CARD).where(CARD.c.key == bindparam("_key")).values(stamp=bindparam("stamp")),
            rows,
        )


def _write(connection: Connection, puts: list[_Put], revision: int, mark: Mark) -> None:
    terms = terms_ids(connection, [each.vetted.card.terms for each in puts])
    rows: list[Row] = [
        {
            "id": each.vetted.card.id,
            "source": each.vetted.card.source,
            "native_id": each.vetted.card.native_id,
            "digest": each.digest,
            "stamp": each.vetted.stamp,
            "terms_id": terms[fingerprint(each.vetted.card.terms)],
            "revision": revision,
            "seen_at": mark.at,
            "seen_run": mark.run,
            "withdrawn_at": None,
            "withdrawn_why": None,
            "held": 0,
        }
        for each in puts
    ]
    _name_keys(connection, puts, rows, mark)
    _hold(connection, puts, mark)
    _write_parts(connection, puts, terms)
    groups = {
        each.known.group_key for each in puts if each.known is not None and not each.known.alone
    }
    elect(connection, groups)


def _name_keys(connection: Connection, puts: list[_Put], rows: list[Row], mark: Mark) -> None:
    """Insert the new rows and update the others; every card has its key afterwards."""
    fresh = [
        row | {"first_run": mark.run}
        for row, each in zip(rows, puts, strict=True)
        if each.known is None
    ]
    if fresh:
        connection.execute(insert(CARD), fresh)
    standing = [
        row | {"_key": each.known.key}
        for row, each in zip(rows, puts, strict=True)
        if each.known is not None
    ]
    if standing:
        values: dict[str, BindParameter[object]] = {name: bindparam(name) for name in rows[0]}
        connection.execute(
            update(CARD).where(CARD.c.key == bindparam("_key")).values(values), standing
        )
    keys: dict[str, int] = {}
    for chunk in chunks(each.vetted.card.id for each in puts):
        found = connection.execute(select(CARD.c.id, CARD.c.key).where(CARD.c.id.in_(chunk)))
        keys.update((id_, key) for id_, key in found)
    for each in puts:
        each.key = keys[each.vetted.card.id]


def _hold(connection: Connection, puts: list[_Put], mark: Mark) -> None:
    """Hold what was found wanting, unless an administrator let just this content pass."""
    wanting = [each for each in puts if each.vetted.against]
    decided: dict[tuple[int, str], tuple[set[str], bool]] = {}
    for chunk in chunks(each.key for each in wanting):
        rows = connection.execute(
            select(HOLD.c.key, HOLD.c.digest, HOLD.c.reasons, HOLD.c.released_at)
            .where(HOLD.c.key.in_(chunk))
            .order_by(HOLD.c.number)
        )
        for key, stood, reasons, released_at in rows:
            codes = {reason.code for reason in findings_of(reasons)}
            decided[key, stood] = (codes, released_at is not None)
    fresh: list[Row] = []
    for each in wanting:
        codes, released = decided.get((each.key, each.digest), (set(), False))
        covered = {finding.code for finding in each.vetted.against} <= codes
        each.held = not (released and covered)
        if not covered:
            fresh.append(
                {
                    "key": each.key,
                    "digest": each.digest,
                    "reasons": findings_json(each.vetted.against),
                    "held_at": mark.at,
                }
            )
    if fresh:
        connection.execute(insert(HOLD), fresh)
    for chunk in chunks(each.key for each in puts if each.held):
        connection.execute(update(CARD).where(CARD.c.key.in_(chunk)).values(held=1))


def _write_parts(connection: Connection, puts: list[_Put], terms: Mapping[str, int]) -> None:
    standing = [each.key for each in puts if each.known is not None]
    parts = (BODY, FACET, NAMED, CARD_LANGUAGE, CARD_TASK, CARD_TAG, CARD_TOKEN)
    for table in parts:
        for chunk in chunks(standing):
            connection.execute(delete(table).where(table.c.key.in_(chunk)))
    connection.execute(
        insert(BODY),
        [{"key": each.key} | body(each.vetted.card, each.vetted.findings) for each in puts],
    )
    connection.execute(
        insert(NAMED), [{"key": each.key} | named(each.vetted.card) for each in puts]
    )
    connection.execute(
        insert(FACET), [_facet(each, terms[fingerprint(each.vetted.card.terms)]) for each in puts]
    )
    _write_codes(connection, CARD_LANGUAGE, ((p.key, p.vetted.card.languages) for p in puts))
    _write_codes(connection, CARD_TASK, ((p.key, p.vetted.card.tasks) for p in puts))
    _write_codes(connection, CARD_TAG, ((p.key, map(fold, p.vetted.card.tags)) for p in puts))
    _write_codes(connection, CARD_TOKEN, ((p.key, same.tokens(p.vetted.card)) for p in puts))


def _facet(each: _Put, terms_id: int) -> Row:
    known = each.known
    alone = 1 if known is None else known.alone
    return facet(each.vetted.card) | {
        "key": each.key,
        "terms_id": terms_id,
        "group_key": each.key if known is None else known.group_key,
        "alone": alone,
        "visible": int(not each.held),
        "shown": int(not each.held and alone == 1),
    }


def _write_codes(
    connection: Connection, table: Table, lists: Iterable[tuple[int, Iterable[str]]]
) -> None:
    rows = [{"key": key, "code": code} for key, codes in lists for code in sorted(set(codes))]
    if rows:
        connection.execute(insert(table), rows)
