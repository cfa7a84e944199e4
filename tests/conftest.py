"""What holds for every test: its own folder, no settings of the machine, no internet."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest

from assistant.settings import SETTINGS
from tests import postgres

# Read when huggingface_hub is first imported, so before any test.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"


class CallToTheInternet(RuntimeError):
    """A test tried to reach another machine."""


def is_here(host: object) -> bool:
    """Whether a host is this machine."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return isinstance(name, str) and ip_address(name.split("%")[0]).is_loopback
    except ValueError:
        return False


def refuse_other_machines(event: str, values: tuple[object, ...]) -> None:
    """An audit hook: sockets reach this machine only."""
    if event == "socket.connect" and isinstance(values[1], tuple):
        host = values[1][0]
    elif event == "socket.getaddrinfo":
        host = values[0]
    else:
        return
    if not is_here(host) and host not in ("0.0.0.0", "::"):
        raise CallToTheInternet(f"a test asked for {host!r}; only this machine may be reached")


sys.addaudithook(refuse_other_machines)


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every setting at its default, with the data under the test's own folder."""
    for row in SETTINGS:
        monkeypatch.delenv(row.name, raising=False)
    monkeypatch.setenv("DATASET_ASSISTANT_DATA", str(tmp_path / "data"))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Path]:
    """One PostgreSQL for all tests of this process; each takes a database of its own in it."""
    with postgres.cluster() as home:
        yield home


def program(name: str, *, otherwise: str) -> str:
    """Where a program is; without it the test is skipped, or fails where everything must run."""
    found = shutil.which(name)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail(f"{name} is not installed; {otherwise}")
    return found or pytest.skip(f"{name} is not installed; {otherwise}")
