"""What a message is made from, read at the moment of sending: address, request, link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from sqlalchemy import Connection

from assistant.access import chain
from assistant.access.events import Event, RequestApproved
from assistant.access.fold import fold
from assistant.access.ledger_read import Record
from assistant.access.messages import Facts, news_of
from assistant.access.outbox import Outgoing
from assistant.access.remind import Calendar, end_of
from assistant.access.roles import Actor
from assistant.access.values import AccessRequest, State
from catalog_sync import store_engine

LinkPurpose = Literal["sign_in", "confirm", "decide"]
_ONLY_WHILE: dict[str, frozenset[State]] = {
    "reminder_owner": frozenset({"submitted"}),
    "reminder_requester": frozenset({"approved"}),
    "reminder_draft": frozenset({"draft"}),
    "confirm_address": frozenset({"draft"}),
    "extension_wished": frozenset({"approved"}),
}
"""A message of this kind is not told any more once its request is in another state."""


class Links(Protocol):
    """Makes the tokens of links, each good once and for one address."""

    def mail_token(
        self, email: str, *, purpose: LinkPurpose, about: str = "", now: datetime
    ) -> str:
        """A signed token; `about` is the request that it is for."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLookup:
    """Looks up by the record of requests; a `deliver.Lookup`."""

    record: Record
    links: Links
    url: str
    """Where people reach this installation, without a slash at its end."""
    calendar: Calendar
    clock: Callable[[], datetime]

    def address(self, outgoing: Outgoing) -> str | None:
        """The e-mail address, or what follows the colon of a channel that is a place."""
        if outgoing.address == "place":
            return outgoing.channel.partition(":")[2]
        people = self.record.people
        with self.record.engine.connect() as connection:
            if outgoing.address == "pending":
                return people.pending(connection, outgoing.request_id or "")
            return people.email(connection, outgoing.person_id or "")

    def facts(self, outgoing: Outgoing, address: str) -> Facts | None:
        """What the message says; None where it is out of date, or its reader may not know it."""
        if outgoing.kind == "sign_in":
            back = str(outgoing.payload.get("next") or "")
            link = self._link("/sign-in", address, "sign_in", back)
            return Facts(kind="sign_in", link=link, valid="30 minutes")
        if outgoing.kind == "watch_match":
            return self._watched(outgoing)
        if outgoing.request_id is None:
            return None
        with store_engine.reading(self.record.engine) as connection:
            return self._about(connection, outgoing, address)

    def _about(self, connection: Connection, outgoing: Outgoing, address: str) -> Facts | None:
        story = chain.story(connection, outgoing.request_id or "")
        now = fold(story)
        if now is None or now.state not in _ONLY_WHILE.get(outgoing.kind, {now.state}):
            return None
        then = fold(story[: _events(outgoing, story)]) or now
        side: Literal["owner", "requester"] = (
            "owner" if outgoing.payload.get("side") == "owner" else "requester"
        )
        shown = then
        if outgoing.address == "person":
            found = self._seen_by(connection, then, now, outgoing.person_id or "", side)
            if found is None:
                return None
            shown = found
        return Facts(
            kind=outgoing.kind,
            side=side,
            request=shown,
            link=self._page(outgoing, now, side, address),
            days=self._days(outgoing, now),
            valid="3 days",
        )

    def _days(self, outgoing: Outgoing, request: AccessRequest) -> int:
        """Of a reminder: whole days since the filing, or until the end, at this moment."""
        now = self.clock()
        if outgoing.kind == "reminder_owner" and request.submitted_at is not None:
            return (now - request.submitted_at).days
        end = end_of(request, self.calendar)
        return 0 if end is None else max(0, (end - now).days)

    def _seen_by(
        self,
        connection: Connection,
        then: AccessRequest,
        now: AccessRequest,
        person_id: str,
        side: str,
    ) -> AccessRequest | None:
        """The request as this person may see it today; None: it does not concern them any more."""
        actor = Actor(id=person_id, ids=(person_id,), email=None)
        roles = self.record.roles.of(connection, now, actor)
        mine = ("owner", "delegate") if side == "owner" else ("requester",)
        wanted = tuple(role for role in roles if role in mine)
        return self.record.view(connection, then, wanted) if wanted else None

    def _page(self, outgoing: Outgoing, request: AccessRequest, side: str, address: str) -> str:
        if outgoing.kind == "confirm_address":
            return self._link("/requests/confirm", address, "confirm", request.id)
        if side == "owner" and outgoing.address == "person":
            return self._link(f"/owner/requests/{request.id}", address, "decide", request.id)
        return f"{self.url}/requests/{request.id}"

    def _link(self, path: str, address: str, purpose: LinkPurpose, about: str) -> str:
        token = self.links.mail_token(address, purpose=purpose, about=about, now=self.clock())
        return f"{self.url}{path}?token={token}"

    def _watched(self, outgoing: Outgoing) -> Facts:
        link = f"{self.url}/mine"
        return Facts(kind="watch_match", news=news_of(outgoing.payload), link=link)


def _events(outgoing: Outgoing, story: Sequence[Event]) -> int:
    """How many events the message speaks of: up to its own, a rule's approval with the filing."""
    seq = outgoing.payload.get("seq")
    if not isinstance(seq, int) or seq >= len(story):
        return len(story)
    after = story[seq].body
    by_rule = isinstance(after, RequestApproved) and after.automatic
    return seq + 1 if outgoing.kind == "request_submitted" and by_rule else seq
