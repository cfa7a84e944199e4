"""Finds English words that were left in a text of another language."""

from __future__ import annotations

import re
from functools import cache

from assistant.phrases import phrases_of

_WORD = re.compile(r"[^\W\d_]+")


@cache
def _spoken(tag: str) -> frozenset[str]:
    return frozenset(_WORD.findall(" ".join(phrases_of(tag).texts.values()).lower()))


@cache
def _english_alone(tag: str) -> frozenset[str]:
    return _spoken("en") - _spoken(tag)


def english_left(text: str, tag: str) -> set[str]:
    """Words of the English texts that the language's own texts do not have."""
    return set(_WORD.findall(text.lower())) & _english_alone(tag)
