"""One sync run: read a source, normalise, vet, store, withdraw what is gone, join copies.

It may be killed at any point: what was committed stays, and the next run goes on from there. A
run that did not walk the whole source withdraws nothing but what the source itself says is gone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from catalog_sync import rules
from catalog_sync.card import DatasetCard
from catalog_sync.report import SyncProgress, SyncReport
from catalog_sync.source import (
    Asked,
    BadInput,
    Cursor,
    Failed,
    Gone,
    Item,
    RawRecord,
    Source,
    SourceError,
    SyncError,
)
from catalog_sync.store import Run, Store, Vetted
from catalog_sync.vet import vet
from catalog_sync.waiting import Waiting

__all__ = ["BrokenRecord", "Clock", "Normalise", "SyncProgress", "SyncReport", "sync"]

AT_ONCE = 200
"""Records that wait for a cursor before they are committed."""
AT_MOST = 1000
"""Records that wait at all: a source without cursors is committed too."""
COMMIT_EVERY = timedelta(seconds=5)
"""A slow source is committed at least this often."""
TELL_EVERY = 10
"""Records between two reports of progress."""
MOST_WITHDRAWN = 0.2
"""A run that would withdraw a greater share of a source's cards stops and says so."""

_LOG = logging.getLogger(__name__)

Normalise = Callable[[RawRecord], DatasetCard]
Clock = Callable[[], datetime]
"""The moment, with its time zone."""


class BrokenRecord(SyncError):
    """One record that cannot be kept; the others go on."""


class _Stopped(Exception):
    """Ends the walk early; `resumable` says whether the next run goes on from here."""

    def __init__(self, why: str, *, resumable: bool) -> None:
        super().__init__(why)
        self.resumable = resumable


def sync(
    source: Source,
    store: Store,
    *,
    normalise: Normalise,
    clock: Clock,
    place: str = "",
    limit: int | None = None,
    allow_withdrawals: bool = False,
    progress: Callable[[SyncProgress], None] | None = None,
) -> SyncReport:
    """Bring the store up to date with one source.

    Args:
        source: What is read; opened by the caller.
        store: Where the cards go. One run at a time.
        normalise: Makes a card of a record; whatever it raises fails that record alone.
        clock: Tells the moment.
        place: The path or address that is read. Only a run on the same place is gone on with.
        limit: Read at most this many records; such a run is never complete.
        allow_withdrawals: Withdraw even more than a fifth of the source's cards.
        progress: Called now and then.

    Raises:
        StoreBusy: another run is at work on this store.
        BadInput: the path, address or setting given to the source is wrong.
    """
    with store.sync_lock():
        begun = clock()
        run = store.begin_run(source.name, place=place, at=begun, resume=limit is None)
        walk = _Walk(source, store, run, normalise, clock, progress)
        stopped = _walked(walk, limit=limit, allow_withdrawals=allow_withdrawals)
        store.join()
        store.finish_run(
            run,
            at=clock(),
            complete=stopped is None,
            stopped=None if stopped is None else str(stopped),
            resumable=stopped is not None and stopped.resumable,
        )
        if stopped is not None and isinstance(stopped.__cause__, BadInput):
            raise stopped.__cause__
        counts = walk.counts
        return SyncReport(
            source=source.name,
            complete=stopped is None,
            read=counts.read,
            new=counts.new,
            changed=counts.changed,
            same=counts.same,
            withdrawn=counts.withdrawn,
            held=store.holds(source=source.name),
            failed=store.failed(source.name, run=run).get(source.name, ()),
            seconds=(clock() - begun).total_seconds(),
            stopped=None if stopped is None else str(stopped),
            resumed=run.cursor is not None,
        )


def _walked(walk: _Walk, *, limit: int | None, allow_withdrawals: bool) -> _Stopped | None:
    """Walk the source; why the walk ended early, or None where it did not."""
    try:
        walk.through(limit)
        walk.withdraw_missing(allow=allow_withdrawals)
    except _Stopped as early:
        return early
    except (SourceError, BadInput) as error:
        stopped = _Stopped(str(error), resumable=isinstance(error, SourceError))
        stopped.__cause__ = error
        return stopped
    return None


