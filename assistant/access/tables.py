"""The tables of access requests, and the database they stand in.

One writer at a time: a transaction begins as a writer on SQLite and takes one lock on PostgreSQL,
so that every command sees all that was committed before it and the chain of events has no fork.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    insert,
    select,
    text,
)

from catalog_sync import store_engine

VERSION = 1
"""Shape of these tables."""
LOCK = 0x61636373
"""The PostgreSQL advisory lock of the writer."""
LOCK_WAIT = "10s"
"""How long a command waits for the writer before it is told to come again."""

METADATA = MetaData()
_KEY = BigInteger().with_variant(Integer, "sqlite")

VERSIONS = Table("access_version", METADATA, Column("version", Integer, primary_key=True))

EVENT = Table(
    "access_event",
    METADATA,
    Column("position", _KEY, primary_key=True, autoincrement=False),
    Column("request_id", String(40), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", String(40), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("role", String(20), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Column("before", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("request_id", "seq"),
)
"""What happened; rows are added and never changed. `hash` covers the row and `before`."""

REQUEST = Table(
    "access_request",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("person_id", String(64), nullable=False),
    Column("group_key", String(200), nullable=False),
    Column("card_id", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("publisher_scope", Text),
    Column("state", String(20), nullable=False),
    Column("is_open", SmallInteger, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("drafted_at", String(40), nullable=False),
    Column("submitted_at", String(40)),
    Column("touched_at", String(40), nullable=False),
    Column("until", String(10)),
    Column("fingerprint", Text, nullable=False),
    Column("price_mark", String(60), nullable=False),
    Index("access_request_by_person", "person_id", "drafted_at"),
    Index("access_request_by_card", "card_id", "state"),
    Index("access_request_by_state", "state", "submitted_at"),
)
"""Each request as its events leave it: derived, and made anew from them by `rebuild`."""
Index(
    "access_request_one_open",
    REQUEST.c.person_id,
    REQUEST.c.group_key,
    unique=True,
    sqlite_where=REQUEST.c.is_open == 1,
    postgresql_where=REQUEST.c.is_open == 1,
)

DONE = Table(
    "access_done",
    METADATA,
    Column("actor", String(64), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("request_id", String(40), nullable=False),
    Column("at", String(40), nullable=False),
    Index("access_done_by_time", "at"),
)
"""Commands that were done, by their idempotency key: the same key does nothing again."""

ANSWERS = Table(
    "access_answers",
    METADATA,
    Column("ref", String(40), primary_key=True),
    Column("request_id", String(40), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Index("access_answers_by_request", "request_id"),
)
"""What people said of themselves, sealed; deleted when they are erased, unlike the events."""

DELEGATE = Table(
    "access_request_delegate",
    METADATA,
    Column("request_id", String(40), primary_key=True),
    Column("person_id", String(64), primary_key=True),
    Index("access_request_delegate_by_person", "person_id"),
)

PERSON = Table(
    "access_person",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("mark", String(64), unique=True),
    Column("sealed_email", Text),
    Column("made_at", String(40), nullable=False),
    Column("erased_at", String(40)),
)
"""People with a confirmed address, which is found by its mark and read by nobody else."""

PENDING = Table(
    "access_pending",
    METADATA,
    Column("request_id", String(40), primary_key=True),
    Column("mark", String(64), nullable=False),
    Column("sealed_email", Text, nullable=False),
    Column("at", String(40), nullable=False),
)
"""The address that a visitor gave with a draft and has not confirmed."""

OWNER = Table(
    "access_owner",
    METADATA,
    Column("number", _KEY, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),
    Column("value", Text, nullable=False),
    Column("person_id", String(64), nullable=False),
    Column("since", String(40), nullable=False),
    Column("by", String(64), nullable=False),
    Column("ended_at", String(40)),
    Column("ended_by", String(64)),
    Index("access_owner_by_scope", "kind", "value"),
    Index("access_owner_by_person", "person_id"),
    sqlite_autoincrement=True,
)
"""Who owns what; an end is written down, no row is taken away."""

OWNER_SETTINGS = Table(
    "access_owner_settings",
    METADATA,
    Column("kind", String(20), primary_key=True),
    Column("value", String(500), primary_key=True),
    Column("json", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("by", String(64), nullable=False),
)

SCOPE_DELEGATE = Table(
    "access_scope_delegate",
    METADATA,
    Column("kind", String(20), primary_key=True),
    Column("value", String(500), primary_key=True),
    Column("person_id", String(64), primary_key=True),
    Index("access_scope_delegate_by_person", "person_id"),
)

CLAIM = Table(
    "access_claim",
    METADATA,
    Column("number", _KEY, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),
    Column("value", Text, nullable=False),
    Column("person_id", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("made_at", String(40), nullable=False),
    Column("decided", String(20), nullable=False),
    Column("decided_at", String(40)),
    Column("decided_by", String(64)),
    Column("reason", Text, nullable=False),
    Index("access_claim_by_person", "person_id"),
    sqlite_autoincrement=True,
)

LOOK = Table(
    "access_look",
    METADATA,
    Column("number", _KEY, primary_key=True, autoincrement=True),
    Column("request_id", String(40), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", String(40), nullable=False),
    sqlite_autoincrement=True,
)
"""Administrators who read what a request says, with their reason."""


class LedgerBroken(Exception):
    """The record of access requests cannot be used as it is."""


def open_engine(url: str) -> Engine:
    """An engine for the record, its tables made where they are missing.

    Raises:
        StoreError: the database cannot be used.
        LedgerBroken: the tables are of a newer release.
    """
    engine = store_engine.connect(url)
    if engine.dialect.name == "sqlite":
        # A request that was confirmed to somebody must outlast a power cut.
        event.listen(engine, "connect", _durable)
        engine.dispose()
    with writing(engine) as connection:
        METADATA.create_all(connection)
        found = connection.execute(select(VERSIONS.c.version)).scalar()
        if found is None:
            connection.execute(insert(VERSIONS).values(version=VERSION))
        elif found > VERSION:
            raise LedgerBroken(
                f"The access requests are kept in tables of version {found}; this release knows "
                f"version {VERSION}. Install the newer release, or name another database."
            )
    return engine


def _durable(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous = FULL")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction of the only writer; it happens whole or not at all."""
    with store_engine.writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        yield connection


def as_text(at: datetime) -> str:
    """A moment as it is stored: UTC, and as text in the order of time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
