"""Messages about a request as its people may know them: no address, no other person. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from assistant.access.messages import Delivery
from assistant.access.outbox import Outgoing


def deliveries(messages: Iterable[Outgoing], reader: Collection[str]) -> tuple[Delivery, ...]:
    """These messages for one reader, who is known by these ids; those to programs are left out."""
    return tuple(_one(message, reader) for message in messages if message.channel != "webhook")


def _one(message: Outgoing, reader: Collection[str]) -> Delivery:
    mine = message.person_id in reader or message.address == "pending"
    side = "owner" if message.payload.get("side") == "owner" else "requester"
    waits = message.sent_at is None and message.failed_at is None
    return Delivery(
        kind=message.kind,
        to="you" if mine else "owner" if side == "owner" else "requester",
        channel=message.channel.partition(":")[0],
        made_at=message.made_at,
        sent_at=message.sent_at,
        failed_at=message.failed_at,
        next_try_at=message.due_at if waits else None,
        error=message.last_error if mine and message.sent_at is None else "",
    )
