"""What is shown beside the chat for one dataset: the reasoning, the credit, code to load it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.desk import Desk
from assistant.faces import elements_labels as labels
from assistant.faces import render
from assistant.faces.elements_labels import Props
from assistant.loading import Snippet
from assistant.need import Asker
from assistant.phrases import ENGLISH, Phrases
from assistant.terms import worded as read
from assistant.terms.values import Duty, Reason, Verdict
from assistant.use import Use
from catalog_sync.card import DatasetCard
from catalog_sync.clauses import Clause


def shown(desk: Desk, card: DatasetCard, use: Use, *, asker: Asker, phrases: Phrases) -> Props:
    """What the desk knows of one dataset for the use that was spoken of."""
    tag = phrases.tag
    return beside(
        card,
        desk.check(card.id, use, asker=asker),
        paragraph=desk.explain(card.id, use, length="paragraph", asker=asker, language=tag),
        credit=desk.attribution([card.id], language=tag),
        snippets=desk.loading(card.id),
        phrases=phrases,
    )


def beside(
    card: DatasetCard,
    verdict: Verdict,
    *,
    paragraph: str,
    credit: str,
    snippets: Sequence[Snippet],
    phrases: Phrases = ENGLISH,
) -> Props:
    """Props of `Beside.jsx`; plain words, links only to http and https."""
    verdict = read.worded(verdict, phrases)
    dot, badge = render.verdict_badge(verdict.outcome, phrases)
    acts = verdict.use.acts or ("read_download",)
    return {
        **labels.of("beside", phrases),
        "name": render.clean(card.name) or card.id,
        "url": render.safe_url(card.url),
        "outcome": verdict.outcome,
        "dot": dot,
        "badge": badge,
        "use": render.deeds(acts, phrases),
        "paragraph": render.clean(paragraph),
        "licence": render.licence_line(card, phrases),
        "access": render.access_line(card, phrases),
        "reasons": [reason(each, phrases) for each in verdict.reasons],
        "duties": [duty(each, phrases) for each in verdict.duties],
        "missing": [render.clean(each.question) for each in verdict.missing],
        "platform": [render.clean(each) for each in verdict.platform_notes],
        "also": [clause(each, phrases) for each in verdict.also_says],
        "credit": credit,
        "copy_credit": phrases.say("panel_copy", what=phrases.say("beside_credit")),
        "snippets": [
            {
                "title": each.title,
                "code": each.code,
                "note": each.note,
                "copy": phrases.say("panel_copy", what=each.title),
            }
            for each in snippets
        ],
        "caution": phrases.say("panel_caution"),
    }


def reason(given: Reason, phrases: Phrases = ENGLISH) -> Props:
    """One reason with the words it rests on."""
    return {
        "act": render.deeds((given.act,), phrases),
        "outcome": given.outcome,
        "badge": render.verdict_badge(given.outcome, phrases)[1],
        "why": render.sentence(render.clean(given.why)),
        **clause(given.clause, phrases),
    }


def duty(given: Duty, phrases: Phrases = ENGLISH) -> Props:
    """One thing to do in return."""
    written = clause(given.clause, phrases)
    return {"text": render.clean(given.text), "prior": given.prior, **written}


def clause(given: Clause, phrases: Phrases = ENGLISH) -> Props:
    """Where something is written."""
    given, paper = read.shown(given, phrases), phrases.say(f"paper_{given.document}")
    place = render.isolated(render.clean(given.clause), phrases)
    return {
        "quote": render.clean(given.quote),
        "where": phrases.say("comma").join((paper, place)),
        "link": render.safe_url(given.url),
    }
