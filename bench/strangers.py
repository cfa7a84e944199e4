"""Whether the time of an answer tells a stranger that somebody's request is there."""

from __future__ import annotations

import secrets
import statistics
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from starlette.testclient import TestClient

from assistant.access.commands import AcceptTerms, DraftRequest, SubmitRequest
from assistant.access.values import AccessRequest, Answers
from assistant.desk import Desk
from assistant.faces.rest import api
from assistant.need import Asker
from assistant.settings import Settings
from assistant.wiring import build_desk, build_identity
from catalog_sync.card import DatasetCard
from catalog_sync.clauses import StatedTerms
from catalog_sync.store import open_store
from catalog_sync.terms import derive

PAIRS = 500
OWNERS = 25
"""Requests that are there and not the stranger's."""
ANSWERS = Answers(
    name="Mara Lind", country="SE", acts=("train_research",), purpose="A recogniser for schools."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strangers:
    """Medians in milliseconds."""

    not_yours: float
    not_there: float
    read_differ: float
    """Between the medians of reading one's of somebody else, and one that is not there."""
    write_differ: float
    """The same for trying to withdraw it."""
    pairs: int


def measure(work: Path) -> Strangers:
    """Files requests, then asks for them and for none in turn, as somebody else, over HTTP."""
    settings = Settings.from_env(
        {"DATASET_ASSISTANT_DATA": str(work), "DATASET_ASSISTANT_ADMINISTRATORS": "a@b.example"}
    )
    work.mkdir(parents=True, exist_ok=True)
    store = open_store(settings.database_url)
    store.put([_card(number) for number in range(OWNERS)], seen_at=datetime.now(UTC))
    desk, identity = build_desk(settings), build_identity(settings)
    there = _filed(desk)
    client = TestClient(api(desk, identity, per_minute=10_000_000))
    key = identity.make_key(
        "tom@firm.example", scopes=frozenset({"read", "request"}), label="", lasts=None,
        now=datetime.now(UTC),
    ).words  # fmt: skip
    reads = _pairs(client, key, there, write=False)
    writes = _pairs(client, key, there, write=True)
    store.close()
    return Strangers(
        not_yours=reads[0],
        not_there=reads[1],
        read_differ=abs(reads[0] - reads[1]),
        write_differ=abs(writes[0] - writes[1]),
        pairs=PAIRS,
    )


def _pairs(client: TestClient, key: str, there: list[str], *, write: bool) -> tuple[float, float]:
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(PAIRS):
        both = ((taken[0], there[number % len(there)]), (taken[1], f"r_{secrets.token_hex(10)}"))
        # Which of the two goes first changes, so that neither finds warmer caches.
        for mine, request_id in both if number % 2 else reversed(both):
            headers = {
                "authorization": f"Bearer {key}", "idempotency-key": secrets.token_hex(8)
            }  # fmt: skip
            begun = time.perf_counter()
            if write:
                path = f"/requests/{request_id}/withdraw"
                answer = client.post(path, json={}, headers=headers)
            else:
                answer = client.get(f"/requests/{request_id}", headers=headers)
            mine.append((time.perf_counter() - begun) * 1000)
            if answer.status_code != 404:
                raise RuntimeError(f"a stranger was answered {answer.status_code}, not 404")
    return statistics.median(taken[0]), statistics.median(taken[1])


def _filed(desk: Desk) -> list[str]:
    office = desk.office
    found = []
    for number in range(OWNERS):
        mara = Asker(id="m", role="person", email=f"mara{number}@lab.example")
        drafted = office.request(
            DraftRequest(card_id=f"cards:{number}", answers=ANSWERS), asker=mara, key="1"
        )
        if not isinstance(drafted, AccessRequest):
            raise RuntimeError(f"no draft: {drafted}")
        judged = drafted.judged
        texts = tuple((each.id, each.sha256) for each in judged.agreements)
        fingerprint = judged.terms_fingerprint
        office.request(
            AcceptTerms(request_id=drafted.id, accepted=texts, fingerprint=fingerprint),
            asker=mara, key="2",
        )  # fmt: skip
        office.request(
            SubmitRequest(request_id=drafted.id, fingerprint=fingerprint), asker=mara, key="3"
        )
        found.append(drafted.id)
    return found


def _card(number: int) -> DatasetCard:
    stated = StatedTerms(licences=("CC-BY-4.0",), access="on_request", access_quote="on request")
    return DatasetCard(
        id=f"cards:{number}", source="cards", native_id=str(number),
        url=f"https://data.example/{number}", name=f"Voices {number}", terms=derive(stated),
    )  # fmt: skip
