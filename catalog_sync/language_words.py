"""Ordinary words that are also names of languages, and words that stand beside such names."""

from __future__ import annotations

from functools import cache

from catalog_sync.language_tables import rows
from catalog_sync.language_text import bare


@cache
def table(kind: str) -> frozenset[str]:
    """The words of one kind, as `ordinary.tsv` and `context.tsv` give them."""
    found: set[str] = set()
    for file in ("ordinary.tsv", "context.tsv"):
        for at, words in rows(file):
            if at == kind:
                found.update(words.split())
    return frozenset(found)


def is_word(key: str) -> bool:
    """Whether a key is an ordinary word that no misspelling is read into."""
    return key in _words()


@cache
def _words() -> frozenset[str]:
    kinds = ("plain", "rare", "proper", "near", "verb", "noun", "before", "common")
    return frozenset().union(*map(table, kinds))


def is_plain(words: str) -> bool:
    """Whether the words are too ordinary to mean a place or language by themselves."""
    return bare(words) in table("plain")
