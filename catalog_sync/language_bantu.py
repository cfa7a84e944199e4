"""Names of Bantu languages with the prefix by which their speakers make them a language's name.

"Kihehe" is Hehe, "Lunyole" is Nyole. Tables know many such names and miss as many: the stem
decides.
"""

from __future__ import annotations

from functools import cache, lru_cache

from catalog_sync.language_codes import codes
from catalog_sync.language_groups import find_groups
from catalog_sync.language_names import OTHER, own, raw_index
from catalog_sync.language_text import bare

_PREFIXES = tuple(
    "tshi otji oshi olu oru eki ici isi ichi iki thi xi shi chi ci ki gi ke lu ru se si".split()
)
_STEM = 3
"""Letters of the shortest stem."""


@cache
def _bantu() -> frozenset[str]:
    return frozenset(tag for group in find_groups("Bantu languages") for tag in group.tags)


@cache
def _halves() -> dict[str, frozenset[str]]:
    """Halves of double names to their languages: "Nyakyusa-Ngonde"."""
    found: dict[str, set[str]] = {}
    for tag in _bantu() & codes().keys():
        name = codes()[tag].english.partition(" (")[0]
        for half in name.split("-") if "-" in name else ():
            found.setdefault(bare(half), set()).add(tag)
    return {half: frozenset(tags) for half, tags in found.items()}


def _named(stem: str) -> frozenset[str]:
    """Bantu languages of which a stem is the main name, another official one, or one of ours."""
    found = {sense.tag for sense in own().get(stem, ()) if sense.how != "dialect"}
    for word in raw_index().get(stem, "").split():
        tag, _, rank = word.partition("=")
        if int(rank) <= OTHER:
            found.add(tag)
    return frozenset(found & _bantu()) or _halves().get(stem, frozenset())


@lru_cache(maxsize=4096)
def meant(name: str) -> tuple[str, ...]:
    """Tags that a prefixed name means; several where languages share the stem; empty if none."""
    key = bare(name)
    if not key.isascii() or " " in key:
        return ()
    found: set[str] = set()
    for prefix in _PREFIXES:
        if key.startswith(prefix) and len(key) >= len(prefix) + _STEM:
            found |= _named(key[len(prefix) :])
    return tuple(sorted(found))
