"""The values the terms engine gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.use import Act, Use
from catalog_sync.clauses import Clause

Outcome = Literal["allowed", "allowed_with_conditions", "not_allowed", "ask_owner"]
SEVERITY: tuple[Outcome, ...] = ("allowed", "allowed_with_conditions", "ask_owner", "not_allowed")
"""Best to worst: several sources or acts take the worst."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why, with the words it rests on."""

    act: Act
    outcome: Outcome
    why: str
    """One plain sentence."""
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something to do in return; `prior` ones before the use starts."""

    action: str
    text: str
    """One plain sentence in the imperative."""
    clause: Clause
    prior: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A deciding fact nobody has stated yet."""

    fact: str
    """A key of the contract's fact vocabulary, such as "hq"."""
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer to one use of one set of terms; `reasons` is never empty."""

    outcome: Outcome
    use: Use
    reasons: tuple[Reason, ...]
    duties: tuple[Duty, ...] = ()
    """Prior ones first."""
    missing: tuple[Missing, ...] = ()
    platform_notes: tuple[str, ...] = ()
    also_says: tuple[Clause, ...] = ()
    """Words of the owner that no rule could be read from."""
