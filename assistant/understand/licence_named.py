"""Licences a turn names: those that will do, those that are shut out, whole families. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.licence_stems import NO_DERIVATIVES, SHARE_ALIKE
from assistant.understand.licence_patterns import (
    CC,
    KIND,
    NAME,
    NAMED,
    NC,
    ND,
    OTHER,
    SA,
    Named,
    hide,
)
from assistant.understand.licence_refused import deny
from catalog_sync import licences_read

_HINT = re.compile(
    r"licen|lizenz|commons|\bcc|\b(?:nc|nd|sa|by|mit)\b|gpl|apache|bsd|mpl|eupl|gfdl|odbl|odc|cdla|"
    r"ogl|noodl|[ck]om+er|research|academ|alike|copyleft|compart|partage|weitergabe|deriv|dériv|"
    r"modif|adapt|remix|transform|änder|arbeitung|chang|edit|alter|buil|permis|domain|viral|recipro",
    re.IGNORECASE,
)
"""Without any of these nothing but plain names of licences is to be found."""
_PART = 600
"""Licence names are looked for in this many first characters of a turn."""
_ADAPT = (
    r"(?:derivatives?(?: works?)?|derived works?|adaptations?|adapting|modif(?:y|ications?|ying)|"
    r"remix(?:es|ing)?|transformations?)"
)
_MAY_CHANGE = re.compile(
    rf"\b{_ADAPT} (?:(?:is|are|must be|should be|has to be|have to be|need to be|being) )?"
    r"(?:allowed|permitted|possible)\b"
    rf"|\b(?:allow|permit)(?:s|ing)? (?:for )?(?:the |making |me to |us to )?{_ADAPT}\b"
    r"|\b(?:no|nothing|not|without|exclud\w+|avoid)(?: \w+){0,2} (?:forbid|prohibit|ban|bar|"
    rf"disallow|rul)\w*(?: out)? (?:the |making )?{_ADAPT}\b"
    r"|\b(?:must|should|have to|need to|has to|needs to|want to) be (?:allowed|permitted|able|"
    r"free) to (?:modify|adapt|change|edit|alter|remix|transform|build (?:up)?on) "
    r"(?:it|them|the|this)\b"
    r"|\bmodifiable\b|\b(?:publish|share|distribute|release) (?:the |our |my )?(?:derivatives|"
    r"(?:modified|adapted|derived) (?:versions?|data|works?))\b"
    r"|\bse (?:pueda|puedan|puede|possa|possam|pode) (?:modificar|adaptar)\b"
    r"|\b(?:puisse|peut)\w* (?:être )?(?:modifi|adapt)\w+"
    r"|\b(?:ver|ab)ändert werden (?:darf|dürfen)\b"
    r"|\b(?:may|can) be (?:modified|adapted|altered|remixed|built upon)\b"
    r"|\bpermit\w+ (?:hacer |crear |criar )?(?:(?:obras )?derivad[oa]s|modific\w+|adapta\w+)"
    r"|\b(?:autoris|permet)\w* (?:les |des |la |de )?(?:œuvres dérivées|modif\w+|adapt\w+)"
    r"|\b(?:bearbeitung(?:en)?|veränderung(?:en)?|abgeleitete werke) "
    r"(?:erlaubt|gestattet|zulässig)",
    re.IGNORECASE,
)
"""What is made out of the data may be passed on: "derivatives allowed"."""
_NEED_NOT = re.compile(
    r"\b(?:(?:does|do|need)(?:n['’]t| not) (?:have to |need to )?be|needn['’]t be|not necessarily|"
    r"not (?:just|only))\s(?:under )?(?:an? |the )?" + NAME,
    re.IGNORECASE,
)
"""A licence that is not insisted on: "it needn't be CC0"."""
_COMPATIBLE = re.compile(rf"{NAME}[\s-]compatible\b", re.IGNORECASE)
"""Names a licence and asks for none: what goes with the GPL is mostly not under it."""
_WAIVED = re.compile(
    rf"\bwithout (?:the )?{NAME} (?:limit|condition|requirement|filter)", re.IGNORECASE
)
_DROPPED = re.compile(
    r"\b(?:drop|forget(?: about)?|remove|lift|ignore|skip|never mind|lose|scrap|relax|waive)\s"
    rf"(?:the\s)?(?:(?<![\w-])(?:{CC}|{OTHER}|public domain|permissive)(?:\s(?:licen[cs]e|limit|"
    r"condition|requirement|filter|part|restriction))*|"
    rf"(?:{NC}|{ND}|{SA})\s(?:limit|condition|requirement|filter))\s*(?=[.,;!]|$)",
    re.IGNORECASE,
)
"""A limit given up by the name of its licence: "forget CC0"."""
_FAMILY_BEFORE = re.compile(
    r"(?:attribution|commercial|commons|\bby|\bnc|\bcc)[\s-]*$", re.IGNORECASE
)
_SHARED_ALIKE = re.compile(rf"(?<!\w){SA}", re.IGNORECASE)
_CC_ITSELF = re.compile(
    r"\bCreative[\s-]Commons\b(?![\s,(-]*(?:licen[cs]e\s)?(?:0|zero|BY\b|NC|SA|ND|CC|attrib|non|share|"
    r"no[\s-]?deriv|public))"
    r"|(?-i:\bCC)(?=[\s-](?:licen[cs]|lizenz))"
    r"|(?:(?:under|licen[cs]ed|licen[cç]i?a|licence|sous|unter|sob|bajo|any|or|and|/|,)\s?)"
    r"(?-i:CC\b)(?![\s-]?(?:0|zero|BY|NC|SA|ND))(?=\s*(?:[,;.)/]|or\b|and\b|$))"
    r"|(?-i:\bCC)(?=\s?(?:/|,|or|and|o|ou|oder)\s?(?:MIT|Apache|BSD|[AL]?GPL|ODbL|ODC|PDDL|public))",
    re.IGNORECASE,
)
"""Any licence of Creative Commons: "CC or Apache"."""
_EASED = re.compile(
    rf"\s*(?:{KIND}\s)?(?:(?:is|are|would be|ist|est|es|são|é)\s)?(?:also |totally |"
    r"perfectly |auch )?"
    r"(?:ok|okay|fine|acceptable|allowed|works|no problem|too|as well|also|good enough|"
    r"está bien|vale|convient|d['’]accord|tudo bem|in ordnung|geht auch)\b",
    re.IGNORECASE,
)
_EASING = re.compile(
    r"\b(?:fine|ok|okay|happy|live|accept|allow(?:ed)?|permit|mind|may be|can be|problem|"
    r"objection to|against)(?: with)?\s$",
    re.IGNORECASE,
)
_NC_OR = re.compile(
    rf"\b(?:or|o|ou|oder)\s(?:\w+[\s-]){{0,2}}?{NC}|{NC}(?:\s\w+)?\s(?:or|o|ou|oder)\b",
    re.IGNORECASE,
)
_NC_NAMED = re.compile(rf"\b{NC}", re.IGNORECASE)
_FAMILIES = re.compile(r"(?:[AL]?GPL|BSD|MPL|EUPL|GFDL|OGL)$")
_NON_AFTER = re.compile(r",(?=\s*non?[\s-])", re.IGNORECASE)
"""No part of the name before it: "CC BY, non-commercial use"."""
_BARE_ELEMENTS = re.compile(r"(?<![\w-])(?<!CC )(?<!Commons )(?=BY-(?:NC|SA|ND)\b)")
_VERSION = r"[\s-]*(?:licen[cs]e[\s,]*)?(?:version\s*|v\.?\s*)?\d"


def read(text: str) -> Named:
    """Licences wanted and shut out by name."""
    found = Named()
    head = text[:_PART]
    if not _HINT.search(head):
        found.stems = [*_by_id(head)]
        return found
    for hit in _COMPATIBLE.finditer(head):
        head = hide(head, *hit.span(), found)
    head = _waive(head, found)
    head = deny(head, found)
    _may_change(head, found)
    _families(head, found)
    found.stems = [*_by_id(head), *found.stems]
    found.nc_too = bool(_NC_OR.search(head)) or any(
        is_eased(head, *hit.span()) for hit in _NC_NAMED.finditer(head)
    )
    named = (hit.span() for hit in NAMED.finditer(head))
    found.eased = found.eased or any(is_eased(head, *at) for at in named)
    return found


def _waive(head: str, found: Named) -> str:
    for pattern in (_WAIVED, _NEED_NOT, _DROPPED):
        for hit in pattern.finditer(head):
            found.waived = True
            head = hide(head, *hit.span(), found)
    return head


def _may_change(head: str, found: Named) -> None:
    for hit in _MAY_CHANGE.finditer(head):
        found.stems_not.append(NO_DERIVATIVES)
        found.spans.append(hit.span())


def _families(head: str, found: Named) -> None:
    for hit in _SHARED_ALIKE.finditer(head):
        if _FAMILY_BEFORE.search(head[: hit.start()]):
            continue
        found.spans.append(hit.span())
        if is_eased(head, *hit.span()):
            found.alike_too = True
        else:
            found.stems.append(SHARE_ALIKE)
    for hit in _CC_ITSELF.finditer(head):
        found.spans.append(hit.span())
        found.stems.append("CC")
        found.eased = found.eased or is_eased(head, *hit.span())


def is_eased(text: str, start: int, end: int) -> bool:
    """Whether what stands there is said to be fine: "share-alike is ok"."""
    return bool(_EASED.match(text, end) or _EASING.search(text[max(0, start - 16) : start]))


def _by_id(head: str) -> Iterator[str]:
    """Ids as said: of the whole family where no version was given."""
    plain = _BARE_ELEMENTS.sub("CC ", _NON_AFTER.sub(";", head))
    for licence in licences_read.mentioned(plain):
        bare = licence.removeprefix("LicenseRef-")
        stem = re.sub(r"-(?:\d|UK-).*$", "", bare)
        if _FAMILIES.match(stem) and not re.search(rf"(?<![a-z]){stem}{_VERSION}", head, re.I):
            yield stem
        else:
            yield licence if licence != bare and not bare.startswith("CC-") else bare
