"""Replies, verdicts and cards as the typed results of the tools for other assistants.

The text of a card was written by strangers: every string of theirs is passed through `plain`, and
none of them is ever more than a value.
"""

from __future__ import annotations

from urllib.parse import quote

from assistant.faces import render
from assistant.faces.mcp_values import (
    Dataset,
    Fetched,
    Found,
    Hit,
    Hits,
    Joined,
    Judgement,
    OwnersWords,
    Rule,
    Searched,
    Section,
    Size,
)
from assistant.reply import Option, Reply
from assistant.terms import batch
from assistant.terms.combine import Combination, Scenario
from assistant.terms.values import Verdict
from catalog_sync import languages
from catalog_sync.card import DatasetCard
from catalog_sync.stored import StoredCard

RESOURCE = "catalogue://datasets/"
LONGEST_TEXT = 4_000
"""Characters of one text of a card."""
MOST_RULES = 60
MOST_SECTIONS = 20


def plain(text: str, most: int = LONGEST_TEXT) -> str:
    """The words without control and invisible characters, line by line, cut at a word."""
    lines = [render.clean(line) for line in text.splitlines()]
    return render.shorten("\n".join(lines).strip(), most)


def resource(card_id: str) -> str:
    """Address of the card as a resource."""
    return RESOURCE + quote(card_id, safe=":@!$&'()*+,;=~-._")


def judgement(verdict: Verdict) -> Judgement:
    """A verdict in the JSON shape that scripts rely on, for the schema."""
    return Judgement.model_validate(
        {"words": render.BADGES[verdict.outcome][1], **batch.as_json(verdict)}
    )


def joined(answer: Combination, first: str, second: str, scenario: Scenario) -> Joined:
    """A combination in the JSON shape that scripts rely on."""
    return Joined.model_validate(
        {"scenario": scenario, **batch.combination_json(answer, first, second)}
    )


def searched(reply: Reply) -> Searched:
    """A reply to a search."""
    return Searched(
        text=plain(reply.text),
        understood=[render.clean(chip.label) for chip in reply.chips],
        total=reply.total,
        datasets=[found(option) for option in reply.options],
        no_match=reply.no_match,
        nearest=[found(option) for option in reply.nearest],
        questions=[render.clean(question.text) for question in reply.questions],
        notices=[render.clean(notice) for notice in reply.notices],
    )


def found(option: Option) -> Found:
    """One dataset offered."""
    card, seen = option.card, render.view(option)
    return Found(
        id=card.id,
        resource=resource(card.id),
        name=seen.name,
        url=seen.url,
        source=card.source,
        languages=list(card.languages),
        languages_text=seen.languages,
        tasks=seen.tasks,
        size=Size.model_validate(card.size),
        licence=seen.licence,
        access=seen.access,
        verdict=judgement(option.verdict),
        why=seen.why,
        not_stated=list(seen.not_stated),
        breaks=list(seen.breaks),
        copies=list(option.copies),
        notes=list(seen.notes),
    )


def dataset(stored: StoredCard) -> Dataset:
    """A whole card with what the store knows beside it, each text cut to a readable length."""
    card, terms = stored.card, stored.card.terms
    return Dataset(
        id=card.id,
        resource=resource(card.id),
        name=render.clean(card.name) or card.id,
        url=render.safe_url(card.url),
        source=card.source,
        summary=plain(card.summary),
        description=plain(card.description),
        languages=list(card.languages),
        languages_text=", ".join(languages.english_name(tag) for tag in card.languages),
        modalities=list(card.modalities),
        tasks=list(card.tasks),
        tags=[render.clean(tag) for tag in card.tags],
        size=Size.model_validate(card.size),
        licence=terms.licence,
        licence_stated=[plain(words) for words in terms.licence_stated],
        licence_url=render.safe_url(terms.licence_url),
        access=terms.access,
        access_text=render.access_line(card),
        price_text=render.price_line(terms.price) if terms.price else None,
        rules=rules(card),
        also_says=[
            OwnersWords(field=c.clause, quote=plain(c.quote), url=render.safe_url(c.url))
            for c in terms.unparsed
        ],
        publisher=render.clean(card.publisher) if card.publisher else None,
        formats=[render.clean(name) for name in card.formats],
        version=render.clean(card.version) if card.version else None,
        published=card.published,
        updated=card.updated,
        citation=plain(card.citation) if card.citation else None,
        doi=render.clean(card.doi) if card.doi else None,
        datasheet=[
            Section(title=render.clean(part.title), text=plain(part.text))
            for part in card.datasheet[:MOST_SECTIONS]
        ],
        copies=list(stored.copies),
        notes=[render.clean(finding.text) for finding in stored.findings],
        last_read=stored.seen_at,
        cut=cut(card),
    )


