"""Words that a mistyped one may be read as, and words that are ordinary and stay as they are.

Read as: words of the tables by which a turn is understood. Never words that deny, drop or ease
something ("without", "forget", "any"), nor numbers: a guess must not take a limit away or move it.
Ordinary: the word lists of the package pyspellchecker in the languages written in Latin letters.
They stay packed as one string of bytes a language, some 21 MB in all, and are searched in place.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, combinations, product
from string import ascii_lowercase

from assistant.spoken import language_of
from assistant.understand import content
from assistant.understand.lexicon import entries, stop_words, tokens
from catalog_sync import territories, vocab

LISTS = ("en", "es", "fr", "pt", "de")
ACCENTED = LISTS[1:]
SHORTEST = 5
_WORD = re.compile(r"[^\W_]+")
_FROM = {
    "intents": (
        "replace", "add", "anew", "more", "compare", "explain", "meaning", "term", "ask", "field",
        "coverage", "measure", "count", "languages", "licences", "publishers", "tasks", "sources",
        "modalities", "access", "may", "attribution", "combine", "request", "status", "wish",
        "freshness", "language", "help", "training",
    ),
    "licences": ("wish", "act", "organisation"),
    "sizes": ("multiplier", "compare", "after", "unit"),
    "limits": ("renewal", "big", "access", "frequency", "source"),
}  # fmt: skip
"""Kinds of phrases, by table, whose words are read out of mistyped ones."""
_LOOSE = frozenset({"any", "non_commercial_ok"})
"""Licence wishes that let more pass than another."""
DENIALS = frozenset(
    "not no nor non none never without only except excluding exclude kein keine keinen keiner "
    "nicht ohne ausser nur sin solo salvo excepto menos sans sauf pas seulement sem nao exceto "
    "apenas somente bila isipokuwa neither nothing".split()
)
_DROPS = (("limits", "not"), ("intents", "drop"), ("intents", "undo"), ("intents", "reset"),
          ("intents", "only"), ("intents", "give_up"), ("licences", "ease"),
          ("licences", "no_need"), ("licences", "wish"),
          ("kinds", "anything"))  # fmt: skip
_SWAHILI = frozenset("bilioni milioni modeli dakika".split())
"""Words of a language that is left alone, and that nothing else tells."""
_NOT_LISTED = frozenset("inbox const".split())
"""Ordinary words that the lists lack."""
_BRITISH = re.compile(r"is(?=(?:e[drs]?|ers|ing|ations?)$)")
_ACCENTS = {
    "a": "áàâãä", "c": "ç", "e": "éèêë", "i": "íîï", "n": "ñ", "o": "óôõö", "u": "úùûü",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aim:
    """What a word means in the tables."""

    alone: frozenset[str]
    """What it means where it is a whole phrase."""
    beside: frozenset[str]
    """The other words of the phrases that it is a part of."""
    licence: bool
    """Whether it is a part of what states a licence or a deed."""


def _phrases() -> Iterator[tuple[str, str, str]]:
    for phrase, kind, value in content.phrases():
        # Catalogues spell tasks in further ways, mistyped ones among them.
        if kind != "task" or phrase in _worded(value):
            yield phrase, kind, value
    for name, kinds in _FROM.items():
        for phrase, kind, value in entries(name):
            if kind in kinds and not (name == "licences" and value in _LOOSE):
                yield phrase, kind, value


@cache
def _worded(task: str) -> frozenset[str]:
    """A task's label and people's words for it."""
    of = vocab.TASKS[task]
    return frozenset((of.label, *(phrase for group in of.words.values() for phrase in group)))


@cache
def _denials() -> frozenset[str]:
    """Words that deny, drop or ease."""
    found = set(DENIALS)
    for name, kind in _DROPS:
        for phrase, of_kind, value in entries(name):
            loose = kind != "wish" or value in _LOOSE
            if of_kind == kind and loose and len(words := _split(phrase)) == 1:
                found.add(words[0])
    return frozenset(found)


@cache
def aims() -> Mapping[str, Aim]:
    """Words that a mistyped one may be read as."""
    phrases = [(_split(phrase), kind, value) for phrase, kind, value in _phrases()]
    alone: dict[str, set[str]] = {}
    for words, _, value in phrases:
        if len(words) == 1:
            alone.setdefault(words[0], set()).add(value)
    small = stop_words() - alone.keys()
    beside: dict[str, set[str]] = {}
    for words, _, _ in phrases:
        for word in words:
            beside.setdefault(word, set()).update(w for w in words if w != word and w not in small)
    licensing = {word for words, kind, _ in phrases if kind in ("wish", "act") for word in words}
    return {
        word: Aim(frozenset(alone.get(word, ())), frozenset(others), word in licensing)
        for word, others in beside.items()
        if len(word) >= SHORTEST and word.isascii() and word.isalpha() and not denies(word)
        and (word in alone or others) and language_of(word) != "sw" and word not in _SWAHILI
    }  # fmt: skip


def _split(phrase: str) -> list[str]:
    return [token.word for token in tokens(phrase)]


@cache
def by_first() -> Mapping[str, tuple[str, ...]]:
    """The same words by their first letter."""
    found: dict[str, list[str]] = {}
    for word in aims():
        found.setdefault(word[0], []).append(word)
    return {letter: tuple(sorted(words)) for letter, words in found.items()}


@cache
def _said() -> tuple[str, ...]:
    """Every phrase of every table."""
    named = ("intents", "kinds", "licences", "limits", "sizes", "topics")
    phrases = [phrase for name in named for phrase, _, _ in entries(name)]
    phrases += [phrase for phrase, _, _ in content.phrases()]
    phrases += [*vocab.TASKS, *vocab.TOPICS, *territories.names()]
    phrases += (name for task in vocab.TASKS.values() for name in task.spellings)
    return tuple(phrases)


@cache
def known() -> frozenset[str]:
    """Every word of every table, without accents."""
    words = {word for phrase in _said() for word in _split(phrase)}
    return stop_words() | _denials() | words


@cache
def bare() -> frozenset[str]:
    """Words that only a part of a phrase has, and only with accents: "satelite" for "satélite"."""
    split = [(_split(phrase), _WORD.findall(phrase.casefold())) for phrase in _said()]
    written = {word for _, words in split for word in words}
    whole = {words[0] for words, _ in split if len(words) == 1}
    return known() - written - whole - stop_words() - _denials()


def denies(word: str) -> bool:
    """Whether a word denies, drops or eases something."""
    return word in _denials()


@cache
def rivals() -> tuple[str, ...]:
    """Words that a mistyped one may have been meant as, whether or not we read it so."""
    named = ("intents", "kinds", "licences", "limits", "sizes", "topics")
    phrases = [phrase for phrase, _, _ in chain(_phrases(), *map(entries, named))]
    phrases += territories.names()
    words = {word for phrase in phrases for word in _split(phrase)}
    words |= stop_words() | _denials() | aims().keys()
    words |= {f"{word}s" for word in words} & known()
    return tuple(sorted(word for word in words if len(word) >= SHORTEST - 1 and word.isascii()))


@cache
def _listed(language: str) -> bytes:
    """The package's list: one word a line, in order."""
    import spellchecker

    file = files(spellchecker).joinpath("resources", f"{language}.json.gz")
    return gzip.decompress(file.read_bytes())


