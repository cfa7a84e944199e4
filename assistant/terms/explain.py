"""Verdicts in plain words, in three lengths; credits ready to copy. For readers of no licence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.terms.acts import ACTION_WORDS, WORDS, duty_text
from assistant.terms.facts import with_facts
from assistant.terms.values import SEVERITY, Outcome, Reason, Verdict
from assistant.terms.verdict import judge
from assistant.use import Act, Use
from catalog_sync.card import DatasetCard
from catalog_sync.clauses import Clause, Price, Rule, Terms
from catalog_sync.licences import alternatives, row

NOT_ADVICE = "This is a reading of the published terms, not legal advice."
_BADGES: dict[Outcome, str] = {
    "allowed": "Allowed",
    "allowed_with_conditions": "Allowed, with conditions",
    "not_allowed": "Not allowed",
    "ask_owner": "Ask the owner",
}
_OPENINGS: dict[Outcome, str] = {
    "allowed": "Yes: you may {what}.",
    "allowed_with_conditions": "Yes, if you keep to some conditions: you may {what}.",
    "not_allowed": "No: the terms do not let you {what}.",
    "ask_owner": "Not clear from the published terms: ask the owner whether you may {what}.",
}


def badge(verdict: Verdict) -> str:
    """Two or three words."""
    return _BADGES[verdict.outcome]


def paragraph(verdict: Verdict, terms: Terms) -> str:
    """A few sentences: the answer, its main reason, what to do, what it costs."""
    parts = [_OPENINGS[verdict.outcome].format(what=_what(verdict.use))]
    main = verdict.reasons[0]
    if verdict.outcome in ("not_allowed", "ask_owner"):
        parts.append(_sentence(main.why))
    parts.append(_source(main.clause, terms))
    parts.extend(_to_do(verdict))
    if verdict.missing:
        parts.append("To say more: " + " ".join(m.question for m in verdict.missing))
    if terms.price is not None:
        parts.append(price(terms.price))
    parts.extend(verdict.platform_notes)
    if verdict.also_says:
        parts.append("The owner also says: " + " ".join(f"“{c.quote}”" for c in verdict.also_says))
    return " ".join(dict.fromkeys(parts))


def _to_do(verdict: Verdict) -> list[str]:
    """The duties worth saying in brief: all where one may, only those to meet first otherwise."""
    if verdict.outcome == "not_allowed":
        return []
    may = verdict.outcome == "allowed_with_conditions"
    return [d.text for d in verdict.duties if (may or d.prior) and d.action != "obtainConsent"]


def reasoning(verdict: Verdict, terms: Terms) -> str:
    """Everything, one line each: the answer, each reason with its words, duties, open facts."""
    lines = [f"{badge(verdict)}: {_what(verdict.use)}", _licence_line(terms)]
    lines += [f"- {_reason(r)}" for r in verdict.reasons]
    if verdict.duties:
        lines.append("What you have to do:")
        first = {True: "first: ", False: ""}
        lines += dict.fromkeys(
            f"- {first[d.prior]}{d.text} ({_where(d.clause)})" for d in verdict.duties
        )
    if verdict.missing:
        lines.append("What decides and was not said:")
        lines += [f"- {m.question} ({m.fact}=...)" for m in verdict.missing]
    if terms.price is not None:
        lines.append(price(terms.price))
    lines += [f"Platform: {note}" for note in verdict.platform_notes]
    lines += [f"The owner also says: “{c.quote}” ({c.clause})" for c in verdict.also_says]
    lines.append(NOT_ADVICE)
    return "\n".join(lines)


def price(stated: Price) -> str:
    """The owner's price and the platform's fee apart, with the total where it is known."""
    owner = f"The owner's price is {_money(stated.owner_cents, stated.currency)}"
    if stated.platform_fee_cents is None:
        return f"{owner}; the platform adds a fee that is not stated."
    fee = _money(stated.platform_fee_cents, stated.currency)
    total = _money(stated.owner_cents + stated.platform_fee_cents, stated.currency)
    return f"{owner}, the platform's fee {fee}: {total} in all."


def _money(cents: int, currency: str) -> str:
    return f"{cents / 100:,.2f} {currency}"


def _what(use: Use) -> str:
    acts: tuple[Act, ...] = use.acts or ("read_download",)
    words = [WORDS[a] for a in acts]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _source(clause: Clause, terms: Terms) -> str:
    named = terms.licence or "the terms"
    where = {
        "licence": f"That is in the licence ({named}, {clause.clause})",
        "datasheet": "That is in the owner's datasheet",
        "platform": "That is a rule of the platform",
        "price": "That is the owner's price",
        "access": "That is how access works here",
        "label": "That is a label of the community",
        "grant": "That rests on what you stated",
        "law_note": "That rests on what you stated",
    }[clause.document]
    return f"{where}: “{clause.quote}”."


def _reason(reason: Reason) -> str:
    return (
        f"{WORDS[reason.act]}: {_BADGES[reason.outcome].lower()}. {_sentence(reason.why)} "
        f"“{reason.clause.quote}” ({_where(reason.clause)})"
    )


def _where(clause: Clause) -> str:
    place = f"{clause.document}, {clause.clause}"
    return f"{place}, {clause.url}" if clause.url else place


def _licence_line(terms: Terms) -> str:
    if terms.licence is None:
        stated = "; ".join(terms.licence_stated)
        return f"Licence: none that can be read{f' (“{stated}”)' if stated else ''}"
    names = [r.name for way in alternatives(terms.licence) for i in way if (r := row(i))]
    return f"Licence: {terms.licence}" + (f" ({'; '.join(dict.fromkeys(names))})" if names else "")


def changes(terms: Terms, use: Use, *, today: date) -> tuple[str, ...]:
    """What would make the answer better: other facts that were tried, in words.

    Each line names one fact and the outcome it would lead to; nothing is promised.
    """
    now = SEVERITY.index(judge(terms, use, today=today).outcome)
    found = []
    for words, other in _others(use):
        better = judge(terms, other, today=today)
        if SEVERITY.index(better.outcome) < now:
            found.append(f"{words} this would be: {badge(better).lower()}.")
    return tuple(found)


def _others(use: Use) -> Iterable[tuple[str, Use]]:
    stated = dict(use.facts)
    ghana = replace(use, from_country="GH", hq_country="GH")
    yield "For a company headquartered in Ghana", ghana
    yield (
        "For a developing-country recipient (NOODL tier i), as one in Ghana,",
        with_facts(ghana, {"noodl_tier": "i"}),
    )
    told = {
        "benefit_named": "Once the provider has named the benefit due,",
        "licence_obtained": "With a licence or permission from the owner",
        "commercial_rights": "With commercial rights from the owner",
        "consent_of_person": "With the consent of the person whose voice it is",
    }
    for fact, words in told.items():
        if stated.get(fact) != "yes":
            yield words, with_facts(use, {fact: "yes"})
    if stated.get("sharing") != "no":
        yield "If you share nothing", with_facts(use, {"sharing": "no"})


def attribution(cards: Sequence[DatasetCard]) -> str:
    """A credits file, ready to copy: one entry a dataset, in the order given."""
    lines = ["# Data used", ""]
    for card in cards:
        lines += [_credit(card), ""]
    lines.append('Changes made: state here what you changed in each, or write "none".')
    return "\n".join(lines) + "\n"


def _credit(card: DatasetCard) -> str:
    who = f" by {card.publisher}" if card.publisher else ""
    version = f", version {card.version}" if card.version else ""
    year = f" ({card.published.year})" if card.published else ""
    parts = [f"- {card.name}{version}{who}{year}."]
    if card.url:
        parts.append(f"  Source: {card.url}")
    if card.doi:
        parts.append(f"  DOI: {card.doi}")
    parts.append(f"  Licence: {_licence_credit(card.terms)}")
    if card.citation:
        parts.append(f"  Cite as: {card.citation.strip()}")
    return "\n".join(parts)


def _licence_credit(terms: Terms) -> str:
    if terms.licence is None:
        return "not stated; ask the owner"
    leaves = dict.fromkeys(leaf for way in alternatives(terms.licence) for leaf in way)
    links = [r.url for leaf in leaves if (r := row(leaf)) is not None]
    address = ", ".join(links) or terms.licence_url
    return f"{terms.licence}, {address}" if address else terms.licence


def meaning(licence: str) -> str:
    """What a licence means, for someone who never read one; says so when it is not known."""
    known = row(licence)
    if known is None:
        return f"{licence} is not in the licence table: read its text, or ask the owner."
    may = _listed(_worth_saying(known.rules), "permission")
    may_not = _listed(known.rules, "prohibition")
    duties = dict.fromkeys(r.action for r in known.rules if r.kind == "duty")
    parts = [f"{known.name}."]
    if may:
        parts.append(f"It permits {may}.")
    if any(r.kind == "permission" and _hangs(r) for r in known.rules):
        parts.append("What it permits depends on who you are, where, or on what you agreed on.")
    if may_not:
        parts.append(f"It rules out {may_not}.")
    parts.extend(duty_text(a) for a in duties if a != "obtainConsent")
    parts.append(f"Text: {known.url}")
    return " ".join(parts)


def _worth_saying(rules: Sequence[Rule]) -> list[Rule]:
    """Without permissions for commercial models where commerce itself is not permitted."""
    sells = any(r.kind == "permission" and r.action == "commercialize" for r in rules)
    return [r for r in rules if sells or r.action not in ("sellModel", "closeModel")]


def _hangs(rule: Rule) -> bool:
    return any(c.left not in ("action", "outputLicence") for c in rule.constraints)


def _listed(rules: Sequence[Rule], kind: str) -> str:
    words = dict.fromkeys(
        ACTION_WORDS.get(r.action, r.action) for r in rules if r.kind == kind and not _hangs(r)
    )
    *most, last = list(words) or [""]
    return f"{', '.join(most)} and {last}" if most else last
