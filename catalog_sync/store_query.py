"""Turns a `CardFilter` into SQL conditions on the `facet` table.

Three-valued: where a value is unknown its comparison is neither true nor false, and each
condition says which of the two that counts as.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import fields, replace

from sqlalchemy import (
    JSON,
    ColumnElement,
    FromClause,
    Select,
    Table,
    Text,
    and_,
    cast,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from catalog_sync.filter import CardFilter
from catalog_sync.schema import (
    CARD_LANGUAGE,
    CARD_TAG,
    CARD_TASK,
    FACET,
    NAMED,
    TERMS,
    TERMS_LICENCE,
)
from catalog_sync.store_rows import bits, fold

Condition = ColumnElement[bool]

_NOTHING = CardFilter()
_SPLIT_APART = frozenset(
    {"sources", "sources_not", "languages", "languages_joined", "topics", "must", "kinds_joined"}
)
_MUST_NAMES = {"price_most_cents": "price", "updated_since": "updated"}

_MANY = 400
"""From this length on a list travels as one value instead of one parameter for each item."""
_RANGES = (
    ("hours", "hours", "hours"),
    ("validated_hours", "validated_hours", "validated_hours"),
    ("records", "records_low", "records_high"),
    ("speakers", "speakers", "speakers"),
    ("bytes", "bytes", "bytes"),
    ("languages_count", "language_low", "language_high"),
)
"""The filter's field, and the columns of the least and the most that its value may be."""


def among(column: ColumnElement[str], values: Collection[str], *, dialect: str) -> Condition:
    """`column IN values`, for any number of values."""
    ordered = sorted(values)
    if len(ordered) < _MANY:
        return column.in_(ordered)
    packed = literal(json.dumps(ordered), Text)
    if dialect == "sqlite":
        items = func.json_each(packed).table_valued("value")
    else:
        items = func.json_array_elements_text(cast(packed, JSON)).table_valued("value")
    return column.in_(select(items.c.value))


def conditions(asked: CardFilter, *, dialect: str) -> list[Condition]:
    """What must be true of a `facet` row; all of it."""
    return [*_shown(asked), *limits(asked, dialect=dialect)]


def limits(asked: CardFilter, *, dialect: str) -> list[Condition]:
    """The same, but for whether the card may be shown at all and in place of its copies."""
    return [
        *_identity(asked, dialect),
        *_ranges(asked),
        *_terms(asked, dialect),
        *_described(asked),
        *_named(asked),
    ]


def parts(asked: CardFilter) -> list[CardFilter]:
    """The filter as several that ask for one thing each; all of them together ask the same.

    The first decides what may be shown at all, which depends on the sources.
    """
    found = [CardFilter(sources=asked.sources, sources_not=asked.sources_not)]
    found.extend(CardFilter(languages=(wish,)) for wish in _wishes(asked))
    found.extend(CardFilter(topics=(topic,)) for topic in asked.topics)
    kinds = frozenset[str]()
    if _is_choice(asked):
        kinds = frozenset({"modalities", "tasks"})
        found.append(CardFilter(modalities=asked.modalities, tasks=asked.tasks, kinds_joined="any"))
    for field in fields(CardFilter):
        value = getattr(asked, field.name)
        if field.name not in _SPLIT_APART | kinds and value != getattr(_NOTHING, field.name):
            must = asked.must & {_MUST_NAMES.get(field.name, field.name)}
            found.append(replace(_NOTHING, **{field.name: value, "must": must}))
    return found


def keys(part: CardFilter, *, dialect: str) -> Select[int]:
    """The keys, in no order, of the cards that pass one of `parts`, shown or not."""
    if part.languages:
        return _keys(CARD_LANGUAGE, part.languages[0], dialect)
    if part.tasks and not part.modalities:
        return _keys(CARD_TASK, part.tasks, dialect)
    if part.topics:
        return _keys(CARD_TAG, part.topics[0], dialect)
    return select(FACET.c.key).where(*(limits(part, dialect=dialect) or _shown(part)))


def is_listed(part: CardFilter) -> bool:
    """Whether `keys` reads no more rows than it returns."""
    return bool(part.languages or part.topics or (part.tasks and not part.modalities))


def _is_choice(asked: CardFilter) -> bool:
    """Whether one of the modalities or one of the tasks is enough."""
    return asked.kinds_joined == "any" and bool(asked.modalities and asked.tasks)


def _wishes(asked: CardFilter) -> tuple[frozenset[str], ...]:
    """Sets of tags, each of which a card must meet."""
    if asked.languages_joined == "any" and asked.languages:
        return (frozenset[str]().union(*asked.languages),)
    return asked.languages


def _from_sources(table: FromClause, asked: CardFilter) -> Iterator[Condition]:
    if asked.sources:
        yield table.c.source.in_(sorted(asked.sources))
    if asked.sources_not:
        yield table.c.source.not_in(sorted(asked.sources_not))


