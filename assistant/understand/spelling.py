"""Mistyped words of a request, read as the one word of our tables that they can only mean.

Pure. The text is mended before anything reads it, not its tokens: figures, licences, languages
and purposes are also found by patterns over the text, which would miss a word mended elsewhere.
Positions hold, since everything is then found in the one mended text; what the person typed stays
in the question, and `Mended.read` tells which words were read as others.

Strict, since a wrong guess is worse than none: a word that any table, any list of ordinary words or
any list of languages and places knows stays, and so do names, addresses and quotations.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, takewhile
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.spoken import language_of
from assistant.understand import spelling_words as tables
from assistant.understand.cover import Cover
from assistant.understand.lexicon import fold
from catalog_sync import languages, territories
from catalog_sync.language_spelling import nearest

_READ = 2_000
"""Characters of a turn up to which it is typed by hand: a longer one is a paste."""
_WORDS = 60
_LONGEST = 30
_LONG = 9
"""Letters from which two slips are forgiven instead of one."""
_NEAR = 2
"""Words before or after among which the rest of a phrase is looked for."""
_WORD = re.compile(r"[^\W_]+")
_CHUNK = re.compile(r"\S+")
_QUOTED = re.compile(
    r'"[^"\n]{1,200}"|“[^”\n]{1,200}”|„[^“”\n]{1,200}[“”]|«[^»\n]{1,200}»|`[^`\n]{1,200}`'
    r"|(?<!\w)'[^'\n]{1,200}'(?!\w)"
)
_NO_WORDS = re.compile(r"://|[@_\\=#<>{}$]|/.*/|^/|\w\.\w|\w:\w|\d")
"""What stands in addresses, names of files and code, and not in words."""
_SENTENCE = re.compile(r"(?:^|[.!?:\n])\s*$")
_SPOKEN = ("", *tables.LISTS)
_PARTED = frozenset({"whether"})
"""Small words that the word after them tells from the name of a thing."""
_JOINED = frozenset({"non", "nicht"})
"""As in "non-commercial"."""
_GOES_ON = frozenset(
    "it its this that these those the a an any i we you he she they there my our your or to".split()
)
"""Words after "whether" and its like, not after the name of a thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A turn whose slips are mended."""

    text: str
    read: tuple[tuple[str, str], ...] = ()
    """Each word read as another: as typed, and as read."""


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    said: str
    plain: str


@dataclass(frozen=True, slots=True)
class _Guess:
    names: tuple[str, ...]
    """Words equally near."""
    slips: int
    doubtful: bool
    """A small word is as near: "whether" beside "weather"."""


def mend(text: str) -> Mended:
    """The turn with each mistyped word replaced by the one that it can only mean."""
    if len(text) > _READ:
        return Mended(text=text)
    hits = islice(_WORD.finditer(text), _WORDS)
    words = [_Word(hit.start(), hit.end(), hit[0], fold(hit[0])) for hit in hits]
    guesses = {at: guess for at, word in enumerate(words) if (guess := _guess(word.plain))}
    meant = _meant(text, words, guesses) if guesses else {}
    parts, end = [], 0
    for at, name in meant.items():
        word = words[at]
        parts += [text[end : word.start], name.title() if word.said[0].isupper() else name]
        end = word.end
    read = tuple((words[at].said, name) for at, name in meant.items())
    return Mended(text="".join((*parts, text[end:])), read=read)


def _meant(text: str, words: Sequence[_Word], guesses: Mapping[int, _Guess]) -> dict[int, str]:
    """Those of the guesses that hold where they stand."""
    spoken = language_of(text)
    if spoken not in _SPOKEN:
        return {}
    closed = _closed(text)
    kept = {
        at: meant
        for at, guess in guesses.items()
        if (meant := _slips(guess, words[at].plain, spoken)).names
        and closed.around(words[at].start, words[at].end) is None
        and (spoken == "en" or words[at].plain not in tables.bare())
        and _is_plainly_written(text, words[at], guess.slips, spoken)
        and not tables.is_ordinary(words[at].said.casefold(), _accents(spoken))
        and not _is_named(words[at].plain)
        and not (guess.slips > 1 and tables.is_near_ordinary(words[at].plain))
    }
    if not kept:
        return {}
    named = Cover((each.start, each.end) for each in languages.find_in(text))
    kept = {at: g for at, g in kept.items() if named.around(words[at].start, words[at].end) is None}
    read = [kept[at].names[0] if at in kept else word.plain for at, word in enumerate(words)]
    sure = {at: name for at, g in kept.items() if (name := _fit(g, at, words, read))}
    return sure if _is_of_known_words(words, sure, named) else {}


def _slips(guess: _Guess, word: str, spoken: str) -> _Guess:
    """The guess without what is no slip: another ending, a word of another language."""
    names = [name for name in guess.names if not _is_inflected(word, name, spoken)]
    if spoken == "en":
        names = [name for name in names if tables.may_be_said_in(name, spoken)]
    if len(names) < len(guess.names) and not _mean_one(guess.names):
        names = []
    return replace(guess, names=tuple(names))


def _is_inflected(word: str, name: str, spoken: str) -> bool:
    """Whether the two differ by their endings: "summarised", and "escribo" beside "escrito"."""
    pairs = zip(word, name, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    if same == len(name):
        return word[same] != name[-1]
    ending = len(name) - same <= 2 and len(word) >= len(name)
    return spoken != "en" and ending and sorted(word[same:]) != sorted(name[same:])


def _accents(spoken: str) -> tuple[str, ...]:
    """Languages in whose words the person may have left accents away."""
    return () if spoken == "en" else (spoken,) if spoken else tables.ACCENTED


def _closed(text: str) -> Cover:
    """Quotations, addresses, names of files, code."""
    chunks = (hit.span() for hit in _CHUNK.finditer(text) if _NO_WORDS.search(hit[0]))
    return Cover((*chunks, *(hit.span() for hit in _QUOTED.finditer(text))))


def _is_plainly_written(text: str, word: _Word, slips: int, spoken: str) -> bool:
    """Whether a word is no name: names have capitals, unless it opens a sentence or is German."""
    if word.said.islower():
        return True
    opens = slips < 2 and _SENTENCE.search(text, 0, word.start) is not None
    return word.said[1:].islower() and (opens or spoken == "de")


def _is_named(plain: str) -> bool:
    """Whether it is the name of a place or a language, or a slip of such a name."""
    place = territories.code(plain) is not None or plain in territories.regions()
    return place or bool(languages.resolve(plain).tags) or nearest(plain) is not None


def _fit(guess: _Guess, at: int, words: Sequence[_Word], read: Sequence[str]) -> str:
    """The one name of a guess that the words around leave no doubt of; empty where none is."""
    if any(_may_deny(each.plain) for each in words[max(0, at - _NEAR) : at]):
        return ""
    if guess.doubtful and at + 1 < len(read) and read[at + 1] in _GOES_ON:
        return ""
    if any(tables.aims()[name].licence for name in guess.names) and _denied(at, words):
        return ""
    around = {*read[max(0, at - _NEAR) : at], *read[at + 1 : at + 1 + _NEAR]}
    aims = [tables.aims()[name] for name in guess.names]
    fitting = [n for n, aim in zip(guess.names, aims, strict=True) if around & aim.beside]
    alone = guess.names if aims[0].alone else ()
    for names in (fitting, alone):
        if names and _mean_one(names):
            ending = words[at].plain[-1]
            return min(names, key=lambda name: (name[-1] != ending, name))
    return ""


def _denied(at: int, words: Sequence[_Word]) -> bool:
    """Whether a licence word stands behind a denial that does not simply join it."""
    before = [word.plain for word in words[max(0, at - _NEAR - 1) : at]]
    return bool(tables.DENIALS & set(before)) and before[-1] not in _JOINED


@lru_cache(maxsize=4096)
def _may_deny(word: str) -> bool:
    """Whether an unknown word may be "not" or "without" mistyped: what follows is left alone."""
    if word in tables.known() or not word.isalpha() or len(word) < 2:
        return False
    if tables.is_ordinary(word):
        return False
    allowed = 1 if len(word) < tables.SHORTEST else 2
    return any(
        OSA.distance(word, each, score_cutoff=allowed) <= allowed
        for each in tables.DENIALS
        if abs(len(each) - len(word)) < 2 and each[0] == word[0] and len(each) > allowed + 1
    )


def _is_of_known_words(words: Sequence[_Word], sure: Mapping[int, str], named: Cover) -> bool:
    """Whether most of the turn is in words that some table or list has."""
    strange = [
        word
        for at, word in enumerate(words)
        if at not in sure and len(word.said) > 2 and (at == 0 or word.said.islower())
        and word.plain not in tables.known() and named.around(word.start, word.end) is None
        and not tables.is_ordinary(word.said.casefold())
    ]  # fmt: skip
    return len(strange) <= max(1, (len(words) - len(sure)) // 2)


@lru_cache(maxsize=8192)
def _guess(word: str) -> _Guess | None:
    """The one word of our tables that lies a slip away from this one; None where none does."""
    if not (tables.SHORTEST <= len(word) <= _LONGEST and word.isascii() and word.isalpha()):
        return None
    if word in tables.known() and word not in tables.bare():
        return None
    close = _close(word)
    best = min(close.values(), default=9)
    names = tuple(
        sorted(n for n, distance in close.items() if distance == best and n not in _PARTED)
    )
    if not names:
        return None
    letters = sorted(word)
    swapped = tuple(name for name in names if sorted(name) == letters)
    if len(swapped) == 1:
        # Two letters that changed places are the likelier slip than any other, but for one left
        # away: "ocenas" may be "docenas".
        return None if _is_short_of_one(word) else _Guess(swapped, best, False)
    near = process.extract(
        word, tables.rivals(), scorer=OSA.distance, score_cutoff=best, limit=None
    )
    rivals = {name for name, at, _ in near if at and name not in names}
    if not rivals <= _PARTED:
        return None
    return _Guess(names, best, bool(rivals))


def _is_short_of_one(word: str) -> bool:
    """Whether a letter more makes a word that we know."""
    return any(
        f"{word[:at]}{letter}{word[at:]}" in tables.known()
        for at in range(len(word) + 1) for letter in ascii_lowercase
    )  # fmt: skip


def _close(word: str) -> dict[str, int]:
    """Words of our tables within so many slips; the first letter is right, or was swapped."""
    allowed = 2 if len(word) >= _LONG else 1
    found = process.extract(
        word, tables.by_first().get(word[0], ()), scorer=OSA.distance, score_cutoff=allowed,
        limit=None,
    )  # fmt: skip
    close = {name: int(at) for name, at, _ in found if at == 1 or len(name) >= _LONG - 1}
    close.pop(word, None)
    swapped = word[1] + word[0] + word[2:]
    return {**close, swapped: 1} if swapped in tables.aims() else close


def _mean_one(names: Sequence[str]) -> bool:
    """Whether it is one word, or are spellings and numbers of one: "licence", "license"."""
    meanings = [tables.aims()[name].alone for name in names]
    return len(names) == 1 or bool(frozenset.intersection(*meanings))
