"""What a search may ask of cards in figures and codes: the hard limits, as pure values.

Two rules decide about what nobody stated. Languages, modalities, tasks, speech style, topics,
licence ids, sources and publishers identify the data: a card without a stated value does not
pass. Sizes, the licence wish, price, access, update frequency and the date of the last update
describe it: an unknown value passes, unless the field is named in `must`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

LicenceWish = Literal["public_domain", "permissive", "commercial", "non_commercial_ok"]
"""`non_commercial_ok` asks for nothing but a licence that can be read (and that only in `must`)."""

Must = Literal[
    "hours", "validated_hours", "records", "speakers", "bytes", "languages_count",
    "licence_wish", "price", "access", "update_frequency", "updated",
]  # fmt: skip
"""The fields whose unknown values can be refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """A closed range; None leaves an end open."""

    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFilter:
    """Hard limits on cards; empty or None asks for nothing."""

    languages: tuple[frozenset[str], ...] = ()
    """One set of acceptable tags per wish."""
    languages_joined: Literal["any", "all"] = "any"
    languages_not: frozenset[str] = frozenset()
    """A card in any of these languages is left out."""
    modalities: frozenset[str] = frozenset()
    """Any of these."""
    tasks: frozenset[str] = frozenset()
    """Any of these codes."""
    kinds_joined: Literal["all", "any"] = "all"
    """Whether modalities and tasks, where both are asked for, are one wish or two to choose of."""
    speech_style: str | None = None
    topics: tuple[frozenset[str], ...] = ()
    """One set of spellings per topic: any spelling within, all topics between; card tags."""
    licence_wish: LicenceWish | None = None
    licences: frozenset[str] = frozenset()
    """SPDX ids: the card's licence is one of these, or an expression that names one of them."""
    terms_in: frozenset[str] | None = None
    """Fingerprints of `Terms` that may be shown; None leaves them open."""
    hours: Bounds = field(default_factory=Bounds)
    validated_hours: Bounds = field(default_factory=Bounds)
    records: Bounds = field(default_factory=Bounds)
    speakers: Bounds = field(default_factory=Bounds)
    bytes: Bounds = field(default_factory=Bounds)
    languages_count: Bounds = field(default_factory=Bounds)
    price_most_cents: int | None = None
    """The most that may be paid, platform's fee included; 0 asks for free data."""
    access: frozenset[str] = frozenset()
    """Any of these `AccessMode`s."""
    update_frequency: frozenset[str] = frozenset()
    updated_since: date | None = None
    sources: frozenset[str] = frozenset()
    sources_not: frozenset[str] = frozenset()
    publishers: frozenset[str] = frozenset()
    """Any of these is contained in the publisher's name, upper and lower case alike."""
    publishers_not: frozenset[str] = frozenset()
    names_not: frozenset[str] = frozenset()
    """A card whose name contains one of these, upper and lower case alike, is left out."""
    must: frozenset[Must] = frozenset()
    """Fields whose unknown values do not pass."""
