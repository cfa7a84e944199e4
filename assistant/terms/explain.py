"""Verdicts in plain words, in three lengths. For readers of no licence.

A verdict may come in English or in the language of `phrases`; what is published is quoted as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from assistant.phrases import ENGLISH, Phrases
from assistant.terms.acts import acts_text
from assistant.terms.facts import with_facts
from assistant.terms.values import SEVERITY, Outcome, Reason, Verdict
from assistant.terms.verdict import judge
from assistant.terms.worded import shown, worded
from assistant.use import Act, Use
from catalog_sync.clauses import Clause, Price, Terms
from catalog_sync.licences import alternatives, row


def badge(verdict: Verdict, phrases: Phrases = ENGLISH) -> str:
    """Two or three words."""
    return phrases.say(f"badge.{verdict.outcome}")


def outcome_text(outcome: Outcome, phrases: Phrases = ENGLISH) -> str:
    """An outcome within a line: "allowed with conditions"."""
    return phrases.say(f"outcome.{outcome}")


def paragraph(verdict: Verdict, terms: Terms, phrases: Phrases = ENGLISH) -> str:
    """A few sentences: the answer, its main reason, what to do, what it costs."""
    verdict = worded(verdict, phrases)
    parts = [phrases.say(f"opening.{verdict.outcome}", what=_what(verdict.use, phrases))]
    main = verdict.reasons[0]
    if verdict.outcome in ("not_allowed", "ask_owner"):
        parts.append(_sentence(main.why))
    parts.append(_source(main.clause, terms, phrases))
    parts.extend(_to_do(verdict, phrases))
    if verdict.missing:
        questions = " ".join(m.question for m in verdict.missing)
        parts.append(phrases.say("verdict.question", questions=questions))
    if terms.price is not None:
        parts.append(price(terms.price, phrases))
    parts.extend(verdict.platform_notes)
    if verdict.also_says:
        quotes = " ".join(_quoted(c.quote, phrases) for c in verdict.also_says)
        parts.append(phrases.say("verdict.also", quotes=quotes))
    return " ".join(dict.fromkeys(parts))


def _to_do(verdict: Verdict, phrases: Phrases) -> list[str]:
    """The duties worth saying in brief: all where one may, only those to meet first otherwise."""
    if verdict.outcome == "not_allowed":
        return []
    may = verdict.outcome == "allowed_with_conditions"
    duties = [d for d in verdict.duties if (may or d.prior) and d.action != "obtainConsent"]
    said = verdict.reasons[0].clause
    return [
        f"{d.text} {_quoted(d.clause.quote, phrases)}"
        if d.action == "keepConditions" and d.clause != said
        else d.text
        for d in duties
    ]


def reasoning(verdict: Verdict, terms: Terms, phrases: Phrases = ENGLISH) -> str:
    """Everything, one line each: the answer, each reason with its words, duties, open facts."""
    verdict = worded(verdict, phrases)
    lines = [
        f"{badge(verdict, phrases)}{phrases.say('colon')}{_what(verdict.use, phrases)}",
        _licence_line(terms, phrases),
    ]
    lines += [f"- {_reason(r, phrases)}" for r in verdict.reasons]
    if verdict.duties:
        lines.append(phrases.say("verdict.duties"))
        lines += dict.fromkeys(
            f"- {_first(d.text, phrases) if d.prior else d.text} ({place(d.clause, phrases)})"
            for d in verdict.duties
        )
    if verdict.missing:
        lines.append(phrases.say("verdict.missing"))
        lines += [f"- {m.question} ({m.fact}=...)" for m in verdict.missing]
    if terms.price is not None:
        lines.append(price(terms.price, phrases))
    lines += [phrases.say("verdict.platform", note=note) for note in verdict.platform_notes]
    for clause in verdict.also_says:
        also = phrases.say("verdict.also", quotes=_quoted(clause.quote, phrases))
        lines.append(f"{also} ({clause.clause})")
    lines.append(phrases.say("verdict.caution"))
    return "\n".join(lines)


def _first(duty: str, phrases: Phrases) -> str:
    return phrases.say("verdict.first", duty=duty)


def price(stated: Price, phrases: Phrases = ENGLISH) -> str:
    """The owner's price and the platform's fee apart, with the total where it is known."""
    owner = _money(stated.owner_cents, stated.currency, phrases)
    if stated.platform_fee_cents is None:
        return phrases.say("verdict.owner_price", owner=owner)
    return phrases.say(
        "verdict.whole_price",
        owner=owner,
        fee=_money(stated.platform_fee_cents, stated.currency, phrases),
        total=_money(stated.owner_cents + stated.platform_fee_cents, stated.currency, phrases),
    )


def _money(cents: int, currency: str, phrases: Phrases) -> str:
    return f"{phrases.number(cents / 100, decimals=2)} {currency}"


def _what(use: Use, phrases: Phrases) -> str:
    acts: tuple[Act, ...] = use.acts or ("read_download",)
    return acts_text(acts, phrases)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _quoted(text: str, phrases: Phrases) -> str:
    return phrases.say("quoted", text=text)


def _source(clause: Clause, terms: Terms, phrases: Phrases) -> str:
    here = shown(clause, phrases)
    given = clause.document == "grant" and clause.clause.startswith("request ")
    return phrases.say(
        "source.granted" if given else f"source.{clause.document}",
        named=terms.licence or phrases.say("verdict.the_terms"),
        clause=here.clause,
        quote=_quoted(here.quote, phrases),
    )


def _reason(reason: Reason, phrases: Phrases) -> str:
    act = phrases.say(f"act.{reason.act}")
    outcome = phrases.say(f"badge_within.{reason.outcome}")
    quote = _quoted(shown(reason.clause, phrases).quote, phrases)
    return (
        f"{act}{phrases.say('colon')}{outcome}. {_sentence(reason.why)} {quote} "
        f"({place(reason.clause, phrases)})"
    )


def place(clause: Clause, phrases: Phrases = ENGLISH) -> str:
    """Where a clause stands: paper, section or field, address."""
    paper = phrases.say(f"paper.{clause.document}")
    said = (paper, shown(clause, phrases).clause, *((clause.url,) if clause.url else ()))
    return phrases.say("comma").join(said)


def _licence_line(terms: Terms, phrases: Phrases) -> str:
    if terms.licence is None:
        none = phrases.say("verdict.no_licence")
        stated = "; ".join(terms.licence_stated)
        return f"{none} ({_quoted(stated, phrases)})" if stated else none
    names = [r.name for way in alternatives(terms.licence) for i in way if (r := row(i))]
    line = phrases.say("verdict.licence", licence=terms.licence)
    return f"{line} ({'; '.join(dict.fromkeys(names))})" if names else line


def changes(terms: Terms, use: Use, *, today: date, phrases: Phrases = ENGLISH) -> tuple[str, ...]:
    """What would make the answer better: other facts that were tried, in words.

    Each line names one fact and the outcome it would lead to; nothing is promised.
    """
    now = SEVERITY.index(judge(terms, use, today=today).outcome)
    found = []
    for change, other in _others(use):
        better = judge(terms, other, today=today).outcome
        if SEVERITY.index(better) < now:
            outcome = phrases.say(f"badge_within.{better}")
            found.append(phrases.say(f"change.{change}", outcome=outcome))
    return tuple(found)


def _others(use: Use) -> Iterable[tuple[str, Use]]:
    """(name of the change, the use with it)."""
    stated = dict(use.facts)
    ghana = replace(use, from_country="GH", hq_country="GH")
    yield "in_ghana", ghana
    yield "noodl_tier", with_facts(ghana, {"noodl_tier": "i"})
    for fact in ("benefit_named", "licence_obtained", "commercial_rights", "consent_of_person"):
        if stated.get(fact) != "yes":
            yield fact, with_facts(use, {fact: "yes"})
    if stated.get("sharing") != "no":
        yield "sharing", with_facts(use, {"sharing": "no"})
