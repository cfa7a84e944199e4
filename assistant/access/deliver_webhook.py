"""Tells another program what happened to requests: a signed POST to the one configured address.

Carries no name, no address and no answer: who may know more reads the request over the API.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from datetime import datetime

import httpx

from assistant.access.deliver import DeliveryFailed
from assistant.access.outbox import Outgoing
from assistant.access.paper import Message

SIGNATURE = "x-dataset-assistant-signature"
TIMESTAMP = "x-dataset-assistant-timestamp"
ID = "x-dataset-assistant-id"
_GONE = 410


def signature(secret: str, *, timestamp: str, id_: str, body: bytes) -> str:
    """HMAC-SHA256 over "timestamp.id.body", as "v1=" and hexadecimal digits."""
    signed = f"{timestamp}.{id_}.".encode() + body
    return "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


class WebhookSender:
    """POSTs to one address, follows no redirect, and reads no answer but its status."""

    def __init__(
        self,
        url: str,
        secrets: Sequence[str],
        *,
        clock: Callable[[], datetime],
        timeout_s: float = 10.0,
    ) -> None:
        """Each secret signs, so that a receiver can change its own at leisure."""
        self._url = url
        self._secrets = tuple(secrets)
        self._clock = clock
        self._timeout_s = timeout_s

    def send(self, outgoing: Outgoing, address: str, message: Message) -> None:
        """Tell it; raises `DeliveryFailed`. Neither the address nor the letter goes along."""
        del address, message
        body = as_json(outgoing)
        timestamp = str(int(self._clock().timestamp()))
        signatures = (
            signature(each, timestamp=timestamp, id_=outgoing.id, body=body)
            for each in self._secrets
        )
        headers = {
            "content-type": "application/json",
            "user-agent": "dataset-assistant webhook",
            ID: outgoing.id,
            TIMESTAMP: timestamp,
            SIGNATURE: ",".join(signatures),
        }
        try:
            # No proxy or .netrc of the environment: only the configured address is spoken to.
            with (
                httpx.Client(
                    timeout=self._timeout_s, follow_redirects=False, trust_env=False
                ) as client,
                client.stream("POST", self._url, content=body, headers=headers) as answer,
            ):
                status = answer.status_code
        except httpx.HTTPError as why:
            raise DeliveryFailed(
                f"the webhook does not answer ({type(why).__name__})", permanent=False
            ) from None
        if not 200 <= status < 300:
            more = " (redirects are not followed)" if 300 <= status < 400 else ""
            raise DeliveryFailed(f"the webhook answered {status}{more}", permanent=status == _GONE)


def as_json(outgoing: Outgoing) -> bytes:
    """The body: the same bytes for the same message, so that a second one is known."""
    told = {
        "id": outgoing.id,
        "kind": outgoing.kind,
        "request_id": outgoing.request_id,
        "made_at": outgoing.made_at.isoformat(),
        **{key: value for key, value in outgoing.payload.items() if not key.startswith("_")},
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
