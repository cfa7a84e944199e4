"""Reads figures with their units: "at least fifty languages", "10k+ rows", "100 000 sentences"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from assistant.understand import figures
from assistant.understand.figures import Number, lexicon
from assistant.understand.lexicon import Token, tokens

_BETWEEN_AFTER = re.compile(
    r"\s*(?:-|–|to|and|a|y|à|et|e|bis|und|hadi|na|إلى|و)\s*$", re.IGNORECASE
)
_BETWEEN_BEFORE = re.compile(
    r"(?:between|from|entre|de|zwischen|von|kati ya|بين|من)\s*$", re.IGNORECASE
)
_RANGE = re.compile(r"\s*(?:-|–|to|bis|hadi|إلى)\s*", re.IGNORECASE)
_THOSE = re.compile(
    r"(?i)\b(?:those|these|the|same|all|our|my|esos|esas|estos|los|las|ces|les|essas|diesen?|die)\s+$"
)
"""Words before a number of languages that are known already: "those same five languages"."""
_VALIDATED = frozenset(
    "validated verified validation validadas validees validierte validierten".split()
)
_NEAR, _LONE_WORDS = 28, 14
_BARE_RANGE, _FEW = 10_000, 10
"""A range up to this many and more is of rows, where no unit is said: "the 1M to 10M class"."""
_BYTES = frozenset(("terabytes", "gigabytes", "megabytes"))
_ASKS = re.compile(r"\b(?:what|how)\s+about\s*$", re.IGNORECASE)
"""Words that offer a figure and do not blur it: "what about 5 hours"."""
_LINKS = frozenset("is are be should of sein sind son sont soit sejam iwe ziwe".split())
"""Words between a unit and its figure: "the hours should be 50"."""
_MOST_NUMBERS = 60
"""A turn with more figures than this is a paste, not a request."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure read from a turn, standing at [start, end)."""

    start: int
    end: int
    unit: str
    """A unit of `sizes.toml`, or "" where none was said."""
    least: float | None
    most: float | None


def quantities(text: str, words: tuple[Token, ...] = ()) -> tuple[Quantity, ...]:
    """The figures with a unit, or a comparison, of a turn; `words`: its words, where known."""
    words = words or tokens(text)
    numbers = sorted(
        (*figures.in_digits(text), *figures.in_words(words)), key=lambda n: (n.start, -n.end)
    )[:_MOST_NUMBERS]
    starts = [number.start for number in numbers]
    found: list[Quantity] = []
    end = 0
    pending: Number | None = None
    for number in numbers:
        if number.start < end:
            continue
        end = number.end
        pair = pending is not None and _is_range(text, pending, number)
        later = bisect_left(starts, number.end)
        stop = starts[later] if later < len(starts) else len(text)
        read = _quantity(text, words, number, stop, pending if pair else None)
        pending = None if pair else number
        if read is not None:
            if pair and found and found[-1].end > read.start:
                found.pop()
            found.append(read)
            end = max(end, read.end)
    known = [_THOSE.search(text, max(0, q.start - _NEAR), q.start) for q in found]
    limits = (q for q, hit in zip(found, known, strict=True) if not hit or q.unit != "languages")
    bounds = list(limits)
    # "A small download, under 100 MB": the figure says how small.
    measured = any(quantity.unit in _BYTES for quantity in bounds)
    return (*bounds, *(q for q in _whole_phrases(words) if not (measured and q.unit == "bytes")))


def _is_range(text: str, first: Number, second: Number) -> bool:
    if second.start - first.end > 24 or not first.end <= second.start:
        return False
    between = text[first.end : second.start]
    return bool(_RANGE.fullmatch(between)) or (
        bool(_BETWEEN_AFTER.search(between))
        and bool(_BETWEEN_BEFORE.search(text[max(0, first.start - 16) : first.start]))
    )


def _quantity(
    text: str, words: tuple[Token, ...], number: Number, stop: int, low: Number | None
) -> Quantity | None:
    """The number with the words around it, up to `stop`; None when it is not a limit."""
    first = bisect_left(words, number.end, key=lambda token: token.start)
    reach = min(stop, number.end + 60)
    after = tuple(t for t in words[first : first + 8] if t.start < reach)
    value, position = number.value, 0
    for find in lexicon("multiplier").find(after[:3]):
        if find.first == position and not number.unit:
            value, position = value * float(find.value), find.last + 1
    before = _unit_before(text, number)
    crosses = bool(before) and position < len(after) and after[position].opens
    reach_of_unit = -1 if crosses else 0 if before else 2
    unit, end, unit_position = _unit(number, after, position, reach=reach_of_unit)
    compare = number.compare or _before(text, number) or _after(after, position, unit_position)
    if before and not unit and not compare and _is_year(text, number):
        before = ""
    unit = unit or before
    if not unit and low is not None and value >= _BARE_RANGE:
        unit = "records"
    if not unit and compare not in ("least", "most"):
        return None
    digits = text[number.start].isdigit() or not text[number.start].isalnum()
    if before and not digits and not compare and number.value <= 2:
        # "Imagens dos satélites": what stands before an article is no unit of a two.
        return None
    part = unit == "records" and low is None and value < _FEW
    if not compare and (part or (number.value == 1 and not digits)):
        # "Un" and "one" are often articles: "UN documents"; "two sentences" are what a row holds.
        return None
    if unit == "hours" and _is_validated(text, number.start, end):
        unit = "validated_hours"
    start = number.start if low is None else low.start
    least, most = _bounds(value, compare, unit)
    if low is not None:
        scale = value / number.value if number.value and low.value < number.value else 1.0
        least, most = low.value * (scale if low.value * scale <= value else 1.0), value
    return Quantity(start, end, unit, least, most)


