"""The chain of events tells when one was changed, taken out or put in."""

from __future__ import annotations

import json

from sqlalchemy import create_engine, delete, text, update

from assistant.access import chain
from assistant.access.tables import EVENT
from tests.assistant.access.bureau import Bureau


def broken(url: str) -> chain.Break | None:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = chain.check(connection)
    engine.dispose()
    return found


def tamper(url: str, statement: object) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(statement)  # type: ignore[call-overload]
    engine.dispose()


def test_an_untouched_chain_holds(bureau: Bureau) -> None:
    bureau.approved()
    assert broken(bureau.url) is None


def test_a_changed_actor_or_body_or_time_is_noticed(bureau: Bureau) -> None:
    bureau.approved()
    changed = {"actor": "p_else", "body": "{}", "at": "2020-01-01T00:00:00+00:00"}
    for column, value in changed.items():
        engine = create_engine(bureau.url)
        with engine.connect() as connection, connection.begin() as kept:
            connection.execute(update(EVENT).where(EVENT.c.position == 2).values({column: value}))
            found = chain.check(connection)
            kept.rollback()
        engine.dispose()
        assert found is not None and found.position == 2, column


def test_a_missing_event_is_noticed(bureau: Bureau) -> None:
    bureau.approved()
    tamper(bureau.url, delete(EVENT).where(EVENT.c.position == 2))
    found = broken(bureau.url)
    assert found is not None and "missing" in found.why


def test_answers_and_addresses_stand_nowhere_in_the_open(small: Bureau) -> None:
    small.approved()
    engine = create_engine(small.url)
    with engine.connect() as connection:
        tables = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'table' AND "
                 "(name LIKE 'access%' OR name = 'outbox')")
        ).scalars().all()  # fmt: skip
        said = " ".join(
            json.dumps([tuple(row) for row in connection.execute(text(f"SELECT * FROM {name}"))])
            for name in tables
        )
    engine.dispose()
    assert "access_event" in tables and "outbox" in tables
    for secret in ("mara@lab", "owner@voices", "Mara Lind", "recogniser", "Speech Lab"):
        assert secret not in said
