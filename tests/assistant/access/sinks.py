"""Real places to deliver to, on this machine: a mail server and a receiver of webhooks."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

TAKEN = "250 OK"


@dataclass
class MailSink:
    """Keeps each mail it takes; `answer` may refuse, drop or wait."""

    answer: Callable[[int], str] = lambda _number: TAKEN
    """Number of the DATA so far, from 1 -> the answer; "drop" breaks off after taking the mail."""
    refuse_recipient: str = ""
    wait_s: float = 0.0
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    tries: int = 0
    url: str = ""

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return TAKEN

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        self.tries += 1
        await asyncio.sleep(self.wait_s)
        answer = self.answer(self.tries)
        if answer in (TAKEN, "drop"):
            content = envelope.content
            assert isinstance(content, bytes)
            mail = message_from_bytes(content, policy=default)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
            self.recipients += envelope.rcpt_tos
        if answer == "drop":
            transport = server.transport
            assert transport is not None
            transport.abort()
        return answer

    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]


class _OnAnyPort(Controller):  # type: ignore[misc]
    """A controller that asks itself for a free port."""

    def _trigger_server(self) -> None:
        server = self.server
        assert server is not None
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_sink(sink: MailSink | None = None) -> Iterator[MailSink]:
    sink = sink or MailSink()
    controller = _OnAnyPort(sink, hostname="127.0.0.1", port=0, enable_SMTPUTF8=True)
    controller.start()
    sink.url = f"smtp://127.0.0.1:{controller.port}"
    try:
        yield sink
    finally:
        controller.stop()


@dataclass
class HookSink:
    """Keeps each POST; `answer` gives the status of the n-th, from 1."""

    answer: Callable[[int], int] = lambda _number: 204
    wait_s: float = 0.0
    posts: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""
    asked: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


@contextmanager
def hook_sink(given: HookSink | None = None) -> Iterator[HookSink]:
    sink = given or HookSink()
    hurry = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            with sink.lock:
                sink.asked.append(self.path)
                sink.posts.append(({k.lower(): v for k, v in self.headers.items()}, body))
                number = len(sink.posts)
            hurry.wait(sink.wait_s)
            status = sink.answer(number)
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"{sink.url}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            return

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    sink.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield sink
    finally:
        hurry.set()
        server.shutdown()
        thread.join()
        server.server_close()
