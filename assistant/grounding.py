"""Holds a model's sentence against a reply: what is not accounted for, word by word, is not shown.

Pure. A sentence passes when every word of it is a phrase of the reply's own, a figure of the
reply's, or a word that claims nothing; and when each phrase and figure is true of the datasets that
the sentence speaks of. Permissions, licences, prices and states are phrases of the reply's own or
they are nothing: no word for them is in the lists of plain words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.grounding_facts import Facts, Phrase
from assistant.grounding_figures import Figure, is_asked_for, is_count, owners, read_figure
from assistant.grounding_words import Words, flat, knows
from assistant.grounding_words import words as words_of
from catalog_sync import languages

LONGEST = 400
_PUNCTUATION = frozenset(",.;:!?()-\"'“”„«»…،؛؟¿¡/‹›")
_HIDDEN = frozenset({"Cf", "Cc", "Co", "Cn", "Cs"})
_DOTTED = re.compile(r"[^\W\d_]\.[^\W_]|\.\w+\.|//|www")
_CURRENCY = r"(?:us\$|[$€£¥]|usd|eur)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of one sentence."""

    good: bool
    why: str = ""
    """For the trace and for tests; holds no word of the sentence."""
    named: frozenset[int] = frozenset()
    """The datasets it names."""
    topic: frozenset[int] = frozenset()
    """The datasets that "it" means afterwards."""


class _Wrong(Exception):
    """The sentence says something that the reply does not."""


@dataclass(slots=True)
class _Claim:
    """Something that is true of some datasets only."""

    owners: frozenset[int]
    unbound: bool


@dataclass(slots=True)
class _Segment:
    """A stretch of a sentence that speaks of the same datasets."""

    names: frozenset[int] = frozenset()
    claims: list[_Claim] = field(default_factory=list)


@dataclass(slots=True)
class _Read:
    """A sentence taken apart."""

    segments: list[_Segment] = field(default_factory=lambda: [_Segment()])
    named: frozenset[int] = frozenset()
    terms: bool = False
    labels: bool = False
    negated: bool = False
    figures: bool = False
    beyond: bool = False
    """Counts datasets that are not all in the reply."""

    def name(self, owners: frozenset[int]) -> None:
        last = self.segments[-1]
        if last.names and last.claims:
            self.segments.append(_Segment(names=owners))
        else:
            last.names |= owners

    def claim(self, owners: frozenset[int], *, unbound: bool) -> None:
        self.segments[-1].claims.append(_Claim(owners, unbound))


def check(sentence: str, facts: Facts, words: Words, topic: frozenset[int] = frozenset()) -> Judged:
    """Whether a sentence agrees with the facts.

    Args:
        sentence: One sentence of the model's.
        facts: What the reply says.
        words: The table of the language the sentence is meant to be in.
        topic: The datasets that the sentence before spoke of.
    """
    try:
        text = _clean(sentence)
        read = _taken_apart(text, facts, words)
    except _Wrong as why:
        return Judged(good=False, why=str(why), named=_named(sentence, facts))
    if text.strip(" .") in {one.strip(" .") for one in facts.whole}:
        return Judged(good=True, named=read.named, topic=read.named)
    fault = _held(read, facts, topic)
    spoken = read.segments[-1].names or read.named or topic
    return Judged(good=not fault, why=fault, named=read.named, topic=spoken)


def _clean(sentence: str) -> str:
    if len(sentence) > LONGEST:
        raise _Wrong("too long")
    if any(unicodedata.category(c) in _HIDDEN for c in sentence):
        raise _Wrong("hidden characters")
    text = flat(sentence)
    if not any(c.isalpha() for c in text):
        raise _Wrong("no words")
    return text


def _named(sentence: str, facts: Facts) -> frozenset[int]:
    text = flat(sentence[: LONGEST * 4])
    return frozenset(
        place for key, phrase in facts.phrases.items() if phrase.is_name and key in text
        for place in phrase.owners
    )  # fmt: skip


def _held(read: _Read, facts: Facts, topic: frozenset[int]) -> str:
    """Why the sentence does not hold; empty when it does."""
    if read.labels and not read.terms:
        return "speaks of terms without the reply's words for them"
    if read.negated and (read.named or read.terms or read.figures or not facts.no_match):
        return "negates"
    subjects = topic
    for segment in read.segments:
        subjects = segment.names or subjects
        for claim in segment.claims:
            about = subjects or facts.everyone
            bound = bool(segment.names)
            if claim.unbound and not bound:
                continue
            if read.beyond and not bound:
                return "says of many what is known of those shown"
            if not about or not about <= claim.owners:
                return "not true of what it speaks of"
    return ""


