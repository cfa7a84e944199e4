"""A short soak on each database: killed at random moments, nothing is lost and nothing doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.run import database, soak


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_servers_and_workers_killed_under_load_lose_and_double_nothing(
    kind: str, tmp_path: Path
) -> None:
    with database(kind, tmp_path) as url:
        done = soak(url, tmp_path, commands=200, kills=3, seed=7)
    assert done.verified.wrong == ()
    assert done.verified.letters > 0
    assert done.verified.requests > 0
