"""Does what was heard after it was acknowledged: a bounded pool of threads over a durable list.

A thing is written down before Slack is told that it was heard, so a restart loses nothing; the
same thing heard twice is done once. Where the database cannot be written in time the thing is
kept in memory alone, for Slack is answered within 3 seconds in any case.
"""

from __future__ import annotations

import itertools
import logging
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

from assistant.faces.slack_heard import Heard
from assistant.faces.slack_store import BUSY, Replayed, SlackStore

LOG = logging.getLogger("dataset_assistant.slack")
WORKERS = 8
LEASE = timedelta(seconds=90)
"""After this another process may take a job that waits; our own threads renew it by beginning."""
WORK_FOR = timedelta(minutes=5)
ANSWERABLE = timedelta(minutes=25)
"""Slack takes answers for 30 minutes."""
REMEMBERED = 5000
LOOK_EVERY_S = 30.0
YIELD_S = 1.5
"""How long work waits for requests that are still to be acknowledged."""

Work = Callable[[Heard, Callable[[], None]], None]
"""Does one thing; calls the second argument just before its first answer goes out."""


class Doorway:
    """Counts requests that are not acknowledged yet; work lets them pass first."""

    def __init__(self) -> None:
        self._inside = 0
        self._changed = threading.Condition()

    def __enter__(self) -> None:
        with self._changed:
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._inside -= 1
            self._changed.notify_all()

    def let_pass(self) -> None:
        """Wait until nobody stands in the doorway, for a moment at most."""
        with self._changed:
            self._changed.wait_for(lambda: self._inside == 0, timeout=YIELD_S)


class Inbox:
    """What was heard and is still to be done."""

    def __init__(
        self,
        store: SlackStore,
        work: Work,
        *,
        clock: Callable[[], datetime],
        workers: int = WORKERS,
    ) -> None:
        self._store = store
        self._work = work
        self._clock = clock
        self._waiting: queue.PriorityQueue[tuple[int, int, Heard | None, datetime | None]] = (
            queue.PriorityQueue()
        )
        self.doorway = Doorway()
        self._turn = itertools.count()
        self._lock = threading.Lock()
        self._known: OrderedDict[str, float] = OrderedDict()
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, name=f"slack-{n}", daemon=True)
            for n in range(workers)
        ]
        self._watching = threading.Thread(target=self._watch, name="slack-watch", daemon=True)

    def start(self) -> None:
        """Begin to work, first on what an ended process left."""
        for thread in (*self._threads, self._watching):
            thread.start()

    def stop(self, *, within_s: float = 20.0) -> None:
        """End when what waits is done, or after this time; the rest stays written down."""
        self._stopping.set()
        ends = time.monotonic() + within_s
        for _ in self._threads:
            self._waiting.put((2, next(self._turn), None, None))
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, ends - time.monotonic()))

    def put(self, heard: Heard, *, signature: str = "") -> bool:
        """Take a thing; False where the same was heard before.

        Raises:
            Replayed: a request with this signature was taken before.
        """
        now = self._clock()
        with self._lock:
            if signature and not self._new(f"signature:{signature}", None, now):
                raise Replayed(heard.key)
            if not self._new(heard.key, heard.again_after_s, now):
                return False
        lease: datetime | None = now + LEASE
        try:
            if not self._store.take(heard, signature=signature, now=now, until=now + LEASE):
                return False
        except BUSY:
            LOG.exception("%s is kept in memory only: the database does not answer", heard.kind)
            lease = None
        self._line_up(heard, lease)
        return True

    def _new(self, key: str, again_after_s: float | None, now: datetime) -> bool:
        before = self._known.get(key)
        at = now.timestamp()
        if before is not None and (again_after_s is None or at - before < again_after_s):
            return False
        self._known[key] = at
        self._known.move_to_end(key)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return True

    def _line_up(self, heard: Heard, lease: datetime | None) -> None:
        self._waiting.put((0 if heard.urgent else 1, next(self._turn), heard, lease))

    def _run(self) -> None:
        while True:
            _, _, heard, lease = self._waiting.get()
            if heard is None:
                return
            self.doorway.let_pass()
            try:
                self._do(heard, lease)
            except Exception:
                # The edge of the face: one thing that fails must not end its thread.
                LOG.exception("%s of workspace %s failed", heard.kind, heard.team)

    def _do(self, heard: Heard, lease: datetime | None) -> None:
        until = self._clock() + WORK_FOR
        if lease is not None and not self._store.claim(heard.key, until=until, lease=lease):
            return
        answering = threading.Event()

        def begin() -> None:
            if lease is not None and not answering.is_set():
                self._noted(heard, "answering")
            answering.set()

        try:
            self._work(heard, begin)
        finally:
            if lease is not None:
                self._noted(heard, "done")

    def _noted(self, heard: Heard, state: str) -> None:
        try:
            self._store.note(heard.key, state)
        except BUSY:
            LOG.warning("%s of %s: %r could not be written down", heard.kind, heard.team, state)

    def _watch(self) -> None:
        while True:
            try:
                self._take_over()
            except BUSY:
                LOG.warning("what other processes left could not be looked at; trying again")
            if self._stopping.wait(LOOK_EVERY_S):
                return

    def _take_over(self) -> None:
        """Take jobs of processes that are gone, and sweep."""
        now = self._clock()
        lease = now + LEASE
        for heard in self._store.left(now=now, until=lease, since=now - ANSWERABLE):
            self._line_up(heard, lease)
        self._store.sweep(now=now)