@lru_cache(maxsize=64)
def _pattern(phrases: frozenset[str], tag: str) -> re.Pattern[str]:
    table = words_of(tag)
    if table is None:
        raise ValueError(f"No words of {tag!r}. Expected one of those in grounding_words.toml.")
    before = rf"(?=\s+(?:{_CURRENCY})?\s?\d)"
    compared = "|".join(
        rf"(?<!\w)(?P<{name}>{_either(texts)}){before}" for name, texts in table.compare.items()
    )
    return re.compile(
        rf"(?<!\w)(?P<phrase>{_either(phrases)})(?!\w)|{compared}"
        rf"|(?<!\w)(?P<hedge>{_either(table.hedges)}){before}"
        rf"|(?<!\w)(?P<currency>{_CURRENCY})(?=\s?\d)"
        rf"|(?P<number>\d(?:[\d.,\u066b\u066c\u202f]*\d)?)"
        rf"|(?<!\w)(?P<numeral>{_either(table.numbers)})(?!\w)"
        r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
        r"|(?P<mark>\S)"
    )


def _either(texts: Iterable[str]) -> str:
    """One of these, the longest first; nothing for none."""
    return "|".join(map(re.escape, sorted(texts, key=len, reverse=True))) or r"(?!)"


def _taken_apart(text: str, facts: Facts, words: Words) -> _Read:
    pattern = _pattern(frozenset(facts.phrases), words.tag)
    bare = pattern.sub(lambda hit: " " if hit["phrase"] or hit["number"] else hit[0], text)
    if _DOTTED.search(bare):
        raise _Wrong("an address")
    reader = _Reader(facts, words)
    hits = list(pattern.finditer(text))
    position = 0
    while position < len(hits):
        position = reader.take(hits, position) + 1
    return reader.read


class _Reader:
    """Goes through a sentence piece by piece; raises `_Wrong` at the first that is nobody's."""

    def __init__(self, facts: Facts, words: Words) -> None:
        self.read = _Read()
        self._facts = facts
        self._words = words
        self._comparing = ""
        self._currency = False

    def take(self, hits: list[re.Match[str]], position: int) -> int:
        """Take the piece at this position; the position of the last one taken."""
        hit = hits[position]
        kind = hit.lastgroup or ""
        if kind in self._words.compare:
            self._comparing = kind
        elif kind == "currency":
            self._currency = True
        elif kind in ("number", "numeral"):
            figure, position = read_figure(hits, position, self._words, currency=self._currency)
            self._figure(figure)
            self._comparing, self._currency = "", False
        elif kind == "phrase":
            self._phrase(self._facts.phrases[hit[0]])
        elif kind == "word":
            self._word(hit[0])
        elif kind == "mark" and hit[0] not in _PUNCTUATION:
            raise _Wrong("markup")
        return position

    def _phrase(self, phrase: Phrase) -> None:
        if phrase.is_name:
            self.read.named |= phrase.owners
            self.read.name(phrase.owners)
            return
        self.read.terms = self.read.terms or phrase.is_terms
        self.read.claim(phrase.owners, unbound=phrase.unbound)

    def _figure(self, figure: Figure) -> None:
        self.read.figures = True
        if is_count(figure) and figure.values & self._facts.counts and not self._comparing:
            self.read.beyond = not figure.values & {len(self._facts.everyone)}
            return
        if figure.kind == "count":
            raise _Wrong("a count")
        self.read.terms = self.read.terms or figure.kind == "money"
        true_of = owners(figure, self._facts, self._comparing)
        asked = is_asked_for(figure, self._facts)
        if not true_of and not asked:
            raise _Wrong("a figure")
        self.read.claim(true_of, unbound=asked)

    def _word(self, word: str) -> None:
        words, read = self._words, self.read
        if word in words.fits:
            read.claim(self._facts.certain, unbound=not self._facts.no_match)
        elif knows(words.every, word):
            if self._facts.more or not self._facts.everyone:
                raise _Wrong("speaks of all")
            read.name(self._facts.everyone)
        elif word in words.negators:
            read.negated = True
        elif knows(words.labels, word):
            read.labels = True
        elif not self._is_plain(word):
            self._language(word)

    def _is_plain(self, word: str) -> bool:
        words = self._words
        if knows(words.plain, word) or any(knows(unit, word) for unit in words.units.values()):
            return True
        # "j'ai", "d'heures": each part for itself.
        return "'" in word and all(knows(words.plain, part) for part in word.split("'") if part)

    def _language(self, word: str) -> None:
        """A language's name in the language of the sentence."""
        tags = _tags(word)
        if not tags:
            raise _Wrong("a word that is in no list")
        cards = self._facts.cards
        true_of = frozenset(p for p, card in enumerate(cards) if tags & set(card.languages))
        self.read.claim(true_of, unbound=bool(tags & self._facts.asked_tongues))


@lru_cache(maxsize=2048)
def _tags(word: str) -> frozenset[str]:
    """The tags that a language's name stands for; empty for any other word."""
    answer = languages.resolve(word) if len(word) > 3 else None
    if answer is None or answer.how not in ("name", "autonym", "alias"):
        return frozenset()
    return frozenset(t for tag in answer.tags for t in languages.satisfied_by(tag))
