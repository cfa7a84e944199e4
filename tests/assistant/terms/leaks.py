"""Finds English words that were left in a text of another language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache

from assistant.phrases import books, phrases_of

_WORD = re.compile(r"[^\W\d_]+")
_NAMES = re.compile(
    r"\{\w+\}|mozilla data collective|share-alike|noodl|apache|gpl|cc0|llm|\(ii?\)|\bi\b", re.I
)
"""Values to be put in, and names that are the same in every language."""
SAME: Mapping[str, str] = {
    "es": "a by clone data editable ghana has nc nd no software web",
    "fr": "a acceptable adaptations attribution by catalogue clause commercial conditions due "
    "ghana label licence licences nc nd non note on organisation organisations page part "
    "permission permissive public restrictions s silence site source table union version "
    "versions web",
    "pt": "a as by do nc nd no software use web",
    "de": "also an by generative ghana in label link nc nd organisation person so software text "
    "training union version was web",
    "sw": "by data ghana nc nd",
    "ar": "by nc nd",
}
"""Words that a language has in its own texts and that are English words too."""


def of_terms(tag: str) -> dict[str, str]:
    """The texts on terms and licences: those of the files `terms*` and `glossary`."""
    tables = {
        table
        for path in books()
        if path.stem.startswith("terms") or path.stem == "glossary"
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["en"]
    }
    texts = phrases_of(tag).texts
    return {key: text for key, text in texts.items() if key.partition(".")[0] in tables}


@cache
def _english() -> frozenset[str]:
    return frozenset(words(" ".join(of_terms("en").values())))


def words(text: str) -> list[str]:
    """The words of a text in small letters, names left out."""
    return _WORD.findall(_NAMES.sub(" ", text.lower()))


def english_left(text: str, tag: str) -> set[str]:
    """Words of the English texts that the language does not have."""
    return set(words(text)) & _english() - set(SAME[tag].split())
