"""Owners: assigned and removed by administrators, claimed by people, with their settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, Engine

from assistant.access.address import is_address
from assistant.access.owners import Owners
from assistant.access.people import People
from assistant.access.roles import Actor, Roles
from assistant.access.scopes import publisher_scope, scopes_of
from assistant.access.tables import writing
from assistant.access.values import OwnerQuestion, Refusal
from assistant.access.values_owner import Claim, OwnerSettings, Ownership, Scope
from assistant.need import Asker
from catalog_sync import store_engine
from catalog_sync.store import Store

_MOST_QUESTIONS = 20
_LONGEST_DAYS = 3660
_LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerDesk:
    """What owners and administrators may do; safe to use from many threads."""

    engine: Engine
    people: People
    table: Owners
    roles: Roles
    store: Store
    clock: Callable[[], datetime]

    def settings(self, asker: Asker, *, card_id: str | None = None) -> tuple[OwnerSettings, ...]:
        """The settings of every scope that the asker owns, then those of single datasets in them.

        `card_id`: a dataset to show as well, with what holds for it now.
        """
        with store_engine.reading(self.engine) as connection:
            actor = self.roles.reader(connection, asker)
            owned = self.table.owned(connection, actor.id)
            found = [self.table.settings(connection, scope) for scope in owned]
            single = self.table.cards_with_settings(connection)
            for each in dict.fromkeys((*single, *((card_id,) if card_id else ()))):
                scope = Scope(kind="card", value=each)
                above = None if scope in owned else self._above(connection, each, actor)
                if above is not None:
                    kept = self.table.wishes_for(connection, each, above)
                    found.append(replace(kept, scope=scope))
        return tuple(found)

    def _above(self, connection: Connection, card_id: str, actor: Actor) -> Scope | None:
        """The scope by which this actor owns a dataset; None: they do not."""
        stored = self.store.get(card_id)
        if stored is None:
            return None
        deciders = self.table.deciders(connection, scopes_of(stored.card))
        return deciders.scope if actor.id in deciders.owners else None

    def set_settings(self, settings: OwnerSettings, *, asker: Asker) -> OwnerSettings | Refusal:
        """Replace the settings of a scope that the asker owns; doing it twice changes nothing."""
        with writing(self.engine) as connection:
            now = self.clock()
            actor = self.roles.actor(connection, asker, now=now)
            scope = settings.scope
            if scope not in self.table.owned(connection, actor.id):
                single = scope.kind == "card" and self._above(connection, scope.value, actor)
                if not single:
                    return Refusal(kind="not_found")
                if settings.delegates:
                    none = ("none: colleagues are named for all that you own",)
                    return Refusal(kind="bad_answer", field="delegates", values=none)
            wrong = _wrong_settings(settings)
            if wrong is not None:
                return wrong
            tidy = replace(settings, delegates=tuple(e.strip() for e in settings.delegates))
            self.table.set_settings(connection, tidy, by=actor.id, now=now)
            return self.table.settings(connection, settings.scope)

    def assign(self, scope: Scope, email: str, *, asker: Asker) -> Ownership | Refusal:
        """Make somebody the owner of a scope: an administrator's deed, the same done twice."""
        with writing(self.engine) as connection:
            actor = self._administrator(connection, asker)
            if actor is None:
                return Refusal(kind="not_found")
            wrong = self._wrong_scope(scope) or _wrong_email(email)
            if wrong is not None:
                return wrong
            return self._assigned(connection, scope, email, by=actor.id)

    def bring_in(
        self, rows: tuple[tuple[Scope, str], ...], *, by: str
    ) -> tuple[int, Refusal | None]:
        """Take a whole table over, or nothing of it: for whoever runs the program.

        Returns how many rows were taken, and what is wrong with the first that cannot be.
        """
        for scope, email in rows:
            wrong = self._wrong_scope(scope) or _wrong_email(email)
            if wrong is not None:
                return 0, replace(wrong, values=(*wrong.values, scope.value))
        with writing(self.engine) as connection:
            for scope, email in rows:
                self._assigned(connection, scope, email, by=by)
        return len(rows), None

    def remove(self, scope: Scope, email: str, *, asker: Asker) -> bool | Refusal:
        """End an ownership; False where there was none."""
        with writing(self.engine) as connection:
            actor = self._administrator(connection, asker)
            if actor is None:
                return Refusal(kind="not_found")
            person = self.people.find(connection, email)
            if person is None:
                return False
            ended = self.table.end(connection, scope, person, by=actor.id, now=self.clock())
            return bool(ended)

    def all(self, asker: Asker) -> tuple[Ownership, ...] | Refusal:
        """The whole table, for an administrator."""
        with store_engine.reading(self.engine) as connection:
            if not self.roles.reader(connection, asker).is_administrator:
                return Refusal(kind="not_found")
            return self.table.all(connection)

    def claim(self, scope: Scope, *, note: str, asker: Asker) -> Claim | Refusal:
        """Say that one owns a scope; an administrator decides."""
        if asker.email is None:
            return Refusal(kind="sign_in")
        if len(note) > _LONGEST_NOTE:
            return Refusal(kind="bad_answer", field="note",
                           values=(f"at most {_LONGEST_NOTE} characters",))  # fmt: skip
        wrong = self._wrong_scope(scope)
        if wrong is not None:
            return wrong
        with writing(self.engine) as connection:
            now = self.clock()
            actor = self.roles.actor(connection, asker, now=now)
            number = self.table.add_claim(connection, scope, actor.id, note=note.strip(), now=now)
            found = self.table.claim(connection, number)
        return found[0] if found is not None else Refusal(kind="not_found")

    def claims(self, asker: Asker) -> tuple[Claim, ...]:
        """The asker's claims; an administrator's view has everybody's."""
        with store_engine.reading(self.engine) as connection:
            actor = self.roles.reader(connection, asker)
            everybody = actor.is_administrator
            return self.table.claims(connection, None if everybody else actor.id)

    def decide_claim(
        self,
        number: int,
        *,
        to: Literal["granted", "refused"],
        reason: str,
        asker: Asker,
    ) -> Claim | Refusal:
        """Grant or refuse a claim; the first decision stays."""
        with writing(self.engine) as connection:
            actor = self._administrator(connection, asker)
            found = self.table.claim(connection, number) if actor is not None else None
            if actor is None or found is None:
                return Refusal(kind="not_found")
            claim, person = found
            if claim.decided:
                return claim if claim.decided == to else Refusal(
                    kind="not_allowed_now", values=(claim.decided,)
                )  # fmt: skip
            if to == "refused" and not reason.strip():
                return Refusal(kind="reason_needed", field="reason")
            now = self.clock()
            self.table.decide_claim(
                connection, number, decided=to, reason=reason.strip(), by=actor.id, now=now
            )
            if to == "granted":
                self.table.assign(connection, claim.scope, person, by=actor.id, now=now)
            again = self.table.claim(connection, number)
        return again[0] if again is not None else Refusal(kind="not_found")

    def _administrator(self, connection: Connection, asker: Asker) -> Actor | None:
        actor = self.roles.actor(connection, asker, now=self.clock())
        return actor if actor.is_administrator else None

    def _assigned(self, connection: Connection, scope: Scope, email: str, *, by: str) -> Ownership:
        now = self.clock()
        person = self.people.known(connection, email, now=now)
        self.table.assign(connection, scope, person, by=by, now=now)
        return Ownership(
            scope=scope, email=email.strip(), since=now, by=by,
            settings=self.table.settings(connection, scope),
        )  # fmt: skip

    def _wrong_scope(self, scope: Scope) -> Refusal | None:
        """A card has to be there; a publisher has its source before it."""
        if scope.kind == "card" and self.store.get(scope.value) is None:
            return Refusal(kind="dataset_gone", values=(scope.value,))
        if scope.kind == "publisher":
            source, slash, publisher = scope.value.partition("/")
            tidy = publisher_scope(source, publisher).value if slash else ""
            if not source or not publisher.strip() or tidy != scope.value:
                return Refusal(kind="bad_answer", field="scope", values=("source/publisher",))
        if not scope.value.strip() or len(scope.value) > 500:
            return Refusal(kind="bad_answer", field="scope", values=("a name",))
        return None


