"""An owner's approval as rules that the terms engine weighs: for that person, use and time only.

Pure. What was not asked for is not granted, and a grant ends with the terms it was given on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from assistant.access.values import AccessRequest
from assistant.terms.acts import NEEDS
from assistant.terms.worded import granted_place
from assistant.use import Use
from catalog_sync.clauses import Clause, Constraint, Rule, Terms

_OF_THE_SPEAKERS = frozenset({"cloneVoice", "reidentify"})
"""What rests on the rights of the people recorded: no owner's approval gives it."""
_ASKED = "requestAccess"
"""The duty to ask the owner."""


def with_grants(
    terms: Terms, requests: Iterable[AccessRequest], use: Use, *, fingerprint: str, today: date
) -> Terms:
    """The terms with what these approved requests of one person add to them for this use.

    `fingerprint` is that of the terms as they stand: approval on others adds nothing.
    """
    rules = tuple(
        rule
        for request in requests
        if applies(request, use, fingerprint=fingerprint, today=today)
        for rule in _rules(request)
    )
    if not rules:
        return terms
    # Access was asked for and given: that is no duty any more.
    kept = (rule for rule in terms.rules if not (rule.kind == "duty" and rule.action == _ASKED))
    return replace(terms, rules=(*kept, *rules))


def applies(request: AccessRequest, use: Use, *, fingerprint: str, today: date) -> bool:
    """Whether an approval speaks of this use, today, on these terms."""
    asked = request.judged.verdict.use
    told = (
        (use.from_country, asked.from_country), (use.hq_country, asked.hq_country),
        (use.organisation, asked.organisation),
    )  # fmt: skip
    return (
        request.state == "approved"
        and (request.until is None or today <= request.until)
        and request.judged.terms_fingerprint == fingerprint
        and bool(use.acts)
        and set(use.acts) <= set(asked.acts)
        # What is unsaid now is as this person said it in the request; the clause names it.
        and all(now is None or now == then for now, then in told)
        and use.output_licence is None
    )


def _rules(request: AccessRequest) -> Iterator[Rule]:
    day = request.decided_at.date().isoformat() if request.decided_at else None
    clause = Clause(
        document="grant",
        clause=granted_place(request.id, day, _bounds(request)),
        quote=request.conditions or request.reason or "approved",
    )
    acts = request.judged.verdict.use.acts
    actions = tuple(
        dict.fromkeys(
            action for act in acts for action in NEEDS[act] if action not in _OF_THE_SPEAKERS
        )
    )
    for action in actions:
        yield Rule(kind="permission", action=action, clause=clause)
    if request.conditions:
        due_on = Constraint(left="action", operator="isAnyOf", right=actions)
        yield Rule(kind="duty", action="keepConditions", clause=clause, constraints=(due_on,))


def _bounds(request: AccessRequest) -> tuple[str, ...]:
    """For whom and where it was granted, as the request said."""
    asked = request.judged.verdict.use
    return tuple(each for each in (asked.from_country, asked.organisation) if each)
