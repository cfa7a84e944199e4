"""Which tier of NOODL-1.0 a user falls in: from facts, or from a description in words.

Tier (i): a citizen of and resident in a developing country; or an entity registered and
headquartered there that serves its citizens, and no subsidiary of an international company.
Tier (ii): everyone else. What decides and is not said is asked, never assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from catalog_sync.groups import run_off, within

Tier = Literal["tier_i", "tier_ii", "ask_owner"]
CLAUSE = "§1, Data Recipient"
URL = "https://licensingafricandatasets.com/nwulite-obodo-license"


@dataclass(frozen=True, slots=True, kw_only=True)
class TierAnswer:
    """The tier, why, and what is still to be said."""

    tier: Tier
    because: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who would use the data; None and empty where nobody said."""

    kind: Literal["person", "entity"] | None = None
    citizen_of: tuple[str, ...] = ()
    resident_in: tuple[str, ...] = ()
    registered_in: tuple[str, ...] = ()
    headquartered_in: tuple[str, ...] = ()
    serves_citizens: bool | None = None
    """Has a purpose connected to citizens of a developing country."""
    subsidiary: bool | None = None
    """Belongs to an international company."""


def tier(who: Recipient, *, today: date) -> TierAnswer:
    """The tier of `who`: one failing test makes it (ii), one open test makes it a question."""
    if who.subsidiary:
        return TierAnswer(
            tier="tier_ii",
            because="Subsidiaries of international companies are left out of tier (i).",
        )
    if who.kind is None:
        return TierAnswer(
            tier="ask_owner",
            because="Whether a person or an organisation asks is not known.",
            missing=("org", "from"),
        )
    tests = _person(who, today) if who.kind == "person" else _entity(who, today)
    for name, passed in tests:
        if passed is False:
            because = f"{name} is not met.{_runs_on(who, today)}"
            return TierAnswer(tier="tier_ii", because=because)
    missing = tuple(name for name, passed in tests if passed is None)
    if missing:
        return TierAnswer(
            tier="ask_owner", because="Not everything that decides was said.", missing=missing
        )
    met = " and ".join(name for name, _ in tests)
    return TierAnswer(tier="tier_i", because=f"Met: {met}.")


def _runs_on(who: Recipient, today: date) -> str:
    """What §5.4 leaves to those who held the licence before their country was reclassified."""
    places = {*who.resident_in, *who.registered_in, *who.headquartered_in}
    ends = [end for p in sorted(places) if (end := run_off(p, today=today)) is not None]
    if not ends:
        return ""
    return (
        f" Who held the licence there before the country became high-income keeps it until "
        f"{min(ends).isoformat()} (§5.4)."
    )


def _person(who: Recipient, today: date) -> tuple[tuple[str, bool | None], ...]:
    return (
        ("Citizenship of a developing country", _any_developing(who.citizen_of, today)),
        ("Residence in a developing country", _all_developing(who.resident_in, today)),
    )


def _entity(who: Recipient, today: date) -> tuple[tuple[str, bool | None], ...]:
    return (
        ("Registration in a developing country", _all_developing(who.registered_in, today)),
        ("Headquarters in a developing country", _all_developing(who.headquartered_in, today)),
        ("A purpose connected to citizens of a developing country", who.serves_citizens),
    )


def _any_developing(countries: tuple[str, ...], today: date) -> bool | None:
    answers = [within(c, "developing", today=today) for c in countries]
    if True in answers:
        return True
    return None if None in answers or not answers else False


def _all_developing(countries: tuple[str, ...], today: date) -> bool | None:
    answers = [within(c, "developing", today=today) for c in countries]
    if False in answers:
        return False
    return None if None in answers or not answers else True


def tier_of_facts(facts: Mapping[str, str], *, today: date) -> Literal["i", "ii"] | None:
    """The tier as far as the contract's facts decide it; None where they do not.

    A country outside the developing ones decides for (ii); tier (i) needs more than facts say
    (citizenship, registration, purpose), so it has to be stated as `noodl_tier`.
    """
    for key in ("hq", "from"):
        country = facts.get(key)
        if country is not None and within(country, "developing", today=today) is False:
            return "ii"
    return None
