"""A variety and its language named beside each other are one wish: the variety. Pure.

"Vallader, das Rätoromanische aus dem Unterengadin", "the Souss variety of Berber, Tachelhit",
"Kurdish (Sorani)"; but "Kurdish and Sorani" are two, and in a list each counts for itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understand.lexicon import AND, OR, tokens
from assistant.understand.mentions import Named
from catalog_sync import languages

_BETWEEN = frozenset(
    "the a of or sea kind variety varieties dialect dialects form language languages lang namely "
    "i e that is called specifically especially particularly in particular mainly spoken as speak "
    "people what they el la lo los las de del un una es decir variedad variante dialecto lengua "
    "idioma concretamente sobre todo en especial especialmente le les l du des une c est a dire "
    "variete dialecte langue notamment surtout plus precisement soit o os do da dos das no na "
    "variedade dialeto lingua isto ou seja der die das den dem des ein eine einer also und zwar "
    "namlich genauer gesagt vor allem besonders von vom aus varietat dialekt mundart sprache "
    "ya za wa cha lugha lahaja yaani hasa kwa اللغة لغة اللهجة لهجة باللهجة اي تحديدا وتحديدا "
    "خاصة المعروفة المعروف باسم ب".split()
)
"""Words that may stand between a language and its variety."""
_LISTING = AND | OR
_SAYS_THAT_IS = (["und", "zwar"], ["ou", "seja"], ["o", "sea"], ["i", "e"])
"""Words of a list that join none where they say "that is"."""
_BEFORE_BRACKET = 4
"""Words between a language and a bracket with its variety, at most."""
_AND_MORE = re.compile(
    r"\W*(?:(?:and|or)\s+)?(?:etc\b|so on|the like|others?\b|more\b|anything|any other|similar|"
    r"their|relatives|\.\.\.|…)",
    re.IGNORECASE,
)
"""What leaves a list open."""
_NEAR = 60
"""Characters between the two, at most."""


def narrowed(text: str, named: Sequence[Named]) -> list[Named]:
    """Those named without a language that only says what the variety beside it is a variety of."""
    wide: set[int] = set()
    for at, (one, other) in enumerate(zip(named, named[1:], strict=False)):
        if not _is_aside(text, one, other, alone=len(named) == 2):
            continue
        if _spells_out(text, one, named[at + 1 :]):
            wide.add(at)
            continue
        if len(named) > at + 2 and _goes_on(text, other, named[at + 2]):
            # "Formosan languages (Paiwan, Bunun and their relatives)": examples narrow nothing.
            continue
        if _takes_in(one, other):
            wide.add(at)
        elif _takes_in(other, one):
            wide.add(at + 1)
    return [each for at, each in enumerate(named) if at not in wide]


def _is_aside(text: str, one: Named, other: Named, *, alone: bool) -> bool:
    """Whether nothing between the two makes them a list; a comma does, where there are more."""
    if other.start < one.end:
        # Inside its variety's own name; but in "East or West Circassian" it is the other's too.
        before = tokens(text[max(0, one.start - _NEAR) : one.start])
        return not before or before[-1].word not in _LISTING
    between = text[one.end : other.start]
    said = [token.word for token in tokens(between[:_NEAR])]
    told = any(said[at : at + 2] == pair for pair in _SAYS_THAT_IS for at in range(len(said)))
    parted = any(mark in between for mark in (".;?!/&+" if not told else ";?!/&+"))
    if len(between) > _NEAR or parted or (not told and not _LISTING.isdisjoint(said)):
        return False
    if not said and ("," in between or "،" in between):
        return alone
    # A bracket explains what stands before it, words that nothing knows between them or not.
    aside = between.rstrip().endswith("(") and len(said) <= _BEFORE_BRACKET
    return aside or all(word in _BETWEEN for word in said)


def _spells_out(text: str, group: Named, listed: Sequence[Named]) -> bool:
    """Whether a colon lists which of a group are meant: "languages of Chad: Zaghawa, Masa"."""
    if not text[group.end : listed[0].start].strip() == ":" or not _takes_in(group, listed[0]):
        return False
    inside = [each for each in listed if _takes_in(group, each)]
    return not _AND_MORE.match(text, inside[-1].end)


def _goes_on(text: str, one: Named, other: Named) -> bool:
    """Whether a list begins with the one and goes on with the other."""
    between = text[one.end : other.start][:_NEAR]
    return ")" not in between and {token.word for token in tokens(between)} <= _LISTING


def _takes_in(wide: Named, narrow: Named) -> bool:
    """Whether one wish is met by whatever meets the other, and by more."""
    if wide.wish is None or narrow.wish is None or narrow.wish.tag in ("mul", wide.wish.tag):
        return False
    if narrow.unclear is not None:
        return False
    tag = narrow.wish.tag
    if wide.unclear is not None:
        return any(tag == candidate.tag for candidate in wide.unclear.candidates)
    if wide.wish.tag == "mul":
        return tag in wide.wish.tags
    return any(tag in languages.satisfied_by(one) for one in wide.wish.tags)
