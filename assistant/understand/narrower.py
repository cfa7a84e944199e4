"""Things narrower than a subject, of which a dataset's own text must speak to be an answer. Pure.

Data on transport surely is on "transport"; whether it is on bicycles, only its text says.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.understand.lexicon import Lexicon, entries, table, tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A thing that a person named."""

    said: str
    """By this word or phrase."""
    seen: tuple[str, ...]
    """Words by which a text speaks of it."""


@cache
def _lexicon() -> Lexicon:
    return Lexicon(entry for entry in entries("narrower") if entry[1] != "seen")


@lru_cache(maxsize=1024)
def things(wish: str) -> tuple[Thing, ...]:
    """The things that a person's own words name, each once.

    Args:
        wish: Those words, as a need keeps them.
    """
    words = tokens(wish)
    named = {found.value: wish[found.start : found.end] for found in _lexicon().find(words)}
    return tuple(Thing(said=said, seen=_seen(thing)) for thing, said in named.items())


@cache
def _seen(thing: str) -> tuple[str, ...]:
    tables = table("narrower")
    return (thing, *tables["thing"][thing], *tables["seen"].get(thing, ()))
