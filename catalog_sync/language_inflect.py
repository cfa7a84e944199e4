"""Forms that a language's name takes in a sentence.

Endings of Russian, German, Spanish; the article and small words that Arabic and Hebrew write onto
it; possessives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog_sync import territories

_RUSSIAN = re.compile(r"ск(?:ого|ому|им|ом|ие|их|ими|ая|ои|ую|ое)$")
_UKRAINIAN = re.compile(r"ськ(?:ою|ии|ои|у|и|их|ого|ому)$")
_GERMAN = re.compile(r"(?:e|er|es|en|em)$")
_ROMANCE = {"a": ("", "o"), "as": ("", "o"), "os": ("", "o"), "es": ("",), "e": ("",), "s": ("",)}


def _romance(key: str) -> Iterator[str]:
    for ending, others in _ROMANCE.items():
        if key.endswith(ending) and len(key) - len(ending) >= 4:
            for other in others:
                yield key[: -len(ending)] + other
    if key.endswith("nne") or key.endswith("nnes"):
        yield key.rstrip("s")[:-2]


def _prefixed(key: str) -> Iterator[str]:
    """Arabic and Hebrew words without what is written onto their front."""
    if "\u0590" <= key[0] <= "\u05ff" and key[0] in "ובלהמשכ":
        yield key[1:]
        yield key[2:] if key[1:2] in tuple("ובלהמשכ") else key[1:]
    if "\u0600" <= key[0] <= "\u06ff":
        rest = key[1:] if key[0] in "وفبکل" else key
        yield rest
        rest = rest[1:] if rest[:1] and rest[0] in "بکل" else rest
        yield rest
        if rest.startswith("ل"):
            yield "ا" + rest
        yield "ال" + rest
        if rest.startswith("ال"):
            yield rest[2:]


def forms(key: str, written: str, hints: frozenset[str]) -> Iterator[str]:
    """Other keys a word may stand under, most careful first.

    Args:
        key: The word's accentless key.
        written: The word as written.
        hints: Languages the sentence seems to be in.
    """
    parts = re.split(r"['’]", written)
    if len(parts) == 2 and len(parts[0]) > 3 and len(parts[1]) <= 4:
        yield parts[0].lower()
    if len(parts) == 2 and len(parts[0]) <= 2 and len(parts[1]) > 3:
        yield parts[1].lower()
    if len(key) < 4 or territories.code(key):
        return
    if "\u0400" <= key[0] <= "\u04ff":
        yield _RUSSIAN.sub("скии", key)
        yield _UKRAINIAN.sub("ська", key)
    elif not key.isascii():
        yield from (form for form in _prefixed(key) if len(form) > 2)
    elif len(key) > 5:
        if "sw" in hints and key.startswith("ki"):
            yield key[2:]
        if "de" in hints:
            yield _GERMAN.sub("", key)
        if hints & {"es", "fr", "pt", "it"}:
            yield from _romance(key)
