"""Which of our seven languages a turn is in. Pure.

Words tell it: small words and what people say to search, names of languages as CLDR has them, and
the words of the catalogue's tables. A word that several of the languages have counts for each in
part. English names of languages alone tell nothing, nor do English terms once another language is
spoken: people use them in any language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from assistant.grounding_words import flat
from assistant.grounding_words import words as words_of
from assistant.phrases import LANGUAGES, phrases_of
from catalog_sync import vocab

_WORD = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_READ = 2000
_SURE = 0.75
_TO_SWITCH = 2.0
"""Worth in words that a turn needs to change the language of a talk."""


def language_of(text: str, before: str = "") -> str:
    """The language that a turn is clearly in; empty where it does not tell.

    Args:
        text: The turn.
        before: The language spoken so far, if any: to leave it takes more words.
    """
    text = text[:_READ]
    if len(_ARABIC.findall(text)) > len(text) / 4:
        return "ar"
    worth = dict.fromkeys(LANGUAGES, 0.0)
    said = _WORD.findall(text.replace("’", "'").casefold())
    for word in said:
        tags = _owners().get(word) or _owners().get(flat(word), frozenset())
        for tag in tags:
            worth[tag] += 1 / len(tags)
    if not any(word in (_small("en") if before else _english()) for word in said):
        worth["en"] = 0.0
    second, best = sorted(worth.values())[-2:]
    tag = max(worth, key=lambda one: worth[one])
    greets = len(said) <= 2 and any(word in _marks(tag) for word in map(flat, said))
    needed = _SURE if before in ("", tag) or greets else _TO_SWITCH
    return tag if best > second and best >= needed else ""


@cache
def _owners() -> Mapping[str, frozenset[str]]:
    """Word, as written and without accents, to the languages that have it."""
    found: dict[str, set[str]] = {}
    for tag in LANGUAGES:
        tables = (word for word in _of_tables(tag) if tag == "en" or word not in _small("en"))
        for word in (*_small(tag), *tables):
            for spelt in (word, flat(word)):
                found.setdefault(spelt, set()).add(tag)
    return {word: frozenset(tags) for word, tags in found.items()}


@cache
def _small(tag: str) -> frozenset[str]:
    """Small words, and words of requests."""
    table = words_of(tag)
    marks = phrases_of(tag).say("marks").casefold().split()
    return frozenset(marks) | (table.marks if table is not None else frozenset())


@cache
def _english() -> frozenset[str]:
    """English words that are no mere names of languages."""
    return _small("en") | frozenset(_terms("en"))


def _of_tables(tag: str) -> Iterator[str]:
    yield from _split(phrases_of(tag).language_names())
    yield from _terms(tag)


def _terms(tag: str) -> Iterator[str]:
    for kinds in (vocab.TASKS, vocab.TOPICS, vocab.MODALITY, vocab.SPEECH_STYLE):
        for kind in kinds.values():
            yield from _split(kind.words.get(tag, ()))


def _split(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from _WORD.findall(name.casefold())


@cache
def _marks(tag: str) -> frozenset[str]:
    return frozenset(flat(phrases_of(tag).say("marks")).split())
