"""Anyone's catalogue in our own format: JSON lines, one dataset a line (docs/sources.md).

A file, a folder of files, or the address of one file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from catalog_sync.http import PoliteClient, shown
from catalog_sync.source import BadInput, Cursor, Failed, Gone, Item, RawRecord
from catalog_sync.sources import cards_line, folder, wire

NAME = "cards"
SUFFIXES = frozenset({".jsonl", ".ndjson"})
_LINES_PER_CURSOR = 200
_MOST_BYTES = 1_000_000
"""Of one line; a longer one is not one dataset."""


class Cards:
    """Reads from `path` or from `url`."""

    name = NAME
    homepage = "https://jsonlines.org"
    terms_of_api = "https://jsonlines.org"

    def __init__(
        self,
        *,
        path: Path | None = None,
        url: str | None = None,
        client: PoliteClient | None = None,
    ) -> None:
        if (path is None) == (url is None):
            raise BadInput(
                "Source 'cards' has no catalogue of its own. Expected --path (a .jsonl file or a "
                "folder of them) or --url (the address of one)."
            )
        if url is not None and wire.web_address(url) is None:
            raise BadInput(f"{shown(url)!r} is no address. Expected http:// or https://.")
        self._path = path
        self._url = url
        self._client = client or PoliteClient()

    def read(self, cursor: Cursor | None) -> Iterator[Item]:
        """Every line once; see `Source.read`."""
        yield from read_files(self._files(), cursor, source=NAME)

    def look(self, native_id: str) -> RawRecord | Gone | Failed:
        """The line with this id as the files hold it."""
        for item in read_files(self._files(), None, source=NAME):
            if isinstance(item, RawRecord | Failed) and item.native_id == native_id:
                return item
        place = str(self._path) if self._path is not None else shown(self._url or "")
        return Gone(native_id=native_id, why=f"no longer in {place!r}")

    def _files(self) -> Iterator[tuple[str, bytes]]:
        if self._path is not None:
            for name, file in folder.files(self._path, suffixes=SUFFIXES, source=NAME):
                yield name, _bytes_of(file)
        elif self._url is not None:
            with self._client:
                answer = self._client.get(self._url, what="a file of cards")
            yield shown(self._url), answer.body


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(
            f"Source {NAME!r} cannot read {str(file)!r}: {error.strerror}. Check its permissions."
        ) from error


def read_files(
    files: Iterable[tuple[str, bytes]], cursor: Cursor | None, *, source: str
) -> Iterator[Item]:
    """Records of `source` from (name, content) pairs that come in the same order each time."""
    done = _done(cursor)
    first: dict[str, str] = {}
    for name, content in files:
        last = 0
        lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
        for number, line in enumerate(lines, start=1):
            last = number
            if not line.strip():
                continue
            item = _read_line(line, f"{name}, line {number}", source=source, first=first)
            if done is not None and (name, number) <= done:
                continue
            yield item
            if number % _LINES_PER_CURSOR == 0:
                yield _cursor(name, number)
        if done is None or (name, last) > done:
            yield _cursor(name, last)


def _cursor(name: str, line: int) -> Cursor:
    return Cursor(state={"file": name, "line": line})


def _done(cursor: Cursor | None) -> tuple[str, int] | None:
    if cursor is None:
        return None
    name, line = wire.text(cursor.state.get("file")), wire.count(cursor.state.get("line"))
    return (name, line) if name is not None and line is not None else None


def _read_line(
    line: bytes, where: str, *, source: str, first: dict[str, str]
) -> RawRecord | Failed:
    try:
        if len(line) > _MOST_BYTES:
            raise ValueError(f"is longer than {_MOST_BYTES:,} bytes; expected one dataset")
        card = cards_line.read(line.decode("utf-8"))
    except UnicodeDecodeError:
        return Failed(native_id=where, where=where, why="is not UTF-8 text")
    except ValueError as error:
        return Failed(native_id=where, where=where, why=str(error))
    if card.id in first:
        why = f"field 'id' is {card.id!r}, as in {first[card.id]}; expected each id once"
        return Failed(native_id=where, where=where, why=why)
    first[card.id] = where
    return cards_line.record(card, source=source, where=where)


def make(*, path: Path | None, url: str | None, environ: Mapping[str, str]) -> Cards:
    """The source over a file, a folder or an address."""
    return Cards(path=path, url=url)
