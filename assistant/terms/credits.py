"""Credits ready to copy, and what a licence means for someone who never read one. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.phrases import ENGLISH, Phrases
from assistant.terms.acts import action_text, duty_text
from catalog_sync.card import DatasetCard
from catalog_sync.clauses import Rule, Terms
from catalog_sync.licences import alternatives, row


def attribution(cards: Sequence[DatasetCard], phrases: Phrases = ENGLISH) -> str:
    """A credits file, ready to copy: one entry a dataset, in the order given."""
    lines = [f"# {phrases.say('credit.heading')}", ""]
    for card in cards:
        lines += [_credit(card, phrases), ""]
    lines.append(phrases.say("credit.changes"))
    return "\n".join(lines) + "\n"


def _credit(card: DatasetCard, phrases: Phrases) -> str:
    who = card.name
    if card.version:
        who = phrases.say("credit.version", name=who, version=card.version)
    if card.publisher:
        who = phrases.say("credit.by", name=who, publisher=card.publisher)
    year = f" ({card.published.year})" if card.published else ""
    parts = [f"- {who}{year}."]
    if card.url:
        parts.append("  " + phrases.say("credit.source", url=card.url))
    if card.doi:
        parts.append(f"  DOI{phrases.say('colon')}{card.doi}")
    parts.append("  " + phrases.say("credit.licence", licence=_licence(card.terms, phrases)))
    if card.citation:
        parts.append("  " + phrases.say("credit.cite", citation=card.citation.strip()))
    return "\n".join(parts)


def _licence(terms: Terms, phrases: Phrases) -> str:
    if terms.licence is None:
        return phrases.say("credit.no_licence")
    leaves = dict.fromkeys(leaf for way in alternatives(terms.licence) for leaf in way)
    links = [r.url for leaf in leaves if (r := row(leaf)) is not None]
    address = ", ".join(links) or terms.licence_url
    return f"{terms.licence}, {address}" if address else terms.licence


def meaning(licence: str, phrases: Phrases = ENGLISH) -> str:
    """What a licence means, for someone who never read one; says so when it is not known."""
    known = row(licence)
    if known is None:
        return phrases.say("licence_means.not_known", licence=licence)
    may = _actions(_worth_saying(known.rules), "permission", phrases)
    may_not = _actions(known.rules, "prohibition", phrases)
    duties = dict.fromkeys(r.action for r in known.rules if r.kind == "duty")
    parts = [f"{known.name}."]
    if may:
        parts.append(phrases.say("licence_means.permits", actions=may))
    if any(r.kind == "permission" and _hangs(r) for r in known.rules):
        parts.append(phrases.say("licence_means.depends"))
    if may_not:
        parts.append(phrases.say("licence_means.rules_out", actions=may_not))
    parts.extend(duty_text(a, phrases) for a in duties if a != "obtainConsent")
    parts.append(phrases.say("licence_means.text", url=known.url))
    return " ".join(parts)


def _worth_saying(rules: Sequence[Rule]) -> list[Rule]:
    """Without permissions for commercial models where commerce itself is not permitted."""
    sells = any(r.kind == "permission" and r.action == "commercialize" for r in rules)
    return [r for r in rules if sells or r.action not in ("sellModel", "closeModel")]


def _hangs(rule: Rule) -> bool:
    return any(c.left not in ("action", "outputLicence") for c in rule.constraints)


def _actions(rules: Sequence[Rule], kind: str, phrases: Phrases) -> str:
    said = dict.fromkeys(r.action for r in rules if r.kind == kind and not _hangs(r))
    return phrases.listed([action_text(action, phrases) for action in said]) if said else ""
