"""Every name of every language under one key: the index that names are looked up in.

`names.tsv.gz` is made by `scripts/language_tables.py` from ISO 639-3, Unicode CLDR and
Wiktionary's code list; the other tables are written by hand and say so. Read once, at first use.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from catalog_sync.language_answer import How
from catalog_sync.language_codes import canonical, codes, members
from catalog_sync.language_text import bare, fold

_TABLES = files("catalog_sync") / "vocabulary" / "languages"
OWN, REFERENCE, OTHER, STRIPPED, LISTED, FOREIGN, HEAD = 0, 1, 2, 3, 4, 5, 6
"""How near a name is to its language: ours, the main name, another official one, a name without
its bracket, Wiktionary's, what other languages call it, and what several languages' names share."""
_HAND: tuple[tuple[str, How], ...] = (
    ("locales.tsv", "name"),
    ("autonyms.tsv", "autonym"),
    ("alias.tsv", "alias"),
    ("dialects.tsv", "dialect"),
)


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a name."""

    tag: str
    rank: int
    how: How


def _rows(name: str) -> Iterator[list[str]]:
    for line in (_TABLES / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def hand_names() -> dict[str, tuple[tuple[str, How], ...]]:
    """Tag to the names written by hand, as written, with the kind of each."""
    found: dict[str, list[tuple[str, How]]] = {}
    for table, how in _HAND:
        for tag, names, *_ in _rows(table):
            rows = found.setdefault(canonical(tag), [])
            rows.extend((name.strip(), how) for name in names.split("|") if name.strip())
    return {tag: tuple(dict.fromkeys(rows)) for tag, rows in found.items()}


@cache
def own() -> dict[str, tuple[Sense, ...]]:
    """Key to what the tables written by hand say it is the name of."""
    found: dict[str, dict[str, Sense]] = {}
    for tag, names in hand_names().items():
        for name, how in names:
            sense = Sense(tag, OWN, how)
            if how != "dialect" or not official(fold(name)):
                found.setdefault(fold(name), {}).setdefault(tag, sense)
            if not official(bare(name)):
                found.setdefault(bare(name), {}).setdefault(tag, sense)
    found.pop("", None)
    return {key: _listed_first(tuple(tags.values())) for key, tags in found.items()}


def official(key: str) -> bool:
    """Whether the key is a main or other official name already."""
    line = raw_index().get(key)
    return line is not None and any(word[-2:] in ("=1", "=2") for word in line.split(" "))


def _listed_first(found: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """Those with the better claim: a catalogue's locale list, then languages, then dialects."""
    for kinds in ({"name"}, {"alias", "autonym"}):
        listed = tuple(sense for sense in found if sense.how in kinds)
        if listed:
            return listed
    return found


@cache
def raw_index() -> dict[str, str]:
    """Key to `tag=rank` words, as the made table holds them."""
    packed = (_TABLES / "names.tsv.gz").read_bytes()
    lines = gzip.decompress(packed).decode().splitlines()
    return dict(line.split("\t", 1) for line in lines)


@cache
def ambiguous() -> dict[str, tuple[tuple[str, str], ...]]:
    """Names that have to be asked back: key to (tag, what tells it apart)."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for names, meanings in _rows("ambiguous.tsv"):
        pairs = [part.strip().partition(" ") for part in meanings.split("|")]
        meant = tuple((canonical(tag), note.strip()) for tag, _, note in pairs)
        if meanings.startswith("="):
            # Whatever the official name means that several languages end in: "Mixtec".
            meant = tuple((sense.tag, "") for sense in senses(fold(meanings[1:])))
        for name in names.split("|"):
            found[fold(name)] = meant
    return found


def senses(key: str) -> tuple[Sense, ...]:
    """What a key (from `fold` or `bare`) is the name of, nearest rank only; may be several."""
    written = own().get(key)
    if written is not None:
        return written
    line = raw_index().get(key)
    if line is None:
        return ()
    pairs = [word.split("=") for word in line.split(" ")]
    nearest = pairs[0][1]
    rank = int(nearest)
    how: How = "name" if rank != OTHER else "alias"
    found = []
    for tag, at in pairs:
        if at == nearest:
            own_name = codes()[tag].autonym if tag in codes() else ""
            said: How = "autonym" if own_name and key in {fold(own_name), bare(own_name)} else how
            found.append(Sense(tag, rank, said))
    return tuple(found)


def lesser(key: str) -> tuple[str, ...]:
    """Tags that the key also names, though another language has the better claim."""
    line = raw_index().get(key, "")
    return tuple(w.split("=")[0] for w in line.split(" ") if w and w.split("=")[1] in "123")


def main_owners(key: str) -> tuple[str, ...]:
    """Tags whose main name the key is."""
    line = raw_index().get(key, "")
    return tuple(word[:-2] for word in line.split(" ") if word.endswith("=1"))


def dominant(found: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """Of several senses those that remain: a macrolanguage rather than its members.

    Where only foreign names collide, the one large language.
    """
    if len(found) < 2:
        return found
    tags = {sense.tag for sense in found}
    inside = {m for tag in tags for m in members(tag)}
    left = tuple(sense for sense in found if sense.tag not in inside)
    if len(left) > 1 and left[0].rank in (LISTED, FOREIGN):
        large = tuple(s for s in left if len(s.tag) == 2)
        return large if len(large) == 1 else left
    return left


@cache
def large() -> frozenset[str]:
    """Tags with two letters, or that CLDR counts speakers of, or that we wrote names for."""
    counted = {tag for tag, code in codes().items() if len(tag) == 2 or code.territories}
    return frozenset(counted | set(hand_names()))
