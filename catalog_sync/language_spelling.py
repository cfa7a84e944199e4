"""Misspelt names of well-known languages, by edit distance.

Strict, since a wrong guess is worse than none.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog_sync import territories
from catalog_sync.language_codes import codes
from catalog_sync.language_names import OTHER, hand_names, raw_index
from catalog_sync.language_tables import rows
from catalog_sync.language_text import bare

_SHORTEST = 5
_LONG = 9
"""Letters from which two slips are forgiven instead of one."""
_PLACES = frozenset(
    "bavaria bosnia catalonia galicia punjab gujarat assam bengal kashmir wales scotland brittany "
    "cornwall sardinia corsica sicilia sicily venetia lombardy silesia slavonia macedonia flanders "
    "kurdistan tibet hawaii somaliland bengaluru java sumatra persia castilla friesland".split()
)
"""Places that look like slips of a language's name."""
_BOTH = 11
"""Letters that a word and the name it is read as have together at the least: "Yorba", "Yoruba"."""


@cache
def _known() -> tuple[tuple[str, ...], dict[str, frozenset[str]]]:
    """Names worth mending towards, and what they mean: languages with two letters or counted."""
    found: dict[str, set[str]] = {}
    for tag, code in codes().items():
        if len(tag) == 2 or code.territories:
            found.setdefault(bare(code.english), set()).add(tag)
    kept = frozenset[str]().union(*found.values())
    for tag, names in hand_names().items():
        if tag not in kept:
            continue
        for name, how in names:
            if how in ("name", "alias") and len(tag) == 2:
                found.setdefault(bare(name), set()).add(tag)
    usable = {k: frozenset(v) for k, v in found.items() if len(k) >= _SHORTEST and k.isascii()}
    return tuple(usable), usable


_SOUNDS = (
    (re.compile(r"ee|ie$|y$|ey$"), "i"), (re.compile(r"oo|ou"), "u"), (re.compile(r"aa|ah$"), "a"),
    (re.compile(r"ph"), "f"), (re.compile(r"ck"), "k"), (re.compile(r"(.)\1"), r"\1"),
)  # fmt: skip
"""Spellings of one sound: "Punjabee", "Telugoo"."""


def _sound(key: str) -> str:
    for spelling, sound in _SOUNDS:
        key = spelling.sub(sound, key)
    return key


@cache
def _by_sound() -> dict[str, frozenset[str]]:
    """How names of languages with two letters sound, to the names."""
    found: dict[str, set[str]] = {}
    for name, tags in _known()[1].items():
        if any(len(tag) > 2 for tag in tags):
            continue
        found.setdefault(_sound(name), set()).add(name)
    return {sound: frozenset(names) for sound, names in found.items()}


def _sounding(key: str) -> tuple[str, str] | None:
    """The one language whose name sounds as this word is written."""
    meanings = _known()[1]
    names = sorted(_by_sound().get(_sound(key), ()))
    tags = {tag for name in names for tag in meanings[name]}
    return (next(iter(tags)), names[0]) if len(tags) == 1 else None


@cache
def _words() -> frozenset[str]:
    """Ordinary words and names of people that are a letter or two from a language's name."""
    return frozenset(
        w for kind, words in rows("ordinary.tsv") if kind == "near" for w in words.split()
    )


def _taken(key: str) -> bool:
    """Whether the word is a name already, or a country's."""
    line = raw_index().get(key)
    near = int(line.split(" ")[0].split("=")[1]) if line else 9
    place = territories.code(key) is not None or key in territories.regions() or key in _PLACES
    return near <= OTHER or place or key in _words()


@lru_cache(maxsize=4096)
def nearest(text: str) -> tuple[str, str] | None:
    """The one well-known language that a misspelt name can only mean, and its name in lower case.

    None when the word is short, when no name is near, or when two languages are about as near.
    """
    key = bare(text)
    if len(key) < _SHORTEST or not key.isascii() or len(key) > 40 or _taken(key):
        return None
    heard = _sounding(key)
    if heard is not None:
        return heard
    allowed = 2 if len(key) >= _LONG else 1
    names, meanings = _known()
    extracted = process.extract(
        key, names, scorer=OSA.distance, score_cutoff=allowed + 1, limit=12
    )  # fmt: skip
    close = [
        (n, int(distance))
        for n, distance, _ in extracted
        if n[0] == key[0] and len(n) + len(key) >= _BOTH
    ]
    best = min((distance for _, distance in close), default=9)
    if best > allowed:
        return None
    first = {tag for name, at in close if at == best for tag in meanings[name]}
    rivals = {tag for name, at in close if at <= best + (best > 1) for tag in meanings[name]}
    name = next(name for name, at in close if at == best)
    if len(first) != 1 or rivals != first:
        return None
    return next(iter(first)), name
