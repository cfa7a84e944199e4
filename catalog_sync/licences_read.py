"""From the words people and catalogues write for a licence to an SPDX expression.

Reads ids, names, deed and legal-code addresses, and licences named inside sentences. What it
cannot read stays unread: it never guesses a licence from a hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from license_expression import ExpressionError, Licensing, get_spdx_licensing

from catalog_sync.licences_file import tables
from catalog_sync.licences_named import other_names
from catalog_sync.licences_table import creative_commons, row, rows

_SPACE = re.compile(r"\s+")
_KEY = re.compile(r"[^a-z0-9+]+")
_FILLER = re.compile(r"\b(the|licen[cs]ed?|licen[cs]es|under|version|v(?=\d)|agreement|public)\b")
_CC_URL = re.compile(
    r"creativecommons\.org/licen[cs]es/(?P<elements>[a-z+-]+)(?:/(?P<version>\d\.\d))?"
    r"(?:/(?P<port>[a-z]{2,3})(?![a-z]))?",
    re.IGNORECASE,
)
_CC0_URL = re.compile(
    r"creativecommons\.org/(?:publicdomain/zero|share-your-work/public-domain/cc0"
    r"|public-domain/cc0)",
    re.IGNORECASE,
)
_PDM_URL = re.compile(
    r"creativecommons\.org/(?:publicdomain/mark|share-your-work/public-domain/pdm)", re.I
)
_ELEMENT = (
    r"(?:by(?![a-z])|attribut(?:ion|e)|nc(?![a-z])|non[\s-]*comm?er(?:c?ial|ical)|"
    r"sa(?![a-z])|share[\s-]*alike|nd(?![a-z])|no[\s-]*deriv(?:ative)?s?(?:[\s-]*works)?)"
)
_CC_WORDS = re.compile(
    r"(?<![a-z])(?P<anchor>creative[\s-]*commons|cc)(?![a-z0])"
    r"(?P<body>(?:[\s\-_/,:'\[(]*(?:" + _ELEMENT + r"|licen[cs]es?))+)"
    r"(?P<after>[\s\-_,)\]]*(?:public|international|licen[cs]e|version|v|\s|\()*"
    r"(?P<version>[1-4](?:\.[015])?(?![\d.]*\d))?"
    r"(?:[\s\-_(]*(?P<port>united states|us(?![a-z])|usa|igo|unported|international|generic|"
    r"argentina|germany|deutschland|france|japan|uk|australia))?)?",
    re.IGNORECASE,
)
_BARE_ATTRIBUTION = re.compile(
    r"(?<![a-z-])(?P<body>attribution(?:[\s-]*(?:non[\s-]*commercial|share[\s-]*alike|"
    r"no[\s-]*derivatives))*)[\s\-_]*(?P<version>[1-4]\.[05])[\s]*(?P<port>international|unported|generic)?",
    re.IGNORECASE,
)
_CC_BARE_VERSION = re.compile(
    r"(?<![a-z])creative[\s-]*commons\s+(?P<version>4\.0)\s+international", re.I
)
_PORTS = {
    "united states": "US", "us": "US", "usa": "US", "igo": "IGO", "argentina": "AR",
    "germany": "DE", "deutschland": "DE", "france": "FR", "japan": "JP", "uk": "UK",
    "australia": "AU",
}  # fmt: skip
_CHOICE = re.compile(
    r"\b(?:at your (?:option|choice)|either\b.{0,80}\bor\b|dual[- ]licen[cs]ed)", re.I | re.S
)
_SLASHED = re.compile(r"under the [A-Z]+(?:/[A-Z]+)+ licen[cs]e")


_DISTRIBUTORS = (
    ("LDC", "LicenseRef-LDC-User-Agreement"),
    ("ELRA", "LicenseRef-ELRA-End-User"),
)
"""However their agreements are named, the strictest of them is read."""
_LONGEST_NAME = 60


@cache
def _licensing() -> Licensing:
    return get_spdx_licensing()


@cache
def read(stated: str) -> str | None:
    """The SPDX expression `stated` names; None where no licence can be read from it.

    Several licences in one text are joined by AND, since all may apply to some part; by OR only
    where the text says that one may choose.
    """
    text = _SPACE.sub(" ", stated).strip().strip("\"'")
    if not text or is_nothing(text):
        return None
    exact = by_name(text)
    if exact is not None:
        return exact
    expression = _expression(text)
    if expression is not None:
        return expression
    named = mentioned(text)
    if not named:
        return None
    joiner = " OR " if _CHOICE.search(text) or _SLASHED.search(text) else " AND "
    return joiner.join(named)


def is_nothing(text: str) -> bool:
    """Whether the text stands where a licence should and names none: "unknown", "other"."""
    words = {w for table in tables() for w in table.get("nothing", [])}
    return text.lower().strip(" .") in words


def key(name: str) -> str:
    """A name with case, punctuation and the word "licence" taken out: equal names, equal key."""
    lowered = _FILLER.sub(" ", name.lower().replace("_", " "))
    return _KEY.sub("", lowered)


@cache
def _names() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for licence in rows().values():
        plain = licence.id.removeprefix("LicenseRef-")
        for name in (licence.id, plain, licence.name, *licence.aliases):
            found.setdefault(key(name), licence.id)
            if name.endswith("-only"):
                found.setdefault(key(name.removesuffix("-only")), licence.id)
    return found


def by_name(text: str) -> str | None:
    """The id whose name, id or alias `text` is as a whole; None otherwise."""
    known = _names().get(key(text))
    if known is not None:
        return known
    for start, licence_id in _DISTRIBUTORS:
        if text.upper().startswith(start) and len(text) <= _LONGEST_NAME:
            return licence_id
    by_rule = creative_commons(text.upper().replace(" ", "-").replace("_", "-"))
    return by_rule.id if by_rule is not None else None


def _expression(text: str) -> str | None:
    """`text` as an SPDX expression in canonical form, when it is one."""
    if not re.search(r"\b(AND|OR|WITH)\b|^[A-Za-z0-9.+-]+$", text) or len(text) > 200:
        return None
    try:
        parsed = _licensing().parse(text, validate=False, simple=False)
    except (ExpressionError, AttributeError, TypeError):
        return None
    if parsed is None:
        return None
    leaves = [str(s) for s in _licensing().license_symbols(parsed, unique=True, decompose=False)]
    if any(row(leaf) is None and not _spdx_knows(leaf) for leaf in leaves):
        return None
    rendered = str(parsed)
    for leaf in leaves:
        known = row(leaf)
        if known is not None and known.id != leaf and not leaf.endswith("-or-later"):
            rendered = re.sub(rf"(?<![\w.+-]){re.escape(leaf)}(?![\w.+-])", known.id, rendered)
    return rendered


def _spdx_knows(leaf: str) -> bool:
    unknown = _licensing().unknown_license_keys(leaf)
    return not unknown


def beyond_names(text: str) -> frozenset[str]:
    """The words of `text`, lower case, that belong to no name of the licences it names.

    Addresses are left out. Empty: the text is a licence's name and nothing else.
    """
    words = set(_WORD.findall(re.sub(r"https?://\S+", " ", text).lower()))
    named = by_name(text) or _expression(text)
    if named is not None:
        return frozenset()
    for licence_id in mentioned(text):
        known = row(licence_id)
        names = (known.id, known.name, *known.aliases) if known else (licence_id,)
        words -= {w for name in names for w in _WORD.findall(name.lower())}
    return frozenset(words - _NAME_WORDS)


_WORD = re.compile(r"[a-z]+")
_NAME_WORDS = frozenset(
    "a an and as cc commons creative dedication deed domain generic international is it legalcode "
    "licence licenced licences license licensed licenses of or public states the this under united "
    "universal unported v version zero".split()
)


def mentioned(text: str) -> tuple[str, ...]:
    """Ids of the licences named anywhere in `text`, each once, in order of mention."""
    found: list[tuple[int, str]] = [*_addresses(text), *_cc_words(text), *other_names(text)]
    ids = list(dict.fromkeys(i for _, i in sorted(found)))
    if "OGL-Canada-2.0" in ids and not re.search(r"nationalarchives|\buk\b|v\.?\s?3", text, re.I):
        ids = [i for i in ids if i != "OGL-UK-3.0"]
    versioned = {_elements(i) for i in ids if _elements(i) and not _unversioned(i)}
    return tuple(i for i in ids if not (_unversioned(i) and _elements(i) in versioned))


def _elements(licence_id: str) -> str:
    match = re.fullmatch(r"(?:LicenseRef-)?CC-([A-Z-]+?)(?:-\d.*)?", licence_id)
    return match[1] if match else ""


def _unversioned(licence_id: str) -> bool:
    return licence_id.startswith("LicenseRef-CC-") and not re.search(r"\d", licence_id)


def _addresses(text: str) -> Iterator[tuple[int, str]]:
    for match in _CC_URL.finditer(text):
        found = _cc_id(match["elements"].split("-"), match["version"], match["port"])
        if found:
            yield match.start(), found
    for pattern, licence_id in ((_CC0_URL, "CC0-1.0"), (_PDM_URL, "LicenseRef-CC-PDM-1.0")):
        for match in pattern.finditer(text):
            yield match.start(), licence_id
    lowered = text.lower()
    for address, licence_id in _urls().items():
        at = lowered.find(address)
        if at >= 0 and not _longer(lowered, at, address):
            yield at, licence_id
    for match in re.finditer(r"spdx\.org/licenses/([A-Za-z0-9.+-]+?)(?:\.html|[\s)\]]|$)", text):
        known = row(match[1])
        if known:
            yield match.start(), known.id


def _longer(lowered: str, at: int, address: str) -> bool:
    """Whether the address goes on with a version that this entry does not name."""
    following = lowered[at + len(address) :][:1]
    return following.isdigit() or (following == "." and address[-1:].isdigit())


@cache
def _urls() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for licence in rows().values():
        if licence.family in ("cc", "agreement") or licence.id == "CC0-1.0":
            continue
        own = re.sub(r"^https?://(www\.)?", "", licence.url).rstrip("/")
        for address in (own, *licence.urls):
            if "spdx.org" not in address:
                found[address.lower()] = licence.id
    return found


def _cc_words(text: str) -> Iterator[tuple[int, str]]:
    taken: list[tuple[int, int]] = []
    for match in _CC_WORDS.finditer(text):
        taken.append(match.span())
        found = _cc_id(re.findall(_ELEMENT, match["body"], re.I), match["version"], match["port"])
        if found:
            yield match.start(), found
    for match in _BARE_ATTRIBUTION.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        found = _cc_id(re.findall(_ELEMENT, match["body"], re.I), match["version"], None)
        if found:
            yield match.start(), found
    for match in re.finditer(r"(?<![A-Za-z])CC[\s-]?(?:0|Zero)(?![\d])(?!\.\d)", text):
        yield match.start(), "CC0-1.0"
    for match in re.finditer(
        r"creative commons(?: level)?[\s(]*(?:cc[\s-]?)?(?:0|zero)\b(?!\.)", text, re.I
    ):
        yield match.start(), "CC0-1.0"
    if re.search(r"creative commons 1\.0 universal public domain dedication", text, re.I):
        yield 0, "CC0-1.0"


def _cc_id(elements: list[str], version: str | None, port: str | None) -> str | None:
    letters = {_letter(e) for e in elements} - {""}
    if not letters:
        return None
    if version is not None and "." not in version:
        version += ".0"
    if version != "1.0":  # From 2.0 on every Creative Commons licence asks for attribution.
        letters.add("by")
    ordered = [e for e in ("by", "nc", "sa", "nd") if e in letters]
    plain = "CC-" + "-".join(ordered).upper()
    if version is None:
        found = creative_commons(plain)
        return found.id if found else None
    code = _PORTS.get((port or "").lower(), (port or "").upper())
    if version != "4.0" and code and code.isalpha() and len(code) in (2, 3):
        ported = creative_commons(f"{plain}-{version}-{code}")
        if ported:
            return ported.id
    found = creative_commons(f"{plain}-{version}")
    return found.id if found else None


def _letter(element: str) -> str:
    squeezed = re.sub(r"[^a-z]", "", element.lower())
    if squeezed.startswith(("by", "attribut")):
        return "by"
    if squeezed.startswith(("nc", "noncom")):
        return "nc"
    if squeezed.startswith(("sa", "share")):
        return "sa"
    return "nd" if squeezed.startswith(("nd", "noderiv")) else ""
