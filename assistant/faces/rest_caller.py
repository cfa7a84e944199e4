"""Who calls the API and what they may: by an API key, by a proxy's word, or by our cookie."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Annotated, Literal, cast

from fastapi import Depends, Header, Request
from fastapi.security import APIKeyCookie, HTTPBearer

from assistant.desk import Desk
from assistant.faces.rest_problem import Failed
from assistant.identity import COOKIE, Identity
from assistant.need import Asker
from assistant.rate import Rate

Scope = Literal["read", "request", "decide", "admin"]
ALL: frozenset[Scope] = frozenset({"read", "request", "decide", "admin"})
SAFE = ("GET", "HEAD", "OPTIONS")
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
# Only so that the description names the ways to sign in; `caller` reads them itself.
BEARER = HTTPBearer(auto_error=False, scheme_name="apiKey", description="`dataset-assistant keys`")
BY_COOKIE = APIKeyCookie(name=COOKIE, auto_error=False, scheme_name="cookie")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the routes call."""

    desk: Desk
    identity: Identity
    rate: Rate
    per_visitor: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who calls."""

    asker: Asker
    scopes: frozenset[Scope]
    by: Literal["nobody", "key", "cookie", "proxy"]
    cookie: str = ""


def house(request: Request) -> House:
    """The rooms of this server."""
    return cast("House", request.app.state.house)


def caller(
    request: Request,
    rooms: Annotated[House, Depends(house)],
    _bearer: Annotated[object, Depends(BEARER)],
    _cookie: Annotated[object, Depends(BY_COOKIE)],
    x_form_token: Annotated[str, Header(max_length=100)] = "",
) -> Caller:
    """Who calls; ends the call for a bad key, for too many, and for a forged form."""
    found = _who(request, rooms.identity)
    peer = rooms.identity.rules.reached_from(
        request.client.host if request.client else "", request.headers.get("x-forwarded-for", "")
    )
    known = found.asker.email is not None
    wait = rooms.rate.take(found.asker.id) if known else rooms.per_visitor.take(peer)
    if wait:
        seconds = str(math.ceil(wait))
        raise Failed(
            429, "too_many_calls", f"Too many calls. Wait {seconds} s, then go on.",
            headers={"retry-after": seconds},
        )  # fmt: skip
    # A browser sends cookies, and a proxy's word, along with other pages' posts too.
    if found.by in ("cookie", "proxy") and request.method not in SAFE and not (
        rooms.identity.is_form_token(x_form_token, found.cookie)
    ):  # fmt: skip
        raise Failed(
            403, "form_token_missing", "A browser's write needs the header X-Form-Token with the "
            "`form_token` that GET /api/v1/me gives; a program uses an API key.",
            field="x-form-token",
        )  # fmt: skip
    return found


def _who(request: Request, identity: Identity) -> Caller:
    given = request.headers.get("authorization")
    if given is not None:
        way, _, key = given.partition(" ")
        known = identity.asker_from_api_key(key.strip()) if way.lower() == "bearer" else None
        if known is None:
            raise Failed(
                401, "bad_key", "The API key is not known, or has ended. "
                "`dataset-assistant keys make EMAIL` makes one.",
                headers={"www-authenticate": "Bearer"},
            )  # fmt: skip
        return Caller(asker=known[0], scopes=known[1], by="key")
    cookie = request.cookies.get(COOKIE, "")
    vouched = identity.asker_from_headers(request.headers)
    if vouched is not None:
        return Caller(asker=vouched, scopes=ALL, by="proxy", cookie=cookie)
    found = identity.asker_from_cookie(cookie)
    if found is None:
        return Caller(asker=identity.visitor(), scopes=frozenset({"read"}), by="nobody")
    scopes = ALL if found.email is not None else frozenset[Scope]({"read", "request"})
    return Caller(asker=found, scopes=scopes, by="cookie", cookie=cookie)


class May:
    """A dependency: the caller, who has this scope, and a confirmed address where one is needed."""

    def __init__(self, scope: Scope, *, known: bool = False) -> None:
        self.scope = scope
        self.known = known

    def __call__(self, found: Annotated[Caller, Depends(caller)]) -> Caller:
        """The caller; ends the call for anybody else."""
        if found.by == "nobody" and (self.known or self.scope not in found.scopes):
            raise Failed(
                401, "sign_in", "For this one has to be signed in: send an API key as "
                "`Authorization: Bearer ...`, or sign in at /sign-in.",
                headers={"www-authenticate": "Bearer"},
            )  # fmt: skip
        if self.scope not in found.scopes:
            raise Failed(
                403, "scope_missing", f"This needs the scope {self.scope!r}, which the API key or "
                "sign-in does not have.", values=(self.scope,),
            )  # fmt: skip
        if self.known and found.asker.email is None:
            raise Failed(
                401, "sign_in", "For this one has to be signed in with a confirmed address, at "
                "/sign-in.", headers={"www-authenticate": "Bearer"},
            )  # fmt: skip
        return found


READER = May("read")
KNOWN_READER = May("read", known=True)
REQUESTER = May("request")
KNOWN_REQUESTER = May("request", known=True)
DECIDER = May("decide", known=True)
ADMINISTRATOR = May("admin", known=True)


def idempotency_key(
    idempotency_key: Annotated[
        str | None,
        Header(
            description="A new word for each deed, the same one when it is tried again.",
            min_length=1,
            max_length=200,
            pattern=r"^[\x21-\x7e]+$",
        ),
    ] = None,
) -> str:
    """The key by which a write is done once, however often it is sent."""
    if idempotency_key is None or not _KEY.fullmatch(idempotency_key):
        raise Failed(
            400, "idempotency_key_missing", "A write needs the header Idempotency-Key: a new word "
            "for each deed, the same one when it is tried again.", field="idempotency-key",
        )  # fmt: skip
    return idempotency_key
