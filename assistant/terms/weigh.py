"""One act under one licence: prohibitions, then permissions, then duties, each with its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.terms.acts import NEEDS
from assistant.terms.facts import NOT_GENERATIVE, Situation, holds
from assistant.terms.values import SEVERITY, Duty, Missing, Outcome, Reason
from assistant.terms.worded import duty_in_english, question_in_english, stated_fact, why
from assistant.use import Act
from catalog_sync.clauses import Clause, Rule
from catalog_sync.phrases import touches


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The answer to one act, or to several joined."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    duties: tuple[Duty, ...] = ()
    missing: tuple[Missing, ...] = ()


def worst(outcomes: Sequence[Outcome]) -> Outcome:
    """The outcome that wins where several sources or acts count together."""
    return max(outcomes, key=SEVERITY.index)


def join(parts: Sequence[Weighed]) -> Weighed:
    """Several answers that all count: the worst outcome, everything that was said."""
    return Weighed(
        outcome=worst([p.outcome for p in parts]),
        reasons=tuple(dict.fromkeys(r for p in parts for r in p.reasons)),
        duties=tuple(dict.fromkeys(d for p in parts for d in p.duties)),
        missing=tuple(dict.fromkeys(m for p in parts for m in p.missing)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What counts for one licence of the terms: its rules, unread words, and how it is named."""

    rules: tuple[Rule, ...]
    unparsed: tuple[Clause, ...]
    silence: Clause
    """The clause to point at where nothing is said."""


def weigh(act: Act, papers: Papers, here: Situation) -> Weighed:
    """The answer to `act`."""
    if act != "use_without_attribution":
        return _weigh(act, NEEDS[act], papers, here)
    sharing = here.get("sharing")
    private = _weigh(act, ("use",), papers, here)
    shared = _weigh(act, ("use", "omitAttribution"), papers, here)
    if sharing is not None:
        return shared if sharing == "yes" else private
    usable = ("allowed", "allowed_with_conditions")
    if private.outcome == shared.outcome or {private.outcome, shared.outcome} <= set(usable):
        return join([private, shared])
    open_question = Reason(
        act=act,
        outcome="ask_owner",
        why=why("credit_when_shared"),
        clause=shared.reasons[0].clause,
    )
    return Weighed(
        outcome=worst(["ask_owner", private.outcome]),
        reasons=(*private.reasons, open_question),
        duties=private.duties,
        missing=(_missing("sharing"), *private.missing),
    )


def _weigh(act: Act, needs: Sequence[str], papers: Papers, here: Situation) -> Weighed:
    findings = [
        *_barred(act, needs, papers, here),
        *_permitted(act, needs, papers, here),
        *_owed(act, needs, papers, here),
        *_touched(act, needs, papers),
    ]
    return join(_without_bare_silence(findings, papers))


def _without_bare_silence(findings: Sequence[Weighed], papers: Papers) -> Sequence[Weighed]:
    """Silence is pointed at only where no clause speaks against the act."""
    speaking = [f for f in findings if f.reasons[0].clause != papers.silence]
    heavy = worst([f.outcome for f in speaking]) if speaking else "allowed"
    return speaking if heavy in ("ask_owner", "not_allowed") else findings


def _finding(act: Act, outcome: Outcome, said: str, clause: Clause, *missing: str) -> Weighed:
    return Weighed(
        outcome=outcome,
        reasons=(Reason(act=act, outcome=outcome, why=said, clause=clause),),
        missing=tuple(_missing(fact) for fact in missing),
    )


def _missing(fact: str) -> Missing:
    return Missing(fact=fact, question=question_in_english(fact))


def _conditions(rule: Rule, here: Situation) -> tuple[bool | None, tuple[str, ...]]:
    """Whether all of a rule's constraints hold; None with the facts that would decide."""
    unknown: list[str] = []
    for constraint in rule.constraints:
        if constraint.left in ("action", "licence"):
            continue
        answer, fact = holds(constraint, here)
        if answer is False:
            return False, ()
        if answer is None:
            unknown.append(fact)
    return (None, tuple(unknown)) if unknown else (True, ())


def _barred(act: Act, needs: Sequence[str], papers: Papers, here: Situation) -> Iterator[Weighed]:
    watched = ("use", *needs, *(("generate",) if _generative(act, here) is not False else ()))
    for rule in papers.rules:
        if rule.kind != "prohibition" or rule.action not in watched:
            continue
        applies, unknown = _conditions(rule, here)
        if applies is False or _lifted(rule, papers, here):
            continue
        if rule.action == "generate" and _generative(act, here) is None:
            said = why("ruled_out_for_some_models", rule.action)
            yield _finding(act, "ask_owner", said, rule.clause, "trains")
        elif applies or _only_lifts(rule, here):
            said = why("ruled_out", rule.action)
            yield _finding(act, "not_allowed", said, rule.clause, *unknown)
        else:
            said = why("perhaps_ruled_out", rule.action)
            yield _finding(act, "ask_owner", said, rule.clause, *unknown)
    if "omitAttribution" in needs:
        yield from _credit_due(act, papers, here)
    if "cloneVoice" in needs and here.get("consent_of_person") == "no":
        yield _finding(act, "not_allowed", why("person_refused"), _about_people(papers))


def _about_people(papers: Papers) -> Clause:
    for rule in papers.rules:
        if (
            rule.kind == "duty"
            and "cloneVoice" in _triggers(rule)
            and rule.action == "obtainConsent"
        ):
            return rule.clause
    return papers.silence


def _only_lifts(rule: Rule, here: Situation) -> bool:
    """Whether what is unknown could only lift the prohibition: until said, it stands."""
    return all(
        c.operator == "isNoneOf" and c.left != "spatial"
        for c in rule.constraints
        if c.left not in ("action", "licence") and holds(c, here)[0] is None
    )


