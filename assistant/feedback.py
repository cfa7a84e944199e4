"""Keeps what people thought of an answer: thumbs with a reason, as rows for evaluation.

An own small table, without names: who judged is kept only so that it can be forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Column, Engine, Index, MetaData, String, Table, Text, delete, insert, select

from assistant.memory import open_engine

METADATA = MetaData()
_FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("answer", String(64), nullable=False),
    Column("asker", String(200), nullable=False),
    Column("verdict", String(8), nullable=False),
    Column("reason", Text, nullable=False),
    Column("turns", Text, nullable=False),
    Column("shown", Text, nullable=False),
    Column("given_at", String(40), nullable=False),
    Index("feedback_by_asker", "asker"),
    Index("feedback_by_answer", "answer"),
)
LONGEST_REASON = 2000
"""Characters of a reason that are kept."""

Thumb = Literal["up", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One judgement of one answer."""

    id: str
    answer: str
    """Id of the message that was judged."""
    thumb: Thumb
    reason: str
    turns: tuple[str, ...]
    """What the person had said, the judged question last."""
    shown: tuple[str, ...]
    """Card ids of the judged answer, in its order."""
    given_at: datetime


def open_feedback(url: str) -> FeedbackBook:
    """The feedback at a database address, its table made where it is missing."""
    engine = open_engine(url)
    METADATA.create_all(engine)
    return FeedbackBook(engine)


class FeedbackBook:
    """Thumbs and their reasons; safe to use from many threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        """Close the database connections."""
        self._engine.dispose()

    def record(self, feedback: Feedback, *, asker: str) -> None:
        """Keep one judgement; a later one of the same person on the same answer replaces it."""
        same = (_FEEDBACK.c.answer == feedback.answer) & (_FEEDBACK.c.asker == asker)
        with self._engine.begin() as connection:
            connection.execute(delete(_FEEDBACK).where(same))
            connection.execute(
                insert(_FEEDBACK).values(
                    id=feedback.id,
                    answer=feedback.answer,
                    asker=asker,
                    verdict=feedback.thumb,
                    reason=feedback.reason[:LONGEST_REASON],
                    turns=json.dumps(feedback.turns, ensure_ascii=False),
                    shown=json.dumps(feedback.shown),
                    given_at=feedback.given_at.isoformat(),
                )
            )

    def take_back(self, feedback_id: str) -> int:
        """Delete a judgement by its id, which only the one who gave it was told; how many went."""
        with self._engine.begin() as connection:
            gone = delete(_FEEDBACK).where(_FEEDBACK.c.id == feedback_id)
            return connection.execute(gone).rowcount

    def all(self) -> Iterator[Feedback]:
        """Every judgement, oldest first, without who gave it."""
        query = select(_FEEDBACK).order_by(_FEEDBACK.c.given_at, _FEEDBACK.c.id)
        with self._engine.connect() as connection:
            for row in connection.execute(query).mappings():
                yield Feedback(
                    id=row["id"],
                    answer=row["answer"],
                    thumb="up" if row["verdict"] == "up" else "down",
                    reason=row["reason"],
                    turns=tuple(json.loads(row["turns"])),
                    shown=tuple(json.loads(row["shown"])),
                    given_at=datetime.fromisoformat(row["given_at"]),
                )

    def forget(self, asker: str) -> int:
        """Delete every judgement of this person; how many went."""
        with self._engine.begin() as connection:
            return connection.execute(delete(_FEEDBACK).where(_FEEDBACK.c.asker == asker)).rowcount
