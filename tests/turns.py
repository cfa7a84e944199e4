"""One process at a time, for what the workers of a run make in a place that they share."""

from __future__ import annotations

import fcntl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def turn(of: str) -> Iterator[None]:
    """Waits until no other process is in a block of the same name."""
    with (Path(tempfile.gettempdir()) / f"dataset-assistant-{of}.lock").open("w") as file:
        # Closing the file, or the end of the process, lets the next one in.
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
