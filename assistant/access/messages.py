"""What may be told, and what a message is made from. Pure values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from assistant.access.values import AccessRequest

OutgoingKind = Literal[
    "request_submitted", "request_decided", "request_returned", "request_withdrawn",
    "terms_changed", "reminder_owner", "reminder_requester", "reminder_draft", "expired",
    "confirm_address", "sign_in", "watch_match", "delegated", "extension_wished",
]  # fmt: skip
OUTGOING_KINDS: tuple[OutgoingKind, ...] = get_args(OutgoingKind)
AddressKind = Literal["person", "pending", "place"]
"""Whose address is looked up: the person's; the one given with an unconfirmed draft; none, the
channel itself is the place (a webhook, a Slack channel)."""
Payload = Mapping[str, "str | int | bool | None | Sequence[Mapping[str, str]]"]
"""Plain values, without any address. Of a request: `seq`, the event it is about, and `side`,
"owner" or "requester" where that is not plain from the kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A dataset that a watch found."""

    name: str
    url: str | None
    note: str = ""
    """Verdict, size: a few words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What somebody wants to be told of."""

    id: str
    words: str
    channel: str
    """"mail", "slack:..." or "chat:..."."""
    made_at: datetime
    told: int
    """How many cards were told so far, copies included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message about a request, as the people of the request may know it."""

    kind: OutgoingKind
    to: Literal["you", "owner", "requester"]
    channel: str
    """"mail", "slack" or "chat"."""
    made_at: datetime
    sent_at: datetime | None
    failed_at: datetime | None
    """It was given up then."""
    next_try_at: datetime | None
    error: str = ""
    """Of a message to the reader: what the last failure was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """New datasets for one watch."""

    watch: str
    """What was watched for, in words."""
    matches: tuple[Match, ...]
    total: int
    """How many there are; only the first are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one message is made from, read when it is sent."""

    kind: OutgoingKind
    side: Literal["owner", "requester"] = "requester"
    request: AccessRequest | None = None
    """As it stood after the event that the message is about, as its reader may see it."""
    link: str = ""
    """Where the reader goes on."""
    days: int = 0
    """Of a reminder: how many days have passed, or are left."""
    valid: str = ""
    """Of a link: for how long it works, such as "30 minutes"."""
    news: News | None = None
    """Of a watch: what is new."""


def news_of(payload: Payload) -> News:
    """What the payload of a `watch_match` tells."""
    listed = payload.get("matches")
    rows = listed if isinstance(listed, list) else []
    total = payload.get("total")
    return News(
        watch=str(payload.get("watch", "")),
        matches=tuple(
            Match(name=row["name"], url=row.get("url") or None, note=row.get("note", ""))
            for row in rows
        ),
        total=total if isinstance(total, int) else len(rows),
    )
