"""Does what is to be done by itself: scheduled syncs, deliveries, reminders, watches.

One sync with its index at a time, each in a process of its own, so that a running server neither
waits for it nor keeps its memory. Several workers, here or elsewhere, double nothing: what they
do is written so that it is done once.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from traceback import extract_tb

LOG = logging.getLogger("dataset_assistant.worker")
LOOK_EVERY_S = 1.0


class Worker:
    """Runs one job when it is due, again and again, until stopped."""

    def __init__(
        self,
        every_s: float,
        run: Callable[[threading.Event], int],
        *,
        last: datetime | None,
        clock: Callable[[], datetime],
        name: str = "scheduled sync",
    ) -> None:
        self.name = name
        self.every = timedelta(seconds=every_s)
        self.run = run
        self.clock = clock
        self.due = clock() if last is None else last + self.every
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Work in the background."""
        self._thread = threading.Thread(target=self.work, name=self.name, daemon=True)
        self._thread.start()

    def ask_to_stop(self) -> None:
        """End after the run under way, without waiting for it."""
        self._stop.set()

    def stop(self) -> None:
        """End the run under way, which loses nothing, and wait for it."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=30)

    def work(self) -> None:
        """Wait for the hour, run, and set the next one, until stopped."""
        while not self._stop.is_set():
            if self.clock() < self.due:
                self._stop.wait(min(LOOK_EVERY_S, self.every.total_seconds()))
                continue
            code = self.run(self._stop)
            if not self._stop.is_set():
                LOG.log(
                    logging.INFO if code == 0 else logging.WARNING,
                    "%s ended with exit code %d; next in %s",
                    self.name,
                    code,
                    self.every,
                )
            self.due = self.clock() + self.every


class Chore(Worker):
    """A short job of this process; it is told of only when it did something or failed."""

    def __init__(
        self, name: str, every_s: float, do: Callable[[], str], *, clock: Callable[[], datetime]
    ) -> None:
        """`do` returns what it did in words, without any address; empty: nothing."""
        super().__init__(every_s, self._once, last=None, clock=clock, name=name)
        self._do = do

    def work(self) -> None:
        """Do it, rest, and again, until stopped."""
        while not self._stop.is_set():
            self._once(self._stop)
            self._stop.wait(self.every.total_seconds())

    def _once(self, _stop: threading.Event) -> int:
        try:
            done = self._do()
        except Exception as why:
            # The edge of the worker: a database that is away for a moment must not end it. What
            # the exception says may hold an address, so only its kind and its place are told.
            place = extract_tb(why.__traceback__)[-1]
            where = f"{Path(place.filename).name}:{place.lineno}"
            LOG.warning("%s failed: %s at %s", self.name, type(why).__name__, where)
            return 1
        if done:
            LOG.info("%s: %s", self.name, done)
        return 0


class Crew:
    """Several workers, started and stopped together."""

    def __init__(self, workers: Sequence[Worker]) -> None:
        self.workers = tuple(workers)

    def start(self) -> None:
        """Start all of them."""
        for worker in self.workers:
            worker.start()

    def stop(self) -> None:
        """Stop all of them; each ends what it is at."""
        for worker in self.workers:
            worker.ask_to_stop()
        for worker in self.workers:
            worker.stop()


def sync_in_a_process(environ: Mapping[str, str]) -> Callable[[threading.Event], int]:
    """The job of the schedule: `dataset-assistant sync --index` with the settings given."""

    def run(stop: threading.Event) -> int:
        command = [sys.executable, "-m", "assistant", "sync", "--index", "--quiet"]
        with subprocess.Popen(command, env=dict(environ), stdout=subprocess.DEVNULL) as process:
            while process.poll() is None:
                if stop.wait(0.2):
                    process.terminate()
            return process.returncode

    return run
