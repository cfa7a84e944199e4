"""Lets one run at a time work on a folder: a lock that a dead process cannot keep."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Taken(Exception):
    """Somebody else holds the lock; `holder` is what they wrote, perhaps nothing."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(f"{str(path)!r} is held by {holder or 'another process'}")
        self.path = path
        self.holder = holder


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Hold the lock on `path` while the block runs; the file itself stays.

    The operating system drops the lock when the process ends, however it ends.

    Raises:
        Taken: another process, or another block of this one, holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise Taken(path, file.read().strip()) from error
        try:
            file.seek(0)
            file.truncate()
            file.write(f"process {os.getpid()}\n")
            file.flush()
            yield
        finally:
            file.seek(0)
            file.truncate()
            fcntl.flock(file, fcntl.LOCK_UN)
