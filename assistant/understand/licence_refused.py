"""Licences that a turn shuts out: "not GPL", "NC won't do", "drop the CC BY-ND ones". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.licence_stems import NO_DERIVATIVES
from assistant.understand.licence_patterns import (
    ANY_NAME,
    DEMANDING,
    ELEMENTS,
    KIND,
    NAME,
    NC,
    ND,
    SA,
    Named,
    hide,
)
from catalog_sync import licences_read

_NOT = re.compile(
    r"\b(?P<not>(?:can['’]?t|cannot|can not|mustn['’]?t|must not|won['’]?t|don['’]?t want|"
    r"do not want|don['’]?t|do not|may not|shouldn['’]?t|should not)"
    r"(?: (?:use|take|have|accept|be|want|touch|work with))+|"
    r"not|no|nor|never|neither|nothing|none|except|without|exclud(?:ing|es?)|avoid(?:ing)?|"
    r"other than|anything but|leave out|leaving out|rule out|reject|filter(?:ing)? out|hide|non|"
    r"sin|nada de|nada|pas de|pas|sans|ohne|kein(?:e|en|er)?|sem|nenhuma?|ni|excluir|excluindo|"
    r"excepto|exceto|sauf|außer)[\s-]+"
    r"(?:(?:under|with|in|that is|that's|which is|are|is|of|the|an?|any|for|de|des|la|las|los|les|"
    rf"sob|bajo|sous|unter|{KIND})\s+){{0,3}}{ANY_NAME}(?P<wish>{ELEMENTS}*)",
    re.IGNORECASE,
)
"""A licence that is shut out: "not GPL", "anything but CC BY-SA", "we can't use NC"."""
_AND_ALSO = re.compile(
    r"\s*(?P<by>(?:,\s*)?(?:(?:or|nor|and|ni|o|ou|oder|und|y|e|et)\b|/|&)|,)\s*"
    rf"(?:(?:no|not|any|the|under)\s+)?{NAME}",
    re.IGNORECASE,
)
_LISTING = re.compile(
    r"exclu|except|other|anything|avoid|leav|rule|reject|sauf|außer", re.IGNORECASE
)
_OUT = re.compile(
    rf"{NAME}(?:\s(?:{KIND}|clauses?|terms|use))?\s+(?:(?:is|are|would be)\s+(?:out\b|excluded|"
    r"ruled out|unacceptable|no good|no use|useless|forbidden|an? (?:problem|issue|obstacle|"
    r"show-?stopper|deal-?breaker))|(?:(?:is|are)\s)?not\s(?:ok|okay|"
    r"allowed|acceptable|fine|possible|wanted|an option|good enough|usable)|(?:isn['’]t|aren['’]t)"
    r"\s(?:ok|okay|allowed|acceptable|fine|possible|an option|good enough|usable)|excluded|"
    r"(?:won['’]?t|will not|can['’]?t|cannot|do(?:es)?n['’]t|do(?:es)? not)"
    r"\s(?:do|work|be used|help)|no (?:vale|sirve|me sirve)|ausgeschlossen|"
    r"nicht (?:erlaubt|möglich|ok))",
    re.IGNORECASE,
)
"""Said after its name: "GPL is out", "NC won't do"."""
_LIMITED_TO = re.compile(
    r"\b(?:not|\w+n['’]t) (?:be )?(?:limited|restricted|confined|only) (?:to|for) "
    rf"(?:{NC}|research\b|academ\w+)(?:\s(?:use|purposes|ones))?",
    re.IGNORECASE,
)
_REMOVED = re.compile(
    r"\b(?:drop|remove|take out|throw out|get rid of|delete)\s(?:the\s|all\s|any\s)*"
    rf"{NAME}\s(?:licen[cs]es\b|ones\b|data|sets)",
    re.IGNORECASE,
)
"""Data that is put aside by its licence: "drop the GPL ones"."""
_FREE_OF = re.compile(rf"{NAME}-free\b", re.IGNORECASE)


def deny(head: str, found: Named) -> str:
    """Reads what is shut out; the text without it."""
    for hit in _LIMITED_TO.finditer(head):
        found.wishes.append("commercial")
        head = hide(head, *hit.span(), found)
    for hit in _NOT.finditer(head):
        names, end = [hit["name"] + hit["wish"]], hit.end()
        while more := _AND_ALSO.match(head, end):
            if not _goes_on(hit["not"], more["by"], more["name"]):
                break
            names.append(more["name"])
            end = more.end()
        if all([_shut_out(name, found) for name in names]):
            head = hide(head, hit.start(), end, found)
    for hit in _after(head):
        if _shut_out(hit["name"], found):
            head = hide(head, *hit.span(), found)
    return head


def _after(head: str) -> Iterator[re.Match[str]]:
    for pattern in (_OUT, _REMOVED, _FREE_OF):
        yield from pattern.finditer(head)


def _goes_on(refusal: str, by: str, name: str) -> bool:
    """Whether a name after one that is not wanted is not wanted either."""
    if by.strip(", ").casefold() in ("or", "nor", "o", "ou", "oder", "ni", "/"):
        return True
    listing = by.strip(", ") != "" and _LISTING.match(refusal) is not None
    return listing or DEMANDING.match(f"{name} licence") is not None


def _shut_out(name: str, found: Named) -> bool:
    """Whether the name says what is not wanted."""
    if re.fullmatch(NC, name, re.IGNORECASE):
        found.wishes.append("commercial")
    elif re.fullmatch(ND, name, re.IGNORECASE):
        found.stems_not.append(NO_DERIVATIVES)
    elif re.match(SA, f"{name} licence", re.IGNORECASE):
        found.wishes.append("permissive")
    elif re.fullmatch(r"CC|creative[\s-]commons", name, re.IGNORECASE):
        found.stems_not.append("CC")
    else:
        named = [licence.removeprefix("LicenseRef-") for licence in licences_read.mentioned(name)]
        found.stems_not += [re.sub(r"-\d.*$", "", licence) for licence in named]
        return bool(named)
    return True
