"""Text to the words that are matched: folded, stemmed, in any script.

Latin, Greek and Cyrillic lose their accents; Latin words are stemmed as English, which leaves
other languages' words matching themselves; scripts written without spaces become pairs of
characters. Pure but for the word table beside it.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from importlib import resources

import Stemmer

TOKENS_VERSION = 1
_ASCII = re.compile(r"[a-z0-9]+")
_COMPOUND = re.compile(r"[A-Za-z0-9]+(?:[-_+./&'][A-Za-z0-9]+)+")
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x0F00, 0x0FFF),  # Tibetan
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x9FFF),  # Han
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)
_LONGEST = 40


@functools.cache
def _table(name: str) -> frozenset[str]:
    text = resources.files("indexer").joinpath("words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[name])


@functools.cache
def _asking() -> frozenset[str]:
    return frozenset(_stem(word) for word in _table("asking"))


@functools.cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


@functools.lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    stem: str = _stemmer().stemWord(word)
    return stem


def words(text: str) -> list[str]:
    """The words of `text` as they are matched, in order, repeats kept."""
    return [matched for matched, _ in _pairs(text)]


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """(word as it is matched, the same word whole)."""
    found = _ascii_words(text) if text.isascii() else _unicode_words(text)
    stop = _table("stop")
    for word in found:
        if word not in stop and len(word) <= _LONGEST:
            yield _stem(word), word
    # "CIFAR-10", "cifar_10" and "CIFAR10" are one name.
    for compound in _COMPOUND.findall(text):
        if len(compound) <= _LONGEST:
            yield "".join(_ASCII.findall(compound.lower())), compound.lower()


def whole_words(text: str) -> dict[str, str]:
    """Each word as it is matched, with the whole word that stood first in `text`."""
    whole: dict[str, str] = {}
    for matched, word in _pairs(text):
        whole.setdefault(matched, word)
    return whole


def question_words(text: str) -> list[str]:
    """The words of a question without those of asking; all of them when nothing else is left."""
    found = words(text)
    return [word for word in found if word not in _asking()] or found


def _ascii_words(text: str) -> list[str]:
    return _ASCII.findall(text.lower())


def _unicode_words(text: str) -> list[str]:
    found: list[str] = []
    run: list[str] = []
    unspaced: list[str] = []
    for char in unicodedata.normalize("NFKD", text.casefold()):
        if _is_unspaced(char):
            _flush(run, found)
            unspaced.append(char)
            continue
        kind = unicodedata.category(char)[0]
        if kind == "M" and unspaced:
            continue
        _flush_pairs(unspaced, found)
        if kind == "M":
            # An accent of Latin, Greek or Cyrillic goes; a vowel sign of another script stays.
            if run and ord(run[-1]) >= 0x0530:
                run.append(char)
        elif kind in "LN":
            run.append(char)
        else:
            _flush(run, found)
    _flush(run, found)
    _flush_pairs(unspaced, found)
    return found


def _is_unspaced(char: str) -> bool:
    code = ord(char)
    if code < 0x0E00:
        return False
    return any(first <= code <= last for first, last in _UNSPACED) and (
        unicodedata.category(char)[0] in "LNM"
    )


def _flush(run: list[str], found: list[str]) -> None:
    if run:
        found.append("".join(run))
        run.clear()


def _flush_pairs(unspaced: list[str], found: list[str]) -> None:
    if not unspaced:
        return
    if len(unspaced) == 1:
        found.append(unspaced[0])
    found.extend(first + second for first, second in zip(unspaced, unspaced[1:], strict=False))
    unspaced.clear()
