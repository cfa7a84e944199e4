"""Generations on disk: written whole beside each other, one of them current.

<folder>/current                 the name of the generation that answers
<folder>/covers.json             the store's revision that it is known to cover
<folder>/generations/0000007/    manifest.json, written last, and the files it lists
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from catalog_sync.lock import Taken, file_lock
from indexer.embed_model import file_digest
from indexer.errors import IndexBusy, IndexDamaged, IndexMissing
from indexer.shelf import Shelf

LAYOUT = 2
MEND = "Run `dataset-assistant index --rebuild`."
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a generation is, and the hash of each of its files."""

    layout: int
    generation: int
    model: str
    identity: str
    """Of the embedder: equal when the vectors would be."""
    dimension: int
    passage_version: str
    store: int
    """Identity of the store it was made from: another one's revisions mean nothing here."""
    revision: int
    """Of that store: every change up to it is in."""
    cards: int
    passages: int
    next_passage: int
    files: Mapping[str, str]
    """File name -> SHA-256, hex."""


@contextmanager
def only_builder(folder: Path) -> Iterator[None]:
    """Holds the folder's lock; a process that dies lets go of it.

    Raises:
        IndexBusy: Another process holds it.
    """
    try:
        with file_lock(folder / "lock"):
            yield
    except Taken as error:
        raise IndexBusy(
            f"The index in {str(folder)!r} is being built by another process ({error.holder}). "
            "Wait for it to end, or stop it."
        ) from error


def current_path(folder: Path) -> Path:
    """The generation that answers.

    Raises:
        IndexMissing: None was ever built here.
    """
    try:
        name = (folder / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise IndexMissing(
            f"There is no index in {str(folder)!r} yet. Run `dataset-assistant index`."
        ) from error
    return folder / "generations" / name


def read_manifest(path: Path) -> Manifest:
    """The manifest of one generation.

    Raises:
        IndexDamaged: It is missing, unreadable, or of another layout.
    """
    try:
        manifest = Manifest(**json.loads((path / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise IndexDamaged(
            f"The index generation {str(path)!r} has no readable {MANIFEST}: {error}. {MEND}"
        ) from error
    if manifest.layout != LAYOUT:
        raise IndexDamaged(
            f"The index generation {str(path)!r} has layout {manifest.layout}, expected {LAYOUT}. "
            f"{MEND}"
        )
    return manifest


def verify(path: Path, manifest: Manifest) -> None:
    """Raises IndexDamaged when a file is not the one that was written."""
    for name, expected in manifest.files.items():
        try:
            found = file_digest(path / name)
        except OSError as error:
            raise IndexDamaged(
                f"The index generation {str(path)!r} lacks its file {name!r}. {MEND}"
            ) from error
        if found != expected:
            raise IndexDamaged(
                f"The file {name!r} of the index generation {str(path)!r} has SHA-256 {found}, "
                f"expected {expected}. {MEND}"
            )


def write(folder: Path, shelf: Shelf, manifest: Manifest) -> Manifest:
    """Writes one generation whole and makes it current; returns it with its files' hashes."""
    place = folder / "generations"
    place.mkdir(parents=True, exist_ok=True)
    name = f"{manifest.generation:07d}"
    work = place / f".{name}.new"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    shelf.save(work)
    files = {path.name: file_digest(path) for path in sorted(work.iterdir())}
    full = Manifest(**{**asdict(manifest), "files": files})
    (work / MANIFEST).write_text(json.dumps(asdict(full), indent=1), encoding="utf-8")
    for path in work.iterdir():
        _sync(path)
    _sync(work)
    # A run killed before it switched may have left a folder of this name, which nothing reads.
    shutil.rmtree(place / name, ignore_errors=True)
    os.replace(work, place / name)
    _sync(place)
    replace_text(folder / "current", name)
    return full


def clean(folder: Path, *, current: int) -> None:
    """Removes all generations but the current one and the one before it."""
    names = sorted(path.name for path in (folder / "generations").iterdir())
    older = [name for name in names if name.isdigit() and int(name) < current]
    for name in names:
        if name != f"{current:07d}" and name not in older[-1:]:
            shutil.rmtree(folder / "generations" / name, ignore_errors=True)


def replace_text(path: Path, text: str) -> None:
    """Writes a small file whole, by one rename."""
    work = path.with_name(path.name + ".new")
    work.write_text(text, encoding="utf-8")
    _sync(work)
    os.replace(work, path)
    _sync(path.parent)


def covered(folder: Path, manifest: Manifest) -> int:
    """The store's revision up to which nothing changed that this generation lacks."""
    try:
        noted = json.loads((folder / "covers.json").read_text(encoding="utf-8"))
        same = noted["generation"] == manifest.generation
        return max(int(noted["revision"]), manifest.revision) if same else manifest.revision
    except (OSError, ValueError, KeyError, TypeError):
        return manifest.revision


def note_covered(folder: Path, manifest: Manifest, revision: int) -> None:
    """Notes that nothing up to `revision` changed what this generation says."""
    noted = {"generation": manifest.generation, "revision": revision}
    replace_text(folder / "covers.json", json.dumps(noted))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
