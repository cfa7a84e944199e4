"""Whether a turn that names a speaking style leaves it open. Pure.

"Leídas o habladas, me da igual", "read and spontaneous alike".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understand.lexicon import AND, OR, Find, Token

_FAR = 4
"""Words between two styles of one list, at most."""
_ALL_THE_SAME = re.compile(
    r"\b(?:don't mind|do not mind|don't care|do not care|either|whichever|no matter which|"
    r"doesn't matter|does not matter|all the same|da igual|da lo mismo|no importa|cualquiera|"
    r"peu importe|égal|n'importe|l'un ou l'autre|les deux|tanto faz|dá no mesmo|qualquer um|"
    r"não importa|egal|gleich|beides|haijalishi|sijali|yoyote)\b"
    r"|لا يهم|سيان|لا فرق|كلاهما",
    re.IGNORECASE,
)


def is_open(text: str, words: Sequence[Token], named: Sequence[Find], *, differ: bool) -> bool:
    """Whether any style will do.

    Args:
        text: The turn.
        words: Its words.
        named: The styles in it, left to right.
        differ: They are not one and the same, those not wanted taken for the other.
    """
    if differ and _listed(words, named):
        return True
    beside = {
        words[at].word
        for find in named
        for at in (find.first - 1, find.last + 1)
        if 0 <= at < len(words)
    }
    return bool(beside & OR) and _ALL_THE_SAME.search(text) is not None


def _listed(words: Sequence[Token], named: Sequence[Find]) -> bool:
    """Whether an "and" or "or" joins two of them."""
    for one, other in zip(named, named[1:], strict=False):
        between = {token.word for token in words[one.last + 1 : other.first]}
        near = other.first - one.last <= _FAR + 1
        if one.value != other.value and near and between & (OR | AND):
            return True
    return False
