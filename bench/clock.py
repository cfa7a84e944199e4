"""Times and memory, and how busy the machine was meanwhile."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A process that ran to its end."""

    seconds: float
    cpu: float
    """Processor seconds of all its threads: steadier than the clock on a busy machine."""
    peak_mib: float
    """Largest resident set of the process itself."""
    out: str


def run(command: Sequence[str], *, environ: Mapping[str, str] | None = None) -> Ended:
    """Runs a Python program of this environment to its end.

    Raises:
        RuntimeError: It failed; the message holds the end of what it said.
    """
    before = _children()
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environ or {})},
    )
    out, said = process.communicate()
    seconds = time.perf_counter() - started
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {said[-800:]}")
    return Ended(seconds=seconds, cpu=_children() - before, peak_mib=_peak_of(out), out=out)


def _children() -> float:
    """Processor seconds of the children that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


PEAK = "peak-kib:"


def print_peak() -> None:
    """Last line of a measured program: its own peak memory."""
    sys.stdout.write(f"{PEAK}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}\n")


def _peak_of(out: str) -> float:
    for line in out.splitlines():
        if line.startswith(PEAK):
            return int(line.removeprefix(PEAK)) / 1024
    return 0.0


def spreads(
    calls: Sequence[Callable[[], object]], *, times: int
) -> tuple[tuple[float, float], ...]:
    """Median and 95th percentile of each call, in milliseconds, after one call to warm up.

    The calls take turns, so that whatever else the machine does slows all of them alike.
    """
    taken: tuple[list[float], ...] = tuple([] for _ in calls)
    for call in calls:
        call()
    for _ in range(times):
        for call, mine in zip(calls, taken, strict=True):
            started = time.perf_counter()
            call()
            mine.append((time.perf_counter() - started) * 1000)
    return tuple(_middle_and_late(mine) for mine in taken)


def _middle_and_late(taken: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(taken)
    return ordered[len(ordered) // 2], ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]


def load() -> tuple[float, float, float]:
    """The machine's load averages over 1, 5 and 15 minutes."""
    return os.getloadavg()
