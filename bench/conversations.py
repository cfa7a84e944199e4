"""Many people in conversation at once with one server process, held for a while on loopback."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random

from bench.clock import run
from bench.talker import Talker

QUESTIONS = (
    "Welsh speech that I can use in a product", "only with more than 50 hours",
    "may I train a model on the first one?", "which languages of Kenya have speech?",
    "Swahili voice data for text to speech", "compare the first two",
    "parallel text for Yoruba and English", "start over",
)  # fmt: skip
THINKING_S = (5.0, 15.0)
"""How long a person reads before the next question, at least and at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What many conversations cost."""

    people: int
    seconds: float
    answers: int
    failed: int
    """Questions without an answer within a minute."""
    p50_ms: float
    p95_ms: float
    start_mib: float
    """Resident memory of the server when all had arrived."""
    end_mib: float


def measure(work: Path, *, people: int, seconds: float) -> Held:
    """Fills a folder with the starter catalogue, serves it, and lets `people` talk to it."""
    if not (work / "catalog.db").exists():
        run(["-m", "assistant", "sync", "starter", "--index", "--data", str(work), "--json"])
    environ = {
        **os.environ, "PORT": "0", "DATASET_ASSISTANT_DATA": str(work),
        "DATASET_ASSISTANT_ADDRESS_PER_MINUTE": "0", "DATASET_ASSISTANT_QUESTIONS_PER_MINUTE": "0",
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve"], env=environ, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as server:  # fmt: skip
        try:
            told = server.stdout.readline() if server.stdout else ""
            found = re.search(r"http://[\d.:]+", told)
            if found is None:
                raise RuntimeError(f"the server told no address but {told!r}")
            return asyncio.run(_hold(found[0], server.pid, people=people, seconds=seconds))
        finally:
            server.terminate()


async def _hold(address: str, pid: int, *, people: int, seconds: float) -> Held:
    talkers = [Talker(address) for _ in range(people)]
    for talker in talkers:
        await talker.arrive()
    await talkers[0].ask(QUESTIONS[0])
    start = resident_mib(pid)
    ends = time.monotonic() + seconds
    took: list[float] = []
    failed = 0

    async def talk(talker: Talker, seed: int) -> None:
        nonlocal failed
        chance = Random(seed)
        await asyncio.sleep(chance.uniform(0, THINKING_S[1]))
        for words in cycle(QUESTIONS[seed % len(QUESTIONS) :] + QUESTIONS):
            if time.monotonic() > ends:
                return
            try:
                took.append(await talker.ask(words))
            except TimeoutError:
                failed += 1
            await asyncio.sleep(chance.uniform(*THINKING_S))

    await asyncio.gather(*(talk(talker, seed) for seed, talker in enumerate(talkers)))
    end = resident_mib(pid)
    for talker in talkers:
        await talker.leave()
    took.sort()
    return Held(
        people=people, seconds=seconds, answers=len(took), failed=failed,
        p50_ms=1000 * took[len(took) // 2], p95_ms=1000 * took[int(len(took) * 0.95)],
        start_mib=start, end_mib=end,
    )  # fmt: skip


def resident_mib(pid: int) -> float:
    """Resident memory of a process, from /proc."""
    text = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+)", text)
    return int(found[1]) / 1024 if found else 0.0
