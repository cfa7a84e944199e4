"""The pages over a site: as plain HTTP, and on a real server for a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from assistant.faces.pages import add_pages
from assistant.need import Asker
from assistant.serve_guard import Guard
from tests.faces.site import Site, site_of

_HIDDEN = re.compile(r'name="(form_token|key|fingerprint|do)" value="([^"]*)"')
_ACCEPT = re.compile(r'name="accept" value="([^"]*)"')


def application(site: Site) -> FastAPI:
    """The pages behind the guard, as the server has them."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_pages(app, site.desk, site.identity)
    app.add_middleware(Guard, origins=(), believes=site.identity.is_believed)
    return app


@dataclass
class Browser:
    """Somebody's browser without scripts: keeps its cookies and posts the forms it was given."""

    client: TestClient
    hidden: dict[str, str] = field(default_factory=dict)
    accept: list[str] = field(default_factory=list)

    def get(self, path: str) -> Response:
        """Open a page and remember its forms."""
        answer = self.client.get(path)
        self._remember(answer.text)
        return answer

    def post(self, path: str, **fields: object) -> Response:
        """Send a form of the page that is open."""
        answer = self.client.post(path, data={**self.hidden, **fields})
        self._remember(answer.text)
        return answer

    def _remember(self, page: str) -> None:
        if "<form" in page:
            self.hidden = dict(_HIDDEN.findall(page))
            self.accept = _ACCEPT.findall(page)


@pytest.fixture
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    yield from site_of(request, tmp_path)


class Browsers:
    """Opens browsers, signed in as somebody or as nobody."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._app = application(site)

    def __call__(self, asker: Asker | None = None) -> Browser:
        client = TestClient(self._app, follow_redirects=False)
        if asker is not None:
            client.cookies.set(self._site.identity.cookie_name, self._site.cookie(asker))
        return Browser(client)


@pytest.fixture
def browser(site: Site) -> Browsers:
    return Browsers(site)
