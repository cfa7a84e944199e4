"""Answers filters fast: remembers, for one revision, which cards pass each thing asked for.

SQL decides what passes; this only remembers its answers, one per part of a filter, and joins
them. So a filter whose parts were asked for before costs no scan, whatever their combination.
"""

from __future__ import annotations

import json
from collections import Counter, OrderedDict
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import JSON, BigInteger, Connection, Select, Text, cast, func, literal, select

from catalog_sync import store_query
from catalog_sync.filter import CardFilter
from catalog_sync.schema import FACET
from catalog_sync.store_read import revision

Mask = NDArray[np.bool_]
"""(greatest key + 1,): whether the card of this key passes."""

BUDGET_BYTES = 64 << 20
"""What the remembered masks may weigh together: 600 of them at 100,000 cards."""
ANSWERS = 32
"""How many whole answers are remembered beside them."""
FEW = 0.02
"""Up to this share of cards left, the other limits are looked up for just those cards."""
PARTS = 10_000
"""How many parts are counted before the count begins anew."""
OFTEN = 3
"""A limit asked for this many times is worth a look at all cards, to be remembered."""


class Masks:
    """Remembered answers; safe to use from several threads."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._revision = -1
        self._masks: OrderedDict[CardFilter, Mask] = OrderedDict()
        self._answers: OrderedDict[CardFilter, NDArray[np.int64]] = OrderedDict()
        self._asked: Counter[CardFilter] = Counter()

    def matching(self, connection: Connection, asked: CardFilter) -> NDArray[np.int64]:
        """Keys that pass, ascending; the connection shows one state of the database throughout."""
        now = revision(connection)
        known = self.answered(now, asked)
        if known is not None:
            return known
        found = _Reader(self, connection, now).keys(asked)
        found.flags.writeable = False
        with self._guard:
            if now == self._revision:
                self._answers[asked] = found
                if len(self._answers) > ANSWERS:
                    self._answers.popitem(last=False)
        return found

    def answered(self, now: int, asked: CardFilter) -> NDArray[np.int64] | None:
        """What `matching` answered at this revision, where it is remembered."""
        with self._guard:
            if now > self._revision:
                self._revision = now
                self._masks.clear()
                self._answers.clear()
                self._asked.clear()
            return self._answers.get(asked) if now == self._revision else None

    def kept(self, part: CardFilter, now: int) -> Mask | None:
        """The mask of a part at this revision, where it is remembered."""
        with self._guard:
            mask = self._masks.get(part) if now == self._revision else None
            if mask is not None:
                self._masks.move_to_end(part)
            return mask

    def often(self, part: CardFilter) -> bool:
        """Count one more question for this part; whether there were many."""
        with self._guard:
            if len(self._asked) > PARTS:
                self._asked.clear()
            self._asked[part] += 1
            return self._asked[part] >= OFTEN

    def keep(self, part: CardFilter, mask: Mask, now: int) -> None:
        """Remember a mask, forgetting those longest unused."""
        with self._guard:
            if now != self._revision:
                return
            self._masks[part] = mask
            while len(self._masks) * mask.nbytes > BUDGET_BYTES and len(self._masks) > 1:
                self._masks.popitem(last=False)


class _Reader:
    """One reading of masks at one revision."""

    def __init__(self, masks: Masks, connection: Connection, now: int) -> None:
        self._masks = masks
        self._connection = connection
        self._now = now
        self._span = 0

    def keys(self, asked: CardFilter) -> NDArray[np.int64]:
        shown, *parts = store_query.parts(asked)
        first = self._masks.kept(shown, self._now)
        if first is None:
            greatest = self._connection.execute(select(func.max(FACET.c.key))).scalar()
            self._span = 1 + (greatest or 0)
            first = self._read(shown)
        self._span = len(first)
        found = first.copy()
        later: list[CardFilter] = []
        for part in parts:
            mask = self._masks.kept(part, self._now)
            if mask is None and (store_query.is_listed(part) or self._masks.often(part)):
                mask = self._read(part)
            if mask is None:
                later.append(part)
            else:
                found &= mask
        if later:
            self._narrow(found, later)
        return np.flatnonzero(found).astype(np.int64, copy=False)

    def _narrow(self, found: Mask, parts: list[CardFilter]) -> None:
        left = np.flatnonzero(found)
        if len(left) > FEW * self._span:
            for part in parts:
                found &= self._read(part)
            return
        dialect = self._connection.dialect.name
        limits = [limit for part in parts for limit in store_query.limits(part, dialect=dialect)]
        these = _items(left, dialect)
        passing = self._fetch(select(FACET.c.key).where(FACET.c.key.in_(these), *limits))
        found[:] = False
        found[passing] = True

    def _read(self, part: CardFilter) -> Mask:
        mask = np.zeros(self._span, dtype=np.bool_)
        mask[self._fetch(store_query.keys(part, dialect=self._connection.dialect.name))] = True
        self._masks.keep(part, mask, self._now)
        return mask

    def _fetch(self, keys: Select[int]) -> NDArray[np.int64]:
        # One text of numbers crosses into Python several times faster than as many rows do.
        each = keys.subquery().c.key
        if self._connection.dialect.name == "sqlite":
            packed = select(func.group_concat(each))
        else:
            packed = select(func.array_to_string(func.array_agg(each), ","))
        text = self._connection.execute(packed).scalar()
        return np.fromstring(text or "", sep=",", dtype=np.int64)


def _items(keys: NDArray[np.int64], dialect: str) -> Select[int]:
    packed = literal(json.dumps(keys.tolist()), Text)
    if dialect == "sqlite":
        return select(func.json_each(packed).table_valued("value").c.value)
    items = func.json_array_elements_text(cast(packed, JSON)).table_valued("value")
    return select(cast(items.c.value, BigInteger))
