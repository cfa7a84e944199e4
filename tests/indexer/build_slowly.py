"""Builds an index with pauses, once told to, as a process of its own: to be killed while at it."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog_sync.store import open_store
from indexer import build
from indexer.embed import HashEmbedder, Rows


@dataclass(frozen=True)
class Slow(HashEmbedder):
    """Takes its time."""

    def passages(self, texts: Sequence[str]) -> Rows:
        time.sleep(0.05)
        return super().passages(texts)


if __name__ == "__main__":
    sys.stdin.readline()
    opened = open_store(sys.argv[1])
    print("building", flush=True)
    build.bring_up_to_date(opened, Path(sys.argv[2]), Slow())
