"""Who files and decides in the soak, and the office that every process of it opens."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.access.office import Office
from assistant.access.opening import open_office
from assistant.access.values import Answers
from assistant.access.values_owner import Scope
from assistant.need import Asker
from assistant.secret import Box
from catalog_sync import terms
from catalog_sync.card import DatasetCard
from catalog_sync.clauses import StatedTerms
from catalog_sync.store import Store, open_store

SECRET = "soak-soak-soak-soak"
ADMIN = Asker(id="admin", email="admin@catalogue.example")
OWNERS = tuple(Asker(id=f"owner{n}", email=f"owner{n}@voices.example") for n in range(2))
PEOPLE = tuple(Asker(id=f"p{n}", email=f"p{n}@lab.example") for n in range(60))
CARDS = tuple(f"source{n % 2}:set{n}" for n in range(12))
ANSWERS = Answers(
    name="Somebody", organisation="A lab", organisation_kind="university", country="SE",
    acts=("train_research",), purpose="A recogniser.",
)  # fmt: skip


def now() -> datetime:
    return datetime.now(UTC)


def card(card_id: str) -> DatasetCard:
    source, _, native = card_id.partition(":")
    stated = StatedTerms(licences=("CC-BY-4.0",), access="on_request", access_quote="on request")
    return DatasetCard(
        id=card_id, source=source, native_id=native, url=f"https://data.example/{native}",
        name=f"Set {native}", languages=("cy",), modalities=("audio",),
        publisher="Llais", terms=terms.derive(stated),
    )  # fmt: skip


def opened(url: str) -> tuple[Office, Store]:
    """The office of one process."""
    store = open_store(url)
    office = open_office(
        url, box=Box([SECRET]), store=store, clock=now,
        administrators=frozenset({str(ADMIN.email)}),
    )  # fmt: skip
    return office, store


def prepare(url: str) -> None:
    """Cards, and an owner for each source."""
    office, store = opened(url)
    store.put([card(each) for each in CARDS], seen_at=now())
    for number, owner in enumerate(OWNERS):
        scope = Scope(kind="source", value=f"source{number}")
        office.owners.assign(scope, str(owner.email), asker=ADMIN)
    office.close()
    store.close()
