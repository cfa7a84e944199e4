"""Who somebody is to one request: requester, owner, delegate, administrator, or a stranger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assistant.access.address import folded, is_address
from assistant.access.owners import Owners
from assistant.access.people import People
from assistant.access.scopes import scopes
from assistant.access.values import AccessRequest, RequestRole
from assistant.need import Asker


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who acts, as the record knows them."""

    id: str
    ids: tuple[str, ...]
    """Every id that stands for them."""
    email: str | None
    is_administrator: bool = False


SYSTEM = Actor(id="system", ids=("system",), email=None)


class Roles:
    """Looks roles up; every call works inside the caller's transaction."""

    def __init__(self, people: People, owners: Owners, administrators: frozenset[str]) -> None:
        """`administrators` are e-mail addresses, of the settings."""
        self._people = people
        self._owners = owners
        self._administrators = frozenset(folded(email) for email in administrators)

    def actor(self, connection: Connection, asker: Asker, *, now: datetime) -> Actor:
        """Who this is; a confirmed address is written down at its first time."""
        if asker.email is None:
            ids = self._people.visitor_ids(asker)
            return Actor(id=ids[0], ids=ids, email=None)
        person = self._people.known(connection, asker.email, now=now)
        return self._person(person, asker.email)

    def reader(self, connection: Connection, asker: Asker) -> Actor:
        """The same without writing anything down."""
        if asker.email is None:
            ids = self._people.visitor_ids(asker)
            return Actor(id=ids[0], ids=ids, email=None)
        return self._person(self._people.find(connection, asker.email) or "nobody", asker.email)

    def _person(self, person: str, email: str) -> Actor:
        return Actor(
            id=person,
            ids=(person,),
            email=email,
            is_administrator=folded(email) in self._administrators,
        )

    def known(self, connection: Connection, email: str, *, now: datetime) -> str | None:
        """The person with this address, written down at the first time; None: it is none."""
        return self._people.known(connection, email, now=now) if is_address(email) else None

    def of(
        self, connection: Connection, request: AccessRequest | None, actor: Actor
    ) -> tuple[RequestRole, ...]:
        """The roles in a request, never empty; the same look-ups whether it exists or not.

        What was never filed concerns its requester alone.
        """
        if actor is SYSTEM:
            return ("system",)
        judged = request.judged if request is not None else None
        asked = (
            scopes(judged.card_id, judged.source, judged.publisher)
            if judged is not None
            else scopes("", "", None)
        )
        deciders = self._owners.deciders(connection, asked)
        if request is None:
            return ("stranger",)
        found: list[RequestRole] = []
        if request.person_id in actor.ids:
            found.append("requester")
        if request.submitted_at is not None and request.state != "handed_over":
            if actor.id in deciders.owners:
                found.append("owner")
            elif actor.id in deciders.delegates or actor.id in request.delegates:
                found.append("delegate")
        if actor.is_administrator and request.submitted_at is not None:
            found.append("administrator")
        return tuple(found) or ("stranger",)
