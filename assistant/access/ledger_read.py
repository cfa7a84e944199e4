"""Reads requests, each only for whom it concerns, and never writes but an administrator's look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, Connection, Engine, and_, false, func, insert, or_, select

from assistant.access import chain
from assistant.access.fold import fold
from assistant.access.keep import Keep
from assistant.access.owners import Owners
from assistant.access.people import People
from assistant.access.roles import Actor, Roles
from assistant.access.scopes import scopes
from assistant.access.table import offered
from assistant.access.tables import DELEGATE, LOOK, REQUEST, as_text, writing
from assistant.access.values import (
    COMMANDS,
    STATES,
    AccessRequest,
    Earlier,
    PersonShown,
    Refusal,
    RequestRole,
    State,
)
from assistant.access.values_owner import Scope
from assistant.need import Asker
from catalog_sync import store_engine

_DECIDED = ("approved", "rejected", "revoked", "expired", "returned", "withdrawn")
_EARLIER = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Reads for askers; safe to use from many threads."""

    engine: Engine
    people: People
    owners: Owners
    keep: Keep
    roles: Roles

    def read(
        self, request_id: str, asker: Asker, *, reason: str, now: datetime
    ) -> AccessRequest | Refusal:
        """One request for one reader; a stranger learns nothing, not even that it exists.

        An administrator sees how it stands, and what it says only with a reason, which is kept.
        """
        with store_engine.reading(self.engine) as connection:
            actor = self.roles.reader(connection, asker)
            request = fold(chain.story(connection, request_id))
            roles = self.roles.of(connection, request, actor)
            if request is None or roles[0] == "stranger":
                return Refusal(kind="not_found")
            only_looks = roles == ("administrator",)
            shown = self.view(connection, request, roles, with_text=not only_looks or bool(reason))
        if only_looks and reason.strip():
            self._note_look(actor, request_id, reason.strip(), now)
        return shown

    def seen(self, request: AccessRequest, asker: Asker) -> AccessRequest | Refusal:
        """A request in hand as its asker may see it; as `read`, without looking it up again."""
        with store_engine.reading(self.engine) as connection:
            actor = self.roles.reader(connection, asker)
            roles = self.roles.of(connection, request, actor)
            if roles[0] == "stranger":
                return Refusal(kind="not_found")
            return self.view(connection, request, roles, with_text=roles != ("administrator",))

    def _note_look(self, actor: Actor, request_id: str, reason: str, now: datetime) -> None:
        with writing(self.engine) as connection:
            connection.execute(
                insert(LOOK).values(
                    request_id=request_id, actor=actor.id, reason=reason[:2000], at=as_text(now)
                )
            )

    def view(
        self,
        connection: Connection,
        request: AccessRequest,
        roles: Sequence[RequestRole],
        *,
        with_text: bool = True,
    ) -> AccessRequest:
        """The request with what a reader in these roles may see and do."""
        may = {name for role in roles for name in offered(request.state, role)}
        answers = self.keep.answers(connection, request) if with_text else None
        person = None
        if with_text:
            person = self._person(connection, request, roles[0], answers.name if answers else "")
        return replace(
            request,
            answers=answers,
            person=person,
            role=roles[0],
            may=tuple(name for name in COMMANDS if name in may),
            question=request.question if with_text else "",
            reason=request.reason if with_text else "",
            conditions=request.conditions if with_text else "",
            extension_reason=request.extension_reason if with_text else "",
            history=request.history
            if with_text
            else tuple(replace(each, note="") for each in request.history),
        )

    def _person(
        self, connection: Connection, request: AccessRequest, role: RequestRole, name: str
    ) -> PersonShown:
        agreed = any(each.agreement_id == "sharing" for each in request.accepted)
        email = None
        if role == "requester" or (role in ("owner", "delegate") and agreed):
            email = self.people.email(connection, request.person_id)
        earlier: tuple[Earlier, ...] = ()
        if role in ("owner", "delegate"):
            earlier = self._earlier(connection, request)
        return PersonShown(name=name, email=email, earlier=earlier)

    def _earlier(self, connection: Connection, request: AccessRequest) -> tuple[Earlier, ...]:
        """Filed requests of the same person in the same owner's scope."""
        judged = request.judged
        asked = scopes(judged.card_id, judged.source, judged.publisher)
        scope = self.owners.deciders(connection, asked).scope
        if scope is None:
            return ()
        query = (
            select(REQUEST.c.id, REQUEST.c.state, REQUEST.c.submitted_at)
            .where(
                REQUEST.c.person_id == request.person_id,
                REQUEST.c.id != request.id,
                REQUEST.c.submitted_at.is_not(None),
                REQUEST.c.state != "handed_over",
                _inside(scope),
            )
            .order_by(REQUEST.c.submitted_at.desc())
            .limit(_EARLIER)
        )
        found = []
        for row in connection.execute(query).all():
            other = fold(chain.story(connection, row.id))
            if other is not None:
                found.append(
                    Earlier(
                        request_id=row.id,
                        card_name=other.judged.card_name,
                        state=cast("State", row.state),
                        at=datetime.fromisoformat(row.submitted_at),
                    )
                )
        return tuple(found)

    def mine(
        self, asker: Asker, *, states: Sequence[State] | None, limit: int, after: str | None
    ) -> tuple[AccessRequest, ...]:
        """The asker's own requests, newest first; `after`: the last one of the page before."""
        with store_engine.reading(self.engine) as connection:
            actor = self.roles.reader(connection, asker)
            where: ColumnElement[bool] = REQUEST.c.person_id.in_(actor.ids)
            if states is not None:
                where = and_(where, REQUEST.c.state.in_(states))
            return self._page(connection, actor, where, limit, after)

    def waiting(self, asker: Asker, *, limit: int, after: str | None) -> tuple[AccessRequest, ...]:
        """What waits for this asker's decision, newest first."""
        with store_engine.reading(self.engine) as connection:
            actor = self.roles.reader(connection, asker)
            where = self._decides(connection, actor) & (REQUEST.c.state == "submitted")
            return self._page(connection, actor, where, limit, after)

    def decided(self, asker: Asker, *, limit: int, after: str | None) -> tuple[AccessRequest, ...]:
        """What this asker may look back on: filed and no longer waiting, newest first."""
        with store_engine.reading(self.engine) as connection:
            actor = self.roles.reader(connection, asker)
            where = (
                self._decides(connection, actor)
                & REQUEST.c.state.in_(_DECIDED)
                & REQUEST.c.submitted_at.is_not(None)
            )
            return self._page(connection, actor, where, limit, after)

    def _page(
        self,
        connection: Connection,
        actor: Actor,
        where: ColumnElement[bool],
        limit: int,
        after: str | None,
    ) -> tuple[AccessRequest, ...]:
        query = select(REQUEST.c.id).where(where)
        if after is not None:
            edge = connection.execute(
                select(REQUEST.c.drafted_at).where(REQUEST.c.id == after, where)
            ).scalar()
            if edge is None:
                return ()
            query = query.where(
                or_(
                    REQUEST.c.drafted_at < edge,
                    and_(REQUEST.c.drafted_at == edge, REQUEST.c.id < after),
                )
            )
        query = query.order_by(REQUEST.c.drafted_at.desc(), REQUEST.c.id.desc())
        ids = connection.execute(query.limit(max(1, min(limit, 200)))).scalars().all()
        return tuple(one for each in ids if (one := self._one(connection, each, actor)))

    def _one(self, connection: Connection, request_id: str, actor: Actor) -> AccessRequest | None:
        request = fold(chain.story(connection, request_id))
        if request is None:
            return None
        roles = self.roles.of(connection, request, actor)
        if roles[0] == "stranger":
            return None
        return self.view(connection, request, roles, with_text=roles != ("administrator",))

    def _decides(self, connection: Connection, actor: Actor) -> ColumnElement[bool]:
        """Requests that this actor decides about, as a condition."""
        named = select(DELEGATE.c.request_id).where(DELEGATE.c.person_id == actor.id)
        parts: list[ColumnElement[bool]] = [REQUEST.c.id.in_(named)]
        mine = (
            *self.owners.owned(connection, actor.id), *self.owners.delegated(connection, actor.id)
        )  # fmt: skip
        for scope in dict.fromkeys(mine):
            narrower = [s for s in self.owners.narrower(connection, scope) if s not in mine]
            inside = _inside(scope)
            for other in narrower:
                inside &= ~_inside(other)
            parts.append(inside)
        return or_(false(), *parts) & (REQUEST.c.state != "handed_over")

    def counts(self) -> dict[State, int]:
        """How many requests are in each state: figures for monitoring, of nobody in particular."""
        query = select(REQUEST.c.state, func.count()).group_by(REQUEST.c.state)
        with self.engine.connect() as connection:
            found: dict[str, int] = dict(connection.execute(query).tuples().all())
        return {state: int(found.get(state, 0)) for state in STATES}

    def story(self, request_id: str) -> AccessRequest | None:
        """A request as its events tell it, without what people said: for the program itself."""
        with self.engine.connect() as connection:
            return fold(chain.story(connection, request_id))

    def broken(self) -> chain.Break | None:
        """Where the chain of events does not hold; None: it holds."""
        with store_engine.reading(self.engine) as connection:
            return chain.check(connection)


def _inside(scope: Scope) -> ColumnElement[bool]:
    """Requests for cards in this scope, as a condition."""
    if scope.kind == "card":
        return REQUEST.c.card_id == scope.value
    if scope.kind == "source":
        return REQUEST.c.source == scope.value
    return REQUEST.c.publisher_scope == scope.value
