"""Reads how recent data must be: "since 2024", "updated after March 2023"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_SINCE = re.compile(
    r"\b(?:since|after|from|newer than|later than|not older than|no older than|updated in|"
    r"released in|published in|desde|depuis|seit|ab|tangu|a partir de|à partir de|après|"
    r"después de|posterior(?:es)? a|depois de|postérieure?s? à|nach|baada ya|kuanzia)\s+"
    r"(?:(?P<month>[^\W\d_]{3,10})\.?\s+)?(?P<year>(?:19|20)\d\d)\b(?:-(?P<number>\d\d))?"
    r"|(?:منذ|بعد|من عام|ابتداء من)\s+(?:عام\s+|سنة\s+)?(?P<arabic>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Since:
    """A first day, said at [start, end)."""

    start: int
    end: int
    day: date


def since(text: str) -> tuple[Since, ...]:
    """Days from which on data shall have been updated."""
    found = []
    for hit in _SINCE.finditer(text):
        year = int(hit["year"] or hit["arabic"])
        month = 1
        name = (hit["month"] or "")[:3].casefold()
        if hit["number"] and 1 <= int(hit["number"]) <= 12:
            month = int(hit["number"])
        elif name in _MONTHS:
            month = _MONTHS.index(name) + 1
        elif name:
            continue
        found.append(Since(hit.start(), hit.end(), date(year, month, 1)))
    return tuple(found)
