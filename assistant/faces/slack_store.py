"""What the Slack face keeps: installations, sealed; what was heard; what was shown. In SQL.

Its own tables (prefix `slack_`) beside the others. Tokens, words and messages are sealed; ids of
Slack are not.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol

from pydantic import TypeAdapter
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Float,
    Index,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from assistant.faces.slack_heard import Heard

BUSY_MS = 1200
"""A request must be acknowledged within 3 seconds, whoever else writes to the database."""
KEPT = timedelta(days=1)
"""How long it is remembered what was heard and shown; Slack retries within the hour."""
STATE_FOR = timedelta(minutes=10)

METADATA = MetaData()
_INSTALLATION = Table(
    "slack_installation",
    METADATA,
    Column("place", String(40), primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("at", Float, nullable=False),
)
_STATE = Table(
    "slack_state",
    METADATA,
    Column("state", String(100), primary_key=True),
    Column("at", Float, nullable=False),
)
_SIGNED = Table(
    "slack_signature",
    METADATA,
    Column("signature", String(200), primary_key=True),
    Column("at", Float, nullable=False),
)
_JOB = Table(
    "slack_job",
    METADATA,
    Column("key", String(300), primary_key=True),
    Column("state", String(10), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("at", Float, nullable=False),
    Column("until", Float, nullable=False),
    Index("slack_job_by_state", "state", "until"),
)
_SHOWN = Table(
    "slack_shown",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("at", Float, nullable=False),
)
_HEARD: TypeAdapter[Heard] = TypeAdapter(Heard)


class Sealer(Protocol):
    """Keeps texts from whoever reads the database alone."""

    def seal(self, text: str) -> str:
        """The text, readable only by `open`."""

    def open(self, sealed: str) -> str:
        """The text that was sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """The app in one workspace, or in a whole organisation."""

    place: str
    """Id of the workspace (T...) or the organisation (E...)."""
    name: str
    token: str
    bot_user: str
    bot: str = ""
    scopes: tuple[str, ...] = ()


_INSTALLED: TypeAdapter[Installation] = TypeAdapter(Installation)


class Replayed(Exception):
    """A signed request came a second time."""


def open_slack_store(url: str, sealer: Sealer) -> SlackStore:
    """The store at a database address, its tables made where they are missing."""
    sqlite = url.startswith("sqlite")
    # Of its own, so that a request waits no longer for other writers than Slack waits for us.
    engine = create_engine(url, pool_pre_ping=not sqlite, pool_size=10, max_overflow=20)
    if sqlite:
        event.listen(engine, "connect", _sqlite_settings)
    METADATA.create_all(engine)
    return SlackStore(engine, sealer)


