"""What `doctor` looks at: each part alone, so that one broken part does not hide the others."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from assistant import wiring
from assistant.commands import checks_llm, checks_mail, checks_phrases, checks_requests
from assistant.commands.check import Check, made
from assistant.commands.reach import NOT_REACHED, reached
from assistant.settings import Settings
from catalog_sync.registry import open_source
from catalog_sync.source import BadInput

STALE = timedelta(days=30)


def examine(settings: Settings) -> list[Check]:
    """Every check in order; a part that cannot be looked at is a check that failed."""
    parts: tuple[tuple[str, Callable[[Settings], Iterator[Check]]], ...] = (
        ("program", program),
        ("data folder", data_folder),
        ("database", database),
        ("sources", sources),
        ("live catalogues", live),
        ("held cards", held),
        ("index", index),
        ("model", model),
        ("model copy", model_copy),
        (checks_llm.WHAT, checks_llm.language_model),
        ("phrasebooks", checks_phrases.phrasebooks),
        ("schedule", schedule),
        ("requests", requests),
        ("slack", slack),
        ("mail", checks_mail.mail),
        ("deliveries", checks_mail.deliveries),
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
    if not made(settings):
        yield Check(what="database", ok=False, found="not there yet",
                    mend="Run `dataset-assistant sync starter --index`.")  # fmt: skip
        return
    revision = wiring.build_store(settings).revision()
    yield Check(what="database", ok=True, found=f"{kind}, revision {revision}")


def sources(settings: Settings) -> Iterator[Check]:
    """How far each source was read, and which records failed."""
    if not made(settings):
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
            mend=f"Run `dataset-assistant sync {sync_words(one.source, settings)} --index`."
            if old or one.stopped
            else "",
        )
    for name in set(settings.sources) - {one.source for one in known}:
        yield Check(what=f"source {name}", ok=False, found="never read",
                    mend=f"Run `dataset-assistant sync {name} --index`.")  # fmt: skip


def sync_words(name: str, settings: Settings) -> str:
    """The source as `sync` takes it: one without a live service is read from a path."""
    try:
        open_source(name, environ=dict(settings.for_sources))
    except BadInput:
        return f"{name} --path P"
    return name


def live(settings: Settings) -> Iterator[Check]:
    """Which live catalogues answer; one that does not is no fault of this installation."""
    for name, found in reached(settings):
        yield Check(what=f"live {name}", ok=True, found=found, note=NOT_REACHED in found)


def held(settings: Settings) -> Iterator[Check]:
    """How many cards are kept out of sight; that is no fault, but somebody should look."""
    if not made(settings):
        return
    count = len(wiring.build_store(settings).holds())
    found = f"{count}; `dataset-assistant holds` lists them" if count else "none"
    yield Check(what="held cards", ok=True, found=found, note=count > 0)


def index(settings: Settings) -> Iterator[Check]:
    """Whether it opens, is whole, and covers the store."""
    from indexer import generations

    manifest = wiring.build_search(settings).manifest
    at = datetime.fromtimestamp(generations.current_path(settings.index).stat().st_mtime, UTC)
    if not made(settings):
        yield Check(what="index", ok=False, found="there, but its database is not",
                    mend="Run `dataset-assistant sync` with `--index`.")  # fmt: skip
        return
    store = wiring.build_store(settings)
    behind = store.revision() - wiring.index_revision(settings)
    yield Check(
        what="index",
        ok=behind == 0,
        found=f"generation {manifest.generation} of {at:%Y-%m-%d %H:%M} UTC, "
        f"{manifest.cards} cards, {manifest.passages} passages, "
        + (f"{behind} revisions behind the database" if behind else "up to the database"),
        mend="Run `dataset-assistant index`." if behind else "",
    )


def model(settings: Settings) -> Iterator[Check]:
    """Whether the embedding model is there and is the one it claims to be."""
    embedder = wiring.build_embedder(settings)
    embedder.question("a question")
    yield Check(what="model", ok=True, found=f"{embedder.name}, {embedder.dimension} numbers")


def model_copy(settings: Settings) -> Iterator[Check]:
    """Whether questions can be embedded without torch; slower is no fault."""
    from indexer.embed_copy import read_made

    name = wiring.build_embedder(settings).name
    copies = [read_made(place) for place in (settings.data / "models").glob("*")]
    there = any(copy is not None and copy.model == name for copy in copies)
    found = "there: questions need no torch" if there else (
        "none: the first question of a process takes seconds; `dataset-assistant index` makes one"
    )  # fmt: skip
    yield Check(what="model copy", ok=True, found=found, note=not there)


def schedule(settings: Settings) -> Iterator[Check]:
    """How the catalogue is kept fresh."""
    every = settings.sync_every_s
    found = f"every {timedelta(seconds=every)}" if every else "none (SYNC_EVERY is not set)"
    yield Check(what="schedule", ok=True, found=found)


def requests(settings: Settings) -> Iterator[Check]:
    """Whether the record of access requests is whole; looking must not make one."""
    if made(settings):
        yield from checks_requests.ledger(settings)


def slack(settings: Settings) -> Iterator[Check]:
    """Whether the Slack app's settings, tokens and scopes are whole; unset is no fault."""
    if not settings.slack.is_set or not made(settings):
        found = "not looked at: no database yet" if settings.slack.is_set else "not set up"
        yield Check(what="slack", ok=True, found=found)
        return
    from assistant.faces import slack_doctor

    for one in slack_doctor.look(wiring.build_slack(settings)):
        yield Check(what=one.what, ok=one.ok, found=one.found, mend=one.mend, note=one.note)
