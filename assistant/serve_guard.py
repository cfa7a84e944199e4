"""Keeps every page to its own host: security headers, and a refusal of what comes from elsewhere.

Also shuts what Chainlit offers and this server does not use, so that nobody else does.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Protocol
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
    # Pages elsewhere show the chat by the widget, which is no frame: nobody can put a button of
    # ours under somebody's pointer.
    "frame-ancestors 'self'",
))  # fmt: skip
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
SHUT: tuple[tuple[str, str], ...] = (
    # Files come in and go out by these; a conversation needs none.
    ("*", "/project/file"),
    # Stored elements are never changed from outside (CVE-2026-22218 and -22219 were here).
    ("PUT", "/project/element"),
    ("DELETE", "/project/element"),
    # Chainlit would start programs for a visitor; see OURS.
    ("*", "/mcp"),
    # Sharing a thread with everybody, and every sign-in that is not ours.
    ("PUT", "/project/thread/share"),
    ("*", "/project/share"),
    ("POST", "/login"),
    ("*", "/auth/jwt"),
    ("*", "/auth/oauth"),
    # The unchanged Copilot calls a foreign host; the widget's own copy is under /widget/.
    ("*", "/copilot"),
)
"""Method and the beginning of a path of Chainlit's that answer "not found" here."""
OURS = ("/mcp", "/mcp/")
"""Where the tools for other assistants stand in the place of Chainlit's."""
_FOREIGN_LINK = re.compile(rb"""<link\b[^>]*href="https?://[^>]*>\s*""", re.IGNORECASE)


class Believes(Protocol):
    """Whether a header may pass from the address that sent it."""

    def __call__(self, header: str, *, peer: str) -> bool:
        """True: it may."""
        ...


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
        elif is_shut(scope["method"], scope["path"]):
            gone = JSONResponse({"detail": "Not found"}, 404)
            await gone(scope, receive, Page(send).send)
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


def is_shut(method: str, path: str) -> bool:
    """Whether nothing answers here, by whichever way in."""
    if path in OURS:
        return False
    inner = re.sub(r"^/embed/[^/]*", "", path)
    return any(
        each in ("*", method) and (inner == shut or inner.startswith(f"{shut}/"))
        for each, shut in SHUT
    )


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
                # A page that needs less than the chat does says so itself.
                headers.setdefault(name, value)
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
