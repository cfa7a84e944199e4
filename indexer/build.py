"""Brings an index up to date with the card store: reads what changed, embeds only what is new.

Killed at any moment, the generation before stays whole and current, and what was embedded is
kept for the next run.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from catalog_sync import languages
from catalog_sync.stored import Change
from indexer import generations
from indexer.embed import Embedder
from indexer.errors import IndexDamaged, IndexMissing
from indexer.gather import Read, Vocabulary, changed, empty_table, merge, read
from indexer.generations import LAYOUT, MEND, Manifest
from indexer.kept_vectors import KeptVectors
from indexer.passages import PASSAGE_VERSION, document_of
from indexer.shelf import Shelf, Table, make_shelf, open_shelf

Progress = Callable[[str, int, int], None]
"""Called with the step in words, how many are done, and of how many (0: not known)."""
Notice = Callable[[str], None]

CHUNK = 256
"""Texts embedded between two saves: what a killed run loses at most."""


class Cards(Protocol):
    """What is read of the card store."""

    def identity(self) -> int:
        """What tells this store from every other."""
        ...

    def revision(self) -> int:
        """The number of the last change."""
        ...

    def changed_since(self, revision: int) -> Iterator[Change]:
        """Every card that changed after `revision`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """What one run did."""

    generation: int
    cards: int
    passages: int
    embedded: int
    """Texts that went through the model."""
    reused: int
    """Passages whose vector was there already."""
    seconds: float
    notice: str | None = None
    """Something a person should know, such as that questions will start slowly."""


@dataclass(frozen=True, slots=True)
class _Point:
    """A store at one of its revisions."""

    store: int
    revision: int


@dataclass(frozen=True, slots=True)
class _Before:
    """Where a run starts from."""

    table: Table
    vocabulary: Vocabulary
    generation: int
    next_passage: int
    revision: int
    manifest: Manifest | None


def bring_up_to_date(
    store: Cards,
    folder: Path,
    embedder: Embedder,
    *,
    rebuild: bool = False,
    progress: Progress | None = None,
) -> IndexReport:
    """Makes the index in `folder` cover the store's revision.

    Args:
        store: The card store.
        folder: The index folder; made where it is missing.
        embedder: Another one than the index was built with means building anew.
        rebuild: Reads and embeds everything anew, whatever is there.
        progress: Told how far the run is.

    Raises:
        IndexBusy: Another process is building here.
        IndexDamaged: The current generation is damaged; `rebuild` mends it.
        ModelError: The model cannot be used.
    """
    started = time.monotonic()
    tell = progress or _silent
    with generations.only_builder(folder):
        if rebuild:
            shutil.rmtree(folder / "vectors", ignore_errors=True)
        revision = store.revision()
        manifest = None if rebuild else _usable(folder, embedder, store)
        if manifest is not None and generations.covered(folder, manifest) == revision:
            return _report(manifest, started, embedded=0)
        before = _before(folder, manifest, rebuild=rebuild)
        reads = _read_changes(store, before.revision, tell)
        new = changed(before.table, reads)
        if before.manifest is not None and not new:
            generations.note_covered(folder, before.manifest, revision)
            return _report(before.manifest, started, embedded=0)
        point = _Point(store.identity(), revision)
        return _write(folder, embedder, before, new, point, tell, started)


def _silent(step: str, done: int, total: int) -> None:
    """Tells nobody."""


def _usable(folder: Path, embedder: Embedder, store: Cards) -> Manifest | None:
    """The current generation's manifest, when this run can build on it."""
    try:
        manifest = generations.read_manifest(generations.current_path(folder))
    except IndexMissing:
        return None
    same = (
        manifest.identity == embedder.identity
        and manifest.passage_version == PASSAGE_VERSION
        and manifest.store == store.identity()
        and manifest.revision <= store.revision()
    )
    return manifest if same else None


def _before(folder: Path, manifest: Manifest | None, *, rebuild: bool) -> _Before:
    if manifest is not None:
        path = generations.current_path(folder)
        generations.verify(path, manifest)
        shelf = open_shelf(path)
        return _Before(
            shelf.table,
            Vocabulary(dict(shelf.lexical.vocabulary)),
            manifest.generation,
            manifest.next_passage,
            generations.covered(folder, manifest),
            manifest,
        )
    generation, next_passage = _numbers(folder, rebuild=rebuild)
    return _Before(empty_table(), Vocabulary(), generation, next_passage, 0, None)


