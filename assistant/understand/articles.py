"""Small words of one language that are keywords in another, told apart by their company. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.lexicon import Find, Token

_ARTICLES = frozenset({"dem"})
"""German articles that are keywords elsewhere: a "DEM" is a model of heights."""
_GERMAN = frozenset("der das den und ist auf aus ich fur mit von vom bei nach gibt suche".split())


def keywords(text: str, words: Sequence[Token], finds: Sequence[Find]) -> list[Find]:
    """The finds that are no article of a German turn: "aus dem Alltag"."""
    if _GERMAN.isdisjoint(token.word for token in words):
        return list(finds)
    return [find for find in finds if text[find.start : find.end] not in _ARTICLES]
