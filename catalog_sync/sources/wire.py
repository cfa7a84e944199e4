"""Loose JSON and YAML values turned into typed ones, for every connector.

A value of the wrong kind is silence here, never an error: one odd field must not lose a record.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from urllib.parse import urlsplit

# "na", "nan" and "tbd" are language codes and stay.
_NOTHING = frozenset({"", "null", "none", "n/a", "-", "--", "~"})
_UNITS = {
    "": 1, "b": 1, "byte": 1, "bytes": 1,
    "k": 10**3, "kb": 10**3, "m": 10**6, "mb": 10**6, "g": 10**9, "gb": 10**9,
    "t": 10**12, "tb": 10**12, "p": 10**15, "pb": 10**15,
    "kib": 2**10, "mib": 2**20, "gib": 2**30, "tib": 2**40, "pib": 2**50,
}  # fmt: skip
_AMOUNT = re.compile(r"\s*(?P<number>\d[\d,_]*(?:\.\d+)?|\.\d+)\s*(?P<unit>[A-Za-z]*)\s*\.?\s*")
_MOST_AMOUNT_CHARS = 40
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ABOUT_TERMS = re.compile(
    r"\b(?:non-?commercial(?:ly)?|commercial(?:ly)?\s+(?:use|us(?:ed|age)|purposes?)|permissions?"
    r"|prohibit(?:s|ed)?|forbids?|forbidden|(?:may|must|shall)\s+not\s+be\s+"
    r"(?:used|shared|sold|copied|re-?distributed|published|modified)"
    r"|for\s+(?!this\b)(?:\w+\s+){0,3}(?:research|academic|educational|scientific|personal)\s+"
    r"(?:\w+\s+)?(?:use|purposes?)|re-?distribut(?:e|ed|ion)|only\s+be\s+used"
    r"|licen[cs]e(?:d\s+under|\s+agreement|\s+terms)|terms\s+of\s+(?:use|service))\b",
    re.IGNORECASE,
)


def text(value: object, *, most: int = 200_000) -> str | None:
    """A stated string without outer blanks; numbers as written; None for silence."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(value)
    if not isinstance(value, str):
        return None
    cleaned = value.replace("\x00", "").strip()
    return cleaned[:most] if cleaned.casefold() not in _NOTHING else None


def texts(value: object) -> tuple[str, ...]:
    """All strings of a string, a list, or the values of a mapping; in order, each once."""
    return tuple(dict.fromkeys(_flat(value, depth=0)))


def _flat(value: object, *, depth: int) -> Iterator[str]:
    if depth > 6:
        return
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _flat(part, depth=depth + 1)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _flat(part, depth=depth + 1)
    elif (stated := text(value)) is not None:
        yield stated


def mapping(value: object) -> Mapping[str, object]:
    """The JSON object, with its keys as strings; an empty one for anything else."""
    if not isinstance(value, Mapping):
        return {}
    return {str(key): part for key, part in value.items()}


def items(value: object) -> list[object]:
    """A list as it is, nothing for None, and anything else alone in a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def count(value: object) -> int | None:
    """A whole number that is not negative, from a number or its digits."""
    if isinstance(value, str) and re.search(r"[A-Za-z]", value):
        return None
    return byte_size(value)


def byte_size(value: object) -> int | None:
    """Bytes from 123, 123.0, "123", "87.40 MB" (10^6) or "1 GiB" (2^30); None: not said."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if value >= 0 else None
    if isinstance(value, float):
        return int(value) if 0 <= value < 2**63 else None
    if not isinstance(value, str) or len(value) > _MOST_AMOUNT_CHARS:
        return None
    found = _AMOUNT.fullmatch(value)
    if found is None or found["unit"].lower() not in _UNITS:
        return None
    number = float(re.sub(r"[,_]", "", found["number"]))
    return round(number * _UNITS[found["unit"].lower()])


def day(value: object) -> date | None:
    """The calendar day of an ISO date or date-time; None when it is none or does not exist."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def web_address(value: object) -> str | None:
    """An http(s) address, or None: other schemes must never become a link."""
    stated = text(value)
    if stated is None or re.search(r"\s", stated):
        return None
    try:
        parts = urlsplit(stated)
    except ValueError:
        return None
    return stated if parts.scheme in {"http", "https"} and parts.netloc else None


def file_formats(value: object) -> tuple[str, ...]:
    """Single names, spelling kept, of values such as "WEBM & TSV" or [".tsv", ".wav"]."""
    names = (
        name.strip(" .") for part in texts(value) for name in re.split(r"[,;/&|+()]|\band\b", part)
    )
    return tuple(dict.fromkeys(name for name in names if name))


def sentences_about_terms(description: str | None) -> str | None:
    """Those sentences of a description that speak of what one may do, in its own words.

    The owner's conditions often stand nowhere else. None when there are none.
    """
    if not description:
        return None
    unwrapped = re.sub(r"(?<!\n)\n(?![\n*#>-])", " ", html.unescape(description))
    sentences = re.split(r"(?<=[.!?])\s+|\n+", unwrapped)
    found = [sentence.strip() for sentence in sentences if _ABOUT_TERMS.search(sentence)]
    return " ".join(dict.fromkeys(found))[:5000] or None


def jsonable(record: Mapping[str, object], *, most_chars: int = 200_000) -> Mapping[str, object]:
    """The record as plain JSON, without anybody's mail address.

    The largest fields are left out while it is beyond `most_chars`.
    """
    text_of = json.dumps(record, default=str)
    plain: object = json.loads(text_of, parse_constant=lambda _: None)
    kept = dict(mapping(_without_mail(plain)))
    sizes = {key: len(json.dumps(value)) for key, value in kept.items()}
    total = sum(sizes.values())
    for key in sorted(sizes, key=lambda name: -sizes[name]):
        if total <= most_chars:
            break
        del kept[key]
        total -= sizes[key]
    return kept


def _without_mail(value: object) -> object:
    if isinstance(value, dict):
        return {
            key: _without_mail(part) for key, part in value.items() if "email" not in key.lower()
        }
    return [_without_mail(part) for part in value] if isinstance(value, list) else value
