"""Licence limits and intended uses in people's words: by name, by class, by deed, by place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast, get_args

from assistant.need import LicenceWish
from assistant.understand import demonyms, licence_denied
from assistant.understand.lexicon import Find, Lexicon, Token, entries
from assistant.use import ACTS, Act, OrganisationKind
from catalog_sync import licences_read, territories

_FREER = re.compile(
    r"\w-?ish\b|\bor (?:freer|better|looser|similar|equivalent|something (?:like|similar)|"
    r"(?:more|less) \w+|the like|any(?:thing)? (?:freer|more open))|[ -](?:like|style)\b"
    r"|\bo similar|\bou (?:équivalent|similaire|similar|plus libre|mais livre)"
    r"|\boder (?:ähnlich|freier)|\bau inayofanana|أو ما يشابه|أو أكثر حرية",
    re.IGNORECASE,
)
_NAMED_PART = 600
"""Licence names are looked for in this many first characters of a turn."""
_WISHES: tuple[LicenceWish, ...] = get_args(LicenceWish)
_PUBLIC_DOMAIN = frozenset({"CC0-1.0", "PDDL-1.0", "Unlicense", "CC-PDM-1.0", "0BSD"})
_PERMISSIVE = frozenset({"MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "ODC-By-1.0"})
_CLASSES = frozenset({"LicenseRef-Non-Commercial", "LicenseRef-Research-Only"})
"""Ids that stand for loose words; the phrase table reads those as a class."""
_VERSIONS = ("1.0", "2.0", "2.5", "3.0", "4.0")
_COMMERCIAL_ACTS = frozenset(
    {"commercial_use", "train_commercial", "train_commercial_closed_weights"}
)
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:based|located|established|registered|incorporated|live|living|sit|operating|are|am|'m|"
    r"'re|company|firm|startup|business|university|team|resident|headquartered|hq|headquarters|"
    r"kampuni|empresa|entreprise|société|unternehmen|firma|شركة)"
    r"(?: is| are)?(?: in| from| at| ya| de| du| aus| من| في)?"
    r"|\bfrom|\bif (?:we|i) (?:are|were) in)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ARTICLES = frozenset(
    "a an any our my eine ein einer eines einem einen unser unsere unserer meine mein".split()
)
_RESEARCH_ALONE = re.compile(
    r"\W*(?:(?:actually|well|ok|okay|it's|just|only|for)\W+)*"
    r"(?:(?:research|academic)(?: use)? only|only (?:for )?(?:research|academic use))\W*",
    re.IGNORECASE,
)
"""A whole turn that says what the data is for; within a longer one it may be what is not wanted."""
_HQ_BEFORE = re.compile(r"(?:headquarter\w*|\bhq|parent company)[^.;]{0,24}$", re.IGNORECASE)


_NOT_NAMED = re.compile(
    r"\b(?:not|no|except|without|excluding|exclude|avoid|other than|anything but)\s+"
    r"(?:under\s+)?(?:the\s+|any\s+|an?\s+)?"
    r"(?P<name>(?:CC|Creative Commons|[AL]?GPL|MIT|Apache|BSD|MPL|EUPL|GFDL|ODbL|ODC|CDLA|OGL"
    r"|NOODL)"
    r"[\w.+-]*(?:[ -](?:BY|SA|NC|ND|v?\d[\d.]*)\b)*)",
    re.IGNORECASE,
)
"""A licence that is shut out: "not GPL", "anything but CC BY-SA"."""

_FIRM = r"(?:compan(?:y|ies)|firms?|business(?:es)?|start-?ups?|enterprises?|corporations?)"
_FIRM_MAY = re.compile(
    rf"\b{_FIRM}\b[^.;,]{{0,24}}\b(?:may|can|could|able|allowed|permitted|free)\b"
    r"[^.;,]{0,16}\b(?:use|sell|build)\b"
    rf"|\b(?:usable|used|open|allowed|fit)\s+(?:by|for|to)\s+(?:an?\s+|any\s+)?{_FIRM}\b",
    re.IGNORECASE,
)
"""Such as "a company must be allowed to use it"."""


@dataclass(frozen=True, slots=True)
class LicenceWords:
    """What a turn says of licences and deeds."""

    wish: LicenceWish | None = None
    licences: tuple[str, ...] = ()
    """SPDX ids."""
    licences_not: tuple[str, ...] = ()
    """Stems of SPDX ids that are not wanted."""
    any_will_do: bool = False
    acts: tuple[Act, ...] = ()
    organisation: OrganisationKind | None = None
    from_country: str | None = None
    hq_country: str | None = None
    spans: tuple[tuple[int, int], ...] = ()


@cache
def _lexicon() -> Lexicon:
    return Lexicon(entry for entry in entries("licences") if entry[1] != "act")


@cache
def _acts() -> Lexicon:
    return Lexicon(entry for entry in entries("licences") if entry[1] in ("act", "no_need"))


@cache
def _places() -> Lexicon:
    return Lexicon((name, "place", code) for name, code in territories.names().items())


@cache
def _demonyms() -> Lexicon:
    return Lexicon((word, side, code) for word, side, code in demonyms.rows())


def read(text: str, words: tuple[Token, ...]) -> LicenceWords:
    """Licence limits, deeds, kind of organisation and places of use."""
    finds = _lexicon().find(words)
    acts, act_finds = _deeds(words)
    firm_spans = [hit.span() for hit in _FIRM_MAY.finditer(text)]
    if firm_spans and "commercial_use" not in acts:
        acts = (*acts, "commercial_use")
    wishes = list(_wishes(finds, words))
    licences_not, wanted, not_spans = _unwanted(text)
    licences, named = _by_name(wanted, eased=any(f.kind == "ease" for f in finds))
    wishes += named
    if _RESEARCH_ALONE.fullmatch(text):
        wishes.append("non_commercial_ok")
    any_will_do = any(f.kind == "wish" and f.value == "any" for f in finds)
    wish = _one_wish(wishes, alternative=bool(re.search(r"\b(?:or|o|ou|oder|au)\b|,", text)))
    if wish is None and not any_will_do and not licences and _COMMERCIAL_ACTS & set(acts):
        wish = "commercial"
    organisation = next((f.value for f in finds if f.kind == "organisation"), None)
    from_country, hq_country, place_spans = _countries(text, words)
    kept = [f for f in (*finds, *act_finds) if f.kind in ("wish", "act")]
    return LicenceWords(
        wish=wish,
        licences=licences,
        licences_not=licences_not,
        any_will_do=any_will_do,
        acts=acts,
        organisation=cast("OrganisationKind | None", organisation),
        from_country=from_country,
        hq_country=hq_country,
        spans=(*((f.start, f.end) for f in kept), *place_spans, *not_spans, *firm_spans),
    )


def _unwanted(text: str) -> tuple[tuple[str, ...], str, list[tuple[int, int]]]:
    """(stems of licences shut out by name, the text without them, where they stood)."""
    stems: list[str] = []
    spans: list[tuple[int, int]] = []
    for hit in _NOT_NAMED.finditer(text[:_NAMED_PART]):
        found = licences_read.mentioned(hit["name"])
        if found:
            named = [licence.removeprefix("LicenseRef-") for licence in found]
            stems += [re.sub(r"-\d.*$", "", licence) for licence in named]
            spans.append(hit.span())
    wanted = text
    for start, end in spans:
        wanted = wanted[:start] + " " * (end - start) + wanted[end:]
    return tuple(dict.fromkeys(stems)), wanted, spans


def _deeds(words: tuple[Token, ...]) -> tuple[tuple[Act, ...], list[Find]]:
    """Deeds named and meant: "no need to sell it" names one and does not mean it."""
    finds = _acts().find(words)
    excused = [f.last for f in finds if f.kind == "no_need"]
    meant = [
        f
        for f in finds
        if f.kind == "act"
        and not any(0 < f.first - last <= 4 for last in excused)
        and not licence_denied.is_not_for(f, words)
    ]
    named = {f.value for f in meant}
    return tuple(act for act in ACTS if act in named), meant


def _wishes(finds: tuple[Find, ...], words: tuple[Token, ...]) -> Iterator[LicenceWish]:
    excused = [f.last for f in finds if f.kind == "no_need"]
    for find in finds:
        if find.kind != "wish" or find.value == "any":
            continue
        if find.value == "commercial" and any(0 < find.first - last <= 6 for last in excused):
            yield "non_commercial_ok"
        elif find.value == "commercial" and licence_denied.is_not_for(find, words):
            yield "non_commercial_ok"
        elif find.value == "non_commercial_ok" and licence_denied.is_shut_out(find, words):
            yield "commercial"
        else:
            yield cast("LicenceWish", find.value)


def _one_wish(wishes: list[LicenceWish], *, alternative: bool) -> LicenceWish | None:
    """One class out of several: alternatives widen it, otherwise the strictest is meant."""
    named = set(wishes)
    if "non_commercial_ok" in named:
        return "non_commercial_ok"
    if alternative and {"public_domain", "permissive"} <= named:
        return "permissive"
    return next((wish for wish in _WISHES if wish in named), None)


def _by_name(text: str, *, eased: bool) -> tuple[tuple[str, ...], list[LicenceWish]]:
    """Licences named: a whole class where the name stands for one, else SPDX ids."""
    ids: list[str] = []
    wishes: list[LicenceWish] = []
    head = text[:_NAMED_PART]
    freer = bool(_FREER.search(head))
    for licence in licences_read.mentioned(head):
        bare = licence.removeprefix("LicenseRef-")
        if licence in _CLASSES:
            continue
        if licence in _PUBLIC_DOMAIN:
            wishes.append("public_domain")
        elif bare == "CC-BY" or (
            freer and (bare.startswith("CC-BY-") and bare[6].isdigit() or licence in _PERMISSIVE)
        ):
            wishes.append("permissive")
        elif "-NC" in bare and (eased or freer):
            wishes.append("non_commercial_ok")
        elif freer and "-SA" in bare:
            wishes.append("commercial")
        elif licence != bare and bare.startswith("CC-"):
            ids += [f"{bare}-{version}" for version in _VERSIONS]
        else:
            ids.append(licence)
    if "permissive" in wishes:
        ids = [i for i in ids if i not in _PERMISSIVE and not re.match(r"CC-BY-\d", i)]
    return tuple(dict.fromkeys(ids)), wishes


def _countries(
    text: str, words: tuple[Token, ...]
) -> tuple[str | None, str | None, list[tuple[int, int]]]:
    """(where they are, where the head office is, spans), only where the sentence says so."""
    organisations = {f.first for f in _lexicon().find(words) if f.kind == "organisation"}
    from_country = hq_country = None
    spans = []
    for find in _demonyms().find(words):
        if _is_of_an_organisation(find, words, organisations):
            from_country = from_country or find.value
            spans.append((find.start, find.end))
    for find in _places().find(words):
        before = text[max(0, find.start - 40) : find.start]
        if _HQ_BEFORE.search(before):
            hq_country = hq_country or find.value
        elif find.last + 1 in organisations or _stands_for_us(before, text):
            from_country = from_country or find.value
        else:
            continue
        spans.append((find.start, find.end))
    return from_country, hq_country, spans


_ABOUT_US = re.compile(
    r"\b(?:we|i|i'm|we're|our|my|us|company|firm|startup|business|university|may|allowed|"
    r"kampuni|empresa|entreprise|société|unternehmen|firma|شركة)\b",
    re.IGNORECASE,
)


def _is_of_an_organisation(find: Find, words: tuple[Token, ...], organisations: set[int]) -> bool:
    """Such as "a German firm" or "empresa alemana"; "German company websites" are in German."""
    if find.kind == "after":
        return find.first - 1 in organisations and not words[find.first].opens
    one = find.first > 0 and words[find.first - 1].word in _ARTICLES
    return one and find.last + 1 in organisations


def _stands_for_us(before: str, text: str) -> bool:
    return bool(_PLACE_BEFORE.search(before)) and bool(_ABOUT_US.search(text))
