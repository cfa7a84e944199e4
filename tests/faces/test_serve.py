from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, PlainTextResponse

from assistant import serve, serve_chat, serve_guard
from assistant.faces import welcome
from assistant.worker import Worker

PAGE = """<html><head>
<link rel="preconnect" href="https://fonts.example" />
<link
  rel="stylesheet"
  href="https://cdn.example/a.css"
/>
<link rel="icon" href="/favicon" /></head><body>hello</body></html>"""


@pytest.fixture
def guarded() -> Iterator[str]:
    """A small real server behind the guard; its address."""
    app = FastAPI()

    @app.get("/")
    async def page() -> HTMLResponse:
        return HTMLResponse(PAGE)

    @app.get("/words")
    async def words() -> PlainTextResponse:
        return PlainTextResponse("words")

    @app.post("/change")
    async def change() -> PlainTextResponse:
        return PlainTextResponse("changed")

    @app.get("/who")
    async def who(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.headers.get("x-forwarded-email", "nobody"))

    def believes(header: str, *, peer: str) -> bool:
        return header != "x-forwarded-email" or peer == "127.0.0.1"

    app.add_middleware(serve_guard.Guard, origins=("https://friend.example",), believes=believes)
    listener = serve.listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", proxy_headers=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield serve.address(listener)
    server.should_exit = True
    thread.join(timeout=10)
    listener.close()


def test_links_to_foreign_hosts_are_taken_out_of_the_page(guarded: str) -> None:
    answer = httpx.get(guarded, headers={"accept": "text/html"})
    assert "example" not in answer.text
    assert "/favicon" in answer.text
    assert "hello" in answer.text


def test_every_answer_forbids_the_page_to_call_others(guarded: str) -> None:
    for path in ("/", "/words"):
        policy = httpx.get(guarded + path).headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "connect-src 'self'" in policy
        assert "http" not in policy


def test_a_page_of_another_origin_may_read_nothing_into_change(guarded: str) -> None:
    foreign = httpx.post(guarded + "/change", headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403


@pytest.mark.parametrize("origin", ["own", "https://friend.example", None])
def test_the_own_page_a_named_one_and_a_program_may_post(guarded: str, origin: str | None) -> None:
    headers = {} if origin is None else {"origin": guarded if origin == "own" else origin}
    assert httpx.post(guarded + "/change", headers=headers).text == "changed"


def test_a_foreign_page_gets_no_chat_session(guarded: str) -> None:
    path = "/ws/socket.io/?EIO=4&transport=polling"
    foreign = httpx.get(guarded + path, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403


def test_a_header_that_vouches_for_a_person_passes_from_its_proxy_and_no_other(
    guarded: str,
) -> None:
    vouching = {"X-Forwarded-Email": "m@example.org"}
    assert httpx.get(guarded + "/who", headers=vouching).text == "m@example.org"
    elsewhere = httpx.HTTPTransport(local_address="127.0.0.2")
    with httpx.Client(transport=elsewhere) as stranger:
        forwarded = {**vouching, "X-Forwarded-For": "127.0.0.1"}
        assert stranger.get(guarded + "/who", headers=forwarded).text == "nobody"


def test_a_taken_port_is_refused_with_the_next_move() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(serve.PortTaken, match=f"{port} .*PORT={port + 1}"):
            serve.listen("127.0.0.1", port)


def test_port_zero_takes_a_free_one_and_the_address_tells_it() -> None:
    listener = serve.listen("127.0.0.1", 0)
    assert serve.address(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"
    listener.close()


def test_the_address_of_a_server_for_all_is_one_a_browser_can_open() -> None:
    listener = serve.listen("0.0.0.0", 0)
    assert serve.address(listener).startswith("http://127.0.0.1:")
    listener.close()


def test_the_chat_is_set_up_with_its_own_origins_and_nothing_of_an_older_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAINLIT_APP_ROOT", "")
    monkeypatch.setenv("LITERAL_API_KEY", "secret")
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "old.js").write_text("old")
    serve_chat.set_chat_up(tmp_path, ("http://127.0.0.1:8000",))
    config = (tmp_path / ".chainlit" / "config.toml").read_text()
    assert 'allow_origins = ["http://127.0.0.1:8000"]' in config
    assert not (tmp_path / "public" / "old.js").exists()
    assert json.loads((tmp_path / "public" / "theme.json").read_text())["custom_fonts"] == []
    assert "LITERAL_API_KEY" not in __import__("os").environ


def test_the_shell_speaks_each_of_our_languages_with_our_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAINLIT_APP_ROOT", "")
    serve_chat.set_chat_up(tmp_path, ())
    for language in welcome.LANGUAGES:
        file = tmp_path / ".chainlit" / "translations" / f"{language}.json"
        chat = json.loads(file.read_text(encoding="utf-8"))["chat"]
        assert chat["input"]["placeholder"] == welcome.words(language).placeholder
        assert chat["watermark"] == welcome.words(language).caution
    german = (tmp_path / ".chainlit" / "translations" / "de.json").read_text(encoding="utf-8")
    assert "Nachricht" in german


def test_the_chat_takes_no_files_and_no_html() -> None:
    import tomllib

    config = tomllib.loads((serve_chat.CHAT / "config.toml").read_text())
    assert config["features"]["spontaneous_file_upload"]["enabled"] is False
    assert config["features"]["unsafe_allow_html"] is False
    assert config["features"]["mcp"]["enabled"] is False


def test_nothing_in_the_pages_files_names_a_foreign_host() -> None:
    for file in serve_chat.CHAT.rglob("*"):
        if file.is_file():
            text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
            assert "http://" not in text, file
            assert "https://" not in text, file


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


def test_the_worker_runs_when_it_is_due_and_not_before() -> None:
    clock = Clock()
    ran = threading.Semaphore(0)

    def job(_stop: threading.Event) -> int:
        ran.release()
        return 0

    worker = Worker(3600, job, last=clock.at - timedelta(minutes=50), clock=clock)
    worker.start()
    assert not ran.acquire(timeout=0.1)
    clock.at += timedelta(minutes=11)
    assert ran.acquire(timeout=10)
    worker.stop()
    assert worker.due == clock.at + timedelta(hours=1)


def test_the_worker_runs_at_once_when_nothing_was_ever_read() -> None:
    ran = threading.Event()

    def job(_stop: threading.Event) -> int:
        ran.set()
        return 1

    worker = Worker(3600, job, last=None, clock=Clock())
    worker.start()
    assert ran.wait(timeout=10)
    worker.stop()


def test_stopping_the_worker_ends_the_run_under_way() -> None:
    begun = threading.Event()

    def job(stop: threading.Event) -> int:
        begun.set()
        return 0 if stop.wait(timeout=30) else 1

    worker = Worker(3600, job, last=None, clock=Clock())
    worker.start()
    assert begun.wait(timeout=10)
    worker.stop()
    assert worker._thread is not None
    assert not worker._thread.is_alive()
