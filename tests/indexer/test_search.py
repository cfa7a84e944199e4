from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from catalog_sync.store import Store
from indexer.build import bring_up_to_date
from indexer.embed import HashEmbedder
from indexer.errors import IndexDamaged, IndexMismatch, IndexMissing
from indexer.generations import current_path
from indexer.search import Search
from tests.indexer.conftest import SEEN, card


@pytest.fixture
def folder(filled: Store, tmp_path: Path) -> Path:
    """An index over the four cards."""
    bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    return tmp_path / "index"


def key(store: Store, id_: str) -> int:
    found = store.get(id_)
    assert found is not None
    return found.key


def test_the_card_asked_for_comes_first_with_the_reason_why(filled: Store, folder: Path) -> None:
    hits = Search.open(folder, HashEmbedder()).find("hourly river levels")
    assert hits[0].key == key(filled, "cards:river-levels")
    assert set(hits[0].words) == {"hourly", "river", "levels"}
    assert "River Gauge Levels" in hits[0].text


def test_words_that_few_cards_hold_are_told_apart(store: Store, tmp_path: Path) -> None:
    rare = {3: "mangrove"}
    forests = [
        card(f"c{n}", f"Forest maps {n}", f"Forests with {rare.get(n, 'meadow')} plants.")
        for n in range(16)
    ]
    store.put(forests, seen_at=SEEN)
    bring_up_to_date(store, tmp_path / "index", HashEmbedder())
    first, *others = Search.open(tmp_path / "index", HashEmbedder()).find("mangrove forests")
    assert (first.telling, set(first.words)) == (("mangrove",), {"mangrove", "forests"})
    assert {other.telling for other in others} == {()}


def test_each_card_is_found_once(folder: Path) -> None:
    keys = [hit.key for hit in Search.open(folder, HashEmbedder()).find("court rulings", top=50)]
    assert len(keys) == len(set(keys)) == 4


def test_only_allowed_cards_are_found(filled: Store, folder: Path) -> None:
    allowed = np.array([key(filled, "cards:court"), 10_000], np.int64)
    hits = Search.open(folder, HashEmbedder()).find("river levels", allowed=allowed)
    assert [hit.key for hit in hits] == [key(filled, "cards:court")]


def test_nothing_allowed_finds_nothing(folder: Path) -> None:
    found = Search.open(folder, HashEmbedder()).find("river", allowed=np.zeros(0, np.int64))
    assert found == []


def test_a_filter_does_not_reorder_what_it_leaves(filled: Store, folder: Path) -> None:
    search = Search.open(folder, HashEmbedder())
    every = search.find("photographs of court menus", top=10)
    some = np.array(sorted(hit.key for hit in every[1:]), np.int64)
    left = search.find("photographs of court menus", allowed=some, top=10)
    assert [hit.key for hit in left] == [hit.key for hit in every[1:]]
    assert [hit.score for hit in left] == pytest.approx([hit.score for hit in every[1:]], abs=1e-5)


def test_a_card_that_others_name_says_so(filled: Store, folder: Path) -> None:
    hits = Search.open(folder, HashEmbedder()).find("restaurant menus")
    assert hits[0].key == key(filled, "cards:menu-photos")
    assert hits[0].citing == 1


def test_a_language_is_found_by_its_own_name_and_without_accents(
    store: Store, tmp_path: Path
) -> None:
    store.put(
        [card("a", "Set A", languages=("cy",)), card("b", "Set B", languages=("yo",))],
        seen_at=SEEN,
    )
    bring_up_to_date(store, tmp_path / "index", HashEmbedder())
    search = Search.open(tmp_path / "index", HashEmbedder())
    assert search.find("Cymraeg")[0].key == key(store, "cards:a")
    assert search.find("yoruba")[0].key == search.find("Yorùbá")[0].key == key(store, "cards:b")


def test_an_empty_catalogue_answers_nothing(store: Store, tmp_path: Path) -> None:
    bring_up_to_date(store, tmp_path / "index", HashEmbedder())
    assert Search.open(tmp_path / "index", HashEmbedder()).find("anything") == []


def test_without_an_index_the_error_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="dataset-assistant index"):
        Search.open(tmp_path / "none", HashEmbedder())


def test_another_model_is_refused_with_both_named(folder: Path) -> None:
    with pytest.raises(IndexMismatch, match=r"32 numbers.*16 numbers.*--rebuild"):
        Search.open(folder, HashEmbedder(dimension=16))


@pytest.mark.parametrize("name", ["vectors.faiss", "words_weights.npy", "texts.npy"])
def test_a_damaged_file_is_refused_with_the_mend(folder: Path, name: str) -> None:
    path = current_path(folder) / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(IndexDamaged, match=rf"{name}.*SHA-256.*--rebuild"):
        Search.open(folder, HashEmbedder())


@pytest.mark.parametrize("name", ["manifest.json", "vectors.faiss"])
def test_a_lost_file_is_refused_with_the_mend(folder: Path, name: str) -> None:
    (current_path(folder) / name).unlink()
    with pytest.raises(IndexDamaged, match="--rebuild"):
        Search.open(folder, HashEmbedder())


def test_a_running_search_answers_from_the_new_generation(filled: Store, folder: Path) -> None:
    search = Search.open(folder, HashEmbedder())
    filled.put([card("opera", "Opera Recordings", "Arias.")], seen_at=SEEN)
    bring_up_to_date(filled, folder, HashEmbedder())
    assert search.find("opera arias")[0].key == key(filled, "cards:opera")
    assert search.manifest.generation == 2


def test_a_damaged_new_generation_leaves_the_old_one_answering(filled: Store, folder: Path) -> None:
    search = Search.open(folder, HashEmbedder())
    filled.put([card("opera", "Opera Recordings", "Arias.")], seen_at=SEEN)
    bring_up_to_date(filled, folder, HashEmbedder())
    (current_path(folder) / "keys.npy").write_bytes(b"rubbish")
    assert search.find("river")[0].key == key(filled, "cards:river-levels")
    assert search.manifest.generation == 1
    assert search.trouble is not None and "keys.npy" in search.trouble


def test_no_question_fails_while_generations_change(filled: Store, folder: Path) -> None:
    search = Search.open(folder, HashEmbedder())
    river = key(filled, "cards:river-levels")
    failed: list[str] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            try:
                hits = search.find("hourly river levels")
            except Exception as error:
                failed.append(repr(error))
                return
            if hits[0].key != river:
                failed.append(f"found {hits[0]}")

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(8):
        filled.put([card(f"n{number}", f"Opera {number}", "Arias.")], seen_at=SEEN)
        bring_up_to_date(filled, folder, HashEmbedder())
    stop.set()
    for thread in threads:
        thread.join()
    assert failed == []
    search.find("river")
    assert search.manifest.generation == 9
