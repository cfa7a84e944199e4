"""Numbers of a turn as they are written, in digits or in words: "10k+", "two hundred". Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from assistant.understand.lexicon import Lexicon, Token, entries, tokens

_DIGITS = re.compile(
    r"(?<![\w.,])(?:(?<![^\W\d_]-)|(?<=\d[kKmMbB]-))(?P<sign>[<>≥≤]=?\s*)?(?P<money>[$€]\s*)?"
    r"(?P<whole>\d{1,3}(?:[  \u202f,.'’]\d{3})+(?!\d)|\d+)(?P<part>[.,]\d{1,2}(?!\d))?"
    r"(?P<unit>[^\W\d_]{0,3}(?![^\W\d_]))\s*(?P<more>\+|[€$])?"
)


@dataclass(frozen=True, slots=True)
class Number:
    """One figure of a turn, standing at [start, end), with what is written onto it."""

    start: int
    end: int
    value: float
    compare: str
    unit: str


@cache
def lexicon(*kinds: str) -> Lexicon:
    """The phrases of `sizes.toml` of these kinds."""
    return Lexicon(entry for entry in entries("sizes") if entry[1] in kinds)


def in_digits(text: str) -> list[Number]:
    """Numbers in digits, with a sign, a unit or a currency that is joined to them."""
    numbers = []
    for hit in _DIGITS.finditer(text):
        whole = "".join(str(unicodedata.digit(c)) for c in hit["whole"] if c.isdigit())
        if len(whole) > 15:
            continue
        part = "".join(str(unicodedata.digit(c)) for c in hit["part"] or "" if c.isdigit())
        value = float(f"{whole}.{part or 0}")
        compare = {"<": "most", "≤": "most", ">": "least", "≥": "least"}.get(
            (hit["sign"] or " ")[0], ""
        )
        unit = "dollars" if "$" in (hit["money"] or "") + (hit["more"] or "") else ""
        unit = "euros" if "€" in (hit["money"] or "") + (hit["more"] or "") else unit
        end = hit.end()
        suffix = (hit["unit"] or "").casefold()
        meaning = lexicon("multiplier", "unit").find(tokens(suffix)) if suffix else ()
        if meaning and meaning[0].kind == "multiplier":
            value *= float(meaning[0].value)
        elif meaning:
            unit = unit or meaning[0].value
        elif suffix:
            continue
        if hit["more"] == "+":
            compare = compare or "least"
        numbers.append(Number(hit.start(), end, value, compare, unit))
    return numbers


def in_words(words: tuple[Token, ...]) -> list[Number]:
    """Numbers in words, a multiplier joined to the number before it: "two hundred", "fifty"."""
    numbers: list[Number] = []
    last = -2
    for find in lexicon("number", "multiplier").find(words):
        scales = find.kind == "multiplier"
        follows = find.first == last + 1
        last = find.last
        if scales and follows and numbers:
            before = numbers.pop()
            numbers.append(Number(before.start, find.end, before.value * float(find.value), "", ""))
        elif scales and (len(words[find.first].word) < 4 or _after_digits(words, find.first)):
            continue
        else:
            numbers.append(Number(find.start, find.end, float(find.value), "", ""))
    return numbers


def _after_digits(words: tuple[Token, ...], position: int) -> bool:
    """Such as "2 million": the figure before it takes the multiplier itself."""
    return position > 0 and words[position - 1].word[:1].isdigit()
