"""Terms as others' machines read them: an ODRL offer for Croissant's `usageInfo`, DUO codes.

`conflict` is "prohibit": ODRL's default would void a policy that both permits and forbids.
"""

from __future__ import annotations

from collections.abc import Sequence

from catalog_sync.clauses import Constraint, Price, Rule, Terms
from catalog_sync.licences import ODRL

CONTEXT: dict[str, str] = {
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "cc": "http://creativecommons.org/ns#",
    "schema": "https://schema.org/",
    "duo": "http://purl.obolibrary.org/obo/DUO_",
    "da": "urn:dataset-assistant:terms#",
}
_KINDS = {
    "permission": "odrl:permission",
    "prohibition": "odrl:prohibition",
    "duty": "odrl:obligation",
}
_LEFT = {"spatial": "odrl:spatial", "published": "odrl:recipient"}
_OPERATORS = {"eq": "odrl:eq", "isAnyOf": "odrl:isAnyOf", "isNoneOf": "odrl:isNoneOf"}
Json = dict[str, object]


def offer(terms: Terms, *, target: str) -> Json:
    """The terms as one `odrl:Offer` on `target` (an address or id of the dataset)."""
    document: Json = {
        "@context": CONTEXT,
        "@type": "odrl:Offer",
        "odrl:conflict": {"@id": "odrl:prohibit"},
        "odrl:target": {"@id": target},
    }
    if terms.licence is not None:
        document["schema:license"] = terms.licence_url or terms.licence
    for kind, name in _KINDS.items():
        rules = [_rule(r) for r in terms.rules if r.kind == kind]
        if rules:
            document[name] = rules
    if terms.unparsed:
        document["da:alsoSays"] = [c.quote for c in terms.unparsed]
    if terms.price is not None:
        document["da:price"] = _price(terms.price)
    return document


def usage_info(terms: Terms, *, target: str) -> list[Json]:
    """The value of Croissant 1.1's `usageInfo`: the offer, and DUO terms where they fit."""
    named: list[Json] = [
        {
            "@type": "schema:DefinedTerm",
            "schema:termCode": code.replace("_", ":"),
            "schema:name": name,
            "schema:url": f"http://purl.obolibrary.org/obo/{code}",
        }
        for code, name in duo(terms)
    ]
    return [*named, offer(terms, target=target)]


def duo(terms: Terms) -> tuple[tuple[str, str], ...]:
    """Codes of the Data Use Ontology that the rules amount to, with their names."""
    barred = {r.action for r in terms.rules if r.kind == "prohibition" and not _hangs(r)}
    duties = {r.action for r in terms.rules if r.kind == "duty"}
    free = {r.action for r in terms.rules if r.kind == "permission" and not _hangs(r)}
    found = []
    if "use" in free and not barred and not duties & _LIMITING:
        found.append(("DUO_0000004", "no restriction"))
    if "commercialize" in barred:
        found.append(("DUO_0000046", "non-commercial use only"))
    if "researchOnly" in duties:
        found.append(("DUO_0000042", "general research use"))
    if any(c.left in ("spatial", "noodl_tier") for r in terms.rules for c in r.constraints):
        found.append(("DUO_0000022", "geographical restriction"))
    if duties & {"requestAccess", "acceptAgreement"}:
        found.append(("DUO_0000026", "user specific restriction"))
    return tuple(found)


_LIMITING = {
    "nonCommercialOnly", "researchOnly", "keepPrivate", "shareAlike", "attribute", "include",
    "compensate", "provideBenefit", "requestAccess", "acceptAgreement", "refrain",
    "computationalUseOnly", "passOnRestrictions", "sourceCode", "verifyRecipients",
}  # fmt: skip


def _hangs(rule: Rule) -> bool:
    return any(c.left not in ("action", "licence", "outputLicence") for c in rule.constraints)


def _action(name: str) -> str:
    return ODRL.get(name, f"da:{name}")


def _rule(rule: Rule) -> Json:
    stated: Json = {
        "odrl:action": {"@id": _action(rule.action)},
        "da:document": rule.clause.document,
        "da:clause": rule.clause.clause,
        "da:quote": rule.clause.quote,
    }
    if rule.clause.url is not None:
        stated["schema:url"] = rule.clause.url
    limits = [_constraint(c) for c in rule.constraints if c.left != "action"]
    if limits:
        stated["odrl:constraint"] = limits
    on = [a for c in rule.constraints if c.left == "action" for a in c.right]
    if on:
        stated["da:appliesTo"] = _ids(on)
    if rule.prior:
        stated["da:prior"] = True
    return stated


def _ids(actions: Sequence[str]) -> list[Json]:
    return [{"@id": _action(a)} for a in actions]


def _constraint(constraint: Constraint) -> Json:
    stated: Json = {
        "odrl:leftOperand": {"@id": _LEFT.get(constraint.left, f"da:{constraint.left}")},
        "odrl:operator": {"@id": _OPERATORS.get(constraint.operator, f"da:{constraint.operator}")},
        "odrl:rightOperand": list(constraint.right),
    }
    if constraint.basis is not None:
        stated["da:basis"] = constraint.basis
    return stated


def _price(price: Price) -> Json:
    return {
        "da:ownerCents": price.owner_cents,
        "da:currency": price.currency,
        "da:platformFeeCents": price.platform_fee_cents,
        "da:totalCents": price.total_cents,
    }
