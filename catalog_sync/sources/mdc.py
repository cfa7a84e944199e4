"""Mozilla Data Collective: its public catalogue, page by page, or a listing saved on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from catalog_sync.http import PoliteClient, shown
from catalog_sync.source import (
    BadInput,
    Cursor,
    Failed,
    Gone,
    Item,
    RawRecord,
    SourceBroken,
    SourceError,
)
from catalog_sync.sources import folder, mdc_record, wire

API_URL = f"{mdc_record.SITE}/api"
PAGE = 100
WALKS = 3
"""A list that keeps moving is walked this often before the run ends incomplete."""
_MOST_BYTES = 200_000_000
"""Of one saved listing."""
_METADATA_FAILURES = 3
"""So many metadata calls failing in a row mean that the service is down, not one record."""
_REFUSALS = frozenset({400, 402, 403, 404, 410, 422})


@dataclass(slots=True)
class _Walk:
    """What one run has met; `seen` lives on over a broken run, `here` is this walk's own."""

    number: int = 1
    page: int = 1
    total: int | None = None
    seen: dict[str, None] = field(default_factory=dict)
    here: dict[str, None] = field(default_factory=dict)
    unread: int = 0
    moved: bool = False

    @classmethod
    def go_on(cls, state: Mapping[str, object]) -> _Walk:
        walk = cls()
        walk.number = wire.count(state.get("walk")) or 1
        walk.page = wire.count(state.get("page")) or 1
        walk.total = wire.count(state.get("total"))
        walk.seen = dict.fromkeys(wire.texts(state.get("seen")))
        walk.here = dict.fromkeys(wire.texts(state.get("here")))
        walk.unread = wire.count(state.get("unread")) or 0
        walk.moved = state.get("moved") is True
        return walk

    def cursor(self) -> Cursor:
        return Cursor(
            state={
                "walk": self.number,
                "page": self.page,
                "total": self.total,
                "seen": list(self.seen),
                "here": list(self.here),
                "unread": self.unread,
                "moved": self.moved,
            }
        )

    def again(self) -> None:
        self.number += 1
        self.page, self.total, self.unread, self.moved = 1, None, 0, False
        self.here = {}


