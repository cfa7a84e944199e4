"""The tables of the card store, as SQLAlchemy Core knows them; `migrations/` makes them.

One row per card: `card` holds identity and state, `body` its text, `facet` the narrow columns that
most filters read, `named` the words that few do. `card_language`, `card_task` and `card_tag` are
lists, ordered by code first so that one code's cards lie together.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
)

HEAD = "0002"
"""The migration that this code's tables are at."""
VERSION_TABLE = "catalog_version"

METADATA = MetaData()
_KEY = BigInteger().with_variant(Integer, "sqlite")
_CODE = Text().with_variant(Text(collation="C"), "postgresql")
"""Compared byte by byte in both databases, so that ranges and order agree."""

CARD = Table(
    "card",
    METADATA,
    Column("key", _KEY, primary_key=True, autoincrement=True),
    Column("id", _CODE, nullable=False, unique=True),
    Column("source", _CODE, nullable=False),
    Column("native_id", _CODE, nullable=False),
    Column("digest", _CODE, nullable=False),
    Column("stamp", _CODE),
    Column("terms_id", Integer, ForeignKey("terms.id"), nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("first_run", BigInteger),
    Column("seen_run", BigInteger),
    Column("seen_at", _CODE, nullable=False),
    Column("withdrawn_at", _CODE),
    Column("withdrawn_why", Text),
    Column("held", SmallInteger, nullable=False),
    Index("card_by_revision", "revision", "key"),
    Index("card_by_source", "source", "seen_run"),
    sqlite_autoincrement=True,
)

BODY = Table(
    "body",
    METADATA,
    Column("key", _KEY, ForeignKey("card.key"), primary_key=True, autoincrement=False),
    Column("json", Text, nullable=False),
    Column("findings", Text, nullable=False),
)

FACET = Table(
    "facet",
    METADATA,
    Column("key", _KEY, ForeignKey("card.key"), primary_key=True, autoincrement=False),
    Column("shown", SmallInteger, nullable=False),
    Column("visible", SmallInteger, nullable=False),
    Column("alone", SmallInteger, nullable=False),
    Column("terms_id", Integer, nullable=False),
    Column("modalities", Integer, nullable=False),
    Column("language_low", Integer),
    Column("language_high", Integer),
    Column("hours", Float),
    Column("validated_hours", Float),
    Column("records_low", BigInteger),
    Column("records_high", BigInteger),
    Column("bytes", BigInteger),
    Column("speakers", BigInteger),
    Column("price_low", BigInteger),
    Column("price_high", BigInteger),
    Column("access", _CODE),
    Column("speech_style", _CODE),
    Column("update_frequency", _CODE),
    Column("updated", _CODE),
    Column("source", _CODE, nullable=False),
    Column("group_key", BigInteger, nullable=False),
    Column("merit", Integer, nullable=False),
    Column("id", _CODE, nullable=False),
    Index("facet_by_group", "group_key"),
)

NAMED = Table(
    "named",
    METADATA,
    Column("key", _KEY, ForeignKey("card.key"), primary_key=True, autoincrement=False),
    Column("native_folded", _CODE, nullable=False),
    Column("name_folded", _CODE, nullable=False),
    Column("publisher", Text),
    Column("publisher_folded", _CODE),
    Index("named_by_name", "name_folded"),
    Index("named_by_native", "native_folded"),
)


def _coded(name: str) -> Table:
    return Table(
        name,
        METADATA,
        Column("code", _CODE, primary_key=True),
        Column("key", _KEY, ForeignKey("card.key"), primary_key=True, autoincrement=False),
        Index(f"{name}_by_card", "key"),
        sqlite_with_rowid=False,
    )


CARD_LANGUAGE = _coded("card_language")
CARD_TASK = _coded("card_task")
CARD_TAG = _coded("card_tag")
CARD_TOKEN = _coded("card_token")
"""What `same.tokens` read off a card: equal tokens are a reason to join copies."""

TERMS = Table(
    "terms",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("fingerprint", _CODE, nullable=False, unique=True),
    Column("json", Text, nullable=False),
    Column("licence", _CODE),
    Column("stated", SmallInteger, nullable=False),
    Column("public_domain", SmallInteger),
    Column("permissive", SmallInteger),
    Column("commercial", SmallInteger),
    Column("share_alike", SmallInteger),
    Column("derivatives", SmallInteger),
)

TERMS_LICENCE = Table(
    "terms_licence",
    METADATA,
    Column("licence", _CODE, primary_key=True),
    Column("terms_id", Integer, ForeignKey("terms.id"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

HOLD = Table(
    "hold",
    METADATA,
    Column("number", _KEY, primary_key=True, autoincrement=True),
    Column("key", _KEY, ForeignKey("card.key"), nullable=False),
    Column("digest", _CODE, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("held_at", _CODE, nullable=False),
    Column("released_at", _CODE),
    Column("released_by", Text),
    Column("released_reason", Text),
    Index("hold_by_card", "key", "digest"),
    sqlite_autoincrement=True,
)

RUN = Table(
    "source_run",
    METADATA,
    Column("run", _KEY, primary_key=True, autoincrement=True),
    Column("source", _CODE, nullable=False),
    Column("place", _CODE, nullable=False),
    Column("started_at", _CODE, nullable=False),
    Column("finished_at", _CODE),
    Column("complete", SmallInteger, nullable=False),
    Column("stopped", Text),
    Column("cursor", Text),
    Column("read", BigInteger, nullable=False),
    Column("new", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("same", BigInteger, nullable=False),
    Column("withdrawn", BigInteger, nullable=False),
    Index("source_run_by_source", "source", "run"),
    sqlite_autoincrement=True,
)

FAILED = Table(
    "failed",
    METADATA,
    Column("source", _CODE, primary_key=True),
    Column("native_id", _CODE, primary_key=True),
    Column("place", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("run", BigInteger, nullable=False),
)

STATE = Table(
    "state",
    METADATA,
    Column("name", _CODE, primary_key=True),
    Column("value", BigInteger, nullable=False),
)
"""Counters `revision` and `joined`, the revision at which copies were last joined; and `identity`,
a number drawn once, by which an index knows its store."""
