"""Files of a source on disk, in an order that a broken run can go on from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from catalog_sync.source import BadInput, Cursor, Failed, Gone, Item, RawRecord


def files(path: Path, *, suffixes: Collection[str], source: str) -> Iterator[tuple[str, Path]]:
    """(name relative to the folder, with "/"; file), by name; hidden files are not read.

    A single file is taken whatever its ending. Raises `BadInput` when nothing is there.
    """
    if path.is_file():
        yield path.name, path
        return
    if not path.is_dir():
        raise BadInput(
            f"Source {source!r} was given {str(path)!r}, which is not there. "
            "Expected a file or a folder; check the path."
        )
    found = {
        file.relative_to(path).as_posix(): file
        for file in path.rglob("*")
        if file.suffix.lower() in suffixes and file.is_file()
    }
    names = sorted(
        name for name in found if not any(part.startswith(".") for part in name.split("/"))
    )
    if not names:
        raise BadInput(
            f"Source {source!r} found no file ending in {', '.join(sorted(suffixes))} under "
            f"{str(path)!r}. Check the path."
        )
    for name in names:
        yield name, found[name]


def text_of(file: Path, *, most_bytes: int) -> str:
    """The file's text; raises `ValueError` when it is larger, or no UTF-8."""
    size = file.stat().st_size
    if size > most_bytes:
        raise ValueError(f"holds {size:,} bytes; expected at most {most_bytes:,}")
    return file.read_text(encoding="utf-8-sig")


def after(cursor: Cursor | None) -> str | None:
    """The name of the last file that a `file_cursor` says was finished."""
    name = cursor.state.get("after_file") if cursor is not None else None
    return name if isinstance(name, str) else None


def file_cursor(name: str) -> Cursor:
    """All files up to and with `name` are read."""
    return Cursor(state={"after_file": name})


class Holdings:
    """Tells what a source's files hold, for `Source.look`; remembers their ids, not the records."""

    def __init__(self, read: Callable[[], Iterable[Item]], *, place: str) -> None:
        self._read = read
        self._place = place
        self._ids: frozenset[str] | None = None

    def look(self, native_id: str) -> RawRecord | Gone | Failed:
        """The record called `native_id`; what the files do not hold is gone."""
        if self._ids is None:
            found = (item for item in self._read() if not isinstance(item, Cursor))
            self._ids = frozenset(item.native_id for item in found)
        if native_id in self._ids:
            for item in self._read():
                if not isinstance(item, Cursor) and item.native_id == native_id:
                    return item
        return Gone(native_id=native_id, why=f"no longer in {self._place!r}")
