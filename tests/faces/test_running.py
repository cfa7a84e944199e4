"""Servers as they run for real: several processes, one database, and an orderly end."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect, sync_playwright

from bench.talker import Talker
from tests import postgres, serving
from tests.conftest import program

pytestmark = pytest.mark.model
QUESTION = "Welsh speech I can use in a product"


class Proxy:
    """Sends every new connection to one of several servers, as a proxy in front of them does."""

    def __init__(self, *servers: str) -> None:
        self.servers = list(servers)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take nobody new."""
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(caller,), daemon=True).start()

    def _serve(self, caller: socket.socket) -> None:
        host, port = self.servers[0].removeprefix("http://").split(":")
        with caller:
            try:
                server = socket.create_connection((host, int(port)))
            except OSError:
                return
            with server:
                back = threading.Thread(target=pass_on, args=(server, caller), daemon=True)
                back.start()
                pass_on(caller, server)
                back.join()


def pass_on(one: socket.socket, other: socket.socket) -> None:
    """Everything that comes from one to the other, its end too."""
    try:
        while part := one.recv(65536):
            other.sendall(part)
    except OSError:
        pass
    try:
        other.shutdown(socket.SHUT_WR)
    except OSError:
        pass


@pytest.fixture(scope="module")
def database(
    cluster: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, dict[str, str]]]:
    """A filled data folder whose catalogue is in PostgreSQL, and the settings that say so."""
    with postgres.new_database(cluster) as url:
        data = tmp_path_factory.mktemp("running") / "data"
        settings = {"DATABASE_URL": url}
        serving.fill(data, settings)
        yield data, settings


@pytest.fixture(scope="module")
def second(database: tuple[Path, dict[str, str]]) -> Iterator[serving.Running]:
    """One server process over it."""
    with serving.server(*database) as running:
        yield running


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[serving.Running]:
    """A server with a database in a file, which logs as JSON."""
    data = serving.copied(tmp_path_factory.mktemp("alone") / "data")
    with serving.server(data, {"DATASET_ASSISTANT_LOG": "json"}) as running:
        yield running


@pytest.mark.browser
@pytest.mark.postgres
def test_a_conversation_goes_on_at_another_process_when_its_own_ends(
    database: tuple[Path, dict[str, str]], second: serving.Running
) -> None:
    chromium = program("chromium", otherwise="apt-get install chromium brings it")
    with serving.server(*database) as first:
        proxy = Proxy(first.address)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page()
            page.set_default_timeout(90_000)
            failed: list[str] = []
            page.on("requestfailed", lambda request: failed.append(request.url))
            page.goto(proxy.address)
            expect(page.locator("#chat-input"), str(failed)).to_be_visible(timeout=90_000)

            def ask(words: str) -> None:
                page.locator("#chat-input").click()
                page.keyboard.type(words)
                expect(page.locator("#chat-submit")).to_be_enabled(timeout=90_000)
                page.locator("#chat-submit").click()

            ask("Welsh speech")
            results = page.locator(".da-results")
            expect(results.first).to_contain_text("Welsh", timeout=90_000)
            proxy.servers = [second.address]
            first.process.terminate()
            assert first.process.wait(timeout=40) == -signal.SIGTERM
            ask("only what I may sell")
            expect(results.last.locator(".da-chips")).to_contain_text(
                "commercial use", timeout=90_000
            )
            expect(results.last.locator(".da-chips")).to_contain_text("Welsh")
            browser.close()
        proxy.close()


@pytest.mark.postgres
def test_two_processes_answer_alike_whichever_is_asked(
    database: tuple[Path, dict[str, str]], second: serving.Running
) -> None:
    with serving.server(*database) as first:
        both = (first.address, second.address)
        for path in ("/health", "/ready", "/widget/hello", "/"):
            answers = [httpx.get(address + path, timeout=60) for address in both]
            assert [answer.status_code for answer in answers] == [200, 200], path
            if path == "/widget/hello":
                assert answers[0].json() == answers[1].json()


def test_an_answer_under_way_is_finished_before_the_server_stops(tmp_path: Path) -> None:
    async def talk(running: serving.Running) -> list[str]:
        talker = Talker(running.address)
        await talker.arrive()
        try:
            # The first question loads the model, which takes a while.
            await talker.say(QUESTION)
            await asyncio.sleep(0.05)
            running.process.send_signal(signal.SIGTERM)
            await talker.answered()
            return talker.said[:]
        finally:
            await talker.leave()

    with serving.server(serving.copied(tmp_path / "data")) as running:
        said = asyncio.run(talk(running))
        assert running.process.wait(timeout=40) == -signal.SIGTERM
        assert "Welsh" in said[0]
        with pytest.raises(httpx.ConnectError):
            httpx.get(running.address + "/health")


def test_a_server_that_nobody_talks_to_stops_at_once(tmp_path: Path) -> None:
    async def listen_in(running: serving.Running) -> None:
        talker = Talker(running.address)
        await talker.arrive()
        started = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(running.process.wait, 40)
        assert time.monotonic() - started < 10
        await talker.leave()

    with serving.server(serving.copied(tmp_path / "data")) as running:
        asyncio.run(listen_in(running))


def test_what_happened_is_logged_as_json_and_measured_without_a_word_of_it(
    alone: serving.Running,
) -> None:
    async def talk(address: str) -> None:
        talker = Talker(address)
        await talker.arrive()
        await talker.ask(f"{QUESTION} for ann@demo.example")
        await talker.leave()

    asyncio.run(talk(alone.address))
    metrics = httpx.get(alone.address + "/metrics").text
    passed_on = httpx.get(alone.address + "/metrics", headers={"x-forwarded-for": "127.0.0.1"})
    lines = [json.loads(line) for line in alone.said().splitlines()]
    assert 'dataset_assistant_questions_total{intent="find"} 1.0' in metrics
    assert 'dataset_assistant_step_seconds_count{step="search"}' in metrics
    assert "dataset_assistant_datasets 4.0" in metrics
    assert "dataset_assistant_index_behind 0.0" in metrics
    assert passed_on.status_code == 404
    assert any(line.get("intent") == "find" for line in lines)
    assert not any("ann" in json.dumps(line) or "Welsh" in json.dumps(line) for line in lines)


def test_nothing_can_be_uploaded_and_no_unused_door_is_open(alone: serving.Running) -> None:
    visitor = f"/embed/{'0' * 32}"
    shut = (
        ("POST", "/project/file?session_id=x"), ("PUT", "/project/element"),
        ("DELETE", "/project/element"), ("PUT", "/project/thread/share"),
        ("GET", "/project/share/x"), ("POST", "/login"), ("GET", "/copilot/index.js"),
        ("POST", f"{visitor}/project/file"), ("GET", f"{visitor}/copilot/index.js"),
        ("POST", f"{visitor}/mcp"),
    )  # fmt: skip
    for method, path in shut:
        answer = httpx.request(method, alone.address + path, json={})
        assert answer.status_code == 404, (method, path, answer.text)
    with httpx.Client(base_url=alone.address) as page:
        page.get("/", headers={"accept": "text/html"})  # a page says who is there
        said = page.get("/project/settings?language=en").json()
    assert said["features"]["spontaneous_file_upload"]["enabled"] is False
