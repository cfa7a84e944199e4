"""A first sync and index against the bare embedding of its passages, and a second against it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from bench.clock import Ended, run


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexing:
    """Seconds of whole processes, start to end, but where said otherwise."""

    cards: int
    passages: int
    first: float
    """Sync and index into an empty folder."""
    second: float
    """The same again with nothing changed."""
    first_cpu: float
    second_cpu: float
    loading: float
    """Importing and loading the model in the bare process."""
    embedding: float
    """The bare embedding of the same passages, the model loaded."""
    peak_mib: float
    peak_bare_mib: float

    @property
    def against_bare(self) -> float:
        """Cards a second of the first run against those of the bare embedding, loading included.

        Both load the model once; the bare process does nothing else.
        """
        return (self.loading + self.embedding) / self.first

    @property
    def against_embedding(self) -> float:
        """The same against the embedding alone, the model already in memory."""
        return self.embedding / self.first

    @property
    def again(self) -> float:
        """Second run against the first."""
        return self.second / self.first


def measure(cards: Path, work: Path) -> Indexing:
    """Measures with a folder of Hugging Face cards, in a new folder `work`."""
    command = [
        "-m", "bench.program", "sync", "huggingface", "--path", str(cards), "--index",
        "--data", str(work), "--json",
    ]  # fmt: skip
    first, second = run(command), run(command)
    bare = run(["-m", "bench.bare", str(work / "index")])
    figures = json.loads(bare.out.splitlines()[0])
    return Indexing(
        cards=_read(first),
        passages=int(figures["texts"]),
        first=first.seconds,
        second=second.seconds,
        first_cpu=first.cpu,
        second_cpu=second.cpu,
        loading=float(figures["loading"]),
        embedding=float(figures["embedding"]),
        peak_mib=first.peak_mib,
        peak_bare_mib=bare.peak_mib,
    )


def _read(ended: Ended) -> int:
    for line in ended.out.splitlines():
        if line.startswith("{"):
            found = json.loads(line)
            if "read" in found:
                return int(found["read"])
    return 0
