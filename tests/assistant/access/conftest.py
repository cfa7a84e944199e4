"""A bureau to test with: an office on SQLite or PostgreSQL with cards of two owners."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.assistant.access.bureau import Bureau, open_bureau


@pytest.fixture(scope="session")
def bureau_database(cluster: Path) -> Iterator[str]:
    """A bureau's database, to be copied."""
    with postgres.new_database(cluster) as address:
        open_bureau(address).close()
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/catalog.db"
    else:
        filled = "bureau" in request.fixturenames
        like = request.getfixturevalue("bureau_database") if filled else ""
        with postgres.new_database(request.getfixturevalue("cluster"), like=like) as address:
            yield address


@pytest.fixture
def bureau(url: str) -> Iterator[Bureau]:
    opened = open_bureau(url)
    yield opened
    opened.close()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Bureau]:
    """The same on SQLite alone, for what does not depend on the database."""
    opened = open_bureau(f"sqlite:///{tmp_path}/catalog.db")
    yield opened
    opened.close()
