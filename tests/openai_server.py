"""A scripted server on this machine that speaks OpenAI's chat completions, and its failures."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Body = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Say:
    """One answer; the odd ones are what a failing server does."""

    text: str = ""
    status: int = 200
    error: str = ""
    """Message of an error status."""
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: int = 7
    """Characters of a streamed piece."""
    wait_s: float = 0.0
    """Before the first byte."""
    gap_s: float = 0.0
    """Between pieces."""
    finish: str = "stop"
    refusal: str = ""
    cut_after: int | None = None
    """The connection ends after so many pieces."""
    no_finish: bool = False
    """The stream ends by its rules but without a finish reason."""
    endless: bool = False
    drips: bool = False
    """Only comments come, without end."""
    raw: bytes | None = None
    """Sent as the whole stream."""
    error_in_stream: bool = False
    no_usage: bool = False


@dataclass
class Timed:
    """When one call came and when its pieces had left, on the machine's steady clock."""

    came: float
    left: list[float] = field(default_factory=list)


@dataclass
class ScriptedServer:
    """What it was asked, and where it is."""

    answer: Callable[[Body], Say]
    url: str = ""
    asked: list[Body] = field(default_factory=list)
    callers: set[tuple[str, int]] = field(default_factory=set)
    """The other ends of the connections it was asked over."""
    times: list[Timed] = field(default_factory=list)

    @property
    def prompts(self) -> list[str]:
        """Every message ever sent here, joined."""
        return [prompt_of(body) for body in self.asked]


def prompt_of(body: Body) -> str:
    found = body["messages"]
    assert isinstance(found, list)
    return "\n".join(str(one["content"]) for one in found)


def data_of(body: Body, name: str) -> object:
    """The untrusted value of this name in the prompt."""
    found = re.search(rf'<data name="{name}">\n(.*?)\n</data>', prompt_of(body), re.DOTALL)
    assert found is not None, name
    return json.loads(found[1])


def asks_to_understand(body: Body) -> bool:
    return "The turn to read:" in prompt_of(body)


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        return


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Real model servers send each piece at once; held back it comes some 40 ms later.
    disable_nagle_algorithm = True
    scripted: ScriptedServer

    def log_message(self, format: str, *args: object) -> None:
        return

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        timed = Timed(came=time.monotonic())
        body = json.loads(content)
        if self.path != "/v1/chat/completions":
            self._error(Say(status=404, error=f"no {self.path}"))
            return
        assert self.headers["Authorization"].startswith("Bearer ")
        self.scripted.asked.append(body)
        self.scripted.callers.add(self.client_address)
        say = self.scripted.answer(body)
        self.scripted.times.append(timed)
        time.sleep(say.wait_s)
        if say.status != 200:
            self._error(say)
        else:
            self._stream(say, body, timed)

    def _error(self, say: Say) -> None:
        value = {"error": {"message": say.error or "scripted", "type": "scripted", "code": None}}
        told = json.dumps(value).encode()
        self.send_response(say.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        for name, text in say.headers.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(told)

    def _stream(self, say: Say, body: Body, timed: Timed) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if say.raw is not None:
            self._chunk(say.raw)
            self._chunk(b"")
            return
        for place, piece in enumerate(self._pieces(say)):
            if say.cut_after is not None and place >= say.cut_after:
                self.wfile.flush()
                self.connection.close()
                self.close_connection = True
                return
            self._chunk(piece)
            timed.left.append(time.monotonic())
            if say.gap_s:
                time.sleep(say.gap_s)
        if not say.no_finish:
            self._chunk(
                _event({"choices": [{"index": 0, "delta": {}, "finish_reason": say.finish}]})
            )
        if body.get("stream_options") and not say.no_usage:
            tokens = {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150}
            self._chunk(_event({"choices": [], "usage": tokens}))
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _pieces(self, say: Say) -> Iterator[bytes]:
        while say.drips:
            yield b": still here\n\n"
        if say.refusal:
            yield _event({"choices": [{"index": 0, "delta": {"refusal": say.refusal}}]})
        if say.error_in_stream:
            yield _event({"error": {"message": "scripted"}})
        text = say.text
        while text or say.endless:
            piece, text = text[: say.pieces], text[say.pieces :]
            delta = {"content": piece or "and so on "}
            yield _event({"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()


def _event(value: Mapping[str, object]) -> bytes:
    frame = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
    return b"data: " + json.dumps({**frame, **value}).encode() + b"\n\n"


@contextmanager
def scripted(answer: Callable[[Body], Say] | Say) -> Iterator[ScriptedServer]:
    """The server, while the block runs."""
    script = (lambda _: answer) if isinstance(answer, Say) else answer
    told = ScriptedServer(answer=script)
    handler = type("Handler", (_Handler,), {"scripted": told})
    server = _Quiet(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    host, port = server.server_address[:2]
    told.url = f"http://{host!s}:{port}/v1"
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
