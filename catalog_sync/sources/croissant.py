"""Croissant metadata, 0.8 to 1.1: one JSON-LD file, a folder of them, or an address."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from catalog_sync.http import PoliteClient, shown
from catalog_sync.source import BadInput, Cursor, Failed, Gone, Item, RawRecord
from catalog_sync.sources import croissant_record, folder, wire
from catalog_sync.sources.json_ld import datasets

_FILES_PER_CURSOR = 100
_MOST_BYTES = 64_000_000
"""Of one file."""
_MOST_SLUG_CHARS = 100


class Croissant:
    """Reads from `path` or from `url`; there is no central catalogue of Croissant files."""

    name = croissant_record.NAME
    homepage = "https://mlcommons.org/working-groups/data/croissant/"
    terms_of_api = "https://docs.mlcommons.org/croissant/docs/croissant-spec.html"

    def __init__(
        self,
        *,
        path: Path | None = None,
        url: str | None = None,
        client: PoliteClient | None = None,
    ) -> None:
        if (path is None) == (url is None):
            raise BadInput(
                "Source 'croissant' has no catalogue of its own. "
                "Expected --path (a file or a folder) or --url (the address of one file)."
            )
        if url is not None and wire.web_address(url) is None:
            raise BadInput(f"{shown(url)!r} is no address. Expected http:// or https://.")
        self._path = path
        self._url = url
        self._client = client or PoliteClient()
        place = str(path) if path is not None else shown(url or "")
        self._holdings = folder.Holdings(lambda: self.read(None), place=place)

    def read(self, cursor: Cursor | None) -> Iterator[Item]:
        """Every dataset that the files describe; see `Source.read`."""
        if self._path is not None:
            yield from _read_disk(self._path, cursor)
        elif self._url is not None:
            with self._client:
                _, document = self._client.get_json(
                    self._url,
                    what="its Croissant metadata",
                    headers={"Accept": "application/ld+json, application/json"},
                )
            yield from _records(
                document, stem=slug(self._url), where=shown(self._url), address=self._url
            )

    def look(self, native_id: str) -> RawRecord | Gone | Failed:
        """The record as the files, or the address, hold it."""
        return self._holdings.look(native_id)


def slug(address: str) -> str:
    """An id for the document at `address`: host and path, lower case, letters and digits."""
    parsed = urlsplit(address)
    place = f"{parsed.hostname or ''}{parsed.path}".lower()
    plain = re.sub(r"[^a-z0-9]+", "-", place).strip("-")
    if len(plain) <= _MOST_SLUG_CHARS and not parsed.query:
        return plain
    mark = hashlib.sha256(address.encode()).hexdigest()[:8]
    return f"{plain[:_MOST_SLUG_CHARS]}-{mark}"


def _read_disk(path: Path, cursor: Cursor | None) -> Iterator[Item]:
    done = folder.after(cursor)
    stems: dict[str, str] = {}
    since_cursor = 0
    for name, file in folder.files(path, suffixes={".json", ".jsonld"}, source=Croissant.name):
        stem = name.rsplit(".", 1)[0]
        twin = stems.setdefault(stem, name)
        if done is not None and name <= done:
            continue
        if twin != name:
            yield Failed(native_id=name, where=name, why=f"has the same id as {twin!r}; rename it")
        else:
            yield from _from_file(name, stem, file)
        since_cursor += 1
        if since_cursor == _FILES_PER_CURSOR:
            since_cursor = 0
            yield folder.file_cursor(name)


def _from_file(name: str, stem: str, file: Path) -> Iterator[Item]:
    try:
        document: object = json.loads(folder.text_of(file, most_bytes=_MOST_BYTES))
    except (OSError, ValueError, RecursionError) as error:
        yield Failed(native_id=stem, where=name, why=f"cannot be read as JSON: {error}")
        return
    yield from _records(document, stem=stem, where=name, address=None)


def _records(document: object, *, stem: str, where: str, address: str | None) -> Iterator[Item]:
    found = datasets(document)
    if not found:
        yield Failed(
            native_id=stem, where=where, why="describes no Dataset; expected Croissant JSON-LD"
        )
    for place, node in enumerate(found, start=1):
        native_id = stem if len(found) == 1 else f"{stem}#{place}"
        yield croissant_record.record(node, native_id=native_id, where=where, address=address)


def make(*, path: Path | None, url: str | None, environ: Mapping[str, str]) -> Croissant:
    """The source; it has no settings."""
    del environ
    return Croissant(path=path, url=url)
