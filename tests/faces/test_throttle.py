from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Scope

from assistant.identity_rules import IdentityRules, Network
from assistant.rate import Rate
from assistant.serve_throttle import Throttle, is_free


class Clock:
    """Seconds that stand until they are moved."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


def client(clock: Clock, *, per_minute: int, proxies: tuple[Network, ...] = ()) -> TestClient:
    app = FastAPI()

    @app.get("/ask")
    def ask() -> str:
        return "answered"

    @app.get("/health")
    def health() -> str:
        return "ok"

    rules = IdentityRules(trusted_proxies=proxies)
    app.add_middleware(
        Throttle, rate=Rate(per_minute, clock=clock), reached_from=rules.reached_from
    )
    return TestClient(app, client=("10.0.0.9", 1))


def test_one_address_asks_so_often_a_minute_and_is_told_how_long_to_wait(clock: Clock) -> None:
    web = client(clock, per_minute=3)
    assert [web.get("/ask").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = web.get("/ask")
    assert refused.headers["retry-after"] == "20"
    assert "20 s" in refused.json()["detail"]
    clock.at += 20
    assert web.get("/ask").status_code == 200


def test_a_check_of_health_is_never_refused(clock: Clock) -> None:
    web = client(clock, per_minute=1)
    assert {web.get("/health").status_code for _ in range(5)} == {200}


def test_zero_is_no_limit(clock: Clock) -> None:
    web = client(clock, per_minute=0)
    assert {web.get("/ask").status_code for _ in range(50)} == {200}


def test_behind_a_trusted_proxy_each_visitor_counts_alone(clock: Clock) -> None:
    from ipaddress import ip_network

    web = client(clock, per_minute=1, proxies=(ip_network("10.0.0.0/24"),))
    for visitor in ("198.51.100.1", "198.51.100.2"):
        assert web.get("/ask", headers={"x-forwarded-for": visitor}).status_code == 200
        assert web.get("/ask", headers={"x-forwarded-for": visitor}).status_code == 429


def test_a_stranger_cannot_become_many_by_a_header(clock: Clock) -> None:
    web = client(clock, per_minute=1)
    asked = [web.get("/ask", headers={"x-forwarded-for": f"198.51.100.{n}"}) for n in range(3)]
    assert [answer.status_code for answer in asked] == [200, 429, 429]


@pytest.mark.parametrize(
    ("path", "query", "free"),
    [
        ("/public/chat.css", b"", True),
        ("/embed/00ff/public/chat.css", b"", True),
        ("/widget/hello", b"", True),
        ("/ws/socket.io/", b"EIO=4&sid=abc", True),
        ("/ws/socket.io/", b"EIO=4", False),
        ("/embed/00ff/ws/socket.io/", b"EIO=4", False),
        ("/project/action", b"sid=1", False),
        ("/ready", b"", True),
        ("/", b"", False),
    ],
)
def test_files_and_talk_under_way_cost_nothing(path: str, query: bytes, free: bool) -> None:
    scope: Scope = {"type": "http", "path": path, "query_string": query}
    assert is_free(scope) is free
