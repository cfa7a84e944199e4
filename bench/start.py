"""Cold starts: the first answer of a fresh `ask`, and the server until it is healthy."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from bench.clock import run

TIMES = 5
PATIENCE_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Seconds."""

    ask: float
    """Median of several fresh processes, page cache warm."""
    ask_peak_mib: float
    serve: float


def measure(work: Path) -> Start:
    """Fills a folder with the starter catalogue and starts afresh several times."""
    run(["-m", "assistant", "sync", "starter", "--index", "--data", str(work), "--json"])
    command = ["-m", "bench.program", "ask", "Welsh speech", "--data", str(work), "--json"]
    run(command)
    asked = sorted((run(command) for _ in range(TIMES)), key=lambda each: each.seconds)
    return Start(
        ask=asked[TIMES // 2].seconds,
        ask_peak_mib=asked[TIMES // 2].peak_mib,
        serve=_serve(work),
    )


def _serve(work: Path) -> float:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve", "--data", str(work)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PORT": str(port)},
    )
    try:
        while time.perf_counter() - started < PATIENCE_S:
            if _healthy(port):
                return time.perf_counter() - started
            time.sleep(0.02)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)
    raise RuntimeError(f"the server did not answer within {PATIENCE_S} s")


def _healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
