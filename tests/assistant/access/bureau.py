"""The office with everything around it, as the tests of requests use it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from assistant.access.commands import (
    AcceptTerms,
    ApproveRequest,
    Command,
    DraftRequest,
    SubmitRequest,
)
from assistant.access.office import Office
from assistant.access.opening import open_office
from assistant.access.values import AccessRequest, Answers, Refusal
from assistant.access.values_owner import OwnerSettings, Scope
from assistant.need import Asker
from assistant.secret import Box
from catalog_sync import terms
from catalog_sync.card import DatasetCard
from catalog_sync.clauses import AccessMode, Price, StatedTerms
from catalog_sync.store import Store, open_store
from tests import ready

FILE = "catalog.db"
START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SECRET = "tests-tests-tests-tests"
ADMIN = Asker(id="admin", role="person", email="admin@catalogue.example")
OWNER = Asker(id="owner", role="person", email="owner@voices.example")
OTHER_OWNER = Asker(id="other", role="person", email="other@shelf.example")
MARA = Asker(id="mara", role="person", email="mara@lab.example")
TOM = Asker(id="tom", role="person", email="tom@firm.example")
VISITOR = Asker(id="chat:1")

GIVEN = "voices:given"
"""On request, CC BY, owned by OWNER through its publisher."""
PRICED = "voices:priced"
OPEN = "voices:open"
SILENT = "voices:silent"
"""On request, without a licence, owned as GIVEN is."""
FAR = "far:away"
"""On request, and nobody here owns it."""

ANSWERS = Answers(
    name="Mara Lind",
    organisation="Speech Lab",
    organisation_kind="university",
    country="SE",
    acts=("train_research",),
    purpose="A recogniser for classroom use.",
)


def made(
    card_id: str, *, licence: str | None, access: AccessMode, price: Price | None = None
) -> DatasetCard:
    """A card as a sync would read it."""
    source, _, native = card_id.partition(":")
    stated = StatedTerms(
        licences=(licence,) if licence else (), access=access, access_quote=access, price=price
    )
    return DatasetCard(
        id=card_id,
        source=source,
        native_id=native,
        url=f"https://data.example/{native}",
        name=f"{native.title()} Voices",
        languages=("cy",),
        modalities=("audio",),
        publisher="Llais",
        terms=terms.derive(stated),
    )


def catalogue() -> tuple[DatasetCard, ...]:
    return (
        made(GIVEN, licence="CC-BY-4.0", access="on_request"),
        made(PRICED, licence="CC-BY-4.0", access="on_request",
             price=Price(owner_cents=10000, currency="USD", platform_fee_cents=500)),
        made(OPEN, licence="CC0-1.0", access="public"),
        made(SILENT, licence=None, access="on_request"),
        made(FAR, licence="CC-BY-4.0", access="on_request"),
    )  # fmt: skip


@dataclass
class Bureau:
    """An office, its store, and a clock that only moves when it is told to."""

    office: Office
    store: Store
    url: str
    moment: datetime = START
    keys: Iterator[int] = field(default_factory=count)

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**time)

    def do(self, command: Command, asker: Asker, *, key: str = "") -> AccessRequest:
        """A command that is expected to be done."""
        done = self.office.request(command, asker=asker, key=key or f"key-{next(self.keys)}")
        assert not isinstance(done, Refusal), f"{command} by {asker.id}: {done}"
        return done

    def refused(self, command: Command, asker: Asker, *, key: str = "") -> Refusal:
        """A command that is expected to be refused."""
        done = self.office.request(command, asker=asker, key=key or f"key-{next(self.keys)}")
        assert isinstance(done, Refusal), f"{command} by {asker.id} was done: {done.state}"
        return done

    def drafted(
        self, card_id: str = GIVEN, asker: Asker = MARA, answers: Answers = ANSWERS
    ) -> AccessRequest:
        """A draft with its answers."""
        return self.do(DraftRequest(card_id=card_id, answers=answers), asker)

    def agreed(self, request: AccessRequest, asker: Asker = MARA) -> AccessRequest:
        """All its terms accepted, the price too."""
        texts = tuple((each.id, each.sha256) for each in request.judged.agreements)
        return self.do(
            AcceptTerms(
                request_id=request.id,
                accepted=texts,
                price_agreed=True,
                fingerprint=request.judged.terms_fingerprint,
            ),
            asker,
        )

    def filed(
        self, card_id: str = GIVEN, asker: Asker = MARA, answers: Answers = ANSWERS
    ) -> AccessRequest:
        """A request that waits for its owner."""
        request = self.agreed(self.drafted(card_id, asker, answers), asker)
        return self.do(self.submission(request), asker)

    def submission(self, request: AccessRequest) -> SubmitRequest:
        """The confirm of somebody who saw the terms as they were."""
        return SubmitRequest(request_id=request.id, fingerprint=request.judged.terms_fingerprint)

    def approved(self, card_id: str = GIVEN, **given: object) -> AccessRequest:
        """A request that its owner approved."""
        request = self.filed(card_id)
        return self.do(ApproveRequest(request_id=request.id, **given), OWNER)  # type: ignore[arg-type]

    def set(self, **wishes: object) -> None:
        """How OWNER wants requests handled."""
        (settings,) = self.office.owners.settings(OWNER)
        changed = replace(settings, **wishes)  # type: ignore[arg-type]
        done = self.office.owners.set_settings(changed, asker=OWNER)
        assert isinstance(done, OwnerSettings), done

    def change_terms(self, card_id: str, licence: str) -> None:
        """A sync that brings another licence."""
        self.store.put([made(card_id, licence=licence, access="on_request")], seen_at=self.moment)

    def close(self) -> None:
        self.office.close()
        self.store.close()


def open_bureau(url: str) -> Bureau:
    """A bureau with five cards, three of them OWNER's; on a database that may be empty yet."""
    file = Path(url.removeprefix("sqlite:///"))
    if file.name == FILE and not file.exists():
        ready.lay(_fill, file.parent)
    return _opened(url)


def _fill(folder: Path) -> None:
    _opened(f"sqlite:///{folder}/{FILE}").close()


def _opened(url: str) -> Bureau:
    store = open_store(url)
    bureau: Bureau
    office = open_office(
        url,
        box=Box([SECRET]),
        store=store,
        clock=lambda: bureau.moment,
        administrators=frozenset({"admin@catalogue.example"}),
        labels={"voices": "The Voice Shelf"},
    )
    bureau = Bureau(office=office, store=store, url=url)
    if store.revision() == 0:
        store.put(catalogue(), seen_at=START)
        scope = Scope(kind="publisher", value="voices/Llais")
        office.owners.assign(scope, "owner@voices.example", asker=ADMIN)
    return bureau
