"""How licences and what they demand are written, and what was read of them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.need import LicenceWish

NC = (
    r"(?:NC(?![\w'’])|n(?:on|o|ão|icht)[\s-]?(?:com+er[cz]i[ao]\w*|kommerziell\w*)"
    r"|(?:research|academic)[\s-](?:use[\s-])?only)"
)
ND = r"(?:ND(?![\w'’])|no[\s-]?derivs?\b|no[\s-]?derivatives?(?:[\s-]works?)?)"
SA = (
    r"(?:share[\s-]?alike|copyleft\w*"
    r"|(?-i:SA)(?=[\s-](?:licen[cs]e|clause|terms|ones?)|\s*(?:[,;.]|$))"
    r"|(?:viral|reciprocal)(?=\slicen[cs]e)|compartir[\s-]?igual|compartilha(?:r)?[\s-]?igual"
    r"|partage (?:dans les mêmes conditions|à l['’]identique)"
    r"|weitergabe unter gleichen bedingungen)"
)
ELEMENTS = r"(?:[\s-](?:BY|SA|NC|ND|v?\d[\d.]*)\b)"
CC = rf"(?:Creative[\s-]Commons{ELEMENTS}*|CC[\s-]?0(?:[\s-]1\.0)?|CC{ELEMENTS}+|CC(?=[\s-]licen))"
OTHER = (
    r"(?:(?:[AL]?GPL|MIT|Apache|BSD|MPL|EUPL|GFDL|ODbL|ODC|CDLA|OGL|NOODL)"
    r"(?:[\w+]|\.\d|-(?:\d|only|or|by|clause|permissive|sharing|uk))*(?:[\s-]v?\d[\d.]*\b)?)"
)
ANY_NAME = rf"(?P<name>{NC}|{ND}|{SA}|{CC}|{OTHER})"
NAME = rf"(?<![\w-]){ANY_NAME}"
DEMANDING = re.compile(rf"{NC}|{ND}|{SA}|[AL]?GPL|GFDL|ODbL|CC.*(?:NC|ND|SA)", re.IGNORECASE)
"""Names that a list of what is not wanted goes on with: "no GPL, AGPL or LGPL"."""
KIND = r"(?:licen[cs]e[ds]?|licen[cç]i?as?|licences?|lizenz(?:en)?|ones?|data|sets?|material)"
NAMED = re.compile(NAME, re.IGNORECASE)


@dataclass(slots=True)
class Named:
    """What a turn says of licences by name."""

    stems: list[str] = field(default_factory=list)
    stems_not: list[str] = field(default_factory=list)
    wishes: list[LicenceWish] = field(default_factory=list)
    """Classes that follow from what is shut out."""
    spans: list[tuple[int, int]] = field(default_factory=list)
    """What was read here; `hidden` of it means nothing to any other table."""
    hidden: list[tuple[int, int]] = field(default_factory=list)
    nc_too: bool = False
    """Non-commercial ones are said to be fine; else only the use is not commercial."""
    alike_too: bool = False
    """Share-alike is said to be fine, not asked for."""
    eased: bool = False
    """The ones named will do as well: "CC BY-SA is fine too"."""
    waived: bool = False
    """A licence asked for before is not insisted on any longer."""


def hide(head: str, start: int, end: int, found: Named) -> str:
    """The text with a part blanked that is read, and means nothing to any other table."""
    found.spans.append((start, end))
    found.hidden.append((start, end))
    return head[:start] + " " * (end - start) + head[end:]
