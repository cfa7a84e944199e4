"""The way in for pages of other sites: the chat under `/embed/<visitor>/`, without cookies.

A page elsewhere speaks for a person only by the token that its site signs. Whatever the browser
sends along of our own sign-in (cookies, a proxy's header) is therefore taken away here, so that
no page can act as somebody who happens to be signed in with us. The visitor's name in the path is
made by the page; it keeps visitors apart, and lets a proxy send one visitor to one process.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_PATH = re.compile(r"/embed/([0-9a-f]{32})(/.*)")
SignedAs = Callable[[str], str | None]
"""A visitor's name -> the cookie by which the chat knows that visitor; None: it needs none."""


class Embed:
    """Serves `/embed/<visitor>/...` as `/...` for pages of the listed origins."""

    def __init__(
        self, app: ASGIApp, *, origins: frozenset[str], dropped: frozenset[str], signed_as: SignedAs
    ) -> None:
        """`dropped`: names of headers, in small letters, that say who signed in with us."""
        self.app = app
        self.origins = origins
        self.dropped = {name.encode("latin-1") for name in (*dropped, "cookie", "authorization")}
        self.signed_as = signed_as

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or connection."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        found = _PATH.fullmatch(scope["path"])
        if found is None:
            listed = Headers(scope=scope).get("origin") in self.origins
            await self.app(self._nobody(scope) if listed else scope, receive, send)
        elif scope["type"] == "websocket" or _is_of_the_chat(found[2]):
            await self.app(self._moved(scope, found[1], found[2]), receive, send)
        else:
            await JSONResponse({"detail": "Not found"}, 404)(scope, receive, send)

    def _nobody(self, scope: Scope) -> Scope:
        kept = [(name, value) for name, value in scope["headers"] if name not in self.dropped]
        return {**scope, "headers": kept}

    def _moved(self, scope: Scope, visitor: str, path: str) -> Scope:
        moved = self._nobody(scope)
        cookie = self.signed_as(f"visitor:{hashlib.sha256(visitor.encode()).hexdigest()[:32]}")
        if cookie is not None:
            moved["headers"] = [*moved["headers"], (b"cookie", cookie.encode("latin-1"))]
        moved["path"] = path
        moved["raw_path"] = path.encode("latin-1", "replace")
        return moved


def _is_of_the_chat(path: str) -> bool:
    """Whether the chat in a page needs this path; nothing else is served there."""
    whole = ("/auth/config", "/user", "/set-session-cookie", "/feedback", "/logo", "/favicon")
    parts = ("/ws/socket.io", "/project/", "/public/", "/avatars/")
    return path in whole or path.startswith(parts)
