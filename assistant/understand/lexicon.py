"""Finds known phrases in a turn: tokens in any script, and a longest-first phrase table.

Pure: a lexicon is built from (phrase, meaning) pairs and answers with non-overlapping finds.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_TOKEN = re.compile(r"[^\W_]+", re.UNICODE)
_BREAK = re.compile(r"[;:!?,،؛؟()\[\]\n•]|\.\s|\s[–—-]\s")
_END = re.compile(r"[;:!?؛؟\n•]|\.\s")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARABIC_PREFIXES = ("وال", "بال", "لل", "ال", "و", "ب", "ل")
_LONGEST_PHRASE = 9


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a turn: folded form and where it stands."""

    word: str
    start: int
    end: int
    opens: bool = False
    """A clause begins here: no phrase, and no "not", reaches across."""
    parted: bool = False
    """The clause before ended for good, not with a comma: no list goes on across."""


@dataclass(frozen=True, slots=True)
class Find:
    """A known phrase at [start, end) of the text; `first` and `last` are token positions."""

    start: int
    end: int
    first: int
    last: int
    kind: str
    value: str


def fold(text: str) -> str:
    """Lower case without accents; spelling variants of one word become one."""
    if text.isascii():
        return text.lower()
    flat = unicodedata.normalize("NFKD", text.casefold())
    if flat.isascii():
        return flat
    return "".join(c for c in flat if unicodedata.category(c) != "Mn").replace("ـ", "")


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text, in order."""
    found: list[Token] = []
    end = 0
    for hit in _TOKEN.finditer(text):
        start = hit.start()
        opens = start - end > 1 and _BREAK.search(text, end, start) is not None
        parted = opens and _END.search(text, end, start) is not None
        found.append(Token(fold(hit.group()), start, hit.end(), opens, parted))
        end = hit.end()
    return tuple(found)


class Lexicon:
    """A phrase table; where phrases overlap the longer wins, then the earlier."""

    def __init__(self, phrases: Iterable[tuple[str, str, str]]) -> None:
        """`phrases` are (words, kind, value); the first meaning given to a phrase stays."""
        self._by_words: dict[tuple[str, ...], tuple[str, str]] = {}
        self._longest: dict[str, int] = {}
        for phrase, kind, value in phrases:
            words = tuple(fold(word) for word in _TOKEN.findall(phrase)[:_LONGEST_PHRASE])
            if not words:
                continue
            self._by_words.setdefault(words, (kind, value))
            self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))

    def find(self, words: tuple[Token, ...]) -> tuple[Find, ...]:
        """Known phrases in these tokens, left to right."""
        found: list[Find] = []
        position = 0
        longest = self._longest
        while position < len(words):
            word = words[position].word
            if word not in longest and not "\u0600" <= word[0] <= "\u06ff":
                position += 1
                continue
            hit = self._at(words, position)
            if hit is None:
                position += 1
            else:
                found.append(hit)
                position = hit.last + 1
        return tuple(found)

    def _at(self, words: tuple[Token, ...], position: int) -> Find | None:
        for head in _spellings(words[position].word):
            if head not in self._longest:
                continue
            reach = min(self._longest[head], len(words) - position)
            if reach > 1:
                reach = next((n for n in range(1, reach) if words[position + n].opens), reach)
            for length in range(reach, 0, -1):
                rest = tuple(token.word for token in words[position + 1 : position + length])
                meaning = self._by_words.get((head, *rest))
                if meaning is not None:
                    last = position + length - 1
                    return Find(words[position].start, words[last].end, position, last, *meaning)
        return None


@lru_cache(maxsize=20_000)
def _spellings(word: str) -> tuple[str, ...]:
    """A word, and without the particles that Arabic writes onto it."""
    if not _ARABIC.match(word):
        return (word,)
    bare = [
        word[len(p) :] for p in _ARABIC_PREFIXES if word.startswith(p) and len(word) > len(p) + 2
    ]
    return (word, *bare)


Table = dict[str, dict[str, list[str]]]


@cache
def table(name: str) -> Table:
    """The phrase table `<name>.toml` beside this module: kind -> value -> phrases."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


def entries(name: str) -> Iterable[tuple[str, str, str]]:
    """(phrase, kind, value) of a table file."""
    for kind, values in table(name).items():
        for value, phrases in values.items():
            for phrase in phrases:
                yield phrase, kind, value