def _shown(asked: CardFilter) -> Iterator[Condition]:
    """One card per dataset: the best of its visible copies, in the sources that are asked for."""
    one: ColumnElement[int] = literal_column("1")
    if not asked.sources and not asked.sources_not:
        yield FACET.c.shown == one
        return
    yield FACET.c.visible == one
    yield from _from_sources(FACET, asked)
    worse, better = FACET.alias("worse"), FACET.alias("better")
    yield FACET.c.key.not_in(
        select(worse.c.key)
        .join(better, better.c.group_key == worse.c.group_key)
        .where(
            worse.c.alone == 0,
            better.c.alone == 0,
            better.c.visible == one,
            *_from_sources(better, asked),
            or_(
                better.c.merit > worse.c.merit,
                and_(better.c.merit == worse.c.merit, better.c.id < worse.c.id),
            ),
        )
    )


def _keys(table: Table, codes: Collection[str], dialect: str) -> Select[int]:
    return select(table.c.key).where(among(table.c.code, codes, dialect=dialect))


def _identity(asked: CardFilter, dialect: str) -> Iterator[Condition]:
    for wish in _wishes(asked):
        yield FACET.c.key.in_(_keys(CARD_LANGUAGE, wish, dialect))
    if asked.languages_not:
        yield FACET.c.key.not_in(_keys(CARD_LANGUAGE, asked.languages_not, dialect))
    kinds: list[Condition] = []
    if asked.modalities:
        kinds.append(FACET.c.modalities.bitwise_and(bits(asked.modalities)) != 0)
    if asked.tasks:
        kinds.append(FACET.c.key.in_(_keys(CARD_TASK, asked.tasks, dialect)))
    yield from [or_(*kinds)] if _is_choice(asked) else kinds
    for topic in asked.topics:
        yield FACET.c.key.in_(_keys(CARD_TAG, topic, dialect))
    if asked.speech_style is not None:
        yield FACET.c.speech_style == asked.speech_style


def _ranges(asked: CardFilter) -> Iterator[Condition]:
    for field, low, high in _RANGES:
        bounds = getattr(asked, field)
        surely = field in asked.must
        if bounds.least is not None:
            column = FACET.c[low if surely else high]
            yield _holds(column >= bounds.least, column, surely)
        if bounds.most is not None:
            column = FACET.c[high if surely else low]
            yield _holds(column <= bounds.most, column, surely)


def _holds(condition: Condition, column: ColumnElement[object], surely: bool) -> Condition:
    """A comparison with an unknown is not true in SQL: it passes only where that is said."""
    return condition if surely else or_(column.is_(None), condition)


def _terms(asked: CardFilter, dialect: str) -> Iterator[Condition]:
    terms = FACET.c.terms_id
    wish = asked.licence_wish
    if wish == "non_commercial_ok":
        if "licence_wish" in asked.must:
            yield terms.in_(select(TERMS.c.id).where(TERMS.c.stated == 1))
    elif wish is not None:
        quality = TERMS.c[wish]
        passes = _holds(quality == 1, quality, "licence_wish" in asked.must)
        yield terms.in_(select(TERMS.c.id).where(passes))
    if asked.licences:
        named = among(TERMS_LICENCE.c.licence, asked.licences, dialect=dialect)
        yield terms.in_(select(TERMS_LICENCE.c.terms_id).where(named))
    if asked.terms_in is not None:
        known = among(TERMS.c.fingerprint, asked.terms_in, dialect=dialect)
        yield terms.in_(select(TERMS.c.id).where(known)) if asked.terms_in else false()


def _described(asked: CardFilter) -> Iterator[Condition]:
    must = asked.must
    if asked.price_most_cents is not None:
        column = FACET.c.price_high if "price" in must else FACET.c.price_low
        yield _holds(column <= asked.price_most_cents, column, "price" in must)
    if asked.access:
        access = FACET.c.access
        yield _holds(access.in_(sorted(asked.access)), access, "access" in must)
    if asked.update_frequency:
        often = FACET.c.update_frequency
        wanted = often.in_(sorted(asked.update_frequency))
        yield _holds(wanted, often, "update_frequency" in must)
    if asked.updated_since is not None:
        updated = FACET.c.updated
        since = updated >= asked.updated_since.isoformat()
        yield _holds(since, updated, "updated" in must)


def _named(asked: CardFilter) -> Iterator[Condition]:
    keys, publisher = select(NAMED.c.key), NAMED.c.publisher_folded
    if asked.publishers:
        any_of = or_(*(_contains(publisher, each) for each in sorted(asked.publishers)))
        yield FACET.c.key.in_(keys.where(any_of))
    for each in sorted(asked.publishers_not):
        yield FACET.c.key.not_in(keys.where(_contains(publisher, each)))
    for each in sorted(asked.names_not):
        yield FACET.c.key.not_in(keys.where(_contains(NAMED.c.name_folded, each)))


def _contains(column: ColumnElement[str], words: str) -> Condition:
    return column.contains(fold(words), autoescape=True)
