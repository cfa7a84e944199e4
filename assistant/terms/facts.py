"""The facts of a situation: the contract's vocabulary, each key with one meaning everywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from assistant.phrases import ENGLISH, Phrases
from assistant.terms.tier import tier_of_facts
from assistant.use import OrganisationKind, Use
from catalog_sync.clauses import Constraint
from catalog_sync.groups import within
from catalog_sync.licences import read

KEYS = (
    "from", "hq", "org", "platform", "visibility", "requester_in_org", "price_cents", "currency",
    "datasheet_forbids", "sharing", "noodl_tier", "benefit_named", "consent_of_person",
    "commercial_rights", "licence_obtained", "majority_african_owned", "monthly_users_over_700m",
    "outputs_of", "trains", "applied_to", "published",
)  # fmt: skip
"""Every key of the vocabulary; each has a question `fact.<key>`."""
YES_NO = frozenset(
    {
        "requester_in_org", "sharing", "benefit_named", "consent_of_person", "commercial_rights",
        "licence_obtained", "majority_african_owned", "monthly_users_over_700m",
    }
)  # fmt: skip
NOT_GENERATIVE = frozenset(
    {
        "asr", "stt", "recognition", "classification", "classifier", "lid", "retrieval",
        "embedding", "embeddings", "detection", "detector", "tagger", "parser", "ner", "vad",
        "diarization", "diarisation",
    }
)  # fmt: skip
"""Words for models that generate no speech, text or image of their own."""
_NO_WORDS = ("no", "none", "false", "0", "not_published", "internal", "private", "never")
_YES_WORDS = ("yes", "true", "1", "y")


class UnknownFact(ValueError):
    """A fact that the vocabulary lacks, or a value that its key does not take."""


def question(fact: str, phrases: Phrases = ENGLISH) -> str:
    """What to ask a person who has not stated `fact`."""
    key = f"fact.{fact}"
    return phrases.say(key) if phrases.has(key) else phrases.say("fact_unknown", fact=fact)


def checked(facts: Mapping[str, str]) -> dict[str, str]:
    """The facts with tidy values; raises `UnknownFact` naming the first that cannot be used."""
    tidy: dict[str, str] = {}
    for key, raw in facts.items():
        if key not in KEYS:
            known = ", ".join(sorted(KEYS))
            raise UnknownFact(f"{key!r} is not a fact that is understood. Use one of: {known}.")
        tidy[key] = _value(key, raw.strip())
    return tidy


def _value(key: str, raw: str) -> str:
    lowered = raw.lower()
    if key in YES_NO:
        if lowered in _YES_WORDS:
            return "yes"
        if lowered in ("no", "false", "0", "n"):
            return "no"
        raise UnknownFact(f"{key}={raw!r}: expected yes or no.")
    if key in ("from", "hq"):
        if len(raw) != 2 or not raw.isalpha():
            raise UnknownFact(f"{key}={raw!r}: expected an ISO 3166-1 code of two letters, as GH.")
        return raw.upper()
    if key == "org" and lowered not in get_args(OrganisationKind):
        kinds = ", ".join(get_args(OrganisationKind))
        raise UnknownFact(f"org={raw!r}: expected one of {kinds}.")
    if key == "price_cents" and not raw.isdigit():
        raise UnknownFact(f"price_cents={raw!r}: expected a whole number of cents.")
    if key == "noodl_tier":
        tier = lowered.removeprefix("tier").strip("_ ")
        if tier not in ("i", "ii"):
            raise UnknownFact(f"noodl_tier={raw!r}: expected i or ii.")
        return tier
    return lowered if key in ("org", "platform", "visibility", "published", "trains") else raw


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A use with every stated fact under its key, and the day of judging."""

    use: Use
    facts: Mapping[str, str]
    today: date

    def get(self, key: str) -> str | None:
        """The stated value, or None where nobody said."""
        return self.facts.get(key)

    def says_no(self, key: str) -> bool:
        """Whether the fact is stated and denies."""
        return (self.facts.get(key) or "").lower() in _NO_WORDS


def situation(use: Use, today: date) -> Situation:
    """The facts of `use` in one place; raises `UnknownFact` on a fact outside the vocabulary."""
    stated = checked(dict(use.facts))
    named = {"from": use.from_country, "hq": use.hq_country, "org": use.organisation}
    for key, value in named.items():
        if value is not None:
            stated.setdefault(key, value.upper() if key != "org" else value)
    return Situation(use=use, facts=stated, today=today)


def with_facts(use: Use, facts: Mapping[str, str]) -> Use:
    """`use` with further facts, in the order that makes equal uses equal."""
    merged = dict(use.facts) | dict(facts)
    return replace(use, facts=tuple(sorted(merged.items())))


def holds(constraint: Constraint, here: Situation) -> tuple[bool | None, str]:
    """Whether a constraint holds, and the fact it turns on; None where that was not said."""
    if constraint.left == "spatial":
        return _spatial(constraint, here)
    stated = _stated(constraint.left, here)
    if constraint.operator == "isAbsent":
        return stated is None, constraint.left
    if constraint.operator == "isStated":
        return stated in constraint.right, constraint.left
    if constraint.operator == "isNotStated":
        return stated not in constraint.right, constraint.left
    if constraint.left == "outputLicence":
        return not _compatible(constraint, here), constraint.left
    if stated is None:
        return None, constraint.left
    return _compare(stated in constraint.right, constraint.operator), constraint.left


def _compare(found: bool, operator: str) -> bool:
    return not found if operator in ("isNoneOf", "neq") else found


def _stated(left: str, here: Situation) -> str | None:
    if left == "trains":
        return trains_kind(here.get("trains"))
    if left == "noodl_tier" and here.get(left) is None:
        return tier_of_facts(here.facts, today=here.today)
    return here.get(left)


def trains_kind(stated: str | None) -> str | None:
    """What will be trained, coarsely: "llama", "not_llm" or "other_llm"; None where not said."""
    if stated is None:
        return None
    words = re.split(r"[\s_\-/]+", stated.lower())
    if "llama" in words and not {"non", "not", "other", "no"} & set(words):
        return "llama"
    if set(words) & NOT_GENERATIVE or words in (["non", "llm"], ["not", "llm"]):
        return "not_llm"
    return "other_llm"


def _compatible(constraint: Constraint, here: Situation) -> bool:
    """Whether the licence wished for the result is one that the source accepts."""
    wished = here.use.output_licence
    return wished is not None and (read(wished) or wished) in constraint.right


_BASIS_FACT = {
    "headquarters": "hq",
    "residence": "from",
    "establishment": "hq",
    "place_of_use": "from",
    "ownership": "majority_african_owned",
}


def _spatial(constraint: Constraint, here: Situation) -> tuple[bool | None, str]:
    fact = _BASIS_FACT[constraint.basis or "place_of_use"]
    country = here.get(fact) or (here.get("from") if here.get("org") == "person" else None)
    if country is None:
        return None, fact
    answers = [within(country, group, today=here.today) for group in constraint.right]
    if True in answers:
        return _compare(True, constraint.operator), fact
    if None in answers:
        return None, fact
    return _compare(False, constraint.operator), fact
