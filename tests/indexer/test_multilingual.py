"""Requests in another language than the cards: what a multilingual model does for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from catalog_sync.store import Store
from indexer.build import bring_up_to_date
from indexer.embed import Embedder, HashEmbedder
from indexer.search import Search
from tests.evals import twins

SAME = {
    "niveles": "levels", "horarios": "hourly", "agua": "water", "ríos": "rivers.", "de": "of",
    "fotografías": "photographs", "menús": "menus", "restaurantes": "restaurant",
    "voluntarios": "volunteers", "leen": "read", "frases": "sentences", "galés": "welsh",
    "sentencias": "rulings", "tribunales": "courts", "con": "with", "sus": "their",
    "resúmenes": "summaries,",
}  # fmt: skip
PAIRS = (
    ("niveles horarios agua ríos", "hourly levels water rivers.", "cards:river-levels"),
    ("fotografías de menús restaurantes", "photographs of menus restaurant", "cards:menu-photos"),
    ("voluntarios leen frases galés", "volunteers read sentences welsh", "cards:cy-read"),
    ("sentencias de tribunales con sus resúmenes", "rulings of courts with their summaries,",
     "cards:court"),
)  # fmt: skip


@dataclass(frozen=True)
class Bilingual(HashEmbedder):
    """A stand-in for a multilingual model: a word and its translation have one vector."""

    dimension: int = 64
    name: str = "bilingual"

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return HashEmbedder.passages(
            self,
            [" ".join(SAME.get(word, word) for word in text.lower().split()) for text in texts],
        )


def first(search: Search, store: Store, words: str) -> str:
    best = search.find(words, top=1)[0]
    return store.get_keys([best.key])[best.key].card.id


def searching(store: Store, folder: Path, embedder: Embedder) -> Search:
    bring_up_to_date(store, folder, embedder)
    return Search.open(folder, embedder)


@pytest.mark.parametrize(("spanish", "english", "id_"), PAIRS)
def test_a_request_in_spanish_finds_what_its_english_twin_finds(
    filled: Store, tmp_path: Path, spanish: str, english: str, id_: str
) -> None:
    search = searching(filled, tmp_path / "index", Bilingual())
    assert first(search, filled, english) == first(search, filled, spanish) == id_
    order = [hit.key for hit in search.find(spanish, legs=twins.DENSE)]
    assert order == [hit.key for hit in search.find(english, legs=twins.DENSE)]


def test_changing_to_a_multilingual_model_embeds_everything_anew_and_then_finds(
    filled: Store, tmp_path: Path
) -> None:
    before = searching(filled, tmp_path / "index", HashEmbedder(dimension=64))
    right = [first(before, filled, spanish) == id_ for spanish, _, id_ in PAIRS]
    assert not all(right)
    report = bring_up_to_date(filled, tmp_path / "index", Bilingual())
    assert (report.embedded, report.reused) == (report.passages, 0)
    after = Search.open(tmp_path / "index", Bilingual())
    assert all(first(after, filled, spanish) == id_ for spanish, _, id_ in PAIRS)


def test_the_measure_of_twins_is_one_where_translations_are_one_and_less_where_not(
    filled: Store, tmp_path: Path
) -> None:
    path = tmp_path / "twins.tsv"
    rows = "".join(f"{english}\t{spanish}\n" for spanish, english, _ in PAIRS)
    path.write_text(f"en\tes\n{rows}", encoding="utf-8")
    both = twins.measured(searching(filled, tmp_path / "both", Bilingual()), path, top=1)
    one = twins.measured(searching(filled, tmp_path / "one", HashEmbedder()), path, top=1)
    assert both.figures == {"requests": 4.0, "es": 1.0}
    assert one.figures["es"] < 1.0
    assert one.wrong
