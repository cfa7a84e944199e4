"""Registry of Open Data on AWS: its YAML entries, one file or a folder of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from catalog_sync.source import BadInput, Cursor, Failed, Gone, Item, RawRecord
from catalog_sync.sources import aws_record, folder

_SUFFIXES = frozenset({".yaml", ".yml"})
_FILES_PER_CURSOR = 100
_MOST_BYTES = 2_000_000
"""No entry comes near this; a larger file is not one."""


class Aws:
    """Entries on disk, as in the `datasets` folder of awslabs/open-data-registry."""

    name = aws_record.NAME
    homepage = aws_record.SITE
    terms_of_api = "https://github.com/awslabs/open-data-registry"

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, cursor: Cursor | None) -> Iterator[Item]:
        """Every entry once; see `Source.read`."""
        done = folder.after(cursor)
        since = 0
        name = None
        for name, file in folder.files(self._path, suffixes=_SUFFIXES, source=self.name):
            if done is not None and name <= done:
                continue
            yield _read_file(name, file)
            since += 1
            if since == _FILES_PER_CURSOR:
                yield folder.file_cursor(name)
                since = 0
        if name is not None and since:
            yield folder.file_cursor(name)

    def look(self, native_id: str) -> RawRecord | Gone | Failed:
        """The entry as the files hold it."""
        for name, file in folder.files(self._path, suffixes=_SUFFIXES, source=self.name):
            if file.stem == native_id:
                return _read_file(name, file)
        return Gone(native_id=native_id, why=f"no longer in {str(self._path)!r}")


def _read_file(name: str, file: Path) -> RawRecord | Failed:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise ValueError(f"holds more than {_MOST_BYTES:,} bytes; expected one registry entry")
        # The loader in C reads the registry eight times faster; not every build of PyYAML has it.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        entry: object = yaml.load(file.read_text(encoding="utf-8-sig"), Loader=loader)
        return aws_record.from_entry(file.stem, entry, where=name)
    except yaml.YAMLError as error:
        why = f"cannot be read as YAML: {' '.join(str(error).split())}"
        return Failed(native_id=file.stem, where=name, why=why)
    except (OSError, ValueError, RecursionError) as error:
        return Failed(native_id=file.stem, where=name, why=str(error))


def make(*, path: Path | None, url: str | None, environ: Mapping[str, str]) -> Aws:
    """The source over registry entries; there is no live service to read."""
    if path is None:
        asked = f"the address {url!r}" if url is not None else "neither a file nor a folder"
        raise BadInput(
            f"Source 'aws' was given {asked}. Expected a registry entry (.yaml) or a folder of "
            "them, such as 'datasets' of awslabs/open-data-registry; give it with --path."
        )
    return Aws(path)
