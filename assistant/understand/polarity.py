"""Which of the things named are wanted, which are not, and whether all or any of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import Literal

from assistant.understand.cover import Cover
from assistant.understand.lexicon import Lexicon, Token, entries

_BETWEEN = frozenset(
    "the a an any in from on data dataset datasets of speech text that this using set sets corpus "
    "corpora it is s been be one ones language languages la el le les los las o os as die der das "
    "den dem na ya wa za de en del do da dos das du des l d von vom em no sea sean seja sejam "
    "topic topics subject theme tema sujet thema task tasks tarea tarefa tache aufgabe "
    "datos dados donnees daten data ni iwe من في ب".split()
)
_TURNS = frozenset(
    "but except besides other apart excepto menos sauf außer exceto isipokuwa".split()
)
_INSTEAD = frozenset("please instead then rather now bitte stattdessen plutôt mejor".split())
"""Words after a thing that is wanted in place of another: "not oceans, air quality please"."""
_ARTICLES = frozenset("the el la le den die das".split())
_BEFORE_ARTICLE = frozenset("e ou entre para com sobre como mas que não nao tambem".split())
_WITH = frozenset("with con avec com mit paired".split())
"""Words after a thing that begins a pair of what is wanted: "drop English, Gujarati with Hindi"."""
_LIST = frozenset("or and nor y o et ou und oder e au و أو".split())


@cache
def _not() -> Lexicon:
    return Lexicon(entry for entry in entries("limits") if entry[1] == "not")


@cache
def _join() -> Lexicon:
    return Lexicon(entry for entry in entries("limits") if entry[1] == "join")


class Polarity:
    """Negations of one turn, by character position."""

    def __init__(self, words: tuple[Token, ...], taken: tuple[tuple[int, int], ...]) -> None:
        """`taken` are spans whose words are no negation: figures, licence phrases."""
        self._words = words
        known = Cover(taken)
        finds = [f for f in _not().find(words) if known.around(f.start, f.start + 1) is None]
        self._ends = {find.last for find in finds}
        self._replaced = {find.last for find in finds if find.value == "instead"}
        self._starts = [token.start for token in words]
        self._start_of = {token.start: position for position, token in enumerate(words)}
        self._negated_ends: dict[int, str] = {}
        self._replaced_ends: set[int] = set()

    def turns(self, last: int) -> bool:
        """Whether the word after this token takes it back: "anything but Hindi"."""
        after = self._words[last + 1].word if last + 1 < len(self._words) else ""
        return after in _TURNS

    def is_negated(self, start: int, end: int, kind: str) -> bool:
        """Whether the thing at [start, end) is excluded; call it from left to right.

        `kind`: what it is; in "not Meadow Mari, speech" the speech is no part of the list.
        """
        position = self._start_of.get(start)
        if position is None:
            position = bisect_left(self._starts, start)
        before = position - 1
        steps = 0
        whole = not self._opens(position)
        while whole and before >= 0 and steps < 3 and before not in self._ends:
            if self._words[before].word not in _BETWEEN:
                break
            whole = not self._opens(before)
            before -= 1
            steps += 1
        negated = whole and before >= 0 and before in self._ends
        parted = position < len(self._words) and self._words[position].parted
        begins = self._opens(position) and self._word_after(end) in _WITH
        named_anew = self._named_anew(position)
        if (
            not (negated or parted or begins or named_anew)
            and before >= 0
            and not (self._instead(end))
        ):
            negated = self._follows_negated(before, kind)
        if negated:
            self._negated_ends[end] = kind
            if before in self._replaced:
                self._replaced_ends.add(end)
        return negated

    def _named_anew(self, position: int) -> bool:
        """Whether it has an article of its own after a comma: "not Mars, the Moon"."""
        for at in (position, position - 1):
            if 0 < at < len(self._words) and self._words[at].word in _ARTICLES and self._opens(at):
                return self._words[at - 1].end in self._negated_ends
        return False

    def _instead(self, end: int) -> bool:
        """Whether the word after this place says that the thing before it is wanted."""
        return self._word_after(end) in _INSTEAD

    def _word_after(self, end: int) -> str:
        after = bisect_left(self._starts, end)
        return self._words[after].word if after < len(self._words) else ""

    def _opens(self, position: int) -> bool:
        """Whether a clause begins at this word."""
        return position < len(self._words) and self._words[position].opens

    def _follows_negated(self, before: int, kind: str) -> bool:
        """Such as "not Hindi or Urdu", "not Hindi, Urdu": the second is excluded as well."""
        word = self._words[before]
        if word.word in _LIST and before > 0:
            end = self._words[before - 1].end
        elif word.end in self._replaced_ends:
            # "Instead of floods, droughts": after the comma stands what is wanted.
            return False
        else:
            end = word.end
        return self._negated_ends.get(end) == kind


def apart(words: tuple[Token, ...], spans: tuple[tuple[int, int], ...]) -> bool:
    """Whether several languages are offered for choice: "Hindi or Urdu"."""
    if len(spans) < 2:
        return False
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    return any(
        f.value == "or" and first <= f.start < last and not is_article(words, f.first)
        for f in _join().find(words)
    )


def is_article(words: Sequence[Token], position: int) -> bool:
    """Whether an "o" is Portuguese for "the", not Spanish for "or": "entre o galego e o basco"."""
    before = words[position - 1].word if position else ""
    return words[position].word == "o" and before in _BEFORE_ARTICLE


def joined(
    words: tuple[Token, ...], spans: tuple[tuple[int, int], ...], *, pair: bool
) -> Literal["any", "all"]:
    """Whether several languages are wanted together; `pair`: the task works on two at a time."""
    if len(spans) < 2:
        return "any"
    finds = [f for f in _join().find(words) if not is_article(words, f.first)]
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    inside = {f.value for f in finds if first <= f.start < last}
    around = {f.value for f in finds}
    between = {token.word for token in words if first <= token.start < last} & {
        "with",
        "con",
        "avec",
        "com",
        "mit",
    }
    # "One for each or both in one": together is only one of the ways.
    or_both = any(
        one.word == "or" and other.word == "both"
        for one, other in zip(words, words[1:], strict=False)
    )
    if "or" in inside or or_both or any(token.word == "either" for token in words):
        return "any"
    if "all" in around or between:
        return "all"
    return "all" if pair and ("and" in inside or not inside) else "any"
