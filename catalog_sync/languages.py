"""Languages: what people and catalogues write, to BCP 47 tags and back.

The room's door: everything here is pure and built on tables beside it (`docs/languages.md`).
"""

from __future__ import annotations

from functools import cache

from catalog_sync.language_answer import (
    Candidate,
    GroupMention,
    LanguageAnswer,
    Mention,
    StatedLanguages,
)
from catalog_sync.language_codes import canonical, codes, is_known, iso639_3, members
from catalog_sync.language_family import matches, satisfied_by, territories_of
from catalog_sync.language_find import find_in
from catalog_sync.language_groups import find_groups, group
from catalog_sync.language_names import OTHER, hand_names, raw_index
from catalog_sync.language_resolve import english_name, resolve
from catalog_sync.language_stated import stated
from catalog_sync.language_text import bare, fold

__all__ = [
    "Candidate", "GroupMention", "LanguageAnswer", "Mention", "StatedLanguages", "autonym",
    "canonical", "english_name", "find_groups", "find_in", "group", "is_known", "iso639_3",
    "matches", "members", "names", "resolve", "satisfied_by", "stated", "territories",
]  # fmt: skip

territories = territories_of


def autonym(tag: str) -> str | None:
    """The language's own name for itself, in its own script; None when nobody wrote it down."""
    language = canonical(tag).split("-")[0]
    code = codes().get(language)
    if code is not None and code.autonym:
        return code.autonym
    for name, how in hand_names().get(language, ()):
        if how == "autonym":
            return name
    own = [name for name, how in hand_names().get(language, ()) if how == "name"]
    return own[1] if len(own) > 1 else None


@cache
def _official() -> dict[str, tuple[str, ...]]:
    """Tag to the keys of its English and official names."""
    found: dict[str, list[str]] = {}
    for key, line in raw_index().items():
        for word in line.split(" "):
            tag, _, rank = word.rpartition("=")
            if int(rank) <= OTHER:
                found.setdefault(tag, []).append(key)
    return {tag: tuple(keys) for tag, keys in found.items()}


def names(tag: str, limit: int = 12) -> tuple[str, ...]:
    """Names of a language, the best known first: English, its own, other spellings, dialects.

    Args:
        tag: A BCP 47 tag; script, region and variant are left aside.
        limit: How many at most.
    """
    language = canonical(tag).split("-")[0]
    if language not in codes():
        return ()
    own = autonym(language)
    found = [english_name(language), *([own] if own else [])]
    found += [name for name, _ in hand_names().get(language, ())]
    seen: dict[str, str] = {}
    for name in found:
        seen.setdefault(fold(name), name)
    for key in _official().get(language, ()):
        if key not in seen and key not in {bare(name) for name in seen.values()}:
            seen[key] = key.title()
    return tuple(seen.values())[:limit]
