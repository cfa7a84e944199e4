"""Sets of languages by family, place or kind, named inside a sentence.

"Bantu languages", "languages of Nigeria", "lenguas indígenas de México".

Families: `groups.tsv` by hand, over `families.tsv` from Wiktionary's code list. Places: CLDR's
territories with our own additions, world languages left out where they are not at home.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from catalog_sync import territories
from catalog_sync.language_answer import GroupMention
from catalog_sync.language_codes import canonical, codes
from catalog_sync.language_names import raw_index
from catalog_sync.language_tables import rows
from catalog_sync.language_text import WORD, bare

_WORLD = {
    "en": "GB US AU NZ IE CA IM JE GG GI BS BB JM MT",
    "fr": "FR BE CH CA LU MC",
    "es": "ES MX AR CO PE VE CL EC GT CU BO DO HN PY SV NI CR PA UY PR GQ",
    "pt": "PT BR", "ar": "DZ BH EG IQ JO KW LB LY MR MA OM PS QA SA SD SY TN AE YE KM DJ TD SO EH",
    "de": "DE AT CH LI LU BE IT", "it": "IT CH SM VA", "ru": "RU BY KZ KG", "zh": "CN TW SG HK MO",
    "nl": "NL BE SR", "hi": "IN", "tr": "TR CY", "fa": "IR AF TJ", "ja": "JP", "ko": "KR KP",
    "ur": "PK IN", "pl": "PL", "uk": "UA", "el": "GR CY", "vi": "VN", "th": "TH",
    "hu": "HU", "ro": "RO MD",
}  # fmt: skip
"""Languages spoken far from home, and where they are at home."""


def _native(language: str, place: str) -> bool:
    home = _WORLD.get(language)
    return home is None or place in home.split()


@cache
def _by_place() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for tag, code in codes().items():
        for place in code.home if code.scope != "S" else ():
            if _native(tag, place):
                found.setdefault(place, set()).add(tag)
    for place, tags in territories.indigenous().items():
        found.setdefault(place, set()).update(tag for tag in tags if _native(tag, place))
    return {place: frozenset(tags) for place, tags in found.items()}


@lru_cache(maxsize=512)
def of_place(places: frozenset[str], *, indigenous: bool = False) -> frozenset[str]:
    """Languages at home in any of the countries; indigenous leaves out the world's languages."""
    found: set[str] = set()
    for place in places:
        found |= _by_place().get(place, frozenset())
    return frozenset(tag for tag in found if not (indigenous and tag in _WORLD))


@cache
def _families() -> dict[str, tuple[str, ...]]:
    return {family: tuple(tags.split()) for family, tags in rows("families.tsv")}


def _member(word: str, done: dict[str, frozenset[str]]) -> frozenset[str]:
    name = word[1:].replace("_", " ")
    if word.startswith("@"):
        return frozenset(_families().get(name, ()))
    if word.startswith("=place_"):
        return of_place(frozenset({word[7:]}))
    if word.startswith("=indigenous_"):
        return of_place(frozenset({word[12:]}), indigenous=True)
    if word.startswith("="):
        return done[name]
    return frozenset({canonical(word)}) if not word.endswith("_") else frozenset()


