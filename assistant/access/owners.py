"""Who owns which datasets, by a table and never by a guess; how they want requests handled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, cast

from pydantic import TypeAdapter
from sqlalchemy import (
    Connection,
    RowMapping,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    insert,
    literal,
    or_,
    select,
    union_all,
    update,
)

from assistant.access.people import People
from assistant.access.tables import CLAIM, OWNER, OWNER_SETTINGS, SCOPE_DELEGATE, as_text
from assistant.access.values_owner import Claim, OwnerSettings, Ownership, Scope, ScopeKind

_SETTINGS: TypeAdapter[OwnerSettings] = TypeAdapter(OwnerSettings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciders:
    """Who decides about a card: the owners of its narrowest owned scope, and their colleagues."""

    scope: Scope | None = None
    """None: nobody here owns it."""
    owners: tuple[str, ...] = ()
    """Person ids."""
    delegates: tuple[str, ...] = ()
    """Person ids."""


def _of_scopes(table: Table, is_owner: int) -> Select[str, str, str, int, int]:
    """Rows of a table of people that lie in the scopes of one card."""
    number = table.c.number if is_owner else literal(0)
    query = select(table.c.kind, table.c.value, table.c.person_id, literal(is_owner).label("is"),
                   number.label("place")).where(
        or_(*(
            and_(table.c.kind == kind, table.c.value == bindparam(kind)) for kind in _KINDS
        ))
    )  # fmt: skip
    return query.where(table.c.ended_at.is_(None)) if is_owner else query


_KINDS: tuple[ScopeKind, ...] = ("card", "publisher", "source")
_DECIDERS = union_all(_of_scopes(OWNER, 1), _of_scopes(SCOPE_DELEGATE, 0))
"""Built once: every command and every reading asks this."""
_WISHES = select(OWNER_SETTINGS.c.json).where(
    OWNER_SETTINGS.c.kind == bindparam("scope_kind"),
    OWNER_SETTINGS.c.value == bindparam("scope_value"),
)


class Owners:
    """The table of owners; every call works inside the caller's transaction."""

    def __init__(self, people: People) -> None:
        self._people = people

    def deciders(self, connection: Connection, asked: Sequence[Scope]) -> Deciders:
        """Who decides where these scopes meet: the owners of the narrowest, no others."""
        given = {scope.kind: scope.value for scope in asked}
        rows = connection.execute(_DECIDERS, {kind: given.get(kind) for kind in _KINDS}).all()
        for scope in asked:
            here = sorted((r for r in rows if (r[0], r[1]) == (scope.kind, scope.value)),
                          key=lambda r: (r[4], r[2]))  # fmt: skip
            owners = tuple(row[2] for row in here if row[3])
            if owners:
                delegates = tuple(row[2] for row in here if not row[3])
                return Deciders(scope=scope, owners=owners, delegates=delegates)
        return Deciders()

    def owners(self, connection: Connection, scope: Scope) -> tuple[str, ...]:
        """Person ids of the owners of exactly this scope."""
        query = select(OWNER.c.person_id).where(
            OWNER.c.kind == scope.kind, OWNER.c.value == scope.value, OWNER.c.ended_at.is_(None)
        )
        return tuple(connection.execute(query.order_by(OWNER.c.number)).scalars())

    def delegates(self, connection: Connection, scope: Scope) -> tuple[str, ...]:
        """Person ids of the colleagues who may decide in this scope."""
        query = select(SCOPE_DELEGATE.c.person_id).where(
            SCOPE_DELEGATE.c.kind == scope.kind, SCOPE_DELEGATE.c.value == scope.value
        )
        return tuple(connection.execute(query.order_by(SCOPE_DELEGATE.c.person_id)).scalars())

    def owned(self, connection: Connection, person_id: str) -> tuple[Scope, ...]:
        """The scopes that a person owns."""
        query = select(OWNER.c.kind, OWNER.c.value).where(
            OWNER.c.person_id == person_id, OWNER.c.ended_at.is_(None)
        )
        return tuple(_scope(row) for row in connection.execute(query).mappings())

    def delegated(self, connection: Connection, person_id: str) -> tuple[Scope, ...]:
        """The scopes in which a person decides for an owner."""
        query = select(SCOPE_DELEGATE.c.kind, SCOPE_DELEGATE.c.value).where(
            SCOPE_DELEGATE.c.person_id == person_id
        )
        return tuple(_scope(row) for row in connection.execute(query).mappings())

    def narrower(self, connection: Connection, scope: Scope) -> tuple[Scope, ...]:
        """Owned scopes inside this one: its owners do not decide there."""
        if scope.kind == "card":
            return ()
        query = select(OWNER.c.kind, OWNER.c.value).distinct().where(OWNER.c.ended_at.is_(None))
        if scope.kind == "publisher":
            query = query.where(OWNER.c.kind == "card")
        else:
            inside = and_(OWNER.c.kind == "publisher", OWNER.c.value.startswith(
                f"{scope.value}/", autoescape=True))  # fmt: skip
            query = query.where(or_(OWNER.c.kind == "card", inside))
        return tuple(_scope(row) for row in connection.execute(query).mappings())

    def assign(
        self, connection: Connection, scope: Scope, person_id: str, *, by: str, now: datetime
    ) -> None:
        """Make a person an owner; they stay one when they are already."""
        if person_id not in self.owners(connection, scope):
            connection.execute(
                insert(OWNER).values(
                    kind=scope.kind, value=scope.value, person_id=person_id, since=as_text(now),
                    by=by,
                )
            )  # fmt: skip

    def end(
        self, connection: Connection, scope: Scope, person_id: str, *, by: str, now: datetime
    ) -> int:
        """A person owns this no longer; 0 when they did not."""
        ended = connection.execute(
            update(OWNER)
            .where(OWNER.c.kind == scope.kind, OWNER.c.value == scope.value,
                   OWNER.c.person_id == person_id, OWNER.c.ended_at.is_(None))
            .values(ended_at=as_text(now), ended_by=by)
        ).rowcount  # fmt: skip
        if ended and not self.owners(connection, scope):
            # Colleagues decide for an owner, never for nobody.
            connection.execute(delete(SCOPE_DELEGATE).where(
                SCOPE_DELEGATE.c.kind == scope.kind, SCOPE_DELEGATE.c.value == scope.value
            ))  # fmt: skip
        return ended

    def wishes(self, connection: Connection, scope: Scope) -> OwnerSettings:
        """How requests in this scope are handled, without who the delegates are."""
        asked = {"scope_kind": scope.kind, "scope_value": scope.value}
        found = connection.execute(_WISHES, asked).scalar()
        return OwnerSettings(scope=scope) if found is None else _SETTINGS.validate_json(found)

    def wishes_for(self, connection: Connection, card_id: str, scope: Scope) -> OwnerSettings:
        """Those for one card: its own where the owner of `scope` set some, else the scope's."""
        asked = {"scope_kind": "card", "scope_value": card_id}
        found = connection.execute(_WISHES, asked).scalar()
        return self.wishes(connection, scope) if found is None else _SETTINGS.validate_json(found)

    def cards_with_settings(self, connection: Connection) -> tuple[str, ...]:
        """Ids of the cards that have settings of their own."""
        query = select(OWNER_SETTINGS.c.value).where(OWNER_SETTINGS.c.kind == "card")
        return tuple(connection.execute(query.order_by(OWNER_SETTINGS.c.value)).scalars())

    def settings(self, connection: Connection, scope: Scope) -> OwnerSettings:
        """The same with the delegates' addresses."""
        kept = self.wishes(connection, scope)
        emails = (self._people.email(connection, p) for p in self.delegates(connection, scope))
        return replace(kept, scope=scope, delegates=tuple(e for e in emails if e))

    def set_settings(
        self, connection: Connection, settings: OwnerSettings, *, by: str, now: datetime
    ) -> None:
        """Replace the settings of a scope, and who its delegates are."""
        scope = settings.scope
        here = (OWNER_SETTINGS.c.kind == scope.kind, OWNER_SETTINGS.c.value == scope.value)
        connection.execute(delete(OWNER_SETTINGS).where(*here))
        # Addresses stay out of this row: delegates stand in a table of their own, by id.
        plain = _SETTINGS.dump_json(replace(settings, delegates=())).decode()
        connection.execute(
            insert(OWNER_SETTINGS).values(
                kind=scope.kind, value=scope.value, json=plain, at=as_text(now), by=by
            )
        )
        connection.execute(delete(SCOPE_DELEGATE).where(
            SCOPE_DELEGATE.c.kind == scope.kind, SCOPE_DELEGATE.c.value == scope.value
        ))  # fmt: skip
        for person in dict.fromkeys(
            self._people.known(connection, email, now=now) for email in settings.delegates
        ):
            connection.execute(
                insert(SCOPE_DELEGATE).values(kind=scope.kind, value=scope.value, person_id=person)
            )

    def all(self, connection: Connection) -> tuple[Ownership, ...]:
        """The whole table, as it stands."""
        query = select(OWNER).where(OWNER.c.ended_at.is_(None)).order_by(OWNER.c.number)
        found = []
        for row in connection.execute(query).mappings():
            email = self._people.email(connection, row["person_id"])
            scope = _scope(row)
            found.append(
                Ownership(
                    scope=scope,
                    email=email or "(erased)",
                    since=datetime.fromisoformat(row["since"]),
                    by=row["by"],
                    settings=self.settings(connection, scope),
                )
            )
        return tuple(found)

    def add_claim(
        self, connection: Connection, scope: Scope, person_id: str, *, note: str, now: datetime
    ) -> int:
        """Write a claim down; the same open claim of a person stays one."""
        query = select(CLAIM.c.number).where(
            CLAIM.c.kind == scope.kind, CLAIM.c.value == scope.value,
            CLAIM.c.person_id == person_id, CLAIM.c.decided == "",
        )  # fmt: skip
        found = connection.execute(query).scalar()
        if found is not None:
            return int(found)
        made = connection.execute(
            insert(CLAIM).values(
                kind=scope.kind, value=scope.value, person_id=person_id, note=note,
                made_at=as_text(now), decided="", reason="",
            )
        ).inserted_primary_key  # fmt: skip
        return int(made[0]) if made is not None else 0

    def claim(self, connection: Connection, number: int) -> tuple[Claim, str] | None:
        """One claim and the person who made it."""
        query = select(CLAIM).where(CLAIM.c.number == number)
        row = connection.execute(query).mappings().first()
        return None if row is None else (self._claim(connection, row), row["person_id"])

    def claims(self, connection: Connection, person_id: str | None) -> tuple[Claim, ...]:
        """Claims of one person, or of everybody, newest first."""
        query = select(CLAIM).order_by(CLAIM.c.number.desc()).limit(500)
        if person_id is not None:
            query = query.where(CLAIM.c.person_id == person_id)
        rows = connection.execute(query).mappings().all()
        return tuple(self._claim(connection, row) for row in rows)

    def decide_claim(
        self,
        connection: Connection,
        number: int,
        *,
        decided: Literal["granted", "refused"],
        reason: str,
        by: str,
        now: datetime,
    ) -> None:
        """Write the decision about an open claim."""
        connection.execute(
            update(CLAIM)
            .where(CLAIM.c.number == number, CLAIM.c.decided == "")
            .values(decided=decided, decided_at=as_text(now), decided_by=by, reason=reason)
        )

    def _claim(self, connection: Connection, row: RowMapping) -> Claim:
        decided_at = row["decided_at"]
        return Claim(
            number=row["number"],
            scope=_scope(row),
            email=self._people.email(connection, row["person_id"]) or "(erased)",
            note=row["note"],
            made_at=datetime.fromisoformat(row["made_at"]),
            decided=cast("Literal['', 'granted', 'refused']", row["decided"]),
            decided_at=datetime.fromisoformat(decided_at) if decided_at else None,
            reason=row["reason"],
        )


def _scope(row: RowMapping) -> Scope:
    return Scope(kind=cast("ScopeKind", row["kind"]), value=row["value"])
