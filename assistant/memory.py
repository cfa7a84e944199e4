"""Keeps conversations between turns and restarts, for a limited time, in SQL.

An own small store with its own tables (prefix `memory_`), so that forgetting a person touches
nothing of the catalogue.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import (
    Column,
    Engine,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    create_engine,
    delete,
    event,
    insert,
    select,
    text,
)

from assistant.dialogue import State
from assistant.memory_quick import Quick, transaction

VERSION = 1
"""Shape of the tables and of the kept state; an older one is made anew, it only holds talk."""
_SWEEP_EVERY = 200

METADATA = MetaData()
_VERSION = Table("memory_version", METADATA, Column("version", Integer, primary_key=True))
_CONVERSATION = Table(
    "memory_conversation",
    METADATA,
    Column("id", String(200), primary_key=True),
    Column("asker", String(200), nullable=False),
    Column("state", Text, nullable=False),
    Column("spoken_at", String(40), nullable=False),
    Index("memory_by_asker", "asker"),
    Index("memory_by_time", "spoken_at"),
)
_STATE: TypeAdapter[State] = TypeAdapter(State)
_RECALL = select(_CONVERSATION.c.state).where(
    _CONVERSATION.c.id == bindparam("conversation"),
    _CONVERSATION.c.spoken_at >= bindparam("since"),
)


_KEEP = text(
    "INSERT INTO memory_conversation (id, asker, state, spoken_at) "
    "VALUES (:id, :asker, :state, :spoken_at) ON CONFLICT (id) DO UPDATE "
    "SET asker = excluded.asker, state = excluded.state, spoken_at = excluded.spoken_at"
)
"""Of two turns of one conversation at once the later one stays."""


class MemoryBroken(Exception):
    """The database of conversations cannot be used."""


def open_engine(url: str) -> Engine:
    """An engine for the assistant's own tables; SQLite in WAL mode waits for other writers."""
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if url.startswith("sqlite"):
        event.listen(engine, "connect", _sqlite_settings)
    return engine


def _sqlite_settings(connection: object, record: object) -> None:
    del record
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def open_memory(url: str, *, keep_days: int = 30) -> Memory:
    """The memory at a database address, its tables made where they are missing.

    Raises `MemoryBroken` when the tables are of a newer version than this program.
    """
    engine = open_engine(url)
    METADATA.create_all(engine)
    with engine.begin() as connection:
        found = connection.execute(select(_VERSION.c.version)).scalar()
        if found is None:
            connection.execute(insert(_VERSION).values(version=VERSION))
        elif found > VERSION:
            raise MemoryBroken(
                f"The conversations at {engine.url!r} are of version {found}, this program knows "
                f"version {VERSION}. Update the program, or delete the tables memory_*."
            )
    return Memory(engine, keep_days=keep_days)


class Memory:
    """States of conversations by conversation id; safe to use from many threads."""

    def __init__(self, engine: Engine, *, keep_days: int) -> None:
        self._engine = engine
        self._keep = timedelta(days=keep_days)
        self._recall = Quick(engine, _RECALL)
        self._hold = Quick(engine, _KEEP)
        self._writes = 0
        self._lock = Lock()

    def close(self) -> None:
        """Close the database connections."""
        self._engine.dispose()

    def recall(self, conversation: str, *, now: datetime) -> State:
        """The state of a conversation; a new one where none is kept or it is too old."""
        asked = {"conversation": conversation, "since": (now - self._keep).isoformat()}
        with transaction(self._engine) as cursor:
            self._recall.run(cursor, asked)
            kept = cursor.fetchone()
        if kept is None:
            return State()
        try:
            return _STATE.validate_json(kept[0])
        except ValidationError:
            # A state kept by another version of the program: the talk starts anew.
            return State()

    def keep(self, conversation: str, state: State, *, asker: str, now: datetime) -> None:
        """Keep the state after a turn."""
        values = {
            "id": conversation,
            "asker": asker,
            "state": _STATE.dump_json(state, exclude_defaults=True).decode(),
            "spoken_at": now.isoformat(),
        }
        with transaction(self._engine) as cursor:
            self._hold.run(cursor, values)
        with self._lock:
            self._writes += 1
            due = self._writes % _SWEEP_EVERY == 1
        if due:
            self.sweep(now=now)

    def sweep(self, *, now: datetime) -> int:
        """Delete what is older than the limit; how many conversations went."""
        too_old = _CONVERSATION.c.spoken_at < (now - self._keep).isoformat()
        with self._engine.begin() as connection:
            return connection.execute(delete(_CONVERSATION).where(too_old)).rowcount

    def forget(self, asker: str) -> int:
        """Delete every conversation of this person; how many went."""
        with self._engine.begin() as connection:
            return connection.execute(
                delete(_CONVERSATION).where(_CONVERSATION.c.asker == asker)
            ).rowcount

    def forget_conversation(self, conversation: str) -> None:
        """Delete one conversation."""
        with self._engine.begin() as connection:
            connection.execute(delete(_CONVERSATION).where(_CONVERSATION.c.id == conversation))
