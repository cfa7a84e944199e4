"""Keeps what identity must remember, in SQL: used links, ended sessions, API keys unspoken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import (
    Column,
    Engine,
    Index,
    MetaData,
    RowMapping,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from assistant.memory import open_engine

KeyScope = Literal["read", "request", "decide", "admin"]
SCOPES: tuple[KeyScope, ...] = ("read", "request", "decide", "admin")

METADATA = MetaData()
_USED = Table(
    "identity_used",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("forget_at", String(40), nullable=False),
    Index("identity_used_by_time", "forget_at"),
)
_ENDED = Table(
    "identity_ended",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("until", String(40), nullable=False),
    Index("identity_ended_by_time", "until"),
)
_KEY = Table(
    "identity_key",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("label", String(200), nullable=False),
    Column("address", Text, nullable=False),
    Column("scopes", String(100), nullable=False),
    Column("made_at", String(40), nullable=False),
    Column("ends_at", String(40), nullable=False),
    Column("revoked_at", String(40), nullable=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """One API key as it is kept."""

    id: str
    digest: str
    """SHA-256 of the key; the key itself is kept nowhere."""
    label: str
    address: str
    """The sealed e-mail address of the person it speaks for."""
    scopes: frozenset[KeyScope]
    made_at: datetime
    ends_at: datetime | None
    """None: no end."""
    revoked_at: datetime | None = None


def open_identity_store(url: str) -> IdentityStore:
    """The store at a database address, its tables made where they are missing."""
    engine = open_engine(url)
    METADATA.create_all(engine)
    return IdentityStore(engine)


class IdentityStore:
    """Used links, ended sessions and API keys; safe to use from many threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        """Close the database connections."""
        self._engine.dispose()

    def use(self, token_id: str, *, forget_at: datetime, now: datetime) -> bool:
        """Note that a link was used; False when it had been. Of two at once, one gets True."""
        with self._engine.begin() as connection:
            connection.execute(delete(_USED).where(_USED.c.forget_at < now.isoformat()))
        try:
            with self._engine.begin() as connection:
                row = {"id": token_id, "forget_at": forget_at.isoformat()}
                connection.execute(insert(_USED).values(row))
        except IntegrityError:
            return False
        return True

    def is_used(self, token_id: str) -> bool:
        """Whether a link was used."""
        with self._engine.connect() as connection:
            found = connection.execute(select(_USED.c.id).where(_USED.c.id == token_id)).scalar()
        return found is not None

    def end(self, session_id: str, *, until: datetime, now: datetime) -> None:
        """Refuse sessions of this name that would last until then or less long."""
        with self._engine.begin() as connection:
            old = (_ENDED.c.until < now.isoformat()) | (_ENDED.c.id == session_id)
            connection.execute(delete(_ENDED).where(old))
        try:
            with self._engine.begin() as connection:
                row = {"id": session_id, "until": until.isoformat()}
                connection.execute(insert(_ENDED).values(row))
        except IntegrityError:
            # Ended at the same time by another process.
            return

    def is_ended(self, session_ids: Sequence[str], *, ends: datetime) -> bool:
        """Whether a session that lasts until `ends` was ended under one of these names."""
        query = select(_ENDED.c.id).where(
            _ENDED.c.id.in_(session_ids), _ENDED.c.until >= ends.isoformat()
        )
        with self._engine.connect() as connection:
            return connection.execute(query.limit(1)).scalar() is not None

    def put_key(self, row: KeyRow) -> None:
        """Keep a new key."""
        values = {
            "id": row.id,
            "digest": row.digest,
            "label": row.label,
            "address": row.address,
            "scopes": " ".join(scope for scope in SCOPES if scope in row.scopes),
            "made_at": row.made_at.isoformat(),
            "ends_at": row.ends_at.isoformat() if row.ends_at else "",
            "revoked_at": "",
        }
        with self._engine.begin() as connection:
            connection.execute(insert(_KEY).values(values))

    def key(self, key_id: str) -> KeyRow | None:
        """The key with this id, revoked and ended ones too."""
        with self._engine.connect() as connection:
            found = connection.execute(select(_KEY).where(_KEY.c.id == key_id)).mappings().first()
        return None if found is None else _row(found)

    def keys(self) -> tuple[KeyRow, ...]:
        """Every key, oldest first."""
        query = select(_KEY).order_by(_KEY.c.made_at, _KEY.c.id)
        with self._engine.connect() as connection:
            return tuple(_row(each) for each in connection.execute(query).mappings())

    def revoke(self, key_id: str, *, now: datetime) -> bool:
        """End a key; False when there is none, or it was revoked before."""
        live = (_KEY.c.id == key_id) & (_KEY.c.revoked_at == "")
        with self._engine.begin() as connection:
            ended = connection.execute(
                update(_KEY).where(live).values(revoked_at=now.isoformat())
            ).rowcount
        return ended > 0


def _row(row: RowMapping) -> KeyRow:
    kept: Mapping[str, KeyScope] = {scope: scope for scope in SCOPES}
    return KeyRow(
        id=row["id"],
        digest=row["digest"],
        label=row["label"],
        address=row["address"],
        scopes=frozenset(kept[word] for word in row["scopes"].split()),
        made_at=datetime.fromisoformat(row["made_at"]),
        ends_at=datetime.fromisoformat(row["ends_at"]) if row["ends_at"] else None,
        revoked_at=datetime.fromisoformat(row["revoked_at"]) if row["revoked_at"] else None,
    )
