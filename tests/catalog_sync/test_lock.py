"""A lock that one holds at a time, and that a dead process does not keep."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from catalog_sync.lock import Taken, file_lock

HERE = multiprocessing.get_context("fork")


def test_a_second_holder_is_told_who_the_first_is(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "lock"
    with (
        file_lock(path),
        pytest.raises(Taken, match=f"process {os.getpid()}"),
        file_lock(path),
    ):
        pass
    with file_lock(path):
        pass


def test_a_failure_inside_gives_the_lock_back(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with pytest.raises(KeyError), file_lock(path):
        raise KeyError
    with file_lock(path):
        pass


def test_a_killed_process_does_not_keep_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    reading, writing = os.pipe()

    def hold() -> None:
        with file_lock(path):
            os.write(writing, b"x")
            signal.pause()

    process = HERE.Process(target=hold)
    process.start()
    os.read(reading, 1)
    with pytest.raises(Taken, match=f"process {process.pid}"), file_lock(path):
        pass
    process.kill()
    process.join()
    with file_lock(path):
        pass
    os.close(reading)
    os.close(writing)
