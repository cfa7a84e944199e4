"""What one turn says, before it is joined with the conversation so far. Pure values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assistant.need import Need
from assistant.reply import Intent
from catalog_sync.language_answer import Candidate

Mode = Literal["merge", "replace", "add", "anew", "undo"]
"""How a turn bears on what was said before."""
LicencesAdd = Literal["", "too", "bound"]
"""How licences go with those asked for before: in their place, as well as they, or within them."""
CountedBy = Literal["language", "task", "licence", "source", "publisher", "modality", "access"]
Measure = Literal["datasets", "hours", "validated_hours", "bytes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """A language name with several meanings."""

    name: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """Words that point at datasets in view."""

    places: tuple[int, ...] = ()
    """Positions in the last list, from 1; -1 is the last."""
    first: int = 0
    """The first so many; 10 stands for all in view."""
    this: bool = False
    """"it", "this one"."""
    name: str = ""
    """A name in the person's words: "that Basque one", "the Tatoeba set"."""

    def __bool__(self) -> bool:
        return bool(self.places or self.first or self.this or self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """A question over the whole catalogue."""

    by: CountedBy | None = None
    """None: one total."""
    measure: Measure = "datasets"
    lacking: tuple[str, ...] = ()
    """Task or modality codes that must be missing: "ASR but no TTS"."""
    top: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One turn as understood."""

    text: str
    """The person's words as they were read: slips mended. Never shown."""
    intent: Intent
    stated: Need = field(default_factory=Need)
    """What this turn alone states."""
    mode: Mode = "merge"
    drop: tuple[str, ...] = ()
    """Fields of the need that the person takes back: "licence", "sizes:hours", "all"."""
    pointer: Pointer = field(default_factory=Pointer)
    unclear: tuple[Unclear, ...] = ()
    asks: tuple[str, ...] = ()
    """Fields of a dataset asked about: "price", "publisher", ..."""
    terms: tuple[str, ...] = ()
    """Licence words to be explained: "non-commercial"."""
    counting: Counting | None = None
    words: tuple[str, ...] = ()
    """Content words no table knows."""
    words_not: frozenset[str] = frozenset()
    """Words, folded, of what the turn does without: they no longer rank."""
    avoid: tuple[str, ...] = ()
    """Words and names of subjects, folded, that the turn does without, each as it was said."""
    runs: tuple[str, ...] = ()
    """The same words where they stand together, as written, lower case: "group quarters"."""
    unknown: tuple[str, ...] = ()
    """Names that stand where a language would: "Dothraki" in "Dothraki speech"."""
    any_kind: bool = False
    """"anything": no limit on kind or task is meant."""
    tasks_not: tuple[str, ...] = ()
    """Tasks the person does not want."""
    modalities_not: tuple[str, ...] = ()
    topics_not: tuple[str, ...] = ()
    other_side: bool = False
    """The language named is the other side of a translation: "to Czech"."""
    training: bool = False
    """Training a model is spoken of, without saying for what."""
    licences_add: LicencesAdd = ""
    only: bool = False
    """"just", "only"."""
    questioning: bool = False
    """Ends with a question mark or opens with "may I"."""
    mended: tuple[tuple[str, str], ...] = ()
    """Mistyped words: as typed, and as read."""
