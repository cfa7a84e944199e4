"""The tables of watches and saved datasets, what they hold of a person, and its erasure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    MetaData,
    String,
    Table,
    Text,
    delete,
    func,
    select,
)

from assistant.access.messages import Watch

METADATA = MetaData()
WATCH = Table(
    "access_watch",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("person_id", String(64), nullable=False),
    Column("words", Text, nullable=False),
    Column("need", Text, nullable=False),
    Column("channel", String(200), nullable=False),
    Column("made_at", String(40), nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("seen", Text, nullable=False),
    Index("access_watch_by_person", "person_id"),
)
"""`seen`: what matched when last looked, so that only what is new is told."""
TOLD = Table(
    "access_watch_told",
    METADATA,
    Column("watch_id", String(40), primary_key=True),
    Column("card_id", String(500), primary_key=True),
    Column("at", String(40), nullable=False),
)
"""Each dataset told, under the id of every copy it had."""
SAVED = Table(
    "access_saved",
    METADATA,
    Column("person_id", String(64), primary_key=True),
    Column("card_id", String(500), primary_key=True),
    Column("at", String(40), nullable=False),
)


def forget(connection: Connection, person_id: str) -> int:
    """Delete everything kept in view by a person, in the caller's transaction; how many rows."""
    mine = select(WATCH.c.id).where(WATCH.c.person_id == person_id)
    connection.execute(delete(TOLD).where(TOLD.c.watch_id.in_(mine)))
    watches = connection.execute(delete(WATCH).where(WATCH.c.person_id == person_id)).rowcount
    saved = connection.execute(delete(SAVED).where(SAVED.c.person_id == person_id)).rowcount
    return watches + saved


def kept(connection: Connection, person_id: str) -> Mapping[str, object]:
    """Everything kept in view by a person, as JSON can say it."""
    saved = select(SAVED.c.card_id, SAVED.c.at).where(SAVED.c.person_id == person_id)
    return {
        "watches": [
            {"words": one.words, "channel": one.channel.partition(":")[0],
             "made_at": one.made_at.isoformat()}
            for one in watches_of(connection, person_id)
        ],
        "saved": [dict(row) for row in connection.execute(saved.order_by(SAVED.c.at)).mappings()],
    }  # fmt: skip


def watches_of(connection: Connection, *person_ids: str) -> tuple[Watch, ...]:
    """The watches of these people, newest first."""
    told = select(func.count()).where(TOLD.c.watch_id == WATCH.c.id).scalar_subquery().label("told")
    query = (
        select(WATCH.c.id, WATCH.c.words, WATCH.c.channel, WATCH.c.made_at, told)
        .where(WATCH.c.person_id.in_(person_ids))
        .order_by(WATCH.c.made_at.desc(), WATCH.c.id)
    )
    return tuple(
        Watch(
            id=row["id"],
            words=row["words"],
            channel=row["channel"],
            made_at=datetime.fromisoformat(row["made_at"]),
            told=row["told"],
        )
        for row in connection.execute(query).mappings()
    )
