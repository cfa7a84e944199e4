"""The API over a site, called as a program calls it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.faces.rest import api
from tests.faces.site import Site, site_of


@pytest.fixture
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    yield from site_of(request, tmp_path)


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    app = api(site.desk, site.identity, per_minute=100_000)
    with TestClient(app, base_url="http://testserver", raise_server_exceptions=True) as opened:
        yield opened
