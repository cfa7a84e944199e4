"""Finds known phrases in a turn: tokens in any script, and a longest-first phrase table.

Pure: a lexicon is built from (phrase, meaning) pairs and answers with non-overlapping finds.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

_MARKS = r"\u0300-\u036f\u064b-\u065f\u0670"
"""Accents and Arabic vowel signs that are written as characters of their own."""
_TOKEN = re.compile(rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*", re.UNICODE)
_BREAK = re.compile(r"[;:!?,،؛؟()\[\]\n•]|\.\s|\s[–—-]\s")
_END = re.compile(r"[;:!?؛؟\n•]|\.\s")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARABIC_PREFIXES = ("وال", "بال", "كال", "ولل", "وبال", "لل", "ال", "و", "ب", "ل")
_GERMAN_HEAD = re.compile(
    r"(?:mess|klima|roh|zeit)?(?:daten|datensatz|messung|wert|bild|aufnahme|karte|beobachtung|"
    r"statistik|aufzeichnung|bericht|text|modell|reihe|sammlung|archiv|information|katalog|studie|"
    r"verzeichnis)(?:en|ern|er|e|n|se)?$"
)
"""What a German compound's last part is where the rest says of what: "Gletscherbeobachtungen"."""
_GERMAN_JOINTS = ("", "s", "n", "en", "es", "er")
_SHORTEST_STEM = 4
_LONGEST_PHRASE = 9
OR = frozenset("or o u ou oder au أو او".split())
AND = frozenset("and y e et und na و".split())
"""Words that join two of a list, in the languages spoken here."""


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


class Words(tuple[Token, ...]):
    """The words of a turn, and where each stands: many tables look for theirs among them."""

    @cached_property
    def places(self) -> Mapping[str, list[int]]:
        """Spelling to positions, in order; a word with a particle stands under both."""
        found: dict[str, list[int]] = {}
        for position, token in enumerate(self):
            for spelling in _spellings(token.word):
                found.setdefault(spelling, []).append(position)
        return found

    def first(self, count: int) -> Words:
        """The first of them."""
        return self if len(self) <= count else Words(self[:count])


_folded = lru_cache(maxsize=20_000)(fold)


def tokens(text: str) -> Words:
    """The words of a text, in order."""
    found: list[Token] = []
    end = 0
    for hit in _TOKEN.finditer(text):
        start = hit.start()
        opens = start - end > 1 and _BREAK.search(text, end, start) is not None
        parted = opens and _END.search(text, end, start) is not None
        end = hit.end()
        word = _folded(hit.group())
        # Nothing but lengthening strokes or marks is no word.
        if word:
            found.append(Token(word, start, end, opens, parted))
    return Words(found)


class _Knot:
    """Where a phrase goes on, and what it means if it ends here."""

    __slots__ = ("meaning", "onward")

    def __init__(self) -> None:
        self.meaning: tuple[str, str] | None = None
        self.onward: dict[str, _Knot] = {}


class Lexicon:
    """A phrase table; where phrases overlap the longer wins, then the earlier."""

    def __init__(self, phrases: Iterable[tuple[str, str, str]]) -> None:
        """`phrases` are (words, kind, value); the first meaning given to a phrase stays."""
        self._root = _Knot()
        for phrase, kind, value in phrases:
            knot = self._root
            for word in _TOKEN.findall(phrase)[:_LONGEST_PHRASE]:
                knot = knot.onward.setdefault(fold(word), _Knot())
            if knot is not self._root and knot.meaning is None:
                knot.meaning = (kind, value)

    def find(self, words: tuple[Token, ...]) -> tuple[Find, ...]:
        """Known phrases in these tokens, left to right."""
        places = words.places if isinstance(words, Words) else Words(words).places
        found: list[Find] = []
        free = 0
        heads = self._root.onward.keys() & places.keys()
        for position in sorted({place for head in heads for place in places[head]}):
            hit = self._at(words, position) if position >= free else None
            if hit is not None:
                found.append(hit)
                free = hit.last + 1
        return tuple(found)

    def _at(self, words: tuple[Token, ...], position: int) -> Find | None:
        start = words[position]
        for head in _spellings(start.word):
            knot = self._root.onward.get(head)
            last, best = position, None
            at = position
            while knot is not None:
                if knot.meaning is not None:
                    last, best = at, knot.meaning
                at += 1
                if not knot.onward or at == len(words) or words[at].opens:
                    break
                word = words[at].word
                onward = knot.onward.get(word)
                if onward is None and word[-1] in "اه":
                    onward = knot.onward.get(_plain_ending(word))
                knot = onward
            if best is not None:
                return Find(start.start, words[last].end, position, last, *best)
        return None


@lru_cache(maxsize=20_000)
def _spellings(word: str) -> tuple[str, ...]:
    """A word, and without the particles that Arabic writes onto it."""
    if not _ARABIC.match(word):
        return (word, *_german_stems(word))
    bare = [
        word[len(p) :] for p in _ARABIC_PREFIXES if word.startswith(p) and len(word) > len(p) + 2
    ]
    forms = (word, *bare)
    return (*forms, *(plain for form in forms if (plain := _plain_ending(form)) != form))


def _plain_ending(word: str) -> str:
    """An Arabic word without the ending of an object, and its last letter as tables have it."""
    if len(word) > 3 and word[-1] == "ا":
        return word[:-1]
    return f"{word[:-1]}ة" if len(word) > 3 and word[-1] == "ه" else word


def _german_stems(word: str) -> Iterator[str]:
    """What a German compound is made of first, with and without the letters that join it."""
    if len(word) <= _SHORTEST_STEM + 4 or not word.isascii():
        return
    head = _GERMAN_HEAD.search(word)
    stem = word[: head.start()] if head else ""
    for joint in _GERMAN_JOINTS:
        rest = stem[: len(stem) - len(joint)]
        if stem.endswith(joint) and len(rest) >= _SHORTEST_STEM:
            yield rest


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


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing about which data is wanted."""
    lines = table("stopwords")["stop"].values()
    return frozenset(t.word for group in lines for line in group for t in tokens(line))


@cache
def small_words() -> Lexicon:
    """Words of limits, commands and figures that are no content of their own."""
    kinds = {"ease", "no_need", "organisation", "renewal", "join", "not", "likeness", "big"}
    tables = (*entries("limits"), *entries("licences"))
    more = (e for e in entries("intents") if e[1] in ("replace", "add", "only", "drop", "field"))
    numbers = (e for e in entries("sizes") if e[1] in ("compare", "after", "unit"))
    return Lexicon((*(e for e in tables if e[1] in kinds), *more, *numbers))