def _unit(
    number: Number, after: tuple[Token, ...], position: int, *, reach: int
) -> tuple[str, int, int]:
    """(unit, end of the phrase, token position after it); it may stand `reach` words away."""
    end = after[position - 1].end if position else number.end
    if number.unit:
        return number.unit, end, position
    finds = [f for f in lexicon("unit", "after").find(after[position : position + 5])]
    for find in finds:
        if find.kind == "unit" and find.first <= reach and not _too_short(find.value, find.first):
            return find.value, find.end, position + find.last + 1
    return "", end, position


def _is_year(text: str, number: Number) -> bool:
    """Whether a figure after a comma reads as a year: "measurement files, 2010"."""
    aside = text[: number.start].rstrip().endswith((",", ";", "("))
    return aside and 1900 <= number.value < 2100


def _too_short(unit: str, distance: int) -> bool:
    return distance > 0 and unit in ("terabytes", "gigabytes", "megabytes", "minutes")


def _before(text: str, number: Number) -> str:
    if _ASKS.search(text, max(0, number.start - _NEAR), number.start):
        return ""
    words = tokens(text[max(0, number.start - _NEAR) : number.start])
    finds = lexicon("compare").find(words)
    if finds and finds[-1].last >= len(words) - 2:
        return finds[-1].value
    return ""


def _unit_before(text: str, number: Number) -> str:
    """The unit where it stands first: "saa 20", "validated hours over 10", "speakers > 100"."""
    words = tokens(text[max(0, number.start - _NEAR) : number.start])
    last = len(words) - 1
    comparing = lexicon("compare").find(words)
    if comparing and comparing[-1].last == last:
        last = comparing[-1].first - 1
    while last >= 0 and words[last].word in _LINKS:
        last -= 1
    finds = [find for find in lexicon("unit").find(words) if find.last == last]
    if not finds:
        return ""
    first = finds[-1].first
    before = words[first - 1].word if first and not words[first].opens else ""
    # In "10 hours of 5 speakers" the hours are the ten's.
    return "" if before[:1].isdigit() else finds[-1].value


def lone(text: str) -> tuple[float, str] | None:
    """A figure with nothing but small words around it, and its comparison: "make it 20 then".

    Returns:
        The figure and "least", "most" or "" where the turn does not say; None for any other turn.
    """
    words = tokens(text)
    if len(words) > _LONE_WORDS:
        return None
    numbers = [*figures.in_digits(text), *figures.in_words(words)]
    if len(numbers) != 1 or numbers[0].unit:
        return None
    number = numbers[0]
    after = tuple(token for token in words if token.start >= number.end)
    value, position = number.value, 0
    for find in lexicon("multiplier").find(after[:2]):
        if find.first == position:
            value, position = value * float(find.value), find.last + 1
    around = tuple(t for t in words if t.end <= number.start) + after[position:]
    small = {at for f in lexicon("small", "compare", "after").find(around)
             for at in range(f.first, f.last + 1)}  # fmt: skip
    if len(small) < len(around):
        return None
    return value, number.compare or _before(text, number) or _after(after, position, position)


def _after(after: tuple[Token, ...], position: int, unit_position: int) -> str:
    for start in {position, unit_position}:
        finds = lexicon("after").find(after[start : start + 3])
        if finds and finds[0].first == 0:
            return finds[0].value
    return ""


def _is_validated(text: str, start: int, end: int) -> bool:
    around = {t.word for t in tokens(text[max(0, start - 12) : end + 24])}
    return any(word in around for word in _VALIDATED)


def _bounds(value: float, compare: str, unit: str) -> tuple[float | None, float | None]:
    if compare == "most" or (unit in ("dollars", "euros") and compare != "least"):
        return None, value
    if compare == "about":
        return value * 0.8, None
    return value, None


def _whole_phrases(words: tuple[Token, ...]) -> list[Quantity]:
    found = []
    for find in lexicon("whole").find(words):
        unit, _, most = find.value.partition("<")
        found.append(Quantity(find.start, find.end, unit, None, float(most)))
    return found
