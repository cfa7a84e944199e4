"""A small Mozilla Data Collective that follows the published contract, composed by us."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.catalog_sync.sources.loopback import Asked, Reply, json_reply


def dataset(number: int, **changed: object) -> dict[str, object]:
    """A `DatasetSummary` with every field that the contract requires."""
    native_id = f"c{number:07d}data"
    return {
        "id": native_id,
        "slug": f"river-songs-{number}",
        "name": f"River Songs {number}",
        "shortDescription": f"Songs of river number {number}.",
        "longDescription": f"Recorded songs of river number {number}, sung by its neighbours.",
        "sizeBytes": 1000 + number,
        "checksum": None,
        "createdAt": "2026-02-03T04:05:06.000Z",
        "organization": {"name": "River Choir", "slug": "river-choir"},
        "locale": "cy",
        "license": "Creative Commons Zero v1.0 Universal",
        "licenseAbbreviation": "CC0-1.0",
        "task": "ASR",
        "format": "MP3, TSV",
        "datasetUrl": f"https://mozilladatacollective.com/datasets/{native_id}",
        "filename": f"river-songs-{number}.tar.gz",
        "isPaid": False,
        "basePriceCents": None,
        **changed,
    }


@dataclass
class Collective:
    """Answers list, detail and metadata calls from `datasets`, newest first."""

    datasets: list[dict[str, object]]
    gone: dict[str, int] = field(default_factory=dict)
    """id -> 404 or 410, for the detail call."""
    metadata: dict[str, dict[str, object]] = field(default_factory=dict)
    before_list: Callable[[int], Reply | None] = lambda page: None
    """Called with the page's number before each list call; may change the catalogue."""

    def __call__(self, asked: Asked) -> Reply:
        parts = asked.path.removeprefix("/api/datasets").strip("/").split("/")
        if not asked.path.startswith("/api/datasets"):
            return json_reply({"error": "Not found"}, status=404)
        if parts == [""]:
            return self._list(asked)
        if parts[1:] == ["metadata"]:
            found = self.metadata.get(parts[0])
            return json_reply(found) if found else json_reply({"error": "None"}, status=422)
        return self._detail(parts[0])

    def _list(self, asked: Asked) -> Reply:
        limit, page = int(asked.query.get("limit", "24")), int(asked.query.get("page", "1"))
        if not 1 <= limit <= 100 or page < 1:
            return json_reply({"error": "Invalid query"}, status=400)
        instead = self.before_list(page)
        if instead is not None:
            return instead
        start = (page - 1) * limit
        shown = self.datasets[start : start + limit]
        return json_reply({"items": shown, "total": len(self.datasets)})

    def _detail(self, native_id: str) -> Reply:
        if native_id in self.gone:
            return json_reply({"error": "Dataset removed"}, status=self.gone[native_id])
        found = [row for row in self.datasets if native_id in (row["id"], row["slug"])]
        return json_reply(found[0]) if found else json_reply({"error": "Not found"}, status=404)
