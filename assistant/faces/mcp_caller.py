"""Who another assistant calls for, and how often one of them may call.

Reading needs nobody's name. A caller has one all the same, so that each has an allowance of the
language model and a number of calls a minute of their own.
"""

from __future__ import annotations

import math

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse

from assistant.identity import Identity
from assistant.need import Asker
from assistant.rate import Rate

ANYONE = Asker(id="mcp")
"""Who calls over standard input and output without a key: the owner of this machine."""
TOO_MANY = -32_000
"""JSON-RPC's code for a server's own refusal."""


class Callers:
    """Tells callers apart by their key, and without one by their address."""

    def __init__(self, identity: Identity, *, own_key: str = "") -> None:
        """`own_key`: for calls that carry none of their own, as those over standard input do."""
        self._identity = identity
        self._own_key = own_key

    def key(self, request: Request | None) -> str:
        """The API key that came with a call; empty: none."""
        if request is None:
            return self._own_key
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        return key.strip() if scheme.lower() == "bearer" else self._own_key

    def asker(self, request: Request | None) -> Asker:
        """Whom the call is made for. A key that is not good makes nobody of its caller."""
        key = self.key(request)
        known = self._identity.asker_from_api_key(key) if key else None
        if known is not None:
            return known[0]
        if request is None:
            return ANYONE
        peer = request.client.host if request.client else ""
        forwarded = request.headers.get("x-forwarded-for", "")
        return Asker(id=f"mcp:{self._identity.rules.reached_from(peer, forwarded)}")


class Gate:
    """Lets each caller over the web make so many calls a minute."""

    def __init__(self, callers: Callers, rate: Rate) -> None:
        self._callers = callers
        self._rate = rate

    async def refusal(self, request: Request) -> JSONResponse | None:
        """What a caller is told who has to wait; None: go on."""
        asker = await run_sync(self._callers.asker, request)
        wait = self._rate.take(asker.id)
        if not wait:
            return None
        seconds = math.ceil(wait)
        told = {
            "jsonrpc": "2.0",
            "id": None,
            "error": {
                "code": TOO_MANY,
                "message": f"Too many calls. Wait {seconds} s, then go on.",
                "data": {"retry_after_s": seconds},
            },
        }
        return JSONResponse(told, 429, headers={"retry-after": str(seconds)})
