"""Small tables about how language names are built, read once from files beside the names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from catalog_sync.language_text import bare, fold

_TABLES = files("catalog_sync") / "vocabulary" / "languages"


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table, comments left out."""
    for line in (_TABLES / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def scripts() -> dict[str, str]:
    """Script names, folded, to ISO 15924 codes; "simplified" and "traditional" too."""
    found = {"simplified": "Hans", "traditional": "Hant", "romanized": "Latn", "romanised": "Latn",
             "latin": "Latn", "roman": "Latn", "romi": "Latn", "ajami": "Arab",
             "perso arabic": "Arab"}  # fmt: skip
    for code, names in rows("scripts.tsv"):
        if len(code) == 4 and code[0].isupper():
            for name in names.split("|"):
                found.setdefault(fold(name), code)
            found.setdefault(code.lower(), code)
    return found


@cache
def variants() -> dict[str, frozenset[str]]:
    """Language to the variant subtags in use for it."""
    found: dict[str, set[str]] = {}
    for table in ("variants.tsv", "variants_used.tsv"):
        for language, names in rows(table):
            found.setdefault(language, set()).update(names.split())
    return {language: frozenset(names) for language, names in found.items()}


@cache
def _words(kind: str) -> tuple[str, ...]:
    found: list[str] = []
    for at, words in rows("parts.tsv"):
        if at == kind:
            found.extend(bare(word) for word in words.split("|"))
    return tuple(dict.fromkeys(found))


@cache
def affixes() -> tuple[tuple[str, str], ...]:
    """Words that may stand before or after a name and add nothing: "language", "bahasa"."""
    return (*((word, "") for word in _words("before")), *(("", word) for word in _words("after")))


@cache
def another() -> frozenset[str]:
    """Words that make another language of the name they stand at: "Old", "Sign", "Creole"."""
    return frozenset(_words("another"))
