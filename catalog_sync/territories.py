"""Countries and parts of the world: names in several languages to ISO 3166 codes and back.

Names come from Unicode CLDR and ISO 3166 (`scripts/language_tables.py`); peoples and parts of the
world are written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from catalog_sync.language_text import bare

_TABLES = files("catalog_sync") / "vocabulary" / "languages"


def _rows(name: str) -> Iterator[list[str]]:
    for line in (_TABLES / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def _english() -> dict[str, str]:
    return {code: names.split("|")[0] for code, names in _rows("territories.tsv") if len(code) == 2}


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for table in ("demonyms.tsv", "territories.tsv"):
        for code, names in _rows(table):
            if len(code) == 2:
                for name in names.split("|"):
                    found.setdefault(bare(name), code)
    return found


@cache
def regions() -> dict[str, tuple[str, frozenset[str]]]:
    """Parts of the world: folded name to its English label and the codes of its countries."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    made: dict[str, frozenset[str]] = {}
    for label, names, parts in _rows("regions.tsv"):
        inside: set[str] = set()
        for part in parts.split():
            inside |= made.get(part, frozenset()) or {part}
        made[label.replace(" ", "_")] = frozenset(inside)
        for name in [label, *names.split("|")]:
            if name:
                found[bare(name)] = (label, frozenset(inside))
    return found


def code(words: str) -> str | None:
    """The ISO 3166-1 code of a country or people, by name in any of the languages we hold."""
    key = bare(words)
    return _codes().get(key) or _codes().get(key.removeprefix("the "))


@cache
def _places() -> dict[str, str]:
    """Folded names of countries and parts of the world to the English one."""
    found = {bare(name): name for name in _english().values()}
    for code, names in _rows("territories.tsv"):
        english = name(code)
        if english is not None:
            for one in names.split("|"):
                found.setdefault(bare(one), english)
    for one, (label, _) in regions().items():
        found.setdefault(one, label)
    return found


def named(words: str) -> str | None:
    """The English name of a country or part of the world, by a name in any language we hold."""
    return _places().get(bare(words))


def name(territory: str) -> str | None:
    """The country's English name; None for a code that is not assigned."""
    found = _english().get(territory.upper())
    return found.removesuffix(" SAR China") if found else None


def names() -> dict[str, str]:
    """Folded names of countries and peoples to codes, for finding them in sentences."""
    return _codes()


def all_codes() -> tuple[str, ...]:
    """Every ISO 3166-1 code in force."""
    return tuple(_english())


@cache
def _spoken() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for place, languages in _rows("spoken.tsv"):
        for language in languages.split():
            found.setdefault(language, []).append(place)
    return {language: tuple(places) for language, places in found.items()}


def spoken_in(language: str) -> tuple[str, ...]:
    """Countries of a language that CLDR has no figures for, from our own table."""
    return _spoken().get(language, ())


@cache
def indigenous() -> dict[str, tuple[str, ...]]:
    """Country to the languages our own table places there."""
    return {place: tuple(languages.split()) for place, languages in _rows("spoken.tsv")}