def _numbers(folder: Path, *, rebuild: bool) -> tuple[int, int]:
    """The last generation's number and the first passage id never used, as far as is known."""
    try:
        last = generations.read_manifest(generations.current_path(folder))
        return last.generation, last.next_passage
    except IndexMissing:
        return 0, 0
    except IndexDamaged:
        if not rebuild:
            raise
    names = [p.name for p in (folder / "generations").glob("*") if p.name.isdigit()]
    return max(map(int, names), default=0), 1 << 40


def _read_changes(store: Cards, revision: int, tell: Progress) -> dict[int, Read | None]:
    reads: dict[int, Read | None] = {}
    for done, change in enumerate(store.changed_since(revision), 1):
        card = change.card
        reads[change.key] = None if card is None else read(document_of(card, naming=naming))
        if done % CHUNK == 0:
            tell("reading cards", done, 0)
    return reads


def naming(tag: str) -> tuple[str, ...]:
    """A language's English name, then its own name where that differs."""
    found = (languages.english_name(tag), languages.autonym(tag))
    return tuple(dict.fromkeys(name for name in found if name))


def _write(
    folder: Path,
    embedder: Embedder,
    before: _Before,
    new: dict[int, Read | None],
    point: _Point,
    tell: Progress,
    started: float,
) -> IndexReport:
    notice = embedder.prepare()
    table = merge(before.table, new, vocabulary=before.vocabulary, next_passage=before.next_passage)
    kept = KeptVectors(folder / "vectors" / embedder.identity[:32], dimension=embedder.dimension)
    rows, embedded = embed_missing(table, embedder, kept, tell=tell)
    tell("writing the index", 0, 0)
    shelf = make_shelf(table, rows, before.vocabulary.numbers)
    manifest = _manifest(embedder, before, shelf, point)
    manifest = generations.write(folder, shelf, manifest)
    generations.clean(folder, current=manifest.generation)
    kept.keep_only(_digests(table))
    return _report(manifest, started, embedded=embedded, notice=notice)


def _manifest(embedder: Embedder, before: _Before, shelf: Shelf, point: _Point) -> Manifest:
    ids = shelf.table.passages.values
    highest = int(ids.max()) + 1 if len(ids) else 0
    return Manifest(
        layout=LAYOUT,
        generation=before.generation + 1,
        model=embedder.name,
        identity=embedder.identity,
        dimension=embedder.dimension,
        passage_version=PASSAGE_VERSION,
        store=point.store,
        revision=point.revision,
        cards=len(shelf.table.keys),
        passages=len(ids),
        next_passage=max(before.next_passage, highest),
        files={},
    )


def embed_missing(
    table: Table, embedder: Embedder, kept: KeptVectors, *, tell: Progress
) -> tuple[NDArray[np.float32], int]:
    """One unit row a passage, and how many texts went through the model for it."""
    digests = _digests(table)
    missing = kept.missing(digests)
    # Texts of like length together: a batch is as slow as its longest text.
    missing.sort(key=lambda row: int(table.texts.starts[row + 1] - table.texts.starts[row]))
    for start in range(0, len(missing), CHUNK):
        tell("embedding", start, len(missing))
        some = missing[start : start + CHUNK]
        texts = [table.texts.of(row).tobytes().decode("utf-8") for row in some]
        kept.add([digests[row] for row in some], embedder.passages(texts))
    tell("embedding", len(missing), len(missing))
    return kept.rows(digests), len(missing)


def _digests(table: Table) -> Sequence[bytes]:
    text = table.digests.tobytes()
    return [text[at : at + 16] for at in range(0, len(text), 16)]


def _report(
    manifest: Manifest, started: float, *, embedded: int, notice: str | None = None
) -> IndexReport:
    return IndexReport(
        generation=manifest.generation,
        cards=manifest.cards,
        passages=manifest.passages,
        embedded=embedded,
        reused=manifest.passages - embedded,
        seconds=round(time.monotonic() - started, 3),
        notice=notice,
    )


__all__ = ["MEND", "Cards", "IndexReport", "bring_up_to_date", "embed_missing", "naming"]
