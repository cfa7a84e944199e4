"""The one SQL door for cards: put, find by filter, follow changes, keep runs and holds.

SQLite or PostgreSQL by address. Safe to use from several threads. Knows no clock: moments are
arguments.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, text

from catalog_sync import (
    store_groups,
    store_holds,
    store_join,
    store_read,
    store_runs,
    store_visible,
    store_write,
)
from catalog_sync.card import DatasetCard
from catalog_sync.clauses import Terms
from catalog_sync.filter import CardFilter
from catalog_sync.lock import Taken, file_lock
from catalog_sync.source import Failed
from catalog_sync.store_cards import MOST, Cards
from catalog_sync.store_engine import advisory_lock, connect, reading, writing
from catalog_sync.store_masks import Masks
from catalog_sync.store_runs import Batch, Committed, Counts, Run
from catalog_sync.store_turn import Mark, as_text, chunks
from catalog_sync.store_write import Vetted
from catalog_sync.stored import (
    Change,
    Freshness,
    Group,
    GroupedBy,
    Hold,
    NoSuchCard,
    StoreBusy,
    StoredCard,
    StoreError,
    Written,
)

__all__ = [
    "Batch", "Change", "Committed", "Counts", "Freshness", "Group", "GroupedBy", "Hold",
    "NoSuchCard", "Run", "Store", "StoreBusy", "StoreError", "StoredCard", "Vetted", "Written",
    "open_store",
]  # fmt: skip

_PAGE = 500
_AT_ONCE = 50
"""Cards read together where others want their answers meanwhile."""
_SYNC_LOCK = 0x73796E63


def open_store(url: str) -> Store:
    """The store at "sqlite:///folder/catalog.db" or "postgresql+psycopg://user@host/name".

    Makes the file, its folder and its tables where they are missing.

    Raises:
        StoreError: the address is of another kind, nothing answers there, or the tables are of
            a newer release.
    """
    return Store(connect(url))


class Store:
    """Cards in a database; made by `open_store`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._terms: store_read.TermsCache = {}
        self._cards = Cards()
        self._masks = Masks()

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    # reading

    def revision(self) -> int:
        """The number of the last change; grows with every change and never otherwise."""
        return store_read.revision_now(self._engine)

    def identity(self) -> int:
        """A number drawn when the database was made: no other database has it."""
        with self._engine.connect() as connection:
            return store_read.identity(connection)

    def get(self, id_: str) -> StoredCard | None:
        """The card `<source>:<native id>` in whatever state, or None."""
        with reading(self._engine) as connection:
            found = store_read.stored(
                connection, store_read.STATES_BY_ID, [id_], self._terms, self._cards
            )
        return found[0] if found else None

    def get_keys(self, keys: Sequence[int] | NDArray[np.int64]) -> dict[int, StoredCard]:
        """Cards by key, in the order given; keys that do not exist are left out."""
        wanted = [int(key) for key in keys]
        with reading(self._engine) as connection:
            found = store_read.stored(
                connection, store_read.STATES_BY_KEY, wanted, self._terms, self._cards
            )
        by_key = {each.key: each for each in found}
        return {key: by_key[key] for key in wanted if key in by_key}

    def prepare(self) -> None:
        """Read as many visible cards as are remembered, so that the first answers need not."""
        for keys in chunks(self.matching(CardFilter())[:MOST].tolist(), _AT_ONCE):
            self.get_keys(keys)

    def matching(self, asked: CardFilter) -> NDArray[np.int64]:
        """Keys of the visible cards that pass, ascending, int64, one per group of copies.

        The array is shared and cannot be written to.
        """
        known = self._masks.answered(store_read.revision_now(self._engine), asked)
        if known is not None:
            return known
        with reading(self._engine) as connection:
            return self._masks.matching(connection, asked)

    def count(self, asked: CardFilter) -> int:
        """How many cards `matching` would return."""
        return len(self.matching(asked))

    def tagged(self, words: Collection[str]) -> tuple[str, ...]:
        """Those of these words, lower case, that a visible card has among its tags."""
        with self._engine.connect() as connection:
            return tuple(store_read.tagged(connection, words))

    def changed_since(self, revision: int, *, limit: int | None = None) -> Iterator[Change]:
        """Every card that changed after `revision`, oldest change first, at most `limit`.

        Copies of a dataset are each handed out: `matching` chooses among them.
        """
        after = (revision, (1 << 63) - 1)
        left = limit
        while left is None or left > 0:
            page = _PAGE if left is None else min(_PAGE, left)
            with self._engine.connect() as connection:
                changes = store_read.changed(connection, after, page, self._terms)
            yield from changes
            if len(changes) < page:
                return
            after = (changes[-1].revision, changes[-1].key)
            left = None if left is None else left - page

    def groups(self, by: GroupedBy, asked: CardFilter) -> tuple[Group, ...]:
        """Figures of the cards that pass, by one of their values; most datasets first.

        A card with several values counts for each of them.
        """
        with self._engine.connect() as connection:
            return store_groups.groups(connection, by, asked)

    def terms(self) -> dict[str, Terms]:
        """All distinct terms of visible cards, by fingerprint."""
        with self._engine.connect() as connection:
            return store_read.all_terms(connection, self._terms)

    def find_by_name(self, words: str, *, limit: int = 10) -> tuple[str, ...]:
        """Ids of visible cards with this id, name or native id, or one that begins so.

        Upper and lower case and spacing do not matter; whole matches come first.
        """
        with self._engine.connect() as connection:
            return tuple(store_read.named(connection, words, limit))

    def freshness(self) -> tuple[Freshness, ...]:
        """How far each source was read, by source name."""
        with self._engine.connect() as connection:
            return store_runs.freshness(connection)

    def failed(
        self, source: str | None = None, *, run: Run | None = None
    ) -> dict[str, tuple[Failed, ...]]:
        """The records that could not be read when last tried, or in that run, by source."""
        with self._engine.connect() as connection:
            return store_runs.failures(connection, source, run)

    # writing

    def put(self, cards: Sequence[DatasetCard | Vetted], *, seen_at: datetime) -> Written:
        """Write cards outside of any run, each whole or not at all, all or none."""
        vetted = [each if isinstance(each, Vetted) else Vetted(card=each) for each in cards]
        with writing(self._engine) as connection:
            return store_write.put(connection, vetted, Mark(at=as_text(seen_at)))

    def withdraw(self, ids: Collection[str], why: str, *, at: datetime) -> int:
        """Take these cards out of sight; returns how many stood before."""
        with writing(self._engine) as connection:
            keys = store_visible.keys_of(connection, ids)
            return store_visible.withdraw(connection, keys, why, Mark(at=as_text(at)))

    def join(self) -> int:
        """Join copies among the cards as they are now; returns how many changed group."""
        with writing(self._engine) as connection:
            return store_join.join(connection)

    # runs

    @contextmanager
    def sync_lock(self) -> Iterator[None]:
        """Let one run at a time work on this store; a dead process does not keep it.

        Raises:
            StoreBusy: another run is at work.
        """
        if self._engine.dialect.name == "sqlite":
            with ExitStack() as held:
                database = Path(str(self._engine.url.database))
                try:
                    held.enter_context(file_lock(database.with_name(database.name + ".sync-lock")))
                except Taken as taken:
                    raise StoreBusy(
                        f"Another sync is writing to {str(database)!r} ({taken.holder}). Expected "
                        "one at a time; wait for it to end, then run this again."
                    ) from taken
                yield
            return
        with self._engine.connect() as connection:
            if not advisory_lock(connection, _SYNC_LOCK):
                raise StoreBusy(
                    f"Another sync is writing to {self._engine.url.render_as_string()!r}. "
                    "Expected one at a time; wait for it to end, then run this again."
                )
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _SYNC_LOCK})
                connection.commit()

    def begin_run(self, source: str, *, place: str = "", at: datetime, resume: bool = True) -> Run:
        """Record a run; go on with the last one of the same place where that broke off."""
        with writing(self._engine) as connection:
            return store_runs.begin(connection, source, place, at, resume=resume)

    def commit(self, run: Run, batch: Batch, *, at: datetime) -> Committed:
        """Write a batch and the cursor that it leads up to, in one transaction."""
        with writing(self._engine) as connection:
            return store_runs.commit(connection, run, batch, at)

    def stamps(self, source: str) -> dict[str, str]:
        """The stamps of the source's standing cards, by native id, see `rules.stamp`."""
        with self._engine.connect() as connection:
            return store_runs.stamps(connection, source)

    def missing(self, run: Run) -> tuple[list[tuple[int, str]], int]:
        """(key, native id) of standing cards this run did not meet; how many stood before it."""
        with self._engine.connect() as connection:
            return store_runs.missing(connection, run)

    def finish_run(
        self, run: Run, *, at: datetime, complete: bool, stopped: str | None, resumable: bool
    ) -> None:
        """Close a run; `resumable` keeps its cursor for the next one."""
        with writing(self._engine) as connection:
            store_runs.finish(
                connection, run, at, complete=complete, stopped=stopped, resumable=resumable
            )

    # holds

    def holds(self, *, source: str | None = None, released: bool = False) -> tuple[Hold, ...]:
        """The cards kept out of sight now, by id; `released`: those let pass, with who and why."""
        with self._engine.connect() as connection:
            return store_holds.holds(connection, source, released=released)

    def release_hold(self, id_: str, *, actor: str, reason: str, at: datetime) -> StoredCard:
        """Let a held card be shown as it is now; a later change of it is looked at anew.

        Raises:
            NoSuchCard: no card of this id is held.
            StoreError: nobody, or no reason, is named.
        """
        with writing(self._engine) as connection:
            store_holds.release(connection, id_, actor, reason, at)
        released = self.get(id_)
        if released is None:
            raise NoSuchCard(f"No card is called {id_!r}.")
        return released
