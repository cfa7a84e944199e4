from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from catalog_sync.lock import file_lock
from catalog_sync.store import Store, open_store
from indexer.build import bring_up_to_date
from indexer.embed import HashEmbedder, Rows
from indexer.errors import IndexBusy, IndexDamaged
from indexer.generations import current_path, read_manifest
from indexer.shelf import open_shelf
from tests.indexer.conftest import SEEN, card, some_cards

Content = dict[tuple[int, str], bytes]


@dataclass(frozen=True)
class Counting(HashEmbedder):
    """Remembers what it was asked to embed."""

    texts: list[str] = field(default_factory=list)

    def passages(self, texts: Sequence[str]) -> Rows:
        self.texts.extend(texts)
        return super().passages(texts)


def content(folder: Path) -> Content:
    """(card key, passage text) -> vector, of the current generation."""
    shelf = open_shelf(current_path(folder))
    rows = shelf.vectors.rows(np.arange(len(shelf.card_of)))
    return {
        (int(shelf.table.keys[card_at]), shelf.text(row)): rows[row].tobytes()
        for row, card_at in enumerate(shelf.card_of)
    }


def ids(folder: Path) -> dict[tuple[int, str], int]:
    shelf = open_shelf(current_path(folder))
    return {
        (int(shelf.table.keys[card_at]), shelf.text(row)): int(shelf.table.passages.values[row])
        for row, card_at in enumerate(shelf.card_of)
    }


def test_the_first_run_embeds_every_passage_once(filled: Store, tmp_path: Path) -> None:
    embedder = Counting()
    report = bring_up_to_date(filled, tmp_path / "index", embedder)
    assert (report.generation, report.cards) == (1, 4)
    assert report.embedded == len(embedder.texts) == len(set(embedder.texts))
    assert report.passages == report.embedded + report.reused
    assert {key for key, _ in content(tmp_path / "index")} == {
        change.key for change in filled.changed_since(0)
    }


def test_a_second_run_with_nothing_new_embeds_nothing_and_writes_no_generation(
    filled: Store, tmp_path: Path
) -> None:
    first = bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    embedder = Counting()
    second = bring_up_to_date(filled, tmp_path / "index", embedder)
    assert embedder.texts == []
    assert (second.generation, second.embedded) == (first.generation, 0)


def test_only_the_passages_that_changed_are_embedded_again(filled: Store, tmp_path: Path) -> None:
    bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    before = ids(tmp_path / "index")
    changed = card("river-levels", "River Gauge Levels", "Daily water levels of rivers.")
    filled.put([changed], seen_at=SEEN)
    embedder = Counting()
    report = bring_up_to_date(filled, tmp_path / "index", embedder)
    assert report.generation == 2
    assert embedder.texts and all("Daily water levels" in text for text in embedder.texts)
    after = ids(tmp_path / "index")
    assert {key: after[key] for key in before if key in after} == {
        key: before[key] for key in before if key in after
    }
    assert {after[key] for key in after if key not in before}.isdisjoint(before.values())


def test_a_card_taken_out_of_sight_leaves_the_index_and_its_ids_are_not_used_again(
    filled: Store, tmp_path: Path
) -> None:
    bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    before = ids(tmp_path / "index")
    filled.withdraw(["cards:court"], "taken down", at=SEEN)
    report = bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    assert report.cards == 3
    filled.put([card("new", "New One", "Something else.")], seen_at=SEEN)
    bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    added = ids(tmp_path / "index")
    assert min(number for key, number in added.items() if key not in before) > max(before.values())


def test_a_change_that_no_passage_shows_moves_the_revision_and_writes_nothing(
    filled: Store, tmp_path: Path
) -> None:
    bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    same = some_cards()[1]
    filled.put([card("x", "X", "y")], seen_at=SEEN)
    filled.withdraw(["cards:x"], "a mistake", at=SEEN)
    report = bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    assert report.generation == 1
    filled.put([same], seen_at=SEEN)
    assert bring_up_to_date(filled, tmp_path / "index", HashEmbedder()).generation == 1


def test_changes_in_steps_end_with_the_content_of_one_run(store: Store, tmp_path: Path) -> None:
    cards = some_cards()
    for some in (cards[:2], cards[2:], [card("river-levels", "Rivers", "Levels.")]):
        store.put(some, seen_at=SEEN)
        bring_up_to_date(store, tmp_path / "steps", HashEmbedder())
    bring_up_to_date(store, tmp_path / "once", HashEmbedder())
    assert content(tmp_path / "steps") == content(tmp_path / "once")


def test_another_model_builds_everything_anew(filled: Store, tmp_path: Path) -> None:
    bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    report = bring_up_to_date(filled, tmp_path / "index", HashEmbedder(dimension=16))
    assert (report.generation, report.reused) == (2, 0)
    assert read_manifest(current_path(tmp_path / "index")).dimension == 16


