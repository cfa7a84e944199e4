"""Keeps the conversations of signed-in people as they were shown, so that they can go on later.

An own small store (tables `chat_...`). A conversation belongs to the one who began it; nobody
else can read, rename or delete it. What is in a step is the face's own, kept as JSON text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Literal

from sqlalchemy import (
    Column,
    ColumnElement,
    Engine,
    Index,
    MetaData,
    String,
    Table,
    Text,
    and_,
    delete,
    func,
    or_,
    select,
    text,
    update,
)

from assistant.memory import open_engine

METADATA = MetaData()
_THREAD = Table(
    "chat_thread",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("asker", String(200), nullable=False),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("begun_at", String(40), nullable=False),
    Column("spoken_at", String(40), nullable=False),
    Index("chat_thread_by_asker", "asker", "spoken_at"),
)
_PART = Table(
    "chat_part",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("thread", String(64), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("body", Text, nullable=False),
    Column("made_at", String(40), nullable=False),
    Index("chat_part_by_thread", "thread", "made_at"),
)
_BEGIN = text(
    "INSERT INTO chat_thread (id, asker, name, state, begun_at, spoken_at) "
    "VALUES (:id, :asker, :name, '{}', :now, :now) ON CONFLICT (id) DO NOTHING"
)
_PUT = text(
    "INSERT INTO chat_part (id, thread, kind, body, made_at) "
    "VALUES (:id, :thread, :kind, :body, :now) ON CONFLICT (id) DO UPDATE "
    "SET body = excluded.body WHERE chat_part.thread = excluded.thread"
)
_SWEEP_EVERY = 500
LONGEST_NAME = 120

Kind = Literal["step", "element"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One step or element of a conversation, as the face wrote it."""

    id: str
    kind: Kind
    body: str
    """JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """One conversation."""

    id: str
    asker: str
    name: str
    state: str
    """JSON: what the face keeps beside the steps."""
    begun_at: datetime
    parts: tuple[Part, ...] = ()
    """Oldest first; empty in a list of conversations."""


def open_history(url: str, *, keep_days: int = 180) -> History:
    """The history at a database address, its tables made where they are missing."""
    engine = open_engine(url)
    METADATA.create_all(engine)
    return History(engine, keep_days=keep_days)


class History:
    """Conversations by id; safe to use from many threads."""

    def __init__(self, engine: Engine, *, keep_days: int) -> None:
        self._engine = engine
        self._keep = timedelta(days=keep_days)
        self._writes = 0
        self._lock = Lock()

    def close(self) -> None:
        """Close the database connections."""
        self._engine.dispose()

    def begin(self, thread_id: str, *, asker: str, name: str, now: datetime) -> bool:
        """Begin a conversation, or find it begun; whether it is this person's."""
        row = {"id": thread_id, "asker": asker, "name": name[:LONGEST_NAME],
               "now": now.isoformat()}  # fmt: skip
        with self._engine.begin() as connection:
            connection.execute(_BEGIN, row)
            owner = connection.execute(
                select(_THREAD.c.asker).where(_THREAD.c.id == thread_id)
            ).scalar()
        self._sweep_when_due(now)
        return owner == asker

    def rename(self, thread_id: str, name: str, *, asker: str) -> None:
        """Give a conversation of this person's another name."""
        self._set(thread_id, asker, name=name[:LONGEST_NAME])

    def keep_state(self, thread_id: str, state: str, *, asker: str) -> None:
        """Keep what the face needs to go on with a conversation of this person's."""
        self._set(thread_id, asker, state=state)

    def _set(self, thread_id: str, asker: str, **values: str) -> None:
        own = and_(_THREAD.c.id == thread_id, _THREAD.c.asker == asker)
        with self._engine.begin() as connection:
            connection.execute(update(_THREAD).where(own).values(**values))

    def put(self, thread_id: str, part: Part, *, asker: str, now: datetime) -> bool:
        """Keep one part; the same id again replaces it. False: not this person's conversation."""
        if not self.begin(thread_id, asker=asker, name="", now=now):
            return False
        row = {"id": part.id, "thread": thread_id, "kind": part.kind, "body": part.body,
               "now": now.isoformat()}  # fmt: skip
        with self._engine.begin() as connection:
            connection.execute(_PUT, row)
            connection.execute(
                update(_THREAD).where(_THREAD.c.id == thread_id).values(spoken_at=now.isoformat())
            )
        return True

    def drop(self, part_id: str, *, asker: str) -> None:
        """Delete one part of this person's."""
        own = select(_THREAD.c.id).where(_THREAD.c.asker == asker)
        with self._engine.begin() as connection:
            connection.execute(delete(_PART).where(_PART.c.id == part_id, _PART.c.thread.in_(own)))

    def part(self, part_id: str) -> tuple[str, Part] | None:
        """(whose, the part) by its id; None where there is none."""
        query = (
            select(_THREAD.c.asker, _PART.c.id, _PART.c.kind, _PART.c.body)
            .join(_PART, _PART.c.thread == _THREAD.c.id)
            .where(_PART.c.id == part_id)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        kind: Kind = "step" if row.kind == "step" else "element"
        return row.asker, Part(id=row.id, kind=kind, body=row.body)

    def owner(self, thread_id: str) -> str | None:
        """Whose conversation it is; None where there is none."""
        with self._engine.connect() as connection:
            found = connection.execute(
                select(_THREAD.c.asker).where(_THREAD.c.id == thread_id)
            ).scalar()
        return None if found is None else str(found)

    def thread(self, thread_id: str) -> Thread | None:
        """A whole conversation; None where there is none."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(_THREAD).where(_THREAD.c.id == thread_id)
            ).mappings().first()  # fmt: skip
            if row is None:
                return None
            parts = connection.execute(
                select(_PART.c.id, _PART.c.kind, _PART.c.body)
                .where(_PART.c.thread == thread_id)
                .order_by(_PART.c.made_at, _PART.c.id)
            ).all()
        return Thread(
            id=row["id"], asker=row["asker"], name=row["name"], state=row["state"],
            begun_at=datetime.fromisoformat(row["begun_at"]),
            parts=tuple(
                Part(id=part.id, kind="step" if part.kind == "step" else "element", body=part.body)
                for part in parts
            ),
        )  # fmt: skip

    def threads(
        self, asker: str, *, search: str = "", limit: int = 20, after: str | None = None
    ) -> tuple[Thread, ...]:
        """This person's conversations without their parts, the last spoken first.

        `after` is the id of the last one of the page before.
        """
        query = select(_THREAD).where(_THREAD.c.asker == asker)
        if search:
            query = query.where(
                func.lower(_THREAD.c.name).contains(search.lower(), autoescape=True)
            )
        with self._engine.connect() as connection:
            last = connection.execute(
                select(_THREAD.c.spoken_at).where(_THREAD.c.id == after, _THREAD.c.asker == asker)
            ).scalar()
            if last is not None:
                spoken = _THREAD.c.spoken_at
                query = query.where(or_(spoken < last, and_(spoken == last, _THREAD.c.id > after)))
            ordered = query.order_by(_THREAD.c.spoken_at.desc(), _THREAD.c.id).limit(limit)
            rows = connection.execute(ordered).mappings().all()
        return tuple(
            Thread(
                id=row["id"], asker=row["asker"], name=row["name"], state=row["state"],
                begun_at=datetime.fromisoformat(row["begun_at"]),
            )
            for row in rows
        )  # fmt: skip

    def delete(self, thread_id: str, *, asker: str) -> int:
        """Delete a conversation of this person's; how many went."""
        own = and_(_THREAD.c.id == thread_id, _THREAD.c.asker == asker)
        return self._delete(own)

    def forget(self, asker: str) -> int:
        """Delete every conversation of this person; how many went."""
        return self._delete(_THREAD.c.asker == asker)

    def sweep(self, *, now: datetime) -> int:
        """Delete what was last spoken in too long ago; how many conversations went."""
        return self._delete(_THREAD.c.spoken_at < (now - self._keep).isoformat())

    def _delete(self, which: ColumnElement[bool]) -> int:
        threads = select(_THREAD.c.id).where(which)
        with self._engine.begin() as connection:
            connection.execute(delete(_PART).where(_PART.c.thread.in_(threads)))
            return connection.execute(delete(_THREAD).where(which)).rowcount

    def _sweep_when_due(self, now: datetime) -> None:
        with self._lock:
            self._writes += 1
            due = self._writes % _SWEEP_EVERY == 1
        if due:
            self.sweep(now=now)
