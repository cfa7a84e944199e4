"""A sentence cut into pieces: phrases of the reply's own, figures, words and marks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from assistant.grounding_words import Words, spoken
from assistant.grounding_words import words as words_of

_CURRENCY = r"(?:us\$|[$€£¥]|usd|eur)"
_RUN = re.compile(r"\w+|\W")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a folded sentence."""

    kind: str
    """phrase, number, numeral, currency, hedge, one, word, mark, or a comparison's name."""
    text: str
    start: int
    end: int


def warm_words() -> None:
    """Load the tables of every language."""
    for tag in spoken():
        _others(tag)


def by_beginning(phrases: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """First word or mark -> the phrases that begin with it, the longest first."""
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        found.setdefault(_beginning(phrase, 0), []).append(phrase)
    return {first: tuple(sorted(each, key=len, reverse=True)) for first, each in found.items()}


def pieces(text: str, phrases: Mapping[str, tuple[str, ...]], tag: str) -> list[Piece]:
    """The pieces of a folded sentence in order; `phrases` as `by_beginning` gives them."""
    others = _others(tag)
    found: list[Piece] = []
    at = 0
    while at < len(text):
        phrase = _phrase_at(text, at, phrases)
        if phrase:
            found.append(Piece("phrase", phrase, at, at + len(phrase)))
        elif hit := others.match(text, at):
            found.append(Piece(hit.lastgroup or "mark", hit[0], at, hit.end()))
        at = found[-1].end if found and found[-1].end > at else at + 1
    return found


def without_figures(text: str, cut: Iterable[Piece]) -> str:
    """The sentence with a space in the place of each phrase and figure."""
    kept, at = [], 0
    for piece in cut:
        if piece.kind in ("phrase", "number"):
            kept.append(f"{text[at : piece.start]} ")
            at = piece.end
    return "".join(kept) + text[at:]


def _phrase_at(text: str, at: int, phrases: Mapping[str, tuple[str, ...]]) -> str:
    """The longest phrase that stands here as whole words; empty for none."""
    if at and _in_word(text[at - 1]):
        return ""
    for phrase in phrases.get(_beginning(text, at), ()):
        end = at + len(phrase)
        if text.startswith(phrase, at) and not (end < len(text) and _in_word(text[end])):
            return phrase
    return ""


def _beginning(text: str, at: int) -> str:
    run = _RUN.match(text, at)
    return run[0] if run is not None else ""


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


@cache
def _others(tag: str) -> re.Pattern[str]:
    """What is no phrase, in one language."""
    table = words_of(tag)
    if table is None:
        raise ValueError(f"No words of {tag!r}. Expected one of those in grounding_words.toml.")
    return _pattern(table)


def _pattern(table: Words) -> re.Pattern[str]:
    before = rf"(?=\s+(?:{_CURRENCY})?\s?\d)"
    counted = _either(table.units["count"])
    compared = "|".join(
        rf"(?<!\w)(?P<{name}>{_either(texts)}){before}" for name, texts in table.compare.items()
    )
    return re.compile(
        rf"{compared}"
        rf"|(?<!\w)(?P<hedge>{_either(table.hedges)}){before}"
        rf"|(?<!\w)(?P<currency>{_CURRENCY})(?=\s?\d)"
        rf"|(?P<number>\d(?:[\d.,\u066b\u066c\u202f]*\d)?)"
        rf"|(?<!\w)(?P<one>{_either(table.one)})(?=(?:\s\S+){{0,2}}\s(?:{counted})(?!\w))"
        rf"|(?<!\w)(?P<numeral>{_either(table.numbers)})(?!\w)"
        r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
        r"|(?P<mark>\S)"
    )


def _either(texts: Iterable[str]) -> str:
    """One of these, the longest first; nothing for none."""
    return "|".join(map(re.escape, sorted(texts, key=len, reverse=True))) or r"(?!)"
