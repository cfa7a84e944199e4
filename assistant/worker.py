"""Keeps the catalogue fresh on a schedule.

One sync with its index at a time, each in a process of its own, so that a running server neither
waits for it nor keeps its memory.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

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
    ) -> None:
        self.every = timedelta(seconds=every_s)
        self.run = run
        self.clock = clock
        self.due = clock() if last is None else last + self.every
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Work in the background."""
        self._thread = threading.Thread(target=self.work, name="worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the run under way, which loses nothing, and wait for it."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=30)

    def work(self) -> None:
        """Wait for the hour, run, and set the next one, until stopped."""
        while not self._stop.is_set():
            if self.clock() < self.due:
                self._stop.wait(LOOK_EVERY_S)
                continue
            code = self.run(self._stop)
            if not self._stop.is_set():
                LOG.log(
                    logging.INFO if code == 0 else logging.WARNING,
                    "scheduled sync ended with exit code %d; next in %s",
                    code,
                    self.every,
                )
            self.due = self.clock() + self.every


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
