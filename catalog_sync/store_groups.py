"""Counts cards by one of their sides: the statements behind `Store.groups`."""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Text,
    case,
    func,
    literal,
    not_,
    select,
)

from catalog_sync.filter import CardFilter
from catalog_sync.schema import CARD_LANGUAGE, CARD_TASK, FACET, NAMED, TERMS
from catalog_sync.store_query import conditions
from catalog_sync.store_rows import MODALITIES
from catalog_sync.stored import Group, GroupedBy

_SUMS = (
    func.count().label("datasets"),
    func.sum(FACET.c.hours).label("hours"),
    func.sum(FACET.c.validated_hours).label("validated_hours"),
    func.sum(FACET.c.bytes).label("bytes"),
    func.count(FACET.c.hours).label("with_hours"),
)


def groups(connection: Connection, by: GroupedBy, asked: CardFilter) -> tuple[Group, ...]:
    """Figures for each value, most datasets first."""
    wanted = conditions(asked, dialect=connection.dialect.name)
    if by == "modality":
        found = _by_modality(connection, wanted)
    elif by == "language":
        found = _by_language(connection, wanted)
    else:
        found = _by_column(connection, by, wanted)
    return tuple(sorted(found, key=lambda each: (-each.datasets, each.key or "\U0010ffff")))


def _by_modality(connection: Connection, wanted: list[ColumnElement[bool]]) -> list[Group]:
    held = FACET.c.modalities
    each = [(code, held.bitwise_and(1 << bit) != 0) for bit, code in enumerate(MODALITIES)]
    found: list[Group] = []
    for code, condition in [*each, (None, held == 0)]:
        column = literal(code, Text).label("code")
        rows = connection.execute(select(column, *_SUMS).where(condition, *wanted))
        found.extend(_group(row) for row in rows if row.datasets)
    return found


def _by_column(
    connection: Connection, by: GroupedBy, wanted: list[ColumnElement[bool]]
) -> list[Group]:
    joined: FromClause = FACET
    if by == "task":
        joined = FACET.outerjoin(CARD_TASK, CARD_TASK.c.key == FACET.c.key)
        column = CARD_TASK.c.code
    elif by == "licence":
        joined = FACET.join(TERMS, TERMS.c.id == FACET.c.terms_id)
        column = TERMS.c.licence
    elif by == "publisher":
        joined = FACET.join(NAMED, NAMED.c.key == FACET.c.key)
        column = NAMED.c.publisher
    else:
        column = FACET.c[by]
    rows = connection.execute(
        select(column.label("code"), *_SUMS).select_from(joined).where(*wanted).group_by(column)
    )
    return [_group(row) for row in rows]


def _by_language(connection: Connection, wanted: list[ColumnElement[bool]]) -> list[Group]:
    """A card in several languages counts for each, but its figures belong to none alone."""
    code = CARD_LANGUAGE.c.code
    alone = FACET.c.language_high == 1
    rows = connection.execute(
        select(
            code.label("code"),
            func.count().label("datasets"),
            func.sum(case((alone, FACET.c.hours))).label("hours"),
            func.sum(case((alone, FACET.c.validated_hours))).label("validated_hours"),
            func.sum(case((alone, FACET.c.bytes))).label("bytes"),
            func.count(case((alone, FACET.c.hours))).label("with_hours"),
            func.sum(case((not_(alone), FACET.c.hours))).label("shared_hours"),
        )
        .select_from(FACET.outerjoin(CARD_LANGUAGE, CARD_LANGUAGE.c.key == FACET.c.key))
        .where(*wanted)
        .group_by(code)
    )
    return [_group(row, shared_hours=row.shared_hours) for row in rows]


def _group(row: Row[tuple[object, ...]], *, shared_hours: float | None = None) -> Group:
    return Group(
        key=row.code,
        datasets=row.datasets,
        hours=row.hours,
        validated_hours=row.validated_hours,
        bytes=None if row.bytes is None else int(row.bytes),
        with_hours=row.with_hours,
        shared_hours=shared_hours,
    )
