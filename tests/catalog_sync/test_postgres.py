"""What is PostgreSQL's own: its tables, its lock, its order of names."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

import catalog_sync
from catalog_sync import schema
from catalog_sync.store import Store, StoreBusy, open_store
from tests import postgres
from tests.catalog_sync.composed import NOW, card


def test_the_migrations_make_the_tables_that_the_code_knows(url: str) -> None:
    open_store(url).close()
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": schema.VERSION_TABLE}
        )
        assert compare_metadata(context, schema.METADATA) == []
        assert context.get_current_revision() == schema.HEAD
    engine.dispose()


def test_the_last_migration_is_the_one_the_code_asks_for() -> None:
    folder = Path(catalog_sync.__path__[0]) / "migrations"
    assert ScriptDirectory(str(folder)).get_current_head() == schema.HEAD


@pytest.mark.postgres
def test_a_lock_is_dropped_with_the_connection_that_held_it(cluster: Path) -> None:
    with postgres.new_database(cluster) as url:
        first, second = open_store(url), open_store(url)
        with first.sync_lock():
            with pytest.raises(StoreBusy), second.sync_lock():
                pass
        with second.sync_lock():
            pass
        first.close()
        second.close()


@pytest.mark.postgres
def test_two_processes_may_make_the_tables_at_once(cluster: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with postgres.new_database(cluster) as url, ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(open_store, [url] * 4))
        assert {store.revision() for store in stores} == {0}
        for store in stores:
            store.close()


def test_names_begin_alike_in_any_script(store: Store) -> None:
    names = ("Éwondo", "ewondo", "ꓡꓲꓢꓴ", "Ўзбек", "ﬁeld", "Straße")
    store.put([card(str(n), name=name) for n, name in enumerate(names)], seen_at=NOW)
    assert store.find_by_name("éWONDO") == ("cards:0",)
    assert store.find_by_name("ўзб") == ("cards:3",)
    assert store.find_by_name("FIELD") == ("cards:4",)
    assert store.find_by_name("STRASSE") == ("cards:5",)
    assert store.find_by_name("ꓡꓲ") == ("cards:2",)


def test_writers_of_two_processes_follow_one_another(url: str, store: Store) -> None:
    other = open_store(url)
    for number in range(5):
        store.put([card(f"a{number}")], seen_at=NOW)
        other.put([card(f"b{number}")], seen_at=NOW)
    changes = list(store.changed_since(0))
    assert [each.revision for each in changes] == list(range(1, 11))
    assert store.revision() == other.revision() == 10
    other.close()
