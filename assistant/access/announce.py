"""Whom to tell of what happened: written into the outbox in the transaction of the events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Connection

from assistant.access import outbox
from assistant.access.events import (
    DecisionChanged,
    Delegated,
    Event,
    ExtensionAsked,
    ReminderSent,
    RequestApproved,
    RequestExpired,
    RequestExtended,
    RequestRejected,
    RequestReturned,
    RequestRevoked,
    RequestSubmitted,
    RequestWithdrawn,
    TermsChanged,
)
from assistant.access.outbox import OutgoingKind
from assistant.access.owners import Owners
from assistant.access.people import People
from assistant.access.scopes import scopes
from assistant.access.values import AccessRequest

Side = Literal["owner", "requester"]
_TO_OWNER: dict[type, OutgoingKind] = {
    RequestSubmitted: "request_submitted", RequestWithdrawn: "request_withdrawn",
    ExtensionAsked: "extension_wished", TermsChanged: "terms_changed", RequestExpired: "expired",
}  # fmt: skip
_TO_REQUESTER: dict[type, OutgoingKind] = {
    RequestApproved: "request_decided", RequestRejected: "request_decided",
    DecisionChanged: "request_decided", RequestExtended: "request_decided",
    RequestRevoked: "request_decided", RequestReturned: "request_returned",
    TermsChanged: "terms_changed", RequestExpired: "expired",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One person told of one event."""

    kind: OutgoingKind
    person_id: str
    side: Side
    channel: str = "mail"


class Announcer:
    """Turns events into messages for those they concern, and for nobody else."""

    def __init__(
        self,
        people: People,
        owners: Owners,
        *,
        webhook: bool = False,
        besides: tuple[str, ...] = (),
    ) -> None:
        """What is told where.

        Args:
            people: Who can be told.
            owners: Who decides about what.
            webhook: Whether each event is also told to the configured webhook.
            besides: Channels in which a person is told besides mail, where they can be found there.
        """
        self._people = people
        self._owners = owners
        self._webhook = webhook
        self._besides = besides

    def __call__(
        self, connection: Connection, request: AccessRequest, events: Sequence[Event]
    ) -> None:
        """Write down every message that these events make due."""
        for event in events:
            for notice in self._notices(connection, request, event):
                self._tell(connection, request, event, notice)
                for channel in self._besides:
                    self._tell(connection, request, event, replace(notice, channel=channel))
            if self._webhook and request.submitted_at is not None:
                self._post(connection, request, event)

    def _tell(
        self, connection: Connection, request: AccessRequest, event: Event, notice: Notice
    ) -> None:
        named = f"{request.id}:{event.seq}:{notice.side}:{notice.person_id}"
        outbox.put(
            connection,
            notice.kind,
            dedup=named if notice.channel == "mail" else f"{named}:{notice.channel}",
            now=event.at,
            person_id=notice.person_id,
            channel=notice.channel,
            request_id=request.id,
            payload={"seq": event.seq, "side": notice.side},
        )

    def _post(self, connection: Connection, request: AccessRequest, event: Event) -> None:
        kind = _TO_REQUESTER.get(type(event.body)) or _TO_OWNER.get(type(event.body))
        if kind is not None:  # of what was never filed, no program is told
            outbox.put(
                connection,
                kind,
                dedup=f"{request.id}:{event.seq}:webhook",
                now=event.at,
                address="place",
                channel="webhook",
                request_id=request.id,
                payload={
                    "seq": event.seq,
                    "event": event.body.kind,
                    "at": event.at.isoformat(),
                    "card_id": request.card_id,
                    "state": request.state,
                },
            )

    def _notices(
        self, connection: Connection, request: AccessRequest, event: Event
    ) -> Iterator[Notice]:
        body = event.body
        if isinstance(body, Delegated):
            yield Notice(kind="delegated", person_id=body.person_id, side="owner")
        elif isinstance(body, ReminderSent):
            yield from self._reminders(connection, request, body)
        else:
            to_requester = _TO_REQUESTER.get(type(body))
            if to_requester is not None and self._people.is_person(request.person_id):
                yield Notice(kind=to_requester, person_id=request.person_id, side="requester")
            to_owner = _TO_OWNER.get(type(body))
            if to_owner is not None and request.submitted_at is not None:
                yield from self._owner_side(connection, request, to_owner, event.actor)

    def _reminders(
        self, connection: Connection, request: AccessRequest, body: ReminderSent
    ) -> Iterator[Notice]:
        if body.about.startswith("decision:"):
            yield from self._owner_side(connection, request, "reminder_owner", "")
        elif self._people.is_person(request.person_id):
            kind: OutgoingKind = (
                "reminder_draft" if body.about.startswith("draft:") else "reminder_requester"
            )
            yield Notice(kind=kind, person_id=request.person_id, side="requester")

    def _owner_side(
        self, connection: Connection, request: AccessRequest, kind: OutgoingKind, actor: str
    ) -> Iterator[Notice]:
        """Owners and their colleagues, but not the one whose own deed it is."""
        if request.state == "handed_over":
            return
        for person in dict.fromkeys(self.deciders(connection, request)):
            if person != actor:
                yield Notice(kind=kind, person_id=person, side="owner")

    def deciders(self, connection: Connection, request: AccessRequest) -> tuple[str, ...]:
        """Everybody who may decide about a request."""
        judged = request.judged
        found = self._owners.deciders(
            connection, scopes(judged.card_id, judged.source, judged.publisher)
        )
        return (*found.owners, *found.delegates, *sorted(request.delegates))
