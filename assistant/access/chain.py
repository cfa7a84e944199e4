"""Events as rows, each with the hash of the one before it, and the check of the whole chain."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, RowMapping, bindparam, insert, select

from assistant.access import events
from assistant.access.events import Body, Event
from assistant.access.tables import EVENT, as_text
from assistant.access.values import RequestRole

FIRST = "0" * 64
"""What the first event names as the hash before it."""
_BATCH = 2000
_LAST = select(EVENT.c.position, EVENT.c.hash).order_by(EVENT.c.position.desc()).limit(1)
_ADD = insert(EVENT)
_STORY = select(EVENT).where(EVENT.c.request_id == bindparam("of")).order_by(EVENT.c.seq)


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first place where the chain does not hold."""

    position: int
    request_id: str
    why: str


def append(connection: Connection, event: Event) -> None:
    """Add one event after the last one; the caller is the only writer."""
    last = connection.execute(_LAST).first()
    position, before = (0, FIRST) if last is None else (last.position, last.hash)
    body = events.to_json(event.body)
    at = as_text(event.at)
    connection.execute(
        _ADD,
        dict(
            position=position + 1,
            request_id=event.request_id,
            seq=event.seq,
            at=at,
            actor=event.actor,
            role=event.role,
            kind=event.body.kind,
            body=body,
            before=before,
            hash=_hash(before, position + 1, event.request_id, event.seq, at, event.actor,
                       event.role, body),
        )
    )  # fmt: skip


def story(connection: Connection, request_id: str) -> tuple[Event, ...]:
    """The events of one request, oldest first."""
    rows = connection.execute(_STORY, {"of": request_id}).mappings()
    return tuple(_event(row) for row in rows)


def request_ids(connection: Connection) -> tuple[str, ...]:
    """Every request, in the order of their drafts."""
    query = select(EVENT.c.request_id).where(EVENT.c.seq == 1).order_by(EVENT.c.position)
    return tuple(connection.execute(query).scalars())


def check(connection: Connection) -> Break | None:
    """The first event that was changed, moved or taken out since it was written; None: none was."""
    before, position = FIRST, 0
    for row in _rows(connection):
        position += 1
        if row["position"] != position:
            return Break(position=position, request_id=row["request_id"],
                         why=f"event {position} is missing")  # fmt: skip
        wanted = _hash(before, position, row["request_id"], row["seq"], row["at"], row["actor"],
                       row["role"], row["body"])  # fmt: skip
        if row["before"] != before or row["hash"] != wanted:
            return Break(position=position, request_id=row["request_id"],
                         why=f"event {position} is not as it was written")  # fmt: skip
        before = row["hash"]
    return None


def _rows(connection: Connection) -> Iterator[RowMapping]:
    seen = 0
    while True:
        query = select(EVENT).where(EVENT.c.position > seen).order_by(EVENT.c.position)
        rows = connection.execute(query.limit(_BATCH)).mappings().all()
        if not rows:
            return
        yield from rows
        seen = rows[-1]["position"]


def _event(row: RowMapping) -> Event:
    body: Body = events.from_json(row["body"])
    return Event(
        request_id=row["request_id"],
        seq=row["seq"],
        at=datetime.fromisoformat(row["at"]),
        actor=row["actor"],
        role=cast("RequestRole", row["role"]),
        body=body,
    )


def _hash(before: str, *values: object) -> str:
    """SHA-256 over the values with their lengths, so that no two rows read alike."""
    parts = (str(value) for value in (before, *values))
    return hashlib.sha256("".join(f"{len(p)}:{p}" for p in parts).encode()).hexdigest()
