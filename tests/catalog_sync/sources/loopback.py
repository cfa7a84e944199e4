"""Real HTTP servers on this machine, for the connectors that read from one."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, kw_only=True)
class Asked:
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Names in lower case."""
    repeated: Mapping[str, list[str]] = field(default_factory=dict)
    """Every value of each query key."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    breaks_off: bool = False
    """The whole length is announced and half of it sent."""


def json_reply(
    value: object, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Reply:
    return Reply(status=status, body=json.dumps(value).encode(), headers=headers or {})


@dataclass
class Loopback:
    """A server whose answers are given by `answer`; it keeps what it was asked."""

    answer: Callable[[Asked], Reply]
    url: str = ""
    asked: list[Asked] = field(default_factory=list)


class _Quiet(ThreadingHTTPServer):
    """A client that hangs up is what some tests are about."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        return


@contextmanager
def serving(answer: Callable[[Asked], Reply]) -> Iterator[Loopback]:
    loopback = Loopback(answer=answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = Asked(
                path=parts.path,
                query={key: values[0] for key, values in parse_qs(parts.query).items()},
                headers={key.lower(): value for key, value in self.headers.items()},
                repeated=parse_qs(parts.query),
            )
            loopback.asked.append(asked)
            reply = loopback.answer(asked)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if reply.breaks_off:
                self.wfile.write(reply.body[: len(reply.body) // 2])
                self.close_connection = True
            else:
                self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = _Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    host, port = server.server_address[:2]
    loopback.url = f"http://{host!s}:{port}"
    try:
        yield loopback
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Watch:
    """A clock that only sleeping moves, and the sleeps it was asked for."""

    now: float = 1_760_000_000.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