@cache
def _named() -> dict[str, tuple[str, frozenset[str]]]:
    """Key to label and tags of every group that has a name."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    done: dict[str, frozenset[str]] = {}
    for label, names, members in rows("groups.tsv"):
        tags = frozenset().union(*(_member(word, done) for word in members.split()))
        done[label] = tags
        for name in [label, *names.split("|")]:
            found.setdefault(bare(name), (label, tags))
    for family, listed in _families().items():
        key = bare(family)
        if family not in {"constructed", "mixed", "not a family", "sign"} and len(listed) > 1:
            found.setdefault(f"{key} languages", (f"{family} languages", frozenset(listed)))
    return found


_PLURAL = (
    "languages|tongues|lenguas|idiomas|langues|linguas|sprachen|lugha|lingue|vernaculars|dialects"
)
_NOUN = frozenset({*_PLURAL.split("|"), "language", "family", "sprache"})
_SPEECH = frozenset(
    "speech voice data corpora corpus text asr tts datasets dataset audio nlp translation "
    "recordings".split()
)
_BARE = frozenset(bare(w) for w in (
    "Celtic Scandinavian Nordic Germanic Slavic Slavonic Turkic Bantu Dravidian Semitic Uralic "
    "Austronesian Polynesian Mayan Nilotic Cushitic Quechuan Finno-Ugric Indic Athabaskan "
    "Algonquian Formosan Mongolic Indo-Aryan Nguni Goidelic Brythonic Kartvelian Creoles Pidgins "
    "Conlangs "
    "Sinitic Tungusic Circassian Papuan Khoisan Berber bantúes eslavas celtas bereberes créoles"
).split())  # fmt: skip
"""Names that mean the languages even without the word."""
_PLACE = re.compile(
    rf"\b(?P<head>(?:(?P<native>indigenous|native|aboriginal|local|minority|indígenas|originarias|"
    rf"nativas|autochtones|indigene[nr]?)\s+)?(?:{_PLURAL}|línguas)"
    rf"(?:\s+(?P<native2>indígenas|originari[ao]s|nativas|autochtones|locales|nationales|nacionales))?"
    rf"(?:\s+(?:that\s+are\s+)?(?:spoken|habladas|parlées|faladas|gesprochen|zipi|gani|zote))?\s+"
    r"(?:of|in|from|across|de|del|de la|des|du|do|da|dos|das|en|em|au|aux|za|ya|in der|aus|von"
    r"|d['’])\s*"
    rf"(?:the\s+|la\s+|los\s+|l['’])?|(?<!\w)(?:ال)?لغات\s+(?:(?:في|من)\s+)?)(?P<rest>\S.{{0,60}})",
    re.IGNORECASE,
)


def _places() -> dict[str, tuple[str, frozenset[str]]]:
    return territories.regions()


def _place_at(words: list[re.Match[str]], at: int) -> tuple[int, str, frozenset[str]] | None:
    """The longest country or part of the world that starts at a word: words, label, countries."""
    for count in range(min(4, len(words) - at), 0, -1):
        key = bare(" ".join(word.group() for word in words[at : at + count]))
        region = _places().get(key)
        if region:
            return count, region[0], region[1]
        code = territories.code(key)
        if code:
            return count, territories.name(code) or code, frozenset({code})
    return None


def _of_places(text: str) -> Iterator[GroupMention]:
    for match in _PLACE.finditer(text):
        rest = list(WORD.finditer(text, match.start("rest"), match.end("rest")))
        place = _place_at(rest, 0) if rest else None
        if place is None:
            continue
        count, label, countries = place
        native = bool(match["native"] or match["native2"])
        kind = "indigenous languages" if native else "languages"
        end = rest[count - 1].end()
        yield GroupMention(
            start=match.start(), end=end, text=text[match.start() : end],
            label=f"{kind} of {label}", tags=of_place(countries, indigenous=native),
        )  # fmt: skip


def _noun_near(words: list[re.Match[str]], start: int, end: int) -> tuple[int, int] | None:
    """The span with the word "languages" that stands before or after the group's name."""
    if end < len(words) and bare(words[end].group()) in _NOUN:
        return start, end + 1
    for gap in (1, 2):
        if start >= gap and bare(words[start - gap].group()) in _NOUN:
            return start - gap, end
    return None


@cache
def _openings() -> frozenset[str]:
    """First words of groups, parts of the world, countries and peoples."""
    tables = (_named(), territories.regions(), territories.names())
    return frozenset(key.split(" ")[0] for table in tables for key in table if key)


def _adjectives(text: str, words: list[re.Match[str]]) -> Iterator[GroupMention]:
    """Names before or after the noun: "Bantu languages", "langues africaines", "Celtic speech"."""
    keys = [bare(word.group()) for word in words]
    at = 0
    while at < len(words):
        step = 1
        longest = min(6, len(words) - at) if keys[at] in _openings() else 0
        for count in range(longest, 0, -1):
            made = _group_at(text, words, keys, at, count)
            if made is not None:
                yield made
                step = count
                break
        at += step


def _group_at(
    text: str, words: list[re.Match[str]], keys: list[str], at: int, count: int
) -> GroupMention | None:
    key = " ".join(keys[at : at + count])
    named = _named().get(key)
    span = (at, at + count)
    if named is None or not _complete(key):
        noun = _noun_near(words, at, at + count)
        where = _region(key) if noun else None
        named = named or (where if where and key not in raw_index() else named)
        following = keys[at + count] if at + count < len(keys) else ""
        if named is None or (noun is None and not (key in _BARE and _stands(keys, following))):
            return None
        span = noun or span
    start, end = words[span[0]].start(), words[span[1] - 1].end()
    return GroupMention(
        start=start, end=end, text=text[start:end], label=named[0], tags=named[1]
    )  # fmt: skip


def _complete(key: str) -> bool:
    """Whether the name itself says that languages are meant."""
    words = key.split()
    return (
        len(words) > 1
        and any(word in _NOUN or word in {"varieties", "dialects", "dialetti"} for word in words)
        or key in {"conlangs", "creoles", "pidgins", "pidgins and creoles", "isolates"}
    )


_AFTER = frozenset("and or but except excluding without other minus speakers".split()) | {""}


def _stands(keys: list[str], following: str) -> bool:
    return len(keys) <= 2 or following in _SPEECH or following in _AFTER


def _region(key: str) -> tuple[str, frozenset[str]] | None:
    region = _places().get(key)
    if region:
        return f"languages of {region[0]}", of_place(region[1])
    code = territories.code(key)
    if code:
        return f"languages of {territories.name(code)}", of_place(frozenset({code}))
    return None


def find_groups(text: str) -> tuple[GroupMention, ...]:
    """Every set of languages the text names by family, place or kind; none overlapping.

    Args:
        text: A sentence or a page.
    """
    words = list(WORD.finditer(text))
    found: list[GroupMention] = []
    taken = bytearray(len(text))
    for mention in (*_of_places(text), *_adjectives(text, words)):
        if mention.tags and not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def group(label: str) -> GroupMention | None:
    """The one group that a text names, if it names just one."""
    found = find_groups(label)
    return found[0] if len(found) == 1 else None
