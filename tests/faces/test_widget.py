from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI, Request, WebSocket
from fastapi.testclient import TestClient

from assistant.faces import page, widget
from assistant.serve import copilot
from assistant.serve_embed import Embed

FRIEND = "https://catalogue.example"
VISITOR = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """The widget's files, with a short script in the bundle's place."""
    script = tmp_path / "index.js"
    script.write_bytes(b'ask("' + widget.LEFT_OUT[0] + b'");')
    app = FastAPI()
    app.include_router(widget.router(widget.Bundle(script), origins=frozenset({FRIEND})))
    with TestClient(app) as made:
        yield made


@pytest.fixture
def embedded() -> TestClient:
    """A server that says who it thinks is asking, behind the way in for other pages."""
    app = FastAPI()

    @app.get("/project/who")
    def who(request: Request) -> dict[str, str]:
        return dict(request.headers)

    @app.get("/owner")
    def owner(request: Request) -> dict[str, str]:
        return dict(request.headers)

    @app.websocket("/ws/socket.io/")
    async def socket(web: WebSocket) -> None:
        await web.accept()
        await web.send_text(web.headers.get("cookie", ""))

    app.add_middleware(
        Embed,
        origins=frozenset({FRIEND}),
        dropped=frozenset({"x-forwarded-email"}),
        signed_as=lambda visitor: f"chat={visitor}",
    )
    return TestClient(app)


def test_a_listed_page_is_greeted_and_told_where_the_chat_is(client: TestClient) -> None:
    hello = client.get("/widget/hello", headers={"origin": FRIEND})
    assert hello.headers["access-control-allow-origin"] == FRIEND
    assert client.get(hello.json()["bundle"]).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "http://catalogue.example", "null"])
def test_a_page_that_is_not_listed_is_not_greeted(client: TestClient, origin: str) -> None:
    hello = client.get("/widget/hello", headers={"origin": origin})
    assert hello.status_code == 403
    assert "access-control-allow-origin" not in hello.headers


def test_the_chats_script_asks_no_foreign_host_for_fonts(client: TestClient) -> None:
    where = client.get("/widget/hello").json()["bundle"]
    assert client.get(where).text == 'ask("");'


def test_the_chats_script_is_packed_and_kept_for_a_year_under_a_name_of_its_content(
    client: TestClient,
) -> None:
    where = client.get("/widget/hello").json()["bundle"]
    with client.stream("GET", where, headers={"accept-encoding": "gzip"}) as answer:
        assert gzip.decompress(b"".join(answer.iter_raw())) == b'ask("");'
    assert "immutable" in answer.headers["cache-control"]
    assert client.get("/widget/copilot-0000.js").status_code == 404


def test_the_installed_copilot_has_each_part_left_out_once_and_asks_no_other_fonts() -> None:
    script = copilot().read_bytes()
    assert [script.count(part) for part in widget.LEFT_OUT] == [1, 1]
    assert b"fonts.googleapis" not in widget.Bundle(copilot()).plain


def test_the_script_of_the_page_names_no_host_and_is_small() -> None:
    script = (widget.STATIC / "widget.js").read_text(encoding="utf-8")
    assert re.findall(r"https?://[^\"' ]+", script) == ["http://www.w3.org/2000/svg"] * 2
    assert len(gzip.compress(script.encode())) < 6000


def test_nothing_of_our_own_sign_in_reaches_the_chat_from_a_page_elsewhere(
    embedded: TestClient,
) -> None:
    mine = {"origin": FRIEND, "cookie": "dataset_assistant=me", "x-forwarded-email": "me@a.example",
            "authorization": "Bearer da_1_2"}  # fmt: skip
    for path in (f"/embed/{VISITOR}/project/who", "/project/who", "/owner"):
        seen = embedded.get(path, headers=mine).json()
        assert "me" not in seen.get("cookie", "").removeprefix("chat=visitor:")
        assert "x-forwarded-email" not in seen
        assert "authorization" not in seen


def test_our_own_pages_keep_their_sign_in(embedded: TestClient) -> None:
    seen = embedded.get("/owner", headers={"cookie": "dataset_assistant=me"}).json()
    assert seen["cookie"] == "dataset_assistant=me"


def test_each_visitor_is_somebody_of_their_own_and_stays_so(embedded: TestClient) -> None:
    def known(visitor: str) -> str:
        seen = embedded.get(f"/embed/{visitor}/project/who").json()["cookie"]
        assert visitor not in seen
        return str(seen)

    other = VISITOR[::-1]
    assert known(VISITOR) == known(VISITOR) != known(other)
    with embedded.websocket_connect(f"/embed/{VISITOR}/ws/socket.io/") as web:
        assert web.receive_text() == known(VISITOR)


@pytest.mark.parametrize(
    "path",
    [
        f"/embed/{VISITOR}/owner", f"/embed/{VISITOR}/", f"/embed/{VISITOR}/auth/jwt",
        "/embed/me/project/who", f"/embed/{VISITOR}/../owner", f"/embed/{VISITOR}//owner",
        f"/embed/{VISITOR}/embed/{VISITOR}/project/who",
    ],
)  # fmt: skip
def test_only_the_chat_is_behind_the_way_in_for_other_pages(
    embedded: TestClient, path: str
) -> None:
    assert embedded.get(path).status_code == 404


def test_what_a_page_says_is_taken_by_its_shape_alone() -> None:
    said = page.read({"dataset": " mdc:1 ", "token": "a.b.c", "language": "pt-BR"})
    assert (said.dataset, said.token, said.language) == ("mdc:1", "a.b.c", "pt-BR")
    for odd in (None, "x", [1], {"dataset": {"$ne": 1}, "token": 7, "language": "<b>"}):
        assert page.read(odd) == page.Page()
    assert page.read({"dataset": "x" * 301, "token": "x" * 4097}) == page.Page()


def test_a_pages_token_is_not_in_its_words() -> None:
    assert "secret" not in repr(page.read({"token": "secret"}))