def _holds(listed: bytes, word: bytes) -> bool:
    """Whether a list has a word; lines are halved until one is left."""
    low, high = listed.find(b"\n"), listed.rfind(b"\n")
    while low < high:
        start = listed.rfind(b"\n", low, (low + high) // 2 + 1)
        end = listed.find(b"\n", start + 1)
        said = listed[start + 2 : listed.find(b'"', start + 2)]
        if said == word:
            return True
        low, high = (end, high) if said < word else (low, start)
    return False


@lru_cache(maxsize=8192)
def is_ordinary(word: str, accents: tuple[str, ...] = ()) -> bool:
    """Whether a word, in lower case as typed, is one of the languages that have a list.

    Args:
        word: The word.
        accents: Languages in which it may be one with up to two accents left away; with several,
            only with one.
    """
    if word in _NOT_LISTED:
        return True
    spelt = {word, _BRITISH.sub("iz", word)}
    if any(_holds(_listed(one), each.encode()) for one in LISTS for each in spelt):
        return True
    if accents and word.endswith("s") and is_ordinary(word[:-1], accents):
        # The Spanish list lacks many plurals.
        return True
    most = 2 if len(accents) == 1 else 1
    lists = [_listed(one) for one in accents]
    return any(_holds(one, each.encode()) for each in _accented(word, most) for one in lists)


@lru_cache(maxsize=4096)
def is_near_ordinary(word: str) -> bool:
    """Whether an English word, whatever it is, lies one slip away."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    near = {a + b[1:] for a, b in parts} | {a + b[1::-1] + b[2:] for a, b in parts}
    near |= {a + c + b[skip:] for a, b in parts for c in ascii_lowercase for skip in (0, 1)}
    return any(_holds(_listed("en"), each.encode()) for each in near)


@lru_cache(maxsize=4096)
def may_be_said_in(word: str, language: str) -> bool:
    """Whether a word of our tables is one of this language, or of no list at all."""
    return _holds(_listed(language), word.encode()) or not is_ordinary(word, ACCENTED)


def _accented(word: str, most: int) -> Iterator[str]:
    for plain, marked in (("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("ss", "ß")):
        if plain in word:
            yield word.replace(plain, marked)
    places = [at for at, letter in enumerate(word) if letter in _ACCENTS]
    for some in chain.from_iterable(combinations(places, n + 1) for n in range(most)):
        for marks in product(*(_ACCENTS[word[at]] for at in some)):
            letters = list(word)
            for at, mark in zip(some, marks, strict=True):
                letters[at] = mark
            yield "".join(letters)
