"""A sentence taken apart: which datasets it names, what it claims of them, word by word. Pure.

A word, figure or mark that is nobody's ends the reading: such a sentence is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.grounding_facts import Facts, Phrase
from assistant.grounding_figures import Figure, is_asked_for, is_count, owners, read_figure
from assistant.grounding_pieces import Piece, pieces, without_figures
from assistant.grounding_words import Words, knows
from catalog_sync import languages

_PUNCTUATION = frozenset(",.;:!?()-\"'“”„«»…،؛؟¿¡/‹›")
_JOINING = frozenset("and or with y e o con et ou avec com und oder mit na au و أو".split())
_QUOTES = frozenset('"“„«‹')
_BEGINNING = frozenset('.:!?;-¿¡"“„«…(')
_DOTTED = re.compile(r"[^\W\d_]\.[^\W_]|\.\w+\.|//|www")


class Wrong(Exception):
    """The sentence says something that the reply does not."""


@dataclass(slots=True)
class Claim:
    """Something that is true of some datasets only."""

    owners: frozenset[int]
    unbound: bool


@dataclass(slots=True)
class Segment:
    """A stretch of a sentence that speaks of the same datasets."""

    names: frozenset[int] = frozenset()
    claims: list[Claim] = field(default_factory=list)


@dataclass(slots=True)
class Read:
    """A sentence taken apart."""

    segments: list[Segment] = field(default_factory=lambda: [Segment()])
    named: frozenset[int] = frozenset()
    terms: bool = False
    labels: bool = False
    negated: bool = False
    figures: bool = False
    joins: bool = False
    """Begins by joining on to the sentence before."""
    one: bool = False
    """Counts one dataset."""
    beyond: bool = False
    """Counts datasets that are not all in the reply."""

    def name(self, owners: frozenset[int]) -> None:
        """Speak of these from here on; a stretch that claimed nothing yet speaks of both."""
        last = self.segments[-1]
        if last.names and last.claims:
            self.segments.append(Segment(names=owners))
        else:
            last.names |= owners

    def claim(self, owners: frozenset[int], *, unbound: bool) -> None:
        """Claim something that is true of these only."""
        self.segments[-1].claims.append(Claim(owners, unbound))


def taken_apart(text: str, with_case: str, facts: Facts, words: Words) -> Read:
    """The parts of a sentence, given folded and with its capitals; raises `Wrong`."""
    if len(text) != len(with_case):
        raise Wrong("odd characters")
    hits = pieces(text, facts.beginnings, words.tag)
    if _DOTTED.search(without_figures(text, hits)):
        raise Wrong("an address")
    reader = _Reader(facts, words, with_case)
    position = 0
    while position < len(hits):
        position = reader.take(hits, position) + 1
    return reader.read


class _Reader:
    """Goes through a sentence piece by piece; raises `Wrong` at the first that is nobody's."""

    def __init__(self, facts: Facts, words: Words, with_case: str) -> None:
        self.read = Read()
        self._facts = facts
        self._words = words
        self._cased = with_case
        self._comparing = ""
        self._currency = False

    def take(self, hits: Sequence[Piece], position: int) -> int:
        """Take the piece at this position; the position of the last one taken."""
        hit = hits[position]
        kind = hit.kind
        self._look_like_a_name(hits, position)
        if kind in self._words.compare:
            self._comparing = kind
        elif kind == "currency":
            self._currency = True
        elif kind in ("number", "numeral"):
            figure, position = read_figure(hits, position, self._words, currency=self._currency)
            self._figure(figure)
            self._comparing, self._currency = "", False
        elif kind == "one":
            self.read.one = True
        elif kind == "phrase":
            self._phrase(self._facts.phrases[hit.text])
        elif kind == "word":
            self.read.joins = self.read.joins or (position == 0 and hit.text in _JOINING)
            self._word(hit.text)
        elif kind == "mark" and hit.text not in _PUNCTUATION:
            raise Wrong("markup")
        return position

    def _look_like_a_name(self, hits: Sequence[Piece], position: int) -> None:
        """Raise where words or figures stand as if they were a name, or a part of one."""
        hit, kind = hits[position], hits[position].kind
        before = hits[position - 1] if position else None
        joined = before is not None and before.end == hit.start
        after_name = (
            before is not None
            and before.kind == "phrase"
            and (self._facts.phrases[before.text].is_name)
        )
        if after_name and (kind in ("number", "numeral") or (joined and hit.text in "-/")):
            raise Wrong("a longer name")
        if kind == "phrase" and joined and before is not None and before.text in "-/":
            raise Wrong("a longer name")
        if joined and before is not None and before.text in _QUOTES:
            after = hits[position + 1].kind if position + 1 < len(hits) else "mark"
            if kind == "word" or (kind == "phrase" and after == "word"):
                raise Wrong("a quotation that is not the reply's")
        begins = before is None or before.text in _BEGINNING
        if kind == "word" and not begins and self._cased[hit.start].isupper():
            nouns = self._words.tag == "de" and not after_name
            if not nouns and hit.text.split("'")[0] != "i" and not _tags(hit.text):
                raise Wrong("a capital")

    def _phrase(self, phrase: Phrase) -> None:
        if phrase.neutral:
            return
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
            raise Wrong("a count")
        self.read.terms = self.read.terms or figure.kind == "money"
        true_of = owners(figure, self._facts, self._comparing)
        asked = is_asked_for(figure, self._facts)
        if not true_of and not asked:
            raise Wrong("a figure")
        self.read.claim(true_of, unbound=asked)

    def _word(self, word: str) -> None:
        words, read = self._words, self.read
        if word in words.fits:
            read.claim(self._facts.certain, unbound=not self._facts.no_match)
        elif knows(words.every, word):
            if self._facts.more or not self._facts.everyone:
                raise Wrong("speaks of all")
            read.name(self._facts.everyone)
        elif word in words.negators:
            read.negated = True
        elif knows(words.labels, word):
            read.labels = True
        elif word in words.larger or word in words.smaller:
            read.claim(self._facts.extreme(most=word in words.larger), unbound=False)
        elif self._is_kind(word):
            pass
        elif not self._is_plain(word):
            self._language(word)

    def _is_kind(self, word: str) -> bool:
        """Whether a word names a kind of data; if so it is claimed."""
        for kind, named in self._words.kinds.items():
            if knows(named, word):
                cards = self._facts.cards
                true_of = frozenset(p for p, card in enumerate(cards) if kind in card.modalities)
                self.read.claim(true_of, unbound=kind in self._facts.asked_kinds)
                return True
        return False

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
            raise Wrong("a word that is in no list")
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
