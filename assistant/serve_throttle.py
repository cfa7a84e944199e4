"""Lets one network address ask only so much: more is told to wait, and for how long."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.rate import Rate

_EMBED = re.compile(r"^/embed/[^/]*")
_FILES = ("/public/", "/assets/", "/widget", "/avatars/", "/logo", "/favicon", "/static/")
_ALWAYS = ("/health", "/ready", "/metrics")
ReachedFrom = Callable[[str, str], str]
"""Who connects and its `X-Forwarded-For` -> the address that the call came from."""


class Throttle:
    """Counts requests and new web sockets per address; files of pages cost nothing."""

    def __init__(self, app: ASGIApp, *, rate: Rate, reached_from: ReachedFrom) -> None:
        self.app = app
        self.rate = rate
        self.reached_from = reached_from

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or connection."""
        if scope["type"] not in ("http", "websocket") or is_free(scope):
            await self.app(scope, receive, send)
            return
        peer = (scope.get("client") or ("",))[0]
        forwarded = Headers(scope=scope).get("x-forwarded-for", "")
        wait = self.rate.take(self.reached_from(peer, forwarded))
        if not wait:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 4429})
        else:
            seconds = str(math.ceil(wait))
            said = {"detail": f"Too many requests from your address. Wait {seconds} s."}
            answer = JSONResponse(said, 429, headers={"retry-after": seconds})
            await answer(scope, receive, send)


def is_free(scope: Scope) -> bool:
    """Whether a request costs nothing: a file, a check of health, or talk already under way."""
    path = _EMBED.sub("", scope["path"])
    under_way = "/socket.io" in path and b"sid=" in scope.get("query_string", b"")
    return under_way or path.startswith(_FILES) or path in _ALWAYS
