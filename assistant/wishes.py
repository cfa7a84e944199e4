"""Keeps what people wished for and the catalogue lacks, and counts it.

A person's name stands beside a wish only where they agreed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import (
    Column,
    Engine,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
)

from assistant.memory import open_engine
from assistant.need import Need

METADATA = MetaData()
_WISH = Table(
    "wish",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("text", Text, nullable=False),
    Column("topic", String(300), nullable=False),
    Column("need", Text, nullable=False),
    Column("asker", String(200), nullable=False),
    Column("named", Integer, nullable=False),
    Column("made_at", String(40), nullable=False),
    Index("wish_by_topic", "topic"),
    Index("wish_by_asker", "asker"),
)
_NEED: TypeAdapter[Need] = TypeAdapter(Need)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One unmet wish."""

    number: int
    text: str
    """The need in words."""
    need: Need
    by: str | None
    """Who wished it; None unless they agreed to be named."""
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WishFigure:
    """How often the same thing was wished for."""

    text: str
    wishes: int
    people: int
    last_at: datetime


def open_wishes(url: str) -> WishBook:
    """The wish list at a database address, its table made where it is missing."""
    engine = open_engine(url)
    METADATA.create_all(engine)
    return WishBook(engine)


class WishBook:
    """The wish list; safe to use from many threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        """Close the database connections."""
        self._engine.dispose()

    def record(self, text: str, *, need: Need, asker: str, may_name: bool, now: datetime) -> Wish:
        """Write one wish down; the same wish of the same person is kept once."""
        topic = " ".join(text.casefold().split())[:300]
        same = select(_WISH.c.number).where(_WISH.c.topic == topic, _WISH.c.asker == asker)
        with self._engine.begin() as connection:
            number = connection.execute(same).scalar()
            if number is None:
                made = connection.execute(
                    insert(_WISH).values(
                        text=text,
                        topic=topic,
                        need=_NEED.dump_json(need, exclude_defaults=True).decode(),
                        asker=asker,
                        named=int(may_name),
                        made_at=now.isoformat(),
                    )
                ).inserted_primary_key
                number = made[0] if made is not None else 0
        return Wish(
            number=int(number), text=text, need=need, by=asker if may_name else None, made_at=now
        )

    def all(self, *, limit: int = 1000) -> tuple[Wish, ...]:
        """Wishes, newest first."""
        query = select(_WISH).order_by(_WISH.c.number.desc()).limit(limit)
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(
            Wish(
                number=row["number"],
                text=row["text"],
                need=_NEED.validate_json(row["need"]),
                by=row["asker"] if row["named"] else None,
                made_at=datetime.fromisoformat(row["made_at"]),
            )
            for row in rows
        )

    def figures(self) -> tuple[WishFigure, ...]:
        """What was wished for, most people first."""
        people = func.count(_WISH.c.asker.distinct())
        query = (
            select(
                func.min(_WISH.c.text).label("text"),
                func.count().label("wishes"),
                people.label("people"),
                func.max(_WISH.c.made_at).label("last_at"),
            )
            .group_by(_WISH.c.topic)
            .order_by(people.desc(), func.max(_WISH.c.made_at).desc())
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(
            WishFigure(
                text=row["text"],
                wishes=row["wishes"],
                people=row["people"],
                last_at=datetime.fromisoformat(row["last_at"]),
            )
            for row in rows
        )

    def forget(self, asker: str) -> int:
        """Delete every wish of this person; how many went."""
        with self._engine.begin() as connection:
            return connection.execute(delete(_WISH).where(_WISH.c.asker == asker)).rowcount
