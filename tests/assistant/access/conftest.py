"""Databases to test with: SQLite in the test's own folder, and a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres


@pytest.fixture(scope="session")
def cluster() -> Iterator[Path]:
    with postgres.cluster() as home:
        yield home


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/access.db"
    else:
        with postgres.new_database(request.getfixturevalue("cluster")) as address:
            yield address
