"""Licence, datasheet, platform, price and access of one dataset as `Terms`; silence stays silence.

`derive` adds the sources up and judges nothing: that is `assistant.terms`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cache

from pydantic import TypeAdapter

from catalog_sync import licences, phrases
from catalog_sync.clauses import Clause, Constraint, Rule, StatedTerms, Terms
from catalog_sync.qualities import qualities
from catalog_sync.terms_around import around, duty

__all__ = ["derive", "fingerprint", "forbidden", "qualities"]

_TERMS: TypeAdapter[Terms] = TypeAdapter(Terms)
_SHORT = 60
"""A licence text up to this many characters may be a name alone; a longer one never is."""
_FOR_PROFIT = ("commercialize", "sellModel", "closeModel")


def derive(stated: StatedTerms) -> Terms:
    """The terms that `stated` amounts to."""
    expression, texts = _expression(stated)
    rules: list[Rule] = list(_licence_rules(expression))
    unread: list[Clause] = []
    for text in texts:
        found, left = _from_licence_text(text, stated, expression)
        rules.extend(found)
        unread.extend(left)
    if expression is None:
        expression, granted = _granted(texts, stated.url)
        rules.extend(granted)
        quoted = {r.clause.quote for r in granted}
        unread = [c for c in unread if c.quote not in quoted]
    for field, text in stated.datasheet:
        reading = phrases.read(field, text, url=stated.url, document="datasheet")
        rules.extend(reading.rules)
        unread.extend(c for c in reading.unread if not _names(c.quote, expression))
    rules.extend(around(stated))
    return Terms(
        licence=expression,
        licence_stated=stated.licences,
        licence_url=stated.licence_url or _url(expression),
        rules=tuple(dict.fromkeys(rules)),
        access=stated.access,
        price=stated.price,
        platform=stated.platform,
        labels=stated.labels,
        unparsed=tuple(dict.fromkeys(unread)),
    )


@cache
def fingerprint(terms: Terms) -> str:
    """16 hex digits, equal for equal terms whatever the order of their rules."""
    parts = sorted(_RULE.dump_json(r).decode() for r in terms.rules)
    rest = _TERMS.dump_json(terms, exclude={"rules", "licence_stated"}).decode()
    return hashlib.sha256("\n".join([rest, *parts]).encode()).hexdigest()[:16]


_RULE: TypeAdapter[Rule] = TypeAdapter(Rule)


def _expression(stated: StatedTerms) -> tuple[str | None, tuple[str, ...]]:
    """The expression all statements give together, and the texts worth reading further."""
    named: list[str] = []
    for text in (*stated.licences, stated.licence_url or ""):
        found = licences.read(text) if text.strip() else None
        if found is None:
            continue
        if stated.platform == "mdc":
            found = _as_listed_by_the_collective(found)
        parts = found.split(" AND ") if " OR " not in found else [found]
        named.extend(p for p in parts if p not in named)
    whole = [n for n in named if not _covered(n, named)]
    joined = " AND ".join(f"({n})" if " OR " in n and len(whole) > 1 else n for n in whole)
    return joined or None, tuple(t for t in stated.licences if t.strip())


def _as_listed_by_the_collective(expression: str) -> str:
    """The collective offers Creative Commons licences in version 4.0 only, and names them short."""
    if expression.startswith("LicenseRef-CC-") and not any(c.isdigit() for c in expression):
        return f"{expression.removeprefix('LicenseRef-')}-4.0"
    return expression


def _covered(name: str, named: Sequence[str]) -> bool:
    """Whether an unversioned Creative Commons name is spelt out in full by another one."""
    plain = name.removeprefix("LicenseRef-")
    if not name.startswith("LicenseRef-CC-") or any(c.isdigit() for c in name):
        return False
    return any(o.startswith(f"{plain}-") and o[len(plain) + 1].isdigit() for o in named)


def _url(expression: str | None) -> str | None:
    row = licences.row(expression) if expression else None
    return row.url if row else None


def _licence_rules(expression: str | None) -> Iterator[Rule]:
    """The table's rules for each licence of the expression, marked with the licence if several."""
    if expression is None:
        return
    ways = licences.alternatives(expression)
    leaves = list(dict.fromkeys(leaf for way in ways for leaf in way))
    for leaf in leaves:
        row = licences.row(leaf)
        mark = (
            (Constraint(left="licence", operator="eq", right=(leaf,)),) if len(leaves) > 1 else ()
        )
        for rule in row.rules if row else ():
            yield Rule(
                kind=rule.kind,
                action=rule.action,
                clause=rule.clause,
                constraints=(*mark, *rule.constraints),
                prior=rule.prior,
            )