def _wrong_email(email: str) -> Refusal | None:
    if is_address(email):
        return None
    return Refusal(kind="bad_answer", field="email", values=("an e-mail address",))


def _wrong_settings(settings: OwnerSettings) -> Refusal | None:
    for email in settings.delegates:
        if not is_address(email.strip()):
            return Refusal(kind="bad_answer", field="delegates", values=("e-mail addresses",))
    days = settings.length_days
    if days is not None and not 1 <= days <= _LONGEST_DAYS:
        return Refusal(kind="bad_answer", field="length_days",
                       values=(f"1 to {_LONGEST_DAYS} days",))  # fmt: skip
    if len(settings.questions) > _MOST_QUESTIONS:
        return Refusal(kind="bad_answer", field="questions",
                       values=(f"at most {_MOST_QUESTIONS} questions",))  # fmt: skip
    ids = [question.id for question in settings.questions]
    if len(set(ids)) != len(ids) or any(_is_wrong(each) for each in settings.questions):
        return Refusal(
            kind="bad_answer",
            field="questions",
            values=("questions with a text, an id of their own, and choices where one chooses",),
        )
    return None


def _is_wrong(question: OwnerQuestion) -> bool:
    lacks = question.kind == "choice" and len([c for c in question.choices if c.strip()]) < 2
    return lacks or not question.id.strip() or not 0 < len(question.text.strip()) <= 500
