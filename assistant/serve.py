"""One web server: the chat, the tools for other assistants, health, the worker of the schedule."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC
from importlib.metadata import version
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.desk import Desk
from assistant.faces import rest
from assistant.faces.mcp import WebFace, hosts_of
from assistant.identity import Identity
from assistant.need import Asker
from assistant.reply import Question
from assistant.settings import Settings
from assistant.worker import Worker

LOG = logging.getLogger("dataset_assistant.serve")
CHAT = Path(__file__).parent / "faces" / "chat"
FACE = Path(__file__).parent.parent / "app.py"
POLICY = "; ".join((
    "default-src 'self'",
    # Chainlit's page starts with inline scripts and runs the elements' source in the browser.
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
))  # fmt: skip
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


class Believes(Protocol):
    """Whether a header may pass from the address that sent it."""

    def __call__(self, header: str, *, peer: str) -> bool:
        """True: it may."""
        ...


_FOREIGN_LINK = re.compile(rb"""<link\b[^>]*href="https?://[^>]*>\s*""", re.IGNORECASE)


class PortTaken(Exception):
    """Another program listens where the server should."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Port {port} on {host} cannot be used: another program listens there, or it is not "
            f"ours to take. Choose another one, for example PORT={port + 1}, or PORT=0 for any."
        )
        self.port = port


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises `PortTaken`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as why:
        listener.close()
        raise PortTaken(host, port) from why
    listener.listen(128)
    return listener


def address(listener: socket.socket) -> str:
    """Where a browser on this machine finds the server."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def set_chat_up(folder: Path, origins: tuple[str, ...]) -> None:
    """Lay the chat's configuration and its page's files out in `folder`, replacing older ones.

    Chainlit reads them from the folder that CHAINLIT_APP_ROOT names, at its import, and writes
    beside them, which an installed package may not allow.
    """
    shutil.rmtree(folder / "public", ignore_errors=True)
    shutil.rmtree(folder / ".chainlit", ignore_errors=True)
    shutil.copytree(CHAT / "public", folder / "public")
    shutil.copytree(CHAT / "translations", folder / ".chainlit" / "translations")
    config = (CHAT / "config.toml").read_text(encoding="utf-8")
    allowed = f"[project]\nallow_origins = {json.dumps(list(origins))}\n"
    config = config.replace("[project]\n", allowed, 1)
    (folder / ".chainlit" / "config.toml").write_text(config, encoding="utf-8")
    for page in ("chainlit.md", "chainlit_en-US.md"):
        (folder / page).write_text("", encoding="utf-8")
    os.environ["CHAINLIT_APP_ROOT"] = str(folder.resolve())
    # Chainlit sends every conversation to a foreign service when it finds this key.
    os.environ.pop("LITERAL_API_KEY", None)


def web_app(
    desk: Desk,
    identity: Identity,
    *,
    origins: tuple[str, ...],
    calls_per_minute: int,
    only_here: bool = False,
    worker: Worker | None = None,
) -> FastAPI:
    """The whole server; `set_chat_up` must have been called in this process.

    Args:
        desk: What answers.
        identity: Who speaks.
        origins: Addresses of our own pages, and of those that may talk to us.
        calls_per_minute: How often one caller may call the API.
        only_here: It listens on this machine alone, so that no other name may be used for it.
        worker: Runs while the server does.
    """
    agents = WebFace(desk, hosts=hosts_of(origins) if only_here else None)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        if worker is not None:
            worker.start()
        async with agents.life():
            yield
        if worker is not None:
            await run_in_threadpool(worker.stop)

    app = FastAPI(title="Dataset assistant", lifespan=life, docs_url=None, redoc_url=None,
                  openapi_url=None)  # fmt: skip

    @app.get("/health")
    async def health() -> dict[str, str]:
        """The process answers."""
        return {"status": "ok", "version": version("dataset-assistant")}

    @app.get("/ready")
    def ready() -> JSONResponse:
        """A real question gets a real answer."""
        return readiness(desk)

    @app.get("/about")
    def about() -> dict[str, str]:
        """How fresh the catalogue is, in one line."""
        return {"version": version("dataset-assistant"), "fresh": freshness_line(desk)}

    app.router.routes += agents.routes
    app.mount(rest.PREFIX, rest.api(desk, identity, per_minute=calls_per_minute))

    from chainlit.utils import mount_chainlit

    mount_chainlit(app=app, target=str(FACE), path="/")
    app.add_middleware(Guard, origins=origins, believes=identity.is_believed)
    return app


