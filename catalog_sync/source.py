"""What a catalogue source hands over, and how it fails.

SyncError
+-- SourceError            the catalogue could not be read: outside, retried, reported
|   +-- SourceUnreachable  no answer, or only refusals
|   +-- SourceBroken       an answer that is not what its contract says
+-- BadInput               the caller's path, address or setting is wrong
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol, runtime_checkable

from catalog_sync.card import Evidence, Release, Section, Size, SpeechStyle
from catalog_sync.clauses import StatedTerms


class SyncError(Exception):
    """Root of what can go wrong on this floor."""


class SourceError(SyncError):
    """A catalogue could not be read; the run ends incomplete and withdraws nothing."""


class SourceUnreachable(SourceError):
    """No answer, or only refusals, after the bounded retries."""


class SourceBroken(SourceError):
    """An answer that does not follow the source's contract."""


class BadInput(SyncError):
    """A path, address or setting given by the caller is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """One dataset in a source's own words, wire spelling already left behind.

    The connector only moves fields; codes are found by `normalise`. `None` and empty mean that
    the source did not say.
    """

    source: str
    native_id: str
    where: str
    """File (relative to the folder read) or address, for messages."""
    url: str | None = None
    name: str | None = None
    summary: str | None = None
    description: str | None = None
    languages: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    speech_style: SpeechStyle | None = None
    terms: StatedTerms = field(default_factory=StatedTerms)
    size: Size = field(default_factory=Size)
    publisher: str | None = None
    formats: tuple[str, ...] = ()
    version: str | None = None
    published: date | None = None
    updated: date | None = None
    update_frequency: str | None = None
    citation: str | None = None
    doi: str | None = None
    links: tuple[str, ...] = ()
    datasheet: tuple[Section, ...] = ()
    releases: tuple[Release, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    """Where a field was stated, when that is not the record itself."""
    payload: Mapping[str, object] = field(default_factory=dict)
    """The record as the wire had it, for `show` and for questions later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """The source says that this record was taken down."""

    native_id: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """One record that could not be read; the others go on, this one is tried again next time."""

    native_id: str
    where: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """All before this may be committed; `state` is JSON and lets a broken run go on from here."""

    state: Mapping[str, object]


Item = RawRecord | Gone | Failed | Cursor


class Source(Protocol):
    """One catalogue."""

    name: str
    """The key in `registry.SOURCES` and the prefix of card ids."""
    homepage: str
    terms_of_api: str
    """Address of the rules for reading this catalogue."""

    def read(self, cursor: Cursor | None) -> Iterator[Item]:
        """All records, from `cursor` on.

        Ends normally only when the whole catalogue was walked. Raises `SourceError` when it
        could not be, `BadInput` when the path or address is wrong.
        """
        ...


@runtime_checkable
class Asked(Protocol):
    """A source that can be asked about one record: what a list no longer shows may only have moved.

    A run that walked everything asks this for each known record it did not meet, before it
    withdraws anything.
    """

    def look(self, native_id: str) -> RawRecord | Gone | Failed:
        """The record as it stands, `Gone` only on the source's own word, `Failed` when unsure.

        Raises `SourceError` when the source does not answer. A source read from disk has nobody
        to ask: what its files no longer hold is `Gone`.
        """
        ...


Completeness = Literal["complete", "incomplete"]