def _lifted(rule: Rule, papers: Papers, here: Situation) -> bool:
    """Whether a recorded grant of the owner, or commercial rights held, lifts a prohibition."""
    if rule.clause.document not in ("licence", "datasheet"):
        return False
    if rule.action == "commercialize" and here.get("commercial_rights") == "yes":
        return True
    return any(
        g.kind == "permission"
        and g.clause.document == "grant"
        and g.action == rule.action
        and _conditions(g, here)[0] is True
        for g in papers.rules
    )


def _generative(act: Act, here: Situation) -> bool | None:
    if act == "voice_cloning":
        return True
    if not NEEDS[act][0] == "train":
        return False
    trains = here.get("trains")
    if trains is None:
        return None
    return not set(re.split(r"[\s_\-/]+", trains)) & NOT_GENERATIVE


def _credit_due(act: Act, papers: Papers, here: Situation) -> Iterator[Weighed]:
    for rule in papers.rules:
        due = rule.kind == "duty" and rule.action in ("attribute", "include")
        if due and "distribute" in _triggers(rule) and not _permits(rule, papers, here):
            yield _finding(act, "not_allowed", why("credit_kept"), rule.clause)


def _permits(rule: Rule, papers: Papers, here: Situation) -> bool:
    """Whether the same paper lets the credit go while its notices stay."""
    return rule.action == "include" and any(
        r.kind == "permission" and r.action == "omitAttribution" and _conditions(r, here)[0]
        for r in papers.rules
    )


def _permitted(
    act: Act, needs: Sequence[str], papers: Papers, here: Situation
) -> Iterator[Weighed]:
    for action in needs:
        yield _permission(act, action, papers, here)


def _permission(act: Act, action: str, papers: Papers, here: Situation) -> Weighed:
    unknown: list[str] = []
    doubtful: Clause | None = None
    for rule in papers.rules:
        if rule.kind != "permission" or rule.action != action:
            continue
        applies, facts = _conditions(rule, here)
        if applies:
            return _finding(act, "allowed", why("permitted", action), rule.clause)
        if applies is None:
            unknown.extend(facts)
            doubtful = rule.clause
    by_fact = _granted_by_fact(action, here)
    if by_fact is not None:
        said = why("permission_stated", action)
        return _finding(act, "allowed_with_conditions", said, by_fact)
    if doubtful is not None:
        said = why("permitted_to_some", action)
        return _finding(act, "ask_owner", said, doubtful, *dict.fromkeys(unknown))
    facts_asked = ("consent_of_person",) if action == "cloneVoice" else ()
    return _finding(act, "ask_owner", why("silence", action), papers.silence, *facts_asked)


def _granted_by_fact(action: str, here: Situation) -> Clause | None:
    fact = {"cloneVoice": "consent_of_person", "commercialize": "commercial_rights"}.get(action)
    if fact is None or here.get(fact) != "yes":
        return None
    return Clause(document="grant", clause=stated_fact(fact), quote=f"{fact}=yes")


def _triggers(rule: Rule) -> tuple[str, ...]:
    return next((c.right for c in rule.constraints if c.left == "action"), ())


def _owed(act: Act, needs: Sequence[str], papers: Papers, here: Situation) -> Iterator[Weighed]:
    for rule in papers.rules:
        if rule.kind != "duty" or not set(_triggers(rule)) & set(needs):
            continue
        applies, unknown = _conditions(rule, here)
        if applies is False:
            continue
        yield _duty(act, rule, needs, here, unknown)


def _duty(
    act: Act, rule: Rule, needs: Sequence[str], here: Situation, unknown: tuple[str, ...]
) -> Weighed:
    text = duty_in_english(rule.action)
    outcome, said, missing = _how_met(rule, needs, here)
    return Weighed(
        outcome=outcome,
        reasons=(Reason(act=act, outcome=outcome, why=said, clause=rule.clause),),
        duties=(Duty(action=rule.action, text=text, clause=rule.clause, prior=rule.prior),),
        missing=tuple(_missing(fact) for fact in dict.fromkeys((*missing, *unknown))),
    )


def _how_met(
    rule: Rule, needs: Sequence[str], here: Situation
) -> tuple[Outcome, str, tuple[str, ...]]:
    if rule.action == "obtainConsent":
        return _consent(rule, needs, here)
    if rule.action == "provideBenefit":
        named = here.get("benefit_named")
        if named == "yes":
            return "allowed_with_conditions", duty_in_english(rule.action), ()
        missing = ("benefit_named",) if named is None else ()
        return "ask_owner", why("benefit_unnamed"), missing
    return "allowed_with_conditions", duty_in_english(rule.action), ()


def _consent(
    rule: Rule, needs: Sequence[str], here: Situation
) -> tuple[Outcome, str, tuple[str, ...]]:
    about = set(_triggers(rule)) & set(needs)
    if about == {"cloneVoice"} and here.get("consent_of_person") == "yes":
        return "allowed_with_conditions", why("consent_held"), ()
    if "reidentify" not in about and here.get("licence_obtained") == "yes":
        return "allowed_with_conditions", why("permission_held"), ()
    missing = ("consent_of_person",) if "cloneVoice" in about else ()
    return "ask_owner", why("owner_asked", next(a for a in needs if a in about)), missing


def _touched(act: Act, needs: Sequence[str], papers: Papers) -> Iterator[Weighed]:
    """Unread words of the owner that touch the act."""
    for clause in papers.unparsed:
        if touches(clause, needs):
            yield _finding(act, "ask_owner", why("unread"), clause)
