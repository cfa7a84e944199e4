"""A real PostgreSQL for tests: a cluster in a folder of its own, reached by a socket there."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
_UNPRIVILEGED = "nobody"
"""PostgreSQL refuses to run as root."""
_SETTINGS = ("listen_addresses=",)
_HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""For tests, which need not outlast a power cut."""


class NotInstalled(Exception):
    """There is no PostgreSQL on this machine."""


def installed() -> Path:
    """The folder of `initdb` and `pg_ctl`; raises `NotInstalled`."""
    on_path = shutil.which("initdb")
    if on_path is not None and shutil.which("pg_ctl") is not None:
        return Path(on_path).parent
    for pattern in _PLACES:
        for folder in sorted(Path("/").glob(pattern[1:]), reverse=True):
            if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
                return folder
    raise NotInstalled(
        "initdb and pg_ctl are neither on PATH nor under /usr/lib/postgresql: install PostgreSQL"
    )


def programs() -> Path:
    """The same for a test: without them it is skipped, in CI it fails."""
    try:
        return installed()
    except NotInstalled as why:
        if os.environ.get("CI") == "true":
            pytest.fail(str(why))
        pytest.skip(str(why))


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[Path]:
    """A running server; the path is the folder of its socket.

    `durable`: with the settings of a real one; then `NotInstalled` is raised where there is none.
    """
    bin_folder = installed() if durable else programs()
    home = Path(tempfile.mkdtemp(prefix="pg-"))
    user = _UNPRIVILEGED if os.geteuid() == 0 else None
    try:
        home.chmod(0o755)
        if user is not None:
            found = pwd.getpwnam(user)
            os.chown(home, found.pw_uid, found.pw_gid)
        data = home / "data"
        _run(bin_folder / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N", user=user)
        settings = _SETTINGS if durable else (*_SETTINGS, *_HASTY)
        options = " ".join(f"-c {each}" for each in (*settings, f"unix_socket_directories={home}"))
        start = ("-D", data, "-l", home / "log", "-o", options, "-w", "start")
        _run(bin_folder / "pg_ctl", *start, user=user)
        try:
            yield home
        finally:
            _run(bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop", user=user)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(*command: str | Path, user: str | None) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        user=user,
        cwd="/",
        stdin=subprocess.DEVNULL,
        # A server that inherits a pipe would keep it open.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"{command[0]} ended with {done.returncode}")


@contextmanager
def new_database(home: Path, *, like: str = "") -> Iterator[str]:
    """The address of a new database of the cluster at `home`, dropped afterwards.

    `like`: the address of one that it is a copy of, with nobody connected; else it is empty.
    """
    name, model = f"test_{uuid4().hex}", make_url(like).database if like else "template1"
    with psycopg.connect(host=str(home), user="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{model}"'.encode())
        yield f"postgresql+psycopg://postgres@/{name}?host={home}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
