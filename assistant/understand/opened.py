"""Things that a turn names in order to leave them open: "not just ASR", "needn't be daily". Pure.

They are no longer asked for, and are not shut out either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understand.dismissed import Standing

_READ = 2_000
"""Characters of a turn that are looked at: a longer one is a paste of a document."""
_BACK = 48
"""Characters before a thing among which the words stand that leave it open."""
_BEFORE = re.compile(
    r"(?:n['’]?t have to be|\bnot have to be|\bneed(?:n['’]?t| not) be|n['’]?t need to be|"
    r"\bnot need to be|\bno need (?:for|to be)|\bnot necessarily|\bnot (?:only|just|merely|solely)|"
    r"\bnicht (?:nur|unbedingt|bloß)|\bmuss nicht|\bpas (?:forcément|seulement|nécessairement|"
    r"uniquement)|\bno (?:solo|sólo|solamente|necesariamente)|\bnão (?:só|apenas|somente|"
    r"necessariamente)|\bsi lazima(?: iwe)?|\bsi tu|ليس بالضرورة|ليس فقط)"
    r"\s+(?:(?:the|in|on|from|for|with|at|de|del|du|para|pour|für|auf|von|das|die|den|el|la|le)\s+)"
    r"{0,2}$",
    re.IGNORECASE,
)
_FINE = re.compile(
    r"\s*(?:access|ones|data|data ?sets?)?\s*(?:is|are|'s|would be)\s+(?:also\s+|just\s+)?"
    r"(?:fine|ok|okay|acceptable|no problem|not a problem|all right|alright|welcome)\b",
    re.IGNORECASE,
)
"""Follows a way of access that is put up with."""
_AS_WELL = re.compile(
    r"[^.;?!]{0,40}\b(?:but|also|too|as well|sondern|auch|sino|también|mais|aussi|mas|também|"
    r"bali|pia)\b|[^.;?!]{0,40}بل",
    re.IGNORECASE,
)
"""What follows "not only X" where X is wanted with something else: "but also Y"."""
_ANY = re.compile(
    r"\b(?:any|whatever|all)\s+(?:(?:kinds?|sorts?|types?)\s+of\s+)?(?:[^\W\d_]+\s+){0,2}?"
    r"(?:text|texts|speech|audio|data|recordings?|corpus|corpora|material)\s+"
    r"(?:will|would|can)\s+do\b|"
    r"\b(?:any|whatever|all)\s+(?:[^\W\d_]+\s+){0,2}?(?:text|texts|speech|audio|data|recordings?|"
    r"corpus|corpora|material)\s+(?:is|are|'s)\s+(?:fine|ok|okay|good|welcome|enough|all right)\b",
    re.IGNORECASE,
)


def starts(text: str, named: Sequence[Standing]) -> frozenset[int]:
    """Where those of the things begin that a turn leaves open.

    Args:
        text: The turn.
        named: Things named in it.
    """
    return frozenset(
        one.start for one in named
        if one.end <= _READ and _BEFORE.search(text, max(0, one.start - _BACK), one.start)
        and not _AS_WELL.match(text, one.end)
    )  # fmt: skip


def is_put_up_with(text: str, one: Standing) -> bool:
    """Whether a thing is allowed for, and not asked for: "controlled access is fine"."""
    return one.end <= _READ and _FINE.match(text, one.end) is not None


def any_will_do(text: str) -> bool:
    """Whether any data of a kind is welcome, whatever it is made for: "any text will do"."""
    return _ANY.search(text[:_READ]) is not None
