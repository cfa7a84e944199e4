"""The collective's catalogue brought into a real store, run after run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalog_sync.http import PoliteClient
from catalog_sync.job import SyncReport, sync
from catalog_sync.normalise import normalise
from catalog_sync.sources.mdc import Mdc
from catalog_sync.store import Store, open_store
from tests.catalog_sync.sources.collective import Collective, dataset
from tests.catalog_sync.sources.loopback import Asked, Loopback, Reply, json_reply

Serve = Callable[[Callable[[Asked], Reply]], Loopback]
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/catalog.db")
    yield opened
    opened.close()


def run(url: str, client: PoliteClient, store: Store) -> SyncReport:
    source = Mdc(url=url + "/api", client=client)
    return sync(source, store, normalise=normalise, clock=lambda: NOW, place=url)


def test_a_second_run_finds_all_the_same(serve: Serve, client: PoliteClient, store: Store) -> None:
    server = serve(Collective([dataset(number) for number in range(120)]))
    first, second = run(server.url, client, store), run(server.url, client, store)
    assert (first.complete, first.read, first.new) == (True, 120, 120)
    assert (second.complete, second.read, second.same) == (True, 120, 120)
    card = store.get("mdc:c0000007data")
    assert card is not None
    assert (card.card.name, card.card.languages) == ("River Songs 7", ("cy",))
    assert card.card.terms.price is None


def test_only_what_its_own_address_calls_gone_is_withdrawn(
    serve: Serve, client: PoliteClient, store: Store
) -> None:
    shop = Collective([dataset(number) for number in range(20)])
    hidden = shop.datasets[3]
    server = serve(
        lambda asked: json_reply(hidden) if "c0000003data" in asked.path else shop(asked)
    )
    run(server.url, client, store)
    shop.datasets = [
        row for row in shop.datasets if row["id"] not in ("c0000003data", "c0000004data")
    ]
    shop.gone["c0000004data"] = 410
    report = run(server.url, client, store)
    assert (report.complete, report.withdrawn) == (True, 1)
    kept, gone = store.get("mdc:c0000003data"), store.get("mdc:c0000004data")
    assert kept is not None and kept.withdrawn_at is None
    assert gone is None or gone.withdrawn_at is not None


def test_a_run_that_broke_off_keeps_what_it_read_and_the_next_one_finishes(
    serve: Serve, client: PoliteClient, store: Store
) -> None:
    shop = Collective([dataset(number) for number in range(250)])
    shop.before_list = lambda page: Reply(status=502) if page == 3 else None
    server = serve(shop)
    broken = run(server.url, client, store)
    assert (broken.complete, broken.withdrawn) == (False, 0)
    assert broken.stopped is not None and "page 3" in broken.stopped
    shop.before_list = lambda page: None
    whole = run(server.url, client, store)
    assert whole.complete
    assert store.get("mdc:c0000249data") is not None
    assert store.get("mdc:c0000000data") is not None


def test_a_catalogue_that_never_holds_still_withdraws_nothing(
    serve: Serve, client: PoliteClient, store: Store
) -> None:
    shop = Collective([dataset(number) for number in range(150)])
    server = serve(shop)
    run(server.url, client, store)
    del shop.datasets[:10]
    added = iter(range(1000, 2000))

    def restless(page: int) -> None:
        shop.datasets.insert(0, dataset(next(added)))

    shop.before_list = restless
    report = run(server.url, client, store)
    assert (report.complete, report.withdrawn) == (False, 0)
    kept = store.get("mdc:c0000000data")
    assert kept is not None and kept.withdrawn_at is None
