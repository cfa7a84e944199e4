"""Threads that wait for work, so that a call need not wait for a thread to begin."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue

_IDLE_MOST = 8
"""Threads kept waiting; more are started when more is to do at once, and end after it."""
_WAITING, _AT_WORK = "language-model-idle", "language-model"
"""Names of threads, for whoever looks at a program that hangs."""

Work = Callable[[], None]


class Crew:
    """Runs each piece of work in a thread of its own; a thread that is free takes the next."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[SimpleQueue[Work | None]] = []
        self._closed = False

    def run(self, work: Work) -> None:
        """Begin a piece of work, which raises nothing, and return at once."""
        with self._lock:
            line = self._idle.pop() if self._idle else None
        if line is None:
            line = SimpleQueue()
            # A server that never answers must not keep the program from ending.
            threading.Thread(target=self._serve, args=(line,), daemon=True, name=_WAITING).start()
        line.put(work)

    def warm(self) -> None:
        """Have one thread waiting."""
        self.run(lambda: None)

    def close(self) -> None:
        """End the threads that wait; those at work end after it."""
        with self._lock:
            self._closed = True
            waiting, self._idle = self._idle, []
        for line in waiting:
            line.put(None)

    def _serve(self, line: SimpleQueue[Work | None]) -> None:
        me = threading.current_thread()
        while (work := line.get()) is not None:
            me.name = _AT_WORK
            work()
            me.name = _WAITING
            del work
            with self._lock:
                if self._closed or len(self._idle) >= _IDLE_MOST:
                    return
                self._idle.append(line)
