"""Which tags satisfy a wish for a language: itself, its places and scripts, its members.

A wish for a macrolanguage is met by every member. A wish for a member is met by the
macrolanguage's own tag only where that tag in practice means this member (`usual_member`:
"sw" for swh, "ne" for npi, "zh" for Mandarin); so "zh" alone never meets a wish for Cantonese.
A wish for a country's variety is met by data that names no country ("pt" for pt-BR), except where
the language's varieties are languages of their own (Chinese, Arabic).
"""

from __future__ import annotations

from functools import lru_cache

from catalog_sync import territories
from catalog_sync.language_codes import (
    base,
    canonical,
    codes,
    macrolanguage,
    members,
    usual_member,
)
from catalog_sync.language_tables import variants

_SAME = (frozenset({"fil", "tl"}), frozenset({"prs", "fa-AF"}), frozenset({"swc", "sw-CD"}),
         frozenset({"arb", "ar-001"}), frozenset({"cnr", "sr-ME"}), frozenset({"nan", "nan-TW"}),
         frozenset({"vls", "nl-BE"}), frozenset({"lah", "pnb"}), frozenset({"pnb", "pa-PK"}),
         frozenset({"pa-Arab", "pnb"}))  # fmt: skip
"""Tags that data uses for one and the same language."""
_SCRIPTS = ("Latn", "Cyrl", "Arab", "Deva", "Hans", "Hant", "Mong", "Tfng", "Beng", "Guru", "Hebr",
            "Grek", "Olck", "Adlm", "Mtei", "Java", "Nkoo", "Armn", "Geor", "Ethi")  # fmt: skip
_HONG_KONG = frozenset({"zh-HK", "zh-MO", "zh-Hant-HK", "zh-Hant-MO"})
_APART = frozenset({"zh", "ar"})
"""Languages whose places write or speak what is another language."""
_WIDE = frozenset({"en", "es", "fr", "pt", "ar", "de", "ru"})
"""Languages spoken about everywhere: every country's tag is taken."""


def territories_of(tag: str) -> tuple[str, ...]:
    """ISO 3166 codes of the countries where the language is spoken, largest share first."""
    language, *rest = canonical(tag).split("-")
    named = tuple(part for part in rest if len(part) == 2 and part.isupper())
    if named:
        return named
    code = codes().get(language)
    known = code.territories if code else ()
    return tuple(dict.fromkeys((*territories.spoken_in(language), *known)))


@lru_cache(maxsize=2048)
def _written(tag: str) -> frozenset[str]:
    """The tag and its regional, script and variant forms."""
    places = territories.all_codes() if tag in _WIDE else territories_of(tag)
    found = {tag, f"{tag}-419", f"{tag}-001"} | {f"{tag}-{place}" for place in places}
    found |= {f"{tag}-{script}" for script in _SCRIPTS}
    if tag == "zh":
        found |= {f"zh-{s}-{p}" for s in ("Hans", "Hant") for p in ("CN", "TW", "HK", "SG", "MO")}
    found |= {f"{tag}-{variant}" for variant in variants().get(tag, ())}
    return frozenset(found)


@lru_cache(maxsize=4096)
def satisfied_by(tag: str) -> frozenset[str]:
    """Every canonical tag on a card that meets a wish for `tag`, itself among them."""
    wish = canonical(tag)
    if "-" in wish:
        return _narrow(wish)
    found = set(_written(wish))
    for member in members(wish):
        found |= _written(member)
    macro = macrolanguage(wish)
    if macro and usual_member(macro) == wish:
        found |= _written(macro)
        if wish == "cmn":
            found -= _HONG_KONG
    return frozenset(_with_same(found))


def _narrow(wish: str) -> frozenset[str]:
    language = base(wish)
    found = {wish} | {t for t in _written(language) if t.startswith(f"{wish}-")}
    parts = wish.split("-")[1:]
    if language == "zh":
        found |= {t for t in _written("zh") if t.split("-")[-1] == parts[-1]}
    elif language not in _APART and all(len(part) == 2 and part.isupper() for part in parts):
        found.add(language)
    return frozenset(_with_same(found))


def _with_same(found: set[str]) -> set[str]:
    for same in _SAME:
        if same & found:
            found |= same
    return found


def matches(wish: str, tag: str) -> bool:
    """Whether a card's tag meets a wish for a language."""
    return canonical(tag) in satisfied_by(wish)


def attested(tag: str) -> str:
    """The tag without what nobody recorded of the language: "ne-NE" is "ne", "my-x-zawgyi" "my"."""
    language, *rest = canonical(tag).split("-")
    kept = [language]
    places = () if language in _WIDE else territories_of(language)
    for part in rest:
        if len(part) == 2 and part.isupper():
            if places and part not in places:
                continue
        elif len(part) == 4 and part.istitle():
            if part not in _SCRIPTS:
                continue
        elif not part.isdigit() and part not in variants().get(language, ()):
            continue
        kept.append(part)
    return "-".join(kept)
