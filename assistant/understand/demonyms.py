"""Words that say of which country something is: "Japanese", "deutsche". Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from assistant.understand.lexicon import fold


def rows() -> Iterator[tuple[str, str, str]]:
    """(word, whether it stands "before" or "after" its noun, ISO 3166 code)."""
    text = (Path(__file__).parent / "demonyms.toml").read_text(encoding="utf-8")
    for side, listed in tomllib.loads(text).items():
        for code, words_of in listed.items():
            yield from ((word, side, code) for word in words_of.split())


@cache
def words() -> frozenset[str]:
    """Every such word, folded."""
    return frozenset(fold(word) for word, _, _ in rows())