def test_rebuild_embeds_everything_again(filled: Store, tmp_path: Path) -> None:
    first = bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    embedder = Counting()
    report = bring_up_to_date(filled, tmp_path / "index", embedder, rebuild=True)
    assert len(embedder.texts) == first.embedded
    assert report.generation == 2


def test_a_damaged_generation_is_not_built_upon_and_rebuild_mends_it(
    filled: Store, tmp_path: Path
) -> None:
    bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    expected = content(tmp_path / "index")
    (current_path(tmp_path / "index") / "keys.npy").write_bytes(b"rubbish")
    filled.put([card("new", "New One", "Something else.")], seen_at=SEEN)
    with pytest.raises(IndexDamaged, match=r"keys\.npy.*--rebuild"):
        bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    bring_up_to_date(filled, tmp_path / "index", HashEmbedder(), rebuild=True)
    found = content(tmp_path / "index")
    assert {key: found[key] for key in expected} == expected


def test_only_one_process_builds_at_a_time(filled: Store, tmp_path: Path) -> None:
    with file_lock(tmp_path / "index" / "lock"), pytest.raises(IndexBusy, match="another process"):
        bring_up_to_date(filled, tmp_path / "index", HashEmbedder())


def test_only_the_current_and_the_last_generation_are_kept(filled: Store, tmp_path: Path) -> None:
    for number in range(4):
        filled.put([card(f"n{number}", f"Number {number}", "More.")], seen_at=SEEN)
        bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    names = sorted(path.name for path in (tmp_path / "index" / "generations").iterdir())
    assert names == ["0000003", "0000004"]


def test_a_store_put_back_to_an_older_state_is_indexed_anew(filled: Store, tmp_path: Path) -> None:
    bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    filled.put([card("more", "More", "Later.")], seen_at=SEEN)
    bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    other.put([card("only", "Only One", "Alone.")], seen_at=SEEN)
    assert other.revision() < filled.revision()
    report = bring_up_to_date(other, tmp_path / "index", HashEmbedder())
    assert report.cards == 1
    other.close()


def test_another_store_at_the_same_revision_is_not_taken_for_the_one_indexed(
    filled: Store, tmp_path: Path
) -> None:
    bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    while other.revision() < filled.revision():
        other.put([card(f"r{other.revision()}", "Another Store", "Same number.")], seen_at=SEEN)
    assert other.revision() == filled.revision()
    report = bring_up_to_date(other, tmp_path / "index", HashEmbedder())
    assert report.embedded > 0
    other.close()


KILLS = 20


def test_killed_at_any_moment_the_next_run_ends_with_the_content_of_an_undisturbed_one(
    store: Store, tmp_path: Path
) -> None:
    pick = random.Random(20260101)
    folder, undisturbed = tmp_path / "killed", tmp_path / "undisturbed"
    change_many(store, pick, 400)
    bring_up_to_date(store, undisturbed, HashEmbedder())
    before: Content | None = None
    after = content(undisturbed)
    command = [sys.executable, "-m", "tests.indexer.build_slowly",
               f"sqlite:///{tmp_path / 'catalog.db'}", str(folder)]  # fmt: skip
    following = started(command)
    for kill in range(KILLS):
        # The next one loads its modules while this one builds.
        process, following = following, started(command) if kill < KILLS - 1 else following
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write("build\n")
        process.stdin.close()
        assert process.stdout.readline() == "building\n"
        time.sleep(pick.uniform(0.0, 0.8))
        process.kill()
        process.wait()
        process.stdout.close()
        found = content(folder) if (folder / "current").exists() else None
        assert found in (before, after)
        if found == after:
            before = after
            change_many(store, pick, 150)
            bring_up_to_date(store, undisturbed, HashEmbedder())
            after = content(undisturbed)
    bring_up_to_date(store, folder, HashEmbedder())
    assert content(folder) == after


def test_what_a_killed_run_had_embedded_is_not_embedded_again(
    filled: Store, tmp_path: Path
) -> None:
    with pytest.raises(PowerCut):
        bring_up_to_date(filled, tmp_path / "index", HashEmbedder(), progress=cut_before_writing)
    report = bring_up_to_date(filled, tmp_path / "index", HashEmbedder())
    assert (report.embedded, report.reused) == (0, report.passages)


class PowerCut(Exception):
    """Stands for whatever ends a process."""


def cut_before_writing(step: str, done: int, total: int) -> None:
    if step == "writing the index":
        raise PowerCut


def started(command: Sequence[str]) -> subprocess.Popen[str]:
    """The process, which waits to be told to build."""
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def change_many(store: Store, pick: random.Random, count: int) -> None:
    words = "river speech court menu radio poem street forest school market".split()
    made = [
        card(f"k{n}", f"Set {n}", " ".join(pick.choices(words, k=12)), languages=("cy", "sw"))
        for n in pick.sample(range(500), count)
    ]
    store.put(made, seen_at=SEEN)