def _sqlite_settings(connection: object, record: object) -> None:
    del record
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", f"busy_timeout={BUSY_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


class SlackStore:
    """The Slack face's tables; safe to use from many threads."""

    def __init__(self, engine: Engine, sealer: Sealer) -> None:
        self._engine = engine
        self._sealer = sealer
        self._writing = Lock()

    def close(self) -> None:
        """Close the database connections."""
        self._engine.dispose()

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        # SQLite has one writer; a queue in the process is fairer than its polling.
        with self._writing, self._engine.begin() as connection:
            yield connection

    def install(self, given: Installation, *, now: datetime) -> None:
        """Keep an installation, replacing an older one of the same place."""
        values = {
            "place": given.place,
            "sealed": self._sealer.seal(_INSTALLED.dump_json(given).decode()),
            "at": now.timestamp(),
        }
        with self._write() as connection:
            connection.execute(delete(_INSTALLATION).where(_INSTALLATION.c.place == given.place))
            connection.execute(insert(_INSTALLATION).values(values))

    def installation(self, *places: str) -> Installation | None:
        """The installation of the first of these places that has one."""
        asked = [place for place in places if place]
        query = select(_INSTALLATION.c.place, _INSTALLATION.c.sealed)
        with self._engine.connect() as connection:
            found = dict(
                connection.execute(query.where(_INSTALLATION.c.place.in_(asked))).tuples().all()
            )
        sealed = next((found[place] for place in asked if place in found), None)
        return None if sealed is None else _INSTALLED.validate_json(self._sealer.open(sealed))

    def installations(self) -> tuple[Installation, ...]:
        """Every installation, oldest first."""
        query = select(_INSTALLATION.c.sealed).order_by(_INSTALLATION.c.at)
        with self._engine.connect() as connection:
            sealed = connection.execute(query).scalars().all()
        return tuple(_INSTALLED.validate_json(self._sealer.open(each)) for each in sealed)

    def uninstall(self, place: str) -> bool:
        """Forget an installation and its token; False where there was none."""
        with self._write() as connection:
            gone = connection.execute(delete(_INSTALLATION).where(_INSTALLATION.c.place == place))
        return gone.rowcount > 0

    def issue_state(self, *, now: datetime) -> str:
        """A word that one browser must bring back within ten minutes."""
        state = secrets.token_urlsafe(32)
        with self._write() as connection:
            old = (now - STATE_FOR).timestamp()
            connection.execute(delete(_STATE).where(_STATE.c.at < old))
            connection.execute(insert(_STATE).values(state=state, at=now.timestamp()))
        return state

    def consume_state(self, state: str, *, now: datetime) -> bool:
        """Whether this word was issued and not brought back yet."""
        since = (now - STATE_FOR).timestamp()
        with self._write() as connection:
            gone = connection.execute(
                delete(_STATE).where(_STATE.c.state == state, _STATE.c.at >= since)
            )
        return gone.rowcount > 0

    def seen(self, signature: str) -> bool:
        """Whether a request with this signature was taken."""
        query = select(_SIGNED.c.signature).where(_SIGNED.c.signature == signature)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar() is not None

    def take(self, heard: Heard, *, signature: str, now: datetime, until: datetime) -> bool:
        """Write down what is to be done; False where the same was heard before.

        Raises:
            Replayed: a request with this signature was taken before.
            DBAPIError: the database is busy or gone.
        """
        values = {
            "state": "waiting",
            "sealed": self._sealer.seal(_HEARD.dump_json(heard).decode()),
            "at": now.timestamp(),
            "until": until.timestamp(),
        }
        with self._write() as connection:
            if signature:
                try:
                    connection.execute(
                        insert(_SIGNED).values(signature=signature, at=now.timestamp())
                    )
                except IntegrityError as why:
                    raise Replayed(heard.key) from why
            before = select(_JOB.c.at).where(_JOB.c.key == heard.key[:300])
            at = connection.execute(before).scalar()
            if at is None:
                connection.execute(insert(_JOB).values(key=heard.key[:300], **values))
                return True
            again = heard.again_after_s
            if again is None or now.timestamp() - at < again:
                return False
            connection.execute(update(_JOB).where(_JOB.c.key == heard.key[:300]).values(values))
            return True

    def claim(self, key: str, *, until: datetime, lease: datetime) -> bool:
        """Begin a job that waits under this lease; False where another process has begun it."""
        mine = (_JOB.c.key == key[:300]) & (_JOB.c.state == "waiting")
        mine &= _JOB.c.until == lease.timestamp()
        begun = update(_JOB).where(mine).values(state="working", until=until.timestamp())
        with self._write() as connection:
            return connection.execute(begun).rowcount > 0

    def note(self, key: str, state: str) -> None:
        """Note how far a job is: "answering", or "done", when its words are deleted."""
        values = {"state": state, **({"sealed": ""} if state == "done" else {})}
        with self._write() as connection:
            connection.execute(update(_JOB).where(_JOB.c.key == key[:300]).values(values))

    def left(self, *, now: datetime, until: datetime, since: datetime) -> tuple[Heard, ...]:
        """Jobs whose process is gone, now leased to this one; older ones than `since` are dropped.

        Where an answer had begun to be sent it is not begun again.
        """
        over = (_JOB.c.state.in_(("waiting", "working"))) & (_JOB.c.until < now.timestamp())
        query = select(_JOB.c.key, _JOB.c.sealed).where(over, _JOB.c.at >= since.timestamp())
        taken = []
        with self._write() as connection:
            for key, sealed in connection.execute(query).tuples().all():
                lease = update(_JOB).where(over, _JOB.c.key == key)
                lease = lease.values(state="waiting", until=until.timestamp())
                if connection.execute(lease).rowcount:
                    taken.append(_HEARD.validate_json(self._sealer.open(sealed)))
        return tuple(taken)

    def sweep(self, *, now: datetime) -> None:
        """Delete what is older than a day, signatures older than an hour."""
        old = (now - KEPT).timestamp()
        with self._write() as connection:
            connection.execute(delete(_JOB).where(_JOB.c.at < old))
            connection.execute(delete(_SHOWN).where(_SHOWN.c.at < old))
            hour = (now - timedelta(hours=1)).timestamp()
            connection.execute(delete(_SIGNED).where(_SIGNED.c.at < hour))

    def show(self, name: str, text: str, *, now: datetime) -> None:
        """Keep a message for a day under a name."""
        values = {"name": name, "sealed": self._sealer.seal(text), "at": now.timestamp()}
        with self._write() as connection:
            connection.execute(delete(_SHOWN).where(_SHOWN.c.name == name))
            connection.execute(insert(_SHOWN).values(values))

    def shown(self, name: str) -> str | None:
        """The message kept under this name; None when there is none any more."""
        query = select(_SHOWN.c.sealed).where(_SHOWN.c.name == name)
        with self._engine.connect() as connection:
            sealed = connection.execute(query).scalar()
        return None if sealed is None else self._sealer.open(sealed)


BUSY = DBAPIError
"""What `take` raises when the database cannot be written in time."""
