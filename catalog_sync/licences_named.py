"""Licences named inside a sentence by their ids, names and aliases. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from catalog_sync.licences_table import rows

_ADDRESS = re.compile(r"https?://[^\s)\]\"']+")
_APART = re.compile(r"[\s\-_]+")
_BEGIN = re.compile(r"(?<![\w.-])(?=(..?))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Named:
    """One name worth finding."""

    place: int
    """Longer names come first: "LGPL" is not found inside "LGPL-2.1"."""
    pattern: re.Pattern[str]
    licence: str


def other_names(text: str) -> Iterator[tuple[int, str]]:
    """(place, licence id) of each name in the text that is not Creative Commons', longest first."""
    taken: list[tuple[int, int]] = []
    plain = _ADDRESS.sub(lambda m: " " * len(m[0]), text)
    for named in _that_may_be_in(plain):
        for match in named.pattern.finditer(plain):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            yield match.start(), named.licence


def _that_may_be_in(text: str) -> list[_Named]:
    """The names, in order, whose first two characters begin something in the text."""
    names = _names()
    if "ı" in text or "İ" in text:
        # `re` takes both for an "i" where case is ignored, `casefold` does not.
        found = [one for each in names.values() for one in each]
    else:
        begun = {two[:length] for two in _BEGIN.findall(text.casefold()) for length in (1, 2)}
        found = [one for beginning in begun for one in names.get(beginning, ())]
    return sorted(found, key=lambda one: one.place)


@cache
def _names() -> Mapping[str, tuple[_Named, ...]]:
    """First two characters, or the only one before a space -> the names that begin so.

    Short names keep their capitals.
    """
    found: dict[str, tuple[_Named, ...]] = {}
    named = _ids_by_name()
    for place, name in enumerate(sorted(named, key=len, reverse=True)):
        words = [word for word in _APART.split(name) if word]
        spelt = r"[\s\-_]*".join(map(re.escape, words))
        flags = re.IGNORECASE if len(name) > 5 else re.NOFLAG
        pattern = re.compile(rf"(?<![\w.-]){spelt}(?![\w]|\.\d|-\d)", flags)
        beginning = words[0][:2].casefold()
        one = _Named(place, pattern, named[name])
        found[beginning] = (*found.get(beginning, ()), one)
    return found


def _ids_by_name() -> Mapping[str, str]:
    named: dict[str, str] = {}
    for licence in rows().values():
        if licence.family in ("cc", "agreement"):
            continue
        plain = licence.id.removeprefix("LicenseRef-")
        for name in (plain, plain.removesuffix("-only"), licence.name, *licence.aliases):
            named.setdefault(name, licence.id)
    return named