def readiness(desk: Desk) -> JSONResponse:
    """200 when a question about the catalogue is answered, 503 with the reason when not."""
    asker = Asker(id="readiness")
    try:
        reply = desk.ask(Question(text="speech data", conversation="readiness", asker=asker, top=1))
        desk.forget(asker.id)
    except Exception as why:
        LOG.exception("readiness: no answer")
        return JSONResponse({"status": "failing", "why": type(why).__name__}, status_code=503)
    if not reply.options:
        return JSONResponse({"status": "empty", "why": "the catalogue holds no dataset yet"}, 503)
    return JSONResponse({"status": "ready", "datasets": reply.total})


class Guard:
    """Keeps the page from calling, and other pages from using, any foreign host.

    Adds the security headers, takes links to foreign hosts out of the page, and refuses what
    changes something (posts, web sockets) when it comes from a page of another origin. A header
    by which a proxy vouches for a person is dropped when it does not come from that proxy.
    """

    def __init__(self, app: ASGIApp, origins: tuple[str, ...], believes: Believes) -> None:
        self.app = app
        self.believes = believes
        self.hosts = frozenset(urlsplit(origin).netloc for origin in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or connection."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        scope = self._without_forged(scope)
        if self._is_foreign(scope):
            await refuse(scope, receive, send)
        elif scope["type"] == "websocket":
            await self.app(scope, receive, send)
        else:
            await self.app(uncompressed(scope), receive, Page(send).send)

    def _without_forged(self, scope: Scope) -> Scope:
        peer = (scope.get("client") or ("",))[0]
        kept = [
            (name, value)
            for name, value in scope["headers"]
            if self.believes(name.decode("latin-1"), peer=peer)
        ]
        return {**scope, "headers": kept}

    def _is_foreign(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        reading = scope["type"] == "http" and scope["method"] in ("GET", "HEAD", "OPTIONS")
        if origin is None or (reading and "/socket.io" not in scope["path"]):
            return False
        host = urlsplit(origin).netloc
        return host != headers.get("host") and host not in self.hosts


def uncompressed(scope: Scope) -> Scope:
    """The same request for a page, asked for as plain bytes, so that links can be taken out."""
    if "text/html" not in Headers(scope=scope).get("accept", ""):
        return scope
    kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "headers": kept}


async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """The same short answer for every page that may not."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 4403})
    else:
        answer = JSONResponse({"detail": "This page may not talk to the chat."}, status_code=403)
        await answer(scope, receive, send)


class Page:
    """Passes a response on with our headers; HTML is held back until it is whole."""

    def __init__(self, send: Send) -> None:
        self._send: Callable[[Message], Awaitable[None]] = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Take one message of the response."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            for name, value in HEADERS.items():
                headers[name] = value
            if headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
        elif message["type"] == "http.response.body" and self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._whole(self._start)
            return
        await self._send(message)

    async def _whole(self, start: Message) -> None:
        body = _FOREIGN_LINK.sub(b"", self._body)
        MutableHeaders(raw=start["headers"])["content-length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


class Announcing(uvicorn.Server):
    """Tells the address once the server answers there."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell."""
        await super().startup(sockets=sockets)
        if self.started:
            self._announce()


def serve(
    desk: Desk,
    identity: Identity,
    settings: Settings,
    *,
    worker: Worker | None,
    announce: Callable[[str], None],
) -> None:
    """Serve until stopped; `announce` gets the address. Raises `PortTaken`."""
    listener = listen(settings.host, settings.port)
    where = address(listener)
    own = (where, where.replace("127.0.0.1", "localhost"), *settings.origins)
    set_chat_up(settings.data / "chat", own)
    app = web_app(
        desk,
        identity,
        origins=own,
        calls_per_minute=settings.calls_per_minute,
        only_here=settings.host in ("127.0.0.1", "localhost", "::1"),
        worker=worker,
    )
    # The guard must see who really connects: it judges by that address which headers to believe.
    config = uvicorn.Config(app, log_level="warning", proxy_headers=False)
    if settings.identity.dev_sign_in:
        LOG.warning(
            "DATASET_ASSISTANT_DEV_SIGN_IN is on: anybody who reaches this server may sign in as "
            "anybody, an administrator too. For development only."
        )
    Announcing(config, lambda: announce(where)).run(sockets=[listener])


def freshness_line(desk: Desk) -> str:
    """What the catalogue holds and when it was last read, for people."""
    sources = desk.freshness()
    if not sources:
        return "The catalogue is empty: nothing was synced yet."
    count = sum(source.visible for source in sources)
    when = max((s.complete_at for s in sources if s.complete_at is not None), default=None)
    read = f"last read {when.astimezone(UTC):%d %B %Y, %H:%M} UTC" if when else "not yet read whole"
    catalogues = "1 catalogue" if len(sources) == 1 else f"{len(sources)} catalogues"
    return f"{count:,} datasets from {catalogues}, {read}."
