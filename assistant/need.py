"""What the person wants and is bound by, and who is asking. Pure values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assistant.use import Use
from catalog_sync.card import LanguageTag, Modality, SpeechStyle, UpdateFrequency
from catalog_sync.clauses import AccessMode

LicenceWish = Literal["public_domain", "permissive", "commercial", "non_commercial_ok"]
"""Coarse licence limits: dedication or no restriction; attribution at most; for profit by anyone;
any licence as long as it is stated."""

SizeField = Literal["hours", "validated_hours", "records", "speakers", "bytes", "languages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageWish:
    """One language asked for, with the tags that satisfy it (macrolanguage members included)."""

    tag: LanguageTag
    label: str
    tags: tuple[LanguageTag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRange:
    """Bounds on one figure, inclusive; None = open."""

    field: SizeField
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What the person would pay: 0 means "free only"."""

    most_cents: int
    currency: str = "USD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A request as understood; empty = not said."""

    wish: str = ""
    """What remains of the person's words for ranking, limits included."""
    languages: tuple[LanguageWish, ...] = ()
    languages_joined: Literal["any", "all"] = "any"
    languages_apart: bool = False
    """Said with "or": a task between two languages does not make a pair of them."""
    languages_not: tuple[LanguageWish, ...] = ()
    modalities: tuple[Modality, ...] = ()
    speech_style: SpeechStyle | None = None
    tasks: tuple[str, ...] = ()
    kinds_apart: bool = False
    """Said with "or": a card of one of the kinds or one of the tasks will do."""
    topics: tuple[str, ...] = ()
    """Subject words that must be met by tags, name or text: "weather", "satellite imagery"."""
    topics_apart: tuple[tuple[str, ...], ...] = ()
    """Topics said with "or", any one of which will do; the others are each asked for."""
    use: Use = field(default_factory=Use)
    licence_wish: LicenceWish | None = None
    licences: tuple[str, ...] = ()
    """Licences of which one will do: SPDX ids, families ("GPL", "CC"), classes ("share-alike")."""
    licences_not: tuple[str, ...] = ()
    """Stems of SPDX ids that are not wanted: "GPL" shuts out each version of it, "ND" any that
    forbids derivatives."""
    sizes: tuple[SizeRange, ...] = ()
    budget: Budget | None = None
    access: tuple[AccessMode, ...] = ()
    update_frequency: tuple[UpdateFrequency, ...] = ()
    updated_since: str | None = None
    """ISO 8601 date."""
    sources: tuple[str, ...] = ()
    sources_not: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    publishers_not: tuple[str, ...] = ()
    names_not: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    """Words, folded, for what is not wanted: data that is on it comes last, and is no sure fit."""
    like: tuple[str, ...] = ()
    """Names of datasets that the wanted one should be like."""
    must: tuple[str, ...] = ()
    """Names of fields in which "unknown" does not pass."""
    gist: str = ""
    """What a language model made of the person's words, for ranking alone; never shown."""


Role = Literal["visitor", "person", "owner", "delegate", "administrator"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who is speaking, as far as a face could vouch for it."""

    id: str
    """Stable within its face; "anonymous" visitors have one per conversation."""
    role: Role = "visitor"
    email: str | None = None
    """Only when confirmed."""
