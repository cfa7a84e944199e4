"""Requests for access filed a second, through the office, on SQLite and on PostgreSQL.

One filed request is three commands: drafted with its answers, its terms accepted, submitted.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from assistant.access.commands import AcceptTerms, DraftRequest, SubmitRequest
from assistant.access.office import Office
from assistant.access.values import AccessRequest
from assistant.need import Asker
from tests import postgres
from tests.soak.people import ANSWERS, CARDS, opened, prepare

THREADS = 8
SECONDS = 15.0
_PER_PERSON = len(CARDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What was filed in one measurement."""

    database: str
    requests: int
    seconds: float
    cpu_ms: float
    """Of the processor, for one request."""
    worst_s: float
    """The longest that one request took."""

    @property
    def per_second(self) -> float:
        """Requests filed a second."""
        return self.requests / self.seconds


def measure(work: Path, *, seconds: float = SECONDS) -> Iterator[Filed]:
    """SQLite, then PostgreSQL where it is installed."""
    for kind in ("sqlite", "postgresql"):
        with _database(kind, work) as url:
            if url:
                yield _filing(kind, url, seconds)


@contextmanager
def _database(kind: str, work: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{work}/requests.db"
        return
    try:
        cluster = postgres.cluster(durable=True)
        with cluster as home, postgres.new_database(home) as url:
            yield url
    except postgres.NotInstalled:
        yield ""


def _filing(kind: str, url: str, seconds: float) -> Filed:
    prepare(url)
    office, store = opened(url)
    _file(office, -1)
    taken: list[list[float]] = [[] for _ in range(THREADS)]
    end = time.perf_counter() + seconds

    def work(number: int) -> None:
        place = number
        while time.perf_counter() < end:
            begun = time.perf_counter()
            _file(office, place)
            taken[number].append(time.perf_counter() - begun)
            place += THREADS

    begun, cpu = time.perf_counter(), time.process_time()
    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    passed, cpu = time.perf_counter() - begun, time.process_time() - cpu
    office.close()
    store.close()
    every = [each for mine in taken for each in mine]
    return Filed(
        database=kind, requests=len(every), seconds=passed, cpu_ms=cpu / len(every) * 1000,
        worst_s=max(every),
    )  # fmt: skip


def _file(office: Office, number: int) -> None:
    person = f"bench{number // _PER_PERSON}"
    who = Asker(id=person, email=f"{person}@lab.example")
    draft = DraftRequest(card_id=CARDS[number % _PER_PERSON], answers=ANSWERS)
    request = _done(office.request(draft, asker=who, key=uuid4().hex))
    texts = tuple((each.id, each.sha256) for each in request.judged.agreements)
    mark = request.judged.terms_fingerprint
    agree = AcceptTerms(request_id=request.id, accepted=texts, fingerprint=mark)
    _done(office.request(agree, asker=who, key=uuid4().hex))
    file = SubmitRequest(request_id=request.id, fingerprint=mark)
    _done(office.request(file, asker=who, key=uuid4().hex))


def _done(answer: object) -> AccessRequest:
    if not isinstance(answer, AccessRequest):
        raise RuntimeError(f"a command was refused: {answer}")
    return answer