class _Walk:
    """One process's part of a run."""

    def __init__(
        self,
        source: Source,
        store: Store,
        run: Run,
        normalise: Normalise,
        clock: Clock,
        progress: Callable[[SyncProgress], None] | None,
    ) -> None:
        self._source = source
        self._store = store
        self._run = run
        self._normalise = normalise
        self._clock = clock
        self._progress = progress
        self._waiting = Waiting()
        self._met: dict[str, str] = {}
        self._stamps = store.stamps(source.name)
        self._failures = 0
        self._committed_at = clock()
        self.counts = run.counts

    def through(self, limit: int | None) -> None:
        """Read the source to its end, or to the limit."""
        left = limit
        if left is not None and left <= 0:
            raise self._limited(limit)
        items = self._source.read(self._run.cursor)
        try:
            for item in self._committing_at_error(items):
                self._take(item, keep_cursor=limit is None)
                if left is not None and isinstance(item, RawRecord | Failed):
                    left -= 1
                    if left == 0:
                        break
        finally:
            close = getattr(items, "close", None)
            if close is not None:
                close()
        self._commit()
        if left == 0:
            raise self._limited(limit)

    def _limited(self, limit: int | None) -> _Stopped:
        return _Stopped(
            f"It was told to read {limit} records at most; leave the limit out to read all.",
            resumable=False,
        )

    def _committing_at_error(self, items: Iterator[Item]) -> Iterator[Item]:
        try:
            yield from items
        except SourceError:
            self._commit()
            raise

    def _take(self, item: Item, *, keep_cursor: bool) -> None:
        waiting = self._waiting
        if isinstance(item, Cursor):
            waiting.cursor = item if keep_cursor else None
        elif isinstance(item, Gone):
            waiting.gone.append(item)
        elif isinstance(item, Failed):
            self._fail(item)
        else:
            self._read(item)
        late = self._clock() - self._committed_at >= COMMIT_EVERY
        self._tell()
        at_mark = isinstance(item, Cursor) and (len(waiting) >= AT_ONCE or late)
        if at_mark or len(waiting) >= AT_MOST:
            self._commit()

    def _fail(self, failed: Failed) -> None:
        self._waiting.failed.append(failed)
        self._failures += 1

    def _read(self, raw: RawRecord) -> None:
        """One record into one card; its failure is its own."""
        earlier = self._met.get(raw.native_id)
        if earlier is not None:
            why = f"the id {raw.native_id!r} was read before, at {earlier!r}"
            self._fail(Failed(native_id=raw.native_id, where=raw.where, why=why))
            return
        self._met[raw.native_id] = raw.where
        stamp = rules.stamp(raw, month=self._committed_at.strftime("%Y-%m"))
        if self._stamps.get(raw.native_id) == stamp:
            self._waiting.unchanged.append(raw.native_id)
            return
        try:
            vetted = self._vetted(raw, stamp)
        except Exception as error:
            _LOG.warning("%s:%s at %s failed", raw.source, raw.native_id, raw.where, exc_info=True)
            why = f"{type(error).__name__}: {error}"
            self._fail(Failed(native_id=raw.native_id, where=raw.where, why=why))
            return
        self._waiting.cards.append(vetted)

    def _vetted(self, raw: RawRecord, stamp: str) -> Vetted:
        card = self._normalise(raw)
        if card.source != self._source.name:
            raise BrokenRecord(
                f"it calls itself a card of {card.source!r}, and was read from "
                f"{self._source.name!r}"
            )
        findings = vet(card, on=self._committed_at.date(), raw=raw)
        return Vetted(card=card, findings=findings, stamp=stamp)

    def _commit(self) -> None:
        waiting, self._waiting = self._waiting, Waiting()
        self._committed_at = self._clock()
        if not waiting and waiting.cursor is None:
            return
        done = self._store.commit(self._run, waiting.batch(), at=self._committed_at)
        self.counts += done.counts
        self._tell(always=True)

    def _tell(self, *, always: bool = False) -> None:
        read = self.counts.read + self._waiting.read
        if self._progress is not None and (always or read % TELL_EVERY == 0):
            self._progress(
                SyncProgress(
                    source=self._source.name,
                    read=read,
                    new=self.counts.new,
                    changed=self.counts.changed,
                    same=self.counts.same,
                    failed=self._failures,
                )
            )

    def withdraw_missing(self, *, allow: bool) -> None:
        """Withdraw the cards that a whole walk did not meet, each on the source's word."""
        missing, before = self._store.missing(self._run)
        if len(missing) > MOST_WITHDRAWN * before and not allow:
            raise _Stopped(
                f"{len(missing)} of the {before} cards of {self._source.name!r} are no longer "
                "there, more than a fifth; none of them was withdrawn. If that is right, run it "
                "again with --allow-withdrawals.",
                resumable=False,
            )
        for _, native_id in missing:
            item = self._look(native_id)
            if isinstance(item, RawRecord):
                self._read(item)
            elif isinstance(item, Failed):
                self._fail(item)
            else:
                self._waiting.gone.append(item)
        self._commit()

    def _look(self, native_id: str) -> RawRecord | Gone | Failed:
        if isinstance(self._source, Asked):
            return self._source.look(native_id)
        return Gone(native_id=native_id, why="the source lists it no longer")
