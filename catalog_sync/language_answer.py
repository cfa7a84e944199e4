"""The values that say what a language name means. Pure data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

How = Literal["code", "name", "autonym", "alias", "dialect", "macrolanguage", "misspelling", "none"]
"""Which way led from the words to the tag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One language that an ambiguous name may mean."""

    tag: str
    iso639_3: str
    label: str
    """The name in English."""
    note: str = ""
    """What tells it from the others, such as where it is spoken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageAnswer:
    """What one name means: tags when it is clear, candidates when one has to ask back."""

    name: str
    tags: tuple[str, ...] = ()
    """BCP 47, shortest code; empty when unresolved or ambiguous."""
    iso639_3: tuple[str, ...] = ()
    ambiguous: bool = False
    candidates: tuple[Candidate, ...] = ()
    how: How = "none"
    note: str = ""
    """For people: the members of a macrolanguage, the reading of a misspelling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A language named inside a sentence."""

    start: int
    """Offset in characters of the text given, end exclusive."""
    end: int
    text: str
    answer: LanguageAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMention:
    """A family, a place's languages or another set of languages named inside a sentence."""

    start: int
    end: int
    text: str
    label: str
    """The group in English: "Bantu languages", "languages of Nigeria"."""
    tags: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedLanguages:
    """What a catalogue's language field says."""

    tags: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    """Values for which no code was found, as written."""
    multilingual: bool | None = None
    """True where the value says "many languages" without naming them."""
    notes: tuple[str, ...] = ()
    """What was mended on the way, for the card's findings."""
