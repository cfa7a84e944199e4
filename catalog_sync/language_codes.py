"""Language codes: any way of writing one to the one canonical BCP 47 tag, and what belongs to it.

Tables: `vocabulary/languages/codes.tsv` and `aliases.tsv`, made by `scripts/language_tables.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_TABLES = files("catalog_sync") / "vocabulary" / "languages"
_REGIONS = frozenset({"419", "001", "150"})
_OLD = {
    "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "mol": "ro", "bh": "bho",
    "bih": "bho",
    "scc": "sr", "scr": "hr", "zh-yue": "yue", "zh-cmn": "cmn", "zh-min-nan": "nan",
    "zh-nan": "nan", "zh-hakka": "hak", "zh-wuu": "wuu", "zh-gan": "gan", "zh-xiang": "hsn",
    "zh-guoyu": "cmn", "zh-classical": "lzh", "zh-min": "nan", "no-bok": "nb", "no-nyn": "nn",
    "no-bokmaal": "nb", "no-nynorsk": "nn", "i-klingon": "tlh", "i-lux": "lb", "i-navajo": "nv",
    "i-hak": "hak", "i-tao": "tao", "i-tay": "tay", "i-tsu": "tsu", "i-ami": "ami",
    "i-bnn": "bnn", "i-pwn": "pwn", "art-lojban": "jbo", "bat-smg": "sgs", "fiu-vro": "vro",
    "roa-rup": "rup", "roa-tara": "nap", "map-bms": "jv", "be-x-old": "be-tarask",
    "cbk-zam": "cbk", "nds-nl": "nds-NL", "simple": "en", "als-ch": "gsw", "sr-ec": "sr-Cyrl",
    "sr-el": "sr-Latn", "ns": "nso", "ajp": "apc", "eml": "egl", "efk": "efi",
    "en-uk": "en-GB", "zh-chs": "zh-Hans",
    "zh-cht": "zh-Hant", "kurd": "ku",
}  # fmt: skip
"""Deprecated and grandfathered codes that catalogues still write (RFC 5646, ISO 639, Wikipedia).
"als", Alemannic on Wikipedia, stays Tosk Albanian as in ISO."""
MISTAKEN = {
    "jp": "ja", "cz": "cs", "ua": "uk", "gr": "el", "vn": "vi", "dk": "da", "cn": "zh",
    "kr-kr": "ko", "no-nb": "nb", "no-nn": "nn", "zhw": "zh", "rs": "sr",
}  # fmt: skip
"""Country codes and slips put where a language code belongs; read so only in catalogues' fields."""
_NEAR = {
    "sw": "swh", "ne": "npi", "or": "ory", "ar": "arb", "zh": "cmn", "fa": "pes", "ms": "zsm",
    "mn": "khk", "et": "ekk", "lv": "lvs", "uz": "uzn", "az": "azj", "sq": "als", "mg": "plt",
    "yi": "ydd", "kok": "knn", "om": "gaz", "ps": "pbt", "gn": "gug", "ay": "ayr", "ku": "kmr",
    "kr": "knc", "no": "nb", "ak": "tw", "doi": "dgo", "kv": "kpv", "raj": "mwr", "sc": "sro",
}  # fmt: skip
"""Macrolanguage to the member that its tag means where data does not say more; a wish for that
member is met by the macrolanguage's own tag. For Quechua, Zapotec, Kurdish dialects and the like
no other member is: "zh" alone never meets a wish for Cantonese."""
_EXTRA_MEMBERS = {"nah": "nci nch ncx naz nln nhn azz nhe nhi nlv nhw nhx nhy nhz nht nhg nhq nhk "
                  "nhm nhp nsu nuz ngu nah azd azn npl nhv ppl nhc".split(),
                  "ber": "tzm zgh shi rif kab shy mzb thv taq ttq thz tmh tia grr jbn siz auj ghe "
                  "gho sds swn oua zen cnu".split()}  # fmt: skip
"""Collective codes that data uses as if they were languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One ISO 639 code."""

    part3: str
    tag: str
    """The shortest: two letters where ISO 639-1 has them."""
    scope: str
    """I individual, M macrolanguage, S special, C collective."""
    type: str
    """L living, E extinct, A ancient, H historical, C constructed, S special."""
    macro: str
    english: str
    autonym: str
    territories: tuple[str, ...]
    """ISO 3166 codes, by share of the people there who speak it."""
    home: frozenset[str]
    """Of these, where it is at home: official, or much of its speakers or of the people."""


