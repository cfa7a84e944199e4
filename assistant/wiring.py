"""Puts the rooms together from the settings; the only file that reads the environment.

Whatever is slow to load is imported by the function that needs it, so that a command that needs
none of it starts at once.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from assistant import wiring_model, wiring_monitor
from assistant.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.access.deliver import Deliverer
    from assistant.access.due import Rounds
    from assistant.access.office import Office
    from assistant.access.remind import Calendar
    from assistant.aide import Aide
    from assistant.bookshelf import Shelf
    from assistant.desk import Desk
    from assistant.faces.slack import SlackFace
    from assistant.identity import Identity
    from assistant.meter import Relay
    from assistant.metrics import Metrics
    from assistant.model_figures import ModelFigures
    from assistant.phrases import Books
    from assistant.rate import Rate
    from catalog_sync.store import Store
    from indexer.embed import Embedder
    from indexer.search import Hit, Search

LABELS = {
    "starter": "Starter catalogue",
    "cards": "Own cards",
    "mdc": "Mozilla Data Collective",
    "commonvoice": "Common Voice",
    "huggingface": "Hugging Face",
    "croissant": "Croissant files",
    "aws": "Registry of Open Data on AWS",
}
"""What people call each source."""
SITE = "Dataset assistant"
"""What this installation calls itself in letters."""


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


@cache
def shared_desk() -> Desk:
    """The one desk of this process, by the environment as it is at the first call."""
    return build_desk(Settings.from_env(os.environ))


@cache
def shared_rate() -> Rate:
    """How often one person or conversation of this process may ask."""
    from assistant.rate import Rate

    running = Settings.from_env(os.environ).running
    return Rate(running.questions_per_minute, clock=time.monotonic)


@cache
def build_metrics(settings: Settings) -> Metrics:
    """What counts and times the answers of the desk from now on."""
    from assistant.metrics import Metrics

    made = Metrics(
        lambda: wiring_monitor.standing(
            settings, build_store(settings), build_office(settings), now=now()
        )
    )
    _relay(settings).pass_to(made)
    return made


@cache
def _relay(settings: Settings) -> Relay:
    del settings
    from assistant.meter import Relay

    return Relay()


@cache
def build_desk(settings: Settings) -> Desk:
    """The desk; the index is opened by the first question that needs it.

    Raises:
        StoreError: The database cannot be used.
    """
    from assistant.desk import Desk
    from assistant.desk_parts import Parts
    from assistant.feedback import open_feedback
    from assistant.history import open_history
    from assistant.memory import open_memory
    from assistant.wishes import open_wishes

    return Desk(
        Parts(
            store=build_store(settings),
            search=SearchWhenAsked(settings),
            memory=open_memory(settings.database_url),
            wishes=open_wishes(settings.database_url),
            feedback=open_feedback(settings.database_url),
            history=open_history(settings.database_url),
            clock=now,
            labels=LABELS,
            open_office=lambda: build_office(settings),
            aide=build_aide(settings),
            meter=_relay(settings),
            books=build_books(settings),
        )
    )


def build_shelf(settings: Settings) -> Shelf:
    """Where the phrasebooks stand that people accepted."""
    from assistant.bookshelf import Shelf

    return Shelf(settings.data / "phrasebook")


@cache
def build_books(settings: Settings) -> Books:
    """The phrasebooks in force in this process."""
    return build_shelf(settings).books()


@cache
def model_figures() -> ModelFigures:
    """What the language model did in this process, for metrics."""
    from assistant.model_figures import ModelFigures

    return ModelFigures()


@cache
def build_aide(settings: Settings) -> Aide | None:
    """The language model at work; None when none is configured, and then nothing is called."""
    if not settings.llm.is_on:
        return None
    aide = wiring_model.aide(settings, model_figures(), clock=now)
    # The package and the tables take a second to load: not in anybody's question.
    threading.Thread(target=aide.warm, daemon=True).start()
    return aide


@cache
def build_office(settings: Settings) -> Office:
    """The office of access requests.

    Raises:
        StoreError: The database cannot be used.
        LedgerBroken: Its tables are of a newer release.
        SecretError: The secrets cannot be used.
    """
    from assistant.access.opening import open_office
    from assistant.access.watch_match import CatalogueMatcher
    from assistant.secret import open_box

    return open_office(
        settings.database_url,
        box=open_box(settings.secret, settings.data),
        store=build_store(settings),
        clock=now,
        administrators=settings.identity.administrators,
        labels=LABELS,
        webhook=bool(settings.deliver.webhook),
        draft_kept=settings.deliver.draft_kept,
        matcher=CatalogueMatcher(
            store=build_store(settings),
            clock=now,
            search=SearchWhenAsked(settings),
            indexed=lambda: covered_revision(settings),
        ),
        mail_note=settings.deliver.mail_note,
        besides=("slack",) if settings.slack.can_tell else (),
    )


@cache
def build_deliverer(settings: Settings) -> Deliverer:
    """What sends the messages of the outbox by mail, webhook and Slack."""
    from assistant.access.deliver import Deliverer, Sender, Ways
    from assistant.access.deliver_mail import FolderSender, SmtpSender
    from assistant.access.deliver_webhook import WebhookSender
    from assistant.access.lookup import RequestLookup
    from assistant.access.mail_server import mail_server

    told = settings.deliver
    parts = build_office(settings).parts
    mail: Sender = (
        SmtpSender(mail_server(told.smtp), sender=told.mail_from, clock=now)
        if told.smtp
        else FolderSender(settings.data / "mail", sender=told.mail_from, clock=now)
    )
    senders = {"mail": mail}
    if told.webhook:
        senders["webhook"] = WebhookSender(told.webhook, told.webhook_secrets, clock=now)
    if settings.slack.can_tell:
        from assistant.faces.slack_send import SlackSender

        senders["slack"] = SlackSender(build_slack(settings))
    lookup = RequestLookup(
        record=parts.record,
        links=build_identity(settings),
        url=settings.identity.url or f"http://{settings.host}:{settings.port}",
        calendar=calendar(settings),
        clock=now,
    )
    return Deliverer(parts.outbox, Ways(senders=senders, lookup=lookup, site=SITE), clock=now)


@cache
def build_rounds(settings: Settings) -> Rounds:
    """What reminds, lets end, flags changed terms and sweeps."""
    from assistant.access.due import Rounds

    parts = build_office(settings).parts
    return Rounds(
        record=parts.record,
        program=parts.ledger,
        catalogue=parts.catalogue,
        outbox=parts.outbox,
        calendar=calendar(settings),
        clock=now,
    )


def calendar(settings: Settings) -> Calendar:
    """When who is reminded."""
    from assistant.access.remind import Calendar

    told = settings.deliver
    return Calendar(
        owner_after=told.owner_after, before_end=told.before_end, draft_kept=told.draft_kept
    )


@cache
def shared_identity() -> Identity:
    """The one identity of this process, by the environment as it is at the first call."""
    return build_identity(Settings.from_env(os.environ))


@cache
def build_identity(settings: Settings) -> Identity:
    """The one place that knows who speaks.

    Raises:
        SecretError: The secrets cannot be used.
        SettingError: The site's key file cannot be read.
    """
    from assistant.identity import Identity
    from assistant.identity_store import open_identity_store
    from assistant.secret import open_box

    settings.data.mkdir(parents=True, exist_ok=True)
    return Identity(
        open_box(settings.secret, settings.data),
        settings.identity,
        open_identity_store(settings.database_url),
        clock=now,
    )


@cache
def build_slack(settings: Settings) -> SlackFace:
    """The Slack face, not yet started.

    Raises:
        SecretError: The secrets cannot be used.
    """
    from assistant.faces.slack import SlackFace
    from assistant.faces.slack_store import open_slack_store
    from assistant.secret import open_box

    settings.data.mkdir(parents=True, exist_ok=True)
    store = open_slack_store(settings.database_url, open_box(settings.secret, settings.data))
    return SlackFace(
        settings.slack, build_desk(settings), store, clock=now, url=settings.identity.url
    )


class SearchWhenAsked:
    """Opens the index at the first question, so that figures and cards need none."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def find(
        self, text: str, *, allowed: NDArray[np.int64] | None = None, top: int = 10
    ) -> Sequence[Hit]:
        """The best cards among those allowed; raises as `build_search`."""
        return build_search(self._settings).find(text, allowed=allowed, top=top)


