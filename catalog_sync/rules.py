"""A fingerprint of everything by which a record becomes a card: our code and our tables.

While it stands, a record that did not change makes the card that it made before.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from catalog_sync.source import RawRecord

_APART = ("migrations", "starter", "sources", "__pycache__")
"""Folders of this package that say nothing on how a record is read."""


@cache
def fingerprint() -> str:
    """Hex, equal while the files of this package are."""
    folder = Path(__file__).parent
    found = hashlib.blake2b(digest_size=16)
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        if file.is_file() and not any(part in _APART for part in name.parts):
            found.update(name.as_posix().encode())
            found.update(hashlib.blake2b(file.read_bytes()).digest())
    return found.hexdigest()


def stamp(record: RawRecord, *, month: str) -> str:
    """Hex, equal while record, rules and month are: some findings come with time alone."""
    words = f"{fingerprint()} {month} {record!r}"
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