@cache
def codes() -> dict[str, Code]:
    """Every code in force by its shortest tag."""
    found: dict[str, Code] = {}
    lines = (_TABLES / "codes.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        part3, short, scope, kind, macro, english, autonym, places = line.split("\t")
        tag = short or part3
        listed = [place for place in places.split(",") if place]
        where = tuple(place.rstrip("!") for place in listed)
        home = frozenset(place[:-1] for place in listed if place.endswith("!"))
        found[tag] = Code(
            part3=part3, tag=tag, scope=scope, type=kind, macro=macro, english=english,
            autonym=autonym, territories=where, home=home,
        )  # fmt: skip
    return found


@cache
def _by_part3() -> dict[str, str]:
    return {code.part3: tag for tag, code in codes().items()}


@cache
def _aliases() -> dict[str, str]:
    lines = (_TABLES / "aliases.tsv").read_text(encoding="utf-8").splitlines()
    return {**dict(line.split("\t") for line in lines[1:]), **_OLD}


def known(subtag: str) -> str | None:
    """The canonical tag of a bare code, current or outdated; None when there is no such code."""
    low = subtag.lower()
    if low in codes():
        return low
    return _by_part3().get(low) or _aliases().get(low)


_TAG = re.compile(
    r"(?P<language>[A-Za-z]{2,8})(?:[-_](?P<script>[A-Za-z]{4}))?"
    r"(?:[-_](?P<region>[A-Za-z]{2}|\d{3}))?(?P<rest>(?:[-_][A-Za-z0-9]{1,8})*)"
)
_EXTENDED = re.compile(r"(?:ar|zh|ms|sw|uz|lv|kok)-(?P<member>[A-Za-z]{3})(?P<rest>(?:-.*)?)", re.I)


@lru_cache(maxsize=20_000)
def canonical(tag: str) -> str:
    """The tag in canonical case with the shortest code; unknown codes are only put in order.

    Args:
        tag: A BCP 47 tag or a bare code, in any case, with hyphens or underscores. Anything that
            is not shaped like a tag comes back as it is.
    """
    text = tag.strip().replace("_", "-")
    whole = _aliases().get(text.lower())
    if whole is not None:
        return whole
    extended = _EXTENDED.fullmatch(text)
    if extended and extended["member"].lower() in codes():
        text = extended["member"] + extended["rest"]
    match = _TAG.fullmatch(text)
    if match is None:
        return tag
    language = known(match["language"]) or match["language"].lower()
    rest = match["rest"].lower()
    region = match["region"]
    script = match["script"]
    if script and not (region or rest) and script.lower() in _VARIANTS_OF_FOUR:
        return f"{language}-{script.lower()}"
    parts = [language, script.title() if script else "", region.upper() if region else ""]
    made = "-".join(part for part in parts if part) + rest
    if (language, region and region.upper()) == ("nan", "TW"):
        made = "nan" + rest
    return made


_VARIANTS_OF_FOUR = frozenset({"arev"})


def base(tag: str) -> str:
    """The language alone: "zh-HK" is "zh", "rm-sursilv" is "rm"."""
    return canonical(tag).split("-")[0]


def is_known(tag: str) -> bool:
    """Whether the language part of the tag is a code in force."""
    return base(tag) in codes()


def iso639_3(tag: str) -> str:
    """The ISO 639-3 code of a tag's language ("cy-GB" is "cym"); the language part if unknown."""
    code = codes().get(base(tag))
    return code.part3 if code else base(tag)


@cache
def _members() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {macro: list(tags) for macro, tags in _EXTRA_MEMBERS.items()}
    by_part3 = _by_part3()
    for tag, code in codes().items():
        if code.macro:
            found.setdefault(by_part3[code.macro], []).append(tag)
    return {macro: tuple(sorted(set(tags) - {macro})) for macro, tags in found.items()}


def members(tag: str) -> tuple[str, ...]:
    """The languages a macrolanguage or collective code takes in; empty for any other."""
    return _members().get(base(tag), ())


def macrolanguage(tag: str) -> str | None:
    """The macrolanguage that takes this language in."""
    code = codes().get(base(tag))
    return _by_part3()[code.macro] if code and code.macro else None


def usual_member(tag: str) -> str | None:
    """The member that a macrolanguage's own tag means where data does not say more."""
    return _NEAR.get(base(tag))
