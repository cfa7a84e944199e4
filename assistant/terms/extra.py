"""Rules that a situation's facts add to the terms: platform, price, datasheet, visibility."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.terms.facts import Situation
from assistant.terms.worded import stated_fact
from catalog_sync import licences
from catalog_sync.clauses import Clause, Constraint, Price, Rule, Terms
from catalog_sync.licences_table import trigger
from catalog_sync.terms import forbidden
from catalog_sync.terms_around import label_rule, platform_rules, price_rule

MODEL_FAMILIES = ("openrail", "llama")
_MODEL_WORDS = ("model", "models", "weights")


def rules_from_facts(here: Situation, terms: Terms) -> Iterator[Rule]:
    """What the stated facts add; the terms' own rules are not repeated."""
    if here.get("platform") == "mdc" and terms.platform != "mdc":
        yield from platform_rules("mdc")
        if here.get("datasheet_forbids") is None:
            yield _duty("reviewPolicy", _said(here, "platform"))
    for name in (here.get("datasheet_forbids") or "").split(","):
        if name.strip() and name.strip().lower() != "none":
            yield from forbidden(name)
    yield from _price(here)
    yield from _visibility(here)
    yield from _applied(here, terms)
    yield from _outputs(here, terms)


def _duty(action: str, clause: Clause, *on: str, prior: bool = False) -> Rule:
    return Rule(
        kind="duty",
        action=action,
        clause=clause,
        constraints=(trigger(*(on or ("any",))),),
        prior=prior,
    )


def _said(here: Situation, key: str) -> Clause:
    return Clause(
        document="platform" if key in ("platform", "visibility") else "law_note",
        clause=stated_fact(key),
        quote=f"{key}={here.get(key)}",
    )


def _price(here: Situation) -> Iterator[Rule]:
    cents = here.get("price_cents")
    if cents is not None and int(cents) > 0:
        currency = (here.get("currency") or "usd").upper()
        yield price_rule(Price(owner_cents=int(cents), currency=currency), None)


def _visibility(here: Situation) -> Iterator[Rule]:
    """Not public: members of the owning organisation may; others ask. The words conflict."""
    if here.get("visibility") in (None, "public") or here.get("requester_in_org") == "yes":
        return
    yield _duty("obtainConsent", _said(here, "visibility"), prior=True)


def _applied(here: Situation, terms: Terms) -> Iterator[Rule]:
    """What a licence or label was put on: a second licence counts too, a wrong object is asked."""
    applied = here.get("applied_to")
    if applied is None:
        return
    second = licences.read(applied)
    if second is not None:
        for way in licences.alternatives(second):
            for leaf in way:
                row = licences.row(leaf)
                yield from (r for r in (row.rules if row else ()) if r.kind != "permission")
        return
    word = applied.lower().strip()
    ways = licences.alternatives(terms.licence) if terms.licence else ()
    leaves = dict.fromkeys(leaf for way in ways for leaf in way)
    for leaf in leaves:
        if _wrong_object(leaf, word):
            asked = _duty("obtainConsent", _said(here, "applied_to"), prior=True)
            mark = Constraint(left="licence", operator="eq", right=(leaf,))
            marks = (mark,) if len(leaves) > 1 else ()
            yield replace(asked, constraints=(*marks, *asked.constraints))


def _wrong_object(leaf: str, word: str) -> bool:
    """Whether a licence for models lies on something else, or one for databases on contents."""
    row = licences.row(leaf)
    if row is not None and row.family in MODEL_FAMILIES:
        return word not in _MODEL_WORDS
    contents = ("contents", "content", "recordings", "audio")
    return row is not None and row.family == "odc" and word in contents


def _family(terms: Terms) -> str:
    row = licences.row(terms.licence) if terms.licence else None
    return row.family if row else ""


def _outputs(here: Situation, terms: Terms) -> Iterator[Rule]:
    """Data that a model put out: the model's own terms count, unread ones are asked for."""
    model = here.get("outputs_of")
    if model is None or here.says_no("outputs_of"):
        return
    named = licences.read(model)
    if named is not None:
        if named == terms.licence:
            return
        for way in licences.alternatives(named):
            for leaf in way:
                row = licences.row(leaf)
                yield from (r for r in (row.rules if row else ()) if r.kind != "permission")
    elif _family(terms) not in MODEL_FAMILIES:
        yield _duty(
            "obtainConsent", _said(here, "outputs_of"), "training", "publishModel", prior=True
        )


def labels(terms: Terms) -> Iterator[Rule]:
    """The labels of terms that were put together by hand and carry no rule for them yet."""
    ruled = {r.clause.clause for r in terms.rules if r.clause.document == "label"}
    yield from (label_rule(name, None) for name in terms.labels if name not in ruled)
