"""How language names are built: "Mexican Spanish", "Yangzhou Mandarin", "dialect of X", "X (Y)".

A place, people or direction before a known name means that language, unless ISO 639-3 knows the
whole by itself (that is looked up first), or the word in front makes another language of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog_sync import territories
from catalog_sync.language_answer import How
from catalog_sync.language_codes import canonical, codes, members, usual_member
from catalog_sync.language_names import OTHER, OWN, Sense, ambiguous, dominant, large, senses
from catalog_sync.language_tables import affixes, another, scripts, variants
from catalog_sync.language_text import bare, fold

_DIRECTIONS = frozenset(
    "northern southern eastern western central north south east west upper lower norte sur este "
    "oeste central oriental occidental septentrional meridional sul leste nord sud est ouest "
    "standard coloquial colloquial urban rural modern".split()
)
_SCRIPT_WORDS = frozenset({"latin", "cyrillic", "simplified", "traditional", "romanized"})
_BRACKET = re.compile(r"(?P<head>[^()（）\[\]]+?)\s*[(（\[](?P<inner>[^()（）\[\]]+)[)）\]]\s*")
_SPOKEN = re.compile(r"\bspoken\s+", re.IGNORECASE)
_OF = re.compile(
    r"(?:(?:the|a)\s+)?(?P<what>.+?)\s+"
    r"(?:of|from|in|spoken in|as spoken in|de|do|da|du|del|von|aus|ya|wa)\s+"
    r"(?:(?:the|la|los|las|el|os|as)\s+)?(?P<rest>.+)",
    re.IGNORECASE,
)
_DIALECT = re.compile(
    r"\s+(?:dialects?|variet(?:y|ies)|variants?|accents?|vernacular|spoken|dialecto|dialecte|"
    r"dialeto|dialekt|mundart|lahja)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a built name means: tags, or the choices to ask back with."""

    tags: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    how: How = "dialect"
    note: str = ""


def bracketed(text: str) -> tuple[str, str] | None:
    """Head and bracket of "X (Y)"."""
    match = _BRACKET.fullmatch(text)
    return (match["head"], match["inner"]) if match else None


def subtag(words: str) -> str | None:
    """The subtag that a script, a country or a variant's name stands for: "Latn", "TW"."""
    key = fold(words)
    trimmed = re.sub(r" (script|alphabet|characters?|orthography)$", "", key)
    return scripts().get(trimmed) or scripts().get(key) or territories.code(words)


def described(rest: str) -> str:
    """Subtags in words: "HK" is "Hong Kong"; those nobody named stay as they are."""
    said = []
    for part in rest.split("-"):
        name = territories.name(part) if len(part) == 2 and part.isupper() else None
        if len(part) == 4 and part.istitle():
            name = next((n.title() for n, code in scripts().items() if code == part), None)
        said.append(name or part)
    return ", ".join(said)


def known_parts(tag: str) -> bool:
    """Whether script, region and variants of a canonical tag are ones in use."""
    language, *rest = tag.split("-")
    for part in rest:
        if len(part) == 4 and part.istitle():
            if part not in scripts().values():
                return False
        elif len(part) == 2 and part.isupper():
            if territories.name(part) is None:
                return False
        elif not (part.isdigit() or part in variants().get(language, ())):
            return False
    return True


def rewritings(text: str) -> Iterator[str]:
    """Other ways of saying the same whole name, most careful first."""
    if "," in text:
        head, _, tail = text.partition(",")
        yield f"{tail.strip()} {head.strip()}"
        yield f"{head.strip()} {tail.strip()}"
    for shorter in (_SPOKEN.sub("", text), _DIALECT.sub("", text)):
        if shorter != text:
            yield shorter
    yield from _without_affix(text)
    if text.lower().endswith(" sign"):
        yield f"{text} language"
    head, _, last = text.rpartition(" ")
    if head and fold(last) in _SCRIPT_WORDS:
        yield f"{head} ({last})"
    if "-" in text or "/" in text:
        yield re.sub(r"\s*[-/]\s*", "", text)
        yield re.split("/", text)[0]


