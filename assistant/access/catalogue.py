"""What a request is judged on: a card as it stands, with its owner's wishes and the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection

from assistant.access import form
from assistant.access.owners import Owners
from assistant.access.scopes import scopes_of
from assistant.access.values import Answers, Judged, Route
from assistant.access.values_owner import OwnerSettings, Scope
from assistant.terms import verdict
from assistant.terms.values import Verdict
from catalog_sync.card import DatasetCard
from catalog_sync.store import Store
from catalog_sync.stored import StoredCard


class Catalogue:
    """The cards as access requests see them."""

    def __init__(self, store: Store, owners: Owners, labels: Mapping[str, str]) -> None:
        self._store = store
        self._owners = owners
        self._labels = labels

    def card(self, card_id: str) -> StoredCard | None:
        """The card; None when it may not be shown."""
        stored = self._store.get(card_id)
        return stored if stored is not None and stored.visible else None

    def judged(
        self, connection: Connection, card_id: str, answers: Answers, *, today: date
    ) -> tuple[Judged, str] | None:
        """The card judged for the use that the answers state, and its group; None: not there."""
        stored = self.card(card_id)
        if stored is None:
            return None
        card = stored.card
        scope = self._owners.deciders(connection, scopes_of(card)).scope
        wishes = self._owners.wishes_for(connection, card.id, scope) if scope is not None else None
        said = verdict.judge(card.terms, answers.use(), today=today)
        return self._snapshot(stored, said, scope, wishes), str(stored.group)

    def _snapshot(
        self,
        stored: StoredCard,
        said: Verdict,
        scope: Scope | None,
        wishes: OwnerSettings | None,
    ) -> Judged:
        card = stored.card
        where = route(card, said, has_owner=scope is not None)
        return Judged(
            card_id=card.id,
            card_name=card.name,
            card_url=card.url,
            source=card.source,
            publisher=card.publisher,
            route=where,
            terms_fingerprint=stored.terms_fingerprint,
            access=card.terms.access,
            price=card.terms.price,
            verdict=said,
            agreements=form.agreements(card, owner=self.owner_name(card)),
            questions=wishes.questions if wishes is not None else (),
            auto_approve=wishes.auto_approve if wishes is not None else "never",
            length_days=wishes.length_days if wishes is not None else None,
        )

    def owner_name(self, card: DatasetCard) -> str:
        """Who decides, as people call them; never an address."""
        return card.publisher or self._labels.get(card.source, card.source)


def route(card: DatasetCard, said: Verdict, *, has_owner: bool) -> Route:
    """How one gets at the data for the use that the verdict is on.

    Files that anybody may take need no request, unless the stated use is one that only the owner
    can allow: then the owner is asked for that use.
    """
    costs = card.terms.price is not None and card.terms.price.owner_cents > 0
    must_ask = bool(said.use.acts) and said.outcome in ("ask_owner", "not_allowed")
    if card.terms.access == "public" and not costs and not must_ask:
        return "public"
    return "here" if has_owner else "own_site"
