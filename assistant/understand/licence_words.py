"""Licence limits and intended uses in people's words: by name, by class, by deed, by place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from assistant.licence_stems import SHARE_ALIKE_ANY
from assistant.need import LicenceWish
from assistant.understand import demonyms, licence_denied, licence_named, licence_wanted
from assistant.understand.lexicon import Find, Lexicon, Token, entries
from assistant.understand.reading import LicencesAdd
from assistant.use import ACTS, Act, OrganisationKind
from catalog_sync import territories

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
    """SPDX ids, families and classes, of which one will do."""
    licences_not: tuple[str, ...] = ()
    """Stems of SPDX ids that are not wanted."""
    adds: LicencesAdd = ""
    """How it goes with what was asked for before."""
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
    named = licence_named.read(text)
    words = licence_denied.outside(words, named.hidden)
    finds = _lexicon().find(words)
    acts, act_finds, over = _deeds(text, words)
    firm_spans = [hit.span() for hit in _FIRM_MAY.finditer(text)]
    if firm_spans and "commercial_use" not in acts:
        acts = (*acts, "commercial_use")
    said = list(_wishes(finds, words))
    if (over and not said and not acts) or _RESEARCH_ALONE.fullmatch(text):
        said.append("non_commercial_ok")
    wish, licences = licence_wanted.wanted(
        text, said, named, eased=any(f.kind == "ease" for f in finds)
    )
    any_will_do = named.waived or any(f.kind == "wish" and f.value == "any" for f in finds)
    if wish is None and not any_will_do and not licences and _COMMERCIAL_ACTS & set(acts):
        wish = "commercial"
    stems_not = named.stems_not
    if set(named.wishes) == {"permissive"} and "non_commercial_ok" in said:
        # Nothing but share-alike was shut out.
        wish, stems_not = "non_commercial_ok", [*stems_not, SHARE_ALIKE_ANY]
    too = named.eased or named.alike_too or _is_eased(text, finds)
    adds: LicencesAdd = "too" if too else ""
    if named.wishes and not said and not licences:
        adds = "bound"
    organisation = next((f.value for f in finds if f.kind == "organisation"), None)
    from_country, hq_country, place_spans = _countries(text, words)
    kept = [f for f in (*finds, *act_finds) if f.kind in ("wish", "act")]
    return LicenceWords(
        wish=wish,
        licences=licences,
        licences_not=tuple(dict.fromkeys(stems_not)),
        adds=adds,
        any_will_do=any_will_do,
        acts=acts,
        organisation=cast("OrganisationKind | None", organisation),
        from_country=from_country,
        hq_country=hq_country,
        spans=(*((f.start, f.end) for f in kept), *place_spans, *named.spans, *firm_spans),
    )


def _is_eased(text: str, finds: tuple[Find, ...]) -> bool:
    open_ones = ("public_domain", "permissive")
    wishes = (f for f in finds if f.kind == "wish" and f.value in open_ones)
    return any(licence_named.is_eased(text, f.start, f.end) for f in wishes)


def _deeds(text: str, words: tuple[Token, ...]) -> tuple[tuple[Act, ...], list[Find], bool]:
    """Deeds named and meant, and whether one for profit is no longer meant.

    "No need to sell it" names one and does not mean it.
    """
    finds = _acts().find(words)
    no_need = [f for f in finds if f.kind == "no_need"]
    meant = [
        f
        for f in finds
        if f.kind == "act"
        and not any(0 < f.first - excuse.last <= 4 for excuse in no_need)
        and not licence_denied.is_not_for(f, words)
        and not licence_denied.is_needless(f, no_need, words)
    ]
    named = {f.value for f in meant}
    denied = {f.value for f in finds if f.kind == "act"} - named
    over = bool(_COMMERCIAL_ACTS & denied)
    return tuple(act for act in ACTS if act in named), meant, over


def _wishes(finds: tuple[Find, ...], words: tuple[Token, ...]) -> Iterator[LicenceWish]:
    no_need = [f for f in finds if f.kind == "no_need"]
    excused = [f.last for f in no_need]
    others = any(f.kind == "wish" and f.value not in ("any", "stated") for f in finds)
    for find in finds:
        if find.kind != "wish" or find.value == "any":
            continue
        if find.value == "stated":
            # Where a class is named as well, any licence of it is a stated one.
            if not others:
                yield "non_commercial_ok"
            continue
        if find.value == "commercial" and any(0 < find.first - last <= 6 for last in excused):
            yield "non_commercial_ok"
        elif find.value == "commercial" and (
            licence_denied.is_not_for(find, words)
            or licence_denied.is_needless(find, no_need, words)
        ):
            yield "non_commercial_ok"
        elif find.value == "non_commercial_ok" and licence_denied.is_shut_out(find, words):
            yield "commercial"
        else:
            yield cast("LicenceWish", find.value)


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
