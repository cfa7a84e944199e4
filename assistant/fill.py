"""The filling flow: sources into the store, the store into the index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant import wiring
from assistant.settings import Settings
from catalog_sync.job import sync as run_sync
from catalog_sync.normalise import normalise
from catalog_sync.registry import open_source
from catalog_sync.report import SyncProgress, SyncReport
from catalog_sync.source import BadInput
from indexer.build import IndexReport, bring_up_to_date

Step = Callable[[str, int, int], None]
"""What is being done, how many are done, of how many; 0: not known."""


def sync(
    settings: Settings,
    names: Sequence[str],
    *,
    path: Path | None = None,
    url: str | None = None,
    limit: int | None = None,
    allow_withdrawals: bool = False,
    step: Step,
) -> Iterator[SyncReport]:
    """Read each source in turn; the reports come as the runs end.

    Raises:
        BadInput: a source, path or address that cannot be, told before anything is read.
        StoreBusy: another run is at work.
    """
    if (path or url) and len(names) != 1:
        raise BadInput(
            f"A path or address was given for {len(names)} sources ({', '.join(names)}). "
            "Expected one source: dataset-assistant sync SOURCE --path P."
        )
    environ = dict(settings.for_sources)
    sources = [open_source(name, path=path, url=url, environ=environ) for name in names]
    store = wiring.build_store(settings)
    for source in sources:

        def tell(progress: SyncProgress) -> None:
            step(f"reading {progress.source}", progress.read, 0)

        yield run_sync(
            source,
            store,
            normalise=normalise,
            clock=wiring.now,
            place=str(path or url or ""),
            limit=limit,
            allow_withdrawals=allow_withdrawals,
            progress=tell,
        )


def index(settings: Settings, *, rebuild: bool = False, step: Step) -> IndexReport:
    """Bring the index up to the store; the model is loaded only when something is to embed.

    Raises:
        IndexBusy: another process is building here.
        IndexDamaged: the current index is damaged; `rebuild` mends it.
        ModelError: the model cannot be used.
    """
    return bring_up_to_date(
        wiring.build_store(settings),
        settings.index,
        wiring.build_embedder(settings),
        rebuild=rebuild,
        progress=step,
    )
