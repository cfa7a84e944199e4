"""May these be put together, and under which licence does the result go out? Pure, commutative.

The result needs one licence that every input accepts. Where none can be named with certainty
the owners are asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal

from assistant.phrases import ENGLISH, Phrases
from assistant.terms.acts import duty_text
from assistant.terms.combine_pair import (
    Answer,
    Why,
    clause_on,
    conditional,
    first,
    pair,
    same_licence_only,
)
from assistant.terms.values import Duty, Outcome
from assistant.terms.worded import NO_LICENCE_STATED
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finding:
    outcome: Answer
    why: Why
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class _Joined:
    """A combination before it is worded."""

    outcome: Answer
    result_licence: str | None
    findings: tuple[_Finding, ...]
    duties: tuple[tuple[str, Clause], ...] = ()
    """(action, clause)."""

    def said(self, phrases: Phrases = ENGLISH) -> Combination:
        """In words; what it says in another language hangs on nothing but the codes."""
        return Combination(
            outcome=self.outcome,
            result_licence=self.result_licence,
            reasons=tuple(
                CombineReason(outcome=f.outcome, why=f.why.said(phrases), clause=f.clause)
                for f in self.findings
            ),
            duties=tuple(
                Duty(action=action, text=duty_text(action, phrases), clause=clause)
                for action, clause in self.duties
            ),
        )


def combine(
    a: Terms | str, b: Terms | str, *, scenario: Scenario = "merged", phrases: Phrases = ENGLISH
) -> Combination:
    """Two inputs, as terms or as a licence's name, put together as `scenario` says.

    "merged": one derived dataset; "model": one model trained on both; "collection": side by side,
    each part under its own licence.
    """
    return combine_all((a, b), scenario=scenario, phrases=phrases)


def combine_all(
    inputs: Sequence[Terms | str], *, scenario: Scenario = "merged", phrases: Phrases = ENGLISH
) -> Combination:
    """Two or more inputs; the order does not matter. Raises ValueError on an empty sequence."""
    if not inputs:
        raise ValueError("nothing to combine: at least one licence or one dataset's terms needed")
    terms = [_terms(i) for i in inputs]
    if scenario == "collection":
        return _collection(terms).said(phrases)
    ways = list(product(*(_ways(t) for t in terms)))
    answers = [_merge(tuple(i for leaves in way for i in leaves), terms) for way in ways]
    return min(answers, key=_preference).said(phrases)


def _preference(answer: _Joined) -> tuple[int, str, str]:
    """Best outcome first; then the same choice whatever the order of the inputs."""
    return _WORST.index(answer.outcome), str(answer.result_licence), str(answer.said())


def _terms(stated: Terms | str) -> Terms:
    return derive(StatedTerms(licences=(stated,))) if isinstance(stated, str) else stated


def _ways(terms: Terms) -> tuple[tuple[str | None, ...], ...]:
    return alternatives(terms.licence) if terms.licence else ((None,),)


def _merge(leaves: Sequence[str | None], terms: Sequence[Terms]) -> _Joined:
    barred = [*_unknown(leaves), *_closed(leaves), *_extra(terms)]
    rows = sorted({r.id: r for r in map(_row, leaves) if r is not None}.values(), key=_id)
    if barred:
        worst = max((b.outcome for b in barred), key=_WORST.index)
        return _Joined(outcome=worst, result_licence=None, findings=_sorted(barred))
    duties = tuple(dict.fromkeys(d for r in rows for d in _duties(r)))
    pairs = [_finding(*pair(a, b)) for a, b in combinations(rows, 2)] or [_alone(rows[0])]
    answer = max((p.outcome for p in pairs), key=_WORST.index)
    result = _result(rows) if answer == "compatible" else None
    return _Joined(outcome=answer, result_licence=result, findings=_sorted(pairs), duties=duties)


def _alone(only: Licence) -> _Finding:
    clause = clause_on(only, "shareAlike", "relicense", "use")
    return _Finding(outcome="compatible", why=Why(key="alone", one=only.name), clause=clause)


def _finding(outcome: Answer, _: str | None, why: Why, clause: Clause) -> _Finding:
    return _Finding(outcome=outcome, why=why, clause=clause)


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


def _sorted(findings: Sequence[_Finding]) -> tuple[_Finding, ...]:
    """Weightiest first, and the same order in every language."""
    unique = dict.fromkeys(findings)
    order = {f: (-_WORST.index(f.outcome), f.why.said(), str(f.clause)) for f in unique}
    return tuple(sorted(unique, key=order.__getitem__))


def _duties(licence: Licence) -> tuple[tuple[str, Clause], ...]:
    wanted = [r for r in licence.rules if r.kind == "duty" and r.action in _SAME_DUTIES]
    return tuple((r.action, r.clause) for r in sorted(wanted, key=lambda r: r.action))


def _unknown(leaves: Sequence[str | None]) -> list[_Finding]:
    found = []
    for leaf in leaves:
        if _row(leaf) is None:
            name = leaf or ENGLISH.say("verdict.no_licence_read")
            place = ENGLISH.say("verdict.silence_on_combining")
            clause = Clause(document="licence", clause=place, quote=name)
            found.append(_Finding(outcome="ask_owner", why=Why(key="unknown"), clause=clause))
    return found


def _closed(leaves: Sequence[str | None]) -> list[_Finding]:
    """Inputs that let nobody share an adaptation, or not everybody, or only after asking."""
    rows = [r for r in map(_row, leaves) if r is not None]
    found = []
    for licence in rows:
        bar = first(licence, "prohibition", "shareAdapted", with_conditions=False)
        if bar is not None and licence.family != "community_led":
            why = Why(key="nobody_shares", one=licence.name)
            found.append(_Finding(outcome="incompatible", why=why, clause=bar.clause))
        elif first(licence, "permission", "shareAdapted") is None:
            clause = clause_on(licence, "obtainConsent", "use")
            why = Why(key="not_everybody_shares", one=licence.name)
            found.append(_Finding(outcome="ask_owner", why=why, clause=clause))
    return [*found, *_not_for_all(rows)]


def _not_for_all(rows: Sequence[Licence]) -> list[_Finding]:
    """A part that is not free for everybody does not fit one that must stay so."""
    found = []
    for tied, free in product(rows, rows):
        if tied.id != free.id and _tied(tied) and same_licence_only(free) and not _tied(free):
            why = Why(key="not_for_everybody", one=tied.name, other=free.name)
            clause = clause_on(tied, "commercialize", "passOnRestrictions", "obtainConsent", "use")
            found.append(_Finding(outcome="incompatible", why=why, clause=clause))
    return found


def _tied(licence: Licence) -> bool:
    """Whether what one may do hangs on who one is, on a permission, or on listed uses."""
    grant = first(licence, "permission", "shareAdapted")
    tied_grant = grant is None or conditional(grant)
    restricted = first(licence, "duty", "passOnRestrictions") is not None
    return restricted or (tied_grant and licence.family == "community_led")


def _extra(terms: Sequence[Terms]) -> list[_Finding]:
    """What datasheets, platforms and labels add to the licences."""
    found = []
    for rule in (r for t in terms for r in t.rules if r.clause.document != "licence"):
        if rule.kind == "prohibition" and rule.action in ("shareAdapted", "modify"):
            why = Why(key="owner_rules_out")
            found.append(_Finding(outcome="incompatible", why=why, clause=rule.clause))
        elif rule.kind == "prohibition" and rule.action == "distribute":
            why = Why(key="passing_on_ruled_out")
            found.append(_Finding(outcome="ask_owner", why=why, clause=rule.clause))
        elif rule.action == "obtainConsent" and rule.clause.document == "label":
            why = Why(key="label_asks")
            found.append(_Finding(outcome="ask_owner", why=why, clause=rule.clause))
    return found


def _collection(terms: Sequence[Terms]) -> _Joined:
    """Side by side: each part keeps its licence, so each has to allow being passed on."""
    findings: list[_Finding] = []
    for one in terms:
        known = [_row(leaf) for way in _ways(one) for leaf in way]
        findings.append(_passed_on(one, [k for k in known if k is not None], len(known)))
    outcome = max((f.outcome for f in findings), key=_WORST.index)
    names = sorted({t.licence for t in terms if t.licence})
    result = " AND ".join(f"({n})" if " OR " in n else n for n in names)
    return _Joined(
        outcome=outcome,
        result_licence=result if outcome == "compatible" else None,
        findings=_sorted(findings),
    )


def _passed_on(terms: Terms, known: Sequence[Licence], expected: int) -> _Finding:
    for rule in terms.rules:
        if rule.kind == "prohibition" and rule.action == "distribute":
            if not conditional(rule):
                why = Why(key="not_passed_on")
                return _Finding(outcome="incompatible", why=why, clause=rule.clause)
    if not known or len(known) < expected:
        clause = Clause(
            document="licence",
            clause=ENGLISH.say("verdict.silence_on_passing_on"),
            quote="; ".join(terms.licence_stated) or NO_LICENCE_STATED,
        )
        why = Why(key="unknown")
        return _Finding(outcome="ask_owner", why=why, clause=clause)
    for licence in known:
        allowed = first(licence, "permission", "distribute", with_conditions=False)
        if allowed is None:
            why = Why(key="not_everybody_passes_on", one=licence.name)
            clause = clause_on(licence, "distribute", "obtainConsent")
            return _Finding(outcome="ask_owner", why=why, clause=clause)
    why = Why(key="passed_on", one=known[0].name)
    return _Finding(outcome="compatible", why=why, clause=clause_on(known[0], "distribute"))


def as_outcome(answer: Answer) -> Outcome:
    """The verdict's word for an answer on combining."""
    words: dict[Answer, Outcome] = {
        "compatible": "allowed_with_conditions",
        "incompatible": "not_allowed",
        "ask_owner": "ask_owner",
    }
    return words[answer]
