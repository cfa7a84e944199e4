"""Names that stand where a language would and that no table knows: "Dothraki corpus"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.need import LanguageWish
from assistant.understand.lexicon import Token

_BEFORE = frozenset({"in", "for", "into", "from"})
_DATA = frozenset(
    "data dataset datasets corpus corpora something anything material materials sentences clips "
    "samples speakers people speaking talking written spoken recorded hours".split()
)
_SHORTEST = 4
PRIVATE = "x-"
"""BCP 47's mark of a private tag: the wish for a language that has no code here."""


def names(
    text: str, words: Sequence[Token], left: Collection[str], spans: Sequence[tuple[int, int]]
) -> tuple[str, ...]:
    """Capitalised words beside a task or a kind of data, or after "in", that nothing understood.

    Args:
        text: The turn.
        words: Its tokens.
        left: Words, folded, that no table knows.
        spans: Where tasks and kinds of data were named.
    """
    starts = {start for start, _ in spans}
    ends = {end for _, end in spans}
    found = []
    for position, token in enumerate(words):
        said = text[token.start : token.end]
        if token.word not in left or len(said) < _SHORTEST:
            continue
        if not (said[0].isupper() and said[1:].islower()):
            continue
        follow = words[position + 1] if position + 1 < len(words) else None
        after = follow is not None and follow.start in starts and not follow.opens
        if after or _in_data(words, position, ends):
            found.append(said)
    return tuple(found)


def _in_data(words: Sequence[Token], position: int, ends: Collection[int]) -> bool:
    """Whether a name stands after "in" or the like, and that after data: not "a shop in Kisumu"."""
    if position == 0 or words[position - 1].word not in _BEFORE:
        return False
    if position == 1:
        return True
    before = words[position - 2]
    return before.end in ends or before.word in _DATA


def wish(name: str) -> LanguageWish:
    """A wish for a language that no dataset can be in."""
    tag = PRIVATE + "".join(c for c in name.casefold() if c.isalnum())[:8]
    return LanguageWish(tag=tag, label=name, tags=(tag,))
