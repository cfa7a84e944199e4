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
from assistant.terms.combine_pair import (
    Answer,
    clause_on,
    conditional,
    first,
    pair,
    same_licence_only,
)
from assistant.terms.values import Duty, Outcome
from catalog_sync.clauses import Clause, StatedTerms, Terms
from catalog_sync.licences import Licence, alternatives, row
from catalog_sync.terms import derive

Scenario = Literal["merged", "collection", "model"]
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
    pairs = [_reason(*pair(a, b)) for a, b in combinations(rows, 2)] or [_alone(rows[0])]
    answer = max((p.outcome for p in pairs), key=_WORST.index)
    result = _result(rows) if answer == "compatible" else None
    return Combination(outcome=answer, result_licence=result, reasons=_sorted(pairs), duties=duties)


def _alone(only: Licence) -> CombineReason:
    why = f"Everything is under {only.name}."
    clause = clause_on(only, "shareAlike", "relicense", "use")
    return CombineReason(outcome="compatible", why=why, clause=clause)


def _reason(outcome: Answer, _: str | None, why: str, clause: Clause) -> CombineReason:
    return CombineReason(outcome=outcome, why=why, clause=clause)


def _result(rows: Sequence[Licence]) -> str:
    """The licence that is left when each pair hands on the one it agrees to."""
    held = rows[0]
    for other in rows[1:]:
        agreed = pair(held, other)[1]
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
        bar = first(licence, "prohibition", "shareAdapted", with_conditions=False)
        if bar is not None and licence.family != "community_led":
            why = f"{licence.name} lets nobody share an adapted version."
            found.append(CombineReason(outcome="incompatible", why=why, clause=bar.clause))
        elif first(licence, "permission", "shareAdapted") is None:
            clause = clause_on(licence, "obtainConsent", "use")
            why = f"{licence.name} does not let everybody share an adapted version: ask first."
            found.append(CombineReason(outcome="ask_owner", why=why, clause=clause))
    return [*found, *_not_for_all(rows)]


def _not_for_all(rows: Sequence[Licence]) -> list[CombineReason]:
    """A part that is not free for everybody does not fit one that must stay so."""
    found = []
    for tied, free in product(rows, rows):
        if tied.id != free.id and _tied(tied) and same_licence_only(free) and not _tied(free):
            why = f"{tied.name} is not free for everybody and every use; {free.name} has to be."
            clause = clause_on(tied, "commercialize", "passOnRestrictions", "obtainConsent", "use")
            found.append(CombineReason(outcome="incompatible", why=why, clause=clause))
    return found


def _tied(licence: Licence) -> bool:
    """Whether what one may do hangs on who one is, on a permission, or on listed uses."""
    grant = first(licence, "permission", "shareAdapted")
    tied_grant = grant is None or conditional(grant)
    restricted = first(licence, "duty", "passOnRestrictions") is not None
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
            if not conditional(rule):
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
        allowed = first(licence, "permission", "distribute", with_conditions=False)
        if allowed is None:
            why = f"{licence.name} does not let everybody pass the data on."
            clause = clause_on(licence, "distribute", "obtainConsent")
            return CombineReason(outcome="ask_owner", why=why, clause=clause)
    why = f"{known[0].name} lets its part be passed on unchanged, under its own licence."
    return CombineReason(outcome="compatible", why=why, clause=clause_on(known[0], "distribute"))


def as_outcome(answer: Answer) -> Outcome:
    """The verdict's word for an answer on combining."""
    words: dict[Answer, Outcome] = {
        "compatible": "allowed_with_conditions",
        "incompatible": "not_allowed",
        "ask_owner": "ask_owner",
    }
    return words[answer]