def rules(card: DatasetCard) -> list[Rule]:
    """The first rules of a card's terms."""
    return [
        Rule(
            kind=rule.kind,
            action=rule.action,
            prior=rule.prior,
            document=rule.clause.document,
            clause=rule.clause.clause,
            quote=plain(rule.clause.quote),
            url=render.safe_url(rule.clause.url),
        )
        for rule in card.terms.rules[:MOST_RULES]
    ]


def cut(card: DatasetCard) -> list[str]:
    """What a `Dataset` shows only the beginning of."""
    long = {
        "summary": len(card.summary) > LONGEST_TEXT,
        "description": len(card.description) > LONGEST_TEXT,
        "citation": len(card.citation or "") > LONGEST_TEXT,
        "datasheet": len(card.datasheet) > MOST_SECTIONS
        or any(len(part.text) > LONGEST_TEXT for part in card.datasheet),
        "rules": len(card.terms.rules) > MOST_RULES,
    }
    return [name for name, is_cut in long.items() if is_cut]


def hits(reply: Reply) -> Hits:
    """What a search found, the nearest where nothing fits."""
    return Hits(
        results=[
            Hit(
                id=option.card.id,
                title=render.clean(option.card.name) or option.card.id,
                url=render.safe_url(option.card.url) or resource(option.card.id),
            )
            for option in (reply.options or reply.nearest)
        ]
    )


def fetched(stored: StoredCard) -> Fetched:
    """One dataset as text with the facts beside it."""
    card = stored.card
    facts = {
        "source": card.source,
        "languages": ", ".join(card.languages),
        "licence": render.licence_line(card),
        "access": render.access_line(card),
        "size": render.size_line(card.size),
        "publisher": render.clean(card.publisher or ""),
        "updated": str(card.updated or card.published or ""),
    }
    return Fetched(
        id=card.id,
        title=render.clean(card.name) or card.id,
        text=card_text(stored),
        url=render.safe_url(card.url) or resource(card.id),
        metadata={name: value for name, value in facts.items() if value},
    )


def card_text(stored: StoredCard) -> str:
    """A whole card as plain text: facts, terms with their clauses, then the owner's words."""
    card = dataset(stored)
    facts = (
        ("Id", card.id), ("Page", card.url), ("Catalogue", card.source),
        ("Publisher", card.publisher), ("Languages", card.languages_text),
        ("Tasks", render.task_line(stored.card)), ("Size", render.size_line(stored.card.size)),
        ("Licence", render.licence_line(stored.card)), ("Access", card.access_text),
        ("Version", card.version), ("Published", card.published), ("Updated", card.updated),
        ("Formats", ", ".join(card.formats)), ("Also listed as", ", ".join(card.copies)),
    )  # fmt: skip
    parts = [card.name, "\n".join(f"{name}: {value}" for name, value in facts if value)]
    parts += [card.summary, card.description if card.description != card.summary else ""]
    if card.rules:
        lines = [
            f"- {rule.kind}: {rule.action} ({rule.document} {rule.clause}: “{rule.quote}”)"
            for rule in card.rules
        ]
        parts.append("\n".join(("Terms", *lines)))
    if card.also_says:
        lines = [f"- {words.field}: “{words.quote}”" for words in card.also_says]
        parts.append("\n".join(("The owner also says", *lines)))
    parts += [f"{part.title}\n{part.text}" for part in card.datasheet]
    parts.append(f"Cite as: {card.citation}" if card.citation else "")
    return "\n\n".join(part for part in parts if part)
