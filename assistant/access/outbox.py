"""What is to be told to whom, kept until it was told: at least once, and the same id each time.

Rows are written inside the transaction that made them due. No address stands here: it is looked up
when the message is sent.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    RowMapping,
    String,
    Table,
    Text,
    delete,
)
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from assistant.access.messages import AddressKind, OutgoingKind, Payload

__all__ = [
    "DEADLINE", "METADATA", "OUTBOX", "WAITS", "AddressKind", "Outgoing", "OutgoingKind",
    "Payload", "as_text", "forget", "outgoing", "put",
]  # fmt: skip

DEADLINE = timedelta(days=3)

METADATA = MetaData()
OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("dedup", String(300), nullable=False, unique=True),
    Column("person_id", String(64)),
    Column("address", String(10), nullable=False),
    Column("channel", String(200), nullable=False),
    Column("sender", String(20), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("request_id", String(64)),
    Column("payload", Text, nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("due_at", String(32), nullable=False),
    Column("deadline", String(32), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease", String(32)),
    Column("leased_until", String(32)),
    Column("sent_at", String(32)),
    Column("failed_at", String(32)),
    Column("last_error", Text),
    Index("outbox_by_request", "request_id"),
    Index("outbox_by_person", "person_id"),
)
WAITS = OUTBOX.c.sent_at.is_(None) & OUTBOX.c.failed_at.is_(None)
Index(
    "outbox_waiting", OUTBOX.c.due_at, postgresql_where=WAITS, sqlite_where=WAITS
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message on its way, or told, or given up."""

    id: str
    """Goes with the message, so that who gets it twice can drop one."""
    dedup: str
    """What makes it the same message: putting it again adds nothing."""
    person_id: str | None
    address: AddressKind
    channel: str
    """"mail", "webhook", "slack:..." or "chat:..."."""
    kind: OutgoingKind
    request_id: str | None
    payload: Payload
    made_at: datetime
    due_at: datetime
    deadline: datetime
    attempts: int
    """How often it was taken up for sending."""
    sent_at: datetime | None
    failed_at: datetime | None
    last_error: str
    """In words without an address; empty where nothing failed."""


def as_text(at: datetime) -> str:
    """A moment as it is stored: sorts as it passes."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def put(
    connection: Connection,
    kind: OutgoingKind,
    *,
    dedup: str,
    now: datetime,
    person_id: str | None = None,
    address: AddressKind = "person",
    channel: str = "mail",
    request_id: str | None = None,
    payload: Payload | None = None,
    due_at: datetime | None = None,
    lasts: timedelta = DEADLINE,
) -> bool:
    """Write one message into the caller's transaction; the same `dedup` is written once.

    `lasts` is how long after `due_at` sending is tried. False: it was there already.
    """
    due = due_at or now
    make = insert_postgresql if connection.dialect.name == "postgresql" else insert_sqlite
    done = connection.execute(
        make(OUTBOX)
        .values(
            id=uuid4().hex,
            dedup=dedup,
            person_id=person_id,
            address=address,
            channel=channel,
            sender=channel.split(":", 1)[0],
            kind=kind,
            request_id=request_id,
            payload=json.dumps(payload or {}, ensure_ascii=False, sort_keys=True),
            made_at=as_text(now),
            due_at=as_text(due),
            deadline=as_text(due + lasts),
            attempts=0,
        )
        .on_conflict_do_nothing(index_elements=["dedup"])
    )
    return done.rowcount == 1


def forget(connection: Connection, person_id: str) -> int:
    """Delete every message to a person, sent or not, in the caller's transaction; how many."""
    mine = OUTBOX.c.person_id == person_id
    return connection.execute(delete(OUTBOX).where(mine)).rowcount


def outgoing(row: RowMapping) -> Outgoing:
    """A row of the table as a value."""
    return Outgoing(
        id=row["id"],
        dedup=row["dedup"],
        person_id=row["person_id"],
        address=row["address"],
        channel=row["channel"],
        kind=row["kind"],
        request_id=row["request_id"],
        payload=json.loads(row["payload"]),
        made_at=datetime.fromisoformat(row["made_at"]),
        due_at=datetime.fromisoformat(row["due_at"]),
        deadline=datetime.fromisoformat(row["deadline"]),
        attempts=row["attempts"],
        sent_at=_moment(row["sent_at"]),
        failed_at=_moment(row["failed_at"]),
        last_error=row["last_error"] or "",
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
