"""How things stand, put together from every room that knows a part of it, for monitoring."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.access.office import Office
    from assistant.access.outbox_queue import Outbox
    from assistant.metrics import Standing
    from catalog_sync.store import Store


def standing(settings: Settings, store: Store, office: Office, *, now: datetime) -> Standing:
    """Requests by state, the outbox, the catalogue and its index, at this moment."""
    from assistant.metrics import Standing

    sources = store.freshness()
    read_at = [source.complete_at for source in sources if source.complete_at is not None]
    outbox = _outbox(settings.database_url).figures()
    index = _index(settings)
    return Standing(
        requests={str(state): count for state, count in office.counts().items()},
        outbox_waiting=outbox.waiting,
        outbox_failed=outbox.failed,
        outbox_age_s=_since(outbox.oldest_due, now) or 0.0,
        datasets=sum(source.visible for source in sources),
        catalogue_age_s=_since(min(read_at, default=None), now),
        index_age_s=_since(index[1], now) if index else None,
        index_behind=max(0, store.revision() - index[0]) if index else None,
    )


def _since(at: datetime | None, now: datetime) -> float | None:
    return None if at is None else max(0.0, (now - at).total_seconds())


@cache
def _outbox(url: str) -> Outbox:
    from assistant.access.outbox_queue import Outbox
    from assistant.access.tables import open_engine

    return Outbox(open_engine(url))


def _index(settings: Settings) -> tuple[int, datetime] | None:
    """The revision that the current index covers, and when that was last noted; None: no index."""
    from indexer import generations
    from indexer.errors import SearchError

    try:
        path = generations.current_path(settings.index)
        revision = generations.covered(settings.index, generations.read_manifest(path))
    except SearchError:
        return None
    noted = (path / generations.MANIFEST, settings.index / "covers.json")
    at = max(file.stat().st_mtime for file in noted if file.exists())
    return revision, datetime.fromtimestamp(at, UTC)
