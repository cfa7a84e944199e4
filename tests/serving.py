"""Real servers for tests: a small filled catalogue, server processes over it, a demo site."""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from scripts import demo
from tests import models

KEY = "a-secret-of-the-demo-site-for-tests-only"
SITE = {
    "DATASET_ASSISTANT_SITE_KEYS": f"{demo.KID}:{KEY}",
    "DATASET_ASSISTANT_SITE_ISSUER": demo.ISSUER,
}
WELSH, SWAHILI = "commonvoice-scripted-25.0-cy", "commonvoice-scripted-25.0-sw"
BASQUE = "commonvoice-scripted-25.0-eu"
"""The one whose owner is asked for access."""
KEPT = (WELSH, SWAHILI, BASQUE, "commonvoice-scripted-25.0-ab")


def environment(data: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a fresh machine: no key, any free port."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "PYTHONPATH")
            if name in os.environ}  # fmt: skip
    return {**kept, "DATASET_ASSISTANT_DATA": str(data), "PORT": "0", "OMP_NUM_THREADS": "2",
            **(more or {})}  # fmt: skip


def datasets() -> dict[str, dict[str, object]]:
    """A few lines of the starter catalogue, enough to talk about."""
    kept = {key: line for key, line in demo.starter().items() if key in KEPT}
    return {**kept, BASQUE: {**kept[BASQUE], "access": "on_request"}}


def fill(data: Path, more: Mapping[str, str] | None = None) -> None:
    """Sync and index those lines as a catalogue of our own cards."""
    models.lay(data)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "few.jsonl"
        file.write_text("\n".join(map(json.dumps, datasets().values())), encoding="utf-8")
        command = [sys.executable, "-m", "assistant", "sync", "cards", "--path", str(file)]
        done = subprocess.run(
            [*command, "--index", "--json"],
            env=environment(data, more), capture_output=True, text=True, check=True, timeout=540,
        )  # fmt: skip
        assert json.loads(done.stdout)["complete"] is True


@cache
def filled() -> Path:
    """A data folder, filled once for all tests of this run; to be copied, not written to."""
    folder = Path(tempfile.mkdtemp(prefix="filled-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    fill(folder / "data")
    return folder / "data"


def copied(where: Path) -> Path:
    """A filled data folder of one's own."""
    return Path(shutil.copytree(filled(), where, copy_function=models.linked))


@dataclass(frozen=True, slots=True)
class Running:
    """A server process that answers."""

    address: str
    process: subprocess.Popen[str]
    log: IO[str]

    def said(self) -> str:
        """What it wrote to its standard error so far."""
        self.log.seek(0)
        return self.log.read()


@contextmanager
def server(data: Path, more: Mapping[str, str] | None = None) -> Iterator[Running]:
    """A `serve` process; it is ended afterwards."""
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen(
            [sys.executable, "-m", "assistant", "serve"],
            env=environment(data, more), stdout=subprocess.PIPE, stderr=log, text=True,
        ) as process,
    ):  # fmt: skip
        assert process.stdout is not None
        told = process.stdout.readline()
        found = re.search(r"http://[\d.:]+", told)
        running = Running(found[0] if found else "", process, log)
        assert found is not None, f"the server told no address but {told!r}; {running.said()}"
        try:
            yield running
        finally:
            process.terminate()


@contextmanager
def site(assistant: str, **changed: str) -> Iterator[str]:
    """The demo site on a port of its own; its address."""
    made = demo.Site(
        datasets=datasets(), assistant=assistant, source="cards",
        key=changed.get("key", KEY), audience=changed.get("audience", demo.AUDIENCE),
    )  # fmt: skip
    listening = demo.listen(made, 0)
    thread = threading.Thread(target=listening.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.server_port}"
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()