def _from_licence_text(
    text: str, stated: StatedTerms, expression: str | None
) -> tuple[tuple[Rule, ...], tuple[Clause, ...]]:
    """What a licence field says beyond the licence's name."""
    if licences.is_nothing(text) or (
        len(text) <= _SHORT and expression is not None and not licences.beyond_names(text)
    ):
        return (), ()
    reading = phrases.read("License", text, url=stated.url, document="datasheet")
    rules = reading.rules
    grant = phrases.statement(text)
    if grant is not None and "commercialize" in grant.permits:
        # "You may use it for non-commercial purposes. You may use it for commercial purposes."
        rules = tuple(r for r in rules if "non" not in r.clause.quote.lower() or not _may(r))
    # The name of the licence itself is no extra limit: "Attribution-NonCommercial" is in the table.
    if expression is not None:
        rules = tuple(r for r in rules if licences.read(r.clause.quote) is None or _adds(r))
    wording = phrases.table().statements
    extra: list[Rule] = []
    for sentence in phrases.sentences(text):
        clause = Clause(document="datasheet", clause="License", quote=sentence, url=stated.url)
        if phrases.hit(wording.partial, sentence):
            extra.append(duty("checkPart", clause))
        if _narrows(sentence):
            # "MIT, for research": the name grants what the words narrow, so the owner has to say.
            extra.append(duty("obtainConsent", clause, *_FOR_PROFIT, prior=True))
        if licences.mentioned(sentence) and phrases.hit(wording.covering, sentence):
            extra.append(duty("obtainConsent", clause, prior=True))
    left = tuple(c for c in reading.unread if licences.read(c.quote) is None)
    return (*rules, *extra), left


def _narrows(sentence: str) -> bool:
    """Whether words beside a licence's name keep it to some purpose or some people."""
    if not licences.mentioned(sentence) or not licences.beyond_names(sentence):
        return False
    return phrases.hit(phrases.table().statements.narrowing, re.sub(r"https?://\S+", " ", sentence))


def _may(rule: Rule) -> bool:
    """Whether the sentence grants something rather than limits it."""
    said = rule.clause.quote.lower()
    return " may " in f" {said} " and "only" not in said and " not " not in said


def _names(text: str, expression: str | None) -> bool:
    """Whether the sentence names the licence that is known already, and no other."""
    named = {n.removeprefix("LicenseRef-") for n in licences.mentioned(text)}
    if not named or expression is None:
        return False
    ways = licences.alternatives(expression)
    known = {leaf.removeprefix("LicenseRef-") for way in ways for leaf in way}
    return all(any(k == n or k.startswith(f"{n}-") for k in known) for n in named)


def _adds(rule: Rule) -> bool:
    """Whether a limit goes beyond what the licence named in the same sentence says anyway."""
    named = licences.read(rule.clause.quote)
    rows = [licences.row(i) for way in licences.alternatives(named) for i in way] if named else []
    own = {(r.kind, r.action) for row in rows if row for r in row.rules}
    return (rule.kind, rule.action) not in own


def _granted(texts: Sequence[str], url: str | None) -> tuple[str | None, tuple[Rule, ...]]:
    """The owner's own grant, where no licence is named: it rests on the sentence, no further."""
    wording = phrases.table().statements
    for text in texts:
        grant = phrases.statement(text)
        if grant is None:
            continue
        sentence = next(s for s in phrases.sentences(text) if phrases.hit(grant.patterns, s))
        clause = Clause(document="licence", clause="License", quote=sentence, url=url)
        rules = [Rule(kind="permission", action=a, clause=clause) for a in grant.permits]
        if grant.duty:
            rules.append(duty(grant.duty, clause))
        credit = [s for s in phrases.sentences(text) if phrases.hit(wording.credit_required, s)]
        asked = [s for s in phrases.sentences(text) if phrases.hit(wording.credit_requested, s)]
        for action, found in (("attribute", credit), ("creditAsRequested", asked)):
            for said in found:
                credit_clause = Clause(document="licence", clause="License", quote=said, url=url)
                rules.append(duty(action, credit_clause))
        if credit:
            rules = [r for r in rules if r.action != "omitAttribution"]
        return grant.id, tuple(rules)
    return None, ()


def forbidden(name: str, *, url: str | None = None) -> tuple[Rule, ...]:
    """The rules of a datasheet that forbids the topic `name` of the phrase table.

    `<topic>_without_permission` falls with the owner's permission. A name outside the table
    cannot be read: it makes every use a question to the owner.
    """
    topic_name, _, condition = name.strip().partition("_without_")
    clause = Clause(document="datasheet", clause="Forbidden usage", quote=name.strip(), url=url)
    for topic in phrases.table().topic:
        if topic.name == topic_name:
            return tuple(phrases.from_topic(topic, clause, liftable=bool(condition)))
    known = tuple(
        phrases.read("forbiddenUsage", name.replace("_", " "), url=url, document="datasheet").rules
    )
    return known or (duty("obtainConsent", clause, prior=True),)
