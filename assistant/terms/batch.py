"""Rows of the contract's batch files in, answers out: what the command line prints as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, get_args

from assistant.terms.combine import Combination, Scenario, combine
from assistant.terms.facts import KEYS, UnknownFact, checked
from assistant.terms.tier import CLAUSE, URL, Recipient, TierAnswer, tier, tier_of_facts
from assistant.terms.tier_words import tier_of_words
from assistant.terms.values import Verdict
from assistant.terms.verdict import judge
from assistant.use import ACTS, Act, OrganisationKind, Use
from catalog_sync.clauses import StatedTerms, Terms
from catalog_sync.licences import read
from catalog_sync.terms import derive

FACTS = KEYS


class BadRow(ValueError):
    """A row that cannot be judged: a column or word that the contract does not know."""


def parse_facts(text: str) -> dict[str, str]:
    """`key=value` pairs joined by "; " as a mapping.

    Raises `UnknownFact` on a key outside the vocabulary and on a pair without "=".
    """
    found: dict[str, str] = {}
    for pair in filter(None, (p.strip() for p in text.split(";"))):
        key, equals, value = pair.partition("=")
        if not equals:
            raise UnknownFact(f"{pair!r} is not a fact. Write it as key=value.")
        found[key.strip()] = value.strip()
    return checked(found)


def parse_act(name: str) -> Act:
    """The act of that name; raises `BadRow` listing the known ones."""
    for act in ACTS:
        if act == name.strip():
            return act
    raise BadRow(f"{name!r} is not a use that is understood. Use one of: {', '.join(ACTS)}.")


def use_of(acts: tuple[Act, ...], facts: Mapping[str, str]) -> Use:
    """The use with its facts; country, headquarters and kind go to their own fields."""
    rest = {k: v for k, v in facts.items() if k not in ("from", "hq", "org")}
    kind = next((k for k in get_args(OrganisationKind) if k == facts.get("org")), None)
    return Use(
        acts=acts,
        from_country=facts.get("from"),
        hq_country=facts.get("hq"),
        organisation=kind,
        facts=tuple(sorted(rest.items())),
    )


def stated_use(acts: tuple[Act, ...], facts: Mapping[str, str]) -> Use:
    """The use of facts as somebody gave them; raises `BadRow` on one that is not known."""
    try:
        return use_of(acts, checked(facts))
    except UnknownFact as why:
        raise BadRow(str(why)) from why


def terms_of(licence: str) -> Terms:
    """The terms of a bare licence."""
    return derive(StatedTerms(licences=(licence,)))


def check_licence(
    licence: str, acts: tuple[Act, ...], facts: Mapping[str, str], *, today: date
) -> Verdict:
    """The verdict on a bare licence."""
    return judge(terms_of(licence), use_of(acts, facts), today=today)


def check_row(row: Mapping[str, str], *, today: date) -> dict[str, object]:
    """One row of `check --batch`: its licence, act and facts, and the answer."""
    licence, key = _column(row, "licence_id"), _column(row, "question_key")
    facts = parse_facts(row.get("facts") or "")
    verdict = check_licence(licence, (parse_act(key),), facts, today=today)
    return {"licence_id": licence, "question_key": key, **as_json(verdict)}


def combine_row(row: Mapping[str, str]) -> dict[str, object]:
    """One row of `combine --batch`: two licences and a scenario, and the answer."""
    a, b = _column(row, "licence_a"), _column(row, "licence_b")
    stated = (row.get("scenario") or "merged").strip()
    scenario = next((s for s in get_args(Scenario) if s == stated), None)
    if scenario is None:
        known = ", ".join(get_args(Scenario))
        raise BadRow(f"scenario {stated!r} is not understood. Use one of: {known}.")
    answer = combine(a, b, scenario=scenario)
    return {"licence_a": a, "licence_b": b, "scenario": scenario, **combination_json(answer, a, b)}


def combination_json(answer: Combination, *spelt: str) -> dict[str, object]:
    """A combination in the contract's JSON shape; the result as one of the inputs spells it."""
    result = answer.result_licence
    same = next((s for s in spelt if result is not None and read(s) == result), None)
    return {
        "outcome": answer.outcome,
        "result_licence": same or result,
        "reasons": [
            {
                "outcome": r.outcome,
                "why": r.why,
                "document": r.clause.document,
                "clause": r.clause.clause,
                "quote": r.clause.quote,
                "url": r.clause.url,
            }
            for r in answer.reasons
        ],
        "duties": [
            {"action": d.action, "text": d.text, "clause": d.clause.clause} for d in answer.duties
        ],
    }


def tier_row(row: Mapping[str, str], *, today: date) -> dict[str, object]:
    """One row of `tier --batch`: a user in words, and the NOODL-1.0 tier."""
    user = _column(row, "user")
    return {"user": user, **tier_json(tier_of_words(user, today=today))}


def tier_from_facts(facts: Mapping[str, str], *, today: date) -> TierAnswer:
    """The NOODL-1.0 tier as far as facts decide it (`tier --fact ...`)."""
    stated = facts.get("noodl_tier") or tier_of_facts(facts, today=today)
    if stated == "i":
        return TierAnswer(tier="tier_i", because="You state that you are in tier (i).")
    if stated == "ii":
        return TierAnswer(tier="tier_ii", because="Not in a developing country, or so stated.")
    places = tuple(filter(None, (facts.get("from"),)))
    seats = tuple(filter(None, (facts.get("hq"),)))
    org = facts.get("org")
    kind: Literal["person", "entity"] | None = None
    if org is not None:
        kind = "person" if org == "person" else "entity"
    who = Recipient(kind=kind, resident_in=places, registered_in=places, headquartered_in=seats)
    return tier(who, today=today)


def tier_json(answer: TierAnswer) -> dict[str, object]:
    """A tier in the contract's JSON shape."""
    return {
        "tier": answer.tier,
        "because": answer.because,
        "missing": list(answer.missing),
        "clause": CLAUSE,
        "url": URL,
    }


def as_json(verdict: Verdict) -> dict[str, object]:
    """A verdict in the contract's JSON shape."""
    return {
        "outcome": verdict.outcome,
        "reasons": [
            {
                "act": r.act,
                "outcome": r.outcome,
                "why": r.why,
                "document": r.clause.document,
                "clause": r.clause.clause,
                "quote": r.clause.quote,
                "url": r.clause.url,
            }
            for r in verdict.reasons
        ],
        "duties": [
            {"action": d.action, "text": d.text, "prior": d.prior, "clause": d.clause.clause}
            for d in verdict.duties
        ],
        "missing": [{"fact": m.fact, "question": m.question} for m in verdict.missing],
        "platform_notes": list(verdict.platform_notes),
        "also_says": [
            {"field": c.clause, "quote": c.quote, "url": c.url} for c in verdict.also_says
        ],
    }


def _column(row: Mapping[str, str], name: str) -> str:
    value = row.get(name)
    if not value:
        raise BadRow(f"A row lacks {name!r}: it has {sorted(row)}.")
    return value
