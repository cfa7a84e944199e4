"""What belongs to one person: an address to confirm, everything kept of them, and its erasure."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic_core import to_jsonable_python
from sqlalchemy import Connection, Engine, delete, select

from assistant.access import chain, outbox
from assistant.access.address import is_address
from assistant.access.commands import WithdrawRequest
from assistant.access.fold import fold
from assistant.access.keep import Keep
from assistant.access.ledger import Ledger
from assistant.access.ledger_read import Record
from assistant.access.owners import Owners
from assistant.access.people import People
from assistant.access.roles import Roles
from assistant.access.tables import REQUEST, SCOPE_DELEGATE, writing
from assistant.access.values import AccessRequest, Refusal
from assistant.need import Asker
from catalog_sync import store_engine

SIGN_IN = "s_"
"""Begins what a sign-in link is kept under while it is sent, beside the ids of requests."""
Forget = Callable[[Connection, str], int]
"""Deletes, in the caller's transaction, what a further room keeps of a person id."""
Tell = Callable[[Connection, str], Mapping[str, object]]
"""What a further room keeps of a person id, as JSON can say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDesk:
    """What a person may do with their own data; safe to use from many threads."""

    engine: Engine
    people: People
    owners: Owners
    keep: Keep
    roles: Roles
    record: Record
    ledger: Ledger
    clock: Callable[[], datetime]
    forgets: tuple[Forget, ...] = ()
    tells: tuple[Tell, ...] = ()

    def ask_confirmation(
        self, request_id: str, email: str, *, asker: Asker
    ) -> AccessRequest | Refusal:
        """Let a visitor's draft wait for this address, and send it a link.

        The link signs in only the browser that opens it; there the person takes the draft over.
        An address gets at most one such message within ten minutes, whoever gives it.
        """
        if not is_address(email):
            return Refusal(kind="bad_answer", field="email", values=("an e-mail address",))
        with writing(self.engine) as connection:
            now = self.clock()
            actor = self.roles.actor(connection, asker, now=now)
            request = fold(chain.story(connection, request_id))
            mine = request is not None and request.person_id in actor.ids
            if request is None or not mine or request.state != "draft":
                return Refusal(kind="not_found")
            if self.people.is_person(request.person_id):
                return request
            self.people.keep_pending(connection, request_id, email, now=now)
            slot = int(now.timestamp()) // 600
            outbox.put(
                connection,
                "confirm_address",
                dedup=f"confirm:{self.people.mark(email)}:{slot}",
                now=now,
                address="pending",
                request_id=request_id,
            )
        return self.record.read(request_id, asker, reason="", now=self.clock())

    def send_sign_in(self, email: str, *, back: str = "") -> Refusal | None:
        """Send a link that signs in the browser which opens it; None, whoever has the address.

        An address gets at most one such message within two minutes. `back`: the path that the
        person was on.
        """
        if not is_address(email):
            return Refusal(kind="bad_answer", field="email", values=("an e-mail address",))
        with writing(self.engine) as connection:
            now = self.clock()
            about = SIGN_IN + secrets.token_hex(10)
            slot = int(now.timestamp()) // 120
            is_new = outbox.put(
                connection,
                "sign_in",
                dedup=f"sign_in:{self.people.mark(email)}:{slot}",
                now=now,
                address="pending",
                request_id=about,
                payload={"next": back if back.startswith("/") and back[1:2] != "/" else ""},
                lasts=timedelta(hours=1),
            )
            if is_new:
                self.people.keep_pending(connection, about, email, now=now)
        return None

    def pending_email(self, request_id: str) -> str | None:
        """The address that a draft waits for: for the program that sends the link."""
        with self.engine.connect() as connection:
            return self.people.pending(connection, request_id)

    def drafts_for(self, asker: Asker) -> tuple[str, ...]:
        """Drafts of visitors that wait for the asker's confirmed address."""
        if asker.email is None:
            return ()
        with store_engine.reading(self.engine) as connection:
            return self.people.waiting_for(connection, asker.email)

    def export(self, asker: Asker) -> Mapping[str, object]:
        """Everything that is kept of the asker, as JSON can say it."""
        with store_engine.reading(self.engine) as connection:
            actor = self.roles.reader(connection, asker)
            ids = connection.execute(
                select(REQUEST.c.id)
                .where(REQUEST.c.person_id.in_(actor.ids))
                .order_by(REQUEST.c.drafted_at)
            ).scalars().all()  # fmt: skip
            requests = []
            for each in ids:
                request = fold(chain.story(connection, each))
                if request is not None:
                    shown = self.record.view(connection, request, ("requester",))
                    requests.append(to_jsonable_python(shown))
            found: dict[str, object] = {
                "email": asker.email,
                "requests": requests,
                "owns": to_jsonable_python(self.owners.owned(connection, actor.id)),
                "decides_for": to_jsonable_python(self.owners.delegated(connection, actor.id)),
                "claims": to_jsonable_python(self.owners.claims(connection, actor.id)),
            }
            for tell in self.tells:
                found.update(tell(connection, actor.id))
        return found

    def erase(self, asker: Asker) -> int | Refusal:
        """Forget the asker: open requests are withdrawn, answers and address deleted.

        The record keeps that a request was decided and how, not who asked. Returns how many
        requests were theirs. Done twice it does nothing more.
        """
        with store_engine.reading(self.engine) as connection:
            actor = self.roles.reader(connection, asker)
            query = select(REQUEST.c.id, REQUEST.c.is_open).where(
                REQUEST.c.person_id.in_(actor.ids)
            )
            rows = connection.execute(query).all()
        for row in rows:
            if row.is_open:
                command = WithdrawRequest(request_id=row.id, reason="")
                done = self.ledger.handle(command, asker=asker, key=f"erase:{row.id}")
                if isinstance(done, Refusal) and done.kind == "busy":
                    return done
        with writing(self.engine) as connection:
            for row in rows:
                self.keep.erase_answers(connection, row.id)
                self.people.drop_pending(connection, row.id)
            for person in actor.ids:
                for scope in self.owners.owned(connection, person):
                    self.owners.end(connection, scope, person, by=person, now=self.clock())
                connection.execute(
                    delete(SCOPE_DELEGATE).where(SCOPE_DELEGATE.c.person_id == person)
                )
                outbox.forget(connection, person)
                for forget in self.forgets:
                    forget(connection, person)
                self.people.erase(connection, person, now=self.clock())
        return len(rows)
