"""Opens the database of the card store, SQLite or PostgreSQL, with its tables up to date."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from catalog_sync import schema
from catalog_sync.stored import StoreError

BUSY_TIMEOUT_MS = 30_000
"""How long a writer waits for another one: a batch of a sync run takes far less."""
LOCK_WAIT_MS = 2_000
_TURN = threading.Lock()
MIGRATION_LOCK = 0x64617461
"""The PostgreSQL advisory lock that lets one process at a time make tables."""


def connect(url: str) -> Engine:
    """An engine on a migrated database.

    Raises:
        StoreError: the URL is of no kind that this store knows, nothing answers there, or the
            tables are newer than this code.
    """
    engine = _engine(_parsed(url))
    try:
        migrate(engine)
    except StoreError:
        engine.dispose()
        raise
    except DBAPIError as error:
        engine.dispose()
        raise StoreError(
            f"The card store at {engine.url.render_as_string()!r} cannot be opened: {error.orig}. "
            "Expected a database that can be written; check the address and its permissions."
        ) from error
    return engine


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            "The card store's address cannot be read. Expected 'sqlite:///folder/catalog.db' or "
            "'postgresql+psycopg://user@host/name'."
        ) from error
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "postgresql+psycopg"):
        raise StoreError(
            f"The card store cannot be kept in {parsed.drivername!r}. Expected "
            "'sqlite:///folder/catalog.db' or 'postgresql+psycopg://user@host/name'."
        )
    return parsed


def _engine(url: URL) -> Engine:
    if url.drivername != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    if not url.database or url.database == ":memory:":
        raise StoreError(
            "The card store needs a file, for other processes read it too. Expected an address "
            "such as 'sqlite:///folder/catalog.db'."
        )
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _settle_sqlite)
    return engine


def _settle_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # BEGIN is said by `writing`, never guessed by the driver
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "cache_size = -65536",
        "mmap_size = 268435456",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that either happens whole or not at all.

    SQLite's is begun as a writer at once, so that two writers queue instead of failing.
    """
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection, connection.begin():
            yield connection
        return
    with _turn(), engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


@contextmanager
def _turn() -> Iterator[None]:
    """Let the threads of this process write one after the other.

    SQLite's waiting is a sleep that doubles and is blind to who came first: with many threads the
    database would lie idle between two writers, and one of them could wait for ever. Who waits too
    long here goes on and waits there, which ends in an error.
    """
    has_turn = _TURN.acquire(timeout=BUSY_TIMEOUT_MS / 1000)
    try:
        yield
    finally:
        if has_turn:
            _TURN.release()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Several statements that all see the database as it is at the first of them."""
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection:
            yield connection.execution_options(isolation_level="REPEATABLE READ")
        return
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("BEGIN")
        yield connection


def advisory_lock(connection: Connection, lock: int) -> bool:
    """Take a PostgreSQL lock for as long as this connection lives; False where it is taken.

    Waits a moment: a server needs one to notice that the process that held it is dead.
    """
    try:
        connection.execute(text(f"SET LOCAL lock_timeout = {LOCK_WAIT_MS}"))
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": lock})
    except OperationalError:
        connection.rollback()
        return False
    connection.commit()
    return True


def migrate(engine: Engine) -> None:
    """Bring the tables up to `schema.HEAD`; does nothing, quickly, where they are.

    Raises:
        StoreError: the tables were made by a newer release of this code.
    """
    if _version(engine) == schema.HEAD:
        return
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK}
            )
        _upgrade(connection)


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table(schema.VERSION_TABLE):
            return None
        found = connection.execute(text(f"SELECT version_num FROM {schema.VERSION_TABLE}"))
        return found.scalar()


def _upgrade(connection: Connection) -> None:
    # Slow to import, and needed only where tables are to be made.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, schema.HEAD)
    except CommandError as error:
        raise StoreError(
            f"The card store at {connection.engine.url.render_as_string()!r} cannot be brought to "
            f"the tables of this release ({schema.HEAD!r}): {error}. It was probably made by a "
            "newer release: install that one, or name another data folder."
        ) from error
