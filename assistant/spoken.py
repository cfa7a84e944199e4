"""Which of the languages that we answer in a turn is in. Pure.

Words tell it: small words and what people say to search, names of languages as CLDR has them, and
the words of the catalogue's tables; of a phrasebook that people accepted, the words that it uses
more than once. A word that several of the languages have counts for each in part. English names of
languages alone tell nothing, nor do English terms once another language is spoken: people use them
in any language. A script that is not Latin tells the language where one alone is written so; where
several are, letters that a phrasebook never uses speak against its language, and words decide.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from assistant.grounding_words import flat
from assistant.grounding_words import words as words_of
from assistant.phrases import BUNDLED, ENGLISH, LANGUAGES, Books, Phrases, phrases_of
from assistant.phrases_cldr import only_language_of, script_at, scripts
from catalog_sync import vocab

_BRACED = re.compile(r"\{\w+\}")
_ACRONYMS = re.compile(r"\bCC(?:0|[ -]BY)?(?:-[A-Z]{2})*\b")
"""Names of licences, which are spoken of in any language."""
_JOINERS = "\u200c\u200d"
_READ = 2000
_SURE = 0.75
_SURE_OF_ACCEPTED = 1.5
_TO_SWITCH = 2.0
"""Worth in words that a turn needs to change the language of a talk."""
_TEXTS = 2
"""Texts of an accepted phrasebook that a word stands in, to be one of its language."""
_FOREIGN = 2
"""Letters in a turn that a phrasebook never uses, and it is in another language."""
_ALPHABET = 100
"""A script with more letters is none that a phrasebook uses whole."""
_WORDS_TO_BE_SURE = 3
_MANY = 5
"""Of so many words a language needs more than one, of twice as many more than two."""


def language_of(text: str, before: str = "", books: Books = BUNDLED) -> str:
    """The language that a turn is clearly in; empty where it does not tell.

    Args:
        text: The turn.
        before: The language spoken so far, if any: to leave it takes more words.
        books: The phrasebooks in force.
    """
    text = text[:_READ]
    script = _script(text)
    if script:
        return _by_script(text, script, before, books)
    text = _ACRONYMS.sub(" ", text)
    worth = _worth(text, books.tags, books)
    said = _words(text)
    if not any(word in (_small(ENGLISH) if before else _english()) for word in said):
        worth["en"] = 0.0
    second, best = sorted(worth.values())[-2:]
    tag = max(worth, key=lambda one: worth[one])
    greets = len(said) <= 2 and any(word in _marks(books.of(tag)) for word in map(flat, said))
    least = _SURE if tag in LANGUAGES or greets else _SURE_OF_ACCEPTED
    needed = least if before in ("", tag) or greets else _TO_SWITCH
    known = _known(said, tag, books)
    # A small word or two of many are in other languages too.
    if len(said) >= _MANY and known * _MANY <= len(said):
        return ""
    return tag if best > second and best >= needed else ""


def settled(by_rules: str, by_model: str, text: str, books: Books = BUNDLED) -> str:
    """The language of a turn where the rules and a language model tell one.

    The rules' stands, but where the model names a language that the program does not come with, and
    half of the words or more are none of the language that the rules heard. A word or two in Latin
    letters may be a name, and a script that one language is written in needs no model.
    """
    short = by_model.split("-")[0].casefold()
    if not by_model or not ENGLISH.language(short, ""):
        return by_rules
    if not by_rules or short in LANGUAGES:
        return by_rules or by_model
    said, script = _words(text[:_READ]), _script(text[:_READ])
    if only_language_of(script) if script else len(said) < _WORDS_TO_BE_SURE:
        return by_rules
    return by_model if _known(said, by_rules, books) * 2 <= len(said) else by_rules


def unanswered(heard: str, text: str, books: Books) -> str:
    """The English name of the language of a turn, if that is sure and no phrasebook is for it.

    A word or two in Latin letters tell no language surely: names are written so.
    """
    if not heard or books.find(heard) is not None:
        return ""
    if len(_words(text)) < _WORDS_TO_BE_SURE and not _script(text):
        return ""
    return ENGLISH.language(heard, "") or ENGLISH.language(heard.split("-")[0], "")


def _script(text: str) -> str:
    """The script other than Latin that more than a quarter of a text is in; empty where none is."""
    if text.isascii():
        return ""
    found = Counter(script for letter in text if (script := script_at(letter)) not in ("", "LATIN"))
    if not found or found.total() <= len(text) / 4:
        return ""
    # Japanese is written in Han too, and nothing but Japanese in kana.
    return max(found, key=lambda script: (script in ("HIRAGANA", "KATAKANA"), found[script]))


def _by_script(text: str, script: str, before: str, books: Books) -> str:
    ours = [books.of(tag) for tag in books.tags if script in scripts(tag)]
    fits = [one for one in ours if _foreign(text, script, one) < _FOREIGN]
    if not ours or only_language_of(script):
        return only_language_of(script)
    if len(fits) < 2:
        sure = len(fits) == 1 and (fits[0].tag in LANGUAGES or _is_of(text, script, fits[0], books))
        return fits[0].tag if sure else ""
    worth = _worth(text, [one.tag for one in fits], books)
    second, best = sorted(worth.values())[-2:]
    tag = max(worth, key=lambda one: worth[one])
    return tag if best > second else before if before in worth else ""


def _is_of(text: str, script: str, phrases: Phrases, books: Books) -> bool:
    """Whether a text is in the language of an accepted phrasebook, whose script others share."""
    if script == "CJK":
        letters = [letter for letter in text if script_at(letter) == script]
        return sum(letter in _letters(phrases) for letter in letters) > len(letters) / 2
    return _worth(text, [phrases.tag], books)[phrases.tag] >= _SURE_OF_ACCEPTED


def _foreign(text: str, script: str, phrases: Phrases) -> int:
    """How many letters of a text a phrasebook never uses, where it uses a whole alphabet."""
    own = _letters(phrases)
    if sum(script_at(letter) == script for letter in own) > _ALPHABET:
        return 0
    return sum(script_at(letter) == script and letter not in own for letter in text)


@cache
def _letters(phrases: Phrases) -> frozenset[str]:
    said = "".join((*phrases.texts.values(), *phrases.language_names()))
    return frozenset(said + said.upper() + said.lower())


def _known(said: list[str], tag: str, books: Books) -> int:
    """How many of the words a language has."""
    owners = _owners(books)
    return sum(tag in (owners.get(w) or owners.get(flat(w), frozenset())) for w in said)


def _worth(text: str, tags: Iterable[str], books: Books) -> dict[str, float]:
    """How much the words of a text speak for each of the languages."""
    worth = dict.fromkeys(tags, 0.0)
    owners = _owners(books)
    for word in _words(text):
        having = owners.get(word) or owners.get(flat(word), frozenset())
        for tag in having & worth.keys():
            worth[tag] += 1 / len(having)
    return worth


@cache
def _owners(books: Books) -> Mapping[str, frozenset[str]]:
    """Word, as written and without accents, to the languages that have it."""
    found: dict[str, set[str]] = {}
    for tag in LANGUAGES:
        tables = (word for word in _of_tables(tag) if tag == "en" or word not in _small(ENGLISH))
        for word in (*_small(phrases_of(tag)), *tables):
            _own(found, word, tag)
    for one in books.accepted:
        for word in _of_book(one):
            _own(found, word, one.tag)
            # A word that they share tells nothing, however seldom it is used there.
            for other in (*map(phrases_of, LANGUAGES[1:]), *books.accepted):
                if word in _counted(other):
                    _own(found, word, other.tag)
    return {word: frozenset(tags) for word, tags in found.items()}


def _own(found: dict[str, set[str]], word: str, tag: str) -> None:
    for spelt in (word, flat(word)):
        found.setdefault(spelt, set()).add(tag)


@cache
def _of_book(phrases: Phrases) -> frozenset[str]:
    """The words of an accepted phrasebook by which its language is known."""
    often = {word for word, texts in _counted(phrases).items() if texts >= _TEXTS}
    said = often | _small(phrases) | set(_split(phrases.language_names()))
    return frozenset(said - _counted(ENGLISH).keys() - _english())


@cache
def _counted(phrases: Phrases) -> Counter[str]:
    """Word -> how many texts of a phrasebook have it."""
    texts = phrases.texts.values()
    return Counter(word for text in texts for word in set(_words(_BRACED.sub(" ", text))))


def _words(text: str) -> list[str]:
    """The words of a text; vowel signs and accents are part of them."""
    text = text.replace("’", "'").casefold()
    if text.isascii():
        return re.findall(r"[a-z]+", text)
    return "".join(letter if _is_letter(letter) else " " for letter in text).split()


def _is_letter(letter: str) -> bool:
    return letter.isalpha() or letter in _JOINERS or unicodedata.category(letter)[0] == "M"


@cache
def _small(phrases: Phrases) -> frozenset[str]:
    """Small words, and words of requests."""
    table = words_of(phrases.tag)
    marks = phrases.say("marks").casefold().split()
    return frozenset(marks) | (table.marks if table is not None else frozenset())


@cache
def _english() -> frozenset[str]:
    """English words that are no mere names of languages."""
    return _small(ENGLISH) | frozenset(_terms("en"))


def _of_tables(tag: str) -> Iterator[str]:
    yield from _split(phrases_of(tag).language_names())
    yield from _terms(tag)


def _terms(tag: str) -> Iterator[str]:
    for kinds in (vocab.TASKS, vocab.TOPICS, vocab.MODALITY, vocab.SPEECH_STYLE):
        for kind in kinds.values():
            yield from _split(kind.words.get(tag, ()))


def _split(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from _words(name)


@cache
def _marks(phrases: Phrases) -> frozenset[str]:
    return frozenset(flat(phrases.say("marks")).split())
