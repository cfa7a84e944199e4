"""Words of a turn that nothing understood; they still rank. Pure."""

from __future__ import annotations

import re

from assistant.understand.cover import Cover
from assistant.understand.lexicon import Token, small_words, stop_words

_RUN_WORDS = 60
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
"""A number that tells data apart as words do: "the 1940 census"."""


def left(words: tuple[Token, ...], spans: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
    """Content words that nothing above understood."""
    stop = stop_words()
    small = {p for f in small_words().find(words) for p in range(f.first, f.last + 1)}
    taken = Cover(spans)
    left = []
    for position, token in enumerate(words):
        known = token.word in stop or position in small or len(token.word) < 3
        number = token.word.isdigit() and not _YEAR.fullmatch(token.word)
        if known or number or taken.around(token.start, token.end):
            continue
        left.append(token.word)
    return tuple(dict.fromkeys(left))[:24]


def runs(text: str, words: tuple[Token, ...], left: tuple[str, ...]) -> tuple[str, ...]:
    """Neighbouring words that nothing understood, as they were written."""
    known = frozenset(left)
    found: list[list[Token]] = [[]]
    for token in words[:_RUN_WORDS]:
        if token.word in known:
            found[-1].append(token)
        elif found[-1]:
            found.append([])
    return tuple(text[run[0].start : run[-1].end].lower() for run in found if run)
