"""What each person may spend on the language model in a day, counted in SQL for all processes.

A call first reserves the most it can cost, in one statement, so that two processes never both take
the last of it; what it did not use is given back. Rows hold a digest of who and a day, no words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    MetaData,
    String,
    Table,
    bindparam,
    delete,
    select,
    text,
)

from assistant.llm_values import ModelFailed, Usage
from assistant.memory import open_engine
from assistant.memory_quick import Quick, Value, transaction

METADATA = MetaData()
_SPENT = Table(
    "llm_spent",
    METADATA,
    Column("who", String(64), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("tokens", BigInteger, nullable=False),
    Column("micros", BigInteger, nullable=False),
)
EVERYBODY = "everybody"
_KEPT_DAYS = 7
_TAKE = text(
    "INSERT INTO llm_spent (who, day, tokens, micros) VALUES (:who, :day, :tokens, :micros) "
    "ON CONFLICT (who, day) DO UPDATE SET tokens = llm_spent.tokens + excluded.tokens, "
    "micros = llm_spent.micros + excluded.micros "
    "WHERE llm_spent.tokens + excluded.tokens <= :most_tokens "
    "AND llm_spent.micros + excluded.micros <= :most_micros"
)
_GIVE_BACK = text(
    "UPDATE llm_spent SET tokens = tokens - :tokens, micros = micros - :micros "
    "WHERE who = :who AND day = :day"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """What a million tokens cost, in millionths of a dollar; 0 where nobody set it."""

    input_micros: int = 0
    output_micros: int = 0

    def cost(self, usage: Usage) -> int:
        """Millionths of a dollar for these tokens, rounded up."""
        spent = usage.input_tokens * self.input_micros + usage.output_tokens * self.output_micros
        return -(-spent // 1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """The most that may be spent in a day (UTC)."""

    person_tokens: int
    person_micros: int
    """Millionths of a dollar; counts only where rates are set."""
    all_tokens: int
    """All people together: a visitor is a new person in each conversation."""


class Allowance:
    """Counts what is spent; safe to use from many threads and processes."""

    def __init__(
        self, engine: Engine, caps: Caps, rates: Rates, *, clock: Callable[[], datetime]
    ) -> None:
        self._engine = engine
        self._take = Quick(engine, _TAKE)
        self._give = Quick(engine, _GIVE_BACK)
        self._caps = caps
        self._rates = rates
        self._clock = clock

    def close(self) -> None:
        """Close the database connections."""
        self._engine.dispose()

    def reserve(self, asker: str, most: Usage) -> Reserved:
        """Set the most that a call can use aside; raises `ModelFailed` when it is too much."""
        day = f"{self._clock():%Y-%m-%d}"
        caps, micros = self._caps, self._rates.cost(most)
        taken: dict[str, Value] = {"day": day, "tokens": most.total, "micros": micros}
        person = {"most_tokens": caps.person_tokens, "most_micros": caps.person_micros}
        everybody = {"most_tokens": caps.all_tokens, "most_micros": 2**62}
        if most.total > min(caps.person_tokens, caps.all_tokens) or micros > caps.person_micros:
            raise ModelFailed("over_budget")
        with transaction(self._engine) as cursor:
            for who, limit in ((EVERYBODY, everybody), (digest(asker), person)):
                self._take.run(cursor, {**taken, **limit, "who": who})
                if cursor.rowcount != 1:
                    # Leaving the block by an error takes the other count back too.
                    raise ModelFailed("over_budget")
        return Reserved(self, who=digest(asker), day=day, most=most)

    def give_back(self, who: str, day: str, most: Usage, used: Usage) -> None:
        """Count what was used in place of what was set aside."""
        tokens = most.total - used.total
        micros = self._rates.cost(most) - self._rates.cost(used)
        unused: dict[str, Value] = {"day": day, "tokens": tokens, "micros": micros}
        with transaction(self._engine) as cursor:
            for each in (EVERYBODY, who):
                self._give.run(cursor, {**unused, "who": each})

    def spent(self, asker: str) -> tuple[int, int]:
        """(tokens, millionths of a dollar) of this person today."""
        query = select(_SPENT.c.tokens, _SPENT.c.micros).where(
            _SPENT.c.who == bindparam("asked"), _SPENT.c.day == bindparam("on")
        )
        asked = {"asked": digest(asker), "on": f"{self._clock():%Y-%m-%d}"}
        with self._engine.connect() as connection:
            row = connection.execute(query, asked).first()
        return (int(row[0]), int(row[1])) if row is not None else (0, 0)

    def cost(self, usage: Usage) -> int:
        """Millionths of a dollar for these tokens."""
        return self._rates.cost(usage)

    def sweep(self) -> int:
        """Delete counts older than a week; how many went."""
        before = f"{self._clock() - timedelta(days=_KEPT_DAYS):%Y-%m-%d}"
        with self._engine.begin() as connection:
            return connection.execute(delete(_SPENT).where(_SPENT.c.day < before)).rowcount


class Reserved:
    """What was set aside for one call, until it is settled."""

    def __init__(self, allowance: Allowance, *, who: str, day: str, most: Usage) -> None:
        self._allowance = allowance
        self._who = who
        self._day = day
        self._most = most
        self._used = Usage()

    def spend(self, usage: Usage) -> None:
        """Count one try."""
        self._used = Usage(
            input_tokens=self._used.input_tokens + usage.input_tokens,
            output_tokens=self._used.output_tokens + usage.output_tokens,
        )

    def settle(self) -> Usage:
        """Give back what was not used; what was used all in all."""
        self._allowance.give_back(self._who, self._day, self._most, self._used)
        return self._used


def digest(asker: str) -> str:
    """Who, without saying who."""
    return hashlib.sha256(f"llm\0{asker}".encode()).hexdigest()


def open_allowance(
    url: str, caps: Caps, rates: Rates, *, clock: Callable[[], datetime]
) -> Allowance:
    """The allowance at a database address, its table made where it is missing."""
    engine = open_engine(url)
    METADATA.create_all(engine)
    allowance = Allowance(engine, caps, rates, clock=clock)
    allowance.sweep()
    return allowance
