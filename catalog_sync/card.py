"""The noun everything carries: a dataset card and its small values.

Pure data: no door, no clock, no environment. `None`, an empty tuple and "unknown" mean that
nobody said; they never mean "no".
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pydantic import TypeAdapter

from catalog_sync.clauses import Terms

LanguageTag = str
"""A BCP 47 tag in canonical case with the shortest code: "cy", "zh-HK", "rm-sursilv", "qws"."""

Modality = Literal[
    "audio", "text", "image", "video", "tabular", "time_series", "geospatial", "biological", "other"
]
SpeechStyle = Literal["scripted", "spontaneous"]
UpdateFrequency = Literal[
    "continuous", "hourly", "daily", "weekly", "monthly", "quarterly", "yearly", "irregular",
    "never",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large; each figure alone may be unknown."""

    bytes: int | None = None
    hours: float | None = None
    validated_hours: float | None = None
    records: int | None = None
    """Rows, clips, sentences, documents: the source's own unit of example."""
    records_at_least: int | None = None
    """Lower bound where only a class such as 10K<n<100K is stated."""
    records_below: int | None = None
    """Upper bound, exclusive, of that class."""
    speakers: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the datasheet: its heading and its text."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """An older release of the same dataset."""

    version: str
    published: date | None = None
    size: Size = field(default_factory=Size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a field was stated, in the words that stood there."""

    field: str
    quote: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetCard:
    """One dataset as one source describes it."""

    id: str
    """`<source>:<native id>`."""
    source: str
    native_id: str
    url: str | None
    """The page a person opens."""
    name: str
    summary: str = ""
    """One or two plain sentences."""
    description: str = ""
    languages: tuple[LanguageTag, ...] = ()
    languages_unread: tuple[str, ...] = ()
    """Stated languages that no code could be found for, as written."""
    multilingual: bool | None = None
    """The source says "many languages" without naming all of them."""
    modalities: tuple[Modality, ...] = ()
    tasks: tuple[str, ...] = ()
    """Codes of `catalog_sync/vocabulary/tasks.toml`."""
    tags: tuple[str, ...] = ()
    """The source's own keywords, lower case."""
    speech_style: SpeechStyle | None = None
    terms: Terms = field(default_factory=Terms)
    size: Size = field(default_factory=Size)
    publisher: str | None = None
    formats: tuple[str, ...] = ()
    version: str | None = None
    published: date | None = None
    updated: date | None = None
    update_frequency: UpdateFrequency | None = None
    citation: str | None = None
    doi: str | None = None
    links: tuple[str, ...] = ()
    """Addresses the source states for the same dataset: homepage, repository, mirror."""
    datasheet: tuple[Section, ...] = ()
    releases: tuple[Release, ...] = ()
    """Older releases, newest first."""
    evidence: tuple[Evidence, ...] = ()


_CARD: TypeAdapter[DatasetCard] = TypeAdapter(DatasetCard)


def to_json(card: DatasetCard) -> str:
    """The card as one JSON object, unknown fields left out."""
    return _CARD.dump_json(card, exclude_defaults=True).decode()


def from_json(text: str) -> DatasetCard:
    """The card `to_json` wrote; raises pydantic's ValidationError on anything else."""
    return _CARD.validate_json(text)


def digest(card: DatasetCard) -> str:
    """SHA-256 of the card's content, hex: equal exactly when `to_json` is."""
    return hashlib.sha256(to_json(card).encode()).hexdigest()