@cache
def build_store(settings: Settings) -> Store:
    """The card store; raises `StoreError` when the database cannot be used."""
    from catalog_sync.store import open_store

    return open_store(settings.database_url)


@cache
def build_embedder(settings: Settings) -> Embedder:
    """The embedder, with nothing heavy loaded yet; raises `ModelError` when it is not there."""
    from indexer.embed import open_embedder

    return open_embedder(
        settings.model, precision=settings.precision, copies=settings.data / "models"
    )


@cache
def build_search(settings: Settings) -> Search:
    """The search over the current index.

    Raises:
        IndexMissing: `index` was never run.
        IndexDamaged: A file is not the one that was written.
        IndexMismatch: It was built with another model, or from another database.
    """
    from indexer.errors import IndexMismatch
    from indexer.search import Search

    search = Search.open(settings.index, build_embedder(settings))
    if search.manifest.store != build_store(settings).identity():
        raise IndexMismatch(
            f"The index in {str(settings.index)!r} was made from another database than this one, "
            "so its answers would be of other datasets. Run `dataset-assistant index`."
        )
    return search


def covered_revision(settings: Settings) -> int:
    """The store's revision that the current index covers; 0 where there is none."""
    from indexer.errors import SearchError

    try:
        return index_revision(settings)
    except SearchError:
        return 0


def index_revision(settings: Settings) -> int:
    """The store's revision that the current index covers; raises `IndexMissing`."""
    from indexer import generations

    manifest = generations.read_manifest(generations.current_path(settings.index))
    return generations.covered(settings.index, manifest)
