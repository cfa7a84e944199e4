"""Whose data a turn asks for, or not: by a turn of phrase, and by the catalogue's names. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.need import Need
from assistant.understand.owners import Named
from catalog_sync import territories

_OWNER = re.compile(
    r"\b(?:published|provided|made|released|owned|maintained|managed|collected|hosted|created|"
    r"produced|curated|recorded|anything|something|data|datasets?|corpora|corpus|sets?)\s+"
    r"(?:by|from)\s+(?:the\s+)?(?P<name>[A-Z][\w&.'-]*(?:\s+(?:of\s+|for\s+|the\s+)?[A-Z][\w&.'-]*){0,4})"
)
_OWNER_ALONE = re.compile(
    r"\s*(?:only |just )?(?:the ones |those |ones )?(?:by|from)\s+(?:the\s+)?"
    r"(?P<name>[A-Z][\w&.'-]*(?:\s+(?:of\s+|for\s+|or\s+)?[A-Z][\w&.'-]*){0,4})\s*[.!]?\s*"
)
"""A turn that names nobody but an owner: "from NOAA"."""
_NOT_OWNER = re.compile(
    r"\b(?:not|except|excluding|nothing)\s+(?:(?:published|made|anything)\s+)?(?:by|from)\s+"
    r"(?:the\s+)?(?P<name>[A-Z][\w&.'-]*(?:\s+[A-Z][\w&.'-]*){0,4})"
)


def wanted(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Owners asked for by a turn of phrase, whoever the catalogue knows.

    Args:
        text: The turn.
        spans: Where languages, tasks and subjects stand.
    """
    found = []
    alone = _OWNER_ALONE.fullmatch(text)
    # Of "from Australia's AODN" the known owner is blanked out: the rest is nobody's name.
    whole = alone is not None and not alone["name"].endswith(("'s", "s'"))
    if alone is not None and whole and not spans and territories.code(alone["name"]) is None:
        return tuple(re.split(r"\s+or\s+", alone["name"]))
    for hit in _OWNER.finditer(text):
        start, end = hit.span("name")
        taken = any(s < end and start < e for s, e in spans)
        place = territories.named(hit["name"]) or territories.code(hit["name"])
        # "Hospital data from Kenya" says where, not whose.
        if not taken and not place and not _NOT_OWNER.search(text[max(0, start - 30) : end]):
            found.append(hit["name"])
    return tuple(found)


def unwanted(text: str) -> tuple[str, ...]:
    """Owners refused by a turn of phrase."""
    return tuple(hit["name"] for hit in _NOT_OWNER.finditer(text))


def sought(text: str, owned: tuple[Named, ...]) -> tuple[str, ...]:
    """Owners in the person's words: their names rank too."""
    return tuple(
        text[one.start : one.end].lower() for one in owned if one.names and not one.shut_out
    )


def joined(need: Need, owned: tuple[Named, ...]) -> Need:
    """The need with the owners that the catalogue knows."""
    if not owned:
        return need
    asked = (name for one in owned if not one.shut_out for name in one.names)
    refused = (name for one in owned if one.shut_out for name in one.names)
    return replace(
        need,
        publishers=tuple(dict.fromkeys((*need.publishers, *asked))),
        publishers_not=tuple(dict.fromkeys((*need.publishers_not, *refused))),
    )
