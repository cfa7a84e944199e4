"""Which of our seven languages a turn is in. Pure."""

from __future__ import annotations

import re
from functools import cache

from assistant.grounding_words import flat, tongue
from assistant.phrases import LANGUAGES, phrases_of

_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, otherwise: str) -> str:
    """The language a turn is in, where it is clearly one of the seven; else `otherwise`."""
    said = tongue(text)
    if said is not None:
        return said
    words = set(_WORD.findall(flat(text)))
    by_marks = [tag for tag in LANGUAGES if words & _marks(tag)]
    return by_marks[0] if len(by_marks) == 1 else otherwise


@cache
def _marks(tag: str) -> frozenset[str]:
    return frozenset(flat(phrases_of(tag).say("marks")).split())
