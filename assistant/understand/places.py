"""Countries and parts of the world among the words of a turn, and what they are in English. Pure.

Cards are in English as a rule: "Suiza" ranks what speaks of Switzerland.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from assistant.understand.lexicon import Token, tokens
from catalog_sync import territories
from catalog_sync.language_words import is_word

_FIRST = 60
"""Words of a turn that are looked at."""
_LONGEST = 3
"""Words in the longest name looked for."""
_LETTERS = 60
"""Characters in the longest name looked for: a script without spaces is one word."""


def in_english(text: str, words: Sequence[Token], left: Collection[str]) -> tuple[str, ...]:
    """English names, folded, of the places that a turn names in another language.

    Args:
        text: The turn.
        words: Its words.
        left: Those of them, folded, that nothing understood.
    """
    found: list[str] = []
    for span in _spans(words[:_FIRST]):
        said = _said(span)
        # "Island" is Iceland in German, and in English no country.
        name = None if is_word(said) else territories.named(said)
        if name is not None and span[0].word in left and _may_be_name(text, span[0]):
            found += [token.word for token in tokens(name) if token.word not in left]
    return tuple(dict.fromkeys(found))


def names(text: str, left: Collection[str]) -> bool:
    """Whether one of the words that nothing understood names a place, or its people."""
    words = tokens(text)[:_FIRST]
    return any(
        span[0].word in left and _may_be_name(text, span[0]) and _is_place(span)
        for span in _spans(words)
    )


def words_of(wish: str) -> frozenset[str]:
    """The words of a wish, folded, that name places."""
    spans = (span for span in _spans(tokens(wish)) if _is_place(span))
    return frozenset(token.word for span in spans for token in span)


def _spans(words: Sequence[Token]) -> Iterator[Sequence[Token]]:
    for at in range(len(words)):
        for count in range(min(_LONGEST, len(words) - at), 0, -1):
            if words[at + count - 1].end - words[at].start <= _LETTERS:
                yield words[at : at + count]


def _is_place(span: Sequence[Token]) -> bool:
    said = _said(span)
    return territories.named(said) is not None or territories.code(said) is not None


def _said(span: Sequence[Token]) -> str:
    return " ".join(token.word for token in span)


def _may_be_name(text: str, token: Token) -> bool:
    """Whether a word is written as names are: "Polen" is Poland, "polen" is pollen."""
    return not text[token.start].islower()
