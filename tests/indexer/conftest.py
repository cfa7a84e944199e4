"""Cards and a real store for the tests of the index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalog_sync.card import DatasetCard
from catalog_sync.clauses import Terms
from catalog_sync.store import Store, open_store

SEEN = datetime(2026, 1, 1, tzinfo=UTC)


def card(native_id: str, name: str, summary: str = "", **more: object) -> DatasetCard:
    """A card with little in it; `more` are fields of DatasetCard."""
    return DatasetCard(
        id=f"cards:{native_id}",
        source="cards",
        native_id=native_id,
        url=f"https://data.example/{native_id}",
        name=name,
        summary=summary,
        **more,  # type: ignore[arg-type]
    )


def some_cards() -> list[DatasetCard]:
    return [
        card(
            "cy-read",
            "Welsh Reading Corpus",
            "Volunteers read Welsh sentences aloud.",
            languages=("cy",),
            modalities=("audio",),
            terms=Terms(licence="CC0-1.0", access="public"),
        ),
        card(
            "river-levels",
            "River Gauge Levels",
            "Hourly water levels of rivers.",
            modalities=("time_series",),
            tags=("hydrology",),
        ),
        card(
            "menu-photos",
            "MenuPix",
            "Photographs of restaurant menus with their dishes marked.",
            modalities=("image",),
        ),
        card(
            "court",
            "Court Rulings",
            "Rulings of courts with their summaries, compared with MenuPix for layout.",
            modalities=("text",),
            languages=("de", "fr", "it", "rm", "en"),
        ),
    ]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file of its own."""
    opened = open_store(f"sqlite:///{tmp_path / 'catalog.db'}")
    yield opened
    opened.close()


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with four cards."""
    store.put(some_cards(), seen_at=SEEN)
    return store