class Mdc:
    """The live service by default, any server of its contract by `url`, saved files by `path`."""

    name = mdc_record.NAME
    homepage = mdc_record.SITE
    terms_of_api = f"{mdc_record.SITE}/terms"

    def __init__(
        self,
        *,
        path: Path | None = None,
        url: str | None = None,
        metadata: bool = False,
        client: PoliteClient | None = None,
    ) -> None:
        """`metadata` also asks for each dataset's Croissant metadata: one more call a dataset."""
        self._path = path
        self._holdings = folder.Holdings(lambda: self.read(None), place=str(path))
        self._url = (url or API_URL).rstrip("/")
        self._metadata = metadata
        self._client = client or PoliteClient()
        self._failing = 0

    def read(self, cursor: Cursor | None) -> Iterator[Item]:
        """Every dataset once; see `Source.read`."""
        if self._path is not None:
            yield from _read_disk(self._path, cursor)
            return
        with self._client:
            yield from self._read_service(cursor)

    def look(self, native_id: str) -> RawRecord | Gone | Failed:
        """The dataset by its detail call; `Gone` only on 404 or 410."""
        if self._path is not None:
            return self._holdings.look(native_id)
        address = f"{self._url}/datasets/{quote(native_id, safe='')}"
        with self._client:
            answer, body = self._client.get_json(
                address, what=f"dataset {native_id!r}", expected=_REFUSALS
            )
        if answer.status in {404, 410}:
            return Gone(native_id=native_id, why=_refusal(answer.status, body))
        if answer.status != 200:
            return Failed(
                native_id=native_id, where=shown(address), why=_refusal(answer.status, body)
            )
        return self._record(body, f"dataset {native_id!r}", shown(address))

    def _read_service(self, cursor: Cursor | None) -> Iterator[Item]:
        walk = _Walk.go_on(cursor.state if cursor else {})
        before: frozenset[str] | None = None
        while True:
            yield from self._pages(walk)
            here = frozenset(walk.here)
            if not walk.moved and len(here) + walk.unread == walk.total:
                break
            if walk.number >= WALKS or here == before:
                raise SourceBroken(
                    f"The list of {shown(self._url)} says {walk.total} datasets and shows "
                    f"{len(here)} after {walk.number} walks. Expected all of them; what was met is "
                    "kept and nothing is withdrawn. Run the sync again later."
                )
            before = here
            walk.again()
            yield walk.cursor()
        for native_id in [known for known in walk.seen if known not in walk.here]:
            found = self.look(native_id)
            if isinstance(found, Gone):
                yield found

    def _pages(self, walk: _Walk) -> Iterator[Item]:
        while True:
            rows, total = self._page(walk.page)
            walk.moved = walk.moved or (walk.total is not None and walk.total != total)
            walk.total = total
            for place, row in enumerate(rows, start=1):
                label = f"page {walk.page}, item {place}"
                found = self._record(row, label, f"{shown(self._url)}/datasets, {label}")
                if found.native_id == label:
                    walk.unread += 1
                    yield found
                    continue
                walk.moved = walk.moved or found.native_id in walk.here
                walk.here[found.native_id] = None
                if found.native_id not in walk.seen:
                    walk.seen[found.native_id] = None
                    yield self._enriched(found)
            walk.page += 1
            yield walk.cursor()
            if not rows or (walk.page - 1) * PAGE >= total:
                return

    def _page(self, number: int) -> tuple[list[object], int]:
        _, body = self._client.get_json(
            f"{self._url}/datasets",
            what=f"page {number} of the datasets",
            params={"limit": PAGE, "page": number, "sort": "newest", "sortDirection": "desc"},
        )
        page = wire.mapping(body)
        rows, total = page.get("items"), wire.count(page.get("total"))
        if not isinstance(rows, list) or total is None:
            raise SourceBroken(
                f"Page {number} of {shown(self._url)}/datasets has the fields "
                f"{sorted(page)[:10]}. Expected 'items' (a list) and 'total' (a number); "
                "check that MDC_API_URL is the address of the collective's API."
            )
        return rows, total

    def _record(self, row: object, label: str, where: str) -> RawRecord | Failed:
        try:
            return mdc_record.from_summary(wire.mapping(row), where=where)
        except ValueError as error:
            known = wire.text(wire.mapping(row).get("id"))
            return Failed(native_id=known or label, where=where, why=str(error))

    def _enriched(self, found: RawRecord | Failed) -> RawRecord | Failed:
        if not self._metadata or isinstance(found, Failed):
            return found
        try:
            answer, body = self._client.get_json(
                f"{self._url}/datasets/{quote(found.native_id, safe='')}/metadata",
                what=f"the metadata of {found.native_id!r}",
                headers={"Accept": "application/ld+json, application/json"},
                expected=_REFUSALS,
            )
        except SourceError:
            self._failing += 1
            if self._failing >= _METADATA_FAILURES:
                raise
            return found
        self._failing = 0
        if answer.status != 200:
            return found
        return mdc_record.with_metadata(found, wire.mapping(body))


def _refusal(status: int, body: object) -> str:
    said = wire.text(wire.mapping(body).get("error"), most=200)
    return f"the detail call answered {status}" + (f": {said}" if said else "")


def _read_disk(path: Path, cursor: Cursor | None) -> Iterator[Item]:
    done = folder.after(cursor)
    seen: set[str] = set()
    for name, file in folder.files(path, suffixes={".json"}, source=Mdc.name):
        for found in _rows_of(name, file):
            fresh = found.native_id not in seen
            seen.add(found.native_id)
            if fresh and not (done is not None and name <= done):
                yield found
        if done is None or name > done:
            yield folder.file_cursor(name)


def _rows_of(name: str, file: Path) -> Iterator[RawRecord | Failed]:
    try:
        content: object = json.loads(folder.text_of(file, most_bytes=_MOST_BYTES))
    except (OSError, ValueError, RecursionError) as error:
        yield Failed(native_id=name, where=name, why=f"cannot be read as JSON: {error}")
        return
    rows = content if isinstance(content, list) else wire.mapping(content).get("items", [content])
    for place, row in enumerate(wire.items(rows), start=1):
        record = wire.mapping(row)
        known = wire.text(record.get("id")) or f"{name}, item {place}"
        where = f"{name}, item {place}"
        make = mdc_record.from_summary if mdc_record.is_summary(record) else mdc_record.from_listing
        try:
            yield make(record, where=where)
        except ValueError as error:
            yield Failed(native_id=known, where=where, why=str(error))


def make(*, path: Path | None, url: str | None, environ: Mapping[str, str]) -> Mdc:
    """The source by its settings: `MDC_API_URL`, `MDC_READ_METADATA`."""
    said = environ.get("MDC_READ_METADATA", "0")
    if said not in {"0", "1"}:
        raise BadInput(f"MDC_READ_METADATA is {said!r}. Expected 0 or 1.")
    return Mdc(path=path, url=url or environ.get("MDC_API_URL") or None, metadata=said == "1")
