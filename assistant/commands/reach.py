"""Whether the live catalogues that are configured answer, within a few seconds."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping

from assistant.settings import Settings, read
from catalog_sync.http import Manners, PoliteClient, shown
from catalog_sync.source import BadInput, SourceError

ENDPOINTS: Mapping[str, tuple[str, str]] = {
    "mdc": ("MDC_API_URL", "/datasets"),
    "huggingface": ("HF_ENDPOINT", "/api/datasets"),
}
"""Source -> the setting that holds its address, and the list of datasets below it."""
ANY_STATUS = frozenset(range(100, 600))
NOT_REACHED = "not reached"
OFFLINE = {"1", "ON", "YES", "TRUE"}
TOGETHER_S = 6.0
"""All of them are given up after this, name lookup included."""
MANNERS = Manners(gap_s=0.0, connect_s=3.0, read_s=3.0, answer_s=4.0, tries=1)


def reached(settings: Settings) -> Iterator[tuple[str, str]]:
    """(source, what was found) of each live catalogue that the settings name."""
    environ = dict(settings.for_sources)
    found: dict[str, str] = {}
    waiting: list[tuple[str, threading.Thread]] = []
    for name, (setting, below) in ENDPOINTS.items():
        if name not in settings.sources and setting not in environ:
            continue
        if name == "huggingface" and environ.get("HF_HUB_OFFLINE", "").upper() in OFFLINE:
            found[name] = "not asked (HF_HUB_OFFLINE is set)"
            continue
        address = read(environ, setting).rstrip("/")
        asking = threading.Thread(
            target=lambda name=name, url=address + below: found.update({name: asked(url)}),
            daemon=True,
        )
        asking.start()
        waiting.append((name, asking))
    for _, asking in waiting:
        asking.join(TOGETHER_S / len(waiting))
    for name in ENDPOINTS:
        if name in found:
            yield name, found[name]
        elif any(name == each for each, _ in waiting):
            yield name, f"{NOT_REACHED}: no answer within {TOGETHER_S:.0f} seconds"


def asked(url: str) -> str:
    """What one server said, in words; never raises for a server's or a network's failure."""
    try:
        with PoliteClient(manners=MANNERS) as client:
            status = client.get(
                url, what="one dataset", params={"limit": 1}, expected=ANY_STATUS
            ).status
    except (SourceError, BadInput) as why:
        return f"{shown(url)} {NOT_REACHED}: {why.__cause__ or why}"
    return f"{shown(url)} answers" + ("" if status == 200 else f" with status {status}")
