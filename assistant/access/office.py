"""Where access is asked for and decided: what a face may call, each with who is asking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.access import chain, form, told
from assistant.access.catalogue import Catalogue
from assistant.access.chain import Break
from assistant.access.commands import Command
from assistant.access.fold import fold
from assistant.access.ledger import Ledger
from assistant.access.ledger_read import Record
from assistant.access.messages import Delivery
from assistant.access.office_owners import OwnerDesk
from assistant.access.office_person import PersonDesk
from assistant.access.outbox_queue import Outbox
from assistant.access.values import (
    AccessRequest,
    Answers,
    Refusal,
    RequestForm,
    State,
)
from assistant.access.watches import Watches
from assistant.need import Asker, Role
from catalog_sync import store_engine


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeParts:
    """What an office is built from, and what the worker works with; no face touches it."""

    ledger: Ledger
    record: Record
    catalogue: Catalogue
    owners: OwnerDesk
    person: PersonDesk
    watches: Watches
    outbox: Outbox
    clock: Callable[[], datetime]


class Office:
    """Requests for access, for every face alike; safe to use from many threads."""

    def __init__(self, parts: OfficeParts, *, mail_note: str = "") -> None:
        """`mail_note`: where mail goes when it is not sent, as people are told; empty: it is."""
        self.parts = parts
        self.mail_note = mail_note
        self.watches = parts.watches
        self.owners = parts.owners
        self.person = parts.person

    def close(self) -> None:
        """Close the database connections."""
        self.parts.record.engine.dispose()

    def form(
        self, card_id: str, asker: Asker, *, answers: Answers | None = None
    ) -> RequestForm | Refusal:
        """What is known and what is missing for a request; writes nothing."""
        parts = self.parts
        given = answers or Answers()
        now = parts.clock()
        with store_engine.reading(parts.record.engine) as connection:
            found = parts.catalogue.judged(connection, card_id, given, today=now.date())
            if found is None:
                return Refusal(kind="dataset_gone", values=(card_id,))
            judged, group = found
            actor = parts.record.roles.reader(connection, asker)
            open_id = parts.record.keep.open_one(connection, actor.ids, group, but=None)
        opened = self.read(open_id, asker) if open_id is not None else None
        return RequestForm(
            judged=judged,
            answers=given,
            missing=form.missing(judged, given),
            optional=form.optional(judged, given),
            open=opened if isinstance(opened, AccessRequest) else None,
        )

    def request(self, command: Command, *, asker: Asker, key: str) -> AccessRequest | Refusal:
        """Do what is asked, once per key; the request as its asker may see it afterwards."""
        done = self.parts.ledger.handle(command, asker=asker, key=key)
        return done if isinstance(done, Refusal) else self.parts.record.seen(done, asker)

    def read(self, request_id: str, asker: Asker, *, reason: str = "") -> AccessRequest | Refusal:
        """One request; whom it does not concern gets the same answer as for one that is not there.

        `reason`: why an administrator reads what it says; it is kept.
        """
        return self.parts.record.read(request_id, asker, reason=reason, now=self.parts.clock())

    def mine(
        self,
        asker: Asker,
        *,
        states: Sequence[State] | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> tuple[AccessRequest, ...]:
        """The asker's own requests, newest first."""
        return self.parts.record.mine(asker, states=states, limit=limit, after=after)

    def waiting(
        self, asker: Asker, *, limit: int = 50, after: str | None = None
    ) -> tuple[AccessRequest, ...]:
        """What waits for the asker's decision."""
        return self.parts.record.waiting(asker, limit=limit, after=after)

    def decided(
        self, asker: Asker, *, limit: int = 50, after: str | None = None
    ) -> tuple[AccessRequest, ...]:
        """The asker's record as owner or delegate."""
        return self.parts.record.decided(asker, limit=limit, after=after)

    def roles(self, asker: Asker) -> frozenset[Role]:
        """Every role that the asker has anywhere."""
        record = self.parts.record
        if asker.email is None:
            return frozenset({"visitor"})
        found: set[Role] = {"person"}
        with store_engine.reading(record.engine) as connection:
            actor = record.roles.reader(connection, asker)
            if record.owners.owned(connection, actor.id):
                found.add("owner")
            if record.owners.delegated(connection, actor.id):
                found.add("delegate")
        if actor.is_administrator:
            found.add("administrator")
        return frozenset(found)

    def broken(self) -> Break | None:
        """Where the record of events is not as it was written; None: it is whole."""
        return self.parts.record.broken()

    def deliveries(self, request_id: str, asker: Asker) -> tuple[Delivery, ...]:
        """What was told about a request, and what could not be, oldest first.

        Empty for whom the request does not concern.
        """
        record = self.parts.record
        with store_engine.reading(record.engine) as connection:
            actor = record.roles.reader(connection, asker)
            roles = record.roles.of(connection, fold(chain.story(connection, request_id)), actor)
        if roles[0] not in ("requester", "owner", "delegate"):
            return ()
        return told.deliveries(self.parts.outbox.of_request(request_id), actor.ids)

    def counts(self) -> dict[State, int]:
        """How many requests are in each state, for monitoring."""
        return self.parts.record.counts()