def _without_affix(text: str) -> Iterator[str]:
    """The name without "language", "bahasa", "тили" and the like."""
    for key in dict.fromkeys((fold(text), bare(text))):
        for before, after in affixes():
            if before and key.startswith(before + " "):
                yield key[len(before) + 1 :]
            if after and key.endswith(" " + after):
                yield key[: -len(after) - 1]


def _heads(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Head and qualifier: the longest known name at the end, then one before a place."""
    for cut in range(1, len(words)):
        yield " ".join(words[cut:]), words[:cut]
    for cut in range(len(words) - 1, 0, -1):
        rest = " ".join(words[cut:])
        if territories.code(rest) or rest in _DIRECTIONS:
            yield " ".join(words[:cut]), words[cut:]


def _head(key: str) -> Sense | None:
    if key in ambiguous():
        return None
    found = dominant(senses(key))
    if len(found) != 1 or found[0].rank > OTHER or found[0].tag.split("-")[0] not in codes():
        return None
    if found[0].how == "dialect" and " " not in key:
        return None
    return found[0]


def qualified(text: str) -> Built | None:
    """A known name with a place, people or direction at it; None where that proves nothing."""
    match = _OF.fullmatch(text)
    if match:
        made = _of(match["what"], match["rest"])
        if made is not None:
            return made
    words = bare(text).split()
    if not 2 <= len(words) <= 6 or any(word in another() for word in words):
        return None
    for key, around in _heads(words):
        sense = _head(key)
        if sense is None or len(key) < 4:
            continue
        place = territories.code(" ".join(around))
        other = None if place else _head(" ".join(around))
        if other is not None and other.tag != sense.tag:
            return _both(sense, other)
        return _with(sense, place, words)
    return None


def _both(sense: Sense, other: Sense) -> Built | None:
    """Two languages' names in one: the member beside its macrolanguage, or nothing."""
    if other.tag in members(sense.tag):
        return Built(tags=(other.tag,), how="name")
    if sense.tag in members(other.tag):
        return Built(tags=(sense.tag,), how="name")
    return None


def placed(tag: str, place: str) -> str:
    """A language in a country: "es-MX"; the country's own variety where that has a code: "ary"."""
    if tag == "ar":
        local = [m for m in members(tag) if place in codes()[m].home and m != "arb"]
        if len(local) == 1:
            return local[0]
    return canonical(f"{tag}-{place}")


def _of(what: str, rest: str) -> Built | None:
    what = _DIALECT.sub("", f" {what}").strip()
    for name, place in ((what, rest), (rest, what)):
        sense = _head(bare(name))
        if sense is not None:
            if any(word in another() for word in bare(f"{what} {rest}").split()):
                return None
            return _with(sense, territories.code(place), bare(f"{what} {rest}").split())
    return None


def _with(sense: Sense, place: str | None, words: list[str]) -> Built | None:
    """A language narrowed by words: a regional tag for a country, else the language itself."""
    tag = sense.tag
    if tag not in large() and sense.rank != OWN:
        return None
    if not members(tag):
        return Built(tags=(canonical(f"{tag}-{place}") if place and "-" not in tag else tag,))
    near = usual_member(tag)
    if place and near and place in codes()[tag].territories[:40] and tag not in _DIVIDED:
        return Built(tags=(canonical(f"{tag}-{place}"),))
    if near and tag not in _DIVIDED:
        return Built(tags=(tag, near))
    if place:
        local = [m for m in members(tag) if m in codes() and place in codes()[m].territories]
        if len(local) == 1:
            return Built(tags=(local[0],))
    fit = [
        m
        for m in members(tag)
        if m in codes() and set(words) <= set(bare(codes()[m].english).split())
    ]
    return Built(choices=(*fit, tag, *(m for m in members(tag) if m not in fit))[:12])


_DIVIDED = frozenset({"ar", "zh", "ku", "kok", "kv", "raj", "sc", "doi", "ak", "gn", "ay", "kr"})
"""Macrolanguages of which a place's variety may be any member."""
