"""Many Slack commands at once to a real server: how soon each is acknowledged, none lost or twice.

The server is a process of its own over the starter catalogue; Slack's side (the Web API and the
sender of signed commands) is the tests' fake, in this process.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from bench.clock import run
from tests.faces.slack.fake import FakeSlack, fake_slack
from tests.faces.slack.sender import FORM, SECRET, Sender, signature

COMMANDS = 200
PATIENCE_S = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """Seconds from sending a command to its acknowledgement."""

    commands: int
    median_s: float
    slowest_s: float
    answered: int
    lost: int
    twice: int
    all_answered_s: float


def measure(work: Path) -> Burst:
    """Starts a server and sends all commands at once, each over a connection of its own."""
    run(["-m", "assistant", "sync", "starter", "--index", "--data", str(work), "--json"])
    with fake_slack() as fake:
        server, url = _served(work, fake)
        try:
            sender = Sender(fake, url)
            first = sender.command("Welsh speech")
            _wait(lambda: bool(fake.answered(first)))
            found = _burst(sender, fake)
            sender.close()
            return found
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=40)


def _served(work: Path, fake: FakeSlack) -> tuple[subprocess.Popen[str], str]:
    environ = {
        "PORT": "0", "SLACK_SIGNING_SECRET": SECRET, "SLACK_BOT_TOKEN": "xoxb-one",
        "SLACK_API_URL": f"{fake.url}/api/",
    }  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve", "--data", str(work)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environ},
        text=True,
    )
    if server.stdout is not None:
        for line in server.stdout:
            found = re.search(r"http://\S+", line)
            if found is not None:
                return server, found[0]
    raise RuntimeError("the server ended before it told its address")


def _burst(sender: Sender, fake: FakeSlack) -> Burst:
    before = len(fake.answered())
    bodies = [sender.command_body("Welsh speech for a product") for _ in range(COMMANDS)]
    host = urlsplit(sender.url).netloc
    gate = threading.Barrier(COMMANDS + 1)
    took: list[float] = []
    threads = [threading.Thread(target=_send, args=(host, body, gate, took)) for body, _ in bodies]
    for thread in threads:
        thread.start()
    gate.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    _wait(lambda: len(fake.answered()) - before >= COMMANDS)
    ended = time.perf_counter() - begun
    time.sleep(1)
    told = Counter(path for path, _ in fake.answers)
    counts = [told[path] for _, path in bodies]
    return Burst(
        commands=COMMANDS,
        median_s=sorted(took)[len(took) // 2],
        slowest_s=max(took),
        answered=sum(count > 0 for count in counts),
        lost=sum(count == 0 for count in counts),
        twice=sum(count > 1 for count in counts),
        all_answered_s=ended,
    )


def _send(host: str, body: str, gate: threading.Barrier, took: list[float]) -> None:
    stamp = str(int(time.time()))
    headers = {"content-type": FORM, "x-slack-request-timestamp": stamp,
               "x-slack-signature": signature(body, stamp)}  # fmt: skip
    gate.wait()
    begun = time.perf_counter()
    connection = HTTPConnection(host, timeout=60)
    connection.request("POST", "/slack/events", body, headers)
    answer = connection.getresponse()
    answer.read()
    took.append(time.perf_counter() - begun)
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"a command was answered with status {answer.status}")


def _wait(done: object) -> None:
    ends = time.perf_counter() + PATIENCE_S
    while callable(done) and not done():
        if time.perf_counter() > ends:
            return
        time.sleep(0.05)
