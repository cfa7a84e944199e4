"""Coarse facts on terms that a search may ask for: public domain, permissive, commercial."""

from __future__ import annotations

from catalog_sync.clauses import Qualities, Rule, Terms
from catalog_sync.licences_expression import alternatives
from catalog_sync.licences_table import row

STATED = "LicenseRef-Stated-"
STATED_FREE = ("LicenseRef-Stated-Public-Domain", "LicenseRef-Stated-Unrestricted")
_SHAPING = {"commercialize", "modify", "distribute", "shareAdapted", "relicense", "use", "train"}
_NOTHING_ASKED = {
    "obtainConsent", "checkStatus", "creditAsRequested", "checkPart", "reviewPolicy",
    "compensate", "requestAccess", "acceptAgreement", "useOwnersSite",
}  # fmt: skip
_HARMLESS = {
    "attribute", "include", "inform", "creditAsRequested", "checkStatus", "checkPart",
    "reviewPolicy", "compensate", "refrain", "requestAccess", "acceptAgreement", "useOwnersSite",
    "obtainConsent", "respectPrivacy",
}  # fmt: skip
"""Duties that leave a licence permissive: credit, notices, and what is no licence at all."""


def qualities(terms: Terms) -> Qualities:
    """What the licence lets anyone do, in coarse words; None where it cannot be said.

    Of several alternatives the best counts, of several licences that all apply the worst.
    """
    own = [r for r in terms.rules if r.clause.document in ("licence", "datasheet")]
    if terms.licence is None:
        barred = _bars(own, "commercialize")
        return Qualities(
            stated=False,
            public_domain=False if barred else None,
            permissive=False if barred else None,
            commercial=False if barred else None,
            share_alike=None,
            derivatives=None,
        )
    ways = [_together(own, leaves) for leaves in alternatives(terms.licence)]
    return max(ways, key=_openness)


def _openness(q: Qualities) -> tuple[bool, bool, bool]:
    return q.public_domain is True, q.permissive is True, q.commercial is True


def _together(rules: list[Rule], leaves: tuple[str, ...]) -> Qualities:
    """All of `leaves` apply at once."""
    each = [_one(rules, leaf, alone=len(leaves) == 1) for leaf in leaves]
    return Qualities(
        stated=True,
        public_domain=_all([q.public_domain for q in each]),
        permissive=_all([q.permissive for q in each]),
        commercial=_all([q.commercial for q in each]),
        share_alike=_any([q.share_alike for q in each]),
        derivatives=_all([q.derivatives for q in each]),
    )


def _all(values: list[bool | None]) -> bool | None:
    if False in values:
        return False
    return None if None in values else True


def _any(values: list[bool | None]) -> bool | None:
    if True in values:
        return True
    return None if None in values else False


def _one(rules: list[Rule], leaf: str, *, alone: bool) -> Qualities:
    mine = [r for r in rules if _marked(r) in (None, leaf)]
    known = row(leaf) is not None or leaf.startswith(STATED)
    free = {r.action for r in mine if r.kind == "permission" and _unconditional(r)}
    duties = {r.action for r in mine if r.kind == "duty"}
    barred = _bars(mine, "commercialize")
    if not known:
        return Qualities(
            stated=True,
            public_domain=None,
            permissive=False if barred else None,
            commercial=False if barred else None,
            share_alike=None,
            derivatives=None,
        )
    commercial = "commercialize" in free and not barred
    limits = {r.action for r in mine if r.kind == "prohibition"} & _SHAPING
    unasked = duties <= _NOTHING_ASKED and not limits
    public = commercial and unasked and ("omitAttribution" in free or leaf.startswith(STATED_FREE))
    open_terms = commercial and duties <= _HARMLESS and not limits
    permissive = public or (open_terms and {"distribute", "shareAdapted"} <= free)
    asks = any(map(_asks_first, mine))
    return Qualities(
        stated=True,
        public_domain=_unless_asked(public, asks=asks),
        permissive=_unless_asked(permissive, asks=asks),
        commercial=_unless_asked(commercial, asks=asks),
        share_alike="shareAlike" in duties,
        derivatives="shareAdapted" in free,
    )


def _marked(rule: Rule) -> str | None:
    return next((c.right[0] for c in rule.constraints if c.left == "licence"), None)


def _unconditional(rule: Rule) -> bool:
    return all(c.left in ("licence", "action") for c in rule.constraints)


def _unless_asked(granted: bool, *, asks: bool) -> bool | None:
    """What the licence grants; unknown where the owner still has to say yes to it."""
    return None if granted and asks else granted


def _asks_first(rule: Rule) -> bool:
    """Whether the owner has to be asked before the data earns money."""
    return rule.action == "obtainConsent" and any(
        c.left == "action" and "commercialize" in c.right for c in rule.constraints
    )


def _bars(rules: list[Rule], action: str) -> bool:
    return any(r.kind == "prohibition" and r.action == action for r in rules)
