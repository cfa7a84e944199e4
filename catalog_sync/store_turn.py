"""What every writing statement of the store shares: its turn, its mark, its portions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, select, update

from catalog_sync.schema import STATE

AT_ONCE = 500
"""How many ids one statement names: both databases allow far more."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """When something is written, and by which run."""

    at: str
    """ISO 8601, UTC."""
    run: int | None = None


def as_text(moment: datetime) -> str:
    """ISO 8601 in UTC, so that later is greater; raises ValueError without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone. Expected one, such as datetime.UTC.")
    return moment.astimezone(UTC).isoformat()


def chunks(items: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    left = iter(items)
    while chunk := list(islice(left, size)):
        yield chunk


def turn(connection: Connection) -> int:
    """The store's revision; other writers wait from here until the transaction ends."""
    counter = select(STATE.c.value).where(STATE.c.name == "revision").with_for_update()
    return int(connection.execute(counter).scalar_one())


def advance(connection: Connection) -> int:
    """The next revision, taken."""
    taken = (
        update(STATE)
        .where(STATE.c.name == "revision")
        .values(value=STATE.c.value + 1)
        .returning(STATE.c.value)
    )
    return int(connection.execute(taken).scalar_one())
