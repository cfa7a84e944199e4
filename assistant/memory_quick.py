"""The few statements that every answer runs, without what sqlalchemy makes anew for each run.

For a statement that takes a database some hundredths of a millisecond that is most of its time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Engine, Select, TextClause
from sqlalchemy.engine.interfaces import DBAPICursor

Value = str | int


class Quick:
    """One statement of named values, written once in the database's own dialect."""

    def __init__(self, engine: Engine, statement: TextClause | Select[str]) -> None:
        compiled = statement.compile(dialect=engine.dialect)
        self._text = str(compiled)
        self._order: list[str] | None = getattr(compiled, "positiontup", None)

    def run(self, cursor: DBAPICursor, values: Mapping[str, Value]) -> None:
        """Run it inside a transaction."""
        if self._order is None:
            cursor.execute(self._text, values)
        else:
            cursor.execute(self._text, [values[name] for name in self._order])


@contextmanager
def transaction(engine: Engine) -> Iterator[DBAPICursor]:
    """A cursor in a transaction, which an error takes back."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        yield cursor
        cursor.close()
        connection.commit()
    finally:
        # What was not committed is rolled back on the way into the pool.
        connection.close()
