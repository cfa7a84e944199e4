"""Who owns what, how owners want requests handled, and who claims to own something. Pure values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.access.values import AutoApproval, OwnerQuestion

ScopeKind = Literal["card", "publisher", "source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What somebody owns: one card, all cards of a publisher in a source, or a whole source."""

    kind: ScopeKind
    value: str
    """Card id; "<source>/<publisher>"; source name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerSettings:
    """How the owner of a scope wants requests handled."""

    scope: Scope
    auto_approve: AutoApproval = "never"
    questions: tuple[OwnerQuestion, ...] = ()
    delegates: tuple[str, ...] = ()
    """E-mail addresses."""
    length_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Somebody says they own a scope; an administrator decides."""

    number: int
    scope: Scope
    email: str
    note: str
    made_at: datetime
    decided: Literal["", "granted", "refused"] = ""
    decided_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """One row of the table of owners."""

    scope: Scope
    email: str
    since: datetime
    by: str
    """Person id of the administrator, or "import"."""
    settings: OwnerSettings
