"""Reads rhythms with a figure in them: "every six hours", "alle fünf Tage", "kila siku tano". Pure.

Rhythms that a phrase names ("once a month", "weekly") stand in `limits.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from assistant.understand.lexicon import fold, table
from catalog_sync import normalise_frequency
from catalog_sync.card import UpdateFrequency

_READ = 2_000
"""Characters of a turn that are looked at: a longer one is a paste of a document."""
_UNITS: Mapping[str, str] = {
    "minute": "minutes minutos minuten dakika دقيقة دقائق",
    "hour": "hours horas heures stunden saa masaa ساعة ساعات",
    "day": "days días jours dias tage tagen siku يوم أيام",
    "week": "weeks semanas semaines wochen wiki أسبوع أسابيع",
    "month": "months meses mois monate monaten miezi شهر أشهر شهور",
    "year": "years años ans anos jahre jahren miaka سنة سنوات أعوام",
}
_EVERY = re.compile(
    r"(?<!\w)(?:every|each|(?:a\s+)?cada|tou(?:te)?s\s+les|alle|kila(?:\s+baada\s+ya)?|كل)\s+"
    r"(?P<one>[^\W_]{1,14})\s+(?P<other>[^\W_]{1,14})",
    re.IGNORECASE,
)
_MOST = 60
_STEPS = re.compile(
    r"[\s-]*(?:time[\s-]?steps?|steps?|resolution|products?|means?|averages?|averaged|totals?|sums?|"
    r"composites?|aggregates?|intervals?|granularity|fields?|grids?|medias?|promedios?|moyennes?|"
    r"médias?|mittel(?:werte)?|auflösung)\b",
    re.IGNORECASE,
)
"""What follows a rhythm in which data was taken, and not published: "monthly means"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often data shall be renewed, said at [start, end)."""

    start: int
    end: int
    frequency: UpdateFrequency


@cache
def _figures() -> Mapping[str, int]:
    numbers = table("sizes")["number"].items()
    return {fold(word): int(value) for value, words in numbers for word in words
            if int(value) <= _MOST}  # fmt: skip


@cache
def _units() -> Mapping[str, str]:
    return {fold(word): unit for unit, words in _UNITS.items() for word in words.split()}


def rhythms(text: str) -> tuple[Rhythm, ...]:
    """Every rhythm with a figure that a turn states, a figure after its unit as well."""
    found = []
    for hit in _EVERY.finditer(text[:_READ]):
        said = [fold(hit["one"]), fold(hit["other"])]
        unit = next((_units()[word] for word in said if word in _units()), "")
        count = next((n for word in said if (n := _figure(word))), 0)
        frequency = normalise_frequency.read(f"every {count} {unit}s") if unit and count else None
        if frequency is not None:
            found.append(Rhythm(start=hit.start(), end=hit.end(), frequency=frequency))
    return tuple(found)


def is_resolution(text: str, end: int) -> bool:
    """Whether the rhythm that ends here is one the data holds: "half-hourly products"."""
    return _STEPS.match(text, end) is not None


def _figure(word: str) -> int:
    """What a word counts; 0 where it is no figure."""
    if word.isdecimal():
        return int(word) if len(word) < 4 else 0
    return _figures().get(word, 0)
