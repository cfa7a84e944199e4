"""Who the people are: ids for addresses, addresses for those who may send to them.

An address is kept sealed and is found by its keyed mark; nothing else in the record names it.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from assistant.access.address import folded
from assistant.access.tables import PENDING, PERSON, as_text
from assistant.need import Asker
from assistant.secret import Box

_PURPOSE = "address"
_VISITOR = "v_"
_BY_MARK = select(PERSON.c.id).where(PERSON.c.mark.in_(bindparam("marks", expanding=True)))
_ADDRESS = select(PERSON.c.sealed_email).where(PERSON.c.id == bindparam("of"))


class People:
    """The register of people; every call works inside the caller's transaction."""

    def __init__(self, box: Box) -> None:
        self._box = box

    def visitor_id(self, asker: Asker) -> str:
        """The id of somebody without a confirmed address: the same for the same face's id."""
        return _VISITOR + self._box.mark(asker.id, purpose="visitor")[:32]

    def visitor_ids(self, asker: Asker) -> tuple[str, ...]:
        """The same by each secret, the one in use first."""
        marks = self._box.marks(asker.id, purpose="visitor")
        return tuple(_VISITOR + mark[:32] for mark in marks)

    def mark(self, email: str) -> str:
        """A mark of the address that tells nothing of it."""
        return self._box.mark(folded(email), purpose=_PURPOSE)

    def find(self, connection: Connection, email: str) -> str | None:
        """The person with this address; None: not known here."""
        marks = self._box.marks(folded(email), purpose=_PURPOSE)
        found: str | None = connection.execute(_BY_MARK, {"marks": list(marks)}).scalar()
        return found

    def known(self, connection: Connection, email: str, *, now: datetime) -> str:
        """The person with this address, written down at the first time."""
        found = self.find(connection, email)
        if found is not None:
            return found
        made = "p_" + secrets.token_hex(12)
        connection.execute(
            insert(PERSON).values(
                id=made,
                mark=self.mark(email),
                sealed_email=self._box.seal(email.strip()),
                made_at=as_text(now),
            )
        )
        return made

    def email(self, connection: Connection, person_id: str) -> str | None:
        """The address of a person; None for visitors and for who was erased."""
        sealed = connection.execute(_ADDRESS, {"of": person_id}).scalar()
        return None if sealed is None else self._box.open(sealed)

    def is_person(self, person_id: str) -> bool:
        """Whether this id stands for somebody with a confirmed address."""
        return not person_id.startswith(_VISITOR)

    def keep_pending(
        self, connection: Connection, request_id: str, email: str, *, now: datetime
    ) -> None:
        """Write down the address that a draft waits for."""
        connection.execute(delete(PENDING).where(PENDING.c.request_id == request_id))
        connection.execute(
            insert(PENDING).values(
                request_id=request_id,
                mark=self.mark(email),
                sealed_email=self._box.seal(email.strip()),
                at=as_text(now),
            )
        )

    def pending(self, connection: Connection, request_id: str) -> str | None:
        """The unconfirmed address of a draft."""
        query = select(PENDING.c.sealed_email).where(PENDING.c.request_id == request_id)
        sealed = connection.execute(query).scalar()
        return None if sealed is None else self._box.open(sealed)

    def awaits(self, connection: Connection, request_id: str, email: str) -> bool:
        """Whether this draft waits for this address."""
        marks = self._box.marks(folded(email), purpose=_PURPOSE)
        query = select(PENDING.c.mark).where(PENDING.c.request_id == request_id)
        return connection.execute(query).scalar() in marks

    def waiting_for(self, connection: Connection, email: str) -> tuple[str, ...]:
        """Drafts that wait for this address, newest first."""
        marks = self._box.marks(folded(email), purpose=_PURPOSE)
        query = select(PENDING.c.request_id).where(PENDING.c.mark.in_(marks))
        return tuple(connection.execute(query.order_by(PENDING.c.at.desc())).scalars())

    def drop_pending(self, connection: Connection, request_id: str) -> None:
        """The address was confirmed, or the draft is over."""
        connection.execute(delete(PENDING).where(PENDING.c.request_id == request_id))

    def erase(self, connection: Connection, person_id: str, *, now: datetime) -> None:
        """Forget the address; the id stays in the record of decisions and names nobody."""
        connection.execute(
            update(PERSON)
            .where(PERSON.c.id == person_id)
            .values(mark=None, sealed_email=None, erased_at=as_text(now))
        )
