"""May these be put together, and under which licence does the result go out? Pure, commutative.

The result needs one licence that every input accepts. Where none can be named with certainty
the owners are asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal

from assistant.terms.acts import duty_text
from assistant.terms.values import Duty, Outcome
from catalog_sync.clauses import Clause, Rule, StatedTerms, Terms
from catalog_sync.licences import Licence, alternatives, row
from catalog_sync.licences_table import accepted
from catalog_sync.terms import derive

Scenario = Literal["merged", "collection", "model"]
Answer = Literal["compatible", "incompatible", "ask_owner"]
_WORST: tuple[Answer, ...] = ("compatible", "ask_owner", "incompatible")
_SAME_DUTIES = (
    "attribute", "include", "inform", "nonCommercialOnly", "provideBenefit", "verifyRecipients",
    "passOnRestrictions", "shareAlike",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CombineReason:
    """Why, with the words it rests on."""

    outcome: Answer
    why: str
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """The answer for two or more inputs; `reasons` is never empty."""

    outcome: Answer
    result_licence: str | None
    """SPDX expression under which the result may go out; None where none does for certain."""
    reasons: tuple[CombineReason, ...]
    duties: tuple[Duty, ...] = ()


def combine(a: Terms | str, b: Terms | str, *, scenario: Scenario = "merged") -> Combination:
    """Two inputs, as terms or as a licence's name, put together as `scenario` says.

    "merged": one derived dataset; "model": one model trained on both; "collection": side by side,
    each part under its own licence.
    """
    return combine_all((a, b), scenario=scenario)


def combine_all(inputs: Sequence[Terms | str], *, scenario: Scenario = "merged") -> Combination:
    """Two or more inputs; the order does not matter. Raises ValueError on an empty sequence."""
    if not inputs:
        raise ValueError("nothing to combine: at least one licence or one dataset's terms needed")
    terms = [_terms(i) for i in inputs]
    if scenario == "collection":
        return _collection(terms)
    ways = list(product(*(_ways(t) for t in terms)))
    answers = [_merge(tuple(i for leaves in way for i in leaves), terms) for way in ways]
    return min(answers, key=lambda c: (_WORST.index(c.outcome), str(c.result_licence), str(c)))


def _terms(stated: Terms | str) -> Terms:
    return derive(StatedTerms(licences=(stated,))) if isinstance(stated, str) else stated


def _ways(terms: Terms) -> tuple[tuple[str | None, ...], ...]:
    return alternatives(terms.licence) if terms.licence else ((None,),)


def _merge(leaves: Sequence[str | None], terms: Sequence[Terms]) -> Combination:
    barred = [*_unknown(leaves), *_closed(leaves), *_extra(terms)]
    rows = sorted({r.id: r for r in map(_row, leaves) if r is not None}.values(), key=_id)
    if barred:
        worst = max((b.outcome for b in barred), key=_WORST.index)
        return Combination(outcome=worst, result_licence=None, reasons=_sorted(barred))
    duties = tuple(dict.fromkeys(d for r in rows for d in _duties(r)))
    pairs = [_reason(*_pair(a, b)) for a, b in combinations(rows, 2)] or [_alone(rows[0])]
    answer = max((p.outcome for p in pairs), key=_WORST.index)
    result = _result(rows) if answer == "compatible" else None
    return Combination(outcome=answer, result_licence=result, reasons=_sorted(pairs), duties=duties)


def _alone(only: Licence) -> CombineReason:
    why = f"Everything is under {only.name}."
    clause = _clause(only, "shareAlike", "relicense", "use")
    return CombineReason(outcome="compatible", why=why, clause=clause)


def _reason(outcome: Answer, _: str | None, why: str, clause: Clause) -> CombineReason:
    return CombineReason(outcome=outcome, why=why, clause=clause)


def _result(rows: Sequence[Licence]) -> str:
    """The licence that is left when each pair hands on the one it agrees to."""
    held = rows[0]
    for other in rows[1:]:
        agreed = _pair(held, other)[1]
        held = row(agreed or "") or held
    return held.id


def _row(leaf: str | None) -> Licence | None:
    return row(leaf) if leaf else None


def _id(licence: Licence) -> str:
    return licence.id


def _sorted(reasons: Sequence[CombineReason]) -> tuple[CombineReason, ...]:
    unique = dict.fromkeys(reasons)
    return tuple(sorted(unique, key=lambda r: (-_WORST.index(r.outcome), r.why, str(r.clause))))


def _duties(licence: Licence) -> tuple[Duty, ...]:
    wanted = [r for r in licence.rules if r.kind == "duty" and r.action in _SAME_DUTIES]
    return tuple(
        Duty(action=r.action, text=duty_text(r.action), clause=r.clause)
        for r in sorted(wanted, key=lambda r: r.action)
    )


def _unknown(leaves: Sequence[str | None]) -> list[CombineReason]:
    found = []
    for leaf in leaves:
        if _row(leaf) is None:
            name = leaf or "no licence that could be read"
            clause = Clause(document="licence", clause="nothing on combining", quote=name)
            why = "One part has no licence whose rules are known."
            found.append(CombineReason(outcome="ask_owner", why=why, clause=clause))
    return found


def _closed(leaves: Sequence[str | None]) -> list[CombineReason]:
    """Inputs that let nobody share an adaptation, or not everybody, or only after asking."""
    rows = [r for r in map(_row, leaves) if r is not None]
    found = []
    for licence in rows:
        bar = _first(licence, "prohibition", "shareAdapted", conditional=False)
        if bar is not None and licence.family != "community_led":
            why = f"{licence.name} lets nobody share an adapted version."
            found.append(CombineReason(outcome="incompatible", why=why, clause=bar.clause))
        elif _first(licence, "permission", "shareAdapted") is None:
            clause = _clause(licence, "obtainConsent", "use")
            why = f"{licence.name} does not let everybody share an adapted version: ask first."
            found.append(CombineReason(outcome="ask_owner", why=why, clause=clause))
    return [*found, *_not_for_all(rows)]


def _not_for_all(rows: Sequence[Licence]) -> list[CombineReason]:
    """A part that is not free for everybody does not fit one that must stay so."""
    found = []
    for tied, free in product(rows, rows):
        if tied.id != free.id and _tied(tied) and _same_licence_only(free) and not _tied(free):
            why = f"{tied.name} is not free for everybody and every use; {free.name} has to be."
            clause = _clause(tied, "commercialize", "passOnRestrictions", "obtainConsent", "use")
            found.append(CombineReason(outcome="incompatible", why=why, clause=clause))
    return found


def _tied(licence: Licence) -> bool:
    """Whether what one may do hangs on who one is, on a permission, or on listed uses."""
    grant = _first(licence, "permission", "shareAdapted")
    tied_grant = grant is None or _conditional(grant)
    restricted = _first(licence, "duty", "passOnRestrictions") is not None
    return restricted or (tied_grant and licence.family == "community_led")


def _extra(terms: Sequence[Terms]) -> list[CombineReason]:
    """What datasheets, platforms and labels add to the licences."""
    found = []
    for rule in (r for t in terms for r in t.rules if r.clause.document != "licence"):
        if rule.kind == "prohibition" and rule.action in ("shareAdapted", "modify"):
            why = "The owner rules out adapted versions."
            found.append(CombineReason(outcome="incompatible", why=why, clause=rule.clause))
        elif rule.kind == "prohibition" and rule.action == "distribute":
            why = "Passing the data on is ruled out beside the licence: ask before you merge it."
            found.append(CombineReason(outcome="ask_owner", why=why, clause=rule.clause))
        elif rule.action == "obtainConsent" and rule.clause.document == "label":
            why = "A community's label asks that its holders be asked."
            found.append(CombineReason(outcome="ask_owner", why=why, clause=rule.clause))
    return found


def _pair(a: Licence, b: Licence) -> tuple[Answer, str | None, str, Clause]:
    """The licence of a work adapted from both; symmetric."""
    if a.id == b.id:
        return (
            "compatible",
            a.id,
            "Both are under the same licence.",
            _clause(a, "shareAlike", "use"),
        )
    for one, other in ((a, b), (b, a)):
        if other.id in accepted(one.id):
            why = f"{one.name} lets adaptations go out under {other.name}."
            return "compatible", other.id, why, _clause(one, "shareAlike", "relicense")
    if {a.id, b.id} == _GPL2_APACHE:
        why = "The Apache License's patent terms do not fit the GPL in version 2."
        return "incompatible", None, why, _clause(a, "relicense", "use")
    bound = [x for x in (a, b) if _same_licence_only(x)]
    if len(bound) == 2 and _by_steps(a, b):
        why = f"{a.name} and {b.name} meet only through a third licence: ask the owner."
        return "ask_owner", None, why, _clause(a, "shareAlike", "relicense")
    if len(bound) == 2:
        why = f"{a.name} and {b.name} each demand their own licence for the result."
        return "incompatible", None, why, _clause(a, "shareAlike", "relicense")
    if len(bound) == 1:
        return _under_bound(bound[0], b if bound[0] is a else a)
    return _free(a, b)


_GPL2_APACHE = {"Apache-2.0", "GPL-2.0-only"}


def _by_steps(a: Licence, b: Licence) -> bool:
    """Whether one reaches the other over a licence in between."""
    return any(
        last.id in accepted(middle)
        for first, last in ((a, b), (b, a))
        for middle in accepted(first.id)
    )


def _under_bound(bound: Licence, other: Licence) -> tuple[Answer, str | None, str, Clause]:
    if _non_commercial(other) and not _non_commercial(bound):
        why = f"{bound.name} must stay free for commercial use; {other.name} forbids it."
        return "incompatible", None, why, _clause(other, "commercialize")
    if _asks_relicensing(other) or _contested(bound, other):
        why = f"Whether {other.name} can go out under {bound.name} is contested: ask its owner."
        return "ask_owner", None, why, _clause(other, "attribute", "include", "use")
    why = f"The result goes out under {bound.name}; the duties of {other.name} are kept."
    return "compatible", bound.id, why, _clause(bound, "shareAlike", "relicense")


def _free(a: Licence, b: Licence) -> tuple[Answer, str | None, str, Clause]:
    """Neither demands its own licence: the stricter one leads."""
    if _asks_relicensing(a) or _asks_relicensing(b):
        asked = a if _asks_relicensing(a) else b
        why = f"{asked.name} does not say that its data may go out under another licence."
        return "ask_owner", None, why, _clause(asked, "obtainConsent", "use")
    leading = max((a, b), key=lambda x: (_strictness(x), x.id))
    other = b if leading is a else a
    why = f"The result goes out under {leading.name}; the duties of {other.name} are kept."
    return "compatible", leading.id, why, _clause(leading, "attribute", "include", "use")


_FAMILY_RANK = {"public_domain": 0, "government": 1, "community": 2, "software": 3, "odc": 4}


def _strictness(licence: Licence) -> tuple[bool, bool, bool, int, str]:
    """Listed uses, then non-commercial, then credit; a data licence before others."""
    asks = _first(licence, "duty", "attribute") or _first(licence, "duty", "include")
    rank = _FAMILY_RANK.get(licence.family, 5)
    version = licence.id.rsplit("-", 1)[-1] if licence.family == "cc" else ""
    listed = _first(licence, "duty", "passOnRestrictions") is not None
    return listed, _non_commercial(licence), asks is not None, rank, version


def _non_commercial(licence: Licence) -> bool:
    return _first(licence, "prohibition", "commercialize", conditional=False) is not None


def _same_licence_only(licence: Licence) -> bool:
    """Whether the text binds adaptations to itself."""
    return _first(licence, "prohibition", "relicense") is not None


def _asks_relicensing(licence: Licence) -> bool:
    return not _same_licence_only(licence) and _first(licence, "permission", "relicense") is None


def _contested(bound: Licence, other: Licence) -> bool:
    """Attribution clauses of Creative Commons 4.0 and the ODbL differ; practice is to ask."""
    return bound.family == "odc" and other.family == "cc"


def _first(licence: Licence, kind: str, action: str, *, conditional: bool = True) -> Rule | None:
    return next(
        (
            r
            for r in licence.rules
            if r.kind == kind and r.action == action and (conditional or not _conditional(r))
        ),
        None,
    )


def _conditional(rule: Rule) -> bool:
    return any(c.left not in ("action", "licence", "outputLicence") for c in rule.constraints)


def _clause(licence: Licence, *actions: str) -> Clause:
    for action in actions:
        for rule in licence.rules:
            if rule.action == action:
                return rule.clause
    return licence.rules[0].clause


def _collection(terms: Sequence[Terms]) -> Combination:
    """Side by side: each part keeps its licence, so each has to allow being passed on."""
    reasons: list[CombineReason] = []
    for one in terms:
        known = [_row(leaf) for way in _ways(one) for leaf in way]
        reasons.append(_passed_on(one, [k for k in known if k is not None], len(known)))
    outcome = max((r.outcome for r in reasons), key=_WORST.index)
    names = sorted({t.licence for t in terms if t.licence})
    result = " AND ".join(f"({n})" if " OR " in n else n for n in names)
    return Combination(
        outcome=outcome,
        result_licence=result if outcome == "compatible" else None,
        reasons=_sorted(reasons),
    )


def _passed_on(terms: Terms, known: Sequence[Licence], expected: int) -> CombineReason:
    for rule in terms.rules:
        if rule.kind == "prohibition" and rule.action == "distribute":
            if not _conditional(rule):
                why = "One part may not be passed on."
                return CombineReason(outcome="incompatible", why=why, clause=rule.clause)
    if not known or len(known) < expected:
        clause = Clause(
            document="licence",
            clause="nothing on passing on",
            quote="; ".join(terms.licence_stated) or "no licence is stated",
        )
        why = "One part has no licence whose rules are known."
        return CombineReason(outcome="ask_owner", why=why, clause=clause)
    for licence in known:
        allowed = _first(licence, "permission", "distribute", conditional=False)
        if allowed is None:
            why = f"{licence.name} does not let everybody pass the data on."
            clause = _clause(licence, "distribute", "obtainConsent")
            return CombineReason(outcome="ask_owner", why=why, clause=clause)
    why = f"{known[0].name} lets its part be passed on unchanged, under its own licence."
    return CombineReason(outcome="compatible", why=why, clause=_clause(known[0], "distribute"))


def as_outcome(answer: Answer) -> Outcome:
    """The verdict's word for an answer on combining."""
    words: dict[Answer, Outcome] = {
        "compatible": "allowed_with_conditions",
        "incompatible": "not_allowed",
        "ask_owner": "ask_owner",
    }
    return words[answer]
