"""Which licences a turn asks for: a class, licences by name of which one will do, or both. Pure."""

from __future__ import annotations

import re
from typing import get_args

from assistant import licence_stems
from assistant.licence_stems import SHARE_ALIKE, SHARE_ALIKE_ANY
from assistant.need import LicenceWish
from assistant.understand.licence_patterns import NAMED, Named

_FREER = re.compile(
    r"\b(?:BY|SA|NC|CC0?|MIT|BSD|\d)-?ish\b"
    r"|\bor (?:freer|better|looser|similar|equivalent|something (?:like|similar)|"
    r"(?:more|less) (?:permissive|open|free|liberal|strict|restrict\w+)|the like|"
    r"any(?:thing)? (?:freer|more open))|[ -](?:like|style)\b"
    r"|\bo similar|\bou (?:équivalent|similaire|similar|plus libre|mais livre)"
    r"|\boder (?:ähnlich|freier)|\bau inayofanana|أو ما يشابه|أو أكثر حرية",
    re.IGNORECASE,
)
_OR_FREER = re.compile(r"\bshare[\s-]?alike\b[^.;,]{0,24}\bor (?:freer|looser|more open)\b", re.I)
_NEAR = 40
"""Characters from a licence to the words that loosen it, at most."""
_PART = 600
_WISHES: tuple[LicenceWish, ...] = get_args(LicenceWish)
_PUBLIC_DOMAIN = frozenset({"CC0-1.0", "PDDL-1.0", "Unlicense", "CC-PDM-1.0", "0BSD"})
_PERMISSIVE = frozenset(
    {"MIT", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "ISC", "ODC-By-1.0"}
)
_CLASSES = frozenset({"LicenseRef-Non-Commercial", "LicenseRef-Research-Only"})
"""Ids that stand for loose words; the phrase table reads those as a class."""
_EITHER = re.compile(r"\b(?:or|o|ou|oder|au)\b", re.IGNORECASE)
_SUCH_AS = re.compile(
    r"\b(?:such as|like|for example|for instance|e\.?g|including|por ejemplo|como|par exemple|"
    r"comme|zum beispiel|z\.? ?b|wie|por exemplo)\b",
    re.IGNORECASE,
)
"""Licences named after it are examples of a class."""


def _one_wish(
    wishes: list[LicenceWish], *, alternative: bool, loose: bool = True
) -> LicenceWish | None:
    """One class out of several: alternatives widen it, otherwise the strictest is meant.

    `loose`: non-commercial ones are said to be fine; else only the use is not commercial.
    """
    named = set(wishes)
    if "non_commercial_ok" in named and (
        loose or named.isdisjoint(("public_domain", "permissive"))
    ):
        return "non_commercial_ok"
    if alternative and {"public_domain", "permissive"} <= named:
        return "permissive"
    return next((wish for wish in _WISHES if wish in named), None)


def wanted(
    text: str, said: list[LicenceWish], named: Named, *, eased: bool
) -> tuple[LicenceWish | None, tuple[str, ...]]:
    """(the class asked for, licences of which one will do).

    A class and a licence outside of it are alternatives, since nothing is both; what is shut out
    bounds whatever is named.
    """
    eased = eased or named.eased
    ids, classes = _by_name(text, named.stems, eased=eased)
    if SHARE_ALIKE in ids and _OR_FREER.search(text):
        # "Share-alike or freer" is whatever lets anyone use the data for profit.
        ids, classes = [each for each in ids if each != SHARE_ALIKE], [*classes, "commercial"]
    if _is_example(named, said, ids):
        ids, classes = [], [c for c in classes if c != "permissive"]
    alternative = "," in text or bool(_EITHER.search(text))
    loose = named.nc_too or _is_freer(text) or "non_commercial_ok" in classes
    wish = _one_wish([*said, *classes], alternative=alternative, loose=loose)
    if named.alike_too and (ids or wish in ("public_domain", "permissive")):
        ids.append(SHARE_ALIKE)
    elif named.alike_too:
        wish = wish or "commercial"
    if wish == "non_commercial_ok":
        ids = _any_use(ids, classes, loose=loose)
    elif "permissive" in classes and all(map(_is_permissive, ids)):
        ids = []
    elif wish == "permissive" and all(map(_is_permissive, ids)):
        ids = [] if _SUCH_AS.search(text) else ids
    elif ids and (wish == "public_domain" or wish == "permissive"):
        whole = ["CC-BY" if "permissive" in classes and "permissive" not in said else wish]
        whole += ["public_domain"] if "public_domain" in (*said, *classes) else []
        ids = [*whole, *ids]
        wish = "commercial" if "commercial" in said else None
    bounds = [*named.wishes, *([] if wish is None else [wish])]
    bound = _one_wish(bounds, alternative=False)
    if named.wishes and "non_commercial_ok" in bounds:
        bound = _one_wish(named.wishes, alternative=False)
    return bound, licence_stems.widened(ids)


def _any_use(ids: list[str], classes: list[LicenceWish], *, loose: bool) -> list[str]:
    """The licences named, non-commercial ones beside them where those are said to be fine."""
    if loose:
        return [SHARE_ALIKE_ANY] if SHARE_ALIKE in ids else []
    return ["CC-BY", *ids] if ids and "permissive" in classes else ids


def _is_freer(text: str) -> bool:
    """Whether a licence is named as an example: "CC BY-ish", "MIT or freer"."""
    head = text[:_PART]
    return any(
        NAMED.search(head, max(0, hit.start() - _NEAR), hit.end()) for hit in _FREER.finditer(head)
    )


def _is_example(named: Named, said: list[LicenceWish], ids: list[str]) -> bool:
    """Such as "any open licence, CC BY-SA is fine": an example of what the class holds."""
    return named.eased and "commercial" in said and not any("-NC" in stem for stem in ids)


def _is_permissive(stem: str) -> bool:
    return stem in _PERMISSIVE or bool(re.match(r"CC-BY-\d", stem))


def _by_name(text: str, stems: list[str], *, eased: bool) -> tuple[list[str], list[LicenceWish]]:
    """Licences named: a whole class where the name stands for one, else ids and families."""
    ids: list[str] = []
    wishes: list[LicenceWish] = []
    freer = _is_freer(text)
    for stem in stems:
        bare = stem.removeprefix("LicenseRef-")
        if stem in _CLASSES:
            continue
        if bare in _PUBLIC_DOMAIN:
            wishes.append("public_domain")
        elif bare == "CC-BY" or (freer and _is_permissive(bare)):
            wishes.append("permissive")
        elif "-NC" in bare and (eased or freer):
            wishes.append("non_commercial_ok")
        elif freer and "-SA" in bare:
            wishes.append("commercial")
        else:
            ids.append(stem)
    return ids, wishes
