"""The licence of a work adapted from two others, as far as their texts agree on one. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.phrases import ENGLISH, Phrases
from catalog_sync.clauses import Clause, Rule
from catalog_sync.licences import Licence
from catalog_sync.licences_table import accepted

Answer = Literal["compatible", "incompatible", "ask_owner"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A reason before it is worded: its text and the licences that it names."""

    key: str
    """Of a text `combine.<key>`."""
    one: str = ""
    other: str = ""

    def said(self, phrases: Phrases = ENGLISH) -> str:
        """One plain sentence."""
        return phrases.say(f"combine.{self.key}", one=self.one, other=self.other)


def pair(a: Licence, b: Licence) -> tuple[Answer, str | None, Why, Clause]:
    """The licence of a work adapted from both; symmetric."""
    if a.id == b.id:
        return "compatible", a.id, Why(key="same"), clause_on(a, "shareAlike", "use")
    for one, other in ((a, b), (b, a)):
        if other.id in accepted(one.id):
            why = Why(key="lets_out", one=one.name, other=other.name)
            return "compatible", other.id, why, clause_on(one, "shareAlike", "relicense")
    if {a.id, b.id} == _GPL2_APACHE:
        return "incompatible", None, Why(key="patents"), clause_on(a, "relicense", "use")
    bound = [x for x in (a, b) if same_licence_only(x)]
    if len(bound) == 2 and _by_steps(a, b):
        why = Why(key="third_licence", one=a.name, other=b.name)
        return "ask_owner", None, why, clause_on(a, "shareAlike", "relicense")
    if len(bound) == 2:
        why = Why(key="each_its_own", one=a.name, other=b.name)
        return "incompatible", None, why, clause_on(a, "shareAlike", "relicense")
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


def _under_bound(bound: Licence, other: Licence) -> tuple[Answer, str | None, Why, Clause]:
    if _non_commercial(other) and not _non_commercial(bound):
        why = Why(key="forbids_commerce", one=bound.name, other=other.name)
        return "incompatible", None, why, clause_on(other, "commercialize")
    if _asks_relicensing(other) or _contested(bound, other):
        why = Why(key="contested", one=other.name, other=bound.name)
        return "ask_owner", None, why, clause_on(other, "attribute", "include", "use")
    why = Why(key="leads", one=bound.name, other=other.name)
    return "compatible", bound.id, why, clause_on(bound, "shareAlike", "relicense")


def _free(a: Licence, b: Licence) -> tuple[Answer, str | None, Why, Clause]:
    """Neither demands its own licence: the stricter one leads."""
    if _asks_relicensing(a) or _asks_relicensing(b):
        asked = a if _asks_relicensing(a) else b
        why = Why(key="no_other_licence", one=asked.name)
        return "ask_owner", None, why, clause_on(asked, "obtainConsent", "use")
    leading = max((a, b), key=lambda x: (_strictness(x), x.id))
    other = b if leading is a else a
    why = Why(key="leads", one=leading.name, other=other.name)
    return "compatible", leading.id, why, clause_on(leading, "attribute", "include", "use")


_FAMILY_RANK = {"public_domain": 0, "government": 1, "community": 2, "software": 3, "odc": 4}


def _strictness(licence: Licence) -> tuple[bool, bool, bool, int, str]:
    """Listed uses, then non-commercial, then credit; a data licence before others."""
    asks = first(licence, "duty", "attribute") or first(licence, "duty", "include")
    rank = _FAMILY_RANK.get(licence.family, 5)
    version = licence.id.rsplit("-", 1)[-1] if licence.family == "cc" else ""
    listed = first(licence, "duty", "passOnRestrictions") is not None
    return listed, _non_commercial(licence), asks is not None, rank, version


def _non_commercial(licence: Licence) -> bool:
    return first(licence, "prohibition", "commercialize", with_conditions=False) is not None


def same_licence_only(licence: Licence) -> bool:
    """Whether the text binds adaptations to itself."""
    return first(licence, "prohibition", "relicense") is not None


def _asks_relicensing(licence: Licence) -> bool:
    return not same_licence_only(licence) and first(licence, "permission", "relicense") is None


def _contested(bound: Licence, other: Licence) -> bool:
    """Attribution clauses of Creative Commons 4.0 and the ODbL differ; practice is to ask."""
    return bound.family == "odc" and other.family == "cc"


def first(licence: Licence, kind: str, action: str, *, with_conditions: bool = True) -> Rule | None:
    """The first rule of that kind on that action; without conditional ones if told so."""
    return next(
        (
            r
            for r in licence.rules
            if r.kind == kind and r.action == action and (with_conditions or not conditional(r))
        ),
        None,
    )


def conditional(rule: Rule) -> bool:
    """Whether a rule hangs on who one is or on what was stated."""
    return any(c.left not in ("action", "licence", "outputLicence") for c in rule.constraints)


def clause_on(licence: Licence, *actions: str) -> Clause:
    """Where the licence speaks of the first of these actions that it speaks of at all."""
    for action in actions:
        for rule in licence.rules:
            if rule.action == action:
                return rule.clause
    return licence.rules[0].clause
