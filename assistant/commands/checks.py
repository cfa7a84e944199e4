"""What `doctor` looks at: each part alone, so that one broken part does not hide the others."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version

from assistant import wiring
from assistant.settings import Settings

STALE = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One part, as it was found."""

    what: str
    ok: bool
    found: str
    mend: str = ""


def examine(settings: Settings) -> list[Check]:
    """Every check in order; a part that cannot be looked at is a check that failed."""
    parts: tuple[tuple[str, Callable[[Settings], Iterator[Check]]], ...] = (
        ("program", program),
        ("data folder", data_folder),
        ("database", database),
        ("sources", sources),
        ("held cards", held),
        ("index", index),
        ("model", model),
        ("schedule", schedule),
    )
    found: list[Check] = []
    for what, look in parts:
        try:
            found += look(settings)
        except Exception as why:
            found.append(Check(what=what, ok=False, found=str(why) or type(why).__name__))
    return found


def program(_settings: Settings) -> Iterator[Check]:
    """Which release runs on which Python."""
    yield Check(
        what="program",
        ok=True,
        found=f"{version('dataset-assistant')} on Python {sys.version.split()[0]}",
    )


def data_folder(settings: Settings) -> Iterator[Check]:
    """Whether it can be written to."""
    place = settings.data
    while not place.exists() and place != place.parent:
        place = place.parent
    ok = os.access(place, os.W_OK)
    yield Check(
        what="data folder",
        ok=ok,
        found=str(settings.data.resolve()),
        mend="" if ok else "Choose a folder you may write to: --data or DATASET_ASSISTANT_DATA.",
    )


def database(settings: Settings) -> Iterator[Check]:
    """Whether it answers, and how far it is."""
    kind = settings.database_url.split(":", 1)[0].split("+")[0]
    if kind == "sqlite" and not (settings.data / "catalog.db").exists():
        yield Check(what="database", ok=False, found="not there yet",
                    mend="Run `dataset-assistant sync starter --index`.")  # fmt: skip
        return
    revision = wiring.build_store(settings).revision()
    yield Check(what="database", ok=True, found=f"{kind}, revision {revision}")


def sources(settings: Settings) -> Iterator[Check]:
    """How far each source was read, and which records failed."""
    if settings.database_url.startswith("sqlite") and not settings.data.exists():
        return
    store = wiring.build_store(settings)
    known = store.freshness()
    for one in known:
        whole = one.complete_at
        old = whole is None or wiring.now() - whole > STALE
        when = f"read whole {whole:%Y-%m-%d %H:%M} UTC" if whole else "never read whole"
        failed = f", {one.failed} records could not be read" if one.failed else ""
        yield Check(
            what=f"source {one.source}",
            ok=not old and one.stopped is None,
            found=f"{one.visible} datasets, {when}{failed}"
            + (f"; stopped: {one.stopped}" if one.stopped else ""),
            mend=f"Run `dataset-assistant sync {one.source} --index`."
            if old or one.stopped
            else "",
        )
    for name in set(settings.sources) - {one.source for one in known}:
        yield Check(what=f"source {name}", ok=False, found="never read",
                    mend=f"Run `dataset-assistant sync {name} --index`.")  # fmt: skip


def held(settings: Settings) -> Iterator[Check]:
    """How many cards are kept out of sight; that is no fault, but somebody should look."""
    if settings.database_url.startswith("sqlite") and not settings.data.exists():
        return
    count = len(wiring.build_store(settings).holds())
    found = f"{count}; `dataset-assistant holds` lists them" if count else "none"
    yield Check(what="held cards", ok=True, found=found)


def index(settings: Settings) -> Iterator[Check]:
    """Whether it opens, is whole, and covers the store."""
    manifest = wiring.build_search(settings).manifest
    behind = wiring.build_store(settings).revision() - wiring.index_revision(settings)
    yield Check(
        what="index",
        ok=behind == 0,
        found=f"generation {manifest.generation}, {manifest.cards} cards, "
        f"{manifest.passages} passages" + (f", {behind} revisions behind" if behind else ""),
        mend="Run `dataset-assistant index`." if behind else "",
    )


def model(settings: Settings) -> Iterator[Check]:
    """Whether the embedding model is there and is the one it claims to be."""
    embedder = wiring.build_embedder(settings)
    embedder.question("a question")
    yield Check(what="model", ok=True, found=f"{embedder.name}, {embedder.dimension} numbers")


def schedule(settings: Settings) -> Iterator[Check]:
    """How the catalogue is kept fresh."""
    every = settings.sync_every_s
    found = f"every {timedelta(seconds=every)}" if every else "none (SYNC_EVERY is not set)"
    yield Check(what="schedule", ok=True, found=found)
