"""What is said without a language model, in the person's language. Pure.

The texts are `phrases.toml` beside this file; English is the measure of its keys. A language that
is not there is answered in English.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.grounding_words import flat, tongue

ENGLISH = "en"
LANGUAGES = (ENGLISH, "es", "fr", "pt", "de", "sw", "ar")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The texts of one language."""

    tag: str
    texts: Mapping[str, str]

    def say(self, key: str, **values: str) -> str:
        """The text for a key with its values put in."""
        return self.texts[key].format(**values)


def phrases_of(tag: str) -> Phrases:
    """The texts of a language, or the English ones where it has none."""
    short = tag.split("-")[0].casefold()
    known = short if short in LANGUAGES else ENGLISH
    return Phrases(tag=known, texts=_table()[known])


def language_of(text: str, otherwise: str) -> str:
    """The language a turn is in, where it is clearly one of the seven; else `otherwise`."""
    said = tongue(text)
    if said is not None:
        return said
    words = set(_WORD.findall(flat(text)))
    by_marks = [tag for tag in LANGUAGES if words & _marks(tag)]
    return by_marks[0] if len(by_marks) == 1 else otherwise


@cache
def _marks(tag: str) -> frozenset[str]:
    return frozenset(flat(_table()[tag]["marks"]).split())


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    path = Path(__file__).with_suffix(".toml")
    found: Mapping[str, Mapping[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return found
