"""Folders that take long to fill: filled once in this process, then copied for each test."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path


def lay(fill: Callable[[Path], None], where: Path) -> None:
    """Put what `fill` puts into an empty folder into the folder `where`."""
    shutil.copytree(_filled(fill), where, dirs_exist_ok=True)


@cache
def _filled(fill: Callable[[Path], None]) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="ready-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    fill(folder)
    return folder
