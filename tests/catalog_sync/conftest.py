"""Stores to test with: SQLite in the test's own folder, and a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog_sync.store import Store, open_store
from tests import postgres, ready


@pytest.fixture(scope="session")
def database_with_tables(cluster: Path) -> Iterator[str]:
    """An empty store's database, to be copied."""
    with postgres.new_database(cluster) as address:
        open_store(address).close()
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/catalog.db"
    else:
        tables = "store" in request.fixturenames
        like = request.getfixturevalue("database_with_tables") if tables else ""
        with postgres.new_database(request.getfixturevalue("cluster"), like=like) as address:
            yield address


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[Store]:
    if url.startswith("sqlite"):
        ready.lay(make_tables, tmp_path)
    opened = open_store(url)
    yield opened
    opened.close()


def make_tables(folder: Path) -> None:
    """An empty store's file."""
    open_store(f"sqlite:///{folder}/catalog.db").close()
