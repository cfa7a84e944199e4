"""A run that is killed at any moment loses nothing, and the next one ends as if it had not been."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from catalog_sync.card import DatasetCard, digest
from catalog_sync.job import SyncProgress, SyncReport, sync
from catalog_sync.source import RawRecord
from catalog_sync.store import Store, open_store
from tests import postgres
from tests.catalog_sync.composed import Listed, normalised, record, ticking

KILLS = 20
STANDING = 900
HERE = multiprocessing.get_context("fork")


def before() -> list[RawRecord]:
    return [
        record(f"{number:05}", description=f"As first read. {number}") for number in range(STANDING)
    ]


def after() -> list[RawRecord]:
    """A tenth is gone, a fifth changed, some are new, some hostile, two can no longer be read."""
    kept = [each for place, each in enumerate(before()) if place % 10]
    changed = [
        replace(each, description="Now otherwise.") if place % 5 == 0 else each
        for place, each in enumerate(kept)
    ]
    for place in range(3, len(changed), 300):
        changed[place] = replace(changed[place], description="<script>go()</script>")
    for place in (8, 700):
        changed[place] = replace(changed[place], description="broken")
    return changed + [record(f"new-{number:04}") for number in range(150)]


def paired(raw: RawRecord) -> DatasetCard:
    """Cards of two sources with the same number are copies of one dataset."""
    return replace(normalised(raw), links=(f"https://lab.example.edu/{raw.native_id}",))


def run(store: Store, records: list[RawRecord], *, report_to: int | None = None) -> SyncReport:
    def tell(progress: SyncProgress) -> None:
        if report_to is not None:
            os.write(report_to, progress.read.to_bytes(4, "big"))

    source = Listed(records, every=7)
    return sync(source, store, normalise=paired, clock=ticking(), progress=tell)


def content(store: Store) -> dict[str, tuple[object, ...]]:
    """Everything that matters of every card, by id, keys and revisions left out."""
    found: dict[str, tuple[object, ...]] = {}
    keys = [each.key for each in store.changed_since(0)]
    for stored in store.get_keys(keys).values():
        found[stored.card.id] = (
            digest(stored.card),
            stored.withdrawn_at is None,
            stored.held,
            stored.copies,
            tuple(each.code for each in stored.findings),
        )
    return found


def assert_whole(store: Store) -> None:
    """Every change has its revision, none lies beyond the store's, keys go up with time."""
    changes = list(store.changed_since(0))
    assert len({each.key for each in changes}) == len(changes)
    assert all(0 < each.revision <= store.revision() for each in changes)
    cards = store.get_keys([each.key for each in changes])
    for change in changes:
        assert cards[change.key].visible == (change.card is not None)
    assert {hold.id for hold in store.holds()} == {
        each.card.id for each in cards.values() if each.held and each.withdrawn_at is None
    }


def sync_and_be_killed(url: str, chance: random.Random) -> None:
    """Start a sync of `after` in a process of its own and kill it somewhere on its way."""
    reading, writing = os.pipe()
    records = after()

    def work() -> None:
        os.close(reading)
        store = open_store(url)
        run(store, records, report_to=writing)

    process = HERE.Process(target=work)
    process.start()
    os.close(writing)
    # One in four dies after the walk, among withdrawals and the joining of copies.
    whole = len(records)
    target, told = (whole if chance.random() < 0.25 else chance.randrange(whole)), 0
    while told < target and (message := os.read(reading, 4)):
        told = int.from_bytes(message, "big")
    time.sleep(chance.random() * 0.03)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    os.close(reading)


def fill(url: str) -> None:
    store = open_store(url)
    run(store, before())
    copies = [replace(each, source="other") for each in before()[5::40]]
    sync(Listed(copies, name="other"), store, normalise=paired, clock=ticking())
    store.close()


@dataclass
class Undisturbed:
    folder: Path
    content: dict[str, tuple[object, ...]]
    report: SyncReport


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """A store before the run that is to be killed, and what an undisturbed run makes of it."""
    folder = tmp_path_factory.mktemp("undisturbed")
    fill(f"sqlite:///{folder}/catalog.db")
    copy = folder / "run"
    copy.mkdir()
    shutil.copy(folder / "catalog.db", copy)
    store = open_store(f"sqlite:///{copy}/catalog.db")
    report = run(store, after())
    found = content(store)
    store.close()
    return Undisturbed(folder, found, report)


def test_the_undisturbed_run_does_everything_that_can_be_interrupted(
    undisturbed: Undisturbed,
) -> None:
    report = undisturbed.report
    assert report.complete
    assert min(report.new, report.changed, report.same, report.withdrawn) > 50
    assert len(report.failed) == 2
    assert len(report.held) > 2
    assert sum(bool(copies) for _, _, _, copies, _ in undisturbed.content.values()) > 20


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_run_loses_nothing_and_the_next_ends_the_same(
    seed: int, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    shutil.copy(undisturbed.folder / "catalog.db", tmp_path)
    url = f"sqlite:///{tmp_path}/catalog.db"
    sync_and_be_killed(url, random.Random(seed))
    store = open_store(url)
    assert_whole(store)
    report = run(store, after())
    assert report.complete
    assert_whole(store)
    assert content(store) == undisturbed.content
    assert [each.native_id for each in report.failed] == [
        each.native_id for each in undisturbed.report.failed
    ]
    store.close()


@pytest.mark.postgres
def test_postgresql_stands_kills_in_a_row(cluster: Path, undisturbed: Undisturbed) -> None:
    with postgres.new_database(cluster) as url:
        fill(url)
        for seed in range(3):
            sync_and_be_killed(url, random.Random(100 + seed))
        store = open_store(url)
        assert_whole(store)
        assert run(store, after()).complete
        assert_whole(store)
        assert content(store) == undisturbed.content
        store.close()
