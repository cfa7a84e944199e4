"""Tells Chainlit who speaks: whom our own cookie or the proxy names, else a visitor.

Chainlit asks everybody to log in once it can. Its page therefore comes with its own cookie
already, made anew at each load, so that nobody sees a login and nobody stays somebody else.
"""

from __future__ import annotations

from datetime import UTC, datetime

import chainlit as cl
from chainlit.auth import create_jwt, decode_jwt
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.identity import COOKIE_DAYS, BadToken, Identity
from assistant.need import Asker

CHAT_COOKIE = "access_token"
"""Chainlit's own name for its cookie."""


def user(asker: Asker) -> cl.User:
    """An asker as Chainlit carries one: the address is the name that is shown."""
    return cl.User(identifier=asker.id, display_name=asker.email)


def asker(found: cl.User, identity: Identity) -> Asker:
    """The asker whom Chainlit carries; what a person may do is identity's to say."""
    person = identity.person(found.display_name) if found.display_name else None
    return person or Asker(id=found.identifier)


def speaker(connection: HTTPConnection, identity: Identity) -> Asker | None:
    """Who speaks on this connection: the proxy's word, then our own cookie; None: somebody new."""
    vouched = identity.asker_from_headers(connection.headers)
    return vouched or identity.asker_from_cookie(connection.cookies.get(identity.cookie_name))


def still_speaks(found: Asker, connection: HTTPConnection, identity: Identity) -> bool:
    """Whether who once came on this connection is not signed out since; a visitor never is."""
    if found.email is None:
        return True
    now = speaker(connection, identity)
    return now is not None and now.id == found.id


class Admit:
    """Lets every page come with Chainlit's cookie for whoever speaks, and heeds it no longer."""

    def __init__(self, app: ASGIApp, identity: Identity) -> None:
        self.app = app
        self.identity = identity

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        asked_for_a_page = (
            scope["type"] == "http"
            and scope["method"] == "GET"
            and "text/html" in Headers(scope=scope).get("accept", "")
        )
        if not asked_for_a_page:
            if scope["type"] in ("http", "websocket"):
                scope = await self._heeded(scope)
            await self.app(scope, receive, send)
            return
        cookies, known = await run_in_threadpool(self._cookies, HTTPConnection(scope))
        if scope["path"].startswith("/thread/") and not known:
            # Nothing is kept of a visitor, so there is no conversation to open again.
            await RedirectResponse("/", 303)(scope, receive, send)
            return

        async def admitted(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                if headers.get("content-type", "").startswith("text/html"):
                    headers["cache-control"] = "no-store"
                    own = f"{self.identity.cookie_name}="
                    if not any(each.startswith(own) for each in headers.getlist("set-cookie")):
                        # A page that says itself who speaks has bound its forms to that cookie.
                        for cookie in cookies:
                            headers.append("set-cookie", cookie)
            await send(message)

        await self.app(scope, receive, admitted)

    async def _heeded(self, scope: Scope) -> Scope:
        """The request, without Chainlit's cookie where it names somebody who signed out."""
        connection = HTTPConnection(scope)
        try:
            named = asker(decode_jwt(connection.cookies[CHAT_COOKIE]), self.identity)
        except (KeyError, BadToken):
            # There is none, or Chainlit will refuse it too.
            return scope
        if named.email is None:
            return scope
        if await run_in_threadpool(still_speaks, named, connection, self.identity):
            return scope
        headers = MutableHeaders(scope=scope)
        kept = (f"{name}={value}" for name, value in connection.cookies.items())
        headers["cookie"] = "; ".join(e for e in kept if not e.startswith(f"{CHAT_COOKIE}="))
        return {**scope, "headers": headers.raw}

    def _cookies(self, connection: HTTPConnection) -> tuple[tuple[str, ...], bool]:
        """The cookies to set, and whether it is a person whose address is known."""
        known = speaker(connection, self.identity)
        found = known or self.identity.visitor()
        age = COOKIE_DAYS * 86400
        rest = f"; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax"
        if connection.url.scheme == "https" or self.identity.rules.url.startswith("https:"):
            rest += "; Secure"
        mine = f"{CHAT_COOKIE}={create_jwt(user(found))}{rest}"
        if known is not None:
            return (mine,), known.email is not None
        own = self.identity.cookie_for(found, now=datetime.now(UTC))
        return (mine, f"{self.identity.cookie_name}={own}{rest}"), False
