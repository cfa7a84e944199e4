"""The catalogue inside the package, so that a fresh install has something true to talk about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from catalog_sync.source import BadInput, Cursor, Failed, Gone, Item, RawRecord
from catalog_sync.sources import cards

NAME = "starter"
FILE = "datasets.jsonl"


class Starter:
    """Facts on public datasets, in the `cards` format; provenance lies beside them."""

    name = NAME
    homepage = "https://mozilladatacollective.com"
    terms_of_api = "https://mozilladatacollective.com/terms"

    def read(self, cursor: Cursor | None) -> Iterator[Item]:
        """Every dataset once; see `Source.read`."""
        content = files("catalog_sync").joinpath("starter", FILE).read_bytes()
        yield from cards.read_files([(FILE, content)], cursor, source=NAME)

    def look(self, native_id: str) -> RawRecord | Gone | Failed:
        """The dataset as this version of the package has it."""
        for item in self.read(None):
            if isinstance(item, RawRecord | Failed) and item.native_id == native_id:
                return item
        return Gone(native_id=native_id, why="no longer in the package's starter catalogue")


def make(*, path: Path | None, url: str | None, environ: Mapping[str, str]) -> Starter:
    """The bundled catalogue; it is read from nowhere else."""
    if path is not None or url is not None:
        raise BadInput(
            f"Source 'starter' was given {str(path or url)!r}, but lies inside the package. "
            "Leave --path and --url out, or read that catalogue as source 'cards'."
        )
    return Starter()
