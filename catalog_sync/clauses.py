"""The small values that say what may be done with a dataset, and who says so.

Pure data. The licence table, the datasheet reader and the platform's rules make these values
(`catalog_sync.terms`); the engine in `assistant.terms` judges them. Names follow ODRL 2.2.
Unknown is a value: an empty `rules` means that nothing is known, never that all is allowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RuleKind = Literal["permission", "prohibition", "duty"]

Document = Literal[
    "licence", "datasheet", "platform", "price", "access", "grant", "label", "law_note"
]
"""Which paper a clause stands in."""

AccessMode = Literal["public", "on_request", "agreement", "owner_site", "private", "unknown"]
"""How one gets at the files: freely, by the owner's approval, by accepting an agreement at the
source, only on the owner's own site, not at all, or nobody said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Where a rule is written: what a person could look up."""

    document: Document
    clause: str
    """Section or field, such as "§2(a)(1)" or "forbiddenUsage"."""
    quote: str
    """The words themselves, short."""
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """A limit on a rule, in ODRL's left operand, operator and right operand."""

    left: str
    operator: str
    right: tuple[str, ...]
    basis: (
        Literal["residence", "establishment", "headquarters", "ownership", "place_of_use"] | None
    ) = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One permission, prohibition or duty on one action."""

    kind: RuleKind
    action: str
    clause: Clause
    constraints: tuple[Constraint, ...] = ()
    prior: bool = False
    """A duty to be met before the use starts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What the owner asks, and what the platform adds; cents of `currency`."""

    owner_cents: int
    currency: str
    """ISO 4217, upper case."""
    platform_fee_cents: int | None = None
    """None: the fee is not known."""
    platform_fee_rate: str | None = None
    """As published, such as "0.05"."""

    @property
    def total_cents(self) -> int | None:
        """Owner's price and platform's fee; None while the fee is unknown."""
        if self.platform_fee_cents is None:
            return None
        return self.owner_cents + self.platform_fee_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedTerms:
    """What a source published about terms, as it stands there: the input of `terms.derive`."""

    licences: tuple[str, ...] = ()
    """Names, SPDX ids, URLs or whole sentences, as published."""
    licence_url: str | None = None
    datasheet: tuple[tuple[str, str], ...] = ()
    """(field, text) of everything that may hold terms: restrictions, forbiddenUsage, ..."""
    platform: Literal["mdc"] | None = None
    access: AccessMode = "unknown"
    access_quote: str | None = None
    price: Price | None = None
    labels: tuple[str, ...] = ()
    """Local Contexts labels, by name."""
    url: str | None = None
    """The dataset's page: where the datasheet's words can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Everything known about what may be done: licence, datasheet, platform, price, access."""

    licence: str | None = None
    """SPDX expression (`LicenseRef-` for what SPDX lacks); None: no licence could be read."""
    licence_stated: tuple[str, ...] = ()
    """As published, for showing."""
    licence_url: str | None = None
    rules: tuple[Rule, ...] = ()
    access: AccessMode = "unknown"
    price: Price | None = None
    platform: Literal["mdc"] | None = None
    labels: tuple[str, ...] = ()
    unparsed: tuple[Clause, ...] = ()
    """Words of the owner that no rule could be read from; shown verbatim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualities:
    """Coarse facts on a licence that a search may ask for; None where it cannot be said."""

    stated: bool
    """A licence that can be named or read is there at all."""
    public_domain: bool | None
    """Dedicated to the public, or expressly without any restriction."""
    permissive: bool | None
    """Public domain, or attribution (and notices) only."""
    commercial: bool | None
    """Anyone may use the data for profit; attribution and share-alike do not hinder."""
    share_alike: bool | None
    derivatives: bool | None
    """Adaptations may be shared."""
