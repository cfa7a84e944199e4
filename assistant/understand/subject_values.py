"""What one turn says of the data itself, as it is collected. Pure values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assistant.need import LanguageWish
from assistant.understand.reading import Unclear
from catalog_sync.card import Modality, SpeechStyle, UpdateFrequency
from catalog_sync.clauses import AccessMode


@dataclass(slots=True)
class Subject:
    """Collected while reading one turn."""

    languages: list[LanguageWish] = field(default_factory=list)
    languages_not: list[LanguageWish] = field(default_factory=list)
    joined: Literal["any", "all"] = "any"
    apart: bool = False
    other_side: bool = False
    """The language stands where the other side of a translation does: "to Czech"."""
    unclear: list[Unclear] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    """Limits that the turn does without, by field: "real time isn't needed"."""
    said_not: list[str] = field(default_factory=list)
    """Words, folded, of subjects that the turn does without."""
    negated: set[int] = field(default_factory=set)
    """Where the tasks, kinds and subjects begin that the turn does without."""
    avoid: list[str] = field(default_factory=list)
    """Subjects that the turn does without, folded, as they were said."""
    tasks: list[str] = field(default_factory=list)
    tasks_not: list[str] = field(default_factory=list)
    modalities: list[Modality] = field(default_factory=list)
    modalities_not: list[Modality] = field(default_factory=list)
    style: SpeechStyle | None = None
    styles: list[SpeechStyle] = field(default_factory=list)
    """Each style as it was named, the last of which counts."""
    topics: list[str] = field(default_factory=list)
    topics_not: list[str] = field(default_factory=list)
    topics_apart: list[tuple[str, ...]] = field(default_factory=list)
    """Subjects any one of which will do."""
    sources: list[str] = field(default_factory=list)
    sources_not: list[str] = field(default_factory=list)
    frequency: list[UpdateFrequency] = field(default_factory=list)
    access: list[AccessMode] = field(default_factory=list)
    free: bool = False
    said: tuple[str, ...] = ()
    """The person's own words for subjects that only order."""
    any_kind: bool = False
    kinds_apart: bool = False
    """"speech or translations": one of the two will do."""
    spans: list[tuple[int, int]] = field(default_factory=list)
