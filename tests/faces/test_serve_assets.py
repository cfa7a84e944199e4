"""The chat page's scripts: packed once, kept by browsers, and ready before the first visitor."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant import serve_assets


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """The route over three small files."""
    (tmp_path / "index-1a2b.js").write_text("go()")
    (tmp_path / "index-1a2b.js.map").write_text("{}")
    (tmp_path / "more-3c.woff2").write_bytes(b"font")
    app = FastAPI()
    app.include_router(serve_assets.router(serve_assets.assets(tmp_path)))
    return TestClient(app)


def test_a_script_is_sent_packed_and_kept_for_a_year(client: TestClient) -> None:
    with client.stream("GET", "/assets/index-1a2b.js") as answer:
        assert gzip.decompress(b"".join(answer.iter_raw())) == b"go()"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    plain = client.get("/assets/index-1a2b.js", headers={"accept-encoding": "identity"})
    assert (plain.text, plain.headers.get("content-encoding")) == ("go()", None)


@pytest.mark.parametrize("name", ["index-1a2b.js.map", "none.js", "..%2Fsecret"])
def test_nothing_else_is_there(client: TestClient, name: str) -> None:
    assert client.get(f"/assets/{name}").status_code == 404


def test_the_installed_page_has_its_first_files_under_names_of_their_content() -> None:
    page = (serve_assets.of_the_chat().parent / "index.html").read_text(encoding="utf-8")
    found = serve_assets.assets(serve_assets.of_the_chat())
    first = [name for name in found if Path(name).match(serve_assets.FIRST)]
    assert first
    assert all(f"/assets/{name}" in page for name in first if name.endswith((".js", ".css")))
