"""What the words beside a thing that is named make of it: a place, a choice, a side. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from assistant.understand import content, demonyms
from assistant.understand.lexicon import OR, Find, Token, fold
from assistant.understand.mentions import Named
from catalog_sync import territories

_BESIDE = frozenset("a an any some the data dataset datasets corpora corpus sets".split())
_ARTICLES = frozenset("the l le la el o a os as das dem".split())
NONE_THERE = re.compile(
    r"\W*(?:(?:so|really|but|why|is|are|isn't|there's|there|do|don't|does|you|we|have|has|got|it)"
    r"\s+)*(?P<no>no|nothing|none|not)\b[^.;!?]{1,80}\?\s*$",
    re.IGNORECASE,
)
"""Asks whether there is none: "No data in Lao?" wants Lao."""


def is_choice(words: tuple[Token, ...], finds: Sequence[Find]) -> bool:
    """Whether a kind of data and a task stand with nothing but an "or" between them."""
    kinds = [f for f in finds if f.kind in ("task", "modality")]
    for one, other in zip(kinds, kinds[1:], strict=False):
        between = {words[at].word for at in range(one.last + 1, other.first)}
        if one.kind != other.kind and between & OR and between <= OR | _BESIDE:
            return True
    return False


def is_place(text: str, named: Named, words: tuple[Token, ...], finds: Sequence[Find]) -> bool:
    """Whether a people's name says where the world was measured: "Japanese lidar"."""
    kinds = {f.kind for f in finds} & {"task", "style", "product"}
    heard = any(f.kind == "modality" and f.value in ("audio", "text") for f in finds)
    topics = {f.value for f in finds if f.kind == "topic"}
    if kinds or heard or not topics or not all(map(content.is_measured, topics)):
        return False
    after = bisect_left(words, named.end, key=lambda token: token.start)
    if after == len(words) or words[after].opens:
        return False
    said = text[named.start : named.end]
    return fold(said) in demonyms.words() or territories.code(said) is not None


def follows(words: tuple[Token, ...], start: int, before: frozenset[str]) -> bool:
    """Whether one of these words stands right before this place."""
    last = bisect_right(words, start, key=lambda token: token.end) - 1
    if last >= 0 and words[last].word in _ARTICLES:
        last -= 1
    return last >= 0 and words[last].word in before
